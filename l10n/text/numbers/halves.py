"""Hours of the second half of the day that a translation gives as those of the first: 7:30 for 7:30 p.m."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from l10n.languages import language_of
from l10n.text.numbers.model import Number
from l10n.text.sentences import split_sentences

_ONE_O_CLOCK, _HOURS = 60, 12


def lost_halves(
    source: Sequence[Number], target: Sequence[Number], text: str, locale: str
) -> Iterator[tuple[Number, Number]]:
    """Yield the late hours of a source with what stands for them in a translation that leaves their half open.

    Each sentence of the translation, `text`, says the half by another hour of it (`5 to 7:30 p.m.`), or by a part of the
    day (`evening`) in it or in the sentence before.
    """
    late = [number for number in source if number.half_day == "pm" and _is_late(number)]
    says = language_of(locale).numerals.second_half
    if not late or not says:
        return
    sentences = split_sentences(text, locale)
    starts = [0, *accumulate(map(len, sentences))]
    places = [bisect_right(starts, number.start) - 1 for number in target]
    named = {
        place
        for place, sentence in enumerate(sentences)
        if re.search(says, sentence, re.IGNORECASE)
    }
    told_places = (
        {place for place, number in zip(places, target, strict=True) if number.half_day == "pm"}
        | named
        | {place + 1 for place in named}
    )
    told: Counter[int | None] = Counter()
    untold: dict[int | None, Number] = {}
    for place, number in zip(places, target, strict=True):
        if number.half_day == "pm" or (place in told_places and not number.half_day):
            told[number.minutes] += 1
        elif not number.half_day and _may_be_early(number):
            untold.setdefault(number.minutes, number)
    for number in late:
        if told[number.minutes]:
            told[number.minutes] -= 1
        elif number.minutes in untold:
            yield number, untold[number.minutes]


def _is_late(number: Number) -> bool:
    """Whether an hour is of the second half of the day beyond doubt: half past twelve is 12:30 everywhere."""
    return number.minutes is not None and number.minutes >= _ONE_O_CLOCK


def _may_be_early(number: Number) -> bool:
    """Whether an hour leaves its half open: 14 says it by itself."""
    return all(isinstance(hour, str) or hour <= _HOURS for hour in number.values)

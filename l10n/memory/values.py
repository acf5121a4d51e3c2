"""Numbers of an earlier translation: written anew for the new text, by value, or the translation cannot serve it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from l10n.languages import Language, language_of
from l10n.text import markup
from l10n.text.numbers import (
    Number,
    Side,
    compare_numbers,
    read_numbers,
    read_romans,
    read_spelled,
    sort_of,
)
from l10n.text.numbers.words import says_numbers
from l10n.text.numbers.writing import Slot, Written, write_number

_AMOUNT = re.compile(r"[\d%$€£¥−]")
_ROMAN = re.compile(r"[IVX]+")


class _Change(NamedTuple):
    """A number of the new text, and the one that stood in its place."""

    number: Number
    former: Number
    sort: str


def holds_numbers(words: Iterable[str], language: Language) -> bool:
    """Whether some words, or signs beside them, say or change a number."""
    return any(
        says_numbers(word.lower().split("-"), language)
        or _ROMAN.fullmatch(word)
        or (not word.isalpha() and _AMOUNT.search(word))
        for word in words
    )


def with_numbers(query: str, source: str, target: str, locales: tuple[str, str]) -> str | None:
    """Return an earlier translation with the numbers of the new text; None where one of them has no clear place."""
    adapted = _rewritten(query, source, target, locales)
    if adapted is None:
        return None
    # Whatever was read wrong on the way, the result must have the numbers of the new text.
    sides = [
        Side(plain, locale, read_numbers(plain, locale))
        for text, locale in zip((query, adapted), locales, strict=True)
        for plain in (markup.plain(text),)
    ]
    return None if compare_numbers(*sides) else adapted


def _rewritten(query: str, source: str, target: str, locales: tuple[str, str]) -> str | None:
    new, old = _numbers(query, locales[0]), _numbers(source, locales[0])
    if len(new) != len(old):
        return None
    language = language_of(locales[0])
    pairs, has_changed = [], False
    for number, former in zip(new, old, strict=True):
        change = _Change(number, former, sort_of(former, source, language))
        if sort_of(number, query, language) != change.sort:
            # Of 20 % to 20 euros, of five to the fifth there is no way by changing a number.
            return None
        pairs.append(change)
        has_changed = has_changed or _worth(number) != _worth(former)
    if not has_changed:
        return target
    places = _numbers(target, locales[1])
    edits: list[Written] = []
    for change in pairs:
        if _worth(change.number) == _worth(change.former):
            continue
        place = _place(change, pairs, places, (target, locales[1]))
        slot = Slot(change.former, source, place, target) if place else None
        written = write_number(change.number, slot, locales[1]) if slot else None
        if written is None:
            return None
        edits.append(written)
    edits.sort(key=lambda edit: edit.start)
    if any(edit.end > following.start for edit, following in pairwise(edits)):
        return None
    for text, start, end in reversed(edits):
        target = target[:start] + text + target[end:]
    return target


def _fits(sort: str, other: str) -> bool:
    """Whether numbers of two sorts may be the same; `8 horas` is a duration, or eight o’clock."""
    return sort == other or "" in (sort, other) or {sort, other} == {"time", "h"}


def _worth(number: Number) -> tuple[object, ...]:
    return number.values, number.kind, number.half_day, number.minutes


def _place(
    change: _Change, changes: list[_Change], places: tuple[Number, ...], text: tuple[str, str]
) -> Number | None:
    """Return the one place of an old number in its translation; None where there is none, or no telling which."""
    language = language_of(text[1])
    fitting = [
        place
        for place in places
        if place.agrees(change.former) and _fits(sort_of(place, text[0], language), change.sort)
    ]
    alike = [other for other in changes if other.former.agrees(change.former)]
    # One old number that stands twice and becomes two: which of its places is which?
    if len(fitting) != len(alike) or any(
        not other.number.agrees(change.number) for other in alike
    ):
        return None
    return fitting[next(n for n, other in enumerate(alike) if other is change)]


# A search compares one new text with many earlier ones: it is read once.
@lru_cache(maxsize=256)
def _numbers(text: str, locale: str) -> tuple[Number, ...]:
    """Return the numbers of a msgid in their order, in digits, in words and Roman ones; tokens have none."""
    numbers = [
        *read_numbers(text, locale),
        *read_spelled(text, locale),
        *read_romans(text, locale),
    ]
    return tuple(sorted(numbers, key=lambda number: number.start))

"""Search and replace in translations: every place first, then what is to stand there; nothing is changed here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from l10n.interface import gettext as _
from l10n.languages.folding import fold_for_search
from l10n.review.filter import PatternTooSlow, time_limit
from l10n.text.markup import OMIT, text_spans

PATTERN = "re:"
"""Before a regular expression, as in the filter."""

_SECONDS = 1.0
"""Processor time that a pattern may take over all units that are shown."""
_REFERENCE = re.compile(r"&#?\w+;")

Texts = Mapping[int, tuple[str, ...]]
"""What is on the screen, by row: a text for each plural form."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place where something would be replaced."""

    row: int
    form: int
    start: int
    end: int
    """Offsets in the text of that form."""
    new: str
    """What would stand there."""


def places_of(texts: Texts, old: str, new: str) -> list[Place]:
    """Return every place, in the order of the texts; ValueError, for a person, when it cannot be searched for.

    Plain words are found whatever their case and accents, and keep the case they stand in. Tokens and
    references (`&lt;`) are never touched, nor found across.
    """
    if not old.removeprefix(PATTERN):
        return []
    if not old.startswith(PATTERN):
        folded = fold_for_search(old)
        return [
            Place(row, form, start, end, _in_case_of(text[start:end], old, new))
            for row, form, text in _flat(texts)
            if folded
            in fold_for_search(text)  # where they are takes ten times longer to find out
            for start, end in _matches(text, folded)
        ]
    try:
        pattern = re.compile(old.removeprefix(PATTERN))
        with time_limit(_SECONDS):
            return [
                Place(row, form, *match.span(), match.expand(new))
                for row, form, text in _flat(texts)
                for first, last in _stretches(text)
                for match in pattern.finditer(text, first, last)
                if match.group()
            ]
    except PatternTooSlow as error:
        raise ValueError(_("re: this pattern takes too long")) from error
    except (re.error, IndexError, OverflowError, RecursionError) as error:
        raise ValueError(
            _("re: no regular expression ({reason})").format(reason=error)
        ) from error


def replaced(texts: Texts, places: Iterable[Place]) -> dict[int, tuple[str, ...]]:
    """Return the texts of the rows that have places, with these replaced."""
    changed: dict[int, tuple[str, ...]] = {}
    ordered = sorted(places, key=lambda place: (place.row, place.form, place.start))
    for (row, form), group in groupby(ordered, key=lambda place: (place.row, place.form)):
        forms = list(changed.get(row, texts[row]))
        for place in reversed(list(group)):  # from behind: what is before keeps its offsets
            forms[form] = forms[form][: place.start] + place.new + forms[form][place.end :]
        changed[row] = tuple(forms)
    return changed


def _flat(texts: Texts) -> Iterator[tuple[int, int, str]]:
    for row, forms in texts.items():
        for form, text in enumerate(forms):
            if text != OMIT:
                yield row, form, text


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that are neither tokens nor references."""
    for first, last in text_spans(text):
        for match in _REFERENCE.finditer(text, first, last):
            yield first, match.start()
            first = match.end()  # noqa: PLW2901 - the rest of the stretch
        yield first, last


def _matches(text: str, folded: str) -> Iterator[tuple[int, int]]:
    for first, last in _stretches(text):
        signs, offsets = _folded(text, first, last)
        place = signs.find(folded)
        while place >= 0:
            end = place + len(folded)
            yield offsets[place], offsets[end - 1] + 1
            place = signs.find(folded, end)


def _folded(text: str, first: int, last: int) -> tuple[str, Sequence[int]]:
    """Return a stretch as it is searched, and for each of its characters where that comes from."""
    parts = [(fold_for_search(text[place]), place) for place in range(first, last)]
    return (
        "".join(sign for sign, _place in parts),
        [place for sign, place in parts for _character in sign],
    )


def _in_case_of(match: str, old: str, new: str) -> str:
    """Return the new words in the case that the old ones stand in, as far as that is another than was typed."""
    if match == old or not new:
        return new
    if match.isupper() and len(match) > 1:
        return new.upper()
    if match[:1].isupper():
        return new[0].upper() + new[1:]
    return new[0].lower() + new[1:] if old[:1].isupper() else new

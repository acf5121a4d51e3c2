"""What a source has that goes into a translation nearly as it is: terms, dates, numbers, names, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from l10n.glossary import TermHit
from l10n.glossary.replacing import in_number_of
from l10n.languages import language_of, primary, region_of
from l10n.memory.calendar import translated_dates
from l10n.text.exonyms import name_in
from l10n.text.names import Name, read_names
from l10n.text.numbers import Number, NumberKind, read_numbers
from l10n.text.numbers.writing import Slot, write_number

_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"«»“”]+[^\s<>\"«»“”.,;:!?)]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    # A host or a file: `RubyGems.org`, `Node.js`. Small letters behind the stop: `EE.UU.` is none.
    r"|\b[^\W\d_][\w-]+(?:\.[^\W\d_A-Z][a-z0-9-]+)+\b"
)
"""Of a page, of a mailbox or of a file, without the stop of the sentence."""


@dataclass(frozen=True, slots=True)
class Placeable:
    """Something to put into a translation."""

    text: str
    """As the target locale writes it."""
    start: int
    """Where it stands in the source, without markup."""


def find_placeables(
    text: str, source: str, target: str, terms: Iterable[TermHit]
) -> tuple[Placeable, ...]:
    """Return what can be put into a translation of a text without markup, in its order, nothing within something."""
    language = language_of(primary(source))
    placeables = [
        *_addresses(text),
        *_terms(text, terms, target),
        *translated_dates(text, source, target),
        *(
            (name.start, name.end, name_in(name.text, source, target))
            for name in read_names(text, language)
            if _is_surely_name(name, source, target)
        ),
        *(
            (number.start, number.end, _written(number, text, target))
            for number in read_numbers(text, source)
        ),
    ]
    taken: list[tuple[int, int]] = []
    free: list[Placeable] = []
    for start, end, words in placeables:
        if not any(start < b and a < end for a, b in taken):
            taken.append((start, end))
            free.append(Placeable(words, start))
    return tuple(sorted(free, key=lambda placeable: placeable.start))


def next_placeable(
    placeables: Sequence[Placeable], text: str, after: str = ""
) -> Placeable | None:
    """Return the first one that a translation without markup lacks; `after` one, the next that it lacks or any.

    None where there is none at all.
    """
    if not placeables:
        return None
    begin = next((n for n, one in enumerate(placeables, 1) if one.text == after), 0)
    order = [*placeables[begin:], *placeables[:begin]]
    folded = text.casefold()
    lacking = (
        placeable
        for placeable in order
        if folded.count(placeable.text.casefold())
        < sum(other.text == placeable.text for other in placeables)
    )
    return next(lacking, order[0] if after else None)


_Found = tuple[int, int, str]
"""Where it stands, and what to write."""


def _addresses(text: str) -> Iterator[_Found]:
    for match in _ADDRESS.finditer(text):
        yield match.start(), match.end(), match[0]


def _terms(text: str, terms: Iterable[TermHit], target: str) -> Iterator[_Found]:
    for hit in terms:
        if hit.target_terms:
            form = text[hit.start : hit.end]
            words = in_number_of(hit, form, primary(target)) or hit.target_terms[0]
            yield hit.start, hit.end, words


def _is_surely_name(name: Name, source: str, target: str) -> bool:
    """Whether a capital is more than that of a sentence's first word."""
    is_single = name.begins_sentence and len(name.words) == 1
    return not is_single or name_in(name.text, source, target) != name.text


def _written(number: Number, text: str, target: str) -> str:
    """Return a number as a locale writes it, its scale word aside; as it stands where that is not certain."""
    # A year has no thousands: what has no sign between its digits gets none.
    if number.text.isdigit():
        return number.text
    decimal = language_of(primary(target)).decimal_in(region_of(target))
    if number.kind is NumberKind.TIME:
        model = "10:00"
    else:
        model = "1.000 x" if decimal == "," else "1,000 x"
    values = frozenset(
        value if isinstance(value, str) else value / number.factor for value in number.values
    )
    bare = replace(number, factor=1, values=values, whole_start=-1, whole_end=-1)
    place = read_numbers(model, target)[0]
    written = write_number(bare, Slot(bare, text, place, model), target)
    return written.text if written else number.text

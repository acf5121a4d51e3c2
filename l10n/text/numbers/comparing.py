"""What two texts have of each other's numbers."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from l10n.languages import language_of
from l10n.text.numbers.digits import find_numbers, read_numbers
from l10n.text.numbers.halves import lost_halves
from l10n.text.numbers.model import Notation, Number, NumberKind
from l10n.text.numbers.words import read_romans, read_spelled, roman_values, says_numbers

_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_MAYBE_ROMAN = re.compile(r"\b[IVX]{2,}\b")
_PLURALS = ("s", "es", "os", "as")
_LAST_WORD = 2100
"""Above it no number is said in another way than by its digits or its own words."""


@dataclass(frozen=True, slots=True)
class Side:
    """A text with its numbers."""

    text: str
    locale: str
    numbers: Sequence[Number]
    """Those in digits, read in the text or in what a reader sees of it."""
    shown: str = ""
    """What a reader sees of the text, where that is less."""
    words: Collection[str] | None = None
    """Its words in small letters, where somebody has them already."""

    @property
    def visible(self) -> str:
        """What numbers in words are looked for in."""
        return self.shown or self.text


@dataclass(frozen=True, slots=True)
class Difference:
    """What two texts do not have of each other's numbers."""

    pairs: Sequence[tuple[Number | None, Number | None]] = ()
    """A number of the source and what may stand in its place; None where nothing does, on either side."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.pairs)


def same_numbers(source: str, target: str, source_locale: str, target_locale: str) -> bool:
    """Whether two texts have the same numbers, in digits, in words or in Roman numerals."""
    sides = [
        Side(text, locale, read_numbers(text, locale) if _DIGIT.search(text) else ())
        for text, locale in ((source, source_locale), (target, target_locale))
    ]
    return not compare_numbers(*sides)


def compare_numbers(source: Side, target: Side) -> Difference:
    """Return the numbers that two texts do not have of each other.

    Every number in digits needs its counterpart. One in words is missed only where another stands in its
    place: a translation may well say `some` for `two or three`.
    """
    languages = language_of(source.locale), language_of(target.locale)
    if not (languages[0].number_words and languages[1].number_words):
        return _in_digits(source, target)
    numbers = _lists_apart(source, target), _lists_apart(target, source)
    source, target = (
        replace(side, numbers=own) for side, own in zip((source, target), numbers, strict=True)
    )
    missing, added = _free(source.numbers, target.numbers)
    halves = [*lost_halves(source.numbers, target.numbers, target.visible, target.locale)]
    if not (missing or added or _may_differ(source, target)):
        return Difference(halves)
    spelled, others = _in_letters(source), _in_letters(target)
    # A first or second place that is new may be a way of speaking (`en 2.º plano`, in the background), as in words.
    others += [number for number in added if _is_place(number, target)]
    added = [number for number in added if not _is_place(number, target)]
    # Digits on one side may be words on the other; what remains of the words must face each other.
    missing, others = _free(missing, others)
    added, spelled = _free(added, spelled)
    spelled, others = _free(spelled, others)
    here, there = _Known(source), _Known(target)
    spelled = [n for n in spelled if _counts(n) and not _is_said(n, there)]
    others = [n for n in others if _counts(n) and not _is_said(n, here)]
    missing = [number for number in missing if not _is_said(number, there)]
    added = [number for number in added if not _is_said(number, here)]
    return Difference([*halves, *_facing(missing, added, spelled, others)])


def _counts(number: Number) -> bool:
    """Whether a number in words may be missed: an ordinal with other meanings faces one without."""
    return not number.is_weak or number.kind is NumberKind.ORDINAL


_ORDINAL = re.compile(r"\.?[ºª°]|\.[oa]\b|\.?er\b|st\b|nd\b|rd\b")
_FIRST_PLACES = frozenset({1.0, 2.0, 3.0})


def _is_place(number: Number, side: Side) -> bool:
    """Whether a number in digits is one of the first places of a row."""
    return number.values <= _FIRST_PLACES and bool(_ORDINAL.match(side.visible, number.last))


def _may_differ(source: Side, target: Side) -> bool:
    """Whether both texts say numbers in words or in Roman numerals, so that these can differ."""
    sides = (source, target)
    return all(map(_says_any, sides)) or all(
        _MAYBE_ROMAN.search(side.visible) and read_romans(side.visible, side.locale)
        for side in sides
    )


def _says_any(side: Side) -> bool:
    language = language_of(side.locale)
    words = _WORD.findall(side.visible.lower()) if side.words is None else side.words
    return says_numbers(words, language)


def _in_letters(side: Side) -> list[Number]:
    return [
        *read_spelled(side.visible, side.locale),
        *read_romans(side.visible, side.locale),
    ]


def _in_digits(source: Side, target: Side) -> Difference:
    """Return the differing years and the like: how such languages say numbers in words is not known."""
    missing, added = _free(source.numbers, target.numbers)
    here, there = _Known(source), _Known(target)
    missing = [n for n in missing if not _is_copied(n, there)]
    added = [n for n in added if not _is_copied(n, here)]
    pairs = zip(missing, added, strict=False)
    return Difference([(lost, new) for lost, new in pairs if _is_long(lost) and _is_long(new)])


def _is_long(number: Number) -> bool:
    """Whether a number is one that is written in digits everywhere, without separators."""
    return number.text.isdigit() and len(number.text) > 2


def _free(
    numbers: Iterable[Number], others: Iterable[Number]
) -> tuple[list[Number], list[Number]]:
    """Return the numbers of both sides that have no partner on the other; each serves once."""
    free = [*others]
    places: dict[_Key, deque[int]] = defaultdict(deque)
    for place, other in enumerate(free):
        for key in _keys(other):
            places[key].append(place)
    taken: set[int] = set()
    alone = []
    for number in numbers:
        partner = _first_partner(number, free, places, taken)
        if partner is None:
            alone.append(number)
        else:
            taken.add(partner)
    return alone, [other for place, other in enumerate(free) if place not in taken]


_Key = tuple[str, float | str]


def _keys(number: Number) -> Iterator[_Key]:
    """Yield what two numbers that agree have in common, one of these at least."""
    yield "text", number.text
    for value in number.values:
        yield "value", value
    if number.minutes is not None:
        yield "minutes", number.minutes


def _first_partner(
    number: Number, others: Sequence[Number], places: Mapping[_Key, deque[int]], taken: set[int]
) -> int | None:
    """Return the place of the first number that agrees with one and is not taken."""
    partners = []
    for key in _keys(number):
        row = places.get(key, _NONE)
        while row and row[0] in taken:
            row.popleft()
        partner = next(
            (place for place in row if place not in taken and number.agrees(others[place])),
            None,
        )
        if partner is not None:
            partners.append(partner)
    return min(partners, default=None)


_NONE: deque[int] = deque()


def _facing(
    missing: Sequence[Number],
    added: Sequence[Number],
    spelled: Sequence[Number],
    others: Sequence[Number],
) -> list[tuple[Number | None, Number | None]]:
    """Return which number stands in the place of which; one in words only with one that faces it."""
    pairs: list[tuple[Number | None, Number | None]] = []
    free, free_others = [*spelled], [*others]
    for lost, new in zip_longest(missing, added):
        pairs.append(
            (
                lost or (_taken(free, new) if new else None),
                new or (_taken(free_others, lost) if lost else None),
            )
        )
    facing = ((lost, _taken(free_others, lost)) for lost in free)
    return [*pairs, *((lost, new) for lost, new in facing if new is not None)]


def _taken(free: list[Number], number: Number) -> Number | None:
    """Take the first number that may stand in the place of another."""
    partner = next((other for other in free if _are_alike(other, number)), None)
    if partner is not None:
        free.remove(partner)
    return partner


def _are_alike(number: Number, other: Number) -> bool:
    """Whether one of two numbers may stand where the other stood."""
    if Notation.ROMAN in (number.notation, other.notation):
        return number.notation is other.notation
    if number.is_weak and other.is_weak:
        return False
    told_apart = (NumberKind.ORDINAL, NumberKind.FRACTION)
    return number.kind is other.kind or not (
        number.kind in told_apart or other.kind in told_apart
    )


class _Known:
    """A side as it is asked again and again, worked out once: a text of 30,000 characters may have 6,000 numbers."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.language = language_of(side.locale)
        self._places: dict[_Key, list[Number]] = defaultdict(list)
        for number in dict.fromkeys(
            replace(number, start=0, end=0, whole_start=-1, whole_end=-1)
            for number in side.numbers
        ):
            for key in _keys(number):
                self._places[key].append(number)

    def has(self, number: Number) -> bool:
        """Whether a number of it agrees with one."""
        return any(
            number.agrees(other) for key in _keys(number) for other in self._places.get(key, ())
        )

    @cached_property
    def lowered(self) -> str:
        return self.side.text.lower()

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.lowered))

    @cached_property
    def romans(self) -> set[int]:
        return roman_values(self.side.text)

    @cached_property
    def spans(self) -> dict[str, list[tuple[int, int]]]:
        """Where the numerals of the whole text stand, by how they are written."""
        spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for numeral in find_numbers(self.side.text):
            spans[numeral.text].append((numeral.start, numeral.end))
        return spans

    @cached_property
    def shown(self) -> list[tuple[int, int]]:
        """Where those stand that a reader sees, in order."""
        shown = {number.text for number in self.side.numbers}
        return sorted(
            span for text, spans in self.spans.items() if text in shown for span in spans
        )

    @cached_property
    def whole(self) -> _Known:
        """The side with the numbers of its whole text."""
        side = self.side
        return _Known(replace(side, numbers=read_numbers(side.text, side.locale)))


def says_number(side: Side, number: Number) -> bool:
    """Whether a text says a number in any way."""
    return _is_said(number, _Known(side))


def _is_said(number: Number, known: _Known) -> bool:
    """Whether a text says a number in another way: in code, as a month, within a list, by a word such as `pair`."""
    if _is_copied(number, known) or known.has(number):
        return True
    language, lowered = known.language, known.lowered
    if number.kind is NumberKind.FRACTION and number.notation is Notation.DIGITS:
        below = int(number.text.partition("/")[2])
        return not language.number_words.get(below, frozenset()).isdisjoint(known.words)
    if number.kind is NumberKind.TIME and number.minutes is not None:
        spoken = language.noon if number.minutes == 0 else ()
        spoken += language.clock_words.get(number.minutes % 60, ())
        if any(words in lowered for words in spoken):
            return True
    whole = {
        int(value)
        for value in number.values
        if not isinstance(value, str) and value % 1 == 0 and 0 <= value <= _LAST_WORD
    }
    if not whole:
        return False
    words = known.words
    # Those were read with the words around them: dos of dos mil is no two.
    spoken_words = {*language.numerals.cardinals, *language.numerals.scales}
    if any(
        (word in words and word not in spoken_words)
        or any(word + ending in words for ending in _PLURALS)
        for value in whole
        for word in language.number_words.get(value, ())
    ):
        return True
    months = {language.months[v - 1].lower() for v in whole if language.months and 1 <= v <= 12}
    if any(month in lowered for month in months):
        return True
    return not whole.isdisjoint(known.romans)


def _lists_apart(side: Side, other: Side) -> list[Number]:
    """Return the numbers of a text; where the other has its parts, a list without spaces or a time is several.

    So are `1,2` and `4:51`, said as `1 and 2` and `4 min 51 s`; and a date with points, whose month may be a word.
    """
    written: frozenset[str] | None = None
    numbers: list[Number] = []
    for number in _fractions_joined(side, other):
        is_date = _DATE.fullmatch(number.text) is not None and number.text not in other.text
        parts = [
            part.lstrip("0") or "0"
            for part in re.split("[.]" if is_date else "[,:]", number.text)
        ]
        if len(parts) > 1:
            written = written or frozenset(n.text.lstrip("0") or "0" for n in other.numbers)
            if is_date or all(part in written for part in parts):
                items = [
                    Number(part, number.start, number.end, frozenset({float(part)}))
                    for part in parts
                ]
                # The sign is the first one's: `(-1,255)`.
                items[0] = replace(
                    items[0],
                    values=frozenset({float(parts[0]) * math.copysign(1, number.factor)}),
                    factor=math.copysign(1, number.factor),
                    whole_start=number.whole_start,
                )
                numbers += items
                continue
        numbers.append(number)
    return numbers


_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d")


def _fractions_joined(side: Side, other: Side) -> Iterator[Number]:
    """Yield the numbers of a text; 1/2 is one where the other text has not these digits, since it may say a half."""
    numbers = iter(side.numbers)
    text = side.visible
    written = frozenset(number.text for number in other.numbers)
    for number in numbers:
        fraction = _FRACTION.match(text, number.start)
        # 5/3 is a day, or a day of March.
        if (
            fraction is None
            or int(fraction[1]) >= int(fraction[2])
            or fraction[0] in other.text
            or fraction[1] in written
        ):
            yield number
            continue
        below = next(numbers, None)
        if below is None or below.end != fraction.end():
            yield number
            if below is not None:
                yield below
            continue
        value = round(int(fraction[1]) / int(fraction[2]), 4)
        yield Number(
            fraction[0], number.start, below.end, frozenset({value}), NumberKind.FRACTION
        )


_FRACTION = re.compile(r"(?<![\d/.,\u00a0-])([1-9])/([2-9]|10|16|32|64|128)(?![\d/.,]\d|[\d/])")


def _is_copied(number: Number, known: _Known) -> bool:
    """Whether a number stands in a text as it is: in code, in a name such as A4."""
    text = known.side.text
    written = f"-{number.text}" if number.factor == -1 else number.text
    if number.factor not in (1, -1) or written not in text:
        return False
    if number.factor == -1:
        return bool(re.search(rf"(?<![\d.,]){re.escape(written)}(?![\d]|[.,]\d)", text))
    # 4 is none of 4,000, nor of 4 million, nor 7:30 p.m. of 7:30 a.m.
    if number.text in known.spans:
        return known.whole.has(number)
    # Of what a reader does not see, as `{0,1}` in code, any part counts.
    spans = known.shown
    for match in re.finditer(rf"(?<!\d){re.escape(written)}(?!\d)", text):
        place = bisect_left(spans, (match.end(), 0)) - 1
        if place < 0 or spans[place][1] <= match.start():
            return True
    return False

"""The only reader of numbers: where they stand in a text, what they may be worth, what two texts have of each other.

A number is read with every value that its signs allow in its language: 1,500 is fifteen hundred in English, but
in Spanish it may be one and a half, or was copied. Two numbers agree when one of their values is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from l10n.languages import Language, language_of, region_of

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(
    r"(?<![^\W_])(?<!\d[.,:])(?:(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])"
    r"|\d+(?:[.,’']\d+)*(?:[ \u00a0\u202f]\d{3}(?![\d.,]?\d))*(?:,\d+)?)"
)
_DIGITS_AND_SIGNS = re.compile(r"\d+(?:[.,:\u00a0\u202f]\d+)*")
"""Coarser than a number: for comparing texts, part of what the memory stores."""

_SPACE = re.compile(r"[ \u00a0\u202f]")
_GROUPED_BY_SPACE = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")
_HALF_DAY = 720
"""Minutes after which clocks of twelve hours begin anew: 15:30 may be 3:30."""

_LONGEST_HOUR_MARK = 8
"""Characters behind an hour that are looked at: ` o’clock` is the longest mark."""

_EXACT = 15
"""Digits that a float keeps exactly."""

_ROMAN = re.compile(
    r"\b(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b"
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LAST_ROMAN = 2100
"""Above it nobody writes Roman numerals: years are the largest."""


_UNIT_SIGNS: Mapping[str, Mapping[str, str]] = {
    # Dimension → unit → its signs in every language, a regular expression; the names are the languages'.
    "speed": {"km/h": "km/h|kph", "mph": "mph"},
    "length": {
        "km": "km",
        "m": "m",
        "cm": "cm",
        "mm": "mm",
        "mi": "",
        "yd": "yd",
        "ft": "ft",
        "in": "",
    },
    "weight": {"t": "t", "kg": "kg", "g": "g", "lb": "lb|lbs", "oz": "oz"},
    "volume": {"l": "l|L", "ml": "ml|mL", "gal": "gal"},
    "area": {"ha": "ha", "ac": ""},
    "temperature": {"°C": "°[ \u00a0]?C|ºC", "°F": "°[ \u00a0]?F|ºF"},
    "time": {"s": "", "min": "min", "h": "h", "d": "", "week": "", "month": "", "year": ""},
}
"""Units by what they measure; a number followed by two of one dimension cannot be the same amount."""

_UNITS = tuple((dimension, unit) for dimension, units in _UNIT_SIGNS.items() for unit in units)


class NumberKind(Enum):
    """What a number counts."""

    COUNT = "count"
    """Things, years, money: a value."""
    TIME = "time"
    """The time of day."""


class Numeral(NamedTuple):
    """A number as it is written, whatever it means."""

    text: str
    start: int
    end: int

    @property
    def digits(self) -> str:
        """Its digits alone: alike in 1,500 and 1.500."""
        return re.sub(r"\D", "", self.text)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, and the values it may stand for."""

    text: str
    """As it is written, without its unit."""
    start: int
    end: int
    values: frozenset[float | str]
    """A time with a colon, a version or a date stands here as it is written."""
    kind: NumberKind = NumberKind.COUNT
    minutes: int | None = None
    """Of the half day, when it is a time of day, or a bare number that may be an hour."""

    def agrees(self, other: Number) -> bool:
        """Whether both may stand for the same value or time of day."""
        if self.values & other.values:
            return True
        return (
            NumberKind.TIME in (self.kind, other.kind)
            and self.minutes is not None
            and self.minutes == other.minutes
        )


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit."""

    number: Number
    dimension: str
    """What the unit measures: units of one dimension can be taken for each other."""
    unit: str
    """Its sign, `km`, however it is written."""
    text: str
    """The unit as it is written."""
    end: int


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """Yield the numbers as they are written, whatever the language: 1 500, 12,5, 15:30."""
    for match in _NUMBER.finditer(text, start, len(text) if end is None else end):
        if _SPACE.search(match[0]) and not _GROUPED_BY_SPACE.fullmatch(match[0]):
            # Two numbers side by side: a year before a count, `2020 345`.
            for part in re.finditer(r"[^ \u00a0\u202f]+", match[0]):
                yield Numeral(part[0], match.start() + part.start(), match.start() + part.end())
        else:
            yield Numeral(match[0], *match.span())


def mask_numbers(text: str) -> str:
    """Return a text with a 0 for every number, so that texts are alike whatever their numbers."""
    return _DIGITS_AND_SIGNS.sub("0", text)


def read_numbers(text: str, locale: str) -> list[Number]:
    """Return the numbers written in digits, with every value that a separator or a scale word allows."""
    language = language_of(locale)
    scale_words, hour_marks = _patterns(language.code)
    decimal = language.decimal_in(region_of(locale))
    numbers = []
    for written, start, end in find_numbers(text):
        values = _values(written, decimal)
        if scale := scale_words.match(text, end) if scale_words else None:
            factor = language.scales[scale[1].lower()]
            values |= {value * factor for value in values if isinstance(value, float)}
        if text[end : end + 1] == "s" or text[end : end + 2] == "'s":
            # A decade: the 1990s are los años 90.
            values |= {float(int(written[-2:]))} if written.isdigit() else set()
        is_hour = bool(hour_marks and hour_marks.match(text, end, end + _LONGEST_HOUR_MARK))
        kind, minutes = _time(written, is_hour=is_hour)
        numbers.append(Number(written, start, end, frozenset(values), kind, minutes))
    return numbers


def read_amounts(text: str, numbers: Iterable[Number], language: Language) -> list[Amount]:
    """Return the numbers that a unit stands behind."""
    pattern, amounts = _unit_pattern(language), []
    for number in numbers:
        if match := pattern.match(text, number.end):
            group = match.lastindex or 1
            amounts.append(Amount(number, *_UNITS[group - 1], match[group], match.end()))
    return amounts


def same_numbers(source: str, target: str, source_locale: str, target_locale: str) -> bool:
    """Whether two texts have the same numbers, in digits, in words or in Roman numerals."""
    if not _DIGIT.search(source) and not _DIGIT.search(target):
        return True
    expected, written = read_numbers(source, source_locale), read_numbers(target, target_locale)
    return not (
        unmatched(expected, written, target, target_locale)
        or unmatched(written, expected, source, source_locale)
    )


def unmatched(
    numbers: Iterable[Number], others: Sequence[Number], text: str, locale: str
) -> list[Number]:
    """Return the numbers for which nothing stands in another text, whose own numbers are `others`.

    Each number of the other text serves once; what is left may be said there in words.
    """
    free = list(others)
    alone = []
    for number in numbers:
        partner = next((other for other in free if number.agrees(other)), None)
        if partner is not None:
            free.remove(partner)
        else:
            alone.append(number)
    rest = {other.text for other in free}
    return [
        number
        for number in alone
        if not _is_list(number, rest) and not _is_said(number, text, locale)
    ]


def _is_said(number: Number, text: str, locale: str) -> bool:
    """Whether a text says a number in words, in Roman numerals, in code, or within another number."""
    if re.search(rf"(?<!\d){re.escape(number.text)}(?!\d)", text):
        return True
    language, lowered = language_of(locale), text.lower()
    if number.kind is NumberKind.TIME and number.minutes is not None:
        spoken = language.noon if number.minutes == 0 else ()
        spoken += language.clock_words.get(number.minutes % 60, ())
        if any(words in lowered for words in spoken):
            return True
    whole = {
        int(value) for value in number.values if not isinstance(value, str) and value % 1 == 0
    }
    if any(
        (words := _in_words(value, language.code)) and words.search(lowered) for value in whole
    ):
        return True
    months = {
        language.months[value - 1].lower()
        for value in whole
        if language.months and 1 <= value <= 12
    }
    if any(month in lowered for month in months):
        return True
    return any(1 <= value <= _LAST_ROMAN for value in whole) and not whole.isdisjoint(
        _roman_value(numeral[0]) for numeral in _ROMAN.finditer(text) if numeral[0]
    )


@lru_cache(maxsize=4096)
def _in_words(value: int, code: str) -> re.Pattern[str] | None:
    """Return what a value looks like in words, in small letters; None where the words are not known."""
    phrase = _phrase(value, language_of(code))
    return re.compile(rf"\b{phrase}(?:s|os|as)?\b") if phrase else None


def _phrase(value: int, language: Language) -> str:
    """Return a pattern of the ways to say a value: a word, or a count of hundreds, thousands … and the rest."""
    ways = sorted(language.number_words.get(value, ()))
    if 100 < value < 1000 and value % 100:
        ways += _joined(_phrase(value - value % 100, language), _phrase(value % 100, language))
    for scale, factor in language.scales.items():
        count, rest = divmod(value, int(factor))
        if not 1 <= count < 1000:
            continue
        heads = [scale] if count == 1 else []
        heads += _joined(_phrase(count, language), scale)
        head = f"(?:{'|'.join(heads)})" if heads else ""
        ways += _joined(head, _phrase(rest, language)) if rest else heads
    return f"(?:{'|'.join(ways)})" if ways else ""


def _joined(first: str, second: str) -> list[str]:
    # A short word may stand between: two thousand and six.
    return [rf"{first}[\W_]+(?:\w{{1,3}}[\W_]+)?{second}"] if first and second else []


def _is_list(number: Number, texts: set[str]) -> bool:
    """Whether a number is a list written without spaces, whose parts the other text has."""
    parts = number.text.split(",")
    return len(parts) > 1 and any(part in texts for part in parts)


def _values(written: str, decimal: str | None) -> set[float | str]:
    if ":" in written:
        return {written}
    text = re.sub(r"[ \u00a0\u202f’']", "", written)
    groups = re.split(r"[.,]", text)
    signs = re.findall(r"[.,]", text)
    is_grouped = (
        len(set(signs)) == 1
        and len(groups[0]) <= 3
        and all(len(group) == 3 for group in groups[1:])
    )
    digits = "".join(groups)
    if len(digits) > _EXACT:
        # An account, an identifier: rounded to a float, two of them would be one.
        return {digits if is_grouped or not signs else text.replace(",", ".")}
    if not signs:
        return {float(text)}
    values: set[float | str] = set()
    if is_grouped:
        values.add(float(digits))
        if decimal and signs[0] != decimal:
            # 1.500 is fifteen hundred where decimals stand behind a comma. A copy of the source is found as text.
            return values
    if len(signs) == 1 or (len(set(signs[:-1])) == 1 and signs[-1] != signs[0]):
        values.add(float("".join(groups[:-1]) + "." + groups[-1]))
    # A version, an address, a date: 3.11.2 is nothing but itself.
    return values or {text.replace(",", ".")}


def _time(written: str, *, is_hour: bool) -> tuple[NumberKind, int | None]:
    """Return what a number is, and its minutes of the half day when it is or may be a time."""
    if clock := _CLOCK.fullmatch(written):
        return NumberKind.TIME, (60 * int(clock[1]) + int(clock[2])) % _HALF_DAY
    if not written.isdigit() or len(written) > 2 or int(written) > 24:
        return NumberKind.COUNT, None
    return NumberKind.TIME if is_hour else NumberKind.COUNT, 60 * int(written) % _HALF_DAY


def _roman_value(numeral: str) -> int:
    total = 0
    for letter, following in zip(numeral, numeral[1:] + " ", strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if _ROMAN_VALUES.get(following, 0) > value else value
    return total


@cache
def _patterns(code: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Return what a scale word and what an hour mark of a language look like behind a number."""
    language = language_of(code)
    scales = "|".join(sorted(language.scales, key=len, reverse=True))
    return (
        re.compile(rf"[\s\u00a0-]*({scales})\b", re.IGNORECASE) if scales else None,
        re.compile(rf"[\s\u00a0]*(?:{language.hour_marks})", re.IGNORECASE)
        if language.hour_marks
        else None,
    )


@cache
def _unit_pattern(language: Language) -> re.Pattern[str]:
    """Return the pattern of the units of a language; each unit is a group of its own."""
    groups = (
        "|".join(filter(None, (_UNIT_SIGNS[dimension][unit], language.units.get(unit, ""))))
        for dimension, unit in _UNITS
    )
    alternatives = "|".join(f"({group or '(?!)'})" for group in groups)
    return re.compile(
        rf"(?=[ \u00a0\u202f-]?[A-Za-z°º])[ \u00a0\u202f-]?(?:{alternatives})(?![\w/²³])"
    )

"""What a number is a number of: a unit of measure, money, a share, a place in a row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from l10n.languages import Language
from l10n.text.numbers.model import Number, NumberKind

_UNIT_SIGNS: Mapping[str, Mapping[str, str]] = {
    # Dimension → unit → its signs in every language, a regular expression; the names are the languages'.
    "speed": {"km/h": "km/h|kph", "mph": "mph"},
    # Before lengths: a square kilometre is no kilometre.
    "area": {"km²": "km²|km2", "m²": "m²|m2", "mi²": "", "ft²": "", "ha": "ha", "ac": ""},
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
    # Hz and kHz are often written with the wrong capitals.
    "frequency": {
        "Hz": "[Hh][Zz]",
        "kHz": "[kK][Hh][Zz]",
        "MHz": "M[Hh][Zz]",
        "GHz": "G[Hh][Zz]",
    },
    "volume": {"l": "l|L", "ml": "ml|mL", "gal": "gal"},
    "temperature": {"°C": "°[ \u00a0]?C|ºC", "°F": "°[ \u00a0]?F|ºF"},
    "time": {"s": "", "min": "min", "h": "h", "d": "", "week": "", "month": "", "year": ""},
}
"""Units by what they measure; a number followed by two of one dimension cannot be the same amount."""

_UNITS = tuple((dimension, unit) for dimension, units in _UNIT_SIGNS.items() for unit in units)

_MONEY = "$€£¥"


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


def read_amounts(text: str, numbers: Iterable[Number], language: Language) -> list[Amount]:
    """Return the numbers that a unit stands behind."""
    pattern, amounts = _unit_pattern(language), []
    for number in numbers:
        if match := pattern.match(text, number.end):
            group = match.lastindex or 1
            amounts.append(Amount(number, *_UNITS[group - 1], match[group], match.end()))
    return amounts


def sort_of(number: Number, text: str, language: Language) -> str:
    """Return what a number is a number of, alike in all languages: `€`, `%`, `km`, `ordinal`; empty for things.

    A number can stand for another only where both are of one sort.
    """
    if number.kind is not NumberKind.COUNT:
        return str(number.kind.value)
    if any(isinstance(value, str) for value in number.values):
        return "identifier"
    before, patterns = text[max(0, number.first - 24) : number.first], _sorts(language)
    if before.strip()[-1:] in _MONEY and before.strip():
        return before.strip()[-1]
    for name, pattern in patterns.before:
        if pattern.search(before):
            return name
    for name, pattern in patterns.behind:
        if pattern.match(text, number.last):
            return name
    amounts = read_amounts(text, (number,), language)
    return amounts[0].unit if amounts else ""


_WORDS_OF_LABEL = 6
_PLACE = re.compile(r"(?:st|nd|rd|th)\b")


def is_part_of_label(number: Number, text: str) -> bool:
    """Whether a number of a short label is a part or a place, which may have a name: `1/16 note`, semicorchea."""
    is_label = text.count(" ") < _WORDS_OF_LABEL and text.rstrip()[-1:] != "."
    return is_label and (
        number.kind is NumberKind.FRACTION or bool(_PLACE.match(text, number.last))
    )


def is_part_of_word(number: Number, text: str, language: Language) -> bool:
    """Whether letters stand beside a number: `3D` is tridimensional, a 3rd party is another, `24h` a format.

    A hundred percent is a word as well, `entirely`.
    """
    return bool(
        _LETTER.match(text, number.last)
        or _LETTER.match(text, max(0, number.first - 1))
        or _compound(language).match(text, number.first)
    )


@cache
def _compound(language: Language) -> re.Pattern[str]:
    """Return the pattern of a number that is one word with what stands behind it, or may be said by one."""
    whole = "|".join(filter(None, ("%", language.percent_words)))
    compounds = language.numerals.compounds or "(?!)"
    return re.compile(rf"100[ \u00a0]?(?:{whole})|[\d.,]+(?:{compounds})")


_LETTER = re.compile(r"[^\W\d_]")
_BRACKET = re.compile(r"[^()\d]{0,25}\([^()\d]{0,12}")
"""What stands between an amount and another unit's amount in brackets."""
_IN_BASE_UNITS: Mapping[str, float] = {
    # Metre, kilogram, litre, square metre, kilometre an hour; BIPM and the international yard and pound of 1959.
    "km": 1000,
    "m": 1,
    "cm": 0.01,
    "mm": 0.001,
    "mi": 1609.344,
    "yd": 0.9144,
    "ft": 0.3048,
    "in": 0.0254,
    "t": 1000,
    "kg": 1,
    "g": 0.001,
    "lb": 0.45359237,
    "oz": 0.0283495,
    "l": 1,
    "ml": 0.001,
    "gal": 3.785412,
    "Hz": 1,
    "kHz": 1e3,
    "MHz": 1e6,
    "GHz": 1e9,
    "km/h": 1,
    "mph": 1.609344,
    "km²": 1e6,
    "m²": 1,
    "mi²": 2589988.11,
    "ft²": 0.09290304,
    "ha": 1e4,
    "ac": 4046.8564,
}
_ROUNDED = 1.3
"""How far apart two amounts may be that are one: 5 ft are 1.5 m, and a British gallon is a fifth more than this one."""


def is_conversion(
    number: Number, numbers: Iterable[Number], text: str, language: Language
) -> bool:
    """Whether a number says in brackets what the one before it is in another unit: `3 pulgadas (8 cm)`.

    `numbers` are those of the text.
    """
    before = max(
        (other for other in numbers if other.last <= number.first),
        key=lambda other: other.last,
        default=None,
    )
    if before is None or not _BRACKET.fullmatch(text, before.last, number.first):
        return False
    amounts = read_amounts(text, (before, number), language)
    if len(amounts) < _TWO or amounts[0].dimension != amounts[1].dimension:
        return False
    first, second = amounts
    if first.unit not in _IN_BASE_UNITS or second.unit not in _IN_BASE_UNITS:
        # Degrees, which have no common zero, and parts of a day.
        return first.unit != second.unit
    return any(
        one <= other * _ROUNDED and other <= one * _ROUNDED
        for one in _sizes(first)
        for other in _sizes(second)
    )


_TWO = 2


def is_same_amount(
    first: tuple[Number, str, Language], second: tuple[Number, str, Language]
) -> bool:
    """Whether two numbers, each in its text and language, are one amount in two units of a system: 1000 Hz, 1 kHz."""
    amounts = [
        amount
        for number, text, language in (first, second)
        for amount in read_amounts(text, (number,), language)
    ]
    return (
        len(amounts) == _TWO
        and amounts[0].dimension == amounts[1].dimension
        and all(amount.unit in _IN_BASE_UNITS for amount in amounts)
        and any(
            math.isclose(one, other)
            for one in _sizes(amounts[0])
            for other in _sizes(amounts[1])
        )
    )


def _sizes(amount: Amount) -> set[float]:
    """Return how large an amount may be, in the base unit of its dimension."""
    return {
        value * _IN_BASE_UNITS[amount.unit]
        for value in amount.number.values
        if not isinstance(value, str)
    }


class _Sorts:
    """What stands around a number that says what it is a number of, compiled."""

    def __init__(self, language: Language) -> None:
        numerals = language.numerals
        percent = "|".join(filter(None, ("%", language.percent_words)))
        ordinal = "|".join(
            filter(None, (r"st\b|nd\b|rd\b|th\b", r"\.?[ºª]", r"\.[oa]\b", r"\.?er\b"))
        )
        self.before = (
            [("century", re.compile(numerals.century_before, re.IGNORECASE))]
            if numerals.century_before
            else []
        )
        behind = [
            ("century", numerals.century_after or "(?!)"),
            ("ordinal", rf"(?:{ordinal})(?!\s?[CF]\b)"),
            ("%", rf"[ \u00a0\u202f]?(?:{percent})"),
            *(
                (sign, rf"[ \u00a0]?(?:{re.escape(sign)}|(?:de[ \u00a0])?(?:{names})\b)")
                for sign, names in language.currencies.items()
            ),
        ]
        self.behind = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in behind]


@cache
def _sorts(language: Language) -> _Sorts:
    return _Sorts(language)


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

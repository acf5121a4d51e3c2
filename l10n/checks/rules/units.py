"""The rule about units of measure: the same number with another unit is another amount."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.checks.rules.numbers import source_numbers, target_numbers
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.model import Severity
from l10n.text.numbers import Number

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_SIGNS: Mapping[str, Mapping[str, str]] = {
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

_NAMES = tuple((dimension, unit) for dimension, units in _SIGNS.items() for unit in units)


@cache
def _pattern(language: Language) -> re.Pattern[str]:
    """Make the pattern of the units of a language; each unit is a group of its own."""
    groups = (
        "|".join(filter(None, (_SIGNS[dimension][unit], language.units.get(unit, ""))))
        for dimension, unit in _NAMES
    )
    alternatives = "|".join(f"({group or '(?!)'})" for group in groups)
    return re.compile(
        rf"(?=[ \u00a0\u202f-]?[A-Za-z°º])[ \u00a0\u202f-]?(?:{alternatives})(?![\w/²³])"
    )


_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit."""

    number: Number
    dimension: str
    unit: str
    text: str
    """The unit as it is written."""
    end: int


@rule(
    "unit",
    Severity.WARNING,
    N_("a unit of measure became another"),
    N_(
        "A number of the source stands in the translation with another unit: kilometers became miles, Celsius "
        "Fahrenheit, days weeks, and the number stayed. Keep the unit, or convert the number too."
    ),
    Example(
        "The trail is 12 miles long.", "El sendero tiene 12 km.", "El sendero tiene 12 millas."
    ),
    Example(
        "Llegaremos a 35 °C el domingo.",
        "It will reach 35 °F on Sunday.",
        "It will reach 35 °C on Sunday.",
        "en",
        "es",
    ),
    applies=lambda context: context.source_language.units and context.target_language.units,
)
def find_unit(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find numbers that stand with another unit of the same kind than in the source."""
    if not _DIGIT.search(pair.target):
        return
    numbers = target_numbers(pair, context)
    amounts = _amounts(pair.target, numbers, context.target_language)
    if not amounts:
        return
    numbers = source_numbers(pair, context)
    source_amounts = _amounts(pair.source, numbers, context.source_language)
    for amount in amounts:
        like = [
            other
            for other in source_amounts
            if other.dimension == amount.dimension
            and other.number.values & amount.number.values
        ]
        if like and all(other.unit != amount.unit for other in like):
            message = _("{there} stands where the source has {wanted}").format(
                there=f"{amount.number.text} {amount.text}",
                wanted=f"{like[0].number.text} {like[0].text}",
            )
            yield Hit(message, amount.number.start, amount.end)


def _amounts(text: str, numbers: Iterable[Number], language: Language) -> list[Amount]:
    """Return the numbers that a unit stands behind."""
    pattern, amounts = _pattern(language), []
    for number in numbers:
        if match := pattern.match(text, number.end):
            group = match.lastindex or 1
            amounts.append(Amount(number, *_NAMES[group - 1], match[group], match.end()))
    return amounts

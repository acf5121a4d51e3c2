"""The rule about units of measure: the same number with another unit is another amount."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.checks.rules.numbers import source_numbers, target_numbers
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.text.numbers import Number

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_UNITS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    # Dimension → unit → (signs in both languages, English words, Spanish words).
    "speed": {
        "km/h": ("km/h|kph", "kilomet(?:er|re)s (?:per|an) hour", "kil[oó]metros por hora"),
        "mph": ("mph", "miles (?:per|an) hour", "millas por hora"),
    },
    "length": {
        "km": ("km", "kilomet(?:er|re)s?", "kil[oó]metros?"),
        "m": ("m", "met(?:er|re)s?", "metros?"),
        "cm": ("cm", "centimet(?:er|re)s?", "cent[ií]metros?"),
        "mm": ("mm", "millimet(?:er|re)s?", "mil[ií]metros?"),
        "mi": ("", "miles?", "millas?"),
        "yd": ("yd", "yards?", "yardas?"),
        "ft": ("ft", "feet|foot", "pies?"),
        "in": ("", "inch(?:es)?", "pulgadas?"),
    },
    "weight": {
        "t": ("t", "tons?|tonnes?", "toneladas?"),
        "kg": ("kg", "kilos?|kilograms?", "kilos?|kilogramos?"),
        "g": ("g", "grams?", "gramos?"),
        "lb": ("lb|lbs", "pounds?", "libras?"),
        "oz": ("oz", "ounces?", "onzas?"),
    },
    "volume": {
        "l": ("l|L", "lit(?:er|re)s?", "litros?"),
        "ml": ("ml|mL", "millilit(?:er|re)s?", "mililitros?"),
        "gal": ("gal", "gallons?", "galones|gal[oó]n"),
    },
    "area": {
        "ha": ("ha", "hectares?", "hect[aá]reas?"),
        "ac": ("", "acres?", "acres?"),
    },
    "temperature": {
        "°C": (
            "°[ \u00a0]?C|ºC",
            "degrees Celsius|degrees centigrade",
            "grados (?:Celsius|cent[ií]grados)",
        ),
        "°F": ("°[ \u00a0]?F|ºF", "degrees Fahrenheit", "grados Fahrenheit"),
    },
    "time": {
        "s": ("", "seconds?", "segundos?"),
        "min": ("min", "minutes?", "minutos?"),
        "h": ("h", "hours?", "horas?"),
        "d": ("", "days?", "d[ií]as?"),
        "week": ("", "weeks?", "semanas?"),
        "month": ("", "months?", "mes(?:es)?"),
        "year": ("", "years?", "años?"),
    },
}
"""Units by what they measure; a number followed by two of one dimension cannot be the same amount."""


def _pattern(words: int) -> re.Pattern[str]:
    """Make the pattern of the units of a language; each unit is a group of its own."""
    groups = [
        f"({'|'.join(filter(None, (signs[0], signs[words])))})"
        for units in _UNITS.values()
        for signs in units.values()
    ]
    return re.compile(
        rf"(?=[ \u00a0\u202f-]?[A-Za-z°º])[ \u00a0\u202f-]?(?:{'|'.join(groups)})(?![\w/²³])"
    )


_DIGIT = re.compile(r"\d")
_PATTERNS = {"en": _pattern(1), "es": _pattern(2)}
_NAMES = tuple((dimension, unit) for dimension, units in _UNITS.items() for unit in units)


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
)
def find_unit(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find numbers that stand with another unit of the same kind than in the source."""
    if not {context.source, context.target} <= _PATTERNS.keys() or not _DIGIT.search(
        pair.target
    ):
        return
    there = _amounts(pair.target, target_numbers(pair, context), context.target)
    if not there:
        return
    wanted = _amounts(pair.source, source_numbers(pair, context), context.source)
    for amount in there:
        like = [
            one
            for one in wanted
            if one.dimension == amount.dimension and one.number.values & amount.number.values
        ]
        if like and all(one.unit != amount.unit for one in like):
            message = _("{there} stands where the source has {wanted}").format(
                there=f"{amount.number.text} {amount.text}",
                wanted=f"{like[0].number.text} {like[0].text}",
            )
            yield Hit(message, amount.number.start, amount.end)


def _amounts(text: str, numbers: Iterable[Number], language: str) -> list[Amount]:
    found = []
    for number in numbers:
        if match := _PATTERNS[language].match(text, number.end):
            at = match.lastindex or 1
            found.append(Amount(number, *_NAMES[at - 1], match[at], match.end()))
    return found

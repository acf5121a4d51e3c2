"""The rule about units of measure: the same number with another unit is another amount."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.checks.rules.numbers import source_numbers, target_numbers
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.text.numbers import Number, read_amounts, read_spelled, says_numbers

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair


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
    in_words = says_numbers(pair.source_vocabulary, context.source_language) and says_numbers(
        pair.target_lower_words, context.target_language
    )
    numbers = target_numbers(pair, context)
    if in_words:
        numbers = [*numbers, *_spelled(pair.target, context.target_locale)]
    if not numbers:
        return
    amounts = read_amounts(pair.target, numbers, context.target_language)
    if not amounts:
        return
    numbers = source_numbers(pair, context)
    if in_words:
        numbers = [*numbers, *_spelled(pair.source, context.source_locale)]
    source_amounts = read_amounts(pair.source, numbers, context.source_language)
    for amount in amounts:
        like = [
            other
            for other in source_amounts
            if other.dimension == amount.dimension
            and other.number.values & amount.number.values
        ]
        # 12 km and 12 miles in the source: either unit of them is right.
        if like and all(other.unit != amount.unit for other in like):
            message = _("{there} stands where the source has {wanted}").format(
                there=f"{amount.number.text} {amount.text}",
                wanted=f"{like[0].number.text} {like[0].text}",
            )
            yield Hit(message, amount.number.start, amount.end)


def _spelled(text: str, locale: str) -> list[Number]:
    """Return the numbers that a text says in words: two weeks."""
    return [number for number in read_spelled(text, locale) if not number.is_weak]

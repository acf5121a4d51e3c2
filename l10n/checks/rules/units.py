"""Rules about what a number counts: the same number with another unit, currency or none is another amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.checks.rules.numbers import source_numbers, target_numbers
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.model import Severity
from l10n.text.numbers import Number, read_amounts, read_spelled, says_numbers

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_DIGIT = re.compile(r"\d")


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


@rule(
    "percent",
    Severity.WARNING,
    N_("a percentage lost its percent"),
    N_(
        "The source gives a percentage, and the translation has neither a percent sign nor words for it."
    ),
    Example(
        "Sales rose 12% in May.",
        "Las ventas subieron 12 en mayo.",
        "Las ventas subieron un 12 % en mayo.",
    ),
    Example("Subió un 12 % en mayo.", "It rose 12 in May.", "It rose 12% in May.", "en", "es"),
    applies=lambda context: (
        context.source_language.percent_words and context.target_language.percent_words
    ),
)
def find_percent(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find percentages that lost their percent."""
    if not _DIGIT.search(pair.source):
        return
    source, target = context.source_language, context.target_language
    # A hundred percent is entirely.
    if any(match[1] != "100" for match in _percentage(source).finditer(pair.source)):
        anything = rf"%|{target.percent_words}|{source.percent_words}"
        # Anywhere in the text: `un porcentaje del 12` has it before the number.
        if not re.search(anything, pair.target_raw, re.IGNORECASE):
            yield Hit(_("a percentage of the source is no percentage here"))


@cache
def _percentage(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\d)(?<!\d[.,])(\d+(?:[.,]\d+)*)(?:[ \u00a0\u202f]?%|[ \u00a0](?:{language.percent_words})\b)",
        re.IGNORECASE,
    )


_CURRENCY_CODES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


@rule(
    "currency",
    Severity.WARNING,
    N_("a currency was lost or changed"),
    N_(
        "An amount of the source stands in euros, dollars, pounds or yen, and the translation names another "
        "currency or none. Amounts are not converted by changing the sign."
    ),
    Example("Tickets cost €15.", "Las entradas cuestan 15 $.", "Las entradas cuestan 15 €."),
    Example("Cuesta 15 euros.", "It costs 15 dollars.", "It costs 15 euros.", "en", "es"),
    applies=lambda context: (
        context.source_language.currencies and context.target_language.currencies
    ),
)
def find_currency(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find amounts whose currency was lost or changed."""
    if not _DIGIT.search(pair.source):
        return
    source, target = context.source_language, context.target_language
    amounts = " ".join(match[0] for match in _amount(source).finditer(pair.source))
    for sign in _CURRENCY_CODES if amounts else ():
        pattern = _currency(sign, source, target)
        if pattern.search(amounts) and not pattern.search(pair.target_raw):
            message = _("an amount in {currency} has another currency here, or none")
            yield Hit(message.format(currency=sign))


@cache
def _amount(language: Language) -> re.Pattern[str]:
    """Make the pattern of an amount of money: a sign beside a number, or a word behind it."""
    scales = "|".join(sorted(language.scales, key=len, reverse=True))
    names = "|".join(language.currencies.values())
    return re.compile(
        r"[$€£¥][ \u00a0]?\d|\d[ \u00a0]?[$€£¥](?!\w)"
        rf"|\d[ \u00a0](?:(?:{scales})[ \u00a0](?:de[ \u00a0])?)?(?:{names})\b",
        re.IGNORECASE,
    )


@cache
def _currency(sign: str, *languages: Language) -> re.Pattern[str]:
    """Make the pattern of a currency: its sign, its code, its names in some languages."""
    names = "|".join(language.currencies[sign] for language in languages)
    code = _CURRENCY_CODES[sign]
    return re.compile(rf"{re.escape(sign)}|\b(?:{code}|{names})\b", re.IGNORECASE)


_TIGHT_PERCENT = re.compile(r"(?<=\d)%(?![\w%])")
_LOOSE_PERCENT = re.compile(r"(?<=\d)[ \u00a0\u202f]%(?!\w)")


@rule(
    "percent-space",
    Severity.INFO,
    N_("the percent sign is spaced as in the other language"),
    N_(
        "Spanish separates the percent sign with a non-breaking space (`50 %`), English does not (`50%`). "
        "Many newspapers in Spanish leave the space out: turn the rule off if yours does."
    ),
    Example(
        "It rose 50% in May.",
        "Subió un 50% en mayo.",
        "Subió un 50\u00a0% en mayo.",
        fixed=True,
    ),
    Example(
        "Subió un 50 % en mayo.",
        "It rose 50 % in May.",
        "It rose 50% in May.",
        "en",
        "es",
        fixed=True,
    ),
    applies=lambda context: context.target_language.percent_space is not None,
)
def find_percent_space(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find percent signs spaced as in the other language: `50 %` in Spanish, `50%` in English."""
    if "%" not in pair.target:
        return
    language = context.target_language
    spaced = bool(language.percent_space)
    message = (
        _("{language} puts a space before %")
        if spaced
        else _("{language} puts no space before %")
    ).format(language=_(language.name))
    for match in (_TIGHT_PERCENT if spaced else _LOOSE_PERCENT).finditer(pair.target):
        yield Hit(message, *match.span(), f"{language.percent_space}%")

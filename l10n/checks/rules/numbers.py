"""Rules about numbers: changed or lost ones, separators, billions, ordinals, percent, currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import language_of
from l10n.model import Severity
from l10n.text.numbers import Number, read_numbers, unmatched

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_DIGIT = re.compile(r"\d")


def source_numbers(pair: Pair, context: CheckContext) -> list[Number]:
    """Give the numbers of the source."""
    return pair.remember(
        "source numbers", lambda: read_numbers(pair.source, context.source_locale)
    )


def target_numbers(pair: Pair, context: CheckContext) -> list[Number]:
    """Give the numbers of the translation."""
    return pair.remember(
        "target numbers", lambda: read_numbers(pair.target, context.target_locale)
    )


@rule(
    "number",
    Severity.WARNING,
    N_("a number is missing, changed or new"),
    N_(
        "The numbers of the translation are not those of the source. Separators, scale words, hours of the "
        "afternoon, numbers in words and Roman numerals are understood, so `1,500` may be `1.500`, `1,5 mil` "
        "or `mil quinientos`. A wrong number is the mistake that readers never notice and lawyers always do."
    ),
    Example(
        "The fair drew 12,500 people in 2024.",
        "La feria atrajo a 15.200 personas en 2024.",
        "La feria atrajo a 12.500 personas en 2024.",
    ),
    Example(
        "El tren sale a las 15:30.",
        "The train leaves at 3:40 p.m.",
        "The train leaves at 3:30 p.m.",
        "en",
        "es",
    ),
)
def find_number(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Compare the numbers of both texts as values, however they are written."""
    if not _DIGIT.search(pair.source) and not _DIGIT.search(pair.target):
        return
    wanted = source_numbers(pair, context)
    there = target_numbers(pair, context)
    missing = unmatched(wanted, there, pair.target_raw, context.target_locale)
    added = unmatched(there, wanted, pair.source_raw, context.source_locale)
    for lost, new in zip(missing, added, strict=False):
        message = _("{there} stands where the source has {wanted}")
        yield Hit(message.format(there=new.text, wanted=lost.text), new.start, new.end)
    for lost in missing[len(added) :]:
        yield Hit(_("the number {number} is missing").format(number=lost.text))
    for new in added[len(missing) :]:
        message = _("the number {number} is not in the source")
        yield Hit(message.format(number=new.text), new.start, new.end)


_UNIT = (
    r"(?:[ \u00a0\u202f-]?(?:%|‰|°|º|€|£|\$|km|kg|cm|mm|ml|MB|GB|kB|Hz|MHz|GHz|kWh|MW)(?![\w/])"
    r"|[ \u00a0](?:por ciento|percent|per cent|millones|millón|million|billion|mil|thousand|kilómetros|kilometers"
    r"|kilometres|metros|meters|metres|euros|dólares|dollars|pesos|libras|pounds|grados|degrees|horas|hours"
    r"|toneladas|tons|tonnes|litros|liters|litres|hectáreas|hectares|puntos|points|millas|miles|veces|times"
    r"|años|years|kilos|minutos|minutes|segundos|seconds|personas|people)\b)"
)
_MONEY = r"(?<=[$€£¥])|(?<=[$€£¥][ \u00a0])"
_ENGLISH_GROUPS = re.compile(
    r"(?<![\w.,])(?<!: )[1-9]\d{0,2}(?:,\d{3})+(?![\d,])(?!\.\d*\.)(?:\.\d+)?"
)
_SPANISH_GROUPS = re.compile(
    r"(?<![\w.,])(?<!: )[1-9]\d{0,2}(?:\.\d{3})+(?![\d.]\d|\d)(?:,\d+)?"
)
_POINT = re.compile(rf"(?:(?<![\w.,:/-])|{_MONEY})\d+\.\d+(?={_UNIT})")
_COMMA = re.compile(r"(?<![\w.,:/])\d+,\d{1,2}(?![\w,.]?\d)")


@rule(
    "number-format",
    Severity.WARNING,
    N_("a number is written as in the other language"),
    N_(
        "A number was copied with its separators: `12,500` is twelve and a half to a Spanish reader, `12.500` "
        "to an English one. Spanish of Spain and of most of South America writes 12.500 and 3,5; Mexico, "
        "Central America and the Caribbean write 12,500 and 3.5, as English does, and are left alone."
    ),
    Example(
        "It costs 12,500 euros.", "Cuesta 12,500 euros.", "Cuesta 12.500 euros.", fixed=True
    ),
    Example("Sube un 3,5 %.", "It rises 3,5%.", "It rises 3.5%.", "en", "es", fixed=True),
)
def find_number_format(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find numbers copied with the separators of the other language, which readers take for others."""
    if not _DIGIT.search(pair.target):
        return
    if (
        context.target == "es"
        and context.source == "en"
        and language_of("es").decimal_in(context.region) == ","
    ):
        for pattern in (_ENGLISH_GROUPS, _POINT):
            for found in pattern.finditer(pair.target):
                version = pattern is _POINT and _VERSION.search(pair.target[: found.start()])
                if found[0] in pair.source and not version:
                    yield _format_hit(found, found[0].translate(_SWAP))
    if context.target == "en" and context.source == "es":
        for pattern in (_SPANISH_GROUPS, _COMMA):
            for found in pattern.finditer(pair.target):
                if re.search(rf"(?<![\d.,]){re.escape(found[0])}(?![\d]|[.,]\d)", pair.source):
                    yield _format_hit(found, found[0].translate(_SWAP))


_VERSION = re.compile(r"(?:versi[oó]n(?:es)?|\bv\.?|[A-Z]\w+) $")
"""What stands before the number of a version."""
_SWAP = str.maketrans(",.", ".,")


def _format_hit(found: re.Match[str], right: str) -> Hit:
    message = _("write {right}: here {wrong} reads as another number")
    return Hit(message.format(right=right, wrong=found[0]), *found.span(), right)


_EN_BILLION = re.compile(r"\b(b|tr)illions?\b", re.IGNORECASE)
_ES_BILLION = re.compile(r"\b(b|tr)ill(?:ón|ones)\b", re.IGNORECASE)


@rule(
    "billion",
    Severity.ERROR,
    N_("a billion became a billón"),
    N_(
        "An English billion is a thousand million, `mil millones`; a Spanish `billón` is a million million, a "
        "trillion. Translating one by the other multiplies or divides by a thousand."
    ),
    Example(
        "The plan costs 3 billion dollars.",
        "El plan cuesta 3 billones de dólares.",
        "El plan cuesta 3.000 millones de dólares.",
    ),
    Example(
        "La deuda supera el billón de euros.",
        "The debt exceeds one billion euros.",
        "The debt exceeds one trillion euros.",
        "en",
        "es",
    ),
)
def find_billion(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find billions that became a thousand times as much, or a thousandth."""
    if "ill" not in pair.target:
        return
    spanish, english = (
        (pair.target, pair.source) if context.target == "es" else (pair.source, pair.target)
    )
    if {context.source, context.target} != {"en", "es"}:
        return
    scales_en = {found[1].lower() for found in _EN_BILLION.finditer(english)}
    scales_es = {found[1].lower() for found in _ES_BILLION.finditer(spanish)}
    # A billón is a trillion, a thousand millones a billion: a shared prefix is the mistake.
    right = {"b": "tr"}
    for prefix in scales_en & scales_es:
        if right.get(prefix) in scales_en or (prefix == "tr" and "b" in scales_es):
            continue
        pattern = _ES_BILLION if context.target == "es" else _EN_BILLION
        found = next(one for one in pattern.finditer(pair.target) if one[1].lower() == prefix)
        message = (
            _("an English billion is mil millones in Spanish, a trillion un billón")
            if context.target == "es"
            else _("a Spanish billón is a trillion in English, mil millones a billion")
        )
        yield Hit(message, *found.span())


_ORDINAL = {
    "es": re.compile(r"(?<![\w.,])\d+(?:st|nd|rd|th)\b"),
    "en": re.compile(
        r"(?<![\w.,])\d+(?:\.[ºª°]|[ºª](?!\s?[CF]\b)|\.?(?:er|ro|ra|do|da|to|ta|mo|ma|vo|va|no|na)\b)"
    ),
}


@rule(
    "ordinal",
    Severity.WARNING,
    N_("an ordinal is written as in the other language"),
    N_(
        "`1st`, `22nd` in Spanish or `1.º`, `3er` in English. Spanish writes `1.º`, `1.ª`, `1.er` or the word; "
        "English writes `1st`, `2nd`, `3rd`, `4th` or the word."
    ),
    Example("The 21st edition opens.", "Abre la 21st edición.", "Abre la 21.ª edición."),
    Example(
        "Abre la 21.ª edición.",
        "The 21.ª edition opens.",
        "The 21st edition opens.",
        "en",
        "es",
    ),
)
def find_ordinal(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find ordinals written as in the other language."""
    pattern = _ORDINAL.get(context.target)
    if pattern is None or not _DIGIT.search(pair.target):
        return
    for found in pattern.finditer(pair.target):
        example = "1.º" if context.target == "es" else "1st"
        message = _("{wrong} is not how an ordinal is written here (such as {right})")
        yield Hit(message.format(wrong=found[0], right=example), *found.span())


_PERCENT = re.compile(
    r"\d[ \u00a0\u202f]?%|\d[ \u00a0](?:percent|per cent|por ciento)\b", re.IGNORECASE
)
_ANY_PERCENT = re.compile(r"%|percent|per cent|por ?cien|porcentaje|\bpct\b|%s", re.IGNORECASE)


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
)
def find_percent(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find percentages that lost their percent."""
    if "%" not in pair.source and " per" not in pair.source and " por" not in pair.source:
        return
    if _PERCENT.search(pair.source) and not _ANY_PERCENT.search(pair.target_raw):
        yield Hit(_("a percentage of the source is no percentage here"))


_CURRENCIES = {
    "$": re.compile(
        r"\$|\bUSD\b|\bdollars?\b|\bd[oó]lar(?:es)?\b|\bpesos?\b|\bbucks\b", re.IGNORECASE
    ),
    "€": re.compile(r"€|\bEUR\b|\beuros?\b", re.IGNORECASE),
    "£": re.compile(
        r"£|\bGBP\b|\bpounds?\b|\blibras?\b|\bsterling\b|\besterlinas?\b|\bquid\b",
        re.IGNORECASE,
    ),
    "¥": re.compile(r"¥|\bJPY\b|\byens?\b|\byenes\b|\byuan(?:es)?\b", re.IGNORECASE),
}
_AMOUNT = re.compile(
    r"[$€£¥][ \u00a0]?\d|\d[ \u00a0]?[$€£¥](?!\w)"
    r"|\d[ \u00a0](?:(?:million|millones|mil|thousand|billion|mil millones)[ \u00a0](?:de[ \u00a0])?)?"
    r"(?:euros?|dollars?|dólar(?:es)?|pounds|libras|yen(?:es)?)\b",
    re.IGNORECASE,
)


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
)
def find_currency(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find amounts whose currency was lost or changed."""
    if not _DIGIT.search(pair.source):
        return
    amounts = " ".join(found[0] for found in _AMOUNT.finditer(pair.source))
    if not amounts:
        return
    for sign, pattern in _CURRENCIES.items():
        if pattern.search(amounts) and not pattern.search(pair.target_raw):
            yield Hit(
                _("an amount in {currency} has another currency here, or none").format(
                    currency=sign
                )
            )


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
)
def find_percent_space(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find percent signs spaced as in the other language: `50 %` in Spanish, `50%` in English."""
    if "%" not in pair.target:
        return
    if context.target == "es":
        for found in _TIGHT_PERCENT.finditer(pair.target):
            yield Hit(_("Spanish puts a space before %"), *found.span(), "\u00a0%")
    elif context.target == "en":
        for found in _LOOSE_PERCENT.finditer(pair.target):
            yield Hit(_("English puts no space before %"), *found.span(), "%")

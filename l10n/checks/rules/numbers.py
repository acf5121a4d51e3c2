"""Rules about numbers: changed or lost ones, separators, billions, ordinals, percent, currency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.checks.rules.negation import facing_sentences
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.model import Severity
from l10n.text.numbers import (
    Number,
    Side,
    compare_numbers,
    read_numbers,
    says_numbers,
)
from l10n.text.numbers.amounts import (
    is_conversion,
    is_part_of_label,
    is_part_of_word,
    is_same_amount,
)
from l10n.text.numbers.dropped import dropped_count
from l10n.text.numbers.writing import Slot, write_number

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_DIGIT = re.compile(r"\d")
_MAYBE_ROMAN = re.compile("[IVX]{2}")
_BILLION = 1e9


def source_numbers(pair: Pair, context: CheckContext) -> Sequence[Number]:
    """Return the numbers of the source."""
    return _read(pair.source, context.source_locale)


def target_numbers(pair: Pair, context: CheckContext) -> Sequence[Number]:
    """Return the numbers of the translation."""
    return _read(pair.target, context.target_locale)


def _read(text: str, locale: str) -> Sequence[Number]:
    # Most texts have no digit, and looking for one is faster than reading.
    return read_numbers(text, locale) if _DIGIT.search(text) else ()


@rule(
    "number",
    Severity.WARNING,
    N_("a number is missing, changed or new"),
    N_(
        "A number in digits of the source is not in the translation, or another stands there. Separators, scale "
        "words, hours of the afternoon, numbers in words, fractions, decades and Roman numerals are read by their "
        "value, so `1,500` may be `1.500`, `1,5 mil` or `mil quinientos`, but `4 million` is never `4`, `7:30 p.m.` "
        "never `7:30` and `−5` never `5`. A number in words is missed where another stands in its place, "
        "and from three to ninety-nine where the facing sentence of an article has no number and no word of quantity: `some` for "
        "`three` passes, as does a number that a program's translator adds. A wrong number is the mistake that "
        "readers never notice and lawyers always do."
    ),
    Example(
        "The fair drew 12,500 people in 2024.",
        "La feria atrajo a 15.200 personas en 2024.",
        "La feria atrajo a 12.500 personas en 2024.",
    ),
    Example(
        "The theatre needs 4 million euros.",
        "El teatro necesita 4 euros.",
        "El teatro necesita 4 millones de euros.",
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
    source, target = source_numbers(pair, context), target_numbers(pair, context)
    if not (source or target) and not (
        says_numbers(pair.source_vocabulary, context.source_language)
        or _MAYBE_ROMAN.search(pair.source)
    ):
        # Nothing to compare: most texts.
        return
    difference = compare_numbers(
        Side(
            *(pair.source_raw, context.source_locale, source, pair.source),
            pair.source_vocabulary,
        ),
        Side(
            *(pair.target_raw, context.target_locale, target, pair.target),
            pair.target_lower_words,
        ),
    )
    if context.is_article and not difference:
        yield from _dropped(pair, context)
    for lost, new in difference.pairs:
        if lost is None and new is not None:
            # Programs' translators explain and reword: of 80 numbers that were new in their catalogs one was wrong.
            is_explained = not context.is_article and not _MAYBE_ROMAN.search(pair.source)
            if is_explained or is_conversion(new, target, pair.target, context.target_language):
                continue
            message = _("the number {number} is not in the source")
            yield Hit(message.format(number=_as_written(new, pair.target)), new.first, new.last)
        elif lost is not None and new is None:
            if not context.is_article and (
                is_part_of_label(lost, pair.source)
                or is_part_of_word(lost, pair.source, context.source_language)
            ):
                continue
            message = _("the number {number} is missing")
            yield Hit(message.format(number=_as_written(lost, pair.source)))
        elif (
            lost is not None
            and new is not None
            and not _is_billion(lost, new, context)
            and not is_same_amount(
                (lost, pair.source, context.source_language),
                (new, pair.target, context.target_language),
            )
        ):
            message = _("{there} stands where the source has {wanted}").format(
                there=_as_written(new, pair.target), wanted=_as_written(lost, pair.source)
            )
            yield _repaired(message, lost, new, pair, context)


def _dropped(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Yield the numbers in words for which the facing sentence has no number at all."""
    for source, start, target in facing_sentences(pair, context):
        number = dropped_count(
            Side(source, context.source_locale, _read(source, context.source_locale)),
            Side(target, context.target_locale, _read(target, context.target_locale)),
        )
        if number is not None:
            message = _("the number {number} is missing").format(number=number.text)
            yield Hit(message, start, start + len(target.rstrip()))


def _repaired(
    message: str, lost: Number, new: Number, pair: Pair, context: CheckContext
) -> Hit:
    """Return a hit on a number that offers the one of the source, as the locale writes it, where that is certain."""
    if lost.kind is new.kind:
        # What the number of the translation would be in the source: only its value is another.
        old = replace(
            lost,
            values=new.values,
            minutes=new.minutes,
            half_day=new.half_day,
            factor=new.factor,
        )
        slot = Slot(old, pair.source, new, pair.target)
        written = write_number(lost, slot, context.target_locale)
        if written is not None:
            return Hit(message, written.start, written.end, written.text, is_safe=False)
    return Hit(message, new.first, new.last)


def _is_billion(lost: Number, new: Number, context: CheckContext) -> bool:
    """Whether one billion stands for the other, which `billion` tells better."""
    languages = context.source_language, context.target_language
    return (
        lost.factor >= _BILLION
        and new.factor >= _BILLION
        and languages[0].long_scale != languages[1].long_scale
        and lost.factor != new.factor
    )


def _as_written(number: Number, text: str) -> str:
    """Return a number with its sign and scale, as the text has it."""
    return text[number.first : number.last]


_COMMA_GROUPS = re.compile(
    r"(?<![\w.,])(?<!: )[1-9]\d{0,2}(?:,\d{3})+(?![\d,])(?!\.\d*\.)(?:\.\d+)?"
)
_POINT_GROUPS = re.compile(r"(?<![\w.,])(?<!: )[1-9]\d{0,2}(?:\.\d{3})+(?![\d.]\d|\d)(?:,\d+)?")
_COMMA = re.compile(r"(?<![\w.,:/])\d+,\d{1,2}(?![\w,.]?\d)")


def _separators(context: CheckContext) -> dict[int, str]:
    """Return which sign of the source is which one here; nothing where they are the same or not known."""
    source, target = context.source_language, context.target_language
    decimals = (
        source.decimal_in(context.source_region),
        target.decimal_in(context.region),
    )
    if None in decimals or decimals[0] == decimals[1] or decimals[1] != target.decimal:
        return {}
    return {
        ord(sign): right
        for sign, right in ((source.group, target.group), (source.decimal, target.decimal))
        if sign and right
    }


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
    applies=_separators,
)
def find_number_format(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find numbers copied with the separators of the other language, which readers take for others."""
    if not _DIGIT.search(pair.target):
        return
    signs = _separators(context)
    language = context.target_language
    # A comma with three digits behind it can only be read as a group; a point may be a version, so it needs a unit.
    if language.decimal == ",":
        for match in _COMMA_GROUPS.finditer(pair.target):
            if match[0] in pair.source:
                yield _format_hit(match, signs)
        for match in _point(language).finditer(pair.target):
            if match[0] in pair.source and not _VERSION.search(pair.target[: match.start()]):
                yield _format_hit(match, signs)
        return
    for pattern in (_POINT_GROUPS, _COMMA):
        for match in pattern.finditer(pair.target):
            if re.search(rf"(?<![\d.,]){re.escape(match[0])}(?![\d]|[.,]\d)", pair.source):
                yield _format_hit(match, signs)


@cache
def _point(language: Language) -> re.Pattern[str]:
    """Make the pattern of quantities with a decimal point: behind one comes a unit, before one a currency."""
    words = "|".join(
        (
            *language.scales,
            *language.units.values(),
            *language.currencies.values(),
            *filter(None, (language.percent_words, language.quantities)),
        )
    )
    unit = (
        r"(?:[ \u00a0\u202f-]?(?:%|‰|°|º|€|£|\$|km|kg|cm|mm|ml|MB|GB|kB|Hz|MHz|GHz|kWh|MW)(?![\w/])"
        rf"|[ \u00a0](?:{words})\b)"
    )
    money = r"(?<=[$€£¥])|(?<=[$€£¥][ \u00a0])"
    return re.compile(rf"(?:(?<![\w.,:/-])|{money})\d+\.\d+(?={unit})")


_VERSION = re.compile(r"(?:versi[oó]n(?:es)?|\bv\.?|[A-Z]\w+) $")
"""What stands before the number of a version."""


def _format_hit(match: re.Match[str], signs: dict[int, str]) -> Hit:
    right = match[0].translate(signs)
    message = _("write {right}: here {wrong} reads as another number")
    return Hit(message.format(right=right, wrong=match[0]), *match.span(), right)


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
    applies=lambda context: (
        {context.source_language.long_scale, context.target_language.long_scale}
        == {True, False}
    ),
)
def find_billion(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find billions that became a thousand times as much, or a thousandth."""
    if "ill" not in pair.target:
        return
    pattern = re.compile(context.target_language.billions, re.IGNORECASE)
    source_pattern = re.compile(context.source_language.billions, re.IGNORECASE)
    matches = {match[1].lower(): match for match in reversed([*pattern.finditer(pair.target)])}
    in_source = {match[1].lower() for match in source_pattern.finditer(pair.source)}
    short, long = (
        (in_source, matches.keys())
        if context.target_language.long_scale
        else (matches.keys(), in_source)
    )
    for prefix in in_source & matches.keys():
        # A billón is a trillion, a thousand millones a billion: a shared prefix is the mistake, unless
        # the right one stands there as well.
        if (prefix == "b" and "tr" in short) or (prefix == "tr" and "b" in long):
            continue
        yield Hit(_(context.target_language.billion_message), *matches[prefix].span())


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
    applies=lambda context: context.target_language.foreign_ordinal,
)
def find_ordinal(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find ordinals written as in the other language."""
    if not _DIGIT.search(pair.target):
        return
    language = context.target_language
    for match in re.finditer(rf"(?<![\w.,])\d+(?:{language.foreign_ordinal})", pair.target):
        message = _("{wrong} is not how an ordinal is written here (such as {right})")
        yield Hit(message.format(wrong=match[0], right=language.ordinal), *match.span())

"""Rules about dates and hours: months and weekdays changed, written in the wrong case or order."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.languages.traits import Dates
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")
_STEM = 3
"""Letters of a month or weekday that its abbreviations begin with."""


class Stamp(NamedTuple):
    """A month or a weekday, whatever the language calls it."""

    kind: str
    """`month` or `weekday`."""
    number: int
    """1 to 12, or 1 for Monday to 7."""


def _know_dates(context: CheckContext) -> bool:
    """Whether the dates of both languages are known."""
    return bool(context.source_language.dates and context.target_language.dates)


@rule(
    "calendar",
    Severity.ERROR,
    N_("a month or weekday became another"),
    N_(
        "The source names a month or a weekday, and the translation names another one instead, or keeps the day "
        "of a date without its month. Readers come on the wrong day."
    ),
    Example("It opens on 5 March.", "Abre el 5 de mayo.", "Abre el 5 de marzo."),
    Example("Cierra los lunes.", "It closes on Tuesdays.", "It closes on Mondays.", "en", "es"),
    applies=_know_dates,
)
def find_calendar(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find months and weekdays that became others."""
    languages = context.source_language, context.target_language
    # Looking words up in a set is much faster than the pattern, and most texts name no date.
    if not _has_date(pair.target_lower_words, languages[1]):
        if _DIGIT.search(pair.target):
            yield from _lost_months(pair, *languages)
        return
    if not _has_date(pair.source_vocabulary, languages[0]):
        return
    source = dict(_stamps(pair.source, languages[0]))
    target = dict(_stamps(pair.target, languages[1]))
    for kind in ("month", "weekday"):
        lost = [
            stamp
            for stamp in source
            if stamp.kind == kind
            and stamp not in target
            and not _is_hinted(stamp, pair.target, languages[1])
        ]
        new = [
            stamp
            for stamp in target
            if stamp.kind == kind
            and stamp not in source
            and not _is_hinted(stamp, pair.source, languages[0])
        ]
        for stamp, other in zip(lost, new, strict=False):
            message = _("{there} stands where the source has {wanted}").format(
                there=target[other][0], wanted=source[stamp][0]
            )
            yield Hit(message, *target[other].span())


def _lost_months(pair: Pair, source: Language, target: Language) -> Iterator[Hit]:
    """Find dates of which a translation without any month kept the day alone."""
    for pattern in _dated(source):
        for match in pattern.finditer(pair.source):
            # What was copied is another rule's.
            if match[0] in pair.target:
                continue
            month = _numbers(source)["month"][match["month"].lower()]
            # The month may stand there as a number, or cut short.
            numeric = rf"(?<!\d)0?{month}[/.-]|[/.-]0?{month}(?!\d)"
            short = rf"\b{target.months[month - 1][:_STEM]}t?\b"
            if (
                re.search(rf"(?<![\d.,:]){int(match['day'])}(?![\d.,:]\d|\d)", pair.target)
                and not re.search(numeric, pair.target)
                and not re.search(short, pair.target, re.IGNORECASE)
            ):
                yield Hit(_("the month of {date} is missing").format(date=match[0]))


def _has_date(words: Collection[str], language: Language) -> bool:
    return not _date_words(language).isdisjoint(words)


@cache
def _date_words(language: Language) -> frozenset[str]:
    """Return months and weekdays in small letters, in the plural too."""
    names = [name for numbers in _numbers(language).values() for name in numbers]
    return frozenset(form for name in names for form in (name, f"{name}s"))


@cache
def _numbers(language: Language) -> dict[str, dict[str, int]]:
    """Return months and weekdays in small letters with their numbers, by kind of stamp."""
    return {
        "month": {
            **{name.lower(): number for number, name in enumerate(language.months, 1)},
            **language.month_variants,
        },
        "weekday": {
            **{name.lower(): number for number, name in enumerate(language.weekdays, 1)},
            **language.weekday_variants,
        },
    }


def _stamps(text: str, language: Language) -> Iterator[tuple[Stamp, re.Match[str]]]:
    """Yield the months and weekdays of a text."""
    for match in _calendar(language).finditer(text):
        kind = "weekday" if match["weekday"] else "month"
        name = match["weekday"] or match[0]
        yield Stamp(kind, _numbers(language)[kind][name.lower()]), match


@cache
def _calendar(language: Language) -> re.Pattern[str]:
    """Make the pattern of months and weekdays; what is another word too counts only in a date."""
    dates = _dates(language)
    weekdays = "|".join((*language.weekdays, *language.weekday_variants))
    names = (*language.months, *language.month_variants)
    months = "|".join(name for name in names if name not in dates.ambiguous)
    pattern = rf"(?P<weekday>{weekdays})s?|(?:{months})"
    if dates.ambiguous:
        ambiguous = "|".join(dates.ambiguous)
        cues = "|".join(rf"(?<=\b{cue} )" for cue in dates.cues)
        pattern += rf"|(?:(?<=\d )|(?<=\d[a-z][a-z] )|{cues})(?:{ambiguous})(?!-)|(?:{ambiguous})(?= \d)"
    return re.compile(rf"\b(?:{pattern})\b", _case(dates))


def _case(dates: Dates) -> re.RegexFlag:
    """Return the flag for names: with a capital they are told from other words, without one it may stand anyhow."""
    return re.NOFLAG if dates.capitals else re.IGNORECASE


@cache
def _dated(language: Language) -> tuple[re.Pattern[str], ...]:
    dates = _dates(language)
    return tuple(
        re.compile(_with_months(pattern, language), _case(dates)) for pattern in dates.dated
    )


def _with_months(pattern: str, language: Language) -> str:
    return pattern.replace("MONTH", "|".join((*language.months, *language.month_variants)))


def _is_hinted(stamp: Stamp, text: str, language: Language) -> bool:
    """Whether a text has something that may be a month or day, abbreviated or as part of a name."""
    names = _numbers(language)[stamp.kind]
    stems = {name[:_STEM] for name, number in names.items() if number == stamp.number}
    dates = _dates(language)
    pattern = "|".join(map(str.capitalize, stems) if dates.capitals else stems)
    return re.search(rf"\b(?:{pattern})", text, _case(dates)) is not None


def _dates(language: Language) -> Dates:
    """Return how a language writes dates; asked only where the rule applies, so it is known."""
    assert language.dates is not None
    return language.dates


@rule(
    "month-case",
    Severity.WARNING,
    N_("a month or weekday with the wrong first letter"),
    N_(
        "Spanish writes months and weekdays in small letters, English in capitals. Names keep theirs: Plaza "
        "de Mayo, Viernes Santo."
    ),
    Example(
        "It opens on Monday, 5 March.",
        "Abre el Lunes, 5 de marzo.",
        "Abre el lunes, 5 de marzo.",
        fixed=True,
    ),
    Example(
        "Abre en abril.", "It opens in april.", "It opens in April.", "en", "es", fixed=True
    ),
    applies=lambda context: context.target_language.dates,
)
def find_month_case(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find months and weekdays in capitals where small letters are right, and the other way round."""
    language = context.target_language
    if not _has_date(pair.target_lower_words, language):
        return
    matches = (
        _small_letters(language).finditer(pair.target)
        if _dates(language).capitals
        else _wrong_capitals(pair, language)
    )
    for match in matches:
        right = match[0].capitalize() if _dates(language).capitals else match[0].lower()
        message = _("{language} writes {word}").format(language=_(language.name), word=right)
        yield Hit(message, *match.span(), right)


def _wrong_capitals(pair: Pair, language: Language) -> Iterator[re.Match[str]]:
    """Yield months and weekdays with a capital that is neither that of a name nor of a title."""
    dates, text = _dates(language), pair.target
    for match in _capital(language).finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        has_date_after = re.match(dates.after, after) is not None
        if match[0] in dates.given_names:
            # `Julio` is a person, unless a day or a year stands beside it.
            is_date = bool(re.search(r"\d de $", before)) or has_date_after
        else:
            is_date = bool(_compiled(dates.before).search(before)) or has_date_after
        if not is_date or re.search(dates.names_before, before):
            continue
        if re.match(dates.feasts, text[match.start() :]):
            continue
        if match[0] not in pair.source and not _in_title(before, after):
            yield match


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _capital(language: Language) -> re.Pattern[str]:
    """Make the pattern of months and weekdays with a capital within a sentence."""
    names = (*language.months, *language.month_variants, *language.weekdays)
    alternatives = "|".join(map(str.capitalize, names))
    return re.compile(
        rf"(?:(?<=[^\W\d_] )|(?<=[^\W\d_], )|(?<=\d )|(?<=\d de )|(?<=\())(?:{alternatives})\b"
    )


def _in_title(before: str, after: str) -> bool:
    """Whether the words around are capitalised too, as in the name of a work or an institution."""
    near = re.findall(r"[^\W\d_]{4,}", before)[-1:] + re.findall(r"[^\W\d_]{4,}", after)[:1]
    return len(near) == 2 and all(word[0].isupper() for word in near)


@cache
def _small_letters(language: Language) -> re.Pattern[str]:
    """Make the pattern of months and weekdays in small letters, where those that are other words too are dates."""
    dates = _dates(language)
    names = map(str.lower, (*language.months, *language.weekdays))
    sure = "|".join(name for name in names if name not in dates.ambiguous_small)
    ambiguous = "|".join(dates.ambiguous_small)
    cues = "|".join(rf"(?<= {cue} )" for cue in dates.sure_cues)
    return re.compile(
        rf"\b(?:{sure})s?\b"
        rf"|(?:(?<=\d )|(?<=\d[a-z][a-z] )|{cues})(?:{ambiguous})(?= \d|[.,;]|$)"
        rf"|\b(?:{ambiguous})(?= \d{{1,2}}\b)"
    )


@rule(
    "date-order",
    Severity.WARNING,
    N_("the parts of a date stand in the order of the other language"),
    N_(
        "`marzo 5, 2026` or `3/25/2026` in Spanish, `5 of March of 2026` in English. Spanish says `5 de marzo "
        "de 2026` and 25/3/2026; English March 5, 2026 or 5 March 2026, and in the United States 3/25/2026."
    ),
    Example(
        "The deadline is March 5, 2026.",
        "El plazo acaba el marzo 5, 2026.",
        "El plazo acaba el 5 de marzo de 2026.",
    ),
    Example(
        "Nació el 5 de marzo de 1980.",
        "She was born on 5 of March of 1980.",
        "She was born on March 5, 1980.",
        "en",
        "es",
    ),
    applies=lambda context: (
        _know_dates(context) and context.source_language is not context.target_language
    ),
)
def find_date_order(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find dates whose parts stand in the order of the other language."""
    if not _DIGIT.search(pair.target):
        return
    language = context.target_language
    # Two words and a number may be anything; 03/25/2026 is a date in a text of any length.
    if len(pair.target_words) >= 3 and _has_date(pair.target_lower_words, language):
        yield from _misordered(pair.target, language)
    if "/" in pair.target:
        yield from _misordered_digits(pair.target, language, context.region)


def _misordered(text: str, language: Language) -> Iterator[Hit]:
    dates = _dates(language)
    for order in dates.misordered:
        pattern = re.compile(_with_months(order.pattern, language), _case(dates))
        for match in pattern.finditer(text):
            parts = match.groupdict(default="")
            if not 1 <= int(parts.get("day", 1)) <= 31:
                continue
            year = order.year.format(year=parts["year"]) if parts.get("year") else ""
            month = parts["month"] if dates.capitals else parts["month"].lower()
            right = order.right.format(day=parts.get("day"), month=month, year=year)
            message = _("write {date}").format(date=right)
            yield Hit(message, *match.span(), right if order.is_certain else None)


_LITERAL = tuple("'`\"")
_STRFTIME = re.compile(r"%[A-Za-z]\s")


def _misordered_digits(text: str, language: Language, region: str) -> Iterator[Hit]:
    """Find dates in digits that can only be read in the other order: 3/25/2026."""
    day_first = _dates(language).day_first
    comes_first = day_first.get(region, day_first.get(""))
    for match in _NUMERIC.finditer(text) if comes_first is not None else ():
        first, second, year = match.groups()
        day, month = (first, second) if comes_first else (second, first)
        # A literal that is shown in quotes, or beside the code that writes it.
        if text[match.start() - 1 : match.start()] in _LITERAL or _STRFTIME.search(text):
            continue
        if int(month) > 12 >= int(day):
            right = f"{second}/{first}/{year}"
            message = (
                _("write {date}: the day comes first")
                if comes_first
                else _("write {date}: the month comes first")
            )
            yield Hit(message.format(date=right), *match.span(), right)


@rule(
    "hour",
    Severity.INFO,
    N_("an hour is written as in the other language"),
    N_(
        "`3 PM` in Spanish, `15.30 h` in English. Spanish writes `3 p. m.`, with spaces, or `15:30 h`; English "
        "3 p.m. or 15:30. Follow the style of your publication, and turn the rule off if it differs."
    ),
    Example("It starts at 3 PM.", "Empieza a las 3 PM.", "Empieza a las 3\u00a0p.\u00a0m."),
    Example(
        "Empieza a las 15.30 h.", "It starts at 15.30 h.", "It starts at 3:30 p.m.", "en", "es"
    ),
    applies=lambda context: context.target_language.dates,
)
def find_hour(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find hours written as in the other language."""
    dates = _dates(context.target_language)
    if not _DIGIT.search(pair.target):
        return
    for match in re.finditer(dates.foreign_hour, pair.target):
        right = dates.hour.format(half="a" if "a" in match[0].lower() else "p")
        # The point of the abbreviation ends the sentence too.
        if right and match[0][-1] != "." and pair.target[match.end() : match.end() + 1] == ".":
            right = right[:-1]
        yield Hit(_(dates.hour_message), *match.span(), right or None)

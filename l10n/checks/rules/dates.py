"""Rules about dates and hours: months and weekdays changed, written in the wrong case or order."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import language_of
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

MONTHS = {tag: language_of(tag).months for tag in ("en", "es")}
WEEKDAYS = {tag: language_of(tag).weekdays for tag in ("en", "es")}
_ES_MONTHS = "|".join([*MONTHS["es"], "setiembre"])
_ES_DAYS = "|".join([*WEEKDAYS["es"], "miercoles", "sabado", "sábados", "sabados", "domingos"])
_EN_MONTHS = "|".join(MONTHS["en"])
_EN_DAYS = "|".join(WEEKDAYS["en"])

_EN_CALENDAR = re.compile(
    rf"\b(?:({_EN_DAYS})s?"
    r"|(January|February|April|June|July|August|September|October|November|December)"
    r"|(?:(?<=\d )|(?<=\dth )|(?<=\dst )|(?<=\drd )|(?<=\dnd )|(?<=\bin )|(?<=\bof )|(?<=\bsince )|(?<=\buntil )"
    r"|(?<=\bby )|(?<=\blast )|(?<=\bnext )|(?<=\bto )|(?<=\band )|(?<=\bfrom ))(March|May)(?!-)"
    r"|(March|May)(?= \d))\b"
)
_ES_CALENDAR = re.compile(rf"\b(?:({_ES_DAYS})|({_ES_MONTHS}))\b", re.IGNORECASE)
_ANY_MONTH = {
    "en": re.compile(
        r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
    ),
    "es": re.compile(
        r"\b(?:ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)[a-z]*|\b(?:lun|mar|mié|mie|jue|vie|sáb|sab|dom)\w*",
        re.IGNORECASE,
    ),
}
_MONTH_STEMS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec".split(),
    "es": "ene feb mar abr may jun jul ago sep oct nov dic".split(),
}
_DAY_STEMS = {
    "en": "mon tue wed thu fri sat sun".split(),
    "es": "lun mar mié jue vie sáb dom".split(),
}
_DATE_WORDS = {
    language: frozenset(
        form
        for word in (*MONTHS[language], *WEEKDAYS[language])
        for form in (word.lower(), f"{word.lower()}s")
    )
    for language in ("en", "es")
}
_DATE_WORDS["es"] |= {"setiembre", "miercoles", "sabado", "sabados"}

Stamp = tuple[str, int]
"""("month", 1-12) or ("day", 1-7)."""


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
)
def find_calendar(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find months and weekdays that became others."""
    if {context.source, context.target} != {"en", "es"}:
        return
    if not _has_date(pair.target_lower_words, context.target):
        if _DIGIT.search(pair.target):
            yield from _lost_months(pair, context)
        return
    if not _has_date(pair.source_vocabulary, context.source):
        return
    wanted = dict(_calendar(pair.source, context.source))
    there = dict(_calendar(pair.target, context.target))
    for kind in ("month", "day"):
        lost = [stamp for stamp in wanted if stamp[0] == kind and stamp not in there]
        lost = [stamp for stamp in lost if not _is_hinted(stamp, pair.target, context.target)]
        new = [stamp for stamp in there if stamp[0] == kind and stamp not in wanted]
        new = [stamp for stamp in new if not _is_hinted(stamp, pair.source, context.source)]
        for one, other in zip(lost, new, strict=False):
            source, target = wanted[one], there[other]
            message = _("{there} stands where the source has {wanted}")
            yield Hit(message.format(there=target[0], wanted=source[0]), *target.span())


_DATED = {
    "en": re.compile(
        rf"\b(?:({_EN_MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_EN_MONTHS}))\b"
    ),
    "es": re.compile(rf"\b()()(\d{{1,2}})\.?º? de ({_ES_MONTHS})\b", re.IGNORECASE),
}
"""A day and its month, in either order: month, day, day, month."""


def _lost_months(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find dates of which a translation without any month kept the day alone."""
    for found in _DATED[context.source].finditer(pair.source):
        day, name = found[2] or found[3], found[1] or found[4]
        ((_kind, month), _match) = next(_calendar(f"{name} {day}", context.source))
        numeric = rf"(?<!\d)0?{month}[/.-]|[/.-]0?{month}(?!\d)"
        short = rf"\b{_MONTH_STEMS[context.target][month - 1]}t?\b"
        if (
            re.search(rf"(?<![\d.,:]){int(day)}(?![\d.,:]\d|\d)", pair.target)
            and not re.search(numeric, pair.target)
            and not re.search(short, pair.target, re.IGNORECASE)
        ):
            yield Hit(_("the month of {date} is missing").format(date=found[0]))


def _has_date(words: Collection[str], language: str) -> bool:
    return not _DATE_WORDS.get(language, frozenset()).isdisjoint(words)


def _calendar(text: str, language: str) -> Iterator[tuple[Stamp, re.Match[str]]]:
    pattern = _EN_CALENDAR if language == "en" else _ES_CALENDAR
    for found in pattern.finditer(text):
        stem = found[0].lower()[:3].replace("sáb", "sab").replace("mié", "mie")
        if found[1]:
            stems = [
                one.replace("sáb", "sab").replace("mié", "mie") for one in _DAY_STEMS[language]
            ]
            yield ("day", stems.index(stem) + 1), found
        else:
            stem = "sep" if stem == "set" else stem
            yield ("month", _MONTH_STEMS[language].index(stem) + 1), found


def _is_hinted(stamp: Stamp, text: str, language: str) -> bool:
    """Tell whether a text has something that may be a month or day, abbreviated or as part of a name."""
    kind, number = stamp
    stem = (_MONTH_STEMS if kind == "month" else _DAY_STEMS)[language][number - 1]
    return any(
        found[0].lower().startswith(stem) for found in _ANY_MONTH[language].finditer(text)
    )


_ES_CAPITAL = re.compile(
    rf"(?:(?<=[^\W\d_] )|(?<=[^\W\d_], )|(?<=\d )|(?<=\d de )|(?<=\())"
    rf"(?:(?:{'|'.join(word.capitalize() for word in (*MONTHS['es'], 'setiembre'))})"
    rf"|(?:{'|'.join(word.capitalize() for word in WEEKDAYS['es'])}))\b"
)
_ES_DATE_BEFORE = re.compile(
    r"(?:\d+º? de|\bprimero de|\b(?:en|desde|hasta|entre|durante|mes de|finales de|principios de|mediados de|inicios de"
    r"|comienzos de|pasado|próximo|este|otro|cada|el|los|del|al|y|o|para el|antes del|lunes|martes|miércoles|jueves"
    r"|viernes|sábado|domingo),?) $",
    re.IGNORECASE,
)
_ES_DATE_AFTER = re.compile(
    r"^(?: de \d{4}| de este año| del? (?:pasado|próximo)| \d{1,2}\b|,? \d{4})"
)
_ES_NAMES = re.compile(
    r"(?:Plaza|Avenida|Av\.|Calle|Paseo|Puente|Parque|Estadio|Barrio|Día|Batalla|Movimiento|Club|Revolución|Santo|San"
    r"|Hospital|Don|Doña|Señor|Caso|Plácido|Ley|Plan|Copa)\s(?:\w+\s){0,3}$"
)
_ES_FEASTS = re.compile(r"^(?:Viernes Santo|Jueves Santo|Sábado (?:Santo|de Gloria)|Domingo de (?:Ramos|Resurrección"
                        r"|Pascua)|Lunes de Pascua|Miércoles de Ceniza|Viernes Negro|Martes de Carnaval)")  # fmt: skip


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
)
def find_month_case(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find Spanish months and weekdays in capitals, English ones in small letters."""
    if not _has_date(pair.target_lower_words, context.target):
        return
    if context.target == "es":
        yield from _spanish_capitals(pair)
    elif context.target == "en":
        for found in _EN_SMALL.finditer(pair.target):
            right = found[0].capitalize()
            yield Hit(_("English writes {word}").format(word=right), *found.span(), right)


def _spanish_capitals(pair: Pair) -> Iterator[Hit]:
    text = pair.target
    for found in _ES_CAPITAL.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        word = found[0]
        is_day = word.lower() in WEEKDAYS["es"]
        dated = _ES_DATE_BEFORE.search(before) is not None
        if word in {"Julio", "Abril", "Domingo"} and not is_day:
            dated = (
                bool(re.search(r"\d de $", before)) or _ES_DATE_AFTER.match(after) is not None
            )
        if not dated and not _ES_DATE_AFTER.match(after):
            continue
        if _ES_NAMES.search(before) or _ES_FEASTS.match(text[found.start() :]):
            continue
        if word in pair.source or _in_title(before, after):
            continue
        right = word.lower()
        yield Hit(_("Spanish writes {word}").format(word=right), *found.span(), right)


def _in_title(before: str, after: str) -> bool:
    """Tell whether the words around are capitalised too, as in the name of a work or an institution."""
    near = re.findall(r"[^\W\d_]{4,}", before)[-1:] + re.findall(r"[^\W\d_]{4,}", after)[:1]
    return len(near) == 2 and all(word[0].isupper() for word in near)


_EN_SMALL = re.compile(
    r"\b(?:january|february|april|june|july|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b"
    r"|(?:(?<=\d )|(?<=\dth )|(?<=\dst )|(?<=\drd )|(?<=\dnd )|(?<= in )|(?<= of ))(?:march|may|august)(?= \d|[.,;]|$)"
    r"|\b(?:march|may|august)(?= \d{1,2}\b)"
)

_ES_ORDER = re.compile(
    rf"(?<!\d de )(?<!\d )\b({_ES_MONTHS}) (\d{{1,2}})(?:(?:st|nd|rd|th)\b)?(?:,? (?:de(?:l)? )?(?:año )?(\d{{4}}))?(?!\d|[:.,]\d| de \w)",
    re.IGNORECASE,
)
_EN_ORDER = re.compile(
    rf"\b(?:(\d{{1,2}}) of ({_EN_MONTHS}) of (\d{{4}})|({_EN_MONTHS}) of (\d{{4}})|(\d{{1,2}}) of ({_EN_MONTHS})\b(?! of))"
)
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")


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
)
def find_date_order(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find dates whose parts stand in the order of the other language."""
    if not _DIGIT.search(pair.target) or len(pair.target_words) < 3:
        return
    if context.target == "es" and context.source == "en":
        dates = (
            _ES_ORDER.finditer(pair.target) if _has_date(pair.target_lower_words, "es") else ()
        )
        for found in dates:
            day, month, year = found[2], found[1].lower(), found[3]
            right = f"{day} de {month}" + (f" de {year}" if year else "")
            if 1 <= int(day) <= 31:
                yield Hit(_("write {date}").format(date=right), *found.span(), right)
        for found in _NUMERIC.finditer(pair.target) if "/" in pair.target else ():
            if int(found[2]) > 12 >= int(found[1]):
                right = f"{found[2]}/{found[1]}/{found[3]}"
                yield Hit(
                    _("write {date}: the day comes first").format(date=right),
                    *found.span(),
                    right,
                )
    elif context.target == "en" and context.source == "es":
        for found in _EN_ORDER.finditer(pair.target):
            yield Hit(_("write {date}").format(date=_english_date(found)), *found.span())
        if context.region == "US":
            for found in _NUMERIC.finditer(pair.target):
                if int(found[1]) > 12 >= int(found[2]):
                    right = f"{found[2]}/{found[1]}/{found[3]}"
                    yield Hit(
                        _("write {date}: the month comes first").format(date=right),
                        *found.span(),
                        right,
                    )


def _english_date(found: re.Match[str]) -> str:
    if found[1]:
        return f"{found[2]} {found[1]}, {found[3]}"
    return f"{found[4]} {found[5]}" if found[4] else f"{found[7]} {found[6]}"


_ES_HOUR = re.compile(r"(?<=\d)[ \u00a0]?(?:AM|PM|am|pm|a\.m\.|p\.m\.)(?![\w])")
_EN_HOUR = re.compile(
    r"(?<![\d.,:])(?:[01]?\d|2[0-4])[.:][0-5]\d[ \u00a0]?(?:h\b|hs\b|hrs\b|horas\b)|\b\d{1,2} (?:horas|hs)\b"
)


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
)
def find_hour(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find hours written as in the other language."""
    if not _DIGIT.search(pair.target):
        return
    if context.target == "es":
        for found in _ES_HOUR.finditer(pair.target):
            half = "a." if "a" in found[0].lower() else "p."
            right = f"\u00a0{half}\u00a0m."
            if (
                pair.target[found.end() - 1] != "."
                and pair.target[found.end() : found.end() + 1] == "."
            ):
                right = right[:-1]
            yield Hit(
                _("Spanish writes a. m. and p. m., or hours up to 24"), *found.span(), right
            )
    elif context.target == "en":
        for found in _EN_HOUR.finditer(pair.target):
            yield Hit(_("English writes hours without h"), *found.span())

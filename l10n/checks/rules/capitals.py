"""Rules about capitals: languages and nationalities, headings, shouting, the first letter."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from l10n.checks.reading import WORD
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import language_of
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_ES, _EN = language_of("es"), language_of("en")
_ES_CAPITALS = frozenset(map(str.capitalize, _ES.language_names))
_ES_LANGUAGE = re.compile(
    r"(?<=[^\W\d_] )(?<![.!?] )(?:(?<=\ben )|(?<=\bal )|(?<=\bdel )|(?<=\bidioma )|(?<=\blengua )|(?<=\bhabla )"
    r"|(?<=\bhablan )|(?<=\bhablar )|(?<=\bhablado )|(?<=\btraducido )|(?<=\bversión )|(?<=\btexto )|(?<=\bciudadano )"
    r"|(?<=\bestudia )|(?<=\baprende )|(?<=\baprender )|(?<=\bclases de )|(?<=\bcurso de )|(?<=\bo )|(?<=\by ))"
    r"(?:" + "|".join(sorted(_ES_CAPITALS)) + r")\b(?! [A-ZÁÉÍÓÚÑ])"
)
_EN_LANGUAGE = re.compile(
    rf"(?<![\w.@/-])(?:{'|'.join(_EN.language_names)})(?:s)?\b(?!\w|[.@/]\w|-\w)"
)
_EN_COMMON = re.compile(
    r"(?:french (?:fries|toast|window|door|press)|turkish (?:bath|delight)|danish pastr|polish(?:es|ed)?\b|swedish massage"
    r"|dutch oven|irish coffee|welsh rarebit|english muffin)",
)


@rule(
    "language-case",
    Severity.WARNING,
    N_("a language or nationality with the wrong first letter"),
    N_(
        "Spanish writes languages and nationalities in small letters (`en español`), English in capitals (`in Spanish`)."
    ),
    Example("It is in English.", "Está en Inglés.", "Está en inglés.", fixed=True),
    Example(
        "Está en inglés.", "It is in english.", "It is in English.", "en", "es", fixed=True
    ),
)
def find_language_case(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find languages in capitals in Spanish, and in small letters in English."""
    if context.target == "es":
        if _ES_CAPITALS.isdisjoint(pair.target_words):
            return
        for found in _ES_LANGUAGE.finditer(pair.target):
            if found[0] not in pair.source:
                right = found[0].lower()
                yield Hit(_("Spanish writes {word}").format(word=right), *found.span(), right)
    elif context.target == "en":
        for found in _EN_LANGUAGE.finditer(pair.target):
            if not _EN_COMMON.match(pair.target, found.start()) and found[0] not in pair.source:
                right = found[0].capitalize()
                yield Hit(_("English writes {word}").format(word=right), *found.span(), right)


_TITLES = frozenset({"", "headline", "heading", "metadata", "attribute", "label"})
"""Kinds of block that may be headings; other programs tell none."""


_SMALL = frozenset("De Del En Un Una Para Por Con Y Al Que Su Sus Se Como".split())
"""Small words that no Spanish name has in capitals within it, and English headings in title case are copied with."""


@rule(
    "heading-case",
    Severity.WARNING,
    N_("a heading with English capitals"),
    N_(
        "English headings may capitalise every word; Spanish ones capitalise the first word and names."
    ),
    Example(
        "How to Ask for Rent Support",
        "Cómo Pedir Una Ayuda Para Pagar El Alquiler",
        "Cómo pedir una ayuda para pagar el alquiler",
    ),
    applies=lambda context: (
        context.source_language.capitalises_headings
        and context.target_language.capitalises_headings is False
    ),
)
def find_heading_case(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find headings with a capital on every word, as English writes them."""
    text = pair.target
    if len(text) > 120 or text.isupper():
        return
    words = [word for word in pair.target_words if len(word) > 3]
    small = sum(word in _SMALL for word in pair.target_words[1:])
    if small < 2 and sum(word[0].isupper() for word in words) < 4:
        return
    if pair.kind not in _TITLES or (pair.kind == "" and text.rstrip()[-1:] in ".?!"):
        return
    known = {word.lower() for word in pair.source_words if word[:1].isupper()}
    own = [word for word in words[1:] if word.lower() not in known]
    capital = [word for word in own if word[0].isupper() and not word.isupper()]
    if small >= 2 or (len(capital) >= 3 and len(capital) >= 0.8 * len(own)):
        yield Hit(
            _("Spanish capitalises only the first word of a heading, and names"), 0, len(text)
        )


_SHOUT = re.compile(r"\b[A-ZÁÉÍÓÚÜÑ]{2,}(?:[\s,;:–—-]+[A-ZÁÉÍÓÚÜÑ]{1,})*\b")


@rule(
    "all-caps",
    Severity.WARNING,
    N_("words in capitals"),
    N_(
        "Two or more words in capitals where the source has small letters: it reads as shouting, and screen readers may spell it."
    ),
    Example("The fair opens today.", "LA FERIA ABRE HOY.", "La feria abre hoy."),
    Example("La feria abre hoy.", "The FAIR OPENS today.", "The fair opens today.", "en", "es"),
)
def find_all_caps(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find words in capitals that are not so in the source."""
    if sum(map(str.isupper, pair.target_words)) < 2:
        return
    shouted = {word for word in pair.source_words if word.isupper()}
    if sum(len(word) >= 4 for word in shouted) >= 2:
        return
    for found in _SHOUT.finditer(pair.target):
        words = WORD.findall(found[0])
        long = [word for word in words if len(word) >= 4]
        if len(long) < 2 or sum(word in shouted for word in long) or len(shouted) >= len(words):
            continue
        yield Hit(_("capitals that the source does not have"), *found.span())


@rule(
    "first-letter",
    Severity.INFO,
    N_("the text begins with a small letter"),
    N_("The source begins with a capital and the translation with a small letter."),
    Example("The fair opens.", "la feria abre.", "La feria abre.", fixed=True),
    Example("La feria abre.", "the fair opens.", "The fair opens.", "en", "es", fixed=True),
)
def find_first_letter(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find texts that begin with a small letter where the source begins with a capital."""
    target = _FIRST_WORD.match(pair.target)
    if target is None or not target[1][0].islower() or not target[1].islower():
        return
    source = _FIRST_WORD.match(pair.source)
    if (
        source is None
        or not source[1][0].isupper()
        or (len(source[1]) > 1 and source[1].isupper())
    ):
        return
    first = re.sub("['’]s$", "", source[1])
    if target[1] in pair.source_words or first in pair.target_words or first in _ALWAYS_CAPITAL:
        return
    start = target.start(1)
    right = target[1][0].upper()
    yield Hit(_("the source begins with a capital"), start, start + 1, right)


_ALWAYS_CAPITAL = frozenset(
    {"I", *_EN.months, *_EN.weekdays, *map(str.capitalize, _EN.language_names)}
)
"""English words whose capital says nothing about the beginning of a text."""
_FIRST_WORD = re.compile(r"[\s¿¡«“\"‘'(\[*—–-]*([^\W\d_][\w'’]*)")

"""Rules about capitals: languages and nationalities, headings, shouting, the first letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from l10n.checks.reading import WORD
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_CAPITALS = "A-ZÁÉÍÓÚÑ"


@cache
def _miswritten(language: Language) -> re.Pattern[str]:
    """Make the pattern of names of languages with the wrong first letter; longest alternatives need no order here."""
    if language.capitalises_names_of_languages:
        names = "|".join(language.language_names)
        return re.compile(rf"(?<![\w.@/-])(?:{names})(?:s)?\b(?!\w|[.@/]\w|-\w)")
    names = "|".join(sorted(map(str.capitalize, language.language_names)))
    cues = "|".join(rf"(?<=\b{word} )" for word in language.language_cues)
    # Only behind such words: elsewhere a capital may be that of a name, `Café Inglés`.
    return re.compile(rf"(?<=[^\W\d_] )(?<![.!?] )(?:{cues})(?:{names})\b(?! [{_CAPITALS}])")


@cache
def _capital_names(language: Language) -> frozenset[str]:
    return frozenset(map(str.capitalize, language.language_names))


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
    applies=lambda context: context.target_language.capitalises_names_of_languages is not None,
)
def find_language_case(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find languages in capitals where small letters are right, and the other way round."""
    language = context.target_language
    small = not language.capitalises_names_of_languages
    if small and _capital_names(language).isdisjoint(pair.target_words):
        return
    for match in _miswritten(language).finditer(pair.target):
        if match[0] in pair.source or _is_idiom(pair.target, match.start(), language):
            continue
        right = match[0].lower() if small else match[0].capitalize()
        message = _("{language} writes {word}").format(language=_(language.name), word=right)
        yield Hit(message, *match.span(), right)


def _is_idiom(text: str, start: int, language: Language) -> bool:
    idioms = language.language_idioms
    return bool(idioms) and re.compile(idioms).match(text, start) is not None


_TITLES = frozenset({"", "headline", "heading", "metadata", "attribute", "label", "field"})
"""Kinds of block that may be headings; other programs tell none."""


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
def find_heading_case(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find headings with a capital on every word, as English writes them."""
    text = pair.target
    # Longer is no heading, and capitals throughout are a style of their own, which `all-caps` looks at.
    if len(text) > 120 or text.isupper():
        return
    words = [word for word in pair.target_words if len(word) > 3]
    language = context.target_language
    small = sum(word in language.small_words for word in pair.target_words[1:])
    # Four capitals, or two on small words, are more than a heading with a name in it has.
    if small < 2 and sum(word[0].isupper() for word in words) < 4:
        return
    # Catalogs of other programs do not tell kinds: names of countries and of things on the screen are no headings.
    if pair.kind not in _TITLES or (pair.kind == "" and not context.is_article):
        return
    # A text with a stop at its end is none, either.
    if pair.kind == "" and text.rstrip()[-1:] in ".?!":
        return
    capital_in_source = {word.lower() for word in pair.source_words if word[:1].isupper()}
    own = [word for word in words[1:] if word.lower() not in capital_in_source]
    capital = [word for word in own if word[0].isupper() and not word.isupper()]
    if small >= 2 or (len(capital) >= 3 and len(capital) >= 0.8 * len(own)):
        message = _("{language} capitalises only the first word of a heading, and names")
        yield Hit(message.format(language=_(language.name)), 0, len(text))


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
    # The source shouts as well, or has names in capitals for what is to be put in: `FILE`, `TYPE`.
    if any(len(word) >= 4 or "-" in word for word in shouted) or pair.source.isupper():
        return
    for match in _SHOUT.finditer(pair.target):
        words = WORD.findall(match[0])
        long = [word for word in words if len(word) >= 4]
        # Short words in capitals are acronyms; so is whatever the source has in capitals.
        if len(long) < 2 or sum(word in shouted for word in long) or len(shouted) >= len(words):
            continue
        yield Hit(_("capitals that the source does not have"), *match.span())


@rule(
    "first-letter",
    Severity.INFO,
    N_("the text begins with a small letter"),
    N_("The source begins with a capital and the translation with a small letter."),
    Example("The fair opens.", "la feria abre.", "La feria abre.", fixed=True),
    Example("La feria abre.", "the fair opens.", "The fair opens.", "en", "es", fixed=True),
)
def find_first_letter(pair: Pair, context: CheckContext) -> Iterator[Hit]:
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
    # `Google’s` in the source is `Google` here.
    first = re.sub("['’]s$", "", source[1])
    if target[1] in pair.source_words or first in pair.target_words:
        return
    if first in _always_capital(context.source_language):
        return
    start = target.start(1)
    right = target[1][0].upper()
    yield Hit(_("the source begins with a capital"), start, start + 1, right)


@rule(
    "colon-case",
    Severity.INFO,
    N_("a capital behind a colon"),
    N_(
        "Spanish goes on with a small letter behind a colon, a name and a quotation aside; here the source does so "
        "too, and the translation has a capital."
    ),
    Example(
        "One thing is certain: the fair opens today.",
        "Una cosa es segura: La feria abre hoy.",
        "Una cosa es segura: la feria abre hoy.",
        fixed=True,
    ),
    applies=lambda context: (
        context.source_language.capital_behind_colon is not None
        and context.target_language.capital_behind_colon is False
    ),
)
def find_colon_case(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find capitals behind a colon that the source does not have there."""
    source, target = ([*_BEHIND_COLON.finditer(text)] for text in (pair.source, pair.target))
    # Which colon faces which is known where there are as many.
    if len(source) != len(target):
        return
    for original, match in zip(source, target, strict=True):
        word = match[1]
        if not original[1][:1].islower() or not word.istitle() or word in pair.source_words:
            continue
        # What is no common word may be a name, which has its capital in one language only.
        if word.lower() not in context.target_language.common_words:
            continue
        message = _("{language} has a small letter behind a colon")
        start = match.start(1)
        yield Hit(
            message.format(language=_(context.target_language.name)),
            *(start, start + 1, word[0].lower()),
        )


_BEHIND_COLON = re.compile(r"(?<=[^\W\d_]):\s+((?:[^\W_][\w'’]*)?)")


@cache
def _always_capital(language: Language) -> frozenset[str]:
    """Return words whose capital says nothing about the beginning of a text: `I`, `Monday`."""
    names = _capital_names(language) if language.capitalises_names_of_languages else frozenset()
    return names.union(
        filter(str.istitle, (*language.always_capital, *language.months, *language.weekdays))
    )


_FIRST_WORD = re.compile(r"[\s¿¡«“\"‘'(\[*—–-]*([^\W\d_][\w'’]*)")

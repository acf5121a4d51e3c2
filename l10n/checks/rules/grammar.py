"""Rules about grammar that a small table decides: agreement, forms of address, articles before vowels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.languages.concord import Agreement
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair


@rule(
    "agreement",
    Severity.WARNING,
    N_("words that belong together do not agree"),
    N_(
        "A plural subject with a verb in the singular, a feminine noun with a masculine article or adjective: `los vecinos "
        "pide`, `la puente vieja`, `el alumnos`, `the boats is`. Endings and frequent words tell."
    ),
    Example(
        "The new houses are white.",
        "Las casas nuevas son blancos.",
        "Las casas nuevas son blancas.",
    ),
    Example(
        "Los barcos están en el puerto.",
        "The boats is in the harbour.",
        "The boats are in the harbour.",
        "en",
        "es",
    ),
    applies=lambda context: context.target_language.agreement is not None,
)
def find_disagreement(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find articles, adjectives and verbs in another number or gender than their noun."""
    language = context.target_language
    if language.agreement is None:
        return
    text, patterns = pair.target, _disagreements(language.agreement)
    starts = [
        *((match.end(), patterns.wrong) for match in _SENTENCE_BEGINS.finditer(text)),
        *((match.start(), patterns.anywhere) for match in patterns.determiners.finditer(text)),
    ]
    told: set[int] = set()
    for start, candidates in starts:
        for pattern in candidates if start not in told else ():
            match = pattern.match(text, start)
            if match and _disagrees(match, language):
                told.add(start)
                message = _("{words} do not agree")
                yield Hit(message.format(words=match["pair"]), *match.span("pair"))
                break


_SENTENCE_BEGINS = re.compile(r"\A|[.!?] ")


def _disagrees(match: re.Match[str], language: Language) -> bool:
    """Whether the noun that words were taken to have is one, and a plural where it has to be."""
    words = match.groupdict()
    return not (
        ("noun" in words and not _is_plural(match["noun"], language))
        or ("common" in words and not _is_noun(match["common"], language))
    )


class _Disagreements(NamedTuple):
    wrong: tuple[re.Pattern[str], ...]
    anywhere: tuple[re.Pattern[str], ...]
    determiners: re.Pattern[str]


@cache
def _disagreements(agreement: Agreement) -> _Disagreements:
    return _Disagreements(
        tuple(map(re.compile, agreement.wrong)),
        tuple(map(re.compile, agreement.anywhere)),
        re.compile(agreement.determiners),
    )


def _is_noun(word: str, language: Language) -> bool:
    """Whether a word is a common one and no small one: `una cuando`, `una junto a la otra` have a pronoun."""
    return word in language.common_words and word not in language.stop_words


def _is_plural(noun: str, language: Language) -> bool:
    """Whether a common noun of the language is in the plural; `news` and `lunes` only look so."""
    if language.agreement is None or noun in language.agreement.not_plural:
        return False
    words = language.common_words
    return any(singular in words for singular in language.singulars(noun) if singular != noun)


@rule(
    "article-form",
    Severity.WARNING,
    N_("the article has the wrong form"),
    N_(
        "`a` before a vowel sound, or `an` before a consonant: `a hour`, `an house`. Capitals and single letters are left alone."
    ),
    Example(
        "Es una hora de viaje.",
        "It is a hour away.",
        "It is an hour away.",
        "en",
        "es",
        fixed=True,
    ),
    applies=lambda context: context.target_language.article_before_vowel is not None,
)
def find_article_form(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find articles whose form does not fit the sound that follows."""
    language = context.target_language
    if language.article_before_vowel is None:
        return
    usual, before_vowel = language.article_before_vowel
    for match in _article(usual, before_vowel).finditer(pair.target):
        word = match["word"]
        is_vowel = re.match(language.vowel_sound, word) is not None
        is_usual = match["article"].lower() == usual
        # Only where both readings of a letter are out of the question: `an historic`, `an x-ray`, `a URL`.
        if (
            is_vowel != is_usual
            or word in pair.source
            or (not is_vowel and word[0] in "aeiouhx")
        ):
            continue
        right = before_vowel if is_usual else usual
        right = right.capitalize() if match["article"][0].isupper() else right
        yield Hit(
            _("{article} before {word}").format(article=match["article"], word=word),
            *match.span("article"),
            right,
        )


@cache
def _article(usual: str, before_vowel: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.'’-])(?P<article>{before_vowel}|{usual}|{before_vowel.capitalize()}|{usual.capitalize()})"
        r" (?P<word>[a-z]{3,})(?![\w'’-]|\.\w)"
    )

"""Rules about meaning: what says the contrary of its source, or states what that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from l10n.checks.reading import WORD
from l10n.checks.rule import Example, Hit, rule
from l10n.checks.rules.negation import facing_sentences
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.model import Severity
from l10n.text.lexicon import has_counterpart, listed_words
from l10n.text.opposites import Opposites, find_opposites, may_oppose

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair


_LONGEST = 14
"""Words of a sentence in which two opposites speak of the same thing."""
_MANY_SENSES = frozenset({"above", "more", "with"})
"""Concepts of words with too many senses: `sobre` is about, too, `with no` is `sin`, `al menos` at least. Of 29,789 texts of 27 catalogs of
programs and documentation these alone were named in vain, before firsts, seconds and doubles were among the concepts."""


@rule(
    "opposite",
    Severity.WARNING,
    N_("a word says the contrary of the source"),
    N_(
        "The source says that something rises, opens or is allowed, and the translation has the contrary of it and not the "
        "word itself. Texts with a negation on one side are left to `negation`."
    ),
    Example(
        "Prices increased again in May.",
        "Los precios bajaron otra vez en mayo.",
        "Los precios subieron otra vez en mayo.",
    ),
    Example(
        "La biblioteca abre los lunes.",
        "The library closes on Mondays.",
        "The library opens on Mondays.",
        "en",
        "es",
    ),
    applies=lambda context: (
        context.source_language.opposites and context.target_language.opposites
    ),
)
def find_opposite(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find words of which the sentence that faces theirs has the contrary."""
    languages = context.source_language, context.target_language
    # Most texts have no two words that say the contrary of each other.
    if languages[0] is languages[1] or not may_oppose(
        pair.source_vocabulary, pair.target_lower_words, *languages
    ):
        return
    for source, start, target in facing_sentences(pair, context):
        opposite = _turned((source, target), languages)
        if opposite is not None:
            # Not always a contrary: tripled for doubled, third for second.
            message = _("{there} stands where the source has {wanted}")
            text = message.format(there=opposite.other, wanted=opposite.word)
            places = (
                match.start()
                for match in WORD.finditer(target.lower())
                if match[0] == opposite.other
            )
            place = start + next(places)
            yield Hit(text, place, place + len(opposite.other))


def _turned(texts: tuple[str, str], languages: tuple[Language, Language]) -> Opposites | None:
    """Return the word of a sentence that says the contrary of one in the sentence it faces."""
    sides = tuple(WORD.findall(text.lower()) for text in texts)
    # In longer texts one of both words mostly belongs to something else.
    if max(map(len, sides)) > _LONGEST:
        return None
    # Denied, a word may be translated by its contrary: `not open`, `cerrado`.
    for words, language in zip(sides, languages, strict=True):
        negation = language.negation
        if negation and any(
            word in negation.plain or word.endswith(negation.plain_endings) for word in words
        ):
            return None
    # So may what is kept from happening: `exclude from activating`, `desactivar`.
    if any(
        language.negation and re.search(language.negation.undoes, text, re.IGNORECASE)
        for text, language in zip(texts, languages, strict=True)
    ):
        return None
    source_words, target_words = map(dict.fromkeys, sides)
    codes = languages[0].code, languages[1].code
    for opposite in find_opposites(source_words, target_words, *languages):
        word, contrary, concept = opposite
        # What another word translates says nothing: `Running and stopping`, `Iniciar y parar`; nor does `poco profundo`.
        if not (
            concept in _MANY_SENSES
            or has_counterpart(word, target_words.keys() - {contrary}, codes)
            or has_counterpart(contrary, source_words.keys() - {word}, codes[::-1])
            or _is_another_word(contrary, sides[1], languages[1])
            != _is_another_word(word, sides[0], languages[0])
        ):
            return opposite
    return None


def _is_another_word(word: str, words: Sequence[str], language: Language) -> bool:
    """Whether a word is turned round by the one before it, `poco profundo`, or is a small one there: `bajo la licencia`."""
    small = language.stop_words
    return any(
        (word == following and before in language.weakening_words)
        or (word == before and word in small and following in small)
        for before, following in pairwise(words)
    )


_LEAST_WORDS = {True: (2, 5), False: (4, 8)}
"""Words of the table that each text must have, and both together, before their silence says anything; by whether it is
an article's. of 12,548 paragraphs of documentation by people two have so many in vain, of 57,255 messages of programs
none; of texts whose translations were shuffled it finds 68 % and 34 %."""


@rule(
    "unrelated",
    Severity.WARNING,
    N_("the translation is of another text"),
    N_(
        "No word of the translation can stand for any word of the source, by a table of several thousand words, by its "
        "spelling or as a name or number: it was pasted from another entry, or is what a program answered instead."
    ),
    Example(
        "The bakery on the corner is for sale.",
        "Mañana habrá tormentas en toda la costa.",
        "Se vende la panadería de la esquina.",
    ),
    Example(
        "El alcalde abrirá la escuela en otoño.",
        "Take the bread out of the oven.",
        "The mayor will open the school in autumn.",
        "en",
        "es",
    ),
    applies=lambda context: context.source_language is not context.target_language,
)
def find_unrelated(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find translations of which no word faces any of the source."""
    languages = context.source_language.code, context.target_language.code
    least, least_of_both = _LEAST_WORDS[context.is_article]
    entries: set[str] = set()
    spellings: set[str] = set()
    listed = 0
    for word in listed_words(pair.source_vocabulary, *languages):
        entries.update(word.entries)
        spellings.add(word.spelling)
        listed += bool(word.entries)
    if listed < least:
        return
    others = 0
    for word in listed_words(pair.target_lower_words, *reversed(languages)):
        if word.spelling in spellings or not entries.isdisjoint(word.entries):
            return
        others += bool(word.entries)
    if others >= least and listed + others >= least_of_both:
        yield Hit(_("no word of this can stand for a word of the source"))


_QUESTION_MARKS = frozenset("?¿;？؟՞፧")
"""Of every script, the Greek one included; a rule that does not know a language knows its script."""
_MARKS = _QUESTION_MARKS | {"!"}
_QUESTION = re.compile(r"(?<=[\w)\]»”\"'’])\?+[»”\"'’)]*(?=\s|$)")

_ASKS = re.compile(r"\?[»”\"]?\s*$")
_STATES = re.compile(r"[.!]\s*$")


@rule(
    "question",
    Severity.WARNING,
    N_("a question became a statement"),
    N_(
        "The source asks a question and the translation does not, or the other way round. In an article of as many "
        "sentences each is compared with the one that it faces; in a program only whole texts are."
    ),
    Example("Who pays for it?", "Quién lo paga.", "¿Quién lo paga?"),
    Example(
        "¿Quién paga todo esto?",
        "Somebody pays for all this.",
        "Who pays for all this?",
        "en",
        "es",
    ),
)
def find_question(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find questions that became statements, and statements that became questions."""
    source_asks, target_asks = "?" in pair.source, "?" in pair.target
    if source_asks and context.is_article and (lost := _lost_question(pair, context)):
        yield Hit(_("the source asks a question, the translation does not"), *lost)
    elif source_asks and _MARKS.isdisjoint(pair.target):
        question = _QUESTION.search(pair.source)
        # A question within a sentence may be told as a statement; one at the end, or one of several, may not.
        # A remark in brackets is none: `(maybe the end is cut off?)`.
        at_the_end = (
            question is not None
            and question.end() == len(pair.source.rstrip())
            and not question[0].endswith(")")
        )
        # In programs two or three words, or a question behind a statement, are said in other ways: `Remove style?`
        is_plain = len(pair.source_words) >= 4 and _SENTENCE.search(pair.source) is None
        if (context.is_article and _count(pair.source) > 1) or (
            at_the_end and (context.is_article or is_plain)
        ):
            yield Hit(_("the source asks a question, the translation does not"))
    elif (
        context.is_article
        and target_asks
        and _QUESTION_MARKS.isdisjoint(pair.source)
        and _ASKS.search(pair.target)
        and _STATES.search(pair.source)
    ):
        yield Hit(_("the translation asks a question, the source does not"))


_SENTENCE = re.compile(r"[.:!]\s+\S")


def _lost_question(pair: Pair, context: CheckContext) -> tuple[int, int] | None:
    """Return the place of a statement that faces a question, where sentences face each other one by one."""
    if _count(pair.source) <= _count(pair.target):
        return None
    for source, start, target in facing_sentences(pair, context):
        # `Why not come?` may be said as an exclamation.
        if _ASKS.search(source) and _STATES.search(target) and _MARKS.isdisjoint(target):
            return start, start + len(target.rstrip())
    return None


def _count(text: str) -> int:
    return len(_QUESTION.findall(text))

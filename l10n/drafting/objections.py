"""What speaks against a draft by the grammar of its two languages, and what a check would warn of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.reading import Pair as Texts
from l10n.languages import Language, language_of
from l10n.model import Severity
from l10n.text.names import find_capitalised, find_names
from l10n.text.sentences import split_sentences

_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = " \t\n\u00a0\"'“”«‘’([—–-¿¡"
"""What may stand before the first word of a sentence."""

_OPENING_WORDS = 4
"""Among so many first words of a source its subject is looked for."""


def grammar_reasons(
    source: str, text: str, source_locale: str, target_locale: str
) -> Iterator[str]:
    """Yield codes of `trust.REASONS` for what an engine commonly gets wrong between two languages.

    Both texts are plain. Nothing is said of languages whose grammar the desk does not know.
    """
    languages = language_of(source_locale), language_of(target_locale)
    sources, drafts = (
        split_sentences(source, source_locale),
        split_sentences(text, target_locale),
    )
    # Sentences that were joined or cut do not face each other: then the first ones do at least.
    for sentence, draft in zip(sources, drafts, strict=False):
        yield from _sentence_reasons(sentence.strip(_BEFORE), draft.strip(_BEFORE), *languages)
    if len(drafts) > max(1, len(sources)):
        yield "more"
    yield from _capitals(source, text, languages[1])


def check_reasons(
    msgid: str, msgstr: str, source_locale: str, target_locale: str
) -> Iterator[str]:
    """Yield `check:` with the message of each rule that would warn of a translation."""
    context = _context(source_locale, target_locale)
    for finding in check_pair(Texts(msgid, msgstr), context):
        if finding.severity in (Severity.ERROR, Severity.WARNING):
            yield f"check:{finding.message}"


@lru_cache(maxsize=8)
def _context(source_locale: str, target_locale: str) -> CheckContext:
    """Return the same context for the same pair: what it works out of the rules is kept with it."""
    return CheckContext(source_locale, target_locale)


def _sentence_reasons(
    source: str, draft: str, source_language: Language, target_language: Language
) -> Iterator[str]:
    words = [word.lower() for word in _WORD.findall(draft)]
    source_words = [word.lower() for word in _WORD.findall(source)]
    if not words or not source_words:
        return
    if source_language.drops_subjects and words[0] in target_language.subjects:
        # A Spanish verb alone may be an order, a statement about anybody, or the weather.
        if not source_language.subjects.intersection(source_words[:_OPENING_WORDS]):
            yield f"subject:{_WORD.findall(draft)[0]}"
    elif source_language.instruction and _begins(source_language.instruction, source):
        infinitive = target_language.instructs
        if not infinitive or not re.fullmatch(infinitive, words[0]):
            yield "statement"
    is_question = draft.endswith("?") and target_language.auxiliaries and len(words) > 1
    if is_question and not _is_asked(words, target_language):
        yield "question"


def _begins(expression: str, sentence: str) -> bool:
    return re.match(expression, sentence, re.IGNORECASE) is not None


def _is_asked(words: list[str], language: Language) -> bool:
    """Whether the first auxiliary of a question stands before its subject, or the subject is what is asked for."""
    at = next((n for n, word in enumerate(words) if word in language.auxiliaries), None)
    if words[0] in language.asked_subjects and not language.subjects.intersection(words[:at]):
        # `Who came?` has no auxiliary, `How much costs?` should have one.
        return at is not None or words[0] != "how"
    return at is not None and not language.subjects.intersection(words[:at])


def _capitals(source: str, text: str, language: Language) -> Iterator[str]:
    """Yield the words of a draft with a capital within a sentence, if the source has fewer such words."""
    if not language.capitals_mark_names or source.isupper():
        return
    capitalised = {name.text for name in find_capitalised(source)}
    usual = {*language.always_capital}
    if language.dates and language.dates.capitals:
        usual |= {*language.months, *language.weekdays}
    if language.capitalises_names_of_languages:
        usual |= {name.capitalize() for name in language.language_names}
    new = [name.text for name in find_names(text) if name.text not in capitalised | usual]
    # A name may be called otherwise in the other language: Londres, London.
    lost = {name.text for name in find_names(source)} - {
        name.text for name in find_capitalised(text)
    }
    for word in new[len(lost) :]:
        yield f"capitals:{word}"

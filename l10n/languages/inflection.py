"""Whether two word forms are one word: plurals by rule, everything else by simplemma when it is close."""

from __future__ import annotations

import re
from functools import lru_cache

from l10n.languages import language_of
from l10n.languages.folding import fold_word

WORD = re.compile(r"[^\W_]+(?:[-’'](?!s\b)[^\W_]+)*")
"""A word; an English genitive 's is none of it."""

_LEMMATIZED = frozenset({"en", "es", "ca", "de", "fr", "gl", "it", "pt"})
"""Languages for which simplemma is asked."""

_SHARED = 4
"""Letters at the start that two forms of one word share, at least."""


def same_word(form: str, word: str, language: str) -> bool:
    """Whether a form in a text is a form of a glossary's word.

    Short words in capitals (OMS, IT) are names: only themselves.
    """
    if word.isupper() and 1 < len(word) <= 5:
        return form == word
    forms = form.lower(), word.lower()
    if forms[0] == forms[1] or singulars(forms[0], language) & singulars(forms[1], language):
        return True
    # simplemma's Spanish dictionary takes a second to load: it is asked about near misses only.
    if not _is_near(*forms) or language not in _LEMMATIZED:
        return False
    return _lemma(forms[0], language) == _lemma(forms[1], language)


@lru_cache(maxsize=16384)
def singulars(word: str, language: str) -> frozenset[str]:
    """Return what a lower-case word may be the plural of, and itself."""
    return frozenset({word, *language_of(language).singulars(word)})


def plural(word: str, language: str) -> str | None:
    """Return the regular plural of a lower-case noun; None when there is no rule for the language."""
    return language_of(language).plural(word)


def _is_near(form: str, word: str) -> bool:
    shared = min(_SHARED, len(form), len(word))
    return (
        shared >= 3
        and fold_word(form)[:shared] == fold_word(word)[:shared]
        and abs(len(form) - len(word)) <= 5
    )


def is_word(word: str, language: str) -> bool:
    """Whether simplemma's dictionary of a language has a word in small letters; False where it has no dictionary."""
    import simplemma  # noqa: PLC0415 - as below

    return language in _LEMMATIZED and bool(simplemma.is_known(word, lang=language))


def is_common_word(word: str, language: str) -> bool:
    """Whether simplemma's dictionary has a word in small letters that is written so: `york` is none, York is a name."""
    return is_word(word, language) and _lemma_as_written(word, language)[:1].islower()


def bare_form(verb: str, language: str) -> str:
    """Return the form under which a dictionary has a verb: open for opens, usar for uses."""
    return _lemma(verb.lower(), language)


def _lemma(word: str, language: str) -> str:
    return _lemma_as_written(word, language).lower()


@lru_cache(maxsize=16384)
def _lemma_as_written(word: str, language: str) -> str:
    import simplemma  # noqa: PLC0415 - its dictionaries are large and seldom needed

    lemma: str = simplemma.lemmatize(word, lang=language)
    return lemma

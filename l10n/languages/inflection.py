"""Whether two word forms are one word: plurals by rule, everything else by simplemma when it is close."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from l10n.languages.folding import fold_word

WORD = re.compile(r"[^\W_]+(?:[-’'](?!s\b)[^\W_]+)*")
"""A word; an English genitive 's is none of it."""

_ACUTE = str.maketrans("aeiou", "áéíóú")
_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "geese": "goose",
}
_LEMMATIZED = frozenset({"en", "es", "ca", "de", "fr", "gl", "it", "pt"})
"""Languages for which simplemma is asked."""

_SHARED = 4
"""Letters at the start that two forms of one word share, at least."""


def same_word(form: str, word: str, language: str) -> bool:
    """Tell whether a form in a text is a form of a glossary's word.

    Short words in capitals (OMS, IT) are names: only themselves.
    """
    if word.isupper() and 1 < len(word) <= 5:
        return form == word
    one, two = form.lower(), word.lower()
    if one == two or singulars(one, language) & singulars(two, language):
        return True
    # simplemma's Spanish dictionary takes a second to load: it is asked about near misses only.
    if not _is_near(one, two) or language not in _LEMMATIZED:
        return False
    return _lemma(one, language) == _lemma(two, language)


@lru_cache(maxsize=16384)
def singulars(word: str, language: str) -> frozenset[str]:
    """Give what a lower-case word may be the plural of, and itself."""
    forms = {word}
    if language == "en":
        forms |= _english_singulars(word)
    elif language == "es" and len(word) > 3 and word.endswith("s"):
        forms.add(word[:-1])
        if word.endswith("ces"):
            forms.add(word[:-3] + "z")
        elif word.endswith("es"):
            forms |= {word[:-2], _accented(word[:-2])}
    return frozenset(forms)


def plural(word: str, language: str) -> str | None:
    """Give the regular plural of a lower-case noun; None when there is no rule for the language."""
    if language == "es":
        if word[-1] in "aeoáéó":
            return f"{word}s"
        return f"{word[:-1]}ces" if word.endswith("z") else f"{_unaccented_end(word)}es"
    if language == "en":
        if re.search(r"[^aeiou]y$", word):
            return f"{word[:-1]}ies"
        return f"{word}es" if re.search(r"(?:s|x|z|ch|sh)$", word) else f"{word}s"
    return None


def _english_singulars(word: str) -> set[str]:
    if word in _IRREGULAR:
        return {_IRREGULAR[word]}
    forms = set()
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        forms.add(word[:-1])
        if word.endswith("ies"):
            forms.add(word[:-3] + "y")
        elif word.endswith("ves"):
            forms |= {word[:-3] + "f", word[:-3] + "fe"}
        elif word.endswith("es"):
            forms.add(word[:-2])
    return forms


def _accented(stem: str) -> str:
    """Put the accent that a plural in -es loses: pabellon(es) → pabellón."""
    return re.sub(r"[aeiou](?=[ns]$)", lambda vowel: vowel[0].translate(_ACUTE), stem)


def _unaccented_end(word: str) -> str:
    head, tail = word[:-2], word[-2:]
    bare = unicodedata.normalize("NFD", tail).replace("\u0301", "")
    return head + unicodedata.normalize("NFC", bare)


def _is_near(one: str, two: str) -> bool:
    shared = min(_SHARED, len(one), len(two))
    return (
        shared >= 3
        and fold_word(one)[:shared] == fold_word(two)[:shared]
        and (abs(len(one) - len(two)) <= 5)
    )


@lru_cache(maxsize=16384)
def _lemma(word: str, language: str) -> str:
    import simplemma  # noqa: PLC0415 - its dictionaries are large and seldom needed

    lemma: str = simplemma.lemmatize(word, lang=language)
    return lemma.lower()

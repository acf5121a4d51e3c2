"""Words across languages: stems, cognates, and the built-in Spanish-English word table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from l10n.languages.folding import fold_for_search

_ENGLISH_ENDINGS = frozenset(
    """ization ations ation ments ment ities ity ness ings ing ies ied edly ed ly es s e""".split()  # noqa: SIM905
)
_SPANISH_CLITIC = re.compile(r"((?:[aei]r|[ai]ndo|endo))(?:[mts]e|l[aeo]s?|nos|se l[ao]s?)$")
_CLITICS = ("me", "te", "se", "la", "le", "lo", "as", "es", "os")
"""What those end in; asked first, since the pattern is slow to find nothing."""
_SPANISH_ENDINGS = frozenset(
    """ariamos eriamos iriamos abamos aremos eremos iremos ieramos aramos asteis isteis arian erian irian
    aran eran iran ieran iesen asen aron ieron aban ian ando iendo yendo ados adas idos idas ara era ira are
    ere ire aria eria iria aras eras iras ado ada ido ida aba ia amos emos imos ar er ir an en as es os io a e
    i o s""".split()  # noqa: SIM905
)
_SPELLING = (
    ("ph", "f"),
    ("th", "t"),
    ("qu", "c"),
    ("k", "c"),
    ("h", ""),
    ("y", "i"),
    ("z", "c"),
)
"""Spellings that differ between cognates of the two languages."""
_DOUBLED = re.compile(r"([^\W\d_])\1")
_ES_BEFORE_CONSONANT = re.compile(r"^es(?=[^aeiou])")


def stem(word: str, language: str) -> str:
    """Cut the inflection off a folded word; crude, and the same for every form of most words."""
    if language == "en":
        return _stem_english(word)
    return _stem_spanish(word) if language == "es" else word[:7]


def _stem_english(word: str) -> str:
    if len(word) < 4:
        return word
    ending = _ending(word, _ENGLISH_ENDINGS)
    if ending:
        word = word[: -len(ending)] + ("i" if ending in {"ies", "ied"} else "")
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return (word[:-1] + "i" if word.endswith("y") else word)[:7]


def _ending(word: str, endings: frozenset[str]) -> str:
    """Give the longest ending that leaves three letters; empty when there is none."""
    for length in range(min(7, len(word) - 3), 0, -1):
        if word[-length:] in endings:
            return word[-length:]
    return ""


def _stem_spanish(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("mente") and len(word) > 8:
        word = word[:-5]
    if word.endswith(_CLITICS):
        word = _SPANISH_CLITIC.sub(r"\1", word)
    if word.endswith("ces"):
        word = word[:-3] + "z"
    word = word.removesuffix(_ending(word, _SPANISH_ENDINGS))
    if word.endswith("qu"):
        return word[:-2] + "c"
    if word.endswith("gu"):
        return word[:-1]
    return word[:-1] + "c" if word.endswith("z") else word


@lru_cache(maxsize=1 << 16)
def cognate(word: str) -> str:
    """Give a folded word in a spelling that Spanish and English cognates share at their start."""
    for old, new in _SPELLING:
        word = word.replace(old, new)
    return _DOUBLED.sub(r"\1", _ES_BEFORE_CONSONANT.sub("s", word))


@dataclass(frozen=True, slots=True)
class WordTable:
    """Entries of a bilingual word list, found by the stem of any of their words."""

    concepts: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Language → stem → names of the entries it stands in."""
    function_words: Mapping[str, frozenset[str]]
    """Language → stems that weigh little."""


@cache
def word_table() -> WordTable:
    """Give the built-in Spanish-English table."""
    text = files("l10n.align").joinpath("data", "es-en.txt").read_text(encoding="utf-8")
    concepts: dict[str, dict[str, tuple[str, ...]]] = {"es": {}, "en": {}}
    functions: dict[str, set[str]] = {"es": set(), "en": set()}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        if line.startswith(("#", "[")):
            continue
        for entry in line.split(";"):
            spanish, equals, english = entry.partition("=")
            if not equals:
                continue
            numbers = [word for word in english.split() if word.isdigit()]
            name = f"#{numbers[0]}" if numbers else f"={spanish.split()[0]}"
            for language, words in (("es", spanish), ("en", english)):
                stems = [stem(fold_for_search(word), language) for word in words.split()]
                named = concepts[language]
                for found in stems:
                    names = named.get(found, ())
                    if name not in names:
                        named[found] = (*names, name)
                if section == "function":
                    functions[language].update(stems)
    return WordTable(
        concepts, {language: frozenset(stems) for language, stems in functions.items()}
    )

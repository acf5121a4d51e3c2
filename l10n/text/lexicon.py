"""Words across languages: stems, cognates, and the built-in Spanish-English word table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from l10n.languages import language_of
from l10n.languages.folding import fold_for_search

_TABLE = "es-en.txt"
"""The built-in table, named by its two languages."""
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
_SHARED = 4
"""Letters at their beginning that cognates share: *hist*oria, *hist*ory."""
_DOUBLED = re.compile(r"([^\W\d_])\1")
_ES_BEFORE_CONSONANT = re.compile(r"^es(?=[^aeiou])")


def stem(word: str, language: str) -> str:
    """Cut the inflection off a folded word; crude, and the same for every form of most words."""
    return language_of(language).stem(word)


@lru_cache(maxsize=1 << 16)
def cognate(word: str) -> str:
    """Return a folded word in a spelling that Spanish and English cognates share at their start."""
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

    def pairs(self, *languages: str) -> bool:
        """Whether it has the words of every one of some languages."""
        return self.concepts.keys() >= set(languages)


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word that says something, and what may show that it faces one of the other language."""

    entries: tuple[str, ...]
    """Names of its entries in the table; none where the table lacks it."""
    spelling: str
    """The beginning that cognates of the other language share with it."""


def listed_words(words: Iterable[str], language: str, other: str) -> Iterator[ListedWord]:
    """Yield the words of a text, in small letters, that say something; function words are left out."""
    if not word_table().pairs(language, other):
        return
    for word in words:
        listed = _listed(word, language)
        if listed is not None:
            yield listed


def may_face(
    words: Iterable[str], others: Iterable[str], languages: tuple[str, str], least: int
) -> bool:
    """Whether a word of one text may stand for one of the other; True as well where fewer than `least` are in the table."""
    entries: set[str] = set()
    spellings: set[str] = set()
    listed = 0
    for word in listed_words(words, *languages):
        entries.update(word.entries)
        spellings.add(word.spelling)
        listed += bool(word.entries)
    return listed < least or any(
        word.spelling in spellings or not entries.isdisjoint(word.entries)
        for word in listed_words(others, *reversed(languages))
    )


def is_listed(word: str, language: str, other: str) -> bool:
    """Whether a word of a text stands in an entry of the table."""
    return any(listed.entries for listed in listed_words((word,), language, other))


def has_counterpart(word: str, others: Iterable[str], languages: tuple[str, str]) -> bool:
    """Whether a text of the other language has a word that stands in an entry with a word, or is spelt like it."""
    return word in Counterparts(others, languages)


class Counterparts:
    """The words of a text, found by what shows that a word of the other language faces them, however many are asked for."""

    def __init__(self, words: Iterable[str], languages: tuple[str, str]) -> None:
        """Take in words of the second language, in small letters, for words of the first."""
        self._languages = languages
        self._entries: set[str] = set()
        self._spellings: set[str] = set()
        for listed in listed_words(words, *reversed(languages)):
            self._entries.update(listed.entries)
            self._spellings.add(listed.spelling)

    def __contains__(self, word: str) -> bool:
        """Whether the text has a word that stands in an entry with a word, or is spelt like it."""
        listed = next(listed_words((word,), *self._languages), None)
        return listed is not None and (
            listed.spelling in self._spellings or not self._entries.isdisjoint(listed.entries)
        )


@lru_cache(maxsize=1 << 16)
def _listed(word: str, language: str) -> ListedWord | None:
    table = word_table()
    folded = fold_for_search(word)
    root = stem(folded, language)
    if root in table.function_words[language]:
        return None
    return ListedWord(table.concepts[language].get(root, ()), cognate(folded)[:_SHARED])


@cache
def word_table() -> WordTable:
    """Return the built-in table."""
    languages = _TABLE.removesuffix(".txt").split("-")
    concepts: dict[str, dict[str, tuple[str, ...]]] = {language: {} for language in languages}
    functions: dict[str, set[str]] = {language: set() for language in languages}
    for section, entry in entries():
        # One name for both languages: two words face each other where they stand in one entry.
        name = _name_of(entry)
        for language, words in zip(languages, entry, strict=True):
            cut = language_of(language).stem
            stems = [cut(fold_for_search(word)) for word in words]
            names_of = concepts[language]
            for root in stems:
                names = names_of.get(root, ())
                if name not in names:
                    names_of[root] = (*names, name)
            if section == "function":
                functions[language].update(stems)
    return WordTable(
        concepts, {language: frozenset(stems) for language, stems in functions.items()}
    )


def entries() -> Iterator[tuple[str, tuple[list[str], list[str]]]]:
    """Yield the section and the words of both languages of every entry of the table."""
    from importlib.resources import files  # noqa: PLC0415 - brings archives along, and a warm check needs no table

    text = files("l10n.text").joinpath("data", _TABLE).read_text(encoding="utf-8")
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        elif not line.startswith("#"):
            for entry in line.split(";"):
                first, equals, second = entry.partition("=")
                if equals:
                    yield section, (first.split(), second.split())


def _name_of(entry: tuple[list[str], list[str]]) -> str:
    """Return the name of an entry: its number where it stands for one, else its first word."""
    first, second = entry
    number = next((word for word in second if word.isdigit()), None)
    return f"={first[0]}" if number is None else f"#{number}"

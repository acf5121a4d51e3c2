"""Words that translate each other, learnt from texts and their translations: what a project's memory teaches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np

from l10n.align.alignment import Lexicon
from l10n.align.evidence import Ints, readable, spread_out
from l10n.align.lexicon import cognate, fold, stem, word_table

PAIRS = 20_000
"""Texts that are learnt from."""
_WORDS = 40
"""Words of a text up to which it is learnt from: in longer ones everything stands beside everything."""
_OFTEN = 5
"""Least number of texts that two words must share."""
_DICE = 0.5
"""How much rarer than together two words may stand alone: 2 x together / (one + other)."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def learn_words(pairs: Iterable[tuple[str, str]], source: str, target: str) -> Lexicon:
    """Give words of the source language with those of the target language that keep standing opposite them.

    Two words are taken when they share enough texts, are each other's best partner and their Dice
    coefficient is high. Not learnt again is what the aligner knows anyway: cognates, and words that the
    built-in table pairs with others of the same text.
    """
    languages = (source.partition("-")[0].lower(), target.partition("-")[0].lower())
    known = set(languages) <= {"es", "en"}
    sides = (_Words(languages[0], known=known), _Words(languages[1], known=known))
    for pair in islice(dict.fromkeys(pairs), PAIRS):
        one, two = (words.read(text) for words, text in zip(sides, pair, strict=True))
        explained = one.entries & two.entries
        for words, found in zip(sides, (one, two), strict=True):
            words.keep(found, explained)
    ours, theirs = (words.table() for words in sides)
    return {
        sides[0].spelt[one]: (sides[1].spelt[two],)
        for one, two in _companions(ours, theirs).tolist()
    }


@dataclass(frozen=True, slots=True)
class _Text:
    words: set[int]
    entries: set[str]
    """Entries of the built-in table that the words stand in, and how their cognates begin."""


class _Words:
    """The words of one side of many texts, by number."""

    def __init__(self, language: str, *, known: bool) -> None:
        self._language = language
        table = word_table()
        self._entries = table.concepts[language] if known else {}
        self._functions = table.function_words[language] if known else frozenset[str]()
        self._numbers: dict[str, int] = {}
        self._roots: dict[str, int] = {}
        self.spelt: list[str] = []
        """One spelling of each word."""
        self._entries_of: list[tuple[str, ...]] = []
        self._kept: list[int] = []
        self._many: list[int] = []

    def read(self, text: str) -> _Text:
        """Give what a text holds; nothing of a long one."""
        words = _WORD.findall(readable(text))
        if len(words) > _WORDS:
            return _Text(set(), set())
        numbers = {
            self._numbers[word] if word in self._numbers else self._number(word)
            for word in words
        }
        numbers.discard(-1)
        return _Text(
            numbers, {entry for number in numbers for entry in self._entries_of[number]}
        )

    def keep(self, text: _Text, explained: set[str]) -> None:
        """Take in the words of a text that stand in none of these entries."""
        words = (
            [n for n in text.words if explained.isdisjoint(self._entries_of[n])]
            if explained
            else text.words
        )
        self._kept += words
        self._many.append(len(words))

    def table(self) -> tuple[Ints, Ints]:
        """Give (text, word) rows, sorted by text."""
        return np.repeat(np.arange(len(self._many)), self._many), np.array(
            self._kept, dtype=np.int64
        )

    def _number(self, word: str) -> int:
        folded = fold(word)
        root = stem(folded, self._language)
        number = -1
        if root not in self._functions:
            number = self._roots.setdefault(root, len(self._roots))
            if number == len(self.spelt):
                self.spelt.append(folded)
                start = f"~{cognate(folded)[:4]}"
                self._entries_of.append((*self._entries.get(root, ()), start))
        self._numbers[word] = number
        return number


def _companions(ours: tuple[Ints, Ints], theirs: tuple[Ints, Ints]) -> Ints:
    """Give [source word, target word] rows of words that belong together."""
    (t1, w1), (t2, w2) = ours, theirs
    if not len(w1) or not len(w2):
        return np.zeros((0, 2), dtype=np.int64)
    begin = np.searchsorted(t2, t1, side="left")
    many = np.searchsorted(t2, t1, side="right") - begin
    width = int(w2.max()) + 1
    keys, together = np.unique(
        np.repeat(w1, many) * width + w2[spread_out(begin, many)], return_counts=True
    )
    often = together >= _OFTEN
    one, two, together = keys[often] // width, keys[often] % width, together[often]
    counts = np.bincount(w1), np.bincount(w2)
    dice = 2.0 * together / (counts[0][one] + counts[1][two])
    best = np.zeros(len(counts[0])), np.zeros(len(counts[1]))
    np.maximum.at(best[0], one, dice)
    np.maximum.at(best[1], two, dice)
    mutual = (dice >= _DICE) & (dice == best[0][one]) & (dice == best[1][two])
    return np.stack([one[mutual], two[mutual]], axis=1)

"""Words that translate each other, learnt from texts and their translations: what a project's memory teaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from l10n.align.alignment import Lexicon
from l10n.align.bags import Ints, spread_out
from l10n.align.evidence import companions, counted, readable
from l10n.languages import language_of, primary
from l10n.languages.folding import fold_for_search
from l10n.text.lexicon import cognate, word_table

PAIRS = 20_000
"""Texts that are learnt from."""
_WORDS = 40
"""Words of a text up to which it is learnt from: in longer ones everything stands beside everything."""
_OFTEN = 5
"""Least number of texts that two words must share."""
_DICE = 0.5
"""Least Dice coefficient of two words."""
_WORD = re.compile(r"[^\W\d_]{3,}")


def learn_words(pairs: Iterable[tuple[str, str]], source: str, target: str) -> Lexicon:
    """Return words of the source language with those of the target language that keep standing opposite them.

    Two words are taken when they share enough texts, are each other's best partner and their Dice
    coefficient is high. Not learnt again is what the aligner knows anyway: cognates, and words that the
    built-in table pairs with others of the same text.
    """
    languages = (primary(source), primary(target))
    is_listed = word_table().pairs(*languages)
    entries: dict[str, int] = {}
    sides = [_Words(language, entries, is_listed=is_listed) for language in languages]
    texts = list(zip(*islice(dict.fromkeys(pairs), PAIRS), strict=True)) or [(), ()]
    read = [words.read(side) for words, side in zip(sides, texts, strict=True)]
    (source_entries, source_rows), (target_entries, target_rows) = (
        words.entries(*rows) for words, rows in zip(sides, read, strict=True)
    )
    unknown = (
        _without(read[0], source_rows[_among(source_entries, target_entries)]),
        _without(read[1], target_rows[_among(target_entries, source_entries)]),
    )
    links = companions(*unknown, often=_OFTEN, dice=_DICE)
    return {
        sides[0].spelt[word]: (sides[1].spelt[partner],) for word, partner in links.tolist()
    }


class _Words(dict[str, int]):
    """Words of one language as they are spelt → numbers of their stems; -1 for those that every text has."""

    def __init__(self, language: str, entries: dict[str, int], *, is_listed: bool) -> None:
        super().__init__()
        self._stem = language_of(language).stem
        table = word_table()
        self._table = table.concepts[language] if is_listed else {}
        self._functions = table.function_words[language] if is_listed else frozenset[str]()
        self._entries = entries
        """Numbers of what both sides' words can have in common."""
        self._numbers: dict[str, int] = {}
        self._entries_of: list[list[int]] = []
        self.spelt: list[str] = []
        """One spelling of each number."""

    def __missing__(self, word: str) -> int:
        folded = fold_for_search(word)
        root = self._stem(folded)
        number = -1
        if root not in self._functions:
            number = self._numbers.setdefault(root, len(self.spelt))
            if number == len(self.spelt):
                self.spelt.append(folded)
                # The first letters of a cognate are an entry of both languages, too.
                names = (*self._table.get(root, ()), f"~{cognate(folded)[:4]}")
                self._entries_of.append(
                    [self._entries.setdefault(name, len(self._entries)) for name in names]
                )
        self[word] = number
        return number

    def read(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """Return (text, word) rows, sorted by text, each once; none of a long text."""
        spelt = [_WORD.findall(readable(text)) for text in texts]
        counts = [len(words) if len(words) <= _WORDS else 0 for words in spelt]
        words = [self[word] for words in spelt if len(words) <= _WORDS for word in words]
        rows = np.repeat(np.arange(len(counts)), counts)
        numbers = np.array(words, dtype=np.int64)
        width = len(self.spelt) + 1
        keys, _times = counted((rows * width + numbers)[numbers >= 0])
        return keys // width, keys % width

    def entries(self, rows: Ints, words: Ints) -> tuple[Ints, Ints]:
        """Return what the words of some rows stand in, as text and entry in one number, and of which row."""
        counts = np.array([len(numbers) for numbers in self._entries_of], dtype=np.int64)
        flat = np.array([*chain.from_iterable(self._entries_of)], dtype=np.int64)
        of_row = np.repeat(np.arange(len(words)), counts[words])
        entries = flat[spread_out((np.cumsum(counts) - counts)[words], counts[words])]
        return rows[of_row] << 32 | entries, of_row


def _without(rows: tuple[Ints, Ints], dropped: Ints) -> tuple[Ints, Ints]:
    stays = np.ones(len(rows[0]), dtype=bool)
    stays[dropped] = False
    return rows[0][stays], rows[1][stays]


def _among(keys: Ints, reference: Ints) -> NDArray[np.bool_]:
    """Return for each number whether it is one of some others."""
    numbers, _times = counted(reference)
    at = np.searchsorted(numbers, keys)
    is_among: NDArray[np.bool_] = np.append(numbers, -1)[at] == keys
    return is_among

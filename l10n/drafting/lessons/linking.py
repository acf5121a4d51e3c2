"""Which words of what was accepted stand for which of the draft: aligned by statistics, likeness and place.

IBM model 1 (Brown et al. 1993) in both directions with a prior for words that are alike, as most are where
draft and translation are one language, and for the diagonal (Dyer et al. 2013); what both directions agree on
grows into what one of them says (grow-diag, Koehn et al. 2003). All sentences of a block at once, as arrays.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]

_ROUNDS = 5
_DIAGONAL = 5.0
_SAME, _SAME_LETTERS, _ALIKE = 30.0, 20.0, 8.0
"""How much more two words are expected to be each other's that are equal, but for capitals, or begin alike."""
_LEAST = 0.2
"""Probability from which a direction proposes a link."""


class Corpus(NamedTuple):
    """Sentences as numbers of words, one behind the other."""

    words: Ints
    starts: Ints
    """Where each sentence begins, and the end of the last."""

    @property
    def lengths(self) -> Ints:
        """Words of each sentence."""
        return np.diff(self.starts)

    def part(self, first: int, last: int) -> Corpus:
        """Return some sentences."""
        starts = self.starts[first : last + 1]
        return Corpus(self.words[starts[0] : starts[-1]], starts - starts[0])


class Links(NamedTuple):
    """Pairs of places in two corpora, by rising first place."""

    first: Ints
    second: Ints


class Kinship(NamedTuple):
    """What tells words of a vocabulary that are alike, by number of the word."""

    letters: Ints
    """The same for words that differ in capitals only."""
    stem: Ints
    """The same for words that begin alike; -1 for what is too short to tell."""


class Gathered:
    """Sentences that are added one by one, in as little memory as they need."""

    def __init__(self) -> None:
        self._words = array("i")
        self._starts = array("i", [0])

    def add(self, numbers: Iterable[int]) -> None:
        """Add a sentence."""
        self._words.extend(numbers)
        self._starts.append(len(self._words))

    def corpus(self) -> Corpus:
        """Return what was added as arrays."""
        return Corpus(
            np.array(self._words, dtype=np.int64), np.array(self._starts, dtype=np.int64)
        )


def as_corpus(sentences: Iterable[Iterable[int]]) -> Corpus:
    """Return sentences as one array."""
    gathered = Gathered()
    for sentence in sentences:
        gathered.add(sentence)
    return gathered.corpus()


def link(first: Corpus, second: Corpus, kinship: Kinship, *, rounds: int = _ROUNDS) -> Links:
    """Align the words of sentences that face each other."""
    if not len(first.words) or not len(second.words):
        return Links(np.zeros(0, np.int64), np.zeros(0, np.int64))
    cells = _Cells.of(first, second)
    words = first.words[cells.first], second.words[cells.second]
    prior = _prior(cells, words, kinship)
    # A table of fixed size instead of every pair of words sorted: two in one slot are rare, and share it.
    slots = min(_SLOTS, 1 << (2 * len(prior)).bit_length())
    slot = (words[0] * _MULTIPLIER + words[1]) & (slots - 1)
    proposals = []
    for condition, place, count in (
        (words[0], cells.second, len(second.words)),
        (words[1], cells.first, len(first.words)),
    ):
        likely = np.ones(len(prior), np.float64)
        share = prior
        for number in range(rounds):
            share = likely * prior
            share /= np.bincount(place, share, minlength=count)[place]
            if number < rounds - 1:
                counts = np.bincount(slot, share, minlength=slots)
                totals = np.bincount(condition, share)
                likely = (counts[slot] + 1e-4) / (totals[condition] + 1e-2)
        proposals.append(_best(share, place))
    return _grown(cells, *proposals)


_SLOTS = 1 << 22
"""At most; for a few sentences fewer, since counting takes time for each slot."""
_MULTIPLIER = 1000003


class _Cells(NamedTuple):
    """Every pair of words of facing sentences, sentence by sentence, row by row."""

    first: Ints
    second: Ints
    width: Ints
    """Words of the second sentence: how far apart two cells of one column are."""
    row: Ints
    column: Ints
    height: Ints

    @classmethod
    def of(cls, first: Corpus, second: Corpus) -> _Cells:
        heights, widths = first.lengths, second.lengths
        sizes = heights * widths
        sentence = np.repeat(np.arange(len(sizes)), sizes)
        inside = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        width = widths[sentence]
        row, column = inside // width, inside % width
        return cls(
            first.starts[sentence] + row,
            second.starts[sentence] + column,
            width,
            row,
            column,
            heights[sentence],
        )


def _prior(cells: _Cells, words: tuple[Ints, Ints], kinship: Kinship) -> Floats:
    places = (cells.row + 0.5) / cells.height, (cells.column + 0.5) / cells.width
    prior = np.exp(-_DIAGONAL * np.abs(places[0] - places[1]))
    letters = kinship.letters[words[0]] == kinship.letters[words[1]]
    stems = kinship.stem[words[0]]
    alike = (stems == kinship.stem[words[1]]) & (stems >= 0)
    factor = np.where(alike, _ALIKE, 1.0)
    factor[letters] = _SAME_LETTERS
    factor[words[0] == words[1]] = _SAME
    return prior * factor


def _best(share: Floats, place: Ints) -> Flags:
    """Mark for each place the likeliest cell, where it is likely enough."""
    likely = np.flatnonzero(share > _LEAST)
    order = likely[np.lexsort((share[likely], place[likely]))]
    chosen = np.zeros(len(share), np.bool_)
    chosen[order[np.flatnonzero(np.diff(place[order], append=-1))]] = True
    return chosen


_NEIGHBOURS = tuple(
    (row, column) for row in (-1, 0, 1) for column in (-1, 0, 1) if row or column
)


def _grown(cells: _Cells, one: Flags, other: Flags) -> Links:
    links, union = one & other, one | other
    waiting = np.flatnonzero(union & ~links)
    for _round in range(3):
        if not len(waiting):
            break
        rows = np.zeros(int(cells.first[-1]) + 1, np.bool_)
        columns = np.zeros(int(cells.second[-1]) + 1, np.bool_)
        rows[cells.first[links]] = True
        columns[cells.second[links]] = True
        near = np.zeros(len(waiting), np.bool_)
        for down, right in _NEIGHBOURS:
            row, column = cells.row[waiting] + down, cells.column[waiting] + right
            inside = (
                (row >= 0)
                & (row < cells.height[waiting])
                & (column >= 0)
                & (column < cells.width[waiting])
            )
            beside = waiting + down * cells.width[waiting] + right
            near[inside] |= links[beside[inside]]
        lonely = ~rows[cells.first[waiting]] | ~columns[cells.second[waiting]]
        added = near & lonely
        if not added.any():
            break
        links[waiting[added]] = True
        waiting = waiting[~added]
    places = np.flatnonzero(links)
    return Links(cells.first[places], cells.second[places])

"""Sentence vectors as evidence: what they say of any bead between segments that have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from l10n.align.bags import Doubles, Floats, Ints

_AT_ONCE = 256
"""Pieces whose vectors are gathered together."""
_BEST = 3
"""So many of the other side's vectors tell how crowded it is around a segment."""
_BRIEF = 60.0
"""Letters below which a segment's words and vector say less the shorter it is."""


@dataclass(frozen=True, slots=True)
class VectorWeights:
    """What the closeness of two vectors counts, in units of similarity, for each segment of a bead."""

    close: float
    """Their cosine."""
    crowd: float
    """Taken off: how close the nearest others are."""
    bias: float
    """Taken off always: from here on two segments are as well left alone."""
    brief: float
    """Added for very short segments, about which words say little."""
    larger: float
    """Taken off a bead of more than four segments, once."""


TUNED = VectorWeights(close=0.985, crowd=0.661, bias=0.382, brief=0.252, larger=1.036)
"""Found by `tests/benchmarks/tune_vectors.py` on documents of all kinds, with an engine and without."""


@dataclass(frozen=True, slots=True)
class SideVectors:
    """Vectors of some segments of one side, and what is known of the runs that end with each segment."""

    rows: Floats
    """One a segment that has one, times the root of its length in letters; a last row of zeros."""
    place: Ints
    """The row of each segment of the side; -1 where it has none."""
    norms: Floats
    """[k-1, i]: length of the summed rows; infinite where one is missing."""
    crowds: Floats
    """[k-1, i]: mean cosine with the nearest vectors of the other side."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of both sides' doubtful segments. A sum of rows stands for the vector of several segments."""

    source: SideVectors
    target: SideVectors
    weights: VectorWeights = TUNED

    def dots(self, sources: Ints, targets: Ints) -> Floats:
        """Return [piece, row, column] products of the rows of single segments, [piece, row] and [piece, column]."""
        result = np.empty((*sources.shape, targets.shape[1]), dtype=np.float32)
        for first in range(0, len(sources), _AT_ONCE):
            part = slice(first, first + _AT_ONCE)
            source_rows = self.source.rows[self.source.place[sources[part]]]
            target_rows = self.target.rows[self.target.place[targets[part]]]
            np.matmul(source_rows, target_rows.transpose(0, 2, 1), out=result[part])
        return result

    def gain(
        self,
        kind: tuple[int, int],
        dots: Floats,
        ends: tuple[Ints, Ints],
        sizes: tuple[Doubles, Doubles],
    ) -> Floats:
        """Return [piece, row, column] of what vectors add to the scores of beads that end with these segments.

        `dots` are summed over the segments of each bead; `ends` and `sizes` (in letters) are
        [piece, row] and [piece, column]. Nothing is added where a segment has no vector.
        """
        (a, b), weights = kind, self.weights
        source, target = self.source, self.target
        norms = source.norms[a - 1, ends[0]], target.norms[b - 1, ends[1]]
        crowds = source.crowds[a - 1, ends[0]], target.crowds[b - 1, ends[1]]
        brief = [np.maximum(1 - size / _BRIEF, 0) * weights.brief for size in sizes]
        gain = dots * np.float32(weights.close)
        gain /= _column(norms[0])
        gain /= _row(norms[1])
        gain -= _column(crowds[0] * (weights.crowd / 2) + weights.bias)
        gain -= _row(crowds[1] * (weights.crowd / 2))
        gain += np.maximum(_column(brief[0]), _row(brief[1]))
        gain *= np.float32((a + b) / 2)
        gain -= np.float32(weights.larger * (a + b > 4))
        gain *= _column(np.isfinite(norms[0])) * _row(np.isfinite(norms[1]))
        return gain

    def joined(self, of: tuple[Ints, Ints]) -> Vectors:
        """Return the same of segments put together; `of` has for each that of which it becomes part."""
        source, target = (
            _joined(side, parts)
            for side, parts in zip((self.source, self.target), of, strict=True)
        )
        return replace(self, source=source, target=target)


def _column(values: NDArray[Any]) -> Floats:
    return values.astype(np.float32)[:, :, None]


def _row(values: NDArray[Any]) -> Floats:
    return values.astype(np.float32)[:, None, :]


def place_vectors(
    encoded: tuple[Floats, Floats],
    places: tuple[Ints, Ints],
    sizes: tuple[Floats, Floats],
    groups: Sequence[tuple[range, range]],
    longest: int,
) -> Vectors:
    """Put the encoded segments of both sides where they stand.

    `places` has the number in `encoded` of each segment, -1 where it has none, `sizes` its letters.
    Segments of one group (ranges over `encoded`) are those that crowd around each other; `longest` is the
    most segments of one side that a bead has.
    """
    crowds = [np.zeros(len(rows) + 1, dtype=np.float32) for rows in encoded]
    for sources, targets in groups:
        cosines = (
            encoded[0][sources.start : sources.stop]
            @ encoded[1][targets.start : targets.stop].T
        )
        if cosines.size:
            crowds[0][sources.start : sources.stop] = _nearest(cosines)
            crowds[1][targets.start : targets.stop] = _nearest(cosines.T)
    source, target = (
        _side(_weighed(rows, place, size), place, crowd, longest)
        for rows, place, size, crowd in zip(encoded, places, sizes, crowds, strict=True)
    )
    return Vectors(source, target)


def _side(rows: Floats, place: Ints, crowd: Floats, longest: int) -> SideVectors:
    """Know the runs of one side; `rows` and `crowd` end with that of no segment."""
    norms = np.full((longest, len(place)), np.inf, dtype=np.float32)
    crowds = np.zeros((longest, len(place)), dtype=np.float32)
    placed = np.flatnonzero(place >= 0)
    summed, crowded = np.zeros_like(rows[:-1]), np.zeros(len(placed), dtype=np.float32)
    for back in range(longest):
        earlier = place[np.maximum(placed - back, 0)]
        earlier[placed < back] = -1
        summed += rows[earlier]
        crowded += crowd[earlier]
        lengths = np.linalg.norm(summed, axis=1)
        whole = (
            np.isfinite(norms[back - 1, placed]) if back else np.ones(len(placed), dtype=bool)
        )
        norms[back, placed] = np.where(whole & (earlier >= 0) & (lengths > 0), lengths, np.inf)
        crowds[back, placed] = crowded / (back + 1)
    return SideVectors(rows, place, norms, crowds)


def _weighed(rows: Floats, place: Ints, sizes: Floats) -> Floats:
    """Return rows times the root of their letters, in the order of `place`, and a row of zeros."""
    weighed = np.zeros((len(rows) + 1, max(1, rows.shape[1])), dtype=np.float32)
    weighed[:-1] = rows * np.sqrt(sizes[place >= 0])[:, None]
    return weighed


def _joined(side: SideVectors, of: Ints) -> SideVectors:
    """Put the segments of one side together; a run of them has a vector where all of them have."""
    counts = np.bincount(of)
    whole = np.bincount(of, side.place >= 0) == counts
    place = np.full(len(counts), -1, dtype=np.int64)
    place[whole] = np.arange(whole.sum())
    inner = whole[of]
    line = place[of[inner]]
    rows = np.zeros((int(whole.sum()) + 1, side.rows.shape[1]), dtype=np.float32)
    np.add.at(rows, line, side.rows[side.place[inner]])
    crowd = np.zeros(len(rows), dtype=np.float32)
    np.add.at(crowd, line, side.crowds[0, inner])
    crowd[:-1] /= counts[whole]
    return _side(rows, place, crowd, len(side.norms))


def _nearest(cosines: Floats) -> Floats:
    """Return the mean of the best few of each row."""
    best = np.sort(cosines, axis=1)[:, -_BEST:]
    return np.asarray(best.mean(axis=1), dtype=np.float32)

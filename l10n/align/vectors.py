"""Sentence vectors as evidence: what they say of any bead between segments that have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from l10n.align.evidence import Floats, Ints

Doubles = NDArray[np.float64]

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


TUNED = VectorWeights(close=1.166, crowd=0.328, bias=0.718, brief=0.257, larger=0.548)
"""Learnt from documents of all kinds by `tests/benchmarks/tune_vectors.py`, with an engine and without."""


@dataclass(frozen=True, slots=True)
class SideVectors:
    """Vectors of some segments of one side."""

    rows: Floats
    """One a segment that has one, times the root of its length in letters; a last row of zeros."""
    place: Ints
    """The row of each segment of the side; -1 where it has none."""
    crowd: Floats
    """For each segment, the mean cosine with the nearest vectors of the other side."""

    def runs(self, length: int, ends: Ints) -> Floats:
        """Give the vectors of runs of so many segments that end with each one; zero where one is missing."""
        places = [self.place[np.maximum(ends - back, 0)] for back in range(length)]
        summed: Floats = np.add.reduce([self.rows[place] for place in places])
        known = np.stack(places).min(axis=0)[..., None] >= 0
        norms = np.linalg.norm(summed, axis=-1, keepdims=True)
        result: Floats = np.where(known, summed / np.where(norms > 0, norms, 1), 0)
        return result

    def crowds(self, length: int, ends: Ints) -> Floats:
        """Give the mean crowding of the same runs."""
        each = [self.crowd[np.maximum(ends - back, 0)] for back in range(length)]
        mean: Floats = np.stack(each).mean(axis=0)
        return mean


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of both sides' doubtful segments."""

    source: SideVectors
    target: SideVectors
    weights: VectorWeights = TUNED

    def terms(
        self, kind: tuple[int, int], ends: tuple[Ints, Ints], sizes: tuple[Doubles, Doubles]
    ) -> Floats:
        """Give [term, piece, row, column] of what VectorWeights weigh, for beads that end with these segments.

        `ends` and `sizes` (in letters) are [piece, row] and [piece, column]. All terms are zero for a bead
        with a segment that has no vector.
        """
        (a, b), (ours, theirs) = kind, ends
        one, two = self.source.runs(a, ours), self.target.runs(b, theirs)
        cosine = one @ two.transpose(0, 2, 1)
        known = (one != 0).any(axis=-1)[:, :, None] & (two != 0).any(axis=-1)[:, None, :]
        crowd = (
            self.source.crowds(a, ours)[:, :, None] + self.target.crowds(b, theirs)[:, None, :]
        )
        least = np.minimum(sizes[0][:, :, None], sizes[1][:, None, :])
        half = (a + b) / 2
        terms = np.stack(
            [
                half * cosine,
                -half * crowd / 2,
                np.full_like(cosine, -half),
                half * np.maximum(0, 1 - least / _BRIEF),
                np.full_like(cosine, -(a + b > 4)),
            ]
        )
        return np.where(known, terms, 0).astype(np.float32)

    def gain(
        self, kind: tuple[int, int], ends: tuple[Ints, Ints], sizes: tuple[Doubles, Doubles]
    ) -> Floats:
        """Give [piece, row, column] of what vectors add to the scores of beads."""
        weights = np.array(astuple(self.weights), dtype=np.float32)
        return np.asarray(np.tensordot(weights, self.terms(kind, ends, sizes), axes=1))


def place_vectors(
    encoded: tuple[Floats, Floats],
    places: tuple[Ints, Ints],
    sizes: tuple[Floats, Floats],
    groups: Sequence[tuple[range, range]],
) -> Vectors:
    """Put the encoded segments of both sides where they stand.

    `places` has the number in `encoded` of each segment, -1 where it has none, `sizes` its letters.
    Segments of one group (ranges over `encoded`) are those that crowd around each other.
    """
    crowds = [np.zeros(len(rows) + 1, dtype=np.float32) for rows in encoded]
    for ours, theirs in groups:
        cosines = encoded[0][ours.start : ours.stop] @ encoded[1][theirs.start : theirs.stop].T
        if cosines.size:
            crowds[0][ours.start : ours.stop] = _nearest(cosines)
            crowds[1][theirs.start : theirs.stop] = _nearest(cosines.T)
    source, target = (
        SideVectors(
            np.concatenate([rows * np.sqrt(size[place >= 0])[:, None], np.zeros_like(rows[:1])])
            if len(rows)
            else np.zeros((1, 1), dtype=np.float32),
            place,
            crowd[place],
        )
        for rows, place, size, crowd in zip(encoded, places, sizes, crowds, strict=True)
    )
    return Vectors(source, target)


def _nearest(cosines: Floats) -> Floats:
    """Give the mean of the best few of each row."""
    best = np.sort(cosines, axis=1)[:, -_BEST:]
    return np.asarray(best.mean(axis=1), dtype=np.float32)

"""Sparse bags of weighted features: one a segment, sums of neighbouring ones, and what two have in common."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bags:
    """Features of the segments of one side: a sparse matrix, one row a segment."""

    start: Ints
    """Where each row begins; one longer than there are rows."""
    feature: Ints
    """Ascending within each row."""
    weight: Floats
    size: Floats
    """Length in letters, in the common language where that is known."""
    block: Ints
    """Which block each row is part of; all equal where that is not known."""
    sentences: Ints
    """How many sentences each row holds: more than one where segments are lines or whole texts."""
    asks: NDArray[np.bool_]
    """Whether each row asks something."""

    def __len__(self) -> int:
        return len(self.start) - 1

    def entries(self, first: int, last: int) -> tuple[Ints, Ints, Floats]:
        """Return row (from 0), feature and weight of what rows first to last-1 hold."""
        a, b = self.start[first], self.start[last]
        rows = np.repeat(np.arange(last - first), np.diff(self.start[first : last + 1]))
        return rows, self.feature[a:b], self.weight[a:b]


def spread_out(starts: Ints, counts: Ints) -> Ints:
    """Return the runs of numbers that begin at `starts`, one after the other."""
    begins = np.cumsum(counts) - counts
    result: Ints = np.arange(int(counts.sum())) + np.repeat(starts - begins, counts)
    return result


def shared_features(source: Bags, target: Bags) -> tuple[Bags, Bags]:
    """Return both sides without the features that only one of them has."""
    width = 1 + int(max(source.feature.max(initial=0), target.feature.max(initial=0)))
    has = [np.bincount(bags.feature, minlength=width) > 0 for bags in (source, target)]
    both = has[0] & has[1]
    return _restricted(source, both), _restricted(target, both)


def _restricted(bags: Bags, features: NDArray[np.bool_]) -> Bags:
    stays = features[bags.feature]
    kept = np.concatenate([[0], np.cumsum(stays)])
    return replace(
        bags, start=kept[bags.start], feature=bags.feature[stays], weight=bags.weight[stays]
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """Summed bags of runs of segments, one row a run: weights by row and feature."""

    key: Ints
    """Row times `width`, plus feature; ascending, each once."""
    weight: Doubles
    width: int
    rows: int

    def at(self, key: Ints) -> Doubles:
        """Return the weights that stand at some keys, 0 where there is none."""
        if not len(self.key):
            return np.zeros(len(key))
        place = np.minimum(np.searchsorted(self.key, key), len(self.key) - 1)
        return np.where(self.key[place] == key, self.weight[place], 0.0)

    def by_row(self, values: Doubles) -> Doubles:
        """Return the sum of some values, one a weight, in each row."""
        return np.asarray(
            np.bincount(self.key // self.width, values, self.rows), dtype=np.float64
        )

    def beyond(self, other: Sums) -> Sums:
        """Return what these bags have more than others."""
        more = self.weight - other.at(self.key)
        return replace(self, key=self.key[more > 0], weight=more[more > 0])

    def common(self, other: Sums) -> Doubles:
        """Return how much each bag has in common with the other of its row."""
        return self.by_row(np.minimum(self.weight, other.at(self.key)))


def width_of(*sides: Bags) -> int:
    """Return a number that is larger than that of any feature."""
    return 1 + max(int(bags.feature.max(initial=0)) for bags in sides)


def summed(bags: Bags, runs: Ints, width: int) -> Sums:
    """Sum the bags of runs of segments: [run, 2], the first segment and that behind the last."""
    counts = runs[:, 1] - runs[:, 0]
    segments = spread_out(runs[:, 0], counts)
    sizes = bags.start[segments + 1] - bags.start[segments]
    entries = spread_out(bags.start[segments], sizes)
    rows = np.repeat(np.repeat(np.arange(len(runs)), counts), sizes)
    key, weight = rows * width + bags.feature[entries], bags.weight[entries].astype(np.float64)
    if (counts > 1).any():
        # Each run is a few sorted ones: a stable sort merges them.
        order = np.argsort(key, kind="stable")
        key, weight = key[order], weight[order]
        begins = np.flatnonzero(np.diff(key, prepend=-1))
        key, weight = key[begins], np.add.reduceat(weight, begins) if len(begins) else weight
    return Sums(key, weight, width, len(runs))


def products(source: Bags, target: Bags, sources: Ints, targets: Ints) -> Doubles:
    """Return the product of the bags of each of some source segments with that of the target segment beside it."""
    width = width_of(source, target)
    rows = np.repeat(np.arange(len(target)), np.diff(target.start))
    facing = Sums(
        rows * width + target.feature, target.weight.astype(np.float64), width, len(target)
    )
    sizes = source.start[sources + 1] - source.start[sources]
    entries = spread_out(source.start[sources], sizes)
    weights = facing.at(np.repeat(targets * width, sizes) + source.feature[entries])
    pair = np.repeat(np.arange(len(sources)), sizes)
    return np.asarray(
        np.bincount(pair, weights * source.weight[entries], len(sources)), dtype=np.float64
    )

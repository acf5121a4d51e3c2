"""What beads are worth: the prices, the table of both sides, and the scores of all beads in some rectangles of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from l10n.align.bags import Bags, Doubles, Floats, Ints, shared_features, spread_out
from l10n.align.evidence import Corpus, Weights
from l10n.align.vectors import Vectors

TYPES = (*((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2)), *((1, 4), (4, 1), (2, 3), (3, 2)))
"""Bead types: source segments, target segments."""
LONGEST = 4
IMPOSSIBLE = -1e9
_TRACE = 0.05
"""Added to a squared norm before dividing by it: a segment without evidence is not covered."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What the path pays for, in units of similarity."""

    threshold: float
    """Similarity at which two segments are as well left alone."""
    pair: float
    """1-2 and 2-1."""
    triple: float
    """1-3 and 3-1; one half more for 1-4 and 4-1."""
    square: float
    """2-2; one half more for 2-3 and 3-2."""
    length: float
    """A length that does not fit."""
    ratio: float
    """Expected logarithm of source length over target length."""
    common: float
    """How much of what a segment shares with any segment of the other side does not count: 0 to 1."""
    shrink: float
    """How much evidence a similarity needs before it is believed."""
    cover: float
    """A merged segment of which the other side covers too little."""
    covered: float
    """How much of a merged segment's evidence the other side should cover."""
    border: float
    """A bead over the border of two blocks."""
    mass: float
    """How far a bead counts by its evidence rather than by its segments: 0 to 1."""
    alone: float
    """One segment without counterpart."""
    gap: float
    """The beginning of a run of them."""

    @property
    def of_types(self) -> Doubles:
        """Return the price of each bead type."""
        pair, triple, square = self.pair, self.triple, self.square
        prices = [0.0, pair, pair, triple, triple, square]
        prices += [1.5 * triple, 1.5 * triple, 1.5 * square, 1.5 * square]
        return np.array(prices)


@dataclass(frozen=True, slots=True)
class Step:
    """One bead of a path: half-open ranges on both sides."""

    source: range
    target: range


@dataclass(frozen=True, slots=True)
class Runs:
    """What is known of the runs of 1 to 4 segments: [k-1, i] is the run of k that ends with segment i."""

    norms: Doubles
    """Norm of the summed bags."""
    sizes: Doubles
    """Length in letters, plus 8: of very short segments a letter more or less says little."""
    counts: Doubles
    """Of how many segments it is made; of a long one and a short one, of hardly more than one."""
    borders: Doubles
    """How many borders of blocks lie inside."""
    common: Doubles
    """Product of the summed bags with the mean bag of the other side: what it shares with just any segment."""


@dataclass(frozen=True, slots=True)
class Table:
    """Everything the search needs about two sides."""

    source: Bags
    target: Bags
    source_runs: Runs
    target_runs: Runs
    shared: tuple[Bags, Bags]
    """Both sides without the features that only one of them has: what else the sum of two can have in common."""
    facts: tuple[Bags, Bags]
    """What one side should have as the other has it."""
    usual: float
    """Evidence of an ordinary pair: the product of typical norms."""
    vectors: Vectors | None = None
    """Sentence vectors, where words left doubt."""


def tabulate(corpus: Corpus, weights: Weights) -> Table:
    """Weigh both sides, and measure their runs."""
    source, target = corpus.weigh(weights)
    runs = _runs_of(source, target), _runs_of(target, source)
    typical = [float(side.norms[0].mean()) for side in runs]
    usual = max(typical[0] * typical[1], 1e-6)
    shared = shared_features(source, target)
    return Table(source, target, *runs, shared, corpus.facts(), usual)


def _runs_of(bags: Bags, facing: Bags) -> Runs:
    sizes, squares, borders, common = np.zeros((4, LONGEST, len(bags)))
    own = bags.size + 1.0
    shared = _with_mean(bags, facing)
    changes = np.diff(bags.block, prepend=bags.block[:1]) != 0
    for back in range(LONGEST):
        sizes[back:] += _shifted(own, back)
        squares[back:] += _shifted(own * own, back)
        common[back:] += _shifted(shared, back)
        borders[back + 1 :] += _shifted(changes, back)
    # (Σ size)² / Σ size²: the effective number of parts, as for unequal samples.
    counts = sizes**2 / np.maximum(squares, 1.0)
    return Runs(np.sqrt(_squared_norms(bags)), sizes + 8.0, counts, borders, common)


def _with_mean(bags: Bags, facing: Bags) -> Doubles:
    """Return the product of each bag with the mean of the others."""
    rows, features, weights = bags.entries(0, len(bags))
    _rows, other, other_weights = facing.entries(0, len(facing))
    width = 1 + int(max(features.max(initial=0), other.max(initial=0)))
    mean = np.bincount(other, other_weights, width) / len(facing)
    return np.asarray(np.bincount(rows, weights * mean[features], len(bags)), dtype=np.float64)


def _squared_norms(bags: Bags) -> Doubles:
    count = len(bags)
    rows, features, weights = bags.entries(0, count)
    width = int(features.max(initial=0)) + 1
    keys = rows * width + features
    order = np.argsort(keys, kind="stable")
    keys, rows, weights = keys[order], rows[order], weights[order].astype(np.float64)
    gram = np.zeros((LONGEST, count))
    gram[0] = np.bincount(rows, weights**2, count)
    for back in range(1, LONGEST):
        earlier = np.searchsorted(keys, keys - back * width)
        shared = keys[np.minimum(earlier, max(len(keys) - 1, 0))] == keys - back * width
        products = weights[shared] * weights[earlier[shared]]
        gram[back] = np.bincount(rows[shared], products, count)
    norms = np.zeros((LONGEST, count))
    norms[0] = gram[0]
    for longer in range(1, LONGEST):
        # The run gains its first segment: that one's own square, and twice its product with the others.
        own = _shifted(gram[0], longer)
        mixed = sum(_shifted(gram[k], longer - k) for k in range(1, longer + 1))
        norms[longer] = norms[longer - 1] + own + 2 * mixed
    return norms


def _shifted(values: Doubles | Floats | NDArray[np.bool_], by: int) -> Doubles:
    moved = np.zeros(len(values))
    if by < len(values):
        moved[by:] = values[: len(values) - by]
    return moved


@dataclass(frozen=True, slots=True)
class Piece:
    """A rectangle of the table that is searched on its own, from corner to corner."""

    source: range
    target: range

    @property
    def cells(self) -> int:
        """Segments of one side times segments of the other."""
        return len(self.source) * len(self.target)


def bead_scores(table: Table, prices: Prices, pieces: Sequence[Piece]) -> Floats:
    """Return [type, piece, row, column] scores of the beads that end with each pair of segments.

    Rows and columns count from each piece's corner; smaller pieces are filled up, and what stands there
    means nothing.
    """
    rows = max(len(piece.source) for piece in pieces)
    columns = max(len(piece.target) for piece in pieces)
    sources = _segments([piece.source for piece in pieces], rows)
    targets = _segments([piece.target for piece in pieces], columns)
    ends = sources, targets
    dots = _similarities(table, pieces, rows, columns)
    before = LONGEST - 1
    # What a segment shares with any segment of the other side says nothing for this one.
    half = prices.common / 2
    dots[:, before:, before:] -= _column(half * table.source_runs.common[0, sources])
    dots[:, before:, before:] -= _row(half * table.target_runs.common[0, targets])
    near = _vector_dots(table, ends)
    result = np.empty((len(TYPES), len(pieces), rows, columns), dtype=np.float32)
    paid = prices.of_types
    for index, (a, b) in enumerate(TYPES):
        total, least = _covering(table, dots, (a, b), ends)
        scores = _gain(table, prices, total, (a, b), ends)
        if least is not None:
            scores -= np.float32(prices.cover) * np.maximum(
                0, np.float32(prices.covered) - least
            )
        scores -= _column(
            prices.border * table.source_runs.borders[a - 1, sources] + paid[index]
        )
        scores -= _row(prices.border * table.target_runs.borders[b - 1, targets])
        if table.vectors is not None and near is not None:
            cells = _cells(near, (a, b), rows, columns)
            summed = np.add.reduce([cell for row in cells for cell in row])
            scores += table.vectors.gain((a, b), summed, ends, run_sizes(table, (a, b), ends))
        # No bead begins before its piece does.
        scores[:, : a - 1] = IMPOSSIBLE
        scores[:, :, : b - 1] = IMPOSSIBLE
        result[index] = scores
    return result


def _vector_dots(table: Table, ends: tuple[Ints, Ints]) -> Floats | None:
    """Return the products of sentence vectors like `_similarities`; None where there are none."""
    if table.vectors is None:
        return None
    before = np.arange(1 - LONGEST, 0)
    return table.vectors.dots(
        *(np.concatenate([np.maximum(last[:, :1] + before, 0), last], axis=1) for last in ends)
    )


def run_sizes(
    table: Table, kind: tuple[int, int], ends: tuple[Ints, Ints]
) -> tuple[Doubles, Doubles]:
    """Return the letters of both sides of the beads of one type that end with some segments."""
    (a, b), (sources, targets) = kind, ends
    source, target = table.source_runs, table.target_runs
    return source.sizes[a - 1, sources], target.sizes[b - 1, targets]


def _segments(ranges: Sequence[range], longest: int) -> Ints:
    """Return [range, place] segment numbers; ranges that are shorter repeat their last one."""
    starts = np.array([run.start for run in ranges])[:, None]
    lengths = np.array([len(run) for run in ranges])[:, None]
    result: Ints = starts + np.minimum(np.arange(longest), lengths - 1)
    return result


def _similarities(table: Table, pieces: Sequence[Piece], rows: int, columns: int) -> Floats:
    """Return [piece, row, column] dot products, with room for LONGEST-1 more rows and columns before them.

    One side is spread out, the other stays sparse: a few million additions, and no BLAS, whose threads
    cost more than they bring at this size.
    """
    before = LONGEST - 1
    result = np.zeros((len(pieces), rows + before, columns + before), dtype=np.float32)
    source, target = table.shared
    cells, features, weights = _entries(source, [piece.source for piece in pieces], rows)
    facing_cells, other, other_weights = _entries(
        target, [piece.target for piece in pieces], columns
    )
    width = 1 + int(max(features.max(initial=0), other.max(initial=0)))
    keys = (cells // rows) * width + features
    other_keys = (facing_cells // columns) * width + other
    line_of = np.full(len(pieces) * width, -1, dtype=np.int32)
    line_of[other_keys] = 0
    lines = np.flatnonzero(line_of == 0)
    line_of[lines] = np.arange(len(lines))
    matching = np.flatnonzero(line_of[keys] >= 0)
    if not len(matching):
        return result
    spread = np.zeros((len(lines), columns), dtype=np.float32)
    spread[line_of[other_keys], facing_cells % columns] = other_weights
    cells = cells[matching]
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    products = spread[line_of[keys[matching]]]
    products *= weights[matching, None]
    filled = cells[starts]
    result[filled // rows, filled % rows + before, before:] = np.add.reduceat(
        products, starts, axis=0
    )
    return result


def _entries(bags: Bags, ranges: Sequence[range], longest: int) -> tuple[Ints, Ints, Floats]:
    """Return place (range number times `longest`, plus place in the range), feature and weight of what the ranges hold."""
    lengths = np.array([len(run) for run in ranges])
    segments = spread_out(np.array([run.start for run in ranges]), lengths)
    places = spread_out(np.arange(len(ranges)) * longest, lengths)
    counts = bags.start[segments + 1] - bags.start[segments]
    entries = spread_out(bags.start[segments], counts)
    return np.repeat(places, counts), bags.feature[entries], bags.weight[entries]


def _covering(
    table: Table, dots: Floats, kind: tuple[int, int], ends: tuple[Ints, Ints]
) -> tuple[Floats, Floats | None]:
    """Return the product of the summed bags, and for a merge how much its least covered part is covered."""
    (a, b), (sources, targets) = kind, ends
    rows, columns = sources.shape[1], targets.shape[1]
    cells = _cells(dots, (a, b), rows, columns)
    total = np.add.reduce([cell for row in cells for cell in row])
    parts: list[Floats] = []
    if a > 1:
        for x, row in enumerate(cells):
            own = _column(table.source_runs.norms[0, np.maximum(sources - x, 0)] ** 2 + _TRACE)
            parts.append((np.add.reduce(row) if b > 1 else row[0]) / own)
    if b > 1:
        for y in range(b):
            own = _row(table.target_runs.norms[0, np.maximum(targets - y, 0)] ** 2 + _TRACE)
            part = [row[y] for row in cells]
            parts.append((np.add.reduce(part) if a > 1 else part[0]) / own)
    return total, np.minimum.reduce(parts) if parts else None


def _cells(dots: Floats, kind: tuple[int, int], rows: int, columns: int) -> list[list[Floats]]:
    """Return the products of each segment with each of a bead, last ones first, out of those with room before them."""
    last = LONGEST - 1
    return [
        [
            dots[:, last - x : last - x + rows, last - y : last - y + columns]
            for y in range(kind[1])
        ]
        for x in range(kind[0])
    ]


def _gain(
    table: Table, prices: Prices, dot: Floats, kind: tuple[int, int], ends: tuple[Ints, Ints]
) -> Floats:
    """Return how far similarity, less the misfit of lengths, exceeds the threshold."""
    (a, b), (sources, targets) = kind, ends
    source_norms = table.source_runs.norms[a - 1, sources]
    target_norms = table.target_runs.norms[b - 1, targets]
    # Pulled towards the threshold: of two short segments one common word would make a sure pair.
    gain = dot + np.float32(prices.shrink * prices.threshold)
    gain /= _column(source_norms) * _row(target_norms) + np.float32(prices.shrink)
    source_sizes, target_sizes = run_sizes(table, kind, ends)
    misfit = _column(np.log(source_sizes) - prices.ratio) - _row(np.log(target_sizes))
    misfit *= misfit
    # Gale and Church: the variance of a length grows with it, so its logarithm's shrinks.
    misfit *= np.minimum(_column(np.sqrt(source_sizes) / 2), _row(np.sqrt(target_sizes) / 2))
    np.minimum(misfit, 6.0, out=misfit)
    misfit *= np.float32(prices.length)
    gain -= misfit
    gain -= np.float32(prices.threshold)
    gain *= _column(
        worth(table.source_runs, (a - 1, sources), prices) / table.usual**prices.mass
    )
    gain *= _row(worth(table.target_runs, (b - 1, targets), prices))
    return gain


def worth(runs: Runs, at: tuple[int, Ints] | tuple[Ints, Ints], prices: Prices) -> Doubles:
    """Return how much some runs count, by their evidence and by their segments."""
    by_mass: Doubles = runs.norms[at] ** prices.mass
    return by_mass * runs.counts[at] ** ((1 - prices.mass) / 2)


def _column(values: Doubles) -> Floats:
    return values.astype(np.float32)[:, :, None]


def _row(values: Doubles) -> Floats:
    return values.astype(np.float32)[:, None, :]

"""The cheapest way through two texts: dynamic programming over beads, in a band around anchors.

The inner loop is one row of the table at a time in numpy: every bead type looks back at least one
source segment, so a row depends on earlier rows only, except for runs of target segments without
counterpart, which `np.maximum.accumulate` settles in one pass. That needs neither a compiler nor a
JIT, and costs about thirty array operations a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from l10n.align.evidence import Bags, Floats, Ints

Doubles = NDArray[np.float64]

TYPES = (
    *((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2)),
    *((1, 4), (4, 1), (2, 3), (3, 2)),
)
"""Bead types: source segments, target segments."""
COMMON_TYPES = TYPES[:6]
"""The types of nearly all beads, at half the price."""
LONGEST = 4
_ROWS = 64
"""Rows whose scores are computed together."""
_IMPOSSIBLE = -1e9
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
        """Give the price of each bead type."""
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
class Window:
    """Rows first+1 to last of the table, and the columns (0 to m) they may use, both ends included."""

    first: int
    last: int
    left: int
    right: int


def run_norms(bags: Bags) -> Doubles:
    """Give the squared norm of the summed bags of each 1 to 4 segments; [k-1, i] ends with segment i."""
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


def _shifted(values: Doubles, by: int) -> Doubles:
    moved = np.zeros_like(values)
    if by < len(values):
        moved[by:] = values[: len(values) - by]
    return moved


def similarities(
    source: Bags, target: Bags, rows: tuple[int, int], columns: tuple[int, int]
) -> Floats:
    """Give the dot products of some source rows with some target rows.

    One side is spread out, the other stays sparse: a few million additions a block, and no BLAS, whose
    threads cost more than they bring at this size.
    """
    result = np.zeros((rows[1] - rows[0], columns[1] - columns[0]), dtype=np.float32)
    ours, features, weights = source.entries(*rows)
    theirs, other, other_weights = target.entries(*columns)
    known = np.unique(other)
    where = np.searchsorted(known, features)
    where[where == len(known)] = 0
    kept = known[where] == features if len(known) else np.zeros(len(features), dtype=bool)
    if not kept.any():
        return result
    ours, where, weights = ours[kept], where[kept], weights[kept]
    spread = np.zeros((len(known), columns[1] - columns[0]), dtype=np.float32)
    spread[np.searchsorted(known, other), theirs] = other_weights
    starts = np.flatnonzero(np.diff(ours, prepend=-1))
    result[ours[starts]] = np.add.reduceat(spread[where] * weights[:, None], starts, axis=0)
    return result


@dataclass(frozen=True, slots=True)
class Table:
    """Everything the search needs about two sides."""

    source: Bags
    target: Bags
    source_norms: Doubles
    target_norms: Doubles
    windows: tuple[Window, ...]
    usual: float
    """Evidence of an ordinary pair: the product of typical norms."""
    types: tuple[tuple[int, int], ...] = TYPES
    """Bead types to look for: the first ones of TYPES."""

    def scores(self, window: Window, prices: Prices) -> Floats:
        """Give [type, row, column] scores of the beads that end at each node of a window."""
        rows, width = window.last - window.first, window.right - window.left + 1
        above = min(LONGEST - 1, window.first)
        leftward = min(LONGEST, window.left)
        dots = np.zeros((rows + LONGEST - 1, width + LONGEST), dtype=np.float32)
        if window.right > window.left - leftward:
            dots[LONGEST - 1 - above :, LONGEST + 1 - leftward :] = similarities(
                self.source, self.target,
                (window.first - above, window.last), (window.left - leftward, window.right),
            )  # fmt: skip
        sizes = (_run_sizes(self.source.size), _run_sizes(self.target.size))
        result = np.empty((len(self.types), rows, width), dtype=np.float32)
        for index, (a, b) in enumerate(self.types):
            dot, least = self._dots(dots, (a, b), window)
            result[index] = self._gain(dot, (a, b), window, sizes, prices)
            result[index] -= np.float32(prices.of_types[index])
            result[index] -= prices.border * self._borders((a, b), window)
            if least is not None:
                result[index] -= np.float32(prices.cover) * np.maximum(
                    0, np.float32(prices.covered) - least
                )
            result[index, :, : max(0, b - window.left)] = _IMPOSSIBLE
            result[index, : max(0, a - 1 - window.first)] = _IMPOSSIBLE
        return result

    def _dots(
        self, dots: Floats, kind: tuple[int, int], window: Window
    ) -> tuple[Floats, Floats | None]:
        """Give the product of the summed bags, and for a merge how much its least covered part is covered."""
        a, b = kind
        rows, width = window.last - window.first, window.right - window.left + 1
        cells = np.stack(
            [
                [
                    dots[
                        LONGEST - 1 - x : LONGEST - 1 - x + rows,
                        LONGEST - y : LONGEST - y + width,
                    ]
                    for y in range(b)
                ]
                for x in range(a)
            ]
        )
        total = cells.sum(axis=(0, 1))
        parts: list[Floats] = []
        if a > 1:
            own = [
                _shifted(self.source_norms[0], x)[window.first : window.last] for x in range(a)
            ]
            parts += [cells[x].sum(axis=0) / _column(own[x] + _TRACE) for x in range(a)]
        if b > 1:
            at = np.maximum(np.arange(window.left, window.right + 1) - 1, 0)
            own = [_shifted(self.target_norms[0], y)[at] for y in range(b)]
            parts += [cells[:, y].sum(axis=0) / _row(own[y] + _TRACE) for y in range(b)]
        return total, np.minimum.reduce(parts) if parts else None

    def _borders(self, kind: tuple[int, int], window: Window) -> Floats:
        """Give how many borders of blocks the beads of a kind reach over."""
        at = np.maximum(np.arange(window.left, window.right + 1) - 1, 0)
        rows = slice(window.first, window.last)
        return _column(_crossings(self.source.block, kind[0])[rows]) + _row(
            _crossings(self.target.block, kind[1])[at]
        )

    def _gain(
        self,
        dot: Floats,
        kind: tuple[int, int],
        window: Window,
        sizes: tuple[Doubles, Doubles],
        prices: Prices,
    ) -> Floats:
        """Give how far similarity, less the misfit of lengths, exceeds the threshold."""
        a, b = kind
        rows = slice(window.first, window.last)
        at = np.maximum(np.arange(window.left, window.right + 1) - 1, 0)
        norms = _column(np.sqrt(self.source_norms[a - 1, rows])) * _row(
            np.sqrt(self.target_norms[b - 1, at])
        )
        similarity = (dot + prices.shrink * prices.threshold) / (norms + prices.shrink)
        one, two = sizes[0][a - 1, rows] + 8.0, sizes[1][b - 1, at] + 8.0
        off = _column(np.log(one) - prices.ratio) - _row(np.log(two))
        misfit = off * off * np.minimum(_column(np.sqrt(one) / 2), _row(np.sqrt(two) / 2))
        np.minimum(misfit, 6.0, out=misfit)
        gain = similarity - prices.threshold - prices.length * misfit
        gain *= np.float32(((a + b) / 2.0) ** (1 - prices.mass))
        gain *= (norms / np.float32(self.usual)) ** np.float32(prices.mass)
        return gain.astype(np.float32, copy=False)


def _column(values: Doubles) -> Floats:
    return values.astype(np.float32)[:, None]


def _row(values: Doubles) -> Floats:
    return values.astype(np.float32)[None, :]


def _crossings(blocks: Ints, length: int) -> Doubles:
    """Give how many borders lie inside the run of so many segments that ends with each one."""
    changes = np.zeros(len(blocks))
    changes[1:] = blocks[1:] != blocks[:-1]
    inside = np.zeros(len(blocks))
    for back in range(length - 1):
        inside += _shifted(changes, back)
    return inside


def _run_sizes(sizes: Floats) -> Doubles:
    total = np.zeros((LONGEST, len(sizes)))
    for longer in range(LONGEST):
        total[longer] = _shifted(sizes.astype(np.float64), longer) + (
            total[longer - 1] if longer else 0
        )
    return total


def best_path(table: Table, prices: Prices) -> list[Step]:
    """Give the best sequence of beads; every segment stands in exactly one."""
    n, m = len(table.source), len(table.target)
    if not n or not m:
        return [Step(range(i, i + 1), range(0)) for i in range(n)] + [
            Step(range(0), range(j, j + 1)) for j in range(m)
        ]
    trace = [_Trace(window) for window in table.windows]
    _fill(table, prices, trace, m)
    return _walk_back(trace, n, m)


class _Trace:
    """Where each node of a window was best reached from."""

    def __init__(self, window: Window) -> None:
        self.window = window
        shape = (window.last - window.first, window.right - window.left + 1)
        self.type = np.zeros(shape, dtype=np.uint8)
        """Index of the bead type that ends here."""
        self.is_gap = np.zeros(shape, dtype=bool)
        """A run of lone segments ends here and beats every bead."""
        self.gap = np.zeros(shape, dtype=np.uint8)
        """How the run came: bit 0 it had begun before, bit 1 over a target segment."""


def _fill(table: Table, prices: Prices, trace: Sequence[_Trace], m: int) -> None:
    pad = LONGEST
    keep = LONGEST + 1
    best = np.full((keep, m + 1 + pad), _IMPOSSIBLE)
    used: list[tuple[int, int]] = [(0, 0)] * keep
    beads = np.full((2, m + 1), _IMPOSSIBLE)
    gaps = np.full((2, m + 1), _IMPOSSIBLE)
    first_right = table.windows[0].right
    beads[0, 0] = 0.0
    gaps[0, 1 : first_right + 1] = -prices.gap - prices.alone * np.arange(1, first_right + 1)
    best[0, pad : pad + first_right + 1] = np.maximum(beads[0], gaps[0])[: first_right + 1]
    used[0] = (0, first_right + 1)
    behind = [pad - b for _a, b in table.types]
    for part in trace:
        window = part.window
        scores = table.scores(window, prices)
        left, right = window.left, window.right + 1
        slope = prices.alone * np.arange(right - left)
        candidates = np.empty((len(table.types), right - left))
        for i in range(window.first + 1, window.last + 1):
            row = i - window.first - 1
            now, before = i % 2, (i - 1) % 2
            for t, (a, _b) in enumerate(table.types):
                if a <= i:
                    np.add(
                        best[(i - a) % keep, behind[t] + left : behind[t] + right],
                        scores[t, row],
                        out=candidates[t],
                    )
                else:
                    candidates[t] = _IMPOSSIBLE
            part.type[row] = candidates.argmax(axis=0)
            ends = candidates.max(axis=0)
            opened = beads[before, left:right] - prices.gap
            continued = gaps[before, left:right]
            down = np.maximum(opened, continued) - prices.alone
            entry = np.maximum(ends - prices.gap, down)
            across = np.full(right - left, _IMPOSSIBLE)
            across[1:] = np.maximum.accumulate(entry + slope)[:-1] - slope[1:]
            lone = np.maximum(down, across)
            sideways = across > down
            code = (continued > opened).astype(np.uint8)
            code[sideways] = 2
            code[1:][sideways[1:]] += (
                lone[:-1][sideways[1:]] > (ends - prices.gap)[:-1][sideways[1:]]
            )
            part.gap[row] = code
            part.is_gap[row] = lone > ends
            beads[now].fill(_IMPOSSIBLE)
            gaps[now].fill(_IMPOSSIBLE)
            beads[now, left:right] = ends
            gaps[now, left:right] = lone
            slot = best[i % keep]
            slot[pad + used[i % keep][0] : pad + used[i % keep][1]] = _IMPOSSIBLE
            np.maximum(ends, lone, out=slot[pad + left : pad + right])
            used[i % keep] = (left, right)


def _walk_back(trace: Sequence[_Trace], n: int, m: int) -> list[Step]:
    steps: list[Step] = []
    i, j, part = n, m, len(trace) - 1
    in_gap: bool | None = None
    while i > 0:
        while i <= trace[part].window.first:
            part -= 1
        here = trace[part]
        row, column = i - here.window.first - 1, j - here.window.left
        if in_gap is None:
            in_gap = bool(here.is_gap[row, column])
        if in_gap:
            code = int(here.gap[row, column])
            if code & 2:
                steps.append(Step(range(i, i), range(j - 1, j)))
                j -= 1
            else:
                steps.append(Step(range(i - 1, i), range(j, j)))
                i -= 1
            in_gap = bool(code & 1)
            continue
        a, b = TYPES[here.type[row, column]]
        steps.append(Step(range(i - a, i), range(j - b, j)))
        i, j, in_gap = i - a, j - b, None
    steps.extend(Step(range(0), range(k - 1, k)) for k in range(j, 0, -1))
    return steps[::-1]


def whole(n: int, m: int) -> tuple[Window, ...]:
    """Give windows that cover the whole table."""
    return tuple(Window(first, min(n, first + _ROWS), 0, m) for first in range(0, n, _ROWS))


def banded(source: Bags, target: Bags, *, margin: int, least: float) -> tuple[Window, ...]:
    """Give windows along the chain of anchors, wider where anchors are far apart."""
    n, m = len(source), len(target)
    chain = [(0.0, 0.0), *((i + 0.5, j + 0.5) for i, j in _anchors(source, target, least))]
    chain.append((float(n), float(m)))
    xs, ys = np.array(chain).T
    nodes = np.arange(n + 1)
    middle = np.interp(nodes, xs, ys)
    after = np.searchsorted(xs, nodes, side="right").clip(1, len(xs) - 1)
    slack = margin + np.maximum(xs[after] - xs[after - 1], ys[after] - ys[after - 1])
    low = np.maximum(0, np.floor(middle - slack)).astype(int)
    high = np.minimum(m, np.ceil(middle + slack)).astype(int)
    windows = []
    for first in range(0, n, _ROWS):
        last = min(n, first + _ROWS)
        left, right = int(low[first : last + 1].min()), int(high[first : last + 1].max())
        windows.append(
            Window(first, last, 0 if first == 0 else left, m if last == n else right)
        )
    return tuple(windows)


def _anchors(source: Bags, target: Bags, least: float) -> list[tuple[int, int]]:
    """Give mutually best pairs by rare features that form the heaviest increasing chain."""
    rows, columns, weights = rare_pairs(source, target)
    if not len(rows):
        return []
    keys, where = np.unique(rows * len(target) + columns, return_inverse=True)
    summed = np.bincount(where.ravel(), weights=weights)
    rows, columns = keys // len(target), keys % len(target)
    cosine = summed / np.sqrt(_own_norms(source)[rows] * _own_norms(target)[columns])
    forward = _best_of_each(rows, cosine)
    backward = _best_of_each(columns, cosine)
    good = np.intersect1d(forward, backward)
    good = good[cosine[good] >= least]
    return _heaviest_chain(rows[good], columns[good], cosine[good])


def rare_pairs(source: Bags, target: Bags, most: int = 8) -> tuple[Ints, Ints, Doubles]:
    """Give (row, row, product) for every feature that few rows of either side have."""
    count = 1 + int(max(source.feature.max(initial=0), target.feature.max(initial=0)))
    seen = [np.bincount(bags.feature, minlength=count) for bags in (source, target)]
    rare = (seen[0] > 0) & (seen[1] > 0) & (seen[0] <= most) & (seen[1] <= most)
    columns: list[tuple[Ints, Ints, Floats]] = []
    for bags in (source, target):
        rows, features, weights = bags.entries(0, len(bags))
        kept = rare[features]
        order = np.argsort(features[kept], kind="stable")
        columns.append((rows[kept][order], features[kept][order], weights[kept][order]))
    (r1, f1, w1), (r2, f2, w2) = columns
    begin = np.searchsorted(f2, f1, side="left")
    many = np.searchsorted(f2, f1, side="right") - begin
    left = np.repeat(np.arange(len(f1)), many)
    inside = np.arange(len(left)) - np.repeat(np.cumsum(many) - many, many)
    right = np.repeat(begin, many) + inside
    return r1[left], r2[right], w1[left].astype(np.float64) * w2[right]


def _own_norms(bags: Bags) -> Doubles:
    rows, _features, weights = bags.entries(0, len(bags))
    squares = weights.astype(np.float64) ** 2
    return np.asarray(np.bincount(rows, squares, len(bags)) + 1e-9, dtype=np.float64)


def _best_of_each(groups: Ints, values: Doubles) -> Ints:
    order = np.lexsort((-values, groups))
    first = np.ones(len(order), dtype=bool)
    first[1:] = groups[order][1:] != groups[order][:-1]
    return order[first]


def _heaviest_chain(rows: Ints, columns: Ints, weights: Doubles) -> list[tuple[int, int]]:
    """Give the increasing chain of greatest weight; rows are sorted, and no row or column recurs."""
    size = int(columns.max(initial=0)) + 2
    heaviest = [(0.0, -1)] * (size + 1)
    totals: list[float] = []
    before: list[int] = []
    for index, (column, weight) in enumerate(
        zip(columns.tolist(), weights.tolist(), strict=True)
    ):
        reach = (0.0, -1)
        at = column
        while at > 0:
            reach = max(reach, heaviest[at])
            at -= at & -at
        totals.append(reach[0] + weight)
        before.append(reach[1])
        at = column + 1
        while at <= size:
            heaviest[at] = max(heaviest[at], (totals[index], index))
            at += at & -at
    if not totals:
        return []
    chain = []
    at = max(range(len(totals)), key=totals.__getitem__)
    while at >= 0:
        chain.append((int(rows[at]), int(columns[at])))
        at = before[at]
    return chain[::-1]


@dataclass(frozen=True, slots=True)
class Fits:
    """How well each of some beads fits, one value a bead."""

    similarity: Doubles
    """Cosine, shrunk towards the threshold where there is little evidence."""
    mass: Doubles
    """How much evidence there is: the product of both norms."""
    misfit: Doubles
    """How badly the lengths fit, 0 to 6."""
    gain: Doubles
    """What the search counted for the bead."""


def judge(table: Table, steps: Sequence[Step], prices: Prices) -> Fits:
    """Weigh beads one by one, wherever they stand; both sides of each must hold something."""
    keys, sums, norms = [], [], []
    width = 1 + int(
        max(table.source.feature.max(initial=0), table.target.feature.max(initial=0))
    )
    for bags, ranges in (
        (table.source, [step.source for step in steps]),
        (table.target, [step.target for step in steps]),
    ):
        bead_of = np.full(len(bags) + 1, -1)
        for bead, segments in enumerate(ranges):
            bead_of[segments.start : segments.stop] = bead
        rows, features, weights = bags.entries(0, len(bags))
        kept = bead_of[rows] >= 0
        key, where = np.unique(
            bead_of[rows[kept]] * width + features[kept], return_inverse=True
        )
        summed = np.bincount(where.ravel(), weights=weights[kept], minlength=len(key))
        keys.append(key)
        sums.append(summed)
        norms.append(np.bincount(key // width, weights=summed**2, minlength=len(steps)))
    shared, one, two = np.intersect1d(keys[0], keys[1], assume_unique=True, return_indices=True)
    dots = np.bincount(
        shared // width, weights=sums[0][one] * sums[1][two], minlength=len(steps)
    )
    mass = np.sqrt(norms[0] * norms[1])
    similarity = (dots + prices.shrink * prices.threshold) / (mass + prices.shrink)
    sizes = [
        np.array([bags.size[r.start : r.stop].sum() for r in ranges], dtype=np.float64) + 8.0
        for bags, ranges in (
            (table.source, [step.source for step in steps]),
            (table.target, [step.target for step in steps]),
        )
    ]
    off = np.log(sizes[0]) - np.log(sizes[1]) - prices.ratio
    misfit = np.minimum(off * off * np.sqrt(np.minimum(*sizes)) / 2.0, 6.0)
    counts = np.array([(len(step.source), len(step.target)) for step in steps]).reshape(-1, 2)
    price = {kind: prices.of_types[index] for index, kind in enumerate(TYPES)}
    paid = np.array([price[a, b] for a, b in counts.tolist()])
    share = (counts.sum(axis=1) / 2) ** (1 - prices.mass) * (mass / table.usual) ** prices.mass
    crossed = sum(
        np.array([len(set(bags.block[r.start : r.stop].tolist())) - 1 for r in ranges])
        for bags, ranges in (
            (table.source, [step.source for step in steps]),
            (table.target, [step.target for step in steps]),
        )
    )
    paid = paid + prices.border * crossed
    gain = (similarity - prices.threshold - prices.length * misfit) * share - paid
    return Fits(similarity, mass, misfit, gain)


def part_of(table: Table, source: range, target: range) -> Table:
    """Give the table of some segments of both sides, to be searched on its own."""
    one, two = _cut(table.source, source), _cut(table.target, target)
    return Table(
        one, two, run_norms(one), run_norms(two), whole(len(one), len(two)), table.usual
    )


def usual_mass(source_norms: Doubles, target_norms: Doubles) -> float:
    """Give the evidence that an ordinary pair of segments has."""
    one, two = (float(np.sqrt(norms[0]).mean()) for norms in (source_norms, target_norms))
    return max(one * two, 1e-6)


def _cut(bags: Bags, rows: range) -> Bags:
    start = bags.start[rows.start : rows.stop + 1]
    inside = slice(int(start[0]), int(start[-1]))
    return Bags(
        start - start[0],
        bags.feature[inside],
        bags.weight[inside],
        bags.size[rows.start : rows.stop],
        bags.block[rows.start : rows.stop],
    )


def lone_runs(steps: Sequence[Step]) -> Iterator[tuple[int, int]]:
    """Give (source, target) counts of each run of lone segments between two beads."""
    s = t = 0
    for step in steps:
        if step.source and step.target:
            yield s, t
            s = t = 0
        else:
            s += len(step.source)
            t += len(step.target)
    yield s, t

"""Where a long table can be cut: pairs of segments that share what hardly any others have."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from l10n.align.bags import Bags, Doubles, Ints, spread_out
from l10n.align.scoring import Piece, Table

WHOLE = 160_000
"""Cells up to which a table is searched whole."""
_LARGE = 16_000
"""Cells between two cuts from which on what is rare there is asked again."""
_ROWS = 48
"""Source segments between two cuts, about."""
_SURE = 0.5
"""Cosine by rare features from which a pair of segments is cut at."""
_TRACE = 1e-9
"""Added to a product of norms before dividing by it."""
_RARE = 8
"""Segments of either side that may share a rare feature."""


def cut_table(table: Table) -> list[Piece]:
    """Return pieces in order that cover both sides; between them lies the border before a sure pair."""
    n, m = len(table.source), len(table.target)
    if n * m <= WHOLE:
        return [Piece(range(n), range(m))]
    pieces: list[Piece] = []
    corners = [*_corners(table, Piece(range(n), range(m))), (n, m)]
    i = j = 0
    for row, column in corners:
        pieces += _forced(Piece(range(i, row), range(j, column)))
        i, j = row, column
    return pieces


def _corners(table: Table, piece: Piece) -> list[tuple[int, int]]:
    """Return where to cut a piece, the surest pair of each stretch of rows; large rests are searched again."""
    anchors = _anchors(table, piece)
    cuts: list[tuple[int, int]] = []
    stretch: list[tuple[int, int, float]] = []
    for anchor in anchors:
        if stretch and anchor[0] - stretch[0][0] >= _ROWS:
            cuts.append(max(stretch, key=lambda a: a[2])[:2])
            stretch = []
        stretch.append(anchor)
    if stretch:
        cuts.append(max(stretch, key=lambda a: a[2])[:2])
    # Texts without rare words in common: `_forced` cuts them blindly.
    if not cuts:
        return []
    corners: list[tuple[int, int]] = []
    i, j = piece.source.start, piece.target.start
    for row, column in [*cuts, (piece.source.stop, piece.target.stop)]:
        between = Piece(range(i, row), range(j, column))
        if _LARGE < between.cells < piece.cells:
            corners += _corners(table, between)
        corners.append((row, column))
        i, j = row, column
    return corners[:-1]


def _forced(piece: Piece) -> Iterator[Piece]:
    """Cut a piece without anchors that is too large to be searched, along its diagonal."""
    parts = -(-piece.cells // (4 * WHOLE)) if piece.cells > 4 * WHOLE else 1
    for part in range(parts):
        yield Piece(_share(piece.source, part, parts), _share(piece.target, part, parts))


def _share(run: range, part: int, parts: int) -> range:
    return range(
        run.start + len(run) * part // parts, run.start + len(run) * (part + 1) // parts
    )


def _anchors(table: Table, piece: Piece) -> list[tuple[int, int, float]]:
    """Return mutually best pairs by rare features that form the heaviest increasing chain, and their cosine."""
    rows, columns, weights = rare_pairs(*table.shared, piece)
    if not len(rows):
        return []
    width = len(table.target)
    keys, where = np.unique(rows * width + columns, return_inverse=True)
    summed = np.bincount(where.ravel(), weights=weights)
    rows, columns = keys // width, keys % width
    # Of all features, not of the rare ones alone: one rare word does not make two long texts alike.
    norms = table.source_runs.norms[0, rows] * table.target_runs.norms[0, columns]
    cosine = summed / (norms + _TRACE)
    forward = _best_of_each(rows, cosine)
    backward = _best_of_each(columns, cosine)
    good = np.intersect1d(forward, backward)
    good = good[cosine[good] >= _SURE]
    # Moved blocks have sure pairs, too, but out of order: a cut there would lose all between.
    chain = _heaviest_chain(columns[good], cosine[good])
    links = good[chain]
    return list(
        zip(rows[links].tolist(), columns[links].tolist(), cosine[links].tolist(), strict=True)
    )


def rare_pairs(source: Bags, target: Bags, piece: Piece) -> tuple[Ints, Ints, Doubles]:
    """Return (row, row, product) for every feature that few rows of either side of a piece have."""
    sides = []
    for bags, rows in ((source, piece.source), (target, piece.target)):
        at, features, weights = bags.entries(rows.start, rows.stop)
        order = np.argsort(features, kind="stable")
        sides.append((at[order] + rows.start, features[order], weights[order]))
    count = 1 + max(int(features.max(initial=0)) for _at, features, _weights in sides)
    counts = [np.bincount(features, minlength=count) for _at, features, _weights in sides]
    rare = (counts[0] > 0) & (counts[1] > 0) & (counts[0] <= _RARE) & (counts[1] <= _RARE)
    (r1, f1, w1), (r2, _f2, w2) = sides
    begin = np.cumsum(counts[1]) - counts[1]
    left = np.flatnonzero(rare[f1])
    facing = counts[1][f1[left]]
    right = spread_out(begin[f1[left]], facing)
    left = np.repeat(left, facing)
    return r1[left], r2[right], w1[left].astype(np.float64) * w2[right]


def _best_of_each(groups: Ints, values: Doubles) -> Ints:
    order = np.lexsort((-values, groups))
    first = np.ones(len(order), dtype=bool)
    first[1:] = groups[order][1:] != groups[order][:-1]
    return order[first]


def _heaviest_chain(columns: Ints, weights: Doubles) -> list[int]:
    """Return the places of the increasing chain of greatest weight; no column recurs."""
    size = int(columns.max(initial=0)) + 2
    heaviest = [(0.0, -1)] * (size + 1)
    totals: list[float] = []
    before: list[int] = []
    for index, (column, weight) in enumerate(
        zip(columns.tolist(), weights.tolist(), strict=True)
    ):
        reach = (0.0, -1)
        at = column
        # A Fenwick tree of maxima over columns: the best chain that ends left of this one.
        while at > 0:
            reach = max(reach, heaviest[at])
            at -= at & -at
        totals.append(reach[0] + weight)
        before.append(reach[1])
        at = column + 1
        while at <= size:
            heaviest[at] = max(heaviest[at], (totals[index], index))
            at += at & -at
    chain: list[int] = []
    at = max(range(len(totals)), key=totals.__getitem__, default=-1)
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]

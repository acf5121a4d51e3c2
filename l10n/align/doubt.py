"""A second look where words leave doubt: which stretches of a path, and the same search with vectors there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from l10n.align.bags import Doubles
from l10n.align.calibration import describe, probabilities
from l10n.align.encoders import Encode
from l10n.align.scoring import LONGEST, Piece, Prices, Step, Table
from l10n.align.search import best_paths
from l10n.align.tuned import Settings
from l10n.align.vectors import Vectors, place_vectors

SURE = 0.95
"""Beads that score less are doubtful, and all lone segments."""
AROUND = 2
"""So many beads on either side of a doubtful one are looked at again with it."""
_LONGEST = 160
"""Beads of one stretch; longer ones are cut where they are surest."""
_CROWD = 60
"""Stretches are put together until they have so many segments, to tell how crowded it is around each."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some steps of a path, and the rectangle of the table that they cross."""

    steps: range
    piece: Piece


def look_again(
    table: Table,
    prices: Prices,
    steps: Sequence[Step],
    settings: Settings,
    *,
    texts: tuple[Sequence[str], Sequence[str]],
    encode: Encode,
) -> tuple[Table, list[Step]]:
    """Return the table with the vectors of what a path leaves in doubt, and a path that heeds them."""
    scores = probabilities(
        describe(
            table,
            prices,
            [(step, False) for step in steps],
            settings.borders,
            settings.joints,
            answers={},
        ),
        settings.calibration,
    )
    stretches = doubtful_stretches(steps, scores)
    if not stretches:
        return table, list(steps)
    table = replace(table, vectors=encode_stretches(texts, stretches, encode))
    return table, search_again(table, prices, steps, stretches)


def doubtful_stretches(steps: Sequence[Step], scores: Doubles) -> list[Stretch]:
    """Return what should be looked at again: beads that score low, lone segments, and their neighbours."""
    marked = np.zeros(len(steps) + 2 * AROUND, dtype=bool)
    low = np.flatnonzero(scores < SURE)
    for by in range(2 * AROUND + 1):
        marked[low + by] = True
    edges = np.flatnonzero(
        np.diff(marked[AROUND : AROUND + len(steps)], prepend=False, append=False)
    )
    spans = [
        part
        for begin, end in edges.reshape(-1, 2).tolist()
        for part in _cut(range(begin, end), scores)
    ]
    stretches = [Stretch(span, _crossed(steps[span.start : span.stop])) for span in spans]
    return [stretch for stretch in stretches if stretch.piece.cells]


def _cut(span: range, scores: Doubles) -> list[range]:
    if len(span) <= _LONGEST:
        return [span]
    # Not near the ends, or one half would be nothing but edge.
    quarter = len(span) // 4
    middle = range(span.start + quarter, span.stop - quarter)
    at = max(middle, key=lambda step: float(scores[step]))
    return _cut(range(span.start, at), scores) + _cut(range(at, span.stop), scores)


def _crossed(steps: Sequence[Step]) -> Piece:
    first, last = steps[0], steps[-1]
    return Piece(
        range(first.source.start, last.source.stop), range(first.target.start, last.target.stop)
    )


def encode_stretches(
    texts: tuple[Sequence[str], Sequence[str]], stretches: Sequence[Stretch], encode: Encode
) -> Vectors:
    """Return the vectors of the segments in some stretches."""
    encoded = [
        [i for stretch in stretches for i in stretch.piece.source],
        [j for stretch in stretches for j in stretch.piece.target],
    ]
    rows = encode(
        [side[i] for side, segments in zip(texts, encoded, strict=True) for i in segments]
    )
    places, sizes = [], []
    for side, segments in zip(texts, encoded, strict=True):
        place = np.full(len(side), -1, dtype=np.int64)
        place[segments] = np.arange(len(segments))
        places.append(place)
        sizes.append(np.array([max(len(text), 8) for text in side], dtype=np.float32))
    return place_vectors(
        (rows[: len(encoded[0])], rows[len(encoded[0]) :]),
        (places[0], places[1]),
        (sizes[0], sizes[1]),
        list(_neighbourhoods(stretches)),
        LONGEST,
    )


def _neighbourhoods(stretches: Sequence[Stretch]) -> Iterator[tuple[range, range]]:
    """Yield ranges of encoded segments that stand near each other."""
    begin, end = [0, 0], [0, 0]
    for number, stretch in enumerate(stretches, 1):
        end = [end[0] + len(stretch.piece.source), end[1] + len(stretch.piece.target)]
        enough = min(end[0] - begin[0], end[1] - begin[1]) >= _CROWD
        if enough or number == len(stretches):
            yield range(begin[0], end[0]), range(begin[1], end[1])
            begin = end


def search_again(
    table: Table, prices: Prices, steps: Sequence[Step], stretches: Sequence[Stretch]
) -> list[Step]:
    """Return a path that is searched again in some stretches, with what the table now knows of them."""
    paths = best_paths(table, prices, [stretch.piece for stretch in stretches])
    path: list[Step] = []
    passed = 0
    for stretch, new in zip(stretches, paths, strict=True):
        path += [*steps[passed : stretch.steps.start], *new]
        passed = stretch.steps.stop
    return [*path, *steps[passed:]]

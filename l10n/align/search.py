"""The cheapest way through two texts: dynamic programming over beads.

Many pieces of the table are searched at once, one row of all of them at a time, in numpy: every bead
type looks back at least one source segment, so a row depends on earlier rows only, except for runs of
target segments without counterpart, which `np.maximum.accumulate` settles in one pass. That needs
neither a compiler nor a JIT, and costs about thirty array operations a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from l10n.align.scoring import (
    IMPOSSIBLE,
    LONGEST,
    TYPES,
    Piece,
    Prices,
    Step,
    Table,
    bead_scores,
)

_CELLS = 200_000
"""Cells that are searched together: what fits into a processor's cache, times the bead types."""
_FILLED = 1.5
"""Cells that are searched together for one that there is: smaller pieces are filled up to the largest."""
_FEW = 4000
"""Cells up to which filling up costs less than another search."""
_TOGETHER = 256
"""Pieces that are searched together: of thousands of small ones a table of every feature for each would be most of the memory."""
_GAP, _ACROSS, _BEGUN = 16, 32, 64
"""Bits of a trace: a run of lone segments ends here; over a target segment; it had begun before."""


def best_paths(table: Table, prices: Prices, pieces: Sequence[Piece]) -> list[list[Step]]:
    """Return the best sequence of beads through each piece; every segment stands in exactly one."""
    paths: list[list[Step]] = [[] for _piece in pieces]
    for batch in _batches(pieces):
        together = [pieces[index] for index in batch]
        trace = _fill(table, prices, together)
        for place, (index, piece) in enumerate(zip(batch, together, strict=True)):
            paths[index] = _walk_back(trace[:, place], piece)
    for path, piece in zip(paths, pieces, strict=True):
        if not piece.cells:
            path += [Step(range(i, i + 1), range(0)) for i in piece.source]
            path += [Step(range(0), range(j, j + 1)) for j in piece.target]
    return paths


def _batches(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """Group pieces of like height and width, as many as fit."""
    shapes = [(len(piece.source), len(piece.target)) for piece in pieces]
    order = sorted((k for k, piece in enumerate(pieces) if piece.cells), key=shapes.__getitem__)
    batch: list[int] = []
    rows = columns = cells = 0
    for index in order:
        height, width = max(rows, shapes[index][0]), max(columns, shapes[index][1])
        filled = height * width * (len(batch) + 1)
        cells += pieces[index].cells
        is_wasteful = filled > _FILLED * cells + _FEW
        if batch and (filled > _CELLS or is_wasteful or len(batch) == _TOGETHER):
            yield batch
            batch, height, width, cells = [], *shapes[index], pieces[index].cells
        batch.append(index)
        rows, columns = height, width
    if batch:
        yield batch


def _fill(table: Table, prices: Prices, pieces: Sequence[Piece]) -> NDArray[np.uint8]:
    """Return [row, piece, column] of how each node was best reached: index of the bead type, and bits.

    Node (i, j) lies behind the first i source and the first j target segments of its piece.
    """
    scores = bead_scores(table, prices, pieces)
    _types, count, rows, columns = scores.shape
    keep = LONGEST + 1
    best = np.full((keep, count, LONGEST + columns), IMPOSSIBLE)
    """Best of each node of the last rows; node j at LONGEST - 1 + j."""
    beads = np.full((count, columns + 1), IMPOSSIBLE)
    lone = np.full((count, columns + 1), IMPOSSIBLE)
    beads[:, 0] = 0.0
    lone[:, 1:] = -prices.gap - prices.alone * np.arange(1, columns + 1)
    best[0, :, LONGEST - 1 :] = np.maximum(beads, lone)
    slope = prices.alone * np.arange(columns + 1)
    candidates = np.empty((len(TYPES), count, columns))
    trace = np.zeros((rows + 1, count, columns + 1), dtype=np.uint8)
    for i in range(1, rows + 1):
        for t, (a, b) in enumerate(TYPES):
            # `best` is a ring of the last rows: one before the first would be read from its end.
            if a > i:
                candidates[t] = IMPOSSIBLE
            else:
                before = best[(i - a) % keep, :, LONGEST - b : LONGEST - b + columns]
                np.add(before, scores[t, :, i - 1], out=candidates[t])
        ends = np.full((count, columns + 1), IMPOSSIBLE)
        ends[:, 1:] = candidates.max(axis=0)
        codes = trace[i]
        codes[:, 1:] = candidates.argmax(axis=0)
        # A run of lone segments pays its gap once; which node it began in, the trace remembers.
        opened = beads - prices.gap
        down = np.maximum(opened, lone) - prices.alone
        codes += (lone > opened).view(np.uint8) * np.uint8(_BEGUN)
        fresh = ends - prices.gap
        across = np.full((count, columns + 1), IMPOSSIBLE)
        across[:, 1:] = (
            np.maximum.accumulate(np.maximum(fresh, down) + slope, axis=1)[:, :-1] - slope[1:]
        )
        lone = np.maximum(down, across)
        sideways = across > down
        begun = np.zeros((count, columns + 1), dtype=bool)
        begun[:, 1:] = lone[:, :-1] > fresh[:, :-1]
        codes[sideways] &= ~np.uint8(_BEGUN)
        codes += (sideways & begun).view(np.uint8) * np.uint8(_BEGUN)
        codes += sideways.view(np.uint8) * np.uint8(_ACROSS)
        codes += (lone > ends).view(np.uint8) * np.uint8(_GAP)
        beads = ends
        np.maximum(ends, lone, out=best[i % keep, :, LONGEST - 1 :])
    return trace


def _walk_back(trace: NDArray[np.uint8], piece: Piece) -> list[Step]:
    """Return the path that ends in the far corner of a piece."""
    steps: list[Step] = []
    top, left = piece.source.start, piece.target.start
    i, j = len(piece.source), len(piece.target)
    in_gap: bool | None = None
    while i > 0:
        code = int(trace[i, j])
        if in_gap is None:
            in_gap = bool(code & _GAP)
        if in_gap:
            if code & _ACROSS:
                steps.append(Step(range(top + i, top + i), range(left + j - 1, left + j)))
                j -= 1
            else:
                steps.append(Step(range(top + i - 1, top + i), range(left + j, left + j)))
                i -= 1
            in_gap = bool(code & _BEGUN)
            continue
        a, b = TYPES[code & 15]
        steps.append(Step(range(top + i - a, top + i), range(left + j - b, left + j)))
        i, j, in_gap = i - a, j - b, None
    steps.extend(Step(range(top, top), range(left + k - 1, left + k)) for k in range(j, 0, -1))
    return steps[::-1]

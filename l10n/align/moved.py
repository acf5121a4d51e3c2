"""Blocks that moved: beads between segments that a path left alone."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.align.anchors import rare_pairs
from l10n.align.judging import judge
from l10n.align.scoring import Piece, Prices, Step, Table
from l10n.align.search import best_paths
from l10n.align.tuned import Settings


def find_moved(
    table: Table, prices: Prices, steps: Sequence[Step], settings: Settings
) -> tuple[list[Step], list[Step]]:
    """Return beads between segments that a path left alone: blocks that stand elsewhere in the other text.

    Each run of lone source segments is searched against each run of lone target segments; the pair of
    runs that gains most is taken first, and what is left of both is searched again.
    """
    doubted = _doubted(table, prices, steps, settings.weak)
    sources = _runs([step.source for step in steps if not step.target or step in doubted])
    targets = _runs([step.target for step in steps if not step.source or step in doubted])
    facing = _facing(steps)
    moved: list[Step] = []
    scored: dict[Piece, tuple[float, list[Step]]] = {}
    pieces = _promising(table, sources, targets)
    while pieces:
        new = [piece for piece in pieces if piece not in scored]
        for piece, (gain, beads) in zip(
            new, _best_stretches(table, prices, new, doubted), strict=True
        ):
            near = _distance(piece, facing) <= _NEAR
            least = settings.moved * (settings.near if near else 1.0)
            scored[piece] = gain / least, beads
        best = max(pieces, key=lambda p: (scored[p][0], -p.source.start, -p.target.start))
        gain, beads = scored[best]
        # Nothing that is left gains what a block must gain to be believed elsewhere.
        if gain < 1:
            break
        moved += beads
        pieces = [smaller for piece in pieces for smaller in _without(piece, best, beads)]
    return _broken_up(steps, moved), moved


_NEAR = 3
"""Up to so many segments away a block has only changed places with its neighbours."""


def _facing(steps: Sequence[Step]) -> list[int]:
    """Return for each source segment how many target segments a path has passed before it."""
    facing: list[int] = []
    passed = 0
    for step in steps:
        facing += [passed] * len(step.source)
        passed += len(step.target)
    return facing


def _distance(piece: Piece, facing: Sequence[int]) -> int:
    source, target = piece.source, piece.target
    return min(
        abs(target.start - facing[source.stop - 1]), abs(target.stop - facing[source.start])
    )


def _doubted(
    table: Table, prices: Prices, steps: Sequence[Step], most: float
) -> dict[Step, float]:
    """Return the beads of a path that gain next to nothing, and what they gain."""
    beads = [step for step in steps if step.source and step.target]
    if not beads:
        return {}
    gains = judge(table, beads, prices).gain.tolist()
    return {
        bead: max(0.0, gain) for bead, gain in zip(beads, gains, strict=True) if gain <= most
    }


def _broken_up(steps: Sequence[Step], moved: Sequence[Step]) -> list[Step]:
    """Return a path in which beads that moved ones took a segment of have fallen apart."""
    sources = {i for step in moved for i in step.source}
    targets = {j for step in moved for j in step.target}
    whole: list[Step] = []
    for step in steps:
        if not sources.isdisjoint(step.source) or not targets.isdisjoint(step.target):
            whole += [Step(range(i, i + 1), range(0)) for i in step.source]
            whole += [Step(range(0), range(j, j + 1)) for j in step.target]
        else:
            whole.append(step)
    return whole


def with_moved(steps: Sequence[Step], moved: Sequence[Step]) -> list[tuple[Step, bool]]:
    """Put moved beads where their source stands; tells of each bead whether it moved."""
    taken_source = {i: step for step in moved for i in step.source}
    taken_target = {j for step in moved for j in step.target}
    order: list[tuple[Step, bool]] = []
    for step in steps:
        if step.source and not step.target and step.source.start in taken_source:
            bead = taken_source[step.source.start]
            if bead.source.start == step.source.start:
                order.append((bead, True))
        elif step.source or step.target.start not in taken_target:
            order.append((step, False))
    return order


def _runs(parts: Sequence[range]) -> list[range]:
    """Join neighbouring ranges."""
    runs: list[range] = []
    for part in parts:
        if runs and runs[-1].stop == part.start:
            runs[-1] = range(runs[-1].start, part.stop)
        else:
            runs.append(part)
    return runs


def _promising(table: Table, sources: Sequence[range], targets: Sequence[range]) -> list[Piece]:
    """Return the pairs of runs that share a rare feature or are few enough to try them all."""
    if len(sources) * len(targets) <= _TRY_ALL:
        return [Piece(source, target) for source in sources for target in targets]
    run_of = [{i: k for k, run in enumerate(runs) for i in run} for runs in (sources, targets)]
    whole = Piece(range(len(table.source)), range(len(table.target)))
    rows, columns, _weights = rare_pairs(table.source, table.target, whole)
    shared: dict[tuple[int, int], int] = {}
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        source_run, target_run = run_of[0].get(i), run_of[1].get(j)
        if source_run is not None and target_run is not None:
            shared[source_run, target_run] = shared.get((source_run, target_run), 0) + 1
    return [
        Piece(sources[source_run], targets[target_run])
        for (source_run, target_run), count in sorted(shared.items())
        if count >= 2
    ]


_TRY_ALL = 2000
"""Pairs of runs up to which rare features need not be asked first."""


def _best_stretches(
    table: Table, prices: Prices, pieces: Sequence[Piece], doubted: dict[Step, float]
) -> list[tuple[float, list[Step]]]:
    """Return the best stretch of beads in each piece, after what it gains."""
    paths = [
        [step for step in path if step.source and step.target]
        for path in best_paths(table, prices, pieces)
    ]
    beads = [step for path in paths for step in path]
    if not beads:
        return [(0.0, []) for _path in paths]
    gains = dict(zip(beads, judge(table, beads, prices).gain.tolist(), strict=True))
    lost = {i: gain / len(step.source) for step, gain in doubted.items() for i in step.source}
    lost_target = {
        j: gain / len(step.target) for step, gain in doubted.items() for j in step.target
    }
    stretches = []
    for path in paths:
        gained = []
        for step in path:
            # What its segments were worth where the path had them is lost when they move.
            given_up = sum(lost.get(i, 0.0) for i in step.source)
            given_up += sum(lost_target.get(j, 0.0) for j in step.target)
            gained.append(-1.0 if step in doubted else gains[step] - given_up)
        stretches.append(_best_stretch(path, gained))
    return stretches


def _best_stretch(path: list[Step], gains: Sequence[float]) -> tuple[float, list[Step]]:
    best, begin, end, total, start = 0.0, 0, 0, 0.0, 0
    for index, gain in enumerate(gains):
        # Kadane's maximum subarray: a prefix that loses is never worth keeping.
        if total <= 0:
            total, start = 0.0, index
        total += gain
        if total > best:
            best, begin, end = total, start, index + 1
    return best, path[begin:end]


def _without(piece: Piece, best: Piece, beads: Sequence[Step]) -> list[Piece]:
    """Return what is left of a pair of runs once some beads are taken out of another pair."""
    sources, targets = [piece.source], [piece.target]
    if piece.source == best.source:
        sources = _between(piece.source, [bead.source for bead in beads])
    if piece.target == best.target:
        targets = _between(piece.target, [bead.target for bead in beads])
    return [Piece(source, target) for source in sources for target in targets]


def _between(run: range, taken: Sequence[range]) -> list[range]:
    """Return what ranges in ascending order leave of a run; between two that moved another block may stand."""
    edges = [run.start, *(edge for part in taken for edge in (part.start, part.stop)), run.stop]
    parts = (range(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True))
    return [part for part in parts if part]

"""The ends of beads: whether a segment at the border of a bead belongs to it.

The search weighs a bead as a whole, and a sum hides a part that adds nothing: a heading swallowed by its
paragraph, or a short sentence left out beside a long one. Here each such segment is asked on its own, by what
of the other side nothing else in the bead accounts for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from l10n.align.bags import Doubles, Floats, Ints, summed, width_of
from l10n.align.judging import Spans, judge_spans, spans_of
from l10n.align.scoring import TYPES, Prices, Step, Table

FEATURES = (
    *("bias", "kept", "covered", "adds", "open", "filled", "short", "misfit", "better"),
    *("length", "share", "gain", "alone", "facing", "parallel", "sentences", "border"),
)
"""What the logistic model looks at, in the order of its coefficients (`Settings.borders`)."""
WITH_VECTORS = (*FEATURES, "seen", "closer", "close", "apart")
"""The same where sentence vectors are known."""
BORDERS = (
    *(-1.669, 2.684, 1.051, 2.753, 0.388, 2.072, 0.944, -0.003, 1.205, 0.269, -0.099, 0.878),
    *(-0.244, -0.343, -0.483, 0.793, -1.5, -1.365, 2.807, 0.022, -0.378),
)
"""Coefficients of WITH_VECTORS, with an engine and without; `tests/benchmarks/tune_borders.py` finds them."""
_TRACE = 0.3
"""Evidence below which a share of it says little."""


@dataclass(frozen=True, slots=True)
class Question:
    """A bead without a segment at its border, and the bead with it."""

    without: Step
    whole: Step
    is_kept: bool
    """The search put the segment into the bead."""

    @property
    def side(self) -> int:
        """Return which side the segment stands on: 0 source, 1 target."""
        return int(self.without.source == self.whole.source)

    @property
    def segment(self) -> int:
        """Return the segment asked about."""
        less, more = ((s.source, s.target)[self.side] for s in (self.without, self.whole))
        return more.stop - 1 if more.start == less.start else more.start


def ends_of(step: Step) -> Iterator[Question]:
    """Yield a question for each end of a merged side."""
    source, target = step.source, step.target
    if len(source) > 1:
        yield Question(Step(source[1:], target), step, is_kept=True)
        yield Question(Step(source[:-1], target), step, is_kept=True)
    if len(target) > 1:
        yield Question(Step(source, target[1:]), step, is_kept=True)
        yield Question(Step(source, target[:-1]), step, is_kept=True)


def neighbours_of(
    step: Step, lone: tuple[frozenset[int], frozenset[int]]
) -> Iterator[Question]:
    """Yield a question for each lone segment beside a bead."""
    for side, run in enumerate((step.source, step.target)):
        for segment in (run.start - 1, run.stop):
            if segment not in lone[side]:
                continue
            longer = range(min(run.start, segment), max(run.stop, segment + 1))
            whole = Step(step.source, longer) if side else Step(longer, step.target)
            if (len(whole.source), len(whole.target)) in TYPES:
                yield Question(step, whole, is_kept=False)


def settle_borders(
    table: Table,
    prices: Prices,
    order: Sequence[tuple[Step, bool]],
    coefficients: Sequence[float],
) -> list[tuple[Step, bool]]:
    """Return beads, each with whether it moved, whose ends were asked about: first what to drop, then what to add.

    Lone segments stand where they stood, or beside the bead that dropped them.
    """
    beads = dict.fromkeys((step for step, _moved in order if step.source and step.target), True)
    sources = {i for step, _moved in order if not step.target for i in step.source}
    targets = {j for step, _moved in order if not step.source for j in step.target}
    now = {step: step for step in beads}
    for _round in range(_ROUNDS):
        lone = frozenset(sources), frozenset(targets)
        asked = [
            (start, question)
            for start, step in now.items()
            for question in (*ends_of(step), *neighbours_of(step, lone))
        ]
        rows = describe_borders(table, prices, [question for _start, question in asked], lone)
        belongs = 1 / (1 + np.exp(-(rows @ np.array(coefficients))))
        # The surest answer first: what one bead takes another cannot have.
        doubts = np.where([q.is_kept for _start, q in asked], belongs, 1 - belongs)
        changed: set[Step] = set()
        for at in np.argsort(doubts, kind="stable").tolist():
            if doubts[at] >= _DOUBT:
                break
            start, question = asked[at]
            free = (sources, targets)[question.side]
            if start in changed or question.is_kept == (question.segment in free):
                continue
            changed.add(start)
            if question.is_kept:
                free.add(question.segment)
                now[start] = question.without
            else:
                free.discard(question.segment)
                now[start] = question.whole
        if not changed:
            break
    return _in_order(order, now, sources, targets)


_ROUNDS = 4
"""A bead of four segments may lose two ends, and gain what another dropped."""
_DOUBT = 0.4
"""Below that a segment is dropped, above one less that it is added: in between the search keeps its word."""


def _in_order(
    order: Sequence[tuple[Step, bool]],
    now: Mapping[Step, Step],
    sources: set[int],
    targets: set[int],
) -> list[tuple[Step, bool]]:
    """Put settled beads and what stays alone where they stood."""
    settled: list[tuple[Step, bool]] = []
    for step, moved in order:
        bead = now.get(step)
        if bead is None:
            is_alone = (
                step.source.start in sources if step.source else step.target.start in targets
            )
            if is_alone:
                settled.append((step, moved))
            continue
        settled += [
            (Step(range(i, i + 1), range(0)), False)
            for i in step.source
            if i < bead.source.start
        ]
        settled += [
            (Step(range(0), range(j, j + 1)), False)
            for j in step.target
            if j < bead.target.start
        ]
        settled.append((bead, moved))
        settled += [
            (Step(range(i, i + 1), range(0)), False)
            for i in step.source
            if i >= bead.source.stop
        ]
        settled += [
            (Step(range(0), range(j, j + 1)), False)
            for j in step.target
            if j >= bead.target.stop
        ]
    return settled


def asked_of(
    order: Sequence[tuple[Step, bool]],
) -> tuple[list[Question], tuple[frozenset[int], frozenset[int]]]:
    """Return what there is to ask about some beads, and which segments of either side stand alone."""
    lone = (
        frozenset(step.source.start for step, _moved in order if not step.target),
        frozenset(step.target.start for step, _moved in order if not step.source),
    )
    beads = [step for step, _moved in order if step.source and step.target]
    return [q for step in beads for q in (*ends_of(step), *neighbours_of(step, lone))], lone


def describe_borders(
    table: Table,
    prices: Prices,
    questions: Sequence[Question],
    lone: tuple[frozenset[int], frozenset[int]],
) -> Doubles:
    """Return one row of FEATURES a question, or of WITH_VECTORS."""
    names = FEATURES if table.vectors is None else WITH_VECTORS
    rows = np.zeros((len(questions), len(names)))
    if not questions:
        return rows
    wholes = spans_of([q.whole for q in questions])
    withouts = spans_of([q.without for q in questions])
    fits, less = (judge_spans(table, spans, prices) for spans in (wholes, withouts))
    on_target = (withouts[:, :2] == wholes[:, :2]).all(axis=1)
    rows[:, 0] = 1.0
    rows[:, 1] = [q.is_kept for q in questions]
    for side in (0, 1):
        at = np.flatnonzero(on_target == side)
        asked = withouts[at], wholes[at]
        rows[at, 2:14] = _of_side(table, prices, side, asked, lone)
        rows[at, 16] = _crosses(table, side, asked)
    rows[:, 7] = less.misfit - fits.misfit
    rows[:, 11] = np.clip(fits.gain - less.gain, -1, 1)
    rows[:, 14] = (len(lone[0]) + len(lone[1])) / (len(table.source) + len(table.target))
    uneven = imbalance(table, withouts) - imbalance(table, wholes)
    rows[:, 15] = np.where(holds_several(table, wholes), uneven, 0.0)
    if table.vectors is not None:
        rows[:, len(FEATURES) :] = [_closeness(table, question) for question in questions]
    return rows


def _of_side(
    table: Table,
    prices: Prices,
    side: int,
    asked: tuple[Spans, Spans],
    lone: tuple[frozenset[int], frozenset[int]],
) -> Doubles:
    """Return "covered" to "facing" of questions about segments of one side, zeros for what these do not tell.

    `asked` has the beads without the segment, and with it.
    """
    segment, rest, whole = _segment_of(asked, side)
    facing = asked[0][:, 2 - 2 * side : 4 - 2 * side]
    width = width_of(*table.shared)
    mine = summed(table.shared[side], np.stack([segment, segment + 1], axis=1), width)
    others = summed(table.shared[side], rest, width)
    other = summed(table.shared[1 - side], facing, width)
    has = other.at(mine.key)
    free = np.maximum(0.0, has - others.at(mine.key))
    covered = mine.by_row(np.minimum(mine.weight, has))
    adds = mine.by_row(np.minimum(mine.weight, free))
    open_ = other.beyond(others)
    left = open_.by_row(open_.weight)
    mass, facing_mass = mine.by_row(mine.weight), other.by_row(other.weight)
    sizes = (table.source.size, table.target.size)
    size = sizes[side][segment].astype(np.float64) + 1
    rest_size, facing_size = (
        _letters(letters, spans)
        for letters, spans in ((sizes[side], rest), (sizes[1 - side], facing))
    )
    ratio = prices.ratio if side == 0 else -prices.ratio
    short = np.log((facing_size + 8) / (rest_size + 8)) + ratio
    with_it = np.log((facing_size + 8) / (rest_size + size + 8)) + ratio
    nothing = np.zeros(len(segment))
    columns = (
        covered / (mass + _TRACE),
        adds / (mass + _TRACE),
        left / (facing_mass + _TRACE),
        adds / (left + _TRACE),
        np.clip(short, -1.5, 1.5),
        nothing,
        np.clip(np.abs(short) - np.abs(with_it), -1.0, 1.0),
        np.log(size) - 4,
        size / (size + rest_size),
        nothing,
        np.log1p(mass),
        _has_lone_facing(segment, whole, facing, lone[1 - side]),
    )
    return np.stack(columns, axis=1)


def _segment_of(asked: tuple[Spans, Spans], side: int) -> tuple[Ints, Ints, Ints]:
    """Return the segment of each question, which the whole has and the rest has not, and the runs of both."""
    rest, whole = (spans[:, 2 * side : 2 * side + 2] for spans in asked)
    is_last = rest[:, 0] == whole[:, 0]
    return np.where(is_last, whole[:, 1] - 1, whole[:, 0]), rest, whole


def _letters(sizes: Floats, spans: Ints) -> Doubles:
    """Return the letters of some runs of segments, and one more for each segment."""
    until = np.concatenate([[0.0], np.cumsum(sizes.astype(np.float64) + 1)])
    return np.asarray(until[spans[:, 1]] - until[spans[:, 0]], dtype=np.float64)


def _has_lone_facing(
    segment: Ints, own: Ints, facing: Ints, lone: frozenset[int]
) -> NDArray[np.bool_]:
    """Tell whether the other side has a segment to spare at the same border."""
    place = np.where(segment == own[:, 0], facing[:, 0] - 1, facing[:, 1])
    return np.isin(place, np.fromiter(lone, np.int64, len(lone)))


def _crosses(table: Table, side: int, asked: tuple[Spans, Spans]) -> NDArray[np.bool_]:
    """Tell whether the segment stands in another block than the rest of its side."""
    blocks = (table.source, table.target)[side].block
    segment, rest, _whole = _segment_of(asked, side)
    near = np.where(segment < rest[:, 0], rest[:, 0], rest[:, 1] - 1)
    crosses: NDArray[np.bool_] = blocks[segment] != blocks[near]
    return crosses


def holds_several(table: Table, spans: Spans) -> NDArray[np.bool_]:
    """Tell of each bead whether any of its segments holds several sentences.

    Only then do their numbers tell anything: where each segment is one sentence, a merged bead has more on one side because
    it is merged.
    """
    source, target = _sentences(table, spans)
    several: NDArray[np.bool_] = (source > spans[:, 1] - spans[:, 0]) | (
        target > spans[:, 3] - spans[:, 2]
    )
    return several


def imbalance(table: Table, spans: Spans) -> Doubles:
    """Return how many sentences each bead has more on one side than on the other, up to three."""
    source, target = _sentences(table, spans)
    uneven: Doubles = np.minimum(np.abs(source - target), _UNEVEN).astype(np.float64)
    return uneven


_UNEVEN = 3
"""Sentences too many that count: beyond them it is no more wrong."""


def _sentences(table: Table, spans: Spans) -> tuple[Ints, Ints]:
    until = [
        np.concatenate([[0], np.cumsum(side.sentences)])
        for side in (table.source, table.target)
    ]
    return (
        until[0][spans[:, 1]] - until[0][spans[:, 0]],
        until[1][spans[:, 3]] - until[1][spans[:, 2]],
    )


def worst_doubts(
    table: Table,
    prices: Prices,
    order: Sequence[tuple[Step, bool]],
    coefficients: Sequence[float],
) -> dict[Step, float]:
    """Return of each bead the logit of its most doubtful border: above 0 the model would draw it elsewhere."""
    questions, lone = asked_of(order)
    rows = describe_borders(table, prices, questions, lone)
    doubts: dict[Step, float] = {}
    for question, logit in zip(
        questions, (rows @ np.array(coefficients)).tolist(), strict=True
    ):
        step = question.whole if question.is_kept else question.without
        doubt = -logit if question.is_kept else logit
        doubts[step] = max(doubt, doubts.get(step, doubt))
    return doubts


def _closeness(table: Table, question: Question) -> tuple[float, float, float, float]:
    """Return whether vectors are known, how much closer the bead is with the segment, and how close that is itself."""
    vectors = table.vectors
    if vectors is None:
        return 0.0, 0.0, 0.0, 0.0
    side, segment = question.side, question.segment
    own = (vectors.source, vectors.target)[side]
    other = (vectors.target, vectors.source)[side]
    sides = question.without.source, question.without.target
    rest, facing = own.place[list(sides[side])], other.place[list(sides[1 - side])]
    place = own.place[segment]
    if place < 0 or (rest < 0).any() or (facing < 0).any():
        return 0.0, 0.0, 0.0, 0.0
    row, fewer, opposite = own.rows[place], own.rows[rest].sum(0), other.rows[facing].sum(0)
    norms = [
        float(np.linalg.norm(vector)) or 1.0 for vector in (row, fewer, opposite, row + fewer)
    ]
    before = float(fewer @ opposite) / norms[1] / norms[2]
    after = float((row + fewer) @ opposite) / norms[3] / norms[2]
    return (
        1.0,
        10 * (after - before),
        float(row @ opposite) / norms[0] / norms[2],
        float(row @ fewer) / norms[0] / norms[1],
    )

"""The ends of beads: whether a segment at the border of a bead belongs to it.

The search weighs a bead as a whole, and a sum hides a part that adds nothing: a heading swallowed by its
paragraph, or a short sentence left out beside a long one. Here each such segment is asked on its own, by what
of the other side nothing else in the bead accounts for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from l10n.align.evidence import Bags
from l10n.align.scoring import TYPES, Doubles, Prices, Step, Table, judge

FEATURES = (
    *("bias", "kept", "covered", "adds", "open", "filled", "short", "misfit", "better"),
    *("length", "share", "gain", "alone", "facing", "parallel", "sentences", "border"),
)
"""What the logistic model looks at, in the order of its coefficients (`Settings.borders`)."""
WITH_VECTORS = (*FEATURES, "seen", "closer", "close", "apart")
"""The same where sentence vectors are known."""
BORDERS = (
    *(
        -1.116,
        1.68,
        1.102,
        2.792,
        -0.02,
        2.817,
        0.487,
        0.465,
        0.942,
        0.314,
        0.168,
        1.359,
        -0.035,
    ),
    *(0.062, -0.488, 0.0, -1.5, -1.318, 3.291, 0.034, -1.082),
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
    source, target = step.source, step.target
    larger = (
        (source.start - 1, Step(range(source.start - 1, source.stop), target), 0),
        (source.stop, Step(range(source.start, source.stop + 1), target), 0),
        (target.start - 1, Step(source, range(target.start - 1, target.stop)), 1),
        (target.stop, Step(source, range(target.start, target.stop + 1)), 1),
    )
    for segment, whole, side in larger:
        if segment in lone[side] and (len(whole.source), len(whole.target)) in TYPES:
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


class Evidence:
    """Bags of single segments, each read once, as far as the other side has their features at all."""

    def __init__(self, table: Table) -> None:
        sides = table.source, table.target
        shared = np.intersect1d(table.source.feature, table.target.feature)
        self._shared = frozenset(shared.tolist())
        self._sides = sides
        self._known: tuple[dict[int, dict[int, float]], ...] = ({}, {})

    def of(self, side: int, segments: Sequence[int]) -> Mapping[int, float]:
        """Return the summed weights of some segments by feature."""
        if len(segments) == 1:
            return self._single(side, segments[0])
        total: dict[int, float] = {}
        for segment in segments:
            for feature, weight in self._single(side, segment).items():
                total[feature] = total.get(feature, 0.0) + weight
        return total

    def _single(self, side: int, segment: int) -> dict[int, float]:
        known = self._known[side]
        if segment not in known:
            bags: Bags = self._sides[side]
            part = slice(bags.start[segment], bags.start[segment + 1])
            known[segment] = {
                feature: weight
                for feature, weight in zip(
                    bags.feature[part].tolist(), bags.weight[part].tolist(), strict=True
                )
                if feature in self._shared
            }
        return known[segment]


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
    evidence = Evidence(table)
    fits = judge(table, [q.whole for q in questions], prices)
    less = judge(table, [q.without for q in questions], prices)
    total = len(table.source) + len(table.target)
    parallel = (len(lone[0]) + len(lone[1])) / total
    sizes = table.source.size, table.target.size
    for row, question in enumerate(questions):
        side, segment = question.side, question.segment
        sides = question.without.source, question.without.target
        rest, facing = sides[side], sides[1 - side]
        own = evidence.of(side, (segment,))
        others, other = evidence.of(side, rest), evidence.of(1 - side, facing)
        covered = adds = 0.0
        for feature, weight in own.items():
            has = other.get(feature, 0.0)
            if has:
                covered += min(weight, has)
                adds += min(weight, max(0.0, has - others.get(feature, 0.0)))
        left = sum(max(0.0, w - others.get(f, 0.0)) for f, w in other.items())
        mass, facing_mass = sum(own.values()), sum(other.values())
        size = float(sizes[side][segment]) + 1
        rest_size = float(sum(sizes[side][i] + 1 for i in rest))
        facing_size = float(sum(sizes[1 - side][j] + 1 for j in facing))
        ratio = prices.ratio if side == 0 else -prices.ratio
        short = np.log((facing_size + 8) / (rest_size + 8)) + ratio
        better = abs(short) - abs(np.log((facing_size + 8) / (rest_size + size + 8)) + ratio)
        rows[row, : len(FEATURES)] = (
            1.0,
            question.is_kept,
            covered / (mass + _TRACE),
            adds / (mass + _TRACE),
            left / (facing_mass + _TRACE),
            adds / (left + _TRACE),
            np.clip(short, -1.5, 1.5),
            less.misfit[row] - fits.misfit[row],
            np.clip(better, -1.0, 1.0),
            np.log(size) - 4,
            size / (size + rest_size),
            np.clip(fits.gain[row] - less.gain[row], -1, 1),
            np.log1p(mass),
            _has_lone_facing(question, lone),
            parallel,
            imbalance(table, (question.without,)) - imbalance(table, (question.whole,))
            if holds_several(table, question.whole)
            else 0.0,
            _crosses(question, table),
        )
        if table.vectors is not None:
            rows[row, len(FEATURES) :] = _closeness(table, question)
    return rows


def holds_several(table: Table, step: Step) -> bool:
    """Tell whether any segment of a bead holds several sentences.

    Only then do their numbers tell anything: where each segment is one sentence, a merged bead has more on one side because
    it is merged.
    """
    source, target = _sentences(table, step)
    return source > len(step.source) or target > len(step.target)


def imbalance(table: Table, steps: Sequence[Step]) -> float:
    """Return how many sentences some beads have more on one side than on the other, up to three each."""
    counts = [_sentences(table, step) for step in steps]
    return float(sum(min(abs(source - target), _UNEVEN) for source, target in counts))


_UNEVEN = 3
"""Sentences too many that count: beyond them it is no more wrong."""


def _sentences(table: Table, step: Step) -> tuple[int, int]:
    source, target = step.source, step.target
    return (
        int(table.source.sentences[source.start : source.stop].sum()),
        int(table.target.sentences[target.start : target.stop].sum()),
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


def _has_lone_facing(question: Question, lone: tuple[frozenset[int], frozenset[int]]) -> bool:
    """Tell whether the other side has a segment to spare at the same border."""
    side = question.side
    own = (question.whole.source, question.whole.target)[side]
    facing = (question.whole.target, question.whole.source)[side]
    place = facing.start - 1 if question.segment == own.start else facing.stop
    return place in lone[1 - side]


def _crosses(question: Question, table: Table) -> bool:
    """Tell whether the segment stands in another block than the rest of its side."""
    side, segment = question.side, question.segment
    blocks = (table.source, table.target)[side].block
    own = (question.without.source, question.without.target)[side]
    near = own[0] if segment < own[0] else own[-1]
    return bool(blocks[segment] != blocks[near])


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

"""Two beads side by side: whether they are one.

A sentence that stands at the end of one sentence's segment here, and at the beginning of the next one's there,
leaves two pairs that gain well and are both wrong. What tells them is what each leaves open: the source of one has
what the target of the other has and its own source has not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from l10n.align.bags import Doubles, Sums, summed, width_of
from l10n.align.borders import holds_several, imbalance
from l10n.align.judging import Spans, judge_spans, spans_of
from l10n.align.scoring import TYPES, Prices, Step, Table

FEATURES = ("bias", "crossing", "less", "misfit", "gain", "open", "large", "sentences")
"""What the logistic model looks at, in the order of its coefficients (`Settings.joints`)."""
JOINTS = (-5.572, 1.995, -1.388, 1.42, 2.283, -1.48, -0.95, 1.507)
"""Coefficients of FEATURES where sentence vectors add to what beads gain, with an engine and without."""
_TRACE = 0.3
"""Evidence below which a share of it says little."""
_CHANGED = -0.405
"""Logit of 0.4: below that the search was wrong."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Two beads that touch on both sides."""

    first: Step
    second: Step
    is_kept: bool
    """The search made one of them."""

    @property
    def whole(self) -> Step:
        """Return both as one bead."""
        return Step(
            range(self.first.source.start, self.second.source.stop),
            range(self.first.target.start, self.second.target.stop),
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return what the search made of them."""
        return (self.whole,) if self.is_kept else (self.first, self.second)


def joints_of(order: Sequence[tuple[Step, bool]]) -> Iterator[Joint]:
    """Yield beads that touch and might be one, and the ways in which one might be two."""
    beads = [step for step, _moved in order if step.source and step.target]
    for first, second in pairwise(beads):
        sides = (first.source, second.source), (first.target, second.target)
        size = len(first.source) + len(second.source), len(first.target) + len(second.target)
        if size in TYPES and all(one.stop == other.start for one, other in sides):
            yield Joint(first, second, is_kept=False)
    for bead in beads:
        source, target = bead.source, bead.target
        for i in range(1, len(source)):
            for j in range(1, len(target)):
                parts = Step(source[:i], target[:j]), Step(source[i:], target[j:])
                yield Joint(*parts, is_kept=True)


def settle_joints(
    table: Table,
    prices: Prices,
    order: Sequence[tuple[Step, bool]],
    coefficients: Sequence[float],
) -> tuple[list[tuple[Step, bool]], dict[Joint, float]]:
    """Return beads, each with whether it moved: those that are one are joined, those that are two parted.

    Returned too is what was asked, with the logit of its answer, see `joint_doubts`. Without coefficients
    beads are as they were.
    """
    answers = _ask(table, prices, order, coefficients, {})
    changed: dict[Step, tuple[Step, ...]] = {}
    # The surest answer first: what one joint changes another cannot.
    for joint in sorted(answers, key=lambda joint: _certainty(joint, answers[joint])):
        if _certainty(joint, answers[joint]) >= _CHANGED:
            break
        if changed.keys().isdisjoint(joint.steps):
            parts = (joint.first, joint.second)
            changed |= (
                {joint.whole: parts}
                if joint.is_kept
                else {parts[0]: (joint.whole,), parts[1]: ()}
            )
    settled = [(new, moved) for step, moved in order for new in changed.get(step, (step,))]
    return settled, answers


def joint_doubts(
    table: Table,
    prices: Prices,
    order: Sequence[tuple[Step, bool]],
    coefficients: Sequence[float],
    answers: Mapping[Joint, float],
) -> dict[Step, float]:
    """Return of each bead that has a joint the logit of the most doubtful: above 0 the model would settle it otherwise.

    What `answers` has is not asked again: settling changes few joints, and describing them takes a third of the time.
    """
    doubts: dict[Step, float] = {}
    for joint, logit in _ask(table, prices, order, coefficients, answers).items():
        doubt = -_certainty(joint, logit)
        for step in joint.steps:
            doubts[step] = max(doubt, doubts.get(step, doubt))
    return doubts


def _ask(
    table: Table,
    prices: Prices,
    order: Sequence[tuple[Step, bool]],
    coefficients: Sequence[float],
    answers: Mapping[Joint, float],
) -> dict[Joint, float]:
    """Return the joints of some beads with the logit of their being one; those already answered as they were."""
    joints = list(joints_of(order)) if coefficients else []
    new = [joint for joint in joints if joint not in answers]
    logits = describe_joints(table, prices, new) @ np.array(coefficients) if new else new
    known = {**answers, **dict(zip(new, map(float, logits), strict=True))}
    return {joint: known[joint] for joint in joints}


def _certainty(joint: Joint, logit: float) -> float:
    """Return how sure it is, as a logit, that the search was right."""
    return logit if joint.is_kept else -logit


def describe_joints(table: Table, prices: Prices, joints: Sequence[Joint]) -> Doubles:
    """Return one row of FEATURES a joint."""
    rows = np.zeros((len(joints), len(FEATURES)))
    if not joints:
        return rows
    first, second, whole = (
        spans_of(steps)
        for steps in zip(*((j.first, j.second, j.whole) for j in joints), strict=True)
    )
    one, two, both = (judge_spans(table, spans, prices) for spans in (first, second, whole))
    left, masses = zip(*(_left_open(table, spans) for spans in (first, second)), strict=True)
    forward, backward = left[0][0].common(left[1][1]), left[1][0].common(left[0][1])
    unexplained = sum(bags.by_row(bags.weight) for pair in left for bags in pair)
    rows[:, 0] = 1.0
    rows[:, 1] = np.log1p(np.maximum(forward, backward))
    rows[:, 2] = np.log1p(np.minimum(forward, backward))
    rows[:, 3] = np.clip(one.misfit + two.misfit - both.misfit, -3, 6)
    rows[:, 4] = np.clip(both.gain - one.gain - two.gain, -1, 1)
    rows[:, 5] = unexplained / (masses[0] + masses[1] + _TRACE)
    rows[:, 6] = whole[:, 1] - whole[:, 0] + whole[:, 3] - whole[:, 2] - 4
    parts = imbalance(table, first) + imbalance(table, second)
    uneven = parts - imbalance(table, whole)
    rows[:, 7] = np.where(holds_several(table, whole), uneven, 0.0)
    return rows


def _left_open(table: Table, spans: Spans) -> tuple[tuple[Sums, Sums], Doubles]:
    """Return what either side of each bead has more than the other, and how much both have."""
    width = width_of(*table.shared)
    source = summed(table.shared[0], spans[:, :2], width)
    target = summed(table.shared[1], spans[:, 2:], width)
    mass = source.by_row(source.weight) + target.by_row(target.weight)
    return (source.beyond(target), target.beyond(source)), mass

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

from l10n.align.borders import Evidence
from l10n.align.scoring import TYPES, Doubles, Prices, Step, Table, judge

FEATURES = ("bias", "crossing", "less", "misfit", "gain", "open", "large")
"""What the logistic model looks at, in the order of its coefficients (`Settings.joints`)."""
_TRACE = 0.3
"""Evidence below which a share of it says little."""
_DOUBT = 0.4
"""Below that two beads stay or become two, above one less that they become one."""


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
) -> list[tuple[Step, bool]]:
    """Return beads, each with whether it moved: those that are one are joined, those that are two parted.

    Without coefficients they are as they were.
    """
    joints = list(joints_of(order)) if coefficients else []
    if not joints:
        return list(order)
    logits = describe_joints(table, prices, joints) @ np.array(coefficients)
    is_one = 1 / (1 + np.exp(-logits))
    doubts = np.where([joint.is_kept for joint in joints], is_one, 1 - is_one)
    changed: dict[Step, tuple[Step, ...]] = {}
    for at in np.argsort(doubts, kind="stable").tolist():
        if doubts[at] >= _DOUBT:
            break
        joint = joints[at]
        if changed.keys().isdisjoint(joint.steps):
            parts = (joint.first, joint.second)
            changed |= (
                {joint.whole: parts}
                if joint.is_kept
                else {parts[0]: (joint.whole,), parts[1]: ()}
            )
    return [(new, moved) for step, moved in order for new in changed.get(step, (step,))]


def joint_doubts(
    table: Table,
    prices: Prices,
    order: Sequence[tuple[Step, bool]],
    coefficients: Sequence[float],
) -> dict[Step, float]:
    """Return of each bead that has a joint the logit of the most doubtful: above 0 the model would settle it otherwise."""
    doubts: dict[Step, float] = {}
    joints = list(joints_of(order)) if coefficients else []
    if not joints:
        return doubts
    logits = describe_joints(table, prices, joints) @ np.array(coefficients)
    for joint, logit in zip(joints, logits.tolist(), strict=True):
        doubt = -logit if joint.is_kept else logit
        for step in joint.steps:
            doubts[step] = max(doubt, doubts.get(step, doubt))
    return doubts


def describe_joints(table: Table, prices: Prices, joints: Sequence[Joint]) -> Doubles:
    """Return one row of FEATURES a joint."""
    rows = np.zeros((len(joints), len(FEATURES)))
    if not joints:
        return rows
    evidence = Evidence(table)
    one, two, whole = (
        judge(table, steps, prices)
        for steps in zip(*((j.first, j.second, j.whole) for j in joints), strict=True)
    )
    rows[:, 0] = 1.0
    rows[:, 3] = np.clip(one.misfit + two.misfit - whole.misfit, -3, 6)
    rows[:, 4] = np.clip(whole.gain - one.gain - two.gain, -1, 1)
    for row, joint in enumerate(joints):
        left: list[tuple[dict[int, float], dict[int, float]]] = []
        mass = 0.0
        for step in (joint.first, joint.second):
            source, target = evidence.of(0, step.source), evidence.of(1, step.target)
            mass += sum(source.values()) + sum(target.values())
            left.append((_beyond(source, target), _beyond(target, source)))
        forward = _shared(left[0][0], left[1][1])
        backward = _shared(left[1][0], left[0][1])
        unexplained = sum(sum(bag.values()) for bags in left for bag in bags)
        rows[row, 1] = np.log1p(max(forward, backward))
        rows[row, 2] = np.log1p(min(forward, backward))
        rows[row, 5] = unexplained / (mass + _TRACE)
        rows[row, 6] = len(joint.whole.source) + len(joint.whole.target) - 4
    return rows


def _beyond(own: Mapping[int, float], other: Mapping[int, float]) -> dict[int, float]:
    """Return what one bag has more than the other."""
    return {f: w - other.get(f, 0.0) for f, w in own.items() if w > other.get(f, 0.0)}


def _shared(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    return sum(
        min(weight, other[feature]) for feature, weight in one.items() if feature in other
    )

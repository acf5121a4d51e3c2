"""Scores that mean something: how often a bead like this one is right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from l10n.align.bags import Bags, Doubles, Ints, summed, width_of
from l10n.align.borders import holds_several, imbalance, worst_doubts
from l10n.align.joints import Joint, joint_doubts
from l10n.align.judging import Spans, judge_spans, spans_of
from l10n.align.scoring import Prices, Step, Table
from l10n.model import Doubt

FEATURES = (
    *("bias", "similarity", "mass", "misfit", "merge", "moved", "neighbours", "facing"),
    *("border", "margin", "length", "sentences", "question", "facts", "covered", "document"),
)
"""What the logistic model looks at, in the order of its coefficients (`Settings.calibration`).

The last, how well the document fits as a whole, has none: it decides on its own, see `probabilities`.
"""
WITH_VECTORS = (*FEATURES[:-1], "vectors", "seen", "document")
"""The same where some beads were looked at again with sentence vectors."""
COEFFICIENTS = (
    *(0.139, 0.873, -0.224, -1.061, -0.207, -2.003, 0.917, -0.836, -1.502, 0.643, 1.129, 0.624),
    *(0.025, -1.212, 1.212, 0.903, -0.83),
)
"""Those of WITH_VECTORS, with an engine and without; `tests/benchmarks/bench_align.py --fit` finds them."""
_USUALLY = (
    *(1.0, 0.55, 3.5, 0.05, 0.0, 0.0, 0.8, 0.0, -4.0, 0.38, 0.12, 0.0, 0.0),
    *(0.0, 0.5, 0.3, 0.0),
)
"""WITH_VECTORS of an ordinary bead: about the medians over the documents that taught the coefficients."""
_DOUBTS = (
    *(None, Doubt.WORDS, None, Doubt.LENGTH, Doubt.MERGED, Doubt.MOVED, Doubt.AROUND),
    *(Doubt.BESIDE, Doubt.BORDER, Doubt.RIVAL, Doubt.SHORT, None, None),
    *(Doubt.FACT, Doubt.WORDS, Doubt.MEANING, None),
)
"""What each of WITH_VECTORS says against a bead; None where it would not be true, or costs too little to be told."""
_NOTABLE = 0.5
"""Logits that a figure must cost a bead to be told: it makes 0.97 into 0.95, and 0.7 into 0.6."""
_ORDINARY = 0.97
_TOLD = 3
"""Doubts of one bead that are told: the ones that cost most."""
_RELATED = 0.12
"""Gain a segment from which on two documents are likelier related than not."""
_SURELY = 45.0
"""How steeply that grows sure.

Of 165 pairs of documents that belong together the least gains 0.228 a segment, of 11 that do not the most 0.041.
"""


def describe(
    table: Table,
    prices: Prices,
    order: Sequence[tuple[Step, bool]],
    borders: Sequence[float],
    joints: Sequence[float],
    *,
    answers: Mapping[Joint, float],
) -> Doubles:
    """Return one row of FEATURES a bead, or of WITH_VECTORS; rows of lone segments are zero.

    `order` has beads, each with whether it moved; `borders` and `joints` are the coefficients of their FEATURES,
    `answers` what is known already of joints.
    """
    steps = [step for step, _moved in order]
    rows = np.zeros((len(steps), len(FEATURES if table.vectors is None else WITH_VECTORS)))
    paired = [k for k, step in enumerate(steps) if step.source and step.target]
    if not paired:
        return rows
    beads = [steps[k] for k in paired]
    spans = spans_of(beads)
    fits = judge_spans(table, spans, prices)
    over = fits.similarity - prices.threshold
    around = np.zeros(len(steps))
    around[paired] = np.clip(over, -0.2, 0.4)
    padded = np.concatenate([[_USUAL], around, [_USUAL]])
    lone = np.ones(len(steps) + 2)
    lone[1:-1][paired] = 0.0
    doubts = worst_doubts(table, prices, order, borders)
    for bead, doubt in joint_doubts(table, prices, order, joints, answers).items():
        doubts[bead] = max(doubt, doubts.get(bead, doubt))
    rows[paired, 0] = 1.0
    rows[paired, 1] = np.clip(over, -0.3, 0.6)
    rows[paired, 2] = np.log1p(fits.mass)
    rows[paired, 3] = fits.misfit
    rows[paired, 4] = [len(bead.source) + len(bead.target) - 2 for bead in beads]
    rows[paired, 5] = [order[k][1] for k in paired]
    rows[paired, 6] = (padded[:-2] + padded[2:])[paired]
    rows[paired, 7] = (lone[:-2] + lone[2:])[paired]
    rows[paired, 8] = np.clip([doubts.get(bead, -_SURE) for bead in beads], -_SURE, _SURE)
    rows[paired, 9] = rows[paired, 1] - _rivals(table, prices, spans)
    rows[paired, 10] = np.log(_letters(table, spans) / 2 + 1) - _USUAL_LENGTH
    rows[paired, 11] = np.where(holds_several(table, spans), imbalance(table, spans), 0.0)
    rows[paired, 12] = _asks(table.source.asks, spans[:, :2]) != _asks(
        table.target.asks, spans[:, 2:]
    )
    rows[paired, 13] = _lone_facts(table, spans)
    rows[paired, 14] = _covered(table, spans)
    if table.vectors is not None:
        sizes = rows[paired, 4] / 2 + 1
        rows[paired, 15] = np.clip(fits.vectors / sizes, -0.5, 0.5)
        rows[paired, 16] = fits.vectors != 0
    rows[paired, -1] = max(0.0, fits.gain.sum()) / min(len(table.source), len(table.target))
    return rows


def _asks(asks: NDArray[np.bool_], spans: Ints) -> NDArray[np.bool_]:
    """Tell of some runs of segments whether any asks something."""
    until = np.concatenate([[0], np.cumsum(asks)])
    found: NDArray[np.bool_] = until[spans[:, 1]] > until[spans[:, 0]]
    return found


def _letters(table: Table, spans: Spans) -> Doubles:
    """Return the letters of both sides of some beads."""
    until = [
        np.concatenate([[0.0], np.cumsum(side.size, dtype=np.float64)])
        for side in (table.source, table.target)
    ]
    source = until[0][spans[:, 1]] - until[0][spans[:, 0]]
    return np.asarray(source + until[1][spans[:, 3]] - until[1][spans[:, 2]], dtype=np.float64)


def _lone_facts(table: Table, spans: Spans) -> Doubles:
    """Return how many figures, acronyms and pieces of code stand on one side of each bead only, up to three."""
    width = width_of(*table.facts)
    source, target = (
        summed(bags, spans[:, 2 * side : 2 * side + 2], width)
        for side, bags in enumerate(table.facts)
    )
    lone = sum(
        own.by_row(own.weight * (other.at(own.key) == 0))
        for own, other in ((source, target), (target, source))
    )
    return np.minimum(lone, _FACTS)


def _covered(table: Table, spans: Spans) -> Doubles:
    """Return how much of the evidence of either half of each bead the other half has, of that which has less."""
    width = width_of(*table.shared)
    source, target = (
        summed(bags, spans[:, 2 * side : 2 * side + 2], width)
        for side, bags in enumerate(table.shared)
    )
    shares = [
        own.common(other) / (_mass(bags, spans[:, at : at + 2]) + _TRACE)
        for own, other, bags, at in (
            (source, target, table.source, 0),
            (target, source, table.target, 2),
        )
    ]
    return np.minimum(*shares)


def _mass(bags: Bags, runs: Ints) -> Doubles:
    """Return the summed weights of some runs of segments."""
    until = np.concatenate([[0.0], np.cumsum(bags.weight, dtype=np.float64)])[bags.start]
    return np.asarray(until[runs[:, 1]] - until[runs[:, 0]], dtype=np.float64)


_FACTS = 3.0
"""Facts of one side that count: beyond them a bead is no more wrong."""
_TRACE = 0.3
"""Evidence below which a share of it says little."""
_USUAL = 0.2
"""How far the similarity of a neighbour exceeds the threshold where nothing is known of it."""
_USUAL_LENGTH = 4.5
"""Logarithm of the letters of an ordinary sentence."""
_SURE = 4.0
"""Logit beyond which a border is as good as sure."""
_NEAR = (1, 2)
"""How far before and after a segment its rivals stand."""


def _rivals(table: Table, prices: Prices, spans: Spans) -> Doubles:
    """Return how far the best rival of either half of each bead exceeds the threshold: a segment close by, in its place."""
    best = np.full(len(spans), -0.3)
    for side, size in ((0, len(table.source)), (1, len(table.target))):
        first, behind = 2 * side, 2 * side + 1
        for by in _NEAR:
            for near in (spans[:, first] - by, spans[:, behind] - 1 + by):
                at = np.flatnonzero((near >= 0) & (near < size))
                rivals = spans[at]
                rivals[:, first], rivals[:, behind] = near[at], near[at] + 1
                similarity = judge_spans(table, rivals, prices).similarity
                best[at] = np.maximum(best[at], similarity - prices.threshold)
    return np.asarray(np.clip(best, -0.3, 0.6), dtype=np.float64)


def probabilities(rows: Doubles, coefficients: Sequence[float]) -> Doubles:
    """Return the score of each described bead: 0 for lone segments, else between 0 and 1."""
    alike = _logistic(rows[:, :-1] @ np.array(coefficients))
    related = _logistic(_SURELY * (rows[:, -1] - _RELATED))
    scores: Doubles = alike * related
    scores[rows[:, 0] == 0] = 0.0
    return np.round(scores, 3)


def explain(
    rows: Doubles,
    coefficients: Sequence[float],
    order: Sequence[tuple[Step, bool]],
    scores: Doubles,
) -> list[tuple[Doubt, ...]]:
    """Return what lowers the score of each bead against that of an ordinary one, what costs most first.

    Nothing is told of beads that are surer than an ordinary one.
    """
    width = len(coefficients)
    costs = (np.array(_USUALLY[:width]) - rows[:, :width]) * np.array(coefficients)
    is_lone = [False, *(not (step.source and step.target) for step, _moved in order), False]
    told: list[tuple[Doubt, ...]] = [()] * len(rows)
    for at in np.flatnonzero((rows[:, 0] > 0) & (scores < _ORDINARY)).tolist():
        ranked = np.argsort(-costs[at], kind="stable").tolist()
        doubts = dict.fromkeys(_DOUBTS[k] for k in ranked if costs[at, k] >= _NOTABLE)
        doubts.pop(None, None)
        # The edge of a document counts like a lone segment, and a reader sees none there.
        if not (is_lone[at] or is_lone[at + 2]):
            doubts.pop(Doubt.BESIDE, None)
        told[at] = tuple(doubt for doubt in doubts if doubt is not None)[:_TOLD]
    return told


def _logistic(logits: Doubles) -> Doubles:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -60, 60))))

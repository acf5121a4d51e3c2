"""Scores that mean something: how often a bead like this one is right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from l10n.align.scoring import Doubles, Prices, Step, Table, judge

FEATURES = (
    *("bias", "similarity", "mass", "misfit", "merge", "moved", "neighbours", "facing"),
    "document",
)
"""What the logistic model looks at, in the order of its coefficients (`Settings.calibration`)."""
WITH_VECTORS = (*FEATURES, "vectors", "seen")
"""The same where some beads were looked at again with sentence vectors."""
COEFFICIENTS = (1.354, 3.394, 0.161, -1.064, -0.733, -1.982, -2.546, -2.221, 4.66, 3.007, 0.256)
"""Those of WITH_VECTORS, with an engine and without; `tests/benchmarks/tune_vectors.py` finds them."""


def describe(
    table: Table, prices: Prices, steps: Sequence[Step], moved: Sequence[bool]
) -> Doubles:
    """Return one row of FEATURES a bead, or of WITH_VECTORS; rows of lone segments are zero."""
    rows = np.zeros((len(steps), len(FEATURES if table.vectors is None else WITH_VECTORS)))
    paired = [k for k, step in enumerate(steps) if step.source and step.target]
    if not paired:
        return rows
    beads = [steps[k] for k in paired]
    fits = judge(table, beads, prices)
    over = fits.similarity - prices.threshold
    around = np.zeros(len(steps))
    around[paired] = np.clip(over, -0.2, 0.4)
    padded = np.concatenate([[_USUAL], around, [_USUAL]])
    lone = np.ones(len(steps) + 2)
    lone[1:-1][paired] = 0.0
    rows[paired, 0] = 1.0
    rows[paired, 1] = np.clip(over, -0.3, 0.6)
    rows[paired, 2] = np.log1p(fits.mass)
    rows[paired, 3] = fits.misfit
    rows[paired, 4] = [len(bead.source) + len(bead.target) - 2 for bead in beads]
    rows[paired, 5] = [moved[k] for k in paired]
    rows[paired, 6] = (padded[:-2] + padded[2:])[paired]
    rows[paired, 7] = (lone[:-2] + lone[2:])[paired]
    # A document that fits as a whole makes each of its beads likelier.
    rows[paired, 8] = min(
        1.0, max(0.0, fits.gain.sum()) / min(len(table.source), len(table.target))
    )
    if table.vectors is not None:
        sizes = rows[paired, 4] / 2 + 1
        rows[paired, 9] = np.clip(fits.vectors / sizes, -0.5, 0.5)
        rows[paired, 10] = fits.vectors != 0
    return rows


def describe_alone(
    table: Table, prices: Prices, steps: Sequence[Step], document: float = 0.1
) -> Doubles:
    """Return one row of FEATURES for each of some beads that stand in no text.

    Their neighbours are as usual; `document` is the gain a segment of the document that is supposed around
    them: 0.1 leaves a pair without any evidence at about one half, 0.4 is that of an ordinary document.
    """
    rows = np.zeros((len(steps), len(FEATURES)))
    if not steps:
        return rows
    fits = judge(table, steps, prices)
    rows[:, 0] = 1.0
    rows[:, 1] = np.clip(fits.similarity - prices.threshold, -0.3, 0.6)
    rows[:, 2] = np.log1p(fits.mass)
    rows[:, 3] = fits.misfit
    rows[:, 6] = 2 * _USUAL
    rows[:, 8] = document
    return rows


_USUAL = 0.2
"""How far the similarity of a neighbour exceeds the threshold where nothing is known of it."""


def probabilities(rows: Doubles, coefficients: Sequence[float]) -> Doubles:
    """Return the score of each described bead: 0 for lone segments, else between 0 and 1."""
    scores = 1.0 / (1.0 + np.exp(-(rows @ np.array(coefficients))))
    scores[rows[:, 0] == 0] = 0.0
    rounded: Doubles = np.round(scores, 3)
    return rounded

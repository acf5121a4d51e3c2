"""How sure one may be of corrected drafts: a logistic model of what lessons know, fitted on reviews that taught nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from l10n.drafting.estimator import Estimator, Weight
from l10n.drafting.lessons.confidence import BASE, Confidence, Evidence, features_of
from l10n.drafting.measures import LIGHT, edit_rate
from l10n.drafting.objections import check_reasons, grammar_reasons
from l10n.drafting.trust import HARMLESS, judge
from l10n.model import Draft
from l10n.text import markup

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 400
"""Reviews that it is fitted on at most: the checks take four milliseconds each."""
_LEAST, _EACH = 60, 8
"""Reviews under which nothing is fitted, and as many of them that must have needed a light edit, and more than that."""
_PENALTY = 8.0
_BASE_TRUST = 0.5
"""What the estimator that everybody has counts for, where the reviews of a house say nothing else."""
_STEPS, _LONGEST_STEP = 40, 1.0


class Example(NamedTuple):
    """A draft of a review that taught nothing."""

    source: str
    """As plain text."""
    text: str
    """The corrected draft, as plain text."""
    accepted: str
    evidence: Sequence[Evidence]


def fit(
    examples: Sequence[Example], pair: tuple[str, str], estimator: Estimator | None
) -> Confidence | None:
    """Return what each feature counts for; None where there are too few reviews to tell."""
    light = np.array([float(edit_rate(row.text, row.accepted) <= LIGHT) for row in examples])
    if len(examples) < _LEAST or min(light.sum(), len(light) - light.sum()) < _EACH:
        return None
    rows = [features_of(row.evidence, base_score(row, pair, estimator)) for row in examples]
    names = sorted(rows[0])
    matrix = np.array([[row[name] for name in names] for row in rows])
    means, deviations = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    columns = np.c_[np.ones(len(matrix)), (matrix - means) / deviations]
    trusted = np.zeros(columns.shape[1])
    trusted[1 + names.index(BASE)] = _BASE_TRUST * deviations[names.index(BASE)]
    solution = _logistic(columns, light, trusted)
    weights = {
        name: Weight(*map(float, row))
        for name, *row in zip(names, means, deviations, solution[1:], strict=True)
    }
    return Confidence(float(solution[0]), weights)


def base_score(row: Example, pair: tuple[str, str], estimator: Estimator | None) -> float:
    """Return the score of the estimator that everybody has; the same for all where there is none."""
    if estimator is None:
        return 0.5
    msgid, msgstr = markup.escape(row.source), markup.escape(row.text)
    verdict = judge(
        row.source,
        Draft(row.text),
        source_locale=pair[0],
        target_locale=pair[1],
        extra=(
            *grammar_reasons(row.source, row.text, *pair),
            *check_reasons(msgid, msgstr, *pair),
        ),
    )
    reasons = [code for code in verdict.reasons if code.partition(":")[0] not in HARMLESS]
    return estimator.judge(row.source, row.text, reasons, pair).score


def _logistic(
    columns: NDArray[np.float64], light: NDArray[np.float64], trusted: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fit a logistic model that is drawn towards what is trusted, by Newton's method with short steps."""
    penalty = _PENALTY * np.diag([0.0, *np.ones(columns.shape[1] - 1)])
    solution = trusted.copy()
    for _step in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(columns @ solution, -30, 30)))
        slope = columns.T @ (chance - light) + penalty @ (solution - trusted)
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + penalty
        curve[0, 0] += 1e-6
        step = np.linalg.solve(curve, slope)
        solution = solution - step * min(1.0, _LONGEST_STEP / max(1e-9, np.abs(step).max()))
        if np.abs(step).max() < 1e-6:
            break
    return solution

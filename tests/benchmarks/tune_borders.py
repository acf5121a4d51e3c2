"""Find the coefficients of `align.borders`: does a segment at the end of a bead belong to it?

`L10N_DATA=DIR python tests/benchmarks/tune_borders.py [none|apertium|vectors]` prints them, and what they decide on
each family of documents when only the others taught them. `L10N_PAGES` lists pages that teach, too: see `foreign_documents`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from bench_align import SETS, XQUAD, apertium, encoders, found_in, load
from foreign_documents import listed_documents
from noisy_documents import Document, noisy_documents

from l10n.align.borders import FEATURES, WITH_VECTORS, Question, asked_of, describe_borders

_MOST = 1500
"""Questions of one family that count as much as all of a smaller one's."""


def main() -> None:
    """Print coefficients, and the decisions on families left out."""
    mode = sys.argv[1] if len(sys.argv) > 1 else "none"
    folder = Path(os.environ.get("L10N_DATA", ".")) / "align"
    documents = [*load(folder, SETS), *load(folder / "xquad", XQUAD), *listed_documents()]
    archive = folder.parent / "po" / "python-docs-es.tar.xz"
    documents += noisy_documents(archive, tuning=True)
    families = [document.set.split("-")[0] for document in documents]
    rows, answers, of = [], [], []
    for family, document in zip(families, documents, strict=True):
        for row, answer in _asked(document, mode):
            rows.append(row)
            answers.append(answer)
            of.append(family)
    table, right, family_of = np.array(rows), np.array(answers), np.array(of)
    weights = weights_of(family_of)
    for family in sorted(set(families)):
        test = family_of == family
        if not test.any():
            continue
        learnt = fit_borders(table[~test], right[~test], weights[~test])
        belongs = 1 / (1 + np.exp(-(table[test] @ learnt))) > 0.5
        kept = table[test, 1] == 1
        print(
            f"{family}: {test.sum()} questions, the search wrong {np.sum(kept != right[test])}, "
            f"the model taught by the others {np.sum(belongs != right[test])}"
        )
    names = WITH_VECTORS if mode == "vectors" else FEATURES
    print(dict(zip(names, fit_borders(table, right, weights).round(3).tolist(), strict=True)))


def _asked(document: Document, mode: str) -> Iterator[tuple[np.ndarray, bool]]:
    """Yield the features of each question with a known answer, and that answer."""
    found = found_in(
        document,
        None if mode == "none" else apertium(),
        encoders()[-1] if mode == "vectors" else None,
    )
    questions, lone = asked_of(found.order)
    rows = describe_borders(found.table, found.prices, questions, lone)
    beads: tuple[dict[int, int], ...] = ({}, {})
    for number, groups in enumerate(document.gold):
        if all(groups):
            for side in (0, 1):
                beads[side].update(dict.fromkeys(groups[side], number))
    for question, row in zip(questions, rows, strict=True):
        answer = _answer(question, beads)
        if answer is not None:
            yield row, answer


def _answer(question: Question, beads: Sequence[Mapping[int, int]]) -> bool | None:
    """Tell whether the segment belongs to the bead; None where the bead itself is wrong."""
    step = question.without
    numbers = {beads[0].get(i) for i in step.source} | {beads[1].get(j) for j in step.target}
    if len(numbers) != 1 or None in numbers:
        return None
    return beads[question.side].get(question.segment) in numbers


def weights_of(family_of: np.ndarray) -> np.ndarray:
    """Return how much each question counts: a large family no more than `_MOST`."""
    weights = np.ones(len(family_of))
    for family in set(family_of.tolist()):
        weights[family_of == family] = min(1.0, _MOST / np.sum(family_of == family))
    return weights


def fit_borders(rows: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Fit a logistic model by Newton's method with a little ridge."""
    learnt = np.zeros(rows.shape[1])
    for _round in range(40):
        p = 1 / (1 + np.exp(-np.clip(rows @ learnt, -30, 30)))
        slope = rows.T @ (weights * (right - p)) - learnt
        curve = (rows * (weights * p * (1 - p))[:, None]).T @ rows + np.eye(rows.shape[1])
        learnt = learnt + np.linalg.solve(curve, slope)
    return learnt


if __name__ == "__main__":
    main()

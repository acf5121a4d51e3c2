"""Find the coefficients of `align.joints`: are two beads that touch one?

`L10N_DATA=DIR python tests/benchmarks/tune_joints.py [none|apertium|vectors]` prints them, and what they decide on each
family of documents when only the others taught them. `L10N_PAGES` lists pages that teach too, see `foreign_documents`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from bench_align import SETS, XQUAD, apertium, encoders, found_in, load
from foreign_documents import listed_documents
from noisy_documents import Document, noisy_documents
from tune_borders import fit_borders, weights_of

from l10n.align.borders import settle_borders
from l10n.align.joints import FEATURES, describe_joints, joints_of
from l10n.align.scoring import Step
from l10n.align.segments import borders_of


def main() -> None:
    """Print coefficients, and the decisions on families left out."""
    mode = sys.argv[1] if len(sys.argv) > 1 else "none"
    folder = Path(os.environ.get("L10N_DATA", ".")) / "align"
    documents = [*load(folder, SETS), *load(folder / "xquad", XQUAD), *listed_documents()]
    documents += noisy_documents(folder.parent / "po" / "python-docs-es.tar.xz", tuning=True)
    rows, answers, kept, of = [], [], [], []
    for document in documents:
        for row, answer, is_kept in _asked(document, mode):
            rows.append(row)
            answers.append(answer)
            kept.append(is_kept)
            of.append(document.set.split("-")[0])
    table, right, search, family_of = map(np.array, (rows, answers, kept, of))
    weights = weights_of(family_of)
    for family in sorted(set(of)):
        test = family_of == family
        learnt = fit_borders(table[~test], right[~test], weights[~test])
        is_one = table[test] @ learnt > 0
        print(
            f"{family}: {test.sum()} questions, the search wrong {np.sum(search[test] != right[test])}, "
            f"the model taught by the others {np.sum(is_one != right[test])}"
        )
    learnt = fit_borders(table, right, weights)
    print(dict(zip(FEATURES, learnt.round(3).tolist(), strict=True)))


def _asked(document: Document, mode: str) -> Iterator[tuple[np.ndarray, bool, bool]]:
    """Yield the features of each joint with a known answer, that answer, and that of the search."""
    engine = None if mode == "none" else apertium()
    found = found_in(document, engine, encoders()[-1] if mode == "vectors" else None)
    if found.is_by_sentence:
        return
    table, prices = found.table, found.prices
    joints = list(joints_of(settle_borders(table, prices, found.order, borders_of(found))))
    gold = set(document.gold)
    for joint, row in zip(joints, describe_joints(table, prices, joints), strict=True):
        is_one = _groups(joint.whole) in gold
        if is_one or _groups(joint.first) in gold or _groups(joint.second) in gold:
            yield row, is_one, joint.is_kept


def _groups(step: Step) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(step.source), tuple(step.target)


if __name__ == "__main__":
    main()

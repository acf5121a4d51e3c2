"""Learn what sentence vectors count, and the scores of beads that they helped to find.

`L10N_DATA=DIR python tests/benchmarks/tune_vectors.py [ROUNDS]` (0: take the weights as they are) prints the weights for `vectors.TUNED` and
the coefficients for `calibration.COEFFICIENTS`, learnt from all sets and from the made documents for
tuning; then strict F1, of each set with what its other documents taught, of the made documents that are
kept for measuring with what all taught. Needs the extra `vectors`.

The weights come from an averaged structured perceptron: each stretch that a path leaves in doubt is
searched with the weights so far, and they move towards what the gold path has more of than the found one.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np
from bench_align import _calibration_error, _logistic, _probability, apertium, load
from noisy_documents import Document, noisy_documents

from l10n.align import Translate
from l10n.align.calibration import describe, probabilities
from l10n.align.doubt import doubtful_stretches, encode_stretches, search_again
from l10n.align.evidence import read_sides
from l10n.align.notation import Groups, evaluate
from l10n.align.pairing import find_moved, find_path, make_sides, with_moved
from l10n.align.scoring import TYPES, Piece, Prices, Step, Table
from l10n.align.search import best_paths
from l10n.align.tuned import WITH_ENGINE, WITHOUT_ENGINE, Settings
from l10n.align.vectors import TUNED, VectorWeights
from l10n.encoders import Encode, load_encoder

_FOLDS = 3
_RATE = 0.1


@dataclass(frozen=True)
class Case:
    """A document with what the first look found."""

    document: Document
    settings: Settings
    table: Table
    prices: Prices
    steps: list[Step]
    stretches: list


def main() -> None:
    """Learn, and tell how good it is."""
    folder = Path(os.environ.get("L10N_DATA", "."))
    if not (folder / "align").is_dir():
        sys.exit("set L10N_DATA to the folder that holds align/")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    archive = folder / "po" / "python-docs-es.tar.xz"
    encode = remembered(load_encoder("use"))
    known = [*load(folder / "align"), *noisy_documents(archive, tuning=True)]
    modes = (None, apertium())
    cases = [list(look(known, mode, encode)) for mode in modes]
    weights = learn([case for some in cases for case in some], rounds)
    print(weights)
    strangers = [list(look(_mismatched(known), mode, encode)) for mode in modes]
    print(calibrate(cases, strangers, weights), flush=True)
    new = [list(look(noisy_documents(archive, tuning=False), mode, encode)) for mode in modes]
    tell([[(case, weights) for case in some] for some in new])
    folds = [[some[part::_FOLDS] for some in cases] for part in range(_FOLDS)] if rounds else []
    held_out: list[list[tuple[Case, VectorWeights | None]]] = [[] for _mode in modes]
    for fold in folds:
        others = [c for other in folds if other is not fold for some in other for c in some]
        taught = learn(others, rounds)
        for mode, some in enumerate(fold):
            held_out[mode] += [(case, taught) for case in some]
    tell(held_out)


def tell(found: Sequence[Sequence[tuple[Case, VectorWeights | None]]]) -> None:
    """Print strict F1 of each set without an engine and with one, with vectors and without."""
    for label, pairs in zip(("without engine", "with Apertium"), found, strict=True):
        print(label, f1(pairs))
        print(
            label, "without vectors", f1([(case, None) for case, _weights in pairs]), flush=True
        )


def remembered(encode: Encode) -> Encode:
    """Give an encoder that encodes each text once."""
    known: dict[str, np.ndarray] = {}

    def encode_or_recall(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, encode(new), strict=True))
        return np.array([known[text] for text in texts])

    return encode_or_recall


def look(
    documents: Iterable[Document], translate: Translate | None, encode: Encode
) -> Iterator[Case]:
    """Give each document with its path, and the vectors of what that leaves in doubt."""
    settings = WITH_ENGINE if translate else WITHOUT_ENGINE
    for document in documents:
        sides = make_sides(
            (document.source, document.target), document.locales, translate, None
        )
        table, prices, steps = find_path(read_sides(*sides), settings)
        scores = probabilities(
            describe(table, prices, steps, [False] * len(steps)), settings.calibration
        )
        stretches = doubtful_stretches(steps, scores)
        if stretches:
            vectors = encode_stretches((sides[0].texts, sides[1].texts), stretches, encode)
            table = replace(table, vectors=vectors)
        yield Case(document, settings, table, prices, steps, stretches)


def weighed(table: Table, weights: Sequence[float]) -> Table:
    """Give a table whose vectors count so much."""
    return replace(table, vectors=replace(table.vectors, weights=VectorWeights(*weights)))


def learn(cases: Sequence[Case], rounds: int) -> VectorWeights:
    """Learn weights from the stretches of some documents."""
    examples = [
        (case, stretch.piece, gold)
        for case in cases
        for stretch in case.stretches
        if (gold := gold_path(case.document.gold, stretch.piece)) is not None
    ]
    weights = np.array(astuple(TUNED))
    total, count = np.zeros(len(weights)), 0
    rng = random.Random(1)
    for turn in range(rounds):
        rng.shuffle(examples)
        for case, piece, gold in examples:
            table = weighed(case.table, weights.tolist())
            found = best_paths(table, case.prices, [piece])[0]
            if found != gold:
                more = _terms(case.table, gold) - _terms(case.table, found)
                weights = weights + _RATE / (1 + 0.3 * turn) * more
            total, count = total + weights, count + 1
    return VectorWeights(*(round(float(each), 3) for each in total / count)) if count else TUNED


def gold_path(gold: Sequence[Groups], piece: Piece) -> list[Step] | None:
    """Give the gold path through a piece; None where beads cross its border, moved or are of no known type."""
    inside = [
        (ours, theirs)
        for ours, theirs in gold
        if any(i in piece.source for i in ours) or any(j in piece.target for j in theirs)
    ]
    i, j = piece.source.start, piece.target.start
    steps: list[Step] = []
    for ours, theirs in [(o, t) for o, t in inside if o and t] + [
        ((piece.source.stop,), (piece.target.stop,))
    ]:
        if ours[0] < i or theirs[0] < j:
            return None
        steps += [Step(range(k, k + 1), range(j, j)) for k in range(i, ours[0])]
        steps += [Step(range(ours[0], ours[0]), range(k, k + 1)) for k in range(j, theirs[0])]
        if ours[0] < piece.source.stop:
            i, j = ours[-1] + 1, theirs[-1] + 1
            steps.append(Step(range(ours[0], i), range(theirs[0], j)))
            if (len(ours), len(theirs)) not in TYPES:
                return None
    return steps if (i, j) <= (piece.source.stop, piece.target.stop) else None


def _terms(table: Table, path: Sequence[Step]) -> np.ndarray:
    """Give how much of each term a path has."""
    total = np.zeros(len(astuple(TUNED)))
    for step in path:
        if step.source and step.target:
            last = np.array([[step.source.stop - 1]]), np.array([[step.target.stop - 1]])
            sizes = (
                table.source_runs.sizes[len(step.source) - 1, last[0]],
                table.target_runs.sizes[len(step.target) - 1, last[1]],
            )
            kind = len(step.source), len(step.target)
            total += table.vectors.terms(kind, last, sizes)[:, 0, 0, 0]
    return total


def beads(case: Case, weights: VectorWeights | None) -> tuple[Table, list[tuple[Step, bool]]]:
    """Give the beads of a document and the table they were found with."""
    table, steps = replace(case.table, vectors=None), case.steps
    if weights is not None and case.stretches:
        table = weighed(case.table, astuple(weights))
        steps = search_again(table, case.prices, steps, case.stretches)
    steps, moved = find_moved(table, case.prices, steps, case.settings)
    return table, with_moved(steps, moved)


def f1(pairs: Iterable[tuple[Case, VectorWeights | None]]) -> dict[str, float]:
    """Give strict F1 of each set."""
    results: dict[str, list] = {}
    for case, weights in pairs:
        _table, order = beads(case, weights)
        found = tuple((tuple(s.source), tuple(s.target)) for s, _moved in order)
        results.setdefault(case.document.set, []).append((case.document.gold, found))
    return {name: round(evaluate(some).f1, 4) for name, some in results.items()}


def _mismatched(documents: Sequence[Document]) -> Iterator[Document]:
    """Give documents with the translation of another: all of their beads are wrong."""
    for one, other in zip(documents, documents[3:], strict=False):
        if one.locales == other.locales and one.set.endswith(("noisy", "moved")):
            yield replace(one, target=other.target, gold=())


def calibrate(
    cases: Sequence[Sequence[Case]], strangers: Sequence[Sequence[Case]], weights: VectorWeights
) -> tuple[float, ...]:
    """Fit the coefficients of the scores and print their error, each document judged by the others."""
    described, truth, of = described_beads(cases, weights)
    strange, wrong, _of = described_beads(strangers, weights)
    judged = np.zeros(len(truth))
    for part in range(_FOLDS):
        test = of % _FOLDS == part
        taught = _logistic(
            np.concatenate([described[~test], strange]), np.concatenate([truth[~test], wrong])
        )
        judged[test] = _probability(described[test], taught)
    found = _logistic(np.concatenate([described, strange]), np.concatenate([truth, wrong]))
    print(
        f"held-out calibration error {_calibration_error(judged, truth):.3f}, mean score of"
        f" {len(wrong)} wrong pairs {_probability(strange, found).mean():.3f}"
    )
    return tuple(round(float(each), 3) for each in found)


def described_beads(
    cases: Sequence[Sequence[Case]], weights: VectorWeights
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give features, rightness and document number of the beads that vectors helped to find."""
    rows, right, of = [], [], []
    for some in cases:
        for number, case in enumerate(some):
            table, order = beads(case, weights)
            if table.vectors is None:
                continue
            gold = set(case.document.gold)
            described = describe(
                table, case.prices, [s for s, _ in order], [m for _, m in order]
            )
            for (step, _moved), row in zip(order, described, strict=True):
                if step.source and step.target:
                    rows.append(row)
                    right.append((tuple(step.source), tuple(step.target)) in gold)
                    of.append(number)
    return np.array(rows), np.array(right, dtype=float), np.array(of)


if __name__ == "__main__":
    main()

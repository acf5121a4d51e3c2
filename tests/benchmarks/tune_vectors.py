"""Search what sentence vectors should count.

`L10N_DATA=DIR python tests/benchmarks/tune_vectors.py SECONDS` prints every better step of a random search
for the mean strict F1 over all sets and the made documents for tuning, with an engine and without; its
values go into `vectors.TUNED` by hand. Then it prints what made documents reach that are kept for
measuring. 0 seconds take the weights as they are. Needs the extra `vectors`.
"""

from __future__ import annotations

import math
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import numpy as np
from bench_align import apertium, load
from noisy_documents import Document, noisy_documents

from l10n.align import Translate
from l10n.align.calibration import describe, probabilities
from l10n.align.doubt import doubtful_stretches, encode_stretches, search_again
from l10n.align.encoders import Encode, load_encoder
from l10n.align.evidence import read_sides
from l10n.align.moved import find_moved, with_moved
from l10n.align.notation import evaluate
from l10n.align.scoring import Prices, Step, Table
from l10n.align.segments import find_path, make_sides
from l10n.align.tuned import WITH_ENGINE, WITHOUT_ENGINE, Settings
from l10n.align.vectors import TUNED, VectorWeights


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
    seconds = float(sys.argv[1])
    archive = folder / "po" / "python-docs-es.tar.xz"
    encode = remembered(load_encoder("use"))
    known = [*load(folder / "align"), *noisy_documents(archive, tuning=True)]
    modes = (None, apertium())
    cases = [list(look(known, mode, encode)) for mode in modes]
    weights = search(cases, seconds)
    new = [list(look(noisy_documents(archive, tuning=False), mode, encode)) for mode in modes]
    for label, some in zip(("without engine", "with Apertium"), new, strict=True):
        print(label, "kept for measuring", f1(some, weights), "without vectors", f1(some, None))


def search(cases: Sequence[Sequence[Case]], seconds: float) -> VectorWeights:
    """Give the best weights that were met in so many seconds."""
    best, reached = TUNED, mean_f1(cases, TUNED)
    print(reached, best, flush=True)
    rng = random.Random(5)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        step = VectorWeights(
            *(
                round(each * math.exp(rng.gauss(0, 0.25)), 3) if rng.random() < 0.5 else each
                for each in astuple(best)
            )
        )
        found = mean_f1(cases, step)
        if found > reached:
            best, reached = step, found
            print(reached, best, flush=True)
    return best


def mean_f1(cases: Sequence[Sequence[Case]], weights: VectorWeights) -> float:
    """Give the mean over the sets, with an engine and without."""
    found = [score for some in cases for score in f1(some, weights).values()]
    return round(sum(found) / len(found), 5)


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
        path = find_path(read_sides(*sides), settings)
        table, prices, steps = path.table, path.prices, path.steps
        scores = probabilities(
            describe(
                table,
                prices,
                [(step, False) for step in steps],
                settings.borders,
                settings.joints,
                answers={},
            ),
            settings.calibration,
        )
        stretches = doubtful_stretches(steps, scores)
        if stretches:
            vectors = encode_stretches((sides[0].texts, sides[1].texts), stretches, encode)
            table = replace(table, vectors=vectors)
        yield Case(document, settings, table, prices, steps, stretches)


def weighed(table: Table, weights: Sequence[float]) -> Table:
    """Give a table whose vectors count so much."""
    return replace(table, vectors=replace(table.vectors, weights=VectorWeights(*weights)))


def beads(case: Case, weights: VectorWeights | None) -> tuple[Table, list[tuple[Step, bool]]]:
    """Give the beads of a document and the table they were found with."""
    table, steps = replace(case.table, vectors=None), case.steps
    if weights is not None and case.stretches:
        table = weighed(case.table, astuple(weights))
        steps = search_again(table, case.prices, steps, case.stretches)
    steps, moved = find_moved(table, case.prices, steps, case.settings)
    return table, with_moved(steps, moved)


def f1(cases: Iterable[Case], weights: VectorWeights | None) -> dict[str, float]:
    """Give strict F1 of each set."""
    results: dict[str, list] = {}
    for case in cases:
        _table, order = beads(case, weights)
        found = tuple((tuple(s.source), tuple(s.target)) for s, _moved in order)
        results.setdefault(case.document.set, []).append((case.document.gold, found))
    return {name: round(evaluate(some).f1, 4) for name, some in results.items()}


if __name__ == "__main__":
    main()

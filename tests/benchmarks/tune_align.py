"""Search the aligner's settings at random: weighted mean strict F1 over all sets, a better step is kept.

`L10N_DATA=DIR python tests/benchmarks/tune_align.py [apertium|none] SECONDS [SEED]` prints every better
step; its values go into l10n/align/tuned.py by hand. Cross-check with `--leave-out SET`, which keeps a
set out of the search and prints what it reaches.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from bench_align import SETS, apertium, load
from noisy_documents import Document, noisy_documents

from l10n.align.evidence import Corpus, Feature, Weights, read_sides
from l10n.align.moved import find_moved, with_moved
from l10n.align.notation import evaluate
from l10n.align.scoring import Prices
from l10n.align.segments import find_path, make_sides
from l10n.align.tuned import WITH_ENGINE, WITHOUT_ENGINE, Settings

_SHARES = {
    "pud-noisy": 1, "react-noisy": 1.5, "react-real": 1.5, "pydoc-real": 1, "pud-moved": 0.7,
    "docs-noisy": 3, "docs-moved": 1.5,
}  # fmt: skip
"""How much each set counts: large ones and those of coherent articles more."""
_OTHER = ("parity", "parity_share", "parity_facing", "weak", "moved", "near", "dice")


def main() -> None:
    """Search for as long as was said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=["apertium", "none"])
    parser.add_argument("seconds", type=float)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--leave-out", choices=SETS)
    options = parser.parse_args()
    folder = Path(os.environ.get("L10N_DATA", ".")) / "align"
    if not folder.is_dir():
        sys.exit("set L10N_DATA to the folder that holds align/")
    translate = apertium() if options.engine == "apertium" else None
    archive = folder.parent / "po" / "python-docs-es.tar.xz"
    read = [
        (d, read_sides(*make_sides((d.source, d.target), d.locales, translate, None)))
        for d in (*load(folder), *noisy_documents(archive, tuning=True))
    ]
    search = [pair for pair in read if pair[0].set != options.leave_out]
    best = WITH_ENGINE if translate else WITHOUT_ENGINE
    reached = score(search, best)
    print(mean(reached), reached)
    rng = random.Random(options.seed)
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        step = changed(best, rng)
        found = score(search, step)
        if mean(found) > mean(reached):
            best, reached = step, found
            print(mean(reached), reached, best, flush=True)
    if options.leave_out:
        print(
            "left out:",
            score([pair for pair in read if pair[0].set == options.leave_out], best),
        )


def changed(settings: Settings, rng: random.Random) -> Settings:
    """Give settings with one to three values moved a little."""
    for _time in range(rng.choice([1, 1, 2, 3])):
        kind = rng.choice(["weight", "price", "other"])
        by = math.exp(rng.gauss(0, 0.4))
        if kind == "weight" and rng.random() < 0.15:
            rarer = Weights(settings.weights.of, settings.weights.rarity * by)
            settings = replace(settings, weights=rarer)
        elif kind == "weight":
            feature = rng.choice([f for f in Feature if settings.weights.of[f]])
            of = {**settings.weights.of, feature: settings.weights.of[feature] * by}
            settings = replace(settings, weights=Weights(of, settings.weights.rarity))
        elif kind == "price":
            name = rng.choice([field.name for field in fields(Prices)])
            value = getattr(settings.prices, name)
            new = value + rng.gauss(0, 0.03) if name == "ratio" else max(value, 5e-3) * by
            settings = replace(settings, prices=replace(settings.prices, **{name: new}))
        else:
            name = rng.choice(_OTHER)
            settings = replace(settings, **{name: getattr(settings, name) * by})
    return settings


def score(read: Sequence[tuple[Document, Corpus]], settings: Settings) -> dict[str, float]:
    """Give the strict F1 of each set."""
    results: dict[str, list[tuple[object, object]]] = {}
    for document, corpus in read:
        path = find_path(corpus, settings)
        steps, moved = find_moved(path.table, path.prices, path.steps, settings)
        found = tuple((tuple(s.source), tuple(s.target)) for s, _m in with_moved(steps, moved))
        results.setdefault(document.set, []).append((document.gold, found))
    return {name: round(evaluate(pairs).f1, 4) for name, pairs in results.items()}  # type: ignore[arg-type]


def mean(scores: Mapping[str, float]) -> float:
    """Give the weighted mean over the sets."""
    total = sum(_SHARES[name] * value for name, value in scores.items())
    return round(total / sum(_SHARES[name] for name in scores), 5)


if __name__ == "__main__":
    main()

"""What a band is worth: fits the estimator of drafts, and measures it on families of texts left out.

    L10N_DATA=… python tests/benchmarks/bench_bands.py draft FILE.jsonl [ENTRIES]
    python tests/benchmarks/bench_bands.py report FILE.jsonl
    python tests/benchmarks/bench_bands.py fit FILE.jsonl
    python tests/benchmarks/bench_bands.py measure ENGLISH SPANISH

`draft` has Apertium draft every text of `parallel_texts.py` in both directions. `report` fits, for each family,
a model on all other families, tables and weights, and tells the AUC and the share of light edits on the one
left out: nothing of a family is seen before it is measured. `fit` does the same, then fits on all families and writes
`l10n/drafting/estimates/`. `measure` judges drafts of two files with a text a line by the estimator as shipped.

A light edit is a translation edit rate (words, with shifts; Snover et al. 2006) of 0.3 at most.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from parallel_texts import ROOT, Sample, samples

from l10n.drafting.estimator import (
    Count,
    Estimator,
    Reliability,
    Tables,
    Weight,
    bounded,
    describe,
    ending_of,
    fate,
    format_estimator,
    load_estimator,
    tokens,
)
from l10n.drafting.measures import LIGHT, edit_rate

ENGINE = "apertium"
DIRECTIONS = (("en", "es"), ("es", "en"))
GOOD = 0.8
_FOLDS = 4
_PENALTY = 5.0
_RARE = 3
"""Words and pairs seen less often stay out of the shipped tables."""

Row = dict[str, Any]
Floats = np.ndarray[Any, np.dtype[np.float64]]


def draft(file: str, entries: str = "5000") -> None:
    """Draft every sample in both directions, one line of JSON each."""
    chosen = samples(catalog_entries=int(entries))
    random.Random(3).shuffle(chosen)
    with Path(file).open("w", encoding="utf-8") as out:
        for source, target in DIRECTIONS:
            out.writelines(
                json.dumps(row, ensure_ascii=False) + "\n"
                for row in drafted(chosen, source, target)
            )


def drafted(chosen: Sequence[Sample], source: str, target: str) -> Iterable[Row]:
    """Yield drafts with their reasons, in batches as `prefill` makes them."""
    from l10n.drafting.units import translate_units
    from l10n.engines import load_engine
    from l10n.text import markup

    engine = load_engine(ENGINE)
    for start in range(0, len(chosen), 500):
        batch = chosen[start : start + 500]
        english = source == "en"
        texts = [sample.english if english else sample.spanish for sample in batch]
        others = [sample.spanish if english else sample.english for sample in batch]
        answers = translate_units(
            [markup.escape(text) for text in texts], engine, source, target
        )
        for sample, text, other, answer in zip(batch, texts, others, answers, strict=True):
            plain = markup.plain(answer.text)
            if plain:
                yield {
                    "family": sample.family,
                    "document": sample.document,
                    "pair": (source, target),
                    "source": text,
                    "draft": plain,
                    "reference": other,
                    "reasons": answer.verdict.reasons,
                    "band": answer.verdict.band,
                    "rate": round(edit_rate(plain, other), 3),
                }


def read(file: str, source: str) -> list[Row]:
    """Return the drafts of one direction."""
    with Path(file).open(encoding="utf-8") as lines:
        return [with_tokens(row) for row in map(json.loads, lines) if row["pair"][0] == source]


def with_tokens(row: Row) -> Row:
    """Return a draft with the tokens of its three texts."""
    return row | {
        "source tokens": tokens(row["source"]),
        "tokens": tokens(row["draft"]),
        "reference tokens": tokens(row["reference"]),
    }


def count(rows: Iterable[Row], *, rare: int = 0) -> Tables:
    """Count what people kept of drafts."""
    words, endings, pairs, sources = (defaultdict(lambda: [0.0, 0]) for _table in range(4))
    for row in rows:
        text, reference = row["tokens"], row["reference tokens"]
        kept, together = set(reference), set(bounded(reference))
        for word in text:
            for table, key in ((words, word), (endings, ending_of(word)), (endings, "")):
                _add(table, key, float(word in kept))
        for pair in bounded(text):
            _add(pairs, " ".join(pair), float(pair in together))
        for word in {*row["source tokens"], ""}:
            _add(sources, word, min(1.5, row["rate"]))
    return Tables(*(_counts(table, rare) for table in (words, endings, pairs, sources)))


def _add(table: dict[str, list[float]], key: str, kept: float) -> None:
    table[key][0] += kept
    table[key][1] += 1


def _counts(table: dict[str, list[float]], rare: int) -> dict[str, Count]:
    return {key: Count(kept, int(seen)) for key, (kept, seen) in table.items() if seen > rare}


def features_of(row: Row, tables: Tables) -> dict[str, float]:
    """Return all features of a draft; what needs no tables is worked out once."""
    if "described" not in row:
        row["described"] = describe(
            row["source"], row["draft"], row["reasons"], tuple(row["pair"])
        )
    return row["described"] | fate(row["source tokens"], row["tokens"], tables)


def train(rows: Sequence[Row], *, rare: int = 0) -> Estimator:
    """Fit tables and weights; the tables that describe a document are counted without it."""
    documents = sorted({row["document"] for row in rows})
    random.Random(1).shuffle(documents)
    fold = {document: n % _FOLDS for n, document in enumerate(documents)}
    described: list[dict[str, float]] = [{}] * len(rows)
    for number in range(_FOLDS):
        tables = count((row for row in rows if fold[row["document"]] != number), rare=rare)
        for at, row in enumerate(rows):
            if fold[row["document"]] == number:
                described[at] = features_of(row, tables)
    names = sorted({name for features in described for name in features})
    # A reason that is not given is given nought times; everything else is always there.
    matrix = np.array([[features.get(name, 0.0) for name in names] for features in described])
    light = np.array([float(row["rate"] <= LIGHT) for row in rows])
    families = Counter(row["family"] for row in rows)
    # Large families weigh less a text, or the model would know one publisher only.
    heft = np.array([1 / math.sqrt(families[row["family"]]) for row in rows])
    weights, intercept = logistic(matrix, light, heft * len(heft) / heft.sum())
    return Estimator(
        count(rows, rare=rare), dict(zip(names, weights, strict=True)), intercept, ()
    )


def logistic(matrix: Floats, light: Floats, heft: Floats) -> tuple[list[Weight], float]:
    """Fit a logistic model with a quadratic penalty, by Newton's method."""
    means, deviations = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    columns = np.c_[np.ones(len(matrix)), (matrix - means) / deviations]
    penalty = _PENALTY * np.diag([0.0, *np.ones(matrix.shape[1])])
    solution = np.zeros(columns.shape[1])
    for _step in range(30):
        chance = 1 / (1 + np.exp(-columns @ solution))
        slope = columns.T @ (heft * (chance - light)) + penalty @ solution
        curve = (columns * (heft * chance * (1 - chance))[:, None]).T @ columns + penalty
        step = np.linalg.solve(curve, slope)
        solution -= step
        if np.abs(step).max() < 1e-6:
            break
    weights = [
        Weight(*map(float, row)) for row in zip(means, deviations, solution[1:], strict=True)
    ]
    return weights, float(solution[0])


def scored(estimator: Estimator, rows: Iterable[Row]) -> list[float]:
    """Return the score of each draft."""
    return [estimator.score(features_of(row, estimator.tables)) for row in rows]


def left_out(rows: Sequence[Row]) -> list[tuple[Row, float]]:
    """Return each draft with the score of a model that saw nothing of its family."""
    for row in rows:
        features_of(row, _NOTHING)
    families = sorted({row["family"] for row in rows})
    judged: list[tuple[Row, float]] = []
    with ProcessPoolExecutor(2) as pool:
        for family, scores in zip(
            families, pool.map(_score_family, repeat(rows), families), strict=True
        ):
            inside = [row for row in rows if row["family"] == family]
            judged += zip(inside, scores, strict=True)
            light = [row["rate"] <= LIGHT for row in inside]
            today = [{"good": 2, "fair": 1, "poor": 0}[row["band"]] for row in inside]
            print(
                f"  {family:18} {len(inside):6} drafts, light {np.mean(light):5.1%},"
                f" AUC {area(scores, light):.3f} (band as drafted {area(today, light):.3f})",
                flush=True,
            )
    return judged


def _score_family(rows: Sequence[Row], family: str) -> list[float]:
    estimator = train([row for row in rows if row["family"] != family], rare=_RARE)
    return scored(estimator, [row for row in rows if row["family"] == family])


_NOTHING = Tables({}, {}, {}, {})


def area(scores: Sequence[float], light: Sequence[bool]) -> float:
    """Return the area under the curve: how often a light edit scores above a heavy one."""
    _values, places, sizes = np.unique(
        np.array(scores), return_inverse=True, return_counts=True
    )
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[places]
    good = np.array(light)
    pairs = good.sum() * (~good).sum()
    return (
        float((ranks[good].sum() - good.sum() * (good.sum() + 1) / 2) / pairs)
        if pairs
        else math.nan
    )


_HARMLESS = ("enforced",)
_STEPS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_FEW = 50


def reliability(judged: Sequence[tuple[Row, float]]) -> tuple[Reliability, ...]:
    """Return the share of light edits between two scores, among drafts without a blemish.

    The last step is that from which on all together reach a share of GOOD, where there is one with enough drafts;
    whether these are enough to be believed, `Reliability.least` says.
    """
    clean = sorted(
        (score, row["rate"] <= LIGHT)
        for row, score in judged
        if not [reason for reason in row["reasons"] if not reason.startswith(_HARMLESS)]
    )
    table = []
    for low, high in zip(_STEPS, (*_STEPS[1:], 2.0), strict=True):
        inside = [light for score, light in clean if low <= score < high]
        if len(inside) >= _FEW:
            table.append(Reliability(low, float(np.mean(inside)), len(inside)))
    best = [
        Reliability(score, share, len(clean) - at)
        for at, (score, _light) in enumerate(clean)
        if len(clean) - at >= _FEW
        and (share := float(np.mean([light for _score, light in clean[at:]]))) >= GOOD
    ]
    if best:
        table = [row for row in table if row.score < best[0].score] + best[:1]
    return tuple(table)


def report(file: str) -> dict[str, tuple[Reliability, ...]]:
    """Print what the model is worth on families left out, and return its reliability by source language."""
    tables = {}
    for source, target in DIRECTIONS:
        print(f"{source}→{target}")
        judged = left_out(read(file, source))
        light = [row["rate"] <= LIGHT for row, _score in judged]
        print(f"  all: AUC {area([score for _row, score in judged], light):.3f}")
        tables[source] = reliability(judged)
        for row in tables[source]:
            print(f"  score {row.score:.3f} and more: {row.share:5.1%} light of {row.drafts}")
    return tables


def fit(file: str) -> None:
    """Fit on all families, and write the estimators with what they are worth on families left out."""
    tables = report(file)
    for source, target in DIRECTIONS:
        rows = read(file, source)
        fitted = train(rows, rare=_RARE)
        estimator = Estimator(fitted.tables, fitted.weights, fitted.intercept, tables[source])
        families = ", ".join(
            f"{name} {n}" for name, n in sorted(Counter(row["family"] for row in rows).items())
        )
        remark = (
            f"Drafts of {ENGINE}, {source} to {target}; written by tests/benchmarks/bench_bands.py.\n"
            f"Fitted on {len(rows)} drafts: {families}.\n"
            "Reliability: from which score, share of light edits, drafts; of families left out, drafts without a blemish."
        )
        path = ROOT / "l10n" / "drafting" / "estimates" / f"{ENGINE}-{source}-{target}.tsv"
        path.write_text(format_estimator(estimator, remark), encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size // 1000} kB")


def measure(english: str, spanish: str) -> None:
    """Print AUC of the shipped estimator and the share of light edits by band, on texts of others."""
    texts = [Path(name).read_text(encoding="utf-8").splitlines() for name in (english, spanish)]
    pairs = [Sample("new", "new", *pair) for pair in zip(*texts, strict=True)]
    for source, target in DIRECTIONS:
        rows = [with_tokens(row) for row in drafted(pairs, source, target)]
        estimator = load_estimator(ENGINE, source, target)
        light = [row["rate"] <= LIGHT for row in rows]
        print(f"{source}→{target}: {len(rows)} drafts, light {np.mean(light):.1%}", end="")
        if estimator:
            print(f", AUC {area(scored(estimator, rows), light):.3f}", end="")
        print()
        for band in ("good", "fair", "poor"):
            inside = [row["rate"] <= LIGHT for row in rows if row["band"] == band]
            if inside:
                print(f"  {band}: {len(inside)}, light {np.mean(inside):.1%}")


if __name__ == "__main__":
    commands = {command.__name__: command for command in (draft, report, fit, measure)}
    if len(sys.argv) < 3 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])

"""The aligner: quality per set, reliability, ablation, peers, speed and memory.

`L10N_DATA=DIR python tests/benchmarks/bench_align.py [quality|vectors|reliability|ablation|peers|speed|all]`; the folder
holds align/SET/NN/{src,tgt,gold}.txt. `--fit` prints calibration coefficients, `--pin` writes the floors.
`--pages NAME ENGLISH SPANISH` measures documents made of the pages of two folders instead, see `foreign_documents`.
hunalign's figures are those of an earlier run on the same sets unless the program is on the PATH.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import numpy as np
from foreign_documents import foreign_documents, listed_documents, page_pairs
from noisy_documents import Document, noisy_documents
from peers import find_peers, remembered

from l10n.align import Translate, align_segments
from l10n.align.calibration import probabilities
from l10n.align.encoders import Encode, load_encoder
from l10n.align.evidence import Feature, Weights
from l10n.align.notation import Groups, evaluate, groups_of, parse_beads
from l10n.align.segments import Aids, Found, describe_settled, search
from l10n.align.tuned import WITH_ENGINE, WITHOUT_ENGINE, Settings
from l10n.errors import EngineError
from l10n.model import Bead, Segment

SETS = ("pud-noisy", "react-noisy", "react-real", "pydoc-real", "pud-moved")
XQUAD = ("xquad-digest", "xquad-light", "xquad-moved", "xquad-noisy")
"""Another family, for teaching the scores and the borders of beads."""
MADE = ("docs-noisy", "docs-moved")
"""Sets of `noisy_documents`: those kept for measuring."""
FLOORS = Path(__file__).parent.parent / "quality_floors.json"
HUNALIGN = {
    "pud-noisy": 0.786, "react-noisy": 0.728, "react-real": 0.984, "pydoc-real": 1.000,
    "pud-moved": 0.511,
}  # fmt: skip
"""Strict F1 of hunalign 1.2 with the FreeDict dictionary and -realign."""
HUNALIGN_SECONDS = 0.52
"""Its CPU time for 1,000 segments a side."""


def main() -> None:
    """Print the figures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="?", default="quality", choices=[*PARTS, "all"])
    parser.add_argument("--fit", action="store_true", help="fit the calibration")
    parser.add_argument(
        "--pin", action="store_true", help="write the floors of what is reached now"
    )
    parser.add_argument(
        "--pages", nargs=3, action="append", metavar=("NAME", "ENGLISH", "SPANISH"),
        help="measure documents made of the pages of two folders",
    )  # fmt: skip
    parser.add_argument("--documents", type=int, default=16, help="how many of each --pages")
    options = parser.parse_args()
    folder = Path(os.environ.get("L10N_DATA", ".")) / "align"
    if not folder.is_dir():
        sys.exit("set L10N_DATA to the folder that holds align/")
    documents = list(load(folder))
    archive = folder.parent / "po" / "python-docs-es.tar.xz"
    if options.fit:
        documents += [*load(folder / "xquad", XQUAD), *listed_documents()]
        fit([*documents, *noisy_documents(archive, tuning=True)])
        return
    if options.pin:
        pin(documents, folder)
        return
    documents += noisy_documents(archive, tuning=False)
    if options.pages:
        documents = [
            document
            for name, *folders in options.pages
            for document in foreign_documents(
                name, page_pairs(*map(Path, folders)), documents=options.documents
            )
        ]
    for name, part in PARTS.items():
        if options.what in (name, "all"):
            print(f"\n== {name}")
            part(documents)


def load(folder: Path, sets: Sequence[str] = SETS) -> Iterator[Document]:
    """Read the documents of some sets."""
    for name in sets:
        for path in sorted((folder / name).iterdir()):
            meta = json.loads((path / "meta.json").read_text())
            gold = parse_beads((path / "gold.txt").read_text())
            yield Document(
                name,
                path.name,
                *(_segments(path / file) for file in ("src.txt", "tgt.txt")),
                (meta["src_lang"], meta["tgt_lang"]),
                gold,
                *_told_by_hand(path / "fix.json"),
            )


def _told_by_hand(path: Path) -> tuple[frozenset[Groups], frozenset[int]]:
    """Read what is right as well, and what nobody knows, in the format of `xquad`."""
    if not path.is_file():
        return frozenset(), frozenset()
    told = json.loads(path.read_text())
    also = {((i,), (j,)) for i, j in told["boiler"]}
    for source, target in told["double"]:
        also |= {((i,), (j,)) for i, j in zip(source, target, strict=True)}
    return frozenset(also), frozenset(i for source, _target in told["gap"] for i in source)


def _segments(path: Path) -> tuple[Segment, ...]:
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return tuple(Segment(line, number) for number, line in enumerate(lines))


@cache
def apertium() -> Translate | None:
    """Give a translation by one Apertium process a batch, remembered; None where it is not installed."""
    if shutil.which("apertium") is None:
        return None
    known: dict[tuple[str, str], str] = {}

    def translate(texts: Sequence[str], source: str, target: str) -> list[str]:
        names = {"es": "spa", "en": "eng"}
        mode = f"{names[source]}-{names[target]}"
        new = [text for text in dict.fromkeys(texts) if (mode, text) not in known]
        if new:
            page = "\n".join(
                f"<p>{html.escape(' '.join(text.split()), quote=False)}</p>" for text in new
            )
            done = subprocess.run(
                ["apertium", "-u", "-f", "html", mode], input=page, text=True, capture_output=True,
                check=True,
            )  # fmt: skip
            found = re.findall(r"<p>(.*?)</p>", done.stdout, re.DOTALL)
            known.update(
                ((mode, text), html.unescape(to)) for text, to in zip(new, found, strict=True)
            )
        return [known[mode, text] for text in texts]

    return translate


def align(
    document: Document, translate: Translate | None, encode: Encode | None = None
) -> tuple[Bead, ...]:
    """Align a document as a user would."""
    source_locale, target_locale = document.locales
    return align_segments(
        document.source, document.target, source_locale=source_locale, target_locale=target_locale,
        translate=translate, encode=encode,
    )  # fmt: skip


def encoders() -> list[Encode | None]:
    """Give no encoder, and that of the extra `vectors` where it is installed."""
    try:
        return [None, load_encoder("use")]
    except EngineError:
        return [None]


def quality(documents: Sequence[Document]) -> None:
    """Print strict and lax F1 per set and pooled, with 95 % bootstrap intervals over documents."""
    modes = [
        (f"{label}{', vectors' if encode else ''}", translate, encode)
        for encode in encoders()
        for label, translate in (("without engine", None), ("with Apertium", apertium()))
        if translate or label == "without engine"
    ]
    print("| set | documents | hunalign |", " | ".join(label for label, _t, _e in modes), "|")
    print("|---|---|---|" + "---|" * len(modes))
    found = [
        {d: groups_of(align(d, translate, encode)) for d in documents}
        for _label, translate, encode in modes
    ]
    for name in (*dict.fromkeys(d.set for d in documents), "all"):
        chosen = [d for d in documents if name in (d.set, "all")]
        if not chosen:
            continue
        cells = [_cell([(d.gold, results[d]) for d in chosen]) for results in found]
        print(f"| {name} | {len(chosen)} | {HUNALIGN.get(name, '')} | {' | '.join(cells)} |")


def _cell(pairs: list[tuple[tuple[Groups, ...], tuple[Groups, ...]]]) -> str:
    result = evaluate(pairs)
    rng = random.Random(1)
    drawn = sorted(evaluate(rng.choices(pairs, k=len(pairs))).f1 for _ in range(1000))
    return f"{result.f1:.3f} / {result.lax_f1:.3f} ({drawn[25]:.3f}–{drawn[975]:.3f})"


def peers(documents: Sequence[Document]) -> None:
    """Print strict and lax F1 of this aligner and of others, of the first four documents of each set."""
    encode = encoders()[-1]
    encode = encode and remembered(encode)
    aligners: dict[str, Callable[[Document], tuple[Groups, ...]]] = {
        f"l10n, {name}": partial(_groups, translate=translate, encode=vectors)
        for name, translate, vectors in (
            ("without engine", None, None), ("Apertium", apertium(), None), ("vectors", None, encode),
        )
        if name == "without engine" or translate or vectors
    }  # fmt: skip
    aligners |= find_peers(apertium(), encode)
    names = [*dict.fromkeys(d.set for d in documents)]
    chosen = {name: [d for d in documents if d.set == name][:_OF_EACH] for name in names}
    print("| aligner |", " | ".join([*names, "all", "CPU s a document"]), "|")
    print("|---|" + "---|" * (len(names) + 2))
    for name, aligner in aligners.items():
        start = _spent()
        found = {key: [(d.gold, aligner(d)) for d in group] for key, group in chosen.items()}
        pooled = [pair for pairs in found.values() for pair in pairs]
        cells = [f"{evaluate(pairs).f1:.3f}" for pairs in [*found.values(), pooled]]
        spent = (_spent() - start) / max(1, len(pooled))
        print(f"| {name} |", " | ".join([*cells, f"{spent:.2f}"]), "|", flush=True)


_OF_EACH = 4


def _groups(
    document: Document, translate: Translate | None, encode: Encode | None
) -> tuple[Groups, ...]:
    return groups_of(align(document, translate, encode))


def _spent() -> float:
    """Return processor seconds of this process and of those it has waited for."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


class Counted:
    """An encoder that counts the texts it is asked for and the CPU time they take."""

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self.texts = 0
        self.seconds = 0.0

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Encode texts."""
        start = time.process_time()
        rows = self._encode(texts)
        self.seconds += time.process_time() - start
        self.texts += len(texts)
        return rows


def vectors(documents: Sequence[Document]) -> None:
    """Print which share of the sentences gets a vector, and what that costs."""
    encode = encoders()[-1]
    if encode is None:
        print("needs the extra: vectors")
        return
    encode(["Load the model first."])
    for name in (*SETS, *MADE):
        counted = Counted(encode)
        chosen = [d for d in documents if d.set == name]
        for document in chosen:
            align(document, apertium(), counted)
        total = sum(len(d.source) + len(d.target) for d in chosen)
        each = 1000 * counted.seconds / max(1, counted.texts)
        print(f"{name}: {counted.texts / total:.0%} of {total} encoded, {each:.1f} ms CPU each")


EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.001)
"""Steps of the diagram: finer where `--trust` is chosen."""


def reliability(documents: Sequence[Document]) -> None:
    """Print how often beads of a score are right, as the table of docs/alignment.md, and the expected calibration error."""
    for label, mode in (("without engine", None), ("with Apertium", apertium())):
        if label != "without engine" and mode is None:
            continue
        scores, right = [], []
        for document in documents:
            for bead in align(document, mode):
                known = is_right(document, (tuple(bead.source), tuple(bead.target)))
                if bead.source and bead.target and known is not None:
                    scores.append(bead.score)
                    right.append(known)
        print(f"{label}:\n\n| score | beads | mean score | right | |\n|---|---|---|---|---|")
        said, true = np.array(scores), np.array(right)
        error = 0.0
        for low, high in pairwise(EDGES):
            inside = (said >= low) & (said < high)
            if not inside.any():
                continue
            mean, share = float(said[inside].mean()), float(true[inside].mean())
            error += inside.mean() * abs(mean - share)
            bar = "█" * round(20 * share)
            print(
                f"| {low:.2f} to {min(high, 1.0):.2f} | {inside.sum()} | {mean:.3f} | {share:.3f} | {bar} |"
            )
        print(f"\nexpected calibration error {error:.3f}")


def found_in(
    document: Document, translate: Translate | None, encode: Encode | None = None
) -> Found:
    """Give the beads of the search, before anything is settled or scored."""
    return search(
        (document.source, document.target), document.locales, Aids(translate, encode=encode)
    )


def is_right(document: Document, bead: Groups) -> bool | None:
    """Tell whether a bead is right; None where the gold does not know.

    That of a real site, made of its pages' outlines, leaves whole sections alone that are translated: of 30 pairs with both
    halves alone 28 were right when read.
    """
    if bead in document.gold or bead in document.also:
        return True
    alone = {((i,), ()) for i in bead[0]} | {((), (j,)) for j in bead[1]}
    is_unknown = document.set.endswith("-real") and alone <= set(document.gold)
    return None if is_unknown or not document.open.isdisjoint(bead[0]) else False


def beads_described(
    documents: Sequence[Document], translate: Translate | None, encode: Encode | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give features, rightness and document number of every bead the aligner makes and the gold knows.

    With an encoder, of documents of which anything was in doubt.
    """
    rows, right, of = [], [], []
    for number, document in enumerate(documents):
        found, described = describe_settled(found_in(document, translate, encode))
        if encode is not None and found.table.vectors is None:
            continue
        for (step, _moved), row in zip(found.order, described, strict=True):
            known = is_right(document, (tuple(step.source), tuple(step.target)))
            if step.source and step.target and known is not None:
                rows.append(row)
                right.append(known)
                of.append(number)
    return np.array(rows), np.array(right, dtype=float), np.array(of)


_FAMILY = 700
"""Beads of one family that count as much as all of a smaller one's."""


def fit(documents: Sequence[Document]) -> None:
    """Print the coefficients of the calibration, and its figures on each family when only the others taught it."""
    encode = encoders()[-1]
    modes = {"WITHOUT_ENGINE": [(None, None)], "WITH_ENGINE": [(apertium(), None)]}
    if encode is not None:
        modes["COEFFICIENTS"] = [(None, encode), (apertium(), encode)]
    families = np.array([document.set.split("-")[0] for document in documents])
    for label, ways in modes.items():
        described = [beads_described(documents, *way) for way in dict.fromkeys(ways)]
        rows, right, of = (np.concatenate(columns) for columns in zip(*described, strict=True))
        family_of = families[of]
        weights = np.ones(len(right))
        for family in set(families):
            count = np.sum(family_of == family)
            weights[family_of == family] = min(1.0, _FAMILY / max(1, count))
        scores = np.zeros(len(right))
        for family in sorted(set(families)):
            test = family_of == family
            if test.any():
                learnt = _logistic(rows[~test, :-1], right[~test], weights[~test])
                scores[test] = probabilities(rows[test], learnt)
                print(f"  {family}: {_trust(scores[test], right[test])}")
        print(f"  all, each scored by the others: {_trust(scores, right)}")
        coefficients = _logistic(rows[:, :-1], right, weights)
        print(label, [round(float(c), 3) for c in coefficients])


def _trust(scores: np.ndarray, right: np.ndarray) -> str:
    """Say how far scores can be trusted: error of calibration, and how many may be taken with one error in 200."""
    order = np.argsort(-scores)
    precision = np.cumsum(right[order]) / np.arange(1, len(right) + 1)
    enough = np.flatnonzero(precision >= 0.995)
    share = (enough[-1] + 1) / len(right) if len(enough) else 0
    sure = scores >= 0.95
    return (
        f"{len(right)} beads, mean score {scores.mean():.3f}, right {right.mean():.3f}, ECE "
        f"{_calibration_error(scores, right):.3f}; from 0.95 on {sure.mean():.0%}, right "
        f"{right[sure].mean() if sure.any() else 1:.4f}; precision 0.995 for {share:.0%}"
    )


def _logistic(rows: np.ndarray, right: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Fit by Newton's method with a little ridge; `shares` tell how much each row counts."""
    weights = np.zeros(rows.shape[1])
    for _round in range(50):
        p = _probability(rows, weights)
        slope = rows.T @ (shares * (right - p)) - 2 * weights
        curve = (rows * (shares * p * (1 - p))[:, None]).T @ rows + 2 * np.eye(rows.shape[1])
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _probability(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))


def _calibration_error(scores: np.ndarray, right: np.ndarray) -> float:
    bins = np.minimum((scores * 10).astype(int), 9)
    return float(
        sum(
            (bins == b).mean() * abs(scores[bins == b].mean() - right[bins == b].mean())
            for b in range(10)
            if (bins == b).any()
        )
    )


def ablation(documents: Sequence[Document]) -> None:
    """Print strict F1 per set with one kind of evidence taken away."""
    weights = {
        "everything": (),
        "no word table": (Feature.ENTRY, Feature.FUNCTION_ENTRY),
        "no cognates": (Feature.PREFIX, Feature.LONG_PREFIX),
        "no numbers": (Feature.NUMBER,),
        "no names": (Feature.NAME,),
        "no signs": (Feature.SIGN,),
        "no learnt words": (Feature.LEARNT,),
    }
    prices = {
        "no lengths": {"length": 0.0},
        "no coverage": {"cover": 0.0},
        "counts, not mass": {"mass": 0.0},
        "no affine gaps": {"gap": 0.0},
    }
    modes = [("without", None, WITHOUT_ENGINE), ("Apertium", apertium(), WITH_ENGINE)]
    names = (*SETS, *MADE)
    print("| evidence | engine |", " | ".join(names), "|")
    print("|---|---|" + "---|" * len(names))
    for label, mode, settings in modes:
        if label == "Apertium" and mode is None:
            continue
        for name, taken in weights.items():
            less = {
                kind: 0.0 if kind in taken else w for kind, w in settings.weights.of.items()
            }
            changed = replace(settings, weights=Weights(less, settings.weights.rarity))
            _ablated(name, label, documents, mode, changed)
        for name, fields in prices.items():
            changed = replace(settings, prices=replace(settings.prices, **fields))
            _ablated(name, label, documents, mode, changed)
        _ablated(
            "no second pass for parity", label, documents, mode, replace(settings, parity=0.0)
        )
        _ablated("no moved blocks", label, documents, mode, replace(settings, moved=1e9))


def _ablated(
    name: str,
    label: str,
    documents: Sequence[Document],
    mode: Translate | None,
    settings: Settings,
) -> None:
    pairs: dict[str, list[tuple[tuple[Groups, ...], tuple[Groups, ...]]]] = {
        s: [] for s in (*SETS, *MADE)
    }
    for document in documents:
        sides = document.source, document.target
        order = search(sides, document.locales, Aids(mode), settings).order
        found = tuple((tuple(s.source), tuple(s.target)) for s, _moved in order)
        pairs[document.set].append((document.gold, found))
    print(
        f"| {name} | {label} |",
        " | ".join(f"{evaluate(found).f1:.3f}" for found in pairs.values()),
        "|",
        flush=True,
    )


def speed(documents: Sequence[Document]) -> None:
    """Print CPU seconds and memory for growing texts, each size in a process of its own."""
    del documents
    hunalign = shutil.which("hunalign")
    print("segments a side | CPU s | s per 1,000 | peak MB | strict F1")
    for size in (100, 1_000, 10_000, 50_000):
        code = f"import sys; sys.path[:0] = {sys.path!r}; import bench_align; bench_align.one_size({size})"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True,
            cwd=Path(__file__).parent,
        )  # fmt: skip
        print(done.stdout.strip(), flush=True)
    print(f"hunalign at 1,000: {HUNALIGN_SECONDS} s" if hunalign is None else _time_hunalign())


def _time_hunalign() -> str:
    source, target, _gold = long_text(1_000)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("dictionary", "source", "target")]
        paths[0].write_text("")
        for path, side in zip(paths[1:], (source, target), strict=True):
            path.write_text("\n".join(segment.text for segment in side) + "\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(
            ["hunalign", "-realign", *map(str, paths)], capture_output=True, check=True
        )
        spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return f"hunalign at 1,000: {spent:.2f} s"


def one_size(size: int) -> None:
    """Align a long text once and print what it took."""
    source, target, gold = long_text(size)
    align_segments(source[:5], target[:5], source_locale="es", target_locale="en")
    start = time.process_time()
    beads = align_segments(source, target, source_locale="es", target_locale="en")
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    score = evaluate([(gold, groups_of(beads))]).f1
    print(f"{size:>7} | {spent:.2f} | {spent / size * 1000:.3f} | {memory} | {score:.3f}")


def long_text(size: int) -> tuple[tuple[Segment, ...], tuple[Segment, ...], tuple[Groups, ...]]:
    """Make two texts out of the Python documentation: merges, omissions and additions in one pair of ten."""
    pairs = list(_documentation_pairs(size))
    rng = random.Random(7)
    source: list[Segment] = []
    target: list[Segment] = []
    gold: list[Groups] = []

    def put(ours: Sequence[str], theirs: Sequence[str]) -> None:
        gold.append(
            (
                tuple(range(len(source), len(source) + len(ours))),
                tuple(range(len(target), len(target) + len(theirs))),
            )
        )
        source.extend(Segment(text, len(source) + k) for k, text in enumerate(ours))
        target.extend(Segment(text, len(target) + k) for k, text in enumerate(theirs))

    at = 0
    while len(source) < size and at + 1 < len(pairs):
        (one, other), (more, other_more) = pairs[at], pairs[at + 1]
        chance = rng.random()
        if chance < 0.03:
            put([one, more], [f"{other} {other_more}"])
            at += 1
        elif chance < 0.06:
            put([f"{one} {more}"], [other, other_more])
            at += 1
        elif chance < 0.08:
            put([one], [])
        elif chance < 0.1:
            put([], [other])
        else:
            put([one], [other])
        at += 1
    return tuple(source), tuple(target), tuple(gold)


def _documentation_pairs(size: int) -> Iterator[tuple[str, str]]:
    """Give Spanish and English messages of python-docs-es, over and over with a number once they run out."""
    import io
    import tarfile

    import polib

    archive = Path(os.environ["L10N_DATA"]) / "po" / "python-docs-es.tar.xz"
    pairs: list[tuple[str, str]] = []
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            if not member.name.endswith(".po") or len(pairs) > 1.2 * size:
                continue
            file = tar.extractfile(member)
            assert file is not None
            for entry in polib.pofile(io.TextIOWrapper(file, "utf-8").read()):
                texts = [" ".join(text.split()) for text in (entry.msgstr, entry.msgid)]
                if entry.translated() and 3 < len(texts[1]) < 400:
                    pairs.append((texts[0], texts[1]))
    number = 0
    while True:
        for spanish, english in pairs:
            yield (
                (spanish, english)
                if not number
                else (f"{spanish} ({number})", f"{english} ({number})")
            )
        number += 1
        if number * len(pairs) > 1.3 * size:
            return


def pin(documents: Sequence[Document], folder: Path) -> None:
    """Write what is reached now, less a little, as floors; a lower one than before needs `--pin` again."""
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    floors["align"] = {"digest": digest(folder)}
    for label, mode in (("without_engine", None), ("apertium", apertium())):
        floors["align"][label] = {
            name: round(
                evaluate(
                    [(d.gold, groups_of(align(d, mode))) for d in documents if d.set == name]
                ).f1
                - 0.003,
                3,
            )
            for name in SETS
        }
    FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n")
    print(FLOORS.read_text())


def digest(folder: Path) -> str:
    """Give the SHA-256 of the texts and gold beads of all sets."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*/*/*.txt")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


PARTS: dict[str, Callable[[Sequence[Document]], None]] = {
    "quality": quality,
    "vectors": vectors,
    "reliability": reliability,
    "ablation": ablation,
    "peers": peers,
    "speed": speed,
}

if __name__ == "__main__":
    main()

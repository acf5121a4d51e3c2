"""Fit by what letters the desk tells Spanish from English, and write `l10n/languages/statistics/`.

    L10N_DATA=…/data python tests/benchmarks/tune_language.py [CATALOG.po …]

It needs `scikit-learn` and `wordfreq`, which the project itself does not. Texts are those of `align/` and
`po/` of the data folder and of further catalogs, cut into pieces of one to five words, and the 25,000 commonest words
of each language by wordfreq. A logistic regression weighs their runs of two to five letters, ends of words
included; the 6,000 that matter most are kept and fitted again. Words are common where wordfreq has them among
the 6,000 commonest of one language, and not nearly as common in the other, and the texts write them small more often
than with a capital, or the aligner's word table has them. The pages of `sites/` are left aside: `bench_language.py` measures on them.
"""

from __future__ import annotations

import os
import random
import re
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import wordfreq
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from l10n.catalog import Catalog
from l10n.errors import CatalogError
from l10n.model import State
from l10n.text.language import letter_runs, readable_words
from l10n.text.lexicon import entries

CODES = ("en", "es")
RUNS, COMMON, WORDS = 6000, 6000, 25_000
TEXTS = 20_000
"""Texts of a language that are learnt from."""
STATISTICS = Path(__file__).parents[2] / "l10n" / "languages" / "statistics"


def aligned_texts(data: Path) -> Iterator[tuple[str, str]]:
    for meta in sorted((data / "align").glob("*/*/meta.json")):
        for name in ("src.txt", "tgt.txt"):
            text = meta.with_name(name).read_text(encoding="utf-8")
            code = "es" if text.count(" de ") > text.count(" of ") else "en"
            for line in text.splitlines():
                yield code, line


def catalog_texts(paths: list[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        try:
            catalog = Catalog.load(path)
        except CatalogError as error:
            print(error, file=sys.stderr)
            continue
        for entry in catalog.entries:
            if entry.state is State.TRANSLATED and entry.msgid != entry.msgstrs[0]:
                yield "en", entry.msgid
                yield "es", entry.msgstrs[0]


def windows(texts: list[str]) -> Iterator[str]:
    for text in texts:
        words = readable_words(text.lower())
        for length in (1, 2, 3, 5):
            if len(words) >= length:
                start = random.randrange(len(words) - length + 1)
                yield " ".join(words[start : start + length])


def runs(text: str) -> list[str]:
    return [run for word in text.split() for run in letter_runs(word)]


def fit(texts: dict[str, list[str]]) -> dict[str, int]:
    """Give weights of letter runs, positive for Spanish."""
    samples: list[tuple[str, str, float]] = []
    for code, other in (CODES, CODES[::-1]):
        chosen = random.sample(texts[code], min(TEXTS, len(texts[code])))
        samples += [(window, code, 1.0) for window in windows(chosen)]
        for word in wordfreq.top_n_list(code, WORDS):
            zipf = wordfreq.zipf_frequency(word, code)
            if word.isalpha() and wordfreq.zipf_frequency(word, other) < zipf:
                samples.append((word, code, min(3, 10 ** (zipf - 4) + 0.3)))
    pieces, codes, weights = zip(*samples, strict=True)
    counter = CountVectorizer(analyzer=runs, min_df=4, dtype=np.float32)
    counts = counter.fit_transform(pieces)
    settings = {"C": 1, "max_iter": 30, "solver": "liblinear"}
    first = LogisticRegression(**settings).fit(counts, codes, sample_weight=weights)
    often = np.asarray((counts > 0).sum(0)).ravel()
    kept = np.argsort(-np.abs(first.coef_[0]) * np.sqrt(often))[:RUNS]
    second = LogisticRegression(**settings, fit_intercept=False)
    second.fit(counts[:, kept], codes, sample_weight=weights)
    names = counter.get_feature_names_out()
    rounded = np.round(second.coef_[0] * 10).clip(-99, 99).astype(int)
    return {names[at]: int(weight) for at, weight in zip(kept, rounded, strict=True) if weight}


def common_words(code: str, other: str, texts: list[str]) -> list[str]:
    """Give common words that are no names."""
    listed = {word for _section, entry in entries() for word in entry[0 if code == "es" else 1]}
    spelt = Counter(
        word for text in texts for word in re.findall(r"(?<=[a-záéíóúñ,] )[^\W\d_]+", text)
    )
    return sorted(
        word
        for word in wordfreq.top_n_list(code, COMMON)
        if word.isalpha() and len(word) > 1
        if wordfreq.zipf_frequency(word, code) > wordfreq.zipf_frequency(word, other) + 0.7
        if word in listed or spelt[word] > 2 * spelt[word.capitalize()]
    )


def main() -> None:
    random.seed(5)
    data = Path(os.environ["L10N_DATA"])
    texts: dict[str, list[str]] = {code: [] for code in CODES}
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(data / "po" / "python-docs-es.tar.xz") as archive:
            archive.extractall(folder, filter="data")
        catalogs = [*sorted(Path(folder).rglob("*.po")), *map(Path, sys.argv[1:])]
        for code, text in (*aligned_texts(data), *catalog_texts(catalogs)):
            texts[code].append(text)
    weights = fit(texts)
    for code, other, sign in (("en", "es", -1), ("es", "en", 1)):
        lines = ["[words]", *wrapped(common_words(code, other, texts[code]))]
        by_weight: dict[int, list[str]] = {}
        for run, weight in sorted(weights.items()):
            by_weight.setdefault(sign * weight, []).append(run.replace(" ", "_"))
        for weight in sorted(by_weight, reverse=True):
            if weight > 0:
                lines += [f"[{weight}]", *wrapped(by_weight[weight])]
        STATISTICS.joinpath(f"{code}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def wrapped(words: list[str]) -> Iterator[str]:
    for start in range(0, len(words), 20):
        yield " ".join(words[start : start + 20])


if __name__ == "__main__":
    main()

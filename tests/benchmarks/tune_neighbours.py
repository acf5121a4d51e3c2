"""Fit by what letters the desk tells a language from its neighbours, and write `l10n/languages/statistics/*-neighbours.txt`.

    python tests/benchmarks/tune_neighbours.py FOLDER

FOLDER has catalogs of other projects, `FOLDER/fr/**/*.po` and so on: es, fr, ca, gl, pt, it, de; the msgids are the English
texts. It needs `scikit-learn` and `wordfreq`, which the project itself does not. As `tune_language.py` does, a logistic
regression weighs the runs of two to five letters of windows of one to eight words and of the commonest words by wordfreq,
here of a language against all its neighbours and the usual Latin sample text; the 3,000 that matter most are kept.
Fitted on the catalogs of Django, its REST framework, allauth, oscar, cms, filter, taggit, Mezzanine, pretix and pretalx.
"""

from __future__ import annotations

import random
import sys
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

OWN, NEIGHBOURS = ("es", "en"), ("fr", "ca", "pt", "it", "de", "gl")
RUNS, TEXTS, NEIGHBOUR_TEXTS, SAMPLES = 3000, 18_000, 6000, 1500
LENGTHS = (1, 2, 3, 5, 8)
STATISTICS = Path(__file__).parents[2] / "l10n" / "languages" / "statistics"
LATIN = [
    "lorem",
    "ipsum",
    "dolor",
    "sit",
    "amet",
    "consectetur",
    "adipiscing",
    "elit",
    "sed",
    "do",
    "eiusmod",
    "tempor",
    "incididunt",
    "ut",
    "labore",
    "et",
    "dolore",
    "magna",
    "aliqua",
    "enim",
    "ad",
    "minim",
    "veniam",
    "quis",
    "nostrud",
    "exercitation",
    "ullamco",
    "laboris",
    "nisi",
    "aliquip",
    "ex",
    "ea",
    "commodo",
    "consequat",
    "duis",
    "aute",
    "irure",
    "in",
    "reprehenderit",
    "voluptate",
    "velit",
    "esse",
    "cillum",
    "eu",
    "fugiat",
    "nulla",
    "pariatur",
    "excepteur",
    "sint",
    "occaecat",
    "cupidatat",
    "non",
    "proident",
    "sunt",
    "culpa",
    "qui",
    "officia",
    "deserunt",
    "mollit",
    "anim",
    "id",
    "est",
    "laborum",
    "quod",
    "quam",
    "atque",
    "neque",
    "autem",
    "igitur",
    "ergo",
    "hic",
    "haec",
]


def texts_of(folder: Path) -> dict[str, list[str]]:
    """Give the texts of every language once."""
    texts: dict[str, dict[str, None]] = {code: {} for code in (*OWN, *NEIGHBOURS)}
    for code in ("es", *NEIGHBOURS):
        for path in sorted(folder.glob(f"{code}/**/*.po")):
            try:
                catalog = Catalog.load(path)
            except CatalogError as error:
                print(error, file=sys.stderr)
                continue
            for entry in catalog.entries:
                if entry.state is State.TRANSLATED and entry.msgid != entry.msgstr:
                    texts[code][entry.msgstr] = None
                    if code == "es":
                        texts["en"][entry.msgid] = None
    return {code: list(found) for code, found in texts.items()}


def windows(texts: list[str]) -> Iterator[str]:
    for text in texts:
        words = readable_words(text.lower())
        for length in LENGTHS:
            if len(words) >= length:
                start = random.randrange(len(words) - length + 1)
                yield " ".join(words[start : start + length])


def runs(text: str) -> list[str]:
    return [run for word in text.split() for run in letter_runs(word)]


def samples(own: str, texts: dict[str, list[str]]) -> Iterator[tuple[str, bool, float]]:
    """Yield texts, whether they are in the language, and what they weigh."""
    for code, most in ((own, TEXTS), *((code, NEIGHBOUR_TEXTS) for code in NEIGHBOURS)):
        chosen = random.sample(texts[code], min(most, len(texts[code])))
        # Galician and Spanish share too much for its texts to weigh as much.
        yield from (
            (window, code == own, 0.6 if code == "gl" else 1.0) for window in windows(chosen)
        )
    for _turn in range(SAMPLES):
        length = random.choice(LENGTHS)
        start = random.randrange(len(LATIN) - length)
        yield " ".join(LATIN[start : start + length]), False, 1.0
    known = [code for code in NEIGHBOURS if code in wordfreq.available_languages()]
    for code, most in ((own, 25_000), *((code, 12_000) for code in known)):
        others = known if code == own else [own]
        for word in filter(str.isalpha, wordfreq.top_n_list(code, most)):
            zipf = wordfreq.zipf_frequency(word, code)
            if all(wordfreq.zipf_frequency(word, other) < zipf for other in others):
                yield word, code == own, min(3, 10 ** (zipf - 4) + 0.3)


def fit(own: str, texts: dict[str, list[str]]) -> dict[str, int]:
    """Give weights of letter runs, positive for the language, negative for its neighbours."""
    pieces, is_own, weights = zip(*samples(own, texts), strict=True)
    counter = CountVectorizer(analyzer=runs, min_df=5, dtype=np.float32)
    counts = counter.fit_transform(pieces)
    settings = {"C": 1, "max_iter": 30, "solver": "liblinear"}
    first = LogisticRegression(**settings).fit(counts, is_own, sample_weight=weights)
    often = np.asarray((counts > 0).sum(0)).ravel()
    kept = np.argsort(-np.abs(first.coef_[0]) * np.sqrt(often))[:RUNS]
    second = LogisticRegression(**settings, fit_intercept=False)
    second.fit(counts[:, kept], is_own, sample_weight=weights)
    names = counter.get_feature_names_out()
    rounded = np.round(second.coef_[0] * 10).clip(-99, 99).astype(int)
    return {names[at]: int(weight) for at, weight in zip(kept, rounded, strict=True) if weight}


def main() -> None:
    random.seed(5)
    texts = texts_of(Path(sys.argv[1]))
    for own in OWN:
        by_weight: dict[int, list[str]] = {}
        for run, weight in sorted(fit(own, texts).items()):
            by_weight.setdefault(weight, []).append(run.replace(" ", "_"))
        lines = []
        for weight in sorted(by_weight, reverse=True):
            lines.append(f"[{weight}]")
            words = by_weight[weight]
            lines += [" ".join(words[at : at + 20]) for at in range(0, len(words), 20)]
        path = STATISTICS / f"{own}-neighbours.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

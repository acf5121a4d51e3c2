"""How likely a machine draft is to need no more than a light edit: a logistic model, and what it was worth.

Fitted by `tests/benchmarks/bench_bands.py` on drafts of texts that people had translated, for one engine and
direction; a light edit is a translation edit rate of 0.3 at most. The tables say how often a word that the
engine writes, or two in a row, stood in the translation by people too, and how much had to be changed in
sentences with a word of the source. The measured shares are those of families of texts that were left out.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from l10n.languages import language_of, primary
from l10n.languages.folding import fold_all_for_search
from l10n.text.lexicon import cognate, word_table

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[^\w\s]")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_MADE_UP = re.compile("xq[a-z]{1,2}")
_NUMBER = "0"
"""Stands for every number, and for what the engine never saw: code, an address."""
_REASON = "reason "
"""What the names of features begin with that tell a reason."""
_START, _END = "<s>", "</s>"

_PRIOR = 4
"""As many times a table counts as seen what it falls back on."""
_SOURCE_PRIOR = 6
_SEAM = 0.75
"""What two words are kept together, of how often each of them is kept: measured over all drafts."""
_SURE = 0.95
_NINE_OF_TEN = 1.2816
"""Deviations of a normal distribution below which a tenth of it lies."""


class Count(NamedTuple):
    """How often something was seen, and how much of it was kept; of a source word, how much was edited."""

    kept: float
    seen: int


class Chance(NamedTuple):
    """How likely a draft needs a light edit at most."""

    share: float | None
    """Of drafts like it, how many do at least; see `Estimator.share`. None where nobody has measured it."""
    score: float
    """0 to 1: an order, and no share."""


class Weight(NamedTuple):
    """What a feature counts for, in deviations from its mean."""

    mean: float
    deviation: float
    coefficient: float


class Reliability(NamedTuple):
    """Drafts of texts left out of the fit, without a blemish, that scored this much or more."""

    score: float
    share: float
    """How many of them needed a light edit at most."""
    drafts: int

    @property
    def least(self) -> float:
        """The share that it is at least, nine times of ten (Wilson 1927): a few drafts prove little."""
        square = _NINE_OF_TEN**2 / self.drafts
        middle = self.share + square / 2
        spread = _NINE_OF_TEN * math.sqrt(
            self.share * (1 - self.share) / self.drafts + square / self.drafts / 4
        )
        return (middle - spread) / (1 + square)


@dataclass(frozen=True, slots=True)
class Tables:
    """What was counted in drafts and translations by people."""

    words: Mapping[str, Count]
    """Words of drafts."""
    endings: Mapping[str, Count]
    """Their last three letters, for words that were never seen."""
    pairs: Mapping[str, Count]
    """Two words of drafts in a row, a space between."""
    sources: Mapping[str, Count]
    """Words of sources."""

    def kept(self, word: str) -> float:
        """Return how often a word of a draft is kept, 0 to 1."""
        ending = _rate(self.endings.get(ending_of(word)), _mean(self.endings), _PRIOR)
        return _rate(self.words.get(word), ending, _PRIOR)

    def kept_together(self, first: str, second: str, apart: float) -> float:
        """Return how often two words of a draft are kept side by side; `apart` is how often each of them is."""
        return _rate(self.pairs.get(f"{first} {second}"), min(_SURE, apart * _SEAM), _PRIOR)

    def edited(self, word: str) -> float:
        """Return how much is edited in drafts of texts with a source word, as an edit rate."""
        return _rate(self.sources.get(word), _mean(self.sources), _SOURCE_PRIOR)


@dataclass(frozen=True, slots=True)
class Estimator:
    """What is known of the drafts of one engine in one direction."""

    tables: Tables
    weights: Mapping[str, Weight]
    intercept: float
    reliability: Sequence[Reliability]
    """By rising score."""

    def judge(
        self, source: str, text: str, reasons: Iterable[str], pair: tuple[str, str]
    ) -> Chance:
        """Return how likely a draft needs a light edit at most."""
        features = describe(source, text, reasons, pair)
        score = self.score(features | fate(tokens(source), tokens(text), self.tables))
        return Chance(self.share(score), score)

    def score(self, features: Mapping[str, float]) -> float:
        """Return 0 to 1, an order and no share.

        A reason that is not among the features is not given; anything else that is missing counts as usual.
        """
        total = self.intercept
        for name, weight in self.weights.items():
            usual = 0.0 if name.startswith(_REASON) else weight.mean
            value = features.get(name, usual)
            total += weight.coefficient * (value - weight.mean) / weight.deviation
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def share(self, score: float) -> float:
        """Return the least share of light edits that drafts with such a score are likely to have."""
        at = bisect_right(self.reliability, score, key=lambda row: row.score)
        return self.reliability[max(0, at - 1)].least if self.reliability else 0.0


@cache
def load_estimator(engine: str, source_locale: str, target_locale: str) -> Estimator | None:
    """Return what was fitted for an engine and two languages; None where nobody has."""
    name = f"{engine}-{primary(source_locale)}-{primary(target_locale)}.tsv"
    file = files("l10n.drafting").joinpath("estimates", name)
    return parse_estimator(file.read_text(encoding="utf-8")) if file.is_file() else None


def parse_estimator(text: str) -> Estimator:
    """Read an estimator as `format_estimator` writes it."""
    parts: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("["):
            rows = parts.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
    counts = {
        name: {row[0]: Count(float(row[1]), int(row[2])) for row in parts[name]}
        for name in ("words", "endings", "pairs", "sources")
    }
    weights = {row[0]: Weight(*map(float, row[1:])) for row in parts["weights"]}
    return Estimator(
        Tables(**counts),
        weights,
        float(parts["intercept"][0][0]),
        tuple(
            Reliability(float(row[0]), float(row[1]), int(row[2]))
            for row in parts["reliability"]
        ),
    )


def format_estimator(estimator: Estimator, remark: str) -> str:
    """Write an estimator as text: a remark, then tables of named columns, separated by tabs."""
    lines = [f"# {line}" for line in remark.splitlines()]
    lines += ["[intercept]", f"{estimator.intercept:.4f}", "[weights]"]
    lines += [
        f"{name}\t{weight.mean:.4f}\t{weight.deviation:.4f}\t{weight.coefficient:.4f}"
        for name, weight in sorted(estimator.weights.items())
    ]
    lines += ["[reliability]"]
    lines += [
        f"{row.score:.3f}\t{row.share:.3f}\t{row.drafts}" for row in estimator.reliability
    ]
    for name in ("words", "endings", "pairs", "sources"):
        counts: Mapping[str, Count] = getattr(estimator.tables, name)
        lines.append(f"[{name}]")
        lines += [f"{key}\t{kept:.4g}\t{seen}" for key, (kept, seen) in sorted(counts.items())]
    return "\n".join(lines) + "\n"


def describe(
    source: str, text: str, reasons: Iterable[str], pair: tuple[str, str]
) -> dict[str, float]:
    """Return what can be said of a draft without tables, by name of the feature.

    Both texts are plain, `reasons` are codes of `trust.REASONS`.
    """
    reasons = list(reasons)
    codes = {reason.partition(":")[0] for reason in reasons}
    words = source.split()
    size = max(1, len(words))
    unknown = sum(reason.startswith("unknown:") for reason in reasons)
    features = {
        "length": math.log(size + 1),
        "length squared": math.log(size + 1) ** 2,
        "unknown": unknown / size,
        "any unknown": float(unknown > 0),
        "stretch": abs(math.log((len(text) + 8) / (len(source) + 8))),
        "commas": source.count(",") / size,
        "sentences": math.log1p(len(_SENTENCE_END.findall(source))),
        "numbers": sum(word[0].isdigit() for word in words) / size,
        "names": sum(word[0].isupper() for word in words[1:]) / size,
        "ends": float(source.rstrip()[-1:] in (".", "!", "?", ":")),
        "reasons": math.log1p(len(codes)),
    }
    features |= {f"{_REASON}{code}": 1.0 for code in codes - {"unknown"}}
    return features | _coverage(source, text, pair)


def tokens(text: str) -> list[str]:
    """Return the words and marks that tables count, in small letters."""
    words = (word.lower() for word in _TOKEN.findall(text))
    return [
        _NUMBER if word[0].isdigit() or _MADE_UP.fullmatch(word) else word for word in words
    ]


def bounded(words: Sequence[str]) -> list[tuple[str, str]]:
    """Return every two tokens in a row, the borders of the text among them."""
    return list(pairwise([_START, *words, _END]))


def ending_of(word: str) -> str:
    """Return under which ending a word is counted; marks and numbers are their own."""
    return f"-{word[-3:]}" if word[:1].isalpha() else word


def fate(source: Sequence[str], text: Sequence[str], tables: Tables) -> dict[str, float]:
    """Return how often what a draft is made of was kept, by name of the feature; both are tokens."""
    words = text or [_NUMBER]
    kept = [tables.kept(word) for word in words]
    together = [
        tables.kept_together(*pair, before * after)
        for pair, (before, after) in zip(
            bounded(words), pairwise([1.0, *kept, 1.0]), strict=True
        )
    ]
    edited = [tables.edited(word) for word in set(source)] or [0.5]
    logs, seams = [math.log(rate) for rate in kept], [math.log(rate) for rate in together]
    lost = len(kept) - sum(kept)
    return {
        "kept": fmean(kept),
        "kept log": fmean(logs),
        "least kept": min(kept),
        "second least kept": sorted(kept)[:2][-1],
        "all kept": sum(logs),
        "together": fmean(together),
        "together log": fmean(seams),
        "least together": min(together),
        "all together": sum(seams),
        "room": max(0.0, 1 - lost / len(kept) / 0.3),
        "edited": fmean(edited),
        "most edited": max(edited),
    }


def _coverage(source: str, text: str, pair: tuple[str, str]) -> dict[str, float]:
    """Return how many words of each side have a translation on the other, by the built-in word table."""
    table = word_table()
    languages = primary(pair[0]), primary(pair[1])
    if not table.pairs(*languages):
        return {}
    sides = [
        [(word, stem(word)) for word in fold_all_for_search(_WORD.findall(side))]
        for side, stem in zip(
            (source, text), (language_of(language).stem for language in languages), strict=True
        )
    ]
    features = {"content": 0.0}
    for name, here, beyond in (("covered", 0, 1), ("covering", 1, 0)):
        concepts = table.concepts[languages[here]], table.concepts[languages[beyond]]
        entries = {
            entry for _word, stem in sides[beyond] for entry in concepts[1].get(stem, ())
        }
        cognates = {cognate(word)[:5] for word, _stem in sides[beyond]}
        content = [
            (word, stem)
            for word, stem in sides[here]
            if stem not in table.function_words[languages[here]]
        ]
        covered = sum(
            cognate(word)[:5] in cognates or not entries.isdisjoint(concepts[0].get(stem, ()))
            for word, stem in content
        )
        features[name] = (covered + 1) / (len(content) + 2)
        features[f"not {name}"] = math.log1p(len(content) - covered)
        if here == 0:
            listed = sum(stem in concepts[0] for _word, stem in content)
            features["listed"] = (listed + 1) / (len(content) + 2)
            features["content"] = (len(content) + 1) / (len(sides[0]) + 2)
    return features


def _rate(count: Count | None, expected: float, prior: int) -> float:
    kept, seen = count or (0.0, 0)
    return (kept + prior * expected) / (seen + prior)


def _mean(counts: Mapping[str, Count]) -> float:
    """Return the rate of a whole table, kept in it under an empty name."""
    total = counts.get("", _UNSEEN)
    return total.kept / max(1, total.seen)


_UNSEEN = Count(0.5, 1)

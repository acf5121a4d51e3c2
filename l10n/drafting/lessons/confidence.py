"""How sure one may be of a corrected draft: a logistic model of what lessons know of it (`evidence`).

Beside the estimator that everybody has, it tells the drafts of a house apart. What each feature counts for is
fitted on reviews that taught nothing (`fitting`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from l10n.drafting.estimator import Weight

_SUREST = 30.0
BASE = "base"
"""Name of the feature that tells the score of the estimator that everybody has, as a logarithm of odds."""


class Evidence(NamedTuple):
    """What is known of one sentence."""

    words: int
    likely: float
    """Sum of the logarithms of how likely each word follows, by what the house writes."""
    met: int
    """How many words stood side by side before, of one more than there are words."""
    kept: float
    """How often the word was kept that people kept least often, 0 to 1."""
    translated: float
    """Sum over the source's words of meaning: how often the house translates one as it is here."""
    meanings: int
    """How many such words there are."""
    corrections: int


class Confidence(NamedTuple):
    """What each feature of corrected drafts counts for."""

    intercept: float
    weights: Mapping[str, Weight]

    def score(self, parts: Sequence[Evidence], base: float) -> float:
        """Return how likely a draft needs a light edit at most, 0 to 1: an order, and no share."""
        features = features_of(parts, base)
        total = self.intercept + sum(
            weight.coefficient * (features[name] - weight.mean) / weight.deviation
            for name, weight in self.weights.items()
        )
        return 1 / (1 + math.exp(-max(-_SUREST, min(_SUREST, total))))


def features_of(parts: Sequence[Evidence], base: float) -> dict[str, float]:
    """Return the features of a draft by name; `base` is the score of the estimator that everybody has."""
    words = sum(part.words for part in parts)
    meanings = sum(part.meanings for part in parts)
    return {
        BASE: math.log(max(1e-6, base) / max(1e-6, 1 - base)),
        "length": math.log1p(words),
        "likely": sum(part.likely for part in parts) / (words + len(parts)),
        "met": sum(part.met for part in parts) / (words + len(parts)),
        "kept": min(part.kept for part in parts),
        "translated": sum(part.translated for part in parts) / meanings if meanings else 0.5,
        "corrections": math.log1p(sum(part.corrections for part in parts)),
    }

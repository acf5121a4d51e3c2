"""How near drafts come to what people made of their sources: chrF, edit rate, share of light edits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

LIGHT = 0.3
"""Edit rate up to which a draft needs no more than a light edit."""

_ORDER = 6
"""Characters of the longest sequences that chrF counts; Popović 2015."""

_BETA = 2
"""How many times what is missing counts more than what is too much; chrF2 of sacrebleu."""

_SHIFTS = 6
"""Blocks that are moved at most: more never make an edit light."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near some drafts are to their references."""

    chrf: float
    """0 to 100, over all of them."""
    ter: float
    """Edits per word of the references, over all of them."""
    light: float
    """Share of drafts with an edit rate of 0.3 and less."""


def nearness(drafts: Sequence[str], references: Sequence[str]) -> Nearness:
    """Measure drafts against as many references, at least one."""
    words = [max(1, len(reference.split())) for reference in references]
    rates = [edit_rate(*pair) for pair in zip(drafts, references, strict=True)]
    edits = sum(rate * count for rate, count in zip(rates, words, strict=True))
    light = sum(rate <= LIGHT for rate in rates) / len(rates)
    return Nearness(chrf(zip(drafts, references, strict=True)), edits / sum(words), light)


def chrf(pairs: Iterable[tuple[str, str]]) -> float:
    """Return chrF2 of pairs (draft, reference) as one corpus, 0 to 100; blanks do not count."""
    shared, drafted, expected = ([0] * _ORDER for _count in range(3))
    for draft, reference in pairs:
        texts = ["".join(text.split()) for text in (draft, reference)]
        for order in range(_ORDER):
            mine, theirs = (_sequences(text, order + 1) for text in texts)
            shared[order] += (mine & theirs).total()
            drafted[order] += mine.total()
            expected[order] += theirs.total()
    counted = [order for order in range(_ORDER) if drafted[order] and expected[order]]
    if not counted:
        return 0.0
    precision = sum(shared[order] / drafted[order] for order in counted) / len(counted)
    recall = sum(shared[order] / expected[order] for order in counted) / len(counted)
    if not precision + recall:
        return 0.0
    return 100 * (1 + _BETA**2) * precision * recall / (_BETA**2 * precision + recall)


def edit_rate(draft: str, reference: str) -> float:
    """Return the words inserted, deleted, replaced or shifted as a block, per word of the reference.

    Translation edit rate, Snover et al. 2006, without regard to case; of drafts that are far off the shifts are not
    all looked for, so that theirs is an upper bound.
    """
    words, right = draft.lower().split(), reference.lower().split()
    edits = Levenshtein.distance(words, right)
    shifts = 0
    while shifts < _SHIFTS and edits and (edits + shifts) / max(1, len(right)) <= 3 * LIGHT:
        moved, best = _shifted(words, right, edits)
        if best >= edits - 1:
            break
        words, edits, shifts = moved, best, shifts + 1
    return (edits + shifts) / max(1, len(right))


def _sequences(text: str, length: int) -> Counter[str]:
    return Counter(text[at : at + length] for at in range(len(text) - length + 1))


def _shifted(words: list[str], right: list[str], edits: int) -> tuple[list[str], int]:
    """Return the words with one block moved where that saves most, and what is left to edit."""
    best, chosen = edits, words
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(right):
        places[word].append(at)
    for start, word in enumerate(words):
        for at in places[word]:
            size = 0
            while (
                size < 10
                and start + size < len(words)
                and at + size < len(right)
                and words[start + size] == right[at + size]
            ):
                size += 1
            if not size or at == start:
                continue
            rest = words[:start] + words[start + size :]
            for goal in {
                min(at, len(rest)),
                min(max(0, at - 1), len(rest)),
                min(at + 1, len(rest)),
            }:
                moved = rest[:goal] + words[start : start + size] + rest[goal:]
                distance = Levenshtein.distance(moved, right, score_cutoff=best)
                if distance < best:
                    best, chosen = distance, moved
    return chosen, best

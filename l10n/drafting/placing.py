"""Where the words of a span went: its translation is found in the sentence's, or its place is guessed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from l10n.engines import MarkedDraft, Span
from l10n.languages.folding import fold_for_search
from l10n.model import Draft
from l10n.text.edits import Edited

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SURE, _LIKELY = 85.0, 72.0
"""Similarity in percent above which words found are the words sought, or probably are."""

_COGNATE = 80.0
"""Similarity in percent of two words of four letters or more that mean the same."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Characters of a translation that a node claims."""

    start: int
    end: int
    is_certain: bool = True

    def moved(self, edited: Edited) -> Claim:
        """Follow an edit of the translation."""
        start = edited.starts[self.start]
        return replace(self, start=start, end=max(start, edited.ends[self.end]))


def find(source: str, span: tuple[int, int], fragment: str, target: str) -> Claim:
    """Find a span of the source in the target; `fragment` is what the engine made of it alone, maybe "".

    Tried in turn: the fragment itself, words like it, the source words themselves (names), most of its
    words one by one; what remains is a guess from the words around it.
    """
    text = source[span[0] : span[1]]
    expected = guess(source, span, target)
    for phrase, least in ((fragment, _SURE), (text, _SURE), (fragment, _LIKELY)):
        claim = _most_similar(_bare(phrase), target, expected, least)
        if claim:
            return replace(claim, is_certain=least == _SURE)
    return _by_words(fragment, target, expected) or expected


def guess(source: str, span: tuple[int, int], target: str) -> Claim:
    """Return the words of the target at the relative place of the span, names and numbers as anchors."""
    words, target_words = _words(source), _words(target)
    if not words or not target_words:
        return Claim(0, len(target), is_certain=False)
    inside = [n for n, (start, end) in enumerate(words) if start < span[1] and end > span[0]]
    # A span between two words: the word behind it serves.
    if not inside:
        inside = [min(bisect_left([start for start, _end in words], span[0]), len(words) - 1)]
    scale = _scale(source, words, target, target_words)
    first = min(round(scale(inside[0])), len(target_words) - 1)
    last = min(max(round(scale(inside[-1] + 1)), first + 1), len(target_words))
    return Claim(target_words[first][0], target_words[last - 1][1], is_certain=False)


def place_point(source: str, offset: int, target: str) -> int:
    """Return the place in the target, before a word, of something without text."""
    if not source[:offset].strip():
        return 0
    if not source[offset:].strip():
        return len(target)
    return guess(source, (offset, offset), target).start


def occurrences(phrase: str, text: str) -> list[tuple[int, int]]:
    """Return where whole words equal to the wanted ones stand, case aside."""
    if not phrase:
        return []
    pattern = rf"(?<!\w){re.escape(phrase)}(?!\w)"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def _bare(text: str) -> str:
    return text.strip().strip(".,;:!?¿¡…\"'“”«»()").strip()


def _words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(text)]


def _most_similar(phrase: str, target: str, expected: Claim, least: float) -> Claim | None:
    """Find the run of words most like the wanted ones; of equals the one nearest to where it should be."""
    if not phrase:
        return None
    exact = occurrences(phrase, target)
    if exact:
        start, end = min(exact, key=lambda span: _distance(span, expected))
        return Claim(start, end)
    words = _words(target)
    count = len(_words(phrase))
    sought = fold_for_search(phrase)
    best: tuple[float, float, tuple[int, int]] | None = None
    # A translation may need a word more or less.
    for size in range(max(1, count - 1), count + 2):
        for first in range(len(words) - size + 1):
            span = (words[first][0], words[first + size - 1][1])
            score = fuzz.ratio(
                sought, fold_for_search(target[span[0] : span[1]]), score_cutoff=least
            )
            if score and (best is None or (score, -_distance(span, expected)) > best[:2]):
                best = (score, -_distance(span, expected), span)
    return Claim(*best[2]) if best else None


def _by_words(fragment: str, target: str, expected: Claim) -> Claim | None:
    """Find most of the fragment's longer words, and give the stretch that holds them."""
    # Small words stand everywhere and prove nothing.
    sought = [fold_for_search(fragment[a:b]) for a, b in _words(fragment) if b - a > 3]
    words = _words(target)
    places = []
    for word in sought:
        scored = [
            (
                fuzz.ratio(word, fold_for_search(target[a:b])),
                -_distance((a, b), expected),
                (a, b),
            )
            for a, b in words
        ]
        best = max(scored, default=None)
        if best and best[0] >= _COGNATE:
            places.append(best[2])
    if not sought or len(places) * 2 < len(sought) + 1:
        return None
    start, end = min(a for a, _b in places), max(b for _a, b in places)
    # Words scattered over the sentence are no translation of the span.
    if len(_words(target[start:end])) > 2 * len(_words(fragment)) + 1:
        return None
    return Claim(start, end, is_certain=len(places) == len(sought))


def _distance(span: tuple[int, int], expected: Claim) -> float:
    return abs((span[0] + span[1]) / 2 - (expected.start + expected.end) / 2)


def _scale(
    source: str,
    words: Sequence[tuple[int, int]],
    target: str,
    target_words: Sequence[tuple[int, int]],
) -> _Scale:
    """Map word numbers of the source onto those of the target through the words both have."""
    source_forms = [fold_for_search(source[a:b]) for a, b in words]
    target_forms = [fold_for_search(target[a:b]) for a, b in target_words]
    # A word that stands twice could face either of its places.
    once = {word for word, count in Counter(source_forms).items() if count == 1}
    anchors = []
    for n, word in enumerate(source_forms):
        if word not in once:
            continue
        near = [m for m, other in enumerate(target_forms) if _is_cognate(word, other)]
        if len(near) == 1:
            anchors.append((n, near[0]))
    return _Scale([(-1, -1), *_rising(anchors), (len(source_forms), len(target_forms))])


class _Scale:
    """Piecewise linear map between anchors."""

    def __init__(self, anchors: Sequence[tuple[int, int]]) -> None:
        self._anchors = anchors

    def __call__(self, number: int) -> float:
        starts = [anchor[0] for anchor in self._anchors]
        right = min(max(1, bisect_left(starts, number)), len(starts) - 1)
        (a, b), (c, d) = self._anchors[right - 1], self._anchors[right]
        return b + (number - a) * (d - b) / (c - a)


def _is_cognate(word: str, other: str) -> bool:
    if word == other:
        # Equal words of two letters (de, a, no) are chance.
        return len(word) > 2 or word.isdigit()
    return min(len(word), len(other)) > 3 and fuzz.ratio(word, other) >= _COGNATE


def _rising(anchors: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the anchors that keep one order in both texts, as many as can be."""
    chains: list[list[tuple[int, int]]] = []
    for anchor in anchors:
        before = [chain for chain in chains if chain[-1][1] < anchor[1]]
        chains.append([*max(before, key=len, default=[]), anchor])
    return max(chains, key=len, default=[])


def unmarked(answer: MarkedDraft, bare: Draft) -> MarkedDraft:
    """Return the draft of a bare text with the spans that were followed in the draft of the marked one.

    Both are by one engine, and mostly the same words; a span none of whose words is in both has no place.
    """
    if answer.draft.text == bare.text:
        return answer
    marked_words, bare_words = (
        list(_TOKEN.finditer(text)) for text in (answer.draft.text, bare.text)
    )
    lowered = [[word[0].lower() for word in words] for words in (marked_words, bare_words)]
    matcher = SequenceMatcher(None, lowered[0], lowered[1], autojunk=False)
    same = {
        block.a + n: block.b + n
        for block in matcher.get_matching_blocks()
        for n in range(block.size)
    }
    spans = []
    for span in answer.spans:
        places = [
            bare_words[same[n]]
            for n, word in enumerate(marked_words)
            if n in same and span and word.start() < span.end and span.start < word.end()
        ]
        spans.append(Span(places[0].start(), places[-1].end()) if places else None)
    return MarkedDraft(bare, tuple(spans))


_TOKEN = re.compile(r"\w+|[^\w\s]")

"""The best way through a draft: word by word it stays, or a phrase becomes what the house has made of it.

A change has to prove itself against leaving the draft alone: by how surely it was made before, in the words
around it too, and by how the house writes. Significance instead of counts: of what was seen, the least
that is likely (Wilson 1927) counts for a change, and the most that is likely for leaving it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from l10n.drafting.lessons.tables import END, START, Change, EditTable, Fluency, Phrase, pack

LONGEST = 3
"""Words of a draft that change as one."""
_BEAM = 4
_KEPT = 4
"""Changes of one phrase that are looked at."""


@dataclass(frozen=True, slots=True)
class Boldness:
    """How sure a change must be."""

    name: str = "usual"

    deviations: float = 1.0
    """Of the normal distribution that what was seen is doubted by."""
    edit: float = 1.0
    """Weight of what became of the phrase before."""
    fluency: float = 0.6
    """Weight of how the house writes."""
    word: float = 0.8
    """What a word more is worth, since every word makes a text less likely."""
    source: float = 1.2
    """Weight of what the words of the source are translated by."""
    threshold: float = 1.0
    """What a change has to gain at least."""
    context: float = 1.0
    """How far the words around a phrase speak against a change; 0: not at all."""


LEVELS = (
    Boldness("usual", deviations=1.0, threshold=1.0),
    Boldness("careful", deviations=1.5, threshold=1.5),
    Boldness("cautious", deviations=2.0, threshold=2.0),
    Boldness("strict", deviations=2.5, threshold=3.5),
)
"""From bold to timid. Bolder than the first gained nothing on 400 unseen sentences, and made more of them worse."""
UNTRIED = LEVELS[-1]
"""Where nothing is known of how lessons fare: 4 % of what documentation of others says became worse, 24 % better."""


def boldness_of(name: str) -> Boldness | None:
    """Return a level by its name; None where nothing is to be corrected."""
    return next((level for level in LEVELS if level.name == name), None)


_HOPELESS = -4.0
"""What a change gains at least to be looked at."""


class Option(NamedTuple):
    """A change of a phrase that could be made."""

    end: int
    """Place behind the phrase."""
    new: tuple[int, ...]
    gain: float
    change: Change
    phrase: Phrase


class Step(NamedTuple):
    """A change that was made."""

    start: int
    end: int
    new: tuple[int, ...]
    change: Change
    phrase: Phrase


Seam = Callable[[int, int], bool]
"""Tells whether two words may stand side by side where a change meets what stays."""

Fits = Callable[[Sequence[int], Change], float | None]
"""Tells how far the source of this sentence speaks for a change, a logarithm of odds; None where it forbids it."""


class _Node(NamedTuple):
    score: float
    before: _Node | None
    step: Step | None


@lru_cache(maxsize=1 << 16)
def surely(count: float, seen: float, deviations: float) -> float:
    """Return the least share that is likely when something was seen so often of so many times."""
    if not seen:
        return 0.0
    square = deviations * deviations / seen
    share = min(1.0, count / seen)
    spread = deviations * math.sqrt(share * (1 - share) / seen + square / seen / 4)
    return max(0.0, (share + square / 2 - spread) / (1 + square))


def gain_of(changed: float, kept: float, seen: float, deviations: float) -> float:
    """Return how far a change that was made so often outweighs leaving the phrase: a logarithm of odds."""
    least = max(1e-4, surely(changed, seen, deviations))
    most = max(1e-4, 1 - surely(seen - kept, seen, deviations))
    return math.log(least / most)


class Search:
    """Looks for the best corrections of sentences, all words being numbers."""

    def __init__(
        self, table: EditTable, fluency: Fluency, boldness: Boldness, seam: Seam
    ) -> None:
        self._table = table
        self._fluency = fluency
        self._boldness = boldness
        self._seam = seam
        self._phrases: dict[int, Phrase] = {}
        self._lessons = 0

    def correct(
        self,
        words: Sequence[int],
        fits: Fits,
        borders: frozenset[int] = frozenset(),
        reserve: float = 0.0,
    ) -> list[Step]:
        """Return the changes that make a sentence best, from left to right; none where it is best as it is.

        `borders` are places before which a phrase ends; `reserve` is what a change has to gain besides.
        """
        options = self._options(words, fits, borders, reserve)
        if not any(options):
            return []
        return self._best(words, options)

    def look_up(self, words: Sequence[int]) -> Phrase:
        """Return how a phrase fared."""
        key = pack(words)
        if self._lessons != self._table.lessons:
            self._lessons = self._table.lessons
            self._phrases.clear()
        phrase = self._phrases.get(key)
        if phrase is None:
            if len(self._phrases) > 200_000:
                self._phrases.clear()
            phrase = self._phrases[key] = self._table.look_up(key)
        return phrase

    def _options(
        self, words: Sequence[int], fits: Fits, borders: frozenset[int], reserve: float
    ) -> list[list[Option]]:
        bold = self._boldness
        options: list[list[Option]] = []
        for start in range(len(words)):
            here: list[Option] = []
            for end in range(start + 1, min(len(words), start + LONGEST) + 1):
                if end - 1 > start and end - 1 in borders:
                    break
                phrase = self.look_up(words[start:end])
                if not phrase.changes:
                    continue
                against = self._against(words, start, end) if bold.context else 0.0
                for change in phrase.changes[:_KEPT]:
                    gain = gain_of(change.times, phrase.kept, phrase.seen, bold.deviations)
                    gain = bold.edit * (gain + bold.context * min(0.0, against))
                    gain += (
                        bold.word * (len(change.new) - (end - start)) - bold.threshold - reserve
                    )
                    if gain <= _HOPELESS:
                        continue
                    support = fits(words[start:end], change)
                    if support is not None:
                        gain += bold.source * support
                        here.append(Option(end, change.new, gain, change, phrase))
            here.sort(key=lambda option: -option.gain)
            options.append(here[: 2 * _KEPT])
        return options

    def _against(self, words: Sequence[int], start: int, end: int) -> float:
        """Return how far longer phrases around one say that it stays: a logarithm of odds."""
        least = 0.0
        for length in range(end - start + 1, LONGEST + 1):
            for first in range(max(0, end - length), min(start, len(words) - length) + 1):
                phrase = self.look_up(words[first : first + length])
                if phrase.seen >= 2:
                    changed = phrase.seen - phrase.kept
                    least = min(
                        least,
                        gain_of(changed, phrase.kept, phrase.seen, self._boldness.deviations),
                    )
        return least

    def _best(self, words: Sequence[int], options: Sequence[Sequence[Option]]) -> list[Step]:
        score, weight, count = self._fluency.score, self._boldness.fluency, len(words)
        stacks: list[dict[tuple[int, int], _Node]] = [{} for _place in range(count + 1)]
        stacks[0][START, START] = _Node(0.0, None, None)
        for place in range(count):
            stack = stacks[place]
            nodes = sorted(stack.items(), key=lambda pair: -pair[1].score)[:_BEAM]
            alone = (
                len(stack) == 1
                and not any(stacks[place + 1 :][:LONGEST])
                and not options[place]
            )
            word = words[place]
            for (first, second), node in nodes:
                # With one way to a place, and one on, the likelihood of what stays decides nothing.
                total = node.score + (0.0 if alone else weight * score(first, second, word))
                if place == count - 1 and not alone:
                    total += weight * score(second, word, END)
                if node.step is None or node.step.end != place or self._seam(second, word):
                    _offer(stacks[place + 1], (second, word), total, node, None)
                for option in options[place]:
                    if not self._seam(second, option.new[0]):
                        continue
                    one, two, total = first, second, node.score + option.gain
                    for new in option.new:
                        total += weight * score(one, two, new)
                        one, two = two, new
                    if option.end == count:
                        total += weight * score(one, two, END)
                    step = Step(place, option.end, option.new, option.change, option.phrase)
                    _offer(stacks[option.end], (one, two), total, node, step)
        # Of the few ways that are followed none may come through: each ends where words may not meet.
        finals = stacks[count].values()
        return _steps(max(finals, key=lambda node: node.score)) if finals else []


def _steps(last: _Node) -> list[Step]:
    """Return the changes on the way to a node."""
    steps: list[Step] = []
    node: _Node | None = last
    while node is not None:
        if node.step is not None:
            steps.append(node.step)
        node = node.before
    return steps[::-1]


def _offer(
    stack: dict[tuple[int, int], _Node],
    history: tuple[int, int],
    score: float,
    before: _Node,
    step: Step | None,
) -> None:
    known = stack.get(history)
    if known is None or known.score < score:
        stack[history] = _Node(score, before, step)

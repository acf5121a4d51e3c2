"""What was learnt, as it is looked up: columns of numbers out of a file, and live lessons over them."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from l10n.drafting.lessons.words import NUMBER, PLACEHOLDER

Columns = dict[str, bytes]
"""Columns of numbers by name, as they are kept in a file."""

RESERVED = ("", "<s>", "</s>", PLACEHOLDER, NUMBER)
START, END = 1, 2
"""Numbers of what stands at the borders of a sentence."""

BITS = 21
ALL_DOMAINS = (1 << 31) - 1
_DISCOUNT = 0.75
_FORGET = 400_000
"""Scores remembered before they are forgotten at once."""


class Change(NamedTuple):
    """What a phrase of drafts has become."""

    new: tuple[int, ...]
    times: float
    """How often."""
    documents: int
    """In how many catalogs."""
    examples: tuple[int, ...]
    """Numbers of entries."""
    domains: int = ALL_DOMAINS
    """In which domains, a bit for each."""


class Phrase(NamedTuple):
    """How a phrase of drafts fared."""

    seen: float
    kept: float
    changes: tuple[Change, ...] = ()


_NEVER = Phrase(0, 0)


def pack(words: Sequence[int]) -> int:
    """Return the key of a phrase of up to three words."""
    key = 0
    for word in words:
        key = key << BITS | (word + 1)
    return key


def _column(columns: Mapping[str, bytes], name: str, kind: str = "I") -> array[int]:
    numbers = array(kind)
    numbers.frombytes(columns.get(name, b""))
    return numbers


class EditTable:
    """Phrases of drafts and what became of them; live lessons are added to what a file says."""

    def __init__(self, columns: Mapping[str, bytes]) -> None:
        self._phrase = _column(columns, "phrase", "Q")
        self._seen, self._kept = _column(columns, "seen"), _column(columns, "kept")
        self._old = _column(columns, "old", "Q")
        self._new, self._end = _column(columns, "new"), _column(columns, "end")
        self._count, self._documents = (
            _column(columns, "count"),
            _column(columns, "documents"),
        )
        self._examples = _column(columns, "examples", "i")
        self._domains = _column(columns, "domains")
        self.lessons = 0
        """How much was learnt since."""
        self._live: dict[int, _Lesson] = defaultdict(_Lesson)

    def look_up(self, key: int) -> Phrase:
        """Return how a phrase fared; nothing is known of most."""
        at = bisect_left(self._phrase, key)
        phrase = _NEVER
        if at < len(self._phrase) and self._phrase[at] == key:
            phrase = Phrase(self._seen[at], self._kept[at], self._changes(key))
        lesson = self._live.get(key)
        return lesson.added_to(phrase) if lesson else phrase

    def add(self, key: int, new: tuple[int, ...] | None, weight: float, example: int) -> None:
        """Learn that a phrase was seen once more, and what it became; None when it was only seen.

        A weight below 0 takes that back.
        """
        self.lessons += 1
        lesson = self._live[key]
        if new is None:
            lesson.seen += weight
        elif pack(new) == key:
            lesson.kept += weight
        else:
            lesson.changes[new] += weight
            lesson.examples.setdefault(new, example)
            if lesson.changes[new] <= 0:
                del lesson.changes[new], lesson.examples[new]

    def _changes(self, key: int) -> tuple[Change, ...]:
        at = bisect_left(self._old, key)
        changes = []
        while at < len(self._old) and self._old[at] == key:
            start = self._end[at - 1] if at else 0
            changes.append(
                Change(
                    tuple(self._new[start : self._end[at]]),
                    self._count[at],
                    self._documents[at],
                    tuple(n for n in self._examples[3 * at : 3 * at + 3] if n >= 0),
                    self._domains[at],
                )
            )
            at += 1
        return tuple(changes)


class _Lesson:
    """What live lessons say of one phrase."""

    def __init__(self) -> None:
        self.seen = 0.0
        self.kept = 0.0
        self.changes: defaultdict[tuple[int, ...], float] = defaultdict(float)
        self.examples: dict[tuple[int, ...], int] = {}

    def added_to(self, phrase: Phrase) -> Phrase:
        """Return a phrase with what was learnt of it since."""
        known = {change.new: change for change in phrase.changes}
        for new, weight in self.changes.items():
            before = known.get(new, Change(new, 0, 0, ()))
            known[new] = Change(
                new,
                before.times + weight,
                before.documents + 1,
                (self.examples[new], *before.examples),
            )
        changes = sorted(known.values(), key=lambda change: -change.times)
        return Phrase(phrase.seen + self.seen, phrase.kept + self.kept, tuple(changes))


class Fluency:
    """How likely words follow each other in what the house writes: Kneser-Ney's model of three words."""

    def __init__(self, columns: Mapping[str, bytes]) -> None:
        self._three = _column(columns, "three", "Q")
        self._three_count = _column(columns, "three count")
        self._history = _column(columns, "history", "Q")
        self._history_count = _column(columns, "history count")
        self._history_kinds = _column(columns, "history kinds")
        self._two = _column(columns, "two", "Q")
        self._two_count = _column(columns, "two count")
        self._word_count = _column(columns, "word count")
        self._word_kinds = _column(columns, "word kinds")
        self._one_count = _column(columns, "one count")
        self._total = len(self._two) + 1
        self._known: dict[tuple[int, int, int], float] = {}
        self._known_two: dict[tuple[int, int], float] = {}
        self._live: Counter[tuple[int | str, ...]] = Counter()
        self._live_kinds: Counter[tuple[int | str, ...]] = Counter()

    def score(self, first: int, second: int, word: int) -> float:
        """Return the logarithm of how likely a word follows two others."""
        three = (first, second, word)
        score = self._known.get(three)
        if score is None:
            if len(self._known) > _FORGET:
                self._known.clear()
                self._known_two.clear()
            score = self._known[three] = math.log(self._probability(first, second, word))
        return score

    def has_seen(self, first: int, second: int) -> bool:
        """Whether two words were ever written side by side."""
        return bool(self._seen_two((first, second)))

    def add(self, words: Sequence[int]) -> None:
        """Learn a sentence."""
        row = [START, START, *words, END]
        for three in zip(row, row[1:], row[2:], strict=False):
            is_new = not self._seen_three(three)
            self._live[three] += 1
            self._live[three[:2]] += 1
            if not is_new:
                continue
            # The shorter the run, the fewer kinds of what stands before it: only new ones count.
            self._live_kinds[three[:2]] += 1
            is_new = not self._seen_two(three[1:])
            self._live["two", *three[1:]] += 1
            self._live["before", three[1]] += 1
            if is_new:
                self._live_kinds["before", three[1]] += 1
                self._live["one", three[2]] += 1
                self._total += 1
        self._known.clear()
        self._known_two.clear()

    def _probability(self, first: int, second: int, word: int) -> float:
        share = self._known_two.get((second, word), 0.0)
        if not share:
            share = self._known_two[second, word] = self._behind(second, word)
        history = (first + 1) << BITS | (second + 1)
        at = bisect_left(self._history, history)
        count = kinds = 0
        if at < len(self._history) and self._history[at] == history:
            count, kinds = self._history_count[at], self._history_kinds[at]
        if self._live:
            count += self._live[first, second]
            kinds += self._live_kinds[first, second]
        if count:
            seen = self._seen_three((first, second, word))
            share = (max(seen - _DISCOUNT, 0) + _DISCOUNT * kinds * share) / count
        return share

    def _behind(self, second: int, word: int) -> float:
        """Return how likely a word follows one other."""
        live = self._live
        one, count = _at(self._one_count, word), _at(self._word_count, second)
        kinds = _at(self._word_kinds, second)
        if live:
            one += live["one", word]
            count += live["before", second]
            kinds += self._live_kinds["before", second]
        share = (max(one - _DISCOUNT, 0) + 0.5) / self._total
        if count:
            seen = self._seen_two((second, word))
            share = (max(seen - _DISCOUNT, 0) + _DISCOUNT * kinds * share) / count
        return share

    def _seen_two(self, two: tuple[int, int]) -> int:
        seen = _found(self._two, self._two_count, pack(two))
        return seen + self._live["two", *two] if self._live else seen

    def _seen_three(self, three: tuple[int, int, int]) -> int:
        seen = _found(self._three, self._three_count, pack(three))
        return seen + self._live[three] if self._live else seen


def _at(column: array[int], place: int) -> int:
    return column[place] if place < len(column) else 0


def _found(keys: array[int], counts: array[int], key: int) -> int:
    at = bisect_left(keys, key)
    return counts[at] if at < len(keys) and keys[at] == key else 0


class Lexicon:
    """By which words those of sources were translated."""

    def __init__(self, columns: Mapping[str, bytes]) -> None:
        self._source = _column(columns, "source")
        self._target = _column(columns, "target")
        self._share = array("f")
        self._share.frombytes(columns.get("share", b""))
        self._live: dict[int, set[int]] = defaultdict(set)

    def translations(self, words: Iterable[int]) -> dict[int, float]:
        """Return the words that those of a source are translated by, and how often the likeliest of them is."""
        shares: dict[int, float] = {}
        for word in set(words):
            at = bisect_left(self._source, word)
            while at < len(self._source) and self._source[at] == word:
                target = self._target[at]
                shares[target] = max(shares.get(target, 0.0), self._share[at])
                at += 1
            for target in self._live.get(word, ()):
                shares[target] = max(shares.get(target, 0.0), _TAUGHT)
        return shares

    def has(self, word: int) -> bool:
        """Whether any translation of a word is known."""
        at = bisect_left(self._source, word)
        return (at < len(self._source) and self._source[at] == word) or word in self._live

    def add(self, source: int, target: int) -> None:
        """Learn that a word was translated by another."""
        self._live[source].add(target)


_TAUGHT = 0.3
"""How often a translation is expected again that was seen in a live lesson."""

"""What a person probably means by the letters typed so far: names and terms of the source, words used before."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable

_LEAST = 3
"""Letters after which words are completed, and that completing saves at least."""
_LEAST_OF_SOURCE = 2
"""Letters after which a name or a term of the source is meant: there are few of them."""
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_TYPED = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]*)*\Z")
_LONGEST = 200
"""Characters before the cursor that are looked at: no phrase of a source that is completed is longer."""
_KNOWN = 20_000
"""Different words that are kept: more than an article has."""


class Vocabulary:
    """Words of a text, by how they begin."""

    def __init__(self) -> None:
        self._sorted: list[str] = []
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._sorted)

    def learn(self, text: str) -> None:
        """Take in the words of a text without markup."""
        for word in _WORD.findall(text):
            if len(word) < 2 * _LEAST:
                continue
            if word not in self._counts and len(self._sorted) < _KNOWN:
                insort(self._sorted, word)
            self._counts[word] += 1

    def forget(self, text: str) -> None:
        """Take back the words of a text that was learnt."""
        for word in _WORD.findall(text):
            self._counts[word] -= 1
            if self._counts[word] <= 0:
                del self._counts[word]
                place = bisect_left(self._sorted, word)
                if self._sorted[place : place + 1] == [word]:
                    del self._sorted[place]

    def complete(self, beginning: str) -> str:
        """Return the most usual word that begins so and is enough longer; empty when there is none."""
        place = bisect_left(self._sorted, beginning)
        best, most = "", 0
        while place < len(self._sorted) and self._sorted[place].startswith(beginning):
            word = self._sorted[place]
            if len(word) >= len(beginning) + _LEAST and self._counts[word] > most:
                best, most = word, self._counts[word]
            place += 1
        return best


def complete(before: str, phrases: Iterable[str], words: Iterable[Vocabulary]) -> str:
    """Return what may follow a text that ends in the beginning of a word; empty when nothing is meant.

    Phrases come first, whole, also behind several of their words; then words of the vocabularies, in their order.
    """
    before = before[-_LONGEST:]
    for phrase in phrases:
        rest = rest_of(phrase, before, _LEAST_OF_SOURCE)
        if len(rest) >= _LEAST:
            return rest
    match = _TYPED.search(before)
    if match is None or len(match[0]) < _LEAST:
        return ""
    beginning = match[0]
    for vocabulary in words:
        word = vocabulary.complete(beginning)
        # A word that begins a sentence is known in small letters.
        if not word and beginning[0].isupper() and beginning[1:].islower():
            word = vocabulary.complete(beginning[0].lower() + beginning[1:])
        if word:
            return word[len(beginning) :]
    return ""


def rest_of(phrase: str, before: str, least: int = 1) -> str:
    """Return the rest of a phrase of which a text has so many letters or more at its end; empty when it has not."""
    folded, end = phrase.casefold(), before.casefold()
    for length in range(min(len(phrase) - 1, len(before)), least - 1, -1):
        if end.endswith(folded[:length]):
            head = before[: len(before) - length]
            begins_word = not head or not (head[-1].isalnum() or head[-1] in "_@.")
            # Who writes small letters where the phrase has capitals means another word.
            is_so_written = before[len(head) :] == phrase[:length] or phrase.islower()
            if begins_word and is_so_written:
                return phrase[length:]
    return ""

"""What many drafts and translations teach, counted: phrases that were changed or kept, and runs of words.

A phrase is up to three words of a draft; what stands for it in the accepted text is read off the links
between words (Och & Ney 2004), a word more on either side where nothing is linked to it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from l10n.drafting.lessons.linking import Corpus, Ints, Links

BITS = 21
"""Of a word's number in a phrase's key: up to three words fill 63 bits."""

LONGEST = 3
"""Words of a draft that are changed as one: more gained nothing in 5,000 entries."""
_STRETCH = 2
"""Words that what stands for a phrase may have more than it, at most, and two that nothing is linked to."""

Small = np.ndarray[Any, np.dtype[np.uint32]]


class Phrases(NamedTuple):
    """Occurrences of phrases of drafts, with what stands for each in the accepted text."""

    key: Ints
    """Words of the draft's phrase, packed."""
    start: Ints
    """Place of the accepted phrase."""
    length: Ints
    place: Ints
    """Place of the draft's phrase."""


class Grams(NamedTuple):
    """Runs of words by rising key, each once, and how often each was seen."""

    key: Ints
    times: Ints


def pack(words: Ints, length: int) -> Ints:
    """Return the keys of all runs of a length, by their first word; the last ones run over the end."""
    keys = words + 1
    for ahead in range(1, length):
        keys = (keys[: len(keys) - 1] << BITS) | (words[ahead:][: len(keys) - 1] + 1)
    return keys


def sentence_of(corpus: Corpus) -> Ints:
    """Return for each word the number of its sentence."""
    return np.repeat(np.arange(len(corpus.lengths)), corpus.lengths)


def runs(corpus: Corpus, length: int) -> tuple[Ints, Ints]:
    """Return the keys of all runs of a length within sentences, and their places."""
    sentence = sentence_of(corpus)
    keys = pack(corpus.words, length)
    places = np.flatnonzero(sentence[: len(keys)] == sentence[length - 1 :][: len(keys)])
    return keys[places], places


def count_runs(corpus: Corpus, length: int) -> Grams:
    """Count the runs of a length."""
    return Grams(*np.unique(runs(corpus, length)[0], return_counts=True))


def phrases(first: Corpus, second: Corpus, links: Links, length: int) -> Phrases:
    """Return all phrases of a number of words that are linked to nothing outside of what stands for them."""
    none = len(second.words)
    low, high = _reach(links.first, links.second, len(first.words), none)
    order = np.argsort(links.second, kind="stable")
    back_low, back_high = _reach(
        links.second[order], links.first[order], none, len(first.words)
    )
    free = np.append(back_high < 0, False)
    keys, places = runs(first, length)
    start, end = low[places].copy(), high[places].copy()
    for ahead in range(1, length):
        start = np.minimum(start, low[places + ahead])
        end = np.maximum(end, high[places + ahead])
    kept = (end >= 0) & (end - start < length + _STRETCH)
    for ahead in range(length + _STRETCH):
        at = np.minimum(start + ahead, none - 1)
        inside = kept & (start + ahead <= end) & ~free[at]
        kept &= ~inside | ((back_low[at] >= places) & (back_high[at] < places + length))
    keys, places, start, end = keys[kept], places[kept], start[kept], end[kept]
    borders = (
        second.starts[sentence_of(first)[places]],
        second.starts[sentence_of(first)[places] + 1],
    )
    before = (start > borders[0]) & free[np.maximum(start - 1, 0)]
    behind = (end + 1 < borders[1]) & free[np.minimum(end + 1, none)]
    everything = np.ones(len(keys), np.bool_)
    variants = (
        (everything, 0, 0),
        (before, 1, 0),
        (behind, 0, 1),
        (before & behind, 1, 1),
    )
    return Phrases(
        np.concatenate([keys[which] for which, _l, _r in variants]),
        np.concatenate([start[which] - left for which, left, _r in variants]),
        np.concatenate(
            [(end - start)[which] + 1 + left + right for which, left, right in variants]
        ),
        np.concatenate([places[which] for which, _l, _r in variants]),
    )


def _reach(places: Ints, partners: Ints, count: int, none: int) -> tuple[Ints, Ints]:
    """Return the first and the last partner of each place; `none` and -1 where it has none."""
    low, high = np.full(count, none), np.full(count, -1)
    # Partners rise within a place: the first link seen from the back is the lowest.
    low[places[::-1]] = partners[::-1]
    high[places] = partners
    return low, high

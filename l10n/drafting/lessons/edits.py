"""What drafts and accepted texts say of phrases: how often each was seen, kept, or changed into what, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from l10n.drafting.lessons.counting import (
    BITS,
    LONGEST,
    Grams,
    count_runs,
    phrases,
    sentence_of,
)
from l10n.drafting.lessons.linking import Corpus, Flags, Ints, Kinship, link
from l10n.drafting.lessons.tables import Columns
from l10n.drafting.lessons.words import is_fixed

_CELLS = 1_500_000
"""Pairs of words aligned at once: what bounds the memory."""
_EXAMPLES = 3
"""Entries named to whoever asks where a correction comes from."""
_WEAK = 0.02
"""Share of its phrase's occurrences under which a change is left out."""
_WEAK_ONCE = 0.5
"""The same for a change that was seen once: of a phrase that is seldom met it may be all that is ever known."""

Allows = Callable[[Sequence[str], Sequence[str]], bool]
"""Tells whether a phrase may become another; not asked where no word of either is a mark or fixed."""


class Texts(NamedTuple):
    """Drafts and accepted texts, sentence by sentence, and where they are from."""

    drafts: Corpus
    accepted: Corpus
    entry: Ints
    """Number of the entry that each sentence is of; rises."""
    document: Ints
    """Number of its catalog."""
    domain: Ints
    """The bit of its domain."""


def count_edits(
    texts: Texts, kinship: Kinship, words: Sequence[str], allows: Allows
) -> Columns:
    """Return the columns of phrases and of their changes, by rising key of the phrase."""
    by_length = _occurrences(texts, kinship)
    tables = [
        _table(occurrences, texts, length)
        for length, occurrences in enumerate(by_length, 1)
        if len(occurrences.old)
    ]
    return _joined(tables, texts.accepted, words, allows)


def blocks(first: Corpus, second: Corpus) -> Iterator[tuple[int, int]]:
    """Yield ranges of sentences that are aligned at once."""
    if not len(first.words):
        return
    sizes = np.cumsum(first.lengths * second.lengths)
    cuts = np.searchsorted(sizes, np.arange(_CELLS, int(sizes[-1]) + _CELLS, _CELLS))
    yield from pairwise(sorted({0, *(int(cut) for cut in cuts), len(sizes)}))


class _Occurrences(NamedTuple):
    """Phrases of drafts and what stands for them, by a number of 64 bits, and where."""

    old: Ints
    new: Ints
    start: Ints
    length: Ints
    place: Ints


def _occurrences(texts: Texts, kinship: Kinship) -> list[_Occurrences]:
    """Return the occurrences of phrases of one word, of two, and so on."""
    by_length: list[list[_Occurrences]] = [[] for _length in range(LONGEST)]
    hashes = _hashes(texts.accepted.words, LONGEST + 4)
    for first, last in blocks(texts.drafts, texts.accepted):
        part, other = texts.drafts.part(first, last), texts.accepted.part(first, last)
        links = link(part, other, kinship)
        shift = texts.drafts.starts[first], texts.accepted.starts[first]
        for length in range(1, LONGEST + 1):
            found = phrases(part, other, links, length)
            start = found.start + shift[1]
            by_length[length - 1].append(
                _Occurrences(
                    found.key,
                    hashes[found.length - 1, start],
                    start.astype(np.int32),
                    found.length.astype(np.int8),
                    (found.place + shift[0]).astype(np.int32),
                )
            )
    nothing = _Occurrences(*(np.zeros(0, np.int64) for _field in _Occurrences._fields))
    return [
        _Occurrences(*map(np.concatenate, zip(nothing, *parts, strict=True)))
        for parts in by_length
    ]


def _hashes(words: Ints, longest: int) -> Ints:
    """Return for lengths from 1 a number for every run of words that begins at a place."""
    with np.errstate(over="ignore"):
        padded = np.append(words, np.zeros(longest, np.int64)) + 1
        rows, current = [], np.zeros(len(words), np.int64)
        for ahead in range(longest):
            current = current * np.int64(6364136223846793005) + padded[ahead:][: len(words)]
            rows.append(current * np.int64(-7046029254386353131) ^ (current >> 29))
    return np.stack(rows)


class _Changes(NamedTuple):
    """Changes that mean something."""

    old: Ints
    times: Ints
    documents: Ints
    domains: Ints
    start: Ints
    length: Ints
    examples: Ints


class _Table(NamedTuple):
    """Phrases of one length, how often each was seen and kept, and its changes."""

    seen: Grams
    same: Ints
    changes: _Changes


def _table(found: _Occurrences, texts: Texts, length: int) -> _Table:
    seen = count_runs(texts.drafts, length)
    own = _hashes(texts.drafts.words, length)[length - 1]
    kept = found.new == own[found.place]
    same = np.zeros(len(seen.key), np.int64)
    keys, counts = np.unique(found.old[kept], return_counts=True)
    same[np.searchsorted(seen.key, keys)] = counts
    changed = np.flatnonzero(~kept)
    with np.errstate(over="ignore"):
        kind = found.old[changed] * np.int64(-4417276706812531889) + found.new[changed]
    # The occurrences of one change stay in the order of the entries.
    order = changed[np.lexsort((found.place[changed], kind))]
    kind = np.sort(kind)
    first = np.flatnonzero(np.append(True, kind[1:] != kind[:-1])[: len(kind)])
    times = np.diff(first, append=len(kind))
    sentence = sentence_of(texts.drafts)[found.place[order]]
    domain = texts.domain[sentence]
    domains = np.bitwise_or.reduceat(domain, first) if len(first) else first
    documents = _distinct(texts.document[sentence], first)
    examples = _examples(texts.entry[sentence], first, times)
    old = found.old[order[first]]
    share = times / seen.times[np.searchsorted(seen.key, old)]
    strong = share >= np.where(times > 1, _WEAK, _WEAK_ONCE)
    chosen = order[first][strong]
    return _Table(
        seen,
        same,
        _Changes(
            old[strong],
            times[strong],
            documents[strong],
            domains[strong],
            found.start[chosen].astype(np.int64),
            found.length[chosen].astype(np.int64),
            examples[strong],
        ),
    )


def _distinct(numbers: Ints, first: Ints) -> Ints:
    """Count the different numbers of each group; equal ones stand side by side."""
    if not len(first):
        return first
    moves = np.append(True, numbers[1:] != numbers[:-1])
    moves[first] = True
    return np.add.reduceat(moves.astype(np.int64), first)


def _examples(entry: Ints, first: Ints, times: Ints) -> Ints:
    """Return the first entries of each group; -1 where it has no more."""
    if not len(first):
        return np.zeros((0, _EXAMPLES), np.int64)
    rows = [
        np.where(times > ahead, entry[np.minimum(first + ahead, len(entry) - 1)], -1)
        for ahead in range(_EXAMPLES)
    ]
    return np.stack(rows, axis=1)


def _joined(
    tables: Sequence[_Table], accepted: Corpus, words: Sequence[str], allows: Allows
) -> Columns:
    """Return the columns of phrases and of their changes, by rising key of the phrase."""
    if not tables:
        return {}
    key, seen, same = (
        np.concatenate(fields)
        for fields in zip(*((t.seen.key, t.seen.times, t.same) for t in tables), strict=True)
    )
    changes = _Changes(
        *map(np.concatenate, zip(*(table.changes for table in tables), strict=True))
    )
    # A phrase seen once proves nothing about a shorter one in it.
    kept = (seen >= 2) | np.isin(key, changes.old)
    order = np.argsort(key[kept])
    order_of_changes = np.lexsort((-changes.times, changes.old))
    is_allowed = _allowed(changes, accepted, words, allows)
    at = order_of_changes[is_allowed[order_of_changes]]
    ends = np.cumsum(changes.length[at])
    new = np.repeat(changes.start[at] - ends + changes.length[at], changes.length[at])
    new += np.arange(len(new))
    columns = {
        "phrase": (key[kept][order], np.uint64),
        "seen": (seen[kept][order], np.uint32),
        "kept": (same[kept][order], np.uint32),
        "old": (changes.old[at], np.uint64),
        "new": (accepted.words[new], np.uint32),
        "end": (ends, np.uint32),
        "count": (changes.times[at], np.uint32),
        "documents": (changes.documents[at], np.uint32),
        "domains": (changes.domains[at], np.uint32),
        "examples": (changes.examples[at], np.int32),
    }
    return {name: column.astype(kind).tobytes() for name, (column, kind) in columns.items()}


def _allowed(
    changes: _Changes, accepted: Corpus, words: Sequence[str], allows: Allows
) -> Flags:
    """Mark the changes that may be made: those of words by words, and what else is allowed."""
    special = np.array([not word[:1].isalnum() or is_fixed(word) for word in words])
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(special[accepted.words])])
    asked = before[changes.start + changes.length] > before[changes.start]
    for place in range(LONGEST):
        word = (changes.old >> (BITS * place)) & ((1 << BITS) - 1)
        asked |= (word > 0) & special[np.maximum(word - 1, 0)]
    allowed: Flags = ~asked
    for place in np.flatnonzero(asked).tolist():
        start = changes.start[place]
        new = accepted.words[start : start + changes.length[place]].tolist()
        old = unpack(int(changes.old[place]))
        allowed[place] = allows([words[n] for n in old], [words[n] for n in new])
    return allowed


def unpack(key: int) -> list[int]:
    """Return the words of a packed phrase."""
    numbers = []
    while key:
        numbers.append((key & ((1 << BITS) - 1)) - 1)
        key >>= BITS
    return numbers[::-1]

"""Tables out of drafts and what was accepted instead: linked, counted, and what means nothing left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from l10n.drafting.lessons.counting import BITS, Grams, count_runs
from l10n.drafting.lessons.edits import Allows, Texts, blocks, count_edits
from l10n.drafting.lessons.linking import Corpus, Gathered, Kinship, link
from l10n.drafting.lessons.tables import END, RESERVED, START, Columns


class Where(NamedTuple):
    """Where a sentence is from."""

    entry: int
    """Number of the entry; rises."""
    document: int
    """Number of the catalog."""
    domain: int
    """The bit of its domain."""


class Sentences:
    """Sentences of sources, drafts and accepted texts that face each other, read once, words by number."""

    def __init__(self) -> None:
        self._number = {word: place for place, word in enumerate(RESERVED)}
        self._sides = Gathered(), Gathered(), Gathered()
        self._where = Gathered()
        self._archive = Gathered()

    def add(
        self, source: Sequence[str], draft: Sequence[str], accepted: Sequence[str], where: Where
    ) -> None:
        """Add three sentences that face each other."""
        for side, words in zip(
            self._sides, ([word.lower() for word in source], draft, accepted), strict=True
        ):
            side.add(self._numbered(words))
        self._where.add(where)

    def add_published(self, words: Sequence[str]) -> None:
        """Add a sentence that shows how the house writes."""
        self._archive.add(self._numbered(words))

    def build(self, allows: Allows) -> tuple[list[str], frozenset[str], Columns]:
        """Return the words, those that keep their capital at the start of a sentence, and the columns."""
        sources, drafts, accepted = (side.corpus() for side in self._sides)
        archive = self._archive.corpus()
        capitals = self._capitals(accepted, archive)
        drafts, accepted, archive = (
            self._recapitalised(corpus, capitals) for corpus in (drafts, accepted, archive)
        )
        words = list(self._number)
        kinship = kinship_of(words)
        where = self._where.corpus().words.reshape(-1, len(Where._fields))
        columns = _fluency(_framed(accepted), _framed(archive))
        columns |= _lexicon(sources, accepted, kinship, len(words))
        columns |= count_edits(Texts(drafts, accepted, *where.T), kinship, words, allows)
        return words, capitals, columns

    def _numbered(self, words: Iterable[str]) -> list[int]:
        number = self._number
        return [number.setdefault(word, len(number)) for word in words]

    def _capitals(self, *corpora: Corpus) -> frozenset[str]:
        """Return the words that have a capital within sentences more often than not."""
        size = len(self._number)
        counts = np.zeros(size, np.int64)
        for corpus in corpora:
            counts += np.bincount(corpus.words, minlength=size)
            first = corpus.starts[:-1][corpus.lengths > 0]
            counts -= np.bincount(corpus.words[first], minlength=size)
        return frozenset(
            word
            for word, place in self._number.items()
            if word[:1].isupper()
            and word[1:].islower()
            and counts[place] > counts[self._number.get(word.lower(), 0)]
        )

    def _recapitalised(self, corpus: Corpus, capitals: Collection[str]) -> Corpus:
        """Return sentences whose first words have their capitals if they are words that keep them."""
        words = list(self._number)
        raised = np.arange(len(words))
        for capital in capitals:
            raised[self._number.get(capital.lower(), 0)] = self._number[capital]
        raised[0] = 0
        begins = np.array([word[:1].isalpha() for word in words])
        places = np.flatnonzero(begins[corpus.words])
        first = np.searchsorted(places, corpus.starts[:-1])
        inside = first < len(places)
        inside[inside] = places[first[inside]] < corpus.starts[1:][inside]
        changed = corpus.words.copy()
        changed[places[first[inside]]] = raised[changed[places[first[inside]]]]
        return corpus._replace(words=changed)


def _framed(corpus: Corpus) -> Corpus:
    """Return sentences between two START and an END."""
    count = len(corpus.lengths)
    sentence = np.repeat(np.arange(count), corpus.lengths)
    starts = corpus.starts + 3 * np.arange(count + 1)
    words = np.full(int(starts[-1]), START, np.int64)
    words[np.arange(len(corpus.words)) + 3 * sentence + 2] = corpus.words
    words[starts[1:] - 1] = END
    return Corpus(words, starts)


def kinship_of(words: Sequence[str]) -> Kinship:
    """Return which words of a vocabulary are alike."""
    letters: dict[str, int] = {}
    stems: dict[str, int] = {}
    return Kinship(
        np.array([letters.setdefault(word.lower(), len(letters)) for word in words]),
        np.array(
            [
                stems.setdefault(word[:5].lower(), len(stems))
                if len(word) >= 4 and word.isalpha()
                else -1
                for word in words
            ]
        ),
    )


def _fluency(first: Corpus, second: Corpus) -> Columns:
    """Return what a trigram model with Kneser-Ney's smoothing needs, as counts."""
    corpus = Corpus(
        np.concatenate([first.words, second.words]),
        np.concatenate([first.starts, second.starts[1:] + first.starts[-1]]),
    )
    three = count_runs(corpus, 3)
    mask = (1 << BITS) - 1
    history, first = np.unique(three.key >> BITS, return_index=True)
    kinds = np.diff(first, append=len(three.key))
    totals = np.add.reduceat(three.times, first) if len(first) else first
    # How many words stand before two others, not how often those two stand there.
    two = Grams(*np.unique(three.key & ((1 << (2 * BITS)) - 1), return_counts=True))
    size = int(corpus.words.max()) + 2 if len(corpus.words) else 1
    before = (two.key >> BITS) - 1
    columns = {
        "three": (three.key, np.uint64),
        "three count": (three.times, np.uint32),
        "history": (history, np.uint64),
        "history count": (totals, np.uint32),
        "history kinds": (kinds, np.uint32),
        "two": (two.key, np.uint64),
        "two count": (two.times, np.uint32),
        "word count": (np.bincount(before, two.times, minlength=size), np.uint32),
        "word kinds": (np.bincount(before, minlength=size), np.uint32),
        "one count": (np.bincount((two.key & mask) - 1, minlength=size), np.uint32),
    }
    return {name: column.astype(kind).tobytes() for name, (column, kind) in columns.items()}


def _lexicon(sources: Corpus, accepted: Corpus, kinship: Kinship, size: int) -> Columns:
    """Return by which words those of the source were translated, and how often of all times."""
    kinds, counts = [], []
    for first, last in blocks(sources, accepted):
        part, other = sources.part(first, last), accepted.part(first, last)
        links = link(part, other, kinship, rounds=_LEXICON_ROUNDS)
        kind, count = np.unique(
            part.words[links.first] << BITS | other.words[links.second], return_counts=True
        )
        kinds.append(kind)
        counts.append(count)
    empty = [np.zeros(0, np.int64)]
    kind, inverse = np.unique(np.concatenate(kinds or empty), return_inverse=True)
    count = np.bincount(inverse, np.concatenate(counts or empty), minlength=len(kind))
    source, target = kind >> BITS, kind & ((1 << BITS) - 1)
    share = count / (np.bincount(sources.words, minlength=size) + 0.5)[source]
    kept = share > _LEAST_SHARE
    return {
        "source": source[kept].astype(np.uint32).tobytes(),
        "target": target[kept].astype(np.uint32).tobytes(),
        "share": share[kept].astype(np.float32).tobytes(),
    }


_LEXICON_ROUNDS = 4
_LEAST_SHARE = 0.02
"""Of a word's translations under which one is left out; what is not there counts as that rare."""

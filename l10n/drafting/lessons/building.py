"""Tables out of drafts and what was accepted instead: linked, counted, and what means nothing left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from l10n.drafting.lessons.counting import BITS, Grams, count_runs
from l10n.drafting.lessons.edits import Allows, Texts, blocks, count_edits
from l10n.drafting.lessons.linking import Corpus, Kinship, as_corpus, link
from l10n.drafting.lessons.tables import END, RESERVED, START, Columns


class Pair(NamedTuple):
    """A sentence of a source, its draft, and what was accepted instead, as words."""

    source: Sequence[str]
    """In small letters."""
    draft: Sequence[str]
    accepted: Sequence[str]
    entry: int
    """Number of the entry that it is of; rises."""
    document: int
    """Number of the catalog."""
    domain: int = 1
    """The bit of its domain."""


def build(
    pairs: Sequence[Pair], archive: Iterable[Sequence[str]], allows: Allows
) -> tuple[list[str], Columns]:
    """Return the words and the columns of what some pairs teach, and the fluency of them and of an archive."""
    number = {word: place for place, word in enumerate(RESERVED)}

    def numbered(words: Iterable[str]) -> list[int]:
        return [number.setdefault(word, len(number)) for word in words]

    sources = as_corpus([numbered(pair.source) for pair in pairs])
    drafts = as_corpus([numbered(pair.draft) for pair in pairs])
    accepted = as_corpus([numbered(pair.accepted) for pair in pairs])
    texts = [*(pair.accepted for pair in pairs), *archive]
    fluent = as_corpus([[START, START, *numbered(text), END] for text in texts])
    words = list(number)
    kinship = kinship_of(words)
    facing = Texts(
        drafts,
        accepted,
        np.array([pair.entry for pair in pairs], np.int64),
        np.array([pair.document for pair in pairs], np.int64),
        np.array([pair.domain for pair in pairs], np.int64),
    )
    columns = _fluency(fluent)
    columns |= _lexicon(sources, accepted, kinship, len(words))
    columns |= count_edits(facing, kinship, words, allows)
    return words, columns


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


def _fluency(corpus: Corpus) -> Columns:
    """Return what a trigram model with Kneser-Ney's smoothing needs, as counts."""
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


def capitals_of(sentences: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the words that have a capital within sentences more often than not."""
    forms = Counter(word for sentence in sentences for word in sentence[1:])
    return frozenset(
        word
        for word, count in forms.items()
        if word[0].isupper() and word[1:].islower() and count > forms[word.lower()]
    )

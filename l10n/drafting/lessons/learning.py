"""Lessons learnt from many reviewed entries at once, and from one more while work goes on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from l10n.drafting.estimator import load_estimator
from l10n.drafting.lessons.building import Sentences, Where, kinship_of
from l10n.drafting.lessons.counting import LONGEST, phrases, runs
from l10n.drafting.lessons.edits import Texts, unpack
from l10n.drafting.lessons.guards import allows
from l10n.drafting.lessons.lessons import Learnt, Lessons
from l10n.drafting.lessons.linking import Links, as_corpus, link
from l10n.drafting.lessons.review import Review
from l10n.drafting.lessons.trial import try_apart
from l10n.drafting.lessons.words import facing, recapitalised, sentences_of


def learn(
    reviews: Sequence[Review],
    source: str,
    target: str,
    archive: Sequence[str] = (),
    *,
    engine: str = "",
) -> Learnt:
    """Learn from reviewed entries; an archive of the house's texts teaches how it writes, and nothing else.

    How boldly that is used, and which drafts are then the surest, a part of the reviews decides which is kept
    aside. `engine` names who wrote the drafts, for what is known of its drafts everywhere.
    """
    apart = try_apart(
        reviews,
        source,
        target,
        lambda part: learn_all(part, source, target),
        load_estimator(engine, source, target),
    )
    learnt = learn_all(reviews, source, target, archive)
    return replace(learnt, trials=apart.trials, confidence=apart.confidence)


def learn_all(
    reviews: Sequence[Review], source: str, target: str, archive: Sequence[str] = ()
) -> Learnt:
    """Learn from reviewed entries, without a look at how well that goes."""
    documents: dict[str, int] = {}
    domains: dict[str, int] = {}
    sentences = Sentences()
    for number, review in enumerate(reviews):
        document = documents.setdefault(review.catalog, len(documents))
        # A bit for each, as many as a column has.
        domain = 1 << min(30, domains.setdefault(review.domain, len(domains)))
        for row in _rows(review, source, target):
            for _time in range(review.weight):
                sentences.add(*row, Where(number, document, domain))
    for text in archive:
        for (sentence,) in facing(sentences_of(text, target)):
            sentences.add_published(sentence.keys)
    words, capitals, columns = sentences.build(allows)
    return Learnt(
        words,
        capitals,
        columns,
        [(review.catalog, review.msgid) for review in reviews],
        tuple(domains),
    )


def _rows(
    review: Review, source: str, target: str
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield sentences of source, draft and accepted text that face each other, as words."""
    sides = [
        sentences_of(text, locale)
        for text, locale in (
            (review.msgid, source),
            (review.draft, target),
            (review.accepted, target),
        )
    ]
    if all(sides):
        for sentence in facing(*sides):
            original, draft, accepted = (side.keys for side in sentence)
            yield original, draft, accepted


class Teacher:
    """Teaches lessons one review at a time; some rows of before help to align its words."""

    def __init__(self, lessons: Lessons) -> None:
        self._lessons = lessons
        self._source, self._target = lessons.pair
        self._recent: list[tuple[list[int], ...]] = []
        self._taught: dict[Review, list[tuple[int, tuple[int, ...] | None]]] = {}
        """What each review has taught: phrases, and what became of them."""

    def teach(self, review: Review) -> None:
        """Learn from one more reviewed entry."""
        lessons = self._lessons
        capitals = lessons.learnt.capitals
        number = lessons.note_entry((review.catalog, review.msgid))
        new = [
            (
                lessons.numbered(word.lower() for word in original),
                lessons.numbered(recapitalised(draft, capitals)),
                lessons.numbered(recapitalised(accepted, capitals)),
            )
            for original, draft, accepted in _rows(review, self._source, self._target)
        ]
        rows = [*self._recent[-_RECENT:], *new]
        if not new:
            return
        sources, drafts, accepted = map(as_corpus, zip(*rows, strict=True))
        used = np.unique(np.concatenate([sources.words, drafts.words, accepted.words]))
        kinship = kinship_of(lessons.spelled(used.tolist()))
        compact = [
            corpus._replace(words=np.searchsorted(used, corpus.words))
            for corpus in (sources, drafts, accepted)
        ]
        first = len(rows) - len(new)
        taught = Texts(
            drafts,
            accepted,
            np.full(len(rows), number),
            np.zeros(len(rows), np.int64),
            np.ones(len(rows), np.int64),
        )
        links = link(compact[1], compact[2], kinship, rounds=_ROUNDS)
        self._taught[review] = list(self._phrases(taught, links, first))
        for key, phrase in self._taught[review]:
            lessons.table.add(key, phrase, _WEIGHT, number)
        meanings = link(compact[0], compact[2], kinship, rounds=_ROUNDS)
        for one, other in zip(meanings.first.tolist(), meanings.second.tolist(), strict=True):
            if one >= sources.starts[first]:
                lessons.lexicon.add(int(sources.words[one]), int(accepted.words[other]))
        for *_sides, text in new:
            lessons.fluency.add(text)
        self._recent = rows[-_RECENT:]

    def take_back(self, catalog: str, msgid: str, accepted: str) -> None:
        """Say no longer what a review has said of phrases: somebody has corrected it, or taken it back."""
        for review in list(self._taught):
            if (review.catalog, review.msgid, review.accepted) == (catalog, msgid, accepted):
                for key, phrase in self._taught.pop(review):
                    self._lessons.table.add(key, phrase, -_WEIGHT, 0)

    def _phrases(
        self, texts: Texts, links: Links, first: int
    ) -> Iterator[tuple[int, tuple[int, ...] | None]]:
        """Yield the phrases of sentences from the first new one on, as they were seen and what became of them."""
        spelled = self._lessons.spelled
        begin = int(texts.drafts.starts[first])
        for length in range(1, LONGEST + 1):
            keys, places = runs(texts.drafts, length)
            for key in keys[places >= begin].tolist():
                yield key, None
            found = phrases(texts.drafts, texts.accepted, links, length)
            for key, start, size, place in zip(
                *(column.tolist() for column in found), strict=True
            ):
                new = tuple(texts.accepted.words[start : start + size].tolist())
                if place >= begin and allows(spelled(unpack(key)), spelled(new)):
                    yield key, new


_RECENT = 30
"""Rows of before that are aligned again with a new one."""
_ROUNDS = 3
_WEIGHT = 2.0
"""What an article says of itself counts as much as two entries of others."""

"""Whether lessons help, and how bold they may be: tried on reviews that were kept out of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from math import log2, sqrt
from statistics import fmean
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from l10n.drafting.estimator import Estimator
from l10n.drafting.lessons.confidence import Confidence
from l10n.drafting.lessons.evidence import evidence_of
from l10n.drafting.lessons.fitting import MOST, Example, fit
from l10n.drafting.lessons.lessons import Learnt, Lessons, Trial
from l10n.drafting.lessons.review import Review
from l10n.drafting.lessons.search import LEVELS, boldness_of
from l10n.drafting.lessons.words import sentences_of
from l10n.text.edits import Edit, apply

_MANY = 3
"""Catalogs of a domain from which whole ones are kept aside."""
_LEAST, _MOST = 0.15, 0.4
"""Share of a domain's reviews that is kept aside."""
_TAUGHT = 4000
"""Reviews that teach what is tried, at most: more would make it bolder yet."""
_TRIED = 200
"""Reviews of a domain that it is tried on, at most."""
_FEW = 15
"""Sentences under which nothing follows from a trial."""
_HARM = 0.045
"""Share of sentences that may become worse, beside what chance makes of few."""
_TELLING = 50
"""Sentences under which a trial tells harm from chance too badly to be bold on."""
_TIMID = LEVELS[-2:]
_CLEARLY = 1.05
"""How much more a bolder level must be worth than a more timid one."""
_DISLIKE = 3
"""As many words a word counts that people have to take back."""


class Apart(NamedTuple):
    """What reviews have told that were kept out of lessons."""

    trials: tuple[Trial, ...] = ()
    """For each domain how bold lessons may be, and how that went."""
    confidence: Confidence | None = None
    """On which corrected drafts one may rely."""


def try_apart(
    reviews: Sequence[Review],
    source: str,
    target: str,
    learn: Callable[[list[Review]], Learnt],
    estimator: Estimator | None = None,
) -> Apart:
    """Try lessons on reviews kept out of them; `estimator` is what is known of the engine's drafts everywhere."""
    aside, rest = _parted(reviews)
    by_domain: dict[str, list[Review]] = defaultdict(list)
    for review in aside:
        by_domain[review.domain].append(review)
    if not rest or not aside:
        return Apart()
    lessons = Lessons(learn(rest[:_TAUGHT]), source, target)
    # Where many more reviews teach than what is tried, lessons correct more: with 17,000 instead of 4,000 as many of 500
    # sentences became worse as two levels before.
    doublings = int(log2(max(1.0, len(rest) / _TAUGHT)))
    trials = tuple(
        trial
        for domain, tried in sorted(by_domain.items())
        if (trial := _trial(lessons, domain, tried[:_TRIED], doublings)) is not None
    )
    examples = _examples(lessons, trials, aside[:MOST])
    return Apart(trials, fit(examples, (source, target), estimator))


def _examples(
    lessons: Lessons, trials: Sequence[Trial], reviews: Iterable[Review]
) -> list[Example]:
    """Return reviews with what lessons as bold as they may be make of their drafts."""
    pupils = {
        trial.domain: lessons.at(boldness_of(trial.level), trial.domain, trial.known)
        for trial in trials
    }
    silent = {trial.domain for trial in trials if not trial.level}
    examples = []
    for review in reviews:
        pupil = pupils.get(review.domain)
        sides = facing_of(review, lessons.pair) if pupil is not None else []
        if pupil is None or not sides:
            continue
        texts, evidence = [], []
        for sentence in sides:
            changes = (
                ()
                if review.domain in silent
                else pupil.correct(sentence.source, sentence.draft, atoms=sentence.atoms)
            )
            edits = [Edit(change.start, change.end, change.text) for change in changes]
            texts.append(apply(sentence.draft, edits).text)
            evidence.append(evidence_of(pupil, *sentence, changes))
        accepted = " ".join(
            text for text, _atoms in sentences_of(review.accepted, lessons.pair[1])
        )
        source = " ".join(sentence.source for sentence in sides)
        examples.append(Example(source, " ".join(texts), accepted, evidence))
    return examples


def _parted(reviews: Sequence[Review]) -> tuple[list[Review], list[Review]]:
    """Return some reviews and the others: whole catalogs of each domain, where it has enough of them."""
    by_domain: dict[str, dict[str, list[Review]]] = defaultdict(lambda: defaultdict(list))
    for review in reviews:
        by_domain[review.domain][review.catalog].append(review)
    aside: set[str] = set()
    for catalogs in by_domain.values():
        size = sum(map(len, catalogs.values()))
        chosen = 0
        # Within a catalog the same is said again and again: what it taught would be praised for itself.
        for catalog in sorted(catalogs, key=_mixed) if len(catalogs) >= _MANY else ():
            if chosen < size * _LEAST and chosen + len(catalogs[catalog]) <= size * _MOST:
                chosen += len(catalogs[catalog])
                aside.add(catalog)
        if not chosen:
            aside |= {
                review.msgid
                for rows in catalogs.values()
                for review in rows
                if int(_mixed(review.msgid), 16) % 5 == 0
            }
    mixed = sorted(reviews, key=lambda review: _mixed(review.msgid))
    is_aside = [review.catalog in aside or review.msgid in aside for review in mixed]
    return (
        [review for review, out in zip(mixed, is_aside, strict=True) if out],
        [review for review, out in zip(mixed, is_aside, strict=True) if not out],
    )


def _mixed(text: str) -> str:
    """Return what mixes texts, always alike."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _trial(
    lessons: Lessons, domain: str, reviews: Sequence[Review], more_timid: int
) -> Trial | None:
    """Return how the boldest level that does no harm went, or one that is by so many levels more timid; None for few reviews."""
    known = [lessons.known(review.msgid) for review in reviews]
    texts = [
        (sides, accepted)
        for review in reviews
        if (sides := facing_of(review, lessons.pair))
        and (
            accepted := " ".join(
                text for text, _atoms in sentences_of(review.accepted, lessons.pair[1])
            )
        )
    ]
    if len(texts) < _FEW:
        return None
    before = [_edits(_joined(sides), accepted) for sides, accepted in texts]
    best = -1
    most = 0.0
    levels = LEVELS if len(texts) >= _TELLING else _TIMID
    trials: list[Trial] = []
    for level in reversed(levels):
        pupil = lessons.at(level, domain, fmean(known))
        after = [_edits(_corrected(pupil, sides), accepted) for sides, accepted in texts]
        trial = _measured(domain, level.name, before, after, fmean(known))
        trials.append(trial)
        harm = _HARM * trial.sentences
        worth = fmean(
            (first - second) * (1 if second <= first else _DISLIKE)
            for first, second in zip(before, after, strict=True)
        )
        # Of few sentences chance makes one or two more worse than there would be of many.
        if trial.worse <= harm + sqrt(harm) and worth > most:
            best, most = len(trials) - 1, worth * _CLEARLY
    if best < 0:
        return _measured(domain, "", before, before, fmean(known))
    return trials[max(0, best - more_timid)]


class _Facing(NamedTuple):
    """A sentence of a draft and of its source, both plain."""

    source: str
    draft: str
    atoms: list[tuple[int, int]]


def facing_of(review: Review, pair: tuple[str, str]) -> list[_Facing]:
    """Return the sentences of a review where source and draft have as many."""
    sources = sentences_of(review.msgid, pair[0])
    drafts = sentences_of(review.draft, pair[1])
    if len(sources) != len(drafts):
        return []
    return [
        _Facing(source, draft, atoms)
        for (source, _atoms), (draft, atoms) in zip(sources, drafts, strict=True)
    ]


def _joined(sides: Iterable[_Facing]) -> str:
    return " ".join(sentence.draft for sentence in sides)


def _corrected(lessons: Lessons, sides: Iterable[_Facing]) -> str:
    return " ".join(
        apply(
            sentence.draft,
            [
                Edit(change.start, change.end, change.text)
                for change in lessons.correct(
                    sentence.source, sentence.draft, atoms=sentence.atoms
                )
            ],
        ).text
        for sentence in sides
    )


def _edits(text: str, accepted: str) -> float:
    """Return how many words differ, as a share of the longer text."""
    return Levenshtein.normalized_distance(text.split(), accepted.split())


def _measured(
    domain: str, level: str, before: Sequence[float], after: Sequence[float], known: float
) -> Trial:
    changes = [second - first for first, second in zip(before, after, strict=True)]
    return Trial(
        domain,
        level,
        len(changes),
        sum(change < 0 for change in changes),
        sum(change > 0 for change in changes),
        fmean(before),
        fmean(after),
        known,
    )

"""Lessons of the house for one engine in one direction: they correct its drafts, and learn from every review."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from l10n.drafting.estimator import Weight
from l10n.drafting.lessons import words as reading
from l10n.drafting.lessons.agreement import Agreement
from l10n.drafting.lessons.confidence import Confidence
from l10n.drafting.lessons.guards import Swap, denials, keeps_names, swap_of
from l10n.drafting.lessons.search import UNTRIED, Boldness, Search, Step, boldness_of
from l10n.drafting.lessons.tables import (
    ALL_DOMAINS,
    RESERVED,
    Change,
    Columns,
    EditTable,
    Fluency,
    Lexicon,
)
from l10n.drafting.lessons.words import NUMBER, PLACEHOLDER
from l10n.languages import language_of

_SOURCE_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_RARE = 0.02
"""How often a translation happens that was never seen."""
_UNTAUGHT = math.log(0.13)
"""What is said of a phrase without words of meaning, between never seen and usual."""
_RESERVE = 4.0
"""What a change has to gain more where nothing of a source is known; a share of it where less is than usual."""
_USUALLY_KNOWN = 0.8
"""Share of a source's words that is known, where no reviews were kept aside to tell."""
_PRIOR = 2
"""Words that count as usual beside those of a sentence."""
_SURE_COUNT = 3
"""As many times a change that drops a word must have been seen, in more than one catalog."""

_FORGET = 100_000
"""Changes whose words are remembered before they are forgotten at once."""

Example = tuple[str, str]
"""Name of a catalog, and a msgid in it."""


class Correction(NamedTuple):
    """A change of a draft that the house has made before."""

    start: int
    end: int
    """Characters of the draft that are replaced."""
    text: str
    """What replaces them."""
    old: str
    """The phrase as the tables know it, and what it becomes."""
    new: str
    times: float
    """How often it was changed so."""
    seen: float
    """How often the phrase was in a draft."""
    examples: tuple[Example, ...] = ()
    """Some entries that taught it."""


class Trial(NamedTuple):
    """How lessons fared on reviews of one domain that were kept aside."""

    domain: str
    level: str
    """Name of the boldness that helped most without harm; empty: none did, and nothing is corrected."""
    sentences: int
    better: int
    """Of these, nearer to what was accepted than the engine's draft."""
    worse: int
    before: float
    """Words to edit, as a share, in the engine's drafts."""
    after: float
    known: float
    """Share of the sources' words that the rest had taught a translation of."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is kept of lessons: words, columns of numbers, and the entries that taught them."""

    words: Sequence[str] = RESERVED
    capitals: frozenset[str] = frozenset()
    """Words that keep their capital at the start of a sentence."""
    columns: Columns = field(default_factory=dict)
    entries: Sequence[Example] = ()
    domains: tuple[str, ...] = ()
    """Domains by their bits."""
    trials: tuple[Trial, ...] = ()
    """How lessons fared on reviews that were kept aside, domain by domain."""
    confidence: Confidence | None = None
    """What tells on which corrected drafts one may rely; None where too few reviews were kept aside to tell."""

    def packed(self) -> dict[str, bytes]:
        """Return it as bytes by name."""
        head = {
            "words": list(self.words),
            "capitals": sorted(self.capitals),
            "entries": list(self.entries),
            "domains": self.domains,
            "trials": self.trials,
            "confidence": self.confidence,
        }
        return {"": json.dumps(head, ensure_ascii=False).encode(), **self.columns}

    @classmethod
    def unpacked(cls, parts: Mapping[str, bytes]) -> Self:
        """Read it back; ValueError where it is damaged."""
        head = json.loads(parts[""])
        return cls(
            head["words"],
            frozenset(head["capitals"]),
            {name: column for name, column in parts.items() if name},
            [(catalog, msgid) for catalog, msgid in head["entries"]],
            tuple(head["domains"]),
            tuple(Trial(*row) for row in head["trials"]),
            _confidence(head["confidence"]),
        )


class Lessons:
    """Corrects the drafts of one engine in one direction by what was learnt."""

    def __init__(
        self,
        learnt: Learnt,
        source: str,
        target: str,
        *,
        boldness: Boldness | None = None,
        unlearnt: Iterable[tuple[str, str]] = (),
        domain: str | None = None,
    ) -> None:
        self.learnt = learnt
        self.pair = source, target
        self._views: dict[str, Lessons] = {}
        self._language, self._source_language = language_of(target), language_of(source)
        self._words = list(learnt.words)
        self._number = {word: number for number, word in enumerate(self._words)}
        self._entries = list(learnt.entries)
        self._unlearnt = set(unlearnt)
        self.table = EditTable(learnt.columns)
        self.fluency = Fluency(learnt.columns)
        self.lexicon = Lexicon(learnt.columns)
        self._agreement = Agreement(self._language)
        self._swaps: dict[tuple[tuple[int, ...], tuple[int, ...]], Swap] = {}
        self.settle(domain, boldness)

    @property
    def digest(self) -> bytes:
        """What differs when they may correct otherwise."""
        content = hashlib.blake2b(repr(sorted(self._unlearnt)).encode(), digest_size=16)
        for name, part in sorted(self.learnt.packed().items()):
            content.update(b"\0%b\0%d\0" % (name.encode(), len(part)))
            content.update(part)
        return content.digest()

    def settle(
        self, domain: str | None, boldness: Boldness | None = None, known: float | None = None
    ) -> None:
        """Serve a domain: as boldly as went well on reviews kept aside, if no boldness is given.

        `known` is the share of sources' words that is usually known, where no trial has told.
        """
        learnt = self.learnt
        trial = next((trial for trial in learnt.trials if trial.domain == domain), None)
        if domain is None:
            trial = max(learnt.trials, key=lambda trial: trial.sentences, default=None)
        self._domain, self._boldness = domain, boldness
        self._bit = ALL_DOMAINS
        if domain is not None and len(learnt.domains) > 1:
            is_taught = domain in learnt.domains
            self._bit = 1 << min(30, learnt.domains.index(domain)) if is_taught else 0
        level = boldness or (boldness_of(trial.level) if trial else self._untried())
        self._known = known or (trial.known if trial else _USUALLY_KNOWN) or _USUALLY_KNOWN
        self._search = (
            Search(self.table, self.fluency, level, self._may_meet) if level else None
        )

    def _untried(self) -> Boldness:
        """Return how boldly to speak where no reviews were kept aside: what is learnt live is of the same article."""
        return UNTRIED if self.learnt.entries else Boldness()

    def in_domain(self, domain: str) -> Lessons:
        """Return the same lessons as they serve a domain; what is taught to one, all know."""
        if domain == self._domain:
            return self
        if domain not in self._views:
            self._views[domain] = self.at(self._boldness, domain)
        return self._views[domain]

    def at(
        self, boldness: Boldness | None, domain: str | None, known: float | None = None
    ) -> Lessons:
        """Return the same lessons settled otherwise, see `settle`."""
        lessons = copy(self)
        lessons.settle(domain, boldness, known)
        return lessons

    def may_serve(self, change: Change) -> bool:
        """Whether a change was made in this domain, or in two others at least."""
        return bool(change.domains & self._bit) or bool(change.domains & (change.domains - 1))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to other processes as what was learnt, without live lessons."""
        unlearnt = frozenset(self._unlearnt)
        return _begun, (self.learnt, self.pair, self._boldness, unlearnt, self._domain)

    def correct(
        self,
        source: str,
        text: str,
        *,
        atoms: Sequence[tuple[int, int]] = (),
        borders: Collection[int] = (),
    ) -> tuple[Correction, ...]:
        """Return the corrections of a draft of one sentence, from left to right; both texts are plain.

        `atoms` are the characters of what no translation changes, `borders` those that markup begins or ends at.
        """
        sentence = reading.read(text, atoms, self.learnt.capitals)
        if not sentence.keys or self._search is None:
            return ()
        numbers = self.numbered(sentence.keys)
        inner = frozenset(
            place
            for place, (start, _end) in enumerate(sentence.spans)
            if place and any(sentence.spans[place - 1][1] <= at <= start for at in borders)
        )
        support = _Support(self, source)
        # What is not about what the house writes about is corrected with more reserve.
        reserve = _RESERVE * max(0.0, 1 - self.known(source, usual=self._known) / self._known)
        steps = self._search.correct(numbers, support, inner, reserve)
        corrections = tuple(self._correction(step, sentence, text) for step in steps)
        return self._without_new_denials(self._without_doubles(corrections, text), text)

    def _without_doubles(
        self, corrections: tuple[Correction, ...], text: str
    ) -> tuple[Correction, ...]:
        """Return corrections that set no word of meaning beside itself: two phrases may be halves of one change."""
        kept: list[Correction] = []
        for change in corrections:
            before = _LETTERS.findall(_applied(text[: change.start], kept))[-_BESIDE:]
            behind = _LETTERS.findall(text[change.end :])[:_BESIDE]
            beside = frozenset(word.lower() for word in (*before, *behind))
            if not self._brought(change) & beside:
                kept.append(change)
        return tuple(kept)

    def _brought(self, change: Correction) -> frozenset[str]:
        """Return the words of meaning that a change brings into a draft."""
        before, after = (
            frozenset(_LETTERS.findall(phrase.lower())) for phrase in (change.old, change.text)
        )
        return after - before - self._language.function_words

    def _without_new_denials(
        self, corrections: tuple[Correction, ...], text: str
    ) -> tuple[Correction, ...]:
        """Return corrections that leave as many denials in a sentence as it had: `no` denies by what is behind it."""
        before = denials([text], self._language)
        if denials([_applied(text, corrections)], self._language) == before:
            return corrections
        return tuple(
            change
            for change in corrections
            if denials([_applied(text, [change])], self._language) == before
        )

    def numbered(self, words: Iterable[str]) -> list[int]:
        """Return words as numbers; new ones get theirs."""
        numbers = []
        for word in words:
            number = self._number.get(word)
            if number is None:
                number = self._number[word] = len(self._words)
                self._words.append(word)
            numbers.append(number)
        return numbers

    def spelled(self, numbers: Iterable[int]) -> list[str]:
        """Return the words of numbers."""
        return [self._words[number] for number in numbers]

    def known(self, source: str, usual: float | None = None) -> float:
        """Return the share of a source's words of meaning that reviews have taught a translation of.

        With what is usual, a few words more count as being so: two words prove little.
        """
        words = [word.lower() for word in _LETTERS.findall(source)]
        words = [word for word in words if word not in self._source_language.function_words]
        if usual is not None:
            count = sum(map(self.lexicon.has, self.numbered(words)))
            return (count + _PRIOR * usual) / (len(words) + _PRIOR)
        if not words:
            return 1.0
        return sum(map(self.lexicon.has, self.numbered(words))) / len(words)

    def is_source_function_word(self, word: str) -> bool:
        """Whether a word of a source, in small letters, has no meaning of its own."""
        return word in self._source_language.function_words

    def swap(self, old: tuple[int, ...], new: tuple[int, ...]) -> Swap:
        """Return what becomes of a phrase's words where another stands for it."""
        swap = self._swaps.get((old, new))
        if swap is None:
            if len(self._swaps) > _FORGET:
                self._swaps.clear()
            swap = swap_of(self.spelled(old), self.spelled(new), self._language)
            self._swaps[old, new] = swap
        return swap

    def unlearn(self, old: str, new: str) -> None:
        """Never make a change again."""
        self._unlearnt.add((old, new))

    def is_unlearnt(self, old: str, new: str) -> bool:
        """Whether a person has forbidden a change."""
        return (old, new) in self._unlearnt

    def note_entry(self, example: Example) -> int:
        """Return the number of an entry that teaches from now on."""
        self._entries.append(example)
        return len(self._entries) - 1

    @property
    def language(self) -> object:
        """The language that is written."""
        return self._language

    def _may_meet(self, first: int, second: int) -> bool:
        """Whether two words may stand side by side: they agree, or the house writes them so."""
        return not self._agreement.looks_wrong(
            self._words[first], self._words[second]
        ) or self.fluency.has_seen(first, second)

    def _correction(self, step: Step, sentence: reading.Reading, text: str) -> Correction:
        start, end = sentence.spans[step.start][0], sentence.spans[step.end - 1][1]
        old = sentence.keys[step.start : step.end]
        fixed = iter(
            text[slice(*sentence.spans[place])]
            for place in range(step.start, step.end)
            if sentence.keys[place] in (NUMBER, PLACEHOLDER)
        )
        keys = self.spelled(step.new)
        written = [next(fixed) if key in (NUMBER, PLACEHOLDER) else key for key in keys]
        new = reading.write(written)
        if not any(c.isalpha() for c in text[:start]) and _first_letter(text).isupper():
            new = _raised(new)
        # `pan, y` becomes `pan y`: the mark that goes stood beside a word.
        if start and not text[start - 1].isspace() and not reading.joins(old[0], keys[0]):
            new = f" {new}"
        return Correction(
            start,
            end,
            new,
            " ".join(old),
            " ".join(keys),
            step.change.times,
            step.phrase.seen,
            tuple(self._entries[number] for number in step.change.examples),
        )


def _confidence(row: tuple[float, Mapping[str, Sequence[float]]] | None) -> Confidence | None:
    if row is None:
        return None
    intercept, weights = row
    return Confidence(intercept, {name: Weight(*weight) for name, weight in weights.items()})


def _begun(
    learnt: Learnt,
    pair: tuple[str, str],
    boldness: Boldness | None,
    unlearnt: frozenset[tuple[str, str]],
    domain: str | None,
) -> Lessons:
    return Lessons(learnt, *pair, boldness=boldness, unlearnt=unlearnt, domain=domain)


class _Support:
    """How far the source of one sentence speaks for a change, as a logarithm of odds; None: it must not be made."""

    def __init__(self, lessons: Lessons, source: str) -> None:
        self._lessons = lessons
        self._names = frozenset(_SOURCE_WORD.findall(source))
        words = lessons.numbered(word.lower() for word in sorted(self._names))
        self._shares = lessons.lexicon.translations(words)

    def __call__(self, old: Sequence[int], change: Change) -> float | None:
        swap = self._lessons.swap(tuple(old), change.new)
        if (
            swap.denies
            or not self._lessons.may_serve(change)
            or self._lessons.is_unlearnt(" ".join(swap.before), " ".join(swap.after))
            or (swap.names and not keeps_names(swap.before, swap.after, self._names))
        ):
            return None
        # A word of meaning goes only where people have left it out time and again.
        if swap.drops and (change.times < _SURE_COUNT or change.documents < 2):
            return None
        new = [change.new[place] for place in swap.brought]
        gone = [old[place] for place in swap.gone]
        return self._known(new) - self._known(gone)

    def _known(self, words: Sequence[int]) -> float:
        if not words:
            return _UNTAUGHT
        return sum(math.log(max(_RARE, self._shares.get(word, 0.0))) for word in words) / len(
            words
        )


def _applied(text: str, corrections: Sequence[Correction]) -> str:
    """Return a draft with corrections made, none of which overlap."""
    for change in reversed(corrections):
        text = text[: change.start] + change.text + text[change.end :]
    return text


_BESIDE = 3
"""Words on either side of a change among which none that it brings in may stand already."""


def _first_letter(text: str) -> str:
    return next((c for c in text if c.isalpha()), "")


def _raised(text: str) -> str:
    at = next((place for place, c in enumerate(text) if c.isalpha()), None)
    return text if at is None else text[:at] + text[at].upper() + text[at + 1 :]

"""Lessons of the house for one engine in one direction: they correct its drafts, and learn from every review."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from l10n.drafting.lessons import words as reading
from l10n.drafting.lessons.agreement import Agreement
from l10n.drafting.lessons.guards import denials, drops_words, keeps_names
from l10n.drafting.lessons.search import Boldness, Search, Step
from l10n.drafting.lessons.tables import (
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
_RARE = 0.02
"""How often a translation happens that was never seen."""
_UNTAUGHT = math.log(0.13)
"""What is said of a phrase without words of meaning, between never seen and usual."""
_SURE_COUNT = 3
"""As many times a change that drops a word must have been seen, in more than one catalog."""

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


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is kept of lessons: words, columns of numbers, and the entries that taught them."""

    words: Sequence[str] = RESERVED
    capitals: frozenset[str] = frozenset()
    """Words that keep their capital at the start of a sentence."""
    columns: Columns = field(default_factory=dict)
    entries: Sequence[Example] = ()
    boldness: Mapping[str, Boldness | None] = field(default_factory=dict)
    """By domain; None where lessons do harm. Without one for a domain the empty name counts."""

    def packed(self) -> dict[str, bytes]:
        """Return it as bytes by name."""
        head = {
            "words": list(self.words),
            "capitals": sorted(self.capitals),
            "entries": list(self.entries),
            "boldness": {
                domain: bold and [bold.deviations, bold.threshold]
                for domain, bold in self.boldness.items()
            },
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
            {
                domain: bold and Boldness(deviations=bold[0], threshold=bold[1])
                for domain, bold in head["boldness"].items()
            },
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
    ) -> None:
        self.learnt = learnt
        self.pair = source, target
        self._language = language_of(target)
        self._words = list(learnt.words)
        self._number = {word: number for number, word in enumerate(self._words)}
        self._entries = list(learnt.entries)
        self._unlearnt = set(unlearnt)
        self._boldness = boldness or Boldness()
        self.table = EditTable(learnt.columns)
        self.fluency = Fluency(learnt.columns)
        self.lexicon = Lexicon(learnt.columns)
        self._agreement = Agreement(self._language)
        self._search = Search(self.table, self.fluency, self._boldness, self._may_meet)

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to other processes as what was learnt, without live lessons."""
        return _begun, (self.learnt, self.pair, self._boldness, frozenset(self._unlearnt))

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
        if not sentence.keys:
            return ()
        numbers = self.numbered(sentence.keys)
        inner = frozenset(
            place
            for place, (start, _end) in enumerate(sentence.spans)
            if place and any(sentence.spans[place - 1][1] <= at <= start for at in borders)
        )
        steps = self._search.correct(numbers, _Support(self, source), inner)
        return tuple(self._correction(step, sentence, text) for step in steps)

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

    def forget_looks(self) -> None:
        """Look everything up anew: something was learnt."""
        self._search.forget()

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


def _begun(
    learnt: Learnt,
    pair: tuple[str, str],
    boldness: Boldness,
    unlearnt: frozenset[tuple[str, str]],
) -> Lessons:
    return Lessons(learnt, *pair, boldness=boldness, unlearnt=unlearnt)


class _Support:
    """How far the source of one sentence speaks for a change, as a logarithm of odds; None: it must not be made."""

    def __init__(self, lessons: Lessons, source: str) -> None:
        self._lessons = lessons
        self._names = frozenset(_SOURCE_WORD.findall(source))
        known = lessons.numbered(word.lower() for word in sorted(self._names))
        self._shares = lessons.lexicon.translations(known)

    def __call__(self, old: Sequence[int], change: Change) -> float | None:
        before, after = self._lessons.spelled(old), self._lessons.spelled(change.new)
        language = self._lessons._language  # noqa: SLF001 - both are one module's
        if (
            self._lessons.is_unlearnt(" ".join(before), " ".join(after))
            or not keeps_names(before, after, self._names)
            or denials(before, language) != denials(after, language)
        ):
            return None
        # A word of meaning goes only where people have left it out time and again.
        if drops_words(before, after, language) and (
            change.times < _SURE_COUNT or change.documents < 2
        ):
            return None
        new = [
            n
            for n, word in zip(change.new, after, strict=True)
            if n not in old and self._means(word)
        ]
        gone = [
            n
            for n, word in zip(old, before, strict=True)
            if n not in change.new and self._means(word)
        ]
        return self._known(new) - self._known(gone)

    def _means(self, word: str) -> bool:
        language = self._lessons._language  # noqa: SLF001 - as above
        return word[0].isalpha() and word.lower() not in language.function_words

    def _known(self, words: Sequence[int]) -> float:
        if not words:
            return _UNTAUGHT
        return sum(math.log(max(_RARE, self._shares.get(word, 0.0))) for word in words) / len(
            words
        )


def _first_letter(text: str) -> str:
    return next((c for c in text if c.isalpha()), "")


def _raised(text: str) -> str:
    at = next((place for place, c in enumerate(text) if c.isalpha()), None)
    return text if at is None else text[:at] + text[at].upper() + text[at + 1 :]

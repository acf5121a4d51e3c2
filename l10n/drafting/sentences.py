"""Sentences through an engine: made-up words and spans followed, failures tried again, terms enforced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from l10n.drafting import polish
from l10n.drafting.layout import Sentence
from l10n.drafting.lessons.evidence import evidence_of
from l10n.drafting.placing import Claim
from l10n.drafting.renderings import (
    Rendering,
    find,
    follow,
    fragment,
    insert_lifted,
    marked_texts,
    parts_to_find,
    settle,
)
from l10n.engines import Engine, Marked, SpanEngine
from l10n.glossary.replacing import is_named, replacement
from l10n.model import Draft
from l10n.text.edits import Edit
from l10n.text.numbers import find_numbers, same_numbers
from l10n.text.persons import lost_persons

if TYPE_CHECKING:
    from l10n.drafting.lessons.lessons import Lessons
    from l10n.glossary import Glossary, TermHit

_HYPHEN = re.compile(r"(?<=[a-zà-ÿ]{3})-(?=[a-zà-ÿ]{3})")
_LETTERS = re.compile(r"[^\W\d_]+")

Recall = Callable[[str], str | None]
"""Gives the house's own translation of a plain sentence, or None."""


class Renderer:
    """Translates sentences from one locale to another."""

    def __init__(
        self,
        engine: Engine,
        source: str,
        target: str,
        glossary: Glossary | None = None,
        recall: Recall | None = None,
        *,
        lessons: Lessons | None = None,
    ) -> None:
        self.source, self.target = source, target
        self._engine = engine
        self._glossary = glossary
        self._recall = recall
        self._lessons = lessons

    def render(self, sentences: Sequence[Sentence]) -> list[Rendering]:
        """Translate sentences, with further rounds for those that lost something."""
        renderings = self._ask(sentences)
        # What was lost is veiled; if the other is lost then, both are.
        lost = list(range(len(sentences)))
        for both in (False, True):
            veiled = partial(self._veiled, both=both)
            lost = self._retry(sentences, renderings, lost, self._has_lost_values, veiled)
        everything = range(len(sentences))
        self._retry(sentences, renderings, everything, _lost_words, _without_atoms)
        self._unglue(sentences, renderings)
        for sentence, rendering in zip(sentences, renderings, strict=True):
            rendering.edit(
                polish.repairs(sentence.text, rendering.text, self.source, self.target)
            )
        if self._lessons:
            for sentence, rendering in zip(sentences, renderings, strict=True):
                self._correct(self._lessons, sentence, rendering)
        if self._glossary:
            self._enforce_terms(self._glossary, sentences, renderings)
        return renderings

    def questions(self, sentences: Sequence[Sentence]) -> list[str | Marked]:
        """Return what the engine is asked first for these sentences; nothing is translated."""
        unknown = [sentence for sentence in sentences if self._known(sentence) is None]
        sent = [_calmed(sentence) for sentence in unknown]
        if isinstance(self._engine, SpanEngine):
            return [*marked_texts(sent)]
        fragments = [fragment(sent[n], part) for n, part in parts_to_find(sent)]
        return [*(sentence.text for sentence in sent), *fragments]

    def _retry(
        self,
        sentences: Sequence[Sentence],
        renderings: list[Rendering],
        numbers: Iterable[int],
        has_lost: Callable[[Sentence, Rendering], bool],
        change: Callable[[Sentence, Rendering], Sentence | None],
    ) -> list[int]:
        """Translate again, in a changed form, those of some sentences that lost something, and return which still have.

        A better answer replaces the first.
        """
        lost = [n for n in numbers if has_lost(sentences[n], renderings[n])]
        retries = [
            (n, changed) for n in lost if (changed := change(sentences[n], renderings[n]))
        ]
        answers = self._ask([changed for _n, changed in retries])
        mended = set()
        for (n, _changed), answer in zip(retries, answers, strict=True):
            if not answer.is_lost and not has_lost(sentences[n], answer):
                renderings[n] = answer
                mended.add(n)
        return [n for n in lost if n not in mended]

    def _unglue(self, sentences: Sequence[Sentence], renderings: list[Rendering]) -> None:
        """Translate words with a hyphen as two where the engine has melted the draft of one with others.

        Apertium makes “maneradenivel alto” of a higher-level way.
        """
        retries = [
            (n, replace(sentence, text=_HYPHEN.sub(" ", sentence.text)))
            for n, sentence in enumerate(sentences)
            if _HYPHEN.search(sentence.text)
        ]
        answers = self._ask([changed for _n, changed in retries])
        for (n, _changed), answer in zip(retries, answers, strict=True):
            if not answer.is_lost and is_glued(renderings[n].text, answer.text):
                renderings[n] = answer

    def _correct(self, lessons: Lessons, sentence: Sentence, rendering: Rendering) -> None:
        """Change what the house has changed in drafts before; what stands for code and addresses stays."""
        if rendering.is_recalled or rendering.is_lost:
            return
        atoms = {part.number for part in sentence.parts if part.is_atom}
        atoms |= {number for number, _offset, _word in sentence.lifted}
        claims = rendering.claims
        known = [(c.start, c.end) for number, c in claims.items() if number in atoms]
        corrections = lessons.correct(
            sentence.original,
            rendering.text,
            atoms=known,
            borders={
                at
                for number, claim in claims.items()
                if number not in atoms
                for at in (claim.start, claim.end)
            },
        )
        if lessons.learnt.confidence is not None:
            rendering.evidence = (
                evidence_of(lessons, sentence.original, rendering.text, known, corrections),
            )
        if not corrections:
            return
        edits = [Edit(change.start, change.end, change.text) for change in corrections]
        rendering.edit(edits)
        rendering.edit(polish.repairs(sentence.text, rendering.text, self.source, self.target))
        rendering.corrections = corrections

    def _has_lost_values(self, sentence: Sentence, rendering: Rendering) -> bool:
        return self._has_lost_numbers(sentence, rendering) or any(
            self._lost_names(sentence, rendering)
        )

    def _has_lost_numbers(self, sentence: Sentence, rendering: Rendering) -> bool:
        return not same_numbers(sentence.original, rendering.text, self.source, self.target)

    def _lost_names(self, sentence: Sentence, rendering: Rendering) -> list[tuple[int, int]]:
        """Return where persons and terms that are names stand in a sentence, of those that a rendering has lost."""
        if rendering.is_recalled:
            # The house may call somebody otherwise.
            return []
        pair = self.source, self.target
        persons = lost_persons(sentence.original, rendering.text, *pair)
        places = [(name.start, name.end) for name in persons]
        if self._glossary:
            places += [
                (hit.start, hit.end)
                for hit in self._glossary.missing(sentence.original, rendering.text, *pair)
                if is_named(sentence.original, hit, self.source)
                and sentence.original[hit.start : hit.end] not in rendering.text
            ]
        return places

    def _veiled(
        self, sentence: Sentence, rendering: Rendering, *, both: bool
    ) -> Sentence | None:
        """Return a sentence with made-up words for the numbers or the names of it that were lost, or for both."""
        places = self._lost_names(sentence, rendering)
        if both or self._has_lost_numbers(sentence, rendering):
            places += [(number.start, number.end) for number in find_numbers(sentence.text)]
        return sentence.with_veiled(places)

    def _ask(self, sentences: Sequence[Sentence]) -> list[Rendering]:
        """Translate in one batch what has words to translate."""
        renderings: dict[int, Rendering] = {}
        unknown: list[int] = []
        for n, sentence in enumerate(sentences):
            rendering = self._known(sentence)
            if rendering is None:
                unknown.append(n)
            else:
                renderings[n] = rendering
        sent = [_calmed(sentences[n]) for n in unknown]
        if isinstance(self._engine, SpanEngine):
            answers = follow(self._engine, sent, self.source, self.target)
        else:
            answers = find(self._engine, sent, self.source, self.target)
        for n, calm, answer in zip(unknown, sent, answers, strict=True):
            settle(calm, answer)
            # It shouted in the source, so it shouts in the translation.
            if calm.text != sentences[n].text:
                answer.draft = replace(answer.draft, text=answer.text.upper())
            renderings[n] = answer
        return [renderings[n] for n in range(len(sentences))]

    def _known(self, sentence: Sentence) -> Rendering | None:
        """Return the translation of what needs no engine: no words, or a sentence of the house."""
        bare = list(sentence.text)
        for part in sentence.parts:
            if part.is_atom:
                bare[part.start : part.end] = " " * (part.end - part.start)
        # Nothing to translate: 15:30, or an address alone.
        if not any(map(str.isalpha, bare)):
            claims = {part.number: Claim(part.start, part.end) for part in sentence.parts}
            claims |= {number: Claim(at, at) for number, at in sentence.points}
            copied = Rendering(Draft(sentence.text), claims)
            insert_lifted(sentence, copied)
            return copied
        # A translation of the house says nothing about where links and pictures go.
        if self._recall and sentence.is_plain:
            recalled = self._recall(sentence.original)
            if recalled is not None:
                return Rendering(Draft(recalled), is_recalled=True)
        return None

    def _enforce_terms(
        self, glossary: Glossary, sentences: Sequence[Sentence], renderings: Sequence[Rendering]
    ) -> None:
        """Put the glossary's word in where the engine's word for a term stands and nothing else must change."""
        missed = [
            (n, hit)
            for n, sentence in enumerate(sentences)
            for hit in glossary.missing(
                sentence.text, renderings[n].text, self.source, self.target
            )
        ]
        words = [sentences[n].text[hit.start : hit.end] for n, hit in missed]
        answers = self._engine.translate(words, self.source, self.target)
        for (n, hit), word, answer in zip(missed, words, answers, strict=True):
            rendering = renderings[n]
            if _is_all(sentences[n], hit) and not rendering.claims:
                edits = [Edit(0, len(rendering.text), _alike(sentences[n].text, hit))]
            else:
                edits = replacement(
                    glossary,
                    rendering.text,
                    hit,
                    word=word,
                    # A name went through the engine as it was.
                    drafted=word if word in rendering.text else answer.text,
                    target=self.target,
                )
            rendering.own = rendering.own or rendering.text
            rendering.edit(edits)
            rendering.reasons += (f"{'enforced' if edits else 'terms'}:{hit.source_term}",)
            if edits:
                rendering.draft = _without_note(rendering.draft, f"unknown:{word}")


def is_glued(text: str, other: str) -> bool:
    """Whether a word of a text is several words of another text without the spaces between them."""
    words = {word for word in _LETTERS.findall(other.lower()) if len(word) > 1}
    return any(
        word not in words and _is_made_of(word, words)
        for word in set(_LETTERS.findall(text.lower()))
    )


def _is_made_of(word: str, parts: Iterable[str]) -> bool:
    ends = {0}
    for at in range(len(word)):
        if at in ends:
            ends |= {at + len(part) for part in parts if word.startswith(part, at)}
    return len(word) in ends


def _is_all(sentence: Sentence, hit: TermHit) -> bool:
    """Whether a term is the whole sentence, a closing mark aside."""
    outside = sentence.text[: hit.start] + sentence.text[hit.end :]
    return not any(c.isalnum() for c in outside)


def _alike(text: str, hit: TermHit) -> str:
    """Return the term with the marks around it and the first capital of a text that is nothing else."""
    term = hit.target_terms[0]
    if text[hit.start].isupper():
        term = term[0].upper() + term[1:]
    return text[: hit.start] + term + text[hit.end :]


def _without_note(draft: Draft, note: str) -> Draft:
    return replace(draft, notes=tuple(n for n in draft.notes if n.lower() != note.lower()))


def _lost_words(_sentence: Sentence, rendering: Rendering) -> bool:
    return rendering.is_lost


def _without_atoms(sentence: Sentence, _rendering: Rendering) -> Sentence | None:
    return sentence.without_atoms()


def _calmed(sentence: Sentence) -> Sentence:
    """Return a sentence that shouts as an ordinary one: engines leave capitals untranslated."""
    letters = sentence.text
    atoms = [part for part in sentence.parts if part.is_atom]
    if not letters.isupper() or len(letters.split()) < 2 or atoms or sentence.veiled:
        return sentence
    return replace(sentence, text=letters.capitalize())

"""Sentences through an engine: made-up words and spans followed, failures tried again, terms enforced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from l10n.drafting import placing, polish
from l10n.drafting.layout import Part, Sentence
from l10n.drafting.lessons.confidence import Evidence
from l10n.drafting.lessons.evidence import evidence_of
from l10n.drafting.placing import Claim
from l10n.engines import Engine, Marked, MarkedDraft, Span, SpanEngine
from l10n.engines.answers import tidied
from l10n.glossary.replacing import replacement
from l10n.model import Draft
from l10n.text.edits import Edit, apply
from l10n.text.numbers import same_numbers

if TYPE_CHECKING:
    from l10n.drafting.lessons.lessons import Correction, Lessons
    from l10n.glossary import Glossary, TermHit

_HYPHEN = re.compile(r"(?<=[a-zà-ÿ]{3})-(?=[a-zà-ÿ]{3})")
_LETTERS = re.compile(r"[^\W\d_]+")

Recall = Callable[[str], str | None]
"""Gives the house's own translation of a plain sentence, or None."""


@dataclass(slots=True)
class Rendering:
    """A translated sentence, made-up words still in it, and where the nodes of the source went."""

    draft: Draft
    claims: dict[int, Claim] = field(default_factory=dict)
    """By number of the node; every pair, atom and point of the sentence unless `is_lost`."""
    reasons: tuple[str, ...] = ()
    is_lost: bool = False
    """True when a made-up word did not come back."""
    own: str = ""
    """What the engine wrote where a glossary term was put in."""
    corrections: tuple[Correction, ...] = ()
    """What lessons have changed."""
    evidence: tuple[Evidence, ...] = ()
    """What lessons know of it as it stands then, where that tells how sure one may be; one for one sentence."""
    is_recalled: bool = False
    """True for a translation of the house, which no lesson changes."""

    @property
    def text(self) -> str:
        """The translation."""
        return self.draft.text

    def edit(self, edits: Sequence[Edit]) -> None:
        """Change the text and move the claims with it."""
        if edits:
            edited = apply(self.text, edits)
            self.draft = replace(self.draft, text=edited.text)
            self.claims = {number: claim.moved(edited) for number, claim in self.claims.items()}


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
        self._retry(sentences, renderings, self._lost_numbers, Sentence.with_veiled_numbers)
        self._retry(sentences, renderings, _lost_words, Sentence.without_atoms)
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
            return [*_marked(sent)]
        fragments = [_fragment(sent[n], part) for n, part in _parts_to_find(sent)]
        return [*(sentence.text for sentence in sent), *fragments]

    def _retry(
        self,
        sentences: Sequence[Sentence],
        renderings: list[Rendering],
        has_lost: Callable[[Sentence, Rendering], bool],
        change: Callable[[Sentence], Sentence | None],
    ) -> None:
        """Translate again, in a changed form, what lost something; a better answer replaces the first."""
        retries = [
            (n, changed)
            for n, sentence in enumerate(sentences)
            if has_lost(sentence, renderings[n]) and (changed := change(sentence))
        ]
        answers = self._ask([changed for _n, changed in retries])
        for (n, _changed), answer in zip(retries, answers, strict=True):
            if not answer.is_lost and not has_lost(sentences[n], answer):
                renderings[n] = answer

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

    def _lost_numbers(self, sentence: Sentence, rendering: Rendering) -> bool:
        return not same_numbers(sentence.original, rendering.text, self.source, self.target)

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
            answers = _follow(self._engine, sent, self.source, self.target)
        else:
            answers = _find(self._engine, sent, self.source, self.target)
        for n, calm, answer in zip(unknown, sent, answers, strict=True):
            _settle(calm, answer)
            # It shouted in the source, so it shouts in the translation.
            if calm.text != sentences[n].text:
                answer.draft = replace(answer.draft, text=answer.text.upper())
            renderings[n] = answer
        return [renderings[n] for n in range(len(sentences))]

    def _known(self, sentence: Sentence) -> Rendering | None:
        """Return the translation of what needs no engine: no words, or a sentence of the house."""
        atoms = [part for part in sentence.parts if part.is_atom]
        bare = "".join(
            " " if any(a.start <= i < a.end for a in atoms) else c
            for i, c in enumerate(sentence.text)
        )
        # Nothing to translate: 15:30, or an address alone.
        if not any(c.isalpha() for c in bare):
            claims = {part.number: Claim(part.start, part.end) for part in sentence.parts}
            claims |= {number: Claim(at, at) for number, at in sentence.points}
            copied = Rendering(Draft(sentence.text), claims)
            _insert_lifted(sentence, copied)
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
                    drafted=answer.text,
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


def _calmed(sentence: Sentence) -> Sentence:
    """Return a sentence that shouts as an ordinary one: engines leave capitals untranslated."""
    letters = sentence.text
    atoms = [part for part in sentence.parts if part.is_atom]
    if not letters.isupper() or len(letters.split()) < 2 or atoms or sentence.veiled:
        return sentence
    return replace(sentence, text=letters.capitalize())


def _follow(
    engine: SpanEngine, sentences: Sequence[Sentence], source: str, target: str
) -> list[Rendering]:
    """Translate with an engine that says itself where spans went."""
    questions = _marked(sentences)
    marked = questions[: len(sentences)]
    answers = engine.translate_marked(questions, source, target)
    unmarked = iter(answers[len(marked) :])
    followed = [
        placing.unmarked(answer, next(unmarked).draft) if text.spans else answer
        for text, answer in zip(marked, answers, strict=False)
    ]
    return [_followed(*pair) for pair in zip(sentences, followed, strict=True)]


def _marked(sentences: Sequence[Sentence]) -> list[Marked]:
    """Return the sentences with their spans, then those that have any without them.

    Marks that cut a phrase break it (`United` States: “el Unió Estados”): the words come from the bare text.
    """
    marked = [
        Marked(sentence.text, tuple(Span(start, end) for start, end in _spans(sentence)))
        for sentence in sentences
    ]
    return [*marked, *(Marked(text.text) for text in marked if text.spans)]


def _spans(sentence: Sentence) -> list[tuple[int, int]]:
    return [(part.start, part.end) for part in sentence.parts] + [
        (veil.start, veil.end) for veil in sentence.veiled
    ]


def _followed(sentence: Sentence, answer: MarkedDraft) -> Rendering:
    claims = {}
    for part, span in zip(sentence.parts, answer.spans, strict=False):
        if span:
            claims[part.number] = Claim(span.start, span.end)
        elif not part.is_atom:
            guess = placing.guess(sentence.text, (part.start, part.end), answer.draft.text)
            claims[part.number] = guess
    for n, span in enumerate(answer.spans[len(sentence.parts) :]):
        if span:
            claims[_veil(n)] = Claim(span.start, span.end)
    return Rendering(answer.draft, claims)


def _find(
    engine: Engine, sentences: Sequence[Sentence], source: str, target: str
) -> list[Rendering]:
    """Translate sentences and, in the same batch, the text of each span, to find it again."""
    texts = [sentence.text for sentence in sentences]
    parts = _parts_to_find(sentences)
    texts += [_fragment(sentences[n], part) for n, part in parts]
    answers = [
        replace(answer, text=tidied(text, answer.text))
        for text, answer in zip(texts, engine.translate(texts, source, target), strict=True)
    ]
    # One batch for both: starting an engine costs more than some words more.
    renderings = [Rendering(draft) for draft in answers[: len(sentences)]]
    for (n, part), fragment in zip(parts, answers[len(sentences) :], strict=True):
        renderings[n].claims[part.number] = placing.find(
            sentences[n].text, (part.start, part.end), fragment.text, renderings[n].text
        )
    for sentence, rendering in zip(sentences, renderings, strict=True):
        _claim_the_obvious(sentence, rendering)
    return renderings


def _parts_to_find(sentences: Sequence[Sentence]) -> list[tuple[int, Part]]:
    return [
        (n, part)
        for n, sentence in enumerate(sentences)
        for part in sentence.parts
        if _needs_finding(sentence, part)
    ]


def _fragment(sentence: Sentence, part: Part) -> str:
    return sentence.text[part.start : part.end].strip()


def _needs_finding(sentence: Sentence, part: Part) -> bool:
    return not (part.is_atom or _is_whole(sentence, part) or _atoms_filling(sentence, part))


def _is_whole(sentence: Sentence, part: Part) -> bool:
    """Whether nothing but punctuation stands outside of a part."""
    outside = sentence.text[: part.start] + sentence.text[part.end :]
    return not any(c.isalnum() for c in outside)


def _atoms_filling(sentence: Sentence, part: Part) -> list[Part]:
    """Return the atoms that are all the text of a part."""
    atoms = [a for a in sentence.parts if a.is_atom and part.start <= a.start < part.end]
    covered = sum(atom.end - atom.start for atom in atoms)
    letters = sum(c.isalnum() for c in sentence.text[part.start : part.end])
    return atoms if covered == letters else []


def _claim_the_obvious(sentence: Sentence, rendering: Rendering) -> None:
    """Claim made-up words where they stand, and for a part that is the whole sentence the whole."""
    text = rendering.text
    words = [(p.number, sentence.text[p.start : p.end]) for p in sentence.parts if p.is_atom]
    words += [
        (_veil(n), sentence.text[veil.start : veil.end])
        for n, veil in enumerate(sentence.veiled)
    ]
    for number, word in words:
        places = placing.occurrences(word, text)
        if len(places) == 1:
            rendering.claims[number] = Claim(*places[0])
    for part in sentence.parts:
        if part.is_atom or part.number in rendering.claims:
            continue
        if atoms := _atoms_filling(sentence, part):
            claims = [rendering.claims[a.number] for a in atoms if a.number in rendering.claims]
            if claims:
                rendering.claims[part.number] = Claim(
                    min(claim.start for claim in claims), max(claim.end for claim in claims)
                )
        else:
            rendering.claims[part.number] = _whole(sentence, part, text)


def _whole(sentence: Sentence, part: Part, text: str) -> Claim:
    """Claim the whole translation, without the closing mark where the part had none."""
    before, after = sentence.text[: part.start], sentence.text[part.end :]
    start, end = 0, len(text)
    if before.strip():
        start += len(text) - len(text.lstrip(" \"'“”«»‘’([—–-"))
    if after.strip():
        end = len(text.rstrip(" \"'“”«»‘’)].,;:!?…"))
    return Claim(start, max(start, end))


def _settle(sentence: Sentence, rendering: Rendering) -> None:
    """Write made-up words as they were, show veiled numbers, put back what was left out, place points."""
    atoms = [part for part in sentence.parts if part.is_atom]
    atoms_shown = [(a.number, sentence.text[a.start : a.end]) for a in atoms]
    hidden = [(_veil(n), veil.original) for n, veil in enumerate(sentence.veiled)]
    if any(number not in rendering.claims for number, _word in [*atoms_shown, *hidden]):
        rendering.is_lost = True
        return
    edits = sorted(
        Edit(rendering.claims[number].start, rendering.claims[number].end, word)
        for number, word in [*atoms_shown, *hidden]
    )
    # Two made-up words in one place: the engine has melted them together.
    if any(edit.end > following.start for edit, following in pairwise(edits)):
        rendering.is_lost = True
        return
    # What the engine says it does not know may be a word that nobody knows.
    made_up = {sentence.text[start:end] for start, end in _spans(sentence)}
    rendering.edit(edits)
    rendering.draft = replace(
        rendering.draft,
        notes=tuple(
            note
            for note in rendering.draft.notes
            if note.partition(":")[2].upper() not in made_up or not note.startswith("unknown:")
        ),
    )
    for number, _original in hidden:
        del rendering.claims[number]
    _insert_lifted(sentence, rendering)
    for point in sentence.points:
        at = placing.place_point(sentence.text, point.offset, rendering.text)
        rendering.claims[point.number] = Claim(
            at, at, is_certain=at in (0, len(rendering.text))
        )


def _insert_lifted(sentence: Sentence, rendering: Rendering) -> None:
    """Put atoms that were left out back before the word where they should stand."""
    for number, offset, word in sentence.lifted:
        at = placing.place_point(sentence.text, offset, rendering.text)
        text = rendering.text
        glued = f"{word} " if text[at:].strip() else f" {word}" if text else word
        rendering.edit([Edit(at, at, glued)])
        start = rendering.text.index(word, at)
        rendering.claims[number] = Claim(start, start + len(word), is_certain=False)


def _veil(number: int) -> int:
    """Number a veiled number among the claims: nodes count from 0, these from -1 downward."""
    return -1 - number

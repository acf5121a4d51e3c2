"""One sentence asked of an engine and read back: its spans followed or found again, its made-up words put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from l10n.drafting import placing
from l10n.drafting.layout import Part, Sentence
from l10n.drafting.lessons.confidence import Evidence
from l10n.drafting.placing import Claim
from l10n.engines import Engine, Marked, MarkedDraft, Span, SpanEngine
from l10n.engines.answers import tidied
from l10n.model import Draft
from l10n.text.edits import Edit, apply

if TYPE_CHECKING:
    from l10n.drafting.lessons.lessons import Correction


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


def follow(
    engine: SpanEngine, sentences: Sequence[Sentence], source: str, target: str
) -> list[Rendering]:
    """Translate with an engine that says itself where spans went."""
    questions = marked_texts(sentences)
    marked = questions[: len(sentences)]
    answers = engine.translate_marked(questions, source, target)
    unmarked = iter(answers[len(marked) :])
    followed = [
        placing.unmarked(answer, next(unmarked).draft) if text.spans else answer
        for text, answer in zip(marked, answers, strict=False)
    ]
    return [_followed(*pair) for pair in zip(sentences, followed, strict=True)]


def marked_texts(sentences: Sequence[Sentence]) -> list[Marked]:
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


def find(
    engine: Engine, sentences: Sequence[Sentence], source: str, target: str
) -> list[Rendering]:
    """Translate sentences and, in the same batch, the text of each span, to find it again."""
    texts = [sentence.text for sentence in sentences]
    parts = parts_to_find(sentences)
    texts += [fragment(sentences[n], part) for n, part in parts]
    answers = [
        replace(answer, text=tidied(text, answer.text))
        for text, answer in zip(texts, engine.translate(texts, source, target), strict=True)
    ]
    # One batch for both: starting an engine costs more than some words more.
    renderings = [Rendering(draft) for draft in answers[: len(sentences)]]
    for (n, part), answer in zip(parts, answers[len(sentences) :], strict=True):
        renderings[n].claims[part.number] = placing.find(
            sentences[n].text, (part.start, part.end), answer.text, renderings[n].text
        )
    for sentence, rendering in zip(sentences, renderings, strict=True):
        _claim_the_obvious(sentence, rendering)
    return renderings


def parts_to_find(sentences: Sequence[Sentence]) -> list[tuple[int, Part]]:
    """Return the spans whose text is asked for too, each with the number of its sentence."""
    return [
        (n, part)
        for n, sentence in enumerate(sentences)
        for part in sentence.parts
        if _needs_finding(sentence, part)
    ]


def fragment(sentence: Sentence, part: Part) -> str:
    """Return the text of a span as an engine is asked for it."""
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


def settle(sentence: Sentence, rendering: Rendering) -> None:
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
    insert_lifted(sentence, rendering)
    for point in sentence.points:
        at = placing.place_point(sentence.text, point.offset, rendering.text)
        rendering.claims[point.number] = Claim(
            at, at, is_certain=at in (0, len(rendering.text))
        )


def insert_lifted(sentence: Sentence, rendering: Rendering) -> None:
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

"""Units through an engine and back: markup taken out, sentences translated, markup put in its place.

The tokens of a draft come from the source's own tree, so that they nest whatever the engine did; what an
engine cannot keep (code, addresses) travels as a made-up word. A unit climbs down until a rung holds:
spans followed, or found again; made-up words left out and put back by position; every run of text
between tokens on its own; nothing, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from l10n.drafting.assembly import Assembled, assemble, assemble_runs, runs_of
from l10n.drafting.estimator import Chance, Estimator, load_estimator
from l10n.drafting.layout import Layout, parse
from l10n.drafting.objections import check_reasons, grammar_reasons
from l10n.drafting.sentences import Recall, Renderer
from l10n.drafting.trust import HARMLESS, Verdict, judge, overlap
from l10n.engines import Engine, Marked, Pair
from l10n.model import Band, Severity
from l10n.text import markup

if TYPE_CHECKING:
    from l10n.drafting.lessons.confidence import Confidence
    from l10n.drafting.lessons.lessons import Correction, Lessons
    from l10n.glossary import Glossary

__all__ = ["Recall", "UnitDraft", "translate_units"]


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """The draft of one unit."""

    text: str
    """A msgstr with the unit's tokens; empty when there is no draft fit to show."""
    verdict: Verdict
    corrections: tuple[Correction, ...] = ()
    """What lessons have changed of the engine's draft."""

    @property
    def is_guessed(self) -> bool:
        """True when the place of some token is a guess."""
        return bool({"guessed", "runs"} & set(self.verdict.reasons))


def translate_units(
    msgids: Sequence[str],
    engine: Engine,
    source: str,
    target: str,
    *,
    glossary: Glossary | None = None,
    recall: Recall | None = None,
    second: Engine | None = None,
    lessons: Lessons | None = None,
) -> list[UnitDraft]:
    """Draft units, all their sentences in as few batches as can be.

    `recall` answers for a plain sentence before the engine does; `second` is another engine, asked only
    to compare. No draft has a placeholder error.
    """
    keep = glossary.unchanging(source, target) if glossary else ()
    layouts = [parse(msgid, source, keep=keep) for msgid in msgids]
    renderer = Renderer(engine, source, target, glossary, recall, lessons=lessons)
    chosen = _all_assembled(layouts, renderer)
    agreements = _agreements(layouts, chosen, second, (source, target))
    estimating = _Estimating(
        (source, target),
        load_estimator(engine.name, source, target),
        lessons.learnt.confidence if lessons else None,
    )
    return [
        _judged(layout, chosen[n], agreements.get(n), estimating)
        for n, layout in enumerate(layouts)
    ]


def first_questions(
    layouts: Sequence[Layout], engine: Engine, source: str, target: str, recall: Recall | None
) -> list[str | Marked]:
    """Return what an engine is asked before anything is known of its answers; it is not asked."""
    renderer = Renderer(engine, source, target, recall=recall)
    return renderer.questions(
        [
            sentence
            for layout in layouts
            if _is_followed(layout)
            for sentence in layout.sentences
        ]
    )


def engine_drafts(msgids: Sequence[str], engine: Engine, source: str, target: str) -> list[str]:
    """Return msgstrs as an engine alone writes them, without memory, glossary and lessons; "" where it writes none.

    Nobody judges them: they are what a translation is compared with, and what lessons are learnt from.
    """
    layouts = [parse(msgid, source) for msgid in msgids]
    assembled = _all_assembled(layouts, Renderer(engine, source, target))
    return [draft.text if draft else "" for draft in assembled]


_LONGEST, _MOST_NODES = 3000, 300
"""Characters of a sentence and placeholders of a unit. Following spans compares every word with every other for each of
them: a sentence of 3,000 characters with 60 links takes seconds, one of 200,000 takes hours."""


def _is_followed(layout: Layout) -> bool:
    """Whether a unit is translated sentence by sentence; larger ones are, run by run, in linear time."""
    return len(layout.nodes) <= _MOST_NODES and all(
        len(sentence.text) <= _LONGEST for sentence in layout.sentences
    )


def _all_assembled(layouts: Sequence[Layout], renderer: Renderer) -> list[Assembled | None]:
    usual = [n for n, layout in enumerate(layouts) if _is_followed(layout)]
    drafts = dict(zip(usual, _assembled([layouts[n] for n in usual], renderer), strict=True))
    # A link that has no place any more is worse than poor grammar: such units are drafted run by run.
    fallen = [
        n
        for n, layout in enumerate(layouts)
        if not (draft := drafts.get(n)) or not _holds(layout, draft)
    ]
    drafts |= zip(fallen, _by_runs([layouts[n] for n in fallen], renderer), strict=True)
    return [drafts[n] for n in range(len(layouts))]


def _assembled(layouts: Sequence[Layout], renderer: Renderer) -> list[Assembled | None]:
    sentences = [sentence for layout in layouts for sentence in layout.sentences]
    renderings = iter(renderer.render(sentences))
    return [
        assemble(layout, [next(renderings) for _sentence in layout.sentences])
        for layout in layouts
    ]


def _by_runs(layouts: Sequence[Layout], renderer: Renderer) -> list[Assembled]:
    """Translate each run of text between tokens on its own: always well-formed, worse grammar."""
    runs = [runs_of(layout) for layout in layouts]
    renderings = iter(renderer.render([run for unit_runs in runs for run in unit_runs]))
    return [
        assemble_runs(layout, unit_runs, [next(renderings) for _run in unit_runs])
        for layout, unit_runs in zip(layouts, runs, strict=True)
    ]


def _holds(layout: Layout, draft: Assembled) -> bool:
    """Whether a draft keeps every token with its content."""
    return not any(
        problem.severity is Severity.ERROR or problem.rule == "placeholder-empty"
        for problem in markup.validate(layout.msgid, draft.text)
    )


def _agreements(
    layouts: Sequence[Layout],
    drafts: Sequence[Assembled | None],
    second: Engine | None,
    pair: Pair,
) -> dict[int, float]:
    """How like another engine's draft each draft is, by number of the unit."""
    if second is None:
        return {}
    texts = [" ".join(sentence.text for sentence in layout.sentences) for layout in layouts]
    answers = second.translate(texts, *pair)
    return {
        n: overlap(draft.draft.text, answers[n].text)
        for n, draft in enumerate(drafts)
        if draft and answers[n].text
    }


def _judged(
    layout: Layout,
    draft: Assembled | None,
    agreement: float | None,
    estimating: _Estimating,
) -> UnitDraft:
    if draft is None:
        return UnitDraft("", Verdict(Band.POOR, ("empty",)))
    pair = estimating.pair
    verdict = judge(
        layout.text,
        draft.draft,
        source_locale=pair[0],
        target_locale=pair[1],
        agreement=agreement,
        estimate=estimating.of(layout, draft),
        extra=(
            *draft.reasons,
            *(f"learnt:{change.new}" for change in draft.corrections),
            *grammar_reasons(layout.text, draft.draft.text, *pair),
            *check_reasons(layout.msgid, draft.text, *pair),
        ),
    )
    errors = [
        problem.rule
        for problem in markup.validate(layout.msgid, draft.text)
        if problem.severity is Severity.ERROR
    ]
    if errors:
        return UnitDraft("", Verdict(Band.POOR, tuple(dict.fromkeys(errors))))
    return UnitDraft("" if verdict.unusable else draft.text, verdict, draft.corrections)


@dataclass(frozen=True, slots=True)
class _Estimating:
    """What tells how likely drafts of a pair need a light edit at most."""

    pair: Pair
    estimator: Estimator | None
    """What is known of the engine everywhere."""
    confidence: Confidence | None
    """What the house's own reviews say of it; that decides on the order, where there is enough of it."""

    def of(self, layout: Layout, draft: Assembled) -> Callable[[Sequence[str]], Chance] | None:
        """Return what tells that of one draft; None where nothing is known."""
        if self.estimator is None and (self.confidence is None or not draft.evidence):
            return None
        # A term that was put in does not lower it.
        texts = {draft.draft.text, draft.own or draft.draft.text}

        def estimate(reasons: Sequence[str]) -> Chance:
            usual = [reason for reason in reasons if reason.partition(":")[0] not in HARMLESS]
            chance = Chance(None, 0.5)
            if self.estimator is not None:
                chance = max(
                    self.estimator.judge(layout.text, text, usual, self.pair) for text in texts
                )
            if self.confidence is not None and draft.evidence:
                score = self.confidence.score(draft.evidence, chance.score)
                chance = chance._replace(score=score)
            return chance

        return estimate

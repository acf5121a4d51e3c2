"""A batch of units for an engine, as a value that can be drafted anywhere: all that it needs goes with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from l10n.drafting.layout import parse
from l10n.drafting.sentences import Recall
from l10n.drafting.units import UnitDraft, first_questions, translate_units
from l10n.engines import Context, Engine, EngineRecipe, engine_of
from l10n.engines.cache import DraftCache, cached, question_keys
from l10n.errors import EngineError

if TYPE_CHECKING:
    from l10n.drafting.lessons.lessons import Lessons
    from l10n.glossary import Glossary


@dataclass(frozen=True, slots=True)
class Batch:
    """Units to draft, and what is known beforehand."""

    texts: tuple[str, ...]
    """Msgids, each once."""
    recalled: Mapping[str, str] = field(default_factory=dict)
    """The house's own translations of plain sentences in them."""
    answers: Mapping[bytes, str] = field(default_factory=dict)
    """What the engine has answered before, by the key of the question."""
    domain: str = ""
    """What they are about, for lessons."""
    contexts: Mapping[str, Context] = field(default_factory=dict)
    """What an engine may look at beside its questions, by question; empty for one that looks at nothing."""


@dataclass(frozen=True, slots=True)
class BatchDrafts:
    """What became of a batch."""

    drafts: tuple[UnitDraft, ...]
    """One for each text; none where the engine failed."""
    answers: Mapping[bytes, str] = field(default_factory=dict)
    """What the engine was asked for this batch, also where it failed in the end."""
    failure: EngineError | None = None


@dataclass(frozen=True, slots=True)
class BatchDrafter:
    """Drafts batches of a pair of locales; travels to whoever does that, where its engine is made."""

    engine: Engine | EngineRecipe
    source: str
    target: str
    glossary: Glossary | None = None
    second: Engine | EngineRecipe | None = None
    lessons: Lessons | None = None
    """As they were at the start of the run."""

    def __call__(self, batch: Batch) -> BatchDrafts:
        """Draft a batch."""
        memo = _Memo(batch.answers)
        try:
            drafts = translate_units(
                batch.texts,
                cached(engine_of(self.engine), memo, batch.contexts),
                self.source,
                self.target,
                glossary=self.glossary,
                recall=batch.recalled.get if batch.recalled else None,
                second=None if self.second is None else engine_of(self.second),
                lessons=self.lessons.in_domain(batch.domain) if self.lessons else None,
            )
        except EngineError as error:
            return BatchDrafts((), memo.fresh, error)
        return BatchDrafts(tuple(drafts), memo.fresh)

    def batch(
        self,
        texts: Sequence[str],
        recall: Recall | None,
        cache: DraftCache | None,
        context: Callable[[str], Context] | None = None,
    ) -> Batch:
        """Return units as a batch, with what the memory and the cache of drafts know of their sentences.

        `context` tells what stands beside a sentence.
        """
        if recall is None and cache is None and context is None:
            return Batch(tuple(texts))
        keep = self.glossary.unchanging(self.source, self.target) if self.glossary else ()
        layouts = [parse(text, self.source, keep=keep) for text in texts]
        recalled = {}
        if recall is not None:
            plain = {
                sentence.original
                for layout in layouts
                for sentence in layout.sentences
                if sentence.is_plain
            }
            recalled = {
                text: translation
                for text in sorted(plain)
                if (translation := recall(text)) is not None
            }
        answers: Mapping[bytes, str] = {}
        contexts: dict[str, Context] = {}
        if cache is not None or context is not None:
            engine, pair = engine_of(self.engine), (self.source, self.target)
            asked = first_questions(layouts, engine, *pair, recalled.get if recalled else None)
            if context is not None:
                contexts = {text: context(text) for text in asked if isinstance(text, str)}
            if cache is not None:
                keys = question_keys(engine, asked, *pair, contexts)
                answers = cache.answers(list(dict.fromkeys(keys)))
        return Batch(tuple(texts), recalled, answers, contexts=contexts)


class _Memo:
    """The answers that came with a batch, and the new ones."""

    def __init__(self, known: Mapping[bytes, str]) -> None:
        self._known = known
        self.fresh: dict[bytes, str] = {}

    def answers(self, keys: Sequence[bytes]) -> dict[bytes, str]:
        """Return the answers known for some keys."""
        return {
            key: answer
            for key in keys
            if (answer := self._known.get(key) or self.fresh.get(key)) is not None
        }

    def keep(self, answers: Mapping[bytes, str]) -> None:
        """Keep answers."""
        self.fresh |= answers

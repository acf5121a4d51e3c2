"""What others say about the unit one stands at: the memory, the engine, the glossary, the slow checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.content import Content

from l10n.errors import EngineError
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Finding, Fix, Match, Origin, Severity
from l10n.review.completion import Vocabulary
from l10n.review.concordance import Hit, hits_of
from l10n.review.judge import without_ignored
from l10n.review.lookup import Lookup
from l10n.review.placeables import Placeable
from l10n.review.writing import Suggestion
from l10n.text.markup import plain
from tui.marks import Mark, difference, visible
from tui.names import describe_origin
from tui.widgets.panes import ADDED, DIM, REMOVED, Offer

if TYPE_CHECKING:
    from l10n.catalog import Entry
    from l10n.review.lookup import LookUpContext

_MEMORY_SECONDS = 10.0
_ENGINE_SECONDS, _ENGINE_GRACE = 90.0, 20.0
_LEARN_SECONDS = 900.0
_SAME = 100
_MOST = 9
"""Suggestions that a digit can put in."""
_TOLD = 2
"""Corrections of a draft that are told one by one: the neighbours of the text need the rows."""
LONG = 3000
"""Characters beyond which a text is checked by the look-up process alone: here it would delay keys."""


class SourceTerm(NamedTuple):
    """A term of the glossary in the source."""

    mark: Mark
    """Where it stands."""
    term: str
    translations: tuple[str, ...]
    """What it may be translated as."""


@dataclass
class Advice:
    """Everything that is known about one text from elsewhere."""

    key: object = None
    """Of the unit it is about, and which plural form."""
    source: str = ""
    """What is to be translated: the singular or the plural of the unit."""
    matches: list[Match] = field(default_factory=list)
    machine: Suggestion | None = None
    least: int = 0
    """Percent from which a match is a better beginning than the machine's draft."""
    reasons: tuple[str, ...] = ()
    """Codes of what speaks against the machine's draft."""
    corrections: tuple[str, ...] = ()
    """What lessons have changed of it, and who taught them that, in words."""
    changes: tuple[tuple[str, str], ...] = ()
    """The same as phrases, to be unlearnt."""
    terms: list[SourceTerm] = field(default_factory=list)
    placeables: tuple[Placeable, ...] = ()
    """What the source has that goes into the translation nearly as it is."""
    vocabulary: Vocabulary | None = None
    """Words of what memory and engine propose."""
    waiting: bool = False
    remark: str = ""

    def learn_words(self) -> None:
        """Know the words of what is proposed, to complete what is typed."""
        self.vocabulary = Vocabulary()
        texts = [match.target for match in self.matches]
        for text in [*texts, *([self.machine.text] if self.machine else [])]:
            self.vocabulary.learn(plain(text))


class Adviser:
    """Asks the look-up processes: one searches memory and word lists, one teaches the memory, one is the engine."""

    def __init__(self, context: LookUpContext) -> None:
        self._words = Lookup(context, timeout=_MEMORY_SECONDS)
        self._engine = Lookup(context, timeout=_ENGINE_SECONDS, grace=_ENGINE_GRACE)
        self._teacher = Lookup(context, timeout=_LEARN_SECONDS)
        self._has_project = bool(context.project)
        self._has_memory = Path(context.memory).exists()
        self._learnt = 0
        """How much the memory had learnt in this sitting when it was asked last."""
        self.engine_problem = ""
        """Why the engine did not answer the last time; empty when it did."""

    @property
    def knows_anything(self) -> bool:
        """Whether there is a memory or a project to ask about."""
        return self._has_project or self._has_memory

    async def look_up(self, advice: Advice) -> None:
        """Ask the memory and the glossary about a source; EngineError when nothing answers."""
        text = advice.source
        if self._has_memory and (answer := await self._words.ask("search", text=text)):
            advice.matches = [Match(**match) for match in answer["matches"]]
        if self._has_project and (answer := await self._words.ask("terms", text=text)):
            advice.terms = [
                SourceTerm(
                    Mark(term["span"][0], term["span"][1], "term"),
                    term["source_term"],
                    tuple(term["target_terms"]),
                )
                for term in answer["terms"]
            ]

    async def find_placeables(self, advice: Advice) -> None:
        """Ask what the source has that goes into the translation; EngineError when nothing answers."""
        answer = await self._words.ask("placeables", text=advice.source)
        if answer is not None:
            advice.placeables = tuple(Placeable(**one) for one in answer["placeables"])

    async def translate(self, entry: Entry, advice: Advice) -> None:
        """Ask the engine about a form of a unit; EngineError when it has no answer."""
        try:
            answer = await self._engine.ask(
                "translate", msgid=advice.source, msgctxt=entry.msgctxt
            )
        except EngineError as error:
            self.engine_problem = error.message
            raise
        self.engine_problem = ""
        if answer is None:  # a newer question overtook this one
            return
        if not answer["msgstr"]:
            raise EngineError(_("the engine has no usable answer"))
        fields = {"mt": answer["engine"], "band": answer["band"]}
        advice.least = answer.get("least", 0)
        advice.reasons = tuple(answer["reasons"])
        advice.corrections = tuple(answer.get("corrections", ()))
        advice.changes = tuple((old, new) for old, new in answer.get("changes", ()))
        advice.machine = Suggestion(
            answer["msgstr"],
            Origin.MT,
            {name: value for name, value in fields.items() if value},
        )

    async def take_lessons(self) -> bool:
        """Let the engine's side learn from what was approved; True when that was news to it."""
        if not self._has_project or self.engine_problem:
            return False
        answer = await self._engine.ask("lessons")
        return answer is not None and bool(answer["learnt"])

    async def unlearn(self, changes: Iterable[tuple[str, str]]) -> None:
        """Never again make some changes of drafts."""
        await self._engine.ask("unlearn", changes=list(changes))

    async def judge(self, entry: Entry, source: str, text: str) -> tuple[Finding, ...] | None:
        """Ask for the findings of every rule, slow ones too; None when there is nothing to add."""
        if not self._has_project and len(text) <= LONG:
            return None
        answer = await self._words.ask(
            "judge",
            source=source,
            text=text,
            extracted=entry.extracted,
            references=entry.references,
            flags=sorted(entry.flags),
            plural=entry.msgid_plural,
        )
        if answer is None:
            return None
        findings = [_finding(finding) for finding in answer["findings"]]
        return without_ignored(findings, entry.notes)

    async def concordance(self, text: str) -> list[Hit]:
        """Look words up in the memory."""
        answer = await self._words.ask("concordance", text=text)
        return [] if answer is None else hits_of(answer)

    async def learn(self) -> bool:
        """Let the memory know what catalogs now say; True when that was news to it."""
        if not (self._has_project or self._has_memory):
            return False
        answer = await self._teacher.ask("learn")
        # Of two questions only the newer one is answered: what the memory learnt at either is in the sum.
        if answer is None or answer["learnt"] == self._learnt:
            return False
        self._learnt = answer["learnt"]
        self._has_memory = True
        await self.reload()
        return True

    async def reload(self) -> None:
        """Have memory and glossary read anew at the next question."""
        await self._words.ask("reload")

    async def close(self) -> None:
        """End the processes."""
        for lookup in (self._words, self._engine, self._teacher):
            await lookup.close()


def suggestions(advice: Advice, draft: Suggestion | None) -> list[Suggestion]:
    """Return what can be put in, in the order of `prefill`, nothing twice."""
    machine = [advice.machine] if advice.machine is not None else []
    better = [match for match in advice.matches if not machine or match.percent >= advice.least]
    candidates = [
        *map(_of_memory, better),
        *machine,
        *(_of_memory(match) for match in advice.matches if match not in better),
    ]
    if draft is not None:
        candidates.append(draft)  # last: it comes and goes, and the others keep their numbers
    unique: dict[str, Suggestion] = {}
    for suggestion in candidates:
        unique.setdefault(suggestion.text, suggestion)
    return list(unique.values())[:_MOST]


def _of_memory(match: Match) -> Suggestion:
    return Suggestion(match.target, Origin.TM, {"tm": str(min(match.percent, _SAME))})


def offer(suggestion: Suggestion, advice: Advice) -> Offer:
    """Say where a suggestion comes from, and what its source looked like or what speaks against it."""
    from l10n.drafting.trust import explain  # noqa: PLC0415 - loads slowly

    text = suggestion.text
    content = Content(visible(text.replace("\n", "⏎")))
    remark = None
    # The pane is told texts, not where they came from: a draft may say what a match says too.
    match = next((match for match in advice.matches if match.target == text), None)
    if match is not None and suggestion.origin is Origin.TM and match.percent < _SAME:
        changes = difference(plain(match.source), plain(advice.source), REMOVED, ADDED)
        remark = Content.assemble((_("was: "), DIM), changes)
    elif advice.machine is not None and advice.machine.text == text and advice.reasons:
        # Corrections are told one by one, with where they come from.
        reasons = [reason for reason in advice.reasons if not reason.startswith("learnt:")]
        told = [*explain(reasons), *map(visible, advice.corrections[:_TOLD])]
        more = len(advice.corrections) - _TOLD
        if more > 0:
            message = ngettext(
                "and {number} more correction", "and {number} more corrections", more
            )
            told.append(message.format(number=more))
        remark = Content.styled("; ".join(told), DIM)
    return Offer(describe_origin(suggestion.origin, suggestion.fields), text, content, remark)


def _finding(answer: Mapping[str, Any]) -> Finding:
    span = answer["span"]
    return Finding(
        rule=answer["rule"],
        severity=Severity(answer["severity"]),
        message=answer["message"],
        span=(span[0], span[1]) if span else None,
        fix=Fix(**answer["fix"]) if answer["fix"] is not None else None,
    )

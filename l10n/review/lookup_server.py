"""The process behind `Lookup`: JSON lines in, JSON lines out, one answer to each question.

It starts at a low priority, loads an engine or opens the memory when first asked, and ends with its
standard input.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from l10n.errors import EngineError, L10nError
from l10n.interface import gettext as _

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.engines import Engine
    from l10n.glossary import Glossary
    from l10n.memory import Memory
    from l10n.project import Project
    from l10n.review.house import House

Answer = dict[str, Any]

_BACKGROUND = 1000
"""Units of the catalog under review that a concordance compares what it found with."""


@dataclass(frozen=True, slots=True)
class _Message:
    """What the checks want to know of an entry besides its texts."""

    extracted: tuple[str, ...]
    references: tuple[str, ...]
    flags: frozenset[str]
    msgid_plural: str | None


class Server:
    """Answers questions about one pair of locales."""

    def __init__(self, setup: Mapping[str, str]) -> None:
        self.source = setup["source"]
        self.target = setup["target"]
        self._memory_path = setup["memory"]
        self._project_path = setup["project"]
        self._catalog_path = setup["catalog"]
        self._learnt = 0
        self._context: CheckContext | None = None
        self._memory: Memory | None = None
        self._engine: Engine | None = None
        self._house: House | None = None
        self._operations: dict[str, Callable[[Mapping[str, Any]], Answer]] = {
            "search": self.search,
            "concordance": self.concordance,
            "translate": self.translate,
            "judge": self.judge,
            "terms": self.terms,
            "placeables": self.placeables,
            "lessons": self.take_lessons,
            "unlearn": self.unlearn,
            "learn": self.learn,
            "reload": self.reload,
        }

    def answer(self, question: Mapping[str, Any]) -> Answer:
        """Answer one question; what went wrong is an answer too."""
        try:
            return self._operations[question["op"]](question)
        except L10nError as error:
            return {"error": str(error), "hint": error.hint}
        # Engines are other people's programs: what they raise must not end the memory's process.
        except (OSError, RuntimeError, MemoryError, ValueError) as error:
            return {"error": f"{type(error).__name__}: {error}"}

    def search(self, question: Mapping[str, Any]) -> Answer:
        """Return similar earlier texts, best first."""
        memory = self.memory()
        if memory is None:
            return {"matches": []}
        matches = memory.search(question["text"], self.source, self.target)
        return {"matches": [asdict(match) for match in matches]}

    def concordance(self, question: Mapping[str, Any]) -> Answer:
        """Return earlier texts that contain some words."""
        from functools import partial  # noqa: PLC0415

        from l10n.review.concordance import Words, find_hits  # noqa: PLC0415

        memory = self.memory()
        if memory is None:
            return {"hits": []}
        search = partial(memory.concordance, source=self.source, target=self.target)
        glossary, text = self.glossary(), question["text"]
        terms = glossary.terms_in(text, self.source, self.target) if glossary else ()
        hits = find_hits(
            Words(text, self.source, self.target),
            search,
            terms=[term for hit in terms for term in hit.target_terms],
            background=self.translations(),
        )
        return {"hits": [asdict(hit) for hit in hits]}

    def translations(self) -> list[str]:
        """Return the translations of the catalog under review, without markup."""
        from l10n.catalog import Catalog  # noqa: PLC0415
        from l10n.text.markup import plain  # noqa: PLC0415

        entries = Catalog.load(Path(self._catalog_path)).entries[:_BACKGROUND]
        return [plain(entry.msgstr) for entry in entries]

    def translate(self, question: Mapping[str, Any]) -> Answer:
        """Translate one unit the way prefill does, markup and glossary included."""
        from l10n.catalog import Catalog  # noqa: PLC0415 - the memory needs none of this
        from l10n.drafting.lessons.telling import describe_correction  # noqa: PLC0415
        from l10n.drafting.matches import least_percent  # noqa: PLC0415
        from l10n.drafting.prefill import Tools, prefill  # noqa: PLC0415
        from l10n.drafting.report import Drafted, DraftRequest  # noqa: PLC0415
        from l10n.model import Unit  # noqa: PLC0415

        catalog = Catalog.new(None, source=self.source, target=self.target, article="unit")
        catalog.merge([Unit(question["msgid"], question["msgctxt"])], article="unit")
        drafts: list[Drafted] = []
        engine = self.engine()
        lessons = house.lessons() if (house := self.house()) else None
        prefill(
            [catalog],
            Tools(engine=engine, glossary=self.glossary(), lessons=lessons),
            DraftRequest(only="mt"),
            on_entry=drafts.append,
        )
        corrections = [change for draft in drafts for change in draft.corrections]
        entry = catalog.entries[0]
        stamp = entry.stamp
        within = house.name if house else ""
        return {
            "reasons": [
                reason for draft in drafts if draft.verdict for reason in draft.verdict.reasons
            ],
            "corrections": [
                describe_correction(change, within=within) for change in corrections
            ],
            "changes": [(change.old, change.new) for change in corrections],
            "msgstr": entry.msgstr,
            "least": least_percent(engine.name, learns=lessons is not None),
            "engine": (stamp.engine if stamp else None) or "",
            "band": str(stamp.band) if stamp and stamp.band else "",
        }

    def take_lessons(self, question: Mapping[str, Any]) -> Answer:
        """Learn from what was approved in the catalog under review since it was looked at; how many entries that is."""
        del question
        house = self.house()
        return {"learnt": house.take_in() if house else 0}

    def unlearn(self, question: Mapping[str, Any]) -> Answer:
        """Never again make some changes of drafts."""
        if house := self.house():
            house.unlearn([(old, new) for old, new in question["changes"]])
        return {}

    def house(self) -> House | None:
        """Return what the house has taught; None without a project, or where it is not to learn."""
        if self._house is None:
            project = self.project()
            if project is None or not project.learn:
                return None
            from l10n.review.house import House  # noqa: PLC0415 - loads numpy

            pair = (self.source, self.target)
            self._house = House(project, Path(self._catalog_path), self.engine(), pair)
        return self._house

    def terms(self, question: Mapping[str, Any]) -> Answer:
        """Return the glossary's terms in a source text, with their places in it."""
        from l10n.checks.reading import Reading  # noqa: PLC0415

        glossary = self.glossary()
        if glossary is None:
            return {"terms": []}
        reading = Reading(question["text"])
        hits = glossary.terms_in(reading.text, self.source, self.target)
        return {
            "terms": [{**asdict(hit), "span": reading.span(hit.start, hit.end)} for hit in hits]
        }

    def placeables(self, question: Mapping[str, Any]) -> Answer:
        """Return what a source has that can be put into its translation."""
        from l10n.review.placeables import find_placeables  # noqa: PLC0415
        from l10n.text.markup import plain  # noqa: PLC0415

        text, glossary = plain(question["text"]), self.glossary()
        hits = glossary.terms_in(text, self.source, self.target) if glossary else ()
        placeables = find_placeables(text, self.source, self.target, hits)
        return {"placeables": [asdict(placeable) for placeable in placeables]}

    def judge(self, question: Mapping[str, Any]) -> Answer:
        """Run every check, those with slow word lists too, over one text."""
        from l10n.checks.entries import check_pair  # noqa: PLC0415
        from l10n.checks.reading import Pair  # noqa: PLC0415

        message = _Message(
            tuple(question["extracted"]),
            tuple(question["references"]),
            frozenset(question["flags"]),
            question["plural"],
        )
        pair = Pair(question["source"], question["text"], message=message)
        return {
            "findings": [
                {
                    "rule": finding.rule,
                    "severity": finding.severity.value,
                    "message": finding.message,
                    "span": finding.span,
                    "fix": asdict(finding.fix) if finding.fix else None,
                }
                for finding in check_pair(pair, self.context())
            ]
        }

    def learn(self, question: Mapping[str, Any]) -> Answer:
        """Take what catalogs now say into the memory: the project's that changed, else the one under review.

        Returns how much was learnt since the process began, and by how much the memory shrank: a question that was
        overtaken has no answer.
        """
        from l10n.memory import Memory  # noqa: PLC0415

        del question
        project = self.project()
        if project is not None:
            from l10n.align.sentence_pairs import pair_aligned  # noqa: PLC0415
            from l10n.project.memory_file import forgettable  # noqa: PLC0415

            with Memory.open(Path(self._memory_path)) as memory:
                before = len(memory)
                self._learnt += memory.refresh(
                    project.catalogs(),
                    source=project.source,
                    pair_sentences=pair_aligned,
                    below=forgettable(project),
                )
                self._learnt += max(0, before - len(memory))
            return {"learnt": self._learnt}
        from l10n.catalog import Catalog  # noqa: PLC0415

        own_memory = self.memory()
        catalog = Catalog.load(Path(self._catalog_path))
        if own_memory is not None:
            before = len(own_memory)
            self._learnt += own_memory.learn(catalog)
            self._learnt += max(0, before - len(own_memory))
        return {"learnt": self._learnt}

    def reload(self, question: Mapping[str, Any]) -> Answer:
        """Open memory and glossary anew at the next question: they have learnt something."""
        del question
        self._context = None
        if self._memory is not None:
            self._memory.close()
            self._memory = None
        return {}

    def context(self) -> CheckContext:
        """Return what the checks know of the catalog; loaded once."""
        if self._context is None:
            from l10n.catalog import Catalog  # noqa: PLC0415
            from l10n.checks.examine import context_of  # noqa: PLC0415
            from l10n.project.judging import criteria_of  # noqa: PLC0415

            path = Path(self._catalog_path)
            judged = criteria_of(self.project(), path)
            self._context = context_of(judged, Catalog.load(path))
        return self._context

    def memory(self) -> Memory | None:
        """Open the memory once; None when there is none."""
        if self._memory is None and self._memory_path and Path(self._memory_path).exists():
            from l10n.memory import Memory  # noqa: PLC0415

            self._memory = Memory.open(Path(self._memory_path))
        return self._memory

    def engine(self) -> Engine:
        """Load the first engine that can do the pair; EngineError when there is none."""
        if self._engine is None:
            from l10n.engines import pick_engine  # noqa: PLC0415
            from l10n.project import DEFAULT_ENGINES  # noqa: PLC0415

            project = self.project()
            names = project.engines if project else DEFAULT_ENGINES
            reasons: list[str] = []
            self._engine = pick_engine(
                names,
                self.source,
                self.target,
                settings=project.engine_settings if project else None,
                on_skip=lambda name, error: reasons.append(f"{name}: {error.message}"),
            )
            if self._engine is None:
                raise EngineError(
                    "; ".join(
                        [
                            _("no engine translates {source} into {target}").format(
                                source=self.source, target=self.target
                            ),
                            *reasons,
                        ]
                    ),
                    hint="l10n engines list",
                )
        return self._engine

    def glossary(self) -> Glossary | None:
        """Load the project's glossary; None without a project."""
        from l10n.glossary import Glossary  # noqa: PLC0415

        project = self.project()
        return Glossary.load(project.glossary_path) if project else None

    def project(self) -> Project | None:
        """Load the project; None without one."""
        if not self._project_path:
            return None
        from l10n.project import Project  # noqa: PLC0415

        return Project.load(Path(self._project_path))


def serve(lines: Iterator[str], write: Callable[[str], object]) -> None:
    """Answer line by line; the first line tells what it is about."""
    server = Server(json.loads(next(lines)))
    for line in lines:
        write(json.dumps(server.answer(json.loads(line))) + "\n")


def _end_with(reviewer: int) -> None:
    """End this process with the one that asks, whatever kills that: in the middle of an answer, too."""

    def watch() -> None:
        # An orphan gets another parent. Its standard input has ended, but it may be long until it reads there.
        while os.getppid() == reviewer:
            time.sleep(_WATCH)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()
    if sys.platform == "linux":
        # The thread waits for code that keeps the interpreter to itself, as a regular expression does; this does not.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)


_WATCH = 1.0
"""Seconds between two looks at the parent."""

_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux, see prctl(2)."""


def main() -> None:
    """Serve standard input; whatever a library prints goes to standard error instead."""
    _end_with(os.getppid())
    os.nice(10)  # whoever types at the screen goes first
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(iter(sys.stdin), answers.write)


if __name__ == "__main__":
    main()

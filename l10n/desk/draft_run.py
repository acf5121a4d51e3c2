"""A run of drafting over catalogs that have something to draft: memory and engines, pair of locales by pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

from l10n.catalog import Catalog
from l10n.desk.leftovers import Leftovers
from l10n.desk.lessons import lessons_for
from l10n.desk.memories import open_memory
from l10n.desk.prefilled import PrefillRequest, Todo
from l10n.desk.watching import OnProblem, Track
from l10n.drafting.house import domain_of
from l10n.drafting.lessons.lessons import Lessons
from l10n.drafting.prefill import Tools
from l10n.drafting.prefill import prefill as draft
from l10n.drafting.report import Drafted, PrefillReport
from l10n.engines import NO_ENGINE, EngineRecipe, engine_of, resolve_pair
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache
from l10n.engines.variant import NAME as VARIANT
from l10n.engines.variant import are_variants
from l10n.errors import CatalogError, EngineError
from l10n.glossary import Glossary
from l10n.interface import gettext as _
from l10n.languages import primary
from l10n.ledger import Ledger, ledger_of
from l10n.memory import Memory
from l10n.model import Match
from l10n.project import DEFAULT_ENGINES, Project, derived_folder
from l10n.workers import Workers

_TO_INSTALL = ("pip ", "apt ", "apt-get ")
"""How hints begin that say how to get what is not here."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a run is for, and who hears of it."""

    request: PrefillRequest
    project: Project | None
    finished: Mapping[tuple[str, str], Match]
    """Translations of catalogs that the memory of the project does not have."""
    complain: OnProblem
    track: Track
    on_entry: Callable[[Drafted], None] | None
    workers: Workers
    ledger: Ledger | None = None
    """The one that the run shares with others; None: it has its own."""


def draft_all(todo: Mapping[tuple[str, str], Sequence[Todo]], aim: Aim) -> PrefillReport:
    """Draft catalogs by pair of locales, and return what was done."""
    project = aim.project
    folder = derived_folder(project)
    with ExitStack() as stack:
        ledger = stack.enter_context(ledger_of(folder, aim.ledger))
        run = _Run(
            aim,
            stack.enter_context(DraftCache(folder / DRAFTS)),
            stack.enter_context(open_memory(project, on_problem=aim.complain, shared=ledger))
            if project
            else None,
            Glossary.load(project.glossary_path) if project else Glossary(),
            ledger,
        )
        for (source, target), catalogs in todo.items():
            run.draft(catalogs, source, target)
    return run.report


@dataclass(slots=True)
class _Run:
    """A run over catalogs of several pairs of locales."""

    aim: Aim
    cache: DraftCache
    memory: Memory | None
    glossary: Glossary
    ledger: Ledger
    report: PrefillReport = field(default_factory=PrefillReport)
    saved: PrefillReport = field(default_factory=PrefillReport)
    """What an engine had drafted when it failed."""

    def draft(self, catalogs: Sequence[Todo], source: str, target: str) -> None:
        """Draft catalogs of one pair with the first engine that works; the memory alone without any."""
        failed = False
        for engine in self._engines(source, target):
            before, self.saved = self.report, PrefillReport()
            try:
                self._fill(catalogs, source, target, engine)
            except EngineError as error:
                # What it has drafted is saved; the next engine takes what is left.
                self.aim.complain(error)
                self.report = before + self.saved
                failed = True
            else:
                return
        before = self.report
        self._fill(catalogs, source, target, None)
        # An engine that is here and fails has said why: to install it again is no advice.
        if not self.is_without_engine and self.report.left > before.left and not failed:
            self.aim.complain(_no_engine(source, target, self.aim.request.engine))

    @property
    def is_without_engine(self) -> bool:
        """Whether nobody wants a machine to translate."""
        return self.aim.request.only == "tm" or self.aim.request.engine == NO_ENGINE

    def _engines(self, source: str, target: str) -> Iterator[EngineRecipe]:
        """Yield the engines that can do a pair here, each made when it is its turn."""
        if self.is_without_engine:
            return
        name = self.aim.request.engine
        names = (
            (name,)
            if name
            else self.aim.project.engines
            if self.aim.project
            else DEFAULT_ENGINES
        )
        is_variant = are_variants(source, target)
        # No engine translates Spanish into Spanish; who wants no machine at all has named none.
        if is_variant and names and not name:
            names = (*names, VARIANT)
        for candidate in names:
            try:
                recipe = EngineRecipe(candidate, self._settings(candidate))
                serves = candidate == VARIANT and is_variant
                if serves or resolve_pair(recipe.engine.pairs(), source, target):
                    yield recipe
            except EngineError as error:
                # Who names an engine wants to know why it cannot work, not another one's drafts.
                if name:
                    raise
                # A missing program is named once, with all else that is missing; one that is set up wrong at once.
                if not error.hint.startswith(_TO_INSTALL):
                    self.aim.complain(error)

    def _settings(self, engine: str) -> dict[str, Any]:
        settings = dict(self.aim.project.engine_settings(engine)) if self.aim.project else {}
        cores = self.aim.workers.cores
        return settings | ({"threads": cores} if cores else {})

    def _lessons(self, engine: EngineRecipe | None, pair: tuple[str, str]) -> Lessons | None:
        """Return what the house has taught of an engine's drafts when this run began."""
        if engine is None or self.aim.project is None or self.aim.request.dry_run:
            return None
        return lessons_for(
            self.aim.project,
            engine.engine,
            pair,
            self.cache,
            on_problem=self.aim.complain,
            ledger=self.ledger,
        )

    def _domain(self, catalog: Catalog) -> str:
        """Return what a catalog is about, as its place in the project tells."""
        if self.aim.project is None or catalog.path is None:
            return ""
        return domain_of(self.aim.project, catalog.path)

    def _fill(
        self, todo: Sequence[Todo], source: str, target: str, engine: EngineRecipe | None
    ) -> None:
        second = self.aim.request.second
        tools = Tools(
            engine,
            self.memory,
            self.glossary,
            EngineRecipe(second, self._settings(second)) if second else None,
            self.cache,
            self.aim.workers,
            self._lessons(engine, (source, target)),
            self._domain,
        )
        request = replace(self.aim.request, source=source)
        leftovers = Leftovers(self.ledger, self._drafted_with(tools, source, target))
        todo = self._new_to(leftovers, todo)
        if not todo:
            return

        def hear_failure(saved: PrefillReport) -> None:
            self.saved = saved

        def hear(drafted: Drafted) -> None:
            leftovers.hear(drafted)
            if self.aim.on_entry:
                self.aim.on_entry(drafted)

        with self.aim.track(f"{source} → {target}") as on_progress:
            report = draft(
                self._read(todo),
                tools,
                request,
                finished=self.aim.finished,
                total=sum(catalog.untranslated for catalog in todo),
                on_progress=on_progress,
                on_entry=hear,
                on_saved=leftovers.hear_saved,
                on_failure=hear_failure,
            )
        leftovers.finish()
        self.report += report

    def _new_to(self, leftovers: Leftovers, todo: Sequence[Todo]) -> list[Todo]:
        """Return the catalogs that there may be something for, and count what stays untranslated of the others."""
        # Who wants to hear of every entry hears of those that stay as they are, too.
        if self.aim.on_entry:
            return list(todo)
        new = []
        for catalog in todo:
            leftover = leftovers.of(catalog.path)
            if leftover is None:
                new.append(catalog)
            else:
                self.report += PrefillReport(left=leftover.entries, refused=leftover.refused)
        return new

    def _drafted_with(
        self, tools: Tools, source: str, target: str
    ) -> tuple[str | bytes, ...] | None:
        """Return what differs when drafts may; None for a run that is not repeated: one that tries, or brings its own."""
        project, request = self.aim.project, self.aim.request
        if project is None or request.dry_run or request.second or self.aim.finished:
            return None
        engine = engine_of(tools.engine) if tools.engine else None
        label = f"{engine.name}:{engine.version(source, target)}" if engine else ""
        return (
            *(source, target, label, str(request.only), str(request.minimum)),
            self.memory.revision if self.memory else "",
            self.ledger.digest(project.glossary_path),
            tools.lessons.digest if tools.lessons else b"",
        )

    def _read(self, todo: Iterable[Todo]) -> Iterator[Catalog]:
        """Read catalogs one after the other: those of an archive do not fit into memory."""
        for catalog in todo:
            try:
                yield Catalog.load(catalog.path)
            except CatalogError as error:
                # Damaged since it was looked at.
                self.aim.complain(error)


def _no_engine(source: str, target: str, name: str | None) -> EngineError:
    if name:
        return EngineError(
            _("engine {name} cannot translate {source} to {target} here").format(
                name=name, source=source, target=target
            ),
            hint="l10n engines list",
        )
    pair = (primary(source), primary(target))
    if are_variants(source, target):
        return EngineError(
            _("no engine here translates {source} to {target}").format(
                source=source, target=target
            ),
            hint=f"l10n prefill --engine {VARIANT}",
        )
    commands = f"l10n engines install {' '.join(pair)}"
    if set(pair) == {"en", "es"}:
        commands += _("  or: {command}").format(command="apt install apertium-eng-spa")
    return EngineError(
        _("no engine here translates {source} to {target}").format(
            source=source, target=target
        ),
        hint=commands,
    )

"""Drafting what is untranslated in many catalogs, with the engines that work here."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from l10n.catalog import Catalog
from l10n.desk.intake import is_waiting
from l10n.desk.memories import open_memory
from l10n.desk.watching import OnProblem, Track, ignore, untracked
from l10n.drafting.prefill import Drafted, DraftRequest, PrefillReport, Tools
from l10n.drafting.prefill import prefill as draft
from l10n.engines import Engine, load_engine, resolve_pair
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache, cached
from l10n.errors import ArticleError, CatalogError, EngineError, L10nError, UsageError
from l10n.glossary import Glossary
from l10n.interface import gettext as _
from l10n.languages import primary
from l10n.memory import Memory
from l10n.project import DEFAULT_ENGINES, Project, derived_folder

_TO_INSTALL = ("pip ", "apt ", "apt-get ")
"""How hints begin that say how to get what is not here."""


@dataclass(frozen=True)
class PrefillRequest(DraftRequest):
    """Which drafts are asked for, and of which engines."""

    engine: str | None = None
    """The only engine to use; None: the project's, in their order."""
    second: str | None = None
    """An engine to compare with."""
    jobs: int | None = None
    """Processor cores to use; None: all."""


@dataclass(frozen=True, slots=True)
class PrefillResult:
    """What a run of prefill did, or in a dry run would do."""

    drafts: PrefillReport
    problems: tuple[L10nError, ...] = ()
    """Catalogs that cannot be read, and engines that cannot help."""
    waiting: tuple[L10nError, ...] = ()
    """Translations that people made and that were not taken in: drafts give way to them."""

    @property
    def failed(self) -> int:
        """How many times an engine could not do what it was there for."""
        return sum(isinstance(problem, EngineError) for problem in self.problems)

    @property
    def damaged(self) -> int:
        """How many catalogs cannot be read."""
        return sum(isinstance(problem, CatalogError) for problem in self.problems)


def prefill(
    catalogs: Sequence[Path],
    request: PrefillRequest | None = None,
    *,
    project: Project | None = None,
    on_entry: Callable[[Drafted], None] | None = None,
    on_problem: OnProblem = ignore,
    track: Track = untracked,
) -> PrefillResult:
    """Draft what is untranslated, pair of locales by pair: exact and similar matches, then an engine.

    What is finished is saved at once: a run that was stopped goes on where it ended.
    """
    problems: list[L10nError] = []

    def complain(problem: L10nError) -> None:
        problems.append(problem)
        on_problem(problem)

    # All are read first: a match from any of them is exact for all others.
    readable = list(_readable(catalogs, complain))
    waiting = tuple(_waiting(project, readable, complain)) if project is not None else ()
    with ExitStack() as stack:
        run = _Run(
            request or PrefillRequest(),
            project,
            stack.enter_context(DraftCache(derived_folder(project) / DRAFTS)),
            stack.enter_context(open_memory(project, on_problem=on_problem))
            if project
            else None,
            Glossary.load(project.glossary_path) if project else Glossary(),
            complain,
            track,
            on_entry,
        )
        for (source, target), group in run.by_pair(readable).items():
            run.draft(group, source, target)
    return PrefillResult(run.report, tuple(problems), waiting)


def _readable(paths: Iterable[Path], complain: OnProblem) -> Iterator[Catalog]:
    for path in paths:
        try:
            yield Catalog.load(path)
        except CatalogError as error:
            complain(error)


def _waiting(
    project: Project, catalogs: Sequence[Catalog], complain: OnProblem
) -> Iterator[L10nError]:
    """Yield a word on each translation that people made and nobody has taken in: no engine writes better ones."""
    translations = {
        project.catalog_path(ref.slug, locale): (ref, translation)
        for ref in project.articles()
        for locale, translation in ref.translations.items()
    }
    for catalog in catalogs:
        if catalog.path not in translations:
            continue
        ref, translation = translations[catalog.path]
        try:
            if not is_waiting(catalog, ref.path, translation):
                continue
        except ArticleError as error:
            complain(error)
            continue
        yield L10nError(
            _("this translation has not been taken in; drafts give way to it"),
            path=project.relative(translation),
            hint=f"l10n align {shlex.quote(ref.slug)}",
        )


@dataclass(slots=True)
class _Run:
    """A run over catalogs of several pairs of locales."""

    request: PrefillRequest
    project: Project | None
    cache: DraftCache
    memory: Memory | None
    glossary: Glossary
    complain: OnProblem
    track: Track
    on_entry: Callable[[Drafted], None] | None
    report: PrefillReport = field(default_factory=PrefillReport)

    def by_pair(self, catalogs: Iterable[Catalog]) -> dict[tuple[str, str], list[Catalog]]:
        """Group catalogs by source and target locale; UsageError where the source is unknown."""
        groups: dict[tuple[str, str], list[Catalog]] = {}
        for catalog in catalogs:
            source = catalog.source_locale or self.request.source
            if source is None and self.project:
                source = self.project.source
            if source is None:
                raise UsageError(
                    _("the catalog does not say its source locale"),
                    path=catalog.path,
                    hint="l10n prefill --from LOCALE …",
                )
            groups.setdefault((source, catalog.target_locale), []).append(catalog)
        return groups

    def draft(self, catalogs: Sequence[Catalog], source: str, target: str) -> None:
        """Draft catalogs of one pair with the first engine that works; the memory alone without any."""
        before = self.report
        failed = False
        for engine in self._engines(source, target):
            try:
                self._fill(catalogs, source, target, engine)
            except EngineError as error:
                # What the memory gave is saved; the next engine takes what is left.
                self.complain(error)
                self.report = before
                failed = True
            else:
                return
        self._fill(catalogs, source, target, None)
        # An engine that is here and fails has said why: to install it again is no advice.
        if self.request.only != "tm" and self.report.left > before.left and not failed:
            self.complain(_no_engine(source, target, self.request.engine))

    def _engines(self, source: str, target: str) -> Iterator[Engine]:
        """Yield the engines that can do a pair here, each made when it is its turn."""
        if self.request.only == "tm":
            return
        name = self.request.engine
        names = (name,) if name else self.project.engines if self.project else DEFAULT_ENGINES
        for candidate in names:
            try:
                engine = load_engine(candidate, self._settings(candidate))
                if resolve_pair(engine.pairs(), source, target):
                    yield cached(engine, self.cache)
            except EngineError as error:
                # Who names an engine wants to know why it cannot work, not another one's drafts.
                if name:
                    raise
                # A missing program is named once, with all else that is missing; one that is set up wrong at once.
                if not error.hint.startswith(_TO_INSTALL):
                    self.complain(error)

    def _settings(self, engine: str) -> dict[str, Any]:
        settings = dict(self.project.engine_settings(engine)) if self.project else {}
        return settings | ({"threads": self.request.jobs} if self.request.jobs else {})

    def _fill(
        self, catalogs: Sequence[Catalog], source: str, target: str, engine: Engine | None
    ) -> None:
        second = self.request.second
        tools = Tools(
            engine,
            self.memory,
            self.glossary,
            load_engine(second, self._settings(second)) if second else None,
            self.cache,
        )
        request = replace(self.request, source=source)
        with self.track(f"{source} → {target}") as on_progress:
            report = draft(
                catalogs, tools, request, on_progress=on_progress, on_entry=self.on_entry
            )
        self.report = self.report + report


def _no_engine(source: str, target: str, name: str | None) -> EngineError:
    if name:
        return EngineError(
            _("engine {name} cannot translate {source} to {target} here").format(
                name=name, source=source, target=target
            ),
            hint="l10n engines list",
        )
    pair = (primary(source), primary(target))
    commands = f"l10n engines install {' '.join(pair)}"
    if set(pair) == {"en", "es"}:
        commands += _("  or: {command}").format(command="apt install apertium-eng-spa")
    return EngineError(
        _("no engine here translates {source} to {target}").format(
            source=source, target=target
        ),
        hint=commands,
    )

"""Drafting what is untranslated in many catalogs, with the engines that work here."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from l10n.catalog import Catalog
from l10n.catalog.facts import CatalogFacts, facts_of, note_facts, recall_facts
from l10n.desk.intake import is_waiting
from l10n.desk.lessons import lessons_for
from l10n.desk.memories import open_memory
from l10n.desk.watching import OnProblem, Track, ignore, untracked
from l10n.drafting.house import domain_of
from l10n.drafting.lessons.lessons import Lessons
from l10n.drafting.matches import finished_in
from l10n.drafting.prefill import (
    Drafted,
    DraftRequest,
    PrefillReport,
    Tools,
)
from l10n.drafting.prefill import prefill as draft
from l10n.engines import NO_ENGINE, EngineRecipe, resolve_pair
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache
from l10n.engines.variant import NAME as VARIANT
from l10n.engines.variant import are_variants
from l10n.errors import ArticleError, CatalogError, EngineError, L10nError, UsageError
from l10n.glossary import Glossary
from l10n.interface import gettext as _
from l10n.languages import primary
from l10n.ledger import Ledger
from l10n.memory import Memory
from l10n.model import Match
from l10n.project import DEFAULT_ENGINES, ArticleRef, Project, derived_folder
from l10n.workers import ALONE, Workers

_TO_INSTALL = ("pip ", "apt ", "apt-get ")
"""How hints begin that say how to get what is not here."""


@dataclass(frozen=True)
class PrefillRequest(DraftRequest):
    """Which drafts are asked for, and of which engines."""

    engine: str | None = None
    """The only engine to use; None: the project's, in their order."""
    second: str | None = None
    """An engine to compare with."""


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
    workers: Workers = ALONE,
) -> PrefillResult:
    """Draft what is untranslated, pair of locales by pair: exact and similar matches, then an engine.

    What is finished is saved at once: a run that was stopped goes on where it ended.
    """
    problems: list[L10nError] = []

    def complain(problem: L10nError) -> None:
        problems.append(problem)
        on_problem(problem)

    request = request or PrefillRequest()
    inspected = _Inspected()
    with Ledger.open(derived_folder(project)) as ledger:
        inspected.read(catalogs, project, request, complain, ledger)
    if not inspected.by_pair:
        # Neither the memory nor an engine is loaded for nothing.
        return PrefillResult(PrefillReport(), tuple(problems), tuple(inspected.waiting))
    with ExitStack() as stack:
        run = _Run(
            request,
            project,
            stack.enter_context(DraftCache(derived_folder(project) / DRAFTS)),
            stack.enter_context(open_memory(project, on_problem=on_problem))
            if project
            else None,
            Glossary.load(project.glossary_path) if project else Glossary(),
            inspected.finished,
            complain,
            track,
            on_entry,
            workers,
            stack.enter_context(Ledger.open(derived_folder(project))),
        )
        for (source, target), group in inspected.by_pair.items():
            run.draft(group, source, target)
    return PrefillResult(run.report, tuple(problems), tuple(inspected.waiting))


@dataclass(frozen=True, slots=True)
class _Todo:
    """A catalog that has something to draft."""

    path: Path
    untranslated: int


@dataclass(slots=True)
class _Inspected:
    """What the catalogs of a run hold; they themselves are read again when it is their turn."""

    by_pair: dict[tuple[str, str], list[_Todo]] = field(default_factory=dict)
    finished: dict[tuple[str, str], Match] = field(default_factory=dict)
    """Translations of catalogs that the memory of the project does not have."""
    waiting: list[L10nError] = field(default_factory=list)

    def read(
        self,
        paths: Iterable[Path],
        project: Project | None,
        request: PrefillRequest,
        complain: OnProblem,
        ledger: Ledger,
    ) -> None:
        """Look at catalog after catalog; UsageError where the source locale of one is unknown."""
        translations = _translations(project) if project is not None else {}
        for path in paths:
            try:
                facts = self.facts(path, project, ledger)
            except CatalogError as error:
                complain(error)
                continue
            if project is not None and path in translations:
                ref, translation = translations[path]
                try:
                    if is_waiting(facts, ref.path, translation, ledger):
                        self.waiting.append(_not_taken_in(project, ref, translation))
                except ArticleError as error:
                    complain(error)
            source = facts.source_locale or request.source or (project and project.source)
            if not source:
                raise UsageError(
                    _("the catalog does not say its source locale"),
                    path=path,
                    hint="l10n prefill --from LOCALE …",
                )
            if facts.to_draft:
                pair = (source, facts.target_locale)
                self.by_pair.setdefault(pair, []).append(_Todo(path, facts.to_draft))

    def facts(self, path: Path, project: Project | None, ledger: Ledger) -> CatalogFacts:
        """Return the facts of a catalog, which is read only where they are not known; CatalogError for one that cannot be."""
        if project is not None and project.slug_of_catalog(path) is not None:
            facts = recall_facts(path, ledger)
            return facts or note_facts(Catalog.load(path), ledger)
        catalog = Catalog.load(path)
        # A match from any catalog is exact for all others, and the memory of the project does not have this one.
        for key, match in finished_in([catalog]).items():
            if key not in self.finished or match.reviewed > self.finished[key].reviewed:
                self.finished[key] = match
        return facts_of(catalog)


def _translations(project: Project) -> dict[Path, tuple[ArticleRef, Path]]:
    """Return the articles that people have translated, with the translation, by their catalogs."""
    return {
        project.catalog_path(ref.slug, locale): (ref, translation)
        for ref in project.articles()
        for locale, translation in ref.translations.items()
    }


def _not_taken_in(project: Project, ref: ArticleRef, translation: Path) -> L10nError:
    """Return a word on a translation that people made and nobody has taken in: no engine writes better ones."""
    return L10nError(
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
    finished: Mapping[tuple[str, str], Match]
    complain: OnProblem
    track: Track
    on_entry: Callable[[Drafted], None] | None
    workers: Workers
    ledger: Ledger
    report: PrefillReport = field(default_factory=PrefillReport)

    def draft(self, catalogs: Sequence[_Todo], source: str, target: str) -> None:
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
        if not self.is_without_engine and self.report.left > before.left and not failed:
            self.complain(_no_engine(source, target, self.request.engine))

    @property
    def is_without_engine(self) -> bool:
        """Whether nobody wants a machine to translate."""
        return self.request.only == "tm" or self.request.engine == NO_ENGINE

    def _engines(self, source: str, target: str) -> Iterator[EngineRecipe]:
        """Yield the engines that can do a pair here, each made when it is its turn."""
        if self.is_without_engine:
            return
        name = self.request.engine
        names = (name,) if name else self.project.engines if self.project else DEFAULT_ENGINES
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
                    self.complain(error)

    def _settings(self, engine: str) -> dict[str, Any]:
        settings = dict(self.project.engine_settings(engine)) if self.project else {}
        cores = self.workers.cores
        return settings | ({"threads": cores} if cores else {})

    def _lessons(self, engine: EngineRecipe | None, pair: tuple[str, str]) -> Lessons | None:
        """Return what the house has taught of an engine's drafts when this run began."""
        if engine is None or self.project is None or self.request.dry_run:
            return None
        return lessons_for(
            self.project, engine.engine, pair, self.cache, on_problem=self.complain
        )

    def _domain(self, catalog: Catalog) -> str:
        """Return what a catalog is about, as its place in the project tells."""
        if self.project is None or catalog.path is None:
            return ""
        return domain_of(self.project, catalog.path)

    def _fill(
        self, todo: Sequence[_Todo], source: str, target: str, engine: EngineRecipe | None
    ) -> None:
        second = self.request.second
        tools = Tools(
            engine,
            self.memory,
            self.glossary,
            EngineRecipe(second, self._settings(second)) if second else None,
            self.cache,
            self.workers,
            self._lessons(engine, (source, target)),
            self._domain,
        )
        request = replace(self.request, source=source)
        saved = _Saved(self.ledger)
        with self.track(f"{source} → {target}") as on_progress:
            report = draft(
                self._read(todo),
                tools,
                request,
                finished=self.finished,
                total=sum(catalog.untranslated for catalog in todo),
                on_progress=on_progress,
                on_entry=self.on_entry,
                on_saved=saved.hear,
            )
        saved.finish()
        self.report = self.report + report

    def _read(self, todo: Iterable[_Todo]) -> Iterator[Catalog]:
        """Read catalogs one after the other: those of an archive do not fit into memory."""
        for catalog in todo:
            try:
                yield Catalog.load(catalog.path)
            except CatalogError as error:
                # Damaged since it was looked at.
                self.complain(error)


class _Saved:
    """Notes the facts of catalogs once nothing more goes into them: they are drafted one after the other."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._last: Catalog | None = None

    def hear(self, catalog: Catalog) -> None:
        """Hear that drafts were saved."""
        if self._last is not catalog:
            self.finish()
        self._last = catalog

    def finish(self) -> None:
        """Note the last one too."""
        if self._last is not None:
            note_facts(self._last, self._ledger)
        self._last = None


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

"""Drafting what is untranslated in many catalogs, with the engines that work here."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from l10n.catalog.facts import CatalogFacts, facts_of, note_facts, recall_facts
from l10n.desk.intake import is_waiting
from l10n.desk.prefilled import PrefillRequest, PrefillResult, Todo
from l10n.desk.watching import OnProblem, Track, ignore, untracked
from l10n.drafting.report import Drafted, PrefillReport
from l10n.errors import ArticleError, CatalogError, L10nError, UsageError
from l10n.interface import gettext as _
from l10n.ledger import Ledger, ledger_of
from l10n.model import Match
from l10n.project import ArticleRef, Project, derived_folder
from l10n.workers import ALONE, Workers


def prefill(
    catalogs: Sequence[Path],
    request: PrefillRequest | None = None,
    *,
    project: Project | None = None,
    on_entry: Callable[[Drafted], None] | None = None,
    on_problem: OnProblem = ignore,
    track: Track = untracked,
    workers: Workers = ALONE,
    shared: Ledger | None = None,
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
    with ledger_of(derived_folder(project), shared) as ledger:
        inspected.read(catalogs, project, request, complain, ledger)
    if not inspected.by_pair:
        # Neither the memory nor an engine is loaded for nothing.
        return PrefillResult(PrefillReport(), tuple(problems), tuple(inspected.waiting))
    from l10n.desk.draft_run import Aim, draft_all  # noqa: PLC0415 - memory, engines and what they need load slowly

    aim = Aim(request, project, inspected.finished, complain, track, on_entry, workers, shared)
    report = draft_all(inspected.by_pair, aim)
    return PrefillResult(report, tuple(problems), tuple(inspected.waiting))


@dataclass(slots=True)
class _Inspected:
    """What the catalogs of a run hold; they themselves are read again when it is their turn."""

    by_pair: dict[tuple[str, str], list[Todo]] = field(default_factory=dict)
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
                self.by_pair.setdefault(pair, []).append(Todo(path, facts.to_draft))

    def facts(self, path: Path, project: Project | None, ledger: Ledger) -> CatalogFacts:
        """Return the facts of a catalog, which is read only where they are not known; CatalogError for one that cannot be."""
        if project is not None and project.slug_of_catalog(path) is not None:
            if facts := recall_facts(path, ledger):
                return facts
            from l10n.catalog import Catalog  # noqa: PLC0415 - as below

            return note_facts(Catalog.load(path), ledger)
        from l10n.catalog import Catalog  # noqa: PLC0415 - as below
        from l10n.drafting.matches import finished_in  # noqa: PLC0415 - as below

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

"""Every article the whole road, stage after stage: update, align, prefill, check, publish."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from l10n.checks.run import Report
from l10n.desk.aligned import Aligned, AlignReport, AlignRequest
from l10n.desk.checking import check_catalogs
from l10n.desk.pairs import Pair, is_pair_waiting, pairs_of, reports_folder
from l10n.desk.prefilled import PrefillRequest, PrefillResult
from l10n.desk.prefilling import prefill
from l10n.desk.publishing import publish
from l10n.desk.renaming import Move
from l10n.desk.updating import CatalogUpdate, UpdateReport, update
from l10n.desk.watching import OnProgress, untracked
from l10n.engines import NO_ENGINE
from l10n.errors import L10nError
from l10n.export import ExportReport
from l10n.interface import N_
from l10n.ledger import Ledger
from l10n.project import ArticleRef, Project
from l10n.project.meant import Meant, select_pages
from l10n.workers import ALONE, Workers


class Stage(Enum):
    """A stage of a build, by its name for people."""

    UPDATE = N_("Update")
    ALIGN = N_("Align")
    PREFILL = N_("Prefill")
    CHECK = N_("Check")
    EXPORT = N_("Export")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What every stage of a build did."""

    update: UpdateReport
    align: AlignReport
    prefill: PrefillResult
    check: Report
    export: ExportReport

    @property
    def is_complete(self) -> bool:
        """Whether every stage could do all of its work; what the check found is not judged."""
        return not (
            self.update.problems
            or self.align.problems
            or self.prefill.damaged
            or self.check.damaged
            or self.export.failed
        )


StageReport = UpdateReport | AlignReport | PrefillResult | Report | ExportReport


class BuildWatcher:
    """Hears of a build while it goes on; this one keeps it to itself."""

    def begins(self, stage: Stage) -> None:
        """Hear that a stage begins."""

    def ends(self, report: StageReport) -> None:
        """Hear what the stage that ends did."""

    def updates(self, result: CatalogUpdate) -> None:
        """Hear of a catalog that was merged."""

    def moves(self, move: Move) -> None:
        """Hear of a catalog that followed its article to another name."""

    def aligns(self, result: Aligned) -> None:
        """Hear of a pair that was aligned."""

    def complains(self, problem: L10nError) -> None:
        """Hear of what cannot be done, while the rest goes on."""

    def tracks(self, label: str) -> AbstractContextManager[OnProgress]:
        """Begin to tell how far a piece of work is."""
        return untracked(label)


def build(
    project: Project,
    names: Sequence[str] = (),
    *,
    engine: str | None = None,
    drafts: bool | None = None,
    watcher: BuildWatcher | None = None,
    workers: Workers = ALONE,
) -> BuildReport:
    """Take every article, or those that are named, the whole road: update, align what is new, prefill, check, export.

    An existing translation goes into entries that no person has put anything into, and into no others.
    """
    with Ledger.open(project.derived) as ledger:
        # Every stage works at the articles that are here now.
        run = _Run(project.with_census(), watcher or BuildWatcher(), workers, ledger)
        return run.report(names, engine, drafts=drafts)


@dataclass(frozen=True, slots=True)
class _Run:
    """The stages of one build, and what they share."""

    project: Project
    watcher: BuildWatcher
    workers: Workers
    ledger: Ledger

    def report(
        self, names: Sequence[str], engine: str | None, *, drafts: bool | None
    ) -> BuildReport:
        """Run every stage, and return what they did."""
        project, watcher = self.project, self.watcher
        meant = select_pages(names, project)
        updated = self.update(meant)
        alike = frozenset(resemblance.path for resemblance in updated.resemblances)
        refs = [
            ref
            for ref in project.articles()
            if ref.path not in alike and meant.has_article(ref.slug)
        ]
        watcher.begins(Stage.ALIGN)
        pairs = [
            pair
            for pair in _pairs_to_align(project, refs, self.ledger)
            if meant.includes(pair.slug, pair.target_locale)
        ]
        aligned = self.align(pairs, engine) if pairs else AlignReport()
        watcher.ends(aligned)
        watcher.begins(Stage.PREFILL)
        drafted = prefill(
            _catalogs(project, refs, meant),
            PrefillRequest(engine=engine),
            project=project,
            on_problem=watcher.complains,
            track=watcher.tracks,
            workers=self.workers,
            shared=self.ledger,
        )
        watcher.ends(drafted)
        watcher.begins(Stage.CHECK)
        checked = check_catalogs(
            project,
            self.workers,
            None if meant.is_everything else _catalogs(project, refs, meant),
            self.ledger,
        )
        watcher.ends(checked)
        watcher.begins(Stage.EXPORT)
        exported = publish(
            project,
            names,
            drafts=drafts,
            without=alike,
            workers=self.workers,
            shared=self.ledger,
        )
        watcher.ends(exported)
        return BuildReport(updated, aligned, drafted, checked, exported)

    def update(self, meant: Meant) -> UpdateReport:
        """Bring the catalogs up to the articles that are meant."""
        watcher = self.watcher
        watcher.begins(Stage.UPDATE)
        updated = update(
            self.project,
            None
            if meant.is_everything
            else [ref for ref in self.project.articles() if meant.has_article(ref.slug)],
            on_catalog=watcher.updates,
            on_problem=watcher.complains,
            on_move=watcher.moves,
            shared=self.ledger,
        )
        watcher.ends(updated)
        return updated

    def align(self, pairs: Sequence[Pair], engine: str | None) -> AlignReport:
        """Take in the translations of these pairs."""
        # Loads numpy, which a build that has nothing to align does not need.
        from l10n.desk.aligning import align  # noqa: PLC0415

        return align(
            pairs,
            AlignRequest(engine=engine) if engine == NO_ENGINE else None,
            project=self.project,
            reports=reports_folder(self.project),
            on_aligned=self.watcher.aligns,
            on_problem=self.watcher.complains,
            workers=self.workers,
        )


def _pairs_to_align(project: Project, refs: Sequence[ArticleRef], ledger: Ledger) -> list[Pair]:
    """Return the existing translations that no catalog has taken in, and those whose report is not up to date."""
    pairs = []
    for pair in pairs_of(project, refs):
        if is_pair_waiting(pair, ledger):
            pairs.append(pair)
        elif _is_behind(project, pair):
            # Only the report is written.
            pairs.append(replace(pair, catalog=None))
    return pairs


def _is_behind(project: Project, pair: Pair) -> bool:
    report = reports_folder(project) / pair.report_name
    newest = max(pair.source.stat().st_mtime_ns, pair.target.stat().st_mtime_ns)
    return not report.exists() or report.stat().st_mtime_ns < newest


def _catalogs(project: Project, refs: Sequence[ArticleRef], meant: Meant) -> list[Path]:
    places = (
        project.catalog_path(ref.slug, target)
        for ref in refs
        for target in project.targets_of(ref)
        if meant.includes(ref.slug, target)
    )
    return [path for path in places if path.exists()]

"""Checking catalogs: which are meant, by which project's criteria, and whether CI should stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.checks.cache import Cache
from l10n.checks.rules.structure import COMPLETENESS, WHOLE
from l10n.checks.run import (
    Report,
    Scope,
    check_files,
    check_project,
    criteria_by_catalog,
    join_reports,
)
from l10n.errors import CatalogError, ProjectError, UsageError
from l10n.ledger import Ledger, ledger_of
from l10n.model import Finding, Severity
from l10n.project import FailOn, Project, by_project, derived_folder, select_catalogs
from l10n.project.outputs import refuse_project_file
from l10n.workers import ALONE, Workers

if TYPE_CHECKING:
    from l10n.checks.fixes import Mended


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What is to be checked, and how."""

    only: tuple[str, ...] = ()
    """Rules; `completeness` counts and looks at no entry. Empty: every rule that is not off."""
    drafts: bool = False
    """Whether the rules apply to drafts too."""
    min_translated: float | None = None
    """Percent, instead of what the project says."""
    min_reviewed: float | None = None
    fail_on: FailOn | None = None
    """From which severity on a finding is a failure; None: as the project says."""
    since: str | None = None
    """Only what changed since a branch left this git revision."""
    no_worse_than: str | None = None
    """Git revision that no catalog may be less complete than."""
    baseline: Path | None = None
    """File of findings that are known and left out."""
    write_baseline: Path | None = None
    """File in which the findings are written as known."""
    use_cache: bool = True


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check came to."""

    report: Report
    failures: tuple[Finding, ...]
    """The findings that CI should stop for."""
    newly_known: int | None = None
    """Findings that were written as known; None where nothing was to be written."""


@dataclass(frozen=True, slots=True)
class Group:
    """Catalogs, and the project they belong to."""

    project: Project | None
    paths: Sequence[Path]


@dataclass(frozen=True, slots=True)
class CheckPlan:
    """The catalogs that are meant, and the scope in which they are checked; nothing was checked yet."""

    request: CheckRequest
    root: Path
    scope: Scope
    groups: tuple[Group, ...]

    def report(self, workers: Workers = ALONE, shared: Ledger | None = None) -> Report:
        """Check the catalogs, by their projects' criteria, or by their headers alone; known findings are among them."""
        reports = [self._checked(group, workers, shared) for group in self.groups]
        return join_reports(reports, self.root)

    def check(self, workers: Workers = ALONE) -> CheckResult:
        """Check the catalogs, and tell which findings stop CI, and which are known."""
        report = self.report(workers)
        newly_known = None
        file = self.request.write_baseline or self.request.baseline
        if file is not None:
            from l10n.checks import baseline  # noqa: PLC0415 - rarely needed

            if self.request.write_baseline is not None:
                newly_known = baseline.write_baseline(report, file)
            report = baseline.without_known(report, baseline.read_baseline(file))
        return CheckResult(report, tuple(self._failures(report.findings)), newly_known)

    def mendings(self, *, include_reviewed: bool = False) -> Iterator[Mended]:
        """Yield the catalogs that have texts with a safe fix, mended in memory; `catalog.save()` writes one."""
        from l10n.checks.fixes import mend  # noqa: PLC0415 - rarely needed

        for group in self.groups:
            for path, criteria in criteria_by_catalog(group.project, group.paths, self.scope):
                try:
                    mended = mend(path, criteria, include_reviewed=include_reviewed)
                except CatalogError:
                    continue  # the check that follows says it, and how to go on
                if mended.texts:
                    yield mended

    def _checked(self, group: Group, workers: Workers, shared: Ledger | None) -> Report:
        request = self.request
        folder = derived_folder(group.project) if request.use_cache else None
        with ledger_of(folder, shared) as ledger:
            cache = Cache(ledger) if request.use_cache else None
            if group.project is None:
                return check_files(group.paths, scope=self.scope, cache=cache, workers=workers)
            return check_project(
                group.project,
                catalogs=group.paths,
                scope=self.scope,
                cache=cache,
                workers=workers,
            )

    def _failures(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        projects = [group.project for group in self.groups if group.project]
        for finding in findings:
            limit = self.request.fail_on or _fail_on(finding.path, projects)
            if limit != "never" and finding.severity.rank >= Severity(limit).rank:
                yield finding


def plan_check(
    names: Sequence[str | Path] = (),
    request: CheckRequest | None = None,
    *,
    project: Project | None = None,
) -> CheckPlan:
    """Find out what a check of locales, articles, catalogs or folders is about; of the whole project without any.

    Raises UsageError for what is none of these and for an unknown rule, ProjectError for a rule that a
    project file names and nobody knows.
    """
    request = request or CheckRequest()
    if request.write_baseline is not None:
        refuse_project_file(request.write_baseline)
    if project is None and not names:
        project = Project.find()
    root = project.root if project else Path.cwd()
    changed, base = _revisions(request, root)
    scope = Scope(
        only=_rules(request.only),
        drafts=request.drafts,
        min_translated=request.min_translated,
        min_reviewed=request.min_reviewed,
        whole=not names,
        changed=changed,
        base=base,
    )
    paths = select_catalogs([str(name) for name in names], project)
    groups = by_project(paths, project) if names else [(project, paths)]
    if not scope.counts_only:
        for owner, _paths in groups:
            _refuse_unknown_rules(owner)
    return CheckPlan(request, root, scope, tuple(Group(*group) for group in groups))


def check_catalogs(
    project: Project,
    workers: Workers = ALONE,
    catalogs: Sequence[Path] | None = None,
    shared: Ledger | None = None,
) -> Report:
    """Check some catalogs of a project, or every one; a rule that nobody knows stops nothing."""
    group = Group(project, project.catalogs() if catalogs is None else catalogs)
    return CheckPlan(CheckRequest(), project.root, Scope(), (group,)).report(workers, shared)


def check(
    names: Sequence[str | Path] = (),
    request: CheckRequest | None = None,
    *,
    project: Project | None = None,
    workers: Workers = ALONE,
) -> CheckResult:
    """Check locales, articles, catalogs or folders; the whole project without any."""
    return plan_check(names, request, project=project).check(workers)


def _rules(names: Sequence[str]) -> frozenset[str]:
    if set(names) <= {"completeness"}:
        # The rules of single texts take longer to load than counting takes.
        return COMPLETENESS if names else frozenset()
    from l10n.checks.rulebook import select_rules  # noqa: PLC0415

    return select_rules(names)


def _refuse_unknown_rules(project: Project | None) -> None:
    names = project.check.rule_names if project else frozenset()
    if project is None or names <= WHOLE.keys():
        # The rules of single texts take longer to load than a warm check takes.
        return
    from l10n.checks.rulebook import find_rule  # noqa: PLC0415
    from l10n.project.toml_lines import line_of  # noqa: PLC0415

    for name in sorted(names):
        try:
            find_rule(name)
        except UsageError as error:
            line = line_of(project.file, name)
            raise ProjectError(
                error.message, path=project.file, line=line, hint=error.hint
            ) from error


def _revisions(request: CheckRequest, root: Path) -> tuple[frozenset[Path] | None, str]:
    """Return the files that changed since a revision, None for all, and the commit to compare with."""
    if request.since is None and request.no_worse_than is None:
        return None, ""
    from l10n.checks.revisions import changed_since, merge_base  # noqa: PLC0415 - rarely needed

    return (
        None if request.since is None else changed_since(root, request.since),
        "" if request.no_worse_than is None else merge_base(root, request.no_worse_than),
    )


def _fail_on(path: Path | None, projects: Iterable[Project]) -> FailOn:
    """Return from which severity on the innermost project around a file wants its checks to fail."""
    if path is None:
        return "error"
    around = [project for project in projects if path.is_relative_to(project.root)]
    project = max(around, key=lambda candidate: len(candidate.root.parts), default=None)
    if project is None:
        return "error"
    return project.fail_on(
        project.target_of_catalog(path) or "", project.slug_of_catalog(path) or ""
    )

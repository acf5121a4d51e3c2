"""Check many catalogs, by whatever workers there are, with what is remembered from the last time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.checks.completeness import (
    article_findings,
    compare,
    language_findings,
    ratchet_findings,
    setting_findings,
    staleness_findings,
    threshold_findings,
)
from l10n.checks.outcome import Comparison, Damage, Outcome
from l10n.checks.rules.consistency import Indexed, consistency_findings
from l10n.checks.rules.structure import COMPLETENESS, WHOLE
from l10n.errors import ArticleError, CatalogError
from l10n.files import read_bytes
from l10n.model import Counts, Finding, Severity
from l10n.project import RESERVED_SLUG, ArticleRef, Project, Thresholds
from l10n.project.files import path_below
from l10n.project.judging import OUTSIDE, Criteria, criteria
from l10n.workers import ALONE, Workers

if TYPE_CHECKING:
    from l10n.checks.cache import Cache
    from l10n.checks.examine import Aids


@dataclass(frozen=True, slots=True)
class CatalogReport:
    """What was found in one catalog."""

    path: Path
    locale: str
    article: str | None
    """Path of its article below the project's root; None outside a project."""
    counts: Counts
    findings: tuple[Finding, ...] = ()
    damage: Damage | None = None
    """When the file cannot be read."""
    is_orphan: bool = False
    """Whether no article of its project belongs to it, so that nothing of it is published."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a project, or in the catalogs that were named."""

    root: Path
    """Folder that paths are told from."""
    catalogs: tuple[CatalogReport, ...]
    """Ordered by path."""
    findings: tuple[Finding, ...]
    """Of catalogs and of the project, ordered by path and line."""
    hidden: int = 0
    """Findings that a baseline knows and that are left out."""

    @property
    def totals(self) -> Counts:
        """The counts of all catalogs together; of what belongs to no article nothing is published, and nothing counts."""
        return self.total(*{catalog.locale for catalog in self.catalogs})

    def total(self, *locales: str) -> Counts:
        """Return the counts of all catalogs of some locales together."""
        counted = (
            catalog.counts
            for catalog in self.catalogs
            if catalog.locale in locales and not catalog.is_orphan
        )
        return sum(counted, Counts())

    @property
    def damaged(self) -> tuple[CatalogReport, ...]:
        """The catalogs that could not be read."""
        return tuple(catalog for catalog in self.catalogs if catalog.damage is not None)


def join_reports(reports: Sequence[Report], root: Path) -> Report:
    """Return the reports of several projects as one, its paths told from a folder."""
    return Report(
        root,
        tuple(
            sorted(
                (catalog for report in reports for catalog in report.catalogs),
                key=lambda catalog: str(catalog.path),
            )
        ),
        _ordered(finding for report in reports for finding in report.findings),
    )


@dataclass(frozen=True, slots=True)
class Task:
    """A catalog to check, and what is asked of it."""

    path: Path
    criteria: Criteria
    thresholds: Thresholds
    article: ArticleRef | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be checked, and how."""

    only: frozenset[str] = frozenset()
    """Rules; empty means every rule that is not off."""
    drafts: bool = False
    min_translated: float | None = None
    """Instead of the project's thresholds."""
    min_reviewed: float | None = None
    whole: bool = True
    """True when every catalog of the project is meant: articles without a catalog are findings."""
    changed: frozenset[Path] | None = None
    """Only catalogs that are among these files, or whose article is; None: all."""
    base: str = ""
    """Commit that no catalog may be worse than; empty: none."""

    @property
    def counts_only(self) -> bool:
        """True when no entry has to be looked at."""
        return bool(self.only) and self.only <= COMPLETENESS

    def applied_to(self, judged: Criteria) -> Criteria:
        """Return how a catalog is judged in this scope."""
        return replace(judged, only=self.only, drafts=self.drafts, counts_only=self.counts_only)


def check_project(
    project: Project,
    *,
    catalogs: Sequence[Path] | None = None,
    scope: Scope = Scope(),
    cache: Cache | None = None,
    workers: Workers = ALONE,
) -> Report:
    """Check a project's catalogs, or those named, and their articles."""
    refs = {ref.slug: ref for ref in project.articles()}
    paths = project.catalogs() if catalogs is None else catalogs
    tasks = list(_meant_tasks(project, paths, refs, scope))
    report = run(tasks, project.root, scope, cache=cache, workers=workers)
    if scope.counts_only or not scope.whole:
        return report
    articles = [
        ref for ref in refs.values() if scope.changed is None or ref.path in scope.changed
    ]
    present = frozenset(task.path for task in tasks)
    slugs = {*refs, *(task.slug for task in tasks if task.slug)}
    if scope.changed is not None:
        slugs |= set(filter(None, map(project.slug_of_catalog, paths)))
    more = (
        *article_findings(project, articles, scope.only, present),
        *setting_findings(project, slugs, scope.only),
    )
    return replace(report, findings=_ordered((*report.findings, *more)))


def _is_meant(task: Task, project: Project, changed: frozenset[Path]) -> bool:
    """Whether a catalog or its article is among the changed files.

    A catalog whose article is gone is meant when the article's old place is among them.
    """
    if task.path in changed:
        return True
    if task.article is not None:
        return task.article.path in changed
    locations = (location for path in changed if (location := project.locate(path)) is not None)
    return any(location.place.slug(location.relative) == task.slug for location in locations)


def criteria_by_catalog(
    project: Project | None, paths: Sequence[Path], scope: Scope
) -> Iterator[tuple[Path, Criteria]]:
    """Yield how each of some catalogs is to be judged."""
    if project is None:
        yield from ((path, scope.applied_to(OUTSIDE)) for path in paths)
        return
    refs = {ref.slug: ref for ref in project.articles()}
    for task in _meant_tasks(project, paths, refs, scope):
        yield task.path, task.criteria


def check_files(
    paths: Sequence[Path],
    *,
    scope: Scope = Scope(),
    cache: Cache | None = None,
    workers: Workers = ALONE,
) -> Report:
    """Check catalogs that belong to no project; their headers tell the locales."""
    thresholds = _thresholds(Thresholds(min_translated=0), scope)
    judged = scope.applied_to(OUTSIDE)
    changed = scope.changed
    tasks = [
        Task(path, judged, thresholds) for path in paths if changed is None or path in changed
    ]
    return run(tasks, Path.cwd(), scope, cache=cache, workers=workers)


def _meant_tasks(
    project: Project, paths: Iterable[Path], refs: Mapping[str, ArticleRef], scope: Scope
) -> Iterator[Task]:
    """Yield what is asked of those catalogs of a project that are meant."""
    judge = _Judge(project, scope)
    for path in paths:
        slug = project.slug_of_catalog(path)
        task = judge.task(path, slug, refs.get(slug or ""))
        if scope.changed is None or _is_meant(task, project, scope.changed):
            yield task


_MOST_JUDGED = 1_000
"""Ways of judging that are remembered: as many as there are articles where the project file speaks of each."""


class _Judge:
    """Knows how catalogs of a project are judged: of one locale nearly all alike."""

    def __init__(self, project: Project, scope: Scope) -> None:
        self._project = project
        self._scope = scope
        self._judged = lru_cache(maxsize=_MOST_JUDGED)(self._criteria_and_thresholds)

    def task(self, path: Path, slug: str | None, ref: ArticleRef | None) -> Task:
        """Return what is asked of one catalog."""
        project = self._project
        locale = project.target_of_catalog(path) or ""
        name = slug
        if slug and slug != RESERVED_SLUG and not project.is_judged_apart(slug):
            # Like every other article of which the project file says nothing.
            name = ""
        source = ref.locale if ref is not None else None
        return Task(path, *self._judged(locale, name, source), ref, slug)

    def _criteria_and_thresholds(
        self, locale: str, slug: str | None, source: str | None
    ) -> tuple[Criteria, Thresholds]:
        judged = self._scope.applied_to(criteria(self._project, locale, slug, source))
        thresholds = self._project.thresholds(locale, slug or "")
        return judged, _thresholds(thresholds, self._scope)


def run(
    tasks: Sequence[Task],
    root: Path,
    scope: Scope,
    *,
    cache: Cache | None = None,
    workers: Workers = ALONE,
) -> Report:
    """Examine catalogs and judge what was found."""
    outcomes = _examine_all(tasks, cache, workers)
    reports = tuple(
        _judge(task, outcome, root, scope, cache)
        for task, outcome in zip(tasks, outcomes, strict=True)
    )
    ordered = tuple(sorted(reports, key=lambda report: str(report.path)))
    findings = [finding for report in ordered for finding in report.findings]
    if scope.base:
        findings += _weighed_ratchet(ordered, tasks, root, scope)
    if not scope.counts_only:
        findings += _consistency(tasks, outcomes, scope, cache)
    return Report(root, ordered, _ordered(findings))


def _weighed_ratchet(
    reports: Sequence[CatalogReport], tasks: Sequence[Task], root: Path, scope: Scope
) -> list[Finding]:
    from l10n.checks.revisions import contents_at  # noqa: PLC0415 - only where it is asked for

    base = contents_at(root, scope.base, [report.path for report in reports])
    severities = {task.path: dict(task.criteria.severities) for task in tasks}
    return [
        weighed
        for report in reports
        if report.damage is None and report.path in base
        for finding in ratchet_findings(report.path, report.counts, base[report.path])
        if (weighed := _weigh(finding, severities[report.path], scope.only))
    ]


def _consistency(
    tasks: Sequence[Task], outcomes: Sequence[Outcome], scope: Scope, cache: Cache | None
) -> list[Finding]:
    severities = {
        rule: _general_severity(rule, tasks, scope) for rule in ("inconsistent", "reused")
    }
    # Both rules are off: nothing is compared.
    if not any(severities.values()):
        return []
    catalogs = [
        Indexed(task.path, task.criteria.target_locale or outcome.language, outcome.keys)
        for task, outcome in zip(tasks, outcomes, strict=True)
    ]
    return list(consistency_findings(catalogs, severities, cache))


def _general_severity(rule: str, tasks: Sequence[Task], scope: Scope) -> Severity | None:
    """Return the severity of a rule that compares catalogs: the worst that any of them asks for."""
    if scope.only:
        return (WHOLE[rule].severity or Severity.WARNING) if rule in scope.only else None
    severities = (
        dict(task.criteria.severities).get(rule, WHOLE[rule].severity) for task in tasks
    )
    return max(filter(None, severities), key=lambda severity: severity.rank, default=None)


def _judge(
    task: Task, outcome: Outcome, root: Path, scope: Scope, cache: Cache | None
) -> CatalogReport:
    locale = task.criteria.target_locale or outcome.language
    article = path_below(task.article.path, root) if task.article is not None else None
    if outcome.damage is not None:
        damage = outcome.damage
        finding = Finding(
            "damaged-catalog", Severity.ERROR, damage.message, task.path, damage.line or 1
        )
        return CatalogReport(task.path, locale, article, Counts(), (finding,), damage)
    # The tool's own catalog has no article.
    has_article = task.slug is not None and task.slug != RESERVED_SLUG
    comparison = _comparison(task, outcome, cache)
    if isinstance(comparison, Comparison) and comparison.new:
        # What the article has now and nobody was offered yet; a catalog of what it was is never complete.
        not_offered = outcome.counts.not_offered + len(comparison.new)
        outcome = replace(outcome, counts=replace(outcome.counts, not_offered=not_offered))
    findings = [replace(finding, path=task.path) for finding in outcome.findings]
    findings += threshold_findings(task.path, outcome, task.thresholds)
    if not scope.counts_only:
        findings += language_findings(task.path, task.criteria.target_locale, outcome.language)
    if has_article:
        findings += staleness_findings(task.path, task.article, comparison, root)
    severities = dict(task.criteria.severities)
    weighed = [_weigh(finding, severities, scope.only) for finding in findings]
    found = tuple(filter(None, weighed))
    is_orphan = has_article and task.article is None
    return CatalogReport(task.path, locale, article, outcome.counts, found, is_orphan=is_orphan)


_NOTHING = Comparison((), (), ())


def _comparison(task: Task, outcome: Outcome, cache: Cache | None) -> Comparison | ArticleError:
    """Return what the article of a catalog is now and the catalog is not; why, where it cannot be read."""
    if task.article is None:
        return _NOTHING
    try:
        return compare(task.path, task.article, cache, outcome.keys)
    except ArticleError as error:
        return error


def _weigh(
    finding: Finding, severities: Mapping[str, Severity | None], only: frozenset[str]
) -> Finding | None:
    """Return a finding with the severity that the project wants; None when its rule is off."""
    if only and finding.rule not in only:
        return None
    if finding.rule not in severities or finding.rule not in WHOLE:
        return finding
    severity = severities[finding.rule]
    return None if severity is None else replace(finding, severity=severity)


def _examine_all(tasks: Sequence[Task], cache: Cache | None, workers: Workers) -> list[Outcome]:
    outcomes = [cache.recall(task.path, task.criteria) if cache else None for task in tasks]
    todo = [at for at, outcome in enumerate(outcomes) if outcome is None]
    inputs = {at: cache.inputs(tasks[at].path, tasks[at].criteria) for at in todo if cache}
    work = _work([tasks[at].criteria for at in todo])
    parts = (_part(tasks[at]) for at in todo)
    for at, outcome in zip(todo, workers.map(work, parts), strict=True):
        outcomes[at] = outcome
        if cache:
            cache.keep(tasks[at].path, tasks[at].criteria, inputs[at], outcome)
    return [outcome for outcome in outcomes if outcome is not None]


@dataclass(frozen=True, slots=True)
class _Part:
    """A catalog as whoever examines it gets it."""

    path: Path
    content: bytes | Damage
    criteria: Criteria


def _part(task: Task) -> _Part:
    try:
        return _Part(task.path, read_bytes(task.path), task.criteria)
    except OSError as error:
        return _Part(task.path, Damage(error.strerror or str(error)), task.criteria)


def _work(criteria: Sequence[Criteria]) -> Callable[[_Part], Outcome]:
    """Return what examines catalogs by these criteria."""
    if all(judged.counts_only for judged in criteria):
        return _count
    from l10n.checks.examine import Aids  # noqa: PLC0415 - a warm cache never needs it

    return partial(_examine, Aids.of(criteria))


def _examine(aids: Aids, part: _Part) -> Outcome:
    if isinstance(part.content, Damage):
        return Outcome(damage=part.content)
    from l10n.checks.examine import examine  # noqa: PLC0415 - as above

    return examine(part.content, part.path, part.criteria, aids)


def _count(part: _Part) -> Outcome:
    # Not beside `examine`: the rules load slowly, and counting needs none of them.
    from l10n.catalog import Catalog  # noqa: PLC0415 - a warm cache never needs it

    if isinstance(part.content, Damage):
        return Outcome(damage=part.content)
    try:
        catalog = Catalog.parse(part.content)
    except CatalogError as error:
        return Outcome(damage=Damage(error.message, error.line, error.hint))
    if part.criteria.reviewers is not None:
        catalog.reviewers = part.criteria.reviewers
    return Outcome(catalog.counts(), language=catalog.header.get("Language", ""))


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(
        sorted(
            findings,
            key=lambda finding: (
                str(finding.path),
                finding.line or 0,
                -finding.severity.rank,
                finding.rule,
            ),
        )
    )


def _thresholds(thresholds: Thresholds, scope: Scope) -> Thresholds:
    return Thresholds(
        thresholds.min_translated if scope.min_translated is None else scope.min_translated,
        thresholds.min_reviewed if scope.min_reviewed is None else scope.min_reviewed,
    )

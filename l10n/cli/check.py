"""`l10n check`: arguments in, a report out, and the exit status that CI goes by."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from l10n.errors import CatalogError, ProjectError, UsageError
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Finding, Severity

# What checks needs is imported where it is used: `--help` and completion load none of it.
if TYPE_CHECKING:
    from l10n.checks.run import Report, Scope
    from l10n.project import Project

Group: TypeAlias = "tuple[Project | None, Sequence[Path]]"
"""Catalogs and the project they belong to."""

_FORMATS = ("text", "json", "github", "sarif", "junit", "gitlab", "summary", "badge", "shields")


@click.command(help=_("Report findings and completeness; exit 1 when CI should stop."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    metavar=_("FORMAT"),
    help=_("Form of the report on standard output: {formats}.").format(
        formats=", ".join(_FORMATS)
    ),
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar=_("FORMAT=FILE"),
    help=_("Also write a report to a file; repeatable."),
)
@click.option(
    "--only",
    multiple=True,
    metavar=_("RULE"),
    help=_("Only these rules; `completeness` counts and nothing else; repeatable."),
)
@click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity]),
    default="warning",
    help=_("Least severity that the text shows."),
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    help=_("From which severity on the exit status is 1."),
)
@click.option(
    "--min-translated",
    type=click.FloatRange(0, 100),
    metavar=_("PERCENT"),
    help=_("Wanted of every catalog, instead of what the project says."),
)
@click.option(
    "--min-reviewed",
    type=click.FloatRange(0, 100),
    metavar=_("PERCENT"),
    help=_("Wanted of every catalog, instead of what the project says."),
)
@click.option(
    "--since",
    metavar=_("REV"),
    help=_("Only articles and catalogs that changed since this branch left a git revision."),
)
@click.option(
    "--no-worse-than",
    "base",
    metavar=_("REV"),
    help=_("Fail when a catalog is less complete than it was there."),
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Leave out the findings that this file knows."),
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Write the findings to a file as known."),
)
@click.option("--drafts", is_flag=True, help=_("Apply the quality rules to drafts too."))
@click.option("--fix", is_flag=True, help=_("Show what can be mended, ask, and mend it."))
@click.option("--yes", is_flag=True, help=_("With --fix: do not ask."))
@click.option(
    "--include-reviewed",
    is_flag=True,
    help=_("With --fix: mend reviewed translations too; they lose their stamp."),
)
@click.option(
    "--explain",
    metavar=_("RULE"),
    help=_("Print the page of a rule (`all`: of every rule) and stop."),
)
@click.option("--no-cache", is_flag=True, help=_("Neither use nor keep what is remembered."))
@click.option("--jobs", type=click.IntRange(1), help=_("Processes at once."))
def check(
    *,
    names: tuple[str, ...],
    form: str,
    outputs: tuple[str, ...],
    only: tuple[str, ...],
    severity: str,
    fail_on: str | None,
    min_translated: float | None,
    min_reviewed: float | None,
    since: str | None,
    base: str | None,
    baseline: Path | None,
    write_baseline: Path | None,
    drafts: bool,
    fix: bool,
    yes: bool,
    include_reviewed: bool,
    explain: str | None,
    no_cache: bool,
    jobs: int | None,
) -> int:
    """Check catalogs and say what was found."""
    if explain is not None:
        return _explain(explain)
    from l10n.checks.run import Scope  # noqa: PLC0415

    files = _output_files(outputs)
    project = _project(required=not names)
    root = project.root if project else Path.cwd()
    scope = Scope(
        only=_rules(only),
        drafts=drafts,
        min_translated=min_translated,
        min_reviewed=min_reviewed,
        whole=not names,
        changed=_changed(root, since),
        base=_base(root, base),
    )
    groups = _groups(names, project)
    if not scope.counts_only:
        for one, _paths in groups:
            _refuse_unknown_rules(one)
    if fix:
        _fix(groups, scope, yes=yes, include_reviewed=include_reviewed)
    reports = [
        _checked(one, paths, scope, use_cache=not no_cache, jobs=jobs) for one, paths in groups
    ]
    report = _with_baseline(_joined(reports, root), baseline, write_baseline)
    _write(report, form, Severity(severity))
    for name, path in files:
        _write_file(report, name, path)
    return _status(report, [one for one, _paths in groups if one], fail_on)


def _rules(names: Sequence[str]) -> frozenset[str]:
    if set(names) <= {"completeness"}:
        # The rules of single texts take longer to load than counting takes.
        from l10n.checks.rules.structure import COMPLETENESS  # noqa: PLC0415

        return COMPLETENESS if names else frozenset()
    from l10n.checks.rulebook import select_rules  # noqa: PLC0415

    return select_rules(names)


def _explain(name: str) -> int:
    from l10n.checks.explain import explain, explain_all  # noqa: PLC0415
    from l10n.checks.rulebook import find_rule  # noqa: PLC0415

    click.echo(explain_all() if name == "all" else explain(find_rule(name)), nl=False)
    return 0


def _project(*, required: bool) -> Project | None:
    from l10n.project import Project  # noqa: PLC0415

    try:
        return Project.find()
    except ProjectError as error:
        if required or error.path is not None:
            raise
        return None


def _groups(names: Sequence[str], project: Project | None) -> list[Group]:
    """Give the catalogs that are meant by the project they belong to; without names those of this one, be there any or not."""
    from l10n.project import by_project, select_catalogs  # noqa: PLC0415

    paths = select_catalogs(names, project)
    return by_project(paths, project) if names else [(project, paths)]


def _refuse_unknown_rules(project: Project | None) -> None:
    from l10n.checks.rules.structure import WHOLE  # noqa: PLC0415

    asked = project.check.rule_names if project else frozenset()
    if project is None or asked <= WHOLE.keys():
        # The rules of single texts take longer to load than a warm check takes.
        return
    from l10n.checks.rulebook import find_rule  # noqa: PLC0415
    from l10n.project.settings import line_of  # noqa: PLC0415

    for name in sorted(asked):
        try:
            find_rule(name)
        except UsageError as error:
            line = line_of(project.file, name)
            raise ProjectError(
                error.message, path=project.file, line=line, hint=error.hint
            ) from error


def _changed(root: Path, since: str | None) -> frozenset[Path] | None:
    if since is None:
        return None
    from l10n.checks.revisions import changed_since  # noqa: PLC0415

    return changed_since(root, since)


def _base(root: Path, revision: str | None) -> str:
    if revision is None:
        return ""
    from l10n.checks.revisions import merge_base  # noqa: PLC0415

    return merge_base(root, revision)


def _checked(
    project: Project | None,
    paths: Sequence[Path],
    scope: Scope,
    *,
    use_cache: bool,
    jobs: int | None,
) -> Report:
    """Check the catalogs of one project, or those of none, by their headers alone."""
    from l10n.checks.cache import Cache  # noqa: PLC0415
    from l10n.checks.run import check_files, check_project  # noqa: PLC0415
    from l10n.project import derived_folder  # noqa: PLC0415

    cache = Cache.open(derived_folder(project)) if use_cache else None
    try:
        if project is not None:
            return check_project(project, catalogs=paths, scope=scope, cache=cache, jobs=jobs)
        return check_files(paths, scope=scope, cache=cache, jobs=jobs)
    finally:
        if cache:
            cache.close()


def _joined(reports: Sequence[Report], root: Path) -> Report:
    from l10n.checks.run import join_reports  # noqa: PLC0415

    return join_reports(reports, root)


def _fix(
    groups: Sequence[Group],
    scope: Scope,
    *,
    yes: bool,
    include_reviewed: bool,
) -> None:
    """Show what would change, ask on a terminal, and write it when it is wanted."""
    from l10n.checks.fixes import mend  # noqa: PLC0415
    from l10n.checks.run import criteria_by_catalog  # noqa: PLC0415
    from l10n.cli.asking import confirm  # noqa: PLC0415

    mended = []
    judged = (
        pair for project, paths in groups for pair in criteria_by_catalog(project, paths, scope)
    )
    for path, criteria in judged:
        try:
            one = mend(path, criteria, include_reviewed=include_reviewed)
        except CatalogError:
            continue  # the check that follows says it, and how to go on
        if one.texts:
            mended.append(one)
            click.echo(one.diff, nl=False, err=True)
    texts = sum(one.texts for one in mended)
    if not texts:
        click.echo(_("Nothing to mend."), err=True)
        return
    question = ngettext("Mend {n} translation?", "Mend {n} translations?", texts).format(
        n=texts
    )
    if not yes and not sys.stdin.isatty():
        click.echo(_("Nothing was written; --yes writes it."), err=True)
    elif yes or confirm(question):
        for one in mended:
            one.catalog.save()
        said = ngettext("Mended {n} translation.", "Mended {n} translations.", texts)
        click.echo(said.format(n=texts), err=True)


def _with_baseline(report: Report, known: Path | None, written: Path | None) -> Report:
    if known is None and written is None:
        return report
    from l10n.checks.baseline import (  # noqa: PLC0415
        read_baseline,
        without_known,
        write_baseline,
    )

    if written is not None:
        number = write_baseline(report, written)
        said = ngettext("{n} finding is known now", "{n} findings are known now", number)
        click.echo(said.format(n=number), err=True)
        return without_known(report, read_baseline(written))
    return without_known(report, read_baseline(known)) if known else report


def _output_files(outputs: Sequence[str]) -> list[tuple[str, Path]]:
    files = []
    for output in outputs:
        name, equals, path = output.partition("=")
        if name not in _FORMATS or not equals or not path:
            raise UsageError(
                _("--output wants FORMAT=FILE, not {value}").format(value=output),
                hint=_("FORMAT is one of {names}").format(names=", ".join(_FORMATS)),
            )
        files.append((name, Path(path)))
    return files


def _write(report: Report, form: str, minimum: Severity) -> None:
    from l10n.checks.reports import renderer  # noqa: PLC0415

    if form == "text":
        from l10n.checks.reports.text import render  # noqa: PLC0415

        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        click.echo(render(report, colour=colour, minimum=minimum), nl=False, color=colour)
    else:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # What programs read is UTF-8, whatever the terminal shows.
            sys.stdout.reconfigure(encoding="utf-8")
        click.echo(renderer(form)(report), nl=False)


def _write_file(report: Report, name: str, path: Path) -> None:
    """Write a report; a job summary is added to what stands there, as CI wants it."""
    from l10n.checks.reports import renderer  # noqa: PLC0415
    from l10n.files import write_atomically  # noqa: PLC0415

    before = path.read_bytes() if name == "summary" and path.is_file() else b""
    write_atomically(path, before + renderer(name)(report).encode())


def _status(report: Report, projects: Sequence[Project], fail_on: str | None) -> int:
    """Give 2 when a catalog is damaged, 1 when a finding is bad enough, else 0."""
    from l10n.cli import complain  # noqa: PLC0415

    for catalog in report.damaged:
        if damage := catalog.damage:
            path = catalog.path
            complain(
                CatalogError(damage.message, path=path, line=damage.line, hint=damage.hint)
            )
    if report.damaged:
        return 2
    return int(any(_fails(finding, projects, fail_on) for finding in report.findings))


def _fails(finding: Finding, projects: Sequence[Project], fail_on: str | None) -> bool:
    limit = fail_on or "error"
    around = [
        project
        for project in projects
        if finding.path is not None and finding.path.is_relative_to(project.root)
    ]
    project = max(around, key=lambda one: len(one.root.parts), default=None)
    if fail_on is None and project is not None and finding.path is not None:
        locale = project.target_of_catalog(finding.path) or ""
        limit = project.fail_on(locale, project.slug_of_catalog(finding.path) or "")
    return limit != "never" and finding.severity.rank >= Severity(limit).rank

"""`l10n check`: arguments in, a report out, and the exit status that CI goes by."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l10n.errors import CatalogError, ProjectError, UsageError
from l10n.language import gettext as _
from l10n.model import Finding, Severity

if TYPE_CHECKING:
    from l10n.checks.run import Report, Scope
    from l10n.project import Project

_FORMATS = ("text", "json", "github", "sarif", "junit", "gitlab", "summary", "badge", "shields")


@click.command(help=_("Report findings and completeness; exit 1 when CI should stop."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|PO|DIR]…"))
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help=_("Form of the report on standard output."),
)
@click.option(
    "--output",
    "outputs",
    multiple=True,
    metavar=_("FORMAT=FILE"),
    help=_("Also write a report to a file; repeatable."),
)
@click.option(
    "--only", multiple=True, metavar=_("RULE"), help=_("Only these rules; repeatable.")
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
@click.option("--min-translated", type=click.FloatRange(0, 100), help=_("Percent wanted."))
@click.option("--min-reviewed", type=click.FloatRange(0, 100), help=_("Percent wanted."))
@click.option("--drafts", is_flag=True, help=_("Apply the quality rules to drafts too."))
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
    drafts: bool,
    no_cache: bool,
    jobs: int | None,
) -> int:
    """Check catalogs and say what was found."""
    from l10n.checks.rulebook import select_rules  # noqa: PLC0415 - `--help` needs none of it
    from l10n.checks.run import Scope  # noqa: PLC0415

    scope = Scope(
        only=select_rules(only),
        drafts=drafts,
        min_translated=min_translated,
        min_reviewed=min_reviewed,
        whole=not names,
    )
    project = _project(required=not names)
    files = _output_files(outputs)
    report = _checked(project, names, scope, use_cache=not no_cache, jobs=jobs)
    _write(report, form, Severity(severity))
    for name, path in files:
        _write_file(report, name, path)
    return _status(report, project, fail_on)


def _project(*, required: bool) -> Project | None:
    from l10n.project import Project  # noqa: PLC0415

    try:
        return Project.find()
    except ProjectError as error:
        if required or error.path is not None:
            raise
        return None


def _checked(
    project: Project | None,
    names: Sequence[str],
    scope: Scope,
    *,
    use_cache: bool,
    jobs: int | None,
) -> Report:
    """Check what the arguments name: with the project where there is one, else by the headers alone."""
    from l10n.checks.cache import Cache  # noqa: PLC0415
    from l10n.checks.run import check_files, check_project  # noqa: PLC0415
    from l10n.project import derived_folder, select_catalogs  # noqa: PLC0415

    paths = select_catalogs(names, project) if names else None
    cache = Cache.open(derived_folder(project)) if use_cache else None
    try:
        if project is not None and (
            paths is None or all(project.target_of_catalog(path) for path in paths)
        ):
            return check_project(project, catalogs=paths, scope=scope, cache=cache, jobs=jobs)
        return check_files(paths or (), scope=scope, cache=cache, jobs=jobs)
    finally:
        if cache:
            cache.close()


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
        click.echo(renderer(form)(report), nl=False)


def _write_file(report: Report, name: str, path: Path) -> None:
    """Write a report; a job summary is added to what stands there, as CI wants it."""
    from l10n.checks.reports import renderer  # noqa: PLC0415

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a" if name == "summary" else "w", encoding="utf-8") as stream:
            stream.write(renderer(name)(report))
    except OSError as error:
        raise UsageError(error.strerror or str(error), path=path) from error


def _status(report: Report, project: Project | None, fail_on: str | None) -> int:
    """Give 2 when a catalog is damaged, 1 when a finding is bad enough, else 0."""
    from l10n.cli import complain  # noqa: PLC0415

    for catalog in report.damaged:
        message, line, hint = catalog.damage or ("", None, "")
        complain(CatalogError(message, path=catalog.path, line=line, hint=hint))
    if report.damaged:
        return 2
    return int(any(_fails(finding, project, fail_on) for finding in report.findings))


def _fails(finding: Finding, project: Project | None, fail_on: str | None) -> bool:
    limit = fail_on or "error"
    if fail_on is None and project is not None and finding.path is not None:
        locale = project.target_of_catalog(finding.path) or ""
        limit = project.fail_on(locale, project.slug_of_catalog(finding.path) or "")
    return limit != "never" and finding.severity.rank >= Severity(limit).rank

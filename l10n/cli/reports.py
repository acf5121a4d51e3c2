"""Reports of checks, printed and written."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l10n.cli.streams import complain
from l10n.errors import CatalogError, UsageError
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.text.visible import without_commands

# What writes a form is imported where it is used: `--help` and completion load none of it.
if TYPE_CHECKING:
    from l10n.checks.run import Report

SEVERITIES = {severity.value: severity for severity in Severity} | {"note": Severity.INFO}
"""What people call severities: reports say note for info."""
FORMATS = ("text", "json", "github", "sarif", "junit", "gitlab", "summary", "badge", "shields")


def complain_of_damage(report: Report) -> None:
    """Say on stderr which catalogs cannot be read, and why."""
    for catalog in report.damaged:
        if damage := catalog.damage:
            message, line, hint = damage
            complain(CatalogError(message, path=catalog.path, line=line, hint=hint))


def print_report(
    report: Report, *, minimum: Severity = Severity.WARNING, counts: bool = True
) -> None:
    """Print a report for people, in colour on a terminal."""
    from l10n.checks.reports.text import render  # noqa: PLC0415

    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    text = render(report, colour=colour, minimum=minimum, counts=counts)
    click.echo(without_commands(text), nl=False, color=colour)


def output_file(output: str) -> tuple[str, Path]:
    """Return form and path of `FORMAT=FILE`; UsageError for anything else."""
    name, equals, path = output.partition("=")
    if name not in FORMATS or not equals or not path:
        raise UsageError(
            _("--output wants FORMAT=FILE, not {value}").format(value=output),
            hint=_("FORMAT is one of {names}").format(names=", ".join(FORMATS)),
        )
    from l10n.project.outputs import refuse_project_file  # noqa: PLC0415

    refuse_project_file(Path(path))
    return name, Path(path)


def print_as(report: Report, form: str, minimum: Severity) -> None:
    """Print a report in a form, with findings from a severity on where it is for people."""
    if form == "text":
        print_report(report, minimum=minimum)
        return
    from l10n.checks.reports import renderer  # noqa: PLC0415

    if isinstance(sys.stdout, io.TextIOWrapper):
        # What programs read is UTF-8, whatever the terminal shows.
        sys.stdout.reconfigure(encoding="utf-8")
    click.echo(renderer(form)(report), nl=False)


def write_as(report: Report, name: str, path: Path) -> None:
    """Write a report; a job summary is added to what stands there, as CI wants it."""
    from l10n.checks.reports import renderer  # noqa: PLC0415
    from l10n.files import read_bytes, write_atomically  # noqa: PLC0415

    before = read_bytes(path) if name == "summary" and path.is_file() else b""
    write_atomically(path, before + renderer(name)(report).encode())

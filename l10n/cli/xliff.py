"""`l10n xliff`: catalogs as XLIFF for other tools, and their answers taken in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import get_args

import click

from l10n import desk
from l10n.cli.answers import take_in, takes_answers
from l10n.cli.documents import write_documents, writes_documents
from l10n.cli.streams import complain
from l10n.desk.exchanging import ExportRequest, Version
from l10n.interface import gettext as _
from l10n.project import project_here, select_catalogs

_SUFFIXES = frozenset({".xlf", ".xliff"})


@click.group(help=_("Exchange catalogs as XLIFF with other tools."))
def xliff() -> None:
    """Exchange catalogs as XLIFF."""


@xliff.command(help=_("Write catalogs as XLIFF 1.2 or 2.1: one file each, or one a locale."))
@writes_documents
@click.option(
    "--version",
    type=click.Choice(get_args(Version)),
    default="1.2",
    show_default=True,
    help=_("Which XLIFF."),
)
@click.option("--segments", is_flag=True, help=_("Make each sentence a segment of its own."))
@click.option("--no-matches", is_flag=True, help=_("Leave out what the memory knows."))
def export(
    *,
    names: tuple[str, ...],
    output: Path | None,
    version: Version,
    segments: bool,
    joined: bool,
    no_matches: bool,
    replace: bool,
) -> None:
    """Write a document for each catalog or locale."""
    project = project_here(required=not names)
    request = ExportRequest(version, segments, joined, matches=not no_matches)
    paths = select_catalogs(names, project)
    documents = desk.export_xliff(paths, request, project=project, on_problem=complain)
    read_back = partial(desk.import_xliff, catalogs=paths, project=project, dry_run=True)
    write_documents(
        list(documents),
        output,
        suffixes=_SUFFIXES,
        command="l10n xliff",
        take_in_dry=None if replace else read_back,
    )


@xliff.command(
    "import", help=_("Take translated XLIFF files into the catalogs they came from.")
)
@takes_answers
def import_xliff(
    *, files: tuple[Path, ...], names: tuple[str, ...], by: str, replace: bool, dry_run: bool
) -> int:
    """Take answers in; exit 1 where one was not taken as its translator meant it."""
    acceptance = desk.Acceptance(by, replace)
    return take_in(desk.import_xliff, files, names, acceptance, dry_run=dry_run)

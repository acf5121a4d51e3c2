"""`l10n xliff`: catalogs as XLIFF for other tools, and their answers taken in."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from l10n import desk
from l10n.cli.answers import accept, print_taken_in
from l10n.cli.documents import write_documents
from l10n.cli.streams import complain
from l10n.desk.exchanging import ExportRequest, Version
from l10n.interface import gettext as _
from l10n.project import project_here, select_catalogs

_SUFFIXES = frozenset({".xlf", ".xliff"})


@click.group(help=_("Exchange catalogs as XLIFF with other tools."))
def xliff() -> None:
    """Exchange catalogs as XLIFF."""


@xliff.command(help=_("Write catalogs as XLIFF 1.2 or 2.1: one file each, or one a locale."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_(
        "The folder for the files, or the file of a single one; without it, standard output."
    ),
)
@click.option(
    "--version",
    type=click.Choice(get_args(Version)),
    default="1.2",
    show_default=True,
    help=_("Which XLIFF."),
)
@click.option("--segments", is_flag=True, help=_("Make each sentence a segment of its own."))
@click.option("--joined", is_flag=True, help=_("Write one file for all articles of a locale."))
@click.option("--no-matches", is_flag=True, help=_("Leave out what the memory knows."))
def export(
    *,
    names: tuple[str, ...],
    output: Path | None,
    version: Version,
    segments: bool,
    joined: bool,
    no_matches: bool,
) -> None:
    """Write a document for each catalog or locale."""
    project = project_here(required=not names)
    request = ExportRequest(version, segments, joined, matches=not no_matches)
    paths = select_catalogs(names, project)
    documents = desk.export_xliff(paths, request, project=project, on_problem=complain)
    write_documents(list(documents), output, suffixes=_SUFFIXES, command="l10n xliff export")


@xliff.command(
    "import", help=_("Take translated XLIFF files into the catalogs they came from.")
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--catalog",
    "names",
    multiple=True,
    metavar=_("LOCALE|ARTICLE|PO|DIR"),
    help=_("The catalogs that may be meant, where the files do not say; repeatable."),
)
@accept
def import_xliff(
    *, files: tuple[Path, ...], names: tuple[str, ...], by: str, replace: bool, dry_run: bool
) -> int:
    """Take answers in; exit 1 where one was not taken as its translator meant it."""
    project = project_here(required=not names)
    results = desk.import_xliff(
        files,
        desk.Acceptance(by, replace),
        catalogs=select_catalogs(names, project) if names else None,
        project=project,
        dry_run=dry_run,
    )
    return print_taken_in(results, dry_run=dry_run)

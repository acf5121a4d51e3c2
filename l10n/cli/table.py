"""`l10n table`: catalogs as tables for spreadsheets, and what came back of them."""

from __future__ import annotations

from pathlib import Path

import click

from l10n import desk
from l10n.cli.answers import accept, print_taken_in
from l10n.cli.documents import write_documents
from l10n.interface import gettext as _
from l10n.project import project_here, select_catalogs

_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.group(help=_("Exchange catalogs as tables with spreadsheets."))
def table() -> None:
    """Exchange catalogs as tables."""


@table.command(help=_("Write catalogs as CSV, or with tabs: one table each, or one a locale."))
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
    "--separator",
    type=click.Choice([*_SEPARATORS]),
    help=_(
        "What parts the cells; Excel in Spanish wants the semicolon. A name in .tsv means tabs."
    ),
)
@click.option("--joined", is_flag=True, help=_("Write one file for all articles of a locale."))
def export(
    *, names: tuple[str, ...], output: Path | None, separator: str | None, joined: bool
) -> None:
    """Write a table for each catalog or locale."""
    if separator is None:
        is_tabs = output is not None and output.suffix.lower() == ".tsv"
        separator = "tab" if is_tabs else "comma"
    project = project_here(required=not names)
    paths = select_catalogs(names, project)
    documents = desk.export_tables(
        paths, separator=_SEPARATORS[separator], joined=joined, project=project
    )
    write_documents(list(documents), output, suffixes=_SUFFIXES, command="l10n table export")


@table.command("import", help=_("Take tables that came back into the catalogs they came from."))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--catalog",
    "names",
    multiple=True,
    metavar=_("LOCALE|ARTICLE|PO|DIR"),
    help=_("The catalogs that may be meant, where the files do not say; repeatable."),
)
@accept
def import_table(
    *, files: tuple[Path, ...], names: tuple[str, ...], by: str, replace: bool, dry_run: bool
) -> int:
    """Take tables in; exit 1 where a row was not taken as its translator meant it."""
    project = project_here(required=not names)
    results = desk.import_tables(
        files,
        desk.Acceptance(by, replace),
        catalogs=select_catalogs(names, project) if names else None,
        project=project,
        dry_run=dry_run,
    )
    return print_taken_in(results, dry_run=dry_run)

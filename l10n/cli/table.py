"""`l10n table`: catalogs as tables for spreadsheets, and what came back of them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from l10n import desk
from l10n.cli.answers import take_in, takes_answers
from l10n.cli.documents import write_documents, writes_documents
from l10n.interface import gettext as _
from l10n.project import project_here, select_catalogs

_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@click.group(help=_("Exchange catalogs as tables with spreadsheets."))
def table() -> None:
    """Exchange catalogs as tables."""


@table.command(help=_("Write catalogs as CSV, or with tabs: one table each, or one a locale."))
@writes_documents
@click.option(
    "--separator",
    type=click.Choice([*_SEPARATORS]),
    help=_(
        "What parts the cells; Excel in Spanish wants the semicolon. A name in .tsv means tabs."
    ),
)
def export(
    *,
    names: tuple[str, ...],
    output: Path | None,
    separator: str | None,
    joined: bool,
    replace: bool,
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
    read_back = partial(desk.import_tables, catalogs=paths, project=project, dry_run=True)
    write_documents(
        list(documents),
        output,
        suffixes=_SUFFIXES,
        command="l10n table",
        take_in_dry=None if replace else read_back,
    )


@table.command("import", help=_("Take tables that came back into the catalogs they came from."))
@takes_answers
def import_table(
    *, files: tuple[Path, ...], names: tuple[str, ...], by: str, replace: bool, dry_run: bool
) -> int:
    """Take tables in; exit 1 where a row was not taken as its translator meant it."""
    acceptance = desk.Acceptance(by, replace)
    return take_in(desk.import_tables, files, names, acceptance, dry_run=dry_run)

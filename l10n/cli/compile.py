"""`l10n compile`: catalogs for programs."""

from __future__ import annotations

from pathlib import Path

import click

from l10n import desk
from l10n.cli.streams import nearest, say
from l10n.interface import gettext as _
from l10n.project import project_here, select_catalogs
from l10n.project.outputs import refuse_as_folder


@click.command(
    "compile",
    help=_(
        "Write catalogs as .mo, as programs read them through gettext: what is finished, no drafts."
    ),
)
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("The folder for LOCALE/LC_MESSAGES/NAME.mo; without it, beside each catalog."),
)
def compile_(names: tuple[str, ...], output: Path | None) -> None:
    """Write a `.mo` for each catalog."""
    project = project_here(required=not names)
    paths = select_catalogs(names, project)
    if output is not None:
        refuse_as_folder(output)
    for path in desk.compile_catalogs(paths, output, project=project):
        say(str(nearest(path)))

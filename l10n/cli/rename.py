"""`l10n rename` and `l10n retire`: catalogs follow their articles, or are put aside with them."""

from __future__ import annotations

import click

from l10n import desk
from l10n.cli.streams import complain, say
from l10n.cli.update import print_move, print_unchanged, print_update
from l10n.interface import gettext as _
from l10n.project import Project


@click.command(
    help=_(
        "Rename or move an article with its catalogs: states and reviews stay, the old page leads to the new one."
    )
)
@click.argument("old", metavar=_("OLD"))
@click.argument("new", metavar=_("NEW"))
def rename(old: str, new: str) -> int:
    """Move the article, unless it was moved already, and its catalogs; exit 2 when a catalog cannot be read."""
    project = Project.find()
    moves, renamed = desk.rename(project, old, new)
    for move in moves:
        print_move(project, move)
    report = desk.update(
        # It may name the article otherwise now.
        Project.load(project.file),
        [renamed],
        on_catalog=lambda result: print_update(project, result),
        on_problem=complain,
    )
    print_unchanged(report)
    return 2 if report.problems else 0


@click.command(
    help=_(
        "Put the catalogs of deleted articles aside, those named or all; nothing is deleted."
    )
)
@click.argument("names", nargs=-1, metavar=_("[ARTICLE|PO]…"))
def retire(names: tuple[str, ...]) -> int:
    """Move catalogs without an article out of the way, and say how they come back."""
    project = Project.find()
    moves = desk.retire(project, names)
    for move in moves:
        print_move(project, move)
    if moves:
        say(_("They come back when an article with their text does."), err=True)
    else:
        say(_("Every catalog has an article: there is nothing to put aside."), err=True)
    return 0

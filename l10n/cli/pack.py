"""`l10n pack` and `l10n unpack`: articles for a translator with tools of their own, and what came back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import get_args

import click

from l10n import desk
from l10n.cli.answers import accept, print_taken_in
from l10n.cli.documents import writes_over_answers
from l10n.cli.streams import complain, say
from l10n.desk.answering import refuse_untaken
from l10n.desk.packing import Form
from l10n.exchange import packs
from l10n.interface import gettext as _
from l10n.project import Project, select_catalogs
from l10n.project.outputs import refuse_as_folder, refuse_project_file


@click.command(
    help=_(
        "Pack articles for a translator: texts, originals, previews, matches of the memory, terms."
    )
)
@click.argument("names", nargs=-1, required=True, metavar=_("LOCALE|ARTICLE|PO|DIR…"))
@click.option("--to", "target", metavar=_("LOCALE"), help=_("Target locale."))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help=_("The folder of the pack, or a file in .zip."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(Form)),
    help=_("What the translator works on; XLIFF 1.2 where nothing is said."),
)
@writes_over_answers
@click.option("--omegat", is_flag=True, help=_("Make the pack a project that OmegaT opens."))
def pack(
    *,
    names: tuple[str, ...],
    target: str | None,
    output: Path,
    form: Form | None,
    omegat: bool,
    replace: bool,
) -> None:
    """Write a pack and say what is in it."""
    project = Project.find()
    if output.suffix.lower() == ".zip":
        refuse_project_file(output)
    else:
        refuse_as_folder(output)
    request = desk.PackRequest(target, form, omegat)
    catalogs = select_catalogs(names, project)
    members = desk.pack(project, catalogs, request, on_problem=complain)
    if output.suffix.lower() == ".zip" and not replace:
        read_back = partial(desk.unpack, project=project, dry_run=True)
        refuse_untaken([output], read_back, "l10n unpack")
    packs.write(output, members)
    for name in members:
        say(f"{output}/{name}")


@click.command(
    help=_(
        "Take in what a translator sent back: packs as folders or zip files, or XLIFF and PO files."
    )
)
@click.argument("packages", nargs=-1, required=True, type=click.Path(path_type=Path))
@accept
def unpack(*, packages: tuple[Path, ...], by: str, replace: bool, dry_run: bool) -> int:
    """Take packs in; exit 1 where a text was not taken as its translator meant it."""
    results = desk.unpack(
        packages, desk.Acceptance(by, replace), project=Project.find(), dry_run=dry_run
    )
    return print_taken_in(results, dry_run=dry_run)

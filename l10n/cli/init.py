"""`l10n init`: start a project here."""

from __future__ import annotations

from pathlib import Path

import click

from l10n import desk
from l10n.cli.streams import say
from l10n.interface import gettext as _
from l10n.project import PROJECT_FILE


@click.command(help=_("Start a project here: write l10n.toml and the folders."))
@click.option(
    "--source", default="es", metavar=_("LOCALE"), help=_("Default source locale (es).")
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar=_("LOCALE"),
    help=_("Target locale (en); repeatable."),
)
def init(source: str, targets: tuple[str, ...]) -> None:
    """Write a project file and the folders, never over an existing one."""
    project = desk.init(Path.cwd(), source=source, targets=targets)
    say(
        _("Wrote {file}. Put articles into {folder}, then type: l10n build").format(
            file=PROJECT_FILE,
            folder=project.relative(project.places[0].folders[project.source]),
        )
    )

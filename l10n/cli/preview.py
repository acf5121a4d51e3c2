"""`l10n preview`: a look at the exported site, exported anew on every change."""

from __future__ import annotations

import click

from l10n.cli.exports import print_export
from l10n.cli.streams import complain, say
from l10n.desk.publishing import publish, to_preview
from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.project import Project


@click.command(
    help=_("Serve the exported site on this machine and export anew on every change.")
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help=_("0 takes any free port."),
)
@click.option("--drafts", is_flag=True, help=_("Show drafts too, marked and announced."))
def preview(port: int, drafts: bool) -> int:
    """Export, serve and watch until interrupted."""
    from l10n.export.previews.dashboard import render_dashboard  # noqa: PLC0415 - needed here alone
    from l10n.export.serve import serve, watch_project  # noqa: PLC0415

    project = to_preview(Project.find())

    def rebuild() -> None:
        try:
            current = to_preview(Project.load(project.file))
            print_export(current, publish(current, drafts=drafts or None))
        except L10nError as error:
            complain(error)

    rebuild()

    def front() -> str:
        current = to_preview(Project.load(project.file))
        return render_dashboard(current, current.export.out)

    with serve(project.export.out, port, front=front) as address:
        say(_("{address} – stop with Ctrl+C").format(address=address), err=True)
        watch_project(project, rebuild)
    return 0

"""`l10n build`: every article the whole road, stage after stage."""

from __future__ import annotations

import click

from l10n.cli.drafts import print_drafts
from l10n.cli.exports import print_export
from l10n.cli.intake import print_taking_in
from l10n.cli.left_alone import print_left_alone
from l10n.cli.progress import Progress, resumable
from l10n.cli.reports import print_report
from l10n.cli.streams import complain
from l10n.cli.update import (
    print_move,
    print_resemblances,
    print_unchanged,
    print_update,
)
from l10n.cli.workers import engines_named, workers_for, workers_options
from l10n.desk.aligned import Aligned, AlignReport
from l10n.desk.building import BuildWatcher, Stage, StageReport
from l10n.desk.building import build as build_project
from l10n.desk.prefilled import PrefillResult
from l10n.desk.renaming import Move
from l10n.desk.updating import CatalogUpdate, UpdateReport
from l10n.errors import L10nError
from l10n.export import ExportReport
from l10n.interface import gettext as _
from l10n.project import Project


@click.command(
    help=_("Take every article the whole road: update, align, prefill, check, export.")
)
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "--engine", metavar=_("NAME"), help=_("Draft with this engine and no other, or none.")
)
@click.option("--drafts", is_flag=True, help=_("Export drafts too, marked and announced."))
@workers_options
def build(
    names: tuple[str, ...],
    *,
    engine: str | None,
    drafts: bool,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Run every stage; exit 0 when each ran: judging what the check found is `check`'s."""
    project = Project.find()
    watcher = _Teller(project)
    with (
        resumable(),
        workers_for(project, jobs, scheduler, engines_named(engine)) as workers,
    ):
        report = build_project(
            project,
            names,
            engine=engine,
            drafts=drafts or None,
            watcher=watcher,
            workers=workers,
        )
    return 0 if report.is_complete else 2


class _Teller(BuildWatcher):
    """Says what every stage does, the way its own command says it."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def begins(self, stage: Stage) -> None:
        click.secho(_(stage.value), bold=True, err=True)

    def ends(self, report: StageReport) -> None:
        match report:
            case UpdateReport():
                print_unchanged(report)
                print_resemblances(self.project, report.resemblances)
                print_left_alone(self.project, report.aside)
            case AlignReport():
                if report.aligned:
                    from l10n.cli.alignments import (  # noqa: PLC0415 - loads numpy
                        print_links,
                        print_table,
                    )
                    from l10n.desk.link_proposals import propose_links  # noqa: PLC0415 - too

                    print_table(report, None)
                    print_links(propose_links(report.aligned, self.project))
            case PrefillResult():
                print_drafts(report)
            case ExportReport():
                print_export(self.project, report)
            case _:
                print_report(report, counts=False)

    def updates(self, result: CatalogUpdate) -> None:
        print_update(self.project, result)

    def moves(self, move: Move) -> None:
        print_move(self.project, move)

    def aligns(self, result: Aligned) -> None:
        print_taking_in(result)

    def complains(self, problem: L10nError) -> None:
        complain(problem)

    def tracks(self, label: str) -> Progress:
        return Progress(label)

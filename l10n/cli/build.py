"""`l10n build`: every article the whole road, stage after stage."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from l10n.checks.cache import Cache
from l10n.checks.reports.text import render
from l10n.checks.run import check_project
from l10n.cli.alignments import Wanted, align_many
from l10n.cli.export import say_report
from l10n.cli.prefill import run_prefill
from l10n.cli.update import update_catalogs
from l10n.desk.aligning import AlignRequest
from l10n.desk.pairs import Pair, pairs_of
from l10n.desk.prefilling import PrefillRequest
from l10n.export import export_project
from l10n.interface import gettext as _
from l10n.project import ArticleRef, Project


@click.command(
    help=_("Take every article the whole road: update, align, prefill, check, export.")
)
@click.option("--engine", metavar=_("NAME"), help=_("Draft with this engine and no other."))
@click.option("--drafts", is_flag=True, help=_("Export drafts too, marked and announced."))
def build(*, engine: str | None, drafts: bool) -> int:
    """Run every stage; exit 0 when each ran: judging what the check found is `check`'s."""
    project = Project.find()
    refs = project.articles()
    pairs = _pairs_to_align(project, refs)
    stages: tuple[tuple[str, Callable[[], int]], ...] = (
        (_("Update"), lambda: 2 if update_catalogs(project, refs).problems else 0),
        (_("Align"), lambda: _align(project, pairs)),
        (
            _("Prefill"),
            lambda: _prefill(project, refs, PrefillRequest(engine=engine)),
        ),
        (_("Check"), lambda: _check(project)),
        (
            _("Export"),
            lambda: say_report(project, export_project(project, drafts=drafts or None)),
        ),
    )
    worst = 0
    for name, stage in stages:
        click.secho(name, bold=True, err=True)
        worst = max(worst, stage())
    return worst


def _pairs_to_align(project: Project, refs: Sequence[ArticleRef]) -> list[Pair]:
    """Give the existing translations that no catalog has taken in, and those whose report is not up to date.

    A catalog that exists is its translators' from then on: for such a pair only the report is written.
    """
    pairs = []
    for pair in pairs_of(project, refs):
        if pair.catalog is None or not pair.catalog.exists():
            pairs.append(pair)
        elif _is_behind(project, pair):
            pairs.append(replace(pair, catalog=None))
    return pairs


def _is_behind(project: Project, pair: Pair) -> bool:
    report = project.derived / "align" / pair.report_name
    newest = max(pair.source.stat().st_mtime_ns, pair.target.stat().st_mtime_ns)
    return not report.exists() or report.stat().st_mtime_ns < newest


def _align(project: Project, pairs: Sequence[Pair]) -> int:
    """Align what is new; two articles that are no translations of each other are told, and stop nothing."""
    wanted = Wanted(report=project.derived / "align")
    status = align_many(pairs, project, AlignRequest(), wanted) if pairs else 0
    return status if status > 1 else 0


def _prefill(project: Project, refs: Sequence[ArticleRef], request: PrefillRequest) -> int:
    return 2 if run_prefill(project, _catalogs(project, refs), request).damaged else 0


def _catalogs(project: Project, refs: Sequence[ArticleRef]) -> list[Path]:
    places = (
        project.catalog_path(ref.slug, target)
        for ref in refs
        for target in project.targets_of(ref)
    )
    return [path for path in places if path.exists()]


def _check(project: Project) -> int:
    """Show the findings; 2 when a catalog is damaged."""
    cache = Cache.open(project.derived)
    try:
        report = check_project(project, cache=cache)
    finally:
        if cache:
            cache.close()
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    click.echo(render(report, colour=colour, counts=False), nl=False, color=colour)
    return 2 if report.damaged else 0

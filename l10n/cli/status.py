"""`l10n status`: how far every article is, as a table, JSON or a page."""

from __future__ import annotations

import shlex
from dataclasses import asdict
from pathlib import Path

import click

from l10n import desk
from l10n.cli.left_alone import print_left_alone
from l10n.cli.streams import complain, print_data, say
from l10n.desk import Standing, StatusReport
from l10n.interface import gettext as _
from l10n.model import Counts
from l10n.project import Project
from l10n.project.outputs import refuse_project_file
from l10n.text.tables import count_cells, count_heads, format_table
from l10n.text.visible import dump_json


@click.command(help=_("Show how far every article is, per locale."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help=_("Form of the table."),
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_("Also write it as an HTML page."),
)
def status(names: tuple[str, ...], form: str, html: Path | None) -> int:
    """Print the table article × locale; exit 2 when a catalog is damaged."""
    project = Project.find()
    report = desk.status(project, names)
    for problem in report.problems:
        complain(problem)
    if html is not None:
        from l10n.export.previews.dashboard import write_dashboard  # noqa: PLC0415 - templates load slowly

        refuse_project_file(html)
        write_dashboard(project, html)
    if form == "json":
        print_data(_json(report))
    else:
        say(_table(report))
        for standing in report.standings:
            if standing.is_stale:
                message = _(
                    "{article} ({locale}): the article has changed since; type: {command}"
                )
                say(
                    message.format(
                        article=standing.article, locale=standing.locale, command="l10n update"
                    )
                )
            if standing.waiting is not None:
                _print_waiting(project.relative(standing.waiting), standing)
        print_left_alone(project, project.census().aside)
    return 2 if report.problems else 0


def _print_waiting(path: str, standing: Standing) -> None:
    message = _("{path}: this translation has not been taken in; take it in: {command}")
    say(message.format(path=path, command=f"l10n align {shlex.quote(standing.article)}"))


def _json(report: StatusReport) -> str:
    rows = [
        {
            "article": standing.article,
            "locale": standing.locale,
            **(asdict(standing.counts) if standing.counts else {"catalog": None}),
            **({"stale": True} if standing.is_stale else {}),
        }
        for standing in report.standings
    ]
    return dump_json(rows) + "\n"


def _table(report: StatusReport) -> str:
    heads = (_("article"), _("locale"), *count_heads())
    standings = report.standings
    body = [_row(row.article, row.locale, row.counts) for row in standings]
    locales = dict.fromkeys(standing.locale for standing in standings)
    totals = [_row(_("total"), locale, report.total(locale)) for locale in locales]
    return format_table([heads, *body, *totals], rules=(1, len(body) + 1))


def _row(name: str, locale: str, counts: Counts | None) -> tuple[str, ...]:
    if counts is None:
        return (name, locale, _("no catalog yet"), "", "", "", "")
    return (name, locale, *count_cells(counts))

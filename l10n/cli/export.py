"""`l10n export`: the localized articles, written."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Literal

import click

from l10n.cli.exports import print_export, unified
from l10n.cli.progress import Progress
from l10n.cli.streams import complain, print_data
from l10n.cli.workers import workers_for, workers_options
from l10n.desk.publishing import (
    form_of,
    publish,
    publish_bilingual,
    publish_file,
    write_page,
)
from l10n.errors import L10nError, UsageError
from l10n.interface import gettext as _
from l10n.project import Project, project_here
from l10n.project.outputs import refuse_project_file


@click.command(help=_("Write the localized articles, or one ARTICLE with its catalog PO."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]… | ARTICLE PO"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("Folder of the site; with ARTICLE and PO the file (standard output)."),
)
@click.option("--drafts", is_flag=True, help=_("Show drafts too, marked and announced."))
@click.option(
    "--bilingual",
    is_flag=True,
    help=_("Write previews with source and translation side by side instead."),
)
@click.option(
    "--prune", is_flag=True, help=_("Remove pages of ours that are no longer of the site.")
)
@click.option(
    "--replace",
    is_flag=True,
    help=_("Write over pages of people that no catalog has taken in, where pages go in place."),
)
@click.option(
    "--dry-run", is_flag=True, help=_("Write nothing; print what would change as a diff.")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["html", "same"]),
    help=_(
        "With ARTICLE and PO: HTML, or the article's own format (what the output's name says)."
    ),
)
@workers_options
def export(
    names: tuple[str, ...],
    *,
    output: Path | None,
    drafts: bool,
    bilingual: bool,
    prune: bool,
    replace: bool,
    dry_run: bool,
    form: Literal["html", "same"] | None,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Write pages; exit 2 when an article or catalog cannot be read, 1 when an accepted translation is not shown."""
    if len(names) == 2 and names[1].lower().endswith(".po"):
        return _export_file(
            Path(names[0]),
            Path(names[1]),
            output,
            drafts=drafts,
            bilingual=bilingual,
            form=form,
        )
    if form is not None:
        raise UsageError(
            _("--format is for one ARTICLE with its PO; a project says it in l10n.toml"),
            hint='[export] format = "same"',
        )
    project = Project.find()
    if bilingual:
        report = publish_bilingual(project, names, out=output)
    else:
        with (
            workers_for(project, jobs, scheduler, ()) as workers,
            Progress(_("Exporting")) as on_progress,
        ):
            report = publish(
                project,
                names,
                out=output,
                drafts=drafts or None,
                prune=prune,
                replace_theirs=replace,
                dry=dry_run,
                on_progress=on_progress,
                workers=workers,
            )
    for difference in report.differences:
        print_data(unified(project, difference))
    print_export(project, report)
    return 2 if report.failed else int(bool(report.refused or report.theirs or report.losing))


def _export_file(
    article: Path,
    catalog: Path,
    output: Path | None,
    *,
    drafts: bool,
    bilingual: bool,
    form: Literal["html", "same"] | None,
) -> int:
    if output is not None and str(output) != "-":
        if output.resolve() in {article.resolve(), catalog.resolve()}:
            raise UsageError(_("that file is what the page is made from"), path=output)
        refuse_project_file(output, original=None if bilingual else article)
    page = publish_file(
        article,
        catalog,
        drafts=drafts,
        bilingual=bilingual,
        form=form or form_of(article, output),
    )
    for problem in page.problems:
        complain(problem)
    if output is None or str(output) == "-":
        print_data(page.text)
    elif not write_page(page, article, catalog, output, project_here()):
        message = _("left as it is: a translation that was not taken in")
        command = shlex.join(("l10n", "align", str(article), str(output)))
        complain(L10nError(message, path=output, hint=command))
        return 1
    return int(page.refused > 0)

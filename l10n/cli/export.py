"""`l10n export`: the localized articles, written."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from l10n.cli.progress import Progress
from l10n.cli.streams import complain, print_data, say
from l10n.desk.publishing import publish, publish_bilingual, publish_file, write_page
from l10n.errors import L10nError, UsageError
from l10n.export import ExportReport
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.project import Project, project_here
from l10n.project.toml_lines import line_of

_STALE_SHOWN = 5


@click.command(
    help=_("Write the localized articles: LOCALE…, or one ARTICLE with its catalog PO.")
)
@click.argument("names", nargs=-1, metavar=_("[LOCALE]… | ARTICLE PO"))
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
def export(
    names: tuple[str, ...], output: Path | None, drafts: bool, bilingual: bool, prune: bool
) -> int:
    """Write pages; exit 2 when an article or catalog cannot be read, 1 when an accepted translation is not shown."""
    if len(names) == 2 and names[1].lower().endswith(".po"):
        return _export_file(
            Path(names[0]), Path(names[1]), output, drafts=drafts, bilingual=bilingual
        )
    project = Project.find()
    if bilingual:
        report = publish_bilingual(project, names, out=output)
    else:
        with Progress(_("Exporting")) as on_progress:
            report = publish(
                project,
                names,
                out=output,
                drafts=drafts or None,
                prune=prune,
                on_progress=on_progress,
            )
    print_export(project, report)
    return 2 if report.failed else int(report.refused > 0)


def _export_file(
    article: Path, catalog: Path, output: Path | None, *, drafts: bool, bilingual: bool
) -> int:
    page = publish_file(article, catalog, drafts=drafts, bilingual=bilingual)
    for problem in page.problems:
        complain(problem)
    if output is None or str(output) == "-":
        print_data(page.text)
    elif output.resolve() in {article.resolve(), catalog.resolve()}:
        raise UsageError(_("that file is what the page is made from"), path=output)
    elif not write_page(page, article, catalog, output, project_here()):
        message = _("left as it is: a translation that was not taken in")
        command = shlex.join(("l10n", "align", str(article), str(output)))
        complain(L10nError(message, path=output, hint=command))
        return 1
    return int(page.refused > 0)


def print_export(project: Project, report: ExportReport) -> None:
    """Say what an export did, in a few lines."""
    for problem in report.problems:
        complain(problem)
    for locale, address in report.unused_counterparts:
        message = _("[links]: no article that is published in {locale} links to {address}")
        text = message.format(locale=locale, address=address)
        complain(L10nError(text, path=project.file.name, line=line_of(project.file, address)))
    for page in report.hidden:
        say(_("not published, passages are missing: {path}").format(path=page.path), err=True)
    for page in report.kept:
        say(_("left as published before: {path}").format(path=page.path), err=True)
    for path in report.removed:
        say(_("removed: {path}").format(path=_path(project, path)), err=True)
    for path in report.stale[:_STALE_SHOWN]:
        say(_("no longer part of the site: {path}").format(path=_path(project, path)), err=True)
    more = len(report.stale) - _STALE_SHOWN
    if more > 0:
        text = ngettext("and {n} more file", "and {n} more files", more)
        say(text.format(n=more), err=True)
    pages = ngettext("{n} page", "{n} pages", report.pages).format(n=report.pages)
    written = ngettext("{n} changed", "{n} changed", len(report.written)).format(
        n=len(report.written)
    )
    say(f"{_path(project, report.out)}: {pages}, {written}{_gaps(report)}")


def _gaps(report: ExportReport) -> str:
    parts = []
    if report.drafts:
        text = ngettext(
            "{n} passage shown as a draft", "{n} passages shown as drafts", report.drafts
        )
        parts.append(text.format(n=report.drafts))
    if report.untranslated:
        text = ngettext(
            "{n} passage not translated", "{n} passages not translated", report.untranslated
        )
        parts.append(text.format(n=report.untranslated))
    if report.refused:
        text = ngettext(
            "{n} accepted translation not shown",
            "{n} accepted translations not shown",
            report.refused,
        )
        parts.append(text.format(n=report.refused))
    return "".join(f", {part}" for part in parts)


def _path(project: Project, path: Path) -> str:
    """Return a path the shortest way a person at this place would type it."""
    for base in (Path.cwd(), project.root):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix() or "."
    return path.as_posix()

"""`export` and `preview`: the localized articles, and a look at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from l10n.articles import read_article
from l10n.catalog import Catalog
from l10n.cli import complain
from l10n.cli.progress import Progress
from l10n.errors import L10nError, UsageError
from l10n.export import ExportReport, choose, export_article, export_project
from l10n.export.publish import encode, refusals
from l10n.files import write_if_changed
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import State
from l10n.project import Project
from l10n.project.judging import counterpart

_STALE_SHOWN = 5


@click.command(
    help=_("Write the localized articles: LOCALE…, or one ARTICLE with its catalog PO.")
)
@click.argument("what", nargs=-1, metavar=_("[LOCALE]… | ARTICLE PO"))
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
def export(what: tuple[str, ...], output: Path | None, drafts: bool, bilingual: bool) -> int:
    """Write pages; exit 2 when an article or catalog cannot be read, 1 when an accepted translation is not shown."""
    if len(what) == 2 and what[1].lower().endswith(".po"):
        return _export_one(
            Path(what[0]), Path(what[1]), output, drafts=drafts, bilingual=bilingual
        )
    project = Project.find()
    _known_locales(project, what)
    if bilingual:
        from l10n.export.previews.project import export_bilingual  # noqa: PLC0415 - templates load slowly

        with _machine_drafts(project) as machine:
            report = export_bilingual(project, locales=what, out=output, machine=machine)
    else:
        with Progress(_("Exporting")) as on_progress:
            report = export_project(
                project,
                locales=what,
                out=output,
                drafts=drafts or None,
                on_progress=on_progress,
            )
    return say_report(project, report) or int(report.refused > 0)


def _export_one(
    path: Path, catalog_path: Path, output: Path | None, *, drafts: bool, bilingual: bool
) -> int:
    catalog = Catalog.load(catalog_path)
    source = catalog.source_locale or counterpart(catalog.target_locale)
    article = read_article(path, source)
    refused = 0
    if bilingual:
        from l10n.export.previews.bilingual import render_bilingual  # noqa: PLC0415 - templates load slowly

        text = render_bilingual(article, catalog, target=catalog.target_locale)
    else:
        text = export_article(article, catalog, target=catalog.target_locale, drafts=drafts)
        choices = choose(article, catalog, drafts=drafts)
        for choice, problem in refusals(article, choices, catalog, catalog_path):
            complain(problem)
            refused += choice.state is not State.DRAFT
    if output is None or str(output) == "-":
        click.echo(text, nl=False)
        return int(refused > 0)
    if output.resolve() in {path.resolve(), catalog_path.resolve()}:
        raise UsageError(_("that file is what the page is made from"), path=output)
    write_if_changed(output, text.encode() if bilingual else encode(text, article))
    return int(refused > 0)


def _known_locales(project: Project, names: Sequence[str]) -> None:
    for name in names:
        if name not in project.locales:
            raise UsageError(
                _("no locale of this project: {tag}").format(tag=name),
                hint="l10n export " + " ".join(project.locales),
            )


@contextmanager
def _machine_drafts(project: Project) -> Iterator[Callable[[str, str], str | None] | None]:
    """Give what engines drafted, where a run of prefill noted it."""
    from l10n.engines.cache import FILE, DraftCache  # noqa: PLC0415 - engines load slowly

    path = project.derived / FILE
    if not path.is_file():
        yield None
        return
    with DraftCache(path) as cache:

        def drafted(target: str, msgid: str) -> str | None:
            return next((text for _engine, text in cache.written(target, msgid)), None)

        yield drafted


def say_report(project: Project, report: ExportReport) -> int:
    """Say what an export did, in a few lines; gives the exit status."""
    for problem in report.problems:
        complain(problem)
    for page in report.hidden:
        click.echo(
            _("not published, passages are missing: {path}").format(path=page.path), err=True
        )
    for page in report.kept:
        click.echo(_("left as published before: {path}").format(path=page.path), err=True)
    for path in report.stale[:_STALE_SHOWN]:
        click.echo(
            _("no longer part of the site: {path}").format(path=_shown(project, path)), err=True
        )
    more = len(report.stale) - _STALE_SHOWN
    if more > 0:
        text = ngettext("and {n} more file", "and {n} more files", more)
        click.echo(text.format(n=more), err=True)
    pages = ngettext("{n} page", "{n} pages", report.pages).format(n=report.pages)
    written = ngettext("{n} changed", "{n} changed", len(report.written)).format(
        n=len(report.written)
    )
    click.echo(f"{_shown(project, report.out)}: {pages}, {written}{_gaps(report)}")
    return 2 if report.failed else 0


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


def _shown(project: Project, path: Path) -> str:
    """Give a path the shortest way a person at this place would type it."""
    for base in (Path.cwd(), project.root):
        if path.is_relative_to(base):
            return path.relative_to(base).as_posix() or "."
    return path.as_posix()


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

    project = Project.find()

    def rebuild() -> None:
        try:
            current = Project.load(project.file)
            say_report(current, export_project(current, drafts=drafts or None))
        except L10nError as error:
            complain(error)

    rebuild()

    def front() -> str:
        current = Project.load(project.file)
        return render_dashboard(current, current.export.out, previews=False)

    with serve(project.export.out, port, front=front) as address:
        click.echo(_("{address} – stop with Ctrl+C").format(address=address), err=True)
        watch_project(project, rebuild)
    return 0

"""`l10n align`: an article and its existing translation in, a filled catalog, beads or a report out."""

from __future__ import annotations

from pathlib import Path

import click

from l10n.cli.alignments import (
    align_many,
    print_alignment,
    print_filled,
    print_links,
)
from l10n.cli.intake import print_taking_in, warn
from l10n.cli.outputs import Outputs
from l10n.cli.site_alignment import of_named, of_site
from l10n.cli.streams import complain, say
from l10n.cli.workers import workers_for, workers_options
from l10n.desk.aligned import AlignRequest
from l10n.desk.aligning import align_files, align_line_files
from l10n.desk.link_proposals import propose_links
from l10n.desk.pairs import Locales, Pair, pair_folders
from l10n.errors import UsageError
from l10n.interface import gettext as _
from l10n.project import project_here
from l10n.project.outputs import refuse_project_file


@click.command(help=_("Pair an article with its existing translation and fill the catalog."))
@click.argument(
    "source", required=False, type=click.Path(path_type=Path), metavar=_("[SOURCE]")
)
@click.argument(
    "target", required=False, type=click.Path(path_type=Path), metavar=_("[TARGET]")
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("Catalog to write (a folder for folders)."),
)
@click.option("--from", "source_locale", metavar=_("LOCALE"), help=_("Locale of the source."))
@click.option(
    "--to", "target_locale", metavar=_("LOCALE"), help=_("Locale of the translation.")
)
@click.option(
    "--lines", is_flag=True, help=_("Take every line as one segment, blank ones too.")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "beads", "json"]),
    help=_("Print the alignment in this form."),
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help=_("Write a side-by-side page (a folder for folders)."),
)
@click.option(
    "--trust",
    type=click.FloatRange(0, 1),
    metavar="S",
    help=_("Take what scores S or more as translated."),
)
@click.option(
    "--evaluate",
    "gold",
    type=click.Path(path_type=Path),
    metavar="GOLD",
    help=_("Score the result against gold beads."),
)
@click.option("--engine", metavar=_("NAME"), help=_("Engine that helps comparing, or none."))
@click.option(
    "--vectors/--no-vectors",
    default=None,
    help=_("Compare what words leave in doubt by sentence vectors."),
)
@workers_options
def align(
    source: Path | None,
    target: Path | None,
    *,
    output: Path | None,
    source_locale: str | None,
    target_locale: str | None,
    lines: bool,
    form: str | None,
    report: Path | None,
    trust: float | None,
    gold: Path | None,
    engine: str | None,
    vectors: bool | None,
    jobs: int | None,
    scheduler: str | None,
) -> int:
    """Align one pair, a pair of folders, or what the project has translations of."""
    project = project_here()
    request = AlignRequest(trust=trust, engine=engine, vectors=vectors)
    locales = (source_locale, target_locale)
    outputs = Outputs(form, report, gold)
    if report is not None:
        refuse_project_file(report)
    if source is None or target is None:
        if lines or project is None:
            raise UsageError(
                _("name a source and a translation"), hint="l10n align SOURCE TARGET"
            )
        if source is None:
            outputs, pairs = of_site(project, outputs, target_locale)
        else:
            pairs = of_named(project, str(source), target_locale)
        with workers_for(project, jobs, scheduler) as workers:
            return align_many(pairs, project, request, outputs, workers)
    for path in (source, target):
        if not path.exists():
            raise UsageError(_("no such file"), path=path)
    if lines:
        alignment = align_line_files(source, target, request, locales=locales)
        warn(target, alignment)
        return print_alignment(alignment, outputs)
    if source.is_dir() != target.is_dir():
        raise UsageError(_("a folder can only be aligned with a folder"), path=target)
    if source.is_dir():
        pairs = _folder_pairs(source, target, locales, output)
        with workers_for(project, jobs, scheduler) as workers:
            return align_many(pairs, project, request, outputs, workers)
    result = align_files(
        source, target, output, request, locales=locales, project=project, on_problem=complain
    )
    print_taking_in(result)
    print_filled(result)
    print_links(propose_links([result], project))
    return print_alignment(result.alignment, outputs, quiet=result.pair.catalog is not None)


def _folder_pairs(
    source: Path, target: Path, locales: Locales, output: Path | None
) -> list[Pair]:
    pairs, lonely = pair_folders(source, target, locales=locales, catalogs=output)
    for path in lonely:
        say(_("{path}: no counterpart").format(path=path), err=True)
    return pairs

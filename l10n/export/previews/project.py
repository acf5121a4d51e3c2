"""Bilingual previews of a whole project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from l10n.articles import read_article
from l10n.errors import L10nError
from l10n.export.paths import bilingual_folder, bilingual_path, load_catalog, output_folder
from l10n.export.previews.bilingual import MachineDraft, render_bilingual
from l10n.export.report import ExportReport
from l10n.project import Project


def export_bilingual(
    project: Project,
    *,
    locales: Sequence[str] = (),
    out: Path | None = None,
    machine: MachineDraft | None = None,
) -> ExportReport:
    """Write a bilingual preview of every article that has a catalog, for some locales or for all."""
    report = ExportReport(output_folder(project, out or bilingual_folder(project)))
    for ref in project.articles():
        for target in project.targets_of(ref):
            if (locales and target not in locales) or not project.catalog_path(
                ref.slug, target
            ).exists():
                continue
            try:
                article = read_article(ref.path, ref.locale, options=ref.options)
                catalog = load_catalog(project, ref, target)
            except L10nError as error:
                report.problems.append(error)
                report.failed += 1
                continue
            name = project.relative(ref.path)
            text = render_bilingual(article, catalog, target=target, name=name, machine=machine)
            report.note(bilingual_path(report.out, ref.slug, target), text.encode())
    return report

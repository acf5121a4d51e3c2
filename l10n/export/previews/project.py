"""Bilingual previews of a whole project, and the page that leads to them."""

from __future__ import annotations

from l10n.articles import read_article
from l10n.catalog import Catalog
from l10n.errors import L10nError
from l10n.export.paths import bilingual_path
from l10n.export.previews.bilingual import MachineDraft, render_bilingual
from l10n.export.previews.dashboard import render_dashboard
from l10n.export.report import ExportReport
from l10n.export.site import FRONT_PAGE, relative_url
from l10n.project import ArticleRef, Project
from l10n.project.meant import EVERYTHING, Meant


def export_bilingual(
    project: Project,
    report: ExportReport,
    *,
    meant: Meant = EVERYTHING,
    machine: MachineDraft | None = None,
) -> None:
    """Write a bilingual preview of every article that has a catalog and is meant, and the page that leads to all there are."""
    for ref in project.articles():
        for target in project.targets_of(ref):
            if not meant.includes(ref.slug, target):
                continue
            if not project.catalog_path(ref.slug, target).exists():
                continue
            try:
                article = read_article(ref.path, ref.locale, options=ref.options)
                catalog = Catalog.open_or_new(
                    project.catalog_path(ref.slug, target),
                    source=ref.locale,
                    target=target,
                    article=project.relative(ref.path),
                )
            except L10nError as error:
                report.problems.append(error)
                report.failed += 1
                continue
            path = bilingual_path(report.out, ref.slug, target)
            text = render_bilingual(
                article,
                catalog,
                target=target,
                name=project.relative(ref.path),
                machine=machine,
                index=relative_url(FRONT_PAGE, path.relative_to(report.out).as_posix()),
            )
            report.note(path, text.encode())

    def address(ref: ArticleRef, locale: str) -> str:
        path = bilingual_path(report.out, ref.slug, locale)
        is_there = locale != ref.locale and path.is_file()
        return relative_url(path.relative_to(report.out).as_posix(), ".") if is_there else ""

    report.note_file(
        report.out / FRONT_PAGE, render_dashboard(project, address=address).encode()
    )

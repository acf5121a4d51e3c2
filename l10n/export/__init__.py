"""Export: articles and catalogs become pages ready to publish, and previews for people."""

from l10n.export.bilingual import render_bilingual
from l10n.export.choices import Choice, Shown, choose
from l10n.export.dashboard import render_dashboard, write_dashboard
from l10n.export.page import export_article
from l10n.export.publish import ExportReport, export_bilingual, export_project
from l10n.export.site import Page, Site

__all__ = [
    "Choice",
    "ExportReport",
    "Page",
    "Shown",
    "Site",
    "choose",
    "export_article",
    "export_bilingual",
    "export_project",
    "render_bilingual",
    "render_dashboard",
    "write_dashboard",
]

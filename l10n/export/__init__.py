"""Export: articles and catalogs become pages ready to publish, and previews for people.

What draws previews (`l10n.export.previews`) is imported by whoever needs it: templates load slowly.
"""

from l10n.export.choices import Choice, Choices, Shown, choose
from l10n.export.pages.render import export_article
from l10n.export.publish import export_project
from l10n.export.report import ExportReport
from l10n.export.site import Page, Site

__all__ = [
    "Choice",
    "Choices",
    "ExportReport",
    "Page",
    "Shown",
    "Site",
    "choose",
    "export_article",
    "export_project",
]

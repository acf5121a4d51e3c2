"""Export: articles and catalogs become pages ready to publish, and previews for people.

Each name is loaded when it is first asked for: a site on which nothing has changed needs no templates and no parser.
What draws previews (`l10n.export.previews`) is imported by whoever needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.export.choices import Choice, Choices, Shown, choose
    from l10n.export.pages.render import export_article
    from l10n.export.publish import export_project
    from l10n.export.report import ExportReport
    from l10n.export.site import Page, Site

_HOMES = {
    "Choice": "choices",
    "Choices": "choices",
    "ExportReport": "report",
    "Page": "site",
    "Shown": "choices",
    "Site": "site",
    "choose": "choices",
    "export_article": "pages.render",
    "export_project": "publish",
}

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


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

"""A page to look at while reviewing: source and translation side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.errors import UsageError
from l10n.interface import gettext as _

if TYPE_CHECKING:
    from l10n.catalog import Catalog
    from l10n.project import Project


def preview_page(project: Project | None, catalog: Catalog) -> str:
    """Return the page of a catalog's article; UsageError for a catalog without an article."""
    from l10n.articles import read_article  # noqa: PLC0415 - readers load slowly, rarely needed
    from l10n.export.previews.bilingual import render_bilingual  # noqa: PLC0415

    slug = project.slug_of_catalog(catalog.path) if project and catalog.path else None
    ref = None
    if project is not None and slug is not None:
        ref = next((ref for ref in project.articles() if ref.slug == slug), None)
    if project is None or ref is None:
        raise UsageError(_("this catalog has no article to preview"))
    article = read_article(ref.path, ref.locale, options=ref.options)
    name = project.relative(ref.path)
    return render_bilingual(article, catalog, target=catalog.target_locale, name=name)

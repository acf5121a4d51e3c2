"""Text and Markdown articles as complete HTML pages, through one template a project may override."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from l10n.export.landmarks import landmarks
from l10n.export.pages.maker import BarePage
from l10n.export.pages.model import PageModel
from l10n.export.structured import article_json


def article_page(page: PageModel, *, templates: Path | None = None) -> BarePage:
    """Render a page through the template `article.html`; its passages carry their marks already."""
    # Late: an article that stays what it is needs no template.
    from l10n.export.templates import read_template, render_template  # noqa: PLC0415

    structured = article_json(
        headline=page.title,
        description=page.description,
        language=page.lang,
        date=page.date.iso if page.date else "",
        author=page.author,
    )
    text = render_template(
        "article.html",
        templates=templates,
        page=page,
        stylesheet=Markup(read_template("article.css", templates=templates)),  # noqa: S704 - ours
        structured=Markup(structured),  # noqa: S704 - nothing in it ends a script
    )
    # A project's own template may hold anything, so the page is looked through like an article in HTML.
    return BarePage(text, landmarks(text))

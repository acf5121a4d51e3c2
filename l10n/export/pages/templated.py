"""Text and Markdown articles as complete HTML pages, through one template a project may override."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from l10n.export.landmarks import landmarks
from l10n.export.pages.maker import BarePage
from l10n.export.pages.model import PageModel


def article_page(page: PageModel, *, templates: Path | None = None) -> BarePage:
    """Render a page through the template `article.html`; its passages carry their marks already."""
    # Late: an article that stays what it is needs no template.
    from l10n.export.templates import read_template, render_template  # noqa: PLC0415

    text = render_template(
        "article.html",
        templates=templates,
        page=page,
        stylesheet=Markup(read_template("article.css", templates=templates)),  # noqa: S704 - ours
        structured=_structured(page),
    )
    return BarePage(text, landmarks(text))


def _structured(page: PageModel) -> Markup:
    """Give the JSON-LD of a page, written so that nothing ends the script it stands in."""
    known = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": page.title,
        "description": page.description,
        "inLanguage": page.lang,
        "datePublished": page.date.iso if page.date else "",
        "author": {"@type": "Person", "name": page.author} if page.author else "",
    }
    said = {key: value for key, value in known.items() if value}
    text = json.dumps(said, ensure_ascii=False, indent=1)
    for character in "&<>":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - escaped just above

"""Text and Markdown articles as complete HTML pages, through one template a project may override."""

from __future__ import annotations

import json
from pathlib import Path

from markupsafe import Markup

from l10n.export.choices import Choice, Choices, Shown
from l10n.export.pages.markdown import markdown_page
from l10n.export.pages.model import PageModel
from l10n.export.pages.plain import text_page
from l10n.export.templates import read_template, render_template
from l10n.model import Article, State

_ORIGINAL = Choice(Shown.SOURCE, State.UNTRANSLATED)


def article_page(
    article: Article, choices: Choices | None, target: str, *, templates: Path | None = None
) -> str:
    """Give a text or Markdown article as a complete HTML page; without choices the original."""
    shown = choices.blocks if choices else (_ORIGINAL,) * len(article.blocks)
    make = markdown_page if article.format == "markdown" else text_page
    page = make(article, shown, target)
    return render_template(
        "article.html",
        templates=templates,
        page=page,
        stylesheet=Markup(read_template("article.css", templates=templates)),  # noqa: S704 - ours
        structured=_structured(page),
    )


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

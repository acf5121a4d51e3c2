"""One page: an article and its choices become the text that is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from l10n.articles import splice
from l10n.articles.html.tokens import is_xml
from l10n.articles.rewrite import html_edits
from l10n.catalog import Catalog
from l10n.errors import ArticleError
from l10n.export.choices import Choices, Shown, choose
from l10n.export.dress import dress
from l10n.export.edits import apply, in_order
from l10n.export.landmarks import Landmarks, landmarks
from l10n.export.links import Links
from l10n.export.pages.same import with_front_matter, with_links
from l10n.export.provenance import mark_edits
from l10n.export.site import Page, Site, published_path
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Article


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page ready to be written, and the files it needs beside it."""

    text: str
    assets: Mapping[str, Path] = field(default_factory=dict)
    """Files to copy, by path below the output folder."""


def export_article(
    article: Article,
    catalog: Catalog | None,
    *,
    target: str,
    site: Site | None = None,
    drafts: bool = False,
    missing: Literal["source", "fail"] = "source",
    format: Literal["html", "same"] = "html",  # noqa: A002 - the word of the project file
    templates: Path | None = None,
) -> str:
    """Give an article in a target locale, ready to publish.

    Without a catalog it is the original. `site` tells of its other languages and of the pages it links to;
    without one it is a site of its own. `templates` is a folder whose templates go before the built-in ones.
    Raises ArticleError when passages are missing and `missing` is "fail", or when a template is wrong.
    """
    choices = choose(article, catalog, drafts=drafts) if catalog is not None else None
    if missing == "fail" and choices is not None and not choices.is_complete:
        raise incomplete(article, target, choices)
    site = site or lone_site(article, target, as_html=format == "html")
    slug = site.files.get(article.path, (article.path.stem, ""))[0]
    page = site.page(slug, target) or Page(
        slug, target, published_path(article.path.name, target, as_html=True)
    )
    return render_page(article, choices, page, site, format=format, templates=templates).text


def lone_site(article: Article, target: str, *, as_html: bool = True) -> Site:
    """Give the site of one page that knows of no other."""
    path = published_path(article.path.name, target, as_html=as_html)
    page = Page(article.path.stem, target, path, original=target == article.locale)
    return Site(pages=(page,))


def incomplete(article: Article, target: str, choices: Choices) -> ArticleError:
    """Give the error that says how much of a page is missing."""
    message = ngettext(
        "{n} passage is not translated into {locale}",
        "{n} passages are not translated into {locale}",
        choices.missing,
    ).format(n=choices.missing, locale=target)
    return ArticleError(
        message, path=article.path, hint=_('l10n review, or missing = "source"')
    )


def render_page(
    article: Article,
    choices: Choices | None,
    page: Page,
    site: Site,
    *,
    format: Literal["html", "same"] = "html",  # noqa: A002
    templates: Path | None = None,
) -> Rendered:
    """Render one page; without choices the original."""
    links = Links(site, page, article.path, article.locale, plain=format == "same")
    marked = False
    if article.format == "html":
        text, found, marked = translated(article, choices, page.locale)
    elif format == "same":
        text = splice(article, replacements(choices)) if choices else article.text
        if article.format == "markdown":
            text = with_front_matter(text, lang=page.locale, key=page.slug)
            text = with_links(text, links)
        return Rendered(text, links.assets)
    else:
        # Late: most articles are HTML, and Markdown, templates and dates take long to load.
        from l10n.export.pages.article import article_page  # noqa: PLC0415

        text = article_page(article, choices, page.locale, templates=templates)
        found = landmarks(text)
    text = dress(
        text,
        found,
        page=page,
        site=site,
        links=links,
        locale=article.locale,
        choices=choices,
        marked=marked,
    )
    return Rendered(text, links.assets)


def translated(
    article: Article, choices: Choices | None, target: str
) -> tuple[str, Landmarks, bool]:
    """Give an HTML article with its translations in place, its landmarks, and whether it has marks.

    Marks stand on what is not translated.
    """
    found = landmarks(article.text)
    if choices is None:
        return article.text, found, False
    put = replacements(choices)
    marks = mark_edits(article, choices.blocks, target)
    edits = in_order([*html_edits(article.text, article.blocks, put, article.encoding), *marks])
    moved = found.moved(edits, xml=is_xml(article.text))
    return apply(article.text, edits), moved, bool(marks)


def replacements(choices: Choices) -> dict[int, str | None]:
    """Give what stands in the place of each block that is not shown as it is."""
    return {
        number: None if choice.shown is Shown.NOTHING else choice.msgstr
        for number, choice in enumerate(choices.blocks)
        if choice.shown is not Shown.SOURCE
    }

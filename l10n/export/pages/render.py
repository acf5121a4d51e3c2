"""One page: an article and its choices become the text that is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from l10n.catalog import Catalog
from l10n.errors import ArticleError
from l10n.export.choices import Choices, Shown, choose
from l10n.export.dress import dress
from l10n.export.links import Links
from l10n.export.pages.maker import page_maker
from l10n.export.site import Page, Site, fragments, published_path
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Article
from l10n.text.markup import decode


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page ready to be written, and the files it needs beside it."""

    text: str
    assets: Mapping[str, Path] = field(default_factory=dict)
    """Files to copy, by path below the output folder."""
    counterparts: frozenset[str] = frozenset()
    """Addresses of the project's table of links that the page has."""


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
    """Return an article in a target locale, ready to publish.

    Without a catalog it is the original. `site` tells of its other languages and of the pages it links to;
    without one it is a site of its own. `templates` is a folder whose templates go before the built-in ones.
    Raises ArticleError when passages are missing and `missing` is "fail", or when a template is wrong.
    """
    choices = choose(article, catalog, drafts=drafts) if catalog is not None else None
    if missing == "fail" and choices is not None and not choices.is_complete:
        raise incomplete(article.path, target, choices.missing)
    site = site or lone_site(article, target, as_html=format == "html")
    slug = site.files.get(article.path, (article.path.stem, ""))[0]
    page = site.page(slug, target) or Page(
        slug, target, published_path(article.path.name, target, as_html=True)
    )
    return render_page(article, choices, page, site, format=format, templates=templates).text


def lone_site(article: Article, target: str, *, as_html: bool = True) -> Site:
    """Return the site of one page that knows of no other."""
    path = published_path(article.path.name, target, as_html=as_html)
    page = Page(article.path.stem, target, path, original=target == article.locale)
    return Site(pages=(page,), fragments=fragments(article.text))


def incomplete(article: Path, target: str, missing: int) -> ArticleError:
    """Return the error that says how many passages of the page of an article are missing."""
    message = ngettext(
        "{n} passage is not translated into {locale}",
        "{n} passages are not translated into {locale}",
        missing,
    ).format(n=missing, locale=target)
    return ArticleError(message, path=article, hint=_('l10n review, or missing = "source"'))


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
    maker = page_maker(article)
    if format == "same":
        text = maker.same_format(article, choices, page, links)
        if text is not None:
            return Rendered(text, links.assets, frozenset(links.counterparts_used))
    bare = maker.page(article, choices, page.locale, templates=templates)
    text = dress(
        bare,
        page=page,
        site=site,
        links=links,
        locale=article.locale,
        choices=choices,
        left_texts=frozenset(_left_texts(article, choices)) if choices else frozenset(),
    )
    return Rendered(text, links.assets, frozenset(links.counterparts_used))


def _left_texts(article: Article, choices: Choices) -> Iterator[str]:
    """Yield the texts of structured data that a page shows in the language of the source."""
    for block, choice in zip(article.blocks, choices.blocks, strict=True):
        if choice.shown is Shown.SOURCE and (block.unit.context or "").startswith("jsonld:"):
            yield decode(block.unit.msgid)

"""sitemap.xml: every page search engines may list, each with its other languages."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.export.site import PAGE_SUFFIXES, Page, Site
from l10n.export.tags import escape_attribute, escape_text

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(site: Site) -> str:
    """Return the sitemap of a site with a base address."""
    pages = sorted(
        (page for page in site.pages if page.indexable and page.path.endswith(PAGE_SUFFIXES)),
        key=lambda page: page.path,
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">',
        *(line for page in pages for line in _url(page, site)),
        "</urlset>",
        "",
    ]
    return "\n".join(lines)


def _url(page: Page, site: Site) -> Iterator[str]:
    yield "  <url>"
    yield f"    <loc>{escape_text(site.url(page))}</loc>"
    for other in site.alternates(page):
        yield _alternate(other.locale, site.url(other))
        if other.original:
            yield _alternate("x-default", site.url(other))
    yield "  </url>"


def _alternate(tag: str, url: str) -> str:
    return f'    <xhtml:link rel="alternate" hreflang="{escape_attribute(tag)}" href="{escape_attribute(url)}"/>'

"""Pages that lead from the address an article had before it was renamed to the one it has now."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path, PurePosixPath

from l10n.export.site import PAGE_SUFFIXES, Page, Site, published_path, relative_url
from l10n.project import ArticleRef


def redirects(
    refs: Iterable[ArticleRef],
    former: Mapping[str, Iterable[str]],
    site: Site,
    locales: Container[str],
    *,
    as_html: bool,
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each page that leads on.

    `former` are the paths that articles had, by slug.
    """
    taken = {page.path for page in site.pages} if former else set()
    for ref in refs:
        for path_before in filter(is_plain, former.get(ref.slug, ())):
            for page in site.editions(ref.slug):
                # The address of a page that the project file gives has not changed.
                if page.locale in ref.out or page.locale not in locales:
                    continue
                suffix = PurePosixPath(path_before).suffix
                path = published_path(path_before, page.locale, as_html=as_html, suffix=suffix)
                if path not in taken and path.lower().endswith(PAGE_SUFFIXES):
                    yield path, _leading_to(page, site, path).encode()


def is_plain(path: str) -> bool:
    """Whether a path stays in the folder that it is put below; a catalog may come from anywhere."""
    return not Path(path).is_absolute() and ".." not in Path(path).parts and path.isprintable()


def _leading_to(page: Page, site: Site, path: str) -> str:
    """Return a page that sends readers and search engines on at once."""
    address = escape(relative_url(page.path, path))
    url = site.url(page)
    canonical = f'<link rel="canonical" href="{escape(url)}">\n' if url else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(page.locale)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{address}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={address}">\n{canonical}'
        '<meta name="robots" content="noindex">\n</head>\n<body>\n'
        f'<p><a href="{address}">{address}</a></p>\n</body>\n</html>\n'
    )

"""Pages that lead from the address an article had before it was renamed to the one it has now."""

from __future__ import annotations

from collections.abc import Container, Iterator
from html import escape
from pathlib import Path, PurePosixPath

from l10n.catalog.file import read_header
from l10n.catalog.header import former_paths
from l10n.errors import CatalogError
from l10n.export.site import PAGE_SUFFIXES, Page, Site, published_path, relative_url
from l10n.project import ArticleRef, Project


def redirects(
    project: Project, site: Site, taken: Container[str], locales: Container[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each page that leads on; `taken` are the paths that hold pages of today."""
    as_html = project.export.format == "html"
    for ref in project.articles():
        for former in _former_paths(project, ref):
            for page in site.editions(ref.slug):
                # The address of a page that the project file gives has not changed.
                if page.locale in ref.out or page.locale not in locales:
                    continue
                suffix = PurePosixPath(former).suffix
                path = published_path(former, page.locale, as_html=as_html, suffix=suffix)
                if path not in taken and path.lower().endswith(PAGE_SUFFIXES):
                    yield path, _leading_to(page, site, path).encode()


def _former_paths(project: Project, ref: ArticleRef) -> tuple[str, ...]:
    """Return the paths that an article had, as its catalogs tell."""
    paths: dict[str, None] = {}
    for target in project.targets_of(ref):
        catalog = project.catalog_path(ref.slug, target)
        try:
            header = read_header(catalog) if catalog.exists() else {}
        except CatalogError:
            # The page of this catalog is a problem already.
            continue
        paths |= dict.fromkeys(path for path in former_paths(header) if _is_plain(path))
    return tuple(paths)


def _is_plain(path: str) -> bool:
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

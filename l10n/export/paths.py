"""Where the pages and previews of a project stand, and what they are made from."""

from __future__ import annotations

from pathlib import Path

from l10n.catalog import Catalog
from l10n.errors import ProjectError
from l10n.export.site import Page, published_path
from l10n.interface import gettext as _
from l10n.project import ArticleRef, Project


def page_of(project: Project, ref: ArticleRef, locale: str) -> Page:
    """Return the page of an article in a locale, whether it is published or not."""
    as_html = project.export.format == "html"
    path = published_path(
        ref.out.get(locale, ref.relative), locale, as_html=as_html, suffix=ref.path.suffix
    )
    return Page(ref.slug, locale, path, original=locale == ref.locale)


def load_catalog(project: Project, ref: ArticleRef, target: str) -> Catalog:
    """Load the catalog of an article, or give an empty one where there is none yet."""
    path = project.catalog_path(ref.slug, target)
    name = project.relative(ref.path)
    return Catalog.open_or_new(path, source=ref.locale, target=target, article=name)


def page_path(project: Project, ref: ArticleRef, locale: str) -> Path:
    """Return the file of the page of an article in a locale."""
    return project.export.out / page_of(project, ref, locale).path


def bilingual_folder(project: Project) -> Path:
    """Return where bilingual previews go unless told otherwise: beside the site, never in it."""
    return project.root / "bilingual"


def bilingual_path(folder: Path, slug: str, locale: str) -> Path:
    """Return the file of the bilingual preview of an article."""
    return folder / locale / f"{slug}.html"


def output_folder(project: Project, out: Path) -> Path:
    """Return a folder pages may be written to; ProjectError when it holds, or is part of, what they are made from."""
    folder = out.resolve()
    sources = [project.root / ".git", project.derived]
    for locale in project.locales:
        sources += (project.articles_folder(locale), project.catalogs_folder(locale))
    # In either direction: a site in the articles would be read as articles, articles in the site overwritten.
    for place in (source.resolve() for source in sources):
        if folder.is_relative_to(place) or place.is_relative_to(folder):
            raise ProjectError(
                _("the pages would be written over {folder}").format(
                    folder=project.relative(place)
                ),
                path=out,
                hint='[export] out = "site"',
            )
    return folder


def inside(folder: Path, path: str) -> Path:
    """Return the file a path of the site stands for; ProjectError when a link leads it elsewhere."""
    file = folder / path
    if not file.parent.resolve().is_relative_to(folder) or file.is_symlink():
        raise ProjectError(_("links to a place outside the exported site"), path=file)
    return file

"""Where the pages and previews of a project stand, and what they are made from."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from l10n.errors import ProjectError
from l10n.export.site import PAGE_SUFFIXES, Page, published_name, published_path
from l10n.interface import gettext as _
from l10n.project import ArticleRef, Project
from l10n.project.outputs import refuse_as_folder


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where the pages of a project are written: below the folder of the site, or where their articles lie."""

    project: Project
    root: Path
    """Absolute folder that paths of pages are below."""
    has_places: bool
    """Whether pages go where the project's places say; else they are below the root, a folder for each locale."""
    is_alone: bool = True
    """Whether every page of the project goes here."""
    looked_at: set[str] = field(default_factory=set, repr=False, compare=False)
    """Folders below the root that lead nowhere else, as far as this run has asked."""

    @classmethod
    def of(cls, project: Project, out: Path | None = None) -> tuple[Outlet, ...]:
        """Return the outlets of a project, the site last; a folder named by a person takes every page."""
        if out is None:
            kinds = {place.pages is not None for place in project.places}
        else:
            kinds = {False}
        is_alone = len(kinds) == 1
        outlets = []
        if True in kinds:
            outlets.append(cls(project, project.root, has_places=True, is_alone=is_alone))
        if False in kinds:
            folder = output_folder(project, out or project.export.out)
            outlets.append(cls(project, folder, has_places=False, is_alone=is_alone))
        return tuple(outlets)

    @classmethod
    def of_article(cls, ref: ArticleRef, project: Project) -> Outlet:
        """Return the outlet that the pages of an article go to."""
        return next(outlet for outlet in cls.of(project) if outlet.takes(ref))

    def takes(self, ref: ArticleRef) -> bool:
        """Whether the pages of an article go here."""
        return self.is_alone or (ref.place.pages is not None) is self.has_places

    def page(self, ref: ArticleRef, locale: str, former: str = "") -> Page:
        """Return the page of an article in a locale, whether it is published or not.

        `former` is the path of an earlier name of the article: then the page that it had.
        """
        as_html = self.project.format_of(ref.place) == "html"
        relative = ref.out.get(locale, former or ref.relative)
        below = f"{ref.place.name}/{relative}" if ref.place.name else relative
        suffix = ref.path.suffix
        is_original = locale == ref.locale
        address = published_path(below, locale, as_html=as_html, suffix=suffix)
        if not self.has_places:
            return Page(ref.slug, locale, address, original=is_original)
        if is_original and ref.place.is_in_place:
            file: Path | None = ref.path
        else:
            name = published_name(relative, as_html=as_html, suffix=suffix)
            file = ref.place.page(locale, name)
        assert file is not None, "an outlet of places takes their articles alone"
        path = file.relative_to(self.root).as_posix()
        return Page(
            ref.slug,
            locale,
            path,
            original=is_original,
            address=f"{locale}/{relative}",
            bare=ref.place.is_in_place,
        )

    def file(self, path: str) -> Path:
        """Return the file a path of the site stands for; ProjectError when a link leads it elsewhere."""
        folder = posixpath.dirname(path)
        file = self.root / path
        # Once for all pages of a folder: following links takes longer than all else about a page that stays as it is.
        if folder not in self.looked_at:
            file = _inside(self.root, path)
            self.looked_at.add(folder)
        elif os.path.islink(file):  # noqa: PTH114 - half the time of Path.is_symlink()
            raise _elsewhere(file)
        return file

    def is_in_place(self, ref: ArticleRef) -> bool:
        """Whether the pages of an article go where it lies: then it is never written, and pages are kept bare."""
        return self.has_places and ref.place.is_in_place


def page_path(project: Project, ref: ArticleRef, locale: str) -> Path:
    """Return the file of the page of an article in a locale."""
    outlet = Outlet.of_article(ref, project)
    return outlet.root / outlet.page(ref, locale).path


def preview_folder(project: Project) -> Path:
    """Return where pages that go in place are written to be looked at: only an export may change those of the site."""
    return project.derived / "preview"


def bilingual_folder(project: Project) -> Path:
    """Return where bilingual previews go unless told otherwise: beside the site, never in it."""
    return project.root / "bilingual"


def bilingual_path(folder: Path, slug: str, locale: str) -> Path:
    """Return the file of the bilingual preview of an article."""
    return folder / locale / f"{slug}.html"


def refuse_generators_page(outlet: Outlet, refs: Sequence[ArticleRef]) -> None:
    """Raise ProjectError where Markdown in place would become HTML, which no generator looks for there."""
    for ref in refs:
        if outlet.project.format_of(ref.place) == "same":
            continue
        if outlet.is_in_place(ref) and ref.path.suffix.lower() not in PAGE_SUFFIXES:
            raise ProjectError(
                _(
                    "{path} would become HTML where its site generator looks for its own format"
                ).format(path=outlet.project.relative(ref.path)),
                path=outlet.project.file,
                hint='[export] format = "same"',
            )


def output_folder(project: Project, out: Path) -> Path:
    """Return a folder pages may be written to; ProjectError when it holds, or is part of, what they are made from."""
    refuse_as_folder(out, project)
    folder = out.resolve()
    sources = [project.root / ".git"]
    if folder != preview_folder(project):
        sources.append(project.derived)
    # A folder of the whole project is walked around the site.
    sources += (place for place in project.article_folders if place != project.root)
    sources += map(project.catalogs_folder, project.locales)
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


def _inside(folder: Path, path: str) -> Path:
    """Return the file a path below a folder of pages stands for; ProjectError when a link leads it elsewhere."""
    file = folder / path
    if not file.parent.resolve().is_relative_to(folder) or file.is_symlink():
        raise _elsewhere(file)
    return file


def _elsewhere(file: Path) -> ProjectError:
    return ProjectError(_("links to a place outside the exported site"), path=file)

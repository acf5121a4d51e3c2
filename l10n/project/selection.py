"""What arguments of commands mean: catalogs by locale, article, path or folder, and whose catalogs they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from l10n.articles.formats import suffixes
from l10n.errors import ProjectError, UsageError
from l10n.interface import gettext as _
from l10n.project.files import files_below, place_of
from l10n.project.layout import Project
from l10n.project.meant import article_in_locale, next_name


def project_here(*, required: bool = False) -> Project | None:
    """Return the project of the working folder; None where there is none and none is required.

    Raises ProjectError for a project file that is wrong: its catalogs are not judged without it.
    """
    try:
        return Project.find()
    except ProjectError as error:
        if required or error.path is not None:
            raise
        return None


def select_catalogs(names: Sequence[str], project: Project | None) -> tuple[Path, ...]:
    """Return the catalogs that arguments of a command mean: locales, articles, catalogs, folders; all without any.

    Raises UsageError for what is none of these, ProjectError when a project is needed and there is none.
    """
    if not names:
        return (project or Project.find()).catalogs()
    catalogs: dict[Path, None] = {}
    for name in names:
        catalogs |= dict.fromkeys(_catalogs_named(name, project))
    return tuple(catalogs)


def owner_of(catalog: Path) -> Project | None:
    """Return the project in whose folders a catalog lies; None when there is none. ProjectError when it is broken."""
    try:
        project = Project.find(place_of(catalog).parent)
    except ProjectError as error:
        if error.path is not None:
            raise
        return None
    return project if project.target_of_catalog(catalog) else None


def by_project(
    catalogs: Iterable[Path], current: Project | None
) -> list[tuple[Project | None, Sequence[Path]]]:
    """Return catalogs by the project they belong to: the current one, another one, or none."""
    groups: dict[Path | None, tuple[Project | None, list[Path]]] = {}
    owners: dict[Path, Project | None] = {}
    for path in catalogs:
        if current is not None and current.target_of_catalog(path):
            owner: Project | None = current
        else:
            if path.parent not in owners:
                owners[path.parent] = owner_of(path)
            owner = owners[path.parent]
        groups.setdefault(owner.root if owner else None, (owner, []))[1].append(path)
    return [(owner, paths) for owner, paths in groups.values()]


def _catalogs_named(name: str, project: Project | None) -> tuple[Path, ...]:
    path = Path(name)
    # A site may have a folder of that name: `en/` of its articles is no place of catalogs.
    if project is not None and name in project.locales:
        return project.catalogs(name)
    if project is not None and (pair := article_in_locale(name, project)):
        catalog = project.catalog_path(*pair)
        if not catalog.exists():
            raise UsageError(_("no catalog yet"), path=catalog, hint="l10n update")
        return (catalog,)
    if path.is_dir():
        return _catalogs_below(path) or _catalogs_of_articles_below(path)
    if path.suffix.lower() in suffixes() and path.is_file():
        return _catalogs_of_article(path)
    if path.suffix == ".po" or path.is_file():
        if not (path.is_file() or path.is_symlink()):
            raise UsageError(_("no such catalog"), path=path, hint="l10n status")
        return (place_of(path),)
    if project is None:
        project = Project.find()
    if name in project.locales:
        return project.catalogs(name)
    slugs = {catalog: project.slug_of_catalog(catalog) for catalog in project.catalogs()}
    namesakes = tuple(catalog for catalog, slug in slugs.items() if slug == name)
    if namesakes:
        return namesakes
    choices = [*project.locales, *dict.fromkeys(slug for slug in slugs.values() if slug)]
    raise UsageError(
        _("{name} is no locale, article, catalog or folder of this project").format(name=name),
        hint=next_name(name, choices, project),
    )


def _catalogs_below(folder: Path) -> tuple[Path, ...]:
    return tuple(files_below(Path(os.path.realpath(folder)), {".po"}))


def _catalogs_of_articles_below(folder: Path) -> tuple[Path, ...]:
    """Return the catalogs of the articles, and of the translations, that lie in a folder."""
    place = place_of(folder)
    try:
        project = Project.find(place)
    except ProjectError as error:
        if error.path is not None:
            raise
        raise UsageError(_("no catalog in this folder"), path=folder) from None
    pairs = [
        (ref.slug, locale)
        for ref in project.articles()
        for locale in project.targets_of(ref)
        if place in ref.path.parents
        or ((translation := ref.translations.get(locale)) and place in translation.parents)
    ]
    catalogs = (project.catalog_path(*pair) for pair in pairs)
    found = tuple(catalog for catalog in catalogs if catalog.exists())
    if not found:
        message = _("no catalog yet") if pairs else _("no catalog in this folder")
        raise UsageError(message, path=folder, hint="l10n update")
    return found


def _catalogs_of_article(path: Path) -> tuple[Path, ...]:
    project = Project.find(place_of(path).parent)
    ref = project.article(path)
    catalogs = tuple(
        catalog
        for target in project.targets_of(ref)
        if (catalog := project.catalog_path(ref.slug, target)).exists()
    )
    if not catalogs:
        raise UsageError(_("no catalog yet"), path=path, hint="l10n update")
    return catalogs

"""Which pages the arguments of a command mean: by locale, article, catalog or folder."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.articles.formats import suffixes
from l10n.errors import UsageError, nearest
from l10n.interface import gettext as _
from l10n.project.files import place_of
from l10n.project.layout import Project

_LIKE_LOCALE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2})?")


@dataclass(frozen=True, slots=True)
class Meant:
    """Locales, articles, and single articles in single locales; nothing at all means everything."""

    locales: frozenset[str] = frozenset()
    slugs: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    """(slug, locale)."""

    @property
    def is_everything(self) -> bool:
        """Whether nothing was named."""
        return not (self.locales or self.slugs or self.pairs)

    @property
    def is_by_article(self) -> bool:
        """Whether less than whole locales is meant."""
        return bool(self.slugs or self.pairs)

    def includes(self, slug: str, locale: str) -> bool:
        """Whether an article in a locale is meant."""
        return (
            self.is_everything or locale in self.locales or self.includes_singly(slug, locale)
        )

    def includes_singly(self, slug: str, locale: str) -> bool:
        """Whether an article in a locale is meant by itself, and not as one of its locale."""
        return slug in self.slugs or (slug, locale) in self.pairs

    def has_article(self, slug: str) -> bool:
        """Whether an article is meant in any locale."""
        return (
            self.is_everything
            or bool(self.locales)
            or slug in self.slugs
            or any(slug == other for other, _locale in self.pairs)
        )


EVERYTHING = Meant()


def select_pages(names: Sequence[str], project: Project) -> Meant:
    """Return what arguments of a command mean: locales, articles, catalogs, folders; everything without any.

    Raises UsageError for what is none of these.
    """
    locales = {name for name in names if name in project.locales}
    slugs: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for name in names:
        if name in locales:
            continue
        if pair := article_in_locale(name, project):
            pairs.add(pair)
            continue
        path = Path(name)
        if path.is_dir():
            folder = Path(os.path.realpath(path))
            below = {ref.slug for ref in project.articles() if ref.path.is_relative_to(folder)}
            catalogs = [file for file in project.catalogs() if file.is_relative_to(folder)]
            if not below and not catalogs:
                raise UsageError(_("no article and no catalog in this folder"), path=path)
            slugs |= below
            pairs |= {_pair_of(file, project) for file in catalogs}
        elif path.suffix == ".po":
            pairs.add(_pair_of(place_of(path), project))
        else:
            slugs.add(_slug_of(name, project))
    return Meant(frozenset(locales), frozenset(slugs), frozenset(pairs))


def article_in_locale(name: str, project: Project) -> tuple[str, str] | None:
    """Return slug and locale of what lists of the desk print as `en/feria`; None for any other name."""
    locale, _slash, slug = name.partition("/")
    if not slug or locale not in project.locales:
        return None
    catalog = project.catalog_path(slug, locale)
    if catalog.is_file() and project.slug_of_catalog(catalog) == slug:
        return slug, locale
    # A name like `es/feria` may also be a folder of originals, which are not translated into their own language.
    refs = (ref for ref in project.articles() if ref.slug == slug)
    return next(((slug, locale) for ref in refs if locale in project.targets_of(ref)), None)


def _pair_of(catalog: Path, project: Project) -> tuple[str, str]:
    slug, target = project.slug_of_catalog(catalog), project.target_of_catalog(catalog)
    if slug is None or target is None or not catalog.exists():
        raise UsageError(_("no such catalog"), path=catalog, hint="l10n status")
    return slug, target


def _slug_of(name: str, project: Project) -> str:
    if Path(name).suffix.lower() in suffixes() and Path(name).is_file():
        return project.article(name).slug
    slugs = [ref.slug for ref in project.articles()]
    if name in slugs:
        return name
    raise UsageError(
        _("{name} is no locale, article, catalog or folder of this project").format(name=name),
        hint=next_name(name, [*project.locales, *slugs], project),
    )


def next_name(name: str, choices: Sequence[str], project: Project) -> str:
    """Return the hint for a name that means nothing: the nearest one, or which there are."""
    near = nearest(name, choices)
    locale, _slash, slug = name.partition("/")
    if slug and locale in project.locales:
        # An article is not translated into its own language: then it is meant in the others.
        part = nearest(slug, choices)
        near = (f"{locale}/{part}" if part and part != slug else part) or near
    # Two or three letters are a locale that the project lacks rather than an article.
    if near and not _LIKE_LOCALE.fullmatch(name):
        return _("did you mean {name}?").format(name=near)
    locales = ", ".join(project.locales)
    return _("locales are {locales}; articles: {command}").format(
        locales=locales, command="l10n status"
    )

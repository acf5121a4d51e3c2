"""The project: what is translated into what, and where every file is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from l10n.articles import format_of
from l10n.errors import ProjectError, UsageError, nearest
from l10n.files import PROJECT_FILE, read_text
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.person import cache_folder
from l10n.project.census import ArticleRef, Census, take_census
from l10n.project.files import files_below, place_of, split_place, stem_of
from l10n.project.globs import matches_glob
from l10n.project.places import Format, Place
from l10n.project.reader import read_settings
from l10n.project.settings import (
    MOST_PATHS,
    CheckOverride,
    FailOn,
    Settings,
    Thresholds,
)
from l10n.project.toml_lines import read_toml


@dataclass(frozen=True)
class Project(Settings):
    """A project: its root, its settings, and the places of its files."""

    taken_census: Census | None = field(default=None, repr=False, compare=False)
    """What lay in its places when somebody took the census for a whole run; None: who asks has a look."""

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """Load the project that holds a folder (the working folder); ProjectError when there is none."""
        start = Path.cwd() if start is None else start.resolve()
        for folder in (start, *start.parents):
            if file := project_file(folder):
                return cls.load(file)
        raise ProjectError(
            _("no {file} here or in a folder above").format(file=PROJECT_FILE), hint="l10n init"
        )

    @classmethod
    def load(cls, path: Path) -> Project:
        """Read a project file; ProjectError names the line's key and the nearest known one."""
        return read_settings(path, cls)

    @classmethod
    def read(cls, path: Path, text: str) -> Project:
        """Return the project that a file at a path would make with a text; raises ProjectError."""
        return read_settings(path, cls, text)

    @property
    def derived(self) -> Path:
        """Folder of derived state (memory, caches); may be deleted at any time."""
        return self.root / ".l10n"

    @property
    def templates(self) -> Path:
        """Folder of the templates that a project has for its own pages; mostly there is none."""
        return self.root / "templates"

    def engine_settings(self, name: str) -> Mapping[str, Any]:
        """Return the `[engine.NAME]` table; empty when there is none."""
        return self.engine_tables.get(name, {})

    def format_of(self, place: Place) -> Format:
        """Return what the pages of a place's articles are exported as."""
        return place.format or self.export.format

    def targets_of(self, ref: ArticleRef) -> tuple[str, ...]:
        """Return the locales an article is translated into."""
        return self._other_locales.get(ref.locale, self.locales)

    def articles(self) -> tuple[ArticleRef, ...]:
        """Return every article of the project, ordered by slug; ProjectError when two share a slug."""
        return self.census().articles

    def census(self) -> Census:
        """Return what lies in the places of the project, with what is no article of it."""
        return self.taken_census or take_census(self)

    def with_census(self) -> Project:
        """Return the project with the articles that are here now, for work that looks at them again and again."""
        return replace(self, taken_census=take_census(self))

    def article(self, name: str | Path) -> ArticleRef:
        """Find an article by path or slug; UsageError names the nearest slug."""
        path = Path(name)
        place = place_of(path)
        refs = self.articles()
        for ref in refs:
            if str(name) == ref.slug or place in (ref.path, *ref.translations.values()):
                return ref
        if place.is_file():
            format_of(place)
        near = nearest(str(name), [ref.slug for ref in refs])
        hint = _("did you mean {name}?").format(name=near) if near else "l10n status"
        raise UsageError(_("no such article: {name}").format(name=name), hint=hint)

    def catalogs(self, target: str | None = None) -> tuple[Path, ...]:
        """Return the catalogs that exist, of one target locale or of all, the interface's own too."""
        locales = self.locales if target is None else (target,)
        paths = (
            path
            for locale in locales
            for path in files_below(self.catalogs_folder(locale), {".po"}, self.root)
        )
        return tuple(sorted(paths, key=lambda path: str(path).split("/")))

    @cached_property
    def _other_locales(self) -> Mapping[str, tuple[str, ...]]:
        """The locales that an article of each locale is translated into."""
        return {
            locale: tuple(other for other in self.locales if other != locale)
            for locale in self.locales
        }

    @cached_property
    def _catalog_folders(self) -> Mapping[str, str]:
        return {
            locale: f"{os.path.realpath(self.catalogs_folder(locale))}/"
            for locale in self.locales
        }

    def target_of_catalog(self, path: Path) -> str | None:
        """Return the target locale whose catalogs folder holds a path."""
        place = self._place_of_catalog(path)
        return None if place is None else place[0]

    def slug_of_catalog(self, path: Path) -> str | None:
        """Return the slug that a catalog's path stands for; None outside the catalogs folders."""
        place = self._place_of_catalog(path)
        return None if place is None else place[1]

    def _place_of_catalog(self, path: Path) -> tuple[str, str] | None:
        name = str(path)
        if name not in self._catalog_places:
            if len(self._catalog_places) >= MOST_PATHS:
                self._catalog_places.clear()
            self._catalog_places[name] = self._found_place_of_catalog(path)
        return self._catalog_places[name]

    @cached_property
    def _catalog_places(self) -> dict[str, tuple[str, str] | None]:
        """What was found out of the paths of catalogs, which several stages ask for of each."""
        return {}

    def _found_place_of_catalog(self, path: Path) -> tuple[str, str] | None:
        folder, name = split_place(path)
        for locale, home in self._catalog_folders.items():
            if f"{folder}/".startswith(home):
                return locale, stem_of(f"{folder}/{name}".removeprefix(home))
        return None

    def thresholds(self, target: str, slug: str) -> Thresholds:
        """Return how complete a catalog must be: general, then per locale, then per article."""
        thresholds = self.check.thresholds
        for override in self._overrides(target, slug):
            thresholds = override.over(thresholds)
        return thresholds

    def severities(self, target: str, slug: str) -> Mapping[str, Severity | None]:
        """Return the severities that differ from the rules' own, for one catalog; None is off."""
        rules = dict(self.check.rules)
        for override in self._overrides(target, slug):
            rules.update(override.rules)
        return rules

    def fail_on(self, target: str, slug: str) -> FailOn:
        """Return from which severity on a finding of a catalog fails the check."""
        limits = [
            override.fail_on for override in self._overrides(target, slug) if override.fail_on
        ]
        return limits[-1] if limits else self.check.fail_on

    def is_judged_apart(self, slug: str) -> bool:
        """Whether the project file says something about the catalogs of just this article and its like."""
        return any(matches_glob(slug, glob) for glob, _rule in self.check.by_article)

    def _overrides(self, target: str, slug: str) -> tuple[CheckOverride, ...]:
        by_locale = self.check.by_locale.get(target)
        by_article = [rule for glob, rule in self.check.by_article if matches_glob(slug, glob)]
        return (*([by_locale] if by_locale else []), *by_article)


def derived_folder(project: Project | None) -> Path:
    """Return where derived state lives: beside the project file, or in the user's cache without a project."""
    if project is not None:
        return project.derived
    return cache_folder()


def project_file(folder: Path) -> Path | None:
    """Return the file that makes a folder a project: its l10n.toml, or a pyproject.toml with a [tool.l10n]."""
    if (folder / PROJECT_FILE).is_file():
        return folder / PROJECT_FILE
    return folder / "pyproject.toml" if _has_table(folder / "pyproject.toml") else None


def _has_table(path: Path) -> bool:
    try:
        text = read_text(path)
    except (OSError, UnicodeDecodeError):
        return False
    return "[tool.l10n" in text and "l10n" in read_toml(path).get("tool", {})

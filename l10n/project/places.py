"""Places: where articles of one kind lie in every locale, under which names, and where their pages go."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from l10n.project.files import files_below, stem_of
from l10n.project.globs import is_excluded

Format = Literal["html", "same"]
"""What pages are exported as: HTML, or the format of their article."""


class Location(NamedTuple):
    """What the path of a file says: whose file it is, and of which article."""

    place: Place
    locale: str
    relative: str
    """Path below the locale's folder with `/`, without the locale in its name: the same for all editions of an article."""


class _Home(NamedTuple):
    """A folder of a place."""

    depth: int
    locale: str
    prefix: str
    """What the paths below it begin with."""


@dataclass(frozen=True)
class Place:
    """A folder for each locale, or one folder whose file names tell the locale."""

    name: str
    """Empty for the project's own; slugs of other places begin with it."""
    source: str
    """The locale of names that tell none, where names tell it."""
    folders: Mapping[str, Path]
    """Absolute folder by locale."""
    has_suffixes: bool = False
    """`guide.es.md` beside `guide.md`."""
    exclude: tuple[str, ...] = ()
    pages: Mapping[str, Path] | None = None
    """Absolute folder of the exported pages by locale; None: they go below the folder of the site."""
    originals: tuple[str, ...] = ()
    """Locales that hold originals; none: as the project says."""
    format: Format | None = None
    """What its pages are exported as; None: as the project's."""
    is_declared: bool = False
    """Whether the project file names it: then there must be something in it."""
    dialect: str = ""
    """The dialect of its Markdown; empty for the project's."""
    code: str = ""
    """What of its fenced code is units; empty for the project's."""
    skipped: frozenset[Path] = field(default_factory=frozenset)
    """Folders inside that hold something else: another place, catalogs, the exported site."""

    @property
    def is_in_place(self) -> bool:
        """Whether pages go where the articles and their translations lie."""
        return self.pages is not None and self.pages == self.folders

    def locate(self, path: Path) -> Location | None:
        """Return what a path says; None where it is in no folder of the place, or left out."""
        name = str(path)
        inside = [row for row in self._homes if name.startswith(row.prefix)]
        if not inside:
            inside = [row for row in self._homes if f"{name}/" == row.prefix]
            if not inside:
                return None
        home = max(inside)
        if any(
            depth > home.depth and name.startswith(prefix) for depth, prefix in self._skipped
        ):
            return None
        relative = name[len(home.prefix) :] or "."
        if self.exclude and is_excluded(relative, self.exclude):
            return None
        locale = home.locale
        if self.has_suffixes:
            tag, relative = self._split(relative)
            locale = tag or self.source
        return Location(self, locale, relative)

    @cached_property
    def _homes(self) -> tuple[_Home, ...]:
        return tuple(
            _Home(len(folder.parts), locale, f"{folder}/")
            for locale, folder in self.folders.items()
        )

    @cached_property
    def _skipped(self) -> tuple[tuple[int, str], ...]:
        return tuple((len(folder.parts), f"{folder}/") for folder in self.skipped)

    def names_locale(self, path: Path) -> bool:
        """Whether the name of a file tells a locale of the project, where names may."""
        return self.has_suffixes and self._split(path.name)[0] is not None

    def file(self, locale: str, relative: str) -> Path:
        """Return the file of an article in a locale; of two names that it may have the existing one."""
        folder = self.folders[locale]
        if not self.has_suffixes:
            return folder / relative
        named = folder / self._joined(relative, locale)
        if locale == self.source and not named.exists():
            return folder / relative
        return named

    def page(self, locale: str, relative: str) -> Path | None:
        """Return where the page of an article in a locale is written; None below the folder of the site."""
        if self.pages is None:
            return None
        if not self.has_suffixes or not self.is_in_place:
            return self.pages[locale] / relative
        return self.file(locale, relative)

    def files(
        self, suffixes: Container[str], root: Path, hidden: list[Path] | None = None
    ) -> Iterator[tuple[Path, Location]]:
        """Yield the files of the place, ordered, with what their paths say; those left out are not among them.

        `hidden` is told of hidden folders in which such files lie.
        """
        folders = dict.fromkeys(self.folders.values())
        for folder in folders:
            others = frozenset(map(str, self.skipped.union(folders) - {folder}))
            is_excluded_here = partial(_is_excluded, f"{folder}/", self.exclude)
            paths = files_below(
                folder,
                suffixes,
                root,
                skips_folder=partial(_is_left_out, others, is_excluded_here),
                skips_file=is_excluded_here if self.exclude else None,
                hidden=hidden,
            )
            for path in paths:
                location = self.locate(path)
                if location is not None:
                    yield path, location

    def slug(self, relative: str) -> str:
        """Return the slug of an article."""
        stem = stem_of(relative)
        return f"{self.name}/{stem}" if self.name else stem

    def _split(self, relative: str) -> tuple[str | None, str]:
        """Take the locale out of a name: `guides/bike.es.md` gives es and `guides/bike.md`."""
        path = PurePosixPath(relative)
        stem, point, tag = path.stem.rpartition(".")
        known = {locale.lower(): locale for locale in self.folders}
        locale = known.get(tag.lower().replace("_", "-")) if point and stem else None
        if locale is None:
            return None, relative
        return locale, path.with_name(stem + path.suffix).as_posix()

    def _joined(self, relative: str, locale: str) -> str:
        path = PurePosixPath(relative)
        return path.with_name(f"{path.stem}.{locale}{path.suffix}").as_posix()


def _is_left_out(
    others: Container[str], is_excluded_here: Callable[[str], bool], path: str
) -> bool:
    return path in others or is_excluded_here(path)


def _is_excluded(folder: str, globs: tuple[str, ...], path: str) -> bool:
    return bool(globs) and is_excluded(path.removeprefix(folder), globs)


def folder_below(root: Path, value: str) -> Path:
    """Return an absolute folder that is named below a root, without following links."""
    return Path(os.path.normpath(root / value))

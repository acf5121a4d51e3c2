"""Reads which places a project has: `articles`, `naming`, `exclude`, `[export] out`, and the `[[place]]` tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn, Protocol

from l10n.interface import gettext as _
from l10n.project.keys import keys_of
from l10n.project.places import Format, Place, folder_below

_DEFAULT = "locales/{locale}/articles"
_NAME = re.compile(r"[\w][\w.-]*")


class Complaints(Protocol):
    """What the reader of a project file offers those who read a part of it."""

    root: Path

    def only(self, table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        """Refuse unknown keys."""

    def wrong(self, key: str, expected: str, hint: str = "") -> NoReturn:
        """Refuse a value."""
        ...

    def texts(
        self, table: Mapping[str, Any], key: str, default: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return a list of texts."""
        ...

    def choice(self, table: Mapping[str, Any], key: str, choices: Any, where: str) -> Any:
        """Return one of some values, or None."""

    def check_locale(self, tag: str, locales: tuple[str, ...], key: str) -> None:
        """Refuse a locale that is none of the project's."""

    def each(
        self, table: Mapping[str, Any], key: str, *around: str
    ) -> Iterator[dict[str, Any]]:
        """Yield the tables of one name."""
        ...

    def dialect(self, table: Mapping[str, Any], where: str) -> str:
        """Return a dialect of Markdown; empty where none is given."""
        ...

    def code(self, table: Mapping[str, Any], where: str) -> str:
        """Return what of fenced code is units; empty where it is not said."""
        ...

    def place(
        self,
        table: Mapping[str, Any],
        key: str,
        default: str,
        name: str = "",
        *,
        may_be_root: bool = False,
    ) -> Path:
        """Return an absolute path that stays in the project."""
        ...


def read_places(
    reader: Complaints,
    table: dict[str, Any],
    source: str,
    locales: tuple[str, ...],
    catalogs: str,
) -> tuple[Place, ...]:
    """Return the places of a project, its own first; it has none of its own where only others are given."""
    return _PlaceReader(reader, source, locales).places(table, catalogs)


@dataclass(frozen=True, slots=True)
class _PlaceReader:
    """Reads the places of one project file."""

    reader: Complaints
    source: str
    locales: tuple[str, ...]

    def places(self, table: dict[str, Any], catalogs: str) -> tuple[Place, ...]:
        export = table.get("export")
        out = export.get("out") if isinstance(export, dict) else None
        rows = "place" in table
        places = []
        if "articles" in table or not rows:
            places.append(self.place("", table, out, "articles", "export.out"))
        in_place = bool(places) and places[0].is_in_place
        for row in self.reader.each(table, "place"):
            self.reader.only(row, keys_of("place"), "place")
            name = row.get("name")
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                self.reader.wrong("place.name", _('a name, such as name = "blog"'))
            if any(place.name == name for place in places):
                self.reader.wrong("place.name", _("another name for each place"))
            if "articles" not in row:
                self.reader.wrong("place.articles", f'articles = "{name}/{{locale}}"')
            place = self.place(name, row, row.get("out"), "place.articles", "place.out")
            originals = self.originals(row)
            place = replace(
                place,
                source=originals[0] if originals else place.source,
                originals=originals,
                format=self.reader.choice(row, "format", Format, "place"),
            )
            # Where the articles of the project are translated in place, nobody expects the blog elsewhere.
            if in_place and "out" not in row:
                place = replace(place, pages=place.folders)
            self.refuse_overlap(place, places)
            places.append(place)
        skipped = self.skipped(places, catalogs, out)
        return tuple(
            replace(place, skipped=skipped - set(place.folders.values())) for place in places
        )

    def place(
        self, name: str, table: dict[str, Any], out: object, key: str, out_key: str
    ) -> Place:
        naming = table.get("naming", "folder")
        where = key.rpartition(".")[0]
        if naming not in ("folder", "suffix"):
            self.reader.wrong(f"{where}.naming".lstrip("."), "folder, suffix")
        has_suffixes = naming == "suffix"
        articles = table.get("articles", _DEFAULT)
        if has_suffixes:
            folders = self.one_folder(articles, key)
        else:
            folders = self.folders(articles, key, self.locales)
            self.refuse_one_folder(folders, key)
        return Place(
            name,
            self.source,
            folders,
            has_suffixes,
            self.exclude(table, where),
            self.pages(out, folders, out_key, has_suffixes=has_suffixes),
            is_declared="articles" in table,
            # What stands at the top is for all places.
            dialect=self.reader.dialect(table, where) if where else "",
            code=self.reader.code(table, where) if where else "",
        )

    def originals(self, table: Mapping[str, Any]) -> tuple[str, ...]:
        tags = self.reader.texts(table, "originals", ())
        for tag in tags:
            self.reader.check_locale(tag, self.locales, "place.originals")
        return tags

    def exclude(self, table: Mapping[str, Any], where: str) -> tuple[str, ...]:
        globs = self.reader.texts(table, "exclude", ())
        for glob in globs:
            if glob.startswith("/") or ".." in glob.split("/") or not glob.strip("/"):
                self.reader.wrong(
                    f"{where}.exclude".lstrip("."),
                    _('globs such as "_drafts/**" or "README.md"'),
                )
        return tuple(glob.rstrip("/") for glob in globs)

    def one_folder(self, value: object, key: str) -> dict[str, Path]:
        if not isinstance(value, str) or re.search(r"[{}]", value):
            self.reader.wrong(key, _('one folder, since naming = "suffix": articles = "docs"'))
        folder = self.folder(value, key)
        return dict.fromkeys(self.locales, folder)

    def folders(self, value: object, key: str, needed: Sequence[str]) -> dict[str, Path]:
        if isinstance(value, dict):
            for tag, folder in value.items():
                if tag not in self.locales:
                    self.reader.wrong(
                        f"{key}.{tag}",
                        _("a locale of this project: {names}").format(
                            names=", ".join(self.locales)
                        ),
                    )
                if not isinstance(folder, str) or not folder or re.search(r"[{}]", folder):
                    self.reader.wrong(f"{key}.{tag}", _('a folder, such as es = "docs/es"'))
            for tag in needed:
                if tag not in value:
                    self.reader.wrong(key, _("a folder for {locale} too").format(locale=tag))
            return {
                tag: self.folder(value[tag], f"{key}.{tag}")
                for tag in self.locales
                if tag in value
            }
        if (
            not isinstance(value, str)
            or "{locale}" not in value
            or re.search(r"[{}]", value.replace("{locale}", ""))
        ):
            self.reader.wrong(
                key,
                _(
                    'a path with {{locale}} in it, such as {default}, a folder for each locale, or naming = "suffix"'
                ).format(default=_DEFAULT),
            )
        return {tag: self.folder(value.replace("{locale}", tag), key) for tag in self.locales}

    def folder(self, value: str, key: str) -> Path:
        self.reader.place({"": value}, "", "", key, may_be_root=True)
        return folder_below(self.reader.root, value)

    def pages(
        self, value: object, folders: Mapping[str, Path], key: str, *, has_suffixes: bool
    ) -> Mapping[str, Path] | None:
        """Return where pages go by locale; None for a folder of the site, below which each locale has its own."""
        if isinstance(value, dict):
            return {**folders, **self.folders(value, key, ())}
        if not isinstance(value, str):
            return None
        if "{" in value:
            return self.folders(value, key, self.locales)
        folder = folder_below(self.reader.root, value)
        below = {tag: folder if has_suffixes else folder / tag for tag in folders}
        return folders if below == folders else None

    def refuse_one_folder(self, folders: Mapping[str, Path], key: str) -> None:
        by_folder: dict[Path, str] = {}
        for tag, folder in folders.items():
            other = by_folder.setdefault(folder, tag)
            if other != tag:
                self.reader.wrong(
                    key,
                    _("another folder for {locale} than for {other}").format(
                        locale=tag, other=other
                    ),
                    'naming = "suffix"',
                )

    def refuse_overlap(self, place: Place, others: Sequence[Place]) -> None:
        for other in others:
            if set(place.folders.values()) & set(other.folders.values()):
                self.reader.wrong(
                    "place.articles",
                    _("another folder than that of “{name}”").format(
                        name=other.name or "articles"
                    ),
                )

    def skipped(self, places: Sequence[Place], catalogs: str, out: object) -> frozenset[Path]:
        """Return folders that hold no articles even where they lie inside a folder of articles."""
        root = self.reader.root
        folders = {folder for place in places for folder in place.folders.values()}
        folders |= {
            folder_below(root, catalogs.replace("{locale}", tag)) for tag in self.locales
        }
        site = folder_below(root, out if isinstance(out, str) and "{" not in out else "site")
        # A site in which articles lie is one that was written in place.
        if not any(folder.is_relative_to(site) for folder in folders):
            folders.add(site)
        return frozenset({*folders, root / "bilingual", root / "templates"})

"""Reads single values of a project file, naming the file, the line and the key in every complaint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn, get_args

from l10n.errors import ProjectError, UsageError
from l10n.files import read_text
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.project.settings import validate_locale
from l10n.project.toml_lines import KeyPath, TomlLines


class TableReader:
    """Looks into the tables of one project file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = path.parent.resolve()
        self.inside: KeyPath = ()
        """The table that is being read, where it is one of several: `("article", 0)`."""

    @cached_property
    def lines(self) -> TomlLines:
        """Where everything stands; found out when there is something to complain of."""
        return TomlLines(read_text(self.path, "utf-8-sig"))

    def wrong_at(self, path: KeyPath, expected: str) -> NoReturn:
        """Refuse what stands at a path of keys that may hold points, as addresses do."""
        prefix = ("tool", "l10n") if self.path.name == "pyproject.toml" else ()
        raise ProjectError(
            _("{key}: wanted {what}").format(key=" ".join(map(str, path)), what=expected),
            path=self.path,
            line=self.lines.of_key((*prefix, *path)),
        )

    def wrong(self, key: str, expected: str, hint: str = "") -> NoReturn:
        """Refuse the value of a key, saying what it should be."""
        raise ProjectError(
            _("{key}: wanted {what}").format(key=key, what=expected),
            path=self.path,
            line=self.line(key),
            hint=hint,
        )

    def line(self, key: str) -> int | None:
        """Return the line of a key that is named with its tables, `article.path`, where it can be told."""
        names: KeyPath = tuple(key.split("."))
        inside = tuple(name for name in self.inside if isinstance(name, str))
        if inside and names[: len(inside)] == inside:
            names = (*self.inside, *names[len(inside) :])
        prefix = ("tool", "l10n") if self.path.name == "pyproject.toml" else ()
        return self.lines.of_key((*prefix, *names))

    def text(self, table: Mapping[str, Any], key: str, default: str) -> str:
        """Return a text."""
        value = table.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, _("a text in quotes"))
        return str(value)

    def required(self, table: Mapping[str, Any], key: str, where: str, example: str) -> str:
        """Return a text that has to be there, and something."""
        if key not in table:
            raise ProjectError(
                _("{key} is missing").format(key=f"{where}.{key}"),
                path=self.path,
                line=self.line(where),
                hint=example,
            )
        if not isinstance(table.get(key), str) or not table[key]:
            self.wrong(f"{where}.{key}", _("a text in quotes"))
        return str(table[key])

    def texts(
        self, table: Mapping[str, Any], key: str, default: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Return a list of texts."""
        value = table.get(key, list(default))
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            self.wrong(key, _('a list of texts, such as ["en"]'))
        return tuple(value)

    def table(self, table: Mapping[str, Any], key: str) -> dict[str, Any]:
        """Return a table; an empty one where there is none."""
        value = table.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, _("a table"))
        return dict(value)

    def tables(self, table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        """Return the tables of one name."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            self.wrong(key, _("tables, each headed [[{key}]]").format(key=key))
        return list(value)

    def each(
        self, table: Mapping[str, Any], key: str, *around: str
    ) -> Iterator[dict[str, Any]]:
        """Yield the tables of one name; while one is read, complaints name lines of its own."""
        for number, row in enumerate(self.tables(table, key)):
            self.inside = (*around, key, number)
            yield row
        self.inside = ()

    def percent(self, table: Mapping[str, Any], key: str, where: str) -> float | None:
        """Return a number from 0 to 100; None where there is none."""
        value = table.get(key)
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not 0 <= value <= 100
        ):
            self.wrong(f"{where}.{key}", _("a number from 0 to 100"))
        return float(value)

    def truth(self, table: Mapping[str, Any], key: str, where: str, *, default: bool) -> bool:
        """Return true or false."""
        value = table.get(key, default)
        if not isinstance(value, bool):
            self.wrong(f"{where}.{key}".lstrip("."), _("true or false"))
        return bool(value)

    def choice(self, table: Mapping[str, Any], key: str, choices: Any, where: str) -> Any:
        """Return one of the values of a Literal; None where there is none."""
        value = table.get(key)
        if value is not None and value not in get_args(choices):
            self.wrong(f"{where}.{key}".lstrip("."), ", ".join(map(str, get_args(choices))))
        return value

    def severity(self, value: object, key: str) -> Severity | None:
        """Return the severity of a rule; None is off."""
        if value == "off":
            return None
        if value not in tuple(Severity):
            self.wrong(key, "error, warning, info, off")
        return Severity(str(value))

    def locale(self, tag: str, key: str) -> str:
        """Return a locale that Babel knows."""
        try:
            return validate_locale(tag)
        except UsageError as error:
            raise ProjectError(
                f"{key}: {error.message}",
                path=self.path,
                line=self.line(key),
                hint=error.hint,
            ) from error

    def day(self, table: Mapping[str, Any], key: str, where: str) -> date | None:
        """Return a day; None where there is none."""
        value = table.get(key)
        # TOML's own dates, and the same in quotes; a time of day is none of it.
        if isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = ""
        if value is not None and type(value) is not date:
            self.wrong(f"{where}.{key}", _("a date such as 2026-12-01"))
        return value

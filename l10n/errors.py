"""The errors of the translation desk: each is one line for a person, with a hint and an exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class L10nError(Exception):
    """An expected failure: wrong use, configuration or unreadable input."""

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        """What is wrong, without the place."""
        self.path = path
        self.line = line
        """1-based; None when the whole file is meant."""
        self.hint = hint
        """What to do next, preferably a command; may be empty."""

    def __str__(self) -> str:
        """Return `path:line: what is wrong`."""
        place = "" if self.path is None else f"{self.path}:"
        if place and self.line is not None:
            place += f"{self.line}:"
        return f"{place} {self.message}".lstrip()


class UsageError(L10nError):
    """A command was called with something it cannot take."""


class ProjectError(L10nError):
    """The project file is wrong, or a path leaves the project."""


class ArticleError(L10nError):
    """An article cannot be read or written."""


class CatalogError(L10nError):
    """A catalog is damaged or cannot be read or written."""


class StaleCatalogError(CatalogError):
    """A catalog was written by somebody else since it was read: nothing was saved."""


class StorageError(L10nError):
    """A file in which the desk keeps what it found out cannot be used: the disk is full, another program holds it."""


class EngineError(L10nError):
    """An engine is missing, broken or gave an unusable answer."""


def nearest(name: str, names: Iterable[str], likeness: float = 0.6) -> str:
    """Return that of some names which is most like one that means nothing; "" where none is that much like it, 0 to 1."""
    import difflib  # noqa: PLC0415 - only to say what is wrong

    return "".join(difflib.get_close_matches(name, [*names], 1, likeness))

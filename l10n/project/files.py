"""The files of a project's folders: which there are, and which a project cannot have."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container
from pathlib import Path

from l10n.errors import ProjectError
from l10n.files import refuse_outside
from l10n.interface import gettext as _

_UNUSABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters, and what stands for bytes that are not UTF-8: neither catalogs nor reports can name them."""


def place_of(path: Path) -> Path:
    """Return an absolute path with the links of its folder followed; a link itself stays one, a loop does no harm."""
    return Path(os.path.realpath(path.parent), path.name)


def files_below(
    folder: Path,
    suffixes: Container[str],
    root: Path | None = None,
    is_left_out: Callable[[Path], bool] = lambda _path: False,
) -> list[Path]:
    """Return the files of a folder and its sub-folders by suffix, ordered; nothing hidden, no folders behind links.

    Nor what is left out, files and folders with what is in them.
    Raises ProjectError for a folder that cannot be read, for a name that is not UTF-8, and for a
    link that leaves the root.
    """
    paths: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=_refuse_unreadable):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and not is_left_out(Path(place, name))
        ]
        files = [
            name
            for name in names
            if _has_suffix(name, suffixes) and not is_left_out(Path(place, name))
        ]
        for name in (*folders, *files):
            _refuse_unusable(Path(place, name))
        paths += [Path(place, name) for name in files]
    if root is not None:
        for path in (folder, *(path for path in paths if path.is_symlink())):
            refuse_outside(path, root)
    return sorted(paths)


def _has_suffix(name: str, suffixes: Container[str]) -> bool:
    stem, point, suffix = name.rpartition(".")
    return bool(stem) and not name.startswith(".") and point + suffix.lower() in suffixes


def _refuse_unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise ProjectError(error.strerror or str(error), path=error.filename) from error


def _refuse_unusable(path: Path) -> None:
    if not path.name.isprintable() and _UNUSABLE.search(path.name):
        raise ProjectError(
            _("the file name is not UTF-8, or has a control character in it"),
            path=_UNUSABLE.sub("?", str(path)),
            hint=_("rename the file"),
        )

"""The files of a project's folders: which there are, and which a project cannot have."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container
from functools import lru_cache
from pathlib import Path

from l10n.errors import ProjectError
from l10n.files import refuse_outside
from l10n.interface import gettext as _

_UNUSABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters, and what stands for bytes that are not UTF-8: neither catalogs nor reports can name them."""


def place_of(path: Path) -> Path:
    """Return an absolute path with the links of its folder followed; a link itself stays one, a loop does no harm."""
    return Path(*split_place(path))


def split_place(path: Path) -> tuple[str, str]:
    """Return the folder of a path with its links followed, and its name."""
    folder, name = os.path.split(path)
    return _real_folder(os.path.abspath(folder)), name  # noqa: PTH100 - links must not be followed here


@lru_cache(maxsize=4096)
def _real_folder(folder: str) -> str:
    # Thousands of files share a folder, and each part of its path is looked at.
    return os.path.realpath(folder)


def stem_of(name: str) -> str:
    """Return a file name, or a path, without its suffix, as `Path.with_suffix("")` does, in a tenth of the time."""
    point = name.rfind(".")
    begin = name.rfind("/") + 1
    return name[:point] if begin < point < len(name) - 1 else name


def path_below(path: Path, folder: Path) -> str:
    """Return the path of a file below a folder, with `/`; ValueError for one that is not below it."""
    name, above = str(path), f"{folder}/"
    if name.startswith(above):
        # A tenth of the time of Path.relative_to(), and reports name thousands of files.
        return name[len(above) :]
    return path.relative_to(folder).as_posix()


def files_below(
    folder: Path,
    suffixes: Container[str],
    root: Path | None = None,
    *,
    skips_folder: Callable[[str], bool] = lambda _path: False,
    skips_file: Callable[[str], bool] | None = None,
    hidden: list[Path] | None = None,
) -> list[Path]:
    """Return the files of a folder and its sub-folders by suffix, ordered; nothing hidden, no folders behind links.

    Nor what is skipped: the two are asked for absolute paths, of folders and of files. `hidden` is told of hidden
    folders in which files of these suffixes lie.
    Raises ProjectError for a folder that cannot be read, for a name that is not UTF-8, and for a
    link that leaves the root.
    """
    paths: list[str] = []
    links: list[str] = []
    pending = [str(folder)]
    while pending:
        place = pending.pop()
        try:
            with os.scandir(place) as entries:
                listed = list(entries)
        except OSError as error:
            _refuse_unreadable(error)
            continue
        for entry in listed:
            name = entry.name
            if name.startswith("."):
                if (
                    hidden is not None
                    and _is_folder(entry)
                    and not skips_folder(entry.path)
                    and _holds(Path(entry.path), suffixes)
                ):
                    hidden.append(Path(entry.path))
                continue
            if _is_folder(entry):
                if not skips_folder(entry.path):
                    _refuse_unusable(name, entry.path)
                    if not entry.is_symlink():
                        pending.append(entry.path)
            elif _has_suffix(name, suffixes) and not (skips_file and skips_file(entry.path)):
                _refuse_unusable(name, entry.path)
                paths.append(entry.path)
                if entry.is_symlink():
                    links.append(entry.path)
    if root is not None:
        for path in (folder, *map(Path, links)):
            refuse_outside(path, root)
    # In the order of paths, part by part.
    return [Path(path) for path in sorted(paths, key=lambda path: path.split("/"))]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A loop of links.
        return False


def _holds(folder: Path, suffixes: Container[str]) -> bool:
    """Whether a file of some suffixes lies in a folder itself."""
    try:
        return any(_has_suffix(path.name, suffixes) for path in folder.iterdir())
    except OSError:
        return False


def _has_suffix(name: str, suffixes: Container[str]) -> bool:
    stem, point, suffix = name.rpartition(".")
    return bool(stem) and not name.startswith(".") and point + suffix.lower() in suffixes


def _refuse_unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise ProjectError(error.strerror or str(error), path=error.filename) from error


def _refuse_unusable(name: str, path: str) -> None:
    if not name.isprintable() and _UNUSABLE.search(name):
        raise ProjectError(
            _("the file name is not UTF-8, or has a control character in it"),
            path=_UNUSABLE.sub("?", path),
            hint=_("rename the file"),
        )

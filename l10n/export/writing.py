"""Files of the site, written whole or not at all."""

from __future__ import annotations

import shlex
from pathlib import Path

from l10n.errors import L10nError, ProjectError
from l10n.files import write_atomically
from l10n.interface import gettext as _


def write_file(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all; False when it has that content already. Raises L10nError."""
    if path.is_file() and path.read_bytes() == content:
        return False
    try:
        write_atomically(path, content)
    except L10nError as error:
        raise _in_the_way(path) or error from error
    return True


def _in_the_way(path: Path) -> ProjectError | None:
    """Give the error that names what stands in the place of a file or of a folder above it; None when nothing does."""
    file = next((one for one in path.parents if one.is_file()), None)
    if file is None and not path.is_dir():
        return None
    culprit = file or path
    name = shlex.quote(str(culprit))
    return ProjectError(
        _("is a file; a folder is needed here")
        if file
        else _("is a folder; a file is needed here"),
        path=culprit,
        hint=f"mv {name} {name}.old",
    )


def inside(folder: Path, path: str) -> Path:
    """Give the file a path of the site stands for; ProjectError when a link leads it elsewhere."""
    file = folder / path
    if not file.parent.resolve().is_relative_to(folder) or file.is_symlink():
        raise ProjectError(_("links to a place outside the exported site"), path=file)
    return file

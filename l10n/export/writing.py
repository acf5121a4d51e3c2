"""Files of the site, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from l10n.errors import ProjectError
from l10n.language import gettext as _
from l10n.writing import write_atomically


def write_file(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all; False when it has that content already. Raises L10nError."""
    if path.is_file() and path.read_bytes() == content:
        return False
    write_atomically(path, content)
    return True


def inside(folder: Path, path: str) -> Path:
    """Give the file a path of the site stands for; ProjectError when a link leads it elsewhere."""
    file = folder / path
    if not file.parent.resolve().is_relative_to(folder) or file.is_symlink():
        raise ProjectError(_("links to a place outside the exported site"), path=file)
    return file

"""Pages of ours that are no longer of the site, removed; a file that somebody else wrote or changed is left."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from l10n.errors import L10nError
from l10n.files import read_bytes, write_if_changed
from l10n.project import Project
from l10n.project.pages import own_pages, write_list

FILE = "pages.json"
"""In the derived folder: digests of the files of the site as the desk wrote them last, by path."""


def remember(project: Project, written: Iterable[Path]) -> None:
    """Note what the desk wrote: no other file is ever removed. What is no longer there is forgotten."""
    digests = {
        name: digest for name, digest in _derived(project).items() if _is_there(project, name)
    }
    for path in written:
        if path.is_relative_to(project.root):
            digests[project.relative(path)] = _digest(path)
    text = json.dumps(digests, ensure_ascii=False, indent=0, sort_keys=True)
    write_if_changed(project.derived / FILE, text.encode())


def prune(project: Project, stale: Iterable[Path]) -> list[Path]:
    """Remove those of these files that are as the desk wrote them, and folders left empty; gives what was removed."""
    known = _known(project)
    removed = []
    for path in stale:
        name = project.relative(path) if path.is_relative_to(project.root) else ""
        if name not in known or path.is_symlink() or _digest(path) not in known[name].split():
            continue
        try:
            path.unlink()
            removed.append(path)
            folder = path.parent
            while folder != project.root and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent
        except OSError as error:
            raise L10nError(error.strerror or str(error), path=path) from error
    names = {project.relative(path) for path in removed}
    write_list(
        project, {name: own for name, own in own_pages(project).items() if name not in names}
    )
    return removed


def _known(project: Project) -> dict[str, str]:
    # Of the pages in place the committed list tells, whatever became of what was derived.
    return {**_derived(project), **own_pages(project)}


def _derived(project: Project) -> dict[str, str]:
    try:
        digests = json.loads(read_bytes(project.derived / FILE))
    except (OSError, ValueError, RecursionError):
        # Derived state may be deleted, and a file of others stand in its place: then nothing is known as ours.
        return {}
    if not isinstance(digests, dict):
        return {}
    return {str(name): str(digest) for name, digest in digests.items()}


def _is_there(project: Project, name: str) -> bool:
    return (project.root / name).is_file()


def _digest(path: Path) -> str:
    try:
        return sha256(read_bytes(path)).hexdigest()[:16]
    except OSError:
        return ""

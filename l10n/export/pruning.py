"""Pages of ours that are no longer of the site, removed; a file that somebody else wrote or changed is left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from l10n.errors import L10nError
from l10n.export.records import forget_written, written_digests
from l10n.ledger import Ledger
from l10n.project import Project
from l10n.project.pages import DIGITS, own_pages, write_list


def prune(project: Project, stale: Iterable[Path], ledger: Ledger) -> list[Path]:
    """Remove those of these files that are as the desk wrote them, and folders left empty; gives what was removed."""
    own = own_pages(project)
    removed = []
    for path in stale:
        name = project.relative(path) if path.is_relative_to(project.root) else ""
        # Of the pages in place the committed list tells, whatever became of what was derived.
        known = {*own.get(name, "").split(), *_written(ledger, name)} if name else set()
        if path.is_symlink() or ledger.digest(path).hex()[:DIGITS] not in known:
            continue
        try:
            path.unlink()
            removed.append(path)
            forget_written(ledger, name)
            folder = path.parent
            while folder != project.root and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent
        except OSError as error:
            raise L10nError(error.strerror or str(error), path=path) from error
    names = {project.relative(path) for path in removed}
    write_list(project, {name: digest for name, digest in own.items() if name not in names})
    return removed


def _written(ledger: Ledger, name: str) -> set[str]:
    return {digest[:DIGITS] for digest in written_digests(ledger, name)}

"""Where a memory lies: each project has its own, unless the person says that theirs share one."""

from __future__ import annotations

from pathlib import Path

from l10n.person import shared_memory
from l10n.project.layout import Project, derived_folder

FILE = "memory.sqlite"
"""Its name in a project's folder of derived state."""


def memory_path(project: Project | None) -> Path:
    """Return the file of a project's memory: its own, or the one that the person's projects share."""
    return shared_memory() or derived_folder(project) / FILE


def forgettable(project: Project) -> Path | None:
    """Return the folder whose catalogs a project forgets when they are gone; None: whatever lies anywhere.

    A project that has moved knows its catalogs by their former places. In a shared memory those are others' too.
    """
    return project.root if shared_memory() else None

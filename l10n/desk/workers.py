"""Who does the independent parts of what the desk does."""

from __future__ import annotations

from l10n.workers import Workers, local_workers


def open_workers(jobs: int | None = None) -> Workers:
    """Return workers, to be used as a context manager: processes of this machine, one for each core."""
    return local_workers(jobs)

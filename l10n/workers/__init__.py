"""Who does the independent parts of a piece of work: this process, several of this machine, or a cluster.

Whoever hands parts over does not know where they are done: parts, results and the work itself are values that can be
pickled, results come in the order of the parts, and what they are does not depend on who made them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, Self, TypeVar

P = TypeVar("P")
R = TypeVar("R")


class Workers(Protocol):
    """Does independent parts of a piece of work; a context manager, which ends what it has begun."""

    cores: int | None
    """Processor cores that one part may use; None: all there are."""

    def map(
        self, work: Callable[[P], R], parts: Iterable[P], *, heavy: bool = False
    ) -> Iterator[R]:
        """Yield the result of each part, in the order of the parts.

        `work` reaches each worker once, with all that it holds; parts are taken when there is room for them. `heavy`
        says that a single part takes seconds. What `work` raises is raised here.
        """
        ...

    def __enter__(self) -> Self:
        """Return the workers."""
        ...

    def __exit__(self, *error: object) -> None:
        """Send them home."""
        ...


class Alone:
    """Does every part here, when its result is asked for."""

    def __init__(self, cores: int | None = None) -> None:
        self.cores = cores

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """Have nobody to send home."""

    def map(
        self, work: Callable[[P], R], parts: Iterable[P], *, heavy: bool = False
    ) -> Iterator[R]:
        """Yield the result of each part."""
        return map(work, parts)


ALONE = Alone()


def local_workers(jobs: int | None = None) -> Workers:
    """Return workers of this machine: as many processes as are asked for, or as there are cores."""
    number = jobs or _usable_cores()
    if number == 1:
        return Alone(1)
    from l10n.workers.processes import Processes  # noqa: PLC0415 - a warm check needs none

    return Processes(number)


def _usable_cores() -> int:
    # Fewer than the machine has where a container or `taskset` says so.
    return (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1
    )

"""What a worker of a cluster is sent at the start: the question whether it is like us, and then the work.

This module travels as it is written here, so that a worker that does not have the tool can say so.
"""

from __future__ import annotations

import asyncio
import pickle
import threading
from collections.abc import Callable
from typing import Any

from distributed import Worker, WorkerPlugin


class Admission(WorkerPlugin):
    """Compares a worker with the machine that sent it; one that is alike takes parts."""

    def __init__(self, mark: str, expected: dict[str, str], engines: bytes) -> None:
        self.mark = mark
        """Name of this run among others on the cluster: what only admitted workers have of it is theirs to give."""
        self.expected = expected
        self.engines = engines
        self.refusal = "not asked yet"
        """Why a worker takes no part; empty when it does."""

    async def setup(self, worker: Worker) -> None:
        """Look at the worker, beside its loop: models take seconds to load."""
        self.refusal = await asyncio.to_thread(self._compared)
        if not self.refusal:
            await self._give(worker, 1)

    async def refuse(self, worker: Worker, reason: str) -> None:
        """Take no parts any more."""
        self.refusal = reason
        await self._give(worker, 0)

    async def teardown(self, worker: Worker) -> None:
        """Leave the worker as it was."""
        await self._give(worker, 0)

    async def _give(self, worker: Worker, places: int) -> None:
        # One at a time: the interpreter runs one thread, and engines are not made for several.
        await worker.set_resources(**{self.mark: places})

    def _compared(self) -> str:
        try:
            from l10n.cluster.likeness import describe, differences  # noqa: PLC0415 - may not be there

            return differences(self.expected, describe(pickle.loads(self.engines)))  # noqa: S301 - of the run that asks
        except Exception as error:  # noqa: BLE001 - whatever keeps a worker from being asked keeps it from taking part
            return f"{type(error).__name__}: {error}"


class Job(WorkerPlugin):
    """A piece of work whose parts a worker gets; unpacked at the first of them."""

    def __init__(self, work: bytes, tag: str) -> None:
        self.packed = work
        self.tag = tag
        """Language of messages."""
        self.lock = threading.Lock()
        self.work: Callable[[Any], Any] | None = None

    def __getstate__(self) -> tuple[bytes, str]:
        return self.packed, self.tag

    def __setstate__(self, state: tuple[bytes, str]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def do(self, group: bytes) -> bytes:
        """Return the answers for a group of parts."""
        from l10n.cluster.letters import reply  # noqa: PLC0415 - only where the tool is

        with self.lock:
            if self.work is None:
                from l10n.interface import set_language  # noqa: PLC0415

                set_language(self.tag)
                self.work = pickle.loads(self.packed)  # noqa: S301 - of the run that asks
            return reply(self.work, group)


def refusals(mark: str, dask_worker: Worker) -> tuple[str, str]:
    """Return the name of this worker, and why it takes no part in a run."""
    plugins: dict[str, Any] = dask_worker.plugins
    plugin = plugins.get(mark)
    return str(dask_worker.name), plugin.refusal if plugin is not None else "not asked yet"


async def refuse(mark: str, reason: str, dask_worker: Worker) -> None:
    """Take this worker out of a run."""
    plugins: dict[str, Any] = dask_worker.plugins
    plugin = plugins.get(mark)
    if plugin is not None:
        await plugin.refuse(dask_worker, reason)

"""Several processes of this machine, started when there is enough to do."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from l10n.interface import language, set_language

if TYPE_CHECKING:
    import tempfile
    from concurrent.futures import Executor, Future

    from l10n.workers.convoy import Answers

P = TypeVar("P")
R = TypeVar("R")

_WARM = 1.0
"""Seconds of processor time after which it pays to start further processes: each needs half of one to begin."""


_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Numpy reads them when it is loaded: each process is one of as many as there are cores."""


class Processes:
    """Does parts in processes of this machine, which are started when there is enough to do; a context manager."""

    cores: int | None = 1

    def __init__(self, jobs: int, *, warm: float = _WARM) -> None:
        self.jobs = jobs
        self.warm = warm
        self._pool: Executor | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._numbers = count()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def map(
        self, work: Callable[[P], R], parts: Iterable[P], *, heavy: bool = False
    ) -> Iterator[R]:
        """Yield the result of each part; those of the first second are done here."""
        rest = iter(parts)
        if self.warm and not heavy and self._pool is None:
            start = time.process_time()
            for part in rest:
                yield work(part)
                if time.process_time() - start >= self.warm:
                    break
        # One alone is done sooner here than the first process is ready.
        first = list(islice(rest, 2))
        if len(first) < 2:
            yield from map(work, first)
            return
        # They load slowly, and little is done by so many.
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        from l10n.workers.convoy import Convoy  # noqa: PLC0415

        job = self._left(work)

        def submit(group: tuple[P, ...]) -> Future[Answers[R]]:
            try:
                return self._executor().submit(_do, job, group)
            except BrokenProcessPool:
                self._end()
                return self._executor().submit(_do, job, group)

        convoy = Convoy(submit, (BrokenProcessPool,), lambda: self.jobs)
        yield from convoy.results(chain(first, rest))

    def close(self) -> None:
        """End the processes; what they are at is finished first."""
        self._end()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _executor(self) -> Executor:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - as above
            from multiprocessing import get_context  # noqa: PLC0415

            # Not forked from here: an engine's threads and open programs do not survive that.
            self._pool = ProcessPoolExecutor(
                self.jobs,
                mp_context=get_context("forkserver"),
                initializer=_prepare,
                initargs=(language(),),
            )
        return self._pool

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _left(self, work: Callable[[P], R]) -> Path:
        """Leave work where each process fetches it once: a site or a glossary is too large to go with every part."""
        import pickle  # noqa: PLC0415 - as above
        import tempfile  # noqa: PLC0415

        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="l10n-")
        path = Path(self._folder.name) / str(next(self._numbers))
        path.write_bytes(pickle.dumps(work))
        return path


def _do(job: Path, parts: Sequence[Any]) -> Answers[Any]:
    from l10n.workers.convoy import answer  # noqa: PLC0415 - as above

    return answer(_work(job), parts)


# One stage after the other, and two at most where one begins before the other has ended.
@lru_cache(maxsize=2)
def _work(job: Path) -> Callable[[Any], Any]:
    import pickle  # noqa: PLC0415 - as above

    work: Callable[[Any], Any] = pickle.loads(job.read_bytes())  # noqa: S301 - written by the process that began this one
    return work


def _prepare(tag: str) -> None:
    """Make a process ready: it speaks as the one that began it, leaves Ctrl+C to that one, and ends with it."""
    set_language(tag)
    for variable in _THREADS:
        os.environ.setdefault(variable, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process  # noqa: PLC0415 - as above

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)

"""The workers of a Dask cluster, as a stage sees them; the only place that speaks to a scheduler."""

from __future__ import annotations

import logging
import pickle
import secrets
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self, TypeVar

import cloudpickle
from distributed import Client, Future, Security, WorkerPlugin, get_worker, wait
from distributed.scheduler import KilledWorker

from l10n.cluster import admission
from l10n.cluster.address import Tls
from l10n.cluster.letters import NonsenseError, answers_of, question
from l10n.cluster.likeness import EngineUse, describe
from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.interface import language
from l10n.workers.convoy import Answers, Convoy

P = TypeVar("P")
R = TypeVar("R")

# A worker without the tool could not unpack what is only named.
cloudpickle.register_pickle_by_value(admission)

_TICK = 1.0
"""Seconds between two looks at what one waits for."""
_PATIENCE = 30.0
"""Seconds without a scheduler, or without any worker, after which a run stops: who restarts one needs some."""
_ASK_AGAIN = 5.0
"""Seconds between two looks at which workers there are."""
_SLOW = 5
"""Times the usual time after which a group is given to a second worker, too; the first answer counts."""
_NOT_YET_SLOW = 10.0
"""Seconds before that."""


@dataclass(frozen=True, slots=True)
class Member:
    """A worker of the cluster."""

    name: str
    refusal: str
    """Why it takes no part; empty when it does."""


def connect(
    address: str,
    engines: Sequence[EngineUse] = (),
    *,
    tls: Tls | None = None,
    on_problem: Callable[[L10nError], object] = lambda _problem: None,
) -> Cluster:
    """Return the workers of a scheduler that are like this machine; L10nError where there are none."""
    tls = tls or Tls()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("distributed"):
            # Its own handlers would tell on stderr what is told here in one line.
            logging.getLogger(name).setLevel(logging.CRITICAL)
    security = Security(
        **{
            name: value
            for name, value in (
                ("tls_ca_file", tls.ca_file),
                ("tls_client_cert", tls.client_cert),
                ("tls_client_key", tls.client_key),
            )
            if value
        }
    )
    try:
        with warnings.catch_warnings():
            # Versions are compared worker by worker, with what else must be alike.
            warnings.simplefilter("ignore")
            client = Client(address, security=security, timeout=10, set_as_default=False)
    except (OSError, TimeoutError, TypeError, ValueError, RuntimeError) as error:
        raise _unreachable(address, error) from error
    cluster = Cluster(client, address, engines, on_problem)
    try:
        cluster.gather()
    except BaseException:
        cluster.close()
        raise
    return cluster


class Cluster:
    """Does parts on the workers of a cluster; a context manager."""

    cores: int | None = 1

    def __init__(
        self,
        client: Client,
        address: str,
        engines: Sequence[EngineUse],
        on_problem: Callable[[L10nError], object],
    ) -> None:
        self.client = client
        self.address = address
        self.members: dict[str, Member] = {}
        """By their addresses."""
        self._expected = describe(engines)
        self._engines = pickle.dumps(tuple(engines))
        self._on_problem = on_problem
        self._mark = f"l10n-{secrets.token_hex(4)}"
        self._jobs: list[str] = []
        self._numbers = count()
        self._last_asked = 0.0
        self._last_good = time.monotonic()
        self.usual = _NOT_YET_SLOW / _SLOW
        """Seconds that a group usually takes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def admitted(self) -> list[Member]:
        """The workers that take part."""
        return [member for member in self.members.values() if not member.refusal]

    def gather(self) -> None:
        """Ask the workers whether they are like this machine; those that are not are named."""
        plugin = admission.Admission(self._mark, self._expected, self._engines)
        self._register(plugin, self._mark)
        while True:
            self._ask()
            if self.admitted:
                return
            if self.members or time.monotonic() - self._last_good > _PATIENCE / 2:
                raise L10nError(
                    _("no worker of {address} takes part").format(address=self.address),
                    hint=f"dask worker {self.address} --nworkers auto --nthreads 1",
                )
            time.sleep(_TICK)

    def map(
        self, work: Callable[[P], R], parts: Iterable[P], *, heavy: bool = False
    ) -> Iterator[R]:
        """Yield the result of each part."""
        name = f"{self._mark}-{next(self._numbers)}"
        self._jobs.append(name)
        self._register(admission.Job(pickle.dumps(work), language()), name)

        def submit(group: tuple[P, ...]) -> Pending:
            return Pending(self, name, question(group))

        convoy: Convoy[P, R] = Convoy(
            submit, (NonsenseError, KilledWorker, CancelledError), lambda: len(self.admitted)
        )
        yield from convoy.results(parts)

    def send(self, job: str, group: bytes) -> Future[Any]:
        """Send a group out, to whichever of the admitted workers is free."""
        return self.client.submit(
            _do,
            job,
            group,
            key=f"{job}-{next(self._numbers)}",
            resources={self._mark: 1},
            pure=False,
        )

    def look_after(self) -> None:
        """See that there is somebody to answer; L10nError where there has been nobody for long."""
        now = time.monotonic()
        if now - self._last_asked < _ASK_AGAIN:
            return
        if self.client.status == "running":
            with suppress(OSError, TimeoutError, CancelledError):
                self._ask()
                if self.admitted:
                    self._last_good = now
                    return
        if now - self._last_good > _PATIENCE:
            if self.client.status == "running":
                raise L10nError(
                    _("no worker of {address} is left").format(address=self.address),
                    hint=_("what was finished is saved; type it again to go on"),
                )
            raise L10nError(
                _("the scheduler at {address} has gone").format(address=self.address),
                hint=_("what was finished is saved; type it again to go on"),
            )

    def refuse(self, future: Future[Any]) -> None:
        """Take the worker out that answered something else than what it was asked."""
        with suppress(OSError, TimeoutError, CancelledError):
            addresses = [
                address
                for holders in self.client.who_has([future]).values()
                for address in holders
            ]
            if addresses:
                reason = "it answered something else than what it was asked"
                self.client.run(admission.refuse, self._mark, reason, workers=addresses)
        self._ask()

    def close(self) -> None:
        """Take leave: what is still being done is given up, and the workers are as before."""
        for name in (*self._jobs, self._mark):
            with suppress(Exception):
                # The scheduler may have gone, with all that it knew.
                if self.client.status == "running":
                    self.client.unregister_worker_plugin(name)
        with suppress(Exception):
            self.client.close(timeout=5)

    def _register(self, plugin: WorkerPlugin, name: str) -> None:
        # One worker that cannot take it is refused for it, and does not keep the others from working.
        with suppress(Exception):
            self.client.register_plugin(plugin, name)

    def _ask(self) -> None:
        """Find out which workers there are and which take part; new refusals are told."""
        self._last_asked = time.monotonic()
        answers = self.client.run(admission.refusals, self._mark, on_error="return")
        members = {}
        for address, told in answers.items():
            name, refusal = told if isinstance(told, tuple) else (address, str(told))
            members[address] = Member(name, refusal)
            before = self.members.get(address)
            if refusal and (before is None or before.refusal != refusal):
                self._on_problem(
                    L10nError(
                        _("worker {name} takes no part: {reason}").format(
                            name=name, reason=refusal
                        )
                    )
                )
        self.members = members


@dataclass
class Pending:
    """A group that was sent out."""

    cluster: Cluster
    job: str
    group: bytes
    futures: list[Future[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.futures.append(self.cluster.send(self.job, self.group))

    def result(self) -> Answers[Any]:
        """Wait for the answers; raises what the work raised, or what says that nobody answers."""
        start = time.monotonic()
        while True:
            with suppress(TimeoutError), self.cluster.client.as_current():
                wait(self.futures, timeout=_TICK, return_when="FIRST_COMPLETED")
            done = next((future for future in self.futures if future.done()), None)
            if done is not None:
                break
            self.cluster.look_after()
            waited = time.monotonic() - start
            slow = max(_NOT_YET_SLOW, _SLOW * self.cluster.usual)
            if len(self.futures) == 1 and waited > slow and len(self.cluster.admitted) > 1:
                self.futures.append(self.cluster.send(self.job, self.group))
        try:
            answers = answers_of(self.group, done.result())
        except NonsenseError:
            self.cluster.refuse(done)
            raise
        self.cluster.usual = (self.cluster.usual + answers.seconds) / 2
        self.cancel()
        return answers

    def cancel(self) -> None:
        """Give the group up where it was not done."""
        for future in self.futures:
            with suppress(Exception):
                if not future.done():
                    future.cancel()


def _do(job: str, group: bytes) -> bytes:
    plugins: dict[str, Any] = get_worker().plugins
    for _try in range(100):
        # A worker that was started anew is admitted before it has every piece of work.
        if job in plugins:
            break
        time.sleep(0.1)
    answers: bytes = plugins[job].do(group)
    return answers


def _unreachable(address: str, error: Exception) -> L10nError:
    return L10nError(
        _("the scheduler at {address} cannot be reached: {reason}").format(
            address=address,
            reason=str(error).splitlines()[0] if str(error) else type(error).__name__,
        ),
        hint="dask scheduler --host 127.0.0.1",
    )

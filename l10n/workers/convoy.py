"""Parts on their way to workers and back: grouped, in order, no more at once than there is room for."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, Protocol, TypeVar

from l10n.errors import L10nError
from l10n.interface import gettext as _

P = TypeVar("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

_GROUP = 0.2
"""Seconds that a group of parts should take: sending it takes a few thousandths."""

_WAITING = 3
"""Groups on their way for each worker, the results that wait for an earlier one among them."""

_TRIES = 3
"""Times that a group is sent out again whose worker died."""


@dataclass(frozen=True, slots=True)
class Answers(Generic[R_co]):
    """The results of a group of parts."""

    results: tuple[R_co, ...]
    seconds: float
    """How long they took."""


class Pending(Protocol[R_co]):
    """A group of parts that is on its way, as a future of `concurrent.futures` is."""

    def result(self) -> Answers[R_co]:
        """Wait for the answers."""
        ...

    def cancel(self) -> object:
        """Give it up where it has not begun."""
        ...


@dataclass(slots=True)
class _Group(Generic[P, R]):
    """Parts that travel together."""

    parts: tuple[P, ...]
    future: Pending[R]
    tries: int = 1


@dataclass(slots=True)
class Convoy(Generic[P, R]):
    """Parts on their way to workers and back, in groups as large as pays, no more at once than there is room for."""

    submit: Callable[[tuple[P, ...]], Pending[R]]
    """Sends a group out."""
    lost: tuple[type[Exception], ...]
    """What the future of a group raises whose worker is lost."""
    workers: Callable[[], int]
    """Tells how many groups can be done at once."""
    size: float = 1
    waiting: deque[_Group[P, R]] = field(default_factory=deque)

    def results(self, parts: Iterable[P]) -> Iterator[R]:
        """Yield the results of parts in their order."""
        rest = iter(parts)
        try:
            while True:
                while len(self.waiting) < _WAITING * max(1, self.workers()):
                    group = tuple(islice(rest, int(self.size)))
                    if not group:
                        break
                    self.waiting.append(_Group(group, self.submit(group)))
                if not self.waiting:
                    return
                answers = self._first()
                self.waiting.popleft()
                pace = _GROUP / max(answers.seconds, 1e-6)
                self.size = max(1, min(self.size * 2, len(answers.results) * pace, 1000))
                yield from answers.results
        finally:
            for waiting in self.waiting:
                waiting.future.cancel()

    def _first(self) -> Answers[R]:
        """Return the answers of the group that was sent out first, sending it out again where its worker is lost."""
        group = self.waiting[0]
        while True:
            try:
                return group.future.result()
            except self.lost as error:
                if group.tries == _TRIES:
                    raise L10nError(
                        _("workers were lost {n} times at the same piece of work").format(
                            n=_TRIES
                        ),
                        hint=_("what was finished is saved; type it again to go on"),
                    ) from error
                group.tries += 1
                group.future = self.submit(group.parts)


def answer(work: Callable[[P], R], parts: Sequence[P]) -> Answers[R]:
    """Return the results of a group of parts, and how long they took."""
    start = time.monotonic()
    results = tuple(work(part) for part in parts)
    return Answers(results, time.monotonic() - start)

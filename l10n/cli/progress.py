"""One line on a terminal that tells how far long work is, how fast, and how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from l10n.cli.streams import say
from l10n.interface import gettext as _

_INTERVAL = 0.1
"""Seconds between two drawings: a terminal over SSH is not flooded, and a person sees it move."""


class Progress:
    """A line on stderr, rewritten in place; nothing where stderr is no terminal. A context manager."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown = sys.stderr.isatty()
        self._start = time.monotonic()
        self._last = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._write("")

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        now = time.monotonic()
        if now - self._last < _INTERVAL and done < total:
            return
        self._last = now
        rate = done / max(now - self._start, 1e-6)
        left = int((total - done) / rate) if rate else 0
        self._write(
            _(
                "{label} {done}/{total}, {rate:.1f} a second, {minutes}:{seconds:02} left"
            ).format(
                label=self._label,
                done=done,
                total=total,
                rate=rate,
                minutes=left // 60,
                seconds=left % 60,
            )
        )

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()


@contextmanager
def resumable() -> Iterator[None]:
    """Say, when work is interrupted, that it can be gone on with."""
    try:
        yield
    except KeyboardInterrupt:
        say(_("Interrupted. What was finished is saved; type it again to go on."), err=True)
        raise

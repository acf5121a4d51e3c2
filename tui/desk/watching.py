"""Notices that other processes have written catalogs of the project: the memory then knows what they say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from textual.screen import Screen

from tui.clock import Clock
from tui.desk.work import start

_EVERY = 1.0
"""Seconds between two looks; what changed is in the memory before two are over."""


class Watching:
    """Looks at the dates of catalogs and their folders, beside the keys."""

    def __init__(
        self,
        screen: Screen[None],
        clock: Clock,
        catalogs: Iterable[Path],
        on_change: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._clock = clock
        files = sorted(catalogs)
        # A catalog that comes or is replaced changes the date of its folder.
        self._paths = tuple(dict.fromkeys((*files, *(file.parent for file in files))))
        self._on_change = on_change
        self._dates: tuple[int, ...] = ()

    def start(self) -> None:
        """Begin to look; what is learnt from now on is what the catalogs say now, or later."""
        if self._paths:
            self._dates = self._read()
            self._clock.every(self._screen, _EVERY, self._look)

    def _look(self) -> None:
        start(
            self._screen, self._compare, group="watching", exclusive=True, exit_on_error=False
        )

    async def _compare(self) -> None:
        dates = await asyncio.to_thread(self._read)
        before, self._dates = self._dates, dates
        if before != dates:
            self._on_change()

    def _read(self) -> tuple[int, ...]:
        return tuple(map(_date, self._paths))


def _date(path: Path) -> int:
    with suppress(OSError):  # gone: that is a change too
        return path.stat().st_mtime_ns
    return 0

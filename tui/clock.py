"""The time the screen lives by: tests hand it a clock that they move on themselves."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from textual.message_pump import MessagePump

Action = Callable[[], object]


class Alarm(Protocol):
    """Something that a clock will do."""

    def stop(self) -> None:
        """Do it no more."""


class Clock(Protocol):
    """What tells the time and does things later."""

    def now(self) -> float:
        """Return the seconds since some moment of the past."""

    def after(self, node: MessagePump, seconds: float, action: Action) -> Alarm:
        """Do something once, in the turn of a screen or widget."""

    def every(self, node: MessagePump, seconds: float, action: Action) -> Alarm:
        """Do something again and again, in the turn of a screen or widget."""

    async def sleep(self, seconds: float) -> None:
        """Return after some seconds."""


class RealTime:
    """The clock of the machine."""

    def now(self) -> float:
        """Return the monotonic time."""
        return time.monotonic()

    def after(self, node: MessagePump, seconds: float, action: Action) -> Alarm:
        """Set a timer of Textual's."""
        return node.set_timer(seconds, action)

    def every(self, node: MessagePump, seconds: float, action: Action) -> Alarm:
        """Set a repeating timer of Textual's."""
        return node.set_interval(seconds, action)

    async def sleep(self, seconds: float) -> None:
        """Let the others work meanwhile."""
        await asyncio.sleep(seconds)


class Delay:
    """Does one thing once nothing has asked for it again for a while."""

    def __init__(self, clock: Clock, node: MessagePump, action: Action) -> None:
        self._clock = clock
        self._node = node
        self._action = action
        self._alarm: Alarm | None = None

    def start(self, seconds: float) -> None:
        """Do it after some seconds, counted anew when this is called again."""
        self.stop()
        self._alarm = self._clock.after(self._node, seconds, self._action)

    def stop(self) -> None:
        """Do not do it."""
        if self._alarm is not None:
            self._alarm.stop()
            self._alarm = None

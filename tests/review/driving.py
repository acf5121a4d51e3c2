"""Driving the screen by keys, in a terminal that exists only in memory and a time that tests move on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from textual import events
from textual.message_pump import MessagePump
from textual.pilot import Pilot

from tui.app import ReviewApp
from tui.clock import Action
from tui.desk.screen import Desk

Opened = tuple[ReviewApp, Pilot[object]]
Open = Callable[..., AbstractAsyncContextManager[Opened]]
WIDE = (120, 36)
NARROW = (80, 24)


@dataclass(eq=False)
class HandAlarm:
    """Something a clock that stands still is going to do."""

    at: float
    ring: Callable[[], object]
    period: float = 0.0
    stopped: bool = False

    def stop(self) -> None:
        self.stopped = True


class HandClock:
    """A clock that stands still until a test moves it on."""

    def __init__(self) -> None:
        self._now = 1000.0
        self._alarms: list[HandAlarm] = []

    def now(self) -> float:
        return self._now

    def after(self, node: MessagePump, seconds: float, action: Action) -> HandAlarm:
        return self._set(HandAlarm(self._now + seconds, lambda: node.call_later(action)))

    def every(self, node: MessagePump, seconds: float, action: Action) -> HandAlarm:
        ring = lambda: node.call_later(action)  # noqa: E731
        return self._set(HandAlarm(self._now + seconds, ring, seconds))

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        alarm = self._set(HandAlarm(self._now + seconds, woken.set))
        try:
            await woken.wait()
        finally:
            alarm.stop()

    async def move_on(self, pilot: Pilot[object], seconds: float) -> None:
        """Let time pass: everything that is due happens in its order, with all that follows from it."""
        end = self._now + seconds
        while due := [one for one in self._alarms if one.at <= end and not one.stopped]:
            alarm = min(due, key=lambda one: one.at)
            self._now = max(self._now, alarm.at)
            if alarm.period:
                alarm.at += alarm.period
            else:
                alarm.stop()
            alarm.ring()
            await pilot.pause(0)
        self._alarms = [one for one in self._alarms if not one.stopped]
        self._now = end

    def _set(self, alarm: HandAlarm) -> HandAlarm:
        self._alarms.append(alarm)
        return alarm


async def settle(pilot: Pilot[object], seconds: float = 0.15) -> None:
    """Wait until the keys have been read, and the panes have followed them."""
    clock = pilot.app.clock
    if isinstance(clock, HandClock):
        await pilot.pause()
        await clock.move_on(pilot, seconds)
    else:
        await pilot.pause(seconds)
    await pilot.pause()


async def press_fast(app: ReviewApp, pilot: Pilot[object], *keys: str) -> None:
    """Press keys faster than the screen answers them."""
    for key in keys:
        app.post_message(events.Key(key, None))
    await settle(pilot)


async def type_text(app: ReviewApp, pilot: Pilot[object], text: str) -> None:
    """Type a text key by key, as fast as the machine can."""
    for character in text:
        app.post_message(events.Key(character, character))
    await settle(pilot)


def screen_of(app: ReviewApp) -> Desk:
    screen = app.screen
    assert isinstance(screen, Desk)
    return screen


def desk_of(app: ReviewApp) -> Desk:
    """Give the screen below the windows."""
    return next(one for one in app.screen_stack if isinstance(one, Desk))


async def leave(app: ReviewApp, pilot: Pilot[object]) -> None:
    await pilot.press("ctrl+q")
    for _wait in range(100):
        await pilot.pause(0.02)
        if not app.is_running or app.return_code is not None:
            break


async def eventually(pilot: Pilot[object], claim: Callable[[], bool]) -> None:
    """Wait until something is so; it has to be within some seconds."""
    for _wait in range(100):
        if claim():
            return
        await settle(pilot, 0.25)
    assert claim()

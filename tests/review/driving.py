"""Driving the screen by keys, in a terminal that exists only in memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from textual import events
from textual.pilot import Pilot

from tui.app import ReviewApp
from tui.screens.desk import DeskScreen

Opened = tuple[ReviewApp, Pilot[object]]
Open = Callable[..., AbstractAsyncContextManager[Opened]]
WIDE = (120, 36)
NARROW = (80, 24)


async def settle(pilot: Pilot[object], seconds: float = 0.15) -> None:
    """Wait until the panes have followed the keys."""
    await pilot.pause(seconds)
    await pilot.pause()


async def type_text(app: ReviewApp, pilot: Pilot[object], text: str) -> None:
    """Type a text key by key, as fast as the machine can."""
    for character in text:
        app.post_message(events.Key(character, character))
    await settle(pilot)


def screen_of(app: ReviewApp) -> DeskScreen:
    screen = app.screen
    assert isinstance(screen, DeskScreen)
    return screen


def desk_of(app: ReviewApp) -> DeskScreen:
    """Give the screen below the windows."""
    return next(one for one in app.screen_stack if isinstance(one, DeskScreen))


async def leave(app: ReviewApp, pilot: Pilot[object]) -> None:
    await pilot.press("ctrl+q")
    for _wait in range(100):
        await pilot.pause(0.02)
        if not app.is_running or app._exit:
            break


async def eventually(pilot: Pilot[object], claim: Callable[[], bool]) -> None:
    """Wait until something is so; it has to be within some seconds."""
    for _wait in range(200):
        if claim():
            return
        await pilot.pause(0.05)
    assert claim()

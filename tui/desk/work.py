"""Starting what goes on beside the keys."""

from __future__ import annotations

from collections.abc import Callable, Coroutine

from textual.screen import Screen
from textual.worker import Worker

Work = Callable[[], Coroutine[None, None, object]]


def start(
    screen: Screen[None],
    work: Work,
    *,
    group: str = "default",
    exclusive: bool = False,
    exit_on_error: bool = True,
) -> Worker[object]:
    """Start work that belongs to a screen; exclusive work ends the work of its group that goes on."""
    # Called directly, mypy cannot tell what a coroutine of a part gives: the type stands in `Work`.
    return screen.run_worker(
        work, group=group, exclusive=exclusive, exit_on_error=exit_on_error
    )

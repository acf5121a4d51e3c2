"""Pieces of work for workers: a process of its own imports them by name."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from l10n.errors import CatalogError


def square(number: int) -> int:
    return number * number


def refuse(number: int) -> int:
    if number == 5:
        raise CatalogError("five", path="five.po", line=5, hint="four")
    return number


def die_once(flag: Path) -> int:
    """Kill the process that does this part, the first time."""
    if flag.suffix == ".deadly" and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return len(flag.name)


def die(_part: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def linger(_part: int) -> int:
    time.sleep(0.2)
    return os.getpid()


def lie(number: int) -> int:
    """Make the worker that is called w2 answer nonsense from then on."""
    from distributed import get_worker

    if get_worker().name == "w2":
        from l10n.cluster import letters

        letters.reply = lambda _work, _group: b"nonsense"  # type: ignore[assignment]
    time.sleep(0.05)
    return number


def stand_still(number: int) -> int:
    time.sleep(0.3)
    return number

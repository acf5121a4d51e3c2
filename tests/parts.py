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

"""Who sits at a catalog: one writer at a time, a stale lock never in the way, take-over on request."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from dataclasses import asdict, dataclass
from pathlib import Path

_PLAIN = os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
"""A repository may bring a link or a pipe under the name of a lock: neither followed nor waited for."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a catalog."""

    user: str
    host: str
    pid: int
    since: float
    """Seconds since 1970."""


class Lock:
    """The lock of one sitting, a file beside the catalog.

    The process holds a system lock on it, so it ends with the process, however that dies. Taking over
    puts a new file in its place; the one who held the old file notices by `is_held`. Git, or who tidies
    up, puts a file of nobody there, or none: then the sitting takes the lock again.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, catalog: Path, user: str, *, force: bool = False) -> Lock | Holder:
        """Return the lock, or who holds it; force takes it over. OSError where no file can be written."""
        path = lock_path(catalog)
        if not force and (holder := living_holder(path)) is not None:
            return holder
        # Locked under a name of its own first: at no moment does the real name lack a lock.
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC | _PLAIN, 0o644)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        holder = Holder(user, socket.gethostname(), os.getpid(), time.time())
        os.write(descriptor, json.dumps(asdict(holder), ensure_ascii=False).encode())
        fresh.replace(path)
        return cls(path, descriptor)

    def is_held(self) -> bool:
        """Whether this sitting still holds the catalog."""
        try:
            current = self.path.stat()
        except OSError:
            return False
        # Whoever takes over puts another file under the name; ours lives on without one.
        locked = os.fstat(self._descriptor)
        return (current.st_ino, current.st_dev) == (locked.st_ino, locked.st_dev)

    def release(self) -> None:
        """Give the catalog free, unless somebody took it over."""
        if self.is_held():
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)


def lock_path(catalog: Path) -> Path:
    """Return the lock file of a catalog."""
    return catalog.with_name(f"{catalog.name}.lock")


def living_holder(path: Path) -> Holder | None:
    """Return who holds a lock file; None when there is none, or its process is gone."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _PLAIN)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return _read_holder(descriptor)
    finally:
        os.close(descriptor)
    return None


def _read_holder(descriptor: int) -> Holder:
    try:
        # A version of the tool to come may write other fields; an empty file was never finished.
        return Holder(**json.loads(os.read(descriptor, 4096)))
    except (ValueError, TypeError):
        return Holder("?", "?", 0, 0)

"""SQLite files that the desk keeps: opened where they may be, and what is wrong with them told apart."""

from __future__ import annotations

import shlex
import sqlite3
from pathlib import Path

from l10n.files import database, out_of_room
from l10n.interface import gettext as _

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NO_ROOM = (sqlite3.SQLITE_FULL,)
_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN)
_PRIMARY = 0xFF
"""Bits of the primary code in an extended one."""


def connect(path: Path, *, timeout: float, autocommit: bool = False) -> sqlite3.Connection:
    """Open an SQLite file, its folder made; ProjectError where a link leads out of the project.

    What a repository brings as a database cannot call functions of its schema.
    """
    connection = sqlite3.connect(
        path if str(path) == ":memory:" else database(path),
        timeout=timeout,
        isolation_level=None if autocommit else "DEFERRED",
    )
    try:
        connection.execute("pragma trusted_schema = off")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def is_damaged(error: Exception) -> bool:
    """Whether a file holds no database that can be read, so that a new one has to be begun."""
    return _code(error) in _DAMAGED


def is_busy(error: Exception) -> bool:
    """Whether another process writes a file just now."""
    return _code(error) in _IN_USE


def advice(error: Exception, path: Path, *, mend: str) -> str:
    """Return what helps against an error of SQLite; `mend` is the command that makes a damaged file anew."""
    if isinstance(error, OSError):
        return out_of_room(error, path)
    code, name = _code(error), shlex.quote(str(path))
    if code in _DAMAGED:
        # Set aside, not deleted: imported files may be in it alone, and sqlite3's `.recover` gets much back.
        return f"mv {name} {name}.damaged; {mend}"
    if code in _IN_USE:
        return _("another command is writing it; repeat when that has ended")
    if code in _NO_ROOM:
        return _("make room, then repeat the command: {command}").format(
            command=f"df -h {shlex.quote(str(path.parent))}"
        )
    return f"ls -ld {shlex.quote(str(path.parent))}" if code in _UNWRITABLE else ""


def _code(error: Exception) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY

"""SQLite files that the desk keeps: opened where they may be, and what is wrong with them told apart."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from l10n.errors import StorageError
from l10n.files import database, out_of_room
from l10n.interface import gettext as _

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_OTHER = (0, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_CONSTRAINT)
"""Codes for tables that are not as we made them; none at all for texts that are no UTF-8."""
_BESIDE = ("", "-wal", "-shm", "-journal")
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NO_ROOM = (sqlite3.SQLITE_FULL,)
_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN)
_OF_THE_MACHINE = (*_DAMAGED, *_IN_USE, *_NO_ROOM, *_UNWRITABLE, sqlite3.SQLITE_IOERR)
"""Codes of what the tool can do nothing about; a query that is wrong is none of them."""
_PRIMARY = 0xFF
"""Bits of the primary code in an extended one."""
_AGAIN = 0.02
"""Seconds between two tries of what SQLite does not wait for by itself."""
_ROOM = 1 << 16
"""Bytes without which SQLite cannot make the files beside its own, and says no more than that reading or writing failed."""

Given = ParamSpec("Given")
Result = TypeVar("Result")


def _naming(
    use: Callable[Concatenate[_Connection, Given], Result],
) -> Callable[Concatenate[_Connection, Given], Result]:
    """Give a use of a connection whose errors name the file: those of SQLite do not."""

    @wraps(use)
    def named(connection: _Connection, /, *given: Given.args, **named: Given.kwargs) -> Result:
        try:
            return use(connection, *given, **named)
        except sqlite3.Error as error:
            error.add_note(str(connection.path))
            raise

    return named


class _Connection(sqlite3.Connection):
    """A connection whose errors name the file."""

    path = Path()

    execute = _naming(sqlite3.Connection.execute)
    executemany = _naming(sqlite3.Connection.executemany)
    executescript = _naming(sqlite3.Connection.executescript)
    __exit__ = _naming(sqlite3.Connection.__exit__)


def explained(error: Exception) -> StorageError | None:
    """Return the line for a person on an error of SQLite that nobody expected; None for any other, and for a mistake of ours."""
    if not isinstance(error, sqlite3.Error) or _code(error) not in _OF_THE_MACHINE:
        return None
    path = Path(getattr(error, "__notes__", [""])[0] or ".")
    reason = _("the file cannot be used: {reason}").format(reason=error)
    return StorageError(reason, path=path, hint=advice(error, path, mend="l10n tm rebuild"))


def connect(path: Path, *, timeout: float, autocommit: bool = False) -> sqlite3.Connection:
    """Open an SQLite file, its folder made; ProjectError where a link leads out of the project.

    What a repository brings as a database cannot call functions of its schema.
    """
    connection = sqlite3.connect(
        path if str(path) == ":memory:" else database(path),
        timeout=timeout,
        isolation_level=None if autocommit else "DEFERRED",
        factory=_Connection,
    )
    connection.path = path
    try:
        connection.execute("pragma trusted_schema = off")
        connection.execute("select count(*) from sqlite_master").fetchone()
    except UnicodeDecodeError as error:
        # Of a damaged schema even the message of SQLite is no text.
        connection.close()
        damaged = sqlite3.DatabaseError(_("its tables cannot be read"))
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise damaged from error
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_derived(
    path: Path, schema: str, *, timeout: float, autocommit: bool = False
) -> sqlite3.Connection:
    """Open an SQLite file of what can be made again, with the tables of a schema, and of no other.

    A file that is damaged or has other tables, views or triggers is begun anew: what a repository brings under the
    name of ours could answer without end. Raises sqlite3.Error and OSError for one that cannot be used as it is.
    """
    try:
        connection = _with_tables(path, schema, timeout=timeout, autocommit=autocommit)
    except sqlite3.Error as error:
        if not is_damaged(error):
            raise
        connection = None
    if connection is None:
        delete(path)
        connection = _with_tables(path, schema, timeout=timeout, autocommit=autocommit)
    if connection is None:
        raise sqlite3.DatabaseError(_("it has other tables"))
    return connection


def write_ahead(connection: sqlite3.Connection, *, timeout: float) -> None:
    """Give a file a log written ahead, so that it is read while it is written; `timeout` in seconds.

    Of two connections that ask for it at once SQLite tells one that the file is locked, without waiting:
    each holds what the other needs.
    """
    end = time.monotonic() + timeout
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.Error as error:
            if not is_busy(error) or time.monotonic() > end:
                raise
            time.sleep(_AGAIN)
        else:
            return


def delete(path: Path) -> None:
    """Delete an SQLite file, and the files beside it that SQLite would take for its own."""
    for beside in _BESIDE:
        path.with_name(path.name + beside).unlink(missing_ok=True)


def _with_tables(
    path: Path, schema: str, *, timeout: float, autocommit: bool
) -> sqlite3.Connection | None:
    """Return a connection to a file with the tables of a schema, made where there are none; None where others are."""
    connection = connect(path, timeout=timeout, autocommit=autocommit)
    try:
        tables = _tables(connection)
        if not tables:
            # Whole or not at all: another process may be looking.
            connection.executescript(f"begin immediate; {schema} commit;")
            tables = _tables(connection)
    except sqlite3.Error:
        connection.close()
        raise
    statements = filter(None, map(_normalized, schema.split(";")))
    if tables == sorted(statements):
        return connection
    connection.close()
    return None


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("select sql from sqlite_master where sql is not null")
    return sorted(_normalized(str(sql)) for (sql,) in rows)


def _normalized(statement: str) -> str:
    return " ".join(statement.lower().replace("if not exists ", "").split())


def is_damaged(error: Exception) -> bool:
    """Whether a file holds nothing that SQLite can read as ours, so that a new one has to be begun."""
    return isinstance(error, sqlite3.Error) and _code(error) in (*_DAMAGED, *_OTHER)


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
    if code in _NO_ROOM or (code == sqlite3.SQLITE_IOERR and _is_full(path)):
        return _("make room, then repeat the command: {command}").format(
            command=f"df -h {shlex.quote(str(path.parent))}"
        )
    return f"ls -ld {shlex.quote(str(path.parent))}" if code in _UNWRITABLE else ""


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ROOM
    except OSError:
        return False


def _code(error: Exception) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & _PRIMARY

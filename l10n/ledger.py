"""The ledger: what files held when they were last looked at, and what stages made of them, so that nothing is done twice.

One notion of "unchanged" for every stage, in one SQLite file of the folder of derived state: a file is what it was when
its size, its times and its place on the disk are, else when its content is. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import struct
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from l10n import __version__
from l10n.databases import open_derived
from l10n.errors import L10nError
from l10n.files import make_folder, read_bytes, write_atomically
from l10n.interface import language
from l10n.plugins import installed

FILE = "ledger.sqlite"
_SCHEMA = """
create table file (path blob primary key, state blob, settled int, digest blob) without rowid;
create table result (stage text, name blob, inputs blob, value, primary key (stage, name)) without rowid;
"""
_STATE = struct.Struct("<QqqQ")
"""Size, time of the content, time of the last change of any kind, and inode of a file. The second time is what no
program sets: who writes other content of the same size and puts the first time back is found out by it."""
_SETTLED = 2_000_000_000
"""A file changed less than these nanoseconds before it was read may change again within one tick of the file system's
clock, so that nothing but its content tells (what git calls racily clean). A time to come is never settled."""
_MOST = 100_000
"""Files whose rows are kept in memory; an archive of a million articles has four million files."""
_AT_ONCE = 5_000
"""Results that wait until they are written."""
_PATIENCE = 5.0
"""Seconds that they wait at most: a run may be killed at any time, and the next one goes on where it was."""
_SINGLE = 64
"""Rows of one kind that are looked up one by one; who asks for more is likely to ask for all, in the order of names."""
_AHEAD = 256
"""Rows that are then read at once."""
_SHELVES = 32
"""Such readings that are kept of a kind: catalogs and pages of several locales are asked for in turn."""


class _Rows:
    """Rows of one kind by their names; after some questions the rows that follow a name are read with its own."""

    def __init__(
        self, connection: sqlite3.Connection, one_row: str, rows: str, *given: str
    ) -> None:
        self._connection = connection
        self._one_row = one_row
        self._rows = rows
        self._given = given
        self._asked = 0
        self._shelves: deque[tuple[bytes, bytes, dict[bytes, tuple[Any, ...]]]] = deque(
            maxlen=_SHELVES
        )

    def get(self, name: bytes) -> tuple[Any, ...] | None:
        """Return the row of a name; None where there is none, or the file is damaged."""
        for first, last, rows in self._shelves:
            if first <= name <= last:
                return rows.get(name)
        self._asked += 1
        inputs = (*self._given, name)
        try:
            if self._asked <= _SINGLE:
                row: tuple[Any, ...] | None = self._connection.execute(
                    self._one_row, inputs
                ).fetchone()
                return row
            following = {
                row[0]: row[1:]
                for row in self._connection.execute(self._rows, (*inputs, _AHEAD))
            }
        except sqlite3.DatabaseError:
            # Damaged, or written by another run: then nothing is known.
            return None
        self._shelves.appendleft((name, max(following, default=name), following))
        return following.get(name)

    def forget(self) -> None:
        """Let go of what was read, for rows are written."""
        self._shelves.clear()


class Ledger:
    """What is known of files and of what was made from them; a context manager, which writes what is new at its end.

    Every row is true by itself, whatever other processes write meanwhile: that a file of this state has this content,
    or that a stage makes this value of these inputs.
    """

    def __init__(self, connection: sqlite3.Connection, root: str = "") -> None:
        self._connection = connection
        self._root = root
        self._files: dict[str, tuple[bytes, bool, bytes]] = {}
        self._new_files: dict[bytes, tuple[bytes, bool, bytes]] = {}
        self._new: dict[tuple[str, bytes], tuple[bytes, str | bytes]] = {}
        self._file_rows = _Rows(
            connection,
            "select state, settled, digest from file where path = ?",
            "select path, state, settled, digest from file where path >= ? order by path limit ?",
        )
        self._result_rows: dict[str, _Rows] = {}
        self._saved = time.monotonic()

    @classmethod
    def open(cls, folder: Path | None) -> Self:
        """Open the ledger of a folder of derived state; without one, or where nothing can be kept, it is forgotten."""
        if folder is None:
            return cls(_connection(Path(":memory:")))
        root = f"{folder.parent}/"
        try:
            make_folder(folder)
            if not (folder / ".gitignore").exists():
                # Nobody has to think of it, and a hook that writes here changes nothing of the repository.
                with suppress(L10nError):
                    write_atomically(folder / ".gitignore", b"*\n")
            return cls(_connection(folder / FILE), root)
        except (OSError, sqlite3.DatabaseError):
            # One that another run is writing, or that cannot be written: it goes without.
            pass
        return cls(_connection(Path(":memory:")), root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Write what is new, also of a run that was stopped, and close the file."""
        try:
            self.save()
        finally:
            self._connection.close()

    def digest(self, path: Path | str) -> bytes:
        """Return the SHA-256 of the content of a file; empty where there is no file that can be read."""
        name = os.fspath(path)
        state = _state_of(name)
        if not state:
            return b""
        known = self._files.get(name) or self._known_file(name)
        if known is not None and known[0] == state and known[1]:
            return known[2]
        try:
            content = read_bytes(Path(name))
        except (OSError, L10nError):
            return b""
        digest = hashlib.sha256(content).digest()
        if _state_of(name) == state:
            row = (state, _is_settled(state), digest)
            self._remember(name, row)
            if row != known:
                self._new_files[self._key(name)] = row
        return digest

    def fingerprint(self, *parts: str | bytes) -> bytes:
        """Return what tells these inputs of a stage from any others, the tool itself and its language among them."""
        pieces = [self.tool]
        for part in parts:
            data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogateescape")
            pieces += (b"%d:" % len(data), data)
        return hashlib.blake2b(b"".join(pieces), digest_size=16).digest()

    def recall(self, stage: str, name: str, inputs: bytes) -> str | bytes | None:
        """Return what a stage made of these inputs under a name; None when it is not known."""
        row = self._row(stage, name)
        return row[1] if row is not None and row[0] == inputs else None

    def last(self, stage: str, name: str) -> str | bytes | None:
        """Return what a stage made last under a name, of whatever inputs."""
        row = self._row(stage, name)
        return None if row is None else row[1]

    def keep(self, stage: str, name: str, inputs: bytes, value: str | bytes) -> None:
        """Remember what a stage made of inputs, instead of what it made under this name before."""
        self._new[stage, _encoded(name)] = (inputs, value)
        if len(self._new) >= _AT_ONCE or time.monotonic() - self._saved > _PATIENCE:
            self.save()

    def forget(self, stage: str, name: str) -> None:
        """Forget what a stage made under a name."""
        self._new.pop((stage, _encoded(name)), None)
        with suppress(sqlite3.DatabaseError):
            self._connection.execute(
                "delete from result where stage = ? and name = ?", (stage, _encoded(name))
            )
        self._results(stage).forget()

    @cached_property
    def tool(self) -> bytes:
        """What changes with the tool: every file of it, what is installed beside it, Python, the language of its messages."""
        python = ".".join(map(str, sys.version_info[:3]))
        rest = f"{__version__}\n{python}\n{language()}\n{installed()}"
        return hashlib.blake2b(self._package() + rest.encode(), digest_size=16).digest()

    def _package(self) -> bytes:
        """Return the digest of the tool's own files: of their states while these stay, else of what is in them."""
        # By content in the end: every file of a wheel carries the same date, and installers that keep it would make
        # two releases look equal. Looking at 450 files takes 2 ms, reading them 12.
        folder = str(Path(__file__).parent)
        files = list(_files_below(folder))
        states = {name: _state_of(name) for name in files}
        inputs = hashlib.blake2b(repr(sorted(states.items())).encode(), digest_size=16).digest()
        row = self._row("tool", folder)
        if row is not None and row[0] == inputs and isinstance(row[1], bytes):
            return row[1]
        digest = hashlib.blake2b(digest_size=16)
        for name in files:
            with open(name, "rb", buffering=0) as stream:  # noqa: PTH123 - half the time of Path.read_bytes()
                content = stream.read()
            digest.update(f"\0{name.removeprefix(folder)}\0{len(content)}\0".encode())
            digest.update(content)
        if all(map(_is_settled, states.values())):
            self.keep("tool", folder, inputs, digest.digest())
        return digest.digest()

    def _row(self, stage: str, name: str) -> tuple[bytes, str | bytes] | None:
        key = _encoded(name)
        if (row := self._new.get((stage, key))) is not None:
            return row
        stored = self._results(stage).get(key)
        # SQLite keeps values of any kind in any column.
        if stored and isinstance(stored[0], bytes) and isinstance(stored[1], (str, bytes)):
            return (stored[0], stored[1])
        return None

    def _results(self, stage: str) -> _Rows:
        rows = self._result_rows.get(stage)
        if rows is None:
            rows = self._result_rows[stage] = _Rows(
                self._connection,
                "select inputs, value from result where stage = ? and name = ?",
                "select name, inputs, value from result where stage = ? and name >= ? order by name limit ?",
                stage,
            )
        return rows

    def _known_file(self, name: str) -> tuple[bytes, bool, bytes] | None:
        row = self._file_rows.get(self._key(name))
        if row is None or not all(map(isinstance, row, (bytes, int, bytes))):
            return None
        known = (row[0], bool(row[1]), row[2])
        self._remember(name, known)
        return known

    def _remember(self, name: str, row: tuple[bytes, bool, bytes]) -> None:
        if len(self._files) >= _MOST:
            self._files.clear()
        self._files[name] = row

    def name(self, path: Path | str) -> str:
        """Return how a file is called here: by its path below the project's root, so that a project may move."""
        return os.fspath(path).removeprefix(self._root)

    def _key(self, path: str) -> bytes:
        return os.fsencode(path.removeprefix(self._root))

    def save(self) -> None:
        """Write what is new; what another process keeps from being written is found out again another time."""
        self._saved = time.monotonic()
        if not (self._new or self._new_files):
            return
        files = [(path, *row) for path, row in self._new_files.items()]
        results = [(*key, *row) for key, row in self._new.items()]
        try:
            self._connection.execute("begin immediate")
            self._connection.executemany(
                "insert or replace into file values (?, ?, ?, ?)", files
            )
            self._connection.executemany(
                "insert or replace into result values (?, ?, ?, ?)", results
            )
            self._connection.execute("commit")
        except sqlite3.DatabaseError:
            with suppress(sqlite3.DatabaseError):
                self._connection.execute("rollback")
        self._new_files.clear()
        self._new.clear()
        for rows in (self._file_rows, *self._result_rows.values()):
            rows.forget()


@contextmanager
def ledger_of(folder: Path | None, shared: Ledger | None) -> Iterator[Ledger]:
    """Give the ledger that the stages of one run share, or one for this stage alone; what is new is written at the end."""
    if shared is None:
        with Ledger.open(folder) as ledger:
            yield ledger
        return
    try:
        yield shared
    finally:
        shared.save()


def _connection(path: Path) -> sqlite3.Connection:
    connection = open_derived(path, _SCHEMA, timeout=2, autocommit=True)
    try:
        # What a power cut takes away is found out again.
        connection.execute("pragma synchronous = off")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _state_of(name: str) -> bytes:
    """Return what differs when a file was changed; empty where there is no file."""
    try:
        status = os.stat(name)  # noqa: PTH116 - a third of the time of Path.stat()
    except (OSError, ValueError):
        return b""
    if not stat.S_ISREG(status.st_mode):
        return b""
    return _STATE.pack(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _is_settled(state: bytes) -> bool:
    """Whether a file of this state can have no other content any more without another state."""
    written: int
    changed: int
    _size, written, changed, _inode = _STATE.unpack(state)
    return time.time_ns() - max(written, changed) > _SETTLED


def _encoded(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def _files_below(folder: str) -> Iterator[str]:
    """Yield the files of a folder and its folders in order, compiled code aside."""
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files_below(entry.path)
        else:
            yield entry.path

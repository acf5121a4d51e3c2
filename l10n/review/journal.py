"""The journal of a sitting: every decision on disk before the next key is read.

One folder per catalog, one file per sitting, one JSON object a line. A sitting holds a lock on its file
as long as its process lives, so the files nobody holds are what crashes left behind.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from l10n.model import Key
from l10n.person import state_folder


class Cause(Enum):
    """Why work is in the journal of a sitting that is over."""

    STOPPED = "stopped"
    """The program ended before it could write it."""
    UNDECIDED = "undecided"
    """Others had changed the entry too, and nobody said which version holds."""
    UNWRITTEN = "unwritten"
    """The person left while it could not be written."""


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one entry."""

    key: Key
    state: Mapping[str, Any]
    """The entry as it was left: `Entry.to_json()`; for unfinished typing only its `msgstrs`."""
    finished: bool
    """False for text that was being typed and never committed."""
    at: float
    """Seconds since 1970."""
    sequence: int
    cause: Cause = Cause.STOPPED


def journal_folder(catalog: Path) -> Path:
    """Return the folder of the journals of one catalog."""
    real = catalog.resolve()
    digest = hashlib.sha256(os.fsencode(real)).hexdigest()[:12]
    return state_folder() / "journal" / f"{real.stem}-{digest}"


class Journal:
    """The open journal of one sitting."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._sequence = 0
        self._saved = 0
        self._torn = False

    @classmethod
    def open(cls, catalog: Path) -> Journal:
        """Start a journal for a catalog; OSError when the state folder cannot be written."""
        folder = journal_folder(catalog)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"{time.time_ns()}-{os.getpid()}.jsonl"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        unlocked = path.with_suffix(".new")  # named .jsonl once it is locked: never an orphan
        descriptor = os.open(unlocked, flags, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        unlocked.rename(path)
        journal = cls(path, descriptor)
        header = {"catalog": str(catalog.resolve()), "at": time.time()}
        journal._write([header], sync=True)
        return journal

    @property
    def sequence(self) -> int:
        """Number of the last record."""
        return self._sequence

    def commit(self, entries: Iterable[tuple[Key, Mapping[str, Any]]]) -> None:
        """Put finished decisions on disk; they survive a power cut. OSError when that fails."""
        records = [self._record(key, state, finished=True) for key, state in entries]
        if records:
            self._write(records, sync=True)

    def typing(self, key: Key, msgstrs: tuple[str, ...]) -> None:
        """Hand unfinished text to the system: it survives the death of this process."""
        self._write([self._record(key, {"msgstrs": list(msgstrs)}, finished=False)], sync=False)

    def saved(self, sequence: int) -> None:
        """Take note that the catalog on disk holds everything up to a record."""
        self._saved = max(self._saved, sequence)
        if self._saved < self._sequence:
            self._write([{"saved": self._saved}], sync=False)
        else:  # nothing in it is worth keeping: it does not grow over a day of work
            os.ftruncate(self._descriptor, 0)

    def undecided(self, keys: Iterable[Key]) -> None:
        """Take note of entries whose last record waits for the person to say which version holds."""
        if names := [list(key) for key in keys]:
            self._write([{"undecided": names}], sync=False)

    def close(self, *, remove: bool) -> None:
        """End the journal; a removed one offers nothing at the next start."""
        if remove:
            forget([self.path])
        else:
            with suppress(OSError):  # a full disk: what is kept is told as what a crash left
                self._write([{"ended": round(time.time(), 3)}], sync=False)
        os.close(self._descriptor)

    def _record(
        self, key: Key, state: Mapping[str, Any], *, finished: bool
    ) -> dict[str, object]:
        self._sequence += 1
        return {
            "n": self._sequence,
            "at": round(time.time(), 3),
            "ctx": key[0],
            "id": key[1],
            "done": finished,
            "entry": dict(state),
        }

    def _write(self, records: list[dict[str, object]], *, sync: bool) -> None:
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        data = lines.encode("utf-8", "surrogatepass")
        view = memoryview(b"\n" + data if self._torn else data)
        self._torn = True  # until all of it is written: a full disk leaves half a line
        while view:
            view = view[os.write(self._descriptor, view) :]
        self._torn = False
        if sync:
            os.fdatasync(self._descriptor)


def left_behind(catalog: Path) -> tuple[Path, ...]:
    """Return the journals of a catalog whose sitting is dead, oldest first."""
    folder = journal_folder(catalog)
    return tuple(path for path in sorted(folder.glob("*.jsonl")) if _is_orphan(path))


def read_records(paths: Iterable[Path]) -> dict[Key, Record]:
    """Return the last record of every entry that was not saved, over several journals, oldest first."""
    records: dict[Key, Record] = {}
    for path in paths:
        records |= _unsaved(_lines(path))
    return records


def settle(paths: Iterable[Path], keys: Iterable[Key]) -> None:
    """Take note that work of dead sittings was put back or is not wanted; a journal without other work is deleted."""
    line = json.dumps({"settled": [list(key) for key in keys]}, ensure_ascii=False)
    # Behind the torn last line of a crash, which must not swallow it.
    data = f"\n{line}\n".encode("utf-8", "surrogatepass")
    for path in paths:
        with suppress(OSError), path.open("ab") as stream:  # on a full disk it is offered again
            stream.write(data)
        if not read_records([path]):
            forget([path])


def forget(paths: Iterable[Path]) -> None:
    """Delete journals that nothing is left in."""
    for path in paths:
        path.unlink(missing_ok=True)
        with suppress(OSError):  # other sittings have their journals there
            path.parent.rmdir()


def _unsaved(lines: Iterable[Mapping[str, Any]]) -> dict[Key, Record]:
    """Return the last record of every entry of one journal that is neither saved nor settled."""
    saved, is_ended = 0, False
    records: dict[Key, Record] = {}
    for line in lines:
        if "saved" in line:
            saved = int(line["saved"])
        elif "undecided" in line:
            for key in _keys(line["undecided"]) & records.keys():
                records[key] = replace(records[key], cause=Cause.UNDECIDED)
        elif "settled" in line:
            for key in _keys(line["settled"]):
                records.pop(key, None)
        elif "ended" in line:
            is_ended = True
        elif "n" in line:
            record = _parse(line)
            records[record.key] = record
    cause = Cause.UNWRITTEN if is_ended else Cause.STOPPED
    return {
        key: record if record.cause is Cause.UNDECIDED else replace(record, cause=cause)
        for key, record in records.items()
        if record.sequence > saved
    }


def _keys(names: Iterable[tuple[str | None, str]]) -> set[Key]:
    return {(context, text) for context, text in names}


def _is_orphan(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the whole lines of a journal; a torn last line is what the crash cut off."""
    for line in path.read_bytes().splitlines():
        try:
            value = json.loads(line.decode("utf-8", "surrogatepass"))
        except ValueError:
            continue  # also in the middle, where a full disk cut a record off
        if isinstance(value, dict):
            yield value


def _parse(line: Mapping[str, Any]) -> Record:
    return Record(
        key=(line.get("ctx"), str(line["id"])),
        state=line["entry"],
        finished=bool(line["done"]),
        at=float(line["at"]),
        sequence=int(line["n"]),
    )

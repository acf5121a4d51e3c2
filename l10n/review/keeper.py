"""Keeps the work on one catalog safe: journal, lock, saving, merging with what others wrote meanwhile."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.catalog import Catalog
from l10n.errors import CatalogError, L10nError
from l10n.files import exclusive_folder, open_file, write_atomically
from l10n.interface import gettext as _
from l10n.model import Key
from l10n.review.content import Content, content_of, put_content
from l10n.review.journal import Journal
from l10n.review.lock import Holder, Lock
from l10n.review.recovery import LeftBehind, Recovered

if TYPE_CHECKING:
    from l10n.catalog import Entry

Signature = tuple[int, int, int]
"""Modification time, size, inode: equal ones mean nobody wrote the file."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One entry that was changed here and on disk, differently."""

    key: Key
    base: Content | None
    """What both started from; None when the entry is new."""
    ours: Content
    theirs: Content
    taken_back: bool = False
    """True where ours was saved, and the file has what it had before: git, or somebody, put that back."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What taking over another version of the file did."""

    taken: int
    """Entries that others changed, added or removed."""
    conflicts: tuple[Conflict, ...]
    homeless: tuple[Key, ...]
    """Entries changed here that are no longer in the catalog; the journal keeps them."""


@dataclass(frozen=True, slots=True)
class Job:
    """A save that was decided on."""

    sequence: int
    """Number of the last journal record that is certainly in it."""
    contents: Mapping[Key, Content]
    """What it says at least of the entries that were changed; later changes may be in it too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a save ended."""

    job: Job
    written: bool = False
    theirs: Catalog | None = None
    """What is on disk instead, when somebody else wrote it: merge and save again."""
    problem: str = ""
    """Why nothing could be written, for a person; empty when all is well."""
    signature: Signature | None = None
    digest: bytes = b""
    size: int = 0
    """Bytes written."""
    seconds: float = 0.0


@dataclass
class Keeper:
    """The safety of one sitting. `save` and `read_disk` may run in a thread; everything else is quick."""

    catalog: Catalog
    path: Path
    journal: Journal | None = None
    lock: Lock | None = None
    trouble: str = ""
    """What keeps the work from being safe right now, for a person."""
    reviewers: int | None = None
    """People who have to review an entry; None: as the catalog says."""
    _signature: Signature | None = None
    _digest: bytes = b""
    _base: dict[Key, Content] = field(default_factory=dict)
    """Content on disk of every entry that was changed since the last save."""
    _typing: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    """Text that was typed and not committed."""
    _replaced: dict[Key, list[Content]] = field(default_factory=dict)
    """What the file said of entries before this sitting saved others in their place, oldest first."""
    _unplaced: dict[Key, Content] = field(default_factory=dict)
    """Our side of conflicts nobody decided yet, and of entries that left the catalog."""
    _left_behind: LeftBehind = field(default_factory=LeftBehind)
    """What dead sittings left, as far as the person was asked about it."""

    @classmethod
    def open(cls, path: Path, reviewers: int | None = None) -> Keeper:
        """Read a catalog and remember what its file looked like; CatalogError on any damage."""
        try:
            data, signature = _read(path)
        except OSError as error:
            raise CatalogError(error.strerror or str(error), path=path) from error
        catalog = _parsed(data, path, reviewers)
        digest = _digest(data)
        return cls(catalog, path, reviewers=reviewers, _signature=signature, _digest=digest)

    def start(self, user: str, *, force: bool = False) -> Holder | None:
        """Take lock and journal; returns who holds the catalog if somebody does, and takes nothing then."""
        try:
            lock = Lock.take(self.path, user, force=force)
        except OSError as error:
            # A folder that cannot be written: one can still work, and merging finds what others do.
            self.trouble = _("no lock: {reason}").format(reason=error.strerror)
        else:
            if isinstance(lock, Holder):
                return lock
            self.lock = lock
        try:
            self.journal = Journal.open(self.path)
        except OSError as error:
            self.trouble = _("no journal: {reason}").format(reason=error.strerror)
        return None

    def holds_place(self, user: str) -> bool:
        """Whether nobody has taken the catalog over; where only the file of the lock is gone, it is put back."""
        lost = self.lock
        if lost is None or lost.is_held():
            return True
        try:
            lock = Lock.take(self.path, user)
        except OSError:
            return True  # as in a folder that cannot be written: merging finds what others do
        if isinstance(lock, Holder):
            return False
        lost.release()
        self.lock = lock
        return True

    # Changes

    def remember(self, entry: Entry) -> None:
        """Call before an entry changes: keeps what is on disk."""
        if entry.key not in self._base:
            self._base[entry.key] = content_of(entry)

    def commit(self, entries: Iterable[Entry]) -> None:
        """Call after entries changed: puts the decision on disk."""
        records = [(entry.key, content_of(entry)) for entry in entries]
        self._write_journal(records)

    def _write_journal(self, records: Sequence[tuple[Key, Content]]) -> None:
        if self.journal is None or not records:
            return
        for key, _content in records:
            self._typing.pop(key, None)
        try:
            self.journal.commit(records)
            self.trouble = ""
        except OSError as error:
            self.trouble = _("no journal: {reason}").format(reason=error.strerror)

    def typing(self, entry: Entry, msgstrs: tuple[str, ...]) -> None:
        """Keep text that is being typed."""
        if self.journal is None:
            return
        if msgstrs == entry.msgstrs:
            self._typing.pop(entry.key, None)
        else:
            self._typing[entry.key] = msgstrs
        try:
            self.journal.typing(entry.key, msgstrs)
        except OSError as error:
            self.trouble = _("no journal: {reason}").format(reason=error.strerror)

    @property
    def is_dirty(self) -> bool:
        """Whether there are changes that the file does not hold."""
        return bool(self._base)

    @property
    def has_written(self) -> bool:
        """Whether this sitting saved anything that it did not take back."""
        return any(self._replaced.values())

    @property
    def dirty(self) -> frozenset[Key]:
        """Entries with changes that the file does not hold."""
        return frozenset(self._base)

    def on_disk(self, entry: Entry) -> Content:
        """Return what the file said of an entry when it was read or written last."""
        return self._base.get(entry.key) or content_of(entry)

    # Saving

    def plan(self) -> Job:
        """Take note of what has to be saved."""
        sequence = self.journal.sequence if self.journal else 0
        contents = {
            key: content_of(entry)
            for key in self._base
            if (entry := _find(self.catalog, key)) is not None
        }
        return Job(sequence, contents)

    def save(self, job: Job) -> Outcome:
        """Write a job, unless somebody else wrote the file meanwhile; never raises OSError."""
        began = time.monotonic()
        new = self.catalog.dumps()
        try:
            # Between the look at the file and its replacement nobody else of ours may write it.
            with exclusive_folder(self.path.parent):
                outside = self._outside(job)
                if outside is not None:
                    return outside
                write_atomically(self.path, new)
                data, signature = _read(self.path)
        except L10nError as error:
            return Outcome(job, problem=_("not saved: {reason}").format(reason=error.message))
        except OSError as error:
            reason = error.strerror or str(error)
            return Outcome(job, problem=_("not saved: {reason}").format(reason=reason))
        if data != new:  # somebody wrote right behind us
            return self._theirs(job, data, signature)
        seconds = time.monotonic() - began
        return Outcome(job, True, None, "", signature, _digest(data), len(data), seconds)

    def settle(self, outcome: Outcome) -> None:
        """Call after a save that needs no merging, where the changes are made."""
        self.trouble = outcome.problem
        if not outcome.written:
            return
        self._signature, self._digest = outcome.signature, outcome.digest
        on_disk = outcome.job.contents
        for key, content in on_disk.items():
            self._note_replaced(key, content)
        # A decision made while the file was being written is not in the job: its entry stays dirty.
        self._base = {
            key: on_disk.get(key, before)
            for key, before in self._base.items()
            if (entry := _find(self.catalog, key)) is not None
            and content_of(entry) != on_disk.get(key, before)
        }
        # While a side of a conflict has no place but the journal, the journal is not cut short.
        if self.journal is not None and not self._unplaced:
            with suppress(OSError):  # the file holds everything: recovery will find nothing new
                for key, msgstrs in self._typing.items():  # but what nobody committed
                    self.journal.typing(key, msgstrs)
                self.journal.saved(outcome.job.sequence)

    def _note_replaced(self, key: Key, content: Content) -> None:
        """Take note of what a save puts another content in the place of; one's own step back is none."""
        before = self._base.get(key)
        if before is not None and before != content:
            versions = [*self._replaced.get(key, ()), before]
            is_as_found = content == versions[0]
            self._replaced[key] = [] if is_as_found else [v for v in versions if v != content]

    def was_written_outside(self) -> bool:
        """Whether the file is not the one we read or wrote: a look at its date, nothing more."""
        try:
            return _signature(self.path) != self._signature
        except OSError:
            return False

    def read_disk(self) -> Outcome:
        """Read what somebody else wrote; nothing when it has the bytes we know."""
        job = Job(0, {})
        try:
            return self._outside(job) or Outcome(job)
        except OSError as error:
            return Outcome(job, problem=error.strerror or str(error))

    def adopt(self, catalog: Catalog, outcome: Outcome, *, offers: bool = True) -> Merged:
        """Go on with another version of the file, our unsaved changes put on top of it.

        What we saved and somebody took back is a conflict too, unless nothing may be offered again.
        """
        conflicts = self._taken_back(catalog) if offers else []
        taken_back = {conflict.key for conflict in conflicts}
        changed = _differences(self.catalog, catalog, self._base.keys() | taken_back)
        homeless: list[Key] = []
        base: dict[Key, Content] = {}
        for key, before in self._base.items():
            own_entry = _find(self.catalog, key)
            ours = content_of(own_entry) if own_entry else before
            entry = _find(catalog, key) or _find_obsolete(catalog, key)
            now = content_of(entry) if entry else None
            if entry is None:  # `update` removed the unit and its obsolete entry too
                homeless.append(key)
                self._unplaced[key] = ours
            elif now == before or entry.obsolete:
                base[key] = before
                put_content(entry, ours)
            elif now != ours:  # both wrote the same: nothing to ask
                conflicts.append(Conflict(key, before, ours, content_of(entry)))
                self._unplaced[key] = ours
        self._note_undecided(conflicts)
        self.catalog, self._base = catalog, base
        self._signature, self._digest = outcome.signature, outcome.digest
        return Merged(changed, tuple(conflicts), tuple(homeless))

    def _taken_back(self, catalog: Catalog) -> list[Conflict]:
        """Return what this sitting saved and another version has as it was before; the journal keeps ours."""
        conflicts = []
        for key, versions in self._replaced.items():
            own_entry, entry = _find(self.catalog, key), _find(catalog, key)
            if key in self._base or own_entry is None or entry is None:
                continue
            ours, now = content_of(own_entry), content_of(entry)
            if now != ours and now in versions:
                conflicts.append(Conflict(key, now, ours, now, taken_back=True))
                self._unplaced[key] = ours
        self._write_journal([(conflict.key, conflict.ours) for conflict in conflicts])
        return conflicts

    def _note_undecided(self, conflicts: Iterable[Conflict]) -> None:
        """Let the journal say what ours waits for, if this sitting ends before that is decided."""
        if self.journal is not None:
            with suppress(OSError):  # ours is in it all the same
                self.journal.undecided(conflict.key for conflict in conflicts)

    def decided(self, key: Key) -> None:
        """Call when a conflict about an entry is over, whatever it now holds."""
        self._unplaced.pop(key, None)

    # Recovery

    def recoverable(self) -> tuple[Recovered, ...]:
        """Return what dead sittings left unsaved and the catalog does not hold."""
        self._left_behind = LeftBehind.at(self.path)
        return self._left_behind.unsaved(self.catalog)

    def settle_left_behind(self, keep: Iterable[Recovered] = ()) -> None:
        """Delete what dead sittings left, but for what is to be offered again next time."""
        self._left_behind.settle(keep)

    def recover(self, unsaved: Iterable[Recovered]) -> tuple[Entry, ...]:
        """Put chosen work back into the catalog and into this sitting's journal."""
        entries = []
        for work in unsaved:
            entry = _find(self.catalog, work.record.key)
            if entry is None:
                continue
            self.remember(entry)
            work.put_into(entry)
            entries.append(entry)
        self.commit(entries)
        return tuple(entries)

    def close(self) -> None:
        """Give lock and journal up; the journal stays when something in it was not saved."""
        if self.journal is not None:
            self.journal.close(
                remove=not self._base and not self._unplaced and not self._typing
            )
            self.journal = None
        if self.lock is not None:
            self.lock.release()
            self.lock = None

    def _outside(self, job: Job) -> Outcome | None:
        """Return the outcome when the file is not the one we know; None when it is, or is gone."""
        try:
            if _signature(self.path) == self._signature:
                return None
            data, signature = _read(self.path)
        except FileNotFoundError:
            return None
        if (
            _digest(data) == self._digest
        ):  # touched, or checked out anew, with the bytes we know
            self._signature = signature
            return None
        return self._theirs(job, data, signature)

    def _theirs(self, job: Job, data: bytes, signature: Signature) -> Outcome:
        """Return the outcome when the file has other bytes than ours."""
        try:
            catalog = _parsed(data, self.path, self.reviewers)
        except CatalogError as error:
            problem = _("the file on disk is damaged, not saving over it: {reason}")
            return Outcome(job, problem=problem.format(reason=error))
        return Outcome(job, theirs=catalog, signature=signature, digest=_digest(data))


def _parsed(data: bytes, path: Path, reviewers: int | None) -> Catalog:
    catalog = Catalog.parse(data, path)
    if reviewers is not None:
        catalog.reviewers = reviewers
    return catalog


def _find(catalog: Catalog, key: Key) -> Entry | None:
    return catalog.find(key[1], key[0])


def _find_obsolete(catalog: Catalog, key: Key) -> Entry | None:
    return next((entry for entry in catalog.obsolete if entry.key == key), None)


def _differences(before: Catalog, after: Catalog, ours: Container[Key]) -> int:
    """Count the entries that another version added, removed or changed, some of ours aside."""
    old = {entry.key: (entry.msgstrs, entry.state) for entry in before.entries}
    new = {entry.key: (entry.msgstrs, entry.state) for entry in after.entries}
    keys = old.keys() ^ new.keys()
    changed = sum(old[key] != new[key] for key in old.keys() & new.keys() if key not in ours)
    return len(keys) + changed


def _signature(path: Path) -> Signature:
    return _signature_of(path.stat())


def _signature_of(status: os.stat_result) -> Signature:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _read(path: Path) -> tuple[bytes, Signature]:
    with open_file(path) as stream:
        signature = _signature_of(os.fstat(stream.fileno()))
        return stream.read(), signature


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()

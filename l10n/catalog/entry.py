"""One entry of a catalog: its texts, its derived state, and the few ways it may change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NewType

from l10n.catalog.stamp import Stamp
from l10n.model import Key, Origin, State

Snapshot = NewType("Snapshot", object)


class Entry:
    """One message; its attributes change only through its methods."""

    msgctxt: str | None
    msgid: str
    msgid_plural: str | None
    msgstrs: tuple[str, ...]
    msgstr: str
    flags: frozenset[str]
    notes: tuple[str, ...]
    extracted: tuple[str, ...]
    references: tuple[str, ...]
    previous_msgctxt: str | None
    previous_msgid: str | None
    previous_msgid_plural: str | None
    obsolete: bool
    line: int
    key: Key
    state: State
    stamp: Stamp | None
    origin: Origin | None

    def fill(self, msgstr: str | tuple[str, ...], *, origin: Origin, **fields: str) -> None:
        raise NotImplementedError

    def translate(self, msgstr: str | tuple[str, ...]) -> None:
        raise NotImplementedError

    def save_draft(self, msgstr: str | tuple[str, ...]) -> None:
        raise NotImplementedError

    def approve(
        self, *, by: str, at: datetime | None = None, edits: float | None = None
    ) -> None:
        raise NotImplementedError

    def reject(self) -> None:
        raise NotImplementedError

    def set_notes(self, notes: Sequence[str]) -> None:
        raise NotImplementedError

    def snapshot(self) -> Snapshot:
        raise NotImplementedError

    def restore(self, snapshot: Snapshot) -> None:
        raise NotImplementedError

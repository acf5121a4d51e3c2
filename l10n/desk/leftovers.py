"""What stays untranslated: catalogs that memory and engine have no more for, known as long as all of these are what they were."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from l10n.catalog import Catalog
from l10n.catalog.facts import note_facts
from l10n.drafting.report import Drafted
from l10n.foreign import understood
from l10n.ledger import Ledger

_STAGE = "left"


class Leftover(NamedTuple):
    """How much of a catalog stays untranslated."""

    entries: int
    refused: int
    """Of these, the ones for which an engine wrote nothing fit to show."""


class Leftovers:
    """Hears what a run of drafting does, and remembers what it could do nothing about."""

    def __init__(self, ledger: Ledger, tools: tuple[str | bytes, ...] | None) -> None:
        self._ledger = ledger
        self._tools = tools
        """What differs when the run has other things to draft with; None: nothing is remembered."""
        self._left: dict[Path, Leftover] = {}
        self._digests: dict[Path, bytes] = {}
        """What was in the files of these catalogs when the run last read or wrote them."""
        self._last: Catalog | None = None

    def of(self, path: Path) -> Leftover | None:
        """Return what stays untranslated of a catalog for which there is nothing new; None where there may be."""
        if self._tools is None:
            return None
        known = self._ledger.recall(_STAGE, self._ledger.name(path), self._inputs(path))
        return understood(_read, known) if isinstance(known, str) else None

    def hear(self, drafted: Drafted) -> None:
        """Hear what became of an entry."""
        path = drafted.catalog.path
        if self._tools is None or drafted.origin is not None or path is None:
            return
        entries, refused = self._left.get(path, Leftover(0, 0))
        self._left[path] = Leftover(entries + 1, refused + (drafted.verdict is not None))
        self._digests[path] = drafted.catalog.digest

    def hear_saved(self, catalog: Catalog) -> None:
        """Hear that drafts were saved: catalogs are drafted one after the other."""
        if self._last is not catalog:
            self._note_last()
        self._last = catalog
        if catalog.path in self._left:
            self._digests[catalog.path] = catalog.digest

    def finish(self) -> None:
        """Hear that every entry was looked at."""
        self._note_last()
        for path, leftover in self._left.items():
            # What somebody else wrote meanwhile was not looked at.
            if self._digests[path] == self._ledger.digest(path):
                text = f"{leftover.entries} {leftover.refused}"
                self._ledger.keep(_STAGE, self._ledger.name(path), self._inputs(path), text)

    def _note_last(self) -> None:
        """Note the facts of the catalog that nothing more goes into."""
        if self._last is not None:
            note_facts(self._last, self._ledger)
        self._last = None

    def _inputs(self, path: Path) -> bytes:
        return self._ledger.fingerprint(self._ledger.digest(path), *(self._tools or ()))


def _read(known: str) -> Leftover:
    entries, refused = known.split(" ")
    return Leftover(int(entries), int(refused))

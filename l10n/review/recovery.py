"""What sittings that are over left unsaved: read against the catalog, put back, or kept for the next time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.review import journal as journals
from l10n.review.content import Content, content_of, put_content, put_text
from l10n.review.journal import Record

if TYPE_CHECKING:
    from l10n.catalog import Catalog, Entry


@dataclass(frozen=True, slots=True)
class Recovered:
    """One entry that a dead sitting had changed and not saved."""

    record: Record
    now: Content | None
    """What the catalog holds; None when the entry is no longer there."""

    def put_into(self, entry: Entry) -> None:
        """Give an entry what it had been given."""
        if self.record.finished:
            put_content(entry, self.record.state)
        else:
            put_text(entry, tuple(self.record.state["msgstrs"]))


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """The journals of dead sittings, as they were when a catalog was sat down at."""

    paths: tuple[Path, ...] = ()

    @classmethod
    def at(cls, catalog: Path) -> LeftBehind:
        """Find what is there now: what others leave later nobody has been asked about."""
        return cls(journals.left_behind(catalog))

    def unsaved(self, catalog: Catalog) -> tuple[Recovered, ...]:
        """Return what the catalog does not hold."""
        unsaved = []
        for key, record in journals.read_records(self.paths).items():
            entry = catalog.find(key[1], key[0])
            if entry is None or not _holds(entry, record):
                unsaved.append(Recovered(record, content_of(entry) if entry else None))
        return tuple(unsaved)

    def settle(self, keep: Iterable[Recovered]) -> None:
        """Delete what was put back, thrown away or is in the catalog; what is kept is offered again."""
        keys = journals.read_records(self.paths).keys() - {work.record.key for work in keep}
        journals.settle(self.paths, keys)


def _holds(entry: Entry, record: Record) -> bool:
    """Whether an entry already is what a record says."""
    if record.finished:
        return dict(content_of(entry)) == dict(record.state)
    return entry.msgstrs == tuple(record.state["msgstrs"])

"""What a person did: a summary of one sitting, and days of work over articles."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from l10n.model import Key
from l10n.person import state_folder

IDLE = 90.0
"""Seconds after which a pause is no longer work on a unit."""


@dataclass(frozen=True, slots=True)
class Work:
    """One decision about one unit."""

    at: float
    """Seconds since 1970."""
    catalog: str
    """Name of the catalog for a person: `en/feria`."""
    words: int
    """Words of the source."""
    seconds: float
    """Time spent on the unit, pauses aside."""
    outcome: str
    """`approved`, `draft`, `rejected`, `omitted`."""
    origin: str = ""
    """What the unit held before: `mt`, `tm`, …; empty for nothing."""
    engine: str = ""
    """The engine behind a machine draft."""
    edits: float | None = None
    """0 (the draft was taken as it is) to 1 (all of it rewritten); None without a draft."""
    project: str = ""
    """Folder of the project, or path of a catalog without one: catalogs of two projects may share a name."""
    keys: int = 0
    """Keys from coming to the unit to the decision; they go into no record of work, see `effort`."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How much the drafts of one origin had to be changed."""

    name: str
    """An engine, or `tm`, `aligned`."""
    units: int
    mean: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One sitting in figures."""

    units: int
    words: int
    minutes: float
    approved: int
    changed: int
    """Approved after a change of the draft, or written from nothing."""
    untouched: int
    """Approved as the draft stood."""
    distances: tuple[Distance, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What of a day went into one catalog."""

    catalog: str
    """Name for a person."""
    units: int
    words: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day in one project."""

    day: date
    units: int
    words: int
    minutes: float
    catalogs: tuple[Share, ...] = ()
    """By catalog, in the order in which they were begun."""


@dataclass
class Sitting:
    """Takes note of the decisions of one sitting; the last one about a unit counts."""

    works: dict[Key, Work] = field(default_factory=dict)
    active: float = 0.0
    """Seconds of work, pauses aside."""
    keys: int = 0
    """Keys that were pressed so far."""
    _last: float = field(default_factory=time.monotonic)

    def touch(self, now: float | None = None) -> None:
        """Take note of a sign of life."""
        now = time.monotonic() if now is None else now
        # Whoever went for coffee did not work, and whoever reads a long unit did: cut, not dropped.
        self.active += min(max(0.0, now - self._last), IDLE)
        self._last = now

    def add(self, key: Key, work: Work) -> None:
        """Take note of a decision."""
        self.works[key] = work

    def withdraw(self, key: Key) -> None:
        """Forget a decision that was undone."""
        self.works.pop(key, None)

    def summary(self) -> Summary:
        """Return the figures so far."""
        works = tuple(self.works.values())
        approved = [work for work in works if work.outcome in {"approved", "omitted"}]
        untouched = sum(work.edits == 0 for work in approved)
        return Summary(
            units=len(works),
            words=sum(work.words for work in works),
            minutes=self.active / 60,
            approved=len(approved),
            changed=len(approved) - untouched,
            untouched=untouched,
            distances=_distances(approved),
        )


def keep(works: Iterable[Work], path: Path | None = None) -> None:
    """Add decisions to the person's own record of work."""
    path = path or _record_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a", encoding="utf-8") as stream:
        for work in works:
            row = asdict(work)
            del row["keys"]
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def days(
    project: str, path: Path | None = None, *, unrecorded: Iterable[Work] = ()
) -> tuple[Day, ...]:
    """Return the days on which there was work in a project, oldest first; that of a sitting that goes on too."""
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for work in (*_records(path or _record_path()), *map(asdict, unrecorded)):
        if work.get("project") == project:
            by_day[_day_of(work["at"])].append(work)
    return tuple(
        Day(day, **_figures(works), catalogs=_by_catalog(works))
        for day, works in sorted(by_day.items())
    )


def _by_catalog(works: Iterable[dict[str, Any]]) -> tuple[Share, ...]:
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for work in works:
        by_name[str(work["catalog"])].append(work)
    return tuple(Share(name, **_figures(part)) for name, part in by_name.items())


def _figures(works: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "units": len(works),
        "words": sum(work["words"] for work in works),
        "minutes": sum(work["seconds"] for work in works) / 60,
    }


def _day_of(at: float) -> date:
    return datetime.fromtimestamp(at).astimezone().date()


def _record_path() -> Path:
    return state_folder() / "work.jsonl"


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines of the record that can be read; there may be none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        try:
            work = json.loads(line)
        except ValueError:
            continue  # a line that a crash cut off; the record is nobody's only copy of anything
        if isinstance(work, dict) and {"at", "catalog", "words", "seconds"} <= work.keys():
            yield work


def _distances(works: Iterable[Work]) -> tuple[Distance, ...]:
    by_name: dict[str, list[float]] = defaultdict(list)
    for work in works:
        if work.edits is not None and work.origin:
            by_name[work.engine or work.origin].append(work.edits)
    return tuple(
        Distance(name, len(edits), sum(edits) / len(edits))
        for name, edits in sorted(by_name.items())
    )

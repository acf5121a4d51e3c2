"""What reviewers have accepted, beside what engines drafted for it: kept in one file, and lessons learnt from it.

All of it can be made again: reviews from the catalogs, drafts by the engines, lessons from both. Only what a
person has reviewed teaches corrections; what the house has published teaches how it writes.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from l10n.catalog import Catalog
from l10n.catalog.facts import note_facts, recall_facts
from l10n.databases import advice, connect, delete, is_damaged, write_ahead
from l10n.drafting.lessons.lessons import Learnt
from l10n.drafting.lessons.review import Review
from l10n.drafting.units import engine_drafts
from l10n.engines import Engine
from l10n.engines.cache import DraftCache
from l10n.errors import CatalogError, StorageError
from l10n.interface import gettext as _
from l10n.ledger import Ledger
from l10n.model import Origin, State
from l10n.text import markup

FILE = "lessons.sqlite"
"""Its name in a project's folder of derived state."""

ENOUGH = 50
"""Reviewed entries under which nothing is learnt from: five entries only did harm."""

AT_HAND = 300
"""Entries that are drafted on the way, where their drafts are not kept; more are drafted on demand."""

_VERSION = 5
_WITHOUT_TEACHES = 4
"""The version before: its file lacks what catalogs teach, and nothing else."""
_LEARNING = 4
"""Another number for another way of learning: then what was learnt is learnt anew."""
_AT_ONCE = 500
_UNDONE = 2
"""As many times an entry counts whose reviewer took back what lessons had put in."""

_SCHEMA = """
create table seen (
    path text primary key, size integer, changed integer, domain text, source text, target text, teaches text
);
create table entry (
    path text, place integer, msgid text, msgstr text, state text, primary key (path, place)
) without rowid;
create table draft (
    engine text, pair text, msgid text, text text, primary key (engine, pair, msgid)
) without rowid;
create table learnt (
    engine text, pair text, name text, content blob, primary key (engine, pair, name)
) without rowid;
"""
_PATIENCE = 10.0
"""Seconds that another process may write the file."""
_REVIEWED, _PUBLISHED, _OTHER = "reviewed", "published", ""
_DIGEST = "digest"

Pair = tuple[str, str]


class Taught(NamedTuple):
    """Lessons, and how much they rest on."""

    learnt: Learnt
    reviews: int
    """Reviewed entries that teach."""
    undrafted: int
    """Reviewed entries that do not, since no engine has drafted them."""


class LessonFile:
    """A file of reviews, drafts and lessons; a context manager. One that cannot be read is begun anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._base = self._opened()
        except (sqlite3.Error, OSError) as error:
            try:
                if not is_damaged(error):
                    raise
                delete(path)
                self._base = self._opened()
            except (sqlite3.Error, OSError) as error:
                raise self._unusable(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def refresh(
        self,
        catalogs: Iterable[tuple[Path, str, str]],
        *,
        source: str,
        on_error: Callable[[CatalogError], None],
        ledger: Ledger,
    ) -> None:
        """Read those catalogs that teach anything new, and forget those that are gone; each comes with its name and domain."""
        seen = {
            path: row
            for path, *row in self._base.execute(
                "select path, size, changed, teaches from seen"
            )
        }
        present = set()
        same: list[tuple[int, int, str]] = []
        for path, name, domain in catalogs:
            present.add(name)
            size, changed, taught = seen.get(name, (None, None, None))
            try:
                status = path.stat()
                state = (status.st_size, status.st_mtime_ns)
                if (size, changed) == state:
                    continue
                facts = recall_facts(path, ledger)
                if facts is not None and facts.teaches == taught:
                    same.append((*state, name))
                    continue
                catalog = Catalog.load(path)
                facts = note_facts(catalog, ledger)
            except (OSError, CatalogError) as error:
                if isinstance(error, CatalogError):
                    on_error(error)
                continue
            with self._change():
                self._forget(name)
                pair = (catalog.source_locale or source, catalog.target_locale)
                self._base.execute(
                    "insert into seen values (?, ?, ?, ?, ?, ?, ?)",
                    (name, *state, domain, *pair, facts.teaches),
                )
                self._base.executemany(
                    "insert into entry values (?, ?, ?, ?, ?)",
                    ((name, *row) for row in _rows(catalog)),
                )
        with self._change():
            self._base.executemany("update seen set size = ?, changed = ? where path = ?", same)
            for name in seen.keys() - present:
                self._forget(name)

    def taught(
        self,
        engine: Engine,
        pair: Pair,
        learn: Callable[[Sequence[Review], Pair, Sequence[str], str], Learnt],
        *,
        cache: DraftCache | None = None,
        most: int | None = AT_HAND,
    ) -> Taught:
        """Return the lessons for an engine and a pair of locales, learnt anew if anything they rest on has changed.

        Entries without a draft are drafted where there are no more than `most` of them; None: all of them.
        """
        label = f"{engine.name}:{engine.version(*pair)}"
        entries = self._entries(pair)
        drafts = self._drafts(label, pair)
        missing = list(
            dict.fromkeys(msgid for _n, _d, msgid, _t in entries if msgid not in drafts)
        )
        if most is None or len(missing) <= most:
            drafts |= self._draft(engine, label, pair, missing)
        reviews = [
            Review(name, msgid, drafts[msgid], accepted, domain)
            for name, domain, msgid, accepted in entries
            if drafts.get(msgid)
        ]
        if cache is not None:
            reviews = [_weighed(review, cache, pair[1]) for review in reviews]
        undrafted = sum(msgid not in drafts for _n, _d, msgid, _t in entries)
        if len(reviews) < ENOUGH:
            return Taught(Learnt(), len(reviews), undrafted)
        archive = self._archive(pair[1])
        digest = _digest(reviews, archive)
        learnt = self._load(label, pair, digest)
        if learnt is None:
            learnt = learn(reviews, pair, archive, engine.name)
            self._keep(label, pair, digest, learnt)
        return Taught(learnt, len(reviews), undrafted)

    def kept(self) -> Iterator[tuple[str, Pair, Learnt]]:
        """Yield engine, pair of locales and lessons of all that is kept."""
        rows = self._base.execute("select distinct engine, pair from learnt order by 1, 2")
        for engine, pair in rows.fetchall():
            parts = self._base.execute(
                "select name, content from learnt where engine = ? and pair = ? and name != ?",
                (engine, pair, _DIGEST),
            )
            source, _space, target = pair.partition(" ")
            yield engine, (source, target), Learnt.unpacked(dict(parts.fetchall()))

    def pairs(self) -> list[Pair]:
        """Return the pairs of locales in which anything was reviewed."""
        return self._base.execute(
            "select distinct source, target from seen join entry on seen.path = entry.path"
            " where state = ? order by source, target",
            (_REVIEWED,),
        ).fetchall()

    def forget_lessons(self) -> None:
        """Forget what was learnt, so that it is learnt anew; drafts are kept."""
        with self._change():
            self._base.execute("delete from learnt")
            self._base.execute("delete from seen")
            self._base.execute("delete from entry")

    def _entries(self, pair: Pair) -> list[tuple[str, str, str, str]]:
        """Return name and domain of the catalog, msgid and msgstr of what was reviewed, in an order that never varies."""
        return self._base.execute(
            "select entry.path, domain, msgid, msgstr from entry join seen on seen.path = entry.path"
            " where source = ? and target = ? and state = ? order by entry.path, place",
            (*pair, _REVIEWED),
        ).fetchall()

    def _archive(self, target: str) -> list[str]:
        """Return what the house has published in a language besides reviewed translations: originals, aligned texts."""
        rows = self._base.execute(
            "select distinct msgstr from entry join seen on seen.path = entry.path"
            " where target = ? and state = ? union"
            " select distinct msgid from entry join seen on seen.path = entry.path"
            " where source = ? order by 1",
            (target, _PUBLISHED, target),
        )
        return [text for (text,) in rows]

    def _drafts(self, label: str, pair: Pair) -> dict[str, str]:
        rows = self._base.execute(
            "select msgid, text from draft where engine = ? and pair = ?",
            (label, " ".join(pair)),
        )
        return dict(rows.fetchall())

    def _draft(
        self, engine: Engine, label: str, pair: Pair, msgids: Sequence[str]
    ) -> dict[str, str]:
        """Have an engine draft texts, and keep what it writes batch by batch."""
        drafts: dict[str, str] = {}
        for first in range(0, len(msgids), _AT_ONCE):
            batch = msgids[first : first + _AT_ONCE]
            fresh = dict(zip(batch, engine_drafts(batch, engine, *pair), strict=True))
            with self._change():
                self._base.executemany(
                    "insert or replace into draft values (?, ?, ?, ?)",
                    [(label, " ".join(pair), *row) for row in fresh.items()],
                )
            drafts |= fresh
        return drafts

    def _load(self, label: str, pair: Pair, digest: str) -> Learnt | None:
        rows = self._base.execute(
            "select name, content from learnt where engine = ? and pair = ?",
            (label, " ".join(pair)),
        )
        parts = dict(rows.fetchall())
        if parts.pop(_DIGEST, b"").decode() != digest:
            return None
        return Learnt.unpacked(parts)

    def _keep(self, label: str, pair: Pair, digest: str, learnt: Learnt) -> None:
        parts = {_DIGEST: digest.encode(), **learnt.packed()}
        with self._change():
            self._base.execute(
                "delete from learnt where engine = ? and pair = ?", (label, " ".join(pair))
            )
            self._base.executemany(
                "insert into learnt values (?, ?, ?, ?)",
                [(label, " ".join(pair), *part) for part in parts.items()],
            )

    def _forget(self, name: str) -> None:
        self._base.execute("delete from seen where path = ?", (name,))
        self._base.execute("delete from entry where path = ?", (name,))

    def _change(self) -> sqlite3.Connection:
        """Return what makes changes whole or not at all."""
        return self._base

    def _opened(self) -> sqlite3.Connection:
        base = connect(self.path, timeout=_PATIENCE)
        try:
            if _version(base) != _VERSION:
                write_ahead(base, timeout=_PATIENCE)
                with base:
                    # Whole or not at all: another process may be making the same tables.
                    base.execute("begin immediate")
                    _bring_up(base)
        except sqlite3.Error:
            base.close()
            raise
        return base

    def _unusable(self, error: Exception) -> StorageError:
        return StorageError(
            _("lessons cannot be kept: {reason}").format(reason=error),
            path=self.path,
            hint=advice(error, self.path, mend="l10n tm rebuild"),
        )


def _version(base: sqlite3.Connection) -> int:
    (version,) = base.execute("pragma user_version").fetchone()
    return int(version)


def _bring_up(base: sqlite3.Connection) -> None:
    """Give a file the tables of today; what earlier releases had is kept where a column alone is missing."""
    version = _version(base)
    if version == _VERSION:
        return
    if version == _WITHOUT_TEACHES:
        base.execute("alter table seen add column teaches text")
    else:
        names = base.execute("select name from sqlite_master where type = 'table'").fetchall()
        for (name,) in names:
            base.execute(f"drop table {name}")
        for statement in _SCHEMA.split(";"):
            base.execute(statement)
    base.execute(f"pragma user_version = {_VERSION}")


def _rows(catalog: Catalog) -> Iterator[tuple[int, str, str, str]]:
    for place, entry in enumerate(catalog.entries):
        if not entry.msgid or entry.msgid_plural is not None:
            continue
        state = _OTHER
        if entry.state is State.REVIEWED and entry.msgstr != markup.OMIT:
            state = _REVIEWED
        elif entry.msgstr and entry.origin is Origin.ALIGNED:
            # What people have published, whoever has looked at how it was cut.
            state = _PUBLISHED
        yield place, entry.msgid, entry.msgstr if state else "", state


def _weighed(review: Review, cache: DraftCache, target: str) -> Review:
    """Return a review with its weight: more where its reviewer took back what lessons had put in."""
    for engine, text in cache.written(target, review.msgid):
        if "+house:" not in engine:
            continue
        put_in = set(text.split()) - set(review.draft.split())
        if put_in - set(review.accepted.split()):
            return review._replace(weight=_UNDONE)
    return review


def _digest(reviews: Sequence[Review], archive: Sequence[str]) -> str:
    whole = hashlib.sha256(f"{_LEARNING}\n".encode())
    for row in (*reviews, archive):
        whole.update(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()

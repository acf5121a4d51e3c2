"""The translation memory: earlier translations in one SQLite file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import randbits
from typing import Any, Self

from l10n.catalog import Catalog
from l10n.catalog.facts import facts_of, note_facts, recall_facts
from l10n.databases import advice, connect, is_busy, write_ahead
from l10n.errors import CatalogError, StorageError
from l10n.interface import gettext as _
from l10n.ledger import Ledger
from l10n.memory import layout
from l10n.memory.index import Index
from l10n.memory.layout import Row
from l10n.memory.learning import (
    PairSentences,
    Seen,
    Translation,
    pair_in_order,
    taught_by,
    teaches_nothing_new,
)
from l10n.memory.search import Search, around_of, key_of, searchable
from l10n.memory.similarity import Shape
from l10n.model import Match

_AT_ONCE = 10_000
"""Texts indexed in one go, so that memory stays bounded."""
_PATIENCE = 10.0
"""Seconds to wait for others who write."""

_HIGHEST = "select coalesce(max(seq), 0) from sqlite_sequence where name = 'piece'"
"""The query for the number of the row that was learnt last, whether it is still there or not."""
_STALE = "stale"
"""The note of how many rows the index knows that are gone."""
_REVISION = "revision"
"""The note of a number that is another one after every change, made by chance: a file made anew begins no count anew."""
_MOST_STALE = 0.5
"""Stale rows for each row that is there, from which on the index is made anew."""


class MemoryBusyError(StorageError):
    """Others are writing the memory: it can be read, and learns nothing now."""


class Memory:
    """A memory in one SQLite file; a context manager. What catalogs taught it can be rebuilt from them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = connect(path, timeout=_PATIENCE, autocommit=True)
            self._index = Index(self._connection)
            self._search = Search(self._connection, self._index)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a memory, making an empty one where there is none."""
        return cls(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __len__(self) -> int:
        """Count the pairs of texts."""
        (count,) = self._row("select count(*) from piece")
        return int(count)

    @property
    def revision(self) -> str:
        """What differs from what it was when anything was learnt or forgotten meanwhile."""
        noted = self._connection.execute(
            "select value from note where name = ?", (_REVISION,)
        ).fetchone()
        # The highest number ever given: other releases of the tool learn without a note.
        highest = self._connection.execute(_HIGHEST).fetchone()
        return f"{noted and noted[0]} {highest[0]}"

    def learn(
        self,
        catalog: Catalog,
        *,
        source: str | None = None,
        pair_sentences: PairSentences | None = None,
    ) -> int:
        """Take in the reviewed and translated entries of a catalog, replacing what it taught before.

        `source` is the source locale where the catalog does not say it. Returns the number of pairs that
        are new or changed.
        """
        locale = catalog.source_locale or source
        if catalog.path is None or not locale:
            return 0
        translations = taught_by(catalog, locale, pair_sentences or pair_in_order)
        origin = str(catalog.path.resolve())
        return self._replace(origin, locale, catalog.target_locale, translations, learnt=True)

    def add(
        self, translations: Iterable[Translation], source: str, target: str, *, origin: str
    ) -> int:
        """Take in pairs from elsewhere; those of an earlier import of the same origin are replaced."""
        return self._replace(origin, source, target, translations, learnt=False)

    def refresh(
        self,
        catalogs: Iterable[Path],
        *,
        source: str | None = None,
        pair_sentences: PairSentences | None = None,
        on_error: Callable[[CatalogError], None] | None = None,
        below: Path | None = None,
        ledger: Ledger | None = None,
    ) -> int:
        """Learn those of a project's catalogs whose files have changed, and forget those that are gone.

        A catalog of which the `ledger` knows that it teaches what it taught is not read. With `below` only those of that
        folder are forgotten: other projects have theirs in this memory too.

        A damaged catalog teaches nothing new; `on_error` hears of it. Returns the number of new pairs.
        """
        count = 0
        seen = {
            path: Seen(*row) for path, *row in self._connection.execute("select * from seen")
        }
        present = set()
        same: list[tuple[object, ...]] = []
        for path in catalogs:
            name = str(path.resolve())
            present.add(name)
            try:
                status = path.stat()
                state = (status.st_size, status.st_mtime_ns)
                known = seen.get(name)
                if known is not None and known[:2] == state:
                    continue
                facts = recall_facts(path, ledger) if ledger else None
                if facts is not None and teaches_nothing_new(facts, known):
                    same.append((name, *state, facts.teaches))
                    continue
                catalog = Catalog.load(path)
                facts = note_facts(catalog, ledger) if ledger else facts_of(catalog)
            except (CatalogError, OSError) as error:
                if on_error and isinstance(error, CatalogError):
                    on_error(error)
                continue
            if not teaches_nothing_new(facts, known):
                count += self.learn(catalog, source=source, pair_sentences=pair_sentences)
            # One by one: who stops while much is learnt goes on with the rest.
            self._note_seen([(name, *state, facts.teaches)])
        self._note_seen(same)
        self._forget_others(present, below)
        return count

    def _note_seen(self, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            with self._change():
                self._connection.executemany(
                    "insert or replace into seen values (?, ?, ?, ?)", rows
                )

    def rebuild(
        self,
        catalogs: Iterable[Path],
        *,
        source: str | None = None,
        pair_sentences: PairSentences | None = None,
        on_error: Callable[[CatalogError], None] | None = None,
        below: Path | None = None,
    ) -> int:
        """Forget everything learnt from catalogs (of a folder) and learn these; what was imported stays."""
        self._forget_others((), below)
        return self.refresh(
            catalogs,
            source=source,
            pair_sentences=pair_sentences,
            on_error=on_error,
            below=below,
        )

    def translations(self, source: str, target: str) -> Iterator[tuple[Translation, str]]:
        """Yield everything for two locales with its origin, in the order it was learnt; without the texts around it."""
        for pair in self._search.pairs(source, target):
            rows = self._connection.execute(
                "select source, target, reviewed, at, name from piece"
                " join origin on origin.id = origin where pair = ? order by piece.id",
                (pair,),
            )
            for text, translation, reviewed, at, origin in rows:
                yield Translation(text, translation, bool(reviewed), at), origin

    def exact(
        self,
        text: str,
        source: str,
        target: str,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> Match | None:
        """Return the best translation of exactly this text; 101 % when its neighbours fit too.

        Equal neighbours come first, then what was reviewed, then what is newest.
        """
        return self._search.exact(text, source, target, before=before, after=after)

    def search(
        self, text: str, source: str, target: str, *, minimum: int = 70, limit: int = 5
    ) -> list[Match]:
        """Return similar earlier texts with their translations, best first.

        Translations have the numbers, dates and tokens of `text` where those are clear; where a date
        is not, the percentage is far lower.
        """
        return self._search.similar(text, source, target, minimum=minimum, limit=limit)

    def concordance(
        self, query: str, source: str, target: str, *, limit: int = 20
    ) -> list[Match]:
        """Return entries whose source or target contains all the words, accents and case aside.

        The percentage is 100 where they stand together as asked, else 0.
        """
        return self._search.concordance(query, source, target, limit=limit)

    def _replace(
        self,
        origin: str,
        source: str,
        target: str,
        translations: Iterable[Translation],
        *,
        learnt: bool,
    ) -> int:
        """Make an origin teach exactly these pairs; untouched ones keep their place in the index."""
        taught = dict.fromkeys(translations)
        with self._change():
            if learnt:
                # Until somebody notes as what it was read: whoever is stopped in between would go on knowing what was before.
                self._connection.execute(
                    "insert or replace into seen values (?, 0, 0, null)", (origin,)
                )
            pair = self._pair(source, target, made=bool(taught))
            number = self._origin(origin, learnt=learnt)
            rows = self._connection.execute(
                "select id, source, target, around, reviewed, at from piece"
                " where origin = ? and pair = ?",
                (number, pair),
            ).fetchall()
            known: dict[_Text, list[Row]] = {}
            for row in map(Row._make, rows):
                known.setdefault((row.source, row.target, row.around), []).append(row)
            new, changed = [], []
            for translation in taught:
                same = known.get(_text_of(translation))
                if not same:
                    new.append(translation)
                    continue
                # What was reviewed since is the same text: the index knows it.
                row = same.pop()
                if (bool(row.reviewed), row.at) != (translation.reviewed, translation.at):
                    changed.append((translation.reviewed, translation.at, row.id))
            self._connection.executemany(
                "update piece set reviewed = ?, at = ? where id = ?", changed
            )
            gone = [row for same in known.values() for row in same]
            self._forget(gone)
            for first in range(0, len(new), _AT_ONCE):
                self._insert(pair, number, new[first : first + _AT_ONCE])
            if new or changed or gone:
                self._note_change()
        return len(new) + len(changed)

    def _pair(self, source: str, target: str, *, made: bool) -> int:
        """Return the number of a pair of locales; 0 for one of which nothing is known, unless it is to be made."""
        # Where drafts alone are, nothing is searched.
        if made:
            self._connection.execute(
                "insert or ignore into pair (source, target) values (?, ?)", (source, target)
            )
        row = self._connection.execute(
            "select id from pair where source = ? and target = ?", (source, target)
        ).fetchone()
        return int(row[0]) if row else 0

    def _origin(self, name: str, *, learnt: bool) -> int:
        self._connection.execute(
            "insert or ignore into origin (name, learnt) values (?, ?)", (name, learnt)
        )
        (number,) = self._row(
            "select id from origin where name = ? and learnt = ?", name, learnt
        )
        return int(number)

    def _insert(self, pair: int, origin: int, translations: Sequence[Translation]) -> None:
        (last,) = self._row(_HIGHEST)
        rows, postings = [], []
        for number, translation in enumerate(translations, last + 1):
            source = translation.source
            shape = Shape.of(source)
            rows.append(
                (
                    *(number, pair, origin, key_of(source), source, translation.target),
                    *(None if shape.text == source else shape.text, _around(translation)),
                    *(translation.reviewed, translation.at),
                )
            )
            postings.append((number, len(shape.text), shape.index_keys()))
        self._connection.executemany(
            "insert into piece values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        self._index.add(pair, postings)
        texts = [searchable(translation.source) for translation in translations]
        targets = [searchable(translation.target) for translation in translations]
        self._connection.executemany(
            "insert into word (rowid, source, target) values (?, ?, ?)",
            zip(range(last + 1, last + 1 + len(rows)), texts, targets, strict=True),
        )

    def _forget(self, rows: Sequence[Row]) -> None:
        self._connection.executemany(
            "insert into word (word, rowid, source, target) values ('delete', ?, ?, ?)",
            [(row.id, searchable(row.source), searchable(row.target)) for row in rows],
        )
        self._connection.executemany(
            "delete from piece where id = ?", [(row.id,) for row in rows]
        )
        # The index of similar texts goes on knowing them, until so many are gone that it is made anew.
        if rows:
            self._connection.execute(
                "insert into note values (?1, ?2)"
                " on conflict (name) do update set value = value + ?2",
                (_STALE, len(rows)),
            )

    def _forget_others(self, present: Collection[str], below: Path | None = None) -> None:
        """Forget what catalogs taught that are none of these; of a folder only, where others learn here too."""
        folder = "" if below is None else f"{below.resolve()}{os.sep}"
        origins = self._connection.execute(
            "select id, name from origin where learnt"
        ).fetchall()
        gone = [
            number
            for number, name in origins
            if name not in present and name.startswith(folder)
        ]
        paths = self._connection.execute("select path from seen").fetchall()
        unseen = [row for row in paths if row[0] not in present and row[0].startswith(folder)]
        if not gone and not unseen:
            return
        with self._change():
            for number in gone:
                rows = self._connection.execute(
                    "select id, source, target, around, reviewed, at from piece"
                    " where origin = ?",
                    (number,),
                )
                self._forget([Row(*row) for row in rows.fetchall()])
                self._connection.execute("delete from origin where id = ?", (number,))
            self._connection.executemany("delete from seen where path = ?", unseen)
            if gone:
                self._note_change()
            self._refresh_index()

    def _note_change(self) -> None:
        self._connection.execute(
            "insert or replace into note values (?, ?)", (_REVISION, randbits(62))
        )

    def _refresh_index(self) -> None:
        """Make the index anew where most of what it knows is gone."""
        row = self._connection.execute(
            "select value from note where name = ?", (_STALE,)
        ).fetchone()
        if row is None or row[0] <= _MOST_STALE * len(self):
            return
        self._index.clear()
        for (pair,) in self._connection.execute("select id from pair").fetchall():
            rows = self._connection.execute(
                "select id, coalesce(shape, source) from piece where pair = ? order by id",
                (pair,),
            )
            while batch := rows.fetchmany(_AT_ONCE):
                self._index.add(
                    pair,
                    [(number, len(text), Shape(text).index_keys()) for number, text in batch],
                )
        self._connection.execute("delete from note where name = ?", (_STALE,))

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Make changes whole or not at all."""
        try:
            self._connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _row(self, query: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._connection.execute(query, values).fetchone()
        return row

    def _prepare(self) -> None:
        layout.set_up(self._connection)
        if layout.is_current(self._connection):
            return
        write_ahead(self._connection, timeout=_PATIENCE)
        with self._change():
            # Another process may have been quicker.
            if layout.is_current(self._connection) or layout.bring_up(self._connection):
                return
            imports = layout.former_imports(self._connection)
            layout.make(self._connection)
        for imported in imports:
            self.add(
                imported.translations, imported.source, imported.target, origin=imported.origin
            )

    def _unusable(self, error: Exception) -> StorageError:
        kind = MemoryBusyError if is_busy(error) else StorageError
        return kind(
            _("the memory cannot be used: {reason}").format(reason=error),
            path=self.path,
            hint=advice(error, self.path, mend="l10n tm rebuild"),
        )


_Text = tuple[str, str, int | None]
"""Source, target and what stood around: what makes a row another one."""


def _text_of(translation: Translation) -> _Text:
    return translation.source, translation.target, _around(translation)


def _around(translation: Translation) -> int | None:
    if not translation.before and not translation.after:
        return None
    return around_of(translation.before, translation.after)

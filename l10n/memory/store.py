"""The translation memory: earlier translations in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from l10n.catalog import Catalog
from l10n.databases import advice, connect
from l10n.errors import CatalogError, L10nError
from l10n.interface import gettext as _
from l10n.memory.learning import PairSentences, Translation, pair_in_order, taught_by
from l10n.memory.search import Search, searchable
from l10n.memory.similarity import Shape
from l10n.model import Match

FILE = "memory.sqlite"
"""Its name in a project's folder of derived state."""

_VERSION = 2
_AT_ONCE = 10_000
"""Texts indexed in one go, so that memory stays bounded."""

_LONGEST = 0xFFFF
"""Length that the index knows of longer texts too: it has two bytes for it."""

_SCHEMA = """
create table pair (id integer primary key, source text, target text, unique (source, target));
create table piece (
    id integer primary key,
    pair integer not null,
    origin text not null,
    learnt integer not null,  -- from a catalog, not imported
    source text not null,
    target text not null,
    shape text not null,
    folded_source text not null,
    folded_target text not null,
    before text not null,
    after text not null,
    reviewed integer not null,
    at text not null
);
create index piece_source on piece (pair, source);
create index piece_origin on piece (origin);
create table posting (
    pair integer, key integer, length integer, piece integer,
    primary key (pair, key, length, piece)
) without rowid;
create table seen (path text primary key, size integer, changed integer);
create table frequency (
    pair integer, key integer, count integer, primary key (pair, key)
) without rowid;
"""


class Memory:
    """A memory in one SQLite file; a context manager. What catalogs taught it can be rebuilt from them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = connect(path, timeout=10, autocommit=True)
            self._search = Search(self._connection)
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
    ) -> int:
        """Learn those of a project's catalogs whose files have changed, and forget those that are gone.

        A damaged catalog teaches nothing new; `on_error` hears of it. Returns the number of new pairs.
        """
        count = 0
        read_before = {
            path: state for path, *state in self._connection.execute("select * from seen")
        }
        present = set()
        for path in catalogs:
            name = str(path.resolve())
            present.add(name)
            try:
                status = path.stat()
                state = [status.st_size, status.st_mtime_ns]
                if read_before.get(name) == state:
                    continue
                catalog = Catalog.load(path)
            except (CatalogError, OSError) as error:
                if on_error and isinstance(error, CatalogError):
                    on_error(error)
                continue
            count += self.learn(catalog, source=source, pair_sentences=pair_sentences)
            with self._change():
                self._connection.execute(
                    "insert or replace into seen values (?, ?, ?)", (name, *state)
                )
        self._forget_others(present)
        return count

    def rebuild(
        self,
        catalogs: Iterable[Path],
        *,
        source: str | None = None,
        pair_sentences: PairSentences | None = None,
        on_error: Callable[[CatalogError], None] | None = None,
    ) -> int:
        """Forget everything learnt from catalogs and learn these; what was imported stays."""
        self._forget_others(())
        return self.refresh(
            catalogs, source=source, pair_sentences=pair_sentences, on_error=on_error
        )

    def translations(self, source: str, target: str) -> Iterator[tuple[Translation, str]]:
        """Yield everything for two locales with its origin, in the order it was learnt."""
        for pair in self._search.pairs(source, target):
            rows = self._connection.execute(
                "select source, target, reviewed, at, before, after, origin from piece"
                " where pair = ? order by id",
                (pair,),
            )
            for row in rows:
                yield Translation(row[0], row[1], bool(row[2]), *row[3:6]), row[6]

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
        new = dict.fromkeys(translations)
        with self._change():
            self._connection.execute(
                "insert or ignore into pair (source, target) values (?, ?)", (source, target)
            )
            (pair,) = self._row(
                "select id from pair where source = ? and target = ?", source, target
            )
            rows = self._connection.execute(
                "select id, source, target, reviewed, at, before, after from piece"
                " where origin = ? and pair = ?",
                (origin, pair),
            ).fetchall()
            gone = []
            for number, text, translated, reviewed, *rest in rows:
                translation = Translation(text, translated, bool(reviewed), *rest)
                if translation in new:
                    del new[translation]
                else:
                    gone.append(number)
            self._forget(pair, gone)
            batch = list(new)
            for first in range(0, len(batch), _AT_ONCE):
                self._insert(pair, origin, batch[first : first + _AT_ONCE], learnt=learnt)
        return len(new)

    def _insert(
        self, pair: int, origin: str, translations: Sequence[Translation], *, learnt: bool
    ) -> None:
        (last,) = self._row("select coalesce(max(id), 0) from piece")
        rows, packed = [], []
        for number, translation in enumerate(translations, last + 1):
            source, target = translation.source, translation.target
            shape = Shape.of(source)
            rows.append(
                (
                    *(number, pair, origin, learnt, source, target, shape.text),
                    *(searchable(source), searchable(target)),
                    *(translation.before, translation.after),
                    *(translation.reviewed, translation.at),
                )
            )
            place = min(len(shape.text), _LONGEST) << 32 | number
            packed += [key << 48 | place for key in shape.index_keys()]
            self._search.note_added(pair, number, shape.text)
        self._connection.executemany(
            "insert into piece values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        # In the order of the index, as single numbers: both save most of the time.
        packed.sort()
        self._connection.executemany(
            "insert into posting values (?, ?, ?, ?)",
            ((pair, p >> 48, p >> 32 & _LONGEST, p & 0xFFFFFFFF) for p in packed),
        )
        self._count(pair, {posting >> 48 for posting in packed})

    def _forget(self, pair: int, numbers: Sequence[int]) -> None:
        keys: set[int] = set()
        for number in numbers:
            (text,) = self._row("select shape from piece where id = ?", number)
            shape = Shape(text)
            self._connection.executemany(
                "delete from posting where pair = ? and key = ? and length = ? and piece = ?",
                [(pair, key, min(len(text), _LONGEST), number) for key in shape.index_keys()],
            )
            keys |= shape.index_keys()
            self._connection.execute("delete from piece where id = ?", (number,))
            self._search.note_removed(pair, number)
        self._count(pair, keys)

    def _forget_others(self, present: Collection[str]) -> None:
        """Forget what catalogs taught that are none of these."""
        rows = self._connection.execute(
            "select distinct origin from piece where learnt"
        ).fetchall()
        gone = [origin for (origin,) in rows if origin not in present]
        paths = self._connection.execute("select path from seen").fetchall()
        with self._change():
            for origin in gone:
                self._forget_origin(origin)
            for (path,) in paths:
                if path not in present:
                    self._connection.execute("delete from seen where path = ?", (path,))

    def _forget_origin(self, origin: str) -> None:
        rows = self._connection.execute(
            "select pair, id from piece where origin = ?", (origin,)
        )
        by_pair: dict[int, list[int]] = {}
        for pair, number in rows.fetchall():
            by_pair.setdefault(pair, []).append(number)
        for pair, numbers in by_pair.items():
            self._forget(pair, numbers)

    def _count(self, pair: int, keys: Iterable[int]) -> None:
        self._connection.executemany(
            "insert or replace into frequency values"
            " (?1, ?2, (select count(*) from posting where pair = ?1 and key = ?2))",
            [(pair, key) for key in sorted(keys)],
        )

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Make changes whole or not at all."""
        try:
            self._connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._connection.execute("rollback")
                self._search.forget_rows()
                raise
            self._connection.execute("commit")
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _row(self, query: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._connection.execute(query, values).fetchone()
        return row

    def _prepare(self) -> None:
        (version,) = self._row("pragma user_version")
        if version == _VERSION:
            return
        self._connection.execute("pragma journal_mode = wal")
        with self._change():
            (tables,) = self._row("select count(*) from sqlite_master where type = 'table'")
            if tables:
                for (name,) in self._connection.execute(
                    "select name from sqlite_master where type = 'table'"
                ).fetchall():
                    self._connection.execute(f"drop table {name}")
            for statement in _SCHEMA.split(";"):
                self._connection.execute(statement)
            self._connection.execute(f"pragma user_version = {_VERSION}")

    def _unusable(self, error: Exception) -> L10nError:
        return L10nError(
            _("the memory cannot be used: {reason}").format(reason=error),
            path=self.path,
            hint=advice(error, self.path, mend="l10n tm rebuild"),
        )

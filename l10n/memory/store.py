"""The translation memory: earlier translations in one SQLite file, searched by similarity."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from rapidfuzz import fuzz, process

from l10n.catalog import Catalog
from l10n.errors import CatalogError, L10nError
from l10n.interface import gettext as _
from l10n.languages.folding import fold_for_search
from l10n.memory.calendar import lacks_a_date, with_dates
from l10n.memory.similarity import Shape, adapted, lengths, percent
from l10n.model import Match, State
from l10n.text import markup
from l10n.text.sentences import split_sentences

FILE = "memory.sqlite"
"""Its name in a project's folder of derived state."""

CONTEXT = 101
"""Percent of an exact match whose neighbours are equal too."""

PairSentences = Callable[[str, str, str, str], Iterable[tuple[str, str]]]
"""Pairs the sentences of (text, translation, source locale, target locale)."""

_VERSION = 2
_CANDIDATES = 500
"""Texts compared in full: the rarest words are taken until they bring so many."""

_AT_ONCE = 10_000
"""Texts indexed in one go, so that memory stays bounded."""

_OTHER_DATE = 25
"""Points of percent: a translation that names a month or weekday of another text is none of this one."""

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


@dataclass(frozen=True, slots=True)
class Piece:
    """One pair of texts as the memory keeps it: a unit or a sentence."""

    source: str
    target: str
    reviewed: bool = False
    at: str = ""
    """When it was reviewed or made, so that strings sort by time."""
    before: str = ""
    after: str = ""
    """The source texts around it; empty for sentences."""


class Memory:
    """A memory in one SQLite file; a context manager. What catalogs taught it can be rebuilt from them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._shapes: dict[int, dict[int, str]] = {}
        try:
            if str(path) != ":memory:":
                path.parent.mkdir(parents=True, exist_ok=True)
            self._base = sqlite3.connect(path, timeout=10, isolation_level=None)
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
        self._base.close()

    def __len__(self) -> int:
        """Count the pairs of texts."""
        (count,) = self._one("select count(*) from piece")
        return int(count)

    def learn(
        self,
        catalog: Catalog,
        *,
        source: str | None = None,
        pair_sentences: PairSentences | None = None,
    ) -> int:
        """Take in the reviewed and translated entries of a catalog, replacing what it taught before.

        `source` is the source locale where the catalog does not say it. Gives the number of pairs that
        are new or changed.
        """
        locale = catalog.source_locale or source
        if catalog.path is None or not locale:
            return 0
        pieces = _pieces(catalog, locale, pair_sentences or pair_in_order)
        return self._replace(
            str(catalog.path.resolve()), locale, catalog.target_locale, pieces, learnt=True
        )

    def add(self, pieces: Iterable[Piece], source: str, target: str, *, origin: str) -> int:
        """Take in pairs from elsewhere; those of an earlier import of the same origin are replaced."""
        return self._replace(origin, source, target, pieces, learnt=False)

    def refresh(
        self,
        catalogs: Iterable[Path],
        *,
        source: str | None = None,
        pair_sentences: PairSentences | None = None,
        on_error: Callable[[CatalogError], None] | None = None,
    ) -> int:
        """Learn those of a project's catalogs whose files have changed, and forget those that are gone.

        A damaged catalog teaches nothing new; `on_error` hears of it. Gives the number of new pairs.
        """
        count = 0
        seen = {row[0]: row[1:] for row in self._base.execute("select * from seen")}
        kept = set()
        for path in catalogs:
            name = str(path.resolve())
            kept.add(name)
            try:
                state = path.stat()
                mark = (state.st_size, state.st_mtime_ns)
                if seen.get(name) == mark:
                    continue
                catalog = Catalog.load(path)
            except (CatalogError, OSError) as error:
                if on_error and isinstance(error, CatalogError):
                    on_error(error)
                continue
            count += self.learn(catalog, source=source, pair_sentences=pair_sentences)
            with self._change():
                self._base.execute(
                    "insert or replace into seen values (?, ?, ?)", (name, *mark)
                )
        self._forget_others(kept)
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

    def pieces(self, source: str, target: str) -> Iterator[tuple[Piece, str]]:
        """Give everything for two locales with its origin, in the order it was learnt."""
        for pair in self._pairs(source, target):
            rows = self._base.execute(
                "select source, target, reviewed, at, before, after, origin from piece"
                " where pair = ? order by id",
                (pair,),
            )
            for row in rows:
                yield Piece(row[0], row[1], bool(row[2]), *row[3:6]), row[6]

    def exact(
        self,
        text: str,
        source: str,
        target: str,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> Match | None:
        """Give the best translation of exactly this text; 101 % when its neighbours fit too.

        Equal neighbours come first, then what was reviewed, then what is newest.
        """
        wanted = unicodedata.normalize("NFC", text)
        best: tuple[tuple[bool, bool, str, int], Match] | None = None
        for pair in self._pairs(source, target):
            rows = self._base.execute(
                "select target, reviewed, origin, before, after, at, id from piece"
                " where pair = ? and source = ?",
                (pair, wanted),
            )
            for found, reviewed, origin, was_before, was_after, at, number in rows:
                fits = before is not None and (before, after) == (was_before, was_after)
                match = Match(text, found, CONTEXT if fits else 100, bool(reviewed), origin)
                rank = (fits, bool(reviewed), at, number)
                if best is None or rank > best[0]:
                    best = (rank, match)
        return best[1] if best else None

    def search(
        self, text: str, source: str, target: str, *, minimum: int = 70, limit: int = 5
    ) -> list[Match]:
        """Give similar earlier texts with their translations, best first.

        Translations have the numbers, dates and tokens of `text` where those are clear; where a date
        is not, the percentage is far lower.
        """
        shape = Shape.of(text)
        matches: dict[tuple[str, str], tuple[tuple[int, bool, str, int], Match]] = {}
        for pair in self._pairs(source, target):
            for number, ratio in self._alike(pair, shape, minimum, limit * 3):
                rank, match = self._match(number, text, ratio, (source, target))
                if match.percent >= minimum:
                    same = matches.get((match.source, match.target))
                    if same is None or rank > same[0]:
                        matches[match.source, match.target] = (rank, match)
        ranked = sorted(matches.values(), key=lambda found: found[0], reverse=True)
        return [match for _rank, match in ranked[:limit]]

    def concordance(
        self, query: str, source: str, target: str, *, limit: int = 20
    ) -> list[Match]:
        """Give entries whose source or target contains all the words, accents and case aside.

        The percentage is 100 where they stand together as asked, else 0.
        """
        words = fold_for_search(query).split()
        phrase = " ".join(words)
        found: dict[tuple[str, str], Match] = {}
        for pair in self._pairs(source, target):
            for column in ("folded_source", "folded_target"):
                holds = " and ".join(f"instr({column}, ?)" for _word in words) or "0"
                rows = self._base.execute(
                    f"select source, target, reviewed, origin, instr({column}, ?) > 0 from piece"  # noqa: S608 - column names of ours
                    f" where pair = ? and {holds} order by 5 desc, reviewed desc, id desc limit ?",
                    (phrase, pair, *words, limit),
                )
                for text, translation, reviewed, origin, together in rows:
                    match = Match(text, translation, 100 * together, bool(reviewed), origin)
                    found.setdefault((text, translation), match)
        ranked = sorted(found.values(), key=lambda match: (-match.percent, -match.reviewed))
        return ranked[:limit]

    # Finding

    def _alike(
        self, pair: int, shape: Shape, minimum: int, limit: int
    ) -> list[tuple[int, float]]:
        """Give pieces and the likeness of their shapes, best first."""
        shapes = self._shapes_of(pair)
        candidates = [n for n in self._candidates(pair, shape, minimum) if n in shapes]
        found = process.extract(
            shape.text,
            [shapes[number] for number in candidates],
            scorer=fuzz.ratio,
            score_cutoff=minimum,
            limit=limit,
        )
        return [(candidates[place], ratio) for _text, ratio, place in found]

    def _candidates(self, pair: int, shape: Shape, minimum: int) -> set[int]:
        """Give what shares a rare word with a text and can be long enough."""
        keys = shape.index_keys()
        marks = ",".join("?" * len(keys))
        frequencies = self._base.execute(
            f"select key from frequency where pair = ? and key in ({marks}) order by count",  # noqa: S608 - marks only
            (pair, *keys),
        ).fetchall()
        shortest, longest = lengths(len(shape.text), minimum)
        candidates: set[int] = set()
        for (key,) in frequencies:
            if len(candidates) >= _CANDIDATES:
                break
            rows = self._base.execute(
                "select piece from posting where pair = ? and key = ? and length between ? and ?"
                " limit ?",
                (pair, key, shortest, longest, 2 * _CANDIDATES),
            )
            candidates.update(number for (number,) in rows)
        return candidates

    def _match(
        self, number: int, text: str, ratio: float, locales: tuple[str, str]
    ) -> tuple[tuple[int, bool, str, int], Match]:
        source, target, reviewed, origin, at = self._one(
            "select source, target, reviewed, origin, at from piece where id = ?", number
        )
        points = percent(text, source, ratio)
        dated = with_dates(text, source, target, locales)
        if dated is None and lacks_a_date(text, source, locales[0]):
            points = max(0, points - _OTHER_DATE)
        new = adapted(text, source, dated or target)
        match = Match(source, new, points, bool(reviewed), origin)
        return (points, bool(reviewed), at, number), match

    def _shapes_of(self, pair: int) -> dict[int, str]:
        if pair not in self._shapes:
            rows = self._base.execute("select id, shape from piece where pair = ?", (pair,))
            self._shapes[pair] = dict(rows)
        return self._shapes[pair]

    def _pairs(self, source: str, target: str) -> list[int]:
        """Give the pairs of the two languages, the very locales first."""
        rows = self._base.execute("select id, source, target from pair").fetchall()
        wanted = (_language(source), _language(target))
        fitting = [row for row in rows if (_language(row[1]), _language(row[2])) == wanted]
        return [row[0] for row in sorted(fitting, key=lambda row: row[1:] != (source, target))]

    # Changing

    def _replace(
        self, origin: str, source: str, target: str, pieces: Iterable[Piece], *, learnt: bool
    ) -> int:
        """Make an origin teach exactly these pieces; untouched ones keep their place in the index."""
        wanted = dict.fromkeys(pieces)
        with self._change():
            self._base.execute(
                "insert or ignore into pair (source, target) values (?, ?)", (source, target)
            )
            (pair,) = self._one(
                "select id from pair where source = ? and target = ?", source, target
            )
            rows = self._base.execute(
                "select id, source, target, reviewed, at, before, after from piece"
                " where origin = ? and pair = ?",
                (origin, pair),
            ).fetchall()
            gone = []
            for number, text, translation, reviewed, *rest in rows:
                piece = Piece(text, translation, bool(reviewed), *rest)
                if piece in wanted:
                    del wanted[piece]
                else:
                    gone.append(number)
            self._forget(pair, gone)
            new = list(wanted)
            for first in range(0, len(new), _AT_ONCE):
                self._insert(pair, origin, new[first : first + _AT_ONCE], learnt=learnt)
        return len(wanted)

    def _insert(self, pair: int, origin: str, pieces: Sequence[Piece], *, learnt: bool) -> None:
        (last,) = self._one("select coalesce(max(id), 0) from piece")
        rows, packed = [], []
        for number, piece in enumerate(pieces, last + 1):
            shape = Shape.of(piece.source)
            rows.append(
                (
                    *(number, pair, origin, learnt, piece.source, piece.target, shape.text),
                    *(_searchable(piece.source), _searchable(piece.target)),
                    *(piece.before, piece.after, piece.reviewed, piece.at),
                )
            )
            place = min(len(shape.text), 0xFFFF) << 32 | number
            packed += [key << 48 | place for key in shape.index_keys()]
            if pair in self._shapes:
                self._shapes[pair][number] = shape.text
        self._base.executemany(
            "insert into piece values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        # In the order of the index, as single numbers: both save most of the time.
        packed.sort()
        self._base.executemany(
            "insert into posting values (?, ?, ?, ?)",
            ((pair, p >> 48, p >> 32 & 0xFFFF, p & 0xFFFFFFFF) for p in packed),
        )
        self._count(pair, {each >> 48 for each in packed})

    def _forget(self, pair: int, numbers: Sequence[int]) -> None:
        keys: set[int] = set()
        for number in numbers:
            (text,) = self._one("select shape from piece where id = ?", number)
            shape = Shape(text, ())
            self._base.executemany(
                "delete from posting where pair = ? and key = ? and length = ? and piece = ?",
                [(pair, key, min(len(text), 0xFFFF), number) for key in shape.index_keys()],
            )
            keys |= shape.index_keys()
            self._base.execute("delete from piece where id = ?", (number,))
            self._shapes.get(pair, {}).pop(number, None)
        self._count(pair, keys)

    def _forget_others(self, kept: Collection[str]) -> None:
        """Forget what catalogs taught that are none of these."""
        rows = self._base.execute("select distinct origin from piece where learnt").fetchall()
        gone = [origin for (origin,) in rows if origin not in kept]
        seen = self._base.execute("select path from seen").fetchall()
        with self._change():
            for origin in gone:
                self._forget_origin(origin)
            for (path,) in seen:
                if path not in kept:
                    self._base.execute("delete from seen where path = ?", (path,))

    def _forget_origin(self, origin: str) -> None:
        rows = self._base.execute("select pair, id from piece where origin = ?", (origin,))
        by_pair: dict[int, list[int]] = {}
        for pair, number in rows.fetchall():
            by_pair.setdefault(pair, []).append(number)
        for pair, numbers in by_pair.items():
            self._forget(pair, numbers)

    def _count(self, pair: int, keys: Iterable[int]) -> None:
        self._base.executemany(
            "insert or replace into frequency values"
            " (?1, ?2, (select count(*) from posting where pair = ?1 and key = ?2))",
            [(pair, key) for key in sorted(keys)],
        )

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Make changes whole or not at all."""
        try:
            self._base.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._base.execute("rollback")
                self._shapes.clear()
                raise
            self._base.execute("commit")
        except sqlite3.Error as error:
            raise self._unusable(error) from error

    def _one(self, query: str, *values: object) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._base.execute(query, values).fetchone()
        return row

    def _prepare(self) -> None:
        (version,) = self._one("pragma user_version")
        if version == _VERSION:
            return
        self._base.execute("pragma journal_mode = wal")
        with self._change():
            (tables,) = self._one("select count(*) from sqlite_master where type = 'table'")
            if tables:
                for (name,) in self._base.execute(
                    "select name from sqlite_master where type = 'table'"
                ).fetchall():
                    self._base.execute(f"drop table {name}")
            for statement in _SCHEMA.split(";"):
                self._base.execute(statement)
            self._base.execute(f"pragma user_version = {_VERSION}")

    def _unusable(self, error: Exception) -> L10nError:
        return L10nError(
            _("the memory cannot be used: {reason}").format(reason=error),
            path=self.path,
            hint=_("delete the file, then type: {command}").format(command="l10n tm rebuild"),
        )


def pair_in_order(
    text: str, translation: str, source: str, target: str
) -> Iterable[tuple[str, str]]:
    """Pair sentences one to one where both texts have as many; nothing otherwise."""
    ours, theirs = (
        [sentence.strip() for sentence in split_sentences(each, locale)]
        for each, locale in ((text, source), (translation, target))
    )
    if len(ours) != len(theirs) or len(ours) < 2:
        return ()
    return [
        (one, two)
        for one, two in zip(ours, theirs, strict=True)
        if one and two and 0.4 < (len(one) + 10) / (len(two) + 10) < 2.5
    ]


def _pieces(catalog: Catalog, locale: str, pair_sentences: PairSentences) -> Iterator[Piece]:
    """Give what a catalog teaches: every finished unit, and the sentences of longer ones."""
    entries = [entry for entry in catalog.entries if entry.msgid]
    for n, entry in enumerate(entries):
        reviewed = entry.state is State.REVIEWED
        if not (reviewed or entry.state is State.TRANSLATED) or entry.msgstr == markup.OMIT:
            continue
        stamp = entry.stamp
        at = (stamp.reviewed_at if stamp else None) or catalog.header.get(
            "PO-Revision-Date", ""
        )
        before = entries[n - 1].msgid if n else ""
        after = entries[n + 1].msgid if n + 1 < len(entries) else ""
        yield Piece(entry.msgid, entry.msgstr, reviewed, at, before, after)
        if entry.msgid_plural and len(entry.msgstrs) > 1:
            yield Piece(entry.msgid_plural, entry.msgstrs[-1], reviewed, at)
        for text, translation in pair_sentences(
            entry.msgid, entry.msgstr, locale, catalog.target_locale
        ):
            if _is_whole(text) and _is_whole(translation):
                yield Piece(text, translation, reviewed, at)


def _searchable(text: str) -> str:
    """Return what a concordance looks in: the folded words of a text, a space between them."""
    return " ".join(fold_for_search(markup.plain(text)).split())


def _is_whole(sentence: str) -> bool:
    """Tell whether every pair of tokens that opens in a sentence closes in it."""
    names = re.findall(r"<(/?)([a-z-]+[0-9]+)>", sentence)
    opened = [name for slash, name in names if not slash]
    return sorted(opened) == sorted(name for slash, name in names if slash)


def _language(locale: str) -> str:
    return locale.replace("_", "-").partition("-")[0].lower()

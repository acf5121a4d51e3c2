"""The tables of a memory's file, and what is taken over from those of the version before."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from l10n.memory.index import SCHEMA
from l10n.memory.learning import Translation

_VERSION = 4
_WITHOUT_TEACHES = 3
_FORMER = 2
_CACHE = 32_768
"""Kilobytes of the file that are held in memory while it is open."""

_SCHEMA = f"""
create table pair (id integer primary key, source text, target text, unique (source, target));
create table origin (
    id integer primary key,
    name text not null,
    learnt integer not null,  -- from a catalog, not imported
    unique (name, learnt)
);
create table piece (
    id integer primary key autoincrement,  -- none is given twice: the index may still know who had it
    pair integer not null,
    origin integer not null,
    key integer not null,     -- of the source
    source text not null,
    target text not null,
    shape text,               -- where it is not the source
    around integer,           -- of the texts before and after, where there are any
    reviewed integer not null,
    at text not null
);
create index piece_key on piece (key);
create index piece_origin on piece (origin);
create virtual table word using fts5(
    source, target, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);
create table seen (path text primary key, size integer, changed integer, teaches text);
create table note (name text primary key, value integer not null);
{SCHEMA}
"""


class Row(NamedTuple):
    """A row of the table of pieces, as far as learning needs it."""

    id: int
    source: str
    target: str
    around: int | None
    reviewed: int
    at: str


class Import(NamedTuple):
    """What was imported into a memory from one place, for a pair of locales."""

    origin: str
    source: str
    target: str
    translations: list[Translation]


def set_up(connection: sqlite3.Connection) -> None:
    """Set how a file is used."""
    connection.execute(f"pragma cache_size = -{_CACHE}")
    # A crash of the machine may cost what was learnt last, never the file: catalogs teach it again.
    connection.execute("pragma synchronous = normal")


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether a file has the tables of this version."""
    return _version(connection) == _VERSION


def make(connection: sqlite3.Connection) -> None:
    """Make the tables in the place of all that is there."""
    for kind in ("table", "index"):
        # A virtual table before its parts, which go with it.
        names = connection.execute(
            "select name from sqlite_master where type = ? and name not like 'sqlite_%' order by name",
            (kind,),
        ).fetchall()
        for (name,) in names:
            connection.execute(f"drop {kind} if exists {name}")
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(f"pragma user_version = {_VERSION}")


def bring_up(connection: sqlite3.Connection) -> bool:
    """Give a file of the version before what it lacks; False for any other file."""
    if _version(connection) != _WITHOUT_TEACHES:
        return False
    connection.execute("alter table seen add column teaches text")
    connection.execute(f"pragma user_version = {_VERSION}")
    return True


def former_imports(connection: sqlite3.Connection) -> list[Import]:
    """Return what was imported into a memory of the layout before; what catalogs taught they teach again."""
    if _version(connection) != _FORMER:
        return []
    groups = connection.execute(
        "select distinct origin, pair, pair.source, pair.target from piece"
        " join pair on pair.id = pair where not learnt"
    ).fetchall()
    imports = []
    for origin, pair, source, target in groups:
        rows = connection.execute(
            "select source, target, reviewed, at, before, after from piece"
            " where origin = ? and pair = ? and not learnt order by id",
            (origin, pair),
        )
        translations = [
            Translation(text, translation, bool(reviewed), *rest)
            for text, translation, reviewed, *rest in rows
        ]
        imports.append(Import(origin, source, target, translations))
    return imports


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])

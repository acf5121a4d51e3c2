"""The index of similar texts: for every word the rows that have it, in blocks of one SQLite table."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import compress
from math import log2
from typing import NamedTuple

SCHEMA = "create table posting (id integer primary key, entries blob not null);"
"""A block: numbers of rows, four bytes each, ascending, then a byte for the length of the text of each."""

_BLOCK = 200
"""Rows of a block: a thousand bytes, which are written anew when a row is added."""
_BLOCK_BITS = 22
_KEY_BITS = 32
"""The number of a block is made of the pair of locales, the key and its place among the blocks of the key."""

_ENTRY = 5
"""Bytes of a row in a block."""

_ENOUGH = 24_000
"""Rows looked at for a text. Words that all have more rows are looked at all the same, the rarest of them."""
_NEAR = (0.8, 1.25)
"""Of texts that share as many keys, those go first whose lengths are so near."""
_AT_LEAST = 3
"""Words that are looked at however many rows they have: one alone may have been changed."""
_SHARE = 0.34
"""Shared keys of a candidate, as a part of what the best one shares, below which no other can be as similar."""


class _Key(NamedTuple):
    """A key of a text, and where its rows are."""

    rows: int
    first: int
    """Number of its first block."""
    last: int


class Index:
    """Finds the rows whose texts share rare words with another text and are about as long."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, pair: int, rows: Iterable[tuple[int, int, Iterable[int]]]) -> None:
        """Add rows (number, length of the text, keys); numbers are higher than all before."""
        numbers: dict[int, array[int]] = defaultdict(lambda: array("I"))
        lengths: dict[int, bytearray] = defaultdict(bytearray)
        for number, length, keys in rows:
            size = _size(length)
            for key in keys:
                numbers[key].append(number)
                lengths[key].append(size)
        changed: list[tuple[int, bytes]] = []
        for key in sorted(numbers):
            changed += self._extended(_base(pair, key), numbers[key], lengths[key])
        self._connection.executemany("insert or replace into posting values (?, ?)", changed)

    def clear(self) -> None:
        """Forget every row."""
        self._connection.execute("delete from posting")

    def candidates(
        self, pair: int, keys: Iterable[int], length: int, window: tuple[int, int], most: int
    ) -> list[int]:
        """Return the rows that share most of the rarest keys and whose texts have a length in a window, `most` of them.

        Of those that share as many, the ones whose texts are nearest in length come first.
        """
        shared: Counter[int] = Counter()
        near: set[int] = set()
        fits, is_near = _mask(*window), _mask(*(round(length * part) for part in _NEAR))
        seen = 0
        rarest_first = sorted(filter(None, (self._key(_base(pair, key)) for key in keys)))
        for place, key in enumerate(rarest_first):
            if seen + key.rows > _ENOUGH and place >= _AT_LEAST:
                break
            seen += key.rows
            for entries in self._blocks(key):
                count = len(entries) // _ENTRY
                numbers, sizes = array("I", entries[: 4 * count]), entries[4 * count :]
                shared.update(compress(numbers, sizes.translate(fits)))
                near.update(compress(numbers, sizes.translate(is_near)))
        return _best(shared, near, most)

    def _extended(
        self, base: int, numbers: array[int], sizes: bytearray
    ) -> Iterator[tuple[int, bytes]]:
        """Yield the blocks that change when rows are added to a key."""
        block, entries = self._last(base)
        held = len(entries) // _ENTRY
        old_numbers, old_sizes = array("I", entries[: 4 * held]), entries[4 * held :]
        numbers, sizes = old_numbers + numbers, bytearray(old_sizes) + sizes
        for first in range(0, len(numbers), _BLOCK):
            end = first + _BLOCK
            yield (
                block + first // _BLOCK,
                numbers[first:end].tobytes() + bytes(sizes[first:end]),
            )

    def _last(self, base: int) -> tuple[int, bytes]:
        """Return the block that the next row of a key goes to, and what is in it."""
        row = self._connection.execute(
            "select id, entries from posting where id between ? and ? order by id desc limit 1",
            (base, _end(base)),
        ).fetchone()
        if row is None:
            return base, b""
        number, entries = row
        return (number, entries) if len(entries) < _BLOCK * _ENTRY else (number + 1, b"")

    def _key(self, base: int) -> _Key | None:
        row = self._connection.execute(
            "select id, length(entries) from posting where id between ? and ?"
            " order by id desc limit 1",
            (base, _end(base)),
        ).fetchone()
        if row is None:
            return None
        last, size = row
        return _Key((last - base) * _BLOCK + size // _ENTRY, base, last)

    def _blocks(self, key: _Key) -> Iterator[bytes]:
        for (entries,) in self._connection.execute(
            "select entries from posting where id between ? and ?", (key.first, key.last)
        ):
            yield entries


def _base(pair: int, key: int) -> int:
    return (pair << _KEY_BITS | key) << _BLOCK_BITS


def _end(base: int) -> int:
    return base + (1 << _BLOCK_BITS) - 1


def _best(shared: Counter[int], near: Container[int], most: int) -> list[int]:
    """Return about so many rows that share most keys; of those that share as many as the last, first the near ones."""
    by_count = Counter(shared.values())
    least, taken = 0, 0
    for count in sorted(by_count, reverse=True):
        if taken and (taken >= most or count < _SHARE * max(by_count)):
            break
        least, taken = count, taken + by_count[count]
    if taken <= most:
        return [number for number, count in shared.items() if count >= least]
    best = [number for number, count in shared.items() if count > least]
    last = [number for number, count in shared.items() if count == least]
    last.sort(key=lambda number: number not in near)
    return best + last[: most - len(best)]


def _mask(shortest: int, longest: int) -> bytes:
    """Return a table that makes ones of the sizes of texts between two lengths, and zeros of all others."""
    low, high = _size(shortest), _size(longest)
    return (bytes(low) + b"\1" * (high - low + 1)).ljust(256, b"\0")


def _size(length: int) -> int:
    """Return the length of a text in a byte, so that a longer one has no smaller number."""
    return min(255, int(22 * log2(length + 1)))

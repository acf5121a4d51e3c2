"""Finding earlier translations: the very text, similar texts, texts with some words."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Collection
from itertools import chain
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from l10n.languages import primary
from l10n.languages.folding import fold_for_search
from l10n.memory.adapting import adapt
from l10n.memory.similarity import Shape, lengths, percent
from l10n.model import Match
from l10n.text import markup

CONTEXT = 101
"""Percent of an exact match whose neighbours are equal too."""

_CANDIDATES = 500
"""Texts compared in full: the rarest words are taken until they bring so many."""

_UNFIT = 74
"""Most percent of a translation with a number, a name or a sense of another text: below what makes a draft, above
what a person looks for."""

_OTHER_DATE = 25
"""Points of percent: a translation that names a month or weekday of another text is none of this one."""


class _Ranked(NamedTuple):
    """A match and what it is sorted by, best last."""

    rank: tuple[int, bool, str, int]
    """Percent, whether it is reviewed, when it was made, number of its row."""
    match: Match


class Search:
    """Finds earlier translations in the tables of a memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._shapes: dict[int, dict[int, str]] = {}
        """Shapes of a pair of locales by number of the row; read at the first search in it."""

    def note_added(self, pair: int, row: int, shape: str) -> None:
        """Know a row that was put into the memory."""
        if pair in self._shapes:
            self._shapes[pair][row] = shape

    def note_removed(self, pair: int, row: int) -> None:
        """Forget a row that was taken out of the memory."""
        self._shapes.get(pair, {}).pop(row, None)

    def forget_rows(self) -> None:
        """Read the rows anew at the next search: a change of them was taken back."""
        self._shapes.clear()

    def pairs(self, source: str, target: str) -> list[int]:
        """Return the numbers of the pairs of the two languages, the very locales first."""
        rows = self._connection.execute("select id, source, target from pair").fetchall()
        languages = (primary(source), primary(target))
        fitting = [row for row in rows if (primary(row[1]), primary(row[2])) == languages]
        return [row[0] for row in sorted(fitting, key=lambda row: row[1:] != (source, target))]

    def exact(
        self, text: str, source: str, target: str, *, before: str | None, after: str | None
    ) -> Match | None:
        """Return the best translation of exactly this text: its neighbours', a reviewed one, the newest."""
        normal = unicodedata.normalize("NFC", text)
        best: _Ranked | None = None
        for pair in self.pairs(source, target):
            rows = self._connection.execute(
                "select target, reviewed, origin, before, after, at, id from piece"
                " where pair = ? and source = ?",
                (pair, normal),
            )
            for translation, reviewed, origin, was_before, was_after, at, row in rows:
                fits = before is not None and (before, after) == (was_before, was_after)
                points = CONTEXT if fits else 100
                match = Match(text, translation, points, bool(reviewed), origin)
                rank = (points, bool(reviewed), at, row)
                if best is None or rank > best.rank:
                    best = _Ranked(rank, match)
        return best.match if best else None

    def similar(
        self, text: str, source: str, target: str, *, minimum: int, limit: int
    ) -> list[Match]:
        """Return similar texts, best first, their translations adapted to the new text."""
        shape = Shape.of(text)
        best: dict[tuple[str, str], _Ranked] = {}
        for pair in self.pairs(source, target):
            # More than are asked for: dates and numbers may still change the order.
            for row, ratio in self._alike(pair, shape, minimum, limit * 3):
                if len(best) >= limit and ratio < _least(best.values(), limit):
                    # Reading a text takes longer than finding it, and no percentage is above the likeness.
                    break
                ranked = self._match(row, text, ratio, (source, target))
                match = ranked.match
                if match.percent >= minimum:
                    former = best.get((match.source, match.target))
                    if former is None or ranked.rank > former.rank:
                        best[match.source, match.target] = ranked
        matches = sorted(best.values(), key=lambda ranked: ranked.rank, reverse=True)
        return [ranked.match for ranked in matches[:limit]]

    def concordance(self, query: str, source: str, target: str, *, limit: int) -> list[Match]:
        """Return entries with all the words on one side: 100 % where they stand together, else 0."""
        words = fold_for_search(query).split()
        phrase = " ".join(words)
        matches: dict[tuple[str, str], Match] = {}
        for pair in self.pairs(source, target):
            for column in ("folded_source", "folded_target"):
                holds = " and ".join(f"instr({column}, ?)" for _word in words) or "0"
                rows = self._connection.execute(
                    f"select source, target, reviewed, origin, instr({column}, ?) > 0 from piece"  # noqa: S608 - column names of ours
                    f" where pair = ? and {holds} order by 5 desc, reviewed desc, id desc limit ?",
                    (phrase, pair, *words, limit),
                )
                for text, translation, reviewed, origin, together in rows:
                    match = Match(text, translation, 100 * together, bool(reviewed), origin)
                    matches.setdefault((text, translation), match)
        ranked = sorted(matches.values(), key=lambda match: (-match.percent, -match.reviewed))
        return ranked[:limit]

    def _alike(
        self, pair: int, shape: Shape, minimum: int, limit: int
    ) -> list[tuple[int, float]]:
        """Return rows and the likeness of their shapes, best first."""
        shapes = self._shapes_of(pair)
        rows = [row for row in self._candidates(pair, shape, minimum) if row in shapes]
        matches = process.extract(
            shape.text,
            [shapes[row] for row in rows],
            scorer=fuzz.ratio,
            score_cutoff=minimum,
            limit=limit,
        )
        return [(rows[place], ratio) for _text, ratio, place in matches]

    def _candidates(self, pair: int, shape: Shape, minimum: int) -> set[int]:
        """Return the rows that share a rare word with a text and are about as long."""
        keys = shape.index_keys()
        places = ",".join("?" * len(keys))
        rarest_first = self._connection.execute(
            f"select key from frequency where pair = ? and key in ({places}) order by count",  # noqa: S608 - places only
            (pair, *keys),
        ).fetchall()
        shortest, longest = lengths(len(shape.text), minimum)
        candidates: set[int] = set()
        for (key,) in rarest_first:
            if len(candidates) >= _CANDIDATES:
                break
            rows = self._connection.execute(
                "select piece from posting where pair = ? and key = ? and length between ? and ?"
                " limit ?",
                (pair, key, shortest, longest, 2 * _CANDIDATES),
            )
            candidates.update(chain.from_iterable(rows))
        return candidates

    def _match(self, row: int, text: str, ratio: float, locales: tuple[str, str]) -> _Ranked:
        values: tuple[Any, ...] = self._connection.execute(
            "select source, target, reviewed, origin, at from piece where id = ?", (row,)
        ).fetchone()
        source, target, reviewed, origin, at = values
        points = percent(text, source, ratio, locales[0])
        adapted = adapt(text, source, target, locales)
        if adapted.lacks_date:
            points = max(0, points - _OTHER_DATE)
        if adapted.is_unfit:
            points = min(points, _UNFIT)
        translation = adapted.target
        match = Match(source, translation, points, bool(reviewed), origin)
        return _Ranked((points, bool(reviewed), at, row), match)

    def _shapes_of(self, pair: int) -> dict[int, str]:
        if pair not in self._shapes:
            rows = self._connection.execute(
                "select id, shape from piece where pair = ?", (pair,)
            )
            self._shapes[pair] = dict(rows)
        return self._shapes[pair]


def _least(ranked: Collection[_Ranked], limit: int) -> int:
    """Return the percentage that a further match must reach to be among the best."""
    return sorted((match.match.percent for match in ranked), reverse=True)[limit - 1]


def searchable(text: str) -> str:
    """Return what a concordance looks in: the folded words of a text, a space between them."""
    return " ".join(fold_for_search(markup.plain(text)).split())

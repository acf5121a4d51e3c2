"""Finding earlier translations: the very text, similar texts, texts with some words."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from l10n.languages import primary
from l10n.languages.folding import fold_for_search
from l10n.memory.adapting import adapt
from l10n.memory.index import Index
from l10n.memory.similarity import Shape, lengths, percent
from l10n.model import Match
from l10n.text import markup

CONTEXT = 101
"""Percent of an exact match whose neighbours are equal too."""

_CANDIDATES = 600
"""Texts compared in full: those that share most of the rarest words."""

_HITS = 500
"""The newest rows with some words: among them those that were reviewed come first."""

_WORD = re.compile(r"\w+")
_BEGINNING = 3
"""Letters from which on a word finds those that begin with it; `a` would find half of the memory."""

_UNFIT = 74
"""Most percent of a translation with a number, a name or a sense of another text: below what makes a draft, above
what a person looks for."""

_OTHER_DATE = 25
"""Points of percent: a translation that names a month or weekday of another text is none of this one."""


class _Ranked(NamedTuple):
    """A match and what it is sorted by, best last."""

    rank: tuple[int, int, bool, str, int]
    """Percent, likeness where several were lowered to one, whether it is reviewed, when it was made, its row."""
    match: Match


class Search:
    """Finds earlier translations in the tables of a memory."""

    def __init__(self, connection: sqlite3.Connection, index: Index) -> None:
        self._connection = connection
        self._index = index

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
        around = None if before is None else around_of(before, after or "")
        best: _Ranked | None = None
        for pair in self.pairs(source, target):
            rows = self._connection.execute(
                "select target, reviewed, name, around, at, piece.id from piece"
                " join origin on origin.id = origin where key = ? and pair = ? and source = ?",
                (key_of(normal), pair, normal),
            )
            for translation, reviewed, origin, was_around, at, row in rows:
                fits = around is not None and around == was_around
                points = CONTEXT if fits else 100
                match = Match(text, translation, points, bool(reviewed), origin)
                rank = (points, points, bool(reviewed), at, row)
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
        words = _WORD.findall(fold_for_search(query))
        if not words:
            return []
        matches: dict[tuple[str, str], Match] = {}
        pairs = self.pairs(source, target)
        for percent_of, question in ((100, _together(words)), (0, _apart(words))):
            if len(matches) >= limit or (percent_of == 0 and len(words) == 1):
                break
            for pair in pairs:
                for match in self._with_words(pair, question, percent_of):
                    matches.setdefault((match.source, match.target), match)
        ranked = sorted(matches.values(), key=lambda match: (-match.percent, -match.reviewed))
        return ranked[:limit]

    def _with_words(self, pair: int, question: str, points: int) -> list[Match]:
        """Return the newest rows that have some words on one side."""
        rows = self._connection.execute(
            "select piece.source, piece.target, reviewed, name from word"
            " join piece on piece.id = word.rowid join origin on origin.id = piece.origin"
            " where word match ? and pair = ? order by word.rowid desc limit ?",
            (question, pair, _HITS),
        )
        return [
            Match(text, translation, points, bool(reviewed), origin)
            for text, translation, reviewed, origin in rows
        ]

    def _alike(
        self, pair: int, shape: Shape, minimum: int, limit: int
    ) -> list[tuple[int, float]]:
        """Return rows and the likeness of their shapes, best first."""
        length = len(shape.text)
        window = lengths(length, minimum)
        # A text that shares letters with a short one may share none of its words, and the other way round.
        candidates = set[int]().union(
            *(
                self._index.candidates(pair, keys, length, window, _CANDIDATES)
                for keys in (shape.word_keys(), shape.letter_keys())
            )
        )
        places = ",".join("?" * len(candidates))
        # In the order of the rows: of equals the one learnt first is the first, as before.
        rows = self._connection.execute(
            f"select id, coalesce(shape, source) from piece where id in ({places}) order by id",  # noqa: S608 - places only
            list(candidates),
        ).fetchall()
        matches = process.extract(
            shape.text,
            [text for _row, text in rows],
            scorer=fuzz.ratio,
            score_cutoff=minimum,
            limit=limit,
        )
        return [(rows[place][0], ratio) for _text, ratio, place in matches]

    def _match(self, row: int, text: str, ratio: float, locales: tuple[str, str]) -> _Ranked:
        values: tuple[Any, ...] = self._connection.execute(
            "select source, target, reviewed, name, at from piece"
            " join origin on origin.id = origin where piece.id = ?",
            (row,),
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
        return _Ranked((points, int(ratio), bool(reviewed), at, row), match)


def _least(ranked: Collection[_Ranked], limit: int) -> int:
    """Return the percentage that a further match must reach to be among the best."""
    return sorted((match.match.percent for match in ranked), reverse=True)[limit - 1]


def searchable(text: str) -> str:
    """Return what a concordance looks in: the folded words of a text, a space between them."""
    return " ".join(fold_for_search(markup.plain(text)).split())


def key_of(source: str) -> int:
    """Return what the very same texts are found by; other texts may have it too."""
    return zlib.crc32(source.encode())


def around_of(before: str, after: str) -> int:
    """Return what tells the neighbours of a text from others."""
    digest = hashlib.blake2b(f"{before}\0{after}".encode(), digest_size=7).digest()
    return int.from_bytes(digest, "big")


def _together(words: Sequence[str]) -> str:
    """Return the question for words one after the other, on either side."""
    return f'"{" ".join(words)}"{_ending(words[-1])}'


def _apart(words: Sequence[str]) -> str:
    """Return the question for words anywhere on one side."""
    all_of_them = " AND ".join(f'"{word}"{_ending(word)}' for word in words)
    return f"(source : ({all_of_them})) OR (target : ({all_of_them}))"


def _ending(word: str) -> str:
    return " *" if len(word) >= _BEGINNING else ""

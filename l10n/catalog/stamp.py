"""The stamp: one comment line that tells where a translation came from and who reviewed it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, unquote

from l10n.model import Band, Doubt, Origin

MARK = "# l10n: "
WIDTH = 76
"""Columns of a stamp at most: tools that wrap comments at 77 or more keep it on its line."""

_LINE = re.compile(
    r"#[ \t]*l10n:[ \t]+h=([0-9a-f]{10})((?:[ \t]+[a-z]+=\S*)*)[ \t]*\r?\n?", re.ASCII
)
_SAFE = ":/@+,"
"""Besides letters, digits and `_.-~`: what may stand unencoded in a value."""
_EXACT = frozenset({"at", "from", "band", "sure", "tm", "aligned", "why", "edits"})
"""Fields whose value means nothing when it is cut."""
_NAMES = frozenset({"reviewed", "second"})
_DRAFTS = (Origin.MT, Origin.TM, Origin.ALIGNED)
_DATE_LENGTH = len("2026-11-24")


def digest(
    msgctxt: str | None, msgid: str, msgid_plural: str | None, msgstrs: Sequence[str]
) -> str:
    """Return the ten hex digits that bind a stamp to its texts; an absent text is an empty one."""
    # NUL, since no text of a catalog may hold it: two texts never run into one.
    text = "\0".join((msgctxt or "", msgid, msgid_plural or "", *msgstrs))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Provenance of one translation, bound by a hash to the texts it speaks of."""

    hash: str
    """Ten hex digits, see `digest`."""
    fields: tuple[tuple[str, str], ...] = ()
    """Name and decoded value, in the order of the line, without `h`."""

    @classmethod
    def parse(cls, line: str) -> Stamp | None:
        """Read a comment line; None when it is no stamp, or a damaged one."""
        # Most lines of comments are none, and few values are encoded: an export reads a hundred thousand of them.
        match = _LINE.fullmatch(line) if "l10n:" in line else None
        if match is None:
            return None
        pairs = (field.partition("=") for field in match[2].split())
        return cls(
            match[1],
            tuple(
                (name, unquote(value) if "%" in value else value) for name, _is, value in pairs
            ),
        )

    def format(self) -> str:
        """Write the comment line.

        What makes it wider than WIDTH is left out: the time of day, or `edits`, or both, and then
        the end of the longest name.
        """
        fields = list(self.fields)
        # The day and the origin are evidence, the minute is not; a name cut short is still known.
        for left_out in ((), ("time",), ("edits",), ("time", "edits")):
            fields = _without(self.fields, left_out)
            if len(line := _line(self.hash, fields)) <= WIDTH:
                return line
        if self.second:  # both names have to be known: initials say more than letters cut off
            fields = [
                (name, _with_initials(value) if name in _NAMES else value)
                for name, value in fields
            ]
        while len(line := _line(self.hash, fields)) > WIDTH and _shorten(fields):
            pass
        return line

    def field(self, name: str) -> str | None:
        """Return a decoded value, None when the stamp lacks it."""
        return next((value for key, value in self.fields if key == name), None)

    @property
    def origin(self) -> Origin | None:
        """Where the draft came from, also when it has been edited or reviewed since."""
        came_from = self.field("from")
        if came_from in set(Origin):
            return Origin(came_from)
        return next(
            (origin for origin in _DRAFTS if self.field(origin.value) is not None), None
        )

    @property
    def machine(self) -> Origin | None:
        """What wrote it, an engine or the memory, where no person has changed it since; otherwise None."""
        machines = (Origin.MT, Origin.TM)
        return next(
            (origin for origin in machines if self.field(origin.value) is not None), None
        )

    @property
    def engine(self) -> str | None:
        """Engine and model of a machine draft, `argos:translate-es_en-1.0`."""
        return self.field("mt") or None

    @property
    def percent(self) -> int | None:
        """Similarity of the memory match that was taken, 0-100."""
        number = _number(self.field("tm"))
        return None if number is None else int(number)

    @property
    def score(self) -> float | None:
        """How sure the alignment was, 0-1."""
        return _number(self.field("aligned"))

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What speaks against the alignment, the worst first."""
        known = set(Doubt)
        return tuple(Doubt(n) for n in (self.field("why") or "").split(",") if n in known)

    @property
    def reviewer(self) -> str | None:
        """Who reviewed it; a long name is cut."""
        return self.field("reviewed") or None

    @property
    def second(self) -> str | None:
        """Who reviewed it after the first reviewer; a long name is cut."""
        return self.field("second") or None

    @property
    def has_two_reviewers(self) -> bool:
        """Whether two names stand in it that differ."""
        return bool(self.reviewer and self.second) and not is_same_person(
            self.reviewer or "", self.second or ""
        )

    @property
    def reviewed_at(self) -> str | None:
        """When, in UTC: `2026-11-24T10:02Z`, or the day alone."""
        return self.field("at") or None

    @property
    def band(self) -> Band | None:
        """How far a machine draft can be trusted."""
        band = self.field("band")
        return Band(band) if band in set(Band) else None

    @property
    def sure(self) -> int | None:
        """Where a machine draft stands among others of its band, 0-99: an order, and no percentage of anything."""
        number = _number(self.field("sure"))
        return None if number is None else int(number)

    @property
    def edits(self) -> float | None:
        """Share of the draft that the reviewer changed, 0-1."""
        return _number(self.field("edits"))


def is_same_person(name: str, other: str) -> bool:
    """Whether two names may be one person's: stamps write long names with initials, or cut them."""
    words, others = (
        [word.rstrip(".").casefold() for word in text.split()] for text in (name, other)
    )
    return all(
        word.startswith(another) or another.startswith(word)
        for word, another in zip(words, others, strict=False)
    )


def _line(hash_: str, fields: Sequence[tuple[str, str]]) -> str:
    pairs = [f"{name}={quote(value, safe=_SAFE, errors='replace')}" for name, value in fields]
    return " ".join((f"{MARK}h={hash_}", *pairs))


def _without(
    fields: Sequence[tuple[str, str]], left_out: Sequence[str]
) -> list[tuple[str, str]]:
    cut = _DATE_LENGTH if "time" in left_out else None
    rest = [(name, value) for name, value in fields if name not in left_out]
    return [(name, value[:cut] if name == "at" else value) for name, value in rest]


def _with_initials(name: str) -> str:
    first, *others = name.split()
    return " ".join((first, *(f"{word[0]}." for word in others)))


def _shorten(fields: list[tuple[str, str]]) -> bool:
    """Take a character from the longest name; False when none is left."""
    names = [i for i, (name, value) in enumerate(fields) if value and name not in _EXACT]
    if not names:
        return False
    longest = max(names, key=lambda i: len(quote(fields[i][1], errors="replace")))
    name, value = fields[longest]
    fields[longest] = (name, value[:-1].rstrip())
    return True


def _number(value: str | None) -> float | None:
    try:
        number = None if value is None else float(value)
    except ValueError:
        return None
    return number if number is not None and math.isfinite(number) else None

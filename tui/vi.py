"""Editing by the keys of vi: what a key in normal mode does to a text and to the cursor in it. POSIX, vi(1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

_WORD = re.compile(r"\w+|[^\w\s]+")
_BIG_WORD = re.compile(r"\S+")
_MOTIONS = "hl0^$wWbBeEG"
_OPERATORS = "dcy"
_FINDS = "fFtT"
_INCLUSIVE = frozenset("eE$ft")
"""Motions that take the character they lead to along."""
_ONE_KEY = {"x": "dl", "X": "dh", "D": "d$", "C": "c$", "s": "cl", "S": "cc", "Y": "yy"}
"""Commands that stand for an operator with its motion."""


class Mode(Enum):
    """What keys do."""

    NORMAL = "normal"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class Change:
    """What a key does."""

    cursor: int
    """Where the cursor stands then."""
    start: int = 0
    end: int = 0
    new: str | None = None
    """What takes the place of start:end; None where the text stays."""
    command: str = ""
    """A command of the editor or the desk instead of all this."""


class Vi:
    """The mode, what was typed of a command so far, and what was taken out last."""

    def __init__(self) -> None:
        self._mode = Mode.INSERT
        self._stretches = 1
        self._typed = ""
        self._register = ""

    @property
    def mode(self) -> Mode:
        """What keys do now."""
        return self._mode

    @property
    def stretch(self) -> int:
        """Number of the stretch of insert mode one is in: what happens in it is undone at once; 0 in normal mode."""
        return self._stretches if self._mode is Mode.INSERT else 0

    def _begin_inserting(self) -> None:
        self._mode = Mode.INSERT
        self._stretches += 1

    @property
    def pending(self) -> str:
        """What was typed of a command so far."""
        return self._typed

    def forget(self) -> None:
        """Forget what was begun: the text is another."""
        self._typed = ""

    def escape(self, cursor: int) -> Change:
        """Leave what was begun, and insert mode; the cursor goes back onto the last letter."""
        was_inserting, self._mode, self._typed = self._mode is Mode.INSERT, Mode.NORMAL, ""
        return Change(max(0, cursor - was_inserting))

    def feed(self, key: str, text: str, cursor: int) -> Change | None:
        """Take a key of normal mode; None while a command is not complete, or makes no sense."""
        typed = self._typed = self._typed + key
        match = re.fullmatch(r"([1-9]\d*)?(?:([dcy])([1-9]\d*)?)?(.*)", typed, re.DOTALL)
        assert match is not None  # every part of it may be empty
        first, operator, second, rest = match.groups()
        if not rest or rest in _FINDS or rest in {"g", "r"}:
            return None
        self._typed = ""
        count = int(first or 1) * int(second or 1)
        if operator is None and rest in _ONE_KEY:
            operator, rest = _ONE_KEY[rest][0], _ONE_KEY[rest][1:]
        if operator is not None:
            return self._operate(operator, rest, count, text, cursor)
        if rest in _SIMPLE:
            return _SIMPLE[rest](self, text, cursor, count)
        if rest[0] == "r" and len(rest) > 1:
            end = min(len(text), cursor + count)
            return Change(max(cursor, end - 1), cursor, end, rest[1] * (end - cursor))
        target = _target(rest, text, cursor, count, has_count=bool(first))
        return None if target is None else Change(_within_line(target, text))

    def _operate(
        self, operator: str, motion: str, count: int, text: str, cursor: int
    ) -> Change | None:
        if motion == operator:
            start, end = _line(text, cursor)
        else:
            # cw leaves the space behind the word, as it always did.
            is_word = operator == "c" and motion in {"w", "W"}
            motion = {"w": "e", "W": "E"}.get(motion, motion) if is_word else motion
            target = _target(motion, text, cursor, count, has_count=count > 1)
            if target is None:
                return None
            start, end = sorted((cursor, target))
            end += motion[0] in _INCLUSIVE and target >= cursor and end < len(text)
        self._register = text[start:end]
        if operator == "y":
            return Change(start)
        if operator == "c":
            self._begin_inserting()
            return Change(start, start, end, "")
        left = text[:start] + text[end:]
        return Change(_within_line(start, left), start, end, "")

    # Commands of one key

    def insert_at(self, cursor: int) -> Change:
        """Go over to insert mode at a place."""
        self._begin_inserting()
        return Change(cursor)

    def put(self, place: int, count: int) -> Change:
        """Put in what was taken out last."""
        new = self._register * count
        return Change(max(0, place + len(new) - 1), place, place, new)


_Simple = Callable[[Vi, str, int, int], Change]


def _swap_case(_vi: Vi, text: str, cursor: int, count: int) -> Change:
    end = min(len(text), cursor + count)
    return Change(_within_line(end, text), cursor, end, text[cursor:end].swapcase())


_SIMPLE: dict[str, _Simple] = {
    "i": lambda vi, _text, cursor, _count: vi.insert_at(cursor),
    "a": lambda vi, text, cursor, _count: vi.insert_at(min(_line(text, cursor)[1], cursor + 1)),
    "I": lambda vi, text, cursor, _count: vi.insert_at(_line(text, cursor)[0]),
    "A": lambda vi, text, cursor, _count: vi.insert_at(_line(text, cursor)[1]),
    "p": lambda vi, text, cursor, count: vi.put(min(len(text), cursor + 1), count),
    "P": lambda vi, _text, cursor, count: vi.put(cursor, count),
    "~": _swap_case,
    "u": lambda _vi, _text, cursor, _count: Change(cursor, command="undo_text"),
    "/": lambda _vi, _text, cursor, _count: Change(cursor, command="filter"),
    "j": lambda _vi, _text, cursor, _count: Change(cursor, command="down"),
    "k": lambda _vi, _text, cursor, _count: Change(cursor, command="up"),
}


def _target(motion: str, text: str, cursor: int, count: int, *, has_count: bool) -> int | None:
    """Return where a motion leads; None where there is nothing of the kind."""
    start, end = _line(text, cursor)
    kind = motion[0]
    if kind in _FINDS and len(motion) > 1:
        return _find(kind, motion[1], text[:end] if kind in "ft" else text, cursor, count)
    match motion:
        case "h":
            return max(start, cursor - count)
        case "l" | " ":
            return min(end, cursor + count)
        case "0":
            return start
        case "^":
            return start + len(text[start:end]) - len(text[start:end].lstrip())
        case "$":
            return max(start, end - 1)
        case "gg":
            return 0
        case "G":
            return _nth_line(text, count) if has_count else _line(text, len(text))[0]
    pattern = _WORD if motion.islower() else _BIG_WORD
    words = [match.span() for match in pattern.finditer(text)]
    match motion.lower():
        case "w":
            places = [first for first, _last in words if first > cursor]
            return places[count - 1] if len(places) >= count else len(text)
        case "e":
            places = [last - 1 for _first, last in words if last - 1 > cursor]
            return places[count - 1] if len(places) >= count else max(0, len(text) - 1)
        case "b":
            places = [first for first, _last in words if first < cursor]
            return places[-count] if len(places) >= count else 0
    return None


def _find(kind: str, sign: str, text: str, cursor: int, count: int) -> int | None:
    if kind in "ft":
        places = [m.start() for m in re.finditer(re.escape(sign), text) if m.start() > cursor]
    else:
        start = _line(text, cursor)[0]
        found = [m.start() for m in re.finditer(re.escape(sign), text[:cursor])]
        places = [place for place in reversed(found) if place >= start]
    if len(places) < count:
        return None
    return places[count - 1] + {"t": -1, "T": 1}.get(kind, 0)


def _line(text: str, cursor: int) -> tuple[int, int]:
    """Return where the line of the cursor begins and ends."""
    start = text.rfind("\n", 0, cursor) + 1
    end = text.find("\n", cursor)
    return start, len(text) if end < 0 else end


def _nth_line(text: str, number: int) -> int:
    lines = text.split("\n")[: number - 1]
    return min(len(text), sum(len(line) + 1 for line in lines))


def _within_line(place: int, text: str) -> int:
    """Return a place that the cursor may have in normal mode: on a letter, not behind the last one."""
    place = max(0, min(place, len(text)))
    start, end = _line(text, place)
    return max(start, min(place, end - 1)) if end > start else start

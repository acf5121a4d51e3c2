"""A number of a text, and the values it may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

TEXTS_AT_HAND = 128
"""Texts whose numbers are known for a while: several rules ask for those of one text."""


class NumberKind(Enum):
    """What a number counts."""

    COUNT = "count"
    """Things, years, money: a value."""
    TIME = "time"
    """The time of day."""
    ORDINAL = "ordinal"
    """A place in a row, said in a word: third."""
    FRACTION = "fraction"
    """A part of a whole, said in words: two thirds."""
    DECADE = "decade"
    """Ten years: the 1990s, los años 90."""


class Notation(Enum):
    """In what a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    ROMAN = "roman"


class Numeral(NamedTuple):
    """A number as it is written, whatever it means."""

    text: str
    start: int
    end: int

    @property
    def digits(self) -> str:
        """Its digits alone: alike in 1,500 and 1.500."""
        return re.sub(r"\D", "", self.text)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, and the values it may stand for."""

    text: str
    """As it is written, without sign, scale and unit."""
    start: int
    end: int
    values: frozenset[float | str]
    """One, or several where the text leaves it open: 3 in `3 to 4 million`. A version or a date stands here as
    it is written."""
    kind: NumberKind = NumberKind.COUNT
    notation: Notation = Notation.DIGITS
    minutes: int | None = None
    """Of the half day, when it is a time of day, or a bare number that may be an hour."""
    half_day: str = ""
    """`am` or `pm` where the text says it: 15:30, 3 p.m."""
    factor: float = 1
    """What the scale word behind it multiplies it by, a minus before it too."""
    whole_start: int = -1
    """Where its sign stands; the same as `start` without one."""
    whole_end: int = -1
    """Behind its scale word; the same as `end` without one."""
    is_doubtful: bool = False
    """Whether it looks like a whole number of the other language: 2.500 in English, 2,500 in Spanish."""
    is_weak: bool = False
    """Whether it is mostly another word: one, un; a part of a name."""

    @property
    def first(self) -> int:
        """Where it begins, sign and all."""
        return self.start if self.whole_start < 0 else self.whole_start

    @property
    def last(self) -> int:
        """Where it ends, scale word and all."""
        return self.end if self.whole_end < 0 else self.whole_end

    def agrees(self, other: Number) -> bool:
        """Whether both may stand for the same value or time of day."""
        if NumberKind.TIME in (self.kind, other.kind):
            if (
                self.half_day != other.half_day
                and self.half_day
                and other.half_day
                and self.minutes is not None
                and other.minutes is not None
            ):
                return False
            if self.minutes is not None and self.minutes == other.minutes:
                return True
        if self.text == other.text and self.factor == other.factor:
            # A copy: whether its separators are right here is another question.
            return True
        if self.values.isdisjoint(other.values):
            return False
        # 2,500 for 2.5 is no translation of it but a thousand times as much, whatever the comma means.
        return not (self.is_doubtful or other.is_doubtful) or _digits(self) == _digits(other)


def _digits(number: Number) -> str:
    return re.sub(r"\D", "", number.text)

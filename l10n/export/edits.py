"""Edits: replacements at offsets of a text, the only way export changes an article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Characters from start to end give way to a text; start equal to end inserts."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Give the text with every edit made; insertions at one place keep the order they came in.

    Raises ValueError when two edits overlap.
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < done:
            raise ValueError(f"edits overlap at {edit.start}")
        pieces += (text[done : edit.start], edit.text)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)


class Shift:
    """Where the offsets of a text are after edits."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        ordered = sorted(edits, key=lambda edit: (edit.end, edit.start))
        grown = [len(edit.text) - (edit.end - edit.start) for edit in ordered]
        self._ends = [edit.end for edit in ordered]
        self._totals = [0, *accumulate(grown)]

    def __call__(self, offset: int, *, behind: bool = False) -> int:
        """Give the new offset; `behind` puts it behind what was inserted right there."""
        find = bisect_right if behind else bisect_left
        return offset + self._totals[find(self._ends, offset)]

"""Edits of a text, and where what stood in it stands after them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """What replaces some characters of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after edits."""

    text: str
    starts: tuple[int, ...]
    """For every old offset, the new one of something that starts there: behind what was put in."""
    ends: tuple[int, ...]
    """The same for something that ends there: before what was put in."""


def apply(text: str, edits: Iterable[Edit]) -> Edited:
    """Edit a text; the edits are in order and do not overlap."""
    out, starts, ends, end = "", list[int](), list[int](), 0
    for start, stop, new in edits:
        unchanged = range(len(out), len(out) + start - end)
        starts += unchanged
        ends += unchanged
        out += text[end:start]
        starts += [len(out)] * (stop - start)
        ends += [len(out), *[len(out) + len(new)] * (stop - start - 1)][: stop - start]
        out += new
        end = stop
        if start == stop:
            # Something may end just before the insertion, and something else start behind it.
            starts.append(len(out))
            ends.append(len(out) - len(new))
            out += text[end : end + 1]
            end += 1
    unchanged = range(len(out), len(out) + max(0, len(text) - end) + 1)
    if end <= len(text):
        starts += unchanged
        ends += unchanged
    return Edited(out + text[end:], tuple(starts), tuple(ends))

"""A text broken into the rows of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from textual.document._wrapped_document import WrappedDocument


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the screen: a part of a line of the text."""

    line: int
    """Index of the line."""
    start: int
    """First column of the line that stands in it."""
    end: int
    """Column behind its last one."""


class Wrapped(WrappedDocument):
    """A text broken into rows; a long line is not taken apart character by character to find one."""

    def get_sections(self, line_index: int) -> list[str]:
        """Return the rows of one line of the text."""
        line = self.document[line_index]
        ends = [0, *self.get_offsets(line_index), len(line)]
        return [line[start:end] for start, end in pairwise(ends)]

    def row(self, number: int) -> Row:
        """Return a row by its number; IndexError where the text has no such row."""
        line, place = self._offset_to_line_info[number]
        ends = self.get_offsets(line)
        start = ends[place - 1] if place else 0
        return Row(line, start, ends[place] if place < len(ends) else len(self.document[line]))

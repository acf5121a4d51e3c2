"""A text broken into the rows of the screen."""

from __future__ import annotations

from itertools import pairwise

from textual.document._wrapped_document import WrappedDocument


class Wrapped(WrappedDocument):
    """A text broken into rows; a long line is not taken apart character by character to find one."""

    def get_sections(self, line_index: int) -> list[str]:
        """Return the rows of one line of the text."""
        line = self.document[line_index]
        ends = [0, *self.get_offsets(line_index), len(line)]
        return [line[start:end] for start, end in pairwise(ends)]

"""Tables for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def format_table(
    rows: Sequence[Sequence[str]], *, rules: Sequence[int] = (), left: int = 2
) -> str:
    """Lay out rows in columns: the first ones to the left, the others to the right; a rule before some rows."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for number, row in enumerate(rows):
        if number in rules:
            lines.append("  ".join("─" * width for width in widths))
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - display_width(cell))
            cells.append(cell + space if place < left else space + cell)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def display_width(text: str) -> int:
    """Return the columns a text takes on a terminal: none for an accent of its own, two for a wide character."""
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    return sum(
        0
        if unicodedata.combining(char)
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )

"""Tables for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from l10n.interface import gettext as _
from l10n.model import Counts
from l10n.text.percent import with_share


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


def count_heads() -> tuple[str, ...]:
    """Return the heads of the columns that `count_cells` fills."""
    return _("translated"), _("reviewed"), _("draft"), _("untranslated"), _("words")


def count_cells(
    counts: Counts, share: Callable[[int, int], str] = with_share
) -> tuple[str, ...]:
    """Return counts as the cells of a row; `share` writes a part of a total."""
    return (
        share(counts.translated, counts.shown),
        share(counts.reviewed, counts.shown),
        str(counts.draft),
        str(counts.untranslated),
        str(counts.words),
    )

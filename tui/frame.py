"""What the terminal shows: of what is drawn again, only the cells that changed are sent.

A letter typed into a text draws the editor, its title, a row of the list and the status line again. Textual sends
all of them: 4.6 kB a letter at 120×36, which a slow line shows. What changed in them are some ten cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from rich.cells import cell_len, get_character_cell_size
from rich.color import ColorSystem
from rich.console import Console
from rich.control import Control
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

_GAP = 8
"""Unchanged cells that are sent along between two changed ones: to move the cursor costs as many bytes."""
_STYLES = 4096
"""Styles whose codes are remembered; each cell that can be clicked may have one of its own."""

Cell = tuple[str, str]
"""A character and the codes before it; the text is empty in the cells that the character before covers too."""

Stretch = tuple[int, int, Strip]
"""Line, column, and what is drawn from there."""


class Frame:
    """The cells of a terminal as they were last sent."""

    def __init__(self) -> None:
        self._size = Size(0, 0)
        self._rows: dict[int, list[Cell | None]] = {}
        self._codes: dict[Style | None, str] = {}

    def forget(self) -> None:
        """Send everything at the next occasion: something else has drawn on the terminal."""
        self._rows.clear()

    def thin(self, update: CompositorUpdate, size: Size) -> CompositorUpdate:
        """Return what is left of an update once all is taken away that the terminal shows already."""
        if isinstance(update, ChopsUpdate | LayoutUpdate):
            return _Changes(self, update, size)
        return update

    def changes(self, update: ChopsUpdate | LayoutUpdate, size: Size, console: Console) -> str:
        """Return the sequences that bring the terminal up to an update."""
        if size != self._size:
            self._size = size
            self.forget()
        stretches = (
            _of_layout(update) if isinstance(update, LayoutUpdate) else _of_chops(update)
        )
        system = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 - as Textual asks
        sequences = []
        for y, x, strip in stretches:
            row = self._rows.setdefault(y, [None] * size.width)
            cells = self._cells(strip, system)[: max(0, size.width - x)]
            sequences += list(_sent(row[x : x + len(cells)], cells, x, y))
            row[x : x + len(cells)] = cells
        return "".join(sequences)

    def _cells(self, strip: Strip, system: ColorSystem) -> list[Cell]:
        cells: list[Cell] = []
        for text, style, control in strip:
            if control or not text:
                continue
            codes = self._codes_of(style, system)
            if text.isascii() or all(get_character_cell_size(sign) == 1 for sign in text):
                cells += [(sign, codes) for sign in text]
            else:  # wide and combining characters: sent whole, for they may be drawn together
                cells.append((text, codes))
                cells += [("", codes)] * (cell_len(text) - 1)
        return cells

    def _codes_of(self, style: Style | None, system: ColorSystem) -> str:
        if style not in self._codes:
            if len(self._codes) > _STYLES:
                self._codes.clear()
            sample = (
                "" if style is None else Strip.render_style(style, "x", color_system=system)
            )
            self._codes[style] = sample.partition("x")[0]
        return self._codes[style]


class _Changes(CompositorUpdate):
    """An update that sends what changed."""

    def __init__(self, frame: Frame, update: ChopsUpdate | LayoutUpdate, size: Size) -> None:
        self._frame = frame
        self._update = update
        self._size = size

    def render_segments(self, console: Console) -> str:
        """Return what the terminal is sent."""
        return self._frame.changes(self._update, self._size, console)


def _of_layout(update: LayoutUpdate) -> Iterator[Stretch]:
    for y, line in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in line:
            yield y, x, strip
            x += strip.cell_length


def _of_chops(update: ChopsUpdate) -> Iterator[Stretch]:
    for y, start, stop in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x <= stop and end > start:
                yield y, x, strip


def _sent(before: list[Cell | None], after: list[Cell], x: int, y: int) -> Iterator[str]:
    """Yield the sequences for the stretches of a line that are other than before."""
    changed = [place for place, cell in enumerate(after) if cell != before[place]]
    while changed:
        start, stop = changed[0], changed[0] + 1
        for place in changed:
            if place - stop > _GAP:
                break
            stop = place + 1
        changed = [place for place in changed if place >= stop]
        # A wide character is sent with all its cells.
        while start and not after[start][0]:
            start -= 1
        while stop < len(after) and not after[stop][0]:
            stop += 1
        yield Control.move_to(x + start, y).segment.text
        for codes, cells in groupby(after[start:stop], key=itemgetter(1)):
            text = "".join(sign for sign, _codes in cells)
            yield f"{codes}{text}\x1b[0m" if codes else text

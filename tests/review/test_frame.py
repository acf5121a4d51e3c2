"""What is sent to the terminal: the changes, and nothing that the eye could miss."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.frame import Frame

SIZE = Size(20, 3)
STYLES = (Style.parse("red"), Style.parse("bold on blue"), Style())
CODE = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([\d;]*)m|(.)", re.DOTALL)

CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")


class Grid:
    """A terminal of cells that hold one character and its codes."""

    def __init__(self) -> None:
        self.cells = {(x, y): (" ", "") for x in range(SIZE.width) for y in range(SIZE.height)}

    def obey(self, sequences: str) -> None:
        x = y = 0
        codes = ""
        for row, column, code, sign in CODE.findall(sequences):
            if row:
                x, y = int(column) - 1, int(row) - 1
            elif sign:
                self.cells[x, y] = (sign, codes)
                x += 1
            else:
                codes = "" if code in {"", "0"} else code


def drawn(lines: Sequence[Sequence[tuple[str, int]]]) -> LayoutUpdate:
    strips: list[Iterable[Strip]] = []
    for line in lines:
        text = [Segment(sign, STYLES[style]) for sign, style in line]
        strips.append([Strip(text, len(text)).adjust_cell_length(SIZE.width)])
    return LayoutUpdate(strips, Region(0, 0, SIZE.width, SIZE.height))


line = st.text("ab ñAB", max_size=SIZE.width).map(
    lambda text: [(sign, 1 if sign.isupper() else 2 * (sign == "ñ")) for sign in text]
)
picture = st.tuples(line, line, line)


@settings(deadline=None)
@given(st.lists(picture, min_size=1, max_size=4))
def test_the_terminal_shows_what_was_drawn_last(
    pictures: list[tuple[list[tuple[str, int]], ...]],
) -> None:
    thin, whole = Grid(), Grid()
    frame = Frame()
    for lines in pictures:
        thin.obey(frame.changes(drawn(lines), SIZE, CONSOLE))
    whole.obey(Frame().changes(drawn(pictures[-1]), SIZE, CONSOLE))
    assert thin.cells == whole.cells


def test_what_is_drawn_again_is_not_sent_again() -> None:
    frame = Frame()
    lines = [[("a", 0)] * 20] * 3
    assert frame.changes(drawn(lines), SIZE, CONSOLE)
    assert not frame.changes(drawn(lines), SIZE, CONSOLE)
    changed = [[("a", 0)] * 19 + [("b", 0)], *lines[1:]]
    assert len(frame.changes(drawn(changed), SIZE, CONSOLE)) < 25
    frame.forget()
    assert len(frame.changes(drawn(changed), SIZE, CONSOLE)) > 60


def test_a_wide_character_is_sent_whole() -> None:
    frame = Frame()
    before = LayoutUpdate(
        [[Strip([Segment("日本語 a")]).adjust_cell_length(20)]], Region(0, 0, 20, 1)
    )
    after = LayoutUpdate(
        [[Strip([Segment("日本国 a")]).adjust_cell_length(20)]], Region(0, 0, 20, 1)
    )
    frame.changes(before, SIZE, CONSOLE)
    sent = frame.changes(after, SIZE, CONSOLE)
    assert "日本国 a" in sent

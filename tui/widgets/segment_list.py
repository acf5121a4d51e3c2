"""The list of units: a line-API widget that costs the same at a hundred and at a hundred thousand rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from l10n.model import State
from tui.commands import SUGGESTION, list_keys
from tui.marks import one_line


@dataclass(frozen=True, slots=True)
class Line:
    """What the list shows of a unit."""

    number: int
    state: State
    source: str
    target: str
    marked: bool = False
    troubled: bool = False
    """True when the checks have found an error in it."""
    plural: bool = False
    """True when it has plural forms."""
    repeats: int = 0
    """How many units further down have the same source."""
    first: int = 0
    """Number of the unit above that has the same source; 0 where none does."""


GLYPHS = {
    State.UNTRANSLATED: "○",
    State.DRAFT: "~",
    State.TRANSLATED: "+",
    State.REVIEWED: "✓",
}
"""State as a sign, so that it is never told by colour alone."""

PLURAL = "#"
"""Marks a unit with plural forms, where there is no error to tell."""

_SOURCE_SHARE = 0.58
"""Part of the width that the source gets, where there is room for the translation too."""
_TWO_COLUMNS = 46
_DIGITS = frozenset("123456789")


class SegmentList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of units with a cursor; draws only what is on the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "segment-list--cursor",
        "segment-list--number",
        "segment-list--target",
        "segment-list--marked",
        "segment-list--trouble",
        *(f"segment-list--{state.value}" for state in State),
    }

    DEFAULT_CSS = """
    SegmentList { scrollbar-size-vertical: 1; scrollbar-gutter: stable; overflow-x: hidden; overflow-y: scroll; }
    """

    cursor = reactive(0, repaint=False)
    """Index into `rows`."""

    class Opened(Message):
        """The person wants to edit the row under the cursor."""

    def __init__(
        self,
        line: Callable[[int], Line],
        go_to: Callable[[int], None],
        command: Callable[[str], None],
        *,
        id: str,  # noqa: A002 - Textual's word
    ) -> None:
        super().__init__(id=id)
        self._line = line
        self._go_to = go_to
        self._command = command
        self.keys = list_keys({})
        """Commands by key."""
        self.rows: Sequence[int] = ()
        self._digits = 1
        self._styles: dict[tuple[str, bool, bool], Style] = {}

    def show(self, rows: Sequence[int], cursor: int | None, total: int) -> None:
        """Show other rows, the cursor at one of them or nowhere."""
        self.rows = rows
        self._digits = len(str(max(1, total)))
        self.virtual_size = Size(self.size.width, len(rows))
        self.cursor = -1 if cursor is None else cursor
        self._keep_in_view()
        self.refresh()

    def move(self, cursor: int | None) -> None:
        """Put the cursor elsewhere: two lines are drawn again, no more."""
        old, self.cursor = self.cursor, -1 if cursor is None else cursor
        scrolled = self._keep_in_view()
        if not scrolled:  # scrolling draws everything by itself
            self.refresh_row(old)
            self.refresh_row(self.cursor)

    def refresh_row(self, index: int) -> None:
        """Draw one line again."""
        y = index - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    @property
    def page(self) -> int:
        """Rows in a page."""
        return max(1, self.size.height - 1)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if not 0 <= index < len(self.rows):
            return Strip.blank(width, self._style("", is_cursor=False))
        return self._strip(self._line(self.rows[index]), width, index == self.cursor)

    def notify_style_update(self) -> None:
        """Forget styles when the theme changes."""
        self._styles.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Keep the cursor on the screen."""
        self.virtual_size = Size(self.size.width, len(self.rows))
        self._keep_in_view()

    def on_click(self, event: events.Click) -> None:
        """Stand at the clicked row; a double click edits it."""
        index = event.y + self.scroll_offset.y
        if 0 <= index < len(self.rows):
            self._go_to(self.rows[index])
            if event.chain == 2:
                self.post_message(self.Opened())

    def on_key(self, event: events.Key) -> None:
        """Do what a key means here, at once: a binding would come after the keys that follow."""
        name = self.keys.get(event.key)
        if name is None and event.key in _DIGITS:
            name = SUGGESTION + event.key
        if name is not None:
            event.stop()
            event.prevent_default()
            self._command(name)

    def key_down(self) -> None:
        """One row down."""
        self._step(1)

    def key_up(self) -> None:
        """One row up."""
        self._step(-1)

    def key_pagedown(self) -> None:
        """One page down."""
        self._step(self.page)

    def key_pageup(self) -> None:
        """One page up."""
        self._step(-self.page)

    def key_home(self) -> None:
        """To the first row."""
        self._step(-len(self.rows))

    def key_end(self) -> None:
        """To the last row."""
        self._step(len(self.rows))

    def _step(self, rows: int) -> None:
        if self.rows:
            index = max(0, min(len(self.rows) - 1, self.cursor + rows))
            if index != self.cursor:
                self._go_to(self.rows[index])

    def _keep_in_view(self) -> bool:
        """Scroll as little as needed; True when that moved everything."""
        top, height = self.scroll_offset.y, self.size.height
        if self.cursor < 0 or height <= 0:
            return False
        if top <= self.cursor < top + height:
            return False
        # Half a page at once: moving on by one row then draws two lines, not the whole list.
        top_row = self.cursor - height // 2
        self.scroll_to(y=max(0, top_row), animate=False, immediate=True, force=True)
        return True

    def _strip(self, line: Line, width: int, is_cursor: bool) -> Strip:
        mark = "*" if line.marked else (">" if is_cursor else " ")
        number = f"{mark}{line.number:>{self._digits}} "
        segments = [
            Segment(number, self._style("marked" if line.marked else "number", is_cursor)),
            Segment(GLYPHS[line.state], self._style(line.state.value, is_cursor)),
            Segment("!", self._style("trouble", is_cursor))
            if line.troubled
            else Segment(PLURAL if line.plural else " ", self._style("number", is_cursor)),
        ]
        room = width - len(number) - 2
        source = line.source
        if line.first:  # the same again: one decision is for all of them
            source = f"= {line.first}"
        elif line.repeats:
            source = f"×{line.repeats + 1} {source}"
        if room >= _TWO_COLUMNS:
            left = int(room * _SOURCE_SHARE)
            segments.append(Segment(_fit(source, left - 1) + " ", self._style("", is_cursor)))
            target = _fit(line.target, room - left)
            segments.append(Segment(target, self._style("target", is_cursor)))
        else:
            segments.append(Segment(_fit(source, max(0, room)), self._style("", is_cursor)))
        return Strip(segments, width)

    def _style(self, name: str, is_cursor: bool) -> Style:
        """Return a whole style, background included: nothing is left to combine line by line."""
        key = (name, is_cursor, self.has_focus)
        if key not in self._styles:
            style = self.rich_style
            for part in (name, "cursor" if is_cursor else ""):
                if part:
                    style += self.get_component_rich_style(
                        f"segment-list--{part}", partial=True
                    )
            self._styles[key] = style
        return self._styles[key]


def _fit(text: str, width: int) -> str:
    """Return a text in exactly some cells, cut with an ellipsis."""
    line = one_line(text, width + 1)
    if len(line) <= width and cell_len(line) <= width:
        return set_cell_size(line, width)
    return set_cell_size(line, max(0, width - 1)) + "…" if width else ""

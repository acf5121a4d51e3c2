"""The editor of a translation: a text area with marks in the text, safe with any character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.document._document import EditResult, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from tui.marks import Mark, compose, from_screen, moved, to_screen, visible, without_controls
from tui.vi import Change, Mode, Vi
from tui.widgets.panes import hidden_lines, titled_with
from tui.widgets.wrapping import Row, Wrapped

_WORD_BEFORE = re.compile(r"\w*\W*\Z")
_WORD_BEHIND = re.compile(r"\W*\w+")
_LAST_WORD = re.compile(r"\S*\s*\Z")
Stretch = tuple[int, int, str, bool]
"""Columns of a row from one to before another, the component whose style they have, and whether in part."""
_MARK_KINDS = ("placeholder", "error", "warning", "info", "term", "control")


class TargetEditor(TextArea, inherit_css=True):
    """Edits one text; typing history belongs to the session, so that it survives navigation."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"target-editor--{kind}" for kind in (*_MARK_KINDS, "proposal")
    }

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("alt+b", "cursor_word_left", show=False),
        Binding("alt+f", "cursor_word_right", show=False),
        Binding("alt+d", "delete_word_right", show=False),
        Binding("ctrl+a", "go_to_edge(False)", show=False),
        Binding("ctrl+e", "go_to_edge(True)", show=False),
        Binding("ctrl+w", "delete_to_blank", show=False),
        Binding("alt+backspace", "delete_word_left", show=False),
        Binding("alt+a", "select_all", show=False),
    ]
    """Keys of shells that Textual's editor lacks, and one that selects everything."""

    wrapped_document: Wrapped

    class LineBreakRefused(Message):
        """Enter was pressed in a text that has no line breaks."""

    def __init__(
        self,
        on_edit: Callable[[str, int], None],
        on_move: Callable[[], None],
        *,
        id: str,  # noqa: A002 - Textual's word
        vi: bool = False,
    ) -> None:
        self._vi = Vi() if vi else None
        self._on_edit = on_edit  # called at once: a message would come after the next command
        self._on_move = on_move
        self._loading = True
        self._title = self._titled = ""
        self._proposal = ""
        super().__init__(id=id, tab_behavior="focus", highlight_cursor_line=False)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.allows_breaks = False
        """True when the source has line breaks, so that the translation may."""
        self.allows_tabs = False
        """True when the source has tabs, so that Tab may type one."""
        self._marks: tuple[Mark, ...] = ()
        self._styles: dict[str, Style] = {}
        self._loading = False

    # Text in and out

    @property
    def value(self) -> str:
        """The text, every character as in the catalog."""
        return from_screen(self.text)

    @property
    def cursor(self) -> int:
        """Offset of the cursor in the text."""
        return self._offset(self.cursor_location)

    @property
    def selected_span(self) -> tuple[int, int]:
        """Offsets of what is selected in the text; both that of the cursor when nothing is."""
        start, end = sorted(map(self._offset, self.selection))
        return start, end

    def show(
        self,
        text: str,
        *,
        cursor: int | None = None,
        breaks: bool = False,
        tabs: bool = False,
    ) -> None:
        """Show another text; that is no edit. `breaks` and `tabs`: what the source has, this may have."""
        self._loading = True
        self._proposal = ""
        if self._vi is not None:
            self._vi.forget()
        self.allows_breaks = breaks or "\n" in text
        self.allows_tabs = tabs or "\t" in text
        self._marks = ()
        self.load_text(to_screen(text))
        self.move_cursor(self._location(len(text) if cursor is None else cursor))
        self._loading = False

    def put(self, text: str, *, cursor: int | None = None) -> None:
        """Replace the whole text as one edit."""
        self.edit(
            Edit(to_screen(text), (0, 0), self.document.end, maintain_selection_offset=False)
        )
        self.move_cursor(self._location(len(text) if cursor is None else cursor))

    def insert_here(self, text: str) -> None:
        """Type a text at the cursor, over what is selected."""
        if text and not self.read_only:
            self._replace_via_keyboard(to_screen(text), *self.selection)

    def select_span(self, start: int, end: int) -> None:
        """Select characters."""
        self.move_cursor(self._location(start))
        self.move_cursor(self._location(end), select=True)

    def mark(self, marks: Sequence[Mark]) -> None:
        """Paint stretches of the text."""
        ordered = tuple(sorted(marks, key=lambda mark: mark.start))
        if ordered != self._marks:
            self._marks = ordered
            self.refresh()

    @property
    def proposal(self) -> str:
        """What Tab would type at the cursor; empty for nothing."""
        return self._proposal

    def propose(self, rest: str) -> None:
        """Offer the rest of a word: at the end of a line it is shown there, elsewhere in the title."""
        if rest != self._proposal:
            self._proposal = rest
            self.entitle()
            self.refresh(Region(0, self._cursor_row, self.size.width, 1))

    @property
    def stretch(self) -> int:
        """Which stretch of vi's insert mode one types in; 0 for none."""
        return 0 if self._vi is None else self._vi.stretch

    @property
    def _cursor_row(self) -> int:
        return self.wrapped_document.location_to_offset(self.cursor_location).y - int(
            self.scroll_offset.y
        )

    @property
    def _is_at_line_end(self) -> bool:
        row, column = self.cursor_location
        return column == len(self.document.get_line(row))

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = Wrapped(self.document, tab_width=self.indent_width)
        self.wrapped_document.wrap(self.wrap_width, self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)

    def edit(self, edit: Edit) -> EditResult:
        """Make a change and tell about it."""
        before, text = self.cursor, self.text
        result = super().edit(edit)
        # Until the text is judged anew its marks go along with it: taken off and put back, each key
        # would draw them all twice.
        self._marks = tuple(moved(self._marks, text, self.text))
        self.scroll_cursor_visible()  # only now is the new height known
        if not self._loading:
            self._on_edit(self.value, before)
        return result

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        if self._proposal:
            self.propose("")
        super()._watch_selection(previous_selection, selection)
        if self.is_mounted and not self._loading:
            self._on_move()

    def rows_at(self, width: int) -> int:
        """Return how many lines the text takes at a width, the cursor's cell aside."""
        if width == self.wrap_width:
            return int(self.wrapped_document.height)
        wrapped = Wrapped(self.document, width, tab_width=self.indent_width)
        return int(wrapped.height)

    def entitle(self, title: str | None = None) -> None:
        """Say the title, and behind it how many lines of the text are out of sight."""
        self._title = self._title if title is None else title
        above, height = self.scroll_offset.y, self.scrollable_content_region.height
        hidden = hidden_lines(above, self.wrapped_document.height - above - height)
        title = self._title
        if self._vi is not None and self._vi.mode is Mode.NORMAL:
            title = f"vi {self._vi.pending or '·'}  {title}"
        if self._proposal and not self._is_at_line_end:
            title = f"⇥ {self._proposal}  {title}"
        titled = titled_with(title, hidden if height else "", self.size.width)
        if titled != self._titled:
            self.border_title = self._titled = titled

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Count the hidden lines again."""
        super().watch_scroll_y(old_value, new_value)
        if self.is_mounted:
            self.entitle()

    def on_resize(self) -> None:
        """Begin at the first line where the whole text has room; say what has none."""
        if self.wrapped_document.height <= self.scrollable_content_region.height:
            self.scroll_to(y=0, animate=False, immediate=True, force=True)
        self.entitle()

    # Keys and paste

    async def _on_key(self, event: events.Key) -> None:
        if self._vi is not None and self._takes_key(self._vi, event):
            event.stop()
            event.prevent_default()
            return
        typed = self._typed_by(event.key)
        # Tab that has nothing to type moves nowhere: what is typed behind it would go into the filter.
        if typed or event.key == "tab":
            event.stop()
            event.prevent_default()
            self.insert_here(typed)
            return
        if event.key == "enter" and not self.allows_breaks:
            event.stop()
            event.prevent_default()
            self.post_message(self.LineBreakRefused())
            return
        # Left to bubble, a key with an action would reach the app after letters typed later.
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if not binding.priority:
                event.stop()
                event.prevent_default()
                await self.run_action(binding.action)
                return
        await super()._on_key(event)

    def _takes_key(self, vi: Vi, event: events.Key) -> bool:
        """Do what a key of vi does; False for one that is none, or types."""
        sign = "h" if event.key == "backspace" else event.character or ""
        if event.key == "escape":
            change = vi.escape(self.cursor)
        elif vi.mode is Mode.INSERT or not sign.isprintable() or not sign:
            return False
        else:
            feed = vi.feed(sign, self.text, self.cursor)
            change = feed or Change(self.cursor)
        if change.command in {"up", "down"}:
            self.action_cursor_up() if change.command == "up" else self.action_cursor_down()
        elif change.command:
            self.call_later(self.run_action, f"screen.command('{change.command}')")
        else:
            if change.new is not None and not self.read_only:
                start, end = self._location(change.start), self._location(change.end)
                self._replace_via_keyboard(change.new, start, end)
            self.move_cursor(self._location(min(change.cursor, len(self.text))))
        self.entitle()
        return True

    def _typed_by(self, key: str) -> str:
        """Return what a key types that usually moves: the proposal, or a tab where the source has one."""
        if self.read_only or (key == "right" and not self._is_at_line_end):
            return ""
        if self._proposal and key in {"tab", "right"}:
            return self._proposal
        return "\t" if key == "tab" and self.allows_tabs else ""

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        text = without_controls(compose(event.text))
        if not self.allows_tabs:
            text = text.replace("\t", " ")
        if not self.allows_breaks:
            text = " ".join(line.strip() for line in text.split("\n") if line.strip())
        self.insert_here(text)

    def action_delete_to_start_of_line(self) -> None:
        """Delete back to the start of the line; how the screen wraps it does not matter."""
        row, column = self.selection.end
        self._delete_via_keyboard((row, 0), (row, column))

    def action_delete_to_end_of_line(self) -> None:
        """Delete to the end of the line; how the screen wraps it does not matter."""
        row, column = self.selection.end
        self._delete_via_keyboard((row, column), (row, len(self.document.get_line(row))))

    def get_cursor_word_left_location(self) -> Location:
        """Return where a word begins before the cursor, as shells see words: no stop at a mark."""
        row, column = self.cursor_location
        if row and not column:
            return row - 1, len(self.document.get_line(row - 1))
        before = self.document.get_line(row)[:column]
        return row, column - len(_WORD_BEFORE.findall(before)[0])

    def get_cursor_word_right_location(self) -> Location:
        """Return where a word ends behind the cursor, as shells see words."""
        row, column = self.cursor_location
        line = self.document.get_line(row)
        if column == len(line) and row < self.document.line_count - 1:
            return row + 1, 0
        match = _WORD_BEHIND.match(line, column)
        return row, match.end() if match else len(line)

    def action_go_to_edge(self, end: bool) -> None:
        """Go to the beginning of the line or its end, however the screen wraps it: Home and End go by rows."""
        row = self.cursor_location[0]
        self.move_cursor((row, len(self.document.get_line(row)) if end else 0))

    def action_delete_to_blank(self) -> None:
        """Delete back to the blank before the cursor, as shells do: marks at the end of a word go with it."""
        start, end = sorted(self.selection)
        if start == end:
            before = self.document.get_line(end[0])[: end[1]]
            start = (end[0], len(before) - len(_LAST_WORD.findall(before)[0]))
        self._delete_via_keyboard(start, end)

    def action_undo(self) -> None:
        """The session undoes; see the review screen."""

    action_redo = action_undo

    # Drawing

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; Textual applies its theme first each time, which takes as long as they do."""
        if self._styles:
            return ScrollView.render_lines(self, crop)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw one row: only its own part of a long text is looked at, and drawn anew only where it changed."""
        wrapped = self.wrapped_document
        number = y + self.scroll_offset.y
        empty = self.document.line_count == 1 and not self.document.get_line(0)
        if number >= wrapped.height or (empty and self.placeholder):
            return super().render_line(y)
        row = wrapped.row(number)
        text = self.document.get_line(row.line)[row.start : row.end]
        stretches = (*self._marked(row), *self._selected(row))
        proposal = self._proposal if self._ends_at_cursor(row) else ""
        width = self.scrollable_content_region.width
        drawn = (text, stretches, proposal, width)
        if drawn not in self._line_cache:
            self._line_cache[drawn] = self._draw(text, stretches, proposal, width)
        return self._line_cache[drawn]

    def _draw(self, row: str, stretches: Sequence[Stretch], proposal: str, width: int) -> Strip:
        text = Text(visible(row) + " ", end="", no_wrap=True)
        for start, end, name, partial in stretches:
            text.stylize(self._style(name, partial=partial), start, end)
        if proposal:
            text.append(proposal, self._style("target-editor--proposal", partial=True))
            # The cursor's own cell is behind it otherwise.
            text = Text.assemble(text[: len(row)], text[len(row) + 1 :])
            text.stylize(self._style("text-area--cursor"), len(row), len(row) + 1)
        strip = Strip(text.render(self.app.console), text.cell_len)
        return strip.adjust_cell_length(width).apply_style(self._style(""))

    def notify_style_update(self) -> None:
        """Forget styles, and what was drawn with them, when the theme changes."""
        self._styles.clear()
        self._line_cache.clear()
        super().notify_style_update()

    def _marked(self, row: Row) -> Iterator[Stretch]:
        offset, length = self._offset((row.line, row.start)), row.end - row.start
        for mark in self._marks:
            if mark.start >= offset + length:
                break
            if mark.end > offset:
                start, end = max(0, mark.start - offset), min(length, mark.end - offset)
                yield start, end, f"target-editor--{mark.kind}", True

    def _selected(self, row: Row) -> Iterator[Stretch]:
        top, bottom = sorted(self.selection)
        first = max(row.start, top[1] if row.line == top[0] else row.start)
        last = min(row.end, bottom[1] if row.line == bottom[0] else row.end)
        if top != bottom and top[0] <= row.line <= bottom[0] and first < last:
            yield first - row.start, last - row.start, "text-area--selection", False
        line, column = self.cursor_location
        is_inside = row.start <= column < row.end or self._ends_at_cursor(row)
        if self._draw_cursor and row.line == line and is_inside:
            yield column - row.start, column - row.start + 1, "text-area--cursor", False

    def _ends_at_cursor(self, row: Row) -> bool:
        """Whether the cursor stands behind the last character of a line that ends in this row."""
        is_last = row.end == len(self.document.get_line(row.line))
        return is_last and (row.line, row.end) == self.cursor_location

    def _style(self, name: str, *, partial: bool = False) -> Style:
        """Return the style of a component, or, for no name, of the text; Textual reckons it anew at each line."""
        if name not in self._styles:
            style = self.rich_style if not name else None
            self._styles[name] = style or self.get_component_rich_style(name, partial=partial)
        return self._styles[name]

    def _refresh_size(self) -> None:
        """Take note of the height; the base class lays the whole screen out each time it changes."""
        self.set_reactive(TargetEditor.virtual_size, Size(0, self.wrapped_document.height))
        self.refresh()

    # Textual 8 looks up the wrapped line of a cursor that an undo or a replacement has put past the
    # end of the text, and dies (Textual issue 6686): nothing to do before the cursor is back in it.

    def _recompute_cursor_offset(self) -> None:
        if self._cursor_is_inside():
            super()._recompute_cursor_offset()  # type: ignore[no-untyped-call]

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor, once it stands in the text."""
        if not self._cursor_is_inside():
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)

    def _cursor_is_inside(self) -> bool:
        return bool(self.selection.end[0] < self.document.line_count)

    def _offset(self, location: Location) -> int:
        line, column = location
        lines = self.document.lines
        return sum(len(text) + 1 for text in lines[:line]) + column

    def _location(self, offset: int) -> Location:
        for number, line in enumerate(self.document.lines):
            if offset <= len(line):
                return number, offset
            offset -= len(line) + 1
        return self.document.end

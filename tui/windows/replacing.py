"""Search and replace: what, by what, and every place where it would be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.review.replacing import Place, Texts, places_of
from tui.clock import Clock, Delay
from tui.figures import figure
from tui.marks import visible
from tui.widgets.line import TextLine
from tui.widgets.panes import ADDED, REMOVED
from tui.windows.dialogs import Window

_LEAST = 10
"""Characters of a text that are shown before a place however long it is; behind it as many as there is room for."""
_EDGES = 3
"""Columns of a line that no text stands in."""
_PAUSE = 0.08
"""Seconds without a key before places are looked for: in many units that takes longer than a key may."""
_MOST = 500
"""Places that the list shows; the others are replaced with them, and counted."""


class ReplaceScreen(Window):
    """Asks what to replace, shows every place, and gives those that were chosen."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("f2,ctrl+j", "accept", show=False, priority=True),
        # Before the line sees them: what is typed at once behind them belongs into the next line.
        Binding("tab,enter", "go_on(True)", show=False, priority=True),
        Binding("shift+tab", "go_on(False)", show=False, priority=True),
    ]

    def __init__(self, texts: Callable[[], Texts], value: str, clock: Clock) -> None:
        super().__init__()
        self._looking = Delay(clock, self, self._look)
        self._is_stale = False
        """Whether the places are those of what stood in the lines before."""
        self._texts_now = texts
        self._texts: Texts = {}
        self._value = value
        self._places: Sequence[Place] = ()
        self._left_out: set[int] = set()

    def compose(self) -> ComposeResult:
        """Lay out both lines and the places."""
        with Vertical(classes="window large"):
            yield Static(_("Search and replace"), classes="title", markup=False)
            yield TextLine(
                self._value, placeholder=_("words, or re:pattern"), id="old", compact=True
            )
            yield TextLine(placeholder=_("replacement"), id="new", compact=True)
            yield Static("", id="count", markup=False)
            yield OptionList(id="places", classes="body")
            hint = _(
                "Tab goes on   Space: not this one   a: all or none   F2 replaces   Esc closes"
            )
            yield Static(hint, classes="dim", markup=False)

    def on_mount(self) -> None:
        """Look for what is already in the line."""
        self._look()

    def on_resize(self) -> None:
        """Cut the lines anew, once their room is known."""
        self.call_after_refresh(self._cut_anew)

    def _cut_anew(self) -> None:
        self._show(self.query_one(OptionList).highlighted)

    @on(Input.Changed)
    def _changed(self) -> None:
        self._is_stale = True
        self._looking.start(_PAUSE)

    def action_go_on(self, forwards: bool) -> None:
        """Go to the next line, or back."""
        self._catch_up()  # what is chosen in the list must be of these lines
        if forwards:
            self.focus_next()
        else:
            self.focus_previous()

    def key_space(self) -> None:
        """Leave a place out, or take it in again."""
        row = self.query_one(OptionList).highlighted
        if self.query_one(OptionList).has_focus and row is not None:
            self._left_out ^= {row}
            self._show(row)

    def key_a(self) -> None:
        """Leave all places out, or take all in again."""
        if self.query_one(OptionList).has_focus:
            everything = set(range(len(self._places)))
            self._left_out = set() if self._left_out else everything
            self._show(self.query_one(OptionList).highlighted)

    def action_accept(self) -> None:
        """Give the places that are chosen."""
        self._catch_up()
        chosen = [
            place for number, place in enumerate(self._places) if number not in self._left_out
        ]
        self.dismiss((self._texts, tuple(chosen)))

    def _catch_up(self) -> None:
        if self._is_stale:
            self._look()

    def _look(self) -> None:
        self._looking.stop()
        self._is_stale = False
        self._texts = self._texts_now()  # others may have changed something meanwhile
        old, new = (self.query_one(name, Input).value for name in ("#old", "#new"))
        self._left_out.clear()
        try:
            self._places = places_of(self._texts, old, new)
        except ValueError as error:
            self._places = ()
            self._show(None)
            self.query_one("#count", Static).update(str(error))
        else:
            self._show(0)

    def _show(self, highlighted: int | None) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        shown = self._places[:_MOST]
        options.add_options(
            Option(self._line(number, place)) for number, place in enumerate(shown)
        )
        options.highlighted = highlighted if shown else None
        number = len(self._places) - len(self._left_out)
        message = ngettext("{number} place in {units}", "{number} places in {units}", number)
        units = len({place.row for place in self._places})
        among = ngettext("{number} unit", "{number} units", units).format(number=figure(units))
        self.query_one("#count", Static).update(
            message.format(number=figure(number), units=among)
        )

    def _line(self, number: int, place: Place) -> Content:
        """Return a place on one line: what it stands in, as far as there is room, and the words below each other."""
        text = self._texts[place.row][place.form]
        sign = " " if number in self._left_out else "x"
        head = f"[{sign}] {place.row + 1:>{len(str(max(self._texts, default=0) + 1))}} "
        room = max(_LEAST, self.query_one(OptionList).size.width - _EDGES - len(head))
        old, new = _flat(text[place.start : place.end]), _flat(place.new)
        ahead = max(_LEAST, (room - cell_len(old) - cell_len(new)) // 2 - 1)
        before = set_cell_size(_flat(text[: place.start])[-ahead:].rjust(ahead), ahead)
        line = Content.assemble(
            (head, "bold"),
            before,
            (f"[{old}]", REMOVED),  # not every terminal has a line through letters
            (new, ADDED),
            _flat(text[place.end :][:room]),
        )
        return line.truncate(len(head) + room, ellipsis=True)


def _flat(text: str) -> str:
    return visible(text.replace("\n", "⏎"))

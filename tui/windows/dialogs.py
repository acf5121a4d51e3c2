"""Small windows: a question, a line to type, a note, a special character, a list of finds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from l10n.errors import L10nError
from l10n.interface import gettext as _
from tui.clock import Clock
from tui.marks import compose as composed
from tui.widgets.line import TextLine

SPECIAL: Mapping[str, str] = {
    "?": "¿", "!": "¡", "n": "ñ", "N": "Ñ", "a": "á", "e": "é", "i": "í", "o": "ó", "u": "ú", "w": "ü",
    "A": "Á", "E": "É", "I": "Í", "O": "Ó", "U": "Ú", "W": "Ü", "<": "«", ">": "»", "-": "—", "_": "–",
    ".": "…", "$": "€", "*": "·", "1": "ª", "0": "º", "'": "’", "`": "‘", '"': "“", "2": "”", " ": "\u00a0",
}  # fmt: skip
"""What a key stands for behind the leader key."""


_DEAF = 0.4
"""Seconds without a letter after which the next one is an answer: nobody reads a question faster."""
_PAUSE = 0.12
"""Seconds without a key before something is looked for."""


class Window(ModalScreen[object]):
    """A window over the screen that Escape closes."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("escape", "close", show=False)
    ]

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


def reading_layout(title: str, text: Content) -> ComposeResult:
    """Lay out a window that only shows a text, however long it is."""
    with Vertical(classes="window large"):
        yield Static(title, classes="title", markup=False)
        with VerticalScroll(classes="body"):
            yield Static(text, markup=False)
        yield Static(_("Esc closes"), classes="dim", markup=False)


class Choice(NamedTuple):
    """One of the answers to a question."""

    key: str
    label: str
    name: str
    """What the question gives when it is chosen."""


class Question(Window):
    """Asks to choose by a key; gives the choice's name, None for Escape.

    With a clock it is deaf to letters until nobody has typed one for a moment: who writes on, in a pane in which
    letters are commands, answers nothing by that.
    """

    def __init__(
        self,
        title: str,
        text: str,
        choices: Sequence[Choice],
        *,
        more: str = "",
        clock: Clock | None = None,
    ) -> None:
        super().__init__()
        self._clock = clock
        self._deaf_until = 0.0
        self._title = title
        self._text = text
        self._choices = choices
        self._more = more

    def compose(self) -> ComposeResult:
        """Lay out question and choices."""
        with Vertical(classes="window"):
            yield Static(self._title, classes="title", markup=False)
            with VerticalScroll(classes="body", can_focus=False):
                yield Static(self._text, markup=False)
                if self._more:
                    yield Static(self._more, classes="dim", markup=False)
            for choice in self._choices:
                yield Static(
                    Content.assemble((f" {choice.key} ", "bold $l10n-key"), choice.label),
                    classes="choice",
                    name=choice.name,
                )

    def on_mount(self) -> None:
        """Be deaf at first."""
        self._go_deaf()

    def _go_deaf(self) -> None:
        if self._clock is not None:
            self._deaf_until = self._clock.now() + _DEAF

    def on_key(self, event: events.Key) -> None:
        """Answer with the choice whose key was pressed."""
        if event.is_printable and self._clock and self._clock.now() < self._deaf_until:
            self._go_deaf()
            event.stop()
            return
        pressed = "Enter" if event.key == "enter" else (event.character or "")
        for choice in self._choices:
            if pressed and pressed.lower() == choice.key.lower():
                event.stop()
                self.dismiss(choice.name)
                return

    def on_click(self, event: events.Click) -> None:
        """Answer with the choice that was clicked."""
        if event.widget is not None and event.widget.has_class("choice"):
            self.dismiss(event.widget.name)


class Line(Window):
    """Asks for one line; gives the text, None for Escape."""

    def __init__(self, title: str, *, value: str = "", placeholder: str = "") -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        with Vertical(classes="window"):
            yield Static(self._title, classes="title", markup=False)
            yield TextLine(self._value, placeholder=self._placeholder)
            yield Static(_("Enter accepts, Esc closes"), classes="dim")

    @on(Input.Submitted)
    def _accept(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


class Note(Window):
    """Asks for a few lines; gives the text, None for Escape."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("f2,ctrl+s,ctrl+j", "accept", show=False, priority=True)
    ]

    def __init__(self, title: str, value: str) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._given_up = value
        """The text that Escape was pressed at."""

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        with Vertical(classes="window"):
            yield Static(self._title, classes="title", markup=False)
            area = TextArea(self._value, classes="note")
            area.cursor_blink = False
            yield area
            hint = _(
                "F2 accepts, Esc closes. A note that begins with ? asks the next reviewer."
            )
            yield Static(hint, id="hint", classes="dim", markup=False)

    def on_mount(self) -> None:
        """Write on at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def action_accept(self) -> None:
        """Accept what is written."""
        self.dismiss(composed(self.query_one(TextArea).text))

    def action_close(self) -> None:
        """Close without an answer; what was written goes at a second Escape only."""
        text = self.query_one(TextArea).text
        if text in {self._value, self._given_up}:
            super().action_close()
            return
        self._given_up = text
        self.query_one("#hint", Static).update(
            _("F2 keeps the note, Esc once more throws it away.")
        )


class SpecialCharacter(Window):
    """Shows what one more key types; gives the character."""

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        cells = [
            Content.assemble((f"{'␣' if key == ' ' else key} ", "bold $l10n-key"), _sign(sign))
            for key, sign in SPECIAL.items()
        ]
        rows = [cells[start : start + 6] for start in range(0, len(cells), 6)]
        table = Content("\n").join(Content("   ").join(row) for row in rows)
        with Vertical(classes="window small"):
            yield Static(_("Special character"), classes="title")
            yield Static(table)

    def on_key(self, event: events.Key) -> None:
        """Give the character that the key stands for."""
        sign = SPECIAL.get(event.character or "")
        if sign is not None:
            event.stop()
            self.dismiss(sign)
        elif event.key != "escape":  # one more key was promised: any other ends it
            event.stop()
            self.dismiss(None)


class Finds(Window):
    """A line to type and what is found for it, as one types."""

    def __init__(
        self,
        title: str,
        find: Callable[[str], Awaitable[Sequence[Content]]],
        *,
        value: str = "",
        hint: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._find = find
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        """Lay out line and finds."""
        with Vertical(classes="window large finds"):
            yield Static(self._title, classes="title", markup=False)
            yield TextLine(self._value)
            with VerticalScroll(classes="body"):
                yield Static("", id="finds", markup=False)
            yield Static(self._hint or _("Esc closes"), classes="dim", markup=False)

    def on_mount(self) -> None:
        """Look for what is already in the line; for nothing, the first of everything is shown."""
        self._look(self._value)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._look(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)

    @work(exclusive=True, exit_on_error=False)
    async def _look(self, text: str) -> None:
        await asyncio.sleep(_PAUSE)
        pane = self.query_one("#finds", Static)
        try:
            finds = await self._find(text)
        except L10nError as error:
            pane.update(Content(str(error)))
            return
        pane.update(Content("\n").join(finds) if finds else Content(_("Nothing is found.")))


def _sign(sign: str) -> str:
    return "␣" if sign == "\u00a0" else sign

"""A line to type in."""

from __future__ import annotations

from textual.widgets import Input


class TextLine(Input):
    """A line whose cursor stands still: each blink would be sent over the line."""

    def on_mount(self) -> None:
        """Switch blinking off; Textual has no other place to say so."""
        self.cursor_blink = False

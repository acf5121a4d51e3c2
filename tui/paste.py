"""Pasted text as text: nothing inside a bracketed paste is a key, whatever it looks like."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator

from textual import _xterm_parser as xterm
from textual import events
from textual.message import Message

_START, _END = xterm.BRACKETED_PASTE_START, xterm.BRACKETED_PASTE_END
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()][0-B])?")
"""What a program writes to a terminal beside text, colours for example; ECMA-48, section 5.4."""

_ALT = re.compile(r"\x1b([a-z\x7f])")
_WORD_KEYS = {"b": "ctrl+left", "f": "ctrl+right", "\x7f": "alt+backspace"}
"""Terminals that send the first two for Ctrl and an arrow, says Textual: words are gone over by either. The last it takes for Ctrl+W, which takes more away."""


class PasteParser(xterm.XTermParser):
    """Reads keys as Textual does, and pastes as a whole.

    Textual 8 looks for keys behind every escape character of a paste as well: it loses what it
    finds there, and where it finds none it types the letters, which may be commands.
    """

    def __init__(self, debug: bool = False) -> None:
        self._pasted: str | None = None
        """What came of a paste so far; None outside of one."""
        self._tail = ""
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events of what the terminal sent; nothing sent is the end of everything."""
        return self._read(data) if data else super().feed(data)

    def _read(self, data: str) -> Iterator[Message]:
        while data:
            if self._pasted is None:
                recent = self._tail + data
                place = recent.find(_START)
                if place < 0:
                    # The terminal may break the sequence that begins a paste in two.
                    self._tail = recent[1 - len(_START) :]
                    yield from self._keys(data)
                    return
                begin = place + len(_START) - len(self._tail)
                yield from self._keys(data[:begin])
                self._pasted, self._tail, data = "", "", data[begin:]
            else:
                text, end, data = (self._pasted + data).partition(_END)
                self._pasted = text
                if end:
                    self._pasted = None
                    yield from super().feed(_SEQUENCE.sub("", text) + end)

    def _keys(self, data: str) -> Iterator[Message]:
        """Yield keys; Textual takes Alt and a letter apart where the next key comes in the same breath."""
        start = 0
        for match in _ALT.finditer(data):
            if match.start() > start:  # nothing at all would be the end of everything
                yield from super().feed(data[start : match.start()])
            yield events.Key(_WORD_KEYS.get(match[1], f"alt+{match[1]}"), None)
            start = match.end()
        if start < len(data):
            yield from super().feed(data[start:])


def guard_pastes() -> None:
    """Have the terminal read by our parser: Textual has no other place to say so."""
    if sys.platform != "win32":
        from textual.drivers import linux_driver  # noqa: PLC0415 - not everywhere

        linux_driver.XTermParser = PasteParser  # type: ignore[attr-defined]

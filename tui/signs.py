"""Signs, borders and bars in ASCII, for terminals and fonts that have no others."""

from __future__ import annotations

import locale
import sys
from collections.abc import Mapping

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_PLAIN: Mapping[int, str] = str.maketrans(
    {
        "○": "o", "✓": "v", "✗": "x", "▸": ">", "✎": "#", "≈": "=", "Δ": "^", "→": ">", "←": "<",
        "↑": "^", "↓": "v", "↔": "|", "⏎": "|", "↵": "|", "¶": "|", "⇥": ">", "␣": "_", "·": ".",
        "‧": "-", "─": "-", "━": "=", "│": "|", "┃": "|", "█": "#", "▓": "=", "▒": "-",
        **dict.fromkeys("┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋", "+"),
        **dict.fromkeys("▁▂▃▄▅▆▇▔▕▎▏▊▌▍", " "),
    }
)  # fmt: skip
"""What stands for our own signs; punctuation of articles, such as « or —, is not ours to change."""


def wants_ascii(settings: Mapping[str, object]) -> bool:
    """Whether signs have to be ASCII: the person says so, or the terminal's encoding has no others."""
    signs = settings.get("signs")
    if signs in {"ascii", "unicode"}:
        return signs == "ascii"
    return "utf" not in _encoding().lower()


class PlainSigns(LineFilter):
    """Puts ASCII in the place of our signs, and question marks where the terminal cannot show a letter."""

    def __init__(self) -> None:
        super().__init__()
        self._encoding = _encoding()

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments of one line as they are to be drawn."""
        del background
        return [
            segment
            if segment.text.isascii()
            else segment._replace(text=self.plain(segment.text))
            for segment in segments
        ]

    def plain(self, text: str) -> str:
        """Return a text as wide as it was, in characters that the terminal has."""
        text = text.translate(_PLAIN)
        try:
            text.encode(self._encoding)
        except UnicodeEncodeError:
            return "".join(map(self._letter, text))
        return text

    def _letter(self, character: str) -> str:
        if character.encode(self._encoding, "ignore"):
            return character
        return "?" * cell_len(character)


def _encoding() -> str:
    """Return the encoding of the stream that the screen is written to."""
    return getattr(sys.__stderr__, "encoding", None) or locale.getencoding()

"""Text of others as text: nothing in it that a terminal, a CI service or a reader's eye would obey."""

from __future__ import annotations

import json
import re

_CONTROLS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but for tab and line feed, delete, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of what follows: a name reads as another
    "\u2028\u2029"  # line ends for some readers
    "\ufff9-\ufffb\U000e0000-\U000e007f"  # annotations and tags, which no screen shows
    "\ud800-\udfff"  # half characters, which no stream can write
)
_CONTROL = re.compile(f"[{_CONTROLS}]")
_COMMAND = re.compile(r"^([ \t]*):(?=:)|##(?=\[)", re.MULTILINE)
"""What GitHub Actions takes for a command, on either stream: `::name` that begins a line, `##[name]` anywhere."""

_OWN_SPACE = re.compile(r"(?<=\d)⍽(?=%)")
_SHOWN = str.maketrans({"\n": "⏎", "\t": "⇥", "\u00a0": "⍽", "\u202f": "⍽"})


def masked(text: str) -> str:
    """Return a text with its lines and tabs, and `�` for every control character and mark of direction."""
    return text if text.isprintable() else _CONTROL.sub("\ufffd", text)


def in_one_line(text: str) -> str:
    """Return a text on one line, with signs for line ends, tabs and hard spaces, and `�` for all that does not show."""
    shown = text.translate(_SHOWN)
    if shown.isprintable():
        return shown
    return "".join(char if char.isprintable() else "\ufffd" for char in shown)


def message_in_one_line(message: str) -> str:
    """Return a message of ours as `in_one_line` does, but for the hard space of its percentages, which nobody need see."""
    return _OWN_SPACE.sub("\u00a0", in_one_line(message))


def without_commands(text: str) -> str:
    """Return a text in which a CI service that reads the output for commands sees none."""
    return _COMMAND.sub(lambda match: f"{match[0]} ", text) if _COMMAND.search(text) else text


def printable(text: str) -> str:
    """Return lines for people as they are printed: nothing in them that a terminal or a CI service obeys."""
    return without_commands(masked(text))


def dump_json(value: object, *, indent: int | None = 2) -> str:
    """Return JSON in UTF-8 letters, with control characters and marks of direction as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent).replace("##[", "##\\u005b")
    return text if text.isascii() and "\x7f" not in text else _CONTROL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    # `json` itself writes the delete character as it is.
    return "\\u007f" if match[0] == "\x7f" else json.dumps(match[0])[1:-1]

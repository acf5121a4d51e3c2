"""What front matter of every kind is made of: values with their keys and places, and why it cannot be read."""

from __future__ import annotations

import re
from typing import NamedTuple

KeyPath = tuple[str, ...]
"""Keys from the outermost to the innermost; `[]` stands for the items of a list."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""What neither YAML nor TOML takes in a text."""


class Value(NamedTuple):
    """A text of the front matter."""

    path: KeyPath
    text: str
    start: int
    end: int
    style: str
    """How it is written back: `yaml`, `yaml flow`, `toml` or `json`."""

    @property
    def key(self) -> str:
        """The innermost key; that of a list for its items."""
        return next((step for step in reversed(self.path) if step != "[]"), "")


class Trouble(NamedTuple):
    """Why front matter cannot be read."""

    line: int
    """0-based line in the source."""
    reason: str
    language: str
    """`YAML`, `TOML` or `JSON`."""


def on_one_line(text: str) -> str:
    """Return a text without line breaks and control characters."""
    return " ".join(CONTROL.sub("", text).split("\n")).strip(" ")


def in_lines(text: str) -> list[str]:
    """Return the lines of a text without control characters and white space at their ends."""
    return [line.rstrip(" \t") for line in CONTROL.sub("", text).strip(" \n").split("\n")]

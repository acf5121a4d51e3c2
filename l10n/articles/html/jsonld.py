"""Translatable strings of JSON-LD scripts, found and written in place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

KEYS = frozenset(
    {"headline", "alternativeHeadline", "description", "caption", "articleSection", "keywords"}
)
"""Properties of an article that hold text for readers."""

_STEP = re.compile(r'"(?>(?:[^"\\]|\\.)*)"|[{}\[\],:]', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])')
_ENDING_SCRIPT = re.compile(r"<(?=/?script|!--)", re.IGNORECASE)


class JsonString(NamedTuple):
    """A string value in a script."""

    key: str
    value: str
    start: int
    """Offset of the first character inside the quotes."""
    end: int


def strings(source: str, start: int, end: int) -> Iterator[JsonString]:
    """Yield the values of the properties that hold text in `source[start:end]`; broken JSON gives what is whole."""
    # For each open bracket the key that an array is the value of; None for an object.
    around: list[str | None] = []
    key: str | None = None
    pending: tuple[int, int] | None = None
    for match in _STEP.finditer(source, start, end):
        sign = match.group()
        if sign[0] == '"':
            pending = match.span()
            continue
        if sign == ":":
            key = source[pending[0] + 1 : pending[1] - 1] if pending else None
        elif pending is not None and key is not None and key in KEYS:
            yield from _decoded(source, key, pending)
        if sign == "{":
            around.append(None)
            key = None
        elif sign == "[":
            around.append(key)
        elif sign in "}]":
            if around:
                around.pop()
            key = None
        elif sign == ",":
            key = around[-1] if around else None
        pending = None


def write(spelled: str, text: str) -> str:
    """Return text as the inside of a JSON string, escaped as the string it replaces was, safe inside a script."""
    style = {json.loads(f'"{escape}"'): escape for escape in _ESCAPE.findall(spelled)}
    escaping = any(len(escape) > 2 and not char.isascii() for char, escape in style.items())
    upper = any(
        escape[2:] != escape[2:].lower() for escape in style.values() if len(escape) > 2
    )
    written = "".join(_character(char, style, escaping, upper) for char in text)
    return _ENDING_SCRIPT.sub(r"\\u003c", written)


def _decoded(source: str, key: str, span: tuple[int, int]) -> Iterator[JsonString]:
    start, end = span[0] + 1, span[1] - 1
    inside = source[start:end].strip()
    if not inside:
        return
    start = source.index(inside, start)
    try:
        value = json.loads(f'"{inside}"', strict=False)
        value.encode()
    except ValueError:
        return
    yield JsonString(key, value, start, start + len(inside))


def _character(char: str, style: dict[str, str], escaping: bool, upper: bool) -> str:
    # The author's own way first: \\u00e9 stays \u00e9, and a slash is escaped where it was before.
    if char in style:
        return style[char]
    if char in '"\\' or char < " ":
        return json.dumps(char)[1:-1]
    if char.isascii() or not escaping:
        return char
    written = json.dumps(char)[1:-1]
    return (
        re.sub(r"(?<=\\u).{4}", lambda match: match.group().upper(), written)
        if upper
        else written
    )

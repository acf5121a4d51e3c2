"""JSON front matter, which Hugo reads: an object at the beginning of an article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from l10n.articles.html import jsonld
from l10n.articles.markdown.matter import CONTROL, Trouble, Value
from l10n.foreign import ForeignError, foreign_data

_BEGINS = re.compile(r'\{\s*"(?:[^"\\\n]|\\.)*"\s*:')
_STEP = re.compile(r'"(?>(?:[^"\\]|\\.)*)"|[{}\[\],:]', re.DOTALL)
_DECODER = json.JSONDecoder()


def extent(source: str) -> int:
    """Return where the object at the beginning of a source ends; 0 when it has none.

    What looks like one and is broken ends at the first blank line: it is no text for readers, either.
    """
    if _BEGINS.match(source) is None:
        return 0
    try:
        with foreign_data():
            _value, end = _DECODER.raw_decode(source)
    except ForeignError:
        blank = re.compile(r"(?m)^[ \t]*$").search(source)
        return blank.start() if blank else len(source)
    line_end = re.compile(r"[ \t]*(?=\r|\n|\Z)").match(source, end)
    return line_end.end() if line_end else 0


def values(source: str, start: int, end: int) -> Iterator[Value]:
    """Yield every text, in order; raise ValueError with a Trouble for what is no JSON."""
    try:
        with foreign_data(passing=(json.JSONDecodeError,)):
            json.loads(source[start:end])
    except json.JSONDecodeError as error:
        line = source.count("\n", 0, start) + error.lineno - 1
        raise ValueError(Trouble(line, error.msg, "JSON")) from error
    except ForeignError as error:
        raise ValueError(Trouble(0, str(error), "JSON")) from error
    return iter(_values(source, start, end))


def _values(source: str, start: int, end: int) -> Iterator[Value]:
    path: list[str] = []
    """A step for each open bracket: the key that is being read, or `[]`."""
    pending: re.Match[str] | None = None
    for match in _STEP.finditer(source, start, end):
        sign = match[0]
        if sign[0] == '"':
            pending = match
            continue
        if sign == ":" and pending is not None:
            path[-1] = json.loads(pending[0])
        elif pending is not None:
            text = json.loads(pending[0])
            yield Value(tuple(path), text, pending.start() + 1, pending.end() - 1, "json")
        pending = None
        if sign in "{[":
            path.append("[]" if sign == "[" else "")
        elif sign in "}]":
            path.pop()


def write(spelled: str, text: str) -> str:
    """Return a text as the inside of a JSON string, escaped as the one it replaces was."""
    return jsonld.write(spelled, CONTROL.sub("", text).strip())

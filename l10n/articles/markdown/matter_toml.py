"""TOML front matter: texts of tables, lists and strings over several lines, written back in their style."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from l10n.articles.markdown.matter import (
    CONTROL,
    KeyPath,
    Trouble,
    Value,
    in_lines,
    on_one_line,
)
from l10n.articles.words import line_break
from l10n.foreign import ForeignError, load_toml

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\r\n]*)+")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\r\n]|\\.)*"|'[^'\r\n]*'""")
_STRING = re.compile(
    r"\"\"\"(?:[^\"\\]|\\.|\"{1,2}(?!\"))*\"{3,5}|"
    r"'''(?:[^']|'{1,2}(?!'))*'{3,5}|"
    r'"(?:[^"\\\r\n]|\\.)*"|'
    r"'[^'\r\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\]}#]+(?:[ \t]+[^\s,\]}#]+)*")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_LINE = re.compile(r"at line (\d+)")
_DEEPEST = 60
"""How deep lists and tables may lie in one another; more is no metadata."""


def values(source: str, start: int, end: int) -> Iterator[Value]:
    """Yield every text, in order; raise ValueError with a Trouble for what is no TOML."""
    text = source[start:end]
    try:
        load_toml(text.replace("\r\n", "\n").replace("\r", "\n"))
    except ForeignError as error:
        match = _LINE.search(str(error))
        line = source.count("\n", 0, start) + (int(match[1]) - 1 if match else 0)
        reason = _LINE.sub("", str(error)).split(" (")[0]
        raise ValueError(Trouble(line, reason, "TOML")) from error
    return iter(_Scanner(source, start, end).values())


class _Scanner:
    """One walk over TOML that has been read before, so that nothing in it is wrong."""

    def __init__(self, source: str, start: int, end: int) -> None:
        self.source = source
        self.at = start
        self.end = end
        self.texts: list[Value] = []

    def values(self) -> list[Value]:
        table: KeyPath = ()
        while self._skip():
            if self.source.startswith("[", self.at):
                is_list = self.source.startswith("[[", self.at)
                self.at += 1 + is_list
                self._skip()
                table = (*self._key(), *(("[]",) if is_list else ()))
                self._skip()
                self.at += 1 + is_list
            else:
                self._pair(table, 0)
        return self.texts

    def _skip(self) -> bool:
        """Go to the next sign; whether there is one."""
        blank = _BLANK.match(self.source, self.at, self.end)
        if blank is not None:
            self.at = blank.end()
        return self.at < self.end

    def _key(self) -> KeyPath:
        parts: list[str] = []
        while part := _KEY_PART.match(self.source, self.at, self.end):
            parts.append(part[0].strip("\"'"))
            self.at = part.end()
            dot = _DOT.match(self.source, self.at, self.end)
            if dot is None:
                break
            self.at = dot.end()
        return tuple(parts)

    def _pair(self, table: KeyPath, depth: int) -> None:
        path = (*table, *self._key())
        self.at = self.source.index("=", self.at) + 1
        self._skip()
        self._value(path, depth)

    def _value(self, path: KeyPath, depth: int) -> None:
        string = _STRING.match(self.source, self.at, self.end)
        if string is not None:
            self.at = string.end()
            self.texts.append(Value(path, read(string[0]), *string.span(), "toml"))
        elif self.source.startswith(("[", "{"), self.at) and depth < _DEEPEST:
            self._inside(path, depth + 1)
        else:
            bare = _BARE.match(self.source, self.at, self.end)
            self.at = bare.end() if bare else self.end

    def _inside(self, path: KeyPath, depth: int) -> None:
        """Read a list or an inline table."""
        is_list = self.source[self.at] == "["
        self.at += 1
        while self._skip() and self.source[self.at] not in "]}":
            if self.source[self.at] == ",":
                self.at += 1
            elif is_list:
                self._value((*path, "[]"), depth)
            else:
                self._pair(path, depth)
        self.at += 1


def read(spelled: str) -> str:
    """Return the text that a string reads as; empty for what is none."""
    try:
        value = load_toml("k = " + spelled.replace("\r\n", "\n"))["k"]
    except ForeignError:
        return ""
    return value if isinstance(value, str) else ""


def write(spelled: str, text: str) -> str:
    """Return a text as it is written in the place of a string, in its quotes where they can hold it."""
    delimiter = spelled[:3]
    if delimiter in ('"""', "'''"):
        return _lines(spelled, text, delimiter)
    flat = on_one_line(text)
    if spelled[0] == "'" and "'" not in flat:
        return f"'{flat}'"
    has_breaks = spelled[0] == '"' and "\\n" in spelled
    # What stands between the quotes of JSON means the same in TOML.
    return json.dumps(CONTROL.sub("", text).strip() if has_breaks else flat, ensure_ascii=False)


def _lines(spelled: str, text: str, delimiter: str) -> str:
    newline = line_break(spelled)
    inside = spelled[3:-3]
    # A line break right behind the opening quotes is none of the text.
    head = inside[: len(inside) - len(inside.lstrip("\r\n"))]
    tail = inside[len(inside.rstrip()) :]
    written = newline.join(in_lines(text))
    if delimiter == "'''" and "''" not in written and not written.endswith("'"):
        return f"'''{head}{written}{tail}'''"
    escaped = written.replace("\\", "\\\\").replace('""', '"\\"')
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    return f'"""{head}{escaped}{tail}"""'

"""Where the keys and texts of a TOML file stand: a mistake in a project file is told with its line."""

from __future__ import annotations

import codecs
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from l10n.errors import ProjectError
from l10n.files import read_bytes, read_text, write_atomically
from l10n.foreign import ForeignError, foreign_data, load_toml
from l10n.interface import gettext as _

KeyPath = tuple[str | int, ...]
"""Names of tables and of a key, a number behind the name of an array: `("article", 0, "path")`."""

_TOKEN = re.compile(
    r"(?P<comment>\#[^\n]*)|(?P<newline>\n)|(?P<space>[ \t\r]+)"
    r'|(?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<sign>[\[\]{}=,.])|(?P<bare>[^\s\"'#\[\]{}=,.]+)",
    re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


class TomlLines:
    """The lines of a file that `tomllib` could read."""

    def __init__(self, text: str) -> None:
        self.keys: dict[KeyPath, int] = {}
        """Line of every key and table header; of tables that keys with dots imply, the first such key's."""
        self.texts: dict[str, int] = {}
        """Line of every text that is a value, the first time it stands there."""
        # It goes as deep as `tomllib`, and a little deeper for each step: lines are missing then, nothing else.
        with suppress(ForeignError), foreign_data():
            _Scanner(text, self).read_document()

    def of_key(self, path: KeyPath) -> int | None:
        """Return the line of a key, else of one of its name in another table, else of the table around it."""
        if path in self.keys:
            return self.keys[path]
        namesakes = (line for key, line in self.keys.items() if key[-1:] == path[-1:])
        around = (self.keys[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.keys)
        return next(namesakes, None) or next(around, None)

    def of_text(self, text: str) -> int | None:
        """Return the first line that has a text as a value or sets a key of that name."""
        keys = (line for key, line in self.keys.items() if key[-1] == text)
        return min(filter(None, (self.texts.get(text), next(keys, None))), default=None)


def line_of(path: Path, text: str) -> int | None:
    """Return the first line of a TOML file that has a text as a value or sets a key of that name."""
    try:
        lines = TomlLines(read_text(path, "utf-8-sig"))
    except FileNotFoundError:
        # A project that is about to begin.
        return None
    return lines.of_text(text)


def change_text(path: Path, key: KeyPath, text: str) -> bool:
    """Give a key of a TOML file that is a text another one, every other character as it was; False where that fails.

    It fails where the text is not written on the line of its key.
    """
    source = read_text(path, "utf-8-sig")
    number = TomlLines(source).keys.get(key)
    if number is None:
        return False
    expected = load_toml(source)
    table: Any = expected
    for step in key[:-1]:
        table = table[step]
    table[key[-1]] = text
    lines = source.split("\n")
    line = lines[number - 1]
    for match in re.finditer(r"""=[ \t]*("(?:\\.|[^"\\])*"|'[^']*')""", line):
        start, end = match.span(1)
        lines[number - 1] = f"{line[:start]}{_spelled(text, match[1][0])}{line[end:]}"
        changed = "\n".join(lines)
        with suppress(ForeignError):
            if load_toml(changed) == expected:
                write_atomically(path, _as_before(path, changed))
                return True
    return False


def _spelled(text: str, quote: str) -> str:
    """Return a text as TOML has it, in the quotation marks wanted where it can be."""
    if quote == "'" and "'" not in text and text.isprintable():
        return f"'{text}'"
    # TOML's escapes are those of JSON, but for the one of U+007F, which only TOML asks for.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _as_before(path: Path, text: str) -> bytes:
    """Return the bytes of a text with the line ends and the mark at the beginning that a file has."""
    before = read_bytes(path)
    ends = "\r\n" if b"\r\n" in before else "\n"
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + text.replace("\n", ends).encode()


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; ProjectError names the line of a mistake."""
    try:
        text = read_text(path, "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProjectError(_("not UTF-8"), path=path) from error
    except OSError as error:
        raise ProjectError(error.strerror or str(error), path=path) from error
    try:
        table = load_toml(text)
    except ForeignError as error:
        message, at, place = str(error).rpartition(" (at ")
        number = re.search(r"line (\d+)", place) if at else None
        line = int(number[1]) if number else len(text.splitlines())
        if not isinstance(error.__cause__, tomllib.TOMLDecodeError):
            message, line = str(error), 1
        raise ProjectError(message or str(error), path=path, line=line) from error
    nul = _NUL.search(text)
    if nul is not None and _holds_nul(table):
        # No name of a file and no text of a catalog can hold one.
        line = text.count("\n", 0, nul.start()) + 1
        raise ProjectError(_("a text with the character NUL"), path=path, line=line)
    return table


_NUL = re.compile(r"\\(?:u0{4}|U0{8})")


def _holds_nul(value: object) -> bool:
    if isinstance(value, dict):
        return any(_holds_nul(part) for item in value.items() for part in item)
    if isinstance(value, list):
        return any(map(_holds_nul, value))
    return isinstance(value, str) and "\0" in value


class _Scanner:
    """Reads a document that is known to be right, so that it need not look for mistakes."""

    def __init__(self, text: str, lines: TomlLines) -> None:
        self.lines = lines
        self.tokens = _tokens(text)
        self.token = next(self.tokens)
        self.arrays: dict[KeyPath, int] = {}
        """Number of the latest table of every array of tables."""

    def advance(self) -> _Token:
        token, self.token = self.token, next(self.tokens, _END)
        return token

    def read_document(self) -> None:
        table: KeyPath = ()
        while self.token is not _END:
            if self.token.kind == "newline":
                self.advance()
            elif self.token.text == "[":
                table = self.read_header()
            else:
                self.read_pair(table)

    def read_header(self) -> KeyPath:
        self.advance()
        is_array = self.token.text == "["
        if is_array:
            self.advance()
        line = self.token.line
        names = self.read_key()
        path: KeyPath = ()
        for place, name in enumerate(names):
            path = (*path, name)
            if is_array and place == len(names) - 1:
                self.arrays[path] = self.arrays.get(path, -1) + 1
            self.lines.keys.setdefault(path, line)
            if path in self.arrays:
                # `[article.out]` belongs to the latest `[[article]]`.
                path = (*path, self.arrays[path])
                self.lines.keys.setdefault(path, line)
        while self.token.text == "]":
            self.advance()
        return path

    def read_pair(self, table: KeyPath) -> None:
        line = self.token.line
        path = table
        for name in self.read_key():
            path = (*path, name)
            self.lines.keys.setdefault(path, line)
        self.advance()  # the equals sign
        self.read_value(path)

    def read_key(self) -> list[str]:
        names = []
        while self.token.kind in {"bare", "string"} or self.token.text == ".":
            token = self.advance()
            if token.text != ".":
                names.append(_decoded(token))
        return names

    def read_value(self, path: KeyPath) -> None:
        token = self.advance()
        if token.kind == "string":
            self.lines.texts.setdefault(_decoded(token), token.line)
        elif token.text == "[":
            self.read_array(path)
        elif token.text == "{":
            while self.token.text != "}":
                if self.token.text == "," or self.token.kind == "newline":
                    self.advance()
                else:
                    self.read_pair(path)
            self.advance()
        else:
            # A number, a date, a truth: `1.5` is three tokens, a date with a space two.
            while self.token.kind == "bare" or self.token.text == ".":
                self.advance()

    def read_array(self, path: KeyPath) -> None:
        number = 0
        while self.token.text != "]":
            if self.token.text == "," or self.token.kind == "newline":
                self.advance()
                continue
            self.lines.keys.setdefault((*path, number), self.token.line)
            self.read_value((*path, number))
            number += 1
        self.advance()


_END = _Token("end", "", 0)


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind not in {"comment", "space"}:
            yield _Token(kind, match[0], line)
        line += match[0].count("\n")
    yield _END


def _decoded(token: _Token) -> str:
    if token.kind == "bare":
        return token.text
    if token.text[0] == "'" and not token.text.startswith("'''"):
        return token.text[1:-1]
    value: str = tomllib.loads(f"text = {token.text}")["text"]
    return value

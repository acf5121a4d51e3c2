"""JSX in Markdown: where a tag, an expression or a module's statement ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple

_TAG_BEGIN = re.compile(r"<(/?)([A-Za-z_$][\w.:$-]*)?(?=[\s/>{])")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE = re.compile(
    r"""([^\s=>/"'{}<`]+)(?:\s*=\s*("[^"]*+"|'[^']*+'|(?=\{)|[^\s>"'{}=<`]+))?"""
)
_STRING = re.compile(
    r""""(?>(?:\\.|[^"\\\n])*)"|'(?>(?:\\.|[^'\\\n])*)'|`(?>(?:\\.|[^`\\])*)`"""
)
_COMMENT = re.compile(r"/\*(?>(?:[^*]|\*(?!/))*)\*/|(?:(?<=[\s;{}(),])|^)//[^\n]*+")
_OPEN, _CLOSED = "{[(", "}])"
STATEMENT = re.compile(
    r"import\s+(?:type\s+)?(?:[\w$*{][\w\s$*{},]*?\sfrom\s*)?[\"'][^\"'\n]+[\"'](?:\s+with\s+\{[^}\n]*\})?;?[ \t]*(?://.*)?"
    r"|export\s+(?:(?:const|let|var)\s+[\w${\[]|default\s|(?:async\s+)?function\b|class\s|\{|\*)[^\n]*"
    r"|import\s+(?:type\s+)?(?:[\w$]+\s*,\s*)?\{[^}\n]*"
)
"""The line that begins an `import … from` or an `export` of a module: no sentence of any language does."""


class Tag(NamedTuple):
    """A tag of JSX."""

    name: str
    """Empty for `<>`."""
    is_end: bool
    is_void: bool
    """Whether it ends itself: `<br />`."""
    end: int
    """Offset behind it."""
    attributes: tuple[Attribute, ...]
    has_code: bool
    """Whether it has what no HTML has: an expression, a name with a point."""


class Attribute(NamedTuple):
    """An attribute whose value is a text in quotes."""

    name: str
    start: int
    """Offset of the value inside its quotes."""
    end: int


Braces = Mapping[int, int]
"""Offset behind the closing brace, by that of the opening one."""


def braces(text: str) -> Braces:
    """Return where each expression in braces ends, those of their strings and comments and of Markdown's code aside."""
    ends: dict[int, int] = {}
    runs = _code_runs(text)
    opened: list[int] = []
    position, length = 0, len(text)
    last_comment = text.rfind("*/")
    for match in _SIGNS.finditer(text):
        start = match.start()
        if start < position:
            continue
        position = start + 1
        character = text[start]
        if character == "`" and not opened:
            position = _code_end(text, start, runs)
        elif character == "\\":
            position += not opened
        elif character == "{":
            opened.append(start)
        elif character == "}":
            if opened:
                ends[opened.pop()] = position
        elif opened and (
            character != "/" or start < last_comment or text[start + 1 : start + 2] == "/"
        ):
            inner = (_COMMENT if character == "/" else _STRING).match(text, start, length)
            if inner is not None:
                position = inner.end()
    return ends


def _code_runs(text: str) -> Mapping[str, list[int]]:
    """Return where each run of backticks stands, in order; found once, for a text may have hundreds of lengths."""
    runs: dict[str, list[int]] = {}
    for match in _RUN.finditer(text):
        runs.setdefault(match[0], []).append(match.start())
    return runs


def _code_end(text: str, start: int, runs: Mapping[str, list[int]]) -> int:
    """Return the offset behind the code that a run of backticks begins, behind the run where nothing ends it."""
    match = _RUN.match(text, start)
    run = match[0] if match else "`"
    behind = start + len(run)
    places = runs.get(run, [])
    number = bisect_left(places, behind)
    if number == len(places):
        return behind
    # A fence goes on behind blank lines, code in a sentence does not.
    is_code = len(run) >= _FENCE or text.find("\n\n", behind, places[number]) < 0
    return places[number] + len(run) if is_code else behind


_RUN = re.compile("`+")
_FENCE = 3
"""Backticks from which they may be a fence."""
_SIGNS = re.compile(r"[{}\"'`/\\]")


def tag_at(text: str, start: int, ends: Braces) -> Tag | None:
    """Return the tag of JSX that begins at an offset; None when there is none, or when it does not end."""
    match = _TAG_BEGIN.match(text, start)
    if match is None:
        return None
    name = match[2] or ""
    attributes: list[Attribute] = []
    has_code = not name or "." in name
    position = match.end()
    while True:
        position = _space_end(text, position)
        if text.startswith(">", position):
            return Tag(name, bool(match[1]), False, position + 1, tuple(attributes), has_code)
        if text.startswith("/>", position):
            return Tag(name, False, True, position + 2, tuple(attributes), has_code)
        if text.startswith("{", position):
            if position not in ends:
                return None
            position, has_code = ends[position], True
            continue
        attribute = _ATTRIBUTE.match(text, position) if name and not match[1] else None
        if attribute is None:
            return None
        position = attribute.end()
        value = attribute[2] or ""
        if value[:1] in ("'", '"') and value:
            attributes.append(Attribute(attribute[1], attribute.start(2) + 1, position - 1))


def _space_end(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def statement_end(lines: list[str]) -> int:
    """Return how many of the lines the statement that begins the first one has: up to a blank one outside of brackets."""
    depth = 0
    first_blank = len(lines)
    for number, line in enumerate(lines):
        if not line.strip():
            if depth <= 0:
                return number
            first_blank = min(first_blank, number)
        bare = _STRING.sub("", _COMMENT.sub("", line))
        depth += sum(map(bare.count, _OPEN)) - sum(map(bare.count, _CLOSED))
    return len(lines) if depth <= 0 else first_blank

"""Metadata at the head of a Markdown article: YAML or TOML values found and written in place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from l10n.articles.words import collapse, has_words
from l10n.foreign import ForeignError, foreign_data

KEYS = frozenset(
    {
        "title",
        "subtitle",
        "description",
        "summary",
        "excerpt",
        "abstract",
        "lead",
        "image_alt",
        "alt",
        "caption",
        "linktitle",
        "sidebar_label",
        "nav_title",
    }
)
"""Keys, in lower case and at any depth, whose values are text for readers."""


class Value(NamedTuple):
    """A text of the front matter."""

    key: str
    text: str
    start: int
    end: int
    style: str
    """`yaml` or `toml`."""


class Trouble(NamedTuple):
    """Why front matter cannot be read."""

    line: int
    """0-based line in the source."""
    reason: str


_YAML = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(.*?)(?:^|(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?=\r|\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_TOML = re.compile(
    r"\+\+\+[ \t]*(?:\r\n?|\n)(.*?)^\+\+\+[ \t]*(?=\r|\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML_LINE = re.compile(
    r'^[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*("(?>(?:[^"\\\r\n]|\\.)*)"|\'[^\'\r\n]*\')[ \t]*(?:#.*)?$',
    re.MULTILINE,
)
_KEY_LINE = re.compile(
    r"""\s*(?:\#.*\s*)*(?:[A-Za-z_][\w-]*|"[^"\n]*"|'[^'\n]*')[ \t]*:(?:\s|$)"""
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""What neither YAML nor TOML takes in a text."""


def extent(source: str) -> int:
    """Return where the front matter of a source ends; 0 when it has none."""
    match = _YAML.match(source) or _TOML.match(source)
    if match is None:
        return 0
    if source.startswith("+"):
        return match.end()
    # Text between two rules is an article like any other; only keys make it YAML.
    return match.end() if not match[1].strip() or _KEY_LINE.match(match[1]) else 0


def body_start(source: str) -> int:
    """Return where the body of a source begins: after its byte order mark and its front matter."""
    begin = len(source) - len(source.removeprefix("\ufeff"))
    return begin + extent(source[begin:])


def values(source: str, end: int) -> Iterator[Value]:
    """Yield the texts of the front matter `source[:end]`; raise ValueError with a Trouble when it is no YAML."""
    begin = len(source) - len(source.removeprefix("\ufeff"))
    if source.startswith("+", begin):
        yield from _toml_values(source, end)
        return
    match = _YAML.match(source, begin, end)
    if match is None:
        return
    start, text = match.start(1), match[1]
    try:
        with foreign_data(passing=(yaml.MarkedYAMLError,)):
            root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = source.count("\n", 0, start) + (mark.line if mark else 0)
        raise ValueError(Trouble(line, error.problem or "")) from error
    except ForeignError as error:
        raise ValueError(Trouble(0, str(error))) from error
    if root is not None:
        yield from _yaml_values(root, start)


def write(spelled: str, text: str, style: str) -> str:
    """Return a text as it is written in the place of a value, quoted as that was, or as it must be."""
    text = _CONTROL.sub("", collapse(text)).strip(" ")
    first = "" if style == "toml" else spelled[:1]
    if first == "'":
        return "'" + text.replace("'", "''") + "'"
    if style == "yaml" and first not in ('"', "|", ">") and _is_plain(text):
        return text
    # What stands between the quotes of JSON means the same in YAML and TOML. A block ends with its line.
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted + "\n" if first in ("|", ">") else quoted


def _yaml_values(root: yaml.Node, offset: int) -> Iterator[Value]:
    """Yield the texts at any depth, in order."""
    waiting = [root]
    visited: set[int] = set()
    values: list[Value] = []
    while waiting:
        node = waiting.pop()
        # An alias is the same node again: followed each time, a few lines of them make billions.
        if id(node) in visited:
            continue
        visited.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        if not isinstance(node, yaml.MappingNode):
            continue
        for key, child in node.value:
            if not isinstance(child, yaml.ScalarNode):
                waiting.append(child)
            elif isinstance(key.value, str) and key.value.lower() in KEYS and _is_text(child):
                start, end = child.start_mark.index, child.end_mark.index
                values.append(
                    Value(key.value, child.value, offset + start, offset + end, "yaml")
                )
    yield from sorted(values, key=lambda value: value.start)


def _is_text(node: yaml.ScalarNode) -> bool:
    """Whether a value is a text with words; dates, numbers and yes or no are none."""
    if node.tag != "tag:yaml.org,2002:str" or not has_words(node.value):
        return False
    try:
        node.value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _toml_values(source: str, end: int) -> Iterator[Value]:
    for match in _TOML_LINE.finditer(source, 0, end):
        if match[1].lower() not in KEYS:
            continue
        try:
            text = match[2][1:-1] if match[2][0] == "'" else json.loads(match[2])
        except ValueError:
            continue
        if has_words(text):
            yield Value(match[1], text, match.start(2), match.end(2), "toml")


def _is_plain(text: str) -> bool:
    """Whether YAML reads the unquoted text as itself."""
    try:
        with foreign_data():
            return bool(text) and yaml.safe_load(f"k: {text}\n") == {"k": text}
    except ForeignError:
        return False

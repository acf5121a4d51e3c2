"""YAML front matter: texts at any depth, written back in the style of their author."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from l10n.articles.markdown.matter import KeyPath, Trouble, Value, in_lines, on_one_line
from l10n.articles.words import line_break
from l10n.foreign import ForeignError, foreign_data

_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)+")
"""An anchor or a tag before a value."""
_BLOCK = re.compile(r"([|>])([-+0-9]{0,2})([^\r\n]*)(\r\n?|\n)")
_NEWLINE = re.compile(r"\r\n?|\n")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")


def values(source: str, start: int, end: int) -> Iterator[Value]:
    """Yield the texts at any depth, in order; raise ValueError with a Trouble for what is no YAML."""
    text = source[start:end]
    try:
        with foreign_data(passing=(yaml.MarkedYAMLError,)):
            root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = source.count("\n", 0, start) + (mark.line if mark else 0)
        raise ValueError(Trouble(line, error.problem or "", "YAML")) from error
    except ForeignError as error:
        raise ValueError(Trouble(0, str(error), "YAML")) from error
    if root is None:
        return
    texts: list[Value] = []
    waiting: list[tuple[yaml.Node, KeyPath, bool]] = [(root, (), False)]
    visited: set[int] = set()
    while waiting:
        node, path, in_flow = waiting.pop()
        # An alias is the same node again, and may be text by one of its keys only.
        if isinstance(node, yaml.ScalarNode):
            if _is_text(node):
                place = start + node.start_mark.index, start + node.end_mark.index
                style = "yaml flow" if in_flow else "yaml"
                texts.append(Value(path, node.value, *place, style))
            continue
        # Followed each time, a few lines of aliases of lists make billions.
        if not isinstance(node, yaml.CollectionNode) or id(node) in visited:
            continue
        visited.add(id(node))
        in_flow = in_flow or bool(node.flow_style)
        if isinstance(node, yaml.SequenceNode):
            waiting += [(child, (*path, "[]"), in_flow) for child in node.value]
        else:
            waiting += [
                (child, (*path, key.value), in_flow)
                for key, child in node.value
                if isinstance(key.value, str)
            ]
    yield from sorted(texts, key=lambda value: value.start)


def _is_text(node: yaml.ScalarNode) -> bool:
    """Whether a value is a text; dates, numbers and yes or no are none."""
    if node.tag != "tag:yaml.org,2002:str":
        return False
    try:
        node.value.encode()
    except UnicodeEncodeError:
        return False
    return True


def write(spelled: str, text: str, *, in_flow: bool) -> str:
    """Return a text as it is written in the place of a value, quoted as that was, or as it must be."""
    properties = _PROPERTIES.match(spelled)
    if properties is not None:
        end = properties.end()
        return spelled[:end] + write(spelled[end:], text, in_flow=in_flow)
    block = _BLOCK.match(spelled)
    if block is not None:
        return _block(spelled, text, block)
    # Only where its author spelled a break, or left a line blank, does one mean something in a value.
    has_breaks = spelled[:1] == '"' and "\\n" in spelled
    if has_breaks or _BLANK_LINE.search(spelled):
        flat = "\n".join(in_lines(text))
    else:
        flat = on_one_line(text)
    if "\n" in flat:
        return _paragraphs_in_quotes(spelled, flat, has_breaks=has_breaks)
    if spelled[:1] == "'":
        return _folded(spelled, "'" + flat.replace("'", "''") + "'", flat)
    if spelled[:1] != '"' and _is_plain(flat, in_flow=in_flow):
        return _folded(spelled, flat, flat)
    quoted = json.dumps(flat, ensure_ascii=False)
    return _folded(spelled, quoted, flat) if spelled[:1] == '"' else quoted


def _folded(spelled: str, written: str, text: str) -> str:
    """Return a value on lines as wide as those its author broke it into; on one line where he did not."""
    lines = _NEWLINE.split(spelled)
    if len(lines) == 1:
        return written
    indent = lines[1][: len(lines[1]) - len(lines[1].lstrip())] or " "
    wrapper = textwrap.TextWrapper(
        width=max(40, *(len(line) for line in lines)),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    # At a break one space is folded: where two stand, or a `#` begins a line, it reads as something else.
    folded = line_break(spelled).join(wrapper.wrap(written))
    return folded if _reads_as(f"k: {folded}", text) else written


def _paragraphs_in_quotes(spelled: str, text: str, *, has_breaks: bool) -> str:
    """Return a value with line breaks: as blank lines where its author wrote it so, else spelled out in quotes."""
    quoted = json.dumps(text, ensure_ascii=False)
    lines = _NEWLINE.split(spelled)
    if has_breaks:
        return quoted
    newline = line_break(spelled)
    indent = next((line for line in lines[1:] if line.strip()), " ")
    indent = indent[: len(indent) - len(indent.lstrip())] or " "
    quote = spelled[0] if spelled[0] in "'\"" else ""
    inside = text.replace("'", "''") if quote == "'" else quoted[1:-1] if quote else text
    inside = inside.replace("\\n", "\n") if quote == '"' else inside
    candidate = quote + f"{newline}{newline}{indent}".join(inside.split("\n")) + quote
    return candidate if _reads_as(f"k: {candidate}", text) else quoted


def _block(spelled: str, text: str, block: re.Match[str]) -> str:
    """Return a text as the block that a value is: line for line (`|`), or lines folded into paragraphs (`>`)."""
    newline = block[4]
    body = spelled[block.end() :]
    content = [line for line in _NEWLINE.split(body) if line.strip()]
    tail = body[len(body.rstrip()) :] if content else newline
    if not text.strip():
        return f'""{tail or newline}'
    first = content[0] if content else "  "
    indent = first[: len(first) - len(first.lstrip(" "))] or "  "
    lines = in_lines(text)
    lines[0] = lines[0].lstrip()
    if block[1] == ">":
        lines = _paragraphs(lines, content, len(indent))
    written = newline.join(f"{indent}{line}" if line else "" for line in lines)
    candidate = f"{block[0]}{written}{tail}"
    if _reads_as(f"k: {candidate}", "\n".join(in_lines(text))):
        return candidate
    # A block ends with its line.
    return json.dumps("\n".join(in_lines(text)), ensure_ascii=False) + (tail or newline)


def _paragraphs(lines: list[str], content: list[str], indent: int) -> list[str]:
    """Return the lines of a folded block, each paragraph as wide as the source's, a blank line between two."""
    width = max((len(line) - indent for line in content), default=0)
    wrapped: list[str] = []
    for number, line in enumerate(lines):
        if number:
            wrapped.append("")
        is_long = len(content) > 1 and line
        pieces = (
            textwrap.wrap(line, max(40, width), break_long_words=False, break_on_hyphens=False)
            if is_long
            else [line]
        )
        wrapped += pieces
    return wrapped


def _is_plain(text: str, *, in_flow: bool) -> bool:
    """Whether YAML reads the unquoted text as itself."""
    return bool(text) and _reads_as(f"k: [{text}]" if in_flow else f"k: {text}", text)


def _reads_as(written: str, text: str) -> bool:
    """Whether the value of a key reads as a text, line breaks at its end aside."""
    return _value_of(written).rstrip("\n") == text


def read(spelled: str, *, in_flow: bool) -> str:
    """Return the text that a value reads as; empty for what is no text."""
    return _value_of(f"k: [{spelled}]" if in_flow else f"k: {spelled}")


def _value_of(written: str) -> str:
    """Return the value of a key, or the only one of its list; empty for what is no text."""
    try:
        with foreign_data():
            value = yaml.safe_load(written + "\n")["k"]
    except ForeignError:
        return ""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) else ""


def said_at_top(text: str) -> Mapping[str, Any]:
    """Return what the keys at the top of front matter say, tables left out; nothing of one that cannot be read."""
    try:
        with foreign_data(passing=(yaml.YAMLError,)):
            matter = yaml.safe_load(text)
    except (ForeignError, yaml.YAMLError):
        return {}
    if not isinstance(matter, dict):
        return {}
    return {str(key): value for key, value in matter.items() if is_plain(value)}


def is_plain(value: object) -> bool:
    """Whether a value is no table, and holds none."""
    if isinstance(value, list):
        return not any(isinstance(item, dict | list) for item in value)
    return not isinstance(value, dict)

"""Tables that are none to CommonMark: rules of another length (Python-Markdown, kramdown), and no rules at all (kramdown)."""

from __future__ import annotations

import re
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit

_RULES = re.compile(r"\|[-:| \t]*-[-:| \t]*")
"""Python-Markdown asks that the row has no other signs: `| --- | -- ---|` will do."""
_ONLY_RULES = re.compile(r"(?=[^\n]*[-=])[-=+|: \t]+")
_PIPE = re.compile(r"(?<!\\)\|")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)")
_FEWEST = 3
"""Pipes of a row with two cells, below which a line with pipes may be anything."""


def use_loose_tables(markdown: MarkdownIt) -> None:
    """Add the rule to a parser, behind the one for tables as GitHub has them."""
    options = {"alt": ["paragraph", "reference"]}
    markdown.block.ruler.after("table", "loose_table", _loose_table, options)  # type: ignore[arg-type]  # a plain dict


def use_bare_tables(markdown: MarkdownIt) -> None:
    """Add the rule to a parser by which every block of lines with pipes is a table, as kramdown has it."""
    markdown.block.ruler.before("paragraph", "bare_table", _bare_table)


def _bare_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read lines with pipes between two blank lines; those of rules only are no rows."""
    if silent or state.is_code_block(start) or not (start == 0 or state.isEmpty(start - 1)):
        return False
    last = start
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        if not _PIPE.search(_CODE_SPAN.sub("", _text(state, last))):
            return False
        last += 1
    texts = [_text(state, line) for line in range(start, last)]
    # Where a pipe stands in code, cells end elsewhere than between pipes.
    if any(_PIPE.search(code) for text in texts for code in _CODE_SPAN.findall(text)):
        return False
    _half(state, "table", 1, start)
    for line, text in enumerate(texts, start):
        if not _ONLY_RULES.fullmatch(text):
            _row(state, line, "td")
    _half(state, "table", -1, last)
    state.line = last
    return True


def _loose_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read rows of pipes below one another, the second of which has rules only."""
    if start + 1 >= end or state.is_code_block(start):
        return False
    is_deep_enough = state.sCount[start + 1] >= state.blkIndent
    if not (_is_row(state, start) and is_deep_enough):
        return False
    if not _RULES.fullmatch(_text(state, start + 1)):
        return False
    if silent:
        return True
    line = start
    _half(state, "table", 1, line)
    while line < end and _is_row(state, line):
        if line != start + 1:
            _row(state, line, "th" if line == start else "td")
        line += 1
    _half(state, "table", -1, line)
    state.line = line
    return True


def _is_row(state: StateBlock, line: int) -> bool:
    text = _text(state, line)
    return (
        state.sCount[line] >= state.blkIndent
        and text.startswith("|")
        and text.endswith("|")
        and text.count("|") >= _FEWEST
    )


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _row(state: StateBlock, line: int, tag: str) -> None:
    _half(state, "tr", 1, line)
    text = _text(state, line)
    cells = escapedSplit(text)
    first, last = text.startswith("|"), len(cells) - (len(cells) > 1 and not cells[-1].strip())
    for cell in cells[first:last]:
        _half(state, tag, 1, line)
        token = state.push("inline", "", 0)
        token.content = cell.strip()
        token.children = []
        _half(state, tag, -1, line)
    _half(state, "tr", -1, line)


def _half(state: StateBlock, tag: str, nesting: Literal[1, 0, -1], line: int) -> None:
    side = "open" if nesting > 0 else "close"
    token = state.push(f"{tag}_{side}", tag, nesting)
    # The parser's own tables give lines to rows, and not to cells.
    if nesting > 0 and tag in ("table", "tr"):
        token.map = [line, line + 1]

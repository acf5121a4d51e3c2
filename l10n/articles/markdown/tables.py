"""Tables whose second row is no row of rules to CommonMark, and still one to Python-Markdown and kramdown."""

from __future__ import annotations

import re
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit

_RULES = re.compile(r"\|[-:| \t]*-[-:| \t]*")
"""Python-Markdown asks that the row has no other signs: `| --- | -- ---|` will do."""
_FEWEST = 3
"""Pipes of a row with two cells, below which a line with pipes may be anything."""


def use_loose_tables(markdown: MarkdownIt) -> None:
    """Add the rule to a parser, behind the one for tables as GitHub has them."""
    options = {"alt": ["paragraph", "reference"]}
    markdown.block.ruler.after("table", "loose_table", _loose_table, options)  # type: ignore[arg-type]  # a plain dict


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
    for cell in escapedSplit(_text(state, line))[1:-1]:
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

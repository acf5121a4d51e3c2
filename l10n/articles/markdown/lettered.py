"""Lists whose items are counted by letters, Roman numbers or signs: `a.`, `iv)`, `#.`, as PyMdown and Pandoc have them."""

from __future__ import annotations

import re
from functools import partial
from string import ascii_lowercase
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

_MARK = re.compile(r"(?P<count>[A-Za-z]|[ivxIVX]{2,5}|#)(?P<sign>[.)])[ \t]+(?=\S)")
_INITIAL = re.compile(r"[A-Z]\. ?(?! )")
"""A mark that may be the initial of a name; where generators read such lists, two blanks behind it make it an item."""
_LEAST = 3
"""Items in order that make a list of what may be sentences."""
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = tuple(ten + unit for ten in ("", "x") for unit in _UNITS)[1:]
_SERIES = (tuple(ascii_lowercase), _ROMAN)


def use_lettered_lists(markdown: MarkdownIt, *, has_lettered_lists: bool) -> None:
    """Add the rule for such lists to a parser, before that for paragraphs.

    One line that begins so is a sentence (*A. Smith wrote*), and so are two where the generator has no such lists;
    where three count on, each is an item for any generator: what stands in lines stays in lines.
    """
    read = partial(_read, has_lettered_lists=has_lettered_lists)
    options: RuleOptionsType = {"alt": []}
    markdown.block.ruler.before("paragraph", "lettered_list", read, options)


def _read(
    state: StateBlock, start: int, _end: int, silent: bool, *, has_lettered_lists: bool
) -> bool:
    first = mark = _mark(state, start)
    if first is None or mark is None or silent or state.is_code_block(start):
        return False
    starts = [start]
    line = start + 1
    while line < state.lineMax and not _ends_text(state, line):
        following = _mark(state, line)
        if following is not None and _counts_on(mark, following):
            starts.append(line)
            mark = following
        line += 1
    is_sure = first["count"] == "#" or (has_lettered_lists and not _INITIAL.match(first[0]))
    if len(starts) < (2 if is_sure else _LEAST):
        return False
    _push(state, starts, line)
    state.line = line
    return True


def _mark(state: StateBlock, line: int) -> re.Match[str] | None:
    begin = state.bMarks[line] + state.tShift[line]
    return _MARK.match(state.src, begin, state.eMarks[line])


def _counts_on(before: re.Match[str], behind: re.Match[str]) -> bool:
    """Whether a mark is the one that follows another."""
    first, second = before["count"], behind["count"]
    if before["sign"] != behind["sign"] or first.islower() != second.islower():
        return False
    if first == "#":
        return second == "#"
    first, second = first.lower(), second.lower()
    return any(
        first in series and second in series[series.index(first) + 1 :][:1]
        for series in _SERIES
    )


def _ends_text(state: StateBlock, line: int) -> bool:
    """Whether a line does not go on with the text above it."""
    if state.isEmpty(line):
        return True
    # Deeper lines go on, as in CommonMark.
    if state.sCount[line] - state.blkIndent > 3:
        return False
    outer, state.parentType = state.parentType, "paragraph"
    rules = state.md.block.ruler.getRules("paragraph")
    ends = state.sCount[line] < 0 or any(
        rule(state, line, state.lineMax, True) for rule in rules
    )
    state.parentType = outer
    return ends


def _push(state: StateBlock, starts: list[int], end: int) -> None:
    first = _mark(state, starts[0])
    count = first["count"] if first else ""
    opening = state.push("ordered_list_open", "ol", 1)
    opening.map = [starts[0], end]
    attributes: dict[str, Any] = {} if count == "#" else {"type": _type(count)}
    opening.attrs = attributes
    for start, behind in zip(starts, [*starts[1:], end], strict=True):
        state.push("list_item_open", "li", 1).map = [start, behind]
        paragraph = state.push("paragraph_open", "p", 1)
        paragraph.map, paragraph.hidden = [start, behind], True
        token = state.push("inline", "", 0)
        mark = _mark(state, start)
        begin = mark.end() if mark else state.bMarks[start]
        further = state.getLines(start + 1, behind, state.blkIndent, False)
        token.content = "\n".join(
            filter(None, (state.src[begin : state.eMarks[start]], further))
        ).strip()
        token.map = [start, behind]
        token.children = []
        state.push("paragraph_close", "p", -1).hidden = True
        state.push("list_item_close", "li", -1)
    state.push("ordered_list_close", "ol", -1)


def _type(count: str) -> str:
    """Return the type of the list in HTML."""
    kind = "i" if count.lower() == "i" else "a"
    return kind if count.islower() else kind.upper()

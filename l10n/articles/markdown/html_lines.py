"""Where raw HTML in Markdown ends sooner than at a blank line: elements that hold Markdown, and generators that look for the end tag."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from l10n.articles.html.tokens import VOID

BlockRule = Callable[[StateBlock, int, int, bool], bool]

_HOLDS_MARKDOWN = re.compile(
    r"""<(?P<name>[A-Za-z][\w-]*)(?=[\s>])(?:[^<>"']|"[^"]*"|'[^']*')*?\smarkdown(?:=["']?(?!0|off|false)\w+["']?)?(?=[\s>])"""
    r"""(?>(?:[^<>"']|"[^"]*"|'[^']*')*)>[ \t]*(?=[\r\n]|\Z)"""
)
"""`<div markdown="1">` and `<details markdown>`, as kramdown and Python-Markdown have them, with its lines for itself."""
_END_TAG = re.compile(r"</(?P<name>[A-Za-z][\w-]*)[ \t]*>[ \t]*")
_FIRST_TAG = re.compile(r"<(?P<name>[A-Za-z][\w-]*)(?=[\s>])")


def use_short_html(markdown: MarkdownIt, *, ends_with_element: bool) -> None:
    """Let blocks of HTML end where generators end them.

    With `ends_with_element` all of them do so behind the end tag of what they begin with: to CommonMark text below
    it is HTML still, to kramdown and Python-Markdown it is Markdown.
    """
    for rule in markdown.block.ruler.__rules__:
        if rule.name == "html_block":
            rule.fn = _shortened(rule.fn, ends_with_element=ends_with_element)


def _shortened(rule: BlockRule, *, ends_with_element: bool) -> BlockRule:
    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not rule(state, start, end, silent):
            return False
        if not silent:
            behind = _end(state, start, state.line, ends_with_element=ends_with_element)
            _shorten(state, start, behind)
        return True

    return read


def _shorten(state: StateBlock, start: int, behind: int) -> None:
    """Let the block that was read last end before a line."""
    if behind < state.line:
        token = state.tokens[-1]
        token.map = [start, behind]
        token.content = state.getLines(start, behind, state.blkIndent, True)
        state.line = behind


def _end(state: StateBlock, start: int, end: int, *, ends_with_element: bool) -> int:
    """Return the line before which a block of HTML ends."""
    opened: Counter[str] = state.env.setdefault("markdown_elements", Counter())
    # Only kramdown and Python-Markdown read Markdown in an element.
    ends_with_element = ends_with_element or opened.total() > 0
    first = state.bMarks[start] + state.tShift[start]
    limit = state.eMarks[end - 1]
    holder = _HOLDS_MARKDOWN.match(state.src, first, limit)
    if holder is not None:
        opened[holder["name"]] += 1
        return _line_behind(state, start, holder.end())
    end_tag = _END_TAG.fullmatch(state.src, first, state.eMarks[start])
    if end_tag is not None and ends_with_element:
        opened[end_tag["name"]] -= opened[end_tag["name"]] > 0
        return start + 1
    for line in range(start + 1, end):
        begin = state.bMarks[line] + state.tShift[line]
        if _HOLDS_MARKDOWN.match(state.src, begin, limit):
            return line
    return _element_end(state, start, end) if ends_with_element else end


def _line_behind(state: StateBlock, line: int, position: int) -> int:
    while state.eMarks[line] < position:
        line += 1
    return line + 1


def _element_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line behind the end tag of the element that a block begins with, when nothing follows it there."""
    tag = _FIRST_TAG.match(state.src, state.bMarks[start] + state.tShift[start])
    if tag is None or tag["name"].lower() in VOID:
        return end
    halves = re.compile(rf"<(/?){tag['name']}(?=[\s>/])", re.IGNORECASE)
    depth = 0
    for line in range(start, end):
        text = state.src[state.bMarks[line] : state.eMarks[line]]
        for half in halves.finditer(text):
            depth += -1 if half[1] else 1
        if depth <= 0:
            is_last = re.search(rf"</{tag['name']}[ \t]*>[ \t]*\Z", text, re.IGNORECASE)
            return line + 1 if is_last else end
    return end

"""Lines of a Markdown page that a site generator reads and readers do not: block rules of the parser."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from l10n.articles.markdown.components import (
    is_head,
    is_in_component,
    is_slot,
    properties_end,
)
from l10n.articles.markdown.jsx import STATEMENT, Braces, braces, statement_end, tag_at
from l10n.articles.markdown.token_types import LINE, TITLE

_CONTAINER = re.compile(
    r"(?P<fence>:{2,})[ \t]*(?:(?P<name>\{?[\w.-]+\}?)(?:\[(?P<bracketed>.*)\])?)?(?P<list>[ \t]*\{[^{}]*\})?"
    r"(?P<rest>.*?)(?P<tail>[ \t]*(?:\{[^{}]*\}|:{3,})?[ \t]*)"
)
_VALUE = r"""[\w-]+=(?:"[^"]*"|'[^']*'|[^\s"']+)"""
_VALUES = re.compile(rf"[ \t]*{_VALUE}(?:[ \t]+{_VALUE})*[ \t]*")
BLOCK_LINE = re.compile(
    r"/{3,}(?:[ \t]*(?P<name>[\w-]+)[ \t]*(?:\|[ \t]*(?P<title>.*?)[ \t]*)?)?"
)
"""A line of PyMdown's that begins or ends a block."""
UNTITLED = frozenset({"html", "define", "caption", "figure-caption", "table-caption"})
"""Blocks of PyMdown whose head is no text: a tag, a number."""
_ABBREVIATION = re.compile(r"\*\[(?:\\.|[^\]\\])+\]:[ \t]*(?P<text>.*?)[ \t]*")
_ADMONITION = re.compile(
    r'(?P<mark>!!!|\?\?\?\+?)[ ]*(?:[\w-]+(?:[ ]+[\w-]+)*)?(?:[ ]*"(?P<title>.*)")?[ \t]*'
)
_TAB = re.compile(r'={3}[+!]{0,2}[ ]+(?:"(?P<title>.*)"|\'(?P<other>.*)\')[ \t]*')
_LIST_LINE = re.compile(
    r"\{[ \t]*(?::[^{}\n]*|(?:[#.][^\s{}]+|[\w:@-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'{}]+))(?:[ \t]+[^{}\n]*)?)\}[ \t]*"
    r"|\{(?:\*.*\*|!.*!)\}[ \t]*"
)
"""A list of attributes, kramdown's or that of Python-Markdown and Pandoc; an include in braces."""
_OTHER = re.compile(
    r"<<<[ \t]*\S.*|-{1,2}8<-{1,2}.*|\[(?:TOC|\[(?:toc|_TOC_)\])\][ \t]*|\\newpage[ \t]*|@\[[\w-]+\]\(.*\)[ \t]*"
    r"|\[(?://|#|[Cc]omment)\]:[ \t]*(?:#|<>)[ \t]+(?:\(.*\)|\".*\"|'.*')[ \t]*|\^[ \t]*"
)
"""Includes, tables of contents, page breaks, comments spelled as definitions, which Python-Markdown reads in a paragraph too, and kramdown's
sign for the end of what stands above it."""
_ALERT = re.compile(r"\[![A-Za-z][\w-]*\][+-]?[ \t]*(?P<title>.*?)[ \t]*")
_SNIPPETS = re.compile(r"-{1,2}8<-{1,2}[ \t]*")
_ENVIRONMENT = re.compile(r"\\begin\{([^{}]+)\}")
_FENCE = re.compile(r"(?P<run>([%@&^+;])\2{2,})(?!\2)(?:[ \t]*|[ \t]*\{.*|[ \t]*[\w.-]+.*)")
_FENCE_SIGNS = frozenset(sign * 3 for sign in "%@&^+;")
"""Signs that nothing known here begins or ends a block with."""
_FORMULA_LINES = 400
"""Lines that a formula has at most: an opening without an end shall not be looked for all over the page."""
_TAG_CODE = ("{{<", "{{%", "{%", "<%")
"""Code that stands on lines of its own; `{{ … }}` prints words of a text."""


class Extent(NamedTuple):
    """Which lines a directive has, and where on its first one its title stands."""

    end: int
    """The line behind it."""
    title: tuple[int, int] | None = None
    """Offsets in the state's text."""


Rule = Callable[[StateBlock, int, int], Extent | None]


def use_directives(markdown: MarkdownIt, *, is_mdx: bool, has_math: bool) -> None:
    """Add the rules for directives to a parser, before all others."""
    rules = [_code_lines, _line]
    if has_math:
        rules.append(_formula_lines)
    if is_mdx:
        rules = [_statement, _jsx_lines, _expression, *rules]
        markdown.disable(["code", "html_block"])
        markdown.block.ruler.at("paragraph", _paragraph)

    def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if (
            state.is_code_block(start)
            or state.bMarks[start] + state.tShift[start] >= state.eMarks[start]
        ):
            return False
        for rule in rules:
            extent = rule(state, start, end)
            if extent is not None:
                if not silent:
                    _push(state, start, extent)
                return True
        return silent and is_mdx and _begins_element(state, start)

    options: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    markdown.block.ruler.before("table", "directive", directive, options)
    markdown.block.ruler.before("table", "unknown_fence", _unknown_fence, options)
    markdown.block.ruler.before("table", "indented_container", _indented_container, options)


def _unknown_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read what stands between two lines of a sign that no generator known here has: it stays as code does."""
    opening = None if state.is_code_block(start) else _FENCE.fullmatch(_text(state, start))
    if opening is None:
        return False
    run = opening["run"]
    closings = _fence_lines(state).get(run, [])
    number = bisect_left(closings, start + 1)
    if number == len(closings) or closings[number] >= end:
        return False
    last = closings[number]
    if state.sCount[last] != state.sCount[start]:
        return False
    if not silent:
        token = state.push("fence", "code", 0)
        token.markup, token.map = run, [start, last + 1]
        token.content = state.getLines(start + 1, last, state.sCount[start], True)
        state.line = last + 1
    return True


def _fence_lines(state: StateBlock) -> dict[str, list[int]]:
    """Return the lines that are nothing but one sign several times, by what they are; looked for once a page."""
    lines: dict[str, list[int]] | None = state.env.get("fence_lines")
    if lines is None:
        lines = state.env["fence_lines"] = {}
        # The state's own marks of lines tell of the block around this one only.
        for line, whole in enumerate(state.src.split("\n")):
            text = whole.strip(" \t>")
            if text[:3] in _FENCE_SIGNS and not text.strip(text[0]):
                lines.setdefault(text, []).append(line)
    return lines


def _push(state: StateBlock, start: int, extent: Extent) -> None:
    begin = state.bMarks[start] + state.tShift[start]
    token = state.push(LINE, "", 0)
    token.content = state.src[begin : state.eMarks[extent.end - 1]]
    token.map = [start, extent.end]
    if extent.title is not None:
        _push_title(state, start, *extent.title)
    state.line = extent.end


def _push_title(state: StateBlock, line: int, start: int, end: int) -> None:
    """Make an inline token of a title, with the column where it stands."""
    state.push(f"{TITLE}_open", "p", 1).map = [line, line + 1]
    token = state.push("inline", "", 0)
    token.content = state.src[start:end]
    token.map = [line, line + 1]
    token.children = []
    # The state's own beginning of a line is behind the marks of quotes.
    token.meta["column"] = start - state.src.rfind("\n", 0, start) - 1
    state.push(f"{TITLE}_close", "p", -1)


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _line(state: StateBlock, start: int, end: int) -> Extent | None:
    """Return the extent of a line that says by its first signs that it is a directive."""
    begin = state.bMarks[start] + state.tShift[start]
    text = _text(state, start)
    match text[0]:
        case ":" if text.startswith(":::") or is_head(text):
            behind = start + 1
            if is_in_component(state, start):
                behind = properties_end(state, behind, end)
            return Extent(behind, _container_title(text, begin))
        case "/" if text.startswith("///"):
            block = BLOCK_LINE.fullmatch(text)
            if block is None:
                return None
            has_title = block["title"] and block["name"] not in UNTITLED
            title = block.span("title") if has_title else None
            return Extent(options_end(state, start + 1, end), _moved(title, begin))
        case "*":
            abbreviation = _ABBREVIATION.fullmatch(text)
            return (
                Extent(start + 1, _moved(abbreviation.span("text"), begin))
                if abbreviation
                else None
            )
        case "{":
            return Extent(start + 1) if _LIST_LINE.fullmatch(text) else None
        case "[" if (alert := _ALERT.fullmatch(text)) and _is_quoted(state, start):
            return Extent(
                start + 1, _moved(alert.span("title"), begin) if alert["title"] else None
            )
        case "<" | "-" | "[" | "\\" | "@" | "^":
            if not _OTHER.fullmatch(text):
                return None
            return Extent(
                _snippets_end(state, start, end) if _SNIPPETS.fullmatch(text) else start + 1
            )
        case "#" if is_slot(text) and is_in_component(state, start):
            return Extent(start + 1)
        case "i" | "e" if text.startswith(("import ", "export ")):
            return Extent(start + 1) if STATEMENT.fullmatch(text) else None
    return None


def _is_quoted(state: StateBlock, line: int) -> bool:
    """Whether the line is the first one of a quote."""
    begin = state.bMarks[line] + state.tShift[line]
    if ">" not in state.src[state.src.rfind("\n", 0, begin) + 1 : begin]:
        return False
    return bool(state.tokens) and state.tokens[-1].type == "blockquote_open"


def _container_title(text: str, begin: int) -> tuple[int, int] | None:
    """Return where the title of `:::note[Title]`, `::: tip Title` stands; None where it has none."""
    match = _CONTAINER.fullmatch(text)
    if match is None or not match["name"]:
        return None
    if match["bracketed"]:
        return _moved(match.span("bracketed"), begin)
    start, end = match.span("rest")
    rest = match["rest"]
    if not rest.strip() or _VALUES.fullmatch(rest):
        return None
    return begin + start + len(rest) - len(rest.lstrip()), begin + end - len(rest) + len(
        rest.rstrip()
    )


def _moved(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return None if span is None else (span[0] + by, span[1] + by)


def options_end(state: StateBlock, line: int, end: int) -> int:
    """Return the line behind the indented options of a block: `    type: warning`."""
    while line < end and state.sCount[line] >= state.blkIndent + 4 and not state.isEmpty(line):
        line += 1
    return line


def _snippets_end(state: StateBlock, start: int, end: int) -> int:
    """Return the line behind a list of files to include, between two lines of scissors."""
    for line in range(start + 1, min(end, start + _FORMULA_LINES)):
        if _SNIPPETS.fullmatch(_text(state, line)):
            return line + 1
        if state.isEmpty(line):
            break
    return start + 1


def _code_lines(state: StateBlock, start: int, end: int) -> Extent | None:
    """Return the extent of shortcodes and tags that have their lines for themselves."""
    codes = state.env.get("codes")
    position = state.bMarks[start] + state.tShift[start]
    if not codes or state.src[position] not in codes:
        return None
    line = start
    stands_alone = False
    while True:
        code = codes.get(state.src[position])
        if code is None:
            return None
        stands_alone = stands_alone or code.startswith(_TAG_CODE)
        position += len(code)
        while line + 1 < end and state.eMarks[line] < position:
            line += 1
        position = state.skipSpaces(position)
        if position >= state.eMarks[line]:
            return Extent(line + 1) if stands_alone else None


def _formula_lines(state: StateBlock, start: int, end: int) -> Extent | None:
    """Return the extent of a formula on lines of its own."""
    text = _text(state, start).rstrip()
    environment = _ENVIRONMENT.match(text)
    closing = "$$" if text.startswith("$$") else r"\]" if text.startswith(r"\[") else ""
    if environment is not None:
        closing = rf"\end{{{environment[1]}}}"
    if not closing or (text.startswith(r"\[") and text != r"\["):
        return None
    if environment is None and text[2:].find(closing) >= 0:
        return (
            Extent(start + 1) if text.endswith(closing) and text.count(closing) <= 2 else None
        )
    behind = state.eMarks[start] if environment is None else state.bMarks[start]
    end_line = start
    # A sign in the middle of a line ends nothing; the next one may.
    for _attempt in range(_ATTEMPTS):
        position = _find(state, closing, behind)
        if position < 0:
            return None
        end_line = bisect_left(state.eMarks, position, lo=end_line)
        if end_line >= min(end, start + _FORMULA_LINES):
            return None
        if _text(state, end_line).rstrip().endswith(closing):
            return Extent(end_line + 1)
        behind = state.eMarks[end_line]
    return None


_ATTEMPTS = 20
"""Lines with the sign in their middle that a formula may hold."""


def _find(state: StateBlock, sign: str, start: int) -> int:
    """Return where a sign stands from an offset on, -1 when nowhere; each stretch of the text is looked through once."""
    known: dict[str, int] = state.env.setdefault("signs", {})
    position = known.get(sign, 0)
    if 0 <= position < start:
        position = known[sign] = state.src.find(sign, start)
    return position


def _statement(state: StateBlock, start: int, end: int) -> Extent | None:
    """Return the extent of an `import` or `export` of MDX."""
    if state.tShift[start] or not STATEMENT.match(_text(state, start)):
        return None
    lines = [state.src[state.bMarks[n] : state.eMarks[n]] for n in range(start, end)]
    return Extent(start + max(1, statement_end(lines)))


def _ends(state: StateBlock) -> Braces:
    """Return where the expressions of the whole text end, found out once."""
    known: Braces | None = state.env.get("braces")
    if known is None:
        known = state.env["braces"] = braces(state.src)
    return known


def _lines_to(state: StateBlock, start: int, end: int, position: int) -> int:
    """Return the line behind the one that an offset stands on."""
    while start + 1 < end and state.eMarks[start] < position:
        start += 1
    return start + 1


def _jsx_lines(state: StateBlock, start: int, end: int) -> Extent | None:
    """Return the extent of lines that hold tags and nothing else."""
    position = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("<!--", position):
        close = state.src.find("-->", position)
        if close < 0:
            return None
        line = _lines_to(state, start, end, close + 3)
        return (
            Extent(line) if not state.src[close + 3 : state.eMarks[line - 1]].strip() else None
        )
    line = start
    while state.src.startswith(("<", "{"), position):
        if state.src[position] == "{":
            behind = _ends(state).get(position)
        else:
            tag = tag_at(state.src, position, _ends(state))
            behind = tag.end if tag else None
        if behind is None:
            return None
        line = _lines_to(state, line, end, behind) - 1
        position = state.skipSpaces(behind)
        if position >= state.eMarks[line]:
            return Extent(line + 1)
    return None


def _paragraph(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Read a paragraph, which any depth of indentation leaves open to what ends it: in components all is indented."""
    del silent
    rules = state.md.block.ruler.getRules("paragraph")
    outer, state.parentType = state.parentType, "paragraph"
    line = start + 1
    while line < state.lineMax and not state.isEmpty(line):
        if state.sCount[line] >= 0 and any(
            rule(state, line, state.lineMax, True) for rule in rules
        ):
            break
        line += 1
    state.parentType = outer
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, line, state.blkIndent, False).strip()
    token.map = [start, line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


_ELEMENT = re.compile(
    r"</?(?:[A-Z][\w.]*|address|article|aside|blockquote|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    r"|header|hr|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>])"
)


def _begins_element(state: StateBlock, line: int) -> bool:
    """Whether a line of MDX begins an element of its own rather than going on with a sentence."""
    text = _text(state, line).rstrip()
    match = _ELEMENT.match(text)
    return match is not None and (text[1:2].islower() or text.endswith(">"))


def _expression(state: StateBlock, start: int, end: int) -> Extent | None:
    """Return the extent of an expression in braces that has its lines for itself."""
    position = state.bMarks[start] + state.tShift[start]
    behind = _ends(state).get(position) if state.src[position] == "{" else None
    if behind is None:
        return None
    line = _lines_to(state, start, end, behind)
    return Extent(line) if not state.src[behind : state.eMarks[line - 1]].strip() else None


def _indented_container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read an admonition or a tab: a line with a title, and under it what stands four columns deeper."""
    if state.is_code_block(start):
        return False
    begin = state.bMarks[start] + state.tShift[start]
    text = _text(state, start)
    if text[:1] not in ("!", "?", "="):
        return False
    match = (_TAB if text[0] == "=" else _ADMONITION).fullmatch(text)
    if match is None or (text[0] != "=" and len(text.rstrip()) <= len(match["mark"])):
        return False
    if silent:
        return True
    indent = state.sCount[start] + 4
    last = _body_end(state, start, end, indent)
    name = "tab" if text[0] == "=" else "admonition"
    behind = last
    while behind < end and state.isEmpty(behind):
        behind += 1
    _open(state, name, text, [start, behind])
    titled = "other" if name == "tab" and match["title"] is None else "title"
    if match[titled]:
        prefix = f"{TITLE}" if name == "tab" else "admonition_title"
        _push_title(state, start, *((begin + n) for n in match.span(titled)))
        for token in (state.tokens[-3], state.tokens[-1]):
            token.type = token.type.replace(TITLE, prefix)
    outer = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "admonition", last, indent
    state.md.block.tokenize(state, start + 1, last)
    state.parentType, state.lineMax, state.blkIndent = outer
    state.push(f"{name}_close", "div", -1).block = True
    state.line = last
    return True


def _open(state: StateBlock, name: str, text: str, lines: list[int]) -> Token:
    token = state.push(f"{name}_open", "div", 1)
    token.block = True
    token.attrs = {"class": text}
    token.map = lines
    return token


def _body_end(state: StateBlock, start: int, end: int, indent: int) -> int:
    """Return the line behind the last one that is as deep as the body."""
    last = start + 1
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < indent:
            break
        last = line + 1
    return last

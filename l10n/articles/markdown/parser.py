"""The Markdown parser, made to tell where each inline element stands in the text it parsed."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from l10n.articles.markdown.directives import use_directives
from l10n.articles.markdown.generator import Hidden, hide, raw_line_ends, show, show_definitions
from l10n.articles.markdown.html_lines import BlockRule, use_short_html
from l10n.articles.markdown.inline_directives import use_inline_directives
from l10n.articles.markdown.inline_parser import InlineRule, begin_parser
from l10n.articles.markdown.lettered import use_lettered_lists
from l10n.articles.markdown.tables import use_bare_tables, use_loose_tables
from l10n.articles.markdown.token_types import LINE, OPAQUE, PAIR
from l10n.articles.markdown.wrapping import is_filled

_POSITIONED = (
    "link",
    "image",
    "html_inline",
    "backticks",
    "autolink",
    "newline",
    "escape",
    "footnote_ref",
)
"""Inline rules after which the end of what they read is noted in `Token.meta["end"]`."""

_OPTIONS: dict[str, Any] = {"html": True, "store_labels": True}
_CLOSED_HEADING = re.compile(r"(.*?)[ \t]+#+[ \t]*(\{[^{}\n]*\})[ \t]*")
"""Signs that close a heading before the list of its attributes; one has to look behind that for them."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the Markdown of a page is beside CommonMark."""

    is_mdx: bool = False
    """Whether it is MDX: tags and braces are JSX, and no indentation makes code."""
    has_math: bool = True
    ends_html: bool = False
    """Whether raw HTML ends behind the end tag of what it begins with, not at a blank line only."""
    has_bare_tables: bool = False
    """Whether lines with pipes are a table without a row of rules, as kramdown has them."""
    has_marks: bool = False
    """Whether `==x==`, `^^x^^`, `^x^` and `~x~` may mark a text, as extensions of Python-Markdown have it."""
    has_lettered_lists: bool = False
    """Whether two lines that count on, `a.` and `b.`, are a list, as PyMdown has them."""
    keeps_lines: bool = False
    """Whether each line of a text ends where it has to: of what a shortcode gets as it is written."""


PLAIN_GRAMMAR = Grammar()


def parse(
    text: str, grammar: Grammar = PLAIN_GRAMMAR, env: MutableMapping[str, Any] | None = None
) -> list[Token]:
    """Return the tokens of a text; `env` tells of addresses defined elsewhere, and is told of those of the text."""
    return _parsed(text, grammar, {} if env is None else env, is_inline=False)


def parse_inline(
    text: str, grammar: Grammar = PLAIN_GRAMMAR, env: MutableMapping[str, Any] | None = None
) -> list[Token]:
    """Return the children of a text that is a part of a block."""
    tokens = _parsed(text, grammar, {} if env is None else env, is_inline=True)
    return tokens[0].children or [] if tokens else []


def _parsed(
    text: str, grammar: Grammar, env: MutableMapping[str, Any], *, is_inline: bool
) -> list[Token]:
    # Braces of MDX are its own expressions: no other generator replaces anything in it.
    hidden = Hidden(text, {}, "") if grammar.is_mdx else hide(text)
    known = env.get("references", {})
    own: dict[str, Any] = {
        "references": {**known},
        "codes": hidden.codes,
        "filler": hidden.filler,
    }
    markdown = parser(grammar)
    tokens = (markdown.parseInline if is_inline else markdown.parse)(hidden.text, own)
    show(tokens, hidden)
    show_definitions(own, hidden)
    raw = raw_line_ends(text) if hidden.codes and not is_inline else frozenset()
    if raw or grammar.keeps_lines:
        _keep_lines(tokens, raw, keeps_all=grammar.keeps_lines)
    env["references"] = own["references"]
    return tokens


def _keep_lines(tokens: Sequence[Token], raw: frozenset[int], *, keeps_all: bool) -> None:
    """Make hard breaks of the line ends that are raw, or of all, but in paragraphs whose lines are as full as can be."""
    for token in tokens:
        if token.type != "inline" or "\n" not in token.content:
            continue
        first = token.map[0] if token.map else 0
        if not keeps_all and (
            raw.isdisjoint(range(first, first + token.content.count("\n")))
            or is_filled(token.content.split("\n"))
        ):
            continue
        line, position = first, 0
        for child in token.children or ():
            if child.type == "softbreak":
                end = child.meta["end"]
                line += token.content.count("\n", position, end)
                position = end
                if keeps_all or line - 1 in raw:
                    child.type = "hardbreak"


@cache
def parser(grammar: Grammar = PLAIN_GRAMMAR) -> MarkdownIt:
    """CommonMark with tables, strikethrough, footnotes, definition lists and the directives of site generators."""
    markdown = begin_parser(_OPTIONS)
    markdown.enable(["table", "strikethrough"])
    markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    markdown.use(deflist_plugin)
    use_lettered_lists(markdown, has_lettered_lists=grammar.has_lettered_lists)
    use_loose_tables(markdown)
    if grammar.has_bare_tables:
        use_bare_tables(markdown)
    use_short_html(markdown, ends_with_element=grammar.ends_html)
    # Joined texts could not be told from their escapes, and so not be found in the source.
    markdown.disable("text_join")
    # Tokens of inline elements have no offsets: the parser's own rules are made to note where they end.
    for rule in markdown.inline.ruler.__rules__:
        if rule.name == "footnote_ref":
            rule.fn = _bounded(rule.fn)
        if rule.name in _POSITIONED:
            rule.fn = _positioned(rule.fn)
    for block_rule in markdown.block.ruler.__rules__:
        if block_rule.name == "deflist":
            block_rule.fn = _with_terms(block_rule.fn)
    use_inline_directives(markdown, is_mdx=grammar.is_mdx, has_math=grammar.has_math)
    use_directives(markdown, is_mdx=grammar.is_mdx, has_math=grammar.has_math)
    markdown.core.ruler.before("inline", "closed_heading", _open_headings)
    # The renderer would write tags for what it does not know: this is what a reader sees of it.
    markdown.add_render_rule(OPAQUE, _rendered_text)
    markdown.add_render_rule("text_special", _rendered_text)
    markdown.add_render_rule(f"{PAIR}_open", _rendered_text)
    markdown.add_render_rule(f"{PAIR}_close", _rendered_text)
    markdown.add_render_rule(LINE, _rendered_line)
    return markdown


def _rendered_text(
    _renderer: object, tokens: Sequence[Token], index: int, *_more: object
) -> str:
    return escapeHtml(tokens[index].content)


def _rendered_line(
    _renderer: object, tokens: Sequence[Token], index: int, *_more: object
) -> str:
    return f"<p>{escapeHtml(tokens[index].content)}</p>"


_NOTE_SIGN = re.compile(r"\[\^[^\]\s]{1,999}\]")
_LONGEST_NOTE_SIGN = 1002


def _bounded(rule: InlineRule) -> InlineRule:
    """Return the rule for signs of notes, which would look for their end through the whole text."""

    def read(state: StateInline, silent: bool) -> bool:
        start = state.pos
        # A quick look first: where no sign ends, the pattern would go through a thousand characters.
        return (
            state.src.find("]", start, start + _LONGEST_NOTE_SIGN) > start
            and _NOTE_SIGN.match(state.src, start) is not None
            and rule(state, silent)
        )

    return read


def _with_terms(rule: BlockRule) -> BlockRule:
    """Return the rule for definitions, by which a term ends the paragraph before it: several terms have a line each."""

    def read(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent and state.parentType == "paragraph" and start + 1 < end:
            following = state.bMarks[start + 1] + state.tShift[start + 1]
            if (
                state.src.startswith((": ", ":\t"), following)
                and state.blkIndent <= state.sCount[start + 1] < state.blkIndent + 4
                and state.sCount[start] == state.blkIndent
            ):
                return True
        return rule(state, start, end, silent)

    return read


def _positioned(rule: InlineRule) -> InlineRule:
    def read(state: StateInline, silent: bool) -> bool:
        before = len(state.tokens)
        matches = rule(state, silent)
        if matches and not silent and len(state.tokens) > before:
            state.tokens[-1].meta["end"] = state.pos
        return matches

    return read


def _open_headings(state: StateCore) -> None:
    """Take the signs that close a heading out of its text, and the list of attributes with them."""
    for opening, inline in pairwise(state.tokens):
        if opening.type == "heading_open" and inline.content.endswith("}"):
            match = _CLOSED_HEADING.fullmatch(inline.content)
            if match is not None:
                inline.content = match[1]

"""The Markdown parser, made to tell where each inline element stands in the text it parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

OPAQUE = "opaque"
"""Type of tokens for what belongs to a site generator: shortcodes, attribute lists, task marks."""

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

_SHORTCODE = re.compile(
    r"\{\{[^{}\n]{0,2000}\}\}|\{%[^{}\n]{0,2000}%\}|\{[#.:][^{}\n]{0,500}\}|\$\$[^$]{1,5000}\$\$"
)
"""`{{< note >}}`, `{{ page.title }}`, `{% raw %}`, `{#id .class}`, `{: .class}`, `$$x$$`."""

_OPENING = re.compile(
    r"\[[ xX]\](?=[ \t])|\[!(?i:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\](?=[ \t]*(?:\n|$))"
)
"""What begins a task or an alert."""

_OPAQUE_LINE = re.compile(
    r":{3,}.*|\{\{[<%].*[>%]\}\}[ \t]*|\{%.*%\}[ \t]*|\[(?:TOC|\[toc\]|\[_TOC_\])\][ \t]*|--8<--.*|\\newpage[ \t]*"
)
"""A line that is not text: fences of containers, shortcodes, the place of a table of contents."""


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables, strikethrough, footnotes, definition lists and admonitions."""
    markdown = MarkdownIt("commonmark", {"html": True, "store_labels": True})
    markdown.enable(["table", "strikethrough"])
    markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    markdown.use(deflist_plugin).use(admon_plugin)
    # Joined texts could not be told from their escapes, and so not be found in the source.
    markdown.disable("text_join")
    # Tokens of inline elements have no offsets: the parser's own rules are made to note where they end.
    for rule in markdown.inline.ruler.__rules__:
        if rule.name in _POSITIONED:
            rule.fn = _positioned(rule.fn)
    markdown.inline.ruler.before("escape", "opaque_inline", _opaque_inline)
    markdown.block.ruler.before(
        "fence",
        "opaque_line",
        _opaque_line,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    # The renderer would write tags for what it does not know: this is what a reader sees of it.
    markdown.add_render_rule(OPAQUE, _rendered_text)
    markdown.add_render_rule("text_special", _rendered_text)
    markdown.add_render_rule("opaque_line", _rendered_line)
    return markdown


def _rendered_text(
    _renderer: object, tokens: Sequence[Token], index: int, *_more: object
) -> str:
    return escapeHtml(tokens[index].content)


def _rendered_line(
    _renderer: object, tokens: Sequence[Token], index: int, *_more: object
) -> str:
    return f"<p>{escapeHtml(tokens[index].content)}</p>"


InlineRule = Callable[[StateInline, bool], bool]


def _positioned(rule: InlineRule) -> InlineRule:
    def read(state: StateInline, silent: bool) -> bool:
        before = len(state.tokens)
        matches = rule(state, silent)
        if matches and not silent and len(state.tokens) > before:
            state.tokens[-1].meta["end"] = state.pos
        return matches

    return read


def _opaque_inline(state: StateInline, silent: bool) -> bool:
    character = state.src[state.pos]
    pattern = _SHORTCODE if character in "{$" else _OPENING if not state.pos else None
    match = pattern.match(state.src, state.pos, state.posMax) if pattern else None
    if match is None:
        return False
    if not silent:
        token = state.push(OPAQUE, "", 0)
        token.content = match.group()
        token.meta["end"] = match.end()
    state.pos = match.end()
    return True


def _opaque_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    del end
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not _OPAQUE_LINE.fullmatch(line):
        return False
    if not silent:
        token = state.push("opaque_line", "", 0)
        token.content = line
        token.map = [start, start + 1]
        state.line = start + 1
    return True

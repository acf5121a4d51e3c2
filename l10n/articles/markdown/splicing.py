"""Translations written into a Markdown source, in the place of the blocks that its reader has found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from l10n.articles import rewrite
from l10n.articles.emphasis import Spell, with_emphasis
from l10n.articles.markdown import frontmatter, writer
from l10n.articles.markdown.emphasis import emphasis_of
from l10n.articles.markdown.inline import line_spans
from l10n.articles.markdown.omit import omissions
from l10n.articles.markdown.parser import parser
from l10n.articles.rewrite import Edit
from l10n.model import Article, Block
from l10n.text.markup import decode

_BREAK = re.compile(r"(?:[\r\n\f]|&#(?:0*1[0-3]|[xX]0*[aAcCdD]);)+")
"""What would end a line, however it is spelled."""
IN_CELL = "cell "
"""What the roles of attributes in the cells of tables begin with."""
IN_HTML = "html "
"""What the roles of blocks inside raw HTML begin with."""
TEXT_ROLES = ("markdown", "cell")
_OMITTED_WITH_CARE = (*TEXT_ROLES, "html text", "html rcdata")
"""Roles of blocks that others may depend on; the rest are values that can be empty."""


@dataclass(frozen=True, slots=True)
class _Writing:
    """What an article has for all of its texts."""

    env: dict[str, Any]
    """What it defines its links by."""
    spell: Spell
    """How it writes emphasis."""


def splice(article: Article, replacements: Mapping[int, str | None]) -> str:
    """Return the source with msgstrs put in the place of blocks; None leaves a block out."""
    source, body = article.text, frontmatter.body_start(article.text)
    env: dict[str, Any] = {}
    # What is written is read again by itself, with what the article defines its links by.
    if any(article.blocks[index].role in TEXT_ROLES for index in replacements):
        parser().parse(source[body:], env)
    left_out = (article.blocks[index] for index, text in replacements.items() if text is None)
    texts = [_as_html(block) for block in left_out if block.role in _OMITTED_WITH_CARE]
    omitted: Mapping[tuple[int, int], Edit] = {}
    writing = _Writing(env, emphasis_of(article))
    if texts:
        omitted = omissions(source, list(line_spans(source, body)), texts)

    def write(block: Block, msgstr: str, inner: Sequence[Edit]) -> Edit | None:
        return _edit(source, block, msgstr, inner, writing)

    def leave_out(block: Block) -> Edit:
        edit = omitted.get((block.start, block.end))
        if edit is not None:
            return edit
        if block.role.startswith(IN_HTML):
            return rewrite.left_out(source, _as_html(block))
        return _edit(source, block, "", (), writing) or Edit(block.start, block.end, "")

    edits = rewrite.nested_edits(article.blocks, replacements, write, leave_out)
    return rewrite.apply(source, edits)


def _edit(
    source: str,
    block: Block,
    msgstr: str,
    inner: Sequence[Edit],
    writing: _Writing,
) -> Edit | None:
    """Return the edit that puts a msgstr in the place of a block; None when Markdown cannot say it."""
    spelled = source[block.start : block.end]
    msgstr = _BREAK.sub(" ", msgstr)
    if block.role.startswith(IN_CELL):
        outside = replace(block, role=block.role.removeprefix(IN_CELL))
        edit = _edit(source, outside, msgstr, inner, writing)
        if edit is None:
            return None
        is_html = outside.role.startswith(IN_HTML)
        written = edit.text.replace("|", "&#124;") if is_html else writer.in_cell(edit.text)
        return edit._replace(text=written)
    if block.role.startswith(IN_HTML):
        return rewrite.html_edit(source, _as_html(block), msgstr, inner=inner)
    if msgstr == block.unit.msgid:
        shifted = (Edit(e.start - block.start, e.end - block.start, e.text) for e in inner)
        return Edit(block.start, block.end, rewrite.apply(spelled, shifted))
    text = decode(msgstr)
    match block.role:
        case "yaml" | "toml":
            return Edit(block.start, block.end, frontmatter.write(spelled, text, block.role))
        case "alt":
            return Edit(block.start, block.end, writer.escape(text))
        case "alt label":
            # `![text]` and `![text][]` go by their text, which a translation changes.
            end = block.end + 2 * source.startswith("][]", block.end)
            label = " ".join(re.sub(r"[\r\n]+[ \t>]*", " ", spelled).split())
            return Edit(block.start, end, f"{writer.escape(text)}][{label}")
        case "title":
            quote = {'"': '"', "'": "'"}.get(source[block.start - 1], ")")
            written = writer.escape_title(text, quote)
            return Edit(block.start, block.end, written)
    unit = rewrite.with_edits(source, block.unit, inner) if inner else block.unit
    unit, msgstr = with_emphasis(unit, msgstr, writing.spell)
    written_or_none = writer.write(unit, msgstr, writing.env, cell=block.role == "cell")
    return None if written_or_none is None else Edit(block.start, block.end, written_or_none)


def _as_html(block: Block) -> Block:
    return replace(block, role=block.role.removeprefix(IN_HTML))

"""Translations written into a Markdown source, in the place of the blocks that its reader has found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from l10n.articles import rewrite
from l10n.articles.emphasis import Spell, with_emphasis
from l10n.articles.markdown import attributes, code, frontmatter, writer
from l10n.articles.markdown.dialects import grammar_of
from l10n.articles.markdown.emphasis import emphasis_of
from l10n.articles.markdown.inline import line_spans
from l10n.articles.markdown.omit import omissions
from l10n.articles.markdown.parser import Grammar, parse
from l10n.articles.markdown.wrapping import NARROWEST, WRAPS_NOTHING, Manner, manner_of
from l10n.articles.rewrite import Edit
from l10n.articles.sitecode import code_in
from l10n.articles.words import line_break, line_start
from l10n.model import Article, Block, Placeholder
from l10n.text.markup import decode
from l10n.text.sentences import split_sentences

_BREAK = re.compile(r"(?:[\r\n\f]|&#(?:0*1[0-3]|[xX]0*[aAcCdD]);)+")
"""What would end a line, however it is spelled."""
_HEADING = re.compile(r"^[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*#{1,6}[ \t]+$")
_FURTHER_LINE = re.compile(r"(\r\n?|\n)([ \t>]*)")
_LINE_END = re.compile(r"[ \t]?(?:\r\n?|\n)[ \t>]*")
_ASCII = 0x7F
"""The last character that Markdown may have a use for."""
_BLOCK_MARKS = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)]|:|\[\^[^\]]*\]:)[ \t]+[ \t>]*)*")
"""What a line may begin with before a text that begins a block: nothing else does."""
_MARKS = re.compile(r"\[\^[^\]]*\]:|[^\s>]+")
"""The marks before the text of a line that its further lines do not have."""
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

    source: str
    env: dict[str, Any]
    """What it defines its links by."""
    grammar: Grammar
    manner: Manner
    """How its paragraphs end their lines."""
    spell: Spell
    """How it writes emphasis."""
    newline: str
    """How it ends lines."""


def splice(article: Article, replacements: Mapping[int, str | None]) -> str:
    """Return the source with msgstrs put in the place of blocks; None leaves a block out."""
    source, body = article.text, frontmatter.body_start(article.text)
    env: dict[str, Any] = {}
    grammar = grammar_of(article.reading)
    # What is written is read again by itself, with what the article defines its links by.
    if any(article.blocks[index].role in TEXT_ROLES for index in replacements):
        parse(source[body:], grammar, env)
    left_out = (article.blocks[index] for index, text in replacements.items() if text is None)
    texts = [_as_html(block) for block in left_out if block.role in _OMITTED_WITH_CARE]
    omitted: Mapping[tuple[int, int], Edit] = {}
    if texts:
        omitted = omissions(source, list(line_spans(source, body)), texts, grammar)

    manner, spell = _manner(article), emphasis_of(article)
    writing = _Writing(source, env, grammar, manner, spell, line_break(source))

    def write(block: Block, msgstr: str, inner: Sequence[Edit]) -> Edit | None:
        return _edit(writing, block, msgstr, inner)

    def leave_out(block: Block) -> Edit:
        edit = omitted.get((block.start, block.end))
        if edit is not None:
            return edit
        if block.role.startswith(IN_HTML):
            return rewrite.left_out(source, _as_html(block))
        return _edit(writing, block, "", ()) or Edit(block.start, block.end, "")

    edits = rewrite.nested_edits(article.blocks, replacements, write, leave_out)
    return rewrite.apply(source, edits)


def _manner(article: Article) -> Manner:
    """Return how the paragraphs of an article end their lines."""
    source = article.text
    paragraphs = (
        source[line_start(source, block.start) : block.end].splitlines()
        for block in article.blocks
        if block.role == "markdown" and _FURTHER_LINE.search(source, block.start, block.end)
    )
    return manner_of(paragraphs)


def _place(writing: _Writing, block: Block) -> writer.Place:
    """Return where and how a block of text is written."""
    source, manner = writing.source, writing.manner
    line = line_start(source, block.start)
    before, spelled = source[line : block.start], source[block.start : block.end]
    further = _FURTHER_LINE.search(spelled)
    # A cell, a heading, the title of a directive.
    is_part = (
        block.role == "cell"
        or block.unit.context is not None
        or _HEADING.search(before) is not None
    )
    # A later line may stand deeper than it has to; the second one tells.
    marks = _BLOCK_MARKS.match(before)
    # What else stands before the text, a tag around all of it, is no mark: its end would be one of a quote.
    prefix = further[2] if further else _MARKS.sub(_blanks, marks[0] if marks else "")
    length = len(before) + len(spelled)
    if manner.sentences and any(
        len(split_sentences(line, "und")) > 1 for line in spelled.splitlines()
    ):
        # Its author has several sentences on a line here.
        manner = WRAPS_NOTHING
    if further is None and (length > manner.width > 0 or is_part):
        # Its author did not part this line; a heading is one.
        manner = WRAPS_NOTHING
    elif further is not None and not manner.width and not manner.sentences:
        longest = max(map(len, (before + spelled).splitlines()))
        manner = Manner(width=max(longest, NARROWEST))
    grammar = writing.grammar
    if any(_is_line_end(placeholder) for placeholder in block.unit.placeholders):
        grammar, manner = replace(grammar, keeps_lines=True), WRAPS_NOTHING
    return writer.Place(
        writing.env,
        grammar,
        spelled,
        in_cell=block.role == "cell",
        # Behind a tag no list begins.
        in_line=is_part or (before.endswith(">") and "<" in before),
        is_within=_BLOCK_MARKS.fullmatch(before) is None,
        manner=manner,
        column=len(before),
        prefix=prefix,
        newline=writing.newline,
    )


def _is_line_end(placeholder: Placeholder) -> bool:
    """Whether a placeholder is a line end that a shortcode is given, which is none of Markdown's hard breaks."""
    return placeholder.tag == "br" and _LINE_END.fullmatch(placeholder.opening) is not None


def _blanks(match: re.Match[str]) -> str:
    """Return as many blanks as a mark is wide; that of a quote or a footnote's four stays."""
    return "    " if match[0].startswith("[^") else " " * len(match[0])


def _edit(writing: _Writing, block: Block, msgstr: str, inner: Sequence[Edit]) -> Edit | None:
    """Return the edit that puts a msgstr in the place of a block; None when Markdown cannot say it."""
    source = writing.source
    spelled = source[block.start : block.end]
    # In front matter breaks mean something: what did not change keeps its bytes, the rest its style.
    if block.role in frontmatter.STYLES:
        is_kept = msgstr == block.unit.msgid
        text = spelled if is_kept else frontmatter.write(spelled, decode(msgstr), block.role)
        return Edit(block.start, block.end, text)
    msgstr = _BREAK.sub(" ", msgstr)
    if block.role.startswith(IN_CELL):
        outside = replace(block, role=block.role.removeprefix(IN_CELL))
        edit = _edit(writing, outside, msgstr, inner)
        if edit is None:
            return None
        is_html = outside.role.startswith(IN_HTML)
        pipe = "&#124;" if is_html else r"\|"
        written = writer.in_cell(edit.text, spelled, pipe)
        return edit._replace(text=written)
    if block.role.startswith(IN_HTML):
        return rewrite.html_edit(source, _as_html(block), msgstr, inner=inner)
    if msgstr == block.unit.msgid:
        shifted = (Edit(e.start - block.start, e.end - block.start, e.text) for e in inner)
        return Edit(block.start, block.end, rewrite.apply(spelled, shifted))
    text = decode(msgstr)
    if block.role in code.ROLES:
        in_code = code.write(source, block.start, block.end, text, block.role)
        return None if in_code is None else Edit(block.start, block.end, in_code)
    match block.role:
        case "alt":
            return Edit(block.start, block.end, _spelled_alike(writing, spelled, text))
        case "alt label":
            # `![text]` and `![text][]` go by their text, which a translation changes.
            end = block.end + 2 * source.startswith("][]", block.end)
            label = " ".join(re.sub(r"[\r\n]+[ \t>]*", " ", spelled).split())
            return Edit(block.start, end, f"{_spelled_alike(writing, spelled, text)}][{label}")
        case "shortcode" | "tag":
            quoted = attributes.quoted(text, source[block.start - 1], block.role)
            return None if quoted is None else Edit(block.start - 1, block.end + 1, quoted)
        case "title":
            quote = {'"': '"', "'": "'"}.get(source[block.start - 1], ")")
            written = writer.escape_title(text, quote)
            references = rewrite.spelled_characters(spelled) if "&" in spelled else {}
            written = written.translate({c: r for c, r in references.items() if c > _ASCII})
            # Code that the title had is code again.
            for start, end in code_in(spelled, 0, len(spelled)):
                piece = spelled[start:end]
                written = written.replace(writer.escape_title(piece, quote), piece)
            return Edit(block.start, block.end, written)
    unit = rewrite.with_edits(source, block.unit, inner) if inner else block.unit
    unit, msgstr = with_emphasis(unit, msgstr, writing.spell)
    written_or_none = writer.write(unit, msgstr, _place(writing, block))
    if written_or_none is None:
        return None
    # The backslash of a pipe that a cell begins with stands before its text.
    is_escaped = block.role == "cell" and source.startswith("\\|", block.start - 1)
    return Edit(block.start - is_escaped, block.end, written_or_none)


def _spelled_alike(writing: _Writing, spelled: str, text: str) -> str:
    """Return the text of an image as its source spells the words of it."""
    write = writer.spelling_escaper(spelled, writing.env, writing.grammar, with_code=True)
    return write(text)


def _as_html(block: Block) -> Block:
    return replace(block, role=block.role.removeprefix(IN_HTML))

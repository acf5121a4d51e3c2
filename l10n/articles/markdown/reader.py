"""Reader of Markdown articles: blocks found by the parser's line map."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from markdown_it.token import Token

from l10n.articles import kinds
from l10n.articles.html.comments import NOTE
from l10n.articles.html.reader import fragment_blocks
from l10n.articles.markdown import code, frontmatter
from l10n.articles.markdown.attributes import component_texts, directive_texts, text_names
from l10n.articles.markdown.components import property_texts
from l10n.articles.markdown.dialects import grammar_of
from l10n.articles.markdown.dialects import resolved as resolved_reading
from l10n.articles.markdown.inline import (
    ADDRESS,
    MARKUP,
    MismatchError,
    address_of_definition,
    inline_parts,
    line_spans,
    mapped_cells,
    mapped_lines,
    title_of_definition,
)
from l10n.articles.markdown.keeping import Keeping
from l10n.articles.markdown.parser import parse as parse_markdown
from l10n.articles.markdown.parts import Part
from l10n.articles.markdown.soundness import fault_of
from l10n.articles.markdown.splicing import IN_CELL, IN_HTML, TEXT_ROLES, splice
from l10n.articles.markdown.token_types import LINE, TITLE
from l10n.articles.options import PLAIN, Options
from l10n.articles.runs import UnitText
from l10n.articles.words import normalize
from l10n.errors import ArticleError
from l10n.foreign import foreign_data
from l10n.interface import gettext as _
from l10n.model import Block, Kind, Reading, Unit
from l10n.text.markup import escape, plain

__all__ = ["SourceText", "addresses", "parse", "resolved", "splice"]


def parse(source: str, locale: str, options: Options = PLAIN) -> tuple[Block, ...]:
    """Return the blocks of an article, in document order; raise ArticleError when code of its generator is not whole."""
    if frontmatter.lacks_end(source):
        raise ArticleError(_("the front matter has no end"), line=1)
    reader = _Reader(source, locale, options)
    fault = fault_of(
        source,
        reader.body,
        reader.tokens,
        options.reading.dialect,
        is_mdx=grammar_of(options.reading).is_mdx,
    )
    if fault is not None:
        raise ArticleError(
            fault.message, line=source.count("\n", 0, reader.body) + fault.line + 1
        )
    return reader.blocks()


def resolved(options: Options, path: Path, source: str) -> Options:
    """Return the options of an article, with the dialect that its site, its suffix or its own text tells."""
    return replace(options, reading=resolved_reading(options.reading, path, source))


class SourceText(NamedTuple):
    """A stretch of the source, and what stands there."""

    start: int
    end: int
    text: str


def addresses(
    source: str, reading: Reading = PLAIN.reading
) -> tuple[list[SourceText], list[SourceText]]:
    """Return the addresses of links and images where a Markdown source names them, and its raw HTML, in order."""
    reader = _Reader(source, "und", Options(reading=reading))
    reader.blocks()
    return sorted(reader.addresses), sorted(reader.markup)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block in the making."""

    text: UnitText
    kind: Kind
    role: str
    context: str | None = None
    level: int = 0
    notes: tuple[str, ...] = ()
    whole: tuple[int, int] | None = None
    html: Block | None = None
    """What the HTML reader made of it, in raw HTML."""


_KINDS = {
    "list_item_open": Kind.ITEM,
    "blockquote_open": Kind.QUOTE,
    "th_open": Kind.CELL,
    "td_open": Kind.CELL,
    "dt_open": Kind.TERM,
    "dd_open": Kind.ITEM,
    "admonition_title_open": Kind.LABEL,
    f"{TITLE}_open": Kind.LABEL,
}
_QUESTION_LEVEL = 2
"""Headings below this level may be questions without a title that announces them."""
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})


class _Reader:
    """One walk over the block tokens of a source."""

    def __init__(self, source: str, locale: str, options: Options = PLAIN) -> None:
        self.source = source
        self.options = options
        self.names = text_names(options.reading.attributes)
        self.locale = locale
        self.body = frontmatter.body_start(source)
        self.lines = list(line_spans(source, self.body))
        env: dict[str, Any] = {}
        grammar = grammar_of(options.reading)
        with foreign_data():
            self.tokens = parse_markdown(source[self.body :], grammar, env)
        self.definitions: Mapping[str, Mapping[str, Any]] = env.get("references", {})
        """What `[label]: address "title"` defines, by label."""
        self.switches: list[int] = []
        """Lines where translation is switched off and on again, in turn."""
        self.around: list[Token] = []
        """Open tokens, the outermost first."""
        self.drafts: list[_Draft] = []
        self.addresses: list[SourceText] = []
        self.markup: list[SourceText] = []
        self.notes: list[str] = []
        """Notes to translators that no unit has taken yet."""
        self.keeping = Keeping(is_mdx=grammar.is_mdx)
        self.faq_level = 0
        """Level of the heading of questions and answers that the text stands under; 0 for none."""

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of the whole source, in document order."""
        self._front_matter()
        row: list[Token] = []
        for token in self.tokens:
            if token.nesting == 1:
                self.around.append(token)
            elif token.nesting == -1:
                self.around.pop()
                if token.type == "tr_close":
                    self._row(row)
                    row = []
            elif token.type == "inline" and self.around[-1].type in ("th_open", "td_open"):
                token.meta["cell"] = True
                row.append(token)
                # The parser gives lines to rows only.
                rows = (open_.map for open_ in reversed(self.around) if open_.type == "tr_open")
                token.map = next(rows, None)
            elif token.type == "inline" and token.map is not None:
                self._inline(token)
            elif token.type == "html_block" and token.map is not None:
                self._html(token)
            elif token.type == LINE and token.map is not None:
                self._directive(token)
            elif token.type == "fence" and self.options.reading.code != "keep":
                self._code(token)
        self._definitions()
        return self._finished()

    def _front_matter(self) -> None:
        """Make units of the texts before the body; raise ArticleError when they cannot be read."""
        try:
            keys = self.options.front_matter
            values = list(frontmatter.values(self.source, self.body, keys))
        except ValueError as error:
            message = _("the front matter is no {format}: {reason}")
            raise _unreadable(message, error.args[0]) from error
        for value in values:
            text = UnitText(value.start, value.end, escape(normalize(value.text.strip())))
            context = f"meta:{value.key.lower()}"
            self.drafts.append(_Draft(text, Kind.METADATA, value.style, context))

    def _inline(self, token: Token) -> None:
        """Make units of a paragraph, heading or title."""
        if not token.content.strip():
            return
        first, _last = token.map or (0, 0)
        try:
            column = token.meta.get("column")
            if column is None:
                offsets = mapped_lines(self.source, self.lines, first, token.content)
            else:
                start = self.lines[first][0] + column
                offsets = list(range(start, start + len(token.content) + 1))
            parts = inline_parts(self.source, token, offsets, self.locale, self.names)
        except MismatchError:
            return
        kind, level = self._kind()
        is_title = self.around[-1].type == f"{TITLE}_open"
        self._add(parts, self._whole(token), kind, level, "attr:title" if is_title else None)

    def _row(self, cells: Sequence[Token]) -> None:
        """Make units of the cells of a table row."""
        if not cells or cells[0].map is None:
            return
        line, _last = cells[0].map
        start, end = self.lines[line]
        contents = [cell.content for cell in cells]
        try:
            mapped = list(mapped_cells(self.source[start:end], start, contents))
        except MismatchError:
            return
        for cell, offsets in zip(cells, mapped, strict=False):
            if offsets:
                try:
                    parts = inline_parts(self.source, cell, offsets, self.locale, self.names)
                except MismatchError:
                    continue
                self._add(parts, None, Kind.CELL, 0)

    def _add(
        self,
        parts: Sequence[Part],
        whole: tuple[int, int] | None,
        kind: Kind,
        level: int,
        context: str | None = None,
    ) -> None:
        """Make units of the parts of a block, and take down its addresses and tags."""
        is_alone = sum(part.role in TEXT_ROLES for part in parts) == 1
        for part in parts:
            if part.role == ADDRESS:
                self.addresses.append(SourceText(*part.text[:3]))
            elif part.role == MARKUP:
                self.markup.append(SourceText(*part.text[:3]))
            elif self.keeping.is_off:
                continue
            elif part.role in TEXT_ROLES:
                refined = self._refined(plain(part.text.msgid), kind, level)
                notes, self.notes = tuple(self.notes), []
                own = whole if is_alone else None
                self.drafts.append(
                    _Draft(part.text, refined, part.role, context, level, notes, own)
                )
            else:
                role = IN_CELL + part.role if kind is Kind.CELL else part.role
                self.drafts.append(
                    _Draft(part.text, Kind.ATTRIBUTE, role, part.context, html=part.html)
                )

    def _kind(self) -> tuple[Kind, int]:
        """Return the kind and level that the blocks around a text give it."""
        for token in reversed(self.around):
            if token.type == "heading_open":
                level = int(token.tag[1])
                return Kind.HEADLINE if level == 1 else Kind.HEADING, level
            if token.type in _KINDS:
                kind = _KINDS[token.type]
                depth = sum(t.type in _LISTS for t in self.around) if kind is Kind.ITEM else 0
                return kind, depth
        return Kind.PARAGRAPH, 0

    def _refined(self, text: str, kind: Kind, level: int) -> Kind:
        """Return the kind of a text, its words taken into account."""
        if kind in (Kind.HEADING, Kind.HEADLINE):
            # Questions go on until a heading as high as the one that announced them.
            if self.faq_level and level <= self.faq_level:
                self.faq_level = 0
            if kinds.is_faq_title(text):
                self.faq_level = level
            elif kind is Kind.HEADING:
                if kinds.is_question(text) and (self.faq_level or level > _QUESTION_LEVEL):
                    return Kind.QUESTION
                if kinds.is_boilerplate(text):
                    return Kind.BOILERPLATE
        return kinds.of_paragraph(text) if kind is Kind.PARAGRAPH else kind

    def _whole(self, token: Token) -> tuple[int, int] | None:
        """Return the bounds of the lines to remove with a text: its paragraph at top level, or its list item."""
        around = [outer for outer in self.around if outer.type != "paragraph_open"]
        lines = token.map
        if around and around[-1].type == "list_item_open" and around[-1].map:
            first, last = around[-1].map
            _first, text_end = lines or (first, first + 1)
            # An item that holds more than this text stays: it has lines behind it that are not blank.
            if all(start == end for start, end in self.lines[text_end:last]):
                return self._bounds(first, text_end if lines else last)
            return None
        if (not around or around[-1].type == "heading_open") and len(around) <= 1 and lines:
            first, last = self.around[0].map or lines
            while last < len(self.lines) and self._is_blank(last):
                last += 1
            return self._bounds(first, last)
        return None

    def _is_blank(self, line: int) -> bool:
        start, end = self.lines[line]
        return not self.source[start:end].strip()

    def _bounds(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of lines, the end of the last one included."""
        start, _end = self.lines[first]
        end = self.lines[last][0] if last < len(self.lines) else len(self.source)
        return start, end

    def _directive(self, token: Token) -> None:
        """Make units of the texts that the attributes of a directive hold."""
        first, last = token.map or (0, 0)
        start, end = self.lines[first][0], self.lines[last - 1][1]
        self._switch(token.content, first)
        texts = list(directive_texts(self.source, start, end, self.names))
        if token.content.startswith("::"):
            try:
                texts += property_texts(self.source, start, end, self.names)
            except ValueError as error:
                message = _("the properties of a component are no {format}: {reason}")
                raise _unreadable(message, error.args[0]) from error
        self._add(texts, None, Kind.LABEL, 0)

    def _code(self, token: Token) -> None:
        """Make units of the comments in a block of code, and of its strings where they are wanted."""
        if token.map is None or self.keeping.is_off:
            return
        try:
            offsets = mapped_lines(self.source, self.lines, token.map[0] + 1, token.content)
        except MismatchError:
            return
        with_strings = self.options.reading.code == "strings"
        units = code.code_units(token.info, token.content, offsets, with_strings=with_strings)
        for text, role in units:
            self.drafts.append(_Draft(text, Kind.ATTRIBUTE, role, code.CONTEXTS[role]))

    def _switch(self, content: str, line: int) -> None:
        """Do what the comments and tags of a block say, and take down their notes."""
        for note in NOTE.finditer(content):
            self.notes.append(" ".join(note[1].split()))
        was_off = self.keeping.is_off
        self.keeping.read(content)
        if self.keeping.is_off != was_off:
            self.switches.append(line)

    def _html(self, token: Token) -> None:
        """Make units of a block of raw HTML, and do what its comments say."""
        first, _last = token.map or (0, 0)
        self._switch(token.content, first)
        content = token.content.rstrip("\n")
        # In a quote every line of it begins with a mark that HTML would take for text.
        if not content or any(outer.type == "blockquote_open" for outer in self.around):
            return
        try:
            offsets = mapped_lines(self.source, self.lines, first, content)
        except MismatchError:
            return
        start, end = offsets[0], offsets[len(content) - 1] + 1
        self.markup.append(SourceText(start, end, self.source[start:end]))
        if self.keeping.is_off:
            return
        covered: set[int] = set()
        for block in fragment_blocks(self.source[start:end], self.locale):
            unit = block.unit
            covered.add(block.start + start)
            self.drafts.append(
                _Draft(
                    UnitText(block.start + start, block.end + start, unit.msgid),
                    unit.kind,
                    f"{IN_HTML}{block.role}",
                    unit.context,
                    block.level,
                    unit.notes,
                    html=_moved(block, start),
                )
            )
            # The HTML reader has read the same comments: its unit has the notes already.
            self.notes = []
        components = component_texts(self.source, start, end, self.names)
        fresh = [part for part in components if part.text.start not in covered]
        self._add(fresh, None, Kind.LABEL, 0)

    def _definitions(self) -> None:
        """Take down the addresses of definitions, and make units of the titles that a link or image refers to."""
        inline = (token.children or () for token in self.tokens if token.type == "inline")
        labels = {child.meta.get("label") for children in inline for child in children}
        for label, definition in self.definitions.items():
            first, last = definition["map"]
            start, end = self.lines[first][0], self.lines[last - 1][1]
            address = address_of_definition(self.source, start, end)
            if address is not None:
                self.addresses.append(SourceText(*address.text[:3]))
            is_on = bisect_right(self.switches, first) % 2 == 0
            if label in labels and definition["title"] and is_on:
                title = title_of_definition(self.source, start, end, definition["title"])
                if title is not None:
                    self.drafts.append(
                        _Draft(title.text, Kind.ATTRIBUTE, title.role, title.context)
                    )

    def _finished(self) -> tuple[Block, ...]:
        """Return the blocks made of the drafts, in document order."""
        blocks: list[Block] = []
        line, counted = 1, 0
        for draft in sorted(self.drafts, key=lambda draft: (draft.text.start, -draft.text.end)):
            start, end, msgid, placeholders, _enclosing = draft.text
            line += self.source.count("\n", counted, start)
            counted = start
            if draft.html is not None:
                block = replace(draft.html, start=start, end=end, line=line, role=draft.role)
            else:
                unit = Unit(msgid, draft.context, draft.kind, placeholders, draft.notes)
                block = Block(
                    unit, start, end, line, draft.level, draft.role, whole=draft.whole
                )
            blocks.append(block)
        return tuple(blocks)


def _unreadable(message: str, trouble: frontmatter.Trouble) -> ArticleError:
    """Return the error that metadata which cannot be read makes."""
    return ArticleError(
        message.format(format=trouble.language, reason=trouble.reason), line=trouble.line + 1
    )


def _moved(block: Block, by: int) -> Block:
    """Return a block of a fragment as one of the source the fragment stands in."""

    def shift(bounds: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if bounds is None else (bounds[0] + by, bounds[1] + by)

    placeholders = tuple(
        replace(placeholder, offset=placeholder.offset + by)
        for placeholder in block.unit.placeholders
    )
    return replace(
        block,
        unit=replace(block.unit, placeholders=placeholders),
        container=shift(block.container),
        whole=shift(block.whole),
    )

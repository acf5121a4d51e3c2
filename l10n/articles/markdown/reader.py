"""Reader and writer of Markdown articles: blocks found by the parser's line map, translations spliced back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markdown_it.token import Token

from l10n.articles import kinds, rewrite
from l10n.articles.html.reader import fragment_blocks
from l10n.articles.markdown import frontmatter
from l10n.articles.markdown import omit as mdomit
from l10n.articles.markdown import writer as mdwrite
from l10n.articles.markdown.inline import (
    ADDRESS,
    MARKUP,
    Found,
    MismatchError,
    address_of_definition,
    inline_units,
    mapped_cells,
    mapped_lines,
    title_of_definition,
)
from l10n.articles.markdown.parser import parser
from l10n.articles.rewrite import Edit
from l10n.articles.runs import UnitText
from l10n.articles.words import normalize
from l10n.errors import ArticleError
from l10n.interface import gettext as _
from l10n.model import Article, Block, Kind, Unit
from l10n.text.markup import decode, escape, plain


def parse(source: str, locale: str) -> tuple[Block, ...]:
    """Blocks of an article, in document order."""
    return _Reader(source, locale).blocks()


def splice(article: Article, replacements: Mapping[int, str | None]) -> str:
    """The source with msgstrs put in the place of blocks; None leaves a block out."""
    return rewrite.apply(article.text, _edits(article, replacements))


def addresses(source: str) -> tuple[list[UnitText], list[UnitText]]:
    """Where links and images of a Markdown source name their address, and where raw HTML stands, in order."""
    reader = _Reader(source, "und")
    reader.blocks()
    return sorted(reader.addresses), sorted(reader.markup)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block in the making."""

    piece: UnitText
    kind: Kind
    role: str
    context: str | None = None
    level: int = 0
    notes: tuple[str, ...] = ()
    whole: tuple[int, int] | None = None
    html: Block | None = None


_LINE_END = re.compile(r"\r\n?|\n")
_NOTE = re.compile(r"<!--\s*(?:L10N|TRANSLATORS?|I18N)\s*:\s*(.*?)\s*-->", re.DOTALL)
_SWITCH = re.compile(r"<!--\s*l10n:(on|off)\s*-->", re.IGNORECASE)
_KINDS = {
    "list_item_open": Kind.ITEM,
    "blockquote_open": Kind.QUOTE,
    "th_open": Kind.CELL,
    "td_open": Kind.CELL,
    "dt_open": Kind.TERM,
    "dd_open": Kind.ITEM,
    "admonition_title_open": Kind.LABEL,
}
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})


class _Reader:
    """One walk over the block tokens of a source."""

    def __init__(self, source: str, locale: str) -> None:
        self.source = source
        self.locale = locale
        self.mark = 1 if source.startswith("\ufeff") else 0
        self.body = self.mark + frontmatter.extent(source[self.mark :])
        self.spans = list(_line_spans(source, self.body))
        env: dict[str, Any] = {}
        self.tokens = parser().parse(source[self.body :], env)
        self.definitions: Mapping[str, Mapping[str, Any]] = env.get("references", {})
        """What `[label]: address "title"` defines, by label."""
        self.untouched: list[int] = []
        """Lines where translation is switched off and on again, in turn."""
        self.around: list[Token] = []
        self.drafts: list[_Draft] = []
        self.addresses: list[UnitText] = []
        self.markup: list[UnitText] = []
        self.notes: list[str] = []
        self.off = False
        self.faq = 0
        """Level of the heading of questions and answers that the text stands under; 0 for none."""

    def blocks(self) -> tuple[Block, ...]:
        """Blocks of the whole source, in document order."""
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
                token.meta["kind"] = Kind.CELL
                row.append(token)
                token.map = next(
                    (t.map for t in reversed(self.around) if t.type == "tr_open"), None
                )
            elif token.type == "inline" and token.map is not None:
                self._inline(token)
            elif token.type == "html_block" and token.map is not None:
                self._html(token)
        self._definitions()
        return self._finished()

    def _front_matter(self) -> None:
        head = self.source[self.mark : self.body]
        try:
            found = list(frontmatter.values(head, len(head)))
        except ValueError as error:
            trouble = error.args[0]
            raise ArticleError(
                _("the front matter is no YAML: {reason}").format(reason=trouble.reason),
                line=trouble.line + 1,
            ) from error
        for value in found:
            text = escape(normalize(value.text.strip()))
            piece = UnitText(value.start + self.mark, value.end + self.mark, text)
            self.drafts.append(
                _Draft(piece, Kind.METADATA, value.style, f"meta:{value.key.lower()}")
            )

    def _inline(self, token: Token) -> None:
        """Make units of a paragraph, heading or title."""
        if not token.content.strip():
            return
        first = (token.map or [0])[0]
        try:
            offsets = mapped_lines(self.source, self.spans, first, token.content)
            found = inline_units(self.source, token, offsets, self.locale)
        except MismatchError:
            return
        self._add(found, self._whole(token))

    def _row(self, cells: Sequence[Token]) -> None:
        """Make units of the cells of a table row."""
        if not cells or cells[0].map is None:
            return
        start, end = self.spans[cells[0].map[0]]
        try:
            mapped = list(
                mapped_cells(self.source[start:end], start, [c.content for c in cells])
            )
        except MismatchError:
            return
        for cell, offsets in zip(cells, mapped, strict=False):
            if offsets:
                try:
                    self._add(
                        inline_units(self.source, cell, offsets, self.locale), None, Kind.CELL
                    )
                except MismatchError:
                    continue

    def _add(
        self, found: Sequence[Found], whole: tuple[int, int] | None, kind: Kind | None = None
    ) -> None:
        level = 0
        texts = [each for each in found if each.role in ("markdown", "cell")]
        if kind is None:
            kind, level = self._kind()
        for each in found:
            if each.role == ADDRESS:
                self.addresses.append(each.piece)
            elif each.role == MARKUP:
                self.markup.append(each.piece)
            elif self.off:
                continue
            elif each in texts:
                refined = self._refined(plain(each.piece.msgid), kind, level)
                notes, self.notes = tuple(self.notes), []
                alone = whole if len(texts) == 1 else None
                self.drafts.append(
                    _Draft(each.piece, refined, each.role, None, level, notes, alone)
                )
            else:
                role = _IN_CELL + each.role if kind is Kind.CELL else each.role
                self.drafts.append(
                    _Draft(each.piece, Kind.ATTRIBUTE, role, each.context, html=each.html)
                )

    def _kind(self) -> tuple[Kind, int]:
        """Kind and level that the blocks around a text give it."""
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
        if kind is Kind.HEADING or kind is Kind.HEADLINE:
            if self.faq and level <= self.faq:
                self.faq = 0
            if kinds.is_faq_title(text):
                self.faq = level
            elif kind is Kind.HEADING and kinds.is_question(text) and (self.faq or level > 2):
                return Kind.QUESTION
            elif kind is Kind.HEADING and kinds.is_boilerplate(text):
                return Kind.BOILERPLATE
        return kinds.of_paragraph(text) if kind is Kind.PARAGRAPH else kind

    def _whole(self, token: Token) -> tuple[int, int] | None:
        """Lines to remove with a text: its paragraph at top level, or its list item."""
        around = [each for each in self.around if each.type != "paragraph_open"]
        lines = token.map
        if around and around[-1].type == "list_item_open" and around[-1].map:
            first, last = around[-1].map
            if all(
                self.spans[line][0] == self.spans[line][1]
                for line in range((lines or [0, first + 1])[1], last)
            ):
                return self._lines(first, (lines or around[-1].map)[1])
            return None
        if (not around or around[-1].type == "heading_open") and len(around) <= 1 and lines:
            block = self.around[0].map or lines
            last = block[1]
            while last < len(self.spans) and self._is_blank(last):
                last += 1
            return self._lines(block[0], last)
        return None

    def _is_blank(self, line: int) -> bool:
        start, end = self.spans[line]
        return not self.source[start:end].strip()

    def _lines(self, first: int, last: int) -> tuple[int, int]:
        end = self.spans[last][0] if last < len(self.spans) else len(self.source)
        return self.spans[first][0], end

    def _html(self, token: Token) -> None:
        """Make units of a block of raw HTML, or heed what its comments say."""
        for note in _NOTE.finditer(token.content):
            self.notes.append(" ".join(note[1].split()))
        switches = _SWITCH.findall(token.content)
        if switches:
            off = switches[-1].lower() == "off"
            if off != self.off:
                self.untouched.append((token.map or [0])[0])
            self.off = off
        content = token.content.rstrip("\n")
        if not content or any(t.type == "blockquote_open" for t in self.around):
            return
        try:
            offsets = mapped_lines(self.source, self.spans, (token.map or [0])[0], content)
        except MismatchError:
            return
        start, end = offsets[0], offsets[len(content) - 1] + 1
        self.markup.append(UnitText(start, end, self.source[start:end]))
        if self.off:
            return
        for block in fragment_blocks(self.source[start:end], self.locale):
            piece = UnitText(block.start + start, block.end + start, block.unit.msgid)
            self.drafts.append(
                _Draft(
                    piece,
                    block.unit.kind,
                    f"html {block.role}",
                    block.unit.context,
                    block.level,
                    block.unit.notes,
                    html=_moved(block, start),
                )
            )
            self.notes = []

    def _definitions(self) -> None:
        """Note what definitions give: addresses, and as units the titles of those that a link or image refers to."""
        inline = (token.children or () for token in self.tokens if token.type == "inline")
        labels = {child.meta.get("label") for children in inline for child in children}
        for label, definition in self.definitions.items():
            first, last = definition["map"]
            start, end = self.spans[first][0], self.spans[last - 1][1]
            address = address_of_definition(self.source, start, end)
            if address is not None:
                self.addresses.append(address.piece)
            if (
                label in labels
                and definition["title"]
                and bisect_right(self.untouched, first) % 2 == 0
            ):
                found = title_of_definition(self.source, start, end, definition["title"])
                if found is not None:
                    self.drafts.append(
                        _Draft(found.piece, Kind.ATTRIBUTE, found.role, found.context)
                    )

    def _finished(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        line, counted = 1, 0
        for draft in sorted(self.drafts, key=lambda each: (each.piece.start, -each.piece.end)):
            piece = draft.piece
            line += self.source.count("\n", counted, piece.start)
            counted = piece.start
            if draft.html is not None:
                blocks.append(
                    replace(
                        draft.html, start=piece.start, end=piece.end, line=line, role=draft.role
                    )
                )
                continue
            unit = Unit(piece.msgid, draft.context, draft.kind, piece.placeholders, draft.notes)
            blocks.append(
                Block(
                    unit,
                    piece.start,
                    piece.end,
                    line,
                    draft.level,
                    draft.role,
                    whole=draft.whole,
                )
            )
        return tuple(blocks)


def _moved(block: Block, by: int) -> Block:
    """A block of a fragment as one of the source the fragment stands in."""

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


def _line_spans(source: str, start: int) -> Iterator[tuple[int, int]]:
    """Bounds of the lines from an offset on, without their ends."""
    for match in _LINE_END.finditer(source, start):
        yield start, match.start()
        start = match.end()
    yield start, len(source)


def _edits(article: Article, replacements: Mapping[int, str | None]) -> list[Edit]:
    source = article.text
    mark = 1 if source.startswith("\ufeff") else 0
    env: dict[str, Any] = {}
    if any(article.blocks[index].role in _TEXT_ROLES for index in replacements):
        parser().parse(source[mark + frontmatter.extent(source[mark:]) :], env)
    left_out = (article.blocks[index] for index, text in replacements.items() if text is None)
    texts = [_as_html(block) for block in left_out if block.role in _OMITTED_WITH_CARE]
    omissions: Mapping[tuple[int, int], Edit] = {}
    if texts:
        lines = list(_line_spans(source, mark + frontmatter.extent(source[mark:])))
        omissions = mdomit.omissions(source, lines, texts)

    def write(block: Block, msgstr: str, inner: Sequence[Edit]) -> Edit | None:
        return _edit(source, block, msgstr, inner, env)

    def leave_out(block: Block) -> Edit:
        omission = omissions.get((block.start, block.end))
        if omission is not None:
            return omission
        if block.role.startswith(_HTML):
            return rewrite.left_out(source, _as_html(block))
        return _edit(source, block, "", (), env) or Edit(block.start, block.end, "")

    return rewrite.nested_edits(article.blocks, replacements, write, leave_out)


def _edit(
    source: str, block: Block, msgstr: str, inner: Sequence[Edit], env: dict[str, Any]
) -> Edit | None:
    """Edit that puts a msgstr in the place of a block; None when Markdown cannot say it."""
    spelled = source[block.start : block.end]
    msgstr = _BREAK.sub(" ", msgstr)
    if block.role.startswith(_IN_CELL):
        outside = replace(block, role=block.role.removeprefix(_IN_CELL))
        edit = _edit(source, outside, msgstr, inner, env)
        if edit is None:
            return None
        is_html = outside.role.startswith(_HTML)
        written = edit.text.replace("|", "&#124;") if is_html else mdwrite.in_cell(edit.text)
        return edit._replace(text=written)
    if block.role.startswith(_HTML):
        return rewrite.html_edit(source, _as_html(block), msgstr, inner=inner)
    if msgstr == block.unit.msgid:
        shifted = (Edit(e.start - block.start, e.end - block.start, e.text) for e in inner)
        return Edit(block.start, block.end, rewrite.apply(spelled, shifted))
    text = decode(msgstr)
    match block.role:
        case "yaml" | "toml":
            return Edit(block.start, block.end, frontmatter.write(spelled, text, block.role))
        case "alt":
            return Edit(block.start, block.end, mdwrite.escape(text))
        case "alt label":
            # `![text]` and `![text][]` go by their text, which a translation changes.
            end = block.end + 2 * source.startswith("][]", block.end)
            label = " ".join(re.sub(r"[\r\n]+[ \t>]*", " ", spelled).split())
            return Edit(block.start, end, f"{mdwrite.escape(text)}][{label}")
        case "title":
            quote = {'"': '"', "'": "'"}.get(source[block.start - 1], ")")
            written = mdwrite.escape_title(text, quote)
            return Edit(block.start, block.end, written)
    unit = rewrite.with_edits(source, block.unit, inner) if inner else block.unit
    written_or_none = mdwrite.write(unit, msgstr, env, cell=block.role == "cell")
    return None if written_or_none is None else Edit(block.start, block.end, written_or_none)


def _as_html(block: Block) -> Block:
    return replace(block, role=block.role.removeprefix(_HTML))


_BREAK = re.compile(r"(?:[\r\n\f]|&#(?:0*1[0-3]|[xX]0*[aAcCdD]);)+")
"""What would end a line, however it is spelled."""
_IN_CELL = "cell "
"""What the roles of attributes in the cells of tables begin with."""
_HTML = "html "
"""What the roles of blocks inside raw HTML begin with."""
_TEXT_ROLES = ("markdown", "cell")
_OMITTED_WITH_CARE = (*_TEXT_ROLES, "html text", "html rcdata")
"""Roles of blocks that others may depend on; the rest are values that can be empty."""

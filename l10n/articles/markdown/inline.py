"""Inline Markdown of one block made into a unit, every element at its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from l10n.articles.html.elements import INLINE
from l10n.articles.html.reader import fragment_blocks
from l10n.articles.html.tokens import VOID, TokenKind, scan_markup
from l10n.articles.markdown.attributes import component_texts, directive_texts
from l10n.articles.markdown.jsx import Tag
from l10n.articles.markdown.parts import Part
from l10n.articles.markdown.token_types import OPAQUE, PAIR
from l10n.articles.runs import WHOLE, Run, UnitText
from l10n.articles.sitecode import hidden, holds_code, prints
from l10n.articles.words import has_words, normalize, shorten
from l10n.text.markup import escape

_START, _END, _TEXT = int(TokenKind.START), int(TokenKind.END), int(TokenKind.TEXT)
_PAIRS = {"em": "em", "strong": "strong", "s": "s", "link": "a", PAIR: "x"}
_TITLE = (
    r"""[ \t\n](?:"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|\(((?:\\.|[^()\\])*)\))[ \t\n]*"""
)
ADDRESS = "address"
"""Role of the address of a link or image: no unit, but what export may exchange."""
MARKUP = "markup"
"""Role of a tag of raw HTML, for the same reason."""
_LINK_ADDRESS = re.compile(
    r"\]\([ \t\n]*(<(?:\\.|[^<>\\\n])*>|(?:\\.|[^\s\\<])(?:\\.|[^\s\\])*?)(?=[ \t\n]|\)\Z)"
)
_DEFINED_ADDRESS = re.compile(
    r"[ \t>]*\[(?:\\.|[^\]\\])*\]:[ \t]*(?:\n[ \t>]*)?(<(?:\\.|[^<>\\\n])*>|\S+)"
)
_LINK_TITLE = re.compile(_TITLE + r"\)\Z", re.DOTALL)
_DEFINED_TITLE = re.compile(_TITLE + r"\Z", re.DOTALL)


_PLAIN = ("text", "softbreak", "code_inline", *(f"{name}_" for name in _PAIRS))
"""What the text of an image may hold to be one plain text for those who do not see it."""


class MismatchError(Exception):
    """The parser read something that is not where it should be; the block stays as it is."""


def inline_parts(
    source: str, token: Token, offsets: Sequence[int], locale: str, names: frozenset[str]
) -> list[Part]:
    """Return the parts of an inline token whose content stands in the source at `offsets`, one per character.

    `names` are those of attributes with text for readers. Raises MismatchError when content and source do
    not fit.
    """
    scanner = _Scanner(source, token.content, offsets, locale, names)
    scanner.scan(token.children or [])
    texts = [
        Part(text, "cell" if token.meta.get("cell") else "markdown")
        for text in scanner.run.units()
    ]
    return sorted(texts + scanner.parts, key=lambda part: part.text.start)


def title_of_definition(source: str, start: int, end: int, title: str) -> Part | None:
    """Return the title at the end of the definition of a link's address; None when it says nothing or spans lines."""
    match = _DEFINED_TITLE.search(source, start, end)
    if match is None or match.lastindex is None or not has_words(title):
        return None
    first, last = match.span(match.lastindex)
    if unescapeAll(source[first:last]) != title or "\n" in title:
        return None
    return Part(UnitText(first, last, _msgid(title)), "title", "attr:title")


def address_of_definition(source: str, start: int, end: int) -> Part | None:
    """Return the address that a definition of a link gives."""
    if holds_code(source[start:end]):
        return None
    match = _DEFINED_ADDRESS.match(source, start, end)
    return None if match is None else _address(source, *match.span(1))


def _address(source: str, start: int, end: int) -> Part | None:
    if source.startswith("<", start) and source.endswith(">", start, end):
        start, end = start + 1, end - 1
    url = unescapeAll(source[start:end])
    return Part(UnitText(start, end, url), ADDRESS) if url else None


class _Scanner:
    """Walks the parser's children of one inline token along its content."""

    def __init__(
        self,
        source: str,
        content: str,
        offsets: Sequence[int],
        locale: str,
        names: frozenset[str],
    ) -> None:
        self.source = source
        self.content = content
        self.hidden = hidden(content)
        """The content with a word in the place of each piece of code: an address may be one."""
        self.names = names
        self.offsets = offsets
        self.locale = locale
        self.position = 0
        self.run = Run(source)
        self.parts: list[Part] = []
        self.open_links: list[tuple[int, int]] = []
        """Index of the token that opens each link, and where its text begins in the content."""

    def scan(self, children: Sequence[Token]) -> None:
        """Make tokens of all children; raise MismatchError when text is left that none of them is read from."""
        index = 0
        while index < len(children):
            child = children[index]
            # `<https://…>` says its address and nothing else: one placeholder.
            if child.type == "link_open" and child.info == "auto":
                index += 2
                end = children[index].meta["end"]
                address = str(child.attrs["href"])
                self._add(_START, "a", end, opaque=True, visible=True, stands_for=address)
            else:
                self._child(child)
            index += 1
        if self.content[self.position :].strip():
            raise MismatchError

    def _child(self, child: Token) -> None:
        """Make a token of one child."""
        name, _, side = child.type.rpartition("_")
        end = child.meta.get("end", 0)
        match child.type:
            case "text":
                self._text(child.content, child.content)
            case "text_special":
                self._text(child.markup, child.content)
            case "softbreak":
                self._add(_TEXT, "", end, text=" ")
            case "hardbreak":
                self._add(_START, "br", end, opaque=True, stands_for="")
            case "code_inline":
                code = shorten(child.content)
                self._add(_START, "code", end, opaque=True, visible=True, stands_for=code)
            case _ if child.type == OPAQUE:
                code = shorten(child.content)
                self._texts(end)
                element = _ELEMENT.match(child.content)
                visible = element is not None or _is_read(child.content)
                name = element[1].lower() if element else "x"
                self._add(_START, name, end, opaque=True, visible=visible, stands_for=code)
            case "footnote_ref":
                label = f"[^{child.meta['label']}]"
                self._add(_START, "sup", end, opaque=True, stands_for=label)
            case "image":
                self._image(child)
            case "html_inline":
                self._html(child)
            case "link_open" | "link_close":
                self._link(child, opening=side == "open")
            case _ if name in _PAIRS and side in ("open", "close"):
                self._expect(child.markup)
                kind = _START if side == "open" else _END
                behind = self.position + len(child.markup)
                if name == PAIR:
                    self._texts(behind)
                stands_for = shorten(child.markup) if name == PAIR else ""
                self._add(kind, _PAIRS[name], behind, stands_for=stands_for)
            case _:
                raise MismatchError

    def _add(
        self,
        kind: int,
        name: str,
        end: int,
        *,
        opaque: bool = False,
        visible: bool = False,
        text: str | None = None,
        stands_for: str | None = None,
    ) -> None:
        """Make a token of what stands between the position and `end`; a placeholder when it is opaque."""
        if end > self.position:
            start = self.offsets[self.position]
            stop = self.offsets[end - 1] + 1
            # A line end goes with what begins the next line: the mark of a quote, the indentation of an item.
            if self.content[end - 1] == "\n" and end < len(self.content):
                stop = self.offsets[end]
            token = (WHOLE if opaque else kind, name, start, stop)
            self.run.add(token, visible=visible, text=text, meaning=stands_for)
            self.position = end

    def _expect(self, text: str) -> None:
        if not self.content.startswith(text, self.position):
            raise MismatchError

    def _text(self, spelled: str, text: str) -> None:
        self._expect(spelled)
        self._add(
            _TEXT, "", self.position + len(spelled), visible=not text.isspace(), text=text
        )

    def _link(self, child: Token, *, opening: bool) -> None:
        if opening:
            self._expect("[")
            self.open_links.append((len(self.run.tokens), self.position + 1))
            self._add(
                _START, "a", self.position + 1, stands_for=shorten(str(child.attrs["href"]))
            )
            return
        self._expect("]")
        start, end = self.position, child.meta["end"]
        link, label_start = self.open_links.pop()
        closing = self.content[start:end]
        if closing in ("]", "[]", "][]"):
            # A translation changes the text that names the label: the closing names it, and the pair stays.
            label = " ".join(self.content[label_start:start].split())
            self.run.visible[link] = True
            self._add(_END, "a", end, text=f"][{label}]")
            return
        self._title(start, end)
        self._add(_END, "a", end)

    def _title(self, start: int, end: int) -> None:
        """Find the address and the title of a link or image whose text ends at `start` and whose syntax at `end`."""
        address = _LINK_ADDRESS.match(self.hidden, start, end)
        if address is not None and not holds_code(self.content[start:end]):
            first, last = self.offsets[address.start(1)], self.offsets[address.end(1) - 1] + 1
            part = _address(self.source, first, last)
            self.parts += [part] if part else []
        match = _LINK_TITLE.search(self.hidden, start, end)
        if match is None or match.lastindex is None:
            return
        first, last = match.span(match.lastindex)
        text = unescapeAll(self.content[first:last])
        if last > first and has_words(text) and "\n" not in text:
            self.parts.append(Part(self._unit(first, last, text), "title", "attr:title"))

    def _image(self, child: Token) -> None:
        start, end = self.position + 2, child.meta["end"]
        if not self.content.startswith("![" + child.content, self.position):
            raise MismatchError
        inside = child.children or []
        text_end = start + len(child.content)
        text = "".join(" " if token.type == "softbreak" else token.content for token in inside)
        if has_words(text) and all(token.type.startswith(_PLAIN) for token in inside):
            # A text that names a definition too has to be told apart from it when it is translated.
            role = "alt label" if self.content[text_end:end] in ("]", "][]") else "alt"
            self.parts.append(Part(self._unit(start, text_end, text), role, "attr:alt"))
        self._title(text_end, end)
        self._add(_START, "img", end, opaque=True, stands_for=shorten(str(child.attrs["src"])))

    def _texts(self, end: int) -> None:
        """Take down the texts that the attributes of a directive hold, from the position to `end`."""
        start, stop = self.offsets[self.position], self.offsets[end - 1] + 1
        self.parts += directive_texts(self.source, start, stop, self.names)

    def _jsx(self, tag: Tag, content: str, end: int) -> None:
        """Make a token of a tag of JSX."""
        self._texts(end)
        name = tag.name.lower() or "x"
        stands_for = shorten(content)
        if tag.is_void and name not in VOID:
            self._add(_START, "x", end, opaque=True, stands_for=stands_for)
        elif tag.is_end:
            self._add(_END, name, end)
        else:
            self._add(_START, name, end, stands_for=None if name in INLINE else stands_for)

    def _html(self, child: Token) -> None:
        self._expect(child.content)
        end = self.position + len(child.content)
        tag: Tag | None = child.meta.get("jsx")
        if tag is not None and (
            tag.has_code or tag.name[:1].isupper() or "\n" in child.content
        ):
            self._jsx(tag, child.content, end)
            return
        tokens = scan_markup(child.content, xml=False) or [(_START, "x", 0, 0)]
        kind, name, _start, _end = tokens[0]
        # In a tag over several lines the marks of quotes and lists stand between its attributes.
        if "\n" not in child.content:
            shift = self.offsets[self.position]
            text = UnitText(shift, shift + len(child.content), child.content)
            self.parts.append(Part(text, MARKUP))
            covered: set[int] = set()
            for block in fragment_blocks(child.content, self.locale):
                text = UnitText(block.start + shift, block.end + shift, block.unit.msgid)
                covered.add(text.start)
                self.parts.append(Part(text, f"html {block.role}", block.unit.context, block))
            behind = shift + len(child.content)
            texts = component_texts(self.source, shift, behind, self.names)
            self.parts += (part for part in texts if part.text.start not in covered)
        if kind in (_START, _END):
            self._add(kind, name, end)
        else:
            self._add(_START, "x", end, opaque=True, stands_for="")

    def _unit(self, start: int, end: int, text: str) -> UnitText:
        return UnitText(self.offsets[start], self.offsets[end - 1] + 1, _msgid(text))


_ELEMENT = re.compile(r"<([A-Za-z][\w-]*)")
"""How an element begins that its author keeps."""
_READ = ("$", "\\", "[[", "![[", "++")
"""What formulas, links of wikis and keys begin with."""


def _is_read(directive: str) -> bool:
    """Whether a directive is read like a word of its sentence: a formula, what code prints, an expression of JSX."""
    if directive.startswith(_READ) or prints(directive):
        return True
    return directive.startswith("{") and not directive.startswith(_UNREAD)


_UNREAD = ("{{", "{%", "{#", "{:", "{.", "{/*", "{>>", "{*", "{!", "{ ", "{-")


def _msgid(text: str) -> str:
    return escape(normalize(" ".join(text.split(" "))))


def line_spans(source: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the lines from an offset on, without their ends."""
    for match in _LINE_END.finditer(source, start):
        yield start, match.start()
        start = match.end()
    yield start, len(source)


_LINE_END = re.compile(r"\r\n?|\n")


def mapped_lines(
    source: str, spans: Sequence[tuple[int, int]], first: int, content: str
) -> list[int]:
    """Return the offset in the source of each character of an inline content that begins on line `first`.

    `spans` are the lines of the source without their ends. Raises MismatchError when they do not fit.
    """
    offsets: list[int] = []
    for index, line in enumerate(content.split("\n")):
        if first + index >= len(spans):
            raise MismatchError
        start, end = spans[first + index]
        core = line.strip(" \t")
        at = _find_core(source[start:end], core)
        lead = len(line) - len(line.lstrip(" \t"))
        base = start + at - lead
        offsets.extend(range(base, base + len(line) + 1))
    return offsets


def _find_core(line: str, core: str) -> int:
    """Return where the text of a line begins after the marks of the blocks around it."""
    bare = line.rstrip(" \t")
    if bare.endswith(core):
        return len(bare) - len(core)
    match = _CLOSED_HEADING.search(line)
    if match is not None and match[1].strip(" \t") == core:
        return match.start(1)
    quoted = line.find(f'"{core}"')
    if quoted >= 0:
        return quoted + 1
    raise MismatchError


_CLOSED_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]+#+[ \t]*(?:\{[^{}]*\}[ \t]*)?$")


def mapped_cells(line: str, start: int, contents: Sequence[str]) -> Iterator[list[int] | None]:
    """Yield the offset of each character of the cells of a table row; None for a cell that is not found."""
    # A filter in code is no end of a cell.
    cells = list(_cells(hidden(line)))
    # A row may begin with a pipe or not; what stands before the first one is then no cell.
    for shift in (0, 1):
        shifted = cells[shift : shift + len(contents)]
        fits = all(
            line[begin:end].replace("\\|", "|").strip().endswith(content)
            for (begin, end), content in zip(shifted, contents, strict=False)
        )
        if fits and len(shifted) >= len([content for content in contents if content]):
            for (begin, end), content in zip(shifted, contents, strict=False):
                yield _mapped_cell(line, start, begin, end, content)
            return
    raise MismatchError


def _cells(line: str) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the stretches between the pipes of a row, escaped pipes aside."""
    begin = 0
    for match in _PIPE.finditer(line):
        if match.group() == "|":
            yield begin, match.start()
            begin = match.end()
    yield begin, len(line)


_PIPE = re.compile(r"\\.|\|")


def _mapped_cell(line: str, start: int, begin: int, end: int, content: str) -> list[int] | None:
    offsets: list[int] = []
    position = begin
    while position < end:
        if line.startswith("\\|", position) and position + 1 < end:
            offsets.append(start + position + 1)
            position += 2
        else:
            offsets.append(start + position)
            position += 1
    text = "".join(line[offset - start] for offset in offsets)
    bare = text.rstrip(" \t")
    if not content or not bare.endswith(content):
        return None
    first = len(bare) - len(content)
    return offsets[first : first + len(content)]

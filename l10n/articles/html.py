"""Reader and writer of HTML articles: blocks found by source offsets, translations spliced back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from l10n.articles import jsonld, kinds, rewrite
from l10n.articles import elements as el
from l10n.articles.inline import Opaque, Piece, has_words, normalize, pieces_of, trim
from l10n.articles.tokens import (
    VOID,
    Attribute,
    Token,
    TokenKind,
    attribute_values,
    attributes,
    decode_attribute,
    is_self_closing,
    is_xml,
    tokenize,
)
from l10n.markup import escape, plain
from l10n.model import Article, Block, Kind, Unit


@dataclass(frozen=True, slots=True)
class HtmlFormat:
    """The format `html`."""

    name: str = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml", ".xht")

    def parse(self, source: str, locale: str) -> tuple[Block, ...]:
        """Blocks of an article, in document order."""
        return html_blocks(source, locale)

    def splice(self, article: Article, replacements: Mapping[int, str | None]) -> str:
        """The source with msgstrs put in the place of blocks; None leaves a block out."""
        return rewrite.apply(
            article.text,
            rewrite.html_edits(article.text, article.blocks, replacements, article.encoding),
        )


def html_blocks(source: str, locale: str, *, xml: bool | None = None) -> tuple[Block, ...]:
    """Blocks of an HTML source or fragment, in document order."""
    reader = _Reader(source, locale, is_xml(source) if xml is None else xml)
    reader.read()
    return reader.blocks()


@dataclass(slots=True)
class _Frame:
    """An open element that parts text, and what it means for the text inside."""

    name: str
    start: int
    open_end: int
    kind: Kind
    level: int = 0
    lists: int = 0
    faq: bool = False
    no_translate: bool = False
    foreign: bool = False
    skip: bool = False
    context: str | None = None
    notes: tuple[str, ...] = ()
    preserve: bool = False
    outer: _Frame | None = None
    end: int = -1
    units: int = 0
    """Units of text inside, those of elements inside it too."""

    @property
    def muted(self) -> bool:
        """Whether its text is not to be translated."""
        return self.no_translate or self.foreign or self.skip


@dataclass(slots=True)
class _Notable:
    """What a start tag says besides its name; made once for equal tags."""

    texts: tuple[str, ...] = ()
    """Its attributes that hold text."""
    translate: bool | None = None
    lang: str | None = None
    skip: bool = False
    context: str | None = None
    note: str | None = None
    kind: Kind | None = None
    faq: bool = False
    meta: str = ""
    """Name of the metadata its `content` holds."""
    json: bool = False


@dataclass(slots=True)
class _Draft:
    """A block in the making."""

    start: int
    end: int
    msgid: str
    kind: Kind
    role: str
    context: str | None = None
    notes: tuple[str, ...] = ()
    level: int = 0
    frame: _Frame | None = None
    piece: Piece | None = None


_NOTHING = _Notable()
_NOTE = re.compile(r"<!--\s*(?:L10N|TRANSLATORS?|I18N)\s*:\s*(.*?)\s*-->", re.DOTALL)
_SWITCH = re.compile(r"<!--\s*l10n:(on|off)\s*-->", re.IGNORECASE)
_CLASS_WORDS = ("class", "id", "itemprop", "itemtype", "rel", "role")
_TELLING = re.compile(
    r"[ \t\n\r\f\"'/](?:alt|title|placeholder|aria-|label|abbr|summary|value|translate|lang|xml:lang"
    r"|data-l10n-|content|notranslate)|application/ld",
    re.IGNORECASE,
)
"""What an inline start tag has somewhere when it says more than its name."""


class _Reader:
    """One walk over the tokens of a source."""

    def __init__(self, source: str, locale: str, xml: bool) -> None:
        self.source = source
        self.language = _primary(locale)
        self.xml = xml
        self.tokens = tokenize(source, xml=xml)
        self.frames = [_Frame("", 0, 0, Kind.PARAGRAPH)]
        self.open: dict[str, int] = {}
        self.drafts: list[_Draft] = []
        self.notable: dict[str, _Notable] = {}
        self.opaque: dict[int, Opaque] = {}
        self.notes: list[tuple[int, str]] = []
        self.closing: dict[int, _Frame] = {}
        self.run = 0
        """Index of the first token of the run of inline tokens being collected."""
        self.off = False
        self.boundary = -1
        self.matches: dict[int, int] | None = None

    def read(self) -> None:
        """Walk all tokens."""
        source, tokens, inline = self.source, self.tokens, el.INLINE
        start_tag, end_tag, text = TokenKind.START, TokenKind.END, TokenKind.TEXT
        notable = self.notable
        index, count = 0, len(tokens)
        while index < count:
            kind, name, start, end = tokens[index]
            if kind == text:
                index += 1
            elif kind == start_tag:
                known = _NOTHING
                if end - start > len(name) + 2:
                    tag = source[start:end]
                    found = notable.get(tag)
                    if found is None:
                        found = notable[tag] = _notable(tag, name)
                    known = found
                if name in inline:
                    if known is _NOTHING and name not in _SPECIAL:
                        index += 1
                    else:
                        index = self._inline(index, known)
                else:
                    index = self._block(index, known)
            elif kind == end_tag:
                if name not in inline:
                    self._flush(index)
                    self._close(name, start, end)
                    self.run = index + 1
                elif self.closing and index in self.closing:
                    self._flush(index)
                    self._close_frame(self.closing.pop(index), start, end)
                    self.run = index + 1
                index += 1
            else:
                index = self._other(index)
        self._flush(count)
        while len(self.frames) > 1:
            self._pop(len(source))

    # tags

    def _inline(self, index: int, known: _Notable) -> int:
        """Take note of an inline element that is more than its tag; gives the next index to read."""
        token = self.tokens[index]
        name = token.name
        frame = self.frames[-1]
        if known.texts and not frame.muted and not self.off:
            self._attributes(token, known)
        if known.meta and not frame.muted and not self.off:
            self._metadata(token, known)
        if name in VOID:
            return index + 1
        if name in el.OPAQUE:
            return self._opaque(index, known)
        if name == "picture":
            match = self._match(index)
            if match is not None and match < self._next_boundary(index):
                self.opaque[index] = Opaque(match, False)
            return index + 1
        inner = self._frame(token, known)
        inner.skip = inner.skip or name in el.CODE
        if inner.muted == frame.muted and known.context is None and known.note is None:
            return index + 1
        match = self._match(index)
        if inner.muted and match is not None and match < self._next_boundary(index):
            self.opaque[index] = Opaque(match, True)
            return match + 1
        self._flush(index)
        self._push(inner)
        if match is not None:
            self.closing[match] = inner
        self.run = index + 1
        return index + 1

    def _opaque(self, index: int, known: _Notable) -> int:
        """Take an element of foreign content whole."""
        token = self.tokens[index]
        if known.json:
            self._json(index + 1)
        if (self.xml or token.name in ("svg", "math")) and is_self_closing(self.source, token):
            return index + 1
        match = self._match(index)
        if token.name in ("audio", "video", "object") and not self._has_text(index):
            self._flush(index)
            frame = self._frame(token, known)
            self._push(frame)
            self.run = index + 1
            if match is not None:
                self.closing[match] = frame
            return index + 1
        if match is None:
            match = len(self.tokens) - 1
        self.opaque[index] = Opaque(match, token.name in el.SEEN)
        return match + 1

    def _block(self, index: int, known: _Notable) -> int:
        """Begin an element that parts text."""
        token = self.tokens[index]
        name = token.name
        frame = self.frames[-1]
        if "-" in name and frame.name in el.SENTENCE_ONLY:
            return self._inline(index, known) if known is not _NOTHING else index + 1
        self._flush(index)
        self.run = index + 1
        ended = el.IMPLIED_ENDS.get(name)
        if ended is not None:
            while self.frames[-1].name in ended:
                last = self.frames[-1].name
                self._pop(token.start)
                if last == name:
                    break
        frame = self._frame(token, known)
        if known.texts and not frame.muted and not self.off:
            self._attributes(token, known)
        if name not in el.BLOCK_VOID and not (self.xml and is_self_closing(self.source, token)):
            self._push(frame)
        return index + 1

    def _other(self, index: int) -> int:
        """Read what is neither a tag nor text."""
        token = self.tokens[index]
        if token.kind == TokenKind.RCDATA:
            self._rcdata(index)
            self.run = index + 1
        elif token.kind == TokenKind.COMMENT:
            return self._comment(index)
        return index + 1

    def _comment(self, index: int) -> int:
        token = self.tokens[index]
        comment = self.source[token.start : token.end]
        note = _NOTE.fullmatch(comment)
        if note:
            self.notes.append((token.start, " ".join(note[1].split())))
            return index + 1
        switch = _SWITCH.fullmatch(comment)
        if switch is None:
            return index + 1
        if switch[1].lower() == "on":
            if self.off:
                self.off = False
                self.run = index + 1
            return index + 1
        if self.off:
            return index + 1
        stop = self._switched_on(index)
        if stop is not None and self._has_text(index):
            self.opaque[index] = Opaque(stop, True)
            return stop + 1
        self._flush(index)
        self.off = True
        return index + 1

    def _switched_on(self, index: int) -> int | None:
        """Index of the comment that switches translation on again inside the same run."""
        for other in range(index + 1, self._next_boundary(index)):
            token = self.tokens[other]
            if token.kind == TokenKind.COMMENT:
                switch = _SWITCH.fullmatch(self.source, token.start, token.end)
                if switch and switch[1].lower() == "on":
                    return other
        return None

    # open elements

    def _frame(self, token: Token, known: _Notable) -> _Frame:
        """The frame an element makes inside those that are open."""
        outer = self.frames[-1]
        name = token.name
        frame = _Frame(
            name,
            token.start,
            token.end,
            _kind(name, known, outer.kind),
            outer.level,
            outer.lists + (name in _LISTS),
            outer.faq or known.faq,
            outer.no_translate,
            outer.foreign,
            outer.skip,
            outer.context if known.context is None else known.context,
            outer.notes if known.note is None else (known.note,),
            outer.preserve,
            outer,
        )
        frame.level = _HEADINGS.get(name, frame.lists if frame.kind == Kind.ITEM else 0)
        if known is not _NOTHING and name not in _ROOTS:
            frame.skip = outer.skip or known.skip
            if known.translate is not None:
                frame.no_translate = not known.translate
            if known.lang:
                frame.foreign = _primary(known.lang) != self.language
        if name in _PREFORMATTED:
            frame.preserve = True
            frame.no_translate = frame.no_translate or known.translate is not True
        return frame

    def _push(self, frame: _Frame) -> None:
        self.frames.append(frame)
        self.open[frame.name] = self.open.get(frame.name, 0) + 1

    def _pop(self, end: int) -> None:
        frame = self.frames.pop()
        self.open[frame.name] -= 1
        frame.end = end
        self.frames[-1].units += frame.units

    def _close(self, name: str, start: int, end: int) -> None:
        """End the innermost open element of that name and those inside it; a stray end tag ends none."""
        if not self.open.get(name):
            return
        while self.frames[-1].name != name:
            self._pop(start)
        self._pop(end)

    def _close_frame(self, frame: _Frame, start: int, end: int) -> None:
        if frame.end < 0:
            while self.frames[-1] is not frame:
                self._pop(start)
            self._pop(end)

    # blocks

    def _flush(self, last: int) -> None:
        """Make units of the run that ends before token `last`."""
        first, self.run = self.run, last
        frame = self.frames[-1]
        if first >= last:
            return
        opaque, self.opaque = self.opaque, {}
        if self.off or frame.no_translate or frame.foreign or frame.skip:
            return
        source, tokens = self.source, self.tokens
        if last - first == 1 and source[tokens[first].start : tokens[first].end].isspace():
            return
        for piece in pieces_of(
            source, tokens, first, last, opaque, xml=self.xml, preserve=frame.preserve
        ):
            frame.units += 1
            self.drafts.append(
                _Draft(
                    piece.start,
                    piece.end,
                    piece.msgid,
                    frame.kind,
                    "text",
                    frame.context,
                    self._notes_before(piece.start, frame),
                    frame.level,
                    frame,
                    piece,
                )
            )

    def _notes_before(self, start: int, frame: _Frame) -> tuple[str, ...]:
        """What the author says about the unit that begins at `start`."""
        if not self.notes:
            return frame.notes
        notes = tuple(note for offset, note in self.notes if offset < start)
        self.notes = [(offset, note) for offset, note in self.notes if offset >= start]
        return notes + frame.notes

    def _rcdata(self, index: int) -> None:
        """Make a unit of the content of a title or textarea."""
        token = self.tokens[index]
        frame = self.frames[-1]
        if self.off or frame.muted:
            return
        preserve = token.name == "textarea"
        for piece in pieces_of(
            self.source, self.tokens, index, index + 1, {}, preserve=preserve
        ):
            if preserve:
                kind, context = Kind.OTHER, frame.context
            else:
                kind, context = Kind.METADATA, "meta:title"
            notes = self._notes_before(piece.start, frame)
            self.drafts.append(
                _Draft(piece.start, piece.end, piece.msgid, kind, "rcdata", context, notes)
            )

    def _attributes(self, token: Token, known: _Notable) -> None:
        """Make units of the attributes of a start tag that hold text."""
        done: set[str] = set()
        for attribute in attributes(self.source, token):
            if attribute.name in known.texts and attribute.name not in done:
                done.add(attribute.name)
                self._value(attribute, f"attr:{attribute.name}", Kind.ATTRIBUTE)

    def _metadata(self, token: Token, known: _Notable) -> None:
        """Make a unit of the content of a `<meta>`."""
        for attribute in attributes(self.source, token):
            if attribute.name == "content":
                self._value(attribute, f"meta:{known.meta}", Kind.METADATA)
                return

    def _value(self, attribute: Attribute, context: str, kind: Kind) -> None:
        if attribute.value_start < 0:
            return
        start, end = trim(self.source, attribute.value_start, attribute.value_end)
        text = decode_attribute(self.source[start:end])
        if not has_words(text):
            return
        frame = self.frames[-1]
        self.drafts.append(
            _Draft(
                start,
                end,
                escape(normalize(_NEWLINE.sub("\n", text))),
                kind,
                "attribute" if attribute.quote else "bare",
                context if frame.context is None else f"{context}|{frame.context}",
                self._notes_before(start, frame),
            )
        )

    def _json(self, index: int) -> None:
        """Make units of the texts in a JSON-LD script."""
        if index >= len(self.tokens) or self.tokens[index].kind != TokenKind.RAW:
            return
        token = self.tokens[index]
        for string in jsonld.strings(self.source, token.start, token.end):
            if has_words(string.value):
                msgid = escape(normalize(string.value))
                self.drafts.append(
                    _Draft(
                        string.start,
                        string.end,
                        msgid,
                        Kind.METADATA,
                        "json",
                        f"jsonld:{string.key}",
                    )
                )

    def blocks(self) -> tuple[Block, ...]:
        """What was found, in document order."""
        self.drafts.sort(key=lambda draft: draft.start)
        source = self.source
        blocks: list[Block] = []
        line, counted = 1, 0
        after_faq_title = False
        for draft in self.drafts:
            line += source.count("\n", counted, draft.start)
            counted = draft.start
            kind = draft.kind
            if draft.role == "text":
                kind = _refined(draft, after_faq_title)
                if kind in (Kind.HEADLINE, Kind.HEADING):
                    after_faq_title = kinds.FAQ_TITLE.fullmatch(draft.msgid) is not None or (
                        after_faq_title and draft.level > 2
                    )
            frame, piece = draft.frame, draft.piece
            alone = frame is not None and frame.units == 1 and frame.name not in _ROOTS
            container = (frame.start, frame.open_end) if alone and frame else None
            if container is None and piece is not None:
                container = piece.enclosing
            blocks.append(
                Block(
                    Unit(
                        draft.msgid,
                        draft.context,
                        kind,
                        piece.placeholders if piece else (),
                        draft.notes,
                    ),
                    draft.start,
                    draft.end,
                    line,
                    draft.level,
                    draft.role,
                    container,
                    _whole(frame) if alone and frame else None,
                )
            )
        return tuple(blocks)

    # what lies ahead

    def _has_text(self, index: int) -> bool:
        """Whether the run before a token holds text that readers see."""
        return any(
            self.tokens[other].kind == TokenKind.TEXT
            and not self.source[self.tokens[other].start : self.tokens[other].end].isspace()
            for other in range(self.run, index)
        )

    def _next_boundary(self, index: int) -> int:
        """Index of the next tag that parts text."""
        if self.boundary <= index:
            tokens, inline = self.tokens, el.INLINE
            position = index + 1
            while position < len(tokens):
                kind, name, _start, _end = tokens[position]
                if kind <= TokenKind.END and name not in inline:
                    break
                position += 1
            self.boundary = position
        return self.boundary

    def _match(self, index: int) -> int | None:
        """Index of the end tag that belongs to a start tag, counting tags of that name only."""
        if self.matches is None:
            self.matches = {}
            opened: dict[str, list[int]] = {}
            for position, (kind, name, _start, _end) in enumerate(self.tokens):
                if kind == TokenKind.START:
                    opened.setdefault(name, []).append(position)
                elif kind == TokenKind.END and opened.get(name):
                    self.matches[opened[name].pop()] = position
        return self.matches.get(index)


_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_ROOTS = frozenset({"", "html", "head", "body"})
_PREFORMATTED = frozenset({"pre", "listing"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPECIAL = el.OPAQUE | el.CODE | {"picture"}
_TITLES = frozenset({Kind.HEADLINE, Kind.HEADING})
_NEWLINE = re.compile(r"\r\n?")


def _primary(locale: str) -> str:
    return locale.replace("_", "-").split("-")[0].lower()


def _whole(frame: _Frame) -> tuple[int, int] | None:
    """Offsets of the element to remove with its only text: a list item goes with its paragraph."""
    if frame.name not in el.REMOVABLE:
        return None
    outer = frame.outer
    while outer is not None and outer.units == 1 and outer.name in el.GOING_ALONG:
        frame, outer = outer, outer.outer
    return frame.start, frame.end


def _kind(name: str, known: _Notable, outer: Kind) -> Kind:
    """Kind of the text directly in an element."""
    own = el.KINDS.get(name)
    if own in _TITLES:
        return own
    if own is not None and outer not in el.STRONG_KINDS:
        return own
    if known.kind is not None:
        return known.kind
    return Kind.PARAGRAPH if outer in _TITLES else outer


def _refined(draft: _Draft, after_faq_title: bool) -> Kind:
    """Kind of a text unit, its words and its surroundings taken into account."""
    kind = draft.kind
    if len(draft.msgid) > 200:
        return kind
    text = plain(draft.msgid)
    if kind == Kind.PARAGRAPH:
        return kinds.of_paragraph(text)
    in_faq = after_faq_title or (draft.frame is not None and draft.frame.faq)
    if kind == Kind.HEADING and kinds.is_question(text) and (in_faq or draft.level > 2):
        return Kind.QUESTION
    if kind == Kind.TERM and in_faq:
        return Kind.QUESTION
    if kind == Kind.HEADING and kinds.is_boilerplate(text):
        return Kind.BOILERPLATE
    return kind


def _notable(tag: str, name: str) -> _Notable:
    """What the attributes of a start tag say."""
    if name in el.INLINE and not _TELLING.search(tag):
        return _NOTHING
    values = attribute_values(tag)
    texts = tuple(
        attribute
        for attribute in values
        if attribute in el.TEXT_ATTRIBUTES and _is_text(attribute, name, values)
    )
    translate = values.get("translate")
    words = values.get("class", "")
    kind, faq = None, False
    if name not in el.INLINE:
        kind, faq = _hinted(" ".join(values.get(word, "") for word in _CLASS_WORDS).lower())
    lang = values.get("lang") or values.get("xml:lang")
    return _Notable(
        texts,
        False
        if (translate is not None and translate.lower() == "no")
        or "notranslate" in words.split()
        else True
        if translate is not None and translate.lower() in ("", "yes")
        else None,
        lang,
        "data-l10n-skip" in values,
        decode_attribute(values["data-l10n-context"])
        if "data-l10n-context" in values
        else None,
        decode_attribute(values["data-l10n-note"]) if "data-l10n-note" in values else None,
        kind,
        faq,
        _metadata_name(values) if name == "meta" else "",
        name == "script" and values.get("type", "").strip().lower() == "application/ld+json",
    )


def _is_text(attribute: str, name: str, values: Mapping[str, str]) -> bool:
    elements = el.TEXT_ATTRIBUTES[attribute]
    if elements is not None and name not in elements:
        return False
    if attribute == "title":
        return name not in el.TITLE_IS_NO_TEXT
    if attribute == "value":
        return values.get("type", "").lower() in el.BUTTON_TYPES
    return True


def _metadata_name(values: Mapping[str, str]) -> str:
    name = (
        values.get("name") or values.get("property") or values.get("itemprop") or ""
    ).lower()
    return name if name in el.METADATA else ""


def _hinted(words: str) -> tuple[Kind | None, bool]:
    """Kind that the class names and roles of a block tell, and whether they speak of questions."""
    if not words.strip():
        return None, False
    kind = next((kind for pattern, kind in el.HINTS if pattern.search(words)), None)
    return kind, el.FAQ_HINT.search(words) is not None

"""Reader and writer of HTML articles: blocks found by source offsets, translations spliced back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from l10n.articles import kinds, rewrite
from l10n.articles.html import elements as el
from l10n.articles.html import jsonld
from l10n.articles.html.ahead import Ahead
from l10n.articles.html.frames import (
    HEADINGS,
    LISTS,
    PLAIN,
    QUOTED,
    ROOTS,
    Frame,
    primary,
    refined_kind,
    scope_inside,
    whole_element,
)
from l10n.articles.html.inline import Opaque, units_of_run
from l10n.articles.html.notable import NOTHING, Notable, notable
from l10n.articles.html.tokens import (
    VOID,
    TokenKind,
    TokenTuple,
    is_self_closing,
    is_xml,
    page_tokens,
    scan_markup,
)
from l10n.articles.runs import UnitText, unit_text
from l10n.articles.sitecode import prints
from l10n.articles.words import has_words, normalize
from l10n.model import Article, Block, Kind, Unit
from l10n.text.markup import escape


def parse(source: str, locale: str) -> tuple[Block, ...]:
    """Blocks of an article, in document order."""
    reader = _Reader(source, locale, page_tokens(source), xml=is_xml(source))
    reader.read()
    return reader.blocks()


def splice(article: Article, replacements: Mapping[int, str | None]) -> str:
    """The source with msgstrs put in the place of blocks; None leaves a block out."""
    edits = rewrite.html_edits(article.text, article.blocks, replacements, article.encoding)
    return rewrite.apply(article.text, edits)


def fragment_blocks(source: str, locale: str) -> tuple[Block, ...]:
    """Blocks of a piece of HTML, in document order."""
    reader = _Reader(source, locale, scan_markup(source, xml=False), xml=False)
    reader.read()
    return reader.blocks()


class _Draft(NamedTuple):
    """A block in the making."""

    text: UnitText
    kind: Kind
    role: str
    context: str | None
    notes: tuple[str, ...] = ()
    frame: Frame | None = None
    """The element that holds it, when it is running text."""


_START, _END, _COMMENT, _RAW, _RCDATA = (
    int(TokenKind[name]) for name in ("START", "END", "COMMENT", "RAW", "RCDATA")
)
_NOTE = re.compile(r"<!--\s*(?:L10N|TRANSLATORS?|I18N)\s*:\s*(.*?)\s*-->", re.DOTALL)
_SWITCH = re.compile(r"<!--\s*l10n:(on|off)\s*-->", re.IGNORECASE)
_SPECIAL = el.OPAQUE | el.CODE | {"picture"}


class _Reader:
    """One walk over the markup of a source."""

    def __init__(
        self, source: str, locale: str, marks: Sequence[TokenTuple], *, xml: bool
    ) -> None:
        self.source = source
        self.language = primary(locale)
        self.xml = xml
        self.marks = marks
        self.frame = Frame((_START, "", 0, 0), None, Kind.PARAGRAPH, PLAIN, 0)
        """The innermost open element."""
        self.open: defaultdict[str, int] = defaultdict(int)
        self.drafts: list[_Draft] = []
        self.opaque: dict[int, Opaque] = {}
        self.notes: list[tuple[int, str]] = []
        """Notes to translators that no unit has taken yet, with their offsets."""
        self.closing: dict[int, Frame] = {}
        """Inline elements treated as parting text, by the index of their end tag."""
        self.off = False
        self.run = 0
        """Index of the first mark of the run being collected."""
        self.run_start = 0
        """Offset where that run begins."""
        self.ahead = Ahead(self.marks)

    def read(self) -> None:
        """Walk all marks."""
        source, inline, closing = self.source, el.INLINE, self.closing
        known: dict[str, Notable] = {}
        resume = 0
        for index, mark in enumerate(self.marks):
            if index < resume:
                continue
            kind, name, start, end = mark
            if kind == _START:
                tag = source[start:end]
                told = known.get(tag)
                if told is None:
                    told = known[tag] = notable(tag, name)
                if name in inline or ("-" in name and self.frame.name in el.SENTENCE_ONLY):
                    if told is not NOTHING or name in _SPECIAL:
                        resume = self._inline(index, told)
                else:
                    self._part_text(index, start, end)
                    self._begin(mark, told)
            elif kind == _END:
                if name not in inline and not (
                    "-" in name and self.frame.name in el.SENTENCE_ONLY
                ):
                    self._part_text(index, start, end)
                    self._close(name, start, end)
                elif closing and index in closing:
                    self._part_text(index, start, end)
                    self._close_frame(closing.pop(index), start, end)
            elif kind == _RCDATA:
                self._rcdata(index)
            elif kind == _COMMENT:
                resume = self._comment(index)
        self._part_text(len(self.marks), len(source), len(source))
        while self.frame.outer is not None:
            self._pop(len(source))

    def _begin(self, mark: TokenTuple, told: Notable) -> None:
        """Begin an element that parts text."""
        name = mark[1]
        ended = el.IMPLIED_ENDS.get(name)
        if ended is not None:
            while (last := self.frame.name) in ended:
                self._pop(mark[2])
                if last == name:
                    break
        frame = self._frame(mark, told)
        if told is not NOTHING and told.texts and not self._is_muted(frame):
            self._attributes(mark, told)
        if name not in el.BLOCK_VOID and not (self.xml and is_self_closing(self.source, mark)):
            self.frame = frame
            self.open[name] += 1

    def _inline(self, index: int, told: Notable) -> int:
        """Take note of an inline element that is more than its name; gives the index to go on with."""
        mark = self.marks[index]
        name = mark[1]
        frame = self.frame
        if name in el.OPAQUE:
            return self._take_whole(index, told)
        if told is NOTHING and name in el.CODE and not self._is_muted(frame):
            match = self._end_in_run(index)
            if match is not None:
                self.opaque[index] = Opaque(match, visible=True)
                return match + 1
        scoping = told.scoping or name in el.CODE
        inner = self._frame(mark, told) if scoping else frame
        muted = self._is_muted(inner)
        if told.texts and not muted:
            self._attributes(mark, told)
        if name in VOID:
            return index + 1
        if name == "picture" and not muted:
            match = self._end_in_run(index)
            if match is not None:
                self.opaque[index] = Opaque(match, visible=False)
            return index + 1
        if not scoping or (
            muted == self._is_muted(frame) and told.context is None and told.note is None
        ):
            return index + 1
        match = self._end_in_run(index) if muted else None
        if match is not None:
            self.opaque[index] = Opaque(match, visible=True)
            return match + 1
        self._part(index, inner, self.ahead.end_tag(index))
        return index + 1

    def _take_whole(self, index: int, told: Notable) -> int:
        """Take an element of other content than text as one; gives the index to go on with."""
        mark = self.marks[index]
        name = mark[1]
        if told.texts and not self._is_muted(self.frame):
            self._attributes(mark, told)
        if told.json:
            self._json(index + 1)
        if name in VOID:
            return index + 1
        if (self.xml or name in ("svg", "math")) and is_self_closing(self.source, mark):
            return index + 1
        match = self.ahead.end_tag(index)
        if name in ("audio", "video", "object") and not self._has_text(index):
            self._part(index, self._frame(mark, told), match)
            return index + 1
        if match is None:
            match = len(self.marks) - 1
        self.opaque[index] = Opaque(match, name in el.SEEN)
        return match + 1

    def _part(self, index: int, frame: Frame, match: int | None) -> None:
        """Let an inline element part text as a block does."""
        self._part_text(index, *self.marks[index][2:])
        self.frame = frame
        self.open[frame.name] += 1
        if match is not None:
            self.closing[match] = frame

    def _comment(self, index: int) -> int:
        """Read what a comment says to translators or to this reader."""
        start, end = self.marks[index][2:]
        if self.source.startswith("<?", start):
            self.opaque[index] = Opaque(index, prints(self.source[start:end]))
            return index + 1
        note = _NOTE.fullmatch(self.source, start, end)
        if note:
            self.notes.append((start, " ".join(note[1].split())))
            return index + 1
        switch = _SWITCH.fullmatch(self.source, start, end)
        if switch is None:
            return index + 1
        if switch[1].lower() == "on":
            if self.off:
                self._part_text(index, start, end)
                self.off = False
            return index + 1
        if self.off:
            return index + 1
        stop = self._switched_on(index)
        if stop is not None and self._has_text(index):
            self.opaque[index] = Opaque(stop, visible=True)
            return stop + 1
        self._part_text(index, start, end)
        self.off = True
        return index + 1

    # open elements

    def _frame(self, mark: TokenTuple, told: Notable) -> Frame:
        """The frame an element makes inside those that are open."""
        outer = self.frame
        name = mark[1]
        scope = outer.scope
        if name in QUOTED or (told is not NOTHING and (told.faq or told.scoping)):
            scope = scope_inside(name, told, scope, self.language)
        kind = el.KINDS.get(name)
        if kind is None:
            kind = told.kind
            if kind is None:
                kind = Kind.PARAGRAPH if outer.name in HEADINGS else outer.kind
        elif name not in HEADINGS and outer.kind in el.STRONG_KINDS:
            kind = told.kind or outer.kind
        return Frame(mark, outer, kind, scope, outer.lists + (name in LISTS))

    def _is_muted(self, frame: Frame) -> bool:
        """Whether the text in a frame is not to be translated."""
        return self.off or (frame.scope is not PLAIN and frame.scope.muted)

    def _pop(self, end: int) -> None:
        frame = self.frame
        self.open[frame.name] -= 1
        frame.end = end
        if frame.outer is not None:
            self.frame = frame.outer
            self.frame.units += frame.units

    def _close(self, name: str, start: int, end: int) -> None:
        """End the innermost open element of that name and those inside it; a stray end tag ends none."""
        if self.frame.name != name:
            if not self.open[name]:
                return
            while self.frame.name != name:
                self._pop(start)
        self._pop(end)

    def _close_frame(self, frame: Frame, start: int, end: int) -> None:
        if frame.end < 0:
            while self.frame is not frame:
                self._pop(start)
            self._pop(end)

    # units

    def _part_text(self, index: int, start: int, end: int) -> None:
        """Make units of the run before mark `index`, which stands from `start` to `end`; a new run begins after it."""
        first, begin = self.run, self.run_start
        self.run, self.run_start = index + 1, end
        if begin == start or (first == index and self.source[begin:start].isspace()):
            return
        opaque = self.opaque
        if opaque:
            self.opaque = {}
        frame = self.frame
        scope = frame.scope
        if self.off or (scope is not PLAIN and scope.muted):
            return
        run = begin, start, first, index
        for piece in units_of_run(
            self.source, self.marks, run, opaque, xml=self.xml, preserve=scope.preserve
        ):
            frame.units += 1
            notes = self._notes_before(piece.start) if self.notes else ()
            self.drafts.append(
                _Draft(piece, frame.kind, "text", scope.context, notes + scope.notes, frame)
            )

    def _notes_before(self, start: int) -> tuple[str, ...]:
        """Take what the author says about the unit that begins at `start`."""
        notes = tuple(note for offset, note in self.notes if offset < start)
        self.notes = [(offset, note) for offset, note in self.notes if offset >= start]
        return notes

    def _rcdata(self, index: int) -> None:
        """Make a unit of the content of a title or textarea."""
        _kind, name, start, end = self.marks[index]
        self.run, self.run_start = index + 1, end
        frame = self.frame
        if self._is_muted(frame):
            return
        preserve = name == "textarea"
        piece = unit_text(self.source, start, end, preserve=preserve)
        if piece is None:
            return
        kind = Kind.OTHER if preserve else Kind.METADATA
        context = frame.scope.context if preserve else "meta:title"
        notes = self._notes_before(start) + frame.scope.notes
        self.drafts.append(_Draft(piece, kind, "rcdata", context, notes))

    def _attributes(self, mark: TokenTuple, told: Notable) -> None:
        """Make units of the values in a start tag that hold text."""
        offset = mark[2]
        for context, msgid, start, end, quoted in told.texts:
            piece = UnitText(offset + start, offset + end, msgid)
            kind = Kind.METADATA if context.startswith("meta:") else Kind.ATTRIBUTE
            role = "attribute" if quoted else "bare"
            notes = self._notes_before(offset + start) if self.notes else ()
            self.drafts.append(_Draft(piece, kind, role, context, notes))

    def _json(self, index: int) -> None:
        """Make units of the texts in a JSON-LD script."""
        if self.off or index >= len(self.marks) or self.marks[index][0] != _RAW:
            return
        _kind, _name, start, end = self.marks[index]
        for string in jsonld.strings(self.source, start, end):
            if has_words(string.value):
                piece = UnitText(string.start, string.end, escape(normalize(string.value)))
                context = f"jsonld:{string.key}"
                self.drafts.append(_Draft(piece, Kind.METADATA, "json", context))

    def blocks(self) -> tuple[Block, ...]:
        """What was found, in document order."""
        self.drafts.sort(key=_start_of)
        count = self.source.count
        blocks: list[Block] = []
        line, counted = 1, 0
        faq_title = False
        for piece, first_kind, role, context, notes, frame in self.drafts:
            start, end, msgid, placeholders, container = piece
            line += count("\n", counted, start)
            counted = start
            kind, level, whole = first_kind, 0, None
            if frame is not None:
                level = frame.level
                if len(msgid) <= _SHORT:
                    kind = refined_kind(msgid, kind, level, faq=faq_title or frame.scope.faq)
                if frame.name in HEADINGS:
                    title = kinds.FAQ_TITLE.fullmatch(msgid) is not None
                    faq_title = title or (faq_title and level > 2)
                if frame.units == 1 and frame.name not in ROOTS:
                    container = frame.mark[2:]
                    whole = whole_element(frame)
            unit = Unit(msgid, context, kind, placeholders, notes)
            blocks.append(Block(unit, start, end, line, level, role, container, whole))
        return tuple(blocks)

    # what lies ahead

    def _end_in_run(self, index: int) -> int | None:
        """Index of the end tag of an element that ends before the next tag that parts text."""
        match = self.ahead.end_tag(index)
        return match if match is not None and match < self.ahead.boundary(index) else None

    def _has_text(self, index: int) -> bool:
        """Whether the run before a mark holds text that readers see."""
        position = self.run_start
        for other in range(self.run, index):
            _kind, _name, start, end = self.marks[other]
            if start > position and not self.source[position:start].isspace():
                return True
            position = end
        end = self.marks[index][2]
        return end > position and not self.source[position:end].isspace()

    def _switched_on(self, index: int) -> int | None:
        """Index of the comment that switches translation on again inside the same run."""
        for other in range(index + 1, self.ahead.boundary(index)):
            kind, _name, start, end = self.marks[other]
            if kind == _COMMENT:
                switch = _SWITCH.fullmatch(self.source, start, end)
                if switch and switch[1].lower() == "on":
                    return other
        return None


_SHORT = 200
"""Characters up to which the words of a text may tell its kind."""


def _start_of(draft: _Draft) -> int:
    return draft.text.start

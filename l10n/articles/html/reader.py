"""Reader and writer of HTML articles: blocks found by source offsets, translations spliced back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from l10n.articles import rewrite
from l10n.articles.html import elements as el
from l10n.articles.html import jsonld
from l10n.articles.html.comments import NOTE, SWITCH, switched_on
from l10n.articles.html.drafts import Draft, blocks_of
from l10n.articles.html.inline import Opaque, units_of_run
from l10n.articles.html.lookahead import Lookahead, holds_text
from l10n.articles.html.open_elements import (
    HEADINGS,
    LISTS,
    PLAIN_SCOPE,
    PREFORMATTED,
    QUOTED,
    OpenElement,
    reason_of,
    scope_inside,
)
from l10n.articles.html.preformatted import meaning_of_preformatted
from l10n.articles.html.prose import reads_as_prose, reason_of_code, without_markup
from l10n.articles.html.tag_meaning import NO_MEANING, TagMeaning, tag_meaning
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
from l10n.languages import primary
from l10n.model import Article, Block, Kind, Reason
from l10n.text.markup import escape


def parse(source: str, locale: str) -> tuple[Block, ...]:
    """Return the blocks of an article, in document order."""
    return blocks_of(read_page(source, locale).drafts, source)


@lru_cache(maxsize=1)
def read_page(source: str, locale: str) -> PageReader:
    """Return a reader of a page; kept, for what it did not offer is asked for after its units."""
    reader = PageReader(source, locale, page_tokens(source), xml=is_xml(source))
    reader.read()
    return reader


def splice(article: Article, replacements: Mapping[int, str | None]) -> str:
    """Return the source with msgstrs put in the place of blocks; None leaves a block out."""
    edits = rewrite.html_edits(article.text, article.blocks, replacements, article.encoding)
    return rewrite.apply(article.text, edits)


def fragment_blocks(source: str, locale: str) -> tuple[Block, ...]:
    """Return the blocks of a piece of HTML, in document order."""
    reader = PageReader(source, locale, scan_markup(source, xml=False), xml=False)
    reader.read()
    return blocks_of(reader.drafts, source)


_START, _END, _COMMENT, _RAW, _RCDATA = (
    int(TokenKind[name]) for name in ("START", "END", "COMMENT", "RAW", "RCDATA")
)
_FOREIGN, _SILENT = frozenset({"svg", "math"}), el.UNSEEN | el.SYMBOLS
_DEEPEST = 3
"""How deep placeholders with text in them are read in one another: each is walked over again for those around it."""
_SPECIAL = el.OPAQUE | el.CODE | {"picture"}


class PageReader:
    """One walk over the tokens of a source."""

    def __init__(
        self,
        source: str,
        locale: str,
        tokens: Sequence[TokenTuple],
        *,
        xml: bool,
        start: int = 0,
        end: int | None = None,
        depth: int = 0,
        foreign: bool = False,
    ) -> None:
        self.source = source
        self.language = primary(locale)
        self.xml = xml
        self.tokens = tokens
        self.element = OpenElement("", 0, 0, None, Kind.PARAGRAPH, PLAIN_SCOPE, 0)
        """The innermost open element."""
        self.open: defaultdict[str, int] = defaultdict(int)
        """How many elements of each name are open."""
        self.drafts: list[Draft] = []
        self.opaque: dict[int, Opaque] = {}
        self.notes: list[tuple[int, str]] = []
        """Notes to translators that no unit has taken yet, with their offsets."""
        self.closing: dict[int, OpenElement] = {}
        """Inline elements that break the text, by the index of their end tag."""
        self.is_off = False
        """Whether a comment has switched translation off."""
        self.kept: list[tuple[int, int, Reason]] = []
        """Stretches that are in no unit, and why."""
        self.end = len(source) if end is None else end
        self.run, self.run_start = 0, start
        """Index of the first token of the run being collected, and the offset where it begins."""
        self.depth, self.foreign = depth, foreign
        """How many elements that are one placeholder it is read inside of; whether that is a drawing or a formula."""
        self.ahead = Lookahead(tokens)

    def read(self) -> None:
        """Walk over all tokens."""
        source, inline, closing = self.source, el.INLINE, self.closing
        # More than half of the tags of a page are spelled like an earlier one.
        meanings: dict[str, TagMeaning] = {}
        resume = 0
        for index, token in enumerate(self.tokens):
            if index < resume:
                continue
            kind, name, start, end = token
            if kind == _START:
                tag = source[start:end]
                meaning = meanings.get(tag)
                if meaning is None:
                    meaning = meanings[tag] = tag_meaning(tag, name)
                # A custom element may be a block or a word: in a paragraph it can only be the latter.
                if name in inline or ("-" in name and self.element.name in el.SENTENCE_ONLY):
                    if meaning is not NO_MEANING or name in _SPECIAL:
                        resume = self._inline(index, meaning)
                else:
                    self._end_run(index, start, end)
                    self._begin(token, meaning)
            elif kind == _END:
                if name not in inline and not (
                    "-" in name and self.element.name in el.SENTENCE_ONLY
                ):
                    self._end_run(index, start, end)
                    self._close(name, start, end)
                elif closing and index in closing:
                    self._end_run(index, start, end)
                    self._close_element(closing.pop(index), start, end)
            elif kind == _RCDATA:
                self._rcdata(index)
            elif kind == _COMMENT:
                resume = self._comment(index)
        self._end_run(len(self.tokens), self.end, self.end)
        while self.element.outer is not None:
            self._pop(self.end)

    def _begin(self, token: TokenTuple, meaning: TagMeaning) -> None:
        """Begin an element that breaks the text."""
        _kind, name, start, _end = token
        ended = el.IMPLIED_ENDS.get(name)
        if ended is not None:
            while (last := self.element.name) in ended:
                self._pop(start)
                # Only the nearest: a list item ends the one before it, not the one its list stands in.
                if last == name:
                    break
        if (
            name in PREFORMATTED
            and meaning.translate is None
            and not self._is_untranslated(self.element)
        ):
            meaning = meaning_of_preformatted(self.source, token, meaning, self.element)
        element = self._element(token, meaning)
        if meaning is not NO_MEANING and meaning.texts and not self._is_untranslated(element):
            self._attributes(start, meaning)
        if name not in el.BLOCK_VOID and not (self.xml and is_self_closing(self.source, token)):
            self.element = element
            self.open[name] += 1

    def _inline(self, index: int, meaning: TagMeaning) -> int:
        """Take note of an inline element that is more than its name; return the index to go on with."""
        token = self.tokens[index]
        _kind, name, start, _end = token
        if name in el.OPAQUE:
            return self._take_whole(index, meaning)
        around = self.element
        is_prose = name in el.MAYBE_CODE and not meaning.scoping and self._is_prose(index)
        is_code = name in el.CODE and not is_prose
        # Code is nearly always plain and short: one placeholder, and no scope to work out.
        if meaning is NO_MEANING and is_code and not self._is_untranslated(around):
            match = self._end_in_run(index)
            if match is not None:
                self.opaque[index] = Opaque(match, visible=True)
                end = self.tokens[match][3]
                self.kept.append((start, end, reason_of_code(self.source[start:end])))
                return match + 1
        scoping = meaning.scoping or is_code
        element = self._element(token, meaning) if scoping else around
        untranslated = self._is_untranslated(element)
        if meaning.texts and not untranslated:
            self._attributes(start, meaning)
        if name in VOID:
            return index + 1
        # The pictures in it are alternatives of one: their texts are units, its markup a placeholder.
        if name == "picture" and not untranslated:
            match = self._end_in_run(index)
            if match is not None:
                self.opaque[index] = Opaque(match, visible=False)
            return index + 1
        changes_nothing = untranslated == self._is_untranslated(around)
        if not scoping or (
            changes_nothing and meaning.context is None and meaning.note is None
        ):
            return index + 1
        # A brand name that is not to be translated stays in its sentence; what is longer breaks it.
        match = self._end_in_run(index) if untranslated else None
        if match is not None:
            self.opaque[index] = Opaque(match, visible=True)
            self.kept.append(
                (start, self.tokens[match][3], reason_of(element.scope, is_off=self.is_off))
            )
            return match + 1
        self._break(index, element, self.ahead.end_tag(index))
        return index + 1

    def _is_prose(self, index: int) -> bool:
        """Whether an element in a sentence that may hold code holds a text that people say."""
        match = self._end_in_run(index)
        content = self.source[self.tokens[index][3] : self.tokens[match][2]] if match else ""
        return reads_as_prose(without_markup(content))

    def _take_whole(self, index: int, meaning: TagMeaning) -> int:
        """Take an element of other content than text as one; return the index to go on with."""
        token = self.tokens[index]
        _kind, name, start, _end = token
        if meaning.texts and not self._is_untranslated(self.element):
            self._attributes(start, meaning)
        if meaning.json:
            self._json(index + 1)
        may_be_empty = self.xml or name in _FOREIGN
        if name in VOID or (may_be_empty and is_self_closing(self.source, token)):
            return index + 1
        match = self.ahead.end_tag(index)
        # Alone in its block it holds what readers without the medium are shown, text to translate.
        if name in el.FALLBACK and not holds_text(
            self.source, self.tokens[self.run : index + 1], self.run_start
        ):
            self._break(index, self._element(token, meaning), match)
            return index + 1
        # One that nobody closes takes the rest of the page, as in a browser.
        if match is None:
            match = len(self.tokens) - 1
        self.opaque[index] = Opaque(match, name in el.VISIBLE)
        if name in el.HOLDING_TEXT:
            self._read_inside(index, match, meaning)
        elif name in el.CODE_LIKE:
            self.kept.append((start, self.tokens[match][3], Reason.CODE))
        return match + 1

    def _read_inside(self, index: int, match: int, meaning: TagMeaning) -> None:
        """Make units of the texts in an element that is one placeholder with all its content."""
        _kind, name, start, content_start = self.tokens[index]
        stop, content_end = match, self.tokens[match][2]
        if self.tokens[match][:2] != (_END, name):
            stop, content_end = match + 1, self.tokens[match][3]
        if self.depth >= _DEEPEST or content_end <= content_start:
            return
        element = self._element(self.tokens[index], meaning)
        if self._is_untranslated(element):
            self.kept.append((start, content_end, reason_of(element.scope, is_off=self.is_off)))
            return
        inside = PageReader(
            self.source,
            self.language,
            self.tokens[index + 1 : stop],
            # In a drawing a slash ends an element, in a page it means nothing.
            xml=self.xml or name in _FOREIGN,
            start=content_start,
            end=content_end,
            depth=self.depth + 1,
            foreign=name in _FOREIGN,
        )
        inside.element = OpenElement(
            name, start, content_start, None, element.kind, element.scope, element.lists
        )
        inside.read()
        for draft in inside.drafts:
            draft.element = None
            # Export marks what is not translated with elements that a drawing does not know.
            if draft.role == "text":
                draft.role, draft.kind = "inside", Kind.FIELD
        self.drafts += inside.drafts
        self.kept += inside.kept

    def _break(self, index: int, element: OpenElement, match: int | None) -> None:
        """Let an inline element break the text as a block does."""
        _kind, _name, start, end = self.tokens[index]
        self._end_run(index, start, end)
        self.element = element
        self.open[element.name] += 1
        if match is not None:
            self.closing[match] = element

    def _comment(self, index: int) -> int:
        """Read what a comment says to translators or to this reader; return the index to go on with."""
        _kind, _name, start, end = self.tokens[index]
        if self.source.startswith("<?", start):
            self.opaque[index] = Opaque(index, prints(self.source[start:end]))
            return index + 1
        note = NOTE.fullmatch(self.source, start, end)
        if note:
            self.notes.append((start, " ".join(note[1].split())))
            return index + 1
        switch = SWITCH.fullmatch(self.source, start, end)
        if switch is None:
            return index + 1
        if switch[1].lower() == "on":
            if self.is_off:
                self._end_run(index, start, end)
                self.is_off = False
            return index + 1
        if self.is_off:
            return index + 1
        # Switched on again in the same sentence: that has a placeholder for what stands between.
        stop = switched_on(self.source, self.tokens, index, self.ahead.boundary(index))
        if stop is not None and holds_text(
            self.source, self.tokens[self.run : index + 1], self.run_start
        ):
            self.opaque[index] = Opaque(stop, visible=True)
            self.kept.append((start, self.tokens[stop][3], Reason.AUTHOR))
            return stop + 1
        self._end_run(index, start, end)
        self.is_off = True
        return index + 1

    def _element(self, token: TokenTuple, meaning: TagMeaning) -> OpenElement:
        """Return the element that a tag begins inside those that are open."""
        outer = self.element
        _kind, name, start, end = token
        scope = outer.scope
        if name in QUOTED or (meaning is not NO_MEANING and (meaning.faq or meaning.scoping)):
            scope = scope_inside(name, meaning, scope, self.language)
        if self.foreign and name in _SILENT:
            scope = scope._replace(no_translate=True, code=True)
        kind = el.KINDS.get(name)
        if kind is None:
            kind = meaning.kind
            if kind is None:
                kind = Kind.PARAGRAPH if outer.name in HEADINGS else outer.kind
        # A list in the footer is furniture of the site too; a heading there is a heading.
        elif name not in HEADINGS and outer.kind in el.STRONG_KINDS:
            kind = meaning.kind or outer.kind
        return OpenElement(name, start, end, outer, kind, scope, outer.lists + (name in LISTS))

    def _is_untranslated(self, element: OpenElement) -> bool:
        """Whether the text in an element is not to be translated."""
        return self.is_off or (element.scope is not PLAIN_SCOPE and element.scope.untranslated)

    def _pop(self, end: int) -> None:
        """End the innermost open element."""
        element = self.element
        self.open[element.name] -= 1
        element.end = end
        if element.outer is not None:
            self.element = element.outer
            self.element.units += element.units

    def _close(self, name: str, start: int, end: int) -> None:
        """End the innermost open element of that name and those inside it; a stray end tag ends none."""
        if self.element.name != name:
            if not self.open[name]:
                return
            while self.element.name != name:
                self._pop(start)
        self._pop(end)

    def _close_element(self, element: OpenElement, start: int, end: int) -> None:
        """End an element that may have ended already with one around it."""
        if element.end < 0:
            while self.element is not element:
                self._pop(start)
            self._pop(end)

    def _end_run(self, index: int, start: int, end: int) -> None:
        """Make units of the run before token `index`, which stands from `start` to `end`; a new run begins after it."""
        first, begin = self.run, self.run_start
        self.run, self.run_start = index + 1, end
        if begin == start or (first == index and self.source[begin:start].isspace()):
            return
        opaque = self.opaque
        if opaque:
            self.opaque = {}
        element = self.element
        scope = element.scope
        if self.is_off or (scope is not PLAIN_SCOPE and scope.untranslated):
            self.kept.append((begin, start, reason_of(element.scope, is_off=self.is_off)))
            return
        stretch = begin, start, first, index
        for text in units_of_run(
            self.source, self.tokens, stretch, opaque, xml=self.xml, preserve=scope.preserve
        ):
            element.units += 1
            notes = self._notes_before(text.start) if self.notes else ()
            self.drafts.append(
                Draft(text, element.kind, "text", scope.context, notes + scope.notes, element)
            )

    def _notes_before(self, start: int) -> tuple[str, ...]:
        """Take what the author says about the unit that begins at `start`."""
        notes = tuple(note for offset, note in self.notes if offset < start)
        self.notes = [(offset, note) for offset, note in self.notes if offset >= start]
        return notes

    def _rcdata(self, index: int) -> None:
        """Make a unit of the content of a title or textarea."""
        _kind, name, start, end = self.tokens[index]
        self.run, self.run_start = index + 1, end
        element = self.element
        if self._is_untranslated(element):
            self.kept.append((start, end, reason_of(element.scope, is_off=self.is_off)))
            return
        preserve = name == "textarea"
        text = unit_text(self.source, start, end, preserve=preserve)
        if text is None:
            return
        kind = Kind.FIELD if preserve else Kind.METADATA
        context = element.scope.context if preserve else "meta:title"
        notes = self._notes_before(start) + element.scope.notes
        self.drafts.append(Draft(text, kind, "rcdata", context, notes))

    def _attributes(self, offset: int, meaning: TagMeaning) -> None:
        """Make units of the values that hold text in a start tag at an offset."""
        for context, msgid, start, end, quoted in meaning.texts:
            # Only in a list of proposals is the value of an option what readers see.
            if context == "attr:value" and meaning.option and not self.open["datalist"]:
                continue
            text = UnitText(offset + start, offset + end, msgid)
            kind = Kind.METADATA if context.startswith("meta:") else Kind.ATTRIBUTE
            role = "attribute" if quoted else "bare"
            notes = self._notes_before(offset + start) if self.notes else ()
            self.drafts.append(Draft(text, kind, role, context, notes))

    def _json(self, index: int) -> None:
        """Make units of the texts in a JSON-LD script."""
        if self.is_off or index >= len(self.tokens):
            return
        kind, _name, start, end = self.tokens[index]
        for string in jsonld.strings(self.source, start, end) if kind == _RAW else ():
            if has_words(string.value):
                text = UnitText(string.start, string.end, escape(normalize(string.value)))
                context = f"jsonld:{string.key}"
                self.drafts.append(Draft(text, Kind.METADATA, "json", context))

    def _end_in_run(self, index: int) -> int | None:
        """Return the index of the end tag of an element that ends before the next tag that breaks the text."""
        match = self.ahead.end_tag(index)
        return match if match is not None and match < self.ahead.boundary(index) else None

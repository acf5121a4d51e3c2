"""Texts and inline tags in a row made into units: cut at empty lines, edges trimmed, markup protected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from l10n.articles.html.elements import INLINE
from l10n.articles.html.tokens import VOID, TokenKind, TokenTuple, decode_attribute
from l10n.articles.words import EDGE_SPACE, collapse, has_words, normalize, shorten, trim
from l10n.model import Placeholder
from l10n.text.markup import escape
from l10n.text.references import decode_references


class UnitText(NamedTuple):
    """Where the text of a unit stands in the source, and what the unit says."""

    start: int
    """Offset of the first character that a translation replaces."""
    end: int
    msgid: str
    placeholders: tuple[Placeholder, ...] = ()
    enclosing: tuple[int, int] | None = None
    """Offsets of the opening tag of the innermost pair around it, if the run had one."""


WHOLE = max(TokenKind) + 1
"""Kind, beside those of `TokenKind`, of what is one placeholder with all it holds."""

_START, _END, _TEXT, _CDATA = (
    int(kind) for kind in (TokenKind.START, TokenKind.END, TokenKind.TEXT, TokenKind.CDATA)
)
_CONTENT = (_TEXT, _CDATA)
_CDATA_OPENING, _CDATA_CLOSING = len("<![CDATA["), len("]]>")
_TAG = re.compile(r"<[^>]*>?")
_IDENTIFYING = {
    name: re.compile(
        rf"""[\s"'/]{attribute}\s*=\s*(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""", re.IGNORECASE
    )
    for name, attribute in {
        "a": "href",
        "img": "src",
        "iframe": "src",
        "input": "name",
        "abbr": "title",
    }.items()
}
"""The attribute that tells elements of a name apart."""


def unit_text(
    source: str,
    start: int,
    end: int,
    enclosing: tuple[int, int] | None = None,
    *,
    preserve: bool = False,
) -> UnitText | None:
    """Return the unit of a stretch of text without tags; None when it says nothing."""
    start, end = trim(source, start, end)
    text = source[start:end]
    if "&" in text:
        text = decode_references(text)
    # Most texts begin with a letter, which says that they are texts.
    if not (text[:1].isalnum() or has_words(text)):
        return None
    if not text.isascii() or not text.isprintable():
        text = normalize(_lines(text) if preserve else collapse(text)).strip(EDGE_SPACE)
    # Printable ASCII has no other white space than the space, and is in NFC.
    elif "  " in text and not preserve:
        text = collapse(text)
    return UnitText(start, end, escape(text), (), enclosing)


def _lines(text: str) -> str:
    """Return a text that keeps its lines, ended as a catalog ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _pairs(tokens: Sequence[TokenTuple]) -> tuple[dict[int, int], int]:
    """Return the index of the other tag of each pair, and how many `<br>` there are.

    Tags that cross others or are alone have no other tag.
    """
    partners: dict[int, int] = {}
    breaks = 0
    opened: list[int] = []
    count: dict[str, int] = {}
    for index, (kind, name, _start, _end) in enumerate(tokens):
        if name in VOID:
            breaks += name == "br"
        elif kind == _START:
            opened.append(index)
            count[name] = count.get(name, 0) + 1
        # A stray end tag ends nothing; one that is due ends what was begun inside and is still open.
        elif kind == _END and count.get(name):
            while True:
                other = opened.pop()
                other_name = tokens[other][1]
                count[other_name] -= 1
                if other_name == name:
                    break
            partners[index] = other
            partners[other] = index
    return partners, breaks


def _paragraph_ends(
    tokens: Sequence[TokenTuple], visible: Sequence[bool], partners: Mapping[int, int]
) -> Iterator[int]:
    """Yield the indices of `<br>`s that another follows at once, outside of any pair begun inside the text."""
    inside: set[int] = set()
    text_before = False
    previous = -1
    for index, (_kind, name, _start, _end) in enumerate(tokens):
        if visible[index]:
            text_before = True
            previous = -1
        elif name == "br":
            if previous >= 0 and text_before and not inside:
                yield previous
                text_before = False
            previous = index
        elif index in partners:
            if partners[index] < index:
                inside.discard(partners[index])
            elif text_before:
                inside.add(index)


class Run:
    """Texts and inline tags in a row, on their way to units."""

    __slots__ = (
        "_partners",
        "_visible_before",
        "meanings",
        "source",
        "texts",
        "tokens",
        "visible",
    )

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens: list[TokenTuple] = []
        self.visible: list[bool] = []
        """Whether readers see each token."""
        self.texts: dict[int, str] = {}
        """Decoded text or markup to restore, by the token, where it is not what stands in the source."""
        self.meanings: dict[int, str] = {}
        """What a placeholder stands for, by the token, where its tag does not tell."""
        self._partners: dict[int, int] = {}
        self._visible_before: list[int] = []
        """Number of visible tokens before each token, so that emptiness is one comparison."""

    def add(
        self,
        token: TokenTuple,
        *,
        visible: bool = False,
        text: str | None = None,
        meaning: str | None = None,
    ) -> None:
        """Add a token at the end."""
        if text is not None:
            self.texts[len(self.tokens)] = text
        if meaning is not None:
            self.meanings[len(self.tokens)] = meaning
        self.tokens.append(token)
        self.visible.append(visible)

    def units(self, *, preserve: bool = False) -> list[UnitText]:
        """Return the units of the run: none, one, or several where empty lines part it."""
        tokens, visible = self.tokens, self.visible
        if True not in visible:
            return []
        self._visible_before = list(accumulate(visible, initial=0))
        self._partners, breaks = _pairs(tokens)
        stops = [len(tokens)]
        if breaks > 1:
            stops[:0] = _paragraph_ends(tokens, visible, self._partners)
        units: list[UnitText] = []
        begin = 0
        for stop in stops:
            unit = self._unit(begin, stop, preserve=preserve)
            if unit is not None:
                units.append(unit)
            begin = stop
        return units

    def _unit(self, begin: int, stop: int, *, preserve: bool) -> UnitText | None:
        """Return the unit of the tokens from `begin` to `stop`; None when they say nothing."""
        if self._visible_before[begin] == self._visible_before[stop]:
            return None
        begin, stop, enclosing = self._trimmed(begin, stop)
        source = self.source
        kind, _name, start, first_end = self.tokens[begin]
        if stop - begin == 1 and kind == _TEXT and begin not in self.texts:
            return unit_text(source, start, first_end, enclosing, preserve=preserve)
        msgid, placeholders = self._protected(begin, stop)
        if not msgid:
            return None
        if kind == _TEXT:
            start = trim(source, start, first_end)[0]
        kind, _name, last_start, end = self.tokens[stop - 1]
        if kind == _TEXT:
            end = trim(source, last_start, end)[1]
        msgid = normalize(_lines(msgid) if preserve else collapse(msgid)).strip(EDGE_SPACE)
        return UnitText(start, end, msgid, tuple(placeholders), enclosing)

    def _trimmed(self, begin: int, stop: int) -> tuple[int, int, tuple[int, int] | None]:
        """Return the bounds without what carries no text at the edges and without pairs around everything."""
        visible, partners, before = self.visible, self._partners, self._visible_before
        enclosing: tuple[int, int] | None = None
        while True:
            if not visible[begin]:
                partner = partners.get(begin, -1)
                # Around everything: it stays outside, so that a translation cannot lose it.
                if partner == stop - 1:
                    _kind, _name, start, end = self.tokens[begin]
                    enclosing = (start, end)
                    begin, stop = begin + 1, partner
                    continue
                # No pair of this unit: what is alone, or goes on beyond an edge.
                if partner < begin or partner >= stop:
                    begin += 1
                    continue
                if before[partner] == before[begin]:
                    begin = partner + 1
                    continue
            if not visible[stop - 1]:
                partner = partners.get(stop - 1, -1)
                if partner < begin or partner >= stop:
                    stop -= 1
                    continue
                if before[stop] == before[partner]:
                    stop = partner
                    continue
            return begin, stop, enclosing

    def _protected(self, begin: int, stop: int) -> tuple[str, list[Placeholder]]:
        """Return the text with tokens for its markup, empty where it says nothing, and the placeholders."""
        parts: list[str] = []
        placeholders: list[Placeholder] = []
        count: dict[str, int] = {}
        closing: dict[int, str] = {}
        texts: list[str] = []
        has_text = False
        index = begin
        while index < stop:
            kind, name, _start, _end = self.tokens[index]
            if kind in _CONTENT:
                texts.append(self._text(index))
            elif kind <= _END or kind == WHOLE:
                if texts:
                    text = "".join(texts)
                    has_text = has_text or has_words(text)
                    parts.append(escape(text))
                    texts.clear()
                if index in closing:
                    parts.append(closing[index])
                else:
                    tag = name if name in INLINE else "x"
                    number = count[tag] = count.get(tag, 0) + 1
                    placeholder, partner = self._placeholder(index, stop, tag, number)
                    placeholders.append(placeholder)
                    if placeholder.paired:
                        closing[partner] = f"</{tag}{number}>"
                        parts.append(f"<{tag}{number}>")
                    else:
                        # A pair without text goes with all that stands in it.
                        index = max(index, partner)
                        parts.append(f"<{tag}{number}/>")
            index += 1
        text = "".join(texts)
        parts.append(escape(text))
        return "".join(parts) if has_text or has_words(text) else "", placeholders

    def _placeholder(
        self, index: int, stop: int, tag: str, number: int
    ) -> tuple[Placeholder, int]:
        """Return the placeholder of a tag, and the index of its partner; a pair without text is one void one."""
        _kind, _name, start, end = self.tokens[index]
        partner = self._partners.get(index, -1)
        paired = False
        closing = ""
        if index < partner < stop:
            paired = self._visible_before[partner] > self._visible_before[index]
            _kind, _name, closing_start, closing_end = self.tokens[partner]
            if paired:
                closing = self._markup(partner, closing_start, closing_end)
            else:
                end = closing_end
        else:
            partner = -1
        meaning = self.meanings.get(index)
        placeholder = Placeholder(
            tag,
            number,
            paired,
            self._markup(index, start, end),
            closing,
            self._stands_for(index) if meaning is None else meaning,
            start,
        )
        return placeholder, partner

    def _markup(self, index: int, start: int, end: int) -> str:
        return self.texts.get(index) or self.source[start:end]

    def _text(self, index: int) -> str:
        """Return the decoded text of a token."""
        if index in self.texts:
            return self.texts[index]
        kind, _name, start, end = self.tokens[index]
        if kind == _CDATA:
            return self.source[start + _CDATA_OPENING : end - _CDATA_CLOSING]
        text = self.source[start:end]
        return decode_references(text)

    def _stands_for(self, index: int) -> str:
        """Return what makes a placeholder itself: where a link leads, what a code span says."""
        kind, name, start, end = self.tokens[index]
        if kind == WHOLE and self.visible[index]:
            content = self.source[self.source.find(">", start, end) + 1 : end]
            return shorten(decode_references(_TAG.sub("", content)))
        if kind == _END or name not in _IDENTIFYING:
            return ""
        if kind == WHOLE:
            end = self.source.find(">", start, end) + 1
        match = _IDENTIFYING[name].search(self.source, start, end)
        if match is None:
            return ""
        value = match[1] or match[2] or match[3] or ""
        return shorten(decode_attribute(value) if "&" in value else value)

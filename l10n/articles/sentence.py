"""The texts and tags of one sentence made into a unit, whatever they are: edges trimmed, markup protected."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from l10n.articles.html.elements import INLINE
from l10n.articles.html.tokens import VOID, Mark, TokenKind, decode_attribute
from l10n.articles.words import EDGE_SPACE, collapse, has_words, normalize, shorten, trim
from l10n.model import Placeholder
from l10n.text.markup import escape


class Piece(NamedTuple):
    """A trimmed run: what a unit is made of."""

    start: int
    """Offset of the first character that a translation replaces."""
    end: int
    msgid: str
    placeholders: tuple[Placeholder, ...] = ()
    enclosing: tuple[int, int] | None = None
    """Offsets of the opening tag of the innermost pair around it, if the run had one."""


class Item(NamedTuple):
    """A text or tag of a run, or an opaque element with all that is in it."""

    kind: int
    name: str
    start: int
    end: int
    opaque: bool
    """Whether it is one placeholder with all its content."""
    visible: bool
    text: str | None = None
    """Decoded text, or markup to restore, where it is not what `source[start:end]` says."""
    stands_for: str | None = None
    """What makes it itself, where the tag does not tell."""


_START, _END, _TEXT, _CDATA = (
    int(kind) for kind in (TokenKind.START, TokenKind.END, TokenKind.TEXT, TokenKind.CDATA)
)
_CDATA_OPENING, _CDATA_CLOSING = len("<![CDATA["), len("]]>")
_TAG = re.compile(r"<[^>]*>?")
TELLING = {
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


def text_piece(
    source: str,
    start: int,
    end: int,
    enclosing: tuple[int, int] | None = None,
    *,
    preserve: bool = False,
) -> Piece | None:
    """Piece of a stretch of text without tags; None when it says nothing."""
    start, end = trim(source, start, end)
    text = source[start:end]
    if "&" in text:
        text = html.unescape(text)
    if not (text[:1].isalnum() or has_words(text)):
        return None
    if not text.isascii() or not text.isprintable():
        text = normalize(text if preserve else collapse(text)).strip(EDGE_SPACE)
    elif "  " in text and not preserve:
        text = collapse(text)
    return Piece(start, end, escape(text), (), enclosing)


def pieces_of_items(
    source: str, items: Sequence[Item], *, preserve: bool = False
) -> Iterator[Piece]:
    """Pieces of the items of a run."""
    seen = [0]
    visible = 0
    for item in items:
        visible += item.visible
        seen.append(visible)
    if not visible:
        return
    partners = _partners(items)
    sentence = _Sentence(source, items, partners, seen)
    begin = 0
    for stop in (*_paragraph_breaks(items, partners), len(items)):
        piece = sentence.piece(begin, stop, preserve=preserve)
        if piece is not None:
            yield piece
        begin = stop


def _partners(items: Sequence[Item]) -> dict[int, int]:
    """Index of the other tag of each pair; tags that cross others or are alone have none."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    count: dict[str, int] = {}
    for index, item in enumerate(items):
        kind, name = item.kind, item.name
        if item.opaque or name in VOID:
            continue
        if kind == _START:
            opened.append(index)
            count[name] = count.get(name, 0) + 1
        elif kind == _END and count.get(name):
            while True:
                other = opened.pop()
                other_name = items[other].name
                count[other_name] -= 1
                if other_name == name:
                    break
            partners[index] = other
            partners[other] = index
    return partners


def _paragraph_breaks(items: Sequence[Item], partners: Mapping[int, int]) -> Iterator[int]:
    """Indices of `<br>`s that another follows at once, outside of any pair begun inside the text."""
    inside: set[int] = set()
    text_before = False
    previous = -1
    for index, item in enumerate(items):
        if item.visible:
            text_before = True
            previous = -1
        elif item.name == "br":
            if previous >= 0 and text_before and not inside:
                yield previous
                text_before = False
            previous = index
        elif index in partners:
            if partners[index] < index:
                inside.discard(partners[index])
            elif text_before:
                inside.add(index)


class _Sentence:
    """The items of a run on their way to a unit."""

    def __init__(
        self,
        source: str,
        items: Sequence[Item],
        partners: Mapping[int, int],
        seen: Sequence[int],
    ) -> None:
        self.source = source
        self.items = items
        self.partners = partners
        self.seen = seen
        """Number of visible items before each index, so that emptiness is one comparison."""

    def piece(self, begin: int, stop: int, *, preserve: bool) -> Piece | None:
        """Piece of the items from `begin` to `stop`; None when they say nothing."""
        if self.seen[begin] == self.seen[stop]:
            return None
        begin, stop, enclosing = self._trimmed(begin, stop)
        source, first, final = self.source, self.items[begin], self.items[stop - 1]
        if stop - begin == 1 and first.kind == _TEXT and first.text is None:
            return text_piece(source, first.start, first.end, enclosing, preserve=preserve)
        texts, tokens, placeholders = self._protected(begin, stop)
        if not any(has_words(text) for text in texts):
            return None
        start, end = first.start, final.end
        if first.kind == _TEXT:
            start = trim(source, start, first.end)[0]
        if final.kind == _TEXT:
            end = trim(source, final.start, end)[1]
        parts = [escape(texts[0])]
        for token, text in zip(tokens, texts[1:], strict=True):
            parts += (token, escape(text))
        msgid = "".join(parts)
        msgid = normalize(msgid if preserve else collapse(msgid)).strip(EDGE_SPACE)
        return Piece(start, end, msgid, tuple(placeholders), enclosing)

    def _trimmed(self, begin: int, stop: int) -> tuple[int, int, tuple[int, int] | None]:
        """Bounds without what carries no text at the edges and without pairs around everything."""
        items, partners, seen = self.items, self.partners, self.seen
        enclosing: tuple[int, int] | None = None
        while True:
            first, final = items[begin], items[stop - 1]
            if not first.visible:
                partner = partners.get(begin, -1)
                if partner == stop - 1:
                    enclosing = (first.start, first.end)
                    begin, stop = begin + 1, stop - 1
                    continue
                if partner < begin or partner >= stop:
                    begin += 1
                    continue
                if seen[partner] == seen[begin]:
                    begin = partner + 1
                    continue
            if not final.visible:
                partner = partners.get(stop - 1, -1)
                if partner < begin or partner >= stop:
                    stop -= 1
                    continue
                if seen[stop] == seen[partner]:
                    stop = partner
                    continue
            return begin, stop, enclosing

    def _protected(
        self, begin: int, stop: int
    ) -> tuple[list[str], list[str], list[Placeholder]]:
        """Decoded texts, the tokens between them (one less), and the placeholders."""
        texts, tokens = [""], []
        placeholders: list[Placeholder] = []
        count: dict[str, int] = {}
        closing: dict[int, str] = {}
        index = begin
        while index < stop:
            item = self.items[index]
            if item.kind in (_TEXT, _CDATA) and not item.opaque:
                texts[-1] += self._text(item)
            elif item.kind == _END and index in closing:
                tokens.append(f"</{closing[index]}>")
                texts.append("")
            elif item.opaque or item.kind in (_START, _END):
                tag = item.name if item.name in INLINE else "x"
                count[tag] = count.get(tag, 0) + 1
                placeholder, partner = self._placeholder(index, stop, tag, count[tag])
                placeholders.append(placeholder)
                if placeholder.paired:
                    closing[partner] = placeholder.name
                elif partner > index:
                    index = partner
                slash = "" if placeholder.paired else "/"
                tokens.append(f"<{placeholder.name}{slash}>")
                texts.append("")
            index += 1
        return texts, tokens, placeholders

    def _placeholder(
        self, index: int, stop: int, tag: str, number: int
    ) -> tuple[Placeholder, int]:
        """Placeholder of a tag, and the index of its partner; a pair without text is one void one."""
        source, item = self.source, self.items[index]
        partner = self.partners.get(index, -1)
        if not index < partner < stop:
            partner = -1
        paired = partner >= 0 and self.seen[partner] > self.seen[index]
        end = self.items[partner].end if partner >= 0 and not paired else item.end
        closing = self.items[partner] if paired else None
        placeholder = Placeholder(
            tag,
            number,
            paired,
            source[item.start : end] if item.text is None else item.text,
            self._markup(closing) if closing else "",
            _stands_for(source, item) if item.stands_for is None else item.stands_for,
            item.start,
        )
        return placeholder, partner

    def _markup(self, item: Item) -> str:
        return self.source[item.start : item.end] if item.text is None else item.text

    def _text(self, item: Item) -> str:
        if item.text is not None:
            return item.text
        if item.kind == _CDATA:
            return self.source[item.start + _CDATA_OPENING : item.end - _CDATA_CLOSING]
        text = self.source[item.start : item.end]
        return html.unescape(text) if "&" in text else text


def _stands_for(source: str, item: Item) -> str:
    """What makes a placeholder itself: where a link leads, what a code span says."""
    if item.opaque and item.visible:
        return told_by_content(source, item.start, item.end)
    if item.kind == _END or item.name not in TELLING:
        return ""
    end = source.find(">", item.start, item.end) + 1 if item.opaque else item.end
    return told_by_tag(source, (_START, item.name, item.start, end))


def told_by_content(source: str, start: int, end: int) -> str:
    """Text inside an element that is taken whole."""
    inside = source[source.find(">", start, end) + 1 : end]
    return shorten(html.unescape(_TAG.sub("", inside)))


def told_by_tag(source: str, mark: Mark) -> str:
    """Value of the attribute that tells a start tag of `TELLING` from others of its name."""
    _kind, name, start, end = mark
    match = TELLING[name].search(source, start, end)
    if match is None:
        return ""
    value = match[1] or match[2] or match[3] or ""
    return shorten(decode_attribute(value) if "&" in value else value)

"""One run of text and inline tags made into a unit: edges trimmed, markup turned into placeholders."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from l10n.articles.elements import INLINE
from l10n.articles.tokens import VOID, Token, TokenKind, attribute_values, decode_attribute
from l10n.markup import escape
from l10n.model import Placeholder


class Piece(NamedTuple):
    """A trimmed run: what a unit is made of."""

    start: int
    """Offset of the first character that a translation replaces."""
    end: int
    msgid: str
    placeholders: tuple[Placeholder, ...]
    enclosing: tuple[int, int] | None
    """Offsets of the opening tag of the innermost pair around it, if the run had one."""


class Opaque(NamedTuple):
    """An element that is one placeholder with all its content."""

    last: int
    """Index of its last token."""
    seen: bool
    """Whether readers see it as a part of the sentence."""


class _Item(NamedTuple):
    """A token of the run, or an opaque element with all its tokens."""

    kind: TokenKind
    name: str
    start: int
    end: int
    opaque: bool
    visible: bool


_LEADING = re.compile(r"(?:[ \t\n\r\f\xa0\u200b\ufeff]|&(?:nbsp|\#160|\#[xX][aA]0);)*+")
_TRAILING_SPACE = " \t\n\r\f\xa0\u200b\ufeff"
_TRAILING_ENTITIES = ("&nbsp;", "&#160;", "&#xa0;", "&#xA0;", "&#XA0;")
_ODD_SPACE = re.compile(r"[\t\n\r\f]| {2}")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_WORD = re.compile(r"[^\W_]")
_TAG = re.compile(r"<[^>]*>?")
_TELLING = {"a": "href", "img": "src", "iframe": "src", "input": "name", "abbr": "title"}
"""The attribute that tells elements of a name apart."""
_LONG = 200
"""Characters of a URL or code span that a `#.` comment shows at most."""


def pieces_of(
    source: str,
    tokens: Sequence[Token],
    first: int,
    last: int,
    opaque: Mapping[int, Opaque],
    *,
    xml: bool = False,
    preserve: bool = False,
) -> Iterator[Piece]:
    """Pieces of the run `tokens[first:last]`: one, or several where empty lines of `<br><br>` part it.

    `opaque` holds, by token index, the elements to be taken whole. `preserve` keeps white space as it is,
    `xml` takes `<a/>` as an element without content.
    """
    if last - first == 1 and not opaque:
        piece = _text_piece(source, tokens[first], preserve=preserve)
        if piece is not None:
            yield piece
        return
    items = _items(source, tokens, first, last, opaque, xml=xml)
    partners = _partners(items)
    seen = [0]
    for item in items:
        seen.append(seen[-1] + item.visible)
    if not seen[-1]:
        return
    begin = 0
    for stop in (*_paragraph_breaks(items, partners), len(items)):
        piece = _piece(source, items, partners, seen, begin, stop, preserve=preserve)
        if piece is not None:
            yield piece
        begin = stop


def has_words(text: str) -> bool:
    """Whether a decoded text has a letter or digit, so that there is something to translate."""
    return _WORD.search(text) is not None


def normalize(text: str) -> str:
    """Text in NFC without NUL, which neither browsers nor catalogs keep."""
    if text.isascii():
        return text.replace("\0", "")
    return unicodedata.normalize("NFC", text.replace("\0", ""))


def collapse(text: str) -> str:
    """Text with runs of white space as one space; no-break spaces and their relatives stay."""
    return _SPACES.sub(" ", text) if _ODD_SPACE.search(text) else text


def shorten(text: str) -> str:
    """Text on one line, cut to what a comment can show."""
    text = " ".join(text.split())
    return text if len(text) <= _LONG else text[:_LONG] + "…"


def _text_piece(source: str, token: Token, *, preserve: bool) -> Piece | None:
    kind, _name, start, end = token
    if kind != TokenKind.TEXT and kind != TokenKind.RCDATA and kind != TokenKind.CDATA:
        return None
    if kind == TokenKind.CDATA:
        start, end = start + 9, end - 3
    start, end = trim(source, start, end)
    if start >= end:
        return None
    text = source[start:end]
    if "&" in text and kind != TokenKind.CDATA:
        text = html.unescape(text)
    if _WORD.search(text) is None:
        return None
    text = normalize(text if preserve else collapse(text))
    return Piece(start, end, escape(text), (), None)


def trim(source: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without white space at the edges; no-break spaces there are furniture, too."""
    match = _LEADING.match(source, start, end)
    if match is not None:
        start = match.end()
    while end > start:
        if source[end - 1] in _TRAILING_SPACE:
            end -= 1
        elif source[end - 1] == ";" and source.endswith(_TRAILING_ENTITIES, start, end):
            end = source.rindex("&", start, end)
        else:
            break
    return start, end


def _items(
    source: str,
    tokens: Sequence[Token],
    first: int,
    last: int,
    opaque: Mapping[int, Opaque],
    *,
    xml: bool,
) -> list[_Item]:
    items: list[_Item] = []
    index = first
    while index < last:
        kind, name, start, end = tokens[index]
        whole = opaque.get(index) if opaque else None
        if whole is not None:
            index = whole.last
            items.append(_Item(kind, name, start, tokens[index].end, True, whole.seen))
        elif xml and kind == TokenKind.START and source.startswith("/>", end - 2):
            items.append(_Item(kind, name, start, end, True, False))
        else:
            visible = (kind == TokenKind.TEXT or kind == TokenKind.CDATA) and not _is_blank(
                source, start, end
            )
            items.append(_Item(kind, name, start, end, False, visible))
        index += 1
    return items


def _is_blank(source: str, start: int, end: int) -> bool:
    text = source[start:end]
    if text.isspace():
        return True
    return text[0] in " \t\n\r\f&\xa0\u200b\ufeff" and trim(source, start, end)[0] >= end


def _partners(items: Sequence[_Item]) -> dict[int, int]:
    """Index of the other tag of each pair; tags that cross others or are alone have none."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    count: dict[str, int] = {}
    for index, item in enumerate(items):
        if item.opaque or item.name in VOID:
            continue
        if item.kind == TokenKind.START:
            opened.append(index)
            count[item.name] = count.get(item.name, 0) + 1
        elif item.kind == TokenKind.END and count.get(item.name):
            while True:
                other = opened.pop()
                count[items[other].name] -= 1
                if items[other].name == item.name:
                    break
            partners[index] = other
            partners[other] = index
    return partners


def _paragraph_breaks(items: Sequence[_Item], partners: Mapping[int, int]) -> Iterator[int]:
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


def _piece(
    source: str,
    items: Sequence[_Item],
    partners: Mapping[int, int],
    seen: Sequence[int],
    begin: int,
    stop: int,
    *,
    preserve: bool,
) -> Piece | None:
    if seen[begin] == seen[stop]:
        return None
    begin, stop, enclosing = _trim_items(items, partners, seen, begin, stop)
    parts, placeholders = _protect(source, items, partners, seen, begin, stop)
    start, end = items[begin].start, items[stop - 1].end
    if items[begin].kind == TokenKind.TEXT:
        start = trim(source, start, items[begin].end)[0]
    if items[stop - 1].kind == TokenKind.TEXT:
        end = trim(source, items[stop - 1].start, end)[1]
    if not any(has_words(part) for part in parts[::2]):
        return None
    parts[::2] = [escape(part) for part in parts[::2]]
    msgid = "".join(parts)
    msgid = normalize(msgid if preserve else collapse(msgid)).strip(_TRAILING_SPACE)
    return Piece(start, end, msgid, tuple(placeholders), enclosing)


def _trim_items(
    items: Sequence[_Item],
    partners: Mapping[int, int],
    seen: Sequence[int],
    begin: int,
    stop: int,
) -> tuple[int, int, tuple[int, int] | None]:
    """Bounds without what carries no text at the edges and without pairs around everything."""
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


def _protect(
    source: str,
    items: Sequence[_Item],
    partners: Mapping[int, int],
    seen: Sequence[int],
    begin: int,
    stop: int,
) -> tuple[list[str], list[Placeholder]]:
    """Decoded texts and tokens in turn (text first, text last), and the placeholders."""
    parts = [""]
    placeholders: list[Placeholder] = []
    count: dict[str, int] = {}
    closing: dict[int, str] = {}
    index = begin
    while index < stop:
        item = items[index]
        kind = item.kind
        if kind == TokenKind.TEXT or kind == TokenKind.CDATA:
            parts[-1] += _text(source, item)
        elif kind == TokenKind.END and index in closing:
            parts += (f"</{closing[index]}>", "")
        elif kind == TokenKind.START or kind == TokenKind.END:
            partner = partners.get(index, -1)
            tag = item.name if item.name in INLINE else "x"
            count[tag] = number = count.get(tag, 0) + 1
            name = f"{tag}{number}"
            paired = index < partner < stop and seen[partner] > seen[index]
            if index < partner < stop and not paired:
                end = items[partner].end
                index = partner
            else:
                end = item.end
            opening = source[item.start : end]
            placeholders.append(
                Placeholder(
                    tag,
                    number,
                    paired,
                    opening,
                    source[items[partner].start : items[partner].end] if paired else "",
                    _stands_for(source, item, end),
                    item.start,
                )
            )
            if paired:
                closing[partner] = name
            parts += (f"<{name}>" if paired else f"<{name}/>", "")
        index += 1
    return parts, placeholders


def _text(source: str, item: _Item) -> str:
    if item.kind == TokenKind.CDATA:
        return source[item.start + 9 : item.end - 3]
    text = source[item.start : item.end]
    return html.unescape(text) if "&" in text else text


def _stands_for(source: str, item: _Item, end: int) -> str:
    """What makes a placeholder itself: where a link leads, what a code span says."""
    if item.opaque and item.visible:
        return shorten(html.unescape(_TAG.sub("", source[item.start : end])))
    attribute = _TELLING.get(item.name)
    if attribute is None or item.kind == TokenKind.END:
        return ""
    tag = source[item.start : source.find(">", item.start, end) + 1]
    return shorten(decode_attribute(attribute_values(tag).get(attribute, "")))

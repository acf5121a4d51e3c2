"""One run of text and inline tags made into a unit: edges trimmed, markup turned into placeholders."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from l10n.articles.elements import INLINE
from l10n.articles.tokens import VOID, Mark, TokenKind, decode_attribute
from l10n.markup import escape
from l10n.model import Placeholder


class Run(NamedTuple):
    """A stretch of the source between two tags that part text."""

    start: int
    end: int
    first: int
    """Index of the first mark in it."""
    last: int
    """Index after the last one."""


class Piece(NamedTuple):
    """A trimmed run: what a unit is made of."""

    start: int
    """Offset of the first character that a translation replaces."""
    end: int
    msgid: str
    placeholders: tuple[Placeholder, ...] = ()
    enclosing: tuple[int, int] | None = None
    """Offsets of the opening tag of the innermost pair around it, if the run had one."""


class Opaque(NamedTuple):
    """An element that is one placeholder with all its content."""

    last: int
    """Index of its last mark."""
    seen: bool
    """Whether readers see it as a part of the sentence."""


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
_LEADING = re.compile(r"(?:[ \t\n\r\f\xa0\u200b\ufeff]|&(?:nbsp|\#160|\#[xX][aA]0);)*+")
_EDGE_SPACE = " \t\n\r\f\xa0\u200b\ufeff"
_EDGE_REFERENCES = ("&nbsp;", "&#160;", "&#xa0;", "&#xA0;", "&#XA0;")
_ODD = re.compile(r"[\t\n\r\f&<\0\4\u0300-\U0010ffff]| {2}")
"""What a msgid writes another way than the text it is made of; NFC changes nothing below U+0300."""
_ODD_SPACE = re.compile(r"[\t\n\r\f]| {2}")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_WORD = re.compile(r"[^\W_]")
_TAG = re.compile(r"<[^>]*>?")
_TELLING = {
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
_LONG = 200
"""Characters of a URL or code span that a `#.` comment shows at most."""


def pieces_of(
    source: str,
    marks: Sequence[Mark],
    run: Run,
    opaque: Mapping[int, Opaque],
    *,
    xml: bool = False,
    preserve: bool = False,
) -> tuple[Piece, ...]:
    """Pieces of a run: none, one, or several where empty lines of `<br><br>` part it.

    `opaque` holds, by index of the mark, the elements to be taken whole. `preserve` keeps white space
    as it is, `xml` takes `<a/>` as an element without content.
    """
    if run.first == run.last:
        piece = text_piece(source, run.start, run.end, preserve=preserve)
        return () if piece is None else (piece,)
    if _is_empty(source, marks, run, opaque):
        return ()
    if not xml and not preserve:
        inner = _trimmed_run(source, marks, run, opaque)
        if inner.first == inner.last:
            piece = text_piece(source, inner.start, inner.end)
            return () if piece is None else (piece,)
        unwrapped = None if opaque else _unwrapped(source, marks, inner)
        if unwrapped is not None:
            start, end, enclosing = unwrapped
            piece = text_piece(source, start, end)
            return () if piece is None else (piece._replace(enclosing=enclosing),)
        piece = _regular_piece(source, marks, inner, opaque)
        if piece is not None:
            return (piece,)
    items = _items(source, marks, run, opaque, xml=xml)
    return tuple(pieces_of_items(source, items, preserve=preserve))


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


def _is_empty(
    source: str, marks: Sequence[Mark], run: Run, opaque: Mapping[int, Opaque]
) -> bool:
    """Whether nothing but white space stands between the marks and what is taken whole."""
    position, end, index, last = run
    while index < last:
        mark = marks[index]
        if mark[2] > position and not source[position : mark[2]].isspace():
            return False
        whole = opaque.get(index) if opaque else None
        if whole is not None:
            if whole.seen:
                return False
            index = whole.last
            mark = marks[index]
        elif mark[0] == _CDATA:
            return False
        position = mark[3]
        index += 1
    return position >= end or source[position:end].isspace()


def _trimmed_run(
    source: str, marks: Sequence[Mark], run: Run, opaque: Mapping[int, Opaque]
) -> Run:
    """The run without what carries no text at its edges, as far as that is seen at a glance."""
    start, end, first, last = run
    while first < last:
        kind, name, begin, finish = marks[first]
        if begin > start and not source[start:begin].isspace():
            break
        whole = opaque.get(first) if opaque else None
        if whole is not None:
            if whole.seen:
                break
            first, finish = whole.last, marks[whole.last][3]
        elif kind == _CDATA or (kind <= _END and (kind == _END or name not in VOID)):
            break
        start = finish
        first += 1
    while first < last and not opaque:
        kind, name, begin, finish = marks[last - 1]
        if (end > finish and not source[finish:end].isspace()) or (
            kind == _CDATA or (kind <= _END and (kind == _END or name not in VOID))
        ):
            break
        end = begin
        last -= 1
    return Run(start, end, first, last)


def _regular_piece(
    source: str, marks: Sequence[Mark], run: Run, opaque: Mapping[int, Opaque]
) -> Piece | None:
    """Piece of a run as most are: pairs that hold text, one inside the other, void tags between words.

    None for every other run, and for one without words: `_Sentence` knows all cases, but looks at each
    item six times.
    """
    position, run_end, index, last = run
    first = index
    parts: list[str] = []
    placeholders: list[Placeholder | None] = []
    opened: list[tuple[Mark, int, int, int]] = []
    count: dict[str, int] = {}
    texts = outer = 0
    words = after_void = False
    while index <= last:
        mark = marks[index] if index < last else (_TEXT, "", run_end, run_end)
        kind, name, start, end = mark
        if start > position:
            text = source[position:start]
            if not text.isspace():
                if text[0] in _AT_EDGE and _is_blank(source, position, start):
                    return None
                if "&" in text:
                    text = html.unescape(text)
                words = words or _WORD.search(text) is not None
                texts += 1
                after_void = False
                text = escape(text)
            parts.append(text)
        if kind == _START:
            if name not in INLINE:
                return None
            number = count[name] = count.get(name, 0) + 1
            whole = opaque.get(index) if opaque else None
            if whole is None and name not in VOID:
                opened.append((mark, number, len(placeholders), texts))
                placeholders.append(None)
                parts.append(f"<{name}{number}>")
            else:
                seen = whole is not None and whole.seen
                if not seen and (after_void or not texts):
                    return None
                after_void = not seen
                texts += seen
                said = ""
                if whole is not None:
                    index = whole.last
                    end = marks[index][3]
                if seen:
                    said = shorten(html.unescape(_TAG.sub("", source[start:end])))
                elif name in _TELLING:
                    said = _told_by_tag(source, mark)
                placeholders.append(
                    Placeholder(name, number, False, source[start:end], "", said, start)
                )
                parts.append(f"<{name}{number}/>")
        elif kind == _END:
            if not opened:
                return None
            opening, number, slot, before = opened.pop()
            if opening[1] != name or before == texts:
                return None
            placeholders[slot] = Placeholder(
                name,
                number,
                True,
                source[opening[2] : opening[3]],
                source[start:end],
                _told_by_tag(source, opening) if name in _TELLING else "",
                opening[2],
            )
            parts.append(f"</{name}{number}>")
            if not before and not slot and index == last - 1:
                outer = texts
        elif index < last:
            return None
        position = end
        index += 1
    if opened or after_void or not words or outer == texts:
        return None
    begin, finish = marks[first][2], marks[last - 1][3]
    if not source[run.start : begin].isspace():
        begin = trim(source, run.start, begin)[0]
    if not source[finish:run_end].isspace():
        finish = trim(source, finish, run_end)[1]
    msgid = normalize(collapse("".join(parts))).strip(_EDGE_SPACE)
    return Piece(begin, finish, msgid, tuple(p for p in placeholders if p is not None))


def _unwrapped(
    source: str, marks: Sequence[Mark], run: Run
) -> tuple[int, int, tuple[int, int]] | None:
    """The one text inside tags that only wrap it, and the innermost of them; None for anything else."""
    start, end, first, last = run
    enclosing = (0, 0)
    while first < last:
        kind, name, opening, opened = marks[first]
        final = marks[last - 1]
        if kind != _START or final[0] != _END or final[1] != name or (last - first) % 2:
            return None
        if (opening > start and not source[start:opening].isspace()) or (
            end > final[3] and not source[final[3] : end].isspace()
        ):
            return None
        start, end, enclosing = opened, final[2], (opening, opened)
        first, last = first + 1, last - 1
        if last > first and (marks[first][0] != _START or marks[first][1] == name):
            return None
    return start, end, enclosing


def text_piece(source: str, start: int, end: int, *, preserve: bool = False) -> Piece | None:
    """Piece of a stretch of text without tags; None when it says nothing."""
    start, end = trim(source, start, end)
    text = source[start:end]
    if not text.isalpha():
        if "&" in text:
            text = html.unescape(text)
        if _WORD.search(text) is None:
            return None
    if _ODD.search(text):
        text = escape(normalize(text if preserve else collapse(text)))
    return Piece(start, end, text)


def has_words(text: str) -> bool:
    """Whether a decoded text has a letter or digit, so that there is something to translate."""
    return _WORD.search(text) is not None


def normalize(text: str) -> str:
    """Text in NFC without NUL, which browsers drop, and EOT, which gettext keeps for itself."""
    if "\0" in text or "\4" in text:
        text = text.replace("\0", "").replace("\4", "")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def collapse(text: str) -> str:
    """Text with runs of white space as one space; no-break spaces and their relatives stay."""
    return _SPACES.sub(" ", text) if _ODD_SPACE.search(text) else text


def shorten(text: str) -> str:
    """Text on one line, cut to what a comment can show."""
    if not text.isalnum():
        text = " ".join(text.split())
    return text if len(text) <= _LONG else text[:_LONG] + "…"


def trim(source: str, start: int, end: int) -> tuple[int, int]:
    """Offsets without white space at the edges; no-break spaces there are furniture, too."""
    if source[start : start + 1] in _AT_EDGE:
        match = _LEADING.match(source, start, end)
        if match is not None:
            start = match.end()
    while end > start:
        if source[end - 1] in _EDGE_SPACE:
            end -= 1
        elif source[end - 1] == ";" and source.endswith(_EDGE_REFERENCES, start, end):
            end = source.rindex("&", start, end)
        else:
            break
    return start, end


_AT_EDGE = frozenset(_EDGE_SPACE + "&")


def _items(
    source: str,
    marks: Sequence[Mark],
    run: Run,
    opaque: Mapping[int, Opaque],
    *,
    xml: bool,
) -> list[Item]:
    items: list[Item] = []
    position, run_end, index, last = run
    make = Item._make
    while index < last:
        kind, name, start, end = marks[index]
        if start > position:
            visible = not _is_blank(source, position, start)
            items.append(make((_TEXT, "", position, start, False, visible, None, None)))
        whole = opaque.get(index) if opaque else None
        if whole is not None:
            index = whole.last
            end = marks[index][3]
            items.append(make((kind, name, start, end, True, whole.seen, None, None)))
        elif kind == _CDATA:
            items.append(make((kind, name, start, end, False, True, None, None)))
        else:
            empty = xml and kind == _START and source.startswith("/>", end - 2)
            items.append(make((kind, name, start, end, empty, False, None, None)))
        position = end
        index += 1
    if run_end > position:
        visible = not _is_blank(source, position, run_end)
        items.append(make((_TEXT, "", position, run_end, False, visible, None, None)))
    return items


def _is_blank(source: str, start: int, end: int) -> bool:
    text = source[start:end]
    if text.isspace():
        return True
    return text[0] in _AT_EDGE and trim(source, start, end)[0] >= end


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
            piece = text_piece(source, first.start, first.end, preserve=preserve)
            return piece and piece._replace(enclosing=enclosing)
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
        msgid = normalize(msgid if preserve else collapse(msgid)).strip(_EDGE_SPACE)
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
        return shorten(html.unescape(_TAG.sub("", source[item.start : item.end])))
    if item.kind == _END or item.name not in _TELLING:
        return ""
    end = source.find(">", item.start, item.end) + 1 if item.opaque else item.end
    return _told_by_tag(source, (_START, item.name, item.start, end))


def _told_by_tag(source: str, mark: Mark) -> str:
    """Value of the attribute that tells a start tag from others of its name."""
    _kind, name, start, end = mark
    match = _TELLING[name].search(source, start, end)
    if match is None:
        return ""
    value = match[1] or match[2] or match[3] or ""
    return shorten(decode_attribute(value) if "&" in value else value)

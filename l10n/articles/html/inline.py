"""Runs of text and inline tags made into units: the quick way, which most take, and the door to the other."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from l10n.articles.html.elements import INLINE
from l10n.articles.html.tokens import VOID, Mark, TokenKind
from l10n.articles.sentence import (
    TELLING,
    Item,
    Piece,
    pieces_of_items,
    text_piece,
    told_by_content,
    told_by_tag,
)
from l10n.articles.sitecode import code_in, holds_code, prints
from l10n.articles.words import EDGE_SPACE, WORD, collapse, is_blank, normalize, shorten, trim
from l10n.model import Placeholder
from l10n.text.markup import escape

Run = tuple[int, int, int, int]
"""A stretch of the source between two tags that part text: start, end, index of its first mark and after its last."""


class Opaque(NamedTuple):
    """An element that is one placeholder with all its content."""

    last: int
    """Index of its last mark."""
    seen: bool
    """Whether readers see it as a part of the sentence."""


_START, _END, _TEXT, _COMMENT, _CDATA = (
    int(TokenKind[name]) for name in ("START", "END", "TEXT", "COMMENT", "CDATA")
)
_ENCLOSED = Piece(-1, -1, "")
"""Stands for a run inside one pair, to be looked at again without it."""
_ODD = re.compile("[&{\u200b\ufeff]|<%")
"""What asks for a closer look at the texts of a run: references, code of a site generator, unseen characters."""
_DEEP = 8
"""Pairs around a run to look through, each time at all of it."""


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
    start, end, first, last = run
    if first == last:
        if not holds_code(source[start:end]):
            piece = text_piece(source, start, end, preserve=preserve)
            return () if piece is None else (piece,)
    elif not xml and not preserve:
        found = _common_pieces(source, marks, run, opaque)
        if found is not None:
            return found
    elif not _may_have_words(source, marks, run, opaque):
        return ()
    items = _items(source, marks, run, opaque, xml=xml)
    return tuple(pieces_of_items(source, items, preserve=preserve))


def _may_have_words(
    source: str, marks: Sequence[Mark], run: Run, opaque: Mapping[int, Opaque]
) -> bool:
    """Whether letters or digits stand between the marks, what is taken whole aside; references count."""
    position, end, index, last = run
    while index < last:
        mark = marks[index]
        if mark[2] > position:
            text = source[position : mark[2]]
            if not text.isspace() and (text.isalnum() or WORD.search(text) is not None):
                return True
        if opaque and index in opaque:
            index = opaque[index].last
            mark = marks[index]
        elif mark[0] == _CDATA:
            return True
        position = mark[3]
        index += 1
    return position < end and WORD.search(source, position, end) is not None


def _common_pieces(
    source: str, marks: Sequence[Mark], run: Run, opaque: Mapping[int, Opaque]
) -> tuple[Piece, ...] | None:
    """Pieces of a run as nearly all are; None for every other."""
    unwrapped = None if opaque else _unwrapped(source, marks, run)
    if unwrapped is not None:
        start, end, enclosing = unwrapped
        if holds_code(source[start:end]):
            return None
        piece = text_piece(source, start, end, enclosing)
        return () if piece is None else (piece,)
    if not _may_have_words(source, marks, run, opaque):
        return ()
    around: tuple[int, int] | None = None
    for _depth in range(_DEEP):
        run = start, end, first, last = _trimmed_run(source, marks, run, opaque)
        if first == last:
            if holds_code(source[start:end]):
                return None
            piece = text_piece(source, start, end, around)
            return () if piece is None else (piece,)
        piece = _regular_piece(source, marks, run, opaque)
        if piece is None:
            return None
        if piece is not _ENCLOSED:
            return (piece if around is None else piece._replace(enclosing=around),)
        around = marks[first][2:]
        run = marks[first][3], marks[last - 1][2], first + 1, last - 1
    return None


def _unwrapped(
    source: str, marks: Sequence[Mark], run: Run
) -> tuple[int, int, tuple[int, int]] | None:
    """The one text inside tags that only wrap it, and the innermost of them; None for anything else."""
    start, end, first, last = run
    if (last - first) % 2:
        return None
    enclosing = (0, 0)
    while first < last:
        kind, name, opening, opened = marks[first]
        ends, other, closing, closed = marks[last - 1]
        if kind != _START or ends != _END or other != name:
            return None
        if (opening > start and not source[start:opening].isspace()) or (
            end > closed and not source[closed:end].isspace()
        ):
            return None
        start, end, enclosing = opened, closing, (opening, opened)
        first, last = first + 1, last - 1
        if last > first and (marks[first][0] != _START or marks[first][1] == name):
            return None
    return start, end, enclosing


def _trimmed_run(
    source: str, marks: Sequence[Mark], run: Run, opaque: Mapping[int, Opaque]
) -> Run:
    """The run without what carries no text at its edges: void tags, comments, tags and pairs without content."""
    start, end, first, last = run
    ended: set[str] | None = None
    while first < last:
        kind, name, begin, finish = marks[first]
        if begin > start and not source[start:begin].isspace():
            break
        if opaque and first in opaque:
            if opaque[first].seen:
                break
            first = opaque[first].last
            finish = marks[first][3]
        elif kind == _START and name not in VOID:
            if ended is None:
                ended = {mark[1] for mark in marks[first:last] if mark[0] == _END}
            if name in ended:
                after = _after_empty(source, marks, first, last)
                if not after:
                    break
                first = after - 1
                finish = marks[first][3]
        elif kind == _CDATA:
            break
        start = finish
        first += 1
    begun: set[str] | None = None
    while first < last and not opaque:
        kind, name, begin, finish = marks[last - 1]
        if end > finish and not source[finish:end].isspace():
            break
        if kind == _END and name not in VOID:
            if begun is None:
                begun = {mark[1] for mark in marks[first:last] if mark[0] == _START}
            if name in begun:
                before = _before_empty(source, marks, first, last)
                if before < 0:
                    break
                last = before + 1
                begin = marks[before][2]
        elif kind == _CDATA:
            break
        end = begin
        last -= 1
    return start, end, first, last


def _after_empty(source: str, marks: Sequence[Mark], first: int, last: int) -> int:
    """Index after the end tag of an element that holds nothing but void ones; 0 when it holds more."""
    name, position = marks[first][1], marks[first][3]
    for index in range(first + 1, last):
        kind, other, start, end = marks[index]
        if start > position and not source[position:start].isspace():
            return 0
        if kind == _END:
            return index + 1 if other == name else 0
        if kind != _START or other not in VOID:
            return 0
        position = end
    return 0


def _before_empty(source: str, marks: Sequence[Mark], first: int, last: int) -> int:
    """Index of the start tag of an element that ends before `last` and holds only void ones; -1 otherwise."""
    name, position = marks[last - 1][1], marks[last - 1][2]
    for index in range(last - 2, first - 1, -1):
        kind, other, start, end = marks[index]
        if end < position and not source[end:position].isspace():
            return -1
        if kind == _START and other == name:
            return index
        if kind != _START or other not in VOID:
            return -1
        position = start
    return -1


def _regular_piece(
    source: str, marks: Sequence[Mark], run: Run, opaque: Mapping[int, Opaque]
) -> Piece | None:
    """Piece of a run as most are: pairs that hold text, one inside the other, void tags between words.

    `_ENCLOSED` for one inside a pair, None for every other run, and for one without words: `_Sentence`
    knows all cases, but looks at each item six times.
    """
    position, run_end, index, last = run
    first = index
    parts: list[str] = []
    placeholders: list[Placeholder | None] = []
    opened: list[tuple[Mark, int, int, int]] = []
    count: dict[str, int] = {}
    texts = outer = 0
    words = after_void = False
    odd = _ODD.search(source, position, run_end) is not None
    while index <= last:
        mark = marks[index] if index < last else (_TEXT, "", run_end, run_end)
        kind, name, start, end = mark
        if start > position:
            text = source[position:start]
            if not text.isspace():
                if odd:
                    if holds_code(text) or is_blank(source, position, start):
                        return None
                    text = html.unescape(text)
                words = words or WORD.search(text) is not None
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
                    said = told_by_content(source, start, end)
                elif name in TELLING:
                    said = told_by_tag(source, mark)
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
                told_by_tag(source, opening) if name in TELLING else "",
                opening[2],
            )
            parts.append(f"</{name}{number}>")
            if not before and not slot and index == last - 1:
                outer = texts
        elif index < last:
            if kind != _COMMENT or index in opaque or after_void or not texts:
                return None
            after_void = True
        position = end
        index += 1
    if opened or after_void or not words:
        return None
    if outer == texts:
        return _ENCLOSED
    begin, finish = marks[first][2], marks[last - 1][3]
    if not source[run[0] : begin].isspace():
        begin = trim(source, run[0], begin)[0]
    if not source[finish:run_end].isspace():
        finish = trim(source, finish, run_end)[1]
    msgid = normalize(collapse("".join(parts))).strip(EDGE_SPACE)
    return Piece(begin, finish, msgid, tuple(p for p in placeholders if p is not None))


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
            items += _text_items(source, position, start)
        whole = opaque.get(index) if opaque else None
        if whole is not None:
            index = whole.last
            end = marks[index][3]
            said = shorten(source[start:end]) if source.startswith("<?", start) else None
            items.append(make((kind, name, start, end, True, whole.seen, None, said)))
        elif kind == _CDATA:
            items.append(make((kind, name, start, end, False, True, None, None)))
        else:
            empty = xml and kind == _START and source.startswith("/>", end - 2)
            items.append(make((kind, name, start, end, empty, False, None, None)))
        position = end
        index += 1
    if run_end > position:
        items += _text_items(source, position, run_end)
    return items


def _text_items(source: str, start: int, end: int) -> Iterator[Item]:
    """The texts between two tags and the code of a site generator between them."""
    for begin, after in code_in(source, start, end):
        if begin > start:
            yield Item(_TEXT, "", start, begin, False, not is_blank(source, start, begin))
        code = source[begin:after]
        yield Item(_COMMENT, "", begin, after, True, prints(code), None, shorten(code))
        start = after
    if end > start:
        yield Item(_TEXT, "", start, end, False, not is_blank(source, start, end))

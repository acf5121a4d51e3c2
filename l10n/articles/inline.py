"""Runs of text and inline tags made into units: the quick way, which most take, and the door to the other."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from l10n.articles.elements import INLINE
from l10n.articles.sentence import (
    TELLING,
    Item,
    Piece,
    pieces_of_items,
    text_piece,
    told_by_content,
    told_by_tag,
)
from l10n.articles.tokens import VOID, Mark, TokenKind
from l10n.articles.words import AT_EDGE, EDGE_SPACE, WORD, collapse, is_blank, normalize, trim
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


class Opaque(NamedTuple):
    """An element that is one placeholder with all its content."""

    last: int
    """Index of its last mark."""
    seen: bool
    """Whether readers see it as a part of the sentence."""


_START, _END, _TEXT, _CDATA = (
    int(kind) for kind in (TokenKind.START, TokenKind.END, TokenKind.TEXT, TokenKind.CDATA)
)


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
                if text[0] in AT_EDGE and is_blank(source, position, start):
                    return None
                if "&" in text:
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
    msgid = normalize(collapse("".join(parts))).strip(EDGE_SPACE)
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
            visible = not is_blank(source, position, start)
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
        visible = not is_blank(source, position, run_end)
        items.append(make((_TEXT, "", position, run_end, False, visible, None, None)))
    return items

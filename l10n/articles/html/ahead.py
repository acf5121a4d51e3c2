"""What lies ahead of a mark of a page: the next tag that parts text, the end tag that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.articles.html.elements import INLINE
from l10n.articles.html.tokens import TokenKind, TokenTuple

_START, _END = int(TokenKind.START), int(TokenKind.END)
_NEAR = 100
"""Marks to look at before all pairs are worked out: most elements are short."""


class Ahead:
    """Looks ahead in the marks of one page, each stretch once."""

    def __init__(self, marks: Sequence[TokenTuple]) -> None:
        self._marks = marks
        self._boundary = -1
        self._pairs: dict[int, int] | None = None

    def boundary(self, index: int) -> int:
        """Index of the next tag that parts text."""
        if self._boundary <= index:
            marks, inline = self._marks, INLINE
            position = index + 1
            while position < len(marks):
                mark = marks[position]
                if mark[0] <= _END and mark[1] not in inline:
                    break
                position += 1
            self._boundary = position
        return self._boundary

    def end_tag(self, index: int) -> int | None:
        """Index of the end tag that belongs to a start tag, counting tags of that name only."""
        marks = self._marks
        name = marks[index][1]
        depth = 1
        for position, mark in enumerate(marks[index + 1 : index + _NEAR], index + 1):
            if mark[1] == name and mark[0] <= _END:
                depth += 1 if mark[0] == _START else -1
                if not depth:
                    return position
        if self._pairs is None:
            self._pairs = _pairs_of(marks)
        return self._pairs.get(index)


def _pairs_of(marks: Sequence[TokenTuple]) -> dict[int, int]:
    """Index of the end tag by that of the start tag, each name counted by itself."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for position, (kind, name, _start, _end) in enumerate(marks):
        if kind == _START:
            opened.setdefault(name, []).append(position)
        elif kind == _END and opened.get(name):
            pairs[opened[name].pop()] = position
    return pairs

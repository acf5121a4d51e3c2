"""What follows a token of a page: the next tag that breaks the text, the end tag that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.articles.html.elements import INLINE
from l10n.articles.html.tokens import TokenKind, TokenTuple

_START, _END = int(TokenKind.START), int(TokenKind.END)
_NEAR = 100
"""Tokens to look at before all pairs are worked out: most elements are short."""


def holds_text(source: str, run: Sequence[TokenTuple], position: int) -> bool:
    """Whether text stands before the last of some tokens, from an offset on; white space is none."""
    for _kind, _name, start, end in run:
        if start > position and not source[position:start].isspace():
            return True
        position = end
    return False


class Lookahead:
    """Looks ahead in the tokens of one page, at each stretch once."""

    def __init__(self, tokens: Sequence[TokenTuple]) -> None:
        self._tokens = tokens
        self._boundary = -1
        self._pairs: dict[int, int] | None = None

    def boundary(self, index: int) -> int:
        """Return the index of the next tag that breaks the text."""
        # Every index up to the boundary found last has the same one: asking for each costs one walk.
        if self._boundary <= index:
            tokens, inline = self._tokens, INLINE
            position = index + 1
            while position < len(tokens):
                kind, name, _start, _end = tokens[position]
                if kind <= _END and name not in inline:
                    break
                position += 1
            self._boundary = position
        return self._boundary

    def end_tag(self, index: int) -> int | None:
        """Return the index of the end tag that belongs to a start tag, counting tags of that name only."""
        tokens = self._tokens
        _kind, opened, _start, _end = tokens[index]
        depth = 1
        near = enumerate(tokens[index + 1 : index + _NEAR], index + 1)
        for position, (kind, name, _start, _end) in near:
            if name == opened and kind <= _END:
                depth += 1 if kind == _START else -1
                if not depth:
                    return position
        # A page of elements that nobody closes would be walked to its end for each of them.
        if self._pairs is None:
            self._pairs = _pairs_of(tokens)
        return self._pairs.get(index)


def _pairs_of(tokens: Sequence[TokenTuple]) -> dict[int, int]:
    """Return the index of the end tag by that of the start tag, each name counted by itself."""
    pairs: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for position, (kind, name, _start, _end) in enumerate(tokens):
        if kind == _START:
            opened.setdefault(name, []).append(position)
        elif kind == _END and opened.get(name):
            pairs[opened[name].pop()] = position
    return pairs

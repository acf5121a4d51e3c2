"""How the source of a block spells its own text: what a translation keeps is written the same way again."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from markdown_it.token import Token

T = TypeVar("T")
_SPACE = re.compile(r"([ \t\n\0\1\2]+)")
"""What parts words; NUL and SOH stand for spaces where a line may or must end, see `wrapping`."""
_PLAIN = re.compile(r"[^!-/:-@\[-`{-~]+")
"""What is no sign of Markdown's: letters, digits, and everything beyond ASCII."""
_SKELETON = re.compile(rf"{_PLAIN.pattern}|.")


class Piece(NamedTuple):
    """A character of a text, or what one reference stands for, and how the source spells it."""

    text: str
    spelled: str


class Spelling:
    """The words of a block as its author spelled them.

    `[Production]` and `snake_case` read as themselves in their place, and so does what a translation
    puts there in the same signs: to escape every one of them would change lines that nobody changed.
    """

    def __init__(self, children: Sequence[Token], *, with_code: bool = False) -> None:
        """Read the spellings in parsed text; `with_code` those of single words in code too, which a text for an image may be."""
        self._words: dict[str, deque[str]] = {}
        """The spellings of a word by what it says, in order."""
        self._signs: dict[str, deque[tuple[str, ...]]] = {}
        """The spellings of the signs in a word, by its skeleton: `a_a` for `snake_case`."""
        self._references: Mapping[str, str] = {}
        """Characters that the block never writes but as a reference: `&mdash;`."""
        plain: set[str] = set()
        references: dict[str, str] = {}
        for word in _words(children, with_code=with_code):
            text = "".join(piece.text for piece in word)
            spelled = "".join(piece.spelled for piece in word)
            self._words.setdefault(text, deque()).append(spelled)
            signs = tuple(p.spelled for p in word if not _PLAIN.fullmatch(p.text))
            self._signs.setdefault(_skeleton(text), deque()).append(signs)
            for piece in word:
                if piece.spelled.startswith("&") and piece.spelled.endswith(";"):
                    references.setdefault(piece.text, piece.spelled)
                else:
                    plain.add(piece.text)
        self._references = {
            text: spelled
            for text, spelled in references.items()
            if text not in plain and len(text) == 1 and text not in "&<"
        }

    def spell(self, text: str) -> str | None:
        """Return the next word as the block spells it; None where it has no such word."""
        words = self._words.get(text)
        if words:
            return _next(words)
        signs = self._signs.get(_skeleton(text))
        if not signs or not signs[0]:
            return None
        spelled = _next(signs)
        rest = iter(spelled)
        return "".join(
            self.with_references(part) if _PLAIN.fullmatch(part) else next(rest, part)
            for part in _SKELETON.findall(text)
        )

    def with_references(self, text: str) -> str:
        """Return text with the references the block has for some characters."""
        if not self._references:
            return text
        return "".join(self._references.get(character, character) for character in text)


def _next(spellings: deque[T]) -> T:
    """Return the first of several spellings, which takes turns with the others; the last one stays."""
    return spellings.popleft() if len(spellings) > 1 else spellings[0]


def words(text: str) -> list[str]:
    """Return the words of a text and the space between them, in turn."""
    return _SPACE.split(text)


def _skeleton(word: str) -> str:
    return _PLAIN.sub("a", word)


def _words(children: Iterable[Token], *, with_code: bool) -> Iterable[list[Piece]]:
    """Yield the words of parsed text, piece by piece; markup parts words."""
    word: list[Piece] = []
    for child in children:
        # A backslash before a space is one, and parts words as spaces do.
        if child.type == "text_special" and child.content != child.markup:
            word.append(Piece(child.content, child.markup))
            continue
        if with_code and child.type == "code_inline" and not _SPACE.search(child.content):
            pieces = [Piece(character, character) for character in child.content]
            pieces[0] = Piece(pieces[0].text, child.markup + pieces[0].spelled)
            pieces[-1] = Piece(pieces[-1].text, pieces[-1].spelled + child.markup)
            word += pieces
            continue
        if child.type in ("text", "text_special"):
            for number, part in enumerate(_SPACE.split(child.content)):
                if number % 2 and word:
                    yield word
                    word = []
                if not number % 2:
                    word += [Piece(character, character) for character in part]
            continue
        if word:
            yield word
            word = []
    if word:
        yield word

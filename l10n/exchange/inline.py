"""Texts of a catalog as exchange formats hold them: words, and codes that stand for inline markup."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from l10n.text import markup

_OWN = frozenset({"em", "strong"})
"""Emphasis of the translator's own, the only markup without a number."""
_IDENTIFIER = re.compile(
    r"(?P<token>[a-z][a-z-]*[1-9][0-9]{0,8}|omit)(?:\.[0-9]{1,6})?|(?P<own>em|strong)\.[0-9]{1,6}"
)


class Shape(StrEnum):
    """What an element of an exchange format a code is."""

    OPEN = "open"
    """Begins what `CLOSE` ends, in this order and not across another pair."""
    CLOSE = "close"
    VOID = "void"
    START = "start"
    """Begins something that ends across another pair, or nowhere."""
    END = "end"


@dataclass(frozen=True, slots=True)
class Code:
    """One token of a msgid or msgstr, or one mark of the translator's own emphasis."""

    name: str
    """`a1`, `br2`, `omit`; `em` and `strong` for emphasis of the translator's own."""
    shape: Shape
    number: int = 1
    """Which of the same name in its text it is, from 1."""

    @property
    def tag(self) -> str:
        """The name without its number."""
        return self.name.rstrip("0123456789")

    @property
    def identifier(self) -> str:
        """Its name in an exchange file, unlike that of every other element of its text."""
        if self.name in _OWN or self.number > 1:
            return f"{self.name}.{self.number}"
        return self.name

    @property
    def token(self) -> str:
        """The token as a msgstr writes it."""
        match self.shape:
            case Shape.OPEN | Shape.START:
                return f"<{self.name}>"
            case Shape.CLOSE | Shape.END:
                return f"</{self.name}>"
        return f"<{self.name}/>"

    @property
    def may_go(self) -> bool:
        """Whether a translation without it loses looks at most."""
        return self.tag in {"br", "wbr"} or markup.is_formatting(self.tag)


Part = str | Code
Parts = tuple[Part, ...]


def name_of(identifier: str) -> str | None:
    """Return the name of the code that an identifier of ours stands for; None for one of another tool."""
    match = _IDENTIFIER.fullmatch(identifier)
    return (match["token"] or match["own"]) if match else None


def split(text: str, *, verbatim: bool = False) -> Parts:
    """Return a msgid or msgstr as words and codes, entities decoded; no word is empty and no two meet.

    `verbatim` is for texts of programs, in which `&lt;` means what it says.
    """
    parts: list[Part] = []
    end = 0
    marks = markup.marks(text)
    shapes = _shapes(marks)
    seen: Counter[str] = Counter()
    opened: dict[str, list[int]] = {}
    for mark, shape in zip(marks, shapes, strict=True):
        parts.append(
            text[end : mark.start] if verbatim else markup.decode(text[end : mark.start])
        )
        end = mark.end
        number = 0
        if mark.form == "close" and opened.get(mark.name):
            number = opened[mark.name].pop()
        else:
            seen[mark.name] += 1
            number = seen[mark.name]
            if mark.form == "open":
                opened.setdefault(mark.name, []).append(number)
        parts.append(Code(mark.name, shape, number))
    parts.append(text[end:] if verbatim else markup.decode(text[end:]))
    return tidy(parts)


def join(parts: Iterable[Part], *, verbatim: bool = False) -> str:
    """Return words and codes as a msgstr writes them: the inverse of `split`."""
    return "".join(
        part.token if isinstance(part, Code) else part if verbatim else markup.escape(part)
        for part in parts
    )


def tidy(parts: Iterable[Part]) -> Parts:
    """Return parts in NFC, neighbouring words made one and empty ones left out."""
    tidied: list[Part] = []
    for part in parts:
        if isinstance(part, str) and tidied and isinstance(tidied[-1], str):
            tidied[-1] += part
        elif part:
            tidied.append(part)
    return tuple(
        unicodedata.normalize("NFC", part) if isinstance(part, str) else part for part in tidied
    )


def says_the_same(mine: Parts, other: Parts) -> bool:
    """Whether two texts have the same words and the same codes, whatever elements carried these."""
    return _spelled(mine) == _spelled(other)


def has_the_words(mine: Parts, other: Parts) -> bool:
    """Whether two texts have the same words, white space aside."""
    return words(mine).split() == words(other).split()


def words(parts: Parts) -> str:
    """Return the text alone, a space for each code that stands for itself."""
    return "".join(
        part if isinstance(part, str) else " " if part.shape is Shape.VOID else ""
        for part in parts
    )


def codes(parts: Parts) -> Sequence[Code]:
    """Return the codes alone, in order."""
    return [part for part in parts if isinstance(part, Code)]


def _spelled(parts: Parts) -> list[str]:
    return [part.token if isinstance(part, Code) else part for part in parts]


def _shapes(marks: Sequence[markup.Token]) -> list[Shape]:
    """Return the shape of each mark: pairs that cross no other are elements, all other ends stand alone."""
    shapes = [Shape.VOID] * len(marks)
    opened: list[int] = []
    for index, mark in enumerate(marks):
        if mark.form == "open":
            opened.append(index)
            shapes[index] = Shape.START
        elif mark.form == "close":
            shapes[index] = Shape.END
            if opened and marks[opened[-1]].name == mark.name:
                shapes[opened.pop()], shapes[index] = Shape.OPEN, Shape.CLOSE
            else:
                # What was opened since, and that itself, crosses: none of them can hold another one.
                names = [marks[at].name for at in opened]
                if mark.name in names:
                    del opened[names.index(mark.name) :]
    return shapes

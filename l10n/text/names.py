"""The only reader of names: words in capitals where nothing but being a name asks for them.

Read by their letters and what stands before them, without a list of names; particles and initials belong to
a person's name: `Juan de la Cosa`, `J. R. R. Tolkien`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_REST = r"\w*(?:[’'](?!s\b)\w+)*"
"""The rest of a word: an English genitive is none of it, words in hyphens are several."""

_CAPITALISED = re.compile(rf"[{_CAPITAL}](?<!\w.){_REST}")
_WITHIN_SENTENCE = re.compile(
    rf"[{_CAPITAL}](?:(?<=[\w,;][ \u00a0].)|(?<=[ \u00a0][{_CAPITAL}]\.[ \u00a0].)){_REST}"
)
"""Behind a word, a comma or an initial; behind a colon any word may have a capital.

The capital comes first, and then the look back: texts without any are read fast."""

_PERSON_PART = re.compile(
    rf"[{_CAPITAL}][\w’'.-]*|de|del|la|las|los|y|e|van|von|der|den|da|di|do|dos|du|le|al|bin|ibn"
)
"""A name, an initial or title, or what stands small between them, in whatever language the text is."""
_PERSON_PARTS = range(2, 6)


class NameWord(NamedTuple):
    """A capitalised word of a text: a name, or part of one."""

    text: str
    start: int
    end: int


def find_names(text: str) -> Iterator[NameWord]:
    """Yield the words that are names by their capital alone: those within a sentence."""
    for match in _WITHIN_SENTENCE.finditer(text):
        yield NameWord(match[0], *match.span())


def find_capitalised(text: str) -> Iterator[NameWord]:
    """Yield all words that may be names: those that begin a sentence too."""
    for match in _CAPITALISED.finditer(text):
        yield NameWord(match[0], *match.span())


def is_name(word: str, text: str) -> bool:
    """Whether a word stands as a name, or part of one, somewhere in a text."""
    return any(word == name.text for name in find_names(text))


def is_person(text: str) -> bool:
    """Whether a text is nothing but a person's name, as in a byline; a title counts: Dra. Ana Gil."""
    parts = text.split()
    return (
        len(parts) in _PERSON_PARTS
        and parts[0][0].isupper()
        and all(_PERSON_PART.fullmatch(part) for part in parts)
    )


def looks_like_name(word: str) -> bool:
    """Whether a single word is written as names, acronyms and identifiers are."""
    return len(word) > 1 and (word[0].isupper() or "_" in word or not word[1:].islower())

"""The only reader of names: words in capitals where nothing but being a name asks for them.

Read by their letters and what stands before them, without a list of names; particles and initials belong to
a person's name: `Juan de la Cosa`, `J. R. R. Tolkien`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from l10n.languages import Language
from l10n.text.given_names import is_given_name

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

_PARTICLES = "de|del|la|las|los|van|von|der|den|da|di|do|dos|du|le|al|bin|ibn"
_NAME = re.compile(
    rf"\b[{_CAPITAL}]{_REST}"
    rf"(?:(?:(?<=\b[{_CAPITAL}])\.(?=[ \u00a0]?[{_CAPITAL}]))?(?:[ \u00a0-](?:(?:{_PARTICLES})[ \u00a0]){{0,2}})[{_CAPITAL}]{_REST})*"
)
"""Words with a capital, each joined to the next by a space, a hyphen, particles or the stop of an initial."""

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE_SHARE = 0.6
"""Share of long words with a capital from which a text without a closing mark is a title."""
_SHOUTED_SHARE, _LEAST_SHOUTED = 0.95, 4
"""And one with a closing mark, and how many long words that must have."""


class NameWord(NamedTuple):
    """A capitalised word of a text: a name, or part of one."""

    text: str
    start: int
    end: int


class Name(NamedTuple):
    """A name of one or several words: `Juan de la Cosa`, `Buenos Aires`."""

    text: str
    start: int
    end: int
    begins_sentence: bool
    """Whether its first word would have a capital anyway."""

    @property
    def words(self) -> list[str]:
        """Its words with a capital."""
        return _CAPITALISED.findall(self.text)


_TEXTS_AT_HAND = 128
"""Texts whose names are known for a while: several rules ask for those of one text."""


@lru_cache(maxsize=_TEXTS_AT_HAND)
def read_names(text: str, language: Language) -> tuple[Name, ...]:
    """Return the names of a text in its order; words with a capital in a row are one, particles and initials with them.

    Small words that begin a sentence are none. Where nearly all words have capitals, capitals make no names.
    """
    if is_title(text):
        return ()
    names = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        begins = _begins_sentence(text, start)
        if begins:
            # In Lima, The Guardian: the first word is none of the name, or may be.
            first = _CAPITALISED.match(text, start)
            small = (
                first is not None
                and first[0].lower() in language.stop_words
                and not _is_of_person(text, first)
            )
            if first is not None and small:
                start = first.end()
                rest = _NAME.search(text, start, end)
                if rest is None:
                    continue
                start, begins = rest.start(), False
        if text[start:end] not in language.always_capital:
            names.append(Name(text[start:end], start, end, begins))
    return tuple(names)


def rows_of_capitals(text: str) -> Iterator[Name]:
    """Yield the words with a capital in a row, whatever asks for the capitals: those of headings and of lists of names."""
    for match in _NAME.finditer(text):
        yield Name(match[0], *match.span(), _begins_sentence(text, match.start()))


def _is_of_person(text: str, first: re.Match[str]) -> bool:
    """Whether a small word at the beginning of a sentence is a given name: `Will Smith agrees`, no question."""
    if not is_given_name(first[0]) or not _NAME_BEHIND.match(text, first.end()):
        return False
    end = _SENTENCE_END.search(text, first.end())
    return end is None or end[0] != "?"


_NAME_BEHIND = re.compile(rf"[ \u00a0][{_CAPITAL}]\w*[^\W\d_A-ZÀ-ÖØ-Þ]")
_SENTENCE_END = re.compile(r"[!?…]|\.(?!\w)")


@lru_cache(maxsize=_TEXTS_AT_HAND)
def is_title(text: str) -> bool:
    """Whether a text has capitals on most of its words, as English headings do, or on all of its letters."""
    words = _LONG_WORD.findall(text)
    capitals = sum(word[0].isupper() for word in words)
    # Headings have no stop; a short sentence about two people may have capitals on most of its words, or on all:
    # `Nació en Barcelona.`
    is_open = text.rstrip()[-1:].isalnum()
    share, least = (_TITLE_SHARE, 2) if is_open else (_SHOUTED_SHARE, _LEAST_SHOUTED)
    return len(words) >= least and capitals > share * len(words)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip("“”«»‘’\"'([¿¡—–- \u00a0\t*_")
    return not before or before[-1] in ".!?…:\n>|;"


_SOUNDS = (
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("gh", "g"),
    ("chr", "cr"),
    ("cho", "co"),
    ("chl", "cl"),
    ("chm", "cm"),
    ("sw", "su"),
    ("ae", "e"),
    ("tia", "cia"),
    ("ck", "c"),
    ("k", "c"),
    ("q", "c"),
    ("y", "i"),
    ("z", "s"),
    ("ge", "he"),
    ("gi", "hi"),
    ("x", "j"),
    ("j", "h"),
    ("w", "v"),
)
"""Letters that names change in the other language: Philip, Filip; Brazil, Brasil; Hanuka, Janucá; Swabia, Suabia."""


@lru_cache(maxsize=1 << 16)
def plain_spelling(word: str) -> str:
    """Return a folded word as no language spells it, and all spell alike: Tesalia and Thessaly are one."""
    for sound, letter in _SOUNDS:
        word = word.replace(sound, letter)
    return re.sub(r"(.)\1", r"\1", word).rstrip("aeiosu")


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

"""Sentences as lessons read them: words by the form they are counted under, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from l10n.drafting.layout import is_bare, parse
from l10n.text.sentences import split_sentences

PLACEHOLDER = "\ue000"
"""Under which everything is counted that no translation changes: code, addresses, variables."""

NUMBER = "\ue001"
"""Under which everything with a digit is counted."""

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
_DIGIT = re.compile(r"\d")
_LONGEST = 80
"""Words of a sentence that teaches: what is longer is mostly no sentence, and costs its square to align."""

_NOTHING_BEFORE = frozenset(",.;:!?)]}%»”’…")
_NOTHING_BEHIND = frozenset("([{¿¡«“‘#$€£")
_FIXED = re.compile("[\"“”«»‘’'()\\[\\]{}<>/_=*|`#@$€£%&~^+\\\\°§\ue000\ue001]")


class Reading(NamedTuple):
    """A sentence read word by word."""

    keys: list[str]
    """What each word counts as: in small letters at the start of a sentence, unless it always has a capital."""
    spans: list[tuple[int, int]]
    """Its characters in the text."""


def read(
    text: str, atoms: Sequence[tuple[int, int]] = (), capitals: Collection[str] = ()
) -> Reading:
    """Read a sentence; `atoms` are the characters of what no translation changes, `capitals` words that keep theirs."""
    spans = (
        list(_pieces(text, atoms))
        if atoms
        else [match.span() for match in _WORD.finditer(text)]
    )
    keys = [text[start:end] for start, end in spans]
    if _DIGIT.search(text):
        keys = [NUMBER if _DIGIT.search(key) else key for key in keys]
    if atoms:
        places = {span: place for place, span in enumerate(spans)}
        for atom in atoms:
            keys[places[atom]] = PLACEHOLDER
    for place, key in enumerate(keys):
        if key in (PLACEHOLDER, NUMBER):
            break
        if key[0].isalpha():
            if key not in capitals and (len(key) == 1 or key[1:].islower()):
                keys[place] = key.lower()
            break
    return Reading(keys, spans)


def _pieces(text: str, atoms: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in sorted(atoms):
        for match in _WORD.finditer(text, at, start):
            yield match.span()
        yield start, end
        at = end
    for match in _WORD.finditer(text, at):
        yield match.span()


def is_fixed(word: str) -> bool:
    """Whether a correction must not change a word: a placeholder, a number, a quotation mark, a bracket."""
    return _FIXED.search(word) is not None


def sentences_of(msgstr: str, locale: str) -> list[tuple[str, list[tuple[int, int]]]]:
    """Return the sentences of a msgstr with the characters of what no translation changes in each."""
    if is_bare(msgstr):
        pieces = split_sentences(msgstr.replace("\n", " "), locale)
        return [(piece.strip(), []) for piece in pieces if not piece.isspace()]
    return [
        (
            sentence.text,
            [(part.start, part.end) for part in sentence.parts if part.is_atom],
        )
        for sentence in parse(msgstr, locale).sentences
    ]


def facing(
    *sides: Sequence[tuple[str, list[tuple[int, int]]]],
) -> Iterator[tuple[Reading, ...]]:
    """Yield the sentences of texts that say the same, read, where they face each other; too long ones are left out."""
    if len({len(side) for side in sides}) > 1:
        sides = tuple([_joined(side)] for side in sides)
    for sentences in zip(*sides, strict=True):
        readings = tuple(read(text, atoms) for text, atoms in sentences)
        if all(0 < len(reading.keys) <= _LONGEST for reading in readings):
            yield readings


def recapitalised(keys: Sequence[str], capitals: Collection[str]) -> list[str]:
    """Return the words of a sentence, the first with its capital if it is a word that keeps it."""
    words = list(keys)
    for place, word in enumerate(words):
        if word[0].isalpha():
            capital = word.capitalize()
            if word.islower() and capital in capitals:
                words[place] = capital
            break
    return words


def _joined(
    sentences: Iterable[tuple[str, list[tuple[int, int]]]],
) -> tuple[str, list[tuple[int, int]]]:
    text, atoms = "", []
    for sentence, own in sentences:
        text += " " * bool(text)
        atoms += [(len(text) + start, len(text) + end) for start, end in own]
        text += sentence
    return text, atoms


def joins(old: str, new: str) -> bool:
    """Whether what stood before one word may stand before another, no space between."""
    return old not in _NOTHING_BEFORE or new in _NOTHING_BEFORE


def write(words: Sequence[str]) -> str:
    """Write words with the spaces that belong between them."""
    text = ""
    for place, word in enumerate(words):
        tight = not place or word in _NOTHING_BEFORE or words[place - 1] in _NOTHING_BEHIND
        text += word if tight else f" {word}"
    return text

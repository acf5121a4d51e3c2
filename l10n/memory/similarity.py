"""How alike two texts are, and what must change in an old translation to serve the new text."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from l10n.text import markup

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f]\d+)*")
_WORD = re.compile(r"[^\W_]+")
_SHORT = 32
"""Up to so many characters a text is also found by its letters: its few words may all be inflected."""

_NEGATIONS = frozenset(
    re.findall(
        r"\w+",
        "no not never nobody none nothing nor without cannot nunca jamás sin ni nadie nada tampoco"
        " ningún ninguno ninguna",
    )
)
_NEGATION_PENALTY, _NUMBER_PENALTY, _TOKEN_PENALTY = 12, 4, 2
"""Points of percent: a missing "not" is few letters and another meaning."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a text similarity looks at."""

    text: str
    """Tokens out, entities decoded, numbers as 0, one space between words."""
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Shape:
        """Give the shape of a msgid, or of a plain text."""
        plain = " ".join(unicodedata.normalize("NFC", markup.plain(text)).split())
        return cls(_NUMBER.sub("0", plain), tuple(_NUMBER.findall(plain)))

    def index_keys(self) -> set[int]:
        """Give what an index finds it by: its words, and of a short text its letters."""
        lowered = self.text.casefold()
        keys = {zlib.crc32(word.encode()) for word in _WORD.findall(lowered)}
        if len(lowered) <= _SHORT:
            padded = f"\0{lowered}\0"
            keys |= {
                zlib.crc32(b"\1" + padded[i : i + 3].encode()) for i in range(len(padded) - 2)
            }
        return keys


def lengths(length: int, minimum: int) -> tuple[int, int]:
    """Give the shortest and longest text that can be `minimum` percent like one of a length."""
    share = max(1, minimum) / 100
    return int(length * share / (2 - share)), int(length * (2 - share) / share) + 1


def percent(query: str, found: str, ratio: float) -> int:
    """Give the percentage of a match from the likeness of shapes: penalties off, 100 only when equal."""
    if query == found:
        return 100
    points = ratio
    if _negations(query) != _negations(found):
        points -= _NEGATION_PENALTY
    if _numbers(query) != _numbers(found):
        points -= _NUMBER_PENALTY
    if _token_names(query) != _token_names(found):
        points -= _TOKEN_PENALTY
    return max(0, min(99, int(points)))


def adapted(query: str, source: str, target: str) -> str:
    """Give an old translation with the numbers and tokens of the new text, where they are clear."""
    return _with_numbers(query, source, _with_tokens(query, source, target))


def likeness(one: str, two: str) -> float:
    """Give how alike two shapes are, 0 to 100."""
    return fuzz.ratio(one, two)


def _with_numbers(query: str, source: str, target: str) -> str:
    new, old = _numbers(query), _numbers(source)
    if new == old or len(new) != len(old):
        return target
    places = {found.start(): found for found in _text_numbers(target)}
    edits: list[tuple[int, int, str]] = []
    for wanted, was in zip(new, old, strict=True):
        same = [at for at, found in places.items() if _digits(found[0]) == _digits(was)]
        if not same:
            return target
        found = places.pop(min(same))
        if wanted != was:
            edits.append((found.start(), found.end(), _in_style(wanted, was, found[0])))
    for start, end, number in sorted(edits, reverse=True):
        target = target[:start] + number + target[end:]
    return target


def _in_style(wanted: str, was: str, found: str) -> str:
    """Write a number the way the translation wrote the one it replaces: 1,500 as 1.500."""
    if was == found:
        return wanted
    swapped = {a: b for a, b in zip(was, found, strict=False) if not a.isdigit()}
    if not swapped:
        return wanted.translate({ord(","): ".", ord("."): ","})
    return "".join(swapped.get(character, character) for character in wanted)


def _with_tokens(query: str, source: str, target: str) -> str:
    """Rename the tokens of a translation after those of the new text; what has no partner goes."""
    new = [token for token in markup.tokens(query) if token.form != "close"]
    old = [token for token in markup.tokens(source) if token.form != "close"]
    if [token.text for token in new] == [token.text for token in old]:
        return target
    names = {}
    free = list(new)
    for token in old:
        partner = next((t for t in free if t.form == token.form and t.tag == token.tag), None)
        if partner:
            free.remove(partner)
            names[token.name, token.form == "void"] = partner.name
    pieces, end = [], 0
    for token in markup.tokens(target):
        pieces.append(target[end : token.start])
        name = names.get((token.name, token.form == "void"))
        if name:
            pieces.append(token.text.replace(token.name, name))
        end = token.end
    return "".join([*pieces, target[end:]])


def _numbers(text: str) -> list[str]:
    return [found[0] for found in _text_numbers(text)]


def _text_numbers(text: str) -> Iterator[re.Match[str]]:
    """Find the numbers outside of tokens."""
    cuts = [0]
    for token in markup.tokens(text):
        cuts += [token.start, token.end]
    cuts.append(len(text))
    for n, (start, end) in enumerate(pairwise(cuts)):
        if n % 2 == 0:
            yield from _NUMBER.finditer(text, start, end)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _negations(text: str) -> int:
    words: Sequence[str] = re.findall(r"[\w’']+", text.casefold())
    return sum(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in words)


def _token_names(text: str) -> list[str]:
    return sorted(token.text for token in markup.tokens(text))

"""How alike two texts are, and what must change in an old translation to serve the new text."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import lru_cache

from l10n.languages import language_of
from l10n.text import markup
from l10n.text.numbers import Numeral, find_numbers, mask_numbers

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE_WORD = re.compile(r"[\w’']+")
_SHORT = 32
"""Up to so many characters a text is also found by its letters: its few words may all be inflected."""

_NEGATION_PENALTY, _NUMBER_PENALTY, _TOKEN_PENALTY = 12, 4, 2
"""Points of percent: a missing "not" is few letters and another meaning."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a text similarity looks at."""

    text: str
    """Tokens out, entities decoded, numbers as 0, one space between words."""

    @classmethod
    def of(cls, text: str) -> Shape:
        """Return the shape of a msgid, or of a plain text."""
        plain = " ".join(unicodedata.normalize("NFC", markup.plain(text)).split())
        return cls(mask_numbers(plain))

    def index_keys(self) -> set[int]:
        """Return what an index finds it by: its words, and of a short text its letters."""
        return self.word_keys() | self.letter_keys()

    def word_keys(self) -> set[int]:
        """Return the keys of its words."""
        return {zlib.crc32(word.encode()) for word in _WORD.findall(self.text.casefold())}

    def letter_keys(self) -> set[int]:
        """Return the keys of three letters after one another; none for a longer text."""
        lowered = self.text.casefold()
        if len(lowered) > _SHORT:
            return set()
        padded = f"\0{lowered}\0"
        return {
            zlib.crc32(b"\1" + padded[at : at + 3].encode()) for at in range(len(padded) - 2)
        }


def lengths(length: int, minimum: int) -> tuple[int, int]:
    """Return the shortest and longest text that can be `minimum` percent like one of a length."""
    share = max(1, minimum) / 100
    return int(length * share / (2 - share)), int(length * (2 - share) / share) + 1


def percent(query: str, source: str, ratio: float, locale: str) -> int:
    """Return the percentage of a match from the likeness of shapes: penalties off, 100 only when equal.

    `query` and `source`, the text that was translated earlier, are both in `locale`.
    """
    if query == source:
        return 100
    points = ratio
    if _negations(query, locale) != _negations(source, locale):
        points -= _NEGATION_PENALTY
    if _written_numbers(query) != _written_numbers(source):
        points -= _NUMBER_PENALTY
    if _token_names(query) != _token_names(source):
        points -= _TOKEN_PENALTY
    return max(0, min(99, int(points)))


def with_tokens(query: str, source: str, target: str) -> str:
    """Return an earlier translation with the tokens of the new text; what has no partner goes."""
    new = [token for token in markup.tokens(query) if token.form != "close"]
    old = [token for token in markup.tokens(source) if token.form != "close"]
    if [token.text for token in new] == [token.text for token in old]:
        return target
    names = {}
    free = list(new)
    for token in old:
        partner = next((t for t in free if t.form == token.form and t.tag == token.tag), None)
        if partner is None:
            # Another program, or another format, calls it otherwise: what it holds tells that it is the same.
            held = _held(source, token)
            partner = next(
                (
                    t
                    for t in free
                    if t.form == token.form == "open" and held and _held(query, t) == held
                ),
                None,
            )
        if partner:
            free.remove(partner)
            names[token.name, token.form == "void"] = partner.name
    parts, end = [], 0
    for token in markup.tokens(target):
        parts.append(target[end : token.start])
        name = names.get((token.name, token.form == "void"))
        if name:
            parts.append(token.text.replace(token.name, name))
        end = token.end
    return "".join([*parts, target[end:]])


def _held(text: str, token: markup.Token) -> str:
    """Return the words that a pair holds, folded; empty where its end is missing."""
    end = text.find(f"</{token.name}>", token.end)
    return markup.plain(text[token.end : end]).strip().casefold() if end >= 0 else ""


# A search compares one new text with many earlier ones: it is read once.
@lru_cache(maxsize=256)
def _numbers(text: str) -> tuple[Numeral, ...]:
    """Return the numbers outside of tokens."""
    return tuple(
        number for span in markup.text_spans(text) for number in find_numbers(text, *span)
    )


def _written_numbers(text: str) -> list[str]:
    return [number.text for number in _numbers(text)]


@lru_cache(maxsize=256)
def _negations(text: str, locale: str) -> int:
    negation = language_of(locale).negation
    if negation is None:
        return 0
    words, endings = negation.plain, negation.plain_endings
    return sum(
        word in words or (bool(endings) and word.endswith(endings))
        for word in _APOSTROPHE_WORD.findall(text.casefold())
    )


def _token_names(text: str) -> list[str]:
    return sorted(token.text for token in markup.tokens(text))

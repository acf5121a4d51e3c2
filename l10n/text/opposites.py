"""The only reader of opposites: words of which one says the contrary of the other, in one language or across two."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from l10n.languages import Language

_SHORTEST = 4
"""Letters of a word that a prefix can turn round; under it `un` and `in` are mostly parts of other words."""


class Opposites(NamedTuple):
    """A word of one text, and the word of another that says its contrary."""

    word: str
    other: str
    concept: str = ""
    """Its name in the tables; empty where a prefix says the contrary."""


def find_opposites(
    words: Collection[str], others: Collection[str], language: Language, other: Language
) -> Iterator[Opposites]:
    """Yield the words, in small letters, of which the other text has the contrary and not the same.

    Between two languages only concepts that both know count; prefixes only within one.
    """
    sides = _sides(words, language)
    other_sides = _sides(others, other)
    for (concept, is_contrary), word in sides.items():
        contrary = other_sides.get((concept, not is_contrary))
        # Both in one text: before and after, the open and the closed ones; nothing follows from that.
        if (
            contrary
            and (concept, not is_contrary) not in sides
            and (concept, is_contrary) not in other_sides
        ):
            yield Opposites(word, contrary, concept)
    if language is other:
        for word in words:
            for contrary in others:
                if _is_turned(word, contrary, language):
                    yield Opposites(word, contrary)


def may_oppose(
    words: Collection[str], others: Collection[str], language: Language, other: Language
) -> bool:
    """Whether any word, in small letters, has its contrary in another text, whatever else stands there."""
    opposites, others_of = language.opposites, other.opposites
    sides = {side for word in words if word in opposites for side in opposites[word]}
    return bool(sides) and any(
        (concept, not is_contrary) in sides
        for word in others
        if word in others_of
        for concept, is_contrary in others_of[word]
    )


def _sides(words: Collection[str], language: Language) -> dict[tuple[str, bool], str]:
    """Return concept and side → the first word that says it."""
    opposites = language.opposites
    sides: dict[tuple[str, bool], str] = {}
    for word in words:
        for side in opposites.get(word, ()):
            sides.setdefault(side, word)
    return sides


def _is_turned(word: str, other: str, language: Language) -> bool:
    """Whether one of two words is the other behind a prefix of contrary: lock, unlock."""
    long, short = (word, other) if len(word) > len(other) else (other, word)
    return (
        len(short) >= _SHORTEST
        and long.endswith(short)
        and long[: len(long) - len(short)] in language.contrary_prefixes
    )

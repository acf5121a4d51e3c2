"""Letters compared across case and accents: as a person searches, and as words differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

_TILDE = "\u0303"


def fold_for_search(text: str) -> str:
    """Return a text as people type it into a search box: no case, no accents, `ano` for año."""
    return _fold(text.casefold(), _without_marks)


def fold_letters(text: str) -> str:
    """Return a text without case and accents whose letters stand where they stood."""
    folded = fold_for_search(text)
    if len(folded) == len(text):
        return folded
    return "".join(
        low if len(low := fold_for_search(letter)) == 1 else letter for letter in text
    )


def fold_word(word: str) -> str:
    """Return a word without case and accents; ñ stays, since año (year) and ano (anus) are two words."""
    return _fold(unicodedata.normalize("NFC", word.casefold()), _without_accents)


def fold_all_for_search(texts: Sequence[str]) -> list[str]:
    """Return `fold_for_search` of many texts in one pass, in half the time of one by one."""
    folded_texts = fold_for_search("\0".join(texts)).split("\0")
    if len(folded_texts) != len(
        texts
    ):  # some text has a NUL of its own, or there is none at all
        return [fold_for_search(text) for text in texts]
    return folded_texts


def _fold(text: str, bare: Callable[[str], str]) -> str:
    # A pass for each distinct accented character: texts have few of them, and replacing is fast.
    if not text.isascii():
        for character in set(text):
            if character > "\x7f" and (letter := bare(character)) != character:
                text = text.replace(character, letter)
    return text


@lru_cache(maxsize=4096)
def _without_marks(character: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=4096)
def _without_accents(character: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    letters = "".join(
        part for part in parts if part == _TILDE or not unicodedata.combining(part)
    )
    return unicodedata.normalize("NFC", letters)

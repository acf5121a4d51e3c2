"""What a correction must not do: touch what is fixed, drop a word, turn a sentence into its contrary, break agreement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from l10n.drafting.lessons.words import is_fixed
from l10n.languages import Language


def allows(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a phrase may become another at all, whatever was seen.

    What is fixed stays, in its order, and no mark is brought in: at a border it would stand beside another.
    """
    fixed = [[word for word in side if is_fixed(word)] for side in (old, new)]
    return fixed[0] == fixed[1] and all(
        word in old or word[0].isalnum() or is_fixed(word) for word in new
    )


def keeps_names(old: Sequence[str], new: Sequence[str], source: frozenset[str]) -> bool:
    """Whether names of the source stay, and none is brought in that it has not; its words as written.

    An engine that translates a name is corrected all the same: `Pitón` where the source says Python.
    """
    lowered = [word.lower() for word in old], [word.lower() for word in new]
    # A capital is put on where the source has one besides its first: `estados unidos` for the United States.
    has_names = sum(word[0].isupper() for word in source) > 1
    stays = all(
        word.lower() in lowered[1] for word in old if word[0].isupper() and word in source
    )
    return stays and all(
        word in source or word in old or (has_names and word.lower() in lowered[0])
        for word in new
        if word[0].isupper()
    )


def denials(words: Sequence[str], language: Language) -> int:
    """Count the words of a phrase that deny."""
    if language.negation is None:
        return 0
    # A word behind it, since some deny only before one.
    return len(_denial(language.negation.denies).findall(f"{' '.join(words)} a"))


@cache
def _denial(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Swap(NamedTuple):
    """What becomes of the words of a phrase where another stands for it."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    denies: bool
    """Whether it denies more, or less, than before."""
    drops: bool
    """Whether it has fewer words of meaning."""
    names: bool
    """Whether any word has a capital."""
    brought: tuple[int, ...]
    """Places of the words of meaning that were not there before."""
    gone: tuple[int, ...]
    """Places of those that are no longer there."""


def swap_of(old: Sequence[str], new: Sequence[str], language: Language) -> Swap:
    """Compare a phrase with another that shall stand for it."""
    means = [
        [
            place
            for place, word in enumerate(side)
            if word[0].isalpha() and word.lower() not in language.function_words
        ]
        for side in (old, new)
    ]
    return Swap(
        tuple(old),
        tuple(new),
        denials(old, language) != denials(new, language),
        len(means[1]) < len(means[0]),
        any(word[0].isupper() for word in (*old, *new)),
        tuple(place for place in means[1] if new[place] not in old),
        tuple(place for place in means[0] if old[place] not in new),
    )

"""What a correction must not do: touch what is fixed, drop a word, turn a sentence into its contrary, break agreement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from l10n.drafting.lessons.words import is_fixed
from l10n.languages import Language


def allows(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a phrase may become another at all, whatever was seen: what is fixed stays, in its order."""
    return [word for word in old if is_fixed(word)] == [word for word in new if is_fixed(word)]


def keeps_names(old: Sequence[str], new: Sequence[str], source: frozenset[str]) -> bool:
    """Whether names of the source stay, and none is brought in that it has not; its words as written.

    An engine that translates a name is corrected all the same: `Pitón` where the source says Python.
    """
    lowered = [word.lower() for word in old], [word.lower() for word in new]
    return all(
        word.lower() in lowered[1] for word in old if word[0].isupper() and word in source
    ) and all(word.lower() in lowered[0] or word in source for word in new if word[0].isupper())


def denials(words: Sequence[str], language: Language) -> int:
    """Count the words of a phrase that deny."""
    if language.negation is None:
        return 0
    # A word behind it, since some deny only before one.
    return len(_denial(language.negation.denies).findall(f"{' '.join(words)} a"))


@cache
def _denial(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def drops_words(old: Sequence[str], new: Sequence[str], language: Language) -> bool:
    """Whether a change leaves fewer words of meaning than there were."""
    content = [
        sum(word[0].isalpha() and word.lower() not in language.function_words for word in side)
        for side in (old, new)
    ]
    return content[1] < content[0]

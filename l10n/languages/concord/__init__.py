"""How words of a sentence go together: articles with nouns, nouns with adjectives and verbs, one form of address."""

from __future__ import annotations

from typing import NamedTuple


class Agreement(NamedTuple):
    """How words disagree, as far as endings and frequent words show it; all are regular expressions.

    They have the group `pair`, the words that do not go together. Where they have a group `noun`, that word has to be a
    plural; where they have a group `common`, that one has to be a common word of the language.
    """

    wrong: tuple[str, ...]
    """What disagrees at the beginning of a sentence: subjects with their verbs."""
    anywhere: tuple[str, ...] = ()
    """What disagrees wherever it stands: articles, nouns and adjectives side by side; each begins with a determiner."""
    determiners: str = "(?!)"
    """With what these begin; looked for first, since most texts have few."""
    not_plural: frozenset[str] = frozenset()
    """Nouns that only look so, or have one form."""


class Address(NamedTuple):
    """How readers are addressed; both are regular expressions."""

    familiar: str
    formal: str

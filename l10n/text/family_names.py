"""Frequent family names, and the titles that people have before their names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from l10n.languages.folding import fold_for_search


def is_family_name(word: str) -> bool:
    """Whether a word is a frequent family name."""
    return fold_for_search(word) in _words("family_names.txt")


def is_title_of_person(word: str) -> bool:
    """Whether a word stands before the names of people: `señora`, `Mr.`."""
    return fold_for_search(word.rstrip(".")) in _words("titles.txt")


@cache
def _words(table: str) -> frozenset[str]:
    text = files("l10n.languages").joinpath(table).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())

"""Emphasis of the translator's own: which texts may have it, and how it is written as markup of the unit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from l10n.articles.formats import formats, suffixes
from l10n.model import Placeholder, Unit
from l10n.text.markup import Emphasis, emphases, takes_emphasis

Spell = Callable[[str, Emphasis], tuple[str, str]]
"""What a format writes before and after the words that a pair of a msgstr emphasizes."""


def entry_takes_emphasis(kind: str, places: Sequence[str]) -> bool:
    """Whether words of an entry may be emphasized, by its kind of block and the articles that its `#:` lines name."""
    if not takes_emphasis(kind):
        return False
    names = (suffixes().get(PurePosixPath(place).suffix.lower()) for place in places)
    return all(name is None or formats()[name].has_emphasis for name in names)


def with_emphasis(unit: Unit, msgstr: str, spell: Spell) -> tuple[Unit, str]:
    """Return a msgstr whose emphases are placeholders like the unit's own, and the unit that has them too."""
    pairs = emphases(msgstr) if takes_emphasis(unit.kind) else ()
    if not pairs:
        return unit, msgstr
    highest = {"em": 0, "strong": 0}
    for placeholder in unit.placeholders:
        if placeholder.tag in highest:
            highest[placeholder.tag] = max(highest[placeholder.tag], placeholder.number)
    placeholders: list[Placeholder] = []
    tokens: list[tuple[int, int, str]] = []
    for pair in pairs:
        highest[pair.tag] += 1
        number = highest[pair.tag]
        placeholders.append(Placeholder(pair.tag, number, True, *spell(msgstr, pair)))
        opening, closing = pair.marks
        tokens += (
            (*opening, f"<{pair.tag}{number}>"),
            (*closing, f"</{pair.tag}{number}>"),
        )
    parts: list[str] = []
    position = 0
    for start, end, token in sorted(tokens):
        parts += (msgstr[position:start], token)
        position = end
    return (
        replace(unit, placeholders=(*unit.placeholders, *placeholders)),
        "".join((*parts, msgstr[position:])),
    )


def as_elements(_msgstr: str, pair: Emphasis) -> tuple[str, str]:
    """Return the tags of HTML for a pair."""
    return f"<{pair.tag}>", f"</{pair.tag}>"

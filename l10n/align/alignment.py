"""What an alignment is, and what it may lean on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from l10n.model import Article, Bead, Doubt, Key, Segment

Translate = Callable[[Sequence[str], str, str], list[str]]
"""Texts, source locale, target locale → their translations, `""` where there is none."""

Lexicon = Mapping[str, Sequence[str]]
"""Words of the source language → words of the target language; what a project's memory taught."""


@dataclass(frozen=True)
class Alignment:
    """Two articles and the beads between their segments."""

    source: Article
    target: Article
    source_segments: tuple[Segment, ...]
    """Segments of the text in document order, then whole attributes and metadata."""
    target_segments: tuple[Segment, ...]
    beads: tuple[Bead, ...]
    """In source order; lone target segments stand where they stand in the target."""
    warnings: tuple[str, ...] = ()
    """What a person should know first, in the interface language."""
    unrelated: bool = False
    """The articles do not seem to translate each other."""


@dataclass(frozen=True, slots=True)
class AlignedUnit:
    """What the translation has for one unit of the source."""

    key: Key
    msgstr: str
    score: float
    """0 to 1: how sure the beads are, less what is missing or left over on either side."""
    note: str = ""
    """What a reviewer should look at, in the interface language."""
    blocks: tuple[int, ...] = field(default=(), compare=False)
    """Indices of the target blocks it was taken from."""
    doubts: tuple[Doubt, ...] = ()
    """What lowers the score, the worst first."""

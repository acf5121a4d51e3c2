"""Alignment of an article with its translation: beads, and their projection onto units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from l10n.model import Article, Bead, Key, Segment

Translate = Callable[[Sequence[str], str, str], list[str]]
"""Texts, source locale, target locale → their translations, `""` where there is none."""


class Encoder(Protocol):
    """Something that turns sentences of both languages into vectors of one space."""

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """Give one vector a text."""
        ...


@dataclass(frozen=True)
class Alignment:
    """Two articles and the beads between their segments."""

    source: Article
    target: Article
    source_segments: tuple[Segment, ...]
    target_segments: tuple[Segment, ...]
    beads: tuple[Bead, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedUnit:
    """What the translation has for one unit of the source."""

    key: Key
    msgstr: str
    score: float
    note: str = ""


def align_segments(
    source: Sequence[Segment],
    target: Sequence[Segment],
    *,
    source_locale: str,
    target_locale: str,
    translate: Translate | None = None,
    lexicon: Mapping[str, Sequence[str]] | None = None,
    encoder: Encoder | None = None,
) -> tuple[Bead, ...]:
    """Group the segments of both sides into beads."""
    raise NotImplementedError


def align_articles(
    source: Article,
    target: Article,
    *,
    translate: Translate | None = None,
    lexicon: Mapping[str, Sequence[str]] | None = None,
    encoder: Encoder | None = None,
) -> Alignment:
    """Align an article with its existing translation."""
    raise NotImplementedError


def project_beads(alignment: Alignment) -> tuple[AlignedUnit, ...]:
    """Give what the translation has for each unit of the source."""
    raise NotImplementedError

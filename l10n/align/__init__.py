"""Alignment of an article with its translation: beads, and their projection onto units."""

from l10n.align.alignment import AlignedUnit, Alignment, Lexicon, Translate
from l10n.align.articles import align_articles
from l10n.align.filling import Filling, fill_catalog, fill_changed
from l10n.align.projection import leftovers, missing, project_beads
from l10n.align.segments import align_segments

__all__ = [
    "AlignedUnit",
    "Alignment",
    "Filling",
    "Lexicon",
    "Translate",
    "align_articles",
    "align_segments",
    "fill_catalog",
    "fill_changed",
    "leftovers",
    "missing",
    "project_beads",
]

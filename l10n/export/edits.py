"""Edits of several hands made in one go: the only way export changes an article."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from l10n.articles.rewrite import Edit, apply

__all__ = ["Edit", "apply", "apply_edits", "in_order"]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with every edit made; insertions at one place keep the order they came in.

    Raises ValueError when two edits overlap.
    """
    return apply(text, in_order(edits))


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits by their place in the text; raises ValueError when two overlap."""
    ordered = sorted(edits, key=itemgetter(0, 1))
    reached = 0
    for start, end, _text in ordered:
        if start < reached:
            raise ValueError(f"edits overlap at {start}")
        reached = end
    return ordered

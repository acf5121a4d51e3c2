"""Edits of several hands made in one go: the only way export changes an article."""

from __future__ import annotations

from collections.abc import Iterable

from l10n.articles.rewrite import Edit, apply

__all__ = ["Edit", "apply_edits"]


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Give the text with every edit made; insertions at one place keep the order they came in.

    Raises ValueError when two edits overlap.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    done = 0
    for edit in ordered:
        if edit.start < done:
            raise ValueError(f"edits overlap at {edit.start}")
        done = edit.end
    return apply(text, ordered)

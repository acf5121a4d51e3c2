"""A review as lessons see it."""

from __future__ import annotations

from typing import NamedTuple


class Review(NamedTuple):
    """What an engine drafted for an entry, and what a person accepted."""

    catalog: str
    msgid: str
    draft: str
    """The engine's own, never a corrected one: lessons must not learn from themselves."""
    accepted: str
    domain: str = ""
    """What the catalog is about, as far as its folder tells."""
    weight: int = 1
    """How often it counts: more where a correction was undone."""

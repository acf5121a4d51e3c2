"""What a reader reads of a message: markup gone, code and addresses one opaque character, offsets kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and its translation."""

    source_raw: str
    target_raw: str

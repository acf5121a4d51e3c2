"""The translation memory: earlier translations in one SQLite file, searched by similarity."""

from __future__ import annotations

from l10n.memory.store import FILE, Memory, Piece, pair_in_order

__all__ = ["FILE", "Memory", "Piece", "pair_in_order"]

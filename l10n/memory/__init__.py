"""The translation memory: earlier translations in one SQLite file, searched by similarity."""

from __future__ import annotations

from l10n.memory.learning import Translation, pair_in_order
from l10n.memory.store import Memory, MemoryBusyError

__all__ = ["Memory", "MemoryBusyError", "Translation", "pair_in_order"]

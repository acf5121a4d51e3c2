"""Drafts for what is untranslated: the memory first, then an engine, in batches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.catalog import Catalog
    from l10n.engines import Engine
    from l10n.glossary import Glossary
    from l10n.memory import Memory


@dataclass(frozen=True, slots=True)
class PrefillReport:
    """What a run of prefill did."""

    exact: int = 0
    """Entries drafted from an exact match."""
    fuzzy: int = 0
    """Entries drafted from a similar match."""
    machine: int = 0
    """Entries drafted by an engine."""
    left: int = 0
    """Entries that stay untranslated."""


def prefill(
    catalogs: Sequence[Catalog],
    *,
    engine: Engine | None,
    memory: Memory | None = None,
    glossary: Glossary | None = None,
    only: str | None = None,
    minimum: int = 75,
    save: bool = True,
    on_progress: Callable[[int, int], None] | None = None,
) -> PrefillReport:
    """Draft every untranslated entry; with `save`, each catalog is saved as it gets filled."""
    raise NotImplementedError

"""Which existing translations a catalog has taken in: known by what it says, never by that it is there.

A stage makes the catalog that a later one fills, and a run may be stopped between the two. So a catalog names
in its header, saved together with the texts themselves, the pair of files it was filled from.
"""

from __future__ import annotations

from pathlib import Path

from l10n.catalog import Catalog
from l10n.project.pages import TAKEN_IN, fingerprint


def is_waiting(catalog: Catalog | None, source: Path, translation: Path) -> bool:
    """Whether a translation would find room in a catalog, or in a new one, that was not filled from it as it is."""
    if catalog is None:
        return True
    # What no person has put anything into, a translation found later may fill.
    has_room = not catalog.entries or any(entry.is_open for entry in catalog.entries)
    return has_room and catalog.header.get(TAKEN_IN) != fingerprint(source, translation)

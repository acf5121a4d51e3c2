"""Merging: a catalog with the units of its article, and two edits of one catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from l10n.catalog.entry import Entry
from l10n.model import Key

if TYPE_CHECKING:
    from l10n.catalog.file import Catalog


@dataclass(frozen=True, slots=True)
class Merge:
    """What bringing a catalog up to date with its article did, in entries."""

    added: int = 0
    kept: int = 0
    changed: int = 0
    revived: int = 0
    obsolete: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """One entry that two sides changed differently."""

    key: Key
    base: Entry | None
    ours: Entry
    theirs: Entry


def merge3(
    base: Catalog, ours: Catalog, theirs: Catalog
) -> tuple[Catalog, tuple[Conflict, ...]]:
    raise NotImplementedError

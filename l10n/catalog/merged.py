"""What merging an article into a catalog did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from l10n.catalog.entry import Entry
    from l10n.model import Unit


@dataclass(frozen=True, slots=True)
class Merge:
    """What bringing a catalog up to date with its article did, in entries."""

    added: int = 0
    """New, without a translation."""
    kept: int = 0
    changed: int = 0
    """New, with the translation of what they were before an edit, as a draft."""
    reread: int = 0
    """New, with the translation and the review of what they were when the same text was read differently."""
    revived: int = 0
    """Back in use after having been obsolete."""
    obsolete: int = 0
    """No longer in the article."""
    left: tuple[Left, ...] = field(default=(), compare=False)
    """Accepted entries that are no longer in the article as they were, and that nothing was carried over from."""


class Left(NamedTuple):
    """An accepted entry that an article no longer has."""

    entry: Entry
    became: Unit | None
    """What has its translation as a draft."""

"""What is asked of aligning, and what it did: values that a run with nothing to align needs too, so nothing else is loaded for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from l10n.desk.pairs import Pair
from l10n.errors import L10nError

if TYPE_CHECKING:
    from l10n.align import Alignment


@dataclass(frozen=True, slots=True)
class AlignRequest:
    """How articles are to be aligned."""

    trust: float | None = None
    """Score, 0 to 1, from which entries count as translated; None: all are drafts."""
    engine: str | None = None
    """Engine that helps comparing; None: the first that works here, `none`: no engine."""
    vectors: bool | None = None
    """Whether sentence vectors help; None: as the project says."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A pair that was aligned."""

    pair: Pair
    alignment: Alignment
    filled: int
    """Entries of the catalog that were filled; 0 for articles that do not belong together."""
    displaced: int = 0
    """Of these, drafts of the memory or an engine that nobody had touched."""


@dataclass(frozen=True, slots=True)
class AlignReport:
    """What aligning many pairs did."""

    aligned: tuple[Aligned, ...] = ()
    problems: tuple[L10nError, ...] = ()
    """Why the other pairs could not be aligned."""

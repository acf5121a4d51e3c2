"""What is asked of a run of prefill, and what it did: values that a run with nothing to do needs too, so nothing else is loaded for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from l10n.model import Band, Match, Origin

if TYPE_CHECKING:
    from l10n.catalog import Catalog, Entry
    from l10n.drafting.lessons.lessons import Correction
    from l10n.drafting.trust import Verdict


@dataclass(frozen=True)
class DraftRequest:
    """Which drafts are asked for."""

    only: Literal["tm", "mt"] | None = None
    """Only from the memory, or only from an engine."""
    minimum: int | None = None
    """Percent from which a similar match is taken; None: from which it is better than what else there is."""
    source: str | None = None
    """Source locale of catalogs that do not say it; None: such a catalog is left alone."""
    dry_run: bool = False
    """Change nothing."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What became of one untranslated entry."""

    catalog: Catalog
    entry: Entry
    origin: Origin | None
    """TM or MT; None when it stays untranslated."""
    match: Match | None = None
    verdict: Verdict | None = None
    corrections: tuple[Correction, ...] = ()
    """What lessons have changed of a machine draft."""


@dataclass(frozen=True, slots=True)
class PrefillReport:
    """What a run of prefill did, or with `dry_run` would do."""

    exact: int = 0
    """Entries drafted from an exact match."""
    fuzzy: int = 0
    """Entries drafted from a similar match."""
    machine: int = 0
    """Entries drafted by an engine; in a dry run those that would be sent to one."""
    refused: int = 0
    """Entries left empty because the engine's draft was not fit to show."""
    left: int = 0
    """Entries that stay untranslated, the refused ones too."""
    bands: Counter[Band] = field(default_factory=Counter)
    """Machine drafts by band."""
    overtaken: int = 0
    """Of the drafted entries, those that somebody else wrote meanwhile: theirs stand."""

    @property
    def drafted(self) -> int:
        """Entries that have a draft now."""
        return self.exact + self.fuzzy + self.machine - self.overtaken

    def __add__(self, other: PrefillReport) -> PrefillReport:
        """Add field by field."""
        return PrefillReport(
            self.exact + other.exact,
            self.fuzzy + other.fuzzy,
            self.machine + other.machine,
            self.refused + other.refused,
            self.left + other.left,
            self.bands + other.bands,
            self.overtaken + other.overtaken,
        )

"""What is asked of a run of prefill over a project, and what it did: values that a run with nothing to draft needs too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from l10n.drafting.report import DraftRequest, PrefillReport
from l10n.errors import CatalogError, EngineError, L10nError


@dataclass(frozen=True)
class PrefillRequest(DraftRequest):
    """Which drafts are asked for, and of which engines."""

    engine: str | None = None
    """The only engine to use; None: the project's, in their order."""
    second: str | None = None
    """An engine to compare with."""


@dataclass(frozen=True, slots=True)
class PrefillResult:
    """What a run of prefill did, or in a dry run would do."""

    drafts: PrefillReport
    problems: tuple[L10nError, ...] = ()
    """Catalogs that cannot be read, and engines that cannot help."""
    waiting: tuple[L10nError, ...] = ()
    """Translations that people made and that were not taken in: drafts give way to them."""

    @property
    def failed(self) -> int:
        """How many times an engine could not do what it was there for."""
        return sum(isinstance(problem, EngineError) for problem in self.problems)

    @property
    def damaged(self) -> int:
        """How many catalogs cannot be read."""
        return sum(isinstance(problem, CatalogError) for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Todo:
    """A catalog that has something to draft."""

    path: Path
    untranslated: int

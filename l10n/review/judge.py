"""The checks, as the reviewer runs them on a text that is still being written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from l10n.model import Finding
from l10n.project.judging import Criteria

if TYPE_CHECKING:
    from l10n.catalog import Catalog, Entry
    from l10n.checks.context import CheckContext


@dataclass
class Judge:
    """Checks single texts of one catalog. The rules are loaded at the first text, not before."""

    criteria: Criteria
    catalog: Catalog

    @property
    def source_locale(self) -> str:
        """Locale of the sources."""
        return self.criteria.source(
            self.catalog.source_locale,
            self.target_locale,
            (entry.msgid for entry in self.catalog.entries),
        )

    @property
    def target_locale(self) -> str:
        """Locale of the translations."""
        return self.criteria.target(self.catalog.target_locale)

    def findings(self, entry: Entry, form: int, text: str) -> tuple[Finding, ...]:
        """Return what is wrong with a text for one form of an entry, most severe first."""
        from l10n.checks.entries import check_pair  # noqa: PLC0415 - loads slowly
        from l10n.checks.reading import Pair  # noqa: PLC0415

        source = entry.msgid_plural if form and entry.msgid_plural else entry.msgid
        pair = Pair(source, text, message=entry)
        return without_ignored(check_pair(pair, self._context), entry.notes)

    def missing_variable(self, entry: Entry, source: str, text: str) -> str:
        """Return the first variable of a source that a text for it lacks; empty when it has them all."""
        from l10n.checks.reading import Pair  # noqa: PLC0415
        from l10n.checks.rules.placeholders import missing_variables  # noqa: PLC0415 - loads slowly

        return next(missing_variables(Pair(source, text, message=entry)), "")

    def forget_terms(self) -> None:
        """Read the glossary anew at the next text: somebody has added to it."""
        self.__dict__.pop("_context", None)  # where `cached_property` keeps it

    @cached_property
    def _context(self) -> CheckContext:
        from l10n.checks.examine import context_of  # noqa: PLC0415 - loads slowly

        return context_of(self.criteria, self.catalog)


def without_ignored(findings: Iterable[Finding], notes: Sequence[str]) -> tuple[Finding, ...]:
    """Return the findings that an entry's notes do not silence, most severe first."""
    from l10n.checks.entries import ignored_rules  # noqa: PLC0415 - loads slowly

    ignored = ignored_rules(notes)
    if "all" in ignored:
        return ()
    audible = (finding for finding in findings if finding.rule not in ignored)
    return tuple(sorted(audible, key=lambda finding: -finding.severity.rank))

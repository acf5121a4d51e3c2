"""How far every article of a project is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from l10n.catalog.facts import facts_at
from l10n.checks.cache import Cache
from l10n.checks.completeness import compare
from l10n.desk.intake import is_waiting
from l10n.errors import L10nError
from l10n.ledger import Ledger
from l10n.model import Counts
from l10n.project import ArticleRef, Project
from l10n.project.meant import select_pages


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an article is in one target locale."""

    article: str
    """Its slug."""
    locale: str
    counts: Counts | None
    """None when there is no catalog yet."""
    waiting: Path | None = None
    """The existing translation that the catalog has not taken in, though there is room for it."""
    is_stale: bool = False
    """Whether the article has changed since its catalog was brought up to it: the counts speak of what it was."""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """How far the articles of a project are."""

    standings: tuple[Standing, ...]
    """By article, then in the order of the project's locales."""
    problems: tuple[L10nError, ...]
    """Catalogs and translations that cannot be read: they have no standing."""

    def total(self, locale: str) -> Counts | None:
        """Return the counts of all catalogs of a locale together; None when there is none."""
        counts = [row.counts for row in self.standings if row.locale == locale and row.counts]
        return sum(counts, Counts()) if counts else None


def status(project: Project, names: Sequence[str] = ()) -> StatusReport:
    """Count the catalogs of locales, articles or folders, or all; UsageError for a name that is none of these."""
    meant = select_pages(names, project)
    standings: list[Standing] = []
    problems: list[L10nError] = []
    with Ledger.open(project.derived) as ledger:
        for ref in project.articles():
            for target in project.targets_of(ref):
                if not meant.includes(ref.slug, target):
                    continue
                try:
                    standings.append(_standing(project, ref, target, ledger))
                except L10nError as error:
                    problems.append(error)
    return StatusReport(tuple(standings), tuple(problems))


def _standing(project: Project, ref: ArticleRef, target: str, ledger: Ledger) -> Standing:
    facts = facts_at(project.catalog_path(ref.slug, target), ledger)
    translation = ref.translations.get(target)
    if translation is not None and not is_waiting(facts, ref.path, translation, ledger):
        translation = None
    if facts is None:
        return Standing(ref.slug, target, None, translation)
    comparison = compare(project.catalog_path(ref.slug, target), ref, Cache(ledger))
    counts = replace(facts.counts, not_offered=facts.counts.not_offered + len(comparison.new))
    is_stale = bool(comparison.new or comparison.orphaned)
    return Standing(ref.slug, target, counts, translation, is_stale)

"""How far every article of a project is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.catalog import Catalog
from l10n.errors import CatalogError, UsageError
from l10n.files import read_bytes
from l10n.interface import gettext as _
from l10n.model import Counts
from l10n.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an article is in one target locale."""

    article: str
    """Its slug."""
    locale: str
    counts: Counts | None
    """None when there is no catalog yet."""


@dataclass(frozen=True, slots=True)
class StatusReport:
    """How far the articles of a project are."""

    standings: tuple[Standing, ...]
    """By article, then in the order of the project's locales."""
    problems: tuple[CatalogError, ...]
    """Catalogs that cannot be read: they have no standing."""

    def total(self, locale: str) -> Counts | None:
        """Return the counts of all catalogs of a locale together; None when there is none."""
        counts = [row.counts for row in self.standings if row.locale == locale and row.counts]
        return sum(counts, Counts()) if counts else None


def status(project: Project, locales: Sequence[str] = ()) -> StatusReport:
    """Count the catalogs of every article, in some target locales or in all; UsageError for an unknown locale."""
    refuse_unknown_locales(project, locales, "l10n status")
    standings: list[Standing] = []
    problems: list[CatalogError] = []
    for ref in project.articles():
        for target in project.targets_of(ref):
            if locales and target not in locales:
                continue
            try:
                counts = _counts(project.catalog_path(ref.slug, target))
                standings.append(Standing(ref.slug, target, counts))
            except CatalogError as error:
                problems.append(error)
    return StatusReport(tuple(standings), tuple(problems))


def _counts(path: Path) -> Counts | None:
    try:
        return Catalog.parse(read_bytes(path), path).counts() if path.exists() else None
    except OSError as error:
        raise CatalogError(error.strerror or str(error), path=path) from error


def refuse_unknown_locales(project: Project, locales: Sequence[str], hint: str) -> None:
    """Raise UsageError for the first name that is no locale of a project."""
    for tag in locales:
        if tag not in project.locales:
            raise UsageError(_("no locale of this project: {tag}").format(tag=tag), hint=hint)

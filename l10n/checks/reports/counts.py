"""The table of counts of a report: a row for each catalog, as strings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from l10n.checks.reports.places import relative
from l10n.checks.run import Report
from l10n.interface import gettext as _
from l10n.model import Counts
from l10n.text.tables import count_cells, count_heads

Share = Callable[[int, int], str]
"""Writes a part of a total."""


def heads() -> tuple[str, ...]:
    """Return the heads of the columns."""
    return (_("catalog"), *count_heads())


def catalog_rows(
    report: Report, share: Share, written: Callable[[str], str]
) -> Iterator[tuple[str, ...]]:
    """Yield the row of every catalog; `written` gives its path as the form writes names."""
    for catalog in report.catalogs:
        path = written(relative(catalog.path, report.root))
        if catalog.damage is None:
            yield row(path, catalog.counts, share)
        else:
            yield (path, _("damaged"), *[""] * (len(heads()) - 2))


def row(name: str, counts: Counts, share: Share) -> tuple[str, ...]:
    """Return a row of counts."""
    return (name, *count_cells(counts, share))

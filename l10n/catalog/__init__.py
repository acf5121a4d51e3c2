"""Gettext catalogs: read strictly, derive states, stamp reviews, merge, save without noise."""

from l10n.catalog.entry import Entry, Snapshot
from l10n.catalog.file import Catalog
from l10n.catalog.merging import Conflict, Merge, merge3
from l10n.catalog.scan import scan_counts
from l10n.catalog.stamp import Stamp

__all__ = [
    "Catalog",
    "Conflict",
    "Entry",
    "Merge",
    "Snapshot",
    "Stamp",
    "merge3",
    "scan_counts",
]

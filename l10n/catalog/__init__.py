"""Gettext catalogs: read strictly, derive states, stamp reviews, merge, save without noise."""

from l10n.catalog.changing import change_catalog, save_drafts
from l10n.catalog.entry import Entry, Snapshot
from l10n.catalog.file import Catalog
from l10n.catalog.merging import Merge
from l10n.catalog.stamp import Stamp

__all__ = [
    "Catalog",
    "Entry",
    "Merge",
    "Snapshot",
    "Stamp",
    "change_catalog",
    "save_drafts",
]

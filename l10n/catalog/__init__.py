"""Gettext catalogs: read strictly, derive states, stamp reviews, merge, save without noise.

Each name is loaded when it is first asked for: a run that has nothing to do reads no catalog.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.catalog.changing import change_catalog, save_drafts
    from l10n.catalog.entry import Entry, Snapshot
    from l10n.catalog.file import Catalog
    from l10n.catalog.merged import Merge
    from l10n.catalog.stamp import Stamp

_HOMES = {
    "Catalog": "file",
    "Entry": "entry",
    "Merge": "merged",
    "Snapshot": "entry",
    "Stamp": "stamp",
    "change_catalog": "changing",
    "save_drafts": "changing",
}

__all__ = [
    "Catalog",
    "Entry",
    "Merge",
    "Snapshot",
    "Stamp",
    "change_catalog",
    "save_drafts",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

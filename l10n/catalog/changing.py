"""Changing a catalog while others may: a change is made again on what they wrote, never over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from l10n.catalog.entry import Entry
from l10n.catalog.file import Catalog
from l10n.errors import StaleCatalogError

R = TypeVar("R")

_ATTEMPTS = 100
"""Of which all but the last may find that others were quicker; ten processes at one catalog needed seven at most."""


def change_catalog(read: Callable[[], Catalog], change: Callable[[Catalog], R]) -> R:
    """Return what a change gives once it is saved; where others wrote the file meanwhile it is read and changed anew.

    Raises StaleCatalogError when others were quicker every time.
    """
    for _attempt in range(_ATTEMPTS - 1):
        catalog = read()
        result = change(catalog)
        try:
            catalog.save()
        except StaleCatalogError:
            continue
        return result
    catalog = read()
    result = change(catalog)
    catalog.save()
    return result


def save_drafts(catalog: Catalog, entries: Iterable[Entry]) -> int:
    """Save a catalog, of which these entries got a draft, and return how many of them are in the file.

    Where somebody else wrote it meanwhile, drafts go into what is untranslated there, and nothing else is changed.
    """
    drafts = tuple(entries)
    try:
        catalog.save()
    except StaleCatalogError:
        if (path := catalog.path) is None:
            raise
        return change_catalog(
            lambda: Catalog.load(path), lambda other: _take_over(drafts, other)
        )
    return len(drafts)


def _take_over(drafts: Iterable[Entry], catalog: Catalog) -> int:
    """Put drafts into the entries of another reading of their catalog that have no translation; gives how many."""
    placed = 0
    for draft in drafts:
        entry = catalog.find(draft.msgid, draft.msgctxt)
        stamp, origin = draft.stamp, draft.origin
        if entry is None or stamp is None or origin is None or any(entry.msgstrs):
            continue
        if len(entry.msgstrs) == len(draft.msgstrs):
            entry.fill(draft.msgstrs, origin=origin, **dict(stamp.fields))
            placed += 1
    return placed

"""Count one catalog file without looking at its entries: no rule is loaded for it."""

from __future__ import annotations

import re

from l10n.catalog import scan_counts
from l10n.checks.outcome import Outcome
from l10n.errors import CatalogError


def count(data: bytes) -> Outcome:
    """Count the bytes of a catalog; damage is part of the outcome, never an exception."""
    try:
        return Outcome(scan_counts(data), language=_header_field(data, "Language"))
    except CatalogError as error:
        return Outcome(damage=(error.message, error.line, error.hint))


def _header_field(data: bytes, name: str) -> str:
    found = re.search(rb'^"' + name.encode() + rb": *([^\\\n]*)\\n", data[:8192], re.MULTILINE)
    return found[1].decode("utf-8", "replace").strip() if found else ""

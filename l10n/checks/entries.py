"""Findings of one entry, and of one catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.catalog import Catalog, Entry
    from l10n.checks.rule import CheckContext
    from l10n.model import Article, Finding


def check_entry(entry: Entry, context: CheckContext) -> tuple[Finding, ...]:
    """Give the findings of one entry, most severe first; path is left to the caller."""
    del entry, context
    return ()


def check_catalog(
    catalog: Catalog, context: CheckContext, article: Article | None = None
) -> tuple[Finding, ...]:
    """Give the findings of a catalog in the order of its lines, those about the whole first."""
    del catalog, context, article
    return ()

"""Checks: findings and completeness of catalogs, for people, for the reviewer and for CI."""

from l10n.checks.entries import check_catalog, check_entry
from l10n.checks.rule import CheckContext
from l10n.checks.run import CatalogReport, Report, check_project

__all__ = [
    "CatalogReport",
    "CheckContext",
    "Report",
    "check_catalog",
    "check_entry",
    "check_project",
]

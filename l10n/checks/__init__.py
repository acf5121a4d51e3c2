"""Checks: findings and completeness of catalogs, for people, for the reviewer and for CI."""

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_catalog, check_entry
from l10n.checks.run import CatalogReport, Report, Scope, check_files, check_project

__all__ = [
    "CatalogReport",
    "CheckContext",
    "Report",
    "Scope",
    "check_catalog",
    "check_entry",
    "check_files",
    "check_project",
]

"""Checks: findings and completeness of catalogs, for people, for the reviewer and for CI."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_HOMES = {"CheckContext": "context", "check_catalog": "entries", "check_entry": "entries"}


def __getattr__(name: str) -> object:
    """Load what is asked for: the rules take longer to load than a warm check takes to run."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"l10n.checks.{_HOMES.get(name, 'run')}"), name)

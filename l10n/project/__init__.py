"""The project: what `l10n.toml` says, what is translated into what, and where every file is."""

from __future__ import annotations

from l10n.files import PROJECT_FILE
from l10n.project.census import RESERVED_SLUG, ArticleRef, Census, LeftAlone
from l10n.project.globs import matches_glob
from l10n.project.layout import (
    Project,
    derived_folder,
    project_file,
)
from l10n.project.selection import by_project, owner_of, project_here, select_catalogs
from l10n.project.settings import (
    DEFAULT_ENGINES,
    AlignSettings,
    CheckSettings,
    ExportSettings,
    FailOn,
    Missing,
    Thresholds,
    validate_locale,
)

__all__ = [
    "DEFAULT_ENGINES",
    "PROJECT_FILE",
    "RESERVED_SLUG",
    "AlignSettings",
    "ArticleRef",
    "Census",
    "CheckSettings",
    "ExportSettings",
    "FailOn",
    "LeftAlone",
    "Missing",
    "Project",
    "Thresholds",
    "by_project",
    "derived_folder",
    "matches_glob",
    "owner_of",
    "project_file",
    "project_here",
    "select_catalogs",
    "validate_locale",
]

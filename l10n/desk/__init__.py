"""The use cases of the desk, for programs: what `l10n` does on the command line, as values instead of lines.

Nothing here prints, asks or reads standard input. What goes wrong is an `L10nError`, or is in the report
where the rest could go on. Each name is loaded when it is first asked for: aligning needs numpy, checking
should not wait for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from l10n.desk.aligned import Aligned, AlignReport, AlignRequest
    from l10n.desk.aligning import align, align_files
    from l10n.desk.answering import TakenIn
    from l10n.desk.approving import ApproveRequest, Candidates, approve, find_candidates
    from l10n.desk.building import BuildReport, BuildWatcher, Stage, build
    from l10n.desk.checking import CheckPlan, CheckRequest, CheckResult, check, plan_check
    from l10n.desk.counting import Standing, StatusReport, status
    from l10n.desk.exchanging import (
        Document,
        ExportRequest,
        compile_catalogs,
        export_tables,
        export_xliff,
        import_tables,
        import_xliff,
    )
    from l10n.desk.packing import PackRequest, pack, unpack
    from l10n.desk.pairs import Pair, pairs_of
    from l10n.desk.prefilled import PrefillRequest, PrefillResult
    from l10n.desk.prefilling import prefill
    from l10n.desk.publishing import PublishedPage, publish, publish_bilingual, publish_file
    from l10n.desk.renaming import Move, rename, retire
    from l10n.desk.starting import init
    from l10n.desk.updating import CatalogUpdate, UpdateReport, explain, update
    from l10n.desk.workers import open_workers
    from l10n.exchange.answers import Acceptance

_MODULES = {
    "aligned": ("AlignReport", "AlignRequest", "Aligned"),
    "aligning": ("align", "align_files"),
    "answering": ("TakenIn",),
    "approving": ("ApproveRequest", "Candidates", "approve", "find_candidates"),
    "building": ("BuildReport", "BuildWatcher", "Stage", "build"),
    "checking": ("CheckPlan", "CheckRequest", "CheckResult", "check", "plan_check"),
    "counting": ("Standing", "StatusReport", "status"),
    "exchanging": (
        "Document",
        "ExportRequest",
        "Acceptance",
        "compile_catalogs",
        "export_tables",
        "export_xliff",
        "import_tables",
        "import_xliff",
    ),
    "packing": ("PackRequest", "pack", "unpack"),
    "pairs": ("Pair", "pairs_of"),
    "prefilled": ("PrefillRequest", "PrefillResult"),
    "prefilling": ("prefill",),
    "publishing": ("PublishedPage", "publish", "publish_bilingual", "publish_file"),
    "renaming": ("Move", "rename", "retire"),
    "starting": ("init",),
    "updating": ("CatalogUpdate", "UpdateReport", "explain", "update"),
    "workers": ("open_workers",),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Acceptance",
    "AlignReport",
    "AlignRequest",
    "Aligned",
    "ApproveRequest",
    "BuildReport",
    "BuildWatcher",
    "Candidates",
    "CatalogUpdate",
    "CheckPlan",
    "CheckRequest",
    "CheckResult",
    "Document",
    "ExportRequest",
    "Move",
    "PackRequest",
    "Pair",
    "PrefillRequest",
    "PrefillResult",
    "PublishedPage",
    "Stage",
    "Standing",
    "StatusReport",
    "TakenIn",
    "UpdateReport",
    "align",
    "align_files",
    "approve",
    "build",
    "check",
    "compile_catalogs",
    "explain",
    "export_tables",
    "export_xliff",
    "find_candidates",
    "import_tables",
    "import_xliff",
    "init",
    "open_workers",
    "pack",
    "pairs_of",
    "plan_check",
    "prefill",
    "publish",
    "publish_bilingual",
    "publish_file",
    "rename",
    "retire",
    "status",
    "unpack",
    "update",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

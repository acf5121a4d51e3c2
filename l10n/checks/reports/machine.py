"""JSON: our own, and GitLab's code quality."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from l10n.checks.reports.places import fingerprints, relative, repository
from l10n.checks.run import CatalogReport, Report
from l10n.model import Counts, Finding, Severity
from l10n.text.visible import dump_json

VERSION = 1
"""Moves when a key of the JSON report changes its meaning or goes."""

_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_json(report: Report) -> str:
    """Return the report as one JSON object: version, totals, catalogs, findings."""
    return _dump(
        {
            "version": VERSION,
            "totals": _counts(report.totals),
            "catalogs": [_catalog(catalog, report) for catalog in report.catalogs],
            "findings": [_finding(finding, report) for finding in report.findings],
        }
    )


def render_gitlab(report: Report) -> str:
    """Return the findings as GitLab code quality issues."""
    root = repository(report.root)
    return _dump(
        [
            {
                "description": finding.message,
                "check_name": finding.rule,
                "fingerprint": fingerprint,
                "severity": _GITLAB[finding.severity],
                "location": {
                    "path": relative(finding.path, root),
                    "lines": {"begin": finding.line or 1},
                },
            }
            for finding, fingerprint in fingerprints(report.findings, root)
        ]
    )


def _counts(counts: Counts) -> dict[str, int]:
    """Return the counts that the shape of the report names; what nobody was offered is a finding."""
    numbers: dict[str, int] = asdict(counts)
    del numbers["not_offered"]
    return numbers


def _catalog(catalog: CatalogReport, report: Report) -> dict[str, Any]:
    return {
        "path": relative(catalog.path, report.root),
        "locale": catalog.locale,
        "article": catalog.article,
        **_counts(catalog.counts),
    }


def _finding(finding: Finding, report: Report) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": relative(finding.path, report.root),
        "line": finding.line,
        "msgctxt": finding.msgctxt,
        "msgid": finding.msgid,
        "message": finding.message,
    }


def _dump(value: object) -> str:
    return dump_json(value) + "\n"

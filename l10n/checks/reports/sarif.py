"""SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from l10n import __version__
from l10n.checks.reports.places import fingerprints, relative, repository
from l10n.checks.rulebook import RULES
from l10n.checks.run import Report
from l10n.interface import gettext as _
from l10n.interface import language
from l10n.model import Finding, Severity
from l10n.text.visible import dump_json

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report) -> str:
    """Return one run with every rule that has a result."""
    root = repository(report.root)
    used = sorted({finding.rule for finding in report.findings})
    run = {
        "tool": {
            "driver": {
                "name": "l10n",
                "version": __version__,
                "language": language(),
                "rules": [_rule(rule_id) for rule_id in used],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not report.damaged,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": f"{relative(catalog.path, root)}: {catalog.damage.message}"},
                    }
                    for catalog in report.damaged
                    if catalog.damage
                ],
            }
        ],
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": _("the repository")}}},
        "columnKind": "unicodeCodePoints",
        "results": [
            {**_result(finding, relative(finding.path, root), used.index(finding.rule)),
             "partialFingerprints": {"l10n/v1": fingerprint}}
            for finding, fingerprint in fingerprints(report.findings, root)
        ],
    }  # fmt: skip
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dump_json(log) + "\n"


def _rule(rule_id: str) -> dict[str, Any]:
    rule = RULES[rule_id]
    return {
        "id": rule.id,
        "shortDescription": {"text": _(rule.summary)},
        "fullDescription": {"text": _(rule.page)},
        "help": {"text": _(rule.page), "markdown": _(rule.page)},
        "defaultConfiguration": {
            "enabled": rule.severity is not None,
            "level": _LEVELS[rule.severity or Severity.WARNING],
        },
    }


def _result(finding: Finding, path: str, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(path), "uriBaseId": "SRCROOT"},
                    "region": {"startLine": finding.line or 1},
                }
            }
        ],
    }
    details = {
        "msgctxt": finding.msgctxt,
        "msgid": finding.msgid,
        "msgstr": finding.msgstr,
        "span": finding.span,
    }
    fields = {name: value for name, value in details.items() if value is not None}
    return {**result, "properties": fields} if fields else result

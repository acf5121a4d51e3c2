"""Annotations of GitHub Actions: the worst findings beside the lines they are about."""

from __future__ import annotations

from l10n.checks.reports.places import relative, repository, surroundings
from l10n.checks.run import Report
from l10n.interface import ngettext
from l10n.model import Finding, Severity
from l10n.text.visible import in_one_line, masked

SHOWN = 10
"""Annotations of a kind that GitHub shows for a step; the job summary has the others."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """Return workflow commands, ten of a kind at most, and one that tells how many are left out."""
    lines = []
    for severity, command in _COMMANDS.items():
        findings = [finding for finding in report.findings if finding.severity is severity]
        lines += [_annotation(command, finding, report) for finding in findings[:SHOWN]]
        if len(findings) > SHOWN:
            left = len(findings) - SHOWN
            message = ngettext(
                "{n} more of this kind: see the job summary, or run l10n check",
                "{n} more of this kind: see the job summary, or run l10n check",
                left,
            )
            lines.append(f"::{command}::" + _escape(message.format(n=left)))
    return "".join(f"{line}\n" for line in lines)


def _annotation(command: str, finding: Finding, report: Report) -> str:
    path = relative(finding.path, repository(report.root))
    properties = {"file": path, "line": str(finding.line or 1), "title": finding.rule}
    fields = ",".join(f"{name}={_escape_property(value)}" for name, value in properties.items())
    message = finding.message
    if finding.msgstr is not None and finding.span is not None:
        message += "\n" + "".join(surroundings(finding.msgstr, finding.span, 40))
    return f"::{command} {fields}::{_escape(message)}"


def _escape(text: str) -> str:
    return masked(text).replace("%", "%25").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(in_one_line(text)).replace(":", "%3A").replace(",", "%2C")

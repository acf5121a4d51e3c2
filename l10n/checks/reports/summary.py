"""A Markdown summary for the page of a CI job."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from l10n.checks.reports.counts import catalog_rows, heads, row
from l10n.checks.reports.places import relative, surroundings
from l10n.checks.run import Report
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Finding, Severity
from l10n.text.percent import with_sign
from l10n.text.visible import masked

MOST = 200
"""Findings that are listed; a job summary may not exceed one megabyte."""

_SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💬"}


def render(report: Report) -> str:
    """Return a table of counts, and the findings by file, folded."""
    lines = [f"## {_('Translations')}", "", *_table(report), ""]
    listed = sorted(report.findings, key=lambda finding: -finding.severity.rank)[:MOST]
    listed.sort(key=lambda finding: (str(finding.path), finding.line or 0))
    for path, findings in groupby(listed, key=lambda finding: finding.path):
        findings_of_file = list(findings)
        signs = " ".join(
            f"{_SIGNS[severity]} {number}"
            for severity in _SIGNS
            if (number := sum(finding.severity is severity for finding in findings_of_file))
        )
        lines += [
            f"<details><summary><code>{_in_html(relative(path, report.root))}</code> {signs}</summary>",
            "",
        ]
        lines += [_item(finding) for finding in findings_of_file]
        lines += ["", "</details>", ""]
    if len(report.findings) > MOST:
        left = len(report.findings) - MOST
        message = ngettext(
            "{n} more finding is not listed.", "{n} more findings are not listed.", left
        )
        lines += [message.format(n=left), ""]
    return "\n".join(lines) + "\n"


def _table(report: Report) -> list[str]:
    total = row(f"**{_('total')}**", report.totals, with_sign)
    rows = (heads(), *catalog_rows(report, with_sign, _code), total)
    lines = [*map(_line, rows)]
    return [lines[0], "|---|--:|--:|--:|--:|--:|", *lines[1:]]


def _code(name: str) -> str:
    return f"<code>{_plain(name)}</code>"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _item(finding: Finding) -> str:
    text = f"- {_SIGNS[finding.severity]} {finding.line or 1}: {_plain(finding.message)} (`{finding.rule}`)"
    if finding.msgstr is not None and finding.span is not None:
        before, marked, after = surroundings(finding.msgstr, finding.span, 40)
        text += f"<br>{_plain(before)}<mark>{_plain(marked)}</mark>{_plain(after)}"
    return text


def _plain(text: str) -> str:
    """Give a text that Markdown shows letter by letter, on one line."""
    return "".join(f"\\{char}" if char in _MARKS else char for char in _in_html(text))


_MARKS = "\\`*_[]|#~$"
"""What means something in GitHub's Markdown, formulas too."""


def _in_html(text: str) -> str:
    """Give a text that HTML shows letter by letter, on one line."""
    return escape(masked(text).replace("\n", " ").replace("\t", " "), quote=False)

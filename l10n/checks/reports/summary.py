"""A Markdown summary for the page of a CI job."""

from __future__ import annotations

from itertools import groupby

from l10n.checks.reports.places import relative, surroundings
from l10n.checks.run import Report
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Counts, Finding, Severity
from l10n.text.percent import with_sign

MOST = 200
"""Findings that are listed; a job summary may not exceed one megabyte."""

_SIGNS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "💬"}


def render(report: Report) -> str:
    """Give a table of counts, and the findings by file, folded."""
    lines = [f"## {_('Translations')}", "", *_table(report), ""]
    shown = sorted(report.findings, key=lambda one: -one.severity.rank)[:MOST]
    shown.sort(key=lambda one: (str(one.path), one.line or 0))
    for path, findings in groupby(shown, key=lambda one: one.path):
        listed = list(findings)
        signs = " ".join(
            f"{_SIGNS[severity]} {number}"
            for severity in _SIGNS
            if (number := sum(one.severity is severity for one in listed))
        )
        lines += [
            f"<details><summary><code>{relative(path, report.root)}</code> {signs}</summary>",
            "",
        ]
        lines += [_item(finding) for finding in listed]
        lines += ["", "</details>", ""]
    if len(report.findings) > MOST:
        left = len(report.findings) - MOST
        said = ngettext(
            "{n} more finding is not listed.", "{n} more findings are not listed.", left
        )
        lines += [said.format(n=left), ""]
    return "\n".join(lines) + "\n"


def _table(report: Report) -> list[str]:
    heads = [
        _("catalog"),
        _("translated"),
        _("reviewed"),
        _("draft"),
        _("untranslated"),
        _("words"),
    ]
    rows = [
        _row(f"`{relative(one.path, report.root)}`", one.counts)
        if one.damage is None
        else [f"`{relative(one.path, report.root)}`", _("damaged"), "", "", "", ""]
        for one in report.catalogs
    ]
    rows.append(_row(f"**{_('total')}**", report.totals))
    return [_line(heads), "|---|--:|--:|--:|--:|--:|", *map(_line, rows)]


def _row(name: str, counts: Counts) -> list[str]:
    return [
        name,
        with_sign(counts.translated, counts.total),
        with_sign(counts.reviewed, counts.total),
        str(counts.draft),
        str(counts.untranslated),
        str(counts.words),
    ]


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _item(finding: Finding) -> str:
    text = f"- {_SIGNS[finding.severity]} {finding.line or 1}: {_plain(finding.message)} (`{finding.rule}`)"
    if finding.msgstr is not None and finding.span is not None:
        before, marked, after = surroundings(finding.msgstr, finding.span, 40)
        text += f"<br>{_plain(before)}<mark>{_plain(marked)}</mark>{_plain(after)}"
    return text


def _plain(text: str) -> str:
    """Give a text that Markdown shows letter by letter, on one line."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), ("\n", " ")):
        text = text.replace(char, entity)
    return "".join(f"\\{char}" if char in "\\`*_[]|#~" else char for char in text)

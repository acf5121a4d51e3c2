"""The report for a person: findings by file with the offending words marked, then a table of counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from l10n.checks.reports.counts import catalog_rows, heads, row
from l10n.checks.reports.places import relative, surroundings
from l10n.checks.run import Report
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Finding, Severity
from l10n.text.percent import with_share
from l10n.text.tables import display_width, format_table
from l10n.text.visible import in_one_line, message_in_one_line

_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36"}
_CONTEXT = 56
"""Characters of the translation shown around what is marked."""


def render(
    report: Report,
    *,
    colour: bool = False,
    minimum: Severity = Severity.WARNING,
    counts: bool = True,
) -> str:
    """Return findings from a severity on, by file, and how far every catalog is."""
    listed = [finding for finding in report.findings if finding.severity.rank >= minimum.rank]
    lines: list[str] = []
    for path, findings in groupby(listed, key=lambda finding: finding.path):
        lines += [_paint(in_one_line(relative(path, report.root)), "1", colour)]
        for finding in findings:
            lines += _finding_lines(finding, colour)
        lines += [""]
    if counts and report.catalogs:
        lines += [*_table(report), ""]
    if counts and minimum.rank > Severity.INFO.rank:
        lines += _left_out(report)
    lines += [_summary(report, len(report.findings) - len(listed))]
    return "\n".join(lines) + "\n"


def _finding_lines(finding: Finding, colour: bool) -> Iterator[str]:
    severity = _paint(_severity_name(finding.severity), _COLOURS[finding.severity], colour)
    yield f"  {finding.line or 1}: {severity}: {message_in_one_line(finding.message)} [{finding.rule}]"
    if finding.msgstr is not None and finding.span is not None:
        yield from _marked(finding.msgstr, finding.span, colour)
    elif finding.msgid is not None:
        yield "      " + _shorten(finding.msgid, 2 * _CONTEXT)


def _severity_name(severity: Severity) -> str:
    return {
        Severity.ERROR: _("error"),
        Severity.WARNING: _("warning"),
        Severity.INFO: _("note"),
    }[severity]


def _marked(text: str, span: tuple[int, int], colour: bool) -> Iterator[str]:
    """Yield the part of a text around a span, and the span underlined on a line of its own."""
    before, marked, after = map(in_one_line, surroundings(text, span, _CONTEXT))
    yield "      " + before + _paint(marked, "4", colour) + after
    yield "      " + " " * display_width(before) + "^" * max(1, display_width(marked))


def _table(report: Report) -> Iterator[str]:
    rows = [*catalog_rows(report, with_share, in_one_line)]
    if len(rows) > 1:
        locales = sorted(
            {catalog.locale for catalog in report.catalogs if catalog.damage is None}
        )
        for locale in locales if len(locales) > 1 else ():
            name = _("total {locale}").format(locale=locale)
            rows.append(row(name, report.total(locale), with_share))
        rows.append(row(_("total"), report.totals, with_share))
    yield format_table((heads(), *rows), left=1)


def _left_out(report: Report) -> Iterator[str]:
    """Yield in one line why counts stay below 100 % where nothing is missing from the catalogs."""
    # Of an article that has changed `stale-catalog` tells it.
    number = sum(
        catalog.counts.not_offered > 0
        and all(finding.rule != "stale-catalog" for finding in catalog.findings)
        for catalog in report.catalogs
    )
    if number:
        yield ngettext(
            "the article of {n} catalog has text in no unit: its count stays below 100 %, and min_translated, which is about entries, passes; "
            "l10n update --explain lists it",
            "the articles of {n} catalogs have text in no unit: their counts stay below 100 %, and min_translated, which is about entries, passes; "
            "l10n update --explain lists it",
            number,
        ).format(n=number)
        yield ""


def _summary(report: Report, hidden: int) -> str:
    count = {
        severity: sum(finding.severity is severity for finding in report.findings)
        for severity in Severity
    }
    errors, warnings, notes = (count[severity] for severity in Severity)
    parts = [
        ngettext("{n} error", "{n} errors", errors).format(n=errors),
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
        ngettext("{n} note", "{n} notes", notes).format(n=notes),
    ]
    number = len(report.catalogs)
    text = ", ".join(parts) + " "
    text += ngettext("in {n} catalog", "in {n} catalogs", number).format(n=number)
    if hidden:
        text += "; " + ngettext(
            "{n} not shown (--severity info shows it)",
            "{n} not shown (--severity info shows them)",
            hidden,
        ).format(n=hidden)
    if report.hidden:
        text += "; " + ngettext(
            "{n} known to the baseline", "{n} known to the baseline", report.hidden
        ).format(n=report.hidden)
    return text


def _shorten(text: str, most: int) -> str:
    line = in_one_line(text)
    return line if len(line) <= most else line[: most - 1] + "…"


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text

"""The report for a person: findings by file with the offending words marked, then a table of counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from l10n.checks.reports.places import relative, surroundings
from l10n.checks.run import Report
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Counts, Finding, Severity
from l10n.text.percent import with_share

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
    """Give findings from a severity on, by file, and how far every catalog is."""
    shown = [one for one in report.findings if one.severity.rank >= minimum.rank]
    lines: list[str] = []
    for path, findings in groupby(shown, key=lambda one: one.path):
        lines += [_paint(relative(path, report.root), "1", colour)]
        for finding in findings:
            lines += _finding_lines(finding, colour)
        lines += [""]
    if counts and report.catalogs:
        lines += [*_table(report), ""]
    lines += [_summary(report, len(report.findings) - len(shown))]
    return "\n".join(lines) + "\n"


def _finding_lines(finding: Finding, colour: bool) -> Iterator[str]:
    severity = _paint(_severity_name(finding.severity), _COLOURS[finding.severity], colour)
    yield f"  {finding.line or 1}: {severity}: {_one_line(finding.message)} [{finding.rule}]"
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
    """Give the part of a text around a span, and the span underlined on a line of its own."""
    before, marked, after = map(_one_line, surroundings(text, span, _CONTEXT))
    yield "      " + before + _paint(marked, "4", colour) + after
    yield "      " + " " * _width(before) + "^" * max(1, _width(marked))


def _table(report: Report) -> Iterator[str]:
    heads = (
        _("catalog"),
        _("translated"),
        _("reviewed"),
        _("draft"),
        _("untranslated"),
        _("words"),
    )
    body = [
        _cells(relative(catalog.path, report.root), catalog.counts)
        if catalog.damage is None
        else (relative(catalog.path, report.root), _("damaged"), "", "", "", "")
        for catalog in report.catalogs
    ]
    if len(body) > 1:
        locales = sorted({one.locale for one in report.catalogs if one.damage is None})
        for locale in locales if len(locales) > 1 else ():
            found = (one.counts for one in report.catalogs if one.locale == locale)
            body.append(_cells(_("total {locale}").format(locale=locale), sum(found, Counts())))
        body.append(_cells(_("total"), report.totals))
    yield from _columns((heads, *body))


def _cells(name: str, counts: Counts) -> tuple[str, ...]:
    return (
        name,
        with_share(counts.translated, counts.total),
        with_share(counts.reviewed, counts.total),
        str(counts.draft),
        str(counts.untranslated),
        str(counts.words),
    )


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        first, *rest = (
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((first, *rest)).rstrip()


def _summary(report: Report, hidden: int) -> str:
    count = {
        severity: sum(one.severity is severity for one in report.findings)
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


def _one_line(text: str) -> str:
    """Give a text on one line, with nothing in it that a terminal would obey."""
    shown = text.translate(_VISIBLE)
    return shown if shown.isprintable() else "".join(map(_printable, shown))


_VISIBLE = str.maketrans({"\n": "⏎", "\t": "⇥", "\u00a0": "⍽", "\u202f": "⍽"})


def _printable(char: str) -> str:
    return char if char.isprintable() else "\ufffd"


def _shorten(text: str, most: int) -> str:
    line = _one_line(text)
    return line if len(line) <= most else line[: most - 1] + "…"


def _width(text: str) -> int:
    """Give the columns a text takes on a terminal."""
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    return sum(
        0
        if unicodedata.combining(char)
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


def _paint(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour and text else text

"""Who gets how many rows of the screen: the text that is decided on first, whole wherever that can be."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = 1
"""Rows of a pane's upper edge."""

_LIST_SHARE = 0.28
_LIST_MOST = 14
_USUAL_TEXT_LOW, _USUAL_TEXT_HIGH = 3, 6
_HIGH = 28
"""Rows from which panes of short texts may be higher."""
_FINDINGS_FIRST = 5
"""Rows of findings that come before those of the list and the neighbours."""
_LEAST_PAIR = 4
"""Rows of text from which source and translation are both shown."""
_REST_LEAST = 3
"""Rows in which suggestions are still of use: the title and two lines."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Rows that panes need to show everything, their titles aside."""

    source: int
    editor: int
    findings: int
    rest: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Rows that panes get, titles included; 0 for one that is not shown."""

    units: int
    source: int
    editor: int
    findings: int
    rest: int


def fits(rows: int, needs: Needs, *, units_least: int) -> bool:
    """Whether source and translation can both be shown whole."""
    return needs.source + needs.editor + 2 * TITLE + 1 + units_least <= rows


def share(
    rows: int, needs: Needs, *, units_least: int, units_usual: int | None = None
) -> Shares:
    """Share the rows of one column out.

    `units_least` are the rows that the list keeps whatever happens, 0 where it stands beside the column;
    `units_usual` those it has while texts are short.
    """
    usual_units = units_least and (units_usual or usual_list(rows))
    usual = _USUAL_TEXT_HIGH if rows >= _HIGH else _USUAL_TEXT_LOW
    usual_findings = 3 if rows >= _HIGH else 2
    if fits(rows, needs, units_least=units_least):
        source, editor = needs.source + TITLE, needs.editor + TITLE
        units, findings, rest = units_least, 1, 0
    else:  # nothing makes it whole: what helps to decide keeps its place
        units = units_least and min(usual_units, max(units_least, rows // 5))
        findings = min(2, max(1, rows // 8))
        rest = _REST_LEAST if rows >= 12 else 0
        text = max(2, rows - units - findings - rest - 2 * TITLE)
        half = text // 2
        shown = max(1, min(needs.source, max(half, text - needs.editor), text - 1))
        source, editor = shown + TITLE, max(1, text - shown) + TITLE
    spare = max(0, rows - units - source - editor - findings - rest)

    def grow(now: int, wanted: int) -> int:
        nonlocal spare
        more = max(0, min(spare, wanted - now))
        spare -= more
        return now + more

    # A free line to type into: without it the text scrolls by one, and back when the pane has grown.
    editor = grow(editor, needs.editor + TITLE + 1)
    # Panes of short texts have one height: going from unit to unit moves nothing.
    source, editor = grow(source, usual + TITLE), grow(editor, usual + TITLE)
    findings = grow(findings, usual_findings)
    rest = grow(rest, _REST_LEAST)
    # What is wrong with the text helps more than what stands around it.
    findings = grow(findings, min(needs.findings, _FINDINGS_FIRST))
    units = grow(units, usual_units)
    findings = grow(findings, min(needs.findings, findings + max(0, spare - needs.rest)))
    rest += spare
    return Shares(units, source, editor, findings, rest if rest >= 2 else 0)


def share_few(rows: int, needs: Needs) -> Shares:
    """Share out the rows of a screen that has room for source and translation alone, or for the translation."""
    text = rows - 2 * TITLE
    if text < _LEAST_PAIR:
        return Shares(0, 0, rows, 0, 0)
    source = max(1, min(needs.source, max(text // 2, text - needs.editor - 1)))
    return Shares(0, source + TITLE, text - source + TITLE, 0, 0)


def usual_list(rows: int) -> int:
    """Return the rows of the list above the panes, its filter line included."""
    return max(4, min(_LIST_MOST, round(rows * _LIST_SHARE)))

"""How far catalogs are, as bars and figures; and the days of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Counts
from l10n.review.statistics import Day, Work, days
from tui.figures import figure
from tui.widgets.panes import DIM
from tui.windows.dialogs import Window, reading_layout

_BAR, _SHORT_BAR = 20, 10
"""Cells of a bar on a wide screen, and on others."""
_DAYS = 30
_WIDE = 100
_DAY_BAR = 40
_NAME = 48
"""Cells that the names of catalogs have at most."""
_LEAST_NAME = 12
_BESIDE, _WORDS, _DUE = 37, 14, 16
"""Cells of a row beside name and bar: figures and edges, words of a wide screen, the day it is due."""


@dataclass(frozen=True, slots=True)
class Overview:
    """How one project is."""

    counts: Mapping[str, Counts]
    """By the name of the catalog."""
    home: str
    """What the record of work calls the project."""
    due: Mapping[str, date] = field(default_factory=dict)
    """When catalogs have to be ready, by name, as far as that is set."""
    works: Sequence[Work] = ()
    """What was decided in the sitting that goes on: it is on no record yet."""


class ProgressScreen(Window):
    """How far every article of a project is, today's work, and the words of the last days."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("q,w", "close", show=False)
    ]

    def __init__(self, overview: Overview) -> None:
        super().__init__()
        self._overview = overview

    def compose(self) -> ComposeResult:
        """Lay out the charts."""
        yield from reading_layout(_("Progress"), self._text())

    def _text(self) -> Content:
        overview, screen_width = self._overview, self.app.size.width
        counts_by_name = overview.counts
        width = name_cells(counts_by_name, screen_width, has_due=bool(overview.due))
        lines = [
            Content.assemble(
                fitted_name(name, width),
                "  ",
                bar_and_figures(counts, screen_width),
                due_words(overview.due.get(name)),
            )
            for name, counts in counts_by_name.items()
        ]
        if len(lines) > 1:
            total = sum(counts_by_name.values(), Counts())
            bar = bar_and_figures(total, screen_width)
            name = fitted_name(_("all of them"), width)
            lines.append(Content.assemble((name, "bold"), "  ", bar))
        if lines:
            lines.append(Content(""))
        worked = days(overview.home, unrecorded=overview.works)
        today = datetime.now().astimezone().date()
        if worked and worked[-1].day == today:
            lines += [*_today(worked[-1]), Content("")]
        lines += _day_chart(worked[-_DAYS:])
        return Content("\n").join(lines)


def name_cells(names: Iterable[str], screen_width: int, *, has_due: bool) -> int:
    """Return the cells that names of catalogs get, so that each row of figures is one row of the screen."""
    longest = max(map(cell_len, names), default=0)
    beside = _BESIDE + _bar_cells(screen_width) + (_DUE if has_due else 0)
    room = screen_width - beside - (_WORDS if screen_width >= _WIDE else 0)
    return min(longest, _NAME, max(_LEAST_NAME, room))


def fitted_name(name: str, cells: int) -> str:
    """Return a name in so many cells: where it has no room, its end tells it from others."""
    while cell_len(name) > cells:
        name = f"…{name.removeprefix('…')[1:]}"
    return set_cell_size(name, cells)


def _bar_cells(screen_width: int) -> int:
    return _BAR if screen_width >= _WIDE else _SHORT_BAR


def due_words(due: date | None) -> Content:
    """Say when something has to be ready; what is late stands out."""
    if due is None:
        return Content("")
    is_late = due < datetime.now().astimezone().date()
    words = _("late since {day}") if is_late else _("due {day}")
    style = "bold $l10n-error" if is_late else "$l10n-warning"
    return Content.styled("  " + words.format(day=f"{due:%Y-%m-%d}"), style)


def _today(day: Day) -> list[Content]:
    lines = [Content.styled(_("Today"), "bold $l10n-key")]
    for share in day.catalogs:
        units = ngettext("{number} unit", "{number} units", share.units)
        words = f"{units.format(number=figure(share.units))}, {_words(share.words)}"
        lines.append(Content.assemble(f"{share.catalog}  ", words))
    return lines


def bar_and_figures(counts: Counts, screen_width: int) -> Content:
    """Return how far a catalog is; its words too where the screen is wide."""
    figures = _figures(counts, is_wide=screen_width >= _WIDE)
    return Content.assemble(_progress_bar(counts, _bar_cells(screen_width)), "  ", figures)


def _progress_bar(counts: Counts, length: int) -> Content:
    """Return a bar: reviewed, translated, draft, the rest; by sign and by colour."""
    total = counts.total
    if not total:
        return Content.styled("·" * length, "$l10n-untranslated")
    parts = (
        (counts.reviewed, "█", "$l10n-reviewed"),
        (counts.translated - counts.reviewed, "▓", "$l10n-translated"),
        (counts.draft, "▒", "$l10n-draft"),
    )
    segments: list[tuple[str, str]] = []
    units, cells = 0, 0
    for number, sign, style in parts:
        units += number
        end = units * length // total  # of all parts so far: each rounded would not add up
        segments.append((sign * (end - cells), style))
        cells = end
    segments.append(("·" * (length - cells), "$l10n-untranslated"))
    return Content.assemble(*segments)


def _figures(counts: Counts, *, is_wide: bool) -> Content:
    parts = [
        ("✓", counts.reviewed, "$l10n-reviewed"),
        ("+", counts.translated - counts.reviewed, "$l10n-translated"),
        ("~", counts.draft, "$l10n-draft"),
        ("○", counts.untranslated, "$l10n-untranslated"),
    ]
    words = _words(counts.words) if is_wide else ""
    return Content.assemble(
        *((f"{sign}{figure(number):<6}", style) for sign, number, style in parts), (words, DIM)
    )


def _day_chart(worked: Sequence[Day]) -> list[Content]:
    if not worked:
        return [Content.styled(_("No work is on record yet."), DIM)]
    most = max(day.words for day in worked) or 1
    lines = [Content.styled(_("Words per day"), "bold $l10n-key")]
    for day in worked:
        bar = "█" * max(1, day.words * _DAY_BAR // most)
        minutes = round(day.minutes)
        spent = ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
        lines.append(
            Content.assemble(
                f"{day.day:%Y-%m-%d} ",
                (bar, "$l10n-reviewed"),
                f" {_words(day.words)}",
                (f"  {spent}", DIM),
            )
        )
    return lines


def _words(number: int) -> str:
    return ngettext("{number} word", "{number} words", number).format(number=figure(number))

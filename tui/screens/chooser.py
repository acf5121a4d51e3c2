"""The list of catalogs, with how far each is; and the days of work."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from l10n.catalog import Catalog
from l10n.errors import CatalogError
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.languages.folding import fold_for_search
from l10n.model import Counts
from l10n.review.opening import Place
from l10n.review.statistics import Day, days
from tui.figures import figure
from tui.widgets.panes import DIM, StatusLine

if TYPE_CHECKING:
    from tui.app import ReviewApp

_BAR = 20
_DAYS = 30
_WIDE = 100


class ChooserScreen(Screen[None]):
    """Catalogs of a project: article, locale, progress; Enter opens one."""

    BINDINGS = [  # noqa: RUF012 - Textual declares the type
        Binding("escape,q,ctrl+q", "app.leave", show=False),
        Binding("slash", "filter", show=False),
        Binding("w", "progress", show=False),
        Binding("f1,question_mark", "explain", show=False),
        Binding("L,shift+l", "app.switch_language", show=False),
        Binding("H,shift+h", "app.contrast", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#catalogs"

    app: ReviewApp

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self._places = places
        self._counts: dict[Path, Counts | str] = {}
        self._shown: list[Place] = []

    def compose(self) -> ComposeResult:
        """Lay out filter and list."""
        yield StatusLine(id="status")
        yield Input(id="filter", compact=True)
        yield OptionList(id="catalogs")
        yield Static("", id="keys", markup=False)

    def on_mount(self) -> None:
        """Show the list, then count."""
        self.retranslate()
        self._count()

    def on_screen_resume(self) -> None:
        """Count again: a catalog was worked on."""
        self._count()

    def retranslate(self) -> None:
        """Say everything again in the interface language."""
        self.query_one("#filter", Input).placeholder = _("/ filter by name")
        hints = [
            ("Enter", _("Open")), ("/", _("Filter")), ("w", _("Progress")), ("L", _("Language")),
            ("q", _("Quit")),
        ]  # fmt: skip
        parts = [
            part for key, label in hints for part in ((key, "bold $l10n-key"), f" {label}  ")
        ]
        self.query_one("#keys", Static).update(Content.assemble(*parts))
        self._show()

    def action_filter(self) -> None:
        """Go to the filter."""
        self.query_one("#filter", Input).focus()

    def action_progress(self) -> None:
        """Show days of work."""
        known = {
            place: counts
            for place in self._places
            if isinstance(counts := self._counts.get(place.path), Counts)
        }
        self.app.push_screen(
            ProgressScreen({place.name: counts for place, counts in known.items()})
        )

    def action_explain(self) -> None:
        """Say what the list shows."""
        self.notify(
            _("Catalogs with reviewed, translated and draft entries. Enter opens one."),
            markup=False,
        )

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self._show()

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self.query_one("#catalogs", OptionList).focus()

    @on(OptionList.OptionSelected, "#catalogs")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.app.open_place(self._shown[event.option_index])

    @work(exclusive=True)
    async def _count(self) -> None:
        for place in self._places:
            self._counts[place.path] = await asyncio.to_thread(count_file, place.path)
        self._show()

    def _show(self) -> None:
        options = self.query_one("#catalogs", OptionList)
        wanted = fold_for_search(self.query_one("#filter", Input).value)
        highlighted = options.highlighted
        self._shown = [place for place in self._places if wanted in fold_for_search(place.name)]
        width = max((cell_len(place.name) for place in self._shown), default=0)
        options.clear_options()
        options.add_options(Option(self._row(place, min(width, 48))) for place in self._shown)
        if self._shown:
            options.highlighted = min(highlighted or 0, len(self._shown) - 1)
        known = [one for one in self._counts.values() if isinstance(one, Counts)]
        total = sum(known, Counts())
        number = len(self._places)
        left = ngettext("{number} catalog", "{number} catalogs", number).format(number=number)
        left_words = total.draft + total.untranslated
        right = ngettext("{number} unit open", "{number} units open", left_words)
        self.query_one("#status", StatusLine).show(
            Content.assemble((f" l10n · {left}", "bold")),
            Content(right.format(number=figure(left_words)) + " "),
        )

    def _row(self, place: Place, width: int) -> Content:
        name = set_cell_size(place.name, width) + "  "
        counts = self._counts.get(place.path)
        if counts is None:
            return Content.assemble(name, ("…", DIM))
        if isinstance(counts, str):
            return Content.assemble(name, (counts, "$l10n-error"))
        wide = self.size.width >= _WIDE
        figures = _figures(counts, wide=wide)
        return Content.assemble(name, progress_bar(counts, _BAR), "  ", figures)


class ProgressScreen(ModalScreen[None]):
    """How far every article is, and the words of the last days."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("escape,q,w", "close", show=False)
    ]

    def __init__(self, counts: Mapping[str, Counts]) -> None:
        super().__init__()
        self._counts = counts

    def compose(self) -> ComposeResult:
        """Lay out both charts."""
        with Vertical(classes="window large"):
            yield Static(_("Progress"), classes="title", markup=False)
            with VerticalScroll(classes="body"):
                yield Static(self._text(), markup=False)
            yield Static(_("Esc closes"), classes="dim", markup=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)

    def _text(self) -> Content:
        lines: list[Content] = []
        width = min(40, max((cell_len(name) for name in self._counts), default=0))
        for name, counts in self._counts.items():
            lines.append(
                Content.assemble(
                    set_cell_size(name, width),
                    "  ",
                    progress_bar(counts, _BAR),
                    "  ",
                    _figures(counts, wide=self.app.size.width >= _WIDE),
                )
            )
        if lines:
            lines.append(Content(""))
        lines += _day_chart(days()[-_DAYS:])
        return Content("\n").join(lines)


def progress_bar(counts: Counts, width: int) -> Content:
    """Give a bar: reviewed, translated, draft, the rest; by sign and by colour."""
    total = counts.total
    if not total:
        return Content.styled("·" * width, "$l10n-untranslated")
    parts = (
        (counts.reviewed, "█", "$l10n-reviewed"),
        (counts.translated - counts.reviewed, "▓", "$l10n-translated"),
        (counts.draft, "▒", "$l10n-draft"),
    )
    drawn: list[tuple[str, str]] = []
    done, cells = 0, 0
    for number, sign, style in parts:
        done += number
        upto = done * width // total
        drawn.append((sign * (upto - cells), style))
        cells = upto
    drawn.append(("·" * (width - cells), "$l10n-untranslated"))
    return Content.assemble(*drawn)


def _figures(counts: Counts, *, wide: bool) -> Content:
    parts = [
        ("✓", counts.reviewed, "$l10n-reviewed"),
        ("+", counts.translated - counts.reviewed, "$l10n-translated"),
        ("~", counts.draft, "$l10n-draft"),
        ("○", counts.untranslated, "$l10n-untranslated"),
    ]
    return Content.assemble(
        *((f"{sign}{figure(number):<6}", style) for sign, number, style in parts),
        (
            ngettext("{number} word", "{number} words", counts.words).format(
                number=figure(counts.words)
            )
            if wide
            else "",
            DIM,
        ),
    )


def _day_chart(worked: Iterable[Day]) -> list[Content]:
    found = list(worked)
    if not found:
        return [Content.styled(_("No work is on record yet."), DIM)]
    most = max(day.words for day in found) or 1
    lines = [Content.styled(_("Words per day"), "bold $l10n-key")]
    for day in found:
        bar = "█" * max(1, day.words * 40 // most)
        words = ngettext("{number} word", "{number} words", day.words).format(
            number=figure(day.words)
        )
        minutes = round(day.minutes)
        spent = ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes)
        lines.append(
            Content.assemble(
                f"{day.day:%Y-%m-%d} ",
                (bar, "$l10n-reviewed"),
                f" {words}",
                (f"  {spent}", DIM),
            )
        )
    return lines


def count_file(path: Path) -> Counts | str:
    """Count a catalog; what is wrong with it, if something is."""
    try:
        return Catalog.load(path).counts()
    except CatalogError as error:
        return f"{error.line}: {error.message}" if error.line else error.message

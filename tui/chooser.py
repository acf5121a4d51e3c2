"""The list of catalogs, with how far each is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.cells import cell_len, set_cell_size
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.languages.folding import fold_for_search
from l10n.model import Counts
from l10n.review.opening import Place
from tui.figures import figure
from tui.widgets.panes import DIM, StatusLine
from tui.windows.progress import ProgressScreen, bar_and_figures, count_file

_NAME = 48
"""Cells that the names of catalogs have at most."""


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

    def __init__(self, places: Sequence[Place], on_choice: Callable[[Place], None]) -> None:
        super().__init__()
        self._places = places
        self._on_choice = on_choice
        self._counts: dict[Path, Counts | str] = {}
        self._listed: list[Place] = []

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
        counts = {place.name: self._counts.get(place.path) for place in self._places}
        self.app.push_screen(
            ProgressScreen(
                {name: count for name, count in counts.items() if isinstance(count, Counts)}
            )
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
    def _filter_accepted(self) -> None:
        self.query_one("#catalogs", OptionList).focus()

    @on(OptionList.OptionSelected, "#catalogs")
    def _open(self, event: OptionList.OptionSelected) -> None:
        self._on_choice(self._listed[event.option_index])

    @work(exclusive=True)
    async def _count(self) -> None:
        for place in self._places:
            self._counts[place.path] = await asyncio.to_thread(count_file, place.path)
        self._show()

    def _show(self) -> None:
        options = self.query_one("#catalogs", OptionList)
        words = fold_for_search(self.query_one("#filter", Input).value)
        highlighted = options.highlighted
        self._listed = [place for place in self._places if words in fold_for_search(place.name)]
        width = min(_NAME, max((cell_len(place.name) for place in self._listed), default=0))
        options.clear_options()
        options.add_options(Option(self._row(place, width)) for place in self._listed)
        if self._listed:
            options.highlighted = min(highlighted or 0, len(self._listed) - 1)
        counts = (count for count in self._counts.values() if isinstance(count, Counts))
        total = sum(counts, Counts())
        number, units_open = len(self._places), total.draft + total.untranslated
        left = ngettext("{number} catalog", "{number} catalogs", number).format(number=number)
        right = ngettext("{number} unit open", "{number} units open", units_open)
        self.query_one("#status", StatusLine).show(
            Content.assemble((f" l10n · {left}", "bold")),
            Content(right.format(number=figure(units_open)) + " "),
        )

    def _row(self, place: Place, width: int) -> Content:
        name = set_cell_size(place.name, width) + "  "
        counts = self._counts.get(place.path)
        if counts is None:
            return Content.assemble(name, ("…", DIM))
        if isinstance(counts, str):
            return Content.assemble(name, (counts, "$l10n-error"))
        return Content.assemble(name, bar_and_figures(counts, self.size.width))

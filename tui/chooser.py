"""The list of catalogs, with how far each is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

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
from l10n.review.queue import Queue
from tui.figures import figure
from tui.widgets.line import TextLine
from tui.widgets.panes import DIM, StatusLine
from tui.windows.progress import (
    Overview,
    ProgressScreen,
    bar_and_figures,
    due_words,
    fitted_name,
    name_cells,
)


class ChooserScreen(Screen[None]):
    """What waits for the person, most urgent first: article, locale, progress; Enter opens one."""

    BINDINGS = [  # noqa: RUF012 - Textual declares the type
        Binding("escape,q,ctrl+q", "app.leave", show=False),
        Binding("slash", "filter", show=False),
        Binding("w", "progress", show=False),
        Binding("f1,question_mark", "explain", show=False),
        Binding("t", "everything", show=False),
        Binding("alt+l", "app.switch_language", show=False),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#catalogs"

    def __init__(self, queue: Queue, on_choice: Callable[[Place], None]) -> None:
        super().__init__()
        self._queue = queue
        self._on_choice = on_choice
        self._listed: list[Place] = []
        self._shows_everything = False
        """True to list finished catalogs and those of deleted articles too."""

    def compose(self) -> ComposeResult:
        """Lay out filter and list."""
        yield StatusLine(id="status")
        yield TextLine(id="filter", compact=True)
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
            ("Enter", _("Open")), ("/", _("Filter")), ("t", _("Finished too")), ("w", _("Progress")),
            ("Alt+L", _("Language")), ("Ctrl+Q", _("Quit")),
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
        counts = {
            place.name: self._queue.counts.get(place.path) for place in self._queue.places
        }
        counted = {name: count for name, count in counts.items() if isinstance(count, Counts)}
        home = str(self._queue.project.root) if self._queue.project else ""
        overview = Overview(counted, home, self._queue.dues())
        self.app.push_screen(ProgressScreen(overview))

    def action_everything(self) -> None:
        """List finished catalogs too, or no longer."""
        self._shows_everything = not self._shows_everything
        self._show()

    def action_explain(self) -> None:
        """Say what the list shows."""
        self.notify(
            _(
                "What waits for you, most urgent first. Enter opens it; t shows what is finished too."
            ),
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
        await asyncio.to_thread(self._queue.survey)
        for place in self._queue.places:
            await asyncio.to_thread(self._queue.count, place)
        self._show()

    def _show(self) -> None:
        options = self.query_one("#catalogs", OptionList)
        words = fold_for_search(self.query_one("#filter", Input).value)
        chosen = self._chosen(options.highlighted)
        self._listed = [
            place for place in self._shown() if words in fold_for_search(place.name)
        ]
        names = [place.name for place in self._listed]
        has_due = any(map(self._queue.due, self._listed))
        width = name_cells(names, self.size.width, has_due=has_due)
        options.clear_options()
        options.add_options(Option(self._row(place, width)) for place in self._listed)
        if self._listed:
            options.highlighted = self._listed.index(chosen) if chosen in self._listed else 0
        number = len(self._listed)
        units_open = sum(map(self._queue.open_units, self._listed))
        left = ngettext("{number} catalog", "{number} catalogs", number).format(number=number)
        right = ngettext("{number} unit open", "{number} units open", units_open)
        self.query_one("#status", StatusLine).show(
            Content.assemble((f" l10n · {left}", "bold")),
            Content(right.format(number=figure(units_open)) + " "),
        )

    def _chosen(self, highlighted: int | None) -> Place | None:
        """Return the catalog one stands at; None before one has moved: the most urgent one is meant."""
        return (
            self._listed[highlighted]
            if highlighted and highlighted < len(self._listed)
            else None
        )

    def _shown(self) -> Sequence[Place]:
        """Return what waits; everything while that is not known, is asked for, or is nothing."""
        queue = self._queue
        is_counted = all(place.path in queue.counts for place in queue.places)
        waiting = queue.waiting() if is_counted and not self._shows_everything else []
        return waiting or queue.places

    def _row(self, place: Place, width: int) -> Content:
        name = fitted_name(place.name, width) + "  "
        counts = self._queue.counts.get(place.path)
        if counts is None:
            return Content.assemble(name, ("…", DIM))
        if isinstance(counts, str):
            return Content.assemble(name, (counts, "$l10n-error"))
        if (
            self._queue.sample is not None
        ):  # how far the catalog is says nothing of what was drawn
            number = self._queue.open_units(place)
            units = ngettext("{number} unit open", "{number} units open", number)
            return Content.assemble(name, units.format(number=figure(number)))
        due = due_words(self._queue.due(place))
        return Content.assemble(name, bar_and_figures(counts, self.size.width), due)

"""The filter line: the list narrows as one types in it."""

from __future__ import annotations

import asyncio
import time
from functools import partial

from l10n.interface import gettext as _
from l10n.review.filter import parse_filter
from tui.clock import Clock, Delay
from tui.desk.moves import Moves
from tui.desk.panes import Panes
from tui.desk.safety import Safety
from tui.desk.work import start

_PAUSE = 0.05
"""Seconds without a key before the list is filtered."""
_SLICE, _BREATH = 0.01, 0.005
"""Seconds of work on many units, and of rest for the keys between."""


class Filtering:
    """Shows the units that fit what stands in the filter line."""

    def __init__(self, panes: Panes, moves: Moves, safety: Safety, clock: Clock) -> None:
        self._panes = panes
        self._session = panes.session
        self._moves = moves
        self._safety = safety
        self._delay = Delay(clock, panes.screen, self.apply)

    def begin(self, query: str) -> None:
        """Show what the command line asked for, before the list is drawn for the first time."""
        self._panes.filter.value = query
        if not parse_filter(query).needs_findings:  # the checks take their time
            self._session.set_filter(query)

    def filter(self) -> None:
        """Go to the filter."""
        self._panes.filter.display = True
        self._panes.focus(self._panes.filter)

    def clear_filter(self) -> None:
        """Show all units."""
        self._panes.filter.value = ""
        self._panes.focus(self._panes.units)

    def change(self) -> None:
        """Apply what is typed, once the keys pause."""
        self._delay.start(_PAUSE)

    def accept(self) -> None:
        """Apply what is typed, and go to the list."""
        self.apply()
        self._panes.focus(self._panes.units)

    def apply(self) -> None:
        """Show what fits now."""
        self._delay.stop()
        text = self._panes.filter.value
        if text == self._session.query.text:
            return
        if parse_filter(text).needs_findings:
            self._check_and_show(text)
        else:
            self._show(text)

    def _show(self, text: str) -> None:
        self._session.set_filter(text)
        self._panes.show_list()
        if self._session.entries:
            self._moves.follow()

    def _check_and_show(self, text: str) -> None:
        work = partial(self._check_in_slices, text)
        start(self._panes.screen, work, group="check-all", exclusive=True)

    async def _check_in_slices(self, text: str) -> None:
        """Run the checks over the units a filter is about, a little at a time, then show what fits."""
        index = self._session.index
        query = parse_filter(text).without("rule")
        _query, rows = query.select_in_time(index, range(len(index.entries)))
        began = time.monotonic()
        for number, row in enumerate(rows):
            index.prepare_rules(row)
            if time.monotonic() - began > _SLICE:
                percent = number * 100 // len(rows)
                self._safety.note = _("checking {percent} %").format(percent=percent)
                self._panes.show_status()
                await asyncio.sleep(_BREATH)
                began = time.monotonic()
                if self._panes.filter.value != text:
                    break
                if self._session.index is not index:  # somebody else's version came in
                    self._check_and_show(text)
                    return
        self._safety.note = ""
        if self._panes.filter.value == text:
            self._show(text)

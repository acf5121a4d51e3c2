"""Where one stands in a catalog, and which of its units are shown."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from l10n.catalog import Entry
from l10n.model import Key
from l10n.review.filter import Order, Query, parse_filter
from l10n.review.statistics import Sitting
from l10n.review.units import Units

_TRAIL = 100
"""Units one can go back to."""


class Cursor:
    """The unit and the plural form one stands at; moves among the rows that the filter shows."""

    def __init__(
        self, units: Units, sitting: Sitting, before_leaving: Callable[[], object]
    ) -> None:
        self.position = 0
        """Row one stands at; the filter may hide it."""
        self.query = Query("")
        self.visible: Sequence[int] = range(len(units.entries))
        """Rows that the filter shows, in the order it asks for."""
        self._places: dict[int, int] | None = None
        """Where each visible row stands, where they do not ascend."""
        self.arrived = time.monotonic()
        """When one came to the unit."""
        self._keys_before = 0
        self._units = units
        self._sitting = sitting
        self._before_leaving = before_leaving
        self._form = 0
        self._forms_seen = {0}
        """Plural forms looked at since one came to the unit."""
        self._trail: list[tuple[int, Key]] = []

    @property
    def entry(self) -> Entry:
        """The entry one stands at; IndexError in a catalog without entries."""
        return self._units.entries[self.position]

    @property
    def form(self) -> int:
        """Plural form that is being edited."""
        return self._form

    @form.setter
    def form(self, form: int) -> None:
        self._form = form
        self._forms_seen.add(form)

    @property
    def unseen_forms(self) -> Iterator[int]:
        """Plural forms of the unit that one has not looked at."""
        return (form for form in range(len(self.entry.msgstrs)) if form not in self._forms_seen)

    @property
    def source(self) -> str:
        """The source of the form that is being edited."""
        entry = self.entry
        return entry.msgid_plural if self.form and entry.msgid_plural else entry.msgid

    @property
    def place(self) -> int | None:
        """Where the current row stands among the visible ones; None when the filter hides it."""
        return self._place_of(self.position)

    def shows(self, row: int) -> bool:
        """Whether a row is among the visible ones."""
        return self._place_of(row) is not None

    # Moving

    def go_to(self, row: int) -> None:
        """Stand at a row; unfinished text of the row left behind is kept as a draft."""
        if row == self.position or not self._units.entries:
            return
        self._before_leaving()
        self._trail.append((self.position, self.entry.key))
        del self._trail[:-_TRAIL]
        self.arrive(row)

    def step(self, rows: int) -> None:
        """Go up or down among the visible rows, to the first or last at most."""
        if not self.visible:
            return
        place = self.place
        if place is None:
            place = self._nearest_place() - (rows > 0)
        self.go_to(self.visible[max(0, min(len(self.visible) - 1, place + rows))])

    def next_open(self, *, backwards: bool = False) -> bool:
        """Go to the nearest visible row that wants a decision, round the end; False when there is none."""
        # What another editor has translated comes last: somebody has decided about that, unsigned.
        index = self._units.index
        for wants in (index.is_open, index.is_unsigned):
            row = self._nearest(wants, backwards=backwards)
            if row is not None:
                self.go_to(row)
                return True
        return False

    def back(self) -> bool:
        """Go back to where one stood before; False at the beginning."""
        while self._trail:
            hint, key = self._trail.pop()
            row = self._units.row_of(key, hint)
            if row is not None and row != self.position:
                self._before_leaving()
                self.arrive(row)
                return True
        return False

    def arrive(self, row: int) -> None:
        """Stand at a row, whatever was left behind."""
        self._sitting.touch()
        self.position = row
        self._form, self._forms_seen = 0, {0}
        self.arrived = time.monotonic()
        self._keys_before = self._sitting.keys

    @property
    def keys(self) -> int:
        """Keys that were pressed since one came to the unit."""
        return self._sitting.keys - self._keys_before

    def _place_of(self, row: int) -> int | None:
        """Return where a row stands among the visible ones; None when it does not."""
        if self._places is not None:
            return self._places.get(row)
        place = bisect_left(self.visible, row)
        return place if place < len(self.visible) and self.visible[place] == row else None

    def _nearest_place(self) -> int:
        """Return where the row one stands at is, or would be if it were shown: at the top of an order of its own."""
        if self._places is not None:
            return self._places.get(self.position, 0)
        return bisect_left(self.visible, self.position)

    def _nearest(self, wants: Callable[[int], bool], *, backwards: bool) -> int | None:
        visible = self.visible
        middle = self._nearest_place()
        after = middle + (self.place is not None)
        order = (
            [range(middle - 1, -1, -1), range(len(visible) - 1, after - 1, -1)]
            if backwards
            else [range(after, len(visible)), range(middle)]
        )
        for places in order:
            for place in places:
                if wants(visible[place]):
                    return visible[place]
        return None

    # What is shown

    def set_filter(self, text: str) -> None:
        """Show the rows that fit; the position moves to the nearest one."""
        query, all_rows = parse_filter(text), range(len(self._units.entries))
        # A filter that only grew is sought for in what the shorter one showed: each key costs less.
        candidates = self.visible if query.narrows(self.query) else all_rows
        self.query, self.visible = query, all_rows
        if query.terms or query.order is not Order.CATALOG:
            self.query, self.visible = query.select_in_time(self._units.index, candidates)
        self._places = None
        if self.query.order is not Order.CATALOG:
            self._places = {row: place for place, row in enumerate(self.visible)}
        if self.visible and self.place is None:
            self.go_to(self.visible[min(self._nearest_place(), len(self.visible) - 1)])

    def return_to(self, key: Key | None) -> None:
        """Stand at the same unit, with the same filter, in another version of the catalog."""
        self.position = (self._units.row_of(key, self.position) or 0) if key else 0
        text, self.query = self.query.text, Query("")
        self.visible = range(len(self._units.entries))
        self.set_filter(text)

"""Going from unit to unit and from pane to pane."""

from __future__ import annotations

from l10n.interface import gettext as _
from tui.clock import Clock, Delay
from tui.commands import shown_key
from tui.desk.panes import Panes

_SETTLE = 0.08
"""Seconds the cursor has to rest before the panes follow it, while it is moving fast."""
_SOON = 0.03
"""Seconds after a single move: the list is drawn first, and shows the answer to the key."""
_FAST = 0.1
"""Seconds between two moves below which the cursor is moving fast."""


class Moves:
    """Moves the session's cursor, with the list right behind it and the panes a moment later."""

    def __init__(self, panes: Panes, clock: Clock) -> None:
        self._panes = panes
        self._session = panes.session
        self._screen = panes.screen
        self._clock = clock
        self._moved_at = 0.0
        self._settle = Delay(clock, panes.screen, panes.show_unit)

    def stand_at(self, row: int) -> None:
        """Stand at a row: the list follows at once, the panes when the cursor rests."""
        self._session.go_to(row)
        self.follow()

    def follow(self) -> None:
        """Show where the session stands now: the list at once, the panes a moment later."""
        panes, now = self._panes, self._clock.now()
        panes.units.move(self._session.place)
        is_fast, self._moved_at = now - self._moved_at < _FAST, now
        if self._screen.focused is panes.editor:
            panes.show_text()  # it has to be there before the next key that is typed
        self._settle.start(_SETTLE if is_fast else _SOON)

    def settled(self) -> None:
        """Take note that the panes show where the session stands."""
        self._settle.stop()

    def go_on(self) -> bool:
        """Go to the next unit that wants a decision, after one was made; False when none is left."""
        decided_place = self._session.place
        if decided_place is not None:
            self._panes.units.refresh_row(decided_place)
        if self._session.next_open():
            self.follow()
            return True
        self._panes.say(_("Nothing is left to decide here."))
        self._panes.show_unit()
        return False

    # Commands

    def next_open(self) -> None:
        """Go to the next open unit."""
        if self._session.next_open():
            self.follow()
        else:
            self._panes.say(_("Nothing is left to decide here."))

    def previous_open(self) -> None:
        """Go to the open unit before."""
        if self._session.next_open(backwards=True):
            self.follow()

    def next_unit(self) -> None:
        """Go down."""
        self._step(1)

    def previous_unit(self) -> None:
        """Go up."""
        self._step(-1)

    def page_down(self) -> None:
        """Go down a page."""
        self._step(self._panes.units.page)

    def page_up(self) -> None:
        """Go up a page."""
        self._step(-self._panes.units.page)

    def source_down(self) -> None:
        """Show more of a long source."""
        self._panes.source.turn(1)

    def source_up(self) -> None:
        """Show what comes before in a long source."""
        self._panes.source.turn(-1)

    def go_back(self) -> None:
        """Go back to where one was."""
        if self._session.back():
            self.follow()

    def form(self) -> None:
        """Go to the next plural form."""
        session = self._session
        forms = len(session.entry.msgstrs) if session.entries else 1
        if forms > 1:
            session.form = (session.form + 1) % forms
            self._panes.show_unit()

    def switch_pane(self) -> None:
        """Go from list to editor and back."""
        panes = self._panes
        # A very small terminal has no list: the editor is the only place to be.
        if self._screen.focused is panes.units or not panes.units.display:
            panes.show_unit()
            panes.focus(panes.editor)
        else:
            panes.focus(panes.units)

    def next_finding(self) -> None:
        """Go to the next finding."""
        panes = self._panes
        findings = panes.findings() if self._session.entries else ()
        placed = [finding for finding in findings or () if finding.span]
        if not placed:
            panes.say(_("The checks find nothing here."))
            return
        panes.finding = (panes.finding + 1) % len(placed)
        finding = placed[panes.finding]
        if finding.span is not None:
            panes.editor.select_span(*finding.span)
            panes.focus(panes.editor)
        key = panes.bound_keys().get("fix")
        if finding.fix is not None and key:
            panes.say(_("{key} applies the repair.").format(key=shown_key(key)))

    def mark(self) -> None:
        """Mark the current row, or unmark it."""
        if self._session.entries:
            self._session.mark([self._session.position])
            self._panes.show_row()

    def mark_down(self) -> None:
        """Mark and go down; what is marked stays so."""
        if self._session.position not in self._session.index.marked:
            self.mark()
        self._step(1)

    def _step(self, rows: int) -> None:
        if self._session.entries:
            self._session.step(rows)
            self.follow()

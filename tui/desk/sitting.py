"""Sitting down at a catalog and leaving it: who else is there, what a crash left, what others changed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from textual.screen import ModalScreen

from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.review.content import content_of
from l10n.review.keeper import Conflict
from l10n.review.lock import Holder
from tui.desk.application import Application
from tui.desk.decisions import Decisions
from tui.desk.look_ups import LookUps
from tui.desk.panes import Panes
from tui.desk.safety import Safety
from tui.desk.work import start
from tui.figures import figure
from tui.marks import visible
from tui.windows.dialogs import Choice, Question
from tui.windows.sides import Choices, ConflictScreen, RecoveryScreen

_LATER = 0.25
"""Seconds after which it is tried again to ask a person who was typing."""


class Sitting:
    """Takes the catalog, asks what has to be asked about it, and gives it up."""

    def __init__(
        self,
        panes: Panes,
        decisions: Decisions,
        look_ups: LookUps,
        safety: Safety,
        application: Application,
    ) -> None:
        self._panes = panes
        self._session = panes.session
        self._screen = panes.screen
        self._decisions = decisions
        self._look_ups = look_ups
        self._safety = safety
        self._application = application
        self._conflicts: tuple[Conflict, ...] = ()
        """Those nobody was asked about yet."""
        self._is_leaving = False

    async def _ask(self, window: ModalScreen[object]) -> object:
        return await self._screen.app.push_screen_wait(window)

    # Sitting down

    def begin(self) -> None:
        """Take the catalog, before any key can change it."""
        session, keeper = self._session, self._session.keeper
        holder = None
        if _is_writable(keeper.path):
            holder = keeper.start(session.reviewer)
            session.read_only = holder is not None
        else:
            session.read_only = True
            self._panes.say(
                _("The file is read-only: you can look, not change."), severity="warning"
            )
        start(self._screen, partial(self._sit_down, holder))

    async def _sit_down(self, holder: Holder | None) -> None:
        session, keeper = self._session, self._session.keeper
        if holder is not None:
            await self._ask_to_take_over(holder)
        if not session.read_only:
            await self._offer_recovery()
        if keeper.trouble:
            self._panes.say(keeper.trouble, severity="error")

    async def _ask_to_take_over(self, holder: Holder) -> None:
        answer = await self._ask(
            Question(
                _("Somebody is at this catalog"),
                _("{user} on {host} has it open (process {pid}).").format(
                    user=holder.user, host=holder.host, pid=holder.pid
                ),
                (
                    Choice("r", _("Read only"), "read"),
                    Choice("t", _("Take over: the other can only read from then on"), "take"),
                ),
                more=_("Taking over loses nothing: the other program saves first."),
                clock=self._application.clock,
            )
        )
        if answer == "take":
            self._session.keeper.start(self._session.reviewer, force=True)
            self._session.read_only = False
            self._panes.show_unit()
        else:
            self._safety.holder = holder
            self._panes.show_status()

    async def _offer_recovery(self) -> None:
        keeper = self._session.keeper
        unsaved = keeper.recoverable()
        answer = await self._ask(RecoveryScreen(unsaved)) if unsaved else ()
        if not isinstance(answer, Choices):
            keeper.settle_left_behind(keep=() if answer == "forget" else unsaved)
            return
        number = self._session.recover(answer.chosen)
        keeper.settle_left_behind(keep=answer.others)
        self._safety.soon()
        self._panes.say(_told(number, others=bool(answer.others)))
        self._panes.show_changed()
        self._panes.show_list()

    # Conflicts

    def settle_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Ask about entries that were changed on both sides, once the person stops typing."""
        self._conflicts += conflicts
        self._ask_when_still()

    def _ask_when_still(self) -> None:
        if not self._conflicts or not self._screen.is_mounted:
            return
        session = self._session
        # Who stands at the unit itself is asked at once: it shows the other's text by now.
        stands_there = bool(session.entries) and session.entry.key in {
            conflict.key for conflict in self._conflicts
        }
        is_free = self._screen.app.screen is self._screen and not self._is_leaving
        if is_free and (self._safety.is_still or stands_there):
            window = ConflictScreen(self._take_conflicts(), self._application.clock)
            self._screen.app.push_screen(window, self._take_answers)
        else:
            self._application.clock.after(self._screen, _LATER, self._ask_when_still)

    def _take_conflicts(self) -> tuple[Conflict, ...]:
        """Return the open conflicts; what was done since on top of the other's version is theirs."""
        session, conflicts = self._session, []
        for conflict in self._conflicts:
            row = session.row_of(conflict.key)
            if row is not None and row == session.position:
                session.keep_text()
            theirs = conflict.theirs if row is None else content_of(session.entries[row])
            conflicts.append(replace(conflict, theirs=theirs))
        self._conflicts = ()
        return tuple(conflicts)

    def _take_answers(self, answer: object) -> None:
        session = self._session
        if not isinstance(answer, tuple) or session.read_only:
            return  # the journal keeps mine: it is offered at the next start
        for conflict, is_ours in answer:
            if is_ours and not session.put_content(conflict.key, conflict.ours, N_("Mine")):
                continue
            session.keeper.decided(conflict.key)
        self._decisions.settle()

    # Leaving

    def offer_next(self) -> None:
        """Offer the next catalog that waits, now that nothing is left in this one."""
        if not self._session.query.terms:  # a filter hides what may still be open here
            start(self._screen, self._offer_next, group="window")

    async def _offer_next(self) -> None:
        path, queue = self._session.keeper.path, self._application.queue
        following = await asyncio.to_thread(queue.next_after, path)
        if following is None:
            return
        number = queue.open_units(following)
        units = ngettext("{number} unit open", "{number} units open", number)
        answer = await self._ask(
            Question(
                _("Everything is decided here"),
                _("Next: {name}, {units}").format(
                    name=visible(following.name), units=units.format(number=figure(number))
                ),
                (
                    Choice("Enter", _("Go on there"), "next"),
                    Choice("s", _("Stay"), "stay"),
                    Choice("q", _("Save and leave"), "quit"),
                ),
            )
        )
        if answer == "next":
            self.leave(partial(self._application.open_place, following))
        elif answer == "quit":
            self.quit()

    def save(self) -> None:
        """Save now."""
        self._safety.now()

    def quit(self) -> None:
        """Save everything and leave."""
        self.leave(self._screen.app.exit)

    def choose(self) -> None:
        """Choose another catalog."""
        self.leave(self._application.show_chooser)

    def leave(self, go: Callable[[], object]) -> None:
        """Save, give the catalog up and go elsewhere."""

        async def leave_and_go() -> None:
            if await self._may_leave():
                go()

        start(self._screen, leave_and_go, group="leave", exclusive=True)

    async def _may_leave(self) -> bool:
        """Save and give the catalog up; asks when saving fails. False to stay."""
        self._is_leaving = True
        while True:
            problem = await self._safety.close()
            if self._conflicts:
                window = ConflictScreen(self._take_conflicts(), self._application.clock)
                self._take_answers(await self._ask(window))
                continue
            if not problem:
                self._application.unsaved.pop(self._session.keeper.path, None)
                break
            answer = await self._ask(_not_saved(problem))
            if answer == "leave":
                self._application.unsaved[self._session.keeper.path] = None
                break
            if answer != "retry":
                self._is_leaving = False
                return False
        self._application.keep_statistics(self._session)
        self._session.keeper.close()
        await self._look_ups.adviser.close()
        return True


def _not_saved(problem: str) -> Question:
    return Question(
        _("Not everything is saved"),
        problem,
        (
            Choice("r", _("Try again"), "retry"),
            Choice("q", _("Leave anyway: the journal is offered at the next start"), "leave"),
            Choice("s", _("Stay"), "stay"),
        ),
    )


def _told(number: int, *, others: bool) -> str:
    """Return what became of the work that a sitting had left unsaved."""
    if not number:
        return _("Nothing is put back. It is asked again next time.")
    message = ngettext("{number} unit put back.", "{number} units put back.", number)
    if others:
        message += " " + _("The others are asked about again next time.")
    return message.format(number=number)


def _is_writable(path: Path) -> bool:
    """Whether a file says it may be written: root could write any."""
    try:
        return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)
    except OSError:
        return False

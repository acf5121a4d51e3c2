"""When the catalog is saved, and what happens when others write it meanwhile."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Protocol

from textual.content import Content
from textual.screen import Screen

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Key
from l10n.review.content import content_of
from l10n.review.keeper import Conflict, Keeper, Outcome
from l10n.review.lock import Holder, living_holder, lock_path
from l10n.review.session import Session
from tui.desk.application import Application
from tui.desk.work import Work, start
from tui.marks import visible

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

_TICK = 1.0
_REST = 2.0
"""Seconds after a decision before the catalog is written: the journal has it already."""
_COST = 20.0
"""The catalog is written at most so rarely that writing takes a twentieth of the time."""
_RETRY = 10.0
_STILL = 1.5
"""Seconds without a key after which a person is not in the middle of typing."""
_ROUNDS = 5
"""How often merging and saving are tried again while others keep on writing."""
_LEARN_UP_TO = 4 << 20
"""Bytes of a catalog beyond which the memory does not learn from every save."""


class Sight(Protocol):
    """What Safety lets a person see."""

    def show_status(self) -> None:
        """Show progress and safety."""

    def show_unit(self) -> None:
        """Show the unit one stands at."""

    def show_merged(self) -> None:
        """Show the catalog as others wrote it."""

    def say(self, message: str, *, severity: SeverityLevel = "information") -> None:
        """Tell the person something in passing."""

    def settle_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Ask about entries that were changed on both sides."""

    def learn(self) -> None:
        """Let the memory read what was saved."""


class Safety:
    """Saves off the screen's thread, and keeps an eye on file and lock."""

    def __init__(
        self, screen: Screen[None], session: Session, sight: Sight, application: Application
    ) -> None:
        self._screen = screen
        self._session = session
        self._sight = sight
        self._application = application
        self._clock = application.clock
        self._due = 0.0
        """When the catalog is to be written; 0 while nothing has to be."""
        self._cost = 0.0
        """Seconds the last save took."""
        self._busy = asyncio.Lock()
        self._saved_at = ""
        self._last_problem = ""
        self._held: Key | None = None
        """The unit whose typing a merge waits for."""
        self.holder: Holder | None = None
        """Who has the catalog, while one only reads for that reason."""
        self.note = ""
        """What is going on, in front of everything else."""

    @property
    def _keeper(self) -> Keeper:
        return self._session.keeper

    @property
    def is_still(self) -> bool:
        """Whether no key came for a while."""
        return self._clock.now() - self._application.touched >= _STILL

    def start(self) -> None:
        """Begin to look after the file."""
        self._clock.every(self._screen, _TICK, self._tick)

    def soon(self) -> None:
        """Save before long: something was decided."""
        if not self._due:
            self._due = self._clock.now() + max(_REST, self._cost * _COST)

    def now(self) -> None:
        """Save at once."""
        self._session.keep_text()
        self._due = self._clock.now()
        self._tick()

    async def close(self) -> str:
        """Save for the last time; returns what went wrong, or nothing."""
        self._session.keep_text()
        return await self._save(patient=False)

    def flush(self) -> None:
        """Save without waiting for anything: the process has to end."""
        session = self._session
        session.keep_text()
        for _round in range(_ROUNDS):
            if session.read_only or not self._keeper.is_dirty:
                break
            outcome = self._keeper.save(self._keeper.plan())
            if outcome.theirs is None:
                self._keeper.settle(outcome)
                break
            session.adopt(outcome)
        self._keeper.close()

    def words(self) -> Content:
        """Say how safe the work is."""
        if self.note:
            return Content.styled(f"{self.note} ", "bold $l10n-warning")
        keeper = self._keeper
        if self._session.read_only:
            words = _("read only")
            if self.holder is not None:
                words = _("read only: {user} has it").format(user=visible(self.holder.user))
            return Content.styled(words + " ", "bold $l10n-warning")
        if keeper.trouble:
            return Content.styled(f"{keeper.trouble} ", "bold $l10n-error")
        if keeper.is_dirty:
            number = len(keeper.dirty)
            text = ngettext("{number} unsaved", "{number} unsaved", number)
            return Content.styled(text.format(number=number) + " ", "$l10n-warning")
        if self._saved_at:
            return Content.styled(
                _("saved {time}").format(time=self._saved_at) + " ", "$l10n-reviewed"
            )
        return Content("")

    def _tick(self) -> None:
        if self._busy.locked():
            return
        session = self._session
        # Giving way comes first: the other one waits for nothing, and works on what is on disk.
        if not session.read_only and not self._keeper.holds_place(session.reviewer):
            self._run(self._give_way)
        elif self.holder is not None:
            self._see_who_holds_it()
            if self._keeper.was_written_outside():
                self._run(self._look)
        elif self._held is not None and self._is_typing_in(self._held):
            return
        elif self._due and self._clock.now() >= self._due:
            self._due = 0.0
            self._run(self._save)
        elif self._keeper.was_written_outside():
            self._run(self._look)
        elif not self._due and not session.read_only and self._keeper.is_dirty:
            self.soon()  # a text that was typed and left behind: no decision asked for it

    def _see_who_holds_it(self) -> None:
        """Sit down at the catalog when whoever had it has left."""
        holder = living_holder(lock_path(self._keeper.path))
        if holder is None and not self._keeper.was_written_outside():
            left, holder = self.holder, self._keeper.start(self._session.reviewer)
            self._session.read_only = holder is not None
            if holder is None and left is not None:
                message = _("{user} has left: you can change this catalog now.")
                self._sight.say(message.format(user=visible(left.user)))
                self.holder = None
                self._sight.show_unit()
                return
        self.holder = holder or self.holder
        self._sight.show_status()

    def _run(self, work: Work) -> None:
        start(self._screen, work, group="safety")

    def _is_typing_in(self, key: Key) -> bool:
        session = self._session
        return not self.is_still and bool(session.entries) and session.entry.key == key

    def _interrupts(self, outcome: Outcome) -> bool:
        """Whether another version would change a unit under the hands of who types in it."""
        session = self._session
        if outcome.theirs is None or self.is_still or not session.entries:
            return False
        entry = session.entry
        theirs = outcome.theirs.find(entry.msgid, entry.msgctxt)
        if theirs is not None and content_of(theirs) == self._keeper.on_disk(entry):
            return False
        self._held = entry.key
        return True

    async def _save(self, *, patient: bool = True) -> str:
        """Write the catalog, merging as often as somebody else wrote it; returns what went wrong.

        A patient save waits with merging until the person has stopped typing or left the unit.
        """
        async with self._busy:
            keeper = self._keeper
            for _round in range(_ROUNDS):
                if self._session.read_only or not keeper.is_dirty:
                    break
                # Planned here and written there: what is decided meanwhile is for the next save.
                job = keeper.plan()
                outcome = await asyncio.to_thread(keeper.save, job)
                if patient and self._interrupts(outcome):
                    self._due = self._clock.now()
                    break
                if outcome.theirs is not None:
                    self._merge(outcome)
                    continue
                self._settle(outcome)
                break
        self._sight.show_status()
        return self._keeper.trouble

    def _settle(self, outcome: Outcome) -> None:
        self._keeper.settle(outcome)
        if outcome.problem:
            # Said once: a full disk is tried again every few seconds.
            if outcome.problem != self._last_problem:
                self._sight.say(outcome.problem, severity="error")
            self._due = self._clock.now() + _RETRY
        elif outcome.written:
            self._saved_at = time.strftime("%H:%M:%S")
            self._cost = outcome.seconds
            if outcome.size < _LEARN_UP_TO:
                self._sight.learn()
        self._last_problem = outcome.problem

    async def _look(self) -> None:
        """Take over what somebody else wrote to the file."""
        async with self._busy:
            outcome = await asyncio.to_thread(self._keeper.read_disk)
            if self._interrupts(outcome):
                return
            if outcome.theirs is not None:
                self._merge(outcome)
            elif outcome.problem:
                self._settle(outcome)

    async def _give_way(self) -> None:
        """Somebody took the catalog over: hand in what is unsaved, and only read from now on."""
        session = self._session
        session.keep_text()
        while self._keeper.is_dirty and not await self._save(patient=False):
            session.keep_text()  # what was decided while the file was being written
        session.read_only = True
        self.holder = living_holder(lock_path(self._keeper.path))
        self._sight.say(
            _(
                "Somebody else took this catalog over. Your work is saved; you can only read now."
            ),
            severity="warning",
        )
        self._sight.show_unit()

    def _merge(self, outcome: Outcome) -> None:
        self._held = None
        merged = self._session.adopt(outcome)
        if merged is None:
            return
        sight = self._sight
        sight.show_merged()
        if merged.taken:
            message = ngettext(
                "{number} unit was changed by somebody else and is merged in.",
                "{number} units were changed by somebody else and are merged in.",
                merged.taken,
            )
            sight.say(message.format(number=merged.taken))
        if merged.homeless:
            number = len(merged.homeless)
            message = ngettext(
                "{number} unit you changed is no longer in the catalog; recovery keeps it.",
                "{number} units you changed are no longer in the catalog; recovery keeps them.",
                number,
            )
            sight.say(message.format(number=number), severity="warning")
        if merged.conflicts:
            sight.settle_conflicts(merged.conflicts)
        if self._keeper.is_dirty:
            self.soon()

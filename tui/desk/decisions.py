"""What is decided about units, one or many, and what stands in the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import State
from l10n.review.decisions import Decision, Refusal
from tui.clock import Clock
from tui.desk.moves import Moves
from tui.desk.panes import Panes
from tui.desk.safety import Safety
from tui.desk.work import start
from tui.figures import figure
from tui.marks import visible
from tui.names import STATE_NAMES
from tui.windows.dialogs import Choice, Question


class Decisions:
    """Has the session decide, saves before long, and goes on."""

    def __init__(
        self,
        panes: Panes,
        moves: Moves,
        safety: Safety,
        clock: Clock,
        on_end: Callable[[], None],
    ) -> None:
        self._panes = panes
        self._clock = clock
        self._session = panes.session
        self._moves = moves
        self._safety = safety
        self._on_end = on_end
        self._warned_row = -1
        """Row whose errors the person has seen: a second approval is meant."""
        self._one_by_one = asyncio.Lock()
        """Held while other catalogs are written: what is done and taken back there keeps its order."""
        self._has_told = False
        """Whether the last thing said is about a decision: it is over with the next one."""

    # May it be?

    def may_write(self) -> bool:
        """Whether anything may be changed here; says why not."""
        if not self._session.entries:
            return False
        if self._session.read_only:
            self._panes.say(_("This catalog is open for reading only."), severity="warning")
            return False
        return True

    def may_decide(self) -> bool:
        """Whether the unit may be changed: not where the filter hides it, for nobody sees it there."""
        if not self.may_write():
            return False
        if self._session.place is not None:  # the row is in the list
            return True
        if self._session.visible:
            number = self._session.position + 1
            problem = _("The filter hides unit {number}.").format(number=number)
        else:
            problem = _("Nothing fits the filter.")
        self._panes.say(problem, severity="warning")
        return False

    def forget_warning(self) -> None:
        """Warn again at the next approval: the text is another, or the unit is."""
        if self._warned_row >= 0:
            self._warned_row = -1
            self._panes.hush()

    def _tell(self, message: str) -> None:
        """Say what came of a decision."""
        self._panes.say(message)
        self._has_told = True

    def settle(self) -> None:
        """Save before long and show everything again, after something was decided."""
        self._safety.soon()
        self._panes.show_changed()

    # One unit

    def approve(self) -> None:
        """Accept and go on."""
        if not self.may_decide():
            return
        session = self._session
        answer = session.approve(force=self._warned_row == session.position, blindly=False)
        if isinstance(answer, Refusal):
            self._refuse(answer)
            return
        self._go_on()
        if answer.others:
            self._panes.units.refresh()
        self._fill_elsewhere(answer, answer.others)

    def _fill_elsewhere(self, decision: Decision, repeats: int = 0) -> None:
        """Fill the repeats of other catalogs too, beside the keys; says how many there are in all."""
        start(self._panes.screen, partial(self._follow, decision, repeats), group="elsewhere")

    async def _follow(self, decision: Decision, repeats: int) -> None:
        async with self._one_by_one:
            elsewhere = await asyncio.to_thread(self._session.follow, decision)
        number = repeats + elsewhere
        if not number:
            return
        message = ngettext("{number} repeat filled.", "{number} repeats filled.", number)
        if elsewhere:
            message = ngettext(
                "{number} repeat filled, in another catalog.",
                "{number} repeats filled, {elsewhere} of them in other catalogs.",
                number,
            )
        words = message.format(number=number, elsewhere=elsewhere)
        self._tell(words + " " + _("Ctrl+R takes it back."))

    async def _withdraw(self, decision: Decision) -> None:
        async with self._one_by_one:
            elsewhere = await asyncio.to_thread(self._session.withdraw, decision)
        number = len(decision.changes) + elsewhere
        if number == 1:  # the last decision may have been made far from where one was
            words = _("Taken back in unit {unit}: {what}.")
        else:
            words = _("Taken back: {what}, {number} units.")
        words = words.format(
            what=_(decision.label), number=number, unit=self._session.position + 1
        )
        if decision.has_new_text:
            words += " " + _("Ctrl+Z brings the text back.")
        self._tell(words)

    def save_draft(self) -> None:
        """Keep as draft and go on."""
        if self.may_decide():
            self._session.save_draft()
            self._go_on()

    def omit(self) -> None:
        """Leave out on purpose and go on, after asking."""
        question = _("Leave this unit out of the translation?")
        self._ask_first(question, self._leave_out)

    def reject(self) -> None:
        """Throw away, after asking where there is something to throw away."""
        if self._session.entries and not self._session.text:
            self._throw_away()
        else:
            self._ask_first(_("Throw this translation away?"), self._throw_away)

    def _leave_out(self) -> None:
        self._session.omit()
        self._go_on()

    def _throw_away(self) -> None:
        if self.may_decide():
            self._session.reject()
            self.settle()

    def _go_on(self) -> None:
        self.forget_warning()
        if self._has_told:
            self._has_told = False
            self._panes.hush()
        self._safety.soon()
        if not self._moves.go_on():
            self._panes.show_unit()
            self._on_end()

    def _ask_first(self, title: str, decide: Callable[[], None]) -> None:
        """Ask before a text is taken away: one letter in the wrong pane must not do that."""
        start(self._panes.screen, partial(self._ask_and_do, title, decide), group="window")

    async def _ask_and_do(self, title: str, decide: Callable[[], None]) -> None:
        if not self.may_decide():
            return
        session = self._session
        key, text = session.entry.key, session.text
        question = Question(
            title,
            visible(text),
            (Choice("y", _("Yes"), "yes"), Choice("n", _("No"), "no")),
            more=_("Ctrl+R takes it back."),
            clock=self._clock,
        )
        answer = await self._panes.screen.app.push_screen_wait(question)
        # Somebody else's version may have come in meanwhile: that text was not asked about.
        if answer == "yes" and (session.entry.key, session.text) == (key, text):
            decide()

    def propagate(self) -> None:
        """Fill repeats."""
        if not self.may_decide():
            return
        # Repeats get what the catalog holds: what is being typed has to be in it.
        self._session.keep_text()
        decision = self._session.propagate()
        if decision is None:
            self._panes.say(_("No open unit has the same source."))
            return
        number = len(decision.changes)
        self.settle()
        message = ngettext("{number} repeat filled.", "{number} repeats filled.", number)
        self._panes.say(message.format(number=number))

    def undo_decision(self) -> None:
        """Take the last decision back."""
        decision = self._replay(self._session.undo, _("There is nothing to take back."))
        if decision is not None:
            start(self._panes.screen, partial(self._withdraw, decision), group="elsewhere")

    def redo_decision(self) -> None:
        """Make it again."""
        decision = self._replay(self._session.redo, _("There is nothing to do again."))
        if decision is not None:
            number = len(decision.changes)
            message = ngettext(
                "Done again: {what}.", "Done again: {what}, {number} units.", number
            )
            self._tell(message.format(what=_(decision.label), number=number))
            self._fill_elsewhere(decision)

    def _refuse(self, refusal: Refusal) -> None:
        session, panes = self._session, self._panes
        if refusal.form != session.form:
            session.form = refusal.form
            panes.show_unit()
        if not refusal.findings:
            panes.say(self._why_not(refusal), severity="warning")
            return
        self._warned_row = session.position
        panes.show_findings()
        panes.say(
            _("{problem}: once more approves it all the same").format(
                problem=refusal.findings[0].message
            ),
            severity="warning",
        )

    def _why_not(self, refusal: Refusal) -> str:
        forms, number = len(self._session.entry.msgstrs), refusal.form + 1
        if refusal.unseen:
            return _("Look at form {number} of {total} too; then approve.").format(
                number=number, total=forms
            )
        if forms > 1:
            return _("Form {number} has no translation yet.").format(number=number)
        return _("There is no translation yet.")

    def _replay(self, step: Callable[[], Decision | None], nothing: str) -> Decision | None:
        """Take a step through what was decided; None, and why, where there is no step."""
        if self._session.read_only:
            return None
        decision = step()
        if decision is None:
            self._panes.say(nothing)
            return None
        self.settle()
        self._panes.units.move(self._session.place)
        return decision

    # Many units

    def approve_many(self) -> None:
        """Approve marked or shown units, after asking."""
        self._ask_many("approve")

    def reject_many(self) -> None:
        """Reject marked or shown units, after asking."""
        self._ask_many("reject")

    def _ask_many(self, verdict: str) -> None:
        start(self._panes.screen, partial(self._ask_and_decide, verdict), group="window")

    async def _ask_and_decide(self, verdict: str) -> None:
        if not self.may_decide():
            return
        self._session.keep_text()
        rows = self._rows_for_many()
        if not rows:
            self._panes.say(_("Nothing is left to decide here."))
            return
        answer = await self._panes.screen.app.push_screen_wait(self._question(verdict, rows))
        if answer == "yes":
            work = partial(self._decide_many, verdict, rows)
            start(self._panes.screen, work, group="bulk", exclusive=True)

    def _question(self, verdict: str, rows: Sequence[int]) -> Question:
        number = len(rows)
        if verdict == "approve":
            title = ngettext("Approve {number} unit?", "Approve {number} units?", number)
            more = _("Empty units and units with errors are left alone; Ctrl+R takes it back.")
        else:
            title = ngettext("Reject {number} unit?", "Reject {number} units?", number)
            more = _("Ctrl+R takes it back.")
        session = self._session
        if session.index.marked:
            scope = _("The marked ones.")
        elif session.query.terms:
            scope = _("All that fit “{filter}”.").format(filter=session.query.text)
        else:
            scope = _("All that the list shows.")
        return Question(
            title.format(number=figure(number)),
            scope + "\n" + self._states_of(rows),
            (Choice("y", _("Yes"), "yes"), Choice("n", _("No"), "no")),
            more=more,
            clock=self._clock,
        )

    def _rows_for_many(self) -> list[int]:
        """Return the rows a decision over many is about: the marked ones, else all that are shown."""
        session = self._session
        return sorted(session.index.marked) or [
            row for row in session.visible if session.index.state(row) is not State.REVIEWED
        ]

    def _states_of(self, rows: Sequence[int]) -> str:
        counts = dict.fromkeys(State, 0)
        for row in rows:
            counts[self._session.index.state(row)] += 1
        return ", ".join(
            f"{_(STATE_NAMES[state])}: {figure(number)}"
            for state, number in counts.items()
            if number
        )

    async def _decide_many(self, verdict: str, rows: Sequence[int]) -> None:
        """Approve or reject many rows without stopping the screen."""
        refused, before = 0, self._session.last_decision
        for progress in self._session.bulk(rows, verdict):
            self._safety.note = f"{figure(progress.done)}/{figure(progress.total)}"
            self._panes.show_status()
            refused = len(progress.refused)
            await asyncio.sleep(0)  # keys, and the figure in the status line
        decision = self._session.last_decision
        if verdict == "approve" and decision is not None and decision is not before:
            self._fill_elsewhere(decision)
        self._safety.note = ""
        self._session.index.marked.clear()
        self.settle()
        decided = len(rows) - refused
        message = ngettext("{number} unit.", "{number} units.", decided).format(
            number=figure(decided)
        )
        if refused:
            message += " " + ngettext(
                "{number} was left alone: empty, or with errors.",
                "{number} were left alone: empty, or with errors.",
                refused,
            ).format(number=refused)
        if decided:
            message += " " + _("Ctrl+R takes it back.")
        self._panes.say(message)

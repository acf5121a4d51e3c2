"""What every key does at the screen a translator sits at."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from textual import events, on, work
from textual.widgets import Input

from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.model import State
from l10n.review.decision import Decision, Refusal
from l10n.review.filter import parse_filter
from l10n.review.repair import (
    lost_placeholders,
    missing_placeholder,
    take_first_sentence,
    take_last_sentence,
)
from tui.commands import everywhere_bindings, shown_key
from tui.figures import figure
from tui.screens.board import BoardScreen
from tui.widgets.editor import TargetEditor
from tui.widgets.segment_list import SegmentList

_FILTER = 0.05
"""Seconds without a key before the list is filtered."""
_SLICE, _BREATH = 0.01, 0.005
"""Seconds of work on many units, and of rest for the keys between."""


class ReviewScreen(BoardScreen):
    """Turns keys into decisions, movements and texts."""

    BINDINGS = [*everywhere_bindings()]  # noqa: RUF012 - Textual declares the type

    # Commands

    def command(self, name: str) -> None:
        """Do what a command of the table says: the list calls this, key by key."""
        if name.startswith("use_suggestion_"):
            self.action_use_suggestion(int(name[-1]) - 1)
            return
        getattr(self, f"action_{name}")()

    def action_approve(self) -> None:
        """Accept and go on."""
        if not self._may_decide():
            return
        session = self.session
        answer = session.approve(force=self._forced == session.position, blindly=False)
        if isinstance(answer, Refusal):
            self._refuse(answer)
            return
        self.safety.soon()
        self._go_on()

    def _refuse(self, refusal: Refusal) -> None:
        session = self.session
        if refusal.form != session.form:
            session.form = refusal.form
            self.show_unit()
        if not refusal.findings:
            self.say(self._why_not(refusal), severity="warning")
            return
        self._forced = session.position
        self.show_findings()
        self.say(
            _("{problem}: once more approves it all the same").format(
                problem=refusal.findings[0].message
            ),
            severity="warning",
        )

    def _why_not(self, refusal: Refusal) -> str:
        forms, number = len(self.session.entry.msgstrs), refusal.form + 1
        if refusal.unseen:
            return _("Look at form {number} of {total} too; then approve.").format(
                number=number, total=forms
            )
        if forms > 1:
            return _("Form {number} has no translation yet.").format(number=number)
        return _("There is no translation yet.")

    def action_save_draft(self) -> None:
        """Keep as draft and go on."""
        self._decide_and_go(self.session.save_draft)

    def action_reject(self) -> None:
        """Throw away."""
        self._decide_and_stay(self.session.reject)

    def action_omit(self) -> None:
        """Leave out on purpose."""
        self._decide_and_go(self.session.omit)

    def action_undo_decision(self) -> None:
        """Take the last decision back."""
        self._replay(self.session.undo, _("There is nothing to take back."))

    def action_redo_decision(self) -> None:
        """Do it again."""
        self._replay(self.session.redo, _("There is nothing to do again."))

    def _decide_and_go(self, decide: Callable[[], Decision]) -> None:
        if self._may_decide():
            decide()
            self.safety.soon()
            self._go_on()

    def _decide_and_stay(self, decide: Callable[[], Decision | None]) -> None:
        if self._may_decide():
            decide()
            self.safety.soon()
            self.show_changed()

    def _replay(self, step: Callable[[], Decision | None], nothing: str) -> None:
        if self.session.read_only:
            return
        decision = step()
        if decision is None:
            self.say(nothing)
            return
        self.safety.soon()
        self.show_changed()
        self.units.move(self.session.place)
        number = len(decision.changes)
        self.say(
            ngettext(
                "Taken back: {what}.", "Taken back: {what}, {number} units.", number
            ).format(what=_(decision.label), number=number)
            if step == self.session.undo
            else ngettext(
                "Done again: {what}.", "Done again: {what}, {number} units.", number
            ).format(what=_(decision.label), number=number)
        )

    def _may_write(self) -> bool:
        if not self.session.entries:
            return False
        if self.session.read_only:
            self.say(_("This catalog is open for reading only."), severity="warning")
            return False
        return True

    def _may_decide(self) -> bool:
        """Tell whether the unit may be changed; one that the filter hides may not, without being seen."""
        if not self._may_write():
            return False
        if self.session.place is not None:
            return True
        if self.session.visible:
            number = self.session.position + 1
            problem = _("The filter hides unit {number}.").format(number=number)
        else:
            problem = _("Nothing fits the filter.")
        self.say(problem, severity="warning")
        return False

    def action_undo_text(self) -> None:
        """Take typing back."""
        self._travel(self.session.undo_text)

    def action_redo_text(self) -> None:
        """Type again."""
        self._travel(self.session.redo_text)

    def _travel(self, step: Callable[[], tuple[str, int] | None]) -> None:
        if not self._may_write():
            return
        moved = step()
        if moved is not None:
            text, cursor = moved
            self.editor.show(text, cursor=cursor, breaks="\n" in self.session.entry.msgid)
            self._judge()

    def _put(self, text: str, *, cursor: int | None = None) -> None:
        """Put a whole text into the editor as one step of typing."""
        self.session.seal_text()
        self.editor.put(text, cursor=cursor)
        self.session.seal_text()
        self._judge()

    def action_copy_source(self) -> None:
        """Copy the source."""
        if self._may_decide():
            self._put(self.session.source)

    def action_suggestion(self) -> None:
        """Put in the best suggestion, then the next."""
        self._use(self._used + 1)

    def action_use_suggestion(self, number: int) -> None:
        """Put in one suggestion."""
        self._use(number)

    def _use(self, number: int) -> None:
        if not self._may_decide():
            return
        if not self._offered:
            if self.advice.waiting or self.adviser.engine_problem:
                self.say(self.adviser.engine_problem or _("Still looking …"))
            else:
                self._translate()
            return
        if number >= len(self._offered) and self._used < 0:
            self.say(_("There is no suggestion {number}.").format(number=number + 1))
            return
        number %= len(self._offered)
        suggestion = self._offered[number]
        self._put(suggestion.text)
        self.session.use(suggestion)
        self._used = number

    def action_placeholder(self) -> None:
        """Put in the next missing placeholder."""
        if not self._may_decide():
            return
        session, text = self.session, self.editor.value
        token = missing_placeholder(session.source, text)
        token = token or session.judge.missing_variable(session.entry, session.source, text)
        if not token:
            self.say(_("No placeholder is missing."))
            return
        self.editor.insert_here(token)
        self.set_focus(self.editor)

    def action_fix(self) -> None:
        """Apply a repair."""
        if not self._may_decide():
            return
        here, cursor = self.editor.selected_span, self.editor.cursor
        offered = sorted(
            (one for one in self._findings() or () if one.fix is not None),
            key=lambda one: (one.span != here, not _covers(one.span, cursor)),
        )
        fix = offered[0].fix if offered else None
        if fix is None:
            self.say(_("No finding offers a repair."))
            return
        self._put(fix.msgstr)
        self._finding = max(-1, self._finding - 1)  # the next one has moved up

    def action_form(self) -> None:
        """Go to the next plural form."""
        forms = len(self.session.entry.msgstrs) if self.session.entries else 1
        if forms > 1:
            self.session.form = (self.session.form + 1) % forms
            self.show_unit()

    def action_sentence_before(self) -> None:
        """Move the first sentence to the unit before."""
        self._move_sentence(-1)

    def action_sentence_after(self) -> None:
        """Move the last sentence to the unit after."""
        self._move_sentence(1)

    def _move_sentence(self, direction: int) -> None:
        session = self.session
        other = session.position + direction
        if not self._may_decide() or not 0 <= other < len(session.entries):
            return
        if any(len(session.entries[row].msgstrs) > 1 for row in (session.position, other)):
            self.say(
                _("Sentences are not moved from or to a unit with plural forms."),
                severity="warning",
            )
            return
        locale = session.judge.target_locale
        here, there = session.text, session.text_of(session.entries[other])
        if direction < 0:
            moved = take_first_sentence(here, there, locale)
            texts = moved and {other: moved[0], session.position: moved[1]}
        else:
            moved = take_last_sentence(here, there, locale)
            texts = moved and {session.position: moved[0], other: moved[1]}
        if not texts:
            self.say(_("There is no sentence to move."))
            return
        session.put_texts(texts, N_("Sentence moved"))
        self.safety.soon()
        self.show_changed()
        self._tell_move(other, lost_placeholders((here, there), texts.values()))

    def _tell_move(self, other: int, lost: Sequence[str]) -> None:
        """Say where a sentence went and what it left behind."""
        said = [_("Moved to unit {number}.").format(number=other + 1)]
        if not self.session.shows(other):
            said.append(_("The filter hides it."))
        if lost:
            names = ", ".join(f"<{name}>" for name in lost)
            said.append(_("Left out: {names}. Ctrl+R takes it back.").format(names=names))
        self.say(" ".join(said), severity="warning" if len(said) > 1 else "information")

    def action_next_open(self) -> None:
        """Go to the next open unit."""
        if self.session.next_open():
            self._follow()
        else:
            self.say(_("Nothing is left to decide here."))

    def action_previous_open(self) -> None:
        """Go to the open unit before."""
        if self.session.next_open(backwards=True):
            self._follow()

    def action_next_unit(self) -> None:
        """Go down."""
        self._step(1)

    def action_previous_unit(self) -> None:
        """Go up."""
        self._step(-1)

    def action_page_down(self) -> None:
        """Go down a page."""
        self._step(self.units.page)

    def action_page_up(self) -> None:
        """Go up a page."""
        self._step(-self.units.page)

    def _step(self, rows: int) -> None:
        if self.session.entries:
            self.session.step(rows)
            self._follow()

    def action_go_back(self) -> None:
        """Go back to where one was."""
        if self.session.back():
            self._follow()

    def action_switch_pane(self) -> None:
        """Go from list to editor and back."""
        if self.focused is self.units or not self.units.display:
            self.show_unit()
            self.set_focus(self.editor)
        else:
            self.set_focus(self.units)

    @on(SegmentList.Opened)
    def _open_editor(self) -> None:
        self.set_focus(self.editor)

    @on(TargetEditor.LineBreakRefused)
    def _explain_enter(self) -> None:
        self.say(_("This text is one line. F2 approves it."))

    def action_next_finding(self) -> None:
        """Go to the next finding."""
        found = self._findings() if self.session.entries else ()
        places = [one for one in found or () if one.span]
        if not places:
            self.say(_("The checks find nothing here."))
            return
        self._finding = (self._finding + 1) % len(places)
        finding = places[self._finding]
        if finding.span is not None:
            self.editor.select_span(*finding.span)
            self.set_focus(self.editor)
        key = self._bound_keys().get("fix")
        if finding.fix is not None and key:
            self.say(_("{key} applies the repair.").format(key=shown_key(key)))

    # Filter

    def action_filter(self) -> None:
        """Go to the filter."""
        self.set_focus(self.query_one("#filter", Input))

    def action_clear_filter(self) -> None:
        """Show all units."""
        self.query_one("#filter", Input).value = ""
        self.set_focus(self.units)

    def on_key(self, event: events.Key) -> None:
        """Leave the filter and show everything again on Escape."""
        if event.key == "escape" and self.focused is self.query_one("#filter", Input):
            event.stop()
            self.action_clear_filter()

    @on(Input.Changed, "#filter")
    def _filter_changed(self) -> None:
        if self._filtering is not None:
            self._filtering.stop()
        self._filtering = self.set_timer(_FILTER, self._apply_filter)

    @on(Input.Submitted, "#filter")
    def _filter_done(self) -> None:
        self._apply_filter()
        self.set_focus(self.units)

    def _apply_filter(self) -> None:
        if self._filtering is not None:
            self._filtering.stop()
        text = self._filter_text
        if text == self.session.query.text:
            return
        if parse_filter(text).needs_findings:
            self._check_and_filter(text)
        else:
            self._show_filtered(text)

    @property
    def _filter_text(self) -> str:
        return self.query_one("#filter", Input).value

    def _show_filtered(self, text: str) -> None:
        self.session.set_filter(text)
        self.show_list()
        if self.session.entries:
            self._follow()

    @work(group="check-all", exclusive=True)
    async def _check_and_filter(self, text: str) -> None:
        """Run the checks over the units a filter is about, a little at a time, then show what fits."""
        index = self.session.index
        query = parse_filter(text).without("rule")
        _query, rows = query.select_in_time(index, range(len(index.entries)))
        began = time.monotonic()
        for number, row in enumerate(rows):
            index.prepare_rules(row)
            if time.monotonic() - began > _SLICE:
                self.safety.note = _("checking {percent} %").format(
                    percent=number * 100 // len(rows)
                )
                self.show_status()
                await asyncio.sleep(_BREATH)
                began = time.monotonic()
                if self._filter_text != text:
                    break
                if self.session.index is not index:  # somebody else's version came in
                    self._check_and_filter(text)
                    return
        self.safety.note = ""
        if self._filter_text == text:
            self._show_filtered(text)

    # Marks and many

    def action_mark(self) -> None:
        """Mark the current row."""
        if self.session.entries:
            self.session.mark([self.session.position])
            self.show_row()

    def action_mark_down(self) -> None:
        """Mark and go down; what is marked stays so."""
        if self.session.position not in self.session.index.marked:
            self.action_mark()
        self._step(1)

    def rows_for_many(self) -> list[int]:
        """Give the rows a decision over many is about: the marked ones, else all that are shown."""
        marked = sorted(self.session.index.marked)
        return marked or [
            row
            for row in self.session.visible
            if self.session.index.state(row) is not State.REVIEWED
        ]

    @work(group="bulk", exclusive=True)
    async def decide_many(self, what: str, rows: list[int]) -> None:
        """Approve or reject many rows without stopping the screen."""
        refused = 0
        for progress in self.session.bulk(rows, what):
            self.safety.note = f"{figure(progress.done)}/{figure(progress.total)}"
            self.show_status()
            refused = len(progress.refused)
            await asyncio.sleep(0)
        self.safety.note = ""
        self.session.index.marked.clear()
        self.safety.soon()
        self.show_changed()
        done = len(rows) - refused
        message = ngettext("{number} unit.", "{number} units.", done).format(
            number=figure(done)
        )
        if refused:
            message += " " + ngettext(
                "{number} was left alone: empty, or with errors.",
                "{number} were left alone: empty, or with errors.",
                refused,
            ).format(number=refused)
        if done:
            message += " " + _("Ctrl+R takes it back.")
        self.say(message)

    def action_propagate(self) -> None:
        """Fill repeats."""
        if not self._may_decide():
            return
        self.session.keep_text()
        decision = self.session.propagate()
        if decision is None:
            self.say(_("No open unit has the same source."))
            return
        number = len(decision.changes)
        self.safety.soon()
        self.show_changed()
        self.say(
            ngettext("{number} repeat filled.", "{number} repeats filled.", number).format(
                number=number
            )
        )

    def action_translate(self) -> None:
        """Ask the engine."""
        if self.session.entries:
            self._translate()

    def action_save(self) -> None:
        """Save now."""
        self.safety.now()


def _covers(span: tuple[int, int] | None, place: int) -> bool:
    """Tell whether a place is in a stretch of the text, or at its edge."""
    return span is not None and span[0] <= place <= span[1]

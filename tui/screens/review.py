"""The screen a translator sits at: list, source, editor, findings, suggestions, context."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from l10n.errors import L10nError
from l10n.language import N_, ngettext
from l10n.language import gettext as _
from l10n.markup import OMIT
from l10n.model import Finding, State
from l10n.review.decision import Decision, Refusal, Suggestion
from l10n.review.index import OPEN_STATES
from l10n.review.keeper import Conflict
from l10n.review.repair import missing_placeholder, take_first_sentence, take_last_sentence
from l10n.review.session import Session
from tui import describe
from tui.advice import Advice, Adviser, offer, suggestions
from tui.commands import everywhere_bindings, list_keys
from tui.marks import Mark, placeholder_marks, visible
from tui.safety import Safety
from tui.widgets.editor import TargetEditor
from tui.widgets.panes import Findings, KeyLine, Pane, StatusLine, suggestion_lines
from tui.widgets.segment_list import Line, SegmentList

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from tui.app import ReviewApp

_SETTLE = 0.08
"""Seconds the cursor has to rest before the panes follow it, while it is moving fast."""
_SOON = 0.005
_FAST = 0.1
"""Seconds between two moves below which the cursor is moving fast."""
_LOOK_UP = 0.12
"""Seconds the cursor has to rest before anything is looked up."""
_JUDGE = 0.06
"""Seconds without a key before the text is checked again."""
_FILTER = 0.05


class ReviewScreen(Screen[None]):
    """Shows a session and turns keys into its decisions."""

    BINDINGS = [*everywhere_bindings()]  # noqa: RUF012 - Textual declares the type
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (30, "-high")]  # noqa: RUF012
    AUTO_FOCUS = "#list"

    app: ReviewApp

    def __init__(self, session: Session, adviser: Adviser, *, query: str = "") -> None:
        super().__init__()
        self.session = session
        self.adviser = adviser
        self.safety = Safety(self)
        self.advice = Advice()
        self._first_query = query
        self._offered: list[Suggestion] = []
        self._used = -1
        """Which suggestion was put in last; -1 for none."""
        self._finding = -1
        self._moved_at = 0.0
        self._settle: Timer | None = None
        self._judging: Timer | None = None
        self._filtering: Timer | None = None
        self._forced = -1
        """Row whose errors the person has seen: a second approval is meant."""
        self._shown: tuple[object, int] = (None, 0)
        """Key and plural form of the text in the editor."""
        self._slow_findings: tuple[tuple[object, int, str], tuple[Finding, ...]] | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield StatusLine(id="status")
        with Horizontal(id="main"):
            with Vertical(id="left"):
                yield Input(id="filter", compact=True, select_on_focus=False)
                yield SegmentList(self._line, self.stand_at, self.command, id="list")
            with Vertical(id="right"):
                yield Pane(id="source")
                yield TargetEditor(self._edited, id="editor")
                yield Findings(id="findings")
                yield Pane(id="rest")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the first unit that wants a decision, then start what runs beside."""
        self.units.keys = list_keys(self.app.keys)
        self.retranslate()
        if self._first_query:
            self.query_one("#filter", Input).value = self._first_query
            self.session.set_filter(self._first_query)
        if self.session.entries and self.session.index.state(0) not in OPEN_STATES:
            self.session.next_open()
        self.show_list()
        if self.session.entries:
            self.show_text()
        self.set_timer(0.02, self.show_unit)  # the list first: the checks have to be loaded
        self.set_timer(0.1, self._prepare)
        self.safety.start()

    def on_resize(self) -> None:
        """Lay out what depends on the width, once that is known."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.session.entries and self.is_mounted:
            self.show_unit()

    async def on_unmount(self) -> None:
        """Give everything up, however the screen went away; unsaved work stays in the journal."""
        self.session.keeper.close()
        await self.adviser.close()

    # Showing

    @property
    def units(self) -> SegmentList:
        """The list of units."""
        return self.query_one("#list", SegmentList)

    @property
    def editor(self) -> TargetEditor:
        """The editor of the translation."""
        return self.query_one("#editor", TargetEditor)

    def retranslate(self) -> None:
        """Say everything again in the interface language."""
        self.query_one("#filter", Input).placeholder = _(
            "/ filter: words, state:draft, rule:any …"
        )
        self.editor.placeholder = _("no translation yet")
        self.query_one("#keys", KeyLine).show(self._bound_keys())
        if self.session.entries and self._shown[0] is not None:
            self.show_unit()
        self.show_status()

    def show_list(self) -> None:
        """Show the rows that fit the filter."""
        session = self.session
        self.units.show(session.visible, session.place, len(session.entries))
        self.show_status()

    def show_row(self) -> None:
        """Draw the current row again, and the status."""
        place = self.session.place
        if place is not None:
            self.units.refresh_row(place)
        self.show_status()

    def show_unit(self) -> None:
        """Show the unit one stands at in every pane."""
        if self._settle is not None:
            self._settle.stop()
        session, editor = self.session, self.editor
        if not session.entries:
            editor.read_only = True
            self.query_one("#source", Pane).show(
                Content(_("This catalog has no entries.")), _("Source")
            )
            return
        self.show_text()
        self._fit_editor()
        self.show_source()
        self.show_findings()
        self.show_offers()
        self.show_row()
        self._look_up()

    def show_text(self) -> None:
        """Show the text of the current unit in the editor, unless it is there."""
        session, editor, entry = self.session, self.editor, self.session.entry
        editor.read_only = session.read_only
        if self.advice.key != entry.key:
            self.advice = Advice(entry.key)
        shown = (entry.key, session.form)
        if self._shown != shown or editor.value != session.text:
            self._used = self._finding = -1
            editor.show(session.text, breaks="\n" in entry.msgid)
        self._shown = shown

    def show_source(self) -> None:
        """Show the source of the current unit, with what the glossary says."""
        text, title = describe.source(self.session, [one for one, _t, _w in self.advice.terms])
        lines = [text, *describe.previous_source(self.session.entry)]
        lines += describe.terms(self.advice.terms)
        self.query_one("#source", Pane).show(Content("\n").join(lines), title)

    def show_findings(self) -> None:
        """Check the text on the screen and mark what is found."""
        session = self.session
        if not session.entries:
            return
        findings = self._findings()
        session.index.note_errors(session.position, findings)
        self.query_one("#findings", Findings).complain(findings)
        text = session.text
        marks = placeholder_marks(text)
        for one in findings:
            if one.span:
                is_space = text[one.span[0] : one.span[1]].isspace()
                marks.append(Mark(*one.span, "control" if is_space else one.severity.value))
        self.editor.mark(marks)
        self.editor.border_title = describe.target_title(session)
        self.editor.border_subtitle = describe.target_subtitle(session)

    def show_offers(self) -> None:
        """Show the suggestions for the current unit."""
        session, advice = self.session, self.advice
        draft = session.first_draft()
        shown = draft is not None and (draft.text != session.text or self._used >= 0)
        self._offered = suggestions(advice, draft if shown else None)
        offers = [offer(one, session.entry, advice) for one in self._offered]
        remark = advice.remark
        if not offers and not remark and not self.adviser.knows_anything:
            remark = _("no memory here; Ctrl+T asks the engine")
        rest = self.query_one("#rest", Pane)
        lines = suggestion_lines(offers, waiting=advice.waiting, remark=remark)
        lines += describe.context(session, max(20, rest.size.width))
        rest.show(Content("\n").join(lines), _("Suggestions and context"))

    def show_status(self) -> None:
        """Show progress and safety."""
        left, right = describe.status(self.session, self.safety.words())
        self.query_one("#status", StatusLine).show(left, right)

    def settle_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Ask about entries that were changed on both sides."""
        raise NotImplementedError

    def say(self, message: str, *, severity: SeverityLevel = "information") -> None:
        """Tell the person something in passing."""
        self.app.clear_notifications()
        self.notify(visible(message), severity=severity, timeout=5, markup=False)

    def _findings(self) -> tuple[Finding, ...]:
        session = self.session
        slow = self._slow_findings
        if slow is not None and slow[0] == (session.entry.key, session.form, session.text):
            return slow[1]
        return session.findings()

    def _line(self, row: int) -> Line:
        session = self.session
        entry = session.entries[row]
        return Line(
            row + 1,
            session.index.state(row),
            entry.msgid[:400],
            session.text_of(entry)[:400],
            marked=row in session.index.marked,
            troubled=row in session.index.troubled,
        )

    def _fit_editor(self) -> None:
        """Give source and editor more room while either is long."""
        width = max(10, self.editor.size.width - 1)
        long = any(
            sum(len(line) // width + 1 for line in text.split("\n")) > self._short
            for text in (self.session.text, self.session.entry.msgid)
        )
        if long != self.has_class("-long"):
            self.set_class(long, "-long")

    @property
    def _short(self) -> int:
        """Lines of a text that source pane and editor show without growing."""
        return 6 if self.has_class("-wide") and self.has_class("-high") else 3

    def _bound_keys(self) -> dict[str, str]:
        """Give the keys that are bound now, by command: the person may have chosen others."""
        keys: dict[str, str] = {}
        for key, bound in self.active_bindings.items():
            if bound.binding.id:
                keys.setdefault(bound.binding.id, key)
        return keys

    # Moving

    def stand_at(self, row: int) -> None:
        """Stand at a row: the list follows at once, the panes when the cursor rests."""
        self.session.go_to(row)
        self._follow()

    def _follow(self) -> None:
        """Show where the session stands now: the list at once, the panes a moment later.

        While one types, the text has to be there before the next key.
        """
        self.units.move(self.session.place)
        now = time.monotonic()
        fast, self._moved_at = now - self._moved_at < _FAST, now
        if self.focused is self.editor:
            self.show_text()
        if self._settle is not None:
            self._settle.stop()
        self._settle = self.set_timer(_SETTLE if fast else _SOON, self.show_unit)

    def _go_on(self) -> None:
        """Go to the next unit that wants a decision."""
        old = self.session.place
        if old is not None:
            self.units.refresh_row(old)
        if not self.session.next_open():
            self.say(_("Nothing is left to decide here."))
            self.show_unit()
            return
        self._follow()

    # What is typed

    def _edited(self, text: str, cursor: int) -> None:
        session = self.session
        if not session.entries or session.read_only:
            return
        session.type(text, cursor)
        self._forced = -1
        self.editor.mark(placeholder_marks(text))
        if self._judging is not None:
            self._judging.stop()
        self._judging = self.set_timer(_JUDGE, self._judge)

    def _judge(self) -> None:
        self._fit_editor()
        self.show_findings()
        self.show_offers()
        self.show_row()
        self._judge_slowly()

    @work(group="judge", exclusive=True, exit_on_error=False)
    async def _judge_slowly(self) -> None:
        await asyncio.sleep(_LOOK_UP)
        session = self.session
        if not session.entries or not session.text or session.text == OMIT:
            return
        entry, form, text = session.entry, session.form, session.text
        source = entry.msgid_plural if form and entry.msgid_plural else entry.msgid
        try:
            findings = await self.adviser.judge(entry, source, text)
        except L10nError:
            return  # the quick checks are on the screen
        if findings is not None:
            self._slow_findings = ((entry.key, form, text), findings)
            self.show_findings()

    # Looking up

    @work(group="look-up", exclusive=True, exit_on_error=False)
    async def _look_up(self) -> None:
        entry, advice = self.session.entry, self.advice
        if not self.adviser.knows_anything:
            return
        if advice.matches or advice.terms:
            return
        await asyncio.sleep(_LOOK_UP)
        try:
            await self.adviser.look_up(entry, advice)
        except L10nError as error:
            advice.remark = error.message
        if advice is self.advice:
            self.show_offers()
            self.show_source()
        self._judge_slowly()

    @work(group="translate", exclusive=True, exit_on_error=False)
    async def _translate(self) -> None:
        entry, advice = self.session.entry, self.advice
        advice.waiting = True
        self.show_offers()
        try:
            advice.machine = await self.adviser.translate(entry)
            advice.remark = ""
        except L10nError as error:
            advice.remark = f"{error.message}  {error.hint}".strip()
        finally:
            advice.waiting = False
        if advice is self.advice:
            self.show_offers()

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
        answer = session.approve(force=self._forced == session.position)
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
            self.say(_("There is no translation yet."), severity="warning")
            return
        self._forced = session.position
        self.show_findings()
        self.say(
            _("{problem}: once more approves it all the same").format(
                problem=refusal.findings[0].message
            ),
            severity="warning",
        )

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

    def show_changed(self) -> None:
        """Show everything again after more than the current text changed."""
        self._shown = (None, 0)
        self.units.refresh()
        self.show_unit()

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

    def _may_decide(self) -> bool:
        if not self.session.entries:
            return False
        if self.session.read_only:
            self.say(_("This catalog is open for reading only."), severity="warning")
            return False
        return True

    def action_undo_text(self) -> None:
        """Take typing back."""
        self._travel(self.session.undo_text)

    def action_redo_text(self) -> None:
        """Type again."""
        self._travel(self.session.redo_text)

    def _travel(self, step: Callable[[], tuple[str, int] | None]) -> None:
        if not self._may_decide():
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
            entry, form = self.session.entry, self.session.form
            self._put(entry.msgid_plural if form and entry.msgid_plural else entry.msgid)

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
        token = missing_placeholder(self.session.entry.msgid, self.editor.value)
        if not token:
            self.say(_("No placeholder is missing."))
            return
        self.editor.insert_here(token)
        self.set_focus(self.editor)

    def action_fix(self) -> None:
        """Apply a repair."""
        if not self._may_decide():
            return
        fix = next((one.fix for one in self._findings() if one.fix is not None), None)
        if fix is None:
            self.say(_("No finding offers a repair."))
            return
        self._put(fix.msgstr)

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
        places = [one for one in self._findings() if one.span] if self.session.entries else []
        if not places:
            self.say(_("The checks find nothing here."))
            return
        self._finding = (self._finding + 1) % len(places)
        span = places[self._finding].span
        if span is not None:
            self.editor.select_span(*span)
            self.set_focus(self.editor)

    # Filter

    def action_filter(self) -> None:
        """Go to the filter."""
        self.set_focus(self.query_one("#filter", Input))

    def action_clear_filter(self) -> None:
        """Show all units."""
        self.query_one("#filter", Input).value = ""
        self.set_focus(self.units)

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
        text = self.query_one("#filter", Input).value
        session = self.session
        if text == session.query.text:
            return
        session.set_filter(text)
        self.show_list()
        if session.query.needs_findings:
            self._check_all()
        if session.entries:
            self._follow()

    @work(group="check-all", exclusive=True)
    async def _check_all(self) -> None:
        """Run the checks over every unit, a little at a time, then filter again."""
        index, text = self.session.index, self.session.query.text
        began = time.monotonic()
        for row in index.unchecked:
            index.prepare_rules(row)
            if time.monotonic() - began > 0.01:
                await asyncio.sleep(0.005)
                began = time.monotonic()
                if self.session.query.text != text or self.session.index is not index:
                    return
        self.session.set_filter(text)
        self.show_list()

    def _prepare(self) -> None:
        """Read the rest of the catalog while nothing else happens."""
        if not self.session.index.prepare():
            self.set_timer(0.01, self._prepare)
        self.show_status()

    # Marks and many

    def action_mark(self) -> None:
        """Mark the current row."""
        if self.session.entries:
            self.session.mark([self.session.position])
            self.show_row()

    def action_mark_down(self) -> None:
        """Mark and go down."""
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
            self.safety.note = f"{progress.done:,}/{progress.total:,}"
            self.show_status()
            refused = len(progress.refused)
            await asyncio.sleep(0)
        self.safety.note = ""
        self.session.index.marked.clear()
        self.safety.soon()
        self.show_changed()
        done = len(rows) - refused
        message = ngettext("{number} unit.", "{number} units.", done).format(number=done)
        if refused:
            message += " " + ngettext(
                "{number} was left alone: empty, or with errors.",
                "{number} were left alone: empty, or with errors.",
                refused,
            ).format(number=refused)
        self.say(message + " " + _("Ctrl+R takes it back."))

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

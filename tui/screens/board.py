"""The screen a translator sits at: list, source, editor, findings, suggestions, context."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.model import Finding, Origin
from l10n.review.decision import Suggestion
from l10n.review.filter import parse_filter
from l10n.review.index import OPEN_STATES
from l10n.review.keeper import Conflict
from l10n.review.session import Session
from l10n.text.markup import OMIT
from tui import describe
from tui.advice import LONG, Advice, Adviser, offer, suggestions
from tui.commands import list_keys
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
_SOON = 0.03
"""Seconds after a single move: the list is drawn first, and shows the answer to the key."""
_FAST = 0.1
"""Seconds between two moves below which the cursor is moving fast."""
_LOOK_UP = 0.12
"""Seconds the cursor has to rest before anything is looked up."""
_REST = 0.5
"""Seconds the cursor has to rest before the engine is asked without being told to."""
_SAYING = 5.0
"""Seconds for which something said in passing can be read."""
_SAID: Mapping[SeverityLevel, str] = {
    "information": "bold",
    "warning": "bold $l10n-warning",
    "error": "bold $l10n-error",
}
_JUDGE = 0.06
"""Seconds without a key before the text is checked again."""
_FULL = 0.9
"""Length of a translation, against its source, that is taken for the whole of it."""
_PAINT = 0.1
"""Seconds after which the list is certainly on the screen and everything slower may begin."""


class BoardScreen(Screen[None]):
    """Shows a session and follows it; what keys do is the review screen's."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (24, "-mid"), (30, "-high")]  # noqa: RUF012
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
        self._sourced: tuple[object, int] = (None, 0)
        """Key and plural form of the source in its pane."""
        self._begun = False
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
                yield TargetEditor(self._edited, self._moved, id="editor")
                yield Findings(id="findings")
                yield Pane(id="rest")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the first unit that wants a decision, then start what runs beside."""
        self.units.keys = list_keys(self.app.keys)
        self.retranslate()
        if self._first_query:
            self.query_one("#filter", Input).value = self._first_query
            if not parse_filter(self._first_query).needs_findings:  # that takes its time
                self.session.set_filter(self._first_query)
        if (
            self.session.entries
            and self.session.index.state(self.session.position) not in OPEN_STATES
        ):
            self.session.next_open()
        self.show_list()
        if self.session.entries:
            self.show_text()
            self.show_source()
        self.set_timer(_PAINT, self._begin)
        self.safety.start()

    def _begin(self) -> None:
        """Go on once the list is on the screen: the checks have to be loaded, the catalog to be counted."""
        self._begun = True
        self.show_unit()
        self.prepare()
        self.learn()

    def on_resize(self) -> None:
        """Lay out what depends on the width, once that is known."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._begun and self.is_mounted:
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
        if self._begun:
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
        self._draft_ahead()

    def show_text(self) -> None:
        """Show the text of the current unit in the editor, unless it is there."""
        session, editor, entry = self.session, self.editor, self.session.entry
        editor.read_only = session.read_only
        shown = (entry.key, session.form)
        if self.advice.key != shown:
            self.advice = Advice(shown, session.source)
        if self._shown != shown or editor.value != session.text:
            self._used = self._finding = -1
            editor.show(session.text, breaks="\n" in entry.msgid)
        self._shown = shown

    def show_source(self) -> None:
        """Show the source of the current unit, with what the glossary says."""
        text, title = describe.source(self.session, [one for one, _t, _w in self.advice.terms])
        lines = [text, *describe.other_source(self.session)]
        lines += describe.previous_source(self.session.entry)
        lines += describe.terms(self.advice.terms)
        shown = (self.session.entry.key, self.session.form)
        self.query_one("#source", Pane).show(
            Content("\n").join(lines), title, stay=self._sourced == shown
        )
        self._sourced = shown

    def show_findings(self) -> None:
        """Check the text on the screen and mark what is found."""
        session = self.session
        if not session.entries:
            return
        self.editor.border_title = describe.target_title(session)
        self.editor.border_subtitle = describe.target_subtitle(session)
        findings = self._findings()
        if findings is None:  # the look-up process will tell
            return
        session.index.note_errors(session.position, findings)
        self.query_one("#findings", Findings).complain(findings)
        text = session.text
        marks = placeholder_marks(text)
        for one in findings:
            if one.span:
                is_space = text[one.span[0] : one.span[1]].isspace()
                marks.append(Mark(*one.span, "control" if is_space else one.severity.value))
        self.editor.mark(marks)

    def show_offers(self) -> None:
        """Show the suggestions for the current unit."""
        session, advice = self.session, self.advice
        draft = session.first_draft()
        shown = draft is not None and (draft.text != session.text or self._used >= 0)
        self._offered = suggestions(advice, draft if shown else None)
        offers = [offer(one, advice) for one in self._offered]
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

    def command(self, name: str) -> None:
        """Do what a command of the table says: the list calls this, key by key."""
        raise NotImplementedError

    def settle_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Ask about entries that were changed on both sides."""
        raise NotImplementedError

    def say(self, message: str, *, severity: SeverityLevel = "information") -> None:
        """Tell the person something in passing."""
        self.app.clear_notifications()
        shown = visible(message)
        words = Content.styled(f" {shown}", _SAID[severity])
        if not self.query_one("#status", StatusLine).say(words, _SAYING):
            self.notify(shown, severity=severity, timeout=_SAYING, markup=False)

    def _findings(self) -> tuple[Finding, ...] | None:
        """Give what is wrong with the text on the screen; None for a long one that is still looked at."""
        session = self.session
        slow = self._slow_findings
        if slow is not None and slow[0] == (session.entry.key, session.form, session.text):
            return slow[1]
        return session.findings() if len(session.text) <= LONG else None

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
            plural=entry.msgid_plural is not None,
        )

    def _fit_editor(self) -> None:
        """Give source and editor more room while either is long."""
        width = max(10, self.editor.size.width - 1)
        long = any(
            sum(len(line) // width + 1 for line in text.split("\n")) > self._short
            for text in (self.session.text, self.session.source)
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

    def show_changed(self) -> None:
        """Show everything again after more than the current text changed."""
        self._shown = (None, 0)
        self.units.refresh()
        self.show_unit()

    def prepare(self) -> None:
        """Read the rest of the catalog while nothing else happens."""
        if not self.session.index.prepare():
            self.set_timer(0.01, self.prepare)
        else:
            self.session.warm_up()
        self.show_status()

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

    def _moved(self) -> None:
        """Show that part of a long source which the cursor is at in the translation."""
        if self._begun and self.session.entries:
            entry, form = self.session.entry, self.session.form
            source = entry.msgid_plural if form and entry.msgid_plural else entry.msgid
            whole = max(1, len(self.editor.text), len(source) * _FULL)
            self.query_one("#source", Pane).follow(self.editor.cursor / whole)

    def action_source_down(self) -> None:
        """Show more of a long source."""
        self.query_one("#source", Pane).turn(1)

    def action_source_up(self) -> None:
        """Show what comes before in a long source."""
        self.query_one("#source", Pane).turn(-1)

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
        try:
            findings = await self.adviser.judge(entry, session.source, text)
        except L10nError:
            return  # the quick checks are on the screen
        if findings is not None:
            self._slow_findings = ((entry.key, form, text), findings)
            self.show_findings()

    # Looking up

    @work(group="look-up", exclusive=True, exit_on_error=False)
    async def _look_up(self, *, again: bool = False) -> None:
        advice = self.advice
        if not self.adviser.knows_anything:
            return
        if (advice.matches or advice.terms) and not again:
            return
        await asyncio.sleep(_LOOK_UP)
        try:
            await self.adviser.look_up(advice)
        except L10nError as error:
            advice.remark = error.message
        if advice is self.advice:
            self.show_offers()
            self.show_source()
        self._judge_slowly()

    @work(group="learn", exit_on_error=False)
    async def learn(self) -> None:
        """Let the memory read what was saved, here and elsewhere; look again when it learnt something."""
        try:
            learnt = await self.adviser.learn()
        except L10nError as error:
            self.log.warning(str(error))
            return
        if learnt and self.session.entries:
            self._look_up(again=True)

    def _draft_ahead(self) -> None:
        """Ask the engine by itself, where its draft is worth something and the person lets it."""
        if self.advice.waiting or self.advice.machine is not None:
            return
        self.workers.cancel_group(self, "translate")
        entry = self.session.entry
        if (
            self.app.asks_engine
            and not self.adviser.engine_problem
            and entry.state in OPEN_STATES
            and entry.origin is not Origin.MT
        ):
            self._translate(after=_REST)

    @work(group="translate", exclusive=True, exit_on_error=False)
    async def _translate(self, *, after: float = 0.0) -> None:
        entry, advice = self.session.entry, self.advice
        await asyncio.sleep(after)
        advice.waiting = True
        self.show_offers()
        try:
            await self.adviser.translate(entry, advice)
            advice.remark = ""
        except L10nError as error:
            advice.remark = f"{error.message}  {error.hint}".strip()
        finally:
            advice.waiting = False
        if advice is self.advice:
            self.show_offers()

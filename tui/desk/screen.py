"""The screen a translator sits at: list, source, editor, findings, suggestions, context."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from l10n.interface import gettext as _
from l10n.project import Project
from l10n.review.keeper import Conflict
from l10n.review.session import Session
from l10n.review.stops import last_stop
from tui.advice import Adviser
from tui.commands import BY_ID, COMMANDS, SUGGESTION, Group, everywhere_bindings, list_keys
from tui.desk.application import Application
from tui.desk.completing import Completing
from tui.desk.concordance import Concordance
from tui.desk.decisions import Decisions
from tui.desk.filtering import Filtering
from tui.desk.look_ups import LookUps
from tui.desk.moves import Moves
from tui.desk.panes import Panes
from tui.desk.safety import Safety
from tui.desk.sitting import Sitting
from tui.desk.watching import Watching
from tui.desk.windows import Windows
from tui.desk.writing import Writing
from tui.widgets.editor import TargetEditor
from tui.widgets.line import TextLine
from tui.widgets.panes import Findings, KeyLine, Pane, SourcePane, StatusLine
from tui.widgets.segment_list import SegmentList

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

_PAINT = 0.1
"""Seconds after which the list is certainly on the screen and everything slower may begin."""
_BETWEEN_SLICES = 0.01
"""Seconds for keys between two slices of a catalog that is read."""


class Desk(Screen[None]):
    """Puts the parts together: each does the commands of the table that it has a method for."""

    PARTS: ClassVar[tuple[type, ...]] = (
        Decisions, Writing, Completing, Moves, Filtering, Windows, Concordance, Sitting,
    )  # fmt: skip
    BINDINGS = [*everywhere_bindings()]  # noqa: RUF012 - Textual declares the type
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-low"), (24, "-mid"), (30, "-high")]  # noqa: RUF012
    AUTO_FOCUS = ""  # `on_mount` knows where the person wants to begin

    def __init__(
        self,
        session: Session,
        adviser: Adviser,
        project: Project | None,
        application: Application,
        *,
        query: str = "",
        at: str = "",
    ) -> None:
        """Show a session; with a filter, and at the unit whose source holds a text."""
        super().__init__()
        self.session = session
        self.adviser = adviser
        self._application = application
        self._first_query = query
        self._first_source = at
        self.panes = Panes(
            self,
            session,
            safety=self._safety_words,
            knows_anything=lambda: adviser.knows_anything,
            on_unit=self._look_at_unit,
        )
        self.safety = Safety(self, session, self, application)
        self.moves = Moves(self.panes, application.clock)
        self.look_ups = LookUps(self.panes, adviser, application)
        self.filtering = Filtering(self.panes, self.moves, self.safety, application.clock)
        self.decisions = Decisions(
            self.panes, self.moves, self.safety, application.clock, self._end_of_catalog
        )
        self._watching = Watching(
            self, application.clock, project.catalogs() if project else (), self.look_ups.learn
        )
        self.completing = Completing(self.panes, self.decisions, application)
        self.writing = Writing(
            self.panes, self.decisions, self.look_ups, self.completing, application.clock
        )
        self.sitting = Sitting(
            self.panes, self.decisions, self.look_ups, self.safety, application
        )
        windows = Windows(
            self.panes,
            moves=self.moves,
            decisions=self.decisions,
            writing=self.writing,
            look_ups=self.look_ups,
            safety=self.safety,
            application=application,
            project=project,
        )
        self.concordance = Concordance(
            self.panes,
            moves=self.moves,
            decisions=self.decisions,
            writing=self.writing,
            look_ups=self.look_ups,
            leave=self.sitting.leave,
            application=application,
            project=project,
        )
        parts = (
            self.decisions, self.writing, self.completing, self.moves, self.filtering, windows,
            self.concordance,            self.sitting,
        )  # fmt: skip
        self._commands = {
            command.id: getattr(part, command.id)
            for command in COMMANDS
            for part in parts
            if hasattr(part, command.id)
        }

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield StatusLine(id="status")
        with Horizontal(id="main"):
            with Vertical(id="left"):
                yield TextLine(id="filter", compact=True, select_on_focus=False)
                yield SegmentList(
                    self.panes.line, self.moves.stand_at, self.action_command, id="list"
                )
            with Vertical(id="right"):
                yield SourcePane(id="source")
                yield TargetEditor(
                    self.writing.take_note,
                    self.panes.follow_cursor,
                    id="editor",
                    vi=self._application.edits_like_vi,
                )
                yield Findings(id="findings")
                yield Pane(id="rest")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show the first unit that wants a decision, then start what runs beside."""
        self.sitting.begin()  # before any key can change the catalog
        session, panes = self.session, self.panes
        self.units.keys = list_keys(self._application.keys)
        panes.retranslate()
        if self._first_query:
            self.filtering.begin(self._first_query)
        if self._first_source:
            self.concordance.stand_at(self._first_source)
        elif self._first_query:
            session.begin_at(None)
        else:
            session.begin_at(last_stop(session.keeper.path))
        panes.show_list()
        # Who opens a text begins to type: in the list every letter would be a command.
        panes.focus(self.units if self._application.begins_in_list else self.editor)
        if session.entries:
            panes.show_text()
            panes.show_source()
        self._application.clock.after(self, _PAINT, self._begin)
        self.safety.start()

    def _begin(self) -> None:
        """Go on once the list is on the screen: the checks have to be loaded, the catalog to be counted."""
        self.panes.is_begun = True
        self.panes.show_unit()
        self.prepare()
        self._watching.start()
        self.look_ups.learn()

    def on_resize(self) -> None:
        """Lay out what depends on the width, once that is known."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.panes.is_begun and self.is_mounted:
            self.panes.show_unit()

    async def on_unmount(self) -> None:
        """Give everything up, however the screen went away; unsaved work stays in the journal."""
        self.session.keeper.close()
        await self.adviser.close()

    @property
    def units(self) -> SegmentList:
        """The list of units."""
        return self.panes.units

    @property
    def editor(self) -> TargetEditor:
        """The editor of the translation."""
        return self.panes.editor

    def retranslate(self) -> None:
        """Say everything again in the interface language."""
        self.panes.retranslate()

    def action_command(self, name: str) -> None:
        """Do what a command of the table says, or put in the suggestion with a number."""
        if name.startswith(SUGGESTION) or BY_ID[name].group in (Group.WRITE, Group.LOOK_UP):
            # What is put in must be of this unit: the panes follow a moment after the list.
            self.panes.catch_up()
        if name.startswith(SUGGESTION):
            self.writing.use(int(name.removeprefix(SUGGESTION)) - 1)
        else:
            self._commands[name]()

    def prepare(self) -> None:
        """Read the rest of the catalog while nothing else happens."""
        if self.session.index.prepare() and self.completing.learn_words():
            self.session.warm_up()
        else:
            self.set_timer(_BETWEEN_SLICES, self.prepare)
        self.panes.show_status()

    def _end_of_catalog(self) -> None:
        self.sitting.offer_next()

    def _safety_words(self) -> Content:
        return self.safety.words()

    def _look_at_unit(self) -> None:
        self.moves.settled()
        self.completing.learn_words()
        self.look_ups.begin()

    # What Safety sees and has seen

    def show_status(self) -> None:
        """Show progress and safety."""
        self.panes.show_status()

    def show_unit(self) -> None:
        """Show the unit one stands at in every pane."""
        self.panes.show_unit()

    def say(self, message: str, *, severity: SeverityLevel = "information") -> None:
        """Tell the person something in passing."""
        self.panes.say(message, severity=severity)

    def show_merged(self) -> None:
        """Show the catalog as others wrote it."""
        self.panes.show_list()
        self.panes.show_changed()
        self.prepare()

    def settle_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Ask about entries that were changed on both sides."""
        self.sitting.settle_conflicts(conflicts)

    def learn(self) -> None:
        """Let the memory read what was saved."""
        self.look_ups.learn()

    # What widgets say

    @on(SegmentList.Opened)
    def _open_editor(self) -> None:
        self.set_focus(self.editor)

    def on_descendant_focus(self) -> None:
        """Say in the footer where the keys go now; the filter line may need a row."""
        self.panes.show_keys()
        if self.panes.is_begun and self.session.entries:
            self.panes.fit()

    @on(TargetEditor.LineBreakRefused)
    def _explain_enter(self) -> None:
        self.say(_("This text is one line. F2 approves it."))

    @on(Input.Changed, "#filter")
    def _filter_changed(self) -> None:
        self.filtering.change()

    @on(Input.Submitted, "#filter")
    def _filter_accepted(self) -> None:
        self.filtering.accept()

    def on_key(self, event: events.Key) -> None:
        """Leave the filter and show everything again on Escape."""
        if event.key == "escape" and self.focused is self.panes.filter:
            event.stop()
            self.filtering.clear_filter()

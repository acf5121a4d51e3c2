"""Looking words up in earlier translations, and what is done with what was found."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from l10n.interface import gettext as _
from l10n.model import Match, State
from l10n.project import Project
from l10n.review.concordance import Hit, Words, find_hits, word_at
from l10n.review.filter import parse_filter
from l10n.review.index import OPEN_STATES
from l10n.review.opening import Place, places
from l10n.text.markup import escape, plain
from tui.desk.application import Application
from tui.desk.decisions import Decisions
from tui.desk.look_ups import LookUps
from tui.desk.moves import Moves
from tui.desk.panes import Panes
from tui.desk.work import start
from tui.desk.writing import Writing
from tui.windows.concordance import Chosen, ConcordanceScreen, Use

_UNITS = 20
"""Units of this catalog that are shown where the memory has nothing."""


class Concordance:
    """Opens the concordance on the words one points at."""

    def __init__(
        self,
        panes: Panes,
        *,
        moves: Moves,
        decisions: Decisions,
        writing: Writing,
        look_ups: LookUps,
        leave: Callable[[Callable[[], object]], None],
        application: Application,
        project: Project | None,
    ) -> None:
        self._panes = panes
        self._session = panes.session
        self._moves = moves
        self._decisions = decisions
        self._writing = writing
        self._look_ups = look_ups
        self._leave = leave
        self._application = application
        self._project = project

    def concordance(self) -> None:
        """Look words up in earlier translations: the selected ones, else that at the cursor."""
        start(self._panes.screen, self._ask, group="window")

    async def _ask(self) -> None:
        session = self._session
        if not session.entries:
            return
        window = ConcordanceScreen(
            self._find,
            value=self._words(),
            source=plain(session.source),
            locale=session.judge.source_locale,
        )
        answer = await self._panes.screen.app.push_screen_wait(window)
        if not isinstance(answer, Chosen):
            return
        if answer.use is Use.OPEN:
            self._open(answer.hit)
        elif self._decisions.may_decide():
            text = answer.hit.marked_target if answer.use is Use.PART else ""
            self._writing.insert(escape(text or answer.hit.target))

    def _words(self) -> str:
        """Return what is pointed at: selected in the source, then in the translation; the word there."""
        panes = self._panes
        selected = panes.source.selected_text or plain(panes.editor.selected_text)
        if selected.strip() or self._panes.screen.focused is not panes.editor:
            return " ".join(selected.split())
        text = panes.editor.value
        first, last = word_at(text, panes.editor.cursor)
        return text[first:last]

    async def _find(self, text: str) -> Sequence[Hit]:
        return await self._look_ups.adviser.concordance(text) or self._own(text)

    def _own(self, text: str) -> Sequence[Hit]:
        """Return units of this very catalog with the words, drafts too, where the memory has none."""
        judge = self._session.judge
        words = Words(text, judge.source_locale, judge.target_locale)
        drafts = {
            plain(match.target)
            for query in words.queries
            for match in self._units_with(query, OPEN_STATES)
        }
        return [
            replace(hit, is_draft=hit.target in drafts)
            for hit in find_hits(words, self._units_with)
        ]

    def _units_with(
        self, text: str, states: Container[State] = frozenset(State)
    ) -> list[Match]:
        session = self._session
        all_rows = range(len(session.entries))
        _query, rows = parse_filter(text).select_in_time(session.index, all_rows)
        path = str(session.keeper.path.resolve())
        return [
            Match(
                session.entries[row].msgid,
                session.text_of(session.entries[row]),
                100,
                False,
                path,
            )
            for row in rows[:_UNITS]
            # The one that one stands at is on the screen.
            if row != session.position and session.index.state(row) in states
        ]

    # Going there

    def _open(self, hit: Hit) -> None:
        path = Path(hit.origin)
        if path == self._session.keeper.path.resolve():
            self.stand_at(hit.source)
            return
        place = next((place for place in self._places() if place.path.resolve() == path), None)
        if place is None:
            message = _("{name} is no catalog of this project.").format(name=path.name)
            self._panes.say(message, severity="warning")
            return
        self._leave(partial(self._application.open_place, place, at=hit.source))

    def _places(self) -> Sequence[Place]:
        return places(self._project) if self._project else self._application.queue.places

    def stand_at(self, source: str) -> None:
        """Stand at the unit whose source holds a text."""
        rows = (
            row
            for row, entry in enumerate(self._session.entries)
            if source in plain(entry.msgid)
        )
        row = next(rows, None)
        if row is None:
            self._panes.say(_("This text is no longer in the catalog."), severity="warning")
        else:
            self._moves.stand_at(row)

"""What is asked of the look-up processes while somebody works, and shown when they answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from l10n.errors import L10nError
from l10n.model import Origin
from l10n.review.index import OPEN_STATES
from l10n.text.markup import OMIT, plain
from tui.advice import Adviser
from tui.desk.application import Application
from tui.desk.panes import Panes
from tui.desk.work import Work, start

if TYPE_CHECKING:
    from l10n.catalog import Entry

_LOOK_UP = 0.12
"""Seconds the cursor has to rest before anything is looked up."""
_REST = 0.5
"""Seconds the cursor has to rest before the engine is asked without being told to."""


class LookUps:
    """Asks memory, glossary, engine and slow checks about the unit on the screen; nobody waits for them."""

    def __init__(self, panes: Panes, adviser: Adviser, application: Application) -> None:
        self.adviser = adviser
        self._panes = panes
        self._session = panes.session
        self._screen = panes.screen
        self._application = application
        self._lessons = 0
        """How often this sitting has taught something about drafts."""

    def begin(self) -> None:
        """Ask about the unit that was just shown."""
        self.look_up()
        self._draft_ahead()

    def look_up(self, *, again: bool = False) -> None:
        """Ask the memory and the glossary; again, when they have learnt something."""
        self._run(partial(self._look_up, again=again), "look-up")

    def judge(self) -> None:
        """Ask for the findings of every rule in the text as it stands."""
        self._run(self._judge, "judge")

    def translate(self, *, after: float = 0.0) -> None:
        """Ask the engine about the current unit."""
        if self._session.entries:
            self._run(partial(self._translate, after), "translate")

    def learn(self) -> None:
        """Let the memory read what was saved, here and elsewhere."""
        self._run(self._learn, "learn", exclusive=False)

    def unlearn(self) -> bool:
        """Forbid what lessons changed in the draft that is offered, and ask for it anew; False where they changed nothing."""
        changes = self._panes.advice.changes
        if changes:
            self._run(partial(self._unlearn, changes), "translate")
        return bool(changes)

    async def _unlearn(self, changes: tuple[tuple[str, str], ...]) -> None:
        try:
            await self.adviser.unlearn(changes)
        except L10nError as error:
            self._panes.advice.remark = error.message
            return
        await self._translate(0.0)

    async def _take_lessons(self) -> None:
        """Learn from what was approved, where the engine is asked by itself anyway."""
        if not self._application.asks_engine:
            return
        try:
            self._lessons += await self.adviser.take_lessons()
        except L10nError as error:
            self._screen.log.warning(str(error))

    def _run(self, work: Work, group: str, *, exclusive: bool = True) -> None:
        start(self._screen, work, group=group, exclusive=exclusive, exit_on_error=False)

    async def _look_up(self, *, again: bool) -> None:
        panes, advice = self._panes, self._panes.advice
        if not self.adviser.knows_anything:
            return
        if (advice.matches or advice.terms) and not again:
            return
        await self._application.clock.sleep(_LOOK_UP)
        try:
            await self.adviser.look_up(advice)
        except L10nError as error:
            advice.remark = error.message
        if advice is panes.advice:
            panes.show_offers()
            panes.show_source()
        self.judge()
        try:
            await self.adviser.find_placeables(advice)
        except L10nError:
            return  # without them nothing is completed from the source
        advice.learn_words()
        draft = self._session.first_draft() if advice is panes.advice else None
        if draft is not None and advice.vocabulary is not None:
            advice.vocabulary.learn(plain(draft.text))

    async def _judge(self) -> None:
        await self._application.clock.sleep(_LOOK_UP)
        session = self._session
        if not session.entries or not session.text or session.text == OMIT:
            return
        entry, form, text = session.entry, session.form, session.text
        try:
            findings = await self.adviser.judge(entry, session.source, text)
        except L10nError:
            return  # the quick checks are on the screen
        if findings is not None:
            self._panes.take_findings((entry.key, form), text, findings)

    def _draft_ahead(self) -> None:
        """Ask the engine by itself, where its draft is worth something and the person lets it."""
        advice, entry = self._panes.advice, self._session.entry
        if advice.waiting or advice.machine is not None:
            return
        # A question about the unit before keeps the engine from this one.
        self._screen.workers.cancel_group(self._screen, "translate")
        if (
            self._application.asks_engine
            and not self.adviser.engine_problem
            and entry.state in OPEN_STATES
            and (entry.origin is not Origin.MT or self._has_new_draft(entry))
        ):
            self.translate(after=_REST)

    def _has_new_draft(self, entry: Entry) -> bool:
        """Whether lessons of this sitting may change a draft that nobody has touched."""
        return (
            self._lessons > 0 and entry.stamp is not None and entry.stamp.machine is Origin.MT
        )

    async def _translate(self, after: float) -> None:
        panes, entry, advice = self._panes, self._session.entry, self._panes.advice
        await self._application.clock.sleep(after)
        # The unit may be left by now; its advice is kept with it, not with the screen.
        advice.waiting = True
        panes.show_offers()
        try:
            await self.adviser.translate(entry, advice)
            advice.learn_words()
            advice.remark = ""
        except L10nError as error:
            advice.remark = f"{error.message}  {error.hint}".strip()
        finally:
            advice.waiting = False
        if advice is panes.advice:
            panes.show_offers()

    async def _learn(self) -> None:
        try:
            learnt = await self.adviser.learn()
        except L10nError as error:
            self._screen.log.warning(str(error))
            return
        await self._take_lessons()
        if learnt and self._session.entries:
            self.look_up(again=True)

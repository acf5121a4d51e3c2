"""The commands that open a window or another program, and what is done with the answers."""

from __future__ import annotations

import asyncio
import tempfile
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from textual.screen import ModalScreen

from l10n.catalog import Catalog
from l10n.errors import L10nError
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.model import Counts, Key
from l10n.project import Project
from l10n.review.opening import places
from l10n.review.queue import Queue, count_file
from l10n.review.replacing import replaced
from l10n.text.markup import plain
from tui.desk.application import Application
from tui.desk.decisions import Decisions
from tui.desk.glossary import GlossaryLines
from tui.desk.look_ups import LookUps
from tui.desk.moves import Moves
from tui.desk.panes import Panes
from tui.desk.safety import Safety
from tui.desk.work import Work, start
from tui.desk.writing import Writing
from tui.windows.dialogs import Finds, Line, Note, SpecialCharacter
from tui.windows.help import HelpScreen
from tui.windows.progress import Overview, ProgressScreen
from tui.windows.replacing import ReplaceScreen


class Windows:
    """Opens windows over the desk; one at a time is answered."""

    def __init__(
        self,
        panes: Panes,
        *,
        moves: Moves,
        decisions: Decisions,
        writing: Writing,
        look_ups: LookUps,
        safety: Safety,
        application: Application,
        project: Project | None,
    ) -> None:
        self._panes = panes
        self._session = panes.session
        self._screen = panes.screen
        self._moves = moves
        self._decisions = decisions
        self._writing = writing
        self._look_ups = look_ups
        self._safety = safety
        self._application = application
        self._project = project

    def _open(self, work: Work) -> None:
        start(self._screen, work, group="window")

    async def _ask(self, window: ModalScreen[object]) -> object:
        return await self._screen.app.push_screen_wait(window)

    # Words

    def note(self) -> None:
        """Write a note."""
        self._open(self._ask_note)

    def special(self) -> None:
        """Type a special character."""
        self._open(self._ask_special)

    def go_to(self) -> None:
        """Go to a unit by number."""
        self._open(self._ask_number)

    async def _ask_note(self) -> None:
        if not self._decisions.may_decide():
            return
        key, before = self._session.entry.key, self._session.entry.notes
        text = await self._ask(Note(_("Note"), "\n".join(before)))
        while isinstance(text, str):
            problem = self._write_note(key, before, text)
            if not problem:
                break
            text = await self._ask(Note(problem, text))

    def _write_note(self, key: Key, before: Sequence[str], text: str) -> str:
        """Write a note on a unit, wherever a merge has put it meanwhile; returns why that cannot be."""
        session = self._session
        row = session.row_of(key, session.position)
        if row is None:
            return _("This unit is no longer in the catalog: copy your note, then Esc.")
        if session.read_only:
            return _("The catalog is open for reading only now: copy your note, then Esc.")
        if row != session.position:
            self._moves.stand_at(row)
        # What others wrote while the window was open is not in its text.
        added_by_others = [note for note in session.entry.notes if note not in before]
        session.set_note("\n".join([text, *added_by_others]))
        self._safety.soon()
        self._panes.show_unit()
        return ""

    async def _ask_special(self) -> None:
        if not self._decisions.may_decide():
            return
        sign = await self._ask(SpecialCharacter())
        if isinstance(sign, str):
            self._writing.insert(sign)

    async def _ask_number(self) -> None:
        total = len(self._session.entries)
        text = await self._ask(Line(_("Go to unit"), placeholder=f"1-{total}"))
        if isinstance(text, str) and text.strip().isdigit():
            row = int(text) - 1
            if 0 <= row < total:
                self._moves.stand_at(row)
            else:
                self._panes.say(_("There is no unit {number}.").format(number=text))

    def replace(self) -> None:
        """Search and replace in the units that are shown."""
        self._open(self._ask_replace)

    async def _ask_replace(self) -> None:
        if not self._decisions.may_write():
            return
        session = self._session
        session.keep_text()
        selected = plain(self._panes.editor.selected_text)
        window = ReplaceScreen(lambda: session.shown_texts, selected, self._application.clock)
        answer = await self._ask(window)
        if not isinstance(answer, tuple):
            return
        texts, places = answer
        if not places:
            self._panes.say(_("No place was chosen: nothing is replaced."))
            return
        changed = replaced(texts, places)
        now = session.shown_texts
        if any(now.get(row) != texts[row] for row in changed):
            message = _("Somebody changed these units meanwhile: look again.")
            self._panes.say(message, severity="warning")
            return
        session.put_forms(changed, N_("Replaced"))
        self._decisions.settle()
        number = len(places)
        message = ngettext("{number} place replaced.", "{number} places replaced.", number)
        self._panes.say(message.format(number=number) + " " + _("Ctrl+R takes it back."))

    # Looking things up

    def translate(self) -> None:
        """Ask the engine."""
        self._look_ups.translate()

    def unlearn(self) -> None:
        """Forbid what lessons have changed in the draft that is offered."""
        if not self._look_ups.unlearn():
            self._panes.say(_("Lessons have changed nothing in this draft."))

    def glossary(self) -> None:
        """Look a term up; a line `term = translation` adds one."""
        self._open(self._ask_glossary)

    async def _ask_glossary(self) -> None:
        lines = GlossaryLines(self._project, self._session.judge, self._panes.say)
        answer = await self._ask(
            Finds(
                _("Glossary"),
                lines.find,
                value=plain(self._panes.editor.selected_text).strip(),
                hint=_("term = translation, then Enter, adds one   Esc closes"),
            )
        )
        if isinstance(answer, str) and "=" in answer and lines.add(answer):
            if self._project is not None:
                self._session.also_changed[self._project.glossary_path] = None
            self._session.forget_findings()
            await self._look_ups.adviser.reload()
            self._look_ups.look_up(again=True)

    # Progress and preview

    def progress(self) -> None:
        """Show days of work, and how far every catalog is."""
        self._open(self._show_progress)

    def preview(self) -> None:
        """Open source and translation side by side in the browser."""
        start(self._screen, self._show_preview, group="preview", exclusive=True)

    async def _show_progress(self) -> None:
        overview = await asyncio.to_thread(self._overview)
        self._screen.app.push_screen(ProgressScreen(overview))

    def _overview(self) -> Overview:
        session = self._session
        works = tuple(session.sitting.works.values())
        if self._project is None:
            counts = {session.name: session.catalog.counts()}
            return Overview(counts, session.home, works=works)
        queue = Queue(places(self._project), self._project)
        queue.survey()
        answers = {place.name: count_file(place.path) for place in queue.places}
        counts = {name: count for name, count in answers.items() if isinstance(count, Counts)}
        return Overview(counts, session.home, queue.dues(), works)

    async def _show_preview(self) -> None:
        problem = await self._safety.close()
        if problem:
            self._panes.say(problem, severity="error")
        try:
            path = await asyncio.to_thread(self._write_preview)
        except (L10nError, OSError) as error:
            self._panes.say(str(error), severity="error")
            return
        if not await asyncio.to_thread(webbrowser.open, path.as_uri()):
            self._panes.say(_("No browser here. The page is {path}").format(path=path))

    def _write_preview(self) -> Path:
        from l10n.review.preview import preview_page  # noqa: PLC0415 - loads readers and exporter

        catalog_path = self._session.keeper.path
        page = preview_page(self._project, Catalog.load(catalog_path))
        folder = Path(tempfile.mkdtemp(prefix="l10n-preview-"))
        path = folder / f"{catalog_path.stem}.html"
        path.write_text(page, encoding="utf-8")
        return path

    # The screen itself

    def help(self) -> None:
        """Show the keys."""
        units = self._panes.units
        everywhere: dict[str, list[str]] = {}
        for key, bound in self._screen.active_bindings.items():
            if bound.binding.id:
                everywhere.setdefault(bound.binding.id, []).append(key)
        in_list: dict[str, list[str]] = {}
        for key, name in units.keys.items():
            in_list.setdefault(name, []).append(key)
        has_focus = self._screen.focused is units
        self._screen.app.push_screen(HelpScreen(everywhere, in_list, list_has_focus=has_focus))

    def command_palette(self) -> None:
        """Search for a command."""
        self._application.action_command_palette()

    def language(self) -> None:
        """Switch the interface language."""
        self._application.action_switch_language()

    def contrast(self) -> None:
        """Switch high contrast."""
        self._application.action_contrast()

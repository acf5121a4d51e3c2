"""The review screen with its windows: everything that asks before it acts."""

from __future__ import annotations

import asyncio
import tempfile
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content

from l10n.catalog import Catalog
from l10n.errors import L10nError
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.model import Counts, Key, State
from l10n.project import Project
from l10n.review.content import content_of
from l10n.review.keeper import Conflict
from l10n.review.lock import Holder
from l10n.review.session import Session
from l10n.text.markup import plain
from tui.advice import Adviser, concordance_line
from tui.figures import figure
from tui.screens.chooser import ProgressScreen
from tui.screens.dialogs import Finds, Line, Note, Question, SpecialCharacter
from tui.screens.help import HelpScreen
from tui.screens.review import ReviewScreen
from tui.screens.sides import ConflictScreen, RecoveryScreen

if TYPE_CHECKING:
    from l10n.glossary import Glossary

_LATER = 0.25
"""Seconds after which it is tried again to ask a person who was typing."""


class DeskScreen(ReviewScreen):
    """The review screen, complete."""

    def __init__(
        self, session: Session, adviser: Adviser, project: Project | None, *, query: str = ""
    ) -> None:
        super().__init__(session, adviser, query=query)
        self._project = project
        self._conflicts: tuple[Conflict, ...] = ()
        """Those nobody was asked about yet."""
        self._leaving = False

    def on_mount(self) -> None:
        """Take the catalog before any key can change it; Textual then calls the board's own `on_mount`."""
        session, keeper = self.session, self.session.keeper
        holder = None
        if _is_writable(keeper.path):
            holder = keeper.start(session.reviewer)
            session.read_only = holder is not None
        else:
            session.read_only = True
            self.say(_("The file is read-only: you can look, not change."), severity="warning")
        self._sit_down(holder)

    @work
    async def _sit_down(self, holder: Holder | None) -> None:
        session, keeper = self.session, self.session.keeper
        if holder is not None:
            await self._ask_holder(holder.user, holder.host, holder.pid)
        if not session.read_only:
            await self._offer_recovery()
        if keeper.trouble:
            self.say(keeper.trouble, severity="error")

    async def _ask_holder(self, user: str, host: str, pid: int) -> None:
        answer = await self.app.push_screen_wait(
            Question(
                _("Somebody is at this catalog"),
                _("{user} on {host} has it open (process {pid}).").format(
                    user=user, host=host, pid=pid
                ),
                (
                    ("r", _("Read only"), "read"),
                    ("t", _("Take over: the other can only read from then on"), "take"),
                ),
                more=_("Taking over loses nothing: the other program saves first."),
            )
        )
        if answer == "take":
            self.session.keeper.start(self.session.reviewer, force=True)
            self.session.read_only = False
            self.show_unit()

    async def _offer_recovery(self) -> None:
        keeper = self.session.keeper
        found = keeper.recoverable()
        if not found:
            keeper.forget_left_behind()
            return
        answer = await self.app.push_screen_wait(RecoveryScreen(found))
        if answer is None:
            return
        if isinstance(answer, tuple):
            number = self.session.recover(answer)
            self.safety.soon()
            self.say(
                ngettext("{number} unit put back.", "{number} units put back.", number).format(
                    number=number
                )
            )
        keeper.forget_left_behind()
        self.show_changed()
        self.show_list()

    def settle_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Ask about entries that were changed on both sides, once the person stops typing."""
        self._conflicts += conflicts
        self._ask_when_still()

    def _ask_when_still(self) -> None:
        if not self._conflicts or not self.is_mounted:
            return
        stands_there = bool(self.session.entries) and self.session.entry.key in {
            one.key for one in self._conflicts
        }
        is_free = self.app.screen is self and not self._leaving
        if is_free and (self.safety.is_still or stands_there):
            self.app.push_screen(ConflictScreen(self._take_conflicts()), self._take_answers)
        else:
            self.set_timer(_LATER, self._ask_when_still)

    def _take_conflicts(self) -> tuple[Conflict, ...]:
        """Give the open conflicts; what was done since on top of the other's version is theirs."""
        session, taken = self.session, []
        for one in self._conflicts:
            row = session.row_of(one.key)
            if row is not None and row == session.position:
                session.keep_text()
            theirs = one.theirs if row is None else content_of(session.entries[row])
            taken.append(replace(one, theirs=theirs))
        self._conflicts = ()
        return tuple(taken)

    def _take_answers(self, answer: object) -> None:
        if not isinstance(answer, tuple) or self.session.read_only:
            return  # the journal keeps mine: it is offered at the next start
        for conflict, ours in answer:
            if ours and not self.session.put_content(conflict.key, conflict.ours, N_("Mine")):
                continue
            self.session.keeper.decided(conflict.key)
        self.safety.soon()
        self.show_changed()

    # Decisions that need words

    @work(group="window")
    async def action_note(self) -> None:
        """Write a note."""
        if not self._may_decide():
            return
        key, before = self.session.entry.key, self.session.entry.notes
        text = await self.app.push_screen_wait(Note(_("Note"), "\n".join(before)))
        while isinstance(text, str):
            problem = self._write_note(key, before, text)
            if not problem:
                break
            text = await self.app.push_screen_wait(Note(problem, text))

    def _write_note(self, key: Key, before: Sequence[str], text: str) -> str:
        """Write a note on a unit, wherever a merge has put it meanwhile; gives why that cannot be."""
        session = self.session
        row = session.row_of(key, session.position)
        if row is None:
            return _("This unit is no longer in the catalog: copy your note, then Esc.")
        if session.read_only:
            return _("The catalog is open for reading only now: copy your note, then Esc.")
        if row != session.position:
            self.stand_at(row)
        theirs = [note for note in session.entry.notes if note not in before]
        session.set_note("\n".join([text, *theirs]))
        self.safety.soon()
        self.show_unit()
        return ""

    @work(group="window")
    async def action_special(self) -> None:
        """Type a special character."""
        if not self._may_decide():
            return
        sign = await self.app.push_screen_wait(SpecialCharacter())
        if isinstance(sign, str):
            self.editor.insert_here(sign)
            self.set_focus(self.editor)

    @work(group="window")
    async def action_go_to(self) -> None:
        """Go to a unit by number."""
        total = len(self.session.entries)
        text = await self.app.push_screen_wait(Line(_("Go to unit"), placeholder=f"1-{total}"))
        if isinstance(text, str) and text.strip().isdigit():
            row = int(text) - 1
            if 0 <= row < total:
                self.stand_at(row)
            else:
                self.say(_("There is no unit {number}.").format(number=text))

    def action_approve_many(self) -> None:
        """Approve marked or shown units, after asking."""
        self._ask_many("approve")

    def action_reject_many(self) -> None:
        """Reject marked or shown units, after asking."""
        self._ask_many("reject")

    @work(group="window")
    async def _ask_many(self, what: str) -> None:
        if not self._may_decide():
            return
        self.session.keep_text()
        rows = self.rows_for_many()
        if not rows:
            self.say(_("Nothing is left to decide here."))
            return
        number = len(rows)
        if what == "approve":
            title = ngettext("Approve {number} unit?", "Approve {number} units?", number)
        else:
            title = ngettext("Reject {number} unit?", "Reject {number} units?", number)
        marked = bool(self.session.index.marked)
        scope = _("The marked ones.") if marked else _("All that the list shows.")
        if not marked and self.session.query.terms:
            scope = _("All that fit “{filter}”.").format(filter=self.session.query.text)
        answer = await self.app.push_screen_wait(
            Question(
                title.format(number=figure(number)),
                scope + "\n" + self._states_of(rows),
                (("y", _("Yes"), "yes"), ("n", _("No"), "no")),
                more=_(
                    "Empty units and units with errors are left alone; Ctrl+R takes it back."
                )
                if what == "approve"
                else _("Ctrl+R takes it back."),
            )
        )
        if answer == "yes":
            self.decide_many(what, rows)

    def _states_of(self, rows: Sequence[int]) -> str:
        from tui.describe import STATE_NAMES  # noqa: PLC0415

        counts = dict.fromkeys(State, 0)
        for row in rows:
            counts[self.session.index.state(row)] += 1
        return ", ".join(
            f"{_(STATE_NAMES[state])}: {figure(number)}"
            for state, number in counts.items()
            if number
        )

    # Looking things up

    @work(group="window")
    async def action_concordance(self) -> None:
        """Look words up in earlier translations, the selected ones first."""
        await self.app.push_screen_wait(
            Finds(
                _("Concordance"),
                self._find_earlier,
                value=plain(self.editor.selected_text),
                hint=_("Words in source or translation   Esc closes"),
            )
        )

    async def _find_earlier(self, text: str) -> list[Content]:
        found = [concordance_line(match) for match in await self.adviser.concordance(text)]
        return found or self._find_here(text)

    def _find_here(self, text: str) -> list[Content]:
        """Give units of this very catalog with the words, where the memory has none."""
        from l10n.review.filter import parse_filter  # noqa: PLC0415

        session = self.session
        everything = range(len(session.entries))
        _query, rows = parse_filter(text).select_in_time(session.index, everything)
        return [
            Content.assemble(
                (f"{row + 1} ", "$l10n-dim"),
                plain(session.entries[row].msgid)[:400],
                "\n",
                (plain(session.entries[row].msgstr)[:400], "bold"),
            )
            for row in rows[:20]
        ]

    @work(group="window")
    async def action_glossary(self) -> None:
        """Look a term up; a line `term = translation` adds one."""
        selected = plain(self.editor.selected_text).strip()
        answer = await self.app.push_screen_wait(
            Finds(
                _("Glossary"),
                self._find_terms,
                value=selected,
                hint=_("term = translation, then Enter, adds one   Esc closes"),
            )
        )
        if isinstance(answer, str) and "=" in answer and self._add_term(answer):
            self.session.forget_findings()
            await self.adviser.reload()
            self._look_up(again=True)

    async def _find_terms(self, text: str) -> list[Content]:
        from l10n.languages.folding import fold_for_search  # noqa: PLC0415

        wanted = fold_for_search(text.partition("=")[0].strip())
        glossary = await asyncio.to_thread(self._glossary)
        return [
            Content.assemble(
                term.source_term,
                " → ",
                (term.target_term, "bold"),
                (f"  {term.note}", "$l10n-dim"),
            )
            for term in glossary.terms
            if wanted in fold_for_search(term.source_term)
            or wanted in fold_for_search(term.target_term)
        ][:40]

    def _glossary(self) -> Glossary:
        from l10n.glossary import Glossary  # noqa: PLC0415 - loads slowly, rarely needed

        return Glossary.load(self._project.glossary_path) if self._project else Glossary()

    def _add_term(self, line: str) -> bool:
        """Add a line of the window to the glossary; False, and why it cannot be done, when it cannot."""
        if self._project is None:
            self.say(
                _("There is no project here, so there is no glossary."), severity="warning"
            )
            return False
        term, _equals, translation = (part.strip() for part in line.partition("="))
        if not term or not translation:
            self.say(_("Write it like this: term = translation"), severity="warning")
            return False
        judge = self.session.judge
        try:
            append_term(
                self._project.glossary_path,
                (judge.source_locale, term, judge.target_locale, translation),
            )
        except (L10nError, OSError) as error:
            self.say(str(error), severity="error")
            return False
        self.say(_("Added: {term} → {translation}").format(term=term, translation=translation))
        return True

    # Screen and file

    def action_help(self) -> None:
        """Show the keys."""
        everywhere: dict[str, str] = {}
        for key, bound in self.active_bindings.items():
            _collect(everywhere, bound.binding.id, key)
        listed: dict[str, str] = {}
        for key, name in self.units.keys.items():
            _collect(listed, name, key)
        place = "list" if self.focused is self.units else "editor"
        self.app.push_screen(HelpScreen(everywhere, listed, place))

    def action_command_palette(self) -> None:
        """Search for a command."""
        self.app.action_command_palette()

    def action_language(self) -> None:
        """Switch the interface language."""
        self.app.action_switch_language()

    def action_contrast(self) -> None:
        """Switch high contrast."""
        self.app.action_contrast()

    @work(group="window")
    async def action_progress(self) -> None:
        """Show days of work, and how far every catalog is."""
        counts = await asyncio.to_thread(self._count_all)
        self.app.push_screen(ProgressScreen(counts))

    def _count_all(self) -> dict[str, Counts]:
        from l10n.review.opening import places  # noqa: PLC0415
        from tui.screens.chooser import count_file  # noqa: PLC0415

        if self._project is None:
            return {self.session.name: self.session.catalog.counts()}
        counts = {place.name: count_file(place.path) for place in places(self._project)}
        return {name: found for name, found in counts.items() if isinstance(found, Counts)}

    @work(group="window", exclusive=True)
    async def action_preview(self) -> None:
        """Open source and translation side by side in the browser."""
        problem = await self.safety.close()
        if problem:
            self.say(problem, severity="error")
        try:
            path = await asyncio.to_thread(self._write_preview)
        except (L10nError, OSError) as error:
            self.say(str(error), severity="error")
            return
        if not await asyncio.to_thread(webbrowser.open, path.as_uri()):
            self.say(_("No browser here. The page is {path}").format(path=path))

    def _write_preview(self) -> Path:
        from l10n.review.preview import preview_page  # noqa: PLC0415

        page = preview_page(self._project, Catalog.load(self.session.keeper.path))
        folder = Path(tempfile.mkdtemp(prefix="l10n-preview-"))
        path = folder / f"{self.session.keeper.path.stem}.html"
        path.write_text(page, encoding="utf-8")
        return path

    def action_choose(self) -> None:
        """Choose another catalog."""
        self._leave_for_list()

    @work(group="leave", exclusive=True)
    async def _leave_for_list(self) -> None:
        if await self.may_leave():
            self.app.show_chooser()

    def action_quit(self) -> None:
        """Save everything and leave."""
        self._quit()

    @work(group="leave", exclusive=True)
    async def _quit(self) -> None:
        if await self.may_leave():
            self.app.exit()

    async def may_leave(self) -> bool:
        """Save and give the catalog up; asks when saving fails. False to stay."""
        self._leaving = True
        while True:
            problem = await self.safety.close()
            if self._conflicts:
                conflicts = ConflictScreen(self._take_conflicts())
                self._take_answers(await self.app.push_screen_wait(conflicts))
                continue
            if not problem:
                break
            answer = await self.app.push_screen_wait(
                Question(
                    _("Not everything is saved"),
                    problem,
                    (
                        ("r", _("Try again"), "retry"),
                        (
                            "q",
                            _("Leave anyway: the journal is offered at the next start"),
                            "leave",
                        ),
                        ("s", _("Stay"), "stay"),
                    ),
                )
            )
            if answer == "leave":
                break
            if answer != "retry":
                self._leaving = False
                return False
        self.app.keep_statistics(self.session)
        self.session.keeper.close()
        await self.adviser.close()
        return True


def append_term(path: Path, row: tuple[str, str, str, str]) -> None:
    """Add a line to a glossary CSV, making the file where there is none."""
    import csv  # noqa: PLC0415

    header = (
        "source_locale",
        "source_term",
        "target_locale",
        "target_term",
        "note",
        "forbidden",
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists() or not path.stat().st_size
    with path.open("a+", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if is_new:
            writer.writerow(header)
        else:
            with path.open("rb") as end:
                end.seek(-1, 2)
                if end.read(1) != b"\n":
                    stream.write("\n")
        writer.writerow((*row, "", ""))


def _collect(keys: dict[str, str], name: str | None, key: str) -> None:
    if name:
        keys[name] = f"{keys[name]},{key}" if name in keys else key


def _is_writable(path: Path) -> bool:
    """Tell whether a file says it may be written: root could write any."""
    import os  # noqa: PLC0415

    try:
        return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)
    except OSError:
        return False

"""The screen, driven by keys; what counts is what the file says afterwards."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Static, TextArea

from l10n.catalog import Catalog
from l10n.interface import set_language
from l10n.model import Finding, Origin, Severity, State, Unit
from l10n.review.opening import resolve
from tests.review.conftest import SOURCES
from tests.review.driving import (
    NARROW,
    WIDE,
    Open,
    desk_of,
    eventually,
    leave,
    press_fast,
    screen_of,
    settle,
    type_text,
)
from tui.app import ReviewApp
from tui.chooser import ChooserScreen
from tui.desk.screen import Desk as Screen
from tui.widgets.panes import Findings, Pane, StatusLine
from tui.windows.dialogs import Note
from tui.windows.sides import ConflictScreen, RecoveryScreen

if TYPE_CHECKING:
    from tests.review.conftest import Desk


def said(app: ReviewApp) -> str:
    """Give what the status line says in passing."""
    return screen_of(app).query_one(StatusLine).message


async def test_what_is_approved_is_in_the_file_after_leaving(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f2", "f2")
        await leave(app, pilot)
    states = [entry.state for entry in desk.on_disk().entries]
    assert states[:3] == [State.REVIEWED, State.REVIEWED, State.DRAFT]


async def test_spanish_is_typed_pasted_and_approved(desk: Desk, review: Open) -> None:
    desk.write(drafts=False)
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, "¿Qué? ¡Ñandú! «año» — … ")
        app.post_message(events.Paste("man\u0303ana\nen el parque\n"))
        await settle(pilot)
        await pilot.press("f2")
        await leave(app, pilot)
    assert desk.texts()[0] == "¿Qué? ¡Ñandú! «año» — … mañana en el parque"
    assert desk.on_disk().entries[0].state is State.REVIEWED


async def test_keys_that_come_at_once_are_read_in_their_order(desk: Desk, review: Open) -> None:
    desk.write(drafts=False)
    async with review() as (app, pilot):
        for key in ("f6", *"abc", "f2", *"def", "f3", *"ghi", "f2"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot, 0.5)
        await leave(app, pilot)
    assert desk.texts()[:3] == ["abc", "def", "ghi"]


async def test_the_list_and_f2_at_once_approve_the_right_unit(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        for key in ("down", "down", "f2"):
            app.post_message(events.Key(key, None))
        await settle(pilot)
        await leave(app, pilot)
    states = [entry.state for entry in desk.on_disk().entries]
    assert states[:4] == [State.DRAFT, State.DRAFT, State.REVIEWED, State.DRAFT]


async def test_an_error_needs_a_second_approval(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("down", "f6", "ctrl+u")
        await settle(pilot)
        await type_text(app, pilot, "no placeholder")
        await pilot.press("f2")
        assert screen_of(app).session.position == 1
        await pilot.press("f2")
        assert screen_of(app).session.position == 2
        await leave(app, pilot)
    assert desk.on_disk().entries[1].state is State.REVIEWED


async def test_typing_is_undone_in_the_unit_it_belongs_to(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, "XYZ")
        await pilot.press("alt+down")
        await settle(pilot)
        await pilot.press("alt+up")
        await settle(pilot)
        assert screen_of(app).editor.value.endswith("XYZ")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert screen_of(app).editor.value == "The fair opens its doors."


async def test_pasting_many_lines_and_undoing_does_not_crash(desk: Desk, review: Open) -> None:
    """Textual issue 6686: the cursor of an undo stands below the end of the text."""
    desk.path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n"\n\n'
        'msgid "a\\nb"\nmsgstr "a\\nb"\n',
        encoding="utf-8",
    )
    async with review(NARROW) as (app, pilot):
        await pilot.press("f6")
        app.post_message(events.Paste("\n".join(f"line {i}" for i in range(60))))
        await settle(pilot)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert screen_of(app).editor.value == "a\nb"
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert screen_of(app).editor.value.endswith("line 59")


async def test_a_decision_is_taken_back(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("a", "a", "u")
        await settle(pilot)
        states = [entry.state for entry in screen_of(app).session.entries]
        assert states[:2] == [State.REVIEWED, State.DRAFT]
        assert screen_of(app).session.position == 1


async def test_a_filter_narrows_the_list_as_one_types(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("slash")
        await type_text(app, pilot, "pinguino")
        assert list(screen_of(app).session.visible) == [5]
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert len(screen_of(app).session.visible) == 6


async def test_a_unit_that_the_filter_hides_is_not_decided_about(
    desk: Desk, review: Open
) -> None:
    before = desk.texts()
    async with review() as (app, pilot):
        await pilot.press("slash")
        await type_text(app, pilot, "nowhere")
        await pilot.press("enter", "f2", "f3", "x", "o", "c", "right_square_bracket")
        await settle(pilot)
        assert said(app) == "Nothing fits the filter."
        await pilot.press("slash", "ctrl+u")
        await type_text(app, pilot, "pinguino")
        await pilot.press("enter", "b", "x")
        await settle(pilot)
        assert screen_of(app).session.position == 0
        assert said(app) == "The filter hides unit 1."
        await leave(app, pilot)
    assert desk.texts() == before
    assert not [one for one in desk.on_disk().entries if one.state is not State.DRAFT]


async def test_many_are_approved_after_a_question(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("space", "down", "down", "space", "A")
        await settle(pilot, 0.5)
        await pilot.press("y")
        await settle(pilot, 0.4)
        await leave(app, pilot)
    states = [entry.state is State.REVIEWED for entry in desk.on_disk().entries]
    assert states == [True, False, True, False, False, False]


async def test_a_note_is_written_as_a_translator_comment(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("ctrl+n")
        await settle(pilot)
        await type_text(app, pilot, "¿seguro?")
        await pilot.press("f2")
        await settle(pilot)
        await leave(app, pilot)
    assert desk.on_disk().entries[0].notes == ("¿seguro?",)
    assert desk.path in app.worked_on, "to be handed in"


async def test_a_note_that_was_written_goes_at_the_second_escape_only(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        await pilot.press("ctrl+n")
        await settle(pilot)
        await type_text(app, pilot, "¿seguro?")
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Note)
        await pilot.press("escape")
        await settle(pilot)
        assert screen_of(app) is app.screen
        await leave(app, pilot)
    assert desk.on_disk().entries[0].notes == ()


async def test_who_takes_a_decision_back_is_told_where_and_how_the_text_comes_back(
    desk: Desk, review: Open
) -> None:
    async with review(begin_in="text") as (app, pilot):
        await type_text(app, pilot, " Today.")
        await pilot.press("f2", "alt+down", "alt+down", "ctrl+r")
        await settle(pilot)
        remark = app.screen.query_one("#status", StatusLine).message
        assert remark == "Taken back in unit 1: Approved. Ctrl+Z brings the text back."
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert screen_of(app).editor.value == "The fair opens its doors. Today."
        await leave(app, pilot)


async def test_a_note_is_kept_when_somebody_saves_the_catalog_meanwhile(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        await pilot.press("ctrl+n")
        await settle(pilot)
        await type_text(app, pilot, "¿seguro?")
        other = Catalog.load(desk.path)
        other.entries[0].set_notes(("Luis: sí",))
        other.entries[5].translate("Penguins!")
        other.save()
        session = desk_of(app).session
        await eventually(pilot, lambda: session.entries[5].msgstr == "Penguins!")
        await pilot.press("f2")
        await settle(pilot)
        await leave(app, pilot)
    assert desk.on_disk().entries[0].notes == ("¿seguro?", "Luis: sí")


async def test_a_note_on_a_unit_that_is_gone_stays_in_the_window(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        await pilot.press("ctrl+n")
        await settle(pilot)
        await type_text(app, pilot, "¿seguro?")
        other = Catalog.load(desk.path)
        other.merge([Unit(text) for text in SOURCES[1:]], article="es/feria.html")
        other.save()
        session = desk_of(app).session
        await eventually(pilot, lambda: len(session.entries) == 5)
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, Note)
        assert app.screen.query_one(TextArea).text == "¿seguro?"
        await pilot.press("escape")
        await settle(pilot)
        await leave(app, pilot)
    assert not any(entry.notes for entry in desk.on_disk().entries)


async def test_a_special_character_is_typed_by_leader_key(desk: Desk, review: Open) -> None:
    desk.write(drafts=False)
    async with review() as (app, pilot):
        await pilot.press("f6", "ctrl+right_square_bracket")
        await settle(pilot)
        await type_text(app, pilot, "<")
        assert screen_of(app).editor.value == "«"


async def test_the_source_is_copied_and_placeholders_put_in(desk: Desk, review: Open) -> None:
    desk.write(drafts=False)
    async with review() as (app, pilot):
        await pilot.press("down", "f6")
        await settle(pilot)
        await type_text(app, pilot, "read ")
        await pilot.press("f7")
        await type_text(app, pilot, "this")
        await pilot.press("f7")
        await settle(pilot)
        assert screen_of(app).editor.value == "read <a1>this</a1>"
        await pilot.press("f4")
        await settle(pilot)
        assert screen_of(app).editor.value == "El niño lee <a1>un cuento</a1>."
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert screen_of(app).editor.value == "read <a1>this</a1>"


async def test_variables_of_a_program_are_put_in_like_placeholders(
    desk: Desk, review: Open
) -> None:
    desk.path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n"\n\n'
        '#, python-format\nmsgid "%(name)s: %(count)d al 100%% en https://a.b/%20c"\nmsgstr ""\n\n'
        'msgid "Ver https://{{ sitio }}/"\nmsgstr ""\n\n'
        '#, python-brace-format\nmsgid "{n} caseta"\nmsgid_plural "{n} casetas"\n'
        'msgstr[0] ""\nmsgstr[1] ""\n',
        encoding="utf-8",
    )
    async with review() as (app, pilot):
        await pilot.press("t", "f7", "f7")
        assert screen_of(app).editor.value == "%(name)s%(count)d"
        assert said(app) == "No placeholder is missing."
        await pilot.press("alt+down", "f7")
        assert screen_of(app).editor.value == "{{ sitio }}"
        await pilot.press("alt+down", "alt+right", "f7")
        assert screen_of(app).editor.value == "{n}"


async def test_a_repair_is_applied_in_the_editor_where_one_stands(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6", "ctrl+u")
        await type_text(app, pilot, "The  fair opens  its doors.")
        await pilot.press("f8", "f8")
        assert screen_of(app).editor.selected_span == (15, 17)
        assert said(app) == "F12 applies the repair."
        await pilot.press("f12")
        await settle(pilot)
        assert screen_of(app).editor.value == "The  fair opens its doors."
        await pilot.press("f8", "f12")
        await settle(pilot)
        assert screen_of(app).editor.value == "The fair opens its doors."


async def test_a_sentence_moves_to_the_next_unit(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, " It rained.")
        await pilot.press("f6", "right_square_bracket")
        await settle(pilot)
        texts = [entry.msgstr for entry in screen_of(app).session.entries[:2]]
        assert texts == [
            "The fair opens its doors.",
            "It rained. The child reads <a1>a story</a1>.",
        ]
        await pilot.press("u")
        await settle(pilot)
        assert screen_of(app).session.entries[1].msgstr == "The child reads <a1>a story</a1>."


async def test_a_move_tells_where_the_sentence_went_and_what_it_lost(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        await pilot.press("right_square_bracket")
        assert said(app) == "Moved to unit 2."
        await pilot.press("u", "slash")
        await type_text(app, pilot, "cuento")
        await pilot.press("enter", "right_square_bracket")
        await settle(pilot)
        assert said(app) == (
            "Moved to unit 3. The filter hides it. Left out: <a1>. Ctrl+R takes it back."
        )
        await leave(app, pilot)
    assert desk.texts()[1:3] == [
        "",
        "The child reads a story. There are 300 stalls in the park.",
    ]


async def test_no_sentence_moves_from_or_to_a_plural(desk: Desk, review: Open) -> None:
    desk.write_plurals()
    async with review() as (app, pilot):
        await pilot.press("full_stop", "f6", "ctrl+end")
        await type_text(app, pilot, " Yes.")
        await pilot.press("f6", "right_square_bracket", "down", "left_square_bracket")
        await settle(pilot)
        await leave(app, pilot)
    entries = desk.on_disk().entries
    assert entries[0].msgstrs == ("One stall is left. Look.", "%d stalls are left. Look. Yes.")
    assert entries[1].msgstr == "It rains tomorrow."


async def test_a_crash_is_recovered_on_the_screen(desk: Desk, review: Open) -> None:
    session = desk.sit_down()
    session.type("The fair opens.", 0)
    session.approve(force=True)
    desk.die(session)
    async with review() as (app, pilot):
        await settle(pilot)
        assert isinstance(app.screen, RecoveryScreen)
        await pilot.press("f2")
        await settle(pilot)
        await leave(app, pilot)
    assert desk.texts()[0] == "The fair opens."
    assert desk.on_disk().entries[0].state is State.REVIEWED


async def test_what_is_not_chosen_after_a_crash_is_asked_again(
    desk: Desk, review: Open
) -> None:
    session = desk.sit_down()
    for row, text in enumerate(("First.", "<a1>Second</a1>.")):
        session.go_to(row)
        session.type(text, 0)
        session.approve(force=True)
    desk.die(session)
    for keys, says in (
        (("space", "down", "space"), "Nothing is put back. It is asked again next time."),
        (("down", "space"), "1 unit put back. The others are asked about again next time."),
        ((), "1 unit put back."),
    ):
        async with review() as (app, pilot):
            await eventually(pilot, lambda: isinstance(app.screen, RecoveryScreen))
            await pilot.press(*keys, "f2")
            await eventually(pilot, lambda: isinstance(app.screen, Screen))
            await settle(pilot)
            assert said(app) == says
            await leave(app, pilot)
    assert desk.texts()[:2] == ["First.", "<a1>Second</a1>."]
    async with review() as (app, pilot):
        await settle(pilot)
        assert isinstance(app.screen, Screen)


async def test_a_conflict_left_for_later_is_called_that_at_the_next_start(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, " Mine.")
        await pilot.press("f2")
        other = Catalog.load(desk.path)
        other.entries[0].translate("Theirs")
        other.save()
        await pilot.press("ctrl+s")
        await eventually(pilot, lambda: isinstance(app.screen, ConflictScreen))
        await settle(pilot, 0.8)
        await pilot.press("escape")
        await settle(pilot)
        await leave(app, pilot)
    async with review() as (app, pilot):
        await eventually(pilot, lambda: isinstance(app.screen, RecoveryScreen))
        shown = [str(text.content) for text in app.screen.query(Static)]
        assert "1 unit waits for your decision" in shown
        assert any("nothing was decided" in text for text in shown)
        assert not any("ended before" in text for text in shown)
        await pilot.press("f2")
        await settle(pilot)
        await leave(app, pilot)
    assert desk.texts()[0] == "The fair opens its doors. Mine."


async def test_a_conflict_is_decided_on_the_screen(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, " Mine.")
        await pilot.press("f2")
        other = Catalog.load(desk.path)
        other.entries[0].translate("Theirs")
        other.entries[5].translate("Penguins!")
        other.save()
        await pilot.press("ctrl+s")
        await eventually(pilot, lambda: isinstance(app.screen, ConflictScreen))
        await settle(pilot, 0.8)
        await pilot.press("enter", "left", "enter")
        await settle(pilot, 0.3)
        await leave(app, pilot)
    assert desk.texts()[0] == "The fair opens its doors. Mine."
    assert desk.texts()[5] == "Penguins!"


async def test_a_conflict_waits_for_who_types_and_has_all_of_it(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, " Mine")
        other = Catalog.load(desk.path)
        other.entries[0].translate("Theirs")
        other.save()
        for letter in ", and all that I go on to type":
            app.post_message(events.Key(letter, letter))
            await settle(pilot, 0.1)
            assert isinstance(app.screen, Screen)
        await eventually(pilot, lambda: isinstance(app.screen, ConflictScreen))
        await settle(pilot, 0.8)
        await pilot.press("left", "enter")
        await leave(app, pilot)
    assert desk.texts()[0] == "The fair opens its doors. Mine, and all that I go on to type"


async def test_no_key_of_ordinary_work_answers_a_conflict(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await type_text(app, pilot, "a")
        other = Catalog.load(desk.path)
        other.entries[0].translate("Theirs")
        other.save()
        await eventually(pilot, lambda: isinstance(app.screen, ConflictScreen))
        await pilot.press("left", "enter", "escape", "space", "f2", *"a word", "left", "enter")
        asked = app.screen
        assert isinstance(asked, ConflictScreen), "they were meant for the screen below"
        await settle(pilot, 1.0)
        await pilot.press("f2", "ctrl+j", "enter", "space", "x", "y", "left", "enter")
        assert app.screen is asked
        await settle(pilot, 1.0)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert isinstance(app.screen, Screen)
        await leave(app, pilot)
    assert desk.texts()[0] == "Theirs"


async def test_a_conflict_is_asked_about_before_one_leaves(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, " Mine.")
        other = Catalog.load(desk.path)
        other.entries[0].translate("Theirs")
        other.save()
        await pilot.press("ctrl+q")
        await eventually(pilot, lambda: isinstance(app.screen, ConflictScreen))
        await settle(pilot, 0.8)
        await pilot.press("left", "enter")
        await eventually(pilot, lambda: app.return_code is not None)
    assert desk.texts()[0] == "The fair opens its doors. Mine."


async def test_a_text_that_is_left_behind_is_saved_by_itself(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, " More.")
        await pilot.press("alt+down")
        await eventually(pilot, lambda: desk.texts()[0] == "The fair opens its doors. More.")
        assert screen_of(app).session.position == 1
        await leave(app, pilot)


async def test_what_others_write_appears_by_itself(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        other = Catalog.load(desk.path)
        other.entries[0].translate("Theirs")
        other.save()
        await eventually(pilot, lambda: screen_of(app).editor.value == "Theirs")
        await settle(pilot)
        assert screen_of(app).session.index.is_prepared


async def test_the_language_changes_while_one_works(desk: Desk, review: Open) -> None:
    async with review() as (_app, pilot):
        await pilot.press("alt+l")
        await settle(pilot)
        from l10n.interface import language

        assert language() == "es"
    set_language("en")


async def test_help_and_palette_open_and_close(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f1")
        await settle(pilot)
        assert type(app.screen).__name__ == "HelpScreen"
        await pilot.press("escape", "ctrl+p")
        await settle(pilot)
        assert type(app.screen).__name__ == "CommandPalette"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, Screen)


async def test_keys_are_the_persons_to_choose(desk: Desk, review: Open) -> None:
    settings = {"keys": {"approve": "f12", "reject": {"list": "z"}}}
    async with review(**settings) as (app, pilot):
        await pilot.press("f2")
        assert screen_of(app).session.entries[0].state is State.DRAFT
        await pilot.press("f12", "z")
        await settle(pilot, 0.5)
        await pilot.press("y")
        await settle(pilot)
        states = [entry.state for entry in screen_of(app).session.entries[:2]]
        assert states == [State.REVIEWED, State.UNTRANSLATED]


async def test_a_read_only_file_is_shown_and_not_changed(desk: Desk, review: Open) -> None:
    before = desk.path.read_bytes()
    desk.path.chmod(0o444)
    async with review() as (app, pilot):
        await pilot.press("f2", "f6", "x", "f3")
        await settle(pilot)
        await leave(app, pilot)
    assert desk.path.read_bytes() == before


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (59, 20), (80, 24), (200, 60)])
async def test_any_size_of_terminal_can_be_worked_in(
    desk: Desk, review: Open, size: tuple[int, int]
) -> None:
    async with review() as (app, pilot):
        await pilot.resize_terminal(*size)
        await settle(pilot)
        await pilot.press("f2")
        await pilot.resize_terminal(120, 36)
        await settle(pilot)
        await leave(app, pilot)
    assert desk.on_disk().entries[0].state is State.REVIEWED


NASTY = [
    "[bold]not markup[/bold] [@click=app.bell]x[/]",
    "\x1b[31mred\x1b[0m \x07\x08\x7f \x9b31m",
    "a\u202eb\u2066c\u200f d\u2028e\x85f\x0bg\x1ch",
    "👨‍👩‍👧‍👦 日本語 e\u0301 " * 5,
    "long " * 6000,
    "<a1><b1>&lt;&amp;<omit/></a1>",
    "\ttab\n\nlines\n",
]


@pytest.mark.parametrize("text", NASTY)
async def test_any_text_is_shown_and_kept(desk: Desk, review: Open, text: str) -> None:
    catalog = Catalog.load(desk.path)
    catalog.entries[0].translate(text)
    stored = catalog.entries[0].msgstr
    catalog.save()
    async with review(NARROW) as (app, pilot):
        await pilot.press("down", "home", "f6")
        await settle(pilot, 0.3)
        editor = screen_of(app).editor
        assert editor.value == stored
        editor.move_cursor(editor.document.end)  # a long text is shown from its beginning
        await type_text(app, pilot, "é")
        await pilot.press("f2", "f2")
        await settle(pilot, 0.3)
        await leave(app, pilot)
    assert desk.texts()[0] == Catalog_text(stored + "é", desk)


def Catalog_text(text: str, desk: Desk) -> str:  # noqa: N802 - what a catalog makes of a text
    entry = Catalog.load(desk.path).entries[1]
    entry.translate(text)
    return entry.msgstr


async def test_a_catalog_without_entries_is_one_message(desk: Desk, review: Open) -> None:
    desk.path.write_bytes(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    async with review() as (app, pilot):
        await pilot.press("f2", "f3", "f4", "f5", "f6", "f7", "f8", "ctrl+down", "a", "x", "A")
        await pilot.press("alt+down", "ctrl+t", "ctrl+n", "down", "space")
        await settle(pilot)
        await leave(app, pilot)
        assert app.crash == ""


async def test_a_damaged_catalog_is_one_message(desk: Desk) -> None:
    desk.path.write_bytes(b'msgid "x\nmsgstr ""\n')
    project, places = resolve(str(desk.path))
    app = ReviewApp(places, project, reviewer="Ana")
    async with app.run_test() as pilot:
        await settle(pilot)
    assert app.problem is not None
    assert "feria.po:1" in str(app.problem)


async def test_a_plural_form_after_the_other(desk: Desk, review: Open) -> None:
    desk.path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n'
        'Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "una caseta"\nmsgid_plural "varias casetas"\nmsgstr[0] ""\nmsgstr[1] ""\n',
        encoding="utf-8",
    )
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, "one stall")
        await pilot.press("f2")
        await settle(pilot)
        await type_text(app, pilot, "several stalls")
        await pilot.press("f2")
        await settle(pilot)
        await leave(app, pilot)
    assert desk.on_disk().entries[0].msgstrs == ("one stall", "several stalls")


async def test_every_plural_form_is_looked_at_before_the_unit_is_approved(
    desk: Desk, review: Open
) -> None:
    desk.write_plurals()
    async with review((100, 30)) as (app, pilot):
        session = screen_of(app).session
        await pilot.press("f2")
        await settle(pilot)
        assert (session.position, session.form) == (0, 1)
        assert session.entry.state is State.DRAFT
        assert said(app) == "Look at form 2 of 2 too; then approve."
        await pilot.press("f2")
        assert session.entries[0].state is State.REVIEWED
        await leave(app, pilot)


async def test_an_empty_plural_form_is_named(desk: Desk, review: Open) -> None:
    desk.write_plurals()
    async with review() as (app, pilot):
        await pilot.press("full_stop", "f6", "ctrl+u", "f6", "full_stop", "f2")
        await settle(pilot)
        assert screen_of(app).session.form == 1
        assert said(app) == "Form 2 has no translation yet."
        await leave(app, pilot)


async def test_a_plural_shows_both_sources_and_which_form_is_edited(
    desk: Desk, review: Open
) -> None:
    desk.write_plurals()
    async with review((100, 30)) as (app, pilot):
        screen = screen_of(app)
        source = screen.query_one("#source", Pane)
        assert source.text.split("\n") == [
            "Queda una caseta. Mire.",
            "plural: Quedan %d casetas. Mire.",
        ]
        assert str(screen.editor.border_title).startswith(
            "Translation en · ~ draft · form 1 of 2"
        )
        assert "#Queda una" in screen.units.render_line(0).text
        assert "#" not in screen.units.render_line(1).text
        await pilot.press("full_stop")
        await settle(pilot)
        assert source.text.split("\n") == [
            "Quedan %d casetas. Mire.",
            "singular: Queda una caseta. Mire.",
        ]
        assert "form 2 of 2" in str(screen.editor.border_title)


async def test_the_first_suggestion_is_the_draft_of_the_form_one_edits(
    desk: Desk, review: Open
) -> None:
    desk.write_plurals()
    async with review() as (app, pilot):
        for _form in range(2):
            await pilot.press("f6", "ctrl+u")
            await settle(pilot)
            await pilot.press("f5", "f6", "full_stop")
            await settle(pilot)
        await pilot.press("f2", "f2")
        await leave(app, pilot)
    entry = desk.on_disk().entries[0]
    assert entry.msgstrs == ("One stall is left. Look.", "%d stalls are left. Look.")
    assert (entry.state, entry.stamp.edits) == (State.REVIEWED, 0)


async def test_the_second_one_may_take_over(desk: Desk, review: Open) -> None:
    first = desk.sit_down(reviewer="Luis")
    first.approve()
    async with review() as (app, pilot):
        await settle(pilot, 0.5)
        await pilot.press("t")
        await settle(pilot)
        assert not first.keeper.lock.is_held()
        await pilot.press("down", "f2")
        await settle(pilot)
        await leave(app, pilot)
    desk.save(first)
    states = [entry.state for entry in desk.on_disk().entries[:2]]
    assert states == [State.REVIEWED, State.REVIEWED]


async def test_the_chooser_lists_catalogs_and_opens_one(
    newsroom: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(newsroom))
    folder = newsroom / "locales/en/LC_MESSAGES"  # type: ignore[operator]
    for name in ("faro", "feria"):
        catalog = Catalog.new(folder / f"{name}.po", source="es", target="en", article=name)
        from l10n.model import Unit

        catalog.merge([Unit(f"Hola {name}")], article=name)
        catalog.save()
    project, places = resolve(None)
    app = ReviewApp(places, project, reviewer="Ana")
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot, 0.4)
        assert isinstance(app.screen, ChooserScreen)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert screen_of(app).session.entry.msgid == "Hola feria"
        await pilot.press("f6", "y")
        await settle(pilot, 0.4)
        assert isinstance(app.screen, ChooserScreen)


async def test_nothing_blocks_while_look_ups_are_slow(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):

        async def never(*_arguments: object, **_fields: object) -> None:
            await asyncio.sleep(60)

        screen = screen_of(app)
        screen.adviser._has_memory = True
        screen.adviser._words.ask = never  # type: ignore[method-assign]
        screen.adviser._engine.ask = never  # type: ignore[method-assign]
        await pilot.press("down", "down", "ctrl+t", "f2", "f2")
        await settle(pilot)
        assert screen.session.position == 4


def long_source(desk: Desk) -> None:
    """Give the catalog one long text, with a translation as long."""
    source = "\n".join(f"Línea {number} de un texto largo." for number in range(60))
    catalog = Catalog.new(desk.path, source="es", target="en", article="es/feria.html")
    catalog.merge([Unit(source)], article="es/feria.html")
    catalog.entries[0].fill(
        "\n".join(f"Line {number} of a long text." for number in range(60)),
        origin=Origin.MT,
        mt="argos:1.0",
    )
    catalog.save(overwrite=True)


def drawn(app: ReviewApp, pane: str) -> str:
    """Give what a pane shows, its border too, as far as it is on the screen."""
    region = app.screen.query_one(f"#{pane}").region
    lines = app.screen._compositor.render_strips()
    rows = lines[region.y : region.bottom]
    return "\n".join(
        "".join(segment.text for segment in row)[region.x : region.right] for row in rows
    )


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_long_source_is_read_to_its_end_by_keys(
    desk: Desk, review: Open, size: tuple[int, int]
) -> None:
    long_source(desk)
    async with review(size) as (app, pilot):
        assert "Línea 0 de" in drawn(app, "source")
        assert re.search(r"Source es.*↓ \d\d", drawn(app, "source"))
        await press_fast(app, pilot, *["alt+pagedown"] * 20)
        assert "Línea 59 de" in drawn(app, "source")
        assert re.search(r"↑ \d\d", drawn(app, "source"))
        assert "↓" not in drawn(app, "source")
        await pilot.press("alt+pageup")
        await settle(pilot)
        assert "Línea 59 de" not in drawn(app, "source")


async def test_a_long_source_follows_the_cursor_in_the_translation(
    desk: Desk, review: Open
) -> None:
    long_source(desk)
    async with review(NARROW) as (app, pilot):
        await pilot.press("f6")
        assert "Línea 0 de" in drawn(app, "source")
        for line in range(10, 60, 10):
            await press_fast(app, pilot, *["down"] * 10)
            assert f"Línea {line} de" in drawn(app, "source")
        await press_fast(app, pilot, *["down"] * 9, "end")
        assert "Línea 59 de" in drawn(app, "source")


@pytest.mark.parametrize("size", [(60, 20), (60, 24), NARROW, (80, 30), (100, 24), (100, 30)])
async def test_a_long_source_leaves_room_for_findings_and_suggestions(
    desk: Desk, review: Open, size: tuple[int, int]
) -> None:
    long_source(desk)
    async with review(size) as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, "  ")
        await settle(pilot, 0.4)
        assert drawn(app, "findings").strip()
        assert "argos" in drawn(app, "rest")


@pytest.mark.parametrize("size", [(60, 20), (100, 30), (200, 40)])
async def test_findings_without_room_are_counted(
    desk: Desk, review: Open, size: tuple[int, int]
) -> None:
    found = tuple(
        Finding(f"rule-{number}", Severity.WARNING, "so many words that they wrap " * 4)
        for number in range(4)
    )
    async with review(size) as (app, pilot):
        app.screen.query_one(Findings).complain(found)
        await settle(pilot)
        shown = drawn(app, "findings")
        whole = [one for one in range(4) if re.search(rf"rule-{one}\b", shown)]
        assert f"and {4 - len(whole)} more" in shown
        assert whole


async def test_ctrl_u_empties_a_text_that_the_screen_wraps(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, "long words " * 20)
        await pilot.press("ctrl+end", "ctrl+u")
        await type_text(app, pilot, "Short.")
        await pilot.press("f2")
        await leave(app, pilot)
    assert desk.texts()[0] == "Short."


async def test_editing_keys_and_letters_in_one_burst_keep_their_order(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        for key in (
            "f6",
            "ctrl+u",
            *"abc",
            "left",
            "left",
            "backspace",
            *"xy",
            "end",
            "z",
            "f2",
        ):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot, 0.5)
        await leave(app, pilot)
    assert desk.texts()[0] == "xybcz"


async def test_escape_leaves_the_filter_and_shows_everything(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("slash")
        await type_text(app, pilot, "pinguino")
        await pilot.press("escape", "a")
        await settle(pilot)
        screen = screen_of(app)
        assert len(screen.session.visible) == 6
        assert screen.session.entries[5].state is State.REVIEWED


async def test_marking_downwards_never_unmarks(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("space", "shift+down", "shift+down")
        assert screen_of(app).session.index.marked == {0, 1}
        await pilot.press("up", "space")
        assert screen_of(app).session.index.marked == {0}

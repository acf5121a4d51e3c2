"""The keys of vi in the editor, and those of shells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tests.review.driving import NARROW, Open, screen_of, settle, type_text
from tui.vi import Mode, Vi

if TYPE_CHECKING:
    from tests.review.conftest import Desk

TEXT = "The fair opens, then closes."


def after(keys: str, text: str = TEXT, cursor: int = 0) -> tuple[str, int, Mode]:
    vi = Vi()
    vi.escape(cursor)
    for key in keys:
        change = vi.feed(key, text, cursor)
        if change is not None:
            if change.new is not None:
                text = text[: change.start] + change.new + text[change.end :]
            cursor = change.cursor
    return text, cursor, vi.mode


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        ("w", 4), ("3w", 14), ("W", 4), ("e", 2), ("ee", 7), ("$", 27), ("$b", 21), ("$bb", 16),
        ("fo", 9), ("to", 8), ("2fe", 11), ("$Fc", 21), ("l", 1), ("5l", 5), ("5lh", 4), ("G", 0),
    ],
)  # fmt: skip
def test_motions(keys: str, cursor: int) -> None:
    assert after(keys) == (TEXT, cursor, Mode.NORMAL)


@pytest.mark.parametrize(
    ("keys", "text", "mode"),
    [
        ("dw", "fair opens, then closes.", Mode.NORMAL),
        ("2dw", "opens, then closes.", Mode.NORMAL),
        ("d2w", "opens, then closes.", Mode.NORMAL),
        ("cw", " fair opens, then closes.", Mode.INSERT),
        ("wD", "The ", Mode.NORMAL),
        ("dd", "", Mode.NORMAL),
        ("x", "he fair opens, then closes.", Mode.NORMAL),
        ("4xP", TEXT, Mode.NORMAL),
        ("dt,", ", then closes.", Mode.NORMAL),
        ("df,", " then closes.", Mode.NORMAL),
        ("rS", "She fair opens, then closes.", Mode.NORMAL),
        ("3~", "tHE fair opens, then closes.", Mode.NORMAL),
        ("A", TEXT, Mode.INSERT),
        ("dq", TEXT, Mode.NORMAL),
        ("q", TEXT, Mode.NORMAL),
    ],
)
def test_changes(keys: str, text: str, mode: Mode) -> None:
    assert (after(keys)[0], after(keys)[2]) == (text, mode)


def test_lines_are_worked_on_one_by_one() -> None:
    assert after("dd", "One\nTwo\nThree", 5)[0] == "One\n\nThree"
    assert after("$", "One\nTwo", 0)[1] == 2
    assert after("2G", "One\nTwo", 0)[1] == 4


@given(
    st.text("ab .\n", max_size=12),
    st.integers(0, 12),
    st.text("hlwbe0$^GgxXdDcCsyYpPrfFtTiaIA~u123", max_size=6),
)
def test_the_cursor_stays_in_the_text(text: str, cursor: int, keys: str) -> None:
    new, place, _mode = after(keys, text, min(cursor, len(text)))
    assert 0 <= place <= len(new)


async def test_a_translation_is_edited_by_the_keys_of_vi(desk: Desk, review: Open) -> None:
    async with review(NARROW, editor="vi", begin_in="text") as (app, pilot):
        screen = screen_of(app)
        await pilot.press("escape")
        await type_text(app, pilot, "0wcw")
        await type_text(app, pilot, "market")
        await pilot.press("escape")
        await settle(pilot)
        assert screen.session.text == "The market opens its doors."
        assert "vi" in screen.editor.border_title
        await type_text(app, pilot, "u")
        assert screen.session.text == "The fair opens its doors."
        await type_text(app, pilot, "x")
        await pilot.press("f2")
        await settle(pilot)
        assert screen.session.position == 1
        await type_text(app, pilot, "dd")
        assert screen.session.text == ""


async def test_keys_of_shells_and_one_for_everything(desk: Desk, review: Open) -> None:
    async with review(NARROW, begin_in="text") as (app, pilot):
        screen = screen_of(app)
        await pilot.press("alt+b", "alt+b", "ctrl+w")
        await settle(pilot)
        assert screen.session.text == "The fair its doors."
        await pilot.press("ctrl+a", "alt+d")
        await settle(pilot)
        assert screen.session.text == " fair its doors."
        await pilot.press("ctrl+e", "alt+backspace")
        await settle(pilot)
        assert screen.session.text == " fair its "
        await type_text(app, pilot, "you can: ")
        await pilot.press("ctrl+w")
        await settle(pilot)
        assert screen.session.text == " fair its you "
        await pilot.press("alt+a")
        await type_text(app, pilot, "New.")
        assert screen.session.text == "New."


async def test_a_paste_leaves_behind_what_only_a_terminal_obeys(
    desk: Desk, review: Open
) -> None:
    async with review(NARROW, begin_in="text") as (app, pilot):
        await pilot.press("alt+a")
        app.post_message(events.Paste("One\a line.\r\n\r\n\x1bTwo\tlines.\x7f\n"))
        await settle(pilot)
        assert screen_of(app).session.text == "One line. Two lines."


async def test_what_has_no_room_is_said_below_and_covers_no_text(
    desk: Desk, review: Open
) -> None:
    async with review(NARROW) as (app, pilot):
        screen = screen_of(app)
        screen.say("Something long that is certainly wider than a narrow screen is. " * 2)
        await pilot.pause()
        keys = screen.query_one("#keys")
        assert keys.message.startswith("Something long")
        assert keys.size.height == 2
        assert not app._notifications
        screen.say("Short.")
        await pilot.pause()
        assert keys.size.height == 1


def test_each_stretch_of_insert_mode_is_undone_by_itself() -> None:
    vi = Vi()
    stretches = [vi.stretch]
    for keys in ("cw", "i", "o"):
        vi.escape(0)
        assert vi.stretch == 0
        for key in keys:
            vi.feed(key, TEXT, 0)
        stretches.append(vi.stretch)
    assert stretches == [1, 2, 3, 0]

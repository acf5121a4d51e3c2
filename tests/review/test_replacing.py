"""Search and replace: every place, in the case it stands in, and nothing of markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input, OptionList

from l10n.model import State
from l10n.review.replacing import places_of, replaced
from tests.review.driving import NARROW, Open, desk_of, leave, settle, type_text
from tests.review.test_terminal import review_plainly
from tui.windows.replacing import ReplaceScreen

if TYPE_CHECKING:
    from tests.review.conftest import Desk


def new_text(text: str, old: str, new: str) -> str:
    texts = {0: (text,)}
    return replaced(texts, places_of(texts, old, new)).get(0, (text,))[0]


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("Riada, riada y RIADA", "riada", "flood", "Flood, flood y FLOOD"),
        ("Riada y riada", "Riada", "Flood", "Flood y flood"),
        ("la pagina y la página", "página", "page", "la page y la page"),
        ("a1 <a1>a1</a1> a1", "a1", "b", "b <a1>b</a1> b"),
        ("5 &lt; 7 lt", "lt", "gt", "5 &lt; 7 gt"),
        ("12 de mayo, 3 de mayo", r"re:(\d+) de mayo", r"May \1", "May 12, May 3"),
        ("stra\u00dfe", "STRASSE", "road", "road"),
        ("city <b1>council</b1>", "city council", "town hall", "city <b1>council</b1>"),
        ("<omit/>", "omit", "x", "<omit/>"),
        ("it is it", "it", "", " is "),
    ],
)
def test_words_are_replaced(text: str, old: str, new: str, expected: str) -> None:
    assert new_text(text, old, new) == expected


@pytest.mark.parametrize("old", ["re:(", "re:(a+)+$", r"re:x"])
def test_what_cannot_be_searched_for_is_told(old: str) -> None:
    text = "x" + "a" * 40 + "b"
    with pytest.raises(ValueError, match="re:"):
        places_of({0: (text,)}, old, r"\2")


@settings(deadline=None)
@given(
    st.text(alphabet="aAbñÑ <>/1&;é", max_size=40),
    st.text(alphabet="aAñé", min_size=1, max_size=3),
)
def test_replacing_by_itself_changes_no_text(text: str, old: str) -> None:
    for place in places_of({0: (text,)}, old, old):
        assert len(text[place.start : place.end]) >= 1
        assert place.new.casefold() == old.casefold()


async def test_every_place_is_shown_chosen_and_taken_back_in_one_step(
    desk: Desk, review: Open
) -> None:
    before = desk.texts()
    async with review(NARROW) as (app, pilot):
        await pilot.press("a", "R")
        await settle(pilot)
        assert isinstance(app.screen, ReplaceScreen)
        await type_text(app, pilot, "the")
        await pilot.press("enter")
        await type_text(app, pilot, "one")
        await pilot.press("enter", "down", "space", "f2")
        await settle(pilot)
        session = desk_of(app).session
        texts = [entry.msgstr for entry in session.entries]
        assert texts[:2] == ["One fair opens its doors.", "The child reads <a1>a story</a1>."]
        assert texts[2] == "Onere are 300 stalls in one park."
        assert session.entries[0].state is State.DRAFT
        await pilot.press("u")
        await settle(pilot)
        assert [entry.msgstr for entry in session.entries] == before
        assert session.entries[0].state is State.REVIEWED
        await leave(app, pilot)
    assert desk.texts() == before


async def test_every_place_takes_one_line(desk: Desk, review: Open) -> None:
    async with review(NARROW) as (app, pilot):
        await pilot.press("R")
        await type_text(app, pilot, "the")
        await pilot.press("tab")
        await type_text(
            app, pilot, "a replacement that is longer than half of the line it stands in"
        )
        await settle(pilot)
        places = app.screen.query_one(OptionList)
        assert places.option_count > 1
        assert places.virtual_size.height == places.option_count
        await leave(app, pilot)


@pytest.mark.parametrize("key", ["tab", "enter"])
async def test_what_is_typed_at_once_goes_into_the_next_line(
    desk: Desk, review: Open, key: str
) -> None:
    async with review(NARROW) as (app, pilot):
        await pilot.press("R")
        await settle(pilot)
        window = app.screen
        for sign in ("f", "a", "i", "r", key, "m", "a", "r", "t"):
            app.post_message(events.Key(sign, sign if len(sign) == 1 else None))
        await settle(pilot)
        assert [line.value for line in window.query(Input)] == ["fair", "mart"]


def test_plain_lines_replace_after_a_question(desk: Desk) -> None:
    done = review_plainly(desk, "l fair => feria\ny\nq\n")
    assert done.returncode == 0, done.stderr
    assert desk.texts()[0] == "The feria opens its doors."

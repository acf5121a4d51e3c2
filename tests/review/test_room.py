"""The text that is decided on is whole, wherever it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.catalog import Catalog
from l10n.model import Origin, Unit
from tests.review.driving import NARROW, WIDE, Open, press_fast, screen_of, settle, type_text
from tui.app import ReviewApp
from tui.desk.room import Needs, fits, share, share_few
from tui.widgets.panes import Findings

if TYPE_CHECKING:
    from tests.review.conftest import Desk

WORDS = "La riada del viernes dejó sin luz a los vecinos de la comarca y cortó la carretera. "
TURNED = "Friday\u2019s flood left the people of the area without power and cut off the road. "


def catalog_of(desk: Desk, length: int, short: bool = False) -> None:
    """Write a catalog of three units, the second of some characters."""
    source = ((WORDS * (length // len(WORDS) + 1))[: length - 1]).rstrip() + "."
    target = ((TURNED * (length // len(TURNED) + 1))[: length - 1]).rstrip() + "."
    catalog = Catalog.new(desk.path, source="es", target="en", article="es/riada.html")
    catalog.merge([Unit("La riada"), Unit(source), Unit("Fin")], article="es/riada.html")
    for entry, text in zip(catalog.entries, ("The flood", target, "End"), strict=True):
        entry.fill(text, origin=Origin.MT, mt="argos:1.0")
    catalog.save(overwrite=True)


def rows_of(app: ReviewApp, name: str) -> list[str]:
    widget = app.screen.query_one(f"#{name}")
    size = widget.content_size
    return [widget.render_line(y).text.rstrip() for y in range(size.height)]


def text_of(app: ReviewApp, name: str) -> str:
    return " ".join(row.strip() for row in rows_of(app, name) if row.strip())


@pytest.mark.parametrize(("size", "length"), [(NARROW, 600), (WIDE, 1500), (WIDE, 600)])
@pytest.mark.parametrize("begin_in", ["list", "text"])
async def test_source_and_translation_are_whole(
    desk: Desk, review: Open, size: tuple[int, int], length: int, begin_in: str
) -> None:
    catalog_of(desk, length)
    async with review(size, begin_in=begin_in) as (app, pilot):
        await pilot.press("alt+down")
        await settle(pilot, 0.4)
        entry = screen_of(app).session.entry
        assert text_of(app, "source") == entry.msgid
        assert text_of(app, "editor") == entry.msgstr
        assert ">" in "".join(rows_of(app, "list"))


async def test_lines_out_of_sight_are_counted_in_the_title(desk: Desk, review: Open) -> None:
    catalog_of(desk, 3000)
    async with review(NARROW, begin_in="text") as (app, pilot):
        await pilot.press("alt+down")
        await settle(pilot, 0.4)
        title = screen_of(app).editor.border_title or ""
        assert "\u2193 " in title
        assert "\u2191" not in title
        await press_fast(app, pilot, *["pagedown"] * 20)
        title = screen_of(app).editor.border_title or ""
        assert "\u2191 " in title
        assert "\u2193" not in title


async def test_a_list_that_has_the_keys_keeps_them(desk: Desk, review: Open) -> None:
    catalog_of(desk, 1500)
    async with review(WIDE) as (app, pilot):
        await pilot.press("j")
        await settle(pilot, 0.4)
        assert screen_of(app).focused is screen_of(app).units
        await pilot.press("j")
        await settle(pilot, 0.4)
        assert screen_of(app).session.position == 2


async def test_findings_take_the_rows_that_are_free(desk: Desk, review: Open) -> None:
    async with review((200, 50), begin_in="text") as (app, pilot):
        for number in range(7):
            await type_text(app, pilot, f"  {number}0 ,")
        await settle(pilot, 0.5)
        pane = app.screen.query_one(Findings)
        assert pane.rows_needed > 3
        assert "more" not in text_of(app, "findings")


async def test_the_title_says_that_a_reviewed_text_was_changed(
    desk: Desk, review: Open
) -> None:
    async with review(begin_in="text") as (app, pilot):
        await pilot.press("f2", "alt+up")
        await settle(pilot)
        assert "reviewed" in (screen_of(app).editor.border_title or "")
        await type_text(app, pilot, "!")
        assert "changed" in (screen_of(app).editor.border_title or "")
        assert "reviewed" not in (screen_of(app).editor.border_title or "")


needs = st.builds(
    Needs,
    source=st.integers(0, 80),
    editor=st.integers(0, 80),
    findings=st.integers(0, 30),
    rest=st.integers(0, 30),
)


@settings(deadline=None)
@given(rows=st.integers(12, 80), needs=needs, least=st.integers(0, 2))
def test_rows_are_shared_out_to_the_last(rows: int, needs: Needs, least: int) -> None:
    shares = share(rows, needs, units_least=least)
    total = shares.units + shares.source + shares.editor + shares.findings + shares.rest
    assert rows - 1 <= total <= rows
    assert shares.units >= least
    if fits(rows, needs, units_least=least):
        assert shares.source > needs.source
        assert shares.editor > needs.editor


@given(st.integers(1, 11), st.integers(1, 40), st.integers(0, 40))
def test_a_screen_of_few_rows_shows_source_and_translation(
    rows: int, source: int, editor: int
) -> None:
    shares = share_few(rows, Needs(source, editor, 3, 3))
    assert shares.source + shares.editor == rows
    assert shares.source >= 2 or rows < 6
    assert shares.editor > shares.source or source > 1

"""The first keys of somebody who has never seen the desk: they write, and nothing is lost by them."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events

from l10n.catalog import Catalog
from l10n.interface import language
from l10n.model import Origin, State, Unit
from l10n.person import config_path, known_name, person_name
from l10n.project import Project
from l10n.review.identity import reviewer_name
from l10n.review.opening import resolve
from l10n.review.queue import Queue
from tests.review.driving import (
    NARROW,
    WIDE,
    Open,
    desk_of,
    leave,
    screen_of,
    settle,
    type_text,
)
from tui.app import ReviewApp
from tui.widgets.panes import KeyLine, StatusLine
from tui.windows.dialogs import Question

if TYPE_CHECKING:
    from tests.review.conftest import Desk

WRITTEN = "Lost or told? hLox"


async def test_typing_writes_into_the_unit_that_is_shown(desk: Desk, review: Open) -> None:
    before = desk.texts()
    async with review(NARROW, begin_in="") as (app, pilot):
        await type_text(app, pilot, WRITTEN)
        assert language() == "en"
        assert "TEXT" in str(screen_of(app).query_one(KeyLine).render())
        await leave(app, pilot)
    assert desk.texts() == [before[0] + WRITTEN, *before[1:]]
    assert {entry.state for entry in desk.on_disk().entries} == {State.DRAFT}


async def test_what_is_typed_before_there_is_anything_to_see_does_nothing_and_that_is_said(
    desk: Desk,
) -> None:
    project, places = resolve(str(desk.path))
    app = ReviewApp(places, project, reviewer="Ana", settings={})
    await app.on_event(events.Key("f2", None))
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot, 0.3)
        assert desk_of(app).session.position == 0
        assert "typed before" in screen_of(app).query_one(StatusLine).message
        await pilot.press("f2")
        await settle(pilot, 0.3)
        assert desk_of(app).session.position == 1
        await leave(app, pilot)


async def test_the_footer_says_where_the_keys_go_and_how_to_leave(
    desk: Desk, review: Open
) -> None:
    async with review(NARROW, begin_in="") as (app, pilot):
        line = screen_of(app).query_one(KeyLine)
        assert "TEXT" in str(line.render())
        assert "F6 List" in str(line.render())
        await pilot.press("f6")
        await settle(pilot)
        assert "LIST" in str(line.render())
        assert "Enter Write" in str(line.render())
        assert "Quit" in str(line.render())
        assert "Ana" in str(screen_of(app).query_one(StatusLine).render())


@pytest.mark.parametrize("key", ["o", "x", "delete"])
async def test_a_text_is_taken_away_after_a_question_only(
    desk: Desk, review: Open, key: str
) -> None:
    async with review() as (app, pilot):
        await pilot.press(key)
        await settle(pilot)
        assert isinstance(app.screen, Question)
        await pilot.press("y", "y")
        await settle(pilot, 0.3)
        assert isinstance(app.screen, Question), "who writes on answers nothing"
        await settle(pilot, 0.5)
        assert desk_of(app).session.entries[0].msgstr == "The fair opens its doors."
        await pilot.press("n")
        await settle(pilot)
        assert screen_of(app).session.entries[0].state is State.DRAFT
        await pilot.press(key)
        await settle(pilot, 0.5)
        await pilot.press("y")
        await settle(pilot)
        assert screen_of(app).session.entries[0].state is not State.DRAFT


def _catalog(folder: Path, slug: str, *, reviewed: int, drafts: int) -> Path:
    catalog = Catalog.new(folder / f"{slug}.po", source="es", target="en", article=slug)
    catalog.merge([Unit(f"Hola {slug} {n}") for n in range(reviewed + drafts)], article=slug)
    for number, entry in enumerate(catalog.entries):
        entry.fill(f"Hello {slug} {number}", origin=Origin.MT)
        if number < reviewed:
            entry.approve(by="Ana")
    catalog.save()
    return catalog.path


@pytest.fixture
def waiting(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of four catalogs: begun, not begun, finished, of a deleted article."""
    monkeypatch.chdir(newsroom)
    articles = newsroom / "locales/es/articles"
    for age, slug in enumerate(("old", "begun", "new", "done")):
        path = articles / f"{slug}.txt"
        path.write_text("Hola.\n", encoding="utf-8")
        os.utime(path, (2_000_000_000 + age, 2_000_000_000 + age))
    folder = newsroom / "locales/en/LC_MESSAGES"
    _catalog(folder, "old", reviewed=0, drafts=2)
    _catalog(folder, "begun", reviewed=1, drafts=1)
    _catalog(folder, "new", reviewed=0, drafts=1)
    _catalog(folder, "done", reviewed=2, drafts=0)
    _catalog(folder, "deleted", reviewed=1, drafts=1)
    return newsroom


def test_a_locale_is_a_queue_of_what_waits(waiting: Path) -> None:
    _project, places = resolve("en")
    queue = Queue(places, Project.find(waiting))
    queue.survey()
    for place in places:
        queue.count(place)
    assert [place.name for place in queue.waiting()] == ["en/begun", "en/new", "en/old"]


async def test_after_the_last_decision_the_next_catalog_is_offered(waiting: Path) -> None:
    project, places = resolve("en")
    settings = {"engine_ahead": False}
    app = ReviewApp(places, project, reviewer="Ana", settings=settings)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot, 0.5)
        await pilot.press("enter")
        await settle(pilot, 0.5)
        assert screen_of(app).session.name == "en/begun"
        await pilot.press("f2")
        await settle(pilot, 1.0)
        assert isinstance(app.screen, Question)
        await pilot.press("enter")
        await settle(pilot, 1.0)
        assert screen_of(app).session.name == "en/new"
        await leave(app, pilot)
    begun = waiting / "locales/en/LC_MESSAGES/begun.po"
    assert {entry.state for entry in Catalog.load(begun).entries} == {State.REVIEWED}


def test_who_never_gave_a_name_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.chdir(tmp_path)
    config_path().parent.mkdir()
    config_path().write_text('[keys]\napprove = "f10"\n', encoding="utf-8")
    assert known_name() == ""
    answers = iter(['  Ana  "Anita" Gil '])
    assert reviewer_name(lambda: next(answers)) == 'Ana "Anita" Gil'
    assert reviewer_name(lambda: next(answers)) == 'Ana "Anita" Gil'
    settings = tomllib.loads(config_path().read_text(encoding="utf-8"))
    assert settings == {"name": 'Ana "Anita" Gil', "keys": {"approve": "f10"}}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is nobody in particular")
def test_root_is_nobodys_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.chdir(tmp_path)
    assert person_name() == ""


async def test_keys_typed_ahead_of_a_window_are_for_it_and_for_where_it_leads(
    desk: Desk, review: Open
) -> None:
    before = desk.texts()
    async with review(NARROW, begin_in="") as (app, pilot):
        await settle(pilot)
        for key, sign in (
            ("ctrl+l", None),
            ("3", "3"),
            ("enter", "\r"),
            ("end", None),
            ("X", "X"),
        ):
            app.post_message(events.Key(key, sign))
        await settle(pilot, 0.5)
        assert screen_of(app).session.position == 2
        assert screen_of(app).session.text == before[2] + "X"
        await leave(app, pilot)
    assert desk.texts()[:3] == [*before[:2], before[2] + "X"]

"""What is asked of the look-up processes while somebody works, and what comes of the answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from l10n.catalog import Catalog
from l10n.drafting.matches import least_percent
from l10n.errors import EngineError
from l10n.memory import Memory, Translation
from l10n.model import Match, Origin, Unit
from l10n.review.lookup import Lookup, LookUpContext
from l10n.review.opening import resolve
from l10n.review.writing import Suggestion
from tests.review.driving import (
    WIDE,
    Open,
    Opened,
    eventually,
    leave,
    screen_of,
    settle,
    type_text,
)
from tui.advice import Advice, suggestions
from tui.app import ReviewApp
from tui.widgets.panes import Findings, KeyLine, StatusLine

if TYPE_CHECKING:
    from tests.review.conftest import Desk

LONG = "The child reads. " * 2000


def write_catalog(newsroom: Path, slug: str, *texts: str) -> Path:
    path = newsroom / f"locales/en/LC_MESSAGES/{slug}.po"
    catalog = Catalog.new(path, source="es", target="en", article=f"es/{slug}.html")
    catalog.merge([Unit(text) for text in texts], article=f"es/{slug}.html")
    catalog.save()
    return path


@asynccontextmanager
async def reviewing(path: Path | None, **settings: object) -> AsyncIterator[Opened]:
    project, places = resolve(str(path) if path else None)
    chosen = {"begin_in": "list", **settings}
    app = ReviewApp(places, project, reviewer="Ana", settings=chosen)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        yield app, pilot


def findings_of(app: ReviewApp) -> str:
    return screen_of(app).query_one(Findings).text


def origins_of(app: ReviewApp) -> list[Origin | None]:
    return [one.origin for one in screen_of(app).panes.offered]


async def test_a_suggestion_asked_for_at_once_is_one_of_the_unit_one_has_come_to(
    newsroom: Path,
) -> None:
    path = write_catalog(newsroom, "quick", "La riada", "El barrio")
    catalog = Catalog.load(path)
    catalog.entries[0].fill("The flood", origin=Origin.MT, mt="apertium")
    catalog.save()
    async with reviewing(path, begin_in="editor", engine_ahead=False) as (app, pilot):
        await settle(pilot)
        await pilot.press("end", "s")
        await settle(pilot)
        assert [one.text for one in screen_of(app).panes.offered] == ["The flood"]
        # Both keys before the panes have followed, as a slow line or a fast hand has them.
        screen_of(app).action_command("approve")
        screen_of(app).action_command("suggestion")
        assert screen_of(app).session.position == 1
        assert screen_of(app).session.text == ""
        await leave(app, pilot)


async def test_what_stood_in_the_way_is_no_longer_told_at_the_next_unit(
    newsroom: Path,
) -> None:
    path = write_catalog(newsroom, "refused", "Ver <a1>esto</a1>", "El barrio")
    catalog = Catalog.load(path)
    catalog.entries[0].fill("See this", origin=Origin.MT, mt="apertium")
    catalog.save()
    async with reviewing(path, begin_in="editor", engine_ahead=False) as (app, pilot):
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        shown = screen_of(app).query_one(StatusLine).message + str(
            screen_of(app).query_one(KeyLine).content
        )
        assert "once more" in shown
        await pilot.press("f2")
        await settle(pilot)
        shown = screen_of(app).query_one(StatusLine).message + str(
            screen_of(app).query_one(KeyLine).content
        )
        assert screen_of(app).session.position == 1
        assert "once more" not in shown
        await leave(app, pilot)


async def test_a_long_text_is_checked_elsewhere_while_one_types(
    desk: Desk, review: Open
) -> None:
    catalog = Catalog.load(desk.path)
    catalog.entries[1].fill(LONG, origin=Origin.MT)
    catalog.save()
    async with review() as (app, pilot):
        checked: list[str] = []
        screen_of(app).session.judge.findings = lambda *asked: checked.append(asked[2]) or ()
        await pilot.press("down", "f6", "ctrl+home")
        await type_text(app, pilot, "Not  once ")
        await eventually(pilot, lambda: "<a1>" in findings_of(app))
    assert not [text for text in checked if len(text) > 10_000]


async def test_the_engine_is_asked_where_one_rests(newsroom: Path) -> None:
    path = write_catalog(newsroom, "feria", "La feria vuelve al río", "Hay 42 casetas.")
    async with reviewing(path) as (app, pilot):
        await eventually(pilot, lambda: origins_of(app) == [Origin.MT])
        assert screen_of(app).panes.offered[0].fields["mt"].startswith("pseudo")
        await pilot.press("f5")
        assert screen_of(app).session.text == screen_of(app).panes.offered[0].text


async def test_the_engine_is_not_asked_where_the_person_does_not_want_it(
    newsroom: Path,
) -> None:
    path = write_catalog(newsroom, "feria", "La feria vuelve al río")
    async with reviewing(path, engine_ahead=False) as (app, pilot):
        await settle(pilot, 1.5)
        assert origins_of(app) == []
        await pilot.press("ctrl+t")
        await eventually(pilot, lambda: origins_of(app) == [Origin.MT])


async def test_a_dead_engine_is_a_remark_and_is_left_alone(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_catalog(newsroom, "feria", "Uno", "Dos", "Tres")
    asked = []

    async def dead(_lookup: Lookup, task: str, *, msgid: str = "", **_more: object) -> None:
        if task == "translate":
            asked.append(msgid)
            raise EngineError("the engine fell over")

    monkeypatch.setattr(Lookup, "ask", dead)
    async with reviewing(path, engine_ahead=True) as (app, pilot):
        await eventually(pilot, lambda: bool(asked))
        await settle(pilot)
        assert screen_of(app).panes.advice.remark == "the engine fell over"
        await pilot.press("down")
        await settle(pilot, 1.0)
        assert asked == ["Uno"]
        await pilot.press("ctrl+t")
        await eventually(pilot, lambda: asked == ["Uno", "Dos"])


async def test_an_answer_for_a_unit_left_behind_is_dropped(newsroom: Path) -> None:
    path = write_catalog(newsroom, "feria", "Uno", "Dos")
    async with reviewing(path, engine_ahead=True) as (app, pilot):
        gate = asyncio.Event()

        async def slow(*_what: object, msgid: str, **_more: object) -> dict[str, object]:
            await gate.wait()
            return {"msgstr": f"{msgid}!", "engine": "x", "band": "good", "reasons": []}

        screen = screen_of(app)
        screen.adviser._engine.ask = slow
        await eventually(pilot, lambda: screen.panes.advice.waiting)
        await pilot.press("down")
        gate.set()
        await eventually(pilot, lambda: [one.text for one in screen.panes.offered] == ["Dos!"])


async def test_each_plural_form_is_looked_up_by_its_own_source(
    desk: Desk, review: Open
) -> None:
    desk.write_plurals()
    async with review() as (app, pilot):
        screen = screen_of(app)
        asked = []

        async def words(what: str, *, text: str) -> dict[str, object]:
            if what == "search":
                asked.append(text)
            return {"matches": [], "placeables": []}

        async def engine(*_what: object, msgid: str, **_more: object) -> dict[str, object]:
            return {"msgstr": f"{msgid}!", "engine": "x", "band": "good", "reasons": []}

        screen.adviser._has_memory = True
        screen.adviser._words.ask = words
        screen.adviser._engine.ask = engine
        await pilot.press("full_stop", "ctrl+t")
        await eventually(pilot, lambda: screen.panes.advice.machine is not None)
        await eventually(pilot, lambda: asked == ["Quedan %d casetas. Mire."])
        assert screen.panes.offered[0].text == "Quedan %d casetas. Mire.!"
        await pilot.press("full_stop")
        await eventually(pilot, lambda: asked[1:] == ["Queda una caseta. Mire."])
        assert screen.panes.advice.machine is None


def test_suggestions_stand_in_the_order_in_which_prefill_takes_them() -> None:
    surer = Match("El puente abre en junio.", "The bridge opens in June.", 90, reviewed=True)
    similar = Match("El puente abre.", "The bridge opens.", 80, reviewed=True)
    machine = Suggestion("The bridge opens in May.", Origin.MT, {"mt": "apertium"})
    advice = Advice(matches=[surer, similar])
    assert [one.text for one in suggestions(advice, None)] == [surer.target, similar.target]
    advice.machine, advice.least = machine, least_percent("apertium", learns=False)
    texts = [one.text for one in suggestions(advice, None)]
    assert texts == [surer.target, machine.text, similar.target]
    advice.least = least_percent("pseudo", learns=False)
    assert suggestions(advice, None)[-1] == machine


async def test_what_is_approved_is_suggested_in_the_next_catalog(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsroom)
    write_catalog(newsroom, "faro", "El faro de Punta Seca cierra en mayo.")
    write_catalog(newsroom, "feria", "El faro de Punta Seca cierra en mayo.")
    async with reviewing(None, engine_ahead=False, fill_repeats=False) as (app, pilot):
        await pilot.press("enter")
        await settle(pilot, 0.4)
        await pilot.press("f6")
        await type_text(app, pilot, "The lighthouse closes in May.")
        await pilot.press("f2", "f6", "y")
        await settle(pilot, 0.5)
        await pilot.press("down", "enter")
        await settle(pilot, 0.4)
        await eventually(pilot, lambda: origins_of(app) == [Origin.TM])
        suggestion = screen_of(app).panes.offered[0]
        assert suggestion.text == "The lighthouse closes in May."
        assert suggestion.fields["tm"] == "100"
        await pilot.press("f5")
        await settle(pilot)
        assert screen_of(app).editor.value == "The lighthouse closes in May."


async def test_a_suggestion_that_is_on_the_screen_is_offered_once_another_text_is(
    newsroom: Path,
) -> None:
    path = write_catalog(newsroom, "faro", "El faro cierra en mayo.")
    catalog = Catalog.load(path)
    catalog.entries[0].fill("The lighthouse closes.", origin=Origin.TM, tm="100")
    catalog.save()
    with Memory.open(newsroom / ".l10n" / "memory.sqlite") as memory:
        translation = Translation("El faro cierra en mayo.", "The lighthouse closes.")
        memory.add([translation], "es", "en", origin="other.po")
    async with reviewing(path, engine_ahead=False) as (app, pilot):
        panes = screen_of(app).panes
        await eventually(pilot, lambda: bool(panes.advice.matches))
        assert panes.offered == []
        await pilot.press("f6")
        await type_text(app, pilot, " Now.")
        await settle(pilot, 0.4)
        assert [offer.text for offer in panes.offered] == ["The lighthouse closes."]


async def test_only_a_newer_question_of_its_kind_overtakes_one(newsroom: Path) -> None:
    desk = LookUpContext(project=str(newsroom / "l10n.toml"), source="es", target="en")
    lookup = Lookup(desk, timeout=30)
    try:
        old, new, terms = await asyncio.gather(
            lookup.ask("search", text="Hola"),
            lookup.ask("search", text="Hola"),
            lookup.ask("terms", text="Hola"),
        )
    finally:
        await lookup.close()
    assert old is None
    assert new == {"matches": []}
    assert terms == {"terms": []}


async def test_what_another_process_approves_reaches_an_open_desk(newsroom: Path) -> None:
    other = write_catalog(newsroom, "faro", "El faro de Punta Seca cierra en mayo.")
    path = write_catalog(newsroom, "feria", "El faro de Punta Seca cierra en mayo.")
    async with reviewing(path, engine_ahead=False) as (app, pilot):
        await settle(pilot, 1.5)
        assert origins_of(app) == []
        catalog = Catalog.load(other)
        catalog.entries[0].translate("The lighthouse closes in May.")
        catalog.entries[0].approve(by="Luis")
        catalog.save()
        await eventually(pilot, lambda: origins_of(app) == [Origin.TM])


async def test_what_is_taken_back_elsewhere_is_no_longer_suggested(newsroom: Path) -> None:
    other = write_catalog(newsroom, "faro", "El faro de Punta Seca cierra en mayo.")
    path = write_catalog(newsroom, "feria", "El faro de Punta Seca cierra en mayo.")
    catalog = Catalog.load(other)
    catalog.entries[0].translate("The lighthouse closes in May.")
    catalog.save()
    async with reviewing(path, engine_ahead=False) as (app, pilot):
        await eventually(pilot, lambda: origins_of(app) == [Origin.TM])
        catalog.entries[0].reject()
        catalog.save()
        await eventually(pilot, lambda: origins_of(app) == [])

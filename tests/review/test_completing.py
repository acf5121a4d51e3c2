"""What is offered while one types, and what a key puts in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.glossary import Glossary, Term
from l10n.review.completion import Vocabulary, complete
from l10n.review.placeables import find_placeables, next_placeable
from tests.review.driving import (
    NARROW,
    Open,
    eventually,
    screen_of,
    settle,
    type_text,
)
from tests.review.test_look_ups import reviewing, write_catalog

if TYPE_CHECKING:
    from tests.review.conftest import Desk

NEWS = (
    "El 3 de mayo de 2023, a las 18.45, Marta Ruiz contó 1.480 huertas en La Habana; "
    "3,4 millones. Escriba a info@a.es."
)


def texts_of(source: str, *terms: tuple[str, str]) -> list[str]:
    glossary = Glossary([Term("es", one, "en", other) for one, other in terms])
    hits = glossary.terms_in(source, "es", "en")
    return [placeable.text for placeable in find_placeables(source, "es", "en", hits)]


def test_numbers_names_and_addresses_are_as_the_target_writes_them() -> None:
    assert texts_of(NEWS) == [
        "3", "May", "2023", "18:45", "Marta Ruiz", "1,480", "Havana", "3.4", "info@a.es",
    ]  # fmt: skip


def test_a_host_is_an_address_and_an_abbreviation_is_none() -> None:
    source = "Con npm, RubyGems.org o Node.js. Los EE.UU., a las 5 p.m."
    texts = texts_of(source)
    assert {"RubyGems.org", "Node.js"} <= set(texts)
    assert not {"EE.UU", "EE.UU.", "p.m"} & set(texts)


def test_a_word_of_a_text_that_is_no_longer_accepted_is_forgotten() -> None:
    words = Vocabulary()
    words.learn("puedespodrá mercado mercado")
    words.forget("puedespodrá mercado")
    assert words.complete("pue") == ""
    assert words.complete("mer") == "mercado"


def test_a_term_has_the_number_of_the_source() -> None:
    assert "orchards" in texts_of(NEWS, ("huerta", "orchard"))
    assert "orchard" in texts_of("Una huerta.", ("huerta", "orchard"))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Ann Lee paid 12,500.50 euros in London.", ["Ann Lee", "12.500,50", "Londres"]),
        ("In 2023 it closed.", ["2023"]),
        ("On Monday 3 January it closed; it may open in May.", ["lunes", "3", "enero", "mayo"]),
    ],
)
def test_into_spanish(source: str, expected: list[str]) -> None:
    found = find_placeables(source, "en", "es", ())
    assert [placeable.text for placeable in found] == expected


def test_what_is_lacking_comes_first_and_then_what_follows() -> None:
    placeables = find_placeables("Ana vio a Eva y a Luis Gil.", "es", "en", ())
    assert [placeable.text for placeable in placeables] == ["Eva", "Luis Gil"]
    assert next_placeable(placeables, "Ana saw Eva").text == "Luis Gil"
    assert next_placeable(placeables, "Ana", after="Eva").text == "Luis Gil"
    assert next_placeable(placeables, "Eva and Luis Gil") is None
    assert next_placeable((), "Ana") is None


@pytest.mark.parametrize(
    ("before", "rest"),
    [
        ("The reco", "nstruction"),
        ("The re", ""),
        ("Reco", "nstruction"),
        ("reconstruction", ""),
        ("in San", " Telmo"),
        ("in San T", "elmo"),
        ("in san t", ""),
        ("artisan", ""),
        ("write to info", "@a.es"),
    ],
)
def test_what_may_follow(before: str, rest: str) -> None:
    words = Vocabulary()
    words.learn("The reconstruction, and the reconstruction of a recovery")
    assert complete(before, ["San Telmo", "info@a.es"], [words]) == rest


@given(st.text(alphabet="aábñ -'’.<1", max_size=30), st.text(alphabet="aábñ ", max_size=20))
def test_what_is_offered_continues_a_known_word(learnt: str, before: str) -> None:
    words = Vocabulary()
    words.learn(learnt)
    rest = complete(before, [], [words])
    assert not rest or before.rsplit(" ", maxsplit=1)[-1].lower() + rest in learnt.lower()


async def test_tab_types_the_rest_of_a_word_that_was_used_before(
    desk: Desk, review: Open
) -> None:
    async with review(NARROW) as (app, pilot):
        await pilot.press("a")  # "The fair opens its doors." is accepted
        await pilot.press("f6")
        await settle(pilot)
        screen = screen_of(app)
        before = screen.editor.value
        await type_text(app, pilot, " Penguins")
        await pilot.press("ctrl+z")
        await settle(pilot)
        await type_text(app, pilot, "!")
        assert screen.editor.proposal == ""
        screen.panes.editor.put("The doo")
        assert screen.editor.proposal == ""
        await pilot.press("ctrl+a", "ctrl+k")
        screen.completing._own_words.learn("doorways")
        await type_text(app, pilot, "The doo")
        assert screen.editor.proposal == "rways"
        await pilot.press("tab")
        await settle(pilot)
        assert screen.session.text == "The doorways"
        assert before != screen.session.text
        assert screen.editor.proposal == ""


async def test_a_setting_switches_it_off(desk: Desk, review: Open) -> None:
    async with review(NARROW, complete=False) as (app, pilot):
        screen = screen_of(app)
        screen.completing._own_words.learn("doorways")
        await pilot.press("f6", "end")
        await type_text(app, pilot, " doo")
        assert screen.editor.proposal == ""


async def test_tab_types_a_tab_where_the_source_has_one(newsroom: Path) -> None:
    path = write_catalog(newsroom, "faro", "Uno\tdos", "Tres")
    async with reviewing(path, engine_ahead=False, begin_in="text") as (app, pilot):
        await type_text(app, pilot, "One")
        await pilot.press("tab")
        await type_text(app, pilot, "two")
        assert screen_of(app).session.text == "One\ttwo"
        await pilot.press("alt+down")
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        assert screen_of(app).session.text == ""


async def test_a_key_puts_in_what_is_missing_and_again_what_follows(newsroom: Path) -> None:
    path = write_catalog(newsroom, "faro", "Contó 1.480 vecinos Marta Ruiz en La Habana.")
    async with reviewing(path, engine_ahead=False, begin_in="text") as (app, pilot):
        screen = screen_of(app)
        await eventually(pilot, lambda: len(screen.panes.advice.placeables) == 3)
        await pilot.press("alt+i")
        assert screen.editor.value == "1,480"
        await pilot.press("alt+i")
        assert screen.editor.value == "Marta Ruiz"
        await type_text(app, pilot, " counted ")
        await pilot.press("alt+i")
        assert screen.editor.value == "Marta Ruiz counted 1,480"
        await type_text(app, pilot, " in Hav")
        assert screen.editor.proposal == "ana"
        await pilot.press("right")
        assert screen.editor.value.endswith("1,480 in Havana")
        await settle(pilot)


async def test_what_was_begun_is_finished_and_tab_leaves_no_text(newsroom: Path) -> None:
    path = write_catalog(newsroom, "faro", "Marta Ruiz abre.")
    async with reviewing(path, engine_ahead=False, begin_in="text") as (app, pilot):
        screen = screen_of(app)
        await eventually(pilot, lambda: bool(screen.panes.advice.placeables))
        await type_text(app, pilot, "Then Mar")
        await pilot.press("alt+i")
        assert screen.editor.value == "Then Marta Ruiz"
        await pilot.press("tab")
        await type_text(app, pilot, " opens")
        assert screen.editor.value == "Then Marta Ruiz opens"
        assert screen.focused is screen.editor

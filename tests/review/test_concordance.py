"""The concordance: what is found, each once and marked; what is put in; where one goes from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from l10n.memory import Memory, Translation
from l10n.review.concordance import Hit, Words, find_hits, word_at
from tests.review.driving import NARROW, Open, desk_of, eventually, screen_of, settle, type_text
from tests.review.test_look_ups import reviewing, write_catalog
from tui.windows.concordance import ConcordanceScreen

if TYPE_CHECKING:
    from tests.review.conftest import Desk

FLOODS = (
    ("La riada dejó barro.", "The flood left mud."),
    ("Tras la riada volvió la luz.", "The light came back after the flood."),
    ("Las riadas de mayo.", "The floods of May."),
    ("Abrió el mercado.", "The market opened."),
    ("El barro y la luz del mercado.", "The mud and the light of the market."),
)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    memory = Memory.open(tmp_path / "memory.sqlite")
    memory.add([Translation(*pair) for pair in FLOODS], "es", "en", origin="floods")
    return memory


def hits_for(memory: Memory, text: str, **more: object) -> list[Hit]:
    def search(query: str) -> list[object]:
        return memory.concordance(query, "es", "en")

    return find_hits(Words(text, "es", "en"), search, **more)


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("form", ["riada", "riadas", "RIADA", "Riadas"])
def test_any_form_of_a_word_finds_all_its_forms(memory: Memory, form: str) -> None:
    hits = hits_for(memory, form)
    words = {word for hit in hits for word in marked(hit.source, hit.source_spans)}
    assert words == {"riada", "riadas"}
    assert len(hits) == 3


def test_what_comes_with_the_words_and_hardly_without_them_is_marked(memory: Memory) -> None:
    hits = hits_for(memory, "riada", background=[target for _source, target in FLOODS])
    assert {hit.marked_target for hit in hits} == {"flood", "floods"}


def test_words_of_the_translation_are_looked_for_too(memory: Memory) -> None:
    (hit,) = hits_for(memory, "flooded mud")
    assert marked(hit.target, hit.target_spans) == ["flood", "mud"]
    hits = hits_for(memory, "flood")
    assert len(hits) == 3
    assert all(hit.target_spans for hit in hits)


def test_the_term_of_the_glossary_is_marked(memory: Memory) -> None:
    (hit,) = hits_for(memory, "abrió", terms=["open"])
    assert hit.marked_target == "opened"


def test_a_sentence_and_its_paragraph_are_shown_once(memory: Memory) -> None:
    whole = " ".join(source for source, _target in FLOODS[:2])
    targets = " ".join(target for _source, target in FLOODS[:2])
    memory.add([Translation(whole, targets)], "es", "en", origin="article")
    assert whole not in [hit.source for hit in hits_for(memory, "riada")]


def test_letters_within_another_word_are_no_hit(memory: Memory) -> None:
    assert hits_for(memory, "bar") == hits_for(memory, "barro")
    assert hits_for(memory, "arro") == []


@pytest.mark.parametrize(
    ("offset", "word"), [(0, "La"), (2, "La"), (5, "riada"), (8, "riada"), (9, "")]
)
def test_the_word_at_the_cursor(offset: int, word: str) -> None:
    text = "La riada, "
    start, end = word_at(text, offset)
    assert text[start:end] == word


async def test_what_is_marked_is_put_in_at_the_cursor(newsroom: Path) -> None:
    path = write_catalog(newsroom, "faro", "Otra riada en mayo.")
    with Memory.open(newsroom / ".l10n" / "memory.sqlite") as memory:
        memory.add([Translation(*pair) for pair in FLOODS], "es", "en", origin="floods.tmx")
    async with reviewing(path, engine_ahead=False) as (app, pilot):
        await pilot.press("f6")
        await type_text(app, pilot, "Another ")
        await pilot.press("f9")
        await settle(pilot)
        window = app.screen
        assert isinstance(window, ConcordanceScreen)
        await type_text(app, pilot, "riada")
        await eventually(pilot, lambda: len(window._hits) == 3)
        await pilot.press("down", "down", "up", "enter")
        await settle(pilot)
        assert screen_of(app).session.text in {"Another flood", "Another floods"}


async def test_tab_goes_through_the_words_of_the_source(desk: Desk, review: Open) -> None:
    async with review(NARROW) as (app, pilot):
        await pilot.press("f9")
        await settle(pilot)
        line = app.screen.query_one("#words")
        assert line.value == "feria"
        await pilot.press("tab")
        assert line.value == "abre"
        await pilot.press("shift+tab")
        assert line.value == "feria"


async def test_one_goes_to_the_unit_of_a_hit(desk: Desk, review: Open) -> None:
    async with review() as (app, pilot):
        await pilot.press("f9")
        await settle(pilot)
        window = app.screen
        window.query_one("#words").value = "penguin"
        await eventually(pilot, lambda: bool(window._hits))
        assert [hit.is_draft for hit in window._hits] == [True]
        await pilot.press("f6")
        await settle(pilot)
        assert desk_of(app).session.position == 5


async def test_one_goes_to_another_catalog(
    newsroom: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsroom)
    path = write_catalog(newsroom, "faro", "Otra riada en mayo.")
    other = write_catalog(newsroom, "feria", "Uno.", "La riada dejó barro.")
    with Memory.open(newsroom / ".l10n" / "memory.sqlite") as memory:
        translation = Translation(*FLOODS[0])
        memory.add([translation], "es", "en", origin=str(other.resolve()))
    async with reviewing(path, engine_ahead=False) as (app, pilot):
        await pilot.press("f9")
        await settle(pilot)
        window = app.screen
        window.query_one("#words").value = "riada"
        await eventually(pilot, lambda: bool(window._hits))
        await pilot.press("f6")
        await eventually(pilot, lambda: desk_of(app).session.keeper.path == other)
        await settle(pilot)
        assert screen_of(app).session.position == 1

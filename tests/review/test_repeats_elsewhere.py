"""A text that stands in several catalogs of a project is decided on once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.model import Origin, State, Unit
from l10n.review.decisions import Decision
from l10n.review.opening import open_session, resolve
from l10n.review.queue import Queue
from l10n.review.session import Session
from tests.review.driving import NARROW, leave, screen_of, settle
from tui.app import ReviewApp
from tui.console import Console
from tui.plain_sitting import PlainSitting, review_plainly

SOURCE, DRAFT, RIGHT = (
    "Lea también: la riada",
    "It reads also: the flood",
    "Read also: the flood",
)


@pytest.fixture
def catalogs(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Catalogs that share a source: a machine draft, nothing, a person's draft, a review, none of it."""
    monkeypatch.chdir(newsroom)
    folder = newsroom / "locales/en/LC_MESSAGES"
    paths = {
        name: folder / f"z-{name}.po"
        for name in ("here", "machine", "empty", "person", "done", "other")
    }
    for name, path in paths.items():
        source = "Otra cosa también riada" if name == "other" else SOURCE
        catalog = Catalog.new(path, source="es", target="en", article=name)
        catalog.merge([Unit(f"Solo de {name}."), Unit(source)], article=name)
        entry = catalog.entries[1]
        if name in {"here", "machine", "other"}:
            entry.fill(DRAFT, origin=Origin.MT, mt="apertium")
        elif name == "person":
            entry.save_draft(("See as well: the flood",))
        elif name == "done":
            entry.translate("Also: the flood")
            entry.approve(by="Luis")
        catalog.save()
    return paths  # fmt: skip


def _open(path: Path) -> Session:
    project, (place,) = resolve(str(path))
    session = open_session(place, project, "Ana")
    session.go_to(1)
    return session


def _texts(paths: dict[str, Path]) -> dict[str, str]:
    return {
        name: Catalog.load(path).entries[1].msgstr
        for name, path in paths.items()
        if name != "here"
    }


def test_an_approval_fills_open_repeats_of_the_project_and_undo_gives_every_byte_back(
    catalogs: dict[str, Path],
) -> None:
    before = {name: path.read_bytes() for name, path in catalogs.items()}
    session = _open(catalogs["here"])
    session.type(RIGHT, 0)
    decision = session.approve()
    assert isinstance(decision, Decision)
    assert session.follow(decision) == 2
    assert _texts(catalogs) == {
        "machine": RIGHT,
        "empty": RIGHT,
        "person": "See as well: the flood",
        "done": "Also: the flood",
        "other": DRAFT,
    }
    filled = Catalog.load(catalogs["machine"]).entries[1]
    assert (filled.state, filled.origin) == (State.DRAFT, Origin.TM)
    assert session.undo() is decision
    assert session.withdraw(decision) == 2
    assert {name: path.read_bytes() for name, path in catalogs.items()} == before


def test_what_others_did_meanwhile_is_not_taken_back(catalogs: dict[str, Path]) -> None:
    session = _open(catalogs["here"])
    session.type(RIGHT, 0)
    decision = session.approve()
    assert isinstance(decision, Decision)
    session.follow(decision)
    other = Catalog.load(catalogs["empty"])
    other.entries[1].approve(by="Luis")
    other.save()
    session.undo()
    assert session.withdraw(decision) == 1
    assert _texts(catalogs)["empty"] == RIGHT
    assert _texts(catalogs)["machine"] == DRAFT


@pytest.mark.parametrize(
    ("setting", "state"),
    [("approve", State.REVIEWED), ("draft", State.DRAFT), ("off", State.UNTRANSLATED)],
)
def test_the_project_says_what_becomes_of_repeats(
    catalogs: dict[str, Path], newsroom: Path, setting: str, state: State
) -> None:
    settings = newsroom / "l10n.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'repeats = "{setting}"\n{text}', encoding="utf-8")
    session = _open(catalogs["here"])
    session.type(RIGHT, 0)
    decision = session.approve()
    assert isinstance(decision, Decision)
    session.follow(decision)
    entry = Catalog.load(catalogs["empty"]).entries[1]
    assert entry.state is state


def test_a_repeat_with_an_error_in_its_place_stays_a_draft(
    catalogs: dict[str, Path], newsroom: Path
) -> None:
    settings = newsroom / "l10n.toml"
    text = settings.read_text(encoding="utf-8")
    rules = '\n[[check.article]]\npath = "z-empty*"\nrules = { end-mark = "error" }\n'
    settings.write_text(f'repeats = "approve"\n{text}{rules}', encoding="utf-8")
    session = _open(catalogs["here"])
    session.type(RIGHT + ".", 0)
    decision = session.approve()
    assert isinstance(decision, Decision)
    session.follow(decision)
    assert Catalog.load(catalogs["machine"]).entries[1].state is State.REVIEWED


async def test_the_screen_says_how_many_and_takes_them_back(catalogs: dict[str, Path]) -> None:
    project, places = resolve(str(catalogs["here"]))
    app = ReviewApp(places, project, reviewer="Ana", settings={"engine_ahead": False})
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot, 0.4)
        screen_of(app).session.go_to(1)
        screen_of(app).panes.show_unit()
        await pilot.press("f2")
        await settle(pilot, 0.5)
        assert _texts(catalogs)["empty"] == DRAFT
        assert "in another catalog" in str(screen_of(app).query_one("#status").content)
        await pilot.press("ctrl+r")
        await settle(pilot, 0.5)
        assert _texts(catalogs)["empty"] == ""
        await leave(app, pilot)
    assert catalogs["empty"] in app.worked_on, "to be handed in too"  # fmt: skip


class _Script:
    """A person who types some lines."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.said = list(lines), list[str]()

    def say(self, line: str = "") -> None:
        self.said.append(line)

    def read(self, prompt: str = "") -> str:
        self.said.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def edit(self, text: str, words: Sequence[str] = ()) -> str:
        return str(text)[: len(text) + len(words)]

    def confirm(self, question: str) -> bool:
        return bool(question)


def test_plain_lines_fill_and_empty_them_too(catalogs: dict[str, Path]) -> None:
    project, places = resolve(str(catalogs["here"]))
    console: Console = _Script("g 2", f"t {RIGHT}", "a")
    review_plainly(Queue(places, project), PlainSitting(project, "Ana"), console)
    assert _texts(catalogs)["machine"] == RIGHT
    assert "2 repeats filled." in console.said
    catalog = Catalog.load(catalogs["here"])
    catalog.entries[1].fill(DRAFT, origin=Origin.MT)
    catalog.save()
    sitting = PlainSitting(project, "Ana", fills_repeats=False)
    review_plainly(Queue(places, project), sitting, _Script("g 2", "a", "u"))
    assert _texts(catalogs)["machine"] == RIGHT  # fmt: skip

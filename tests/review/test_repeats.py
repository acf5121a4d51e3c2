"""A text that stands several times is decided on once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from l10n.catalog import Catalog
from l10n.model import Origin, State, Unit
from l10n.review.decisions import Decision

if TYPE_CHECKING:
    from tests.review.conftest import Desk


@pytest.fixture
def menu(desk: Desk) -> Desk:
    """A catalog in which one source stands five times: drafts of each kind, one of them reviewed."""
    catalog = Catalog.new(desk.path, source="es", target="en", article="es/menu.html")
    contexts = (None, "attr:alt", "attr:title", "meta:title", "meta:description")
    catalog.merge([Unit("La carta", context=context) for context in contexts], article="menu")
    first, machine, people, empty, done = catalog.entries
    first.fill("The letter", origin=Origin.MT)
    machine.fill("The letter", origin=Origin.MT)
    people.fill("Menu", origin=Origin.ALIGNED, aligned="0.9")
    done.translate("The card")
    done.approve(by="Luis")
    assert not empty.msgstr
    catalog.save(overwrite=True)
    return desk


def test_an_approval_fills_open_repeats_and_is_undone_with_them(menu: Desk) -> None:
    session = menu.sit_down()
    before = [entry.msgstr for entry in session.entries]
    session.type("The menu", 0)
    decision = session.approve()
    assert isinstance(decision, Decision)
    assert len(decision.changes) == 3
    texts = [entry.msgstr for entry in session.entries]
    assert texts == ["The menu", "The menu", "Menu", "The menu", "The card"]
    assert [entry.state for entry in session.entries[:2]] == [State.REVIEWED, State.DRAFT]
    session.undo()
    assert [entry.msgstr for entry in session.entries] == before
    assert session.entries[3].state is State.UNTRANSLATED


def test_who_does_not_want_that_decides_on_one_unit(menu: Desk) -> None:
    session = menu.sit_down()
    session.fills_repeats = False
    session.approve()
    assert [entry.state for entry in session.entries].count(State.REVIEWED) == 2
    assert not session.entries[3].msgstr


def test_a_repeat_of_an_untouched_draft_is_that_draft_and_no_match(menu: Desk) -> None:
    session = menu.sit_down()
    session.propagate()
    filled = session.entries[3]
    assert (filled.msgstr, filled.origin) == ("The letter", Origin.MT)
    session.approve()
    session.propagate()
    assert session.entries[3].origin is Origin.TM, "a person has accepted it"


def test_an_approval_that_changes_nothing_fills_nothing(menu: Desk) -> None:
    session = menu.sit_down(reviewer="Luis")
    session.go_to(4)
    first, again = session.approve(), session.approve()
    assert isinstance(first, Decision)
    assert isinstance(again, Decision)
    assert (first.others, again.others) == (3, 0)

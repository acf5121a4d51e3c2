"""Two people at one project: who holds a catalog, second reviews, samples for quality control."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from l10n.catalog import Catalog
from l10n.errors import UsageError
from l10n.model import State
from l10n.review.opening import Place
from l10n.review.queue import Queue
from l10n.review.sampling import draw_sample
from tests.review.conftest import TARGETS
from tests.review.driving import Open, desk_of, leave, screen_of, settle, type_text
from tests.review.test_terminal import review_plainly

if TYPE_CHECKING:
    from tests.review.conftest import Desk


def ask_for_two(desk: Desk) -> None:
    catalog = desk.on_disk()
    catalog.set_field("X-Reviewers", "2")
    catalog.save()


def test_what_one_has_reviewed_waits_for_the_other(desk: Desk) -> None:
    ask_for_two(desk)
    ana = desk.sit_down(reviewer="Ana")
    ana.approve()
    assert ana.entries[0].state is State.TRANSLATED
    assert not ana.index.is_open(0)
    assert ana.next_open()
    assert ana.position == 1
    desk.save(ana)
    ana.keeper.close()
    desk.sittings.clear()

    eva = desk.sit_down(reviewer="Eva")
    assert eva.index.is_open(0)
    eva.index.finish()
    words = eva.index.words_open
    eva.approve()
    assert eva.entries[0].state is State.REVIEWED
    assert eva.index.words_open == words - 5
    eva.undo()
    assert eva.entries[0].state is State.TRANSLATED
    assert eva.entries[0].stamp.reviewer == "Ana"
    eva.set_filter("state:open")
    assert list(eva.visible) == [0, 1, 2, 3, 4, 5]


def test_a_second_review_survives_a_merge(desk: Desk) -> None:
    ask_for_two(desk)
    catalog = desk.on_disk()
    catalog.entries[0].approve(by="Ana")
    catalog.save()
    eva = desk.sit_down(reviewer="Eva")
    eva.approve()
    other = desk.on_disk()
    other.entries[5].save_draft("Penguins, and storks.")
    other.save()
    assert desk.save(eva) == ""
    entry = desk.on_disk().entries[0]
    assert entry.state is State.REVIEWED
    assert (entry.stamp.reviewer, entry.stamp.second) == ("Ana", "Eva")


def test_the_queue_counts_second_reviews(desk: Desk) -> None:
    ask_for_two(desk)
    catalog = desk.on_disk()
    for entry in catalog.entries:
        entry.approve(by="Ana")
    catalog.save()
    place = Place(desk.path, "en/feria", "en")
    for name, number in (("Ana", 0), ("Eva", 6)):
        queue = Queue((place,), reviewer=name)
        queue.count(place)
        assert queue.open_units(place) == number


async def test_who_has_the_catalog_is_shown_and_gone_they_are_followed(
    desk: Desk, review: Open
) -> None:
    other = desk.sit_down(reviewer="Eva")
    async with review() as (app, pilot):
        # A question is deaf to who is still typing.
        await settle(pilot, 0.5)
        await pilot.press("r")
        await settle(pilot)
        screen = screen_of(app)
        assert "Eva" in screen.safety.words().plain
        assert screen.session.read_only
        other.approve()
        desk.save(other)
        await settle(pilot, 2.5)
        assert screen.session.entries[0].state is State.REVIEWED
        other.keeper.close()
        desk.sittings.clear()
        await settle(pilot, 2.5)
        assert not screen.session.read_only
        await pilot.press("n", "f6")
        await type_text(app, pilot, "!")
        assert screen.session.text.endswith("!")
        await leave(app, pilot)


def test_plain_lines_let_the_other_read(desk: Desk) -> None:
    desk.sit_down(reviewer="Eva")
    before = desk.texts()
    done = review_plainly(desk, "t Nothing\na\nw\nq\n")
    assert done.returncode == 0, done.stderr
    assert "Eva" in done.stdout
    assert done.stdout.count("for reading only") == 2
    assert desk.texts() == before


def approved_by(desk: Desk, *names: str) -> None:
    catalog = desk.on_disk()
    for entry, name in zip(catalog.entries, names, strict=False):
        entry.approve(by=name)
    catalog.save()


def test_a_sample_is_of_one_translator_and_never_of_oneself(desk: Desk) -> None:
    approved_by(desk, "Ana", "Ana", "Eva", "Eva", "Eva")
    sample = draw_sample([desk.path], 10, without="Eva", seed=1)
    assert sample.translator == "Ana"
    assert len(sample.texts) == 2
    assert draw_sample([desk.path], 2, translator="Eva", seed=1).summary().units == 2
    with pytest.raises(UsageError, match="Luis"):
        draw_sample([desk.path], 1, translator="Luis")


async def test_corrections_of_a_sample_are_counted(desk: Desk, review: Open) -> None:
    approved_by(desk, *["Eva"] * 6)
    async with review() as (app, pilot):
        app.queue.sample = sample = draw_sample([desk.path], 6, seed=1)
        app.open_place(app.queue.places[0])
        await settle(pilot)
        session = desk_of(app).session
        assert len(session.visible) == 6
        await pilot.press("f2", "f6")
        await type_text(app, pilot, " now")
        await pilot.press("f2")
        await settle(pilot)
        summary = sample.summary()
        assert (summary.looked_at, summary.corrected) == (2, 1)
        await leave(app, pilot)
    catalog = Catalog.load(desk.path)
    assert catalog.entries[0].stamp.reviewer == "Eva"
    assert [entry.msgstr for entry in catalog.entries] != list(TARGETS)


async def test_the_list_of_catalogs_says_what_of_a_sample_each_has(
    desk: Desk, review: Open
) -> None:
    approved_by(desk, "Eva", "Eva")
    async with review() as (app, pilot):
        app.queue.sample = draw_sample([desk.path], 6, seed=1)
        app.show_chooser()
        await settle(pilot, 0.5)
        row = app.screen.query_one(OptionList).get_option_at_index(0).prompt
        assert "2 units open" in str(row)
        await leave(app, pilot)


def test_plain_lines_tell_what_came_of_a_sample(desk: Desk) -> None:
    approved_by(desk, *["Eva"] * 6)
    done = review_plainly(desk, "t Another text.\na\na\nq\n", "--sample", "6")
    assert done.returncode == 0, done.stderr
    assert "Sample of Eva: 6 units drawn, 2 looked at, 1 corrected" in done.stderr


def test_nobody_to_sample_is_said(desk: Desk) -> None:
    done = review_plainly(desk, "q\n", "--sample", "3")
    assert done.returncode == 2
    assert "no unit to draw" in done.stderr


def test_a_second_review_that_changes_nothing_counts_as_untouched(desk: Desk) -> None:
    ask_for_two(desk)
    ana = desk.sit_down(reviewer="Ana")
    ana.approve()
    desk.save(ana)
    ana.keeper.close()
    desk.sittings.clear()
    eva = desk.sit_down(reviewer="Eva")
    eva.approve()
    summary = eva.sitting.summary()
    assert (summary.approved, summary.untouched, summary.distances) == (1, 1, ())

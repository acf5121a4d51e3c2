"""Nothing that was decided is lost: crashes, other people, full disks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from l10n.catalog import Catalog
from l10n.model import State
from l10n.review.journal import Cause, left_behind
from l10n.review.lock import Holder, Lock, lock_path
from tests.review.driving import Open, eventually, leave, settle
from tui.parting import say_unsaved
from tui.windows.dialogs import Question
from tui.windows.sides import ConflictScreen

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.review.conftest import Desk


def test_what_was_decided_before_a_crash_is_offered(desk: Desk) -> None:
    session = desk.sit_down()
    session.type("The fair opens.", 0)
    session.approve()
    session.go_to(2)
    session.type("half a sen", 0)
    desk.die(session)

    again = desk.sit_down()
    found = {one.record.key[1]: one.record for one in again.keeper.recoverable()}
    assert found["La feria abre sus puertas."].state["state"] == "reviewed"
    assert found["Hay 300 casetas en el parque."].state["msgstrs"] == ["half a sen"]
    assert again.recover(again.keeper.recoverable()) == 2
    again.keeper.settle_left_behind()
    desk.save(again)
    entry = desk.on_disk().entries[0]
    assert (entry.msgstr, entry.state) == ("The fair opens.", State.REVIEWED)
    assert entry.stamp.reviewer == "Ana"
    assert desk.texts()[2] == "half a sen"
    assert left_behind(desk.path) == ()


def test_what_nobody_chose_is_offered_again_and_what_is_settled_never(desk: Desk) -> None:
    session = desk.sit_down()
    for row, text in enumerate(("One.", "<a1>Two</a1>.", "Three.")):
        session.go_to(row)
        session.type(text, 0)
        session.approve(force=True)
    journal = session.keeper.journal.path
    desk.die(session)
    with journal.open("ab") as stream:
        stream.write(b'{"n": 99, "ctx": null, "id": "torn')

    again = desk.sit_down()
    first, *others = again.keeper.recoverable()
    again.recover([first])
    again.keeper.settle_left_behind(keep=others)
    desk.save(again)
    again.go_to(0)
    again.type("One, and better.", 0)
    again.approve(force=True)
    desk.save(again)
    again.keeper.close()
    desk.sittings.clear()

    third = desk.sit_down()
    offered = third.keeper.recoverable()
    assert [work.record.state["msgstrs"][0] for work in offered] == ["<a1>Two</a1>.", "Three."]
    assert {work.record.cause for work in offered} == {Cause.STOPPED}
    third.keeper.settle_left_behind()
    assert left_behind(desk.path) == ()


def test_what_another_sitting_leaves_meanwhile_is_not_settled_unseen(desk: Desk) -> None:
    other = desk.sit_down(reviewer="Luis")
    other.approve()
    session = desk.sit_down(force=True)
    assert session.keeper.recoverable() == ()
    desk.die(other)
    session.keeper.settle_left_behind()
    assert len(session.keeper.recoverable()) == 1


def test_what_was_saved_before_a_crash_is_not_offered(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    desk.save(session)
    desk.die(session)
    assert desk.sit_down().keeper.recoverable() == ()


def test_saving_forgets_no_text_that_is_still_being_typed(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    session.go_to(2)
    session.type("half a sen", 0)
    assert desk.save(session) == ""
    desk.die(session)
    (found,) = desk.sit_down().keeper.recoverable()
    assert found.record.state["msgstrs"] == ["half a sen"]


def test_a_crash_between_writing_and_noting_it_offers_nothing(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    session.keeper.save(session.keeper.plan())
    desk.die(session)
    assert desk.sit_down().keeper.recoverable() == ()


def test_a_living_sitting_is_no_crash(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    other = desk.sit_down(reviewer="Luis", force=True)
    assert other.keeper.recoverable() == ()


def test_a_torn_last_line_of_the_journal_is_survived(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    path = session.keeper.journal.path
    desk.die(session)
    with path.open("ab") as stream:
        stream.write(b'{"n": 99, "ctx": null, "id": "La fe')
    assert len(desk.sit_down().keeper.recoverable()) == 1


def test_leaving_in_order_leaves_nothing_behind(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    desk.save(session)
    session.keeper.close()
    desk.sittings.clear()
    assert left_behind(desk.path) == ()
    assert [path.name for path in desk.path.parent.iterdir()] == ["feria.po"]


def test_the_second_one_is_told_who_sits_there(desk: Desk) -> None:
    desk.sit_down(reviewer="Ana")
    holder = Lock.take(desk.path, "Luis")
    assert isinstance(holder, Holder)
    assert holder.user == "Ana"
    assert holder.pid == os.getpid()


def test_the_lock_of_a_dead_sitting_is_in_nobodys_way(desk: Desk) -> None:
    desk.die(desk.sit_down())
    assert not desk.sit_down().read_only


def test_taking_over_is_noticed_and_both_keep_their_work(desk: Desk) -> None:
    ana = desk.sit_down(reviewer="Ana")
    ana.approve()
    luis = desk.sit_down(reviewer="Luis", force=True)
    assert not ana.keeper.lock.is_held()
    assert luis.keeper.lock.is_held()
    luis.go_to(1)
    luis.approve()
    desk.save(luis)
    desk.save(ana)
    reviewers = [entry.stamp.reviewer for entry in desk.on_disk().entries[:2]]
    assert reviewers == ["Ana", "Luis"]


def test_a_lock_that_git_cleared_away_or_put_back_is_taken_again(desk: Desk) -> None:
    ana = desk.sit_down(reviewer="Ana")
    lock_path(desk.path).unlink()
    assert ana.keeper.holds_place("Ana")
    lock_path(desk.path).unlink()
    lock_path(desk.path).write_text(
        "{}", encoding="utf-8"
    )  # another file of that name, locked by nobody
    assert ana.keeper.holds_place("Ana")
    assert desk.sit_down(reviewer="Luis").read_only
    desk.sit_down(reviewer="Luis", force=True)
    assert not ana.keeper.holds_place("Ana")


def test_what_others_write_is_merged_entry_by_entry(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    other = Catalog.load(desk.path)
    other.entries[5].translate("Penguins, storks.")
    other.save()
    assert session.keeper.was_written_outside()
    assert desk.save(session) == ""
    assert desk.texts()[5] == "Penguins, storks."
    assert desk.on_disk().entries[0].state is State.REVIEWED
    assert session.entries[5].msgstr == "Penguins, storks."


def test_a_filter_shows_what_others_made_fit_it(desk: Desk) -> None:
    session = desk.sit_down()
    session.set_filter("penguin")
    assert list(session.visible) == [5]
    other = Catalog.load(desk.path)
    other.entries[3].translate("More about penguins")
    other.save()
    session.adopt(session.keeper.read_disk())
    assert list(session.visible) == [3, 5]
    assert session.position == 5


def test_the_same_entry_changed_twice_is_a_conflict_and_both_are_kept(desk: Desk) -> None:
    session = desk.sit_down()
    session.type("Mine", 0)
    session.approve(force=True)
    other = Catalog.load(desk.path)
    other.entries[0].translate("Theirs")
    other.save()
    outcome = session.keeper.read_disk()
    merged = session.adopt(outcome)
    (conflict,) = merged.conflicts
    assert conflict.ours["msgstrs"] == ["Mine"]
    assert conflict.theirs["msgstrs"] == ["Theirs"]
    assert session.text == "Theirs"

    desk.save(session)
    desk.die(session)  # before anybody decided: mine is offered again
    again = desk.sit_down()
    assert [one.record.state["msgstrs"] for one in again.keeper.recoverable()] == [["Mine"]]


def test_what_waits_for_a_decision_is_not_called_a_crash(desk: Desk) -> None:
    session = desk.sit_down()
    session.type("Mine", 0)
    session.approve(force=True)
    other = Catalog.load(desk.path)
    other.entries[0].translate("Theirs")
    other.save()
    session.adopt(session.keeper.read_disk())
    desk.save(session)
    session.keeper.close()
    desk.sittings.clear()
    (work,) = desk.sit_down().keeper.recoverable()
    assert work.record.cause is Cause.UNDECIDED


def test_who_left_while_nothing_could_be_written_is_told_of_no_crash(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    session.keeper.close()
    desk.sittings.clear()
    (work,) = desk.sit_down().keeper.recoverable()
    assert work.record.cause is Cause.UNWRITTEN


def test_a_conflict_decided_for_mine_is_saved(desk: Desk) -> None:
    session = desk.sit_down()
    session.type("Mine", 0)
    session.approve(force=True)
    other = Catalog.load(desk.path)
    other.entries[0].translate("Theirs")
    other.save()
    merged = session.adopt(session.keeper.read_disk())
    session.put_content(merged.conflicts[0].key, merged.conflicts[0].ours, "Mine")
    session.keeper.decided(merged.conflicts[0].key)
    desk.save(session)
    assert desk.texts()[0] == "Mine"
    assert desk.on_disk().entries[0].state is State.REVIEWED


def test_both_typing_the_same_is_no_conflict(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    data_after = session.keeper.catalog.dumps()
    desk.path.write_bytes(data_after)
    merged = session.adopt(session.keeper.read_disk())
    assert merged.conflicts == ()
    assert not session.keeper.is_dirty


def test_text_being_typed_survives_a_merge(desk: Desk) -> None:
    session = desk.sit_down()
    session.go_to(2)
    session.type("half a sen", 0)
    other = Catalog.load(desk.path)
    other.entries[5].translate("Penguins, storks.")
    other.save()
    session.adopt(session.keeper.read_disk())
    assert session.position == 2
    assert session.text == "half a sen"
    assert session.undo_text()[0] == "There are 300 stalls in the park."


def test_an_entry_that_left_the_article_takes_my_text_along(desk: Desk) -> None:
    from l10n.model import Unit

    session = desk.sit_down()
    session.type("Mine", 0)
    session.approve(force=True)
    other = Catalog.load(desk.path)
    other.merge([Unit(entry.msgid) for entry in other.entries[1:]], article="es/feria.html")
    other.save()
    session.adopt(session.keeper.read_disk())
    desk.save(session)
    gone = desk.on_disk().obsolete[0]
    assert gone.msgid == "La feria abre sus puertas."
    assert gone.msgstr == "Mine"


def test_a_damaged_file_is_not_overwritten(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    damaged = desk.path.read_bytes() + b'\n<<<<<<< HEAD\nmsgid "x"\n'
    desk.path.write_bytes(damaged)
    assert "damaged" in desk.save(session)
    assert desk.path.read_bytes() == damaged
    assert session.keeper.is_dirty


def test_a_vanished_file_is_written_again(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    desk.path.unlink()
    assert desk.save(session) == ""
    assert desk.on_disk().entries[0].state is State.REVIEWED


def test_a_vanished_folder_is_one_message_and_the_work_stays(
    desk: Desk, tmp_path: Path
) -> None:
    session = desk.sit_down()
    session.approve()
    desk.path.rename(tmp_path / "elsewhere.po")
    desk.path = tmp_path / "gone" / "feria.po"
    session.keeper.path = desk.path
    session.keeper._signature = None
    problem = desk.save(session)
    assert problem
    assert session.keeper.is_dirty


def test_a_full_disk_is_a_message_and_the_next_record_is_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = desk.sit_down()
    real = os.write
    left = [40]

    def full(descriptor: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(28, "No space left on device")
        written = real(descriptor, bytes(data)[: left[0]])
        left[0] -= written
        return written

    with monkeypatch.context() as patch:
        patch.setattr("l10n.review.journal.os.write", full)
        session.approve()
    assert "No space left" in session.keeper.trouble
    session.go_to(1)
    session.approve()
    assert session.keeper.trouble == ""
    desk.die(session)
    keys = {one.record.key[1] for one in desk.sit_down().keeper.recoverable()}
    assert "El niño lee <a1>un cuento</a1>." in keys


async def test_a_catalog_that_is_left_unsaved_is_not_called_saved(
    desk: Desk, review: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    async with review(begin_in="") as (app, pilot):
        desk.path.write_bytes(desk.path.read_bytes() + b'\n<<<<<<< HEAD\nmsgid "x"\n')
        await pilot.press("f2")
        await settle(pilot, 0.5)
        await pilot.press("ctrl+q")
        await settle(pilot, 0.5)
        assert isinstance(app.screen, Question)
        await pilot.press("q")
        await settle(pilot, 0.5)
    assert list(app.unsaved) == [desk.path]
    say_unsaved(desk.path)
    told = capsys.readouterr().err
    assert "Not saved" in told
    assert "l10n review" in told


def test_what_was_saved_and_is_as_before_again_is_offered_again(desk: Desk) -> None:
    session = desk.sit_down()
    committed = desk.path.read_bytes()
    session.type("Mine", 0)
    session.approve(force=True)
    desk.save(session)

    desk.path.write_bytes(committed)
    merged = session.adopt(session.keeper.read_disk())
    assert merged.taken == 0
    (conflict,) = merged.conflicts
    assert conflict.taken_back
    assert conflict.ours["msgstrs"] == ["Mine"]

    desk.die(session)  # before anybody decided
    again = desk.sit_down()
    assert [work.record.state["msgstrs"] for work in again.keeper.recoverable()] == [["Mine"]]


def test_what_others_go_on_from_is_not_taken_back(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    desk.save(session)
    other = Catalog.load(desk.path)
    other.entries[0].translate("Better")
    other.save()
    assert session.adopt(session.keeper.read_disk()).conflicts == ()


def test_ones_own_step_back_is_not_taken_for_somebody_elses(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    desk.save(session)
    assert session.keeper.has_written
    session.undo()
    desk.save(session)
    assert not session.keeper.has_written
    other = Catalog.load(desk.path)
    other.entries[5].translate("Penguins")
    other.save()
    merged = session.adopt(session.keeper.read_disk())
    assert (merged.taken, merged.conflicts) == (1, ())


async def test_the_desk_asks_about_what_git_put_back_and_takes_all_of_it(
    desk: Desk, review: Open
) -> None:
    def are_reviewed() -> bool:
        return all(entry.state is State.REVIEWED for entry in desk.on_disk().entries[:2])

    committed = desk.path.read_bytes()
    async with review() as (app, pilot):
        await pilot.press("f2", "f2")
        await eventually(pilot, are_reviewed)
        desk.path.write_bytes(committed)
        await eventually(pilot, lambda: isinstance(app.screen, ConflictScreen))
        await settle(pilot, 1)
        await pilot.press("shift+left", "enter")
        await eventually(pilot, are_reviewed)
        await leave(app, pilot)

"""The end of a day: what was done, where one stopped, what is due, what is asked of the next reviewer."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from l10n.catalog import Catalog
from l10n.project import Project
from l10n.review.opening import open_session, places
from l10n.review.queue import Queue
from l10n.review.statistics import Work, days, keep
from l10n.review.stops import last_stop, remember_stop
from tests.review.driving import Open, leave, screen_of, settle
from tests.review.test_look_ups import write_catalog
from tests.review.test_terminal import review_plainly
from tui.windows.progress import fitted_name, name_cells

if TYPE_CHECKING:
    from tests.review.conftest import Desk

TOML = """\
source = "es"
targets = ["en"]
[[article]]
path = "es/{path}"
due = {due}
"""


def work(catalog: str, project: str, words: int) -> Work:
    return Work(1.8e9, catalog, words, 60.0, "approved", project=project)


def test_work_of_two_projects_is_not_added_up(tmp_path: Path) -> None:
    record = tmp_path / "work.jsonl"
    keep([work("en/feria", "/one", 10), work("en/faro", "/one", 5)], record)
    keep([work("en/feria", "/two", 100)], record)
    (day,) = days("/one", record)
    assert (day.units, day.words, day.minutes) == (2, 15, 2.0)
    assert [(share.catalog, share.words) for share in day.catalogs] == [
        ("en/feria", 10),
        ("en/faro", 5),
    ]


def test_the_unit_that_was_left_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "stops.json"
    assert last_stop(tmp_path / "a.po", file) is None
    remember_stop(tmp_path / "a.po", (None, "Uno"), file)
    remember_stop(tmp_path / "b.po", ("meta:title", "Dos"), file)
    assert last_stop(tmp_path / "a.po", file) == (None, "Uno")
    assert last_stop(tmp_path / "b.po", file) == ("meta:title", "Dos")
    file.write_text('{"a": 1')
    assert last_stop(tmp_path / "a.po", file) is None


async def test_the_next_sitting_begins_where_the_last_one_ended(
    desk: Desk, review: Open
) -> None:
    async with review() as (app, pilot):
        await pilot.press("down", "down", "down")
        await settle(pilot)
        await leave(app, pilot)
        assert (app.left.unit, app.left.total) == (4, 6)
    async with review() as (app, _pilot):
        assert screen_of(app).session.position == 3
    session = desk.sit_down()
    session.go_to(3)
    session.approve()
    desk.save(session)
    session.keeper.close()
    desk.sittings.clear()
    async with review() as (app, _pilot):
        assert screen_of(app).session.position == 4


@pytest.mark.parametrize("written", ["2026-12-01", '"2026-12-01"'])
def test_what_is_due_first_is_first(newsroom: Path, written: str) -> None:
    write_catalog(newsroom, "feria", "Uno")
    write_catalog(newsroom, "faro", "Uno")
    toml = TOML.format(path="feria.html", due=written)
    toml += '[[article]]\npath = "es/faro.txt"\ndue = 2026-11-30\n'
    (newsroom / "l10n.toml").write_text(toml)
    project = Project.load(newsroom / "l10n.toml")
    queue = Queue(places(project), project)
    queue.survey()
    for place in queue.places:
        queue.count(place)
    assert [place.name for place in queue.waiting()] == ["en/faro", "en/feria"]
    assert queue.dues()["en/feria"] == date(2026, 12, 1)


@pytest.mark.parametrize("written", ["2026", '"soon"', "2026-12-01T10:00:00"])
def test_what_is_no_day_is_refused(newsroom: Path, written: str) -> None:
    (newsroom / "l10n.toml").write_text(TOML.format(path="feria.html", due=written))
    done = subprocess.run(
        [sys.executable, "-m", "l10n", "check"],
        cwd=newsroom,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "l10n.toml:5: article.due" in done.stderr


def test_a_question_to_the_next_reviewer_can_be_asked_for(desk: Desk) -> None:
    done = review_plainly(desk, "m ? Is this the old fair?\nq\n")
    assert done.returncode == 0, done.stderr
    assert desk.on_disk().entries[0].notes == ("? Is this the old fair?",)
    command = [sys.executable, "-m", "l10n", "check", str(desk.path), "--only", "open-question"]
    checked = subprocess.run(
        [*command, "--severity", "info"], capture_output=True, text=True, check=False
    )
    assert "Is this the old fair?" in checked.stdout
    assert "open-question" in checked.stdout
    assert checked.returncode == 0


def test_a_project_lets_nothing_out_with_a_question_in_it(newsroom: Path) -> None:
    path = write_catalog(newsroom, "faro", "Uno")
    catalog = Catalog.load(path)
    catalog.entries[0].translate("One")
    catalog.entries[0].set_notes(["¿Es el faro viejo?"])
    catalog.save()
    with (newsroom / "l10n.toml").open("a") as stream:
        stream.write('[check.rules]\nopen-question = "error"\n')
    command = [sys.executable, "-m", "l10n", "check", str(path)]
    checked = subprocess.run(command, cwd=newsroom, capture_output=True, text=True, check=False)
    assert checked.returncode == 1
    assert "¿Es el faro viejo?" in checked.stdout


def test_the_record_of_work_names_the_project(newsroom: Path) -> None:
    path = write_catalog(newsroom, "faro", "Uno")
    project = Project.load(newsroom / "l10n.toml")
    place = next(place for place in places(project) if place.path == path)
    session = open_session(place, project, "Ana")
    session.type("One", 0)
    session.approve()
    (done,) = session.sitting.works.values()
    assert done.project == str(project.root)
    keep(session.sitting.works.values())
    assert days(str(project.root))[-1].units == 1
    assert days(str(project.root / "other")) == ()


def test_what_is_decided_now_is_told_with_what_is_on_record(tmp_path: Path) -> None:
    record = tmp_path / "work.jsonl"
    keep([work("en/feria", "/one", 10)], record)
    (day,) = days("/one", record, unrecorded=[work("en/faro", "/one", 5)])
    assert (day.units, day.words) == (2, 15)


def test_names_leave_the_figures_of_a_catalog_on_one_row() -> None:
    names = ["es/guides/installation", "es/x"]
    assert name_cells(names, 120, has_due=True) == len(names[0])
    cells = name_cells(names, 80, has_due=True)
    assert cells < len(names[0])
    assert fitted_name(names[0], cells) == f"…{names[0][1 - cells :]}"
    assert fitted_name("es/x", cells) == "es/x".ljust(cells)

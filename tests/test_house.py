"""Lessons while somebody reviews, and what of them belongs to the person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.drafting.house import forbidden
from l10n.drafting.lessons.lessons import Lessons
from l10n.engines import Pair
from l10n.engines.cache import FILE as DRAFTS
from l10n.engines.cache import DraftCache
from l10n.model import Draft, Unit
from l10n.project import Project
from l10n.review.house import House
from l10n.text.edits import Edit, apply

COLOURS = {
    "red": "roja", "blue": "azul", "green": "verde", "white": "blanca", "black": "negra",
    "old": "vieja", "new": "nueva",
}  # fmt: skip
PAIR = ("en", "es")


class Carpenter:
    """An engine that knows of the file of carpenters only."""

    name = "carpenter"

    def pairs(self) -> frozenset[Pair]:
        return frozenset({PAIR})

    def version(self, _source: str, _target: str) -> str:
        return "1"

    def translate(self, texts: Sequence[str], _source: str, _target: str) -> list[Draft]:
        words = {"The": "La", "file": "lima", "is": "es", **COLOURS}
        return [
            Draft(" ".join(words.get(word, word) for word in text.rstrip(".").split()) + ".")
            for text in texts
        ]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An article of seven sentences, none of them reviewed."""
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["es"]\n', encoding="utf-8")
    path = tmp_path / "locales/es/LC_MESSAGES/files.po"
    path.parent.mkdir(parents=True)
    catalog = Catalog.new(path, source="en", target="es", article="en/files.html")
    catalog.merge(
        [Unit(f"The file is {colour}.") for colour in COLOURS], article="en/files.html"
    )
    catalog.save()
    return Project.load(tmp_path / "l10n.toml")


def approve(project: Project, *msgids: str) -> None:
    (path,) = project.catalogs()
    catalog = Catalog.load(path)
    for entry in catalog.entries:
        if entry.msgid in msgids:
            colour = COLOURS[entry.msgid.rstrip(".").split()[-1]]
            entry.save_draft((f"La carpeta es {colour}.",))
            entry.approve(by="Ana")
    catalog.save()


def house_of(project: Project) -> House:
    (path,) = project.catalogs()
    return House(project, path, Carpenter(), PAIR)


def draft(lessons: Lessons, source: str, text: str) -> str:
    changes = lessons.correct(source, text)
    return apply(text, [Edit(change.start, change.end, change.text) for change in changes]).text


def test_every_approval_teaches_the_rest_of_the_article(project: Project) -> None:
    house = house_of(project)
    question = ("The file is green.", "La lima es verde.")
    assert draft(house.lessons(), *question) == "La lima es verde."
    approve(project, "The file is red.", "The file is blue.")
    assert house.take_in() == 2
    assert draft(house.lessons(), *question) == "La carpeta es verde."


def test_an_approval_teaches_once(project: Project) -> None:
    house = house_of(project)
    approve(project, "The file is red.")
    assert house.take_in() == 1
    assert house.take_in() == 0


def test_what_was_approved_before_teaches_in_a_small_project_too(project: Project) -> None:
    approve(project, "The file is red.", "The file is blue.", "The file is old.")
    text = draft(house_of(project).lessons(), "The file is green.", "La lima es verde.")
    assert text == "La carpeta es verde."


def test_what_was_corrected_or_taken_back_teaches_no_longer(project: Project) -> None:
    house = house_of(project)
    question = ("The file is green.", "La lima es verde.")
    approve(project, "The file is red.", "The file is blue.")
    house.take_in()
    (path,) = project.catalogs()
    catalog = Catalog.load(path)
    for entry in catalog.entries:
        if entry.msgid == "The file is red.":
            entry.save_draft(("La lima es roja.",))
            entry.approve(by="Ana")
        elif entry.msgid == "The file is blue.":
            entry.reject()
    catalog.save()
    assert house.take_in() == 3, "one is corrected, one is gone, one is new"
    assert draft(house.lessons(), *question) == "La lima es verde."


def test_what_is_unlearnt_stays_so_for_this_person(project: Project) -> None:
    approve(project, "The file is red.", "The file is blue.", "The file is old.")
    house = house_of(project)
    for _time in range(4):
        changes = house.lessons().correct("The file is green.", "La lima es verde.")
        house.unlearn([(change.old, change.new) for change in changes])
    assert (
        draft(house.lessons(), "The file is green.", "La lima es verde.") == "La lima es verde."
    )
    again = house_of(project).lessons()
    assert draft(again, "The file is green.", "La lima es verde.") == "La lima es verde."
    assert forbidden("carpenter", PAIR)
    assert not forbidden("another", PAIR)


def test_how_drafts_were_changed_is_kept_with_the_person(
    project: Project, person: Path
) -> None:
    house = house_of(project)
    approve(project, "The file is red.")
    house.take_in()
    (line,) = (person / "data/l10n/postedits.jsonl").read_text(encoding="utf-8").splitlines()
    edit = json.loads(line)
    assert edit["draft"] == "La lima es roja."
    assert edit["accepted"] == "La carpeta es roja."
    assert edit["engine"] == "carpenter:1"
    assert edit["given"] == "", "nobody has drafted it here"
    assert "Ana" not in line


def test_the_draft_that_stood_there_is_kept_too(project: Project, person: Path) -> None:
    with DraftCache(project.derived / DRAFTS) as drafts:
        drafts.note_written(
            "es", "carpenter+house:1", [("The file is red.", "La carpeta es rojo.")]
        )
    house = house_of(project)
    approve(project, "The file is red.")
    house.take_in()
    edit = json.loads((person / "data/l10n/postedits.jsonl").read_text(encoding="utf-8"))
    assert (edit["given"], edit["draft"]) == ("La carpeta es rojo.", "La lima es roja.")

"""Two different people have to review an entry before it counts as reviewed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.catalog.stamp import Stamp, is_same_person
from l10n.model import Origin, State, Unit

AT = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)
RULE = "\n[check]\nreviewers = 2\nmin_reviewed = 100\n"


def catalog_for_two() -> Catalog:
    catalog = Catalog.new(None, source="es", target="en", article="es/feria.html")
    catalog.merge([Unit("La feria abre."), Unit("Mañana llueve.")], article="es/feria.html")
    catalog.reviewers = 2
    for entry in catalog.entries:
        entry.fill("Some text.", origin=Origin.MT, mt="argos:1.0", band="good")
    return catalog


def test_one_name_is_a_translation_and_two_are_a_review() -> None:
    entry = catalog_for_two().entries[0]
    entry.approve(by="Ana", at=AT, edits=0.5)
    assert entry.state is State.TRANSLATED
    assert entry.waits_for_second
    assert not entry.takes_review_of("Ana")
    assert entry.takes_review_of("Eva")
    entry.approve(by="Eva", at=AT)
    assert entry.state is State.REVIEWED
    assert dict(entry.stamp.fields) == {
        "reviewed": "Ana", "at": "2026-11-24T10:02Z", "second": "Eva", "from": "mt",
    }  # fmt: skip
    assert not entry.waits_for_second


def test_the_same_person_twice_is_one_reviewer() -> None:
    entry = catalog_for_two().entries[0]
    entry.approve(by="Ana María Gil", at=AT)
    stamp = entry.stamp
    for name in ("Ana María Gil", "Ana M. Gil", "ana maría gil"):
        entry.approve(by=name)
        assert entry.stamp == stamp
        assert entry.state is State.TRANSLATED


def test_a_changed_text_wants_both_again() -> None:
    entry = catalog_for_two().entries[0]
    entry.approve(by="Ana", at=AT)
    entry.save_draft("Another text.")
    entry.approve(by="Eva", at=AT)
    assert (entry.stamp.reviewer, entry.stamp.second) == ("Eva", None)
    assert entry.state is State.TRANSLATED
    entry.approve(by="Ana", at=AT)
    assert entry.state is State.REVIEWED


def test_the_state_is_read_back_from_the_file(tmp_path: Path) -> None:
    catalog = catalog_for_two()
    first, second = catalog.entries
    first.approve(by="Ana")
    second.approve(by="Ana")
    second.approve(by="Eva")
    catalog.set_field("X-Reviewers", "2")
    catalog.save(tmp_path / "feria.po")
    read = Catalog.load(tmp_path / "feria.po")
    assert [entry.state for entry in read.entries] == [State.TRANSLATED, State.REVIEWED]
    read.reviewers = 1
    assert [entry.state for entry in read.entries] == [State.REVIEWED, State.REVIEWED]


def test_two_long_names_fit_on_one_line_and_stay_two() -> None:
    names = {"reviewed": "Ana María Gil Núñez", "second": "Bartolomé Ruiz Íñiguez"}
    fields = {"at": "2026-11-24T10:02Z", **names, "from": "aligned", "edits": "0.12"}
    line = Stamp("0123456789", tuple(fields.items())).format()
    assert len(line) <= 76
    stamp = Stamp.parse(line)
    assert stamp.has_two_reviewers
    assert stamp.reviewer.startswith("Ana")
    assert stamp.second.startswith("Bart")


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Ana", "Ana", True),
        ("Ana María Gil", "Ana M. G.", True),
        ("Ana Gil", "Ana Ruiz", False),
        ("Ana", "Eva", False),
    ],
)
def test_names_of_one_person(name: str, other: str, same: bool) -> None:
    assert is_same_person(name, other) is same
    assert is_same_person(other, name) is same


def l10n(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "l10n", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_project_asks_for_two(newsroom: Path) -> None:
    project = newsroom / "l10n.toml"
    project.write_text(project.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    assert l10n(newsroom, "build").returncode == 0
    path = newsroom / "locales/en/LC_MESSAGES/faro.po"
    assert Catalog.load(path).header["X-Reviewers"] == "2"

    def reviewed() -> int:
        done = l10n(newsroom, "check", str(path), "--format", "json")
        return json.loads(done.stdout)["totals"]["reviewed"]

    assert "2 approved" in l10n(newsroom, "approve", str(path), "--by", "Ana", "--yes").stdout
    assert reviewed() == 0
    again = l10n(newsroom, "approve", str(path), "--by", "Ana", "--yes")
    assert "nothing to approve" in again.stderr
    l10n(newsroom, "approve", str(path), "--by", "Eva", "--yes")
    assert reviewed() == 2


@pytest.mark.parametrize("value", ["3", "0", '"two"'])
def test_other_numbers_are_refused(newsroom: Path, value: str) -> None:
    project = newsroom / "l10n.toml"
    project.write_text(f'source = "es"\ntargets = ["en"]\n[check]\nreviewers = {value}\n')
    done = l10n(newsroom, "check")
    assert done.returncode == 2
    assert "l10n.toml:4" in done.stderr
    assert "1, 2" in done.stderr

"""One judgement: what `check` calls an error, the reviewers call an error."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.model import Origin, State, Unit
from l10n.project import Project
from l10n.review.decisions import Refusal
from l10n.review.filter import parse_filter
from l10n.review.opening import open_session, resolve
from tests.review.driving import NARROW, leave, screen_of, settle
from tui.app import ReviewApp

REPOSITORY = Path(__file__).resolve().parent.parent.parent
GLOSSARY = "source_locale,source_term,target_locale,target_term,note,forbidden\nes,barrio,en,district,,\n"
SOURCE, DRAFT = "El barrio celebra su fiesta.", "The neighbourhood holds its party."


@pytest.fixture
def strict(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog of a project that calls a missing term an error."""
    monkeypatch.chdir(newsroom)
    settings = newsroom / "l10n.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + '\n[check]\nrules = { glossary = "error" }\n', encoding="utf-8")
    Project.find(newsroom).glossary_path.write_text(GLOSSARY, encoding="utf-8")
    (newsroom / "locales/es/articles/barrio.txt").write_text(SOURCE, encoding="utf-8")
    path = newsroom / "locales/en/LC_MESSAGES/barrio.po"
    catalog = Catalog.new(path, source="es", target="en", article="barrio")
    catalog.merge([Unit(SOURCE)], article="barrio")
    catalog.entries[0].fill(DRAFT, origin=Origin.MT)
    catalog.save()
    return path


@pytest.mark.parametrize("at_once", [True, False])
def test_a_term_that_is_an_error_is_refused_once(strict: Path, at_once: bool) -> None:
    project, (place,) = resolve(str(strict))
    session = open_session(place, project, "Ana", at_once=at_once)
    answer = session.approve(blindly=False)
    assert isinstance(answer, Refusal)
    assert {finding.rule for finding in answer.findings} == {"glossary"}
    session.set_filter("rule:glossary")
    assert list(session.visible) == [0]


async def test_f2_stops_at_a_missing_term_the_first_time(strict: Path) -> None:
    project, places = resolve(str(strict))
    app = ReviewApp(places, project, reviewer="Ana", settings={"engine_ahead": False})
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot, 0.4)
        await pilot.press("f2")
        await settle(pilot)
        assert screen_of(app).session.entry.state is State.DRAFT
        await pilot.press("f2")
        await settle(pilot)
        assert screen_of(app).session.entry.state is State.REVIEWED
        await leave(app, pilot)


def test_plain_lines_tell_the_term_and_ask_again(strict: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "l10n", "review", str(strict), "--plain", "--by", "Ana"],
        input="a\nq\n",
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "L10N_LANG": "en"},
        timeout=120,
        check=False,
    )
    assert "district" in done.stdout
    assert "Once more approves it all the same." in done.stdout
    assert Catalog.load(strict).entries[0].state is State.DRAFT


@pytest.mark.parametrize("text", ["zzz:1", "-estadoo:borrador", "ruel:any"])
def test_an_unknown_key_of_the_filter_is_told(text: str) -> None:
    assert "state" in parse_filter(text).problem


@pytest.mark.parametrize(
    "text", ["9:30", "https://a.example/b", "estado:borrador", "zzz:", "a:/b"]
)
def test_text_with_a_colon_is_only_text(text: str) -> None:
    assert not parse_filter(text).problem

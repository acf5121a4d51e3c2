"""What decisions cost is kept for who asks for it in their own settings, and for nobody else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from l10n.review.effort import keep_effort

if TYPE_CHECKING:
    from tests.review.conftest import Desk, Open


def configure(person: Path, text: str) -> None:
    path = person / "config/l10n/config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def kept(person: Path) -> list[dict[str, Any]]:
    path = person / "data/l10n/effort.jsonl"
    return (
        [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        if path.exists()
        else []
    )


@pytest.mark.parametrize("settings", ["", "effort = false\n", 'effort = "yes"\n'])
def test_nothing_is_kept_unasked(desk: Desk, person: Path, settings: str) -> None:
    configure(person, settings)
    session = desk.sit_down()
    session.approve()
    keep_effort(session)
    assert kept(person) == []


def test_no_project_can_ask_for_it(desk: Desk, person: Path) -> None:
    (desk.path.parent / "l10n.toml").write_text("effort = true\n", encoding="utf-8")
    session = desk.sit_down()
    session.approve()
    keep_effort(session)
    assert kept(person) == []


async def test_the_screen_keeps_seconds_and_keys_of_each_decision(
    review: Open, person: Path
) -> None:
    configure(person, "effort = true\n")
    async with review() as (app, pilot):
        await pilot.press("a")
        await pilot.press("down", "up", "a")
        await pilot.pause()
        app.keep_statistics(app.screen.session)
    first, second = kept(person)
    assert (first["outcome"], first["engine"], first["edits"]) == ("approved", "argos:1.0", 0.0)
    assert (first["source"], first["target"]) == ("es", "en")
    assert first["seconds"] >= 0
    assert (first["keys"], second["keys"]) == (1, 1)
    assert second["msgid"] != first["msgid"]

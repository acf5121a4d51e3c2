"""What is asked of the look-up processes while somebody works, and what comes of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.catalog import Catalog
from l10n.model import Origin
from tests.review.driving import Open, eventually, screen_of, type_text
from tui.widgets.panes import Findings

if TYPE_CHECKING:
    from tests.review.conftest import Desk
    from tui.app import ReviewApp

LONG = "The child reads. " * 2000


def findings_of(app: ReviewApp) -> str:
    return str(screen_of(app).query_one(Findings)._text)


async def test_a_long_text_is_checked_elsewhere_while_one_types(
    desk: Desk, review: Open
) -> None:
    catalog = Catalog.load(desk.path)
    catalog.entries[1].fill(LONG, origin=Origin.MT)
    catalog.save()
    async with review() as (app, pilot):
        checked: list[str] = []
        screen_of(app).session.judge.findings = lambda *asked: checked.append(asked[2]) or ()
        await pilot.press("down", "f6", "ctrl+home")
        await type_text(app, pilot, "Not  once ")
        await eventually(pilot, lambda: "<a1>" in findings_of(app))
    assert not [text for text in checked if len(text) > 10_000]

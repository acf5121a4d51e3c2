from __future__ import annotations

import io
import sys

import pytest

from l10n.interface import set_language
from tests.review.driving import NARROW, Open, settle
from tui.figures import figure
from tui.signs import PlainSigns, wants_ascii

EVERY_SIGN = "○✓✗▸✎≈Δ→←↑↓⏎␣─│┌┐└┘━┃╋█▓▒·"


def with_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    monkeypatch.setattr(sys, "__stderr__", io.TextIOWrapper(io.BytesIO(), encoding=encoding))


def test_signs_become_ascii_and_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    with_encoding(monkeypatch, "utf-8")
    plain = PlainSigns().plain
    assert plain(EVERY_SIGN).isascii()
    assert len(plain(EVERY_SIGN)) == len(EVERY_SIGN)
    assert plain("«¿Qué?» — “日本”…") == "«¿Qué?» — “日本”…"


def test_what_the_terminal_cannot_show_keeps_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    with_encoding(monkeypatch, "latin-1")
    assert PlainSigns().plain("✓ «ñ» 日— á") == "v «ñ» ??? á"


@pytest.mark.parametrize(
    ("settings", "encoding", "wanted"),
    [
        ({}, "utf-8", False),
        ({}, "iso8859-1", True),
        ({"signs": "ascii"}, "utf-8", True),
        ({"signs": "unicode"}, "ascii", False),
        ({"signs": "nonsense"}, "utf-8", False),
    ],
)
def test_ascii_signs_are_chosen_by_the_person_or_by_the_encoding(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, object], encoding: str, wanted: bool
) -> None:
    with_encoding(monkeypatch, encoding)
    assert wants_ascii(settings) is wanted


async def test_the_whole_screen_is_drawn_in_ascii(review: Open) -> None:
    async with review(NARROW, signs="ascii") as (app, pilot):
        await pilot.press("a")
        await settle(pilot)
        lines = app.screen._compositor.render_strips()
        drawn = "".join(segment.text for line in lines for segment in line)
    odd = {character for character in drawn if not character.isascii()}
    assert odd <= set("áéíóúñü¡¿…—«»")
    assert "v" in drawn


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert [figure(n) for n in (999, 1234, 12345, 1234567)] == [
        "999", "1,234", "12,345", "1,234,567",
    ]  # fmt: skip
    set_language("es")
    try:
        assert [figure(n) for n in (999, 1234, 12345, 1234567)] == [
            "999", "1234", "12.345", "1.234.567",
        ]  # fmt: skip
    finally:
        set_language("en")

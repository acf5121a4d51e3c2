from __future__ import annotations

import pytest

from tui.marks import difference


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("{n} pairs", "{n} pair", "{n} [pairs]pair"),
        ("one two three", "one three", "one [two ]three"),
        ("one three", "one two three", "one two three"),
        ("", "new", "new"),
        ("same", "same", "same"),
        ("\n", "new", "\nnew"),
    ],
)
def test_what_was_taken_out_is_told_without_colour_or_strike(
    old: str, new: str, shown: str
) -> None:
    assert difference(old, new, "strike", "bold").plain == shown

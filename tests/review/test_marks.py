from __future__ import annotations

import pytest

from tui.marks import Mark, difference, moved


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


def test_marks_go_along_with_the_text() -> None:
    marks = [Mark(0, 3, "error"), Mark(4, 7, "warning"), Mark(8, 11, "info")]
    typed = moved(marks, "one two six", "one txwo six")
    assert typed == [Mark(0, 3, "error"), Mark(9, 12, "info")]
    assert moved(marks, "one two six", "two six") == [Mark(0, 3, "warning"), Mark(4, 7, "info")]
    assert moved(marks, "one two six", "one two six!") == marks
    assert moved(marks, "one two six", "") == []

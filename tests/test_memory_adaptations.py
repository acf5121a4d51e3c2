"""An earlier translation made to serve another text: right, or not offered as good."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from l10n.memory import Memory, Translation

CASES = Path(__file__).parent / "data" / "memory" / "adaptations.txt"
GOOD = 85
"""Percent from which a match is taken for good."""
LEAST_RIGHT = 0.6
"""Share of the cases that can be adapted which must be."""


class Case(NamedTuple):
    """An earlier translation, a new text, and its right translations; none where nothing may be offered."""

    group: str
    locales: tuple[str, str]
    piece: Translation
    query: str
    right: tuple[str, ...]


def read_cases() -> list[Case]:
    cases, group = [], ""
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines and lines[0].startswith("["):
            group = lines.pop(0).strip("[]")
        if lines:
            source, target = lines[0].split("-")
            right = tuple(line[2:] for line in lines[4:] if line != "> -")
            piece = Translation(lines[1], lines[2])
            cases.append(Case(group, (source, target), piece, lines[3], right))
    return cases


def offered(case: Case) -> tuple[str, int]:
    """Return the best match of a memory with one translation, and its percentage."""
    with Memory.open(Path(":memory:")) as memory:
        memory.add([case.piece], *case.locales, origin="x")
        matches = memory.search(case.query, *case.locales, minimum=1)
    return (matches[0].target, matches[0].percent) if matches else ("", 0)


def is_right(target: str, case: Case) -> bool:
    plain = target.replace("\u00a0", " ").replace("\u202f", " ")
    return plain in case.right


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.query)
def test_no_other_number_name_or_sense_is_offered_as_good(case: Case) -> None:
    target, percent = offered(case)
    assert percent < GOOD or is_right(target, case), target


def test_most_are_adapted() -> None:
    cases = [case for case in read_cases() if case.right]
    assert len(read_cases()) >= 100
    tally = Counter(is_right(*pair) for pair in ((offered(case)[0], case) for case in cases))
    assert tally[True] >= LEAST_RIGHT * len(cases), tally

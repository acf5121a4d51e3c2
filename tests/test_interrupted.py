"""A run that was stopped goes on as if it had not been, whatever it was and whenever it was stopped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "benchmarks"))

from bench_interrupted import SMALL, differences, newsroom, run, state_of, stop_and_compare


@pytest.mark.parametrize("seed", range(3))
def test_a_build_after_an_interruption_ends_as_an_undisturbed_one(
    tmp_path: Path, seed: int
) -> None:
    assert stop_and_compare(tmp_path, 4, seed, SMALL) == []


def test_a_difference_would_be_seen(tmp_path: Path) -> None:
    project = newsroom(tmp_path / "news", SMALL)
    run(project, "build")
    expected = state_of(project)
    catalog = project / "locales/en/LC_MESSAGES/temporal.po"
    assert b" aligned=" in expected[catalog.relative_to(project).as_posix()]
    assert b" mt=" in expected["locales/en/LC_MESSAGES/faro.po"]
    catalog.write_bytes(catalog.read_bytes().replace(b" aligned=", b" mt="))
    assert differences(expected, state_of(project)) == ["locales/en/LC_MESSAGES/temporal.po"]

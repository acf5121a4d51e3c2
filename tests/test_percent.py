"""One percentage: the same figure in every place that tells how far a catalog is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.checks.completeness import threshold_findings
from l10n.checks.outcome import Outcome
from l10n.interface import set_language
from l10n.model import Counts
from l10n.project import Thresholds
from l10n.text.percent import format_percent, percent, reaches, share, with_share
from tests.conftest import Run


@given(total=st.integers(1, 10**6), data=st.data())
def test_all_and_nothing_are_told_only_where_they_are_so(
    total: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, total))
    figure = with_share(part, total)
    assert (figure == f"{part} (100 %)") == (part == total)
    assert (figure == f"{part} (0 %)") == (part == 0)


@pytest.mark.parametrize(
    ("part", "total", "figure"),
    [(34, 37, "91.8"), (54, 58, "93.1"), (29, 100, "29"), (57, 100, "57"), (1, 3, "33.3"),
     (2, 3, "66.6"), (9_999, 10_000, "99.9"), (999_999, 1_000_000, "99.9"), (1, 100_000, "0.1"), (0, 5, "0")],
)  # fmt: skip
def test_the_figure_is_rounded_down(part: int, total: int, figure: str) -> None:
    value = percent(part, total)
    assert value is not None
    assert format_percent(value) == figure


def test_the_figure_is_written_as_the_interface_language_writes_it() -> None:
    set_language("es")
    assert share(34, 37) == "91,8\u00a0%"
    assert with_share(34, 37) == "34 (91,8 %)"
    set_language("en")
    assert share(34, 37) == "91.8%"


def test_an_empty_catalog_is_neither_translated_nor_short_of_anything() -> None:
    assert percent(0, 0) is None
    assert share(0, 0) == "–"
    assert with_share(0, 0) == "0 (–)"
    assert reaches(0, 0, 100)
    wanted = Thresholds(min_translated=100, min_reviewed=100)
    assert not [*threshold_findings(Path("a.po"), Outcome(counts=Counts()), wanted)]


def test_status_check_and_overview_tell_one_figure(l10n: Run, newsroom: Path) -> None:
    (newsroom / "locales/es/articles/tres.txt").write_text("Uno.\n\nDos.\n\nTres.\n", "utf-8")
    l10n("update")
    path = newsroom / "locales/en/LC_MESSAGES/tres.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Dos."\nmsgstr ""', '"Dos."\nmsgstr "Two."'), "utf-8")
    l10n("approve", str(path), "--by", "Ana", "--yes")
    status = l10n("status", "--html", "overview.html").stdout
    check = l10n("check", "--no-cache").stdout
    figure = re.search(r"tres +en +1 \((\S+) %\) +1 \((\S+) %\)", status)
    assert figure, status
    assert figure[1] == figure[2] == "33.3"
    assert f"1 ({figure[1]} %)" in check
    assert f">{figure[2]}% reviewed" in (newsroom / "overview.html").read_text(encoding="utf-8")


def test_an_empty_catalog_is_not_called_complete(l10n: Run, newsroom: Path) -> None:
    path = newsroom / "locales/en/LC_MESSAGES/faro.po"
    path.parent.mkdir(parents=True)
    path.touch()
    status = l10n("status", "--html", "overview.html").stdout
    # Of the texts of the article none is translated, though the catalog has none of them yet.
    assert re.search(r"faro +en +0 \(0 %\) +0 \(0 %\)", status), status
    assert "100" not in status
    assert ">100%" not in (newsroom / "overview.html").read_text(encoding="utf-8")

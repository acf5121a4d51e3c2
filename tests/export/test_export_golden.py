"""Whole pages, character by character: `NAME.es.FORMAT` and `NAME.en.tsv` give `NAME.en.html`.

Adding a case is adding three files. To write the expected pages anew after a wanted change, and then to
read the difference: `L10N_GOLDEN=write pytest tests/export/test_export_golden.py`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from l10n.articles import parse_article, read_article
from l10n.export import Page, Site, export_article

from .conftest import catalog_of

FOLDER = Path(__file__).parent.parent / "data/export/golden"
SOURCES = sorted(path for path in FOLDER.glob("*.es.*"))


def test_there_are_cases() -> None:
    assert len(SOURCES) >= 3


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_page_is_the_expected_one(source: Path) -> None:
    name = source.name.partition(".")[0]
    article = read_article(source, "es")
    lines = (FOLDER / f"{name}.en.tsv").read_text("utf-8").splitlines()
    catalog = catalog_of(article, "en", dict(line.split("\t") for line in lines), reviewed=True)
    site = Site(
        pages=(
            Page(name, "es", f"es/{name}.html", original=True),
            Page(name, "en", f"en/{name}.html"),
            Page("feria", "es", "es/feria.html", original=True),
            Page("feria", "en", "en/fair.html"),
        ),
        base_url="https://example.org",
        files={source: (name, "es"), source.with_name("feria.html"): ("feria", "es")},
    )
    page = export_article(article, catalog, target="en", site=site)
    expected = FOLDER / f"{name}.en.html"
    if os.environ.get("L10N_GOLDEN") == "write":
        expected.write_text(page, "utf-8")
    assert page == expected.read_text("utf-8")
    again = parse_article(page, path=source, locale="en", format="html")
    assert export_article(again, None, target="en", site=site) == page

"""The documentation as a site: whole, linked, searchable, and readable on a telephone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

ROOT = Path(__file__).resolve().parent.parent
WIDTH = 360
"""Of a small telephone, in CSS pixels."""

needs_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")


class Anchors(HTMLParser):
    """Collects what a page links to, and the places in it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.ids.add(values.get("id", ""))
        self.links += [
            values[name]
            for name in ("href", "src")
            if name in values and not re.match(r"[a-z]+:", values[name])
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` writes it."""
    folder = tmp_path_factory.mktemp("docs-site")
    subprocess.run([sys.executable, ROOT / ".ci/write_site.py", folder], check=True)
    return folder


def browse(address: str, *options: str) -> tuple[str, list[str]]:
    """Return the document that Chromium ends up with, and what its console said."""
    result = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
         "--allow-file-access-from-files", "--virtual-time-budget=4000", *options, "--dump-dom", address],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return result.stdout, re.findall(r":CONSOLE.*", result.stderr)


def test_every_page_of_the_documentation_is_there(site: Path) -> None:
    for page in (ROOT / "docs").glob("*.md"):
        assert (site / "en" / f"{page.stem}.html").exists()
    for page in (ROOT / "docs/es").glob("*.md"):
        assert (site / "es" / f"{page.stem}.html").exists()


def test_no_link_is_dead(site: Path) -> None:
    pages = {page: Anchors(page) for page in site.rglob("*.html")}
    for page, anchors in pages.items():
        for link in anchors.links:
            address, fragment = urldefrag(link)
            target = (page.parent / unquote(address)).resolve() if address else page
            assert target.exists(), f"{page.name}: {link}"
            if fragment and target in pages:
                assert unquote(fragment) in pages[target].ids, f"{page.name}: {link}"


def sections(site: Path, language: str) -> Iterator[dict[str, str]]:
    script = (site / language / "search-index.js").read_text("utf-8")
    yield from json.loads(script.removeprefix("window.searchIndex = ").rstrip(";\n"))


@needs_chromium
@pytest.mark.parametrize(
    ("language", "typed", "page"),
    [("en", "min_reviewed", "project-file.html"), ("es", "paleta", "keys.html")],
)
def test_the_search_finds_a_section(site: Path, language: str, typed: str, page: str) -> None:
    assert any(typed in section["text"].lower() for section in sections(site, language))
    driver = site / language / "driver.html"
    script = f"""<script>addEventListener("load", () => {{ const field = document.getElementById("search");
      field.value = {typed!r}; field.dispatchEvent(new Event("input")); }})</script></body>"""
    source = (site / language / "rules.html").read_text("utf-8")
    driver.write_text(source.replace("</body>", script), "utf-8")
    document, console = browse(driver.as_uri())
    driver.unlink()
    (hits,) = re.findall(r'<ol id="hits"[^>]*>(.*?)</ol>', document, re.DOTALL)
    assert re.search(rf'href="{re.escape(page)}(?:#[^"]*)?"', hits), hits[:500]
    assert not console


@needs_chromium
@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_fit_a_telephone_and_say_nothing_in_the_console(
    site: Path, language: str
) -> None:
    names = sorted(page.name for page in (site / language).glob("*.html"))
    driver = site / language / "frames.html"
    frames = "".join(f'<iframe src="{name}" width="{WIDTH}" height="700"></iframe>' for name in names)  # fmt: skip
    script = """<script>addEventListener("load", () => { document.title = [...document.querySelectorAll("iframe")]
      .map((frame) => frame.contentDocument.documentElement.scrollWidth).join(",") })</script>"""
    driver.write_text(f"<!DOCTYPE html><html><body>{frames}{script}</body></html>", "utf-8")
    document, console = browse(driver.as_uri())
    driver.unlink()
    (title,) = re.findall(r"<title>([\d,]+)</title>", document)
    widths = dict(zip(names, map(int, title.split(",")), strict=True))
    assert len(names) >= 4
    assert {name: width for name, width in widths.items() if width > WIDTH} == {}
    assert not console

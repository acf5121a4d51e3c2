"""The whole site: what is published, what is not, and that nothing is ever half done."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from l10n.cli.export import export as export_command
from l10n.errors import L10nError, ProjectError
from l10n.project.meant import Meant

from .conftest import Desk

PAGE = "<!DOCTYPE html><html lang=es><head><title>Hola</title></head><body><p>Uno</p><p>Dos</p></body></html>"
ENGLISH = {"Hola": "Hi", "Uno": "One", "Dos": "Two"}


def translate(msgid: str) -> str:
    return ENGLISH.get(msgid, "")


def partly(msgid: str) -> str:
    return {"Hola": "Hi", "Uno": "One"}.get(msgid, "")


@pytest.fixture
def newsroom(desk: Desk) -> Desk:
    desk.write("articles/es/feria.html", PAGE)
    return desk


def set_missing(desk: Desk, policy: str) -> None:
    desk.configure((desk.root / "l10n.toml").read_text() + f'missing = "{policy}"\n')


def test_every_locale_gets_its_page_and_the_sitemap_names_them(newsroom: Desk) -> None:
    newsroom.translate("feria", "en", translate)
    report = newsroom.export()
    assert (report.pages, report.failed, report.untranslated) == (2, 0, 0)
    tree = ET.fromstring(newsroom.page("sitemap.xml"))
    space = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    assert [loc.text for loc in tree.iterfind("s:url/s:loc", space)] == [
        "https://example.org/en/feria.html",
        "https://example.org/es/feria.html",
    ]
    for url in tree.iterfind("s:url", space):
        links = {
            link.get("hreflang"): link.get("href") for link in url.iterfind("x:link", space)
        }
        assert links == {
            "es": "https://example.org/es/feria.html",
            "x-default": "https://example.org/es/feria.html",
            "en": "https://example.org/en/feria.html",
        }


def test_a_second_export_changes_no_file(newsroom: Desk) -> None:
    newsroom.translate("feria", "en", translate)
    newsroom.export()
    before = {path: path.stat().st_mtime_ns for path in (newsroom.root / "site").rglob("*")}
    report = newsroom.export()
    assert not report.written
    assert {
        path: path.stat().st_mtime_ns for path in (newsroom.root / "site").rglob("*")
    } == before


def test_a_page_nobody_has_accepted_is_kept_from_search_engines(newsroom: Desk) -> None:
    newsroom.translate("feria", "en", translate, draft=True)
    newsroom.export(drafts=True)
    assert 'content="noindex"' in newsroom.page("en/feria.html")
    assert "hreflang" not in newsroom.page("sitemap.xml")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://example.org/sección/", "https://example.org/secci%C3%B3n"),
        ("https://example.org/secci%C3%B3n", "https://example.org/secci%C3%B3n"),
        ("https://Español.example:8080", "https://xn--espaol-zwa.example:8080"),
        ("HTTP://EXAMPLE.ORG/A", "http://example.org/A"),
    ],
)
def test_addresses_are_written_in_ascii(newsroom: Desk, written: str, address: str) -> None:
    config = (newsroom.root / "l10n.toml").read_text()
    newsroom.configure(config.replace("https://example.org", written))
    newsroom.translate("feria", "en", translate)
    newsroom.export()
    canonical = f'<link rel="canonical" href="{address}/en/feria.html">'
    assert canonical in newsroom.page("en/feria.html")
    assert f"<loc>{address}/en/feria.html</loc>" in newsroom.page("sitemap.xml")


@pytest.mark.parametrize("form", ["html", "same"])
def test_a_folder_as_exported_path_holds_the_page_as_its_index(
    newsroom: Desk, form: str
) -> None:
    config = (newsroom.root / "l10n.toml").read_text()
    newsroom.configure(
        f'{config}format = "{form}"\n[[article]]\npath = "es/feria.html"\nout = {{ en = "fair/" }}\n'
    )
    newsroom.translate("feria", "en", translate)
    newsroom.export()
    assert "<p>One</p>" in newsroom.page("en/fair/index.html")
    assert 'href="https://example.org/en/fair/"' in newsroom.page("es/feria.html")


def test_the_review_threshold_keeps_a_page_from_search_engines(newsroom: Desk) -> None:
    newsroom.configure(
        (newsroom.root / "l10n.toml").read_text() + "[check.en]\nmin_reviewed = 50\n"
    )
    newsroom.translate("feria", "en", translate)
    newsroom.export()
    assert 'content="noindex"' in newsroom.page("en/feria.html")
    newsroom.translate("feria", "en", translate, reviewed=True)
    newsroom.export()
    assert "noindex" not in newsroom.page("en/feria.html")
    assert 'content="reviewed=3/3"' in newsroom.page("en/feria.html")


def test_hide_page_publishes_nothing_incomplete(newsroom: Desk) -> None:
    set_missing(newsroom, "hide-page")
    newsroom.translate("feria", "en", partly)
    report = newsroom.export()
    assert [page.path for page in report.hidden] == ["en/feria.html"]
    assert not (newsroom.root / "site/en/feria.html").exists()
    assert "en/feria.html" not in newsroom.page("es/feria.html")


def test_keep_leaves_the_page_published_before(newsroom: Desk) -> None:
    newsroom.translate("feria", "en", translate)
    newsroom.export()
    before = newsroom.page("en/feria.html")
    set_missing(newsroom, "keep")
    newsroom.translate("feria", "en", partly)
    report = newsroom.export()
    assert [page.path for page in report.kept] == ["en/feria.html"]
    assert newsroom.page("en/feria.html") == before
    assert "../en/feria.html" in newsroom.page("es/feria.html")
    assert not report.stale


def test_fail_writes_nothing_at_all(newsroom: Desk) -> None:
    set_missing(newsroom, "fail")
    newsroom.translate("feria", "en", partly)
    with pytest.raises(L10nError, match="not translated into en"):
        newsroom.export()
    assert not (newsroom.root / "site").exists()


def test_a_damaged_catalog_spares_the_other_pages_and_the_one_published_before(
    newsroom: Desk,
) -> None:
    newsroom.write("articles/es/otra.html", PAGE)
    newsroom.translate("feria", "en", translate)
    newsroom.translate("otra", "en", translate)
    newsroom.export()
    before = newsroom.page("en/feria.html")
    catalog = newsroom.root / "catalogs/en/feria.po"
    catalog.write_text(catalog.read_text() + 'msgid "open\n')
    report = newsroom.export()
    assert report.failed == 1
    assert "feria.po" in str(report.problems[0])
    assert newsroom.page("en/feria.html") == before
    assert "One" in newsroom.page("en/otra.html")


def test_an_unreadable_article_spares_the_others(newsroom: Desk) -> None:
    newsroom.write("articles/es/mala.html", b"<p>\x00</p>")
    newsroom.translate("feria", "en", translate)
    report = newsroom.export()
    assert report.failed
    assert "One" in newsroom.page("en/feria.html")


def test_broken_placeholders_are_told_with_their_place(newsroom: Desk) -> None:
    newsroom.write("articles/es/feria.html", "<p>Hay <a href=x>42</a></p>")
    newsroom.translate("feria", "en", lambda _msgid: "There are 42")
    report = newsroom.export()
    assert [problem.line for problem in report.problems] != [None]
    assert "<a1>" in str(report.problems[0])


def test_stale_files_are_reported_and_left(newsroom: Desk) -> None:
    newsroom.translate("feria", "en", translate)
    newsroom.write("site/en/old.html", "old")
    assert [path.name for path in newsroom.export().stale] == ["old.html"]
    assert newsroom.page("en/old.html") == "old"


@pytest.mark.parametrize(
    "out", ["articles", "articles/es", "catalogs/en/site", ".", ".l10n/x", "articles/es/site"]
)
def test_pages_are_never_written_over_their_sources(newsroom: Desk, out: str) -> None:
    with pytest.raises(ProjectError):
        newsroom.export(out=newsroom.root / out)


def test_a_link_cannot_lead_pages_out_of_the_site(
    newsroom: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (newsroom.root / "site").mkdir()
    (newsroom.root / "site/en").symlink_to(elsewhere)
    with pytest.raises(ProjectError):
        newsroom.export()
    assert not list(elsewhere.iterdir())


def test_two_articles_never_share_a_page(newsroom: Desk) -> None:
    newsroom.write("articles/es/otra.html", PAGE)
    config = (newsroom.root / "l10n.toml").read_text()
    newsroom.configure(
        config.replace(
            "[export]",
            '[[article]]\npath = "es/otra.html"\nout = { en = "feria.html" }\n[export]',
        )
    )
    with pytest.raises(ProjectError, match=r"both be written to en/feria\.html") as caught:
        newsroom.export()
    assert caught.value.hint == '[[article]] out = { en = "…" }'


@pytest.mark.parametrize("culprit", ["site", "site/es"])
def test_a_file_where_a_folder_is_needed_is_named(newsroom: Desk, culprit: str) -> None:
    file = newsroom.write(culprit, "mine")
    with pytest.raises(L10nError, match="is a file; a folder is needed here") as caught:
        newsroom.export()
    assert caught.value.path == file
    assert file.read_text() == "mine"


def test_a_folder_where_a_page_is_needed_is_named(newsroom: Desk) -> None:
    folder = newsroom.root / "site/es/feria.html"
    folder.mkdir(parents=True)
    with pytest.raises(ProjectError, match="is a folder; a file is needed here") as caught:
        newsroom.export()
    assert caught.value.path == folder


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_one_clear_line(newsroom: Desk) -> None:
    site = newsroom.root / "site"
    site.mkdir(mode=0o500)
    with pytest.raises(L10nError):
        newsroom.export()


def test_a_disk_that_fills_up_leaves_the_pages_published_before(newsroom: Desk) -> None:
    newsroom.write("articles/es/otra.html", PAGE.replace("Dos", "Dos" * 100_000))
    newsroom.export()
    before = {path: path.read_bytes() for path in (newsroom.root / "site").rglob("*.html")}
    newsroom.write("articles/es/otra.html", PAGE.replace("Dos", "Tres" * 100_000))
    program = (
        "import resource, sys; from l10n.cli import main;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); main(['export'])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=newsroom.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "otra.html: cannot be written" in result.stderr
    assert "Traceback" not in result.stderr
    after = {path: path.read_bytes() for path in (newsroom.root / "site").rglob("*.html")}
    assert after == before
    assert not [path for path in (newsroom.root / "site").rglob("*") if path.suffix == ".tmp"]


def test_one_locale_can_be_exported_alone(newsroom: Desk) -> None:
    newsroom.translate("feria", "en", translate)
    newsroom.export(meant=Meant(locales=frozenset({"en"})))
    assert (newsroom.root / "site/en/feria.html").is_file()
    assert not (newsroom.root / "site/es").exists()
    assert "../es/feria.html" in newsroom.page("en/feria.html")


def test_the_command_tells_what_it_did(newsroom: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(newsroom.root)
    newsroom.translate("feria", "en", partly)
    result = CliRunner().invoke(export_command, [])
    assert result.exit_code == 0
    assert "site: 2 pages, 2 changed, 1 passage not translated" in result.output


BROKEN = "<p>Hay <a href=x>42</a></p>"


@pytest.mark.parametrize("draft", [False, True])
def test_the_command_ends_with_1_when_an_accepted_translation_cannot_be_shown(
    newsroom: Desk, monkeypatch: pytest.MonkeyPatch, draft: bool
) -> None:
    monkeypatch.chdir(newsroom.root)
    newsroom.write("articles/es/feria.html", BROKEN)
    newsroom.translate("feria", "en", lambda _msgid: "There are 42", draft=draft)
    result = CliRunner().invoke(export_command, ["--drafts"], standalone_mode=False)
    assert result.return_value == (0 if draft else 1)
    assert "catalogs/en/feria.po:" in result.output
    assert ("1 accepted translation not shown" in result.output) is not draft
    assert "Hay" in newsroom.page("en/feria.html")


def test_one_article_ends_with_1_when_an_accepted_translation_cannot_be_shown(
    newsroom: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsroom.root)
    newsroom.write("articles/es/feria.html", BROKEN)
    po = newsroom.translate("feria", "en", lambda _msgid: "There are 42")
    arguments = ["articles/es/feria.html", str(po)]
    result = CliRunner().invoke(export_command, arguments, standalone_mode=False)
    assert result.return_value == 1
    assert f"{po}:" in result.output
    assert "Hay" in result.output
    newsroom.translate("feria", "en", lambda _msgid: "There are <a1>42</a1>")
    result = CliRunner().invoke(export_command, arguments, standalone_mode=False)
    assert (result.return_value, "There are" in result.output) == (0, True)


def test_one_article_can_be_exported_without_a_project(
    newsroom: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    po = newsroom.translate("feria", "en", translate)
    (newsroom.root / "l10n.toml").unlink()
    monkeypatch.chdir(newsroom.root)
    out = tmp_path / "page.html"
    result = CliRunner().invoke(
        export_command, ["articles/es/feria.html", str(po), "-o", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert "<p>One</p>" in out.read_text()
    result = CliRunner().invoke(export_command, ["articles/es/feria.html", str(po)])
    assert "<p>One</p>" in result.output


def test_pages_keep_the_encoding_of_their_article(newsroom: Desk) -> None:
    source = PAGE.replace("<title>", '<meta charset="iso-8859-1"><title>').replace("Dos", "Año")
    newsroom.write("articles/es/feria.html", source.encode("iso-8859-1"))
    newsroom.translate("feria", "en", lambda msgid: {"Año": "“Year” café"}.get(msgid, "x"))
    report = newsroom.export()
    assert not report.failed
    page = (newsroom.root / "site/en/feria.html").read_bytes().decode("cp1252")
    assert "“Year” café" in page


def test_articles_that_are_read_twice_for_want_of_memory_give_the_same_pages(
    newsroom: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("uno", "dos", "tres"):
        newsroom.write(f"articles/es/{name}.html", f"<p>Hay {name}.</p>")
    newsroom.translate("uno", "en", translate)
    newsroom.export()
    site = newsroom.root / "site"
    pages = {path: path.read_bytes() for path in site.rglob("*.html")}
    for path in pages:
        path.unlink()
    monkeypatch.setattr("l10n.export.planning._MOST_KEPT", 1)
    newsroom.export()
    assert pages == {path: path.read_bytes() for path in site.rglob("*.html")}

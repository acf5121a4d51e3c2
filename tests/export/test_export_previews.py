"""What people look at: the bilingual preview, the dashboard, the served site."""

from __future__ import annotations

import re
import threading
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from pathlib import Path

import html5lib
import pytest
from click.testing import CliRunner

from l10n.articles import parse_article
from l10n.articles.html import jsonld
from l10n.articles.html.elements import METADATA, TEXT_ATTRIBUTES
from l10n.articles.markdown import frontmatter
from l10n.cli.export import export as export_command
from l10n.desk import publish_bilingual
from l10n.errors import UsageError
from l10n.export.previews.bilingual import render_bilingual, word_diff
from l10n.export.previews.dashboard import render_dashboard, write_dashboard
from l10n.export.previews.field_names import field_name
from l10n.export.serve import serve, watch_project
from l10n.interface import set_language
from l10n.model import Origin

from .conftest import Desk, catalog_of

ARTICLE = """<!DOCTYPE html><html lang=es><head><title>La feria</title></head><body>
<h1>La feria vuelve</h1><p>Hay <a href="puestos.html">42 puestos</a> y <code>TALLER</code>.</p>
<p>Cierra el domingo.</p><p>Hola</p><p>Adiós</p></body></html>"""


def preview(**options: object) -> str:
    article = parse_article(ARTICLE, path=Path("/a/feria.html"), locale="es", format="html")
    catalog = catalog_of(article, "en", {"La feria vuelve": "The fair is back"}, reviewed=True)
    for msgid, text in {
        "Hay <a1>42 puestos</a1> y <code1/>.": "There are <a1>42 stalls</a1> and <code1/>.",
        "Cierra el domingo.": "It closes on Sunday.",
    }.items():
        entry = catalog.find(msgid)
        assert entry is not None
        entry.fill(text, origin=Origin.MT, mt="pseudo:1")
    omitted = catalog.find("Hola")
    assert omitted is not None
    omitted.translate("<omit/>")
    return render_bilingual(article, catalog, target="en", **options)  # type: ignore[arg-type]


def elements(page: str) -> list[ET.Element]:
    return list(html5lib.parse(page, namespaceHTMLElements=False).iter())


def test_the_preview_shows_both_sides_with_the_state_in_words() -> None:
    rows = [one for one in elements(preview()) if "row" in one.get("class", "").split()]
    found = [" ".join("".join(row.itertext()).split()) for row in rows]
    assert "La feria vuelve The fair is back ✔ reviewed" in found[0]
    assert "Ana" not in found[0]
    assert re.search(
        r'class="kicker by"><span[^>]*>✔</span> reviewed by Ana · \w+ \d+, \d{4}<', preview()
    )
    assert "Cierra el domingo. It closes on Sunday. ◐ machine draft" in found[2]
    assert "left out on purpose" in found[3]
    assert "○ untranslated" in found[4]
    assert [row.get("id") for row in rows] == [
        f"u{number}" for number in range(1, len(rows) + 1)
    ]
    assert ["open" in row.get("class", "").split() for row in rows[:3]] == [False, True, True]


def test_the_preview_shows_markup_without_repeating_it() -> None:
    page = preview()
    assert "<code>TALLER</code>" in page
    assert '<span class="link" title="puestos.html">42 stalls</span>' in page
    assert "<a1>" not in page


def test_the_preview_loads_and_runs_nothing() -> None:
    page = preview()
    policies = [one.get("content", "") for one in elements(page) if one.get("http-equiv")]
    assert [one.split("'sha256-")[0] for one in policies] == ["default-src 'none'; style-src "]
    for element in elements(page):
        assert element.tag not in {"script", "link", "iframe", "img", "object", "embed"}
        assert "style" not in element.attrib
        assert element.get("href", "#").startswith("#")


def test_the_preview_shows_what_a_person_made_of_a_machine_draft() -> None:
    page = preview(
        machine=lambda target, msgid: (
            f"The fair was {target}" if msgid == "La feria vuelve" else None
        )
    )
    assert "The fair <del>was</del><ins>is</ins> <del>en</del><ins>back</ins>" in page


def test_the_preview_shows_how_a_source_changed() -> None:
    article = parse_article(
        "<p>Cierra el domingo.</p>", path=Path("/a.html"), locale="es", format="html"
    )
    catalog = catalog_of(article, "en", {"Cierra el domingo.": "It closes on Sunday."})
    changed = parse_article(
        "<p>Cierra el lunes.</p>", path=Path("/a.html"), locale="es", format="html"
    )
    catalog.merge(changed.units, article="a.html")
    page = render_bilingual(changed, catalog, target="en")
    assert "Cierra el <del>domingo</del><ins>lunes</ins>." in page
    assert "the source has changed" in page


REPORT = """The lighthouse opens its doors

From December visitors can climb its 163 steps, and a few may stay the night in it.

By Daniel Osei

November 12, 2026

Nobody had painted the lighthouse for thirty-nine years. Now it is white again, with a red band.

How to visit:

1. Take the bus to the end of the line.
2. Walk along the shore.

Related articles:

Your library card now works on both banks

Filed under:

Heritage, Port Merrin, Cape Merrin

About the author

Daniel Osei writes about the coast for The Bridge. He gets seasick.
"""


def rows_of(
    source: str, form: str, *, locale: str = "es", target: str = "en"
) -> dict[str, str]:
    """Give the kind of each row of a preview by the source it shows."""
    article = parse_article(source, path=Path("/a/page"), locale=locale, format=form)
    page = render_bilingual(article, catalog_of(article, target), target=target)
    rows = {}
    for row in elements(page):
        state, *kind = row.get("class", "").split()[1:] or [""]
        if row.tag == "section" and state:
            source_side = next(one for one in row if "source" in one.get("class", ""))
            rows[" ".join("".join(source_side.itertext()).split())] = kind[0]
    return rows


def test_the_preview_shows_passages_of_a_text_as_its_page_does() -> None:
    rows = rows_of(REPORT, "text", locale="en", target="es")
    assert rows["November 12, 2026"] == "byline"
    assert rows["1. Take the bus to the end of the line."] == "item"
    assert rows["2. Walk along the shore."] == "item"
    assert rows["• Your library card now works on both banks"] == "item"
    assert rows["• Heritage, Port Merrin, Cape Merrin"] == "item"
    assert "heading" not in rows.values()


@pytest.mark.parametrize(
    ("form", "source", "expected"),
    [
        (
            "markdown",
            "---\ntitle: Feria\n---\n\n3. Uno\n3. Dos\n   - Tres\n\n   Cuatro\n\n* Cinco\n",
            ["Feria", "3. Uno", "4. Dos", "• Tres", "Cuatro", "• Cinco"],
        ),
        ("markdown", "- [ ] Uno\n- [x] Dos\n", ["☐ Uno", "☑ Dos"]),
        (
            "html",
            "<ol start=2><li>Uno<li><p>Dos<p>Tres<ul><li>Cuatro</ul>Cinco<li value=9>Seis</ol>",
            ["2. Uno", "3. Dos", "Tres", "• Cuatro", "Cinco", "9. Seis"],
        ),
        ("html", "<dl><dt>Uno<dd>Dos</dl><ul><li>Tres</ul>", ["Uno", "Dos", "• Tres"]),
    ],
)
def test_the_preview_counts_where_the_source_does(
    form: str, source: str, expected: list[str]
) -> None:
    rows = [row.removeprefix("page title") for row in rows_of(source, form)]
    assert sorted(rows) == sorted(expected)


FIELDS = """<html lang=es><head><title>Feria</title><meta property=og:site_name content="El Puente">
<script type="application/ld+json">{"@type": "Article", "headline": "Vuelve"}</script></head>
<body><p data-l10n-context="portada">Hola</p><img alt="Una caseta" src=a.png></body></html>"""


def test_the_preview_names_fields_for_people() -> None:
    article = parse_article(FIELDS, path=Path("/a.html"), locale="es", format="html")
    page = render_bilingual(article, catalog_of(article, "en"), target="en")
    fields = {
        "".join(one.itertext()): one.get("title")
        for one in elements(page)
        if one.get("class") == "context"
    }
    assert fields == {
        "page title": "meta:title",
        "site name": "meta:og:site_name",
        "headline (structured data)": "jsonld:headline",
        "text of an image": "attr:alt",
        "portada": None,
    }


@pytest.mark.parametrize(
    "context",
    [
        *(f"meta:{name}" for name in sorted(METADATA | frontmatter.KEYS)),
        *(f"jsonld:{name}" for name in sorted(jsonld.KEYS)),
        *(f"attr:{name}" for name in sorted(TEXT_ATTRIBUTES)),
    ],
)
def test_every_field_has_a_name(context: str) -> None:
    assert field_name(context)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a b", "a b", "a b"),
        ("", "a", "<ins>a</ins>"),
        ("<b>", "&", "<del>&lt;b&gt;</del><ins>&amp;</ins>"),
        ("1.234 €", "1,234 €", "1<del>.</del><ins>,</ins>234 €"),
    ],
)
def test_differences_are_told_word_by_word(old: str, new: str, expected: str) -> None:
    assert word_diff(old, new) == expected


@pytest.fixture
def newsroom(desk: Desk) -> Desk:
    desk.write("articles/es/feria.html", ARTICLE)
    desk.write("articles/es/otra.html", ARTICLE)
    desk.translate("feria", "en", str.upper)
    return desk


def test_previews_are_written_beside_the_site(newsroom: Desk) -> None:
    report = publish_bilingual(newsroom.project)
    assert [path.relative_to(newsroom.root).as_posix() for path in report.written] == [
        "bilingual/en/feria.html"
    ]


def test_previews_lead_back_to_a_page_that_leads_to_all_of_them(newsroom: Desk) -> None:
    newsroom.translate("otra", "en", str.upper)
    publish_bilingual(newsroom.project, ["feria"])
    folder = newsroom.root / "bilingual"
    assert links_of((folder / "index.html").read_text("utf-8")) == ["en/feria.html"]
    publish_bilingual(newsroom.project)
    index = links_of((folder / "index.html").read_text("utf-8"))
    assert sorted(index) == ["en/feria.html", "en/otra.html"]
    for link in index:
        back = links_of((folder / link).read_text("utf-8"))[0]
        assert (folder / link).parent.joinpath(back).resolve() == folder / "index.html"


def test_a_preview_that_is_written_alone_leads_nowhere(newsroom: Desk) -> None:
    assert all(link.startswith("#") for link in links_of(preview()))


def test_the_dashboard_shows_every_article_and_locale(newsroom: Desk) -> None:
    newsroom.export()
    publish_bilingual(newsroom.project)
    newsroom.write("catalogs/en/otra.po", 'msgid "open\n')
    write_dashboard(newsroom.project, newsroom.root / "status.html")
    page = (newsroom.root / "status.html").read_text("utf-8")
    assert "damaged catalog" in page
    assert page.count('scope="row"') == 2
    assert all(element.tag not in {"script", "link", "img"} for element in elements(page))


def links_of(page: str) -> list[str]:
    return [one.get("href", "") for one in elements(page) if one.tag == "a"]


def test_a_dashboard_that_is_mailed_has_no_links_but_to_the_web(newsroom: Desk) -> None:
    newsroom.export()
    addresses = ["en/feria.html", "es/feria.html", "es/otra.html"]
    served = render_dashboard(newsroom.project, newsroom.project.export.out)
    assert sorted(links_of(served)) == addresses
    mailed = render_dashboard(newsroom.project)
    assert sorted(links_of(mailed)) == [f"https://example.org/{path}" for path in addresses]
    text = (newsroom.root / "l10n.toml").read_text()
    newsroom.configure(text.replace("base_url", "# base_url"))
    assert links_of(render_dashboard(newsroom.project)) == []


def lines_of(page: str) -> tuple[list[str], list[str]]:
    """Give the kinds of the lines of a dashboard and what their heads say, as they stand."""
    lines = [one for one in elements(page) if one.get("class", "").startswith("is-")]
    heads = [" ".join("".join(line[0].itertext()).split()) for line in lines]
    return [line.get("class", "") for line in lines], heads


def test_a_dashboard_begins_with_what_is_open_and_says_the_next_step(newsroom: Desk) -> None:
    newsroom.write("articles/es/zeta.html", ARTICLE.replace("La feria vuelve", "Zeta"))
    newsroom.configure(
        (newsroom.root / "l10n.toml").read_text()
        + '[[article]]\npath = "es/zeta.html"\ndue = 2001-02-03\n'
    )
    page = render_dashboard(newsroom.project)
    kinds, heads = lines_of(page)
    assert kinds == ["is-open", "is-open", "is-enough"]
    assert heads[0].endswith("zetalate since Feb 3, 2001")
    assert "<code>l10n update zeta</code>" in page
    assert "what is open (2)" in page
    assert re.search(r"#a1 \{ --name: 2; ", page)


def test_the_tick_of_a_dashboard_means_reviewed(newsroom: Desk) -> None:
    cells = [one for one in elements(render_dashboard(newsroom.project)) if one.tag == "td"]
    (cell,) = [one for one in cells if one.get("class") == "enough"]
    text = " ".join("".join(cell.itertext()).split())
    assert "enough for the project" in text
    assert "✔" not in text
    newsroom.translate("feria", "en", str.upper, reviewed=True)
    cells = [one for one in elements(render_dashboard(newsroom.project)) if one.tag == "td"]
    (cell,) = [one for one in cells if one.get("class") == "reviewed"]
    assert "100% reviewed" in " ".join("".join(cell.itertext()).split())


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [("en", 4, "◐ 4 drafts"), ("en", 1, "◐ 1 draft"), ("es", 4, "◐ 4 borradores")],
)
def test_numbers_of_states_agree_with_their_words(
    newsroom: Desk, language: str, number: int, expected: str
) -> None:
    texts = [f"Texto {place}" for place in range(number)]
    newsroom.write("articles/es/nota.html", "".join(f"<p>{text}</p>" for text in texts))
    newsroom.translate("nota", "en", str.upper, draft=True)
    (newsroom.root / "catalogs/en/feria.po").unlink()
    set_language(language)
    try:
        page = render_dashboard(newsroom.project)
    finally:
        set_language("en")
    (total,) = [one for one in elements(page) if one.get("class") == "total"]
    (cell,) = [one for one in elements(page) if one.get("class") == "short"]
    for shown in (total, cell):
        assert re.search(rf"{expected}(?!\w)", " ".join("".join(shown.itertext()).split()))


@pytest.mark.parametrize(("draft", "kind"), [(True, "short"), (False, "enough")])
def test_enough_needs_something_translated(newsroom: Desk, draft: bool, kind: str) -> None:
    newsroom.configure(
        (newsroom.root / "l10n.toml").read_text() + "[check]\nmin_translated = 0\n"
    )
    newsroom.translate("feria", "en", str.upper, draft=draft)
    page = render_dashboard(newsroom.project)
    cells = [one.get("class") for one in elements(page) if one.tag == "td"]
    assert sorted(map(str, cells)) == sorted(["original", kind, "original", "none"])


def test_the_dashboard_tells_the_time_here_and_which_time_that_is(
    newsroom: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "<+0530>-5:30")
        time.tzset()
        page = render_dashboard(newsroom.project)
    time.tzset()
    kicker = next(one for one in elements(page) if one.get("class") == "kicker")
    told = " ".join("".join(kicker.itertext()).split())
    assert re.search(r", \d+:\d\d [AP]M GMT\+05:30$", told)


def test_previews_speak_the_interface_language_and_name_it(newsroom: Desk) -> None:
    publish_bilingual(newsroom.project)
    page = (newsroom.root / "bilingual/en/feria.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')


def test_the_command_writes_previews(newsroom: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(newsroom.root)
    result = CliRunner().invoke(export_command, ["--bilingual", "-o", "look", "en"])
    assert result.exit_code == 0, result.output
    assert (newsroom.root / "look/en/feria.html").is_file()


def fetch(address: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(address, headers=headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def test_the_site_is_served_to_this_machine_alone(newsroom: Desk) -> None:
    newsroom.export()
    with serve(newsroom.project.export.out) as address:
        assert address.startswith("http://127.0.0.1:")
        assert fetch(address + "en/feria.html") == (200, newsroom.page("en/feria.html"))
        assert fetch(address + "../l10n.toml")[0] == 404
        assert fetch(address + "%2e%2e/l10n.toml")[0] == 404
        assert fetch(address + "en/feria.html", Host="evil.example")[0] == 403
        port = int(address.rstrip("/").rpartition(":")[2])
        with pytest.raises(UsageError, match="cannot be used"), serve(newsroom.root, port):
            pass
    with pytest.raises(urllib.error.URLError):
        fetch(address)


def test_the_front_of_the_served_site_shows_every_page(newsroom: Desk) -> None:
    newsroom.export()
    project = newsroom.project
    out = project.export.out
    with serve(out, front=lambda: render_dashboard(project, out)) as address:
        status, page = fetch(address)
        assert status == 200
        assert 'href="en/feria.html"' in page
        newsroom.write("site/index.html", "<h1>Own front</h1>")
        assert fetch(address) == (200, "<h1>Own front</h1>")


def test_a_change_is_exported_and_watching_can_be_stopped(newsroom: Desk) -> None:
    stop, rebuilt = threading.Event(), threading.Event()
    thread = threading.Thread(
        target=watch_project, args=(newsroom.project, rebuilt.set), kwargs={"stop": stop}
    )
    thread.start()
    for number in range(40):
        newsroom.write("articles/es/feria.html", ARTICLE + f"<!-- {number} -->")
        if rebuilt.wait(0.5):
            break
    stop.set()
    thread.join(10)
    assert rebuilt.is_set()
    assert not thread.is_alive()

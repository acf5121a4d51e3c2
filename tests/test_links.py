"""Addresses with a counterpart: proposed from existing translations, applied by export, shown, and reported when nothing has them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from l10n.align import align_articles
from l10n.align.link_pairs import counterparts, link_pairs
from l10n.articles import format_of, parse_article
from l10n.cli import cli
from l10n.errors import ProjectError
from l10n.model import Article
from l10n.project import Project
from l10n.review.opening import open_session, places

WIKI = "https://en.wikipedia.org/wiki/Gazette"
GACETA = "https://es.wikipedia.org/wiki/Gaceta"
TABLE = f'[links]\n"{WIKI}" = {{ es = "{GACETA}" }}\n'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for locale in ("en", "es"):
        (tmp_path / f"locales/{locale}/articles").mkdir(parents=True)
    write(tmp_path, TABLE)
    return tmp_path


def write(root: Path, more: str, head: str = "") -> None:
    (root / "l10n.toml").write_text(
        f'source = "en"\ntargets = ["es"]\nengines = []\n{head}\n{more}'
    )


def put(root: Path, name: str, text: str, locale: str = "en") -> None:
    (root / f"locales/{locale}/articles" / name).write_text(text)


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == code, result.output
    return result.output


def page(root: Path, name: str, locale: str = "es") -> str:
    return (root / "out" / locale / name).read_text()


class TestExport:
    def test_links_of_html_lead_to_the_counterpart(self, site: Path) -> None:
        put(
            site,
            "a.html",
            f'<html lang="en"><body><p>A <a href="{WIKI}">gazette</a>, its <a href="{WIKI}#History">past</a>,'
            f' <a href="{WIKI}s">more</a>.</p><map name="m"><area href="{WIKI}" alt="x"></map></body></html>',
        )
        run("update")
        run("export", "-o", "out")
        spanish = page(site, "a.html")
        assert spanish.count(f'href="{GACETA}"') == 3
        assert f'href="{WIKI}s"' in spanish
        assert GACETA not in page(site, "a.html", "en")

    @pytest.mark.parametrize("form", ["html", "same"])
    def test_links_of_markdown_do(self, site: Path, form: str) -> None:
        write(site, TABLE, f'[export]\nformat = "{form}"\n')
        put(
            site,
            "a.md",
            f'A [gazette]({WIKI} "t") of [old][g], <a href="{WIKI}">raw</a>.\n\n[g]: {WIKI}#x\n',
        )
        run("update")
        run("export", "-o", "out")
        text = page(site, "a.html" if form == "html" else "a.md")
        assert text.count(GACETA) == 3
        assert WIKI not in text

    def test_the_project_knows_better_than_the_site(self, site: Path) -> None:
        write(site, '[links]\n"/en/b.html" = { es = "/otra/" }\n')
        put(site, "a.html", '<p>See <a href="/en/b.html">it</a> now.</p>')
        put(site, "b.html", "<p>Hello there.</p>")
        run("update")
        run("export", "-o", "out")
        assert 'href="/otra/"' in page(site, "a.html")

    def test_a_link_to_a_language_on_purpose_stays(self, site: Path) -> None:
        put(site, "a.html", f'<p>In <a href="{WIKI}" hreflang="en">English</a> only.</p>')
        run("update")
        run("export", "-o", "out")
        assert f'href="{WIKI}"' in page(site, "a.html")

    def test_an_address_that_no_page_has_is_told(self, site: Path) -> None:
        put(site, "a.html", "<p>Nothing here.</p>")
        run("update")
        output = run("export", "-o", "out")
        assert f"l10n.toml:6: [links]: no article that is published in es links to {WIKI}" in (
            output
        )
        put(site, "a.html", f'<p>A <a href="{WIKI}">gazette</a>.</p>')
        run("update")
        assert "[links]" not in run("export", "-o", "out")


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ('[links]\n"/a" = "b"\n', 6),
        ('[links]\n"/a" = {}\n', 6),
        ('[links]\n\n"/a" = { fr = "/b" }\n', 7),
        ('[links]\n"/a" = { es = "javascript:alert(1)" }\n', 6),
        ('[links]\n"/a" = { es = "/b\\" onclick=\\"x" }\n', 6),
        ('[links]\n"/a" = { es = "" }\n', 6),
        ('[links]\n"/a" = { es = 3 }\n', 6),
    ],
)
def test_what_no_link_may_be_is_refused_with_its_line(
    site: Path, table: str, line: int
) -> None:
    write(site, table)
    with pytest.raises(ProjectError) as caught:
        Project.find(site)
    assert caught.value.line == line


def test_the_screen_shows_where_a_link_leads(site: Path) -> None:
    put(site, "a.md", f"A [gazette]({WIKI}) and [more](/m).\n")
    run("update")
    project = Project.find(site)
    (place,) = places(project, "es")
    session = open_session(place, project, "Ana")
    assert f"<a1> = link to {WIKI} → {GACETA}" in session.remarks
    assert "<a2> = link to /m" in session.remarks


def article(text: str, locale: str, name: str = "a.md") -> Article:
    path = Path(name)
    return parse_article(text, path=path, locale=locale, format=format_of(path))


class TestProposals:
    def pairs(self, source: str, target: str, name: str = "a.md") -> dict[str, str]:
        alignment = align_articles(article(source, "en", name), article(target, "es", name))
        return dict(counterparts(link_pairs(alignment)))

    def test_links_that_differ_face_each_other(self) -> None:
        assert self.pairs(
            f"The [Gazette]({WIKI}) of Madrid came out in 1661, says [Ana](https://ana.example).\n\n"
            "- [The Prado of Madrid, 1819](https://en.wikipedia.org/wiki/Prado)\n",
            f"La [Gaceta]({GACETA}) de Madrid salió en 1661, dice [Ana](https://ana.example).\n\n"
            "- [El Prado de Madrid, 1819](https://es.wikipedia.org/wiki/Museo_del_Prado)\n",
        ) == {
            WIKI: GACETA,
            "https://en.wikipedia.org/wiki/Prado": "https://es.wikipedia.org/wiki/Museo_del_Prado",
        }

    def test_of_several_only_those_of_one_site(self) -> None:
        assert self.pairs(
            f"The [Gazette]({WIKI}) of Madrid, 1661, [here](https://a.example/x) and [there](https://a.example/y).\n",
            f"La [Gaceta]({GACETA}) de Madrid, 1661, [allí](https://a.example/q) y [aquí](https://a.example/p).\n",
        ) == {WIKI: GACETA}

    def test_links_around_whole_texts_of_html_count(self) -> None:
        assert self.pairs(
            f'<ul><li><a href="{WIKI}" class="x">The Gazette of Madrid in 1661</a></li></ul>',
            f'<ul><li><a class="x" href="{GACETA}">La Gaceta de Madrid en 1661</a></li></ul>',
            "a.html",
        ) == {WIKI: GACETA}

    def test_the_most_frequent_counterpart_wins_and_a_draw_nobody(self) -> None:
        votes = [("/a", "/x"), ("/a", "/y"), ("/a", "/x"), ("/b", "/x"), ("/b", "/y")]
        assert counterparts(votes) == {"/a": "/x"}

    def test_align_writes_lines_for_the_project_file(self, site: Path) -> None:
        write(site, "")
        for locale, text in (
            (
                "en",
                f"The [Gazette]({WIKI}) of Madrid in 1661.\n\nSee [part two of 1661](/en/b/).\n",
            ),
            (
                "es",
                f"La [Gaceta]({GACETA}) de Madrid en 1661.\n\nVer la [parte dos de 1661](/es/otra/).\n",
            ),
        ):
            put(site, "a.md", text, locale)
        put(site, "b.md", "Part two of the Gazette.\n")
        run("update")
        output = run("align", "a")
        lines = output[output.index("[links]") :].split("\n\n")[0]
        assert tomllib.loads(lines)["links"] == {WIKI: {"es": GACETA}}
        write(site, lines)
        assert "[links]" not in run("align", "a")

    def test_the_home_page_may_lead_elsewhere(self, site: Path) -> None:
        write(site, "")
        put(site, "a.md", "Back to the [home page](/) of the Gazette.\n")
        put(site, "a.md", "Volver a la [portada](/es/) de la Gaceta.\n", "es")
        output = run("align")
        lines = output[output.index("[links]") :].split("\n\n")[0]
        assert tomllib.loads(lines)["links"] == {"/": {"es": "/es/"}}


@pytest.mark.parametrize("url", ["./b", "b", "b.md", "./b.md#x", "./", "../es/b/", "./b?q=1"])
def test_an_address_that_leads_right_keeps_its_spelling(site: Path, url: str) -> None:
    write(site, "", '[export]\nformat = "same"\n')
    put(site, "a.md", f"See [it]({url}) now.\n")
    put(site, "b.md", "Hello there.\n")
    put(site, "index.md", "Home page.\n")
    run("update")
    run("export", "-o", "out")
    written = "../es/b/" if url == "../es/b/" else url
    assert f"[it]({written})" in page(site, "a.md")


def test_pictures_of_a_translation_are_proposed_and_not_taken_from_its_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    texts = (
        ("a.md", "# The market\n\nIt opens at nine.\n\n![](img/map.png)\n\n![Stalls](img/stalls.png)\n"),
        ("a.es.md", "# El mercado\n\nAbre a las nueve.\n\n![](img/el plano.png)\n\n![Puestos](img/puestos.png)\n"),
        ("x/b.md", "# The harbour\n\nIt closes at five.\n\n![](img/map.png)\n"),
        ("x/b.es.md", "# El puerto\n\nCierra a las cinco.\n\n![](img/map.png)\n"),
    )  # fmt: skip
    names = (
        "img/map.png",
        "img/el plano.png",
        "img/stalls.png",
        "img/puestos.png",
        "x/img/map.png",
    )
    for name, text in (*texts, *((name, "") for name in names)):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, "utf-8")
    place = 'originals = ["en"]\narticles = "docs"\nnaming = "suffix"'
    out = '[export]\nout = "docs"\nformat = "same"\n'
    write(tmp_path, out, place)
    proposed = run("build")
    table = (
        '[links]\n"img/map.png" = { es = "img/el%20plano.png" }\n'
        '"img/stalls.png" = { es = "img/puestos.png" }\n'
    )
    assert table in proposed
    run("approve", "es", "--by", "Eva", "--yes")
    told = run("export", "es")
    assert (
        "docs/a.es.md: left as it is: the page would lose “img/el plano.png” and 1 more" in told
    )
    assert '[links] "img/map.png" = { es = "img/el%20plano.png" } in l10n.toml' in told
    assert "x/b.es.md" not in told
    write(tmp_path, f"{out}{table}", place)
    run("export", "es")
    page_of_people = texts[1][1].replace("el plano", "el%20plano")
    assert (tmp_path / "docs/a.es.md").read_text("utf-8") == page_of_people
    # The same words mean another picture there, which has none in Spanish.
    assert (tmp_path / "docs/x/b.es.md").read_text("utf-8") == texts[3][1]

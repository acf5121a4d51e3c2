"""Emphasis of the translator's own: `<em>` and `<strong>` without a number, from the catalog to the page and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.align import align_articles
from l10n.align.filling import fill_catalog
from l10n.articles import format_of, parse_article, splice
from l10n.catalog import Catalog
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_entry
from l10n.cli import cli
from l10n.memory import Translation, tmx
from l10n.model import Article
from l10n.text import markup
from l10n.text.sentences import split_sentences
from tui.marks import placeholder_marks


def emphasized(msgstr: str) -> list[tuple[str, str]]:
    return [(pair.tag, msgstr[slice(*pair.inside)]) for pair in markup.emphases(msgstr)]


class TestPairs:
    @pytest.mark.parametrize(
        ("msgstr", "pairs"),
        [
            ("el <em>software</em> libre", [("em", "software")]),
            (
                "<strong>No <em>más</em></strong>",
                [("em", "más"), ("strong", "No <em>más</em>")],
            ),
            (
                "<a1>un <em>blog</em></a1> y <em><a2>otro</a2></em>",
                [("em", "blog"), ("em", "<a2>otro</a2>")],
            ),
            ("sin cerrar <em>nada", []),
            ("</em>al revés<em>", []),
            ("<a1>se <em>cruza</a1> aquí</em>", []),
            ("<em><strong>x</em></strong>", [("em", "<strong>x")]),
            ("&lt;em>texto&lt;/em>", []),
            ("<em class=x>a</em> <EM>b</EM> <em1>c</em1>", []),
            ("<a1><em></a1><em>a</em>", [("em", "a")]),
        ],
    )
    def test_only_whole_pairs_that_cross_no_token(
        self, msgstr: str, pairs: list[tuple[str, str]]
    ) -> None:
        assert emphasized(msgstr) == pairs

    def test_a_reader_reads_the_words(self) -> None:
        assert markup.plain("el <em>soft<br1/>ware</em> &lt;em>") == "el soft ware <em>"
        assert markup.plain("un <em>resto") == "un <em>resto"

    def test_any_number_of_stray_marks_takes_linear_time(self) -> None:
        stray = "<em><strong></em></strong></strong><a1>" * 20_000
        assert len(markup.emphases(stray)) == 20_000

    def test_sentences_are_seen_through_it(self) -> None:
        text = "Cerró <em>ayer.</em> <strong>Abre</strong> hoy."
        assert split_sentences(text, "es") == (
            "Cerró <em>ayer.</em> ",
            "<strong>Abre</strong> hoy.",
        )


class TestValidity:
    def test_a_pair_is_right(self) -> None:
        assert markup.validate("a <a1>blog</a1>", "un <a1><em>blog</em></a1>") == ()

    @pytest.mark.parametrize(
        ("msgid", "msgstr", "rule"),
        [
            ("x", "<em>x", "literal-tag"),
            ("<a1>x</a1> y", "<a1><em>x</a1> y</em>", "literal-tag"),
            ("x", "x <em></em>", "placeholder-empty"),
            ("Use &lt;em>x&lt;/em>", "Usa <em>x</em>", "literal-tag"),
            ("x", "<i>x</i>", "literal-tag"),
        ],
    )
    def test_what_readers_would_not_expect_is_a_warning(
        self, msgid: str, msgstr: str, rule: str
    ) -> None:
        assert rule in {problem.rule for problem in markup.validate(msgid, msgstr)}
        assert {problem.severity for problem in markup.validate(msgid, msgstr)} == {"warning"}

    def test_it_does_for_emphasis_of_the_source(self) -> None:
        assert markup.validate("<b1>Not</b1> now", "Ahora <em>no</em>") == ()
        (problem,) = markup.validate("<b1>Not</b1> <i1>now</i1>", "Ahora <em>no</em>")
        assert problem.rule == "placeholder-formatting"

    def test_a_lost_link_stays_an_error(self) -> None:
        (problem,) = markup.validate("<a1>x</a1>", "<em>x</em>")
        assert (problem.rule, problem.severity) == ("placeholder-missing", "error")


PAGE = (
    '<html lang="en"><head><title>The blog</title></head><body><h1>Our blog</h1>'
    '<p>Read <a href="/b">our blog</a> now.</p><img src="a.png" alt="a blog">'
    "<select><option>Any blog</option></select><textarea>My blog</textarea></body></html>"
)


def article(text: str, name: str, locale: str = "en") -> Article:
    path = Path(name)
    return parse_article(text, path=path, locale=locale, format=format_of(path))


def exported(text: str, name: str, translations: dict[str, str]) -> str:
    source = article(text, name)
    replacements: dict[int, str | None] = {
        index: translations[block.unit.msgid]
        for index, block in enumerate(source.blocks)
        if block.unit.msgid in translations
    }
    assert len(replacements) >= len(translations)
    return splice(source, replacements)


class TestExport:
    def test_running_text_of_html_has_elements(self) -> None:
        page = exported(
            PAGE,
            "p.html",
            {
                "Our blog": "Nuestro <em>blog</em>",
                "Read <a1>our blog</a1> now.": "Lea <a1>nuestro <em>blog</em></a1> &lt;em>, <strong>ya</strong>.",
            },
        )
        assert "<h1>Nuestro <em>blog</em></h1>" in page
        assert (
            '<p>Lea <a href="/b">nuestro <em>blog</em></a> &lt;em&gt;, <strong>ya</strong>.</p>'
            in page
        )

    @pytest.mark.parametrize("msgid", ["The blog", "a blog", "Any blog", "My blog"])
    def test_values_keep_it_as_text(self, msgid: str) -> None:
        assert "&lt;em&gt;blog&lt;/em&gt;" in exported(
            PAGE, "p.html", {msgid: "El <em>blog</em>"}
        )

    @pytest.mark.parametrize(
        ("source", "msgid", "msgstr", "written"),
        [
            ("A blog.\n", "A blog.", "Un <em>blog</em>.", "Un *blog*.\n"),
            ("A blog.\n", "A blog.", "Un <strong>blog</strong>.", "Un **blog**.\n"),
            (
                "A _good_ blog.\n\nA log.\n",
                "A log.",
                "Un <em>log</em>.",
                "A _good_ blog.\n\nUn _log_.\n",
            ),
            (
                "A _good_ blog.\n\nLogs.\n",
                "Logs.",
                "<em>Log</em>s.",
                "A _good_ blog.\n\n*Log*s.\n",
            ),
            (
                "A __good__ blog.\n\nLogs.\n",
                "Logs.",
                "<strong>Los logs.</strong>",
                "A __good__ blog.\n\n__Los logs.__\n",
            ),
            ("A blog.\n", "A blog.", "Un<em>(blog)</em>s.", "Un<em>(blog)</em>s.\n"),
            ("A blog.\n", "A blog.", "Un <em> blog </em>.", "Un  *blog* .\n"),
            ("- A blog\n", "A blog", "<em>Un</em> blog", "- *Un* blog\n"),
            (
                "| a b | c d |\n|--|--|\n| e f | g |\n",
                "e f",
                "<em>E|F</em>",
                "| a b | c d |\n|--|--|\n| *E\\|F* | g |\n",
            ),
            (
                "See [the blog](/b).\n",
                "See <a1>the blog</a1>.",
                "Ve <em><a1>el <strong>blog</strong></a1></em>.",
                "Ve *[el **blog**](/b)*.\n",
            ),
            ("<p>A blog.</p>\n", "A blog.", "Un <em>blog</em>.", "<p>Un <em>blog</em>.</p>\n"),
        ],
    )
    def test_markdown_has_it_as_the_article_writes_it(
        self, source: str, msgid: str, msgstr: str, written: str
    ) -> None:
        assert exported(source, "a.md", {msgid: msgstr}) == written

    def test_a_text_article_keeps_it_as_text(self) -> None:
        assert (
            exported("A blog.\n", "a.txt", {"A blog.": "Un <em>blog</em>."})
            == "Un <em>blog</em>.\n"
        )


_WORD = st.sampled_from(["luz", "«ñ»", "a_b", "*", "_", "2", "día", "(x)", "—", "¿no?", "&lt;"])


def _nested(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, parts, glue: f"<{tag}>{glue.join(parts)}</{tag}>",
        st.sampled_from(["em", "strong"]),
        st.lists(inside, min_size=1, max_size=3),
        st.sampled_from(["", " "]),
    )


_MSGSTR = st.builds(
    lambda parts, glue: glue.join(parts),
    st.lists(st.recursive(_WORD, _nested, max_leaves=6), min_size=1, max_size=4),
    st.sampled_from(["", " "]),
)


class TestReadsBack:
    @settings(deadline=None, max_examples=150)
    @given(_MSGSTR, st.sampled_from(["_so_ __it__", "*so* **it**"]))
    def test_markdown_reads_back_as_emphasis(self, msgstr: str, style: str) -> None:
        source = f"Here {style} is.\n\nWords here.\n"
        text = exported(source, "a.md", {"Words here.": f"Así {msgstr} va."})
        blocks = article(text, "a.md").blocks
        assert len(blocks) == 2
        again = blocks[1].unit.msgid
        assert markup.plain(again).split() == markup.plain(
            f"Así {msgstr} va."
        ).split() or markup.plain(again).replace(" ", "") == markup.plain(
            f"Así {msgstr} va."
        ).replace(" ", "")
        tags = re.findall(r"<(em|strong)[0-9]+>", again)
        assert sorted(tags) == sorted(re.findall(r"<(em|strong)>", msgstr))


def catalog_of(text: str, name: str) -> Catalog:
    catalog = Catalog.new(None, source="en", target="es", article=name)
    catalog.merge(article(text, name).units, article=name)
    return catalog


class TestChecks:
    @pytest.mark.parametrize(
        ("name", "text", "msgid", "warned"),
        [
            ("p.html", PAGE, "Our blog", False),
            ("p.html", PAGE, "The blog", True),
            ("p.html", PAGE, "a blog", True),
            ("p.html", PAGE, "Any blog", True),
            ("p.html", PAGE, "My blog", True),
            ("a.txt", "A blog about it.\n", "A blog about it.", True),
            ("a.md", "A blog about it.\n", "A blog about it.", False),
            ("a.md", "---\ntitle: A blog\n---\n\nWords.\n", "A blog", True),
        ],
    )
    def test_only_where_it_is_shown_as_text(
        self, name: str, text: str, msgid: str, warned: bool
    ) -> None:
        entry = next(entry for entry in catalog_of(text, name).entries if entry.msgid == msgid)
        entry.translate("El <em>blog</em>")
        rules = {finding.rule for finding in check_entry(entry, CheckContext("en", "es"))}
        assert ("literal-tag" in rules) == warned


class TestOtherPlaces:
    def test_a_memory_file_gives_it_back(self, tmp_path: Path) -> None:
        target = "Un <em>blog &lt;em></em> <a1><strong>más</strong></a1> <em>"
        written = tmx.write(
            [(Translation("A blog <a1>more</a1>", target, True), "a.po")], "en", "es"
        )
        path = tmp_path / "m.tmx"
        path.write_text(written)
        (unit,) = tmx.read(path)
        assert unit.texts["es"] == target.removesuffix("<em>") + "&lt;em>"

    def test_the_screen_marks_it_like_a_placeholder(self) -> None:
        text = "<em>un</em> <a1>x</a1> <em>"
        assert [text[mark.start : mark.end] for mark in placeholder_marks(text)] == [
            "<em>",
            "</em>",
            "<a1>",
            "</a1>",
        ]


class TestAlign:
    def aligned(self, source: str, target: str, name: str) -> dict[str, str]:
        catalog = catalog_of(source, name)
        alignment = align_articles(article(source, name), article(target, name, "es"))
        fill_catalog(catalog, alignment)
        return {entry.msgid: entry.msgstr for entry in catalog.entries}

    def test_it_is_taken_over_from_an_existing_translation(self) -> None:
        filled = self.aligned(
            "Tick the checkbox of [Madrid](/m) in 2021.\n\nThe **whole** town of Cuenca came in 1998.\n",
            "Marca la casilla (*checkbox*) de [Madrid](/m) en 2021.\n\nVino _toda_ Cuenca en 1998.\n",
            "a.md",
        )
        assert filled == {
            "Tick the checkbox of <a1>Madrid</a1> in 2021.": (
                "Marca la casilla (<em>checkbox</em>) de <a1>Madrid</a1> en 2021."
            ),
            "The <strong1>whole</strong1> town of Cuenca came in 1998.": (
                "Vino <em>toda</em> Cuenca en 1998."
            ),
        }

    @pytest.mark.parametrize(
        ("source", "target", "msgstr", "name"),
        [
            (
                "- Software of 1998\n",
                "- _Software de 1998_\n",
                "<em>Software de 1998</em>",
                "a.md",
            ),
            (
                "* Software of 1998\n",
                "* **Software** de *1998*\n",
                "<strong>Software</strong> de <em>1998</em>",
                "a.md",
            ),
            ("- _Software of 1998_\n", "- *Software de 1998*\n", "Software de 1998", "a.md"),
            (
                "- Software of 1998\n",
                "- ***Software de 1998***\n",
                "<em><strong>Software de 1998</strong></em>",
                "a.md",
            ),
            (
                "<li>Software of 1998</li>",
                "<li><i class='x'>Software de 1998</i></li>",
                "<em>Software de 1998</em>",
                "a.html",
            ),
            (
                "<li><b>Software of 1998</b></li>",
                "<li><strong><em>Software de 1998</em></strong></li>",
                "<em>Software de 1998</em>",
                "a.html",
            ),
            (
                "<li>Software of 1998</li>",
                "<li><i></i>Software de 1998</li>",
                "Software de 1998",
                "a.html",
            ),
        ],
    )
    def test_emphasis_around_all_of_a_text_counts(
        self, source: str, target: str, msgstr: str, name: str
    ) -> None:
        assert list(self.aligned(source, target, name).values()) == [msgstr]

    def test_a_value_takes_the_words_alone(self) -> None:
        filled = self.aligned(
            "<p>The software of Madrid in 2021.</p><select><option>Madrid software 2021</option></select>",
            "<p>El <i>software</i> de Madrid en 2021.</p>"
            "<select><option>El <i>software</i> de Madrid 2021</option></select>",
            "p.html",
        )
        assert filled["The software of Madrid in 2021."] == (
            "El <em>software</em> de Madrid en 2021."
        )
        assert "<" not in filled["Madrid software 2021"]


def test_from_the_catalog_to_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "locales/en/articles"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("Use _free_ software.\n\nIt works.\n")
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["es"]\nengines = []\n')
    runner = CliRunner()
    assert runner.invoke(cli, ["update"]).exit_code == 0
    path = tmp_path / "locales/es/LC_MESSAGES/a.po"
    catalog = Catalog.load(path)
    catalog.entries[0].translate("Usa <em>software</em> <em1>libre</em1>.")
    catalog.entries[1].translate("Va <strong>muy</strong> bien.")
    catalog.save()
    assert "0 errors" in runner.invoke(cli, ["check", "es"]).output
    assert runner.invoke(cli, ["export", "es", "-o", "out"]).exit_code == 0
    page = (tmp_path / "out/es/a.html").read_text()
    assert "<p>Usa <em>software</em> <em>libre</em>.</p>" in page
    assert "<p>Va <strong>muy</strong> bien.</p>" in page

"""Text and Markdown articles as pages, or as what they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from l10n.errors import ArticleError, ProjectError
from l10n.interface import set_language
from tests.conftest import Run

from .conftest import Desk

PageOf = Callable[..., str]

TEXT = """La feria del libro vuelve al río

Cuarenta y dos casetas, once autores y un taller de encuadernación en el paseo del río.

La feria abre el sábado 3 de octubre a las once de la mañana.

Qué pasa si llueve

¿Se suspende la feria?

Solo con aviso naranja o rojo & con <viento> fuerte.
"""

MARKDOWN = """---
title: La feria
description: Vuelve al río
date: 2026-10-03
author: Irene Salcedo
tags: [libros]
---

# La feria vuelve

Hay **42 casetas** y un [programa](programa.md).

- Uno
- Dos

<div class="aviso">Atención</div>

## Qué ver

Véase [arriba](#qué-ver).
"""


def elements(page: str, name: str) -> list[str]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return ["".join(element.itertext()) for element in tree.iter(name)]


def test_a_text_article_becomes_a_whole_page(page_of: PageOf) -> None:
    page = page_of(
        TEXT, {"La feria del libro vuelve al río": "The book fair returns"}, form="text"
    )
    assert page.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">')
    assert elements(page, "h1") == ["The book fair returns"]
    assert elements(page, "title") == ["The book fair returns"]
    assert "&amp; con &lt;viento&gt;" in page
    assert 'class="l10n-untranslated" lang="es"' in page
    assert '"inLanguage": "en"' in page


def test_every_passage_of_a_text_stands_on_the_page_once_in_order(page_of: PageOf) -> None:
    page = page_of(TEXT, form="text", target="es", locale="es")
    body = " ".join("".join(elements(page, "article")).split())
    place = 0
    for paragraph in TEXT.split("\n\n"):
        place = body.index(" ".join(paragraph.split()), place)


def test_a_page_loads_nothing_from_elsewhere(page_of: PageOf) -> None:
    page = page_of(TEXT, form="text")
    assert "src=" not in page
    assert "@import" not in page
    assert "url(" not in page


def test_markdown_is_rendered_with_its_front_matter(page_of: PageOf) -> None:
    page = page_of(MARKDOWN, {"La feria vuelve": "The fair is back"}, form="markdown")
    assert elements(page, "h1") == ["The fair is back"]
    assert '<time datetime="2026-10-03">October 3, 2026</time>' in page
    assert "Irene Salcedo" in page
    assert '<div class="aviso">' in page
    assert elements(page, "strong") == ["42 casetas"]


def test_marks_stand_on_markdown_elements(page_of: PageOf) -> None:
    page = page_of(MARKDOWN, {"Uno": "One"}, form="markdown")
    assert "<li>One</li>" in page
    assert '<li class="l10n-untranslated" lang="es">Dos</li>' in page
    assert '<p class="l10n-untranslated" lang="es">Hay <strong>42 casetas</strong>' in page


def test_headings_keep_the_ids_the_article_links_to(page_of: PageOf) -> None:
    page = page_of(MARKDOWN, {"Qué ver": "What to see"}, form="markdown")
    assert '<h2 id="qué-ver">What to see</h2>' in page


@pytest.mark.parametrize(
    ("heading", "tag"),
    [
        ("## Qué ver {#ver .lista}", '<h2 id="ver" class="lista">What to see</h2>'),
        ("## Qué ver {: .lista }", '<h2 class="lista" id="qué-ver">What to see</h2>'),
        ("## Qué ver {sic}", '<h2 id="qué-ver-sic">What to see</h2>'),
    ],
)
def test_attribute_lists_of_headings_become_attributes(
    page_of: PageOf, heading: str, tag: str
) -> None:
    told = {"Qué ver": "What to see", "Qué ver {sic}": "What to see"}
    assert tag in page_of(f"# Feria\n\n{heading}\n\nUno\n", told, form="markdown")


def test_links_lead_to_a_headline_by_the_name_of_the_original(page_of: PageOf) -> None:
    told = {"La feria vuelve": "The fair is back"}
    page = page_of("# La feria vuelve\n\nUno\n", told, form="markdown")
    assert '<h1 id="la-feria-vuelve">The fair is back</h1>' in page


TASKS = r"""- [ ] Barrer
- [x] **Pintar** la caseta
- \[ ] Nada

1. [ ] Abrir

   Del todo.

Se ve [ ] aquí.
"""


def test_tasks_have_boxes_nobody_can_tick(page_of: PageOf) -> None:
    page = page_of(TASKS, {"Barrer": "Sweep", "Abrir": "[x] Open"}, form="markdown")
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    tasks = {
        "".join(one.itertext()).split()[0]: [box.attrib for box in one.iter("input")]
        for one in tree.iter("li")
    }
    assert list(tasks) == ["Sweep", "Pintar", "[", "[x]"]
    assert [len(boxes) for boxes in tasks.values()] == [1, 1, 0, 1]
    assert [boxes[0]["aria-label"] for boxes in tasks.values() if boxes] == [
        "To do",
        "Done",
        "To do",
    ]
    assert [name for name, boxes in tasks.items() if "checked" in str(boxes)] == ["Pintar"]
    assert all("disabled" in boxes[0] for boxes in tasks.values() if boxes)
    assert page.count('<ul class="contains-task-list">') == 1
    assert "Se ve [ ] aquí." in page


@pytest.mark.parametrize("source", ["> [!CAUTION]\n> Ojo.", "> [!CAUTION]\n>\n> Ojo."])
def test_alerts_become_boxes_with_a_title(page_of: PageOf, source: str) -> None:
    page = page_of(f"{source}\n\nFin.\n", {"Ojo.": "Watch out."}, form="markdown")
    box = """<div class="markdown-alert markdown-alert-caution">
<p class="markdown-alert-title">Caution</p>
<p>Watch out.</p>
</div>
<p"""
    assert box in page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("> Ojo.", "<p>Watch out.</p>"),
        ("> \\[!NOTE]\n> Ojo.", "[!NOTE]\nOjo.</p>"),
        ("> [!BOO]\n> Ojo.", "[!BOO]\nWatch out.</p>"),
        ("> [!NOTE] Ojo.", "[!NOTE] Watch out.</p>"),
        ("- > [!NOTE]\n  > Ojo.", "[!NOTE]\nWatch out.</p>"),
    ],
)
def test_quotes_stay_quotes(page_of: PageOf, source: str, expected: str) -> None:
    page = page_of(f"{source}\n\nFin.\n", {"Ojo.": "Watch out."}, form="markdown")
    assert f"{expected}\n</blockquote>" in page


def test_titles_of_alerts_speak_the_language_of_the_page(page_of: PageOf) -> None:
    source = "# Guía\n\n> [!TIP]\n> Ojo.\n"
    set_language("es")
    try:
        page = page_of(source, {}, form="markdown", target="en")
    finally:
        set_language("en")
    assert '<p class="markdown-alert-title">Tip</p>' in page
    page = page_of(source, {}, form="markdown", target="fr")
    assert '<p class="markdown-alert-title" lang="en">Tip</p>' in page


def test_an_alert_left_out_leaves_no_box(page_of: PageOf) -> None:
    source = "# Guía\n\n> [!TIP]\n> Ojo.\n\nFin.\n"
    page = page_of(source, {"Ojo.": "<omit/>"}, form="markdown")
    assert "TIP" not in page
    assert 'class="markdown-alert' not in page


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("??? success", "Success"),
        ("!!! warning wide end", "Warning"),
        ("!!! moored", "Moored"),
        ('!!! tip wide "Ojo."', "Watch out."),
        ('???+ "Ojo."', "Watch out."),
    ],
)
def test_admonitions_have_the_title_of_their_kind_or_their_own(
    page_of: PageOf, head: str, title: str
) -> None:
    page = page_of(f"{head}\n    Fin.\n", {"Ojo.": "Watch out."}, form="markdown")
    assert [*re.findall('<p class="admonition-title">(.*)</p>', page)] == [title]


def test_titles_of_kinds_are_in_the_language_of_the_page(page_of: PageOf) -> None:
    source = "??? success\n    Fin.\n"
    assert ">Correcto</p>" in page_of(source, {}, form="markdown", target="es")
    assert ' lang="en">Success</p>' in page_of(source, {}, form="markdown", target="fr")


def test_lines_around_blocks_are_not_shown(page_of: PageOf) -> None:
    source = (
        "/// html | div.quay\n    attrs: {id: x}\nFin.\n///\n\n/// note | Ojo.\nSale.\n///\n"
    )
    page = page_of(source, {"Ojo.": "Watch out."}, form="markdown")
    assert "///" not in page
    assert not re.search("<p>[^<]*(?:div.quay|attrs)", page)
    assert '<p class="admonition-title">Watch out.</p>' in page


def test_numbers_of_a_text_stay_on_its_page(page_of: PageOf) -> None:
    page = page_of(f"{TEXT}\n2. Uno\n3. Dos\n\n- Tres\n\n1. Cuatro\n", form="text", target="es")
    assert '<ol start="2">\n<li>Uno</li>\n<li>Dos</li>\n</ol>' in page
    assert "<ul>\n<li>Tres</li>\n</ul>" in page
    assert "<ol>\n<li>Cuatro</li>\n</ol>" in page


def home_of(page: str) -> str:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    home = next(one for one in tree.iter("p") if one.get("class") == "l10n-home")
    link = home.find("a")
    return f"{''.join(home.itertext())} {link.get('href') if link is not None else ''}".strip()


def test_a_page_begins_with_the_name_of_the_site_and_the_way_to_its_index(desk: Desk) -> None:
    for path in ("plaza.md", "guias/rio.txt"):
        desk.write(f"articles/es/{path}", "# Uno\n\nDos\n")
        desk.translate(path.partition(".")[0], "en", str.upper)
    desk.export()
    assert home_of(desk.page("es/plaza.html")) == "Portada ../index.html"
    assert home_of(desk.page("en/guias/rio.html")) == "Home ../../index.html"
    # A name that only one locale has, and an index that only one locale has.
    desk.configure((desk.root / "l10n.toml").read_text() + 'name = { en = "The <Bridge>" }\n')
    desk.write("articles/es/index.md", "# El puente\n")
    desk.export()
    assert home_of(desk.page("es/guias/rio.html")) == "Portada ../index.html"
    assert home_of(desk.page("es/index.html")) == "Portada"
    assert home_of(desk.page("en/guias/rio.html")) == "The <Bridge> ../index.html"


def test_a_page_made_alone_leads_to_no_index(page_of: PageOf) -> None:
    assert home_of(page_of(TEXT, form="text")) == ""


@pytest.mark.parametrize("name", ["3", "[]", '{ fr = "Le Pont" }', "{ es = 3 }"])
def test_a_name_that_is_none_is_refused(desk: Desk, name: str) -> None:
    desk.configure((desk.root / "l10n.toml").read_text() + f"name = {name}\n")
    with pytest.raises(ProjectError, match=r"l10n\.toml:\d+"):
        _ = desk.project


def test_a_project_brings_its_own_template(desk: Desk) -> None:
    desk.write("articles/es/nota.txt", TEXT)
    desk.write(
        "templates/article.html",
        "<title>{{ page.title }}</title><h1>{{ page.headline.html }}</h1>",
    )
    desk.export()
    assert desk.page("es/nota.html").startswith(
        '<html lang="es" dir="ltr"><title>La feria del libro'
    )


@pytest.mark.parametrize(
    ("template", "said", "hint"),
    [
        (b"\n{% if %}", "article.html:2: Expected an expression", "built-in template"),
        (b"\n\n{{ 1/0 }}", "article.html:3: ZeroDivisionError: division by zero", "built-in"),
        (b"<p>\n{{ page.titel }}", "article.html:2: page has no titel", "did you mean title?"),
        (b"{{ pge.title }}", "article.html:1: no value has the name pge", "did you mean page?"),
        (
            b"{{ page.headline.attributes(3) }}",
            "article.html:1: TypeError: sequence item 0",
            "built-in",
        ),
        (
            b"\n{% include 'nowhere.html' %}",
            "article.html:2: no template “nowhere.html”",
            "built-in",
        ),
        (
            b"{% include ['a.html', 'b.html'] %}",
            "article.html:1: no template “a.html, b.html”",
            "built-in",
        ),
        (b"{{ page|shout }}", "article.html:1: No filter named 'shout'", "built-in"),
        (b"{{ (1).x ~ 2 }}", "article.html: int has no x", "built-in"),
        (
            b"{% extends 'article.html' %}",
            "article.html:1: templates or macros that call each other",
            "built-in",
        ),
        (b"<p>\n<b>ma\xf1ana", "article.html:2: not UTF-8", "iconv -f WINDOWS-1252"),
        (b"", "article.html: the template gives an empty page", "built-in"),
        (b"{# nothing #}\n", "article.html: the template gives an empty page", "built-in"),
    ],
)
def test_a_wrong_template_is_told_by_line_and_nothing_is_written(
    desk: Desk, template: bytes, said: str, hint: str
) -> None:
    desk.write("articles/es/antes.html", "<p>Uno</p>")
    desk.write("articles/es/nota.txt", TEXT)
    desk.write("templates/article.html", template)
    with pytest.raises(ArticleError) as caught:
        desk.export()
    assert str(caught.value).startswith(f"templates/{said}")
    assert hint in caught.value.hint
    assert not (desk.root / "site").exists()


def test_a_mistake_in_an_included_template_is_told_where_it_stands(desk: Desk) -> None:
    desk.write("articles/es/nota.txt", TEXT)
    desk.write("templates/article.html", "{% include 'parts/top.html' %}")
    desk.write("templates/parts/top.html", "\n\n{{ page.dat }}")
    with pytest.raises(ArticleError, match=r"^templates/parts/top\.html:3: page has no dat"):
        desk.export()


@pytest.mark.parametrize("name", ["article.html", "article.css"])
def test_a_folder_named_like_a_template_is_not_passed_over(desk: Desk, name: str) -> None:
    desk.write("articles/es/nota.txt", TEXT)
    (desk.root / "templates" / name).mkdir(parents=True)
    with pytest.raises(ArticleError, match=rf"^templates/{name}: is a folder"):
        desk.export()


def test_a_mark_at_the_beginning_of_a_template_is_no_part_of_the_page(desk: Desk) -> None:
    desk.write("articles/es/nota.txt", TEXT)
    desk.write("templates/article.html", "\ufeff<p>{{ page.title }}</p>")
    desk.export()
    assert "\ufeff" not in desk.page("es/nota.html")


SAME = """source = "es"
targets = ["en"]
articles = "articles/{locale}"
catalogs = "catalogs/{locale}"
[export]
format = "same"
"""


def test_markdown_stays_markdown_when_asked(desk: Desk) -> None:
    desk.configure(SAME)
    desk.write("articles/es/nota.md", MARKDOWN)
    desk.translate("nota", "en", lambda msgid: {"Dos": "Two"}.get(msgid, ""))
    desk.export()
    expected = MARKDOWN.replace("- Dos", "- Two").replace(
        "tags: [libros]\n", "tags: [libros]\nlang: en\ntranslationKey: nota\n"
    )
    assert desk.page("en/nota.md") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Hola\n", "---\nlang: es\ntranslationKey: nota\n---\n\nHola\n"),
        ("---\nlang: xx\n---\nHola\n", "---\nlang: es\ntranslationKey: nota\n---\nHola\n"),
        (
            '+++\ntitle = "x"\n[a]\nb = 1\n+++\nHola\n',
            '+++\ntranslationKey = "nota"\nlang = "es"\ntitle = "x"\n[a]\nb = 1\n+++\nHola\n',
        ),
        (
            "---\r\na: 1\r\n---\r\nHola\r\n",
            "---\r\na: 1\r\nlang: es\r\ntranslationKey: nota\r\n---\r\nHola\r\n",
        ),
    ],
)
def test_front_matter_names_language_and_key(desk: Desk, source: str, expected: str) -> None:
    desk.configure(SAME)
    desk.write("articles/es/nota.md", source)
    desk.export()
    assert (desk.root / "site/es/nota.md").read_bytes().decode() == expected


@pytest.mark.parametrize("address", ["guias", "guias/", "./guias/_index.md", "guias#uno"])
def test_the_address_of_a_folder_stays_one_where_markdown_stays(
    desk: Desk, address: str
) -> None:
    desk.configure(SAME)
    desk.write("articles/es/guias/_index.md", "# Uno\n")
    desk.write("articles/es/nota.md", f"Lee [las guías]({address}).\n")
    desk.export()
    assert f"[las guías]({address})" in desk.page("es/nota.md")


def test_links_and_pictures_follow_where_markdown_stays(desk: Desk) -> None:
    article = '[[article]]\npath = "es/guia.md"\nout = { en = "guides/guide.html" }\n'
    desk.configure(SAME.replace("[export]", f"{article}[export]"))
    for name in ("a.jpg", "a.en.jpg", "b.png", "c.png"):
        desk.write(f"articles/es/img/{name}", name)
    desk.write("articles/es/guia.md", "Guía [nota](nota.md)\n")
    lines = (
        '[a](guia.md "G"), [b](/es/guia), [c](guia#x), [d](guia/), [e](https://x.org/a(b)), [f](#x)',
        "![g](img/a.jpg) [![h](img/b.png)](guia.md) ![i][j] `[k](guia.md)`",
        'Ver <a href="guia.md">l</a> y <img src="img/c.png" alt="x">',
        "<!-- l10n:off -->\n\n[m](guia.md)\n\n<!-- l10n:on -->",
        "> [n]\n>\n> [n]:\n> guia.md",
        "[j]: <img/a.jpg>",
    )
    desk.write("articles/es/nota.md", "\n\n".join(lines))
    for slug in ("guia", "nota"):
        desk.translate(slug, "en", lambda msgid: msgid)
    assert not desk.export().problems

    written = (
        (
            '[a](guides/guide.md "G"), [b](/en/guides/guide), [c](guides/guide#x), [d](guides/guide/),'
            " [e](https://x.org/a(b)), [f](#x)"
        ),
        "![g](img/a.en.jpg) [![h](img/b.png)](guides/guide.md) ![i][j] `[k](guia.md)`",
        'Ver <a href="guides/guide.md">l</a> y <img src="img/c.png" alt="x">',
        "<!-- l10n:off -->\n\n[m](guides/guide.md)\n\n<!-- l10n:on -->",
        "> [n]\n>\n> [n]:\n> guides/guide.md",
        "[j]: <img/a.en.jpg>",
    )
    assert desk.page("en/nota.md").endswith("\n\n".join(written))
    assert "[nota](../nota.md)" in desk.page("en/guides/guide.md")
    assert {path.name for path in (desk.root / "site/en/img").iterdir()} == {
        "a.en.jpg",
        "b.png",
        "c.png",
    }
    assert "[a](guia.md" in desk.page("es/nota.md")


def test_text_stays_text_when_asked(desk: Desk) -> None:
    desk.configure(SAME)
    desk.write("articles/es/nota.txt", TEXT)
    desk.export()
    assert Path(desk.root / "site/es/nota.txt").read_text() == TEXT


def test_a_page_written_alone_has_the_encoding_it_names(l10n: Run, tmp_path: Path) -> None:
    source = tmp_path / "faro.txt"
    source.write_bytes("El faro se apagó\n\nCerró en mayo.\n".encode("utf-16"))
    catalog = tmp_path / "faro.po"
    catalog.write_text(
        'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Source-Language: es\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n',
        encoding="utf-8",
    )
    for options in ((), ("--bilingual",)):
        page = tmp_path / "page.html"
        done = l10n("export", source, catalog, "-o", page, *options)
        assert done.returncode == 0, done.stderr
        text = page.read_text(encoding="utf-8")
        assert '<meta charset="utf-8">' in text
        assert "El faro se apagó" in text


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (("2,100", "0.85 €/kg"), True),
        (("−3,5 %", "—"), True),
        (("**12**", "`1 200`"), True),
        (("2,100", "none"), False),
        (("—", ""), False),
        (("3 de mayo", "4 de mayo"), False),
    ],
)
def test_columns_of_numbers_stand_to_the_right(
    page_of: Callable[..., str], cells: tuple[str, str], numbers: bool
) -> None:
    rows = "".join(f"| Uno | {cell} |\n" for cell in cells)
    page = page_of(f"# Tabla\n\n| A | B |\n|---|---|\n{rows}", form="markdown")
    assert len(re.findall(r'class="[^"]*\bnumber"', page)) == (3 if numbers else 0)


def test_the_side_that_an_author_sets_stays(page_of: Callable[..., str]) -> None:
    page = page_of("| A |\n|:-:|\n| 1 |\n", form="markdown")
    assert 'number"' not in page
    assert "text-align:center" in page


def test_cells_that_are_drafts_are_marked_by_a_line_the_notice_explains(
    page_of: Callable[..., str],
) -> None:
    page = page_of(
        "| A | B |\n|---|---|\n| Uno | Dos |\n",
        {"Uno": "One"},
        form="markdown",
        draft=True,
        drafts=True,
    )
    assert '<td class="l10n-draft">One</td>' in page
    assert ":where(th, td):where(.l10n-draft) { text-decoration: underline dotted" in page
    keys = re.findall(r'<span class="l10n-key l10n-key-(\w+)">([^<]+)</span>', page)
    assert [state for state, _text in keys] == ["draft", "untranslated"]

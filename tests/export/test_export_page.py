"""What stands on a page: translations, the source where there is none, drafts, left-out blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from l10n.errors import ArticleError

PageOf = Callable[..., str]

ARTICLE = """<!DOCTYPE html>
<html lang="es">
<head>
  <meta charset="utf-8">
  <title>La feria</title>
</head>
<body>
<main>
  <h1>La feria vuelve</h1>
  <p class="lead">Hay <a href="puestos.html">42 puestos</a> este año.</p>
  <p>Cierra el domingo.</p>
  <img src="feria.svg" alt="Tres casetas">
</main>
</body>
</html>
"""


def test_a_translation_takes_the_place_of_its_source(page_of: PageOf) -> None:
    page = page_of(
        ARTICLE,
        {"Hay <a1>42 puestos</a1> este año.": "This year there are <a1>42 stalls</a1>."},
    )
    assert (
        '<p class="lead">This year there are <a href="puestos.html">42 stalls</a>.</p>' in page
    )


def test_what_is_not_translated_says_so_on_its_own_tag(page_of: PageOf) -> None:
    page = page_of(ARTICLE, {"La feria vuelve": "The fair is back"})
    assert "<h1>The fair is back</h1>" in page
    assert '<p class="l10n-untranslated" lang="es">Cierra el domingo.</p>' in page
    assert '<p class="lead l10n-untranslated" lang="es">Hay' in page


def test_an_attribute_without_translation_keeps_the_source(page_of: PageOf) -> None:
    assert 'alt="Tres casetas"' in page_of(ARTICLE)


def test_a_draft_is_shown_only_when_asked_for(page_of: PageOf) -> None:
    draft = {"Cierra el domingo.": "It closes on Sunday."}
    assert "It closes" not in page_of(ARTICLE, draft, draft=True)
    page = page_of(ARTICLE, draft, draft=True, drafts=True)
    assert '<p class="l10n-draft">It closes on Sunday.</p>' in page


def test_a_broken_placeholder_falls_back_for_its_unit_alone(page_of: PageOf) -> None:
    page = page_of(
        ARTICLE,
        {
            "Hay <a1>42 puestos</a1> este año.": "This year there are 42 stalls.",
            "Cierra el domingo.": "It closes on Sunday.",
        },
    )
    assert '<a href="puestos.html">42 puestos</a>' in page
    assert "<p>It closes on Sunday.</p>" in page


@pytest.mark.parametrize(
    ("source", "msgid", "msgstr", "kept"),
    [
        (
            '<p><img src="a" alt="Foto de {{ nombre }}"></p>',
            "Foto de {{ nombre }}",
            "Photo of {{ name }}",
            'alt="Foto de {{ nombre }}"',
        ),
        (
            "<p>A {% if x %}b{% else %}c{% endif %} d</p>",
            "A <x1/>b<x2/>c<x3/> d",
            "A <x1/>b<x3/>c<x2/> d",
            "A {% if x %}b{% else %}c{% endif %} d</p>",
        ),
    ],
)
def test_broken_code_of_a_site_generator_falls_back(
    page_of: PageOf, source: str, msgid: str, msgstr: str, kept: str
) -> None:
    assert kept in page_of(source, {msgid: msgstr})


def test_code_that_prints_may_move(page_of: PageOf) -> None:
    page = page_of(
        "<p>De {{ a }} a {{ b }} va.</p>", {"De <x1/> a <x2/> va.": "<x2/> to <x1/>"}
    )
    assert "<p>{{ b }} to {{ a }}</p>" in page


def test_an_omitted_block_is_left_out(page_of: PageOf) -> None:
    page = page_of(ARTICLE, {"Cierra el domingo.": "<omit/>"})
    assert "Cierra el domingo" not in page
    assert "<p></p>" not in page


def test_a_block_that_shares_its_element_is_marked_apart(page_of: PageOf) -> None:
    page = page_of("<ul><li>Uno<ul><li>Dos</li></ul></li></ul>", {"Dos": "Two"})
    assert '<li><span class="l10n-untranslated" lang="es">Uno</span><ul><li>Two</li>' in page


def test_missing_passages_can_be_an_error(page_of: PageOf) -> None:
    with pytest.raises(ArticleError, match="not translated into en"):
        page_of(ARTICLE, {"La feria vuelve": "The fair is back"}, missing="fail")


def test_nothing_translated_changes_only_language_and_marks(page_of: PageOf) -> None:
    page = page_of("<p>Hola</p>")
    assert page == '<p class="l10n-untranslated" lang="es">Hola</p>'


def test_the_direction_is_marked_where_it_changes(page_of: PageOf) -> None:
    page = page_of(ARTICLE, target="ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert 'lang="es" dir="ltr"' in page


def test_a_part_in_the_source_language_becomes_the_pages_own(page_of: PageOf) -> None:
    source = '<div lang="es"><p>Hola</p><p>Dijo <i lang="es">hola</i>.</p><p lang="fr">Salut</p></div>'
    page = page_of(source, {"Hola": "Hi", "Dijo <i1>hola</i1>.": "He said <i1>hola</i1>."})
    assert page == (
        '<div lang="en"><p>Hi</p><p>He said <i lang="es">hola</i>.</p><p lang="fr">Salut</p></div>'
    )

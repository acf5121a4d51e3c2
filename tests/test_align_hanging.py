"""Attributes and metadata: what they hang on and what they say pairs them, never their place in a list."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from l10n.align import Alignment, align_articles
from l10n.articles import parse_article
from l10n.model import Kind


def pages(english: str, spanish: str, form: str = "html") -> Alignment:
    return align_articles(
        parse_article(english, path=Path(f"a.{form}"), locale="en", format=form),
        parse_article(spanish, path=Path(f"b.{form}"), locale="es", format=form),
    )


def aside(alignment: Alignment) -> dict[str, tuple[str, float]]:
    """Give for each attribute or metadata value of the source its counterpart and the score; `""` where it has none."""
    pairs = {}
    for bead in alignment.beads:
        for i in bead.source:
            segment = alignment.source_segments[i]
            if segment.kind in {Kind.ATTRIBUTE, Kind.METADATA}:
                text = " ".join(alignment.target_segments[j].text for j in bead.target)
                pairs[segment.text] = text, bead.score
    return pairs


def links(pairs: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<a href="{address}" title="{title}">x</a>, ' for address, title in pairs)
    return f"<p>See also {items} and more.</p>"


def test_lists_in_the_order_of_each_language_are_paired_by_what_they_say() -> None:
    pairs = aside(
        pages(
            links(
                ("https://en.example.org/wiki/" + name.replace(" ", "_"), name)
                for name in ("Arabic name", "Chinese name", "German name", "Swiss cheese")
            ),
            links(
                ("https://es.example.org/wiki/" + name.replace(" ", "_"), name)
                for name in ("Queso suizo", "Nombre alemán", "Nombre árabe", "Nombre chino")
            ),
        )
    )
    assert {name: text for name, (text, _score) in pairs.items()} == {
        "Arabic name": "Nombre árabe",
        "Chinese name": "Nombre chino",
        "German name": "Nombre alemán",
        "Swiss cheese": "Queso suizo",
    }


def test_the_same_image_pairs_descriptions_that_share_no_word() -> None:
    pairs = aside(
        pages(
            '<p>One <img src="/img/en/a.png" alt="Our funnel"> two <img src="b.png" alt="At dawn"></p>',
            '<p>Uno <img src="b.png" alt="De madrugada"> dos <img src="/img/es/a.png" alt="Embudo"></p>',
        )
    )
    assert pairs["Our funnel"][0] == "Embudo"
    assert pairs["At dawn"][0] == "De madrugada"
    assert min(score for _text, score in pairs.values()) >= 0.9


def test_titles_of_links_elsewhere_are_no_pair_because_both_are_alone() -> None:
    pairs = aside(
        pages(
            '<p>Take the bus. <a href="/a" title="Lighthouse">It</a> is old.</p><p>The end.</p>',
            '<p>Tome el autobús.</p><p>Fin. <a href="/z" title="Panadería de guardia">Aquí</a>.</p>',
        )
    )
    assert pairs["Lighthouse"] == ("", 0.0)


def test_markdown_images_are_paired_by_their_address() -> None:
    pairs = aside(
        pages(
            "![A quiet street](street.jpg)\n\nWords.\n\n![The old mill](mill.jpg)\n",
            "![El viejo molino](mill.jpg)\n\nPalabras.\n\n![Tranquilidad](street.jpg)\n",
            "markdown",
        )
    )
    assert pairs["A quiet street"][0] == "Tranquilidad"
    assert pairs["The old mill"][0] == "El viejo molino"


def test_a_page_has_one_title_whatever_it_says() -> None:
    pairs = aside(
        pages(
            "<title>Spreading the word</title><p>The fair opens on Saturday.</p>",
            "<title>Boca a boca</title><p>La feria abre el sábado.</p>",
        )
    )
    text, score = pairs["Spreading the word"]
    assert text == "Boca a boca"
    assert score < 0.95  # nothing but its place speaks for it

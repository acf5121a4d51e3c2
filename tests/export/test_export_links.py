"""Links lead to the reader's language, assets to localized files, and everything needed comes along."""

from __future__ import annotations

import pytest

from l10n.export.links import srcset_urls

from .conftest import Desk

HEAD = "<!DOCTYPE html><html lang=es><head><title>T</title>"


def english(desk: Desk, body: str, head: str = "", path: str = "feria.html") -> str:
    """Export one Spanish page among a few others and give its English edition."""
    desk.write("articles/es/" + path, f"{HEAD}{head}</head><body>{body}</body></html>")
    desk.write("articles/es/otra.html", HEAD + "</head><body><p>Otra</p></body></html>")
    desk.write("articles/es/guias/index.html", HEAD + "</head><body><p>Guías</p></body></html>")
    desk.write("articles/es/notas.txt", "Notas\n")
    for slug in ("otra", "guias/index", "notas", path.rpartition(".")[0]):
        desk.translate(slug, "en", str.upper)
    assert not desk.export().problems
    return desk.page("en/" + path)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("otra.html", "otra.html"),
        ("./otra.html#a", "./otra.html#a"),
        ("otra", "otra.html"),
        ("notas.txt?x=1#y", "notas.html?x=1#y"),
        ("guias/", "guias/"),
        ("guias/index.html", "guias/index.html"),
        ("/es/otra.html", "/en/otra.html"),
        ("/es/guias/", "/en/guias/"),
        ("https://example.org/es/otra.html?a=1", "https://example.org/en/otra.html?a=1"),
        ("https://example.com/es/otra.html", "https://example.com/es/otra.html"),
        ("#arriba", "#arriba"),
        ("", ""),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("missing.html", "missing.html"),
        ("http://[", "http://["),
        ("//example.org/es/otra.html", "//example.org/en/otra.html"),
        ("../../../etc/passwd", "../../../etc/passwd"),
        ("%00", "%00"),
        ("x" * 5000, "x" * 5000),
        ("x" * 300, "x" * 300),
    ],
)
def test_links_lead_to_the_localized_page(desk: Desk, href: str, expected: str) -> None:
    page = english(desk, f'<p><a href="{href}">x</a></p>')
    assert f'<a href="{expected}">' in page


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('href="/es/feria.html" hreflang="es"', 'href="/es/feria.html" hreflang="es"'),
        ('href="/es/feria.html" lang="es"', 'href="/es/feria.html" lang="es" hreflang="es"'),
        ('href="/en/feria.html" hreflang="en"', 'href="/en/feria.html" hreflang="en"'),
        ('href="/es/otra.html" hreflang="es"', 'href="/es/otra.html" hreflang="es"'),
        ('href="/es/otra.html" hreflang="fr"', 'href="/en/otra.html" hreflang="en"'),
        ('href="/es/otra.html" lang="es"', 'href="/en/otra.html" lang="es"'),
    ],
)
def test_a_link_to_a_language_on_purpose_keeps_it(desk: Desk, link: str, expected: str) -> None:
    page = english(desk, f"<nav><a {link}>Español</a></nav>")
    assert f"<a {expected}>" in page


def test_pictures_of_styles_in_the_page_come_along(desk: Desk) -> None:
    for name in ("a.jpg", "a.en.jpg", "b.jpg", "c.jpg"):
        desk.write(f"articles/es/img/{name}", name)
    page = english(
        desk,
        "<p style=\"background: url('img/a.jpg'), url(img/b.jpg)\">x</p>",
        head='<style>h1 { background: url("img/c.jpg") } p { background: url(missing.jpg) }</style>',
    )
    assert "url('img/a.en.jpg')" in page.replace("&#39;", "'")
    assert "url(img/b.jpg)" in page
    assert 'url("img/c.jpg")' in page
    assert {path.name for path in (desk.root / "site/en/img").iterdir()} >= {
        "a.en.jpg",
        "b.jpg",
        "c.jpg",
    }


def test_subtitles_in_the_readers_language_say_so(desk: Desk) -> None:
    desk.write("articles/es/v.vtt", "WEBVTT")
    desk.write("articles/es/v.en.vtt", "WEBVTT")
    desk.write("articles/es/w.vtt", "WEBVTT")
    page = english(
        desk, '<video><track srclang="es" src="v.vtt"><track srclang="es" src="w.vtt"></video>'
    )
    assert '<track srclang="en" src="v.en.vtt"><track srclang="es" src="w.vtt">' in page


def test_a_link_to_what_is_not_in_this_language_says_so(desk: Desk) -> None:
    desk.configure((desk.root / "l10n.toml").read_text() + 'missing = "hide-page"\n')
    desk.write("articles/es/sola.html", HEAD + "</head><body><p>Sola</p></body></html>")
    page = english(desk, '<p><a href="sola.html">x</a></p>')
    assert '<a href="../es/sola.html" hreflang="es">' in page


@pytest.mark.parametrize("href", ["/periódico/es/otra.html", "/peri%C3%B3dico/es/otra.html"])
def test_an_address_with_accents_is_the_site_s_own(desk: Desk, href: str) -> None:
    config = (desk.root / "l10n.toml").read_text()
    desk.configure(config.replace("https://example.org", "https://example.org/periódico"))
    page = english(desk, f'<p><a href="{href}">x</a></p>')
    assert '<a href="/peri%C3%B3dico/en/otra.html">' in page


def test_links_follow_renamed_pages(desk: Desk) -> None:
    config = (desk.root / "l10n.toml").read_text()
    article = '[[article]]\npath = "es/otra.html"\nout = { en = "news/other.html" }\n'
    desk.write("articles/es/otra.html", HEAD + "</head><body><p>Otra</p></body></html>")
    desk.configure(config.replace("[export]", f"{article}[export]"))
    page = english(desk, '<p><a href="otra.html">x</a></p>')
    assert '<a href="news/other.html">' in page
    assert (desk.root / "site/en/news/other.html").is_file()
    assert '<a href="../../es/otra.html"' in desk.page("en/news/other.html")


def test_assets_come_along_in_the_readers_language(desk: Desk) -> None:
    for name in (
        "mapa.svg",
        "mapa.en.svg",
        "foto.jpg",
        "foto-2x.jpg",
        "cartel.jpg",
        "nota.pdf",
    ):
        desk.write(f"articles/es/img/{name}", name)
    desk.write(
        "articles/es/estilo.css", "body { background: url('img/fondo.png') } @import 'x.css';"
    )
    desk.write("articles/es/img/fondo.png", b"png")
    desk.write("articles/es/x.css", "")
    page = english(
        desk,
        '<img src="img/mapa.svg" srcset="img/foto.jpg 1x, img/foto-2x.jpg 2x" alt="">'
        '<video poster="img/cartel.jpg"></video><p><a href="img/nota.pdf">pdf</a></p>',
        head='<link rel="stylesheet" href="estilo.css">',
    )
    assert 'src="img/mapa.en.svg"' in page
    assert 'srcset="img/foto.jpg 1x, img/foto-2x.jpg 2x"' in page
    site = desk.root / "site/en"
    for name in (
        "img/mapa.en.svg",
        "img/foto-2x.jpg",
        "img/cartel.jpg",
        "img/nota.pdf",
        "estilo.css",
        "img/fondo.png",
        "x.css",
    ):
        assert (site / name).is_file(), name
    assert not (site / "img/mapa.svg").exists()
    assert 'src="img/mapa.svg"' in desk.page("es/feria.html")


def test_a_folder_of_the_target_locale_has_localized_assets_too(desk: Desk) -> None:
    desk.write("articles/es/img/mapa.svg", "es")
    desk.write("articles/en/img/mapa.svg", "en")
    english(desk, '<img src="img/mapa.svg" alt="">')
    assert desk.page("en/img/mapa.svg") == "en"
    assert desk.page("es/img/mapa.svg") == "es"


@pytest.mark.parametrize("name", ["../../l10n.toml", ".secreto", "../../../../etc/hostname"])
def test_nothing_outside_the_articles_is_published(desk: Desk, name: str) -> None:
    desk.write("articles/es/.secreto", "s")
    english(desk, f'<p><a href="{name}">x</a></p><img src="{name}" alt="">')
    published = {path.name for path in (desk.root / "site").rglob("*") if path.is_file()}
    assert published <= {"feria.html", "otra.html", "index.html", "notas.html", "sitemap.xml"}


@pytest.mark.parametrize(
    ("value", "urls"),
    [
        ("a.jpg", ["a.jpg"]),
        ("a.jpg 1x, b.jpg 2x", ["a.jpg", "b.jpg"]),
        ("a.jpg, b.jpg 2x", ["a.jpg", "b.jpg"]),
        (" a.jpg 100w (x,y),b.jpg 200w ", ["a.jpg", "b.jpg"]),
        ("data:image/png;base64,AA,BB 1x, b.jpg 2x", ["data:image/png;base64,AA,BB", "b.jpg"]),
        (",,", []),
        ("", []),
        ("a.jpg,,b.jpg", ["a.jpg,,b.jpg"]),
    ],
)
def test_srcset_is_read_as_browsers_do(value: str, urls: list[str]) -> None:
    assert [value[start:end] for start, end in srcset_urls(value)] == urls


def test_a_page_with_a_base_keeps_its_links(desk: Desk) -> None:
    page = english(desk, '<p><a href="otra.md">x</a></p>', head='<base href="/x/">')
    assert '<a href="otra.md">' in page

"""The head of a page, and what is added for readers: addresses, languages, status, switcher, notice."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest

from l10n.articles import parse_article
from l10n.export import Page, Site, export_article
from l10n.export.choices import choose

from .conftest import catalog_of

ARTICLE = """<!DOCTYPE html>
<html lang="es">
<head>
  <meta charset="utf-8">
  <title>La feria</title>
  <link rel="canonical" href="https://example.org/es/feria.html">
  <meta property="og:url" content="https://example.org/es/feria.html">
  <script type="application/ld+json">
  {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "url": "https://example.org/es/feria.html",
    "headline": "La feria"
  }
  </script>
</head>
<body>
<main>
  <h1>La feria vuelve</h1>
  <p>Cierra el domingo.</p>
</main>
</body>
</html>
"""
XHTML = (
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="es" lang="es">'
    "<head><title>Hola</title></head><body><p>Uno</p></body></html>"
)
EVERYTHING = {
    "La feria": "The fair",
    "La feria vuelve": "The fair is back",
    "Cierra el domingo.": "It closes on Sunday.",
}
PATH = Path("/project/articles/es/feria.html")
PAGES = (
    Page("feria", "es", "es/feria.html", original=True),
    Page("feria", "en", "en/fair.html"),
    Page("feria", "pt", "pt/feira.html", indexable=False),
)
SITE = Site(PAGES, "https://example.org", files={PATH: ("feria", "es")})


def export(
    source: str = ARTICLE,
    *,
    target: str = "en",
    site: Site = SITE,
    translations: dict[str, str] | None = None,
    **options: bool,
) -> str:
    article = parse_article(source, path=PATH, locale="es", format="html")
    texts = EVERYTHING if translations is None else translations
    draft = options.pop("draft", False)
    catalog = None if target == "es" else catalog_of(article, target, texts, draft=draft)
    return export_article(article, catalog, target=target, site=site, **options)


def tags(page: str, name: str) -> list[dict[str, str]]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [dict(element.attrib) for element in tree.iter(name)]


def metas(page: str) -> dict[str, str]:
    return {
        meta.get("name") or meta.get("property", ""): meta.get("content", "")
        for meta in tags(page, "meta")
    }


def test_the_page_names_its_language() -> None:
    assert tags(export(), "html") == [{"lang": "en", "dir": "ltr"}]


def test_each_page_is_canonical_to_itself() -> None:
    for target, path in (("en", "en/fair.html"), ("es", "es/feria.html")):
        links = [
            link for link in tags(export(target=target), "link") if link["rel"] == "canonical"
        ]
        assert links == [{"rel": "canonical", "href": f"https://example.org/{path}"}]


def test_alternates_are_the_same_on_every_page_and_leave_out_the_unreviewed() -> None:
    expected = {
        "es": "https://example.org/es/feria.html",
        "en": "https://example.org/en/fair.html",
        "x-default": "https://example.org/es/feria.html",
    }
    for target in ("en", "es"):
        links = tags(export(target=target), "link")
        alternates = {link["hreflang"]: link["href"] for link in links if "hreflang" in link}
        assert alternates == expected


def test_a_page_below_the_threshold_is_kept_out_of_the_index() -> None:
    page = export(target="pt")
    assert metas(page)["robots"] == "noindex"
    assert "hreflang" not in "".join(str(link) for link in tags(page, "link"))


def test_robots_rules_of_the_article_are_kept_beside_noindex() -> None:
    source = ARTICLE.replace("<title>", '<meta name="robots" content="index, nofollow"><title>')
    assert metas(export(source, target="pt"))["robots"] == "noindex, nofollow"


def test_open_graph_names_language_and_territory() -> None:
    page = export()
    properties = [meta for meta in tags(page, "meta") if "property" in meta]
    assert {"property": "og:locale", "content": "en_US"} in properties
    assert {"property": "og:locale:alternate", "content": "es_ES"} in properties
    assert {"property": "og:url", "content": "https://example.org/en/fair.html"} in properties


def test_structured_data_names_language_and_original() -> None:
    script = re.search(r"ld\+json\">(.*?)</script>", export(), re.DOTALL)
    assert script
    assert json.loads(script[1]) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "inLanguage": "en",
        "translationOfWork": {"@id": "https://example.org/es/feria.html"},
        "url": "https://example.org/en/fair.html",
        "headline": "The fair",
    }


def structured(page: str) -> dict[str, object]:
    script = re.search(r"ld\+json\">(.*?)</script>", page, re.DOTALL)
    assert script
    found: dict[str, object] = json.loads(script[1])
    return found


def test_structured_data_in_objects_and_lists_is_of_the_page() -> None:
    here = "https://example.org/es/feria.html"
    source = ARTICLE.replace(
        f'"url": "{here}",',
        f"""
        "@id": "{here}#article", "mainEntityOfPage": {{"@type": "WebPage", "@id": "{here}"}},
        "workTranslation": [{{"@id": "https://example.org/en/fair.html"}}],
        "author": {{"@type": "Person", "name": "Ana", "url": "{here}"}},
        "articleBody": "La feria vuelve", "keywords": ["La feria", "puerto"],""",
    )
    found = structured(export(source))
    there = "https://example.org/en/fair.html"
    assert found["@id"] == f"{there}#article"
    assert found["mainEntityOfPage"] == {"@type": "WebPage", "@id": there}
    assert found["translationOfWork"] == {"@id": here}
    assert found["author"] == {"@type": "Person", "name": "Ana", "url": here}
    assert found["keywords"] == ["The fair", "puerto"]
    assert "workTranslation" not in found
    assert found["articleBody"] == "The fair is back"
    original = structured(export(source, target="es"))
    assert original["articleBody"] == "La feria vuelve"
    assert original["workTranslation"] == [{"@id": there}]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ('<meta http-equiv="Content-Language" content="es-ES">', "en"),
        ('<meta name="language" content="es">', "en"),
        ('<meta name="DC.language" content="fr">', "fr"),
        ('<meta name="twitter:url" content="x">', "https://example.org/en/fair.html"),
    ],
)
def test_other_words_for_the_language_follow(tag: str, expected: str) -> None:
    page = export(ARTICLE.replace("<title>", f"{tag}<title>"))
    assert tag.replace(tag.split('"')[3], expected) in page


def test_the_original_names_its_translations() -> None:
    script = re.search(r"ld\+json\">(.*?)</script>", export(target="es"), re.DOTALL)
    assert script
    found = json.loads(script[1])
    assert found["workTranslation"] == [{"@id": "https://example.org/en/fair.html"}]
    assert found["inLanguage"] == "es"


@pytest.mark.parametrize(
    "script",
    [
        "not json",
        '{"@type": "NewsArticle", "a": ',
        '{"@type": "Organization"}',
        "[]",
        "{}",
        "[" * 2000,
        '{"@type": "NewsArticle",' + '"a":{' * 3000,
    ],
)
def test_structured_data_that_is_no_article_stays(script: str) -> None:
    source = ARTICLE.replace('"@type": "NewsArticle",', "")
    source = re.sub(
        r"(ld\+json\">).*?(</script>)", lambda m: m[1] + script + m[2], source, flags=re.DOTALL
    )
    assert f'ld+json">{script}</script>' in export(source)


def test_without_an_address_nothing_absolute_is_written() -> None:
    site = replace(SITE, base_url="")
    page = export(site=site)
    assert "canonical" not in page
    assert "og:url" not in page
    assert "x-default" not in page
    assert "https://example.org/en" not in page


def test_the_status_is_told_to_machines() -> None:
    found = metas(export())
    assert found["l10n-status"] == "reviewed=0/4"
    assert found["generator"] == "l10n-workbench"
    assert "l10n-status" not in metas(export(target="es"))


def test_readers_can_switch_languages_by_their_own_names() -> None:
    page = export()
    assert '<nav class="l10n-switcher" aria-label=' in page
    assert (
        '<a href="../es/feria.html" rel="alternate" lang="es" hreflang="es">Español</a>' in page
    )
    assert '<span lang="en" aria-current="page">English</span>' in page
    assert "Português" in page


def test_the_switcher_goes_where_the_article_wants_it() -> None:
    source = ARTICLE.replace("</main>", '<nav class="l10n-switcher bar"></nav></main>')
    page = export(source)
    assert page.count("<nav") == 1
    switcher = (
        '<nav class="l10n-switcher bar" aria-label="Languages"><a href="../es/feria.html"'
    )
    assert switcher in page


def test_a_placed_switcher_is_labelled_in_the_language_of_the_page() -> None:
    source = ARTICLE.replace(
        "</main>", '<nav class="l10n-switcher" aria-label="Idiomas"></nav>'
    )
    assert 'aria-label="Languages">' in export(source)
    assert 'aria-label="Idiomas">' in export(source, target="es")


@pytest.mark.parametrize(
    ("source", "begins"),
    [
        ("<!DOCTYPE html>\n<html><meta charset=utf-8><title>T</title>\n<p>Uno</p>", "<p class"),
        ("<!DOCTYPE html>\n<p>Uno</p>", "<p class"),
        ("<!DOCTYPE html><p>Uno</p>", "<p class"),
        ("<!DOCTYPE html>Uno <b>dos</b>", "Uno"),
        ("<!DOCTYPE html><noscript><p>no</p></noscript><h1>Uno</h1>", "<h1 class"),
    ],
)
def test_a_page_without_body_is_told_of_drafts_too(source: str, begins: str) -> None:
    made = export(source, translations={"Uno": "Uno"}, draft=True, drafts=True)
    head, _nav, body = made.partition('<nav class="l10n-switcher"')
    assert '<div class="l10n-notice"' in body
    assert begins in body
    for wanted in ('rel="canonical"', 'hreflang="x-default"', '<style class="l10n-style">'):
        assert wanted in head
    again = export(made, translations={}, target="en")
    assert again.count("<nav") == again.count("canonical") == again.count("<style") == 1


def test_our_words_on_a_page_of_another_language_say_which_they_are() -> None:
    page = export(target="pt", translations={})
    assert '<div class="l10n-notice" role="note" lang="en" dir="ltr">' in page


@pytest.mark.parametrize(
    "inside",
    [
        '<div class="l10n-notice"><p lang="es">Vieja</p><a href="feria.html">x</a></div>',
        '<div class="l10n-notice"><nav class="l10n-switcher">x</nav></div>',
        '<nav class="l10n-switcher"><div class="l10n-notice">x</div></nav>',
    ],
)
def test_what_stood_in_our_own_elements_is_replaced_whole(inside: str) -> None:
    page = export(ARTICLE.replace("</main>", f"{inside}</main>"), translations={})
    assert "Vieja" not in page
    assert export(page, translations={}) is not None


def test_switcher_and_notice_can_be_left_out() -> None:
    page = export(site=replace(SITE, switcher=False, notice=False), translations={})
    assert "<nav" not in page
    assert 'role="note"' not in page


def test_readers_are_told_of_drafts_in_their_language() -> None:
    page = export(draft=True, drafts=True)
    assert "Machine-translated: 0 of 4 passages reviewed." in page
    assert "Read the original in Spanish" in page
    assert 'role="note"' not in export()


def test_readers_are_told_of_gaps() -> None:
    assert "Passages not yet translated are shown in Spanish." in export(translations={})


def test_an_original_keeps_the_region_its_author_named() -> None:
    source = ARTICLE.replace('lang="es"', 'lang="es-MX"').replace(
        '"@type"', '"inLanguage": "es-MX", "@type"'
    )
    page = export(source, target="es")
    assert '<html lang="es-MX" dir="ltr">' in page
    assert '"inLanguage": "es-MX"' in page
    assert '"inLanguage": "en"' in export(source)


@pytest.mark.parametrize("target", ["es", "en", "pt"])
def test_exporting_an_export_changes_nothing(target: str) -> None:
    once = export(target=target, draft=True, drafts=True)
    article = parse_article(once, path=PATH, locale=target, format="html")
    site = replace(SITE, files={PATH: ("feria", target)})
    assert export_article(article, None, target=target, site=site) == once


@pytest.mark.parametrize(
    "source",
    [
        "<!DOCTYPE html><title>Hola</title><p>Uno<p>Dos",
        "<!doctype html>\r\n<html>\r\n<head>\r\n<title>Hola</title>\r\n</head>\r\n<body>\r\n<p>Uno\r\n",
        "\ufeff<!DOCTYPE html><html><body><p>Uno</p>",
        "<html><head></head><p>Uno</p></html>",
        XHTML,
        "<title>Hola",
        "<!DOCTYPE html>",
        "<p>Uno</p>",
        "solo texto",
        "<html lang=es><body><!-- <head> --><p>Uno",
        "<HTML LANG='es'><HEAD><TITLE>Hola</TITLE></HEAD><BODY><P>Uno</BODY></HTML>",
    ],
)
def test_pages_of_any_shape_get_one_head_and_keep_their_text(source: str) -> None:
    page = export(source, translations={"Uno": "One", "Dos": "Two", "Hola": "Hi"})
    article = parse_article(page, path=PATH, locale="en", format="html")
    assert export_article(article, None, target="en", site=SITE) == page
    if "<html" in source.lower() or "<!doctype" in source.lower():
        assert tags(page, "html")[0]["lang"] == "en"
    if "\r\n" in source:
        assert page.count("\n") == page.count("\r\n")
    assert "Uno" not in page


MANY = 20_000


@pytest.mark.parametrize(
    "body",
    [
        "<a " * MANY,
        '<a x="' * MANY,
        "<!--" * MANY,
        "<div>" * 5000,
        '<nav class="l10n-switcher">' * MANY,
        '<p lang="es" class="l10n-draft">' * MANY,
        '<a href="x.html">y</a>' * MANY,
        '<img srcset="' + "a.jpg 1x," * MANY + '">',
        '<img srcset="' + ",(" * MANY + '">',
        f'<a href="{"../a/" * MANY}">x</a>',
        "<link rel=alternate hreflang=es href=x>" * MANY,
        '<script type="application/ld+json">' + '{"@graph":[' * MANY + "</script>",
        "<p " + " ".join(f"a{number}" for number in range(MANY)) + ">x",
    ],
    ids=lambda body: body[:24],
)
def test_hostile_pages_take_no_more_than_their_length(body: str) -> None:
    start = time.process_time()
    export(
        ARTICLE.replace("<main>", body), target="es", site=replace(SITE, root=Path("/nowhere"))
    )
    assert time.process_time() - start < 8, "a quadratic reader would take minutes"


def test_counts_are_of_units_not_of_blocks() -> None:
    article = parse_article("<p>Uno</p><p>Uno</p>", path=PATH, locale="es", format="html")
    choices = choose(
        article, catalog_of(article, "en", {"Uno": "One"}, reviewed=True), drafts=False
    )
    assert (choices.reviewed, choices.total, len(choices.blocks)) == (1, 1, 2)


def test_feeds_of_a_language_stay() -> None:
    feed = '<link rel="alternate" type="application/rss+xml" hreflang="es" href="/feed.xml">'
    source = f"<!doctype html><html><head><title>Hola</title>{feed}</head><p>Uno</p></html>"
    page = export(source, translations={"Uno": "One", "Hola": "Hi"})
    assert feed in page
    assert '<link rel="alternate" hreflang="es" href="' in page


def test_languages_are_found_from_a_page_with_a_base() -> None:
    source = '<!doctype html><html><head><base href="https://cdn.example.net/"></head><p>Uno</p></html>'
    page = export(source, translations={})
    addresses = [tag["href"] for tag in tags(page, "a")]
    assert "https://example.org/es/feria.html" in addresses
    assert all(address.startswith("https://example.org/") for address in addresses)


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("html", ARTICLE),
        ("markdown", "# La feria vuelve\n\nCierra el domingo.\n"),
        ("text", "La feria vuelve\n\nCierra el domingo.\n"),
    ],
)
def test_pages_of_every_format_say_the_same_of_themselves(form: str, source: str) -> None:
    article = parse_article(source, path=PATH, locale="es", format=form)
    texts = {"La feria": "The fair", "La feria vuelve": "The fair is back"}
    catalog = catalog_of(article, "en", texts)
    page = export_article(article, catalog, target="en", site=SITE)
    links = [(tag["rel"], tag.get("hreflang"), tag["href"]) for tag in tags(page, "link")]
    assert sorted(links, key=str) == [
        ("alternate", "en", "https://example.org/en/fair.html"),
        ("alternate", "es", "https://example.org/es/feria.html"),
        ("alternate", "x-default", "https://example.org/es/feria.html"),
        ("canonical", None, "https://example.org/en/fair.html"),
    ]
    named = metas(page)
    assert named["og:locale"] == "en_US"
    assert named["og:locale:alternate"] == "es_ES"
    assert named["generator"] == "l10n-workbench"
    assert named["l10n-status"] == f"reviewed=0/{len(article.units)}"
    (script,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL
    )
    members = json.loads(script)
    assert members["inLanguage"] == "en"
    assert members["translationOfWork"] == {"@id": "https://example.org/es/feria.html"}


def test_the_notice_says_when_somebody_last_reviewed() -> None:
    article = parse_article(ARTICLE, path=Path("/a/feria.html"), locale="es", format="html")
    first, second = [unit.msgid for unit in article.units][:2]
    catalog = catalog_of(article, "en", {first: first, second: second}, draft=True)
    entry = catalog.find(first, article.units[0].context)
    assert entry is not None
    entry.approve(by="Ana", at=datetime(2026, 11, 24, 9, tzinfo=UTC))
    page = export_article(article, catalog, target="en", drafts=True)
    assert "Last review: November 24, 2026." in page

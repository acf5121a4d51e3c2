"""Headings keep in a translation the names that links know them by, where Markdown stays Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.export.pages.heading_ids import with_heading_ids
from l10n.export.site import fragments
from l10n.model import Reading
from tests.conftest import Run


def called(source: str, translation: str, *names: str) -> str:
    return with_heading_ids(translation, source, names)


@pytest.mark.parametrize(
    ("source", "translation", "name", "written"),
    [
        # An attribute list where the source has such, an empty link elsewhere.
        ("## Set up\n", "## Montar\n", "set-up", '## <a id="set-up"></a>Montar\n'),
        ("# A {#a}\n\n## Set up\n", "# Á {#a}\n\n## Montar\n", "set-up", "# Á {#a}\n\n## Montar {#set-up}\n"),
        ("# A { #a }\n\n## B { .w }\n", "# Á { #a }\n\n## Be { .w }\n", "b", "# Á { #a }\n\n## Be { #b .w }\n"),
        ("# A {#a}\n\n## B ##\n", "# Á {#a}\n\n## Be ##\n", "b", "# Á {#a}\n\n## Be ## {#b}\n"),
        ("# A {#a}\r\n\r\n## B\r\n", "# Á {#a}\r\n\r\n## Be\r\n", "b", "# Á {#a}\r\n\r\n## Be {#b}\r\n"),
        ("# A {#a}\n\nSet\nup\n---\n", "# Á {#a}\n\nMontar\nya\n---\n", "set-up", "# Á {#a}\n\nMontar\nya {#set-up}\n---\n"),
        ("> ## Set up\n", "> ## Montar\n", "set-up", '> ## <a id="set-up"></a>Montar\n'),
        # Every generator's way to call a heading.
        ("## ¿Qué es *esto*?\n", "## What\n", "qué-es-esto", '## <a id="qué-es-esto"></a>What\n'),
        ("## ¿Qué es esto?\n", "## What\n", "que-es-esto", '## <a id="que-es-esto"></a>What\n'),
        ("## 2. A `b` & c\n", "## Dos\n", "2-a-b--c", '## <a id="2-a-b--c"></a>Dos\n'),
        ("## 2. A `b` & c\n", "## Dos\n", "a-b--c", '## <a id="a-b--c"></a>Dos\n'),
        ("## 2. A `b` & c\n", "## Dos\n", "_2-a-b-c", '## <a id="_2-a-b-c"></a>Dos\n'),
        ("## B\n\n## B\n", "## Be\n\n## Be\n", "b-1", '## Be\n\n## <a id="b-1"></a>Be\n'),
        ("## B\n\n## B\n", "## Be\n\n## Be\n", "b_1", '## Be\n\n## <a id="b_1"></a>Be\n'),
        # What nobody links to, what is called the same, what has a name, what is code.
        ("## Set up\n", "## Montar\n", "other", "## Montar\n"),
        ("## Set up\n", "## Set up\n", "set-up", "## Set up\n"),
        ("## Set up {#set-up}\n", "## Montar {#set-up}\n", "set-up", "## Montar {#set-up}\n"),
        ("## Set up {/*set-up*/}\n", "## Montar {/*set-up*/}\n", "set-up", "## Montar {/*set-up*/}\n"),
        # A site that has its ids in comments reads them there.
        ("# A {/*a*/}\n\n## Set up\n", "# Á {/*a*/}\n\n## Montar\n", "set-up", "# Á {/*a*/}\n\n## Montar {/*set-up*/}\n"),
        ("# A {/* #a */}\n\n## B\n", "# Á {/* #a */}\n\n## Be\n", "b", "# Á {/* #a */}\n\n## Be {/* #b */}\n"),
        ("```\n## Set up\n```\n", "```\n## Montar\n```\n", "set-up", "```\n## Montar\n```\n"),
    ],
)  # fmt: skip
def test_a_linked_heading_keeps_its_name(
    source: str, translation: str, name: str, written: str
) -> None:
    assert called(source, translation, name) == written


def test_front_matter_moves_no_line() -> None:
    source = "---\ntitle: x\n---\n# A {#a}\n\n## B\n"
    translation = "---\ntitle: x\nlang: es\n---\n# Á {#a}\n\n## Be\n"
    assert called(source, translation, "b").endswith("## Be {#b}\n")


def test_a_heading_that_is_left_out_shifts_no_other() -> None:
    written = with_heading_ids("## Ce\n", "## B\n\n## C\n", {"c"}, left_out={1})
    assert written == '## <a id="c"></a>Ce\n'
    assert with_heading_ids("## Ce\n", "## B\n\n## C\n", {"c"}) == "## Ce\n"


def test_links_of_every_kind_name_places() -> None:
    assert fragments('[a](#b-c) <a href="x.html#d"> [e](f.md#g%20h "t")\n\n[i]: #j\n') == {
        "b-c",
        "d",
        "g h",
        "j",
    }


def test_links_of_other_pages_count(newsroom: Path, l10n: Run) -> None:
    folder = newsroom / "locales/es/articles"
    for path in folder.iterdir():
        path.unlink()
    (folder / "a.md").write_text("Ver [la mitad](b.md#la-mitad).\n")
    (folder / "b.md").write_text("## La mitad\n\nMedia página.\n")
    (newsroom / "l10n.toml").write_text(
        'source = "es"\ntargets = ["en"]\nengines = []\n[export]\nformat = "same"\n'
    )
    assert l10n("update").returncode == 0
    path = newsroom / "locales/en/LC_MESSAGES/b.po"
    catalog = Catalog.load(path)
    catalog.entries[0].translate("Half")
    catalog.save()
    assert l10n("export", "-o", "out").returncode == 0
    # Front matter is for a generator, and such read lists of attributes.
    assert "## Half {#la-mitad}" in (newsroom / "out/en/b.md").read_text()
    assert "{#" not in (newsroom / "out/es/b.md").read_text()
    settings = newsroom / "l10n.toml"
    settings.write_text(settings.read_text() + "keys = false\n")
    assert l10n("export", "-o", "out").returncode == 0
    assert '## <a id="la-mitad"></a>Half' in (newsroom / "out/en/b.md").read_text()


@pytest.mark.parametrize(
    ("dialect", "matter", "heading"),
    [
        ("hugo", "", "## Montar {#set-up}"),
        ("jekyll", "", "## Montar {#set-up}"),
        ("docusaurus", "", "## Montar {#set-up}"),
        ("mdx", "---\ntitle: x\n---\n", "## Montar {/* #set-up */}"),
        # Not a link, which could not stand in a heading that the site makes a link of.
        ("astro", "---\ntitle: x\n---\n", '## <span id="set-up"></span>Montar'),
        ("github", "", '## <a id="set-up"></a>Montar'),
        ("", "---\ntitle: x\n---\n", "## Montar {#set-up}"),
        ("", "", '## <a id="set-up"></a>Montar'),
    ],
)
def test_an_id_is_written_as_the_generator_reads_it(
    dialect: str, matter: str, heading: str
) -> None:
    written = with_heading_ids(
        f"{matter}## Montar\n", f"{matter}## Set up\n", {"set-up"}, reading=Reading(dialect)
    )
    assert written == f"{matter}{heading}\n"

"""Whatever stands in a catalog is text: checked by a strict parser and by a real browser."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.articles import parse_article
from l10n.export import export_article
from l10n.export.previews.bilingual import render_bilingual
from l10n.export.serve import serve
from l10n.text.markup import OMIT, tokens

from .conftest import catalog_of

ATTACKS = (
    (Path(__file__).parent.parent / "data/export/attacks.txt").read_text("utf-8").splitlines()
)

HTML = """<!DOCTYPE html><html lang="es"><head><title>Hola</title>
<meta name="description" content="Una descripción">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Un titular"}</script></head>
<body><h1>Un título</h1><p>Hay <a href="x.html">42 <b>casetas</b></a><br>y <code>x</code>.</p>
<img alt='Una imagen' src=a.png><input type=submit value=Enviar><p title=corto>Un párrafo</p>
<table><tr><td>Una celda</td></tr></table><svg><text>No</text></svg>
<select><option>Una opción</option></select><textarea>Un área</textarea></body></html>"""
MARKDOWN = """---
title: Un título
---

# Un titular

Hay [42 **casetas**](x.md) y `código`, ![una imagen](a.png).

> Una cita

| a | Una celda |
|---|---|
| b | c |

<div>Una caja</div>
"""
TEXT = (
    "Un titular\n\nUna entradilla de más de cinco palabras aquí.\n\n- Una cosa\n- Otra cosa\n"
)
SOURCES = {"html": HTML, "markdown": MARKDOWN, "text": TEXT}


def page(form: str, translate: dict[str, str]) -> str:
    article = parse_article(SOURCES[form], path=Path(f"/a/x.{form}"), locale="es", format=form)
    return export_article(article, catalog_of(article, "en", translate), target="en")


def units(form: str) -> list[str]:
    article = parse_article(SOURCES[form], path=Path(f"/a/x.{form}"), locale="es", format=form)
    return [unit.msgid for unit in article.units]


def skeleton(text: str) -> Counter[tuple[str, ...]]:
    """Give every element with its attribute names, and the values that could run something."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    found: Counter[tuple[str, ...]] = Counter()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            found["#comment",] += 1
            continue
        addresses = [v for k, v in element.attrib.items() if k in {"href", "src", "style"}]
        found[element.tag, *sorted(map(str, element.attrib)), *addresses] += 1
    return found


def attacked(msgid: str, attack: str) -> str:
    """Put an attack into a translation that keeps every token of its source."""
    return attack + "".join(token.text for token in tokens(msgid)) + attack


@pytest.mark.parametrize("form", SOURCES)
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_becomes_markup(form: str, attack: str) -> None:
    harmless = page(form, {msgid: attacked(msgid, "harmless") for msgid in units(form)})
    hostile = page(form, {msgid: attacked(msgid, attack) for msgid in units(form)})
    assert skeleton(hostile) in (skeleton(harmless), skeleton(page(form, {})))


@pytest.mark.parametrize("form", SOURCES)
def test_no_attack_becomes_markup_in_a_preview(form: str) -> None:
    article = parse_article(SOURCES[form], path=Path(f"/a/x.{form}"), locale="es", format=form)

    def preview(attack: str) -> str:
        texts = {msgid: attacked(msgid, attack) for msgid in units(form)}
        return render_bilingual(article, catalog_of(article, "en", texts), target="en")

    assert set(skeleton("".join(map(preview, batches())))) <= set(skeleton(preview("harmless"))) | {
        ("b", "aria-hidden"), ("span", "class"), ("p", "class", "lang"), ("span", "class", "title"), ("br",),
    }  # fmt: skip


def pieces() -> Iterator[str]:
    yield from (
        "<",
        ">",
        "</",
        "/>",
        '"',
        "'",
        "`",
        "&",
        "&lt;",
        "&#60;",
        "&amp;lt;",
        "<!--",
        "-->",
        "]]>",
    )
    yield from (
        "script",
        "style",
        " onload=",
        "javascript:",
        "\\",
        "[",
        "](",
        ")",
        "!",
        "*",
        "_",
        "{",
        "}",
        "\n",
        "|",
        "#",
    )
    yield from (
        "<a1>",
        "</a1>",
        "<br1/>",
        OMIT,
        "texto",
        " ",
        "\u202e",
        "\u00a0",
        "\ufeff",
        "---",
        "```",
        "://",
        "$",
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(list(pieces())), max_size=12), st.sampled_from(list(SOURCES)))
def test_no_text_whatever_becomes_markup(parts: list[str], form: str) -> None:
    attack = "".join(parts).strip() or "x"
    texts = {msgid: attacked(msgid, attack) for msgid in units(form)}
    found = skeleton(page(form, texts))
    allowed = skeleton(page(form, {})) + skeleton(
        page(form, {msgid: attacked(msgid, "x") for msgid in units(form)})
    )
    strange = {key for key in found if key not in allowed and key[0] not in {"br", "p", "span"}}
    assert not strange


PAYLOAD = "parent.document.title=1"
AT_ONCE = 8


def batches() -> Iterator[str]:
    """Give the attacks several at a time; one that holds a token of ours takes its unit out, so it stands alone."""
    alone = [attack for attack in ATTACKS if tokens(attack)]
    others = [attack for attack in ATTACKS if attack not in alone]
    for first in range(0, len(others), AT_ONCE):
        yield " ".join(others[first : first + AT_ONCE])
    yield from alone


def title_after(address: str, profile: Path) -> str:
    """Give the title of a page after a browser has run it and the pages in its frames."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}")
    dom = subprocess.run(
        ["chromium", *options, "--virtual-time-budget=3000", "--dump-dom", address],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    return dom.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Chromium")
def test_a_browser_runs_nothing_of_a_catalog(tmp_path: Path) -> None:
    names = []
    for form in SOURCES:
        for attack in batches():
            names.append(f"{len(names)}.html")
            texts = {m: attacked(m, attack.replace("alert(1)", PAYLOAD)) for m in units(form)}
            (tmp_path / names[-1]).write_text(page(form, texts), "utf-8")
    (tmp_path / "bad.html").write_text(f"<img src=x onerror={PAYLOAD}>")
    frames = "".join(f'<iframe src="{name}"></iframe>' for name in names)
    (tmp_path / "good.html").write_text(f"<title>safe</title>{frames}")
    (tmp_path / "control.html").write_text(
        f'<title>safe</title>{frames}<iframe src="bad.html"></iframe>'
    )
    with serve(tmp_path) as address:
        assert title_after(address + "control.html", tmp_path / "profile") == "1"
        assert title_after(address + "good.html", tmp_path / "profile") == "safe"

"""Landmarks: those found in a source and moved along are those of the translated page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from l10n.articles import parse_article
from l10n.articles.rewrite import apply, html_edits
from l10n.export.edits import Edit, in_order
from l10n.export.landmarks import landmarks

PAGE = """<!doctype html><html lang="en"><head><title>Fair</title>
<meta name="description" content="A fair"><script type="application/ld+json">{"headline": "A fair"}</script></head>
<body><nav class="l10n-switcher"><a href="x.html">Here</a></nav>
<main lang="en"><p>See <a href="a.html" title="Way in">the gate</a> and <b>the <img src="i.png" alt="A view"></b>.</p>
<p><a href="b.html">Tickets</a></p><nav>More</nav></main></body></html>
"""


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda msgid: msgid,
        lambda msgid: f"lang= &lt;a href> l10n- {msgid} <i><!--",
        lambda _msgid: "",
        lambda _msgid: None,
        lambda msgid: (
            f"{msgid[len(msgid) // 2 :]} x"
            if "<" not in msgid
            else "<b1><img1/></b1> <a1>z</a1>"
        ),
    ],
    ids=["same", "longer", "empty", "left out", "other order"],
)
def test_moved_landmarks_are_those_of_the_translated_page(
    rewritten: Callable[[str], str | None],
) -> None:
    article = parse_article(PAGE, path=Path("fair.html"), locale="en", format="html")
    put = {number: rewritten(block.unit.msgid) for number, block in enumerate(article.blocks)}
    edits = in_order(html_edits(PAGE, article.blocks, put))

    moved = landmarks(PAGE).moved(edits, xml=False)
    fresh = landmarks(apply(PAGE, edits))

    assert moved.marks == fresh.marks
    assert moved.ours == fresh.ours
    assert moved.languages == fresh.languages


def test_a_tag_moves_behind_what_is_put_before_it_and_grows_with_what_is_put_in() -> None:
    page = '<p>a <img src="i"></p>'
    edits = [Edit(5, 5, "<span>"), Edit(15, 16, "icon"), Edit(18, 18, "</span>")]

    (image,) = landmarks(page).moved(edits, xml=False).marks

    assert apply(page, edits)[image[2] : image[3]] == '<img src="icon">'

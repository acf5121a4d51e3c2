"""Character references: what browsers show, whatever stands in the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.articles import parse_article
from l10n.text.references import decode_references


@pytest.mark.parametrize(
    ("spelled", "shown"),
    [
        ("caf&eacute; &amp; t&#233; &#xE9;", "café & té é"),
        ("&#00000000233; &#x0000000E9;", "é é"),
        ("a &#9999999; b &#x110000; c", "a \ufffd b \ufffd c"),
        (f"a &#{'7' * 5000}; b &#x{'f' * 5000}; c", "a \ufffd b \ufffd c"),
        (f"a &#{'7' * 5000} b", "a \ufffd b"),
        ("&#; &#x; R&D", "&#; &#x; R&D"),
    ],
)
def test_references_are_decoded_whatever_their_number(spelled: str, shown: str) -> None:
    assert decode_references(spelled) == shown


@pytest.mark.parametrize("suffix", ["html", "md"])
def test_an_article_with_an_endless_reference_is_read(suffix: str) -> None:
    source = f"<p>Before &#{'7' * 5000}; after</p>\n"
    form = {"html": "html", "md": "markdown"}[suffix]
    article = parse_article(source, path=Path(f"a.{suffix}"), locale="en", format=form)
    assert "Before \ufffd after" in [block.unit.msgid for block in article.blocks]

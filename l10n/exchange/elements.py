"""XML as exchange formats write it: text, attributes, and what XML has no character for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML file may hold, not even as references."""


def text_and_unwritable(text: str) -> Iterator[tuple[str, str]]:
    """Yield the text as XML, cut where a character cannot stand, and that character or nothing."""
    end = 0
    for match in UNWRITABLE.finditer(text):
        yield write_text(text[end : match.start()]), match[0]
        end = match.end()
    yield write_text(text[end:]), ""


def write_text(text: str) -> str:
    """Return a text as XML, without what XML cannot hold; a return stays one, which parsers make a line feed."""
    return escape(UNWRITABLE.sub("", text), {"\r": "&#13;"})


def write_attributes(**attributes: str | int | None) -> str:
    """Return attributes with a space before each, `_` in names as `:`, `__` as `-`; those that are None are left out."""
    return "".join(
        f" {name.replace('__', '-').replace('_', ':')}={_quoted(str(value))}"
        for name, value in attributes.items()
        if value is not None
    )


def _quoted(text: str) -> str:
    text = UNWRITABLE.sub("", text)
    return quoteattr(text, {"\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})

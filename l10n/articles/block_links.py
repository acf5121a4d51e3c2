"""The links of a block: those among its placeholders, and one around the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.model import Article, Block
from l10n.text.references import decode_references

_BEHIND = re.compile(r"[*_~]*\]\(\s*<?([^\s<>()]+)>?(?:\s[^()\n]*)?\)")
"""What follows the text of a link of Markdown that holds all of a block; emphasis may end with it."""
_BEFORE = re.compile(
    r"""<a\s[^<>]*?\bhref\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s<>"']+))[^<>]*>(?:\s|<[a-z][^<>]*>)*\Z""",
    re.IGNORECASE,
)
_REACH = 500
"""Characters before a block in which the tag of a link around it stands."""
_CUT = "…"
"""Ends an address that was too long to be told whole."""


_LASTING = ("https://", "http://", "mailto:", "tel:", "/")


def is_lasting(address: str) -> bool:
    """Whether an address means the same wherever it stands: with a host or a letter box, or from the root of its site."""
    return address.lower().startswith(_LASTING)


def block_links(article: Article, block: Block) -> Iterator[str]:
    """Yield the addresses that the links of a block lead to, in order; cut ones left out."""
    around = _around(article, block)
    if around is not None:
        yield around
    for placeholder in block.unit.placeholders:
        address = placeholder.stands_for
        if placeholder.tag == "a" and address and not address.endswith(_CUT):
            yield address


def _around(article: Article, block: Block) -> str | None:
    """Return the address of a link that holds the whole text, which stays outside of its unit."""
    match = _BEHIND.match(article.text, block.end)
    if match is not None:
        return decode_references(match[1])
    match = _BEFORE.search(article.text[max(0, block.start - _REACH) : block.start])
    return decode_references(match[1] or match[2] or match[3] or "") or None if match else None

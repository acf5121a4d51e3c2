"""Emphasis around the whole text of a block, which stays outside of its unit."""

from __future__ import annotations

import re

from l10n.model import Article, Block

_MARKS = {"*": ("em",), "**": ("strong",), "***": ("em", "strong")}
_SIGNS = re.compile(r"(\*{1,3}|_{1,3})\Z")
_TAG = r"<(em|i|strong|b)(?:\s[^<>]*)?>\s*"
_OPENED = re.compile(rf"(?:{_TAG})+\Z", re.IGNORECASE)
_NAME = re.compile(_TAG, re.IGNORECASE)
_SAME = {"i": "em", "b": "strong"}
_REACH = 200
"""Characters before a text in which the tags around it stand."""


def enclosing_emphasis(article: Article, block: Block) -> tuple[str, ...]:
    """Return `em` and `strong` as they stand around the whole of a block, the outer first."""
    before = article.text[max(0, block.start - _REACH) : block.start]
    signs = _SIGNS.search(before)
    if signs is not None and article.format == "markdown":
        # The same signs end it: one that stands alone is text.
        if article.text.startswith(signs[1][::-1], block.end):
            return _MARKS[signs[1].replace("_", "*")]
        return ()
    tags = _OPENED.search(before)
    names = [name.lower() for name in _NAME.findall(tags[0])] if tags is not None else []
    closing = "".join(rf"\s*</{name}\s*>" for name in reversed(names))
    if not names or not re.compile(closing, re.IGNORECASE).match(article.text, block.end):
        return ()
    return tuple(_SAME.get(name, name) for name in names)

"""What an author keeps from translation: between two comments, or in an element with `translate="no"`."""

from __future__ import annotations

import re
from collections import defaultdict

from l10n.articles.html.comments import SWITCH
from l10n.articles.html.elements import IMPLIED_ENDS, STANDARD
from l10n.articles.html.tag_meaning import tag_meaning
from l10n.articles.html.tokens import (
    VOID,
    TokenKind,
    TokenTuple,
    is_self_closing,
    scan_markup,
)

_ENDS_BY_ITSELF = VOID.union(*IMPLIED_ENDS.values())
"""Elements that end with whatever follows, or hold nothing: no further block is in them."""
_START, _END, _COMMENT = (int(TokenKind[name]) for name in ("START", "END", "COMMENT"))
_MAY_KEEP = re.compile(r"<[A-Za-z][^<>]*(?:translate|l10n-skip)", re.IGNORECASE)
"""Whether a text has a tag that may say so: most have none."""


def _keeps(tag: str, name: str) -> bool:
    """Whether a start tag says that what is in its element is not translated."""
    meaning = tag_meaning(tag, name)
    return meaning.skip or meaning.translate is False


def _opens(markup: str, token: TokenTuple, *, is_mdx: bool) -> bool:
    """Whether a start tag begins what an end tag ends: to HTML's own elements a slash means nothing, but in MDX."""
    _kind, name, start, _end = token
    is_component = name not in STANDARD or not markup.startswith(name, start + 1)
    return not ((is_mdx or is_component) and is_self_closing(markup, token))


class Keeping:
    """Whether translation is off, from one block of raw HTML to the next: an element may hold blocks of Markdown."""

    def __init__(self, *, is_mdx: bool) -> None:
        self._is_mdx = is_mdx
        self._is_switched_off = False
        self._element = ""
        """The element that keeps what is in it."""
        self._depth = 0
        """How many elements of that name are open in it, itself included."""

    @property
    def is_off(self) -> bool:
        """Whether an author keeps what follows."""
        return self._is_switched_off or self._depth > 0

    def read(self, markup: str) -> None:
        """Do what the comments and tags of a block say."""
        for token in scan_markup(markup, xml=False):
            kind, name, start, end = token
            if kind == _START and not _opens(markup, token, is_mdx=self._is_mdx):
                continue
            if kind == _COMMENT and (switch := SWITCH.fullmatch(markup, start, end)):
                self._is_switched_off = switch[1].lower() == "off"
            elif self._depth and name == self._element and kind in (_START, _END):
                self._depth += 1 if kind == _START else -1
            elif (
                kind == _START
                and not self._depth
                and name not in _ENDS_BY_ITSELF
                and _keeps(markup[start:end], name)
            ):
                self._element, self._depth = name, 1


def kept_elements(text: str, *, is_mdx: bool) -> dict[int, int]:
    """Return where the elements of a text end whose author keeps them from translation, by where they begin."""
    ends: dict[int, int] = {}
    if not _MAY_KEEP.search(text):
        return ends
    opened: defaultdict[str, list[int]] = defaultdict(list)
    for token in scan_markup(text, xml=False):
        kind, name, start, end = token
        if kind == _START and name not in VOID:
            if _opens(text, token, is_mdx=is_mdx):
                opened[name].append(start if _keeps(text[start:end], name) else -1)
        elif kind == _END and opened[name] and (begin := opened[name].pop()) >= 0:
            ends[begin] = end
    return ends

"""Whether a reader read what stands there: what a unit replaces in a source must read as its msgid."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from l10n.articles.html.tokens import decode_attribute
from l10n.articles.markdown import attributes
from l10n.articles.words import normalize
from l10n.model import Block
from l10n.text.markup import decode, escape
from l10n.text.references import decode_references

_LETTERS = re.compile(r"[^\W_]+")
_UNREAD_MARKUP = re.compile(r"<!--.*?--!?>|<!\[CDATA\[(.*?)\]\]>|<!\[|\]\]>", re.DOTALL)
"""What stands in a text of HTML without a token: comments to translators, the marks of CDATA, within which nothing is one."""
_EDGES = "<{>}"
"""What markup and code of site generators begin and end with."""
_IGNORED = dict.fromkeys(map(ord, "\0\4\u200b\ufeff"))
_MARKDOWN = frozenset({"markdown", "cell", "alt", "alt label", "title"})


def verified(source: str, blocks: Iterable[Block], *, markup: bool) -> tuple[Block, ...]:
    """Return the blocks whose place in the source reads as their msgid; `markup` when it may have references.

    Any other would be written over something that nobody was shown: it is not offered, and so told of.
    """
    return tuple(
        block
        for block in blocks
        # Most texts stand in the source as they are, and to see it takes a tenth of the time of a call.
        if source[block.start : block.end] == block.unit.msgid
        or stands_there(source, block, markup=markup)
    )


def stands_there(source: str, block: Block, *, markup: bool) -> bool:
    """Whether the source between the offsets of a block reads as its msgid.

    Of Markdown letters and digits are compared: what it writes between them, escapes, marks of quotes, is its own.
    """
    start, end, unit = block.start, block.end, block.unit
    msgid = unit.msgid
    spelled = source[start:end]
    if not 0 <= start < end:
        return False
    role = block.role.removeprefix("cell ").removeprefix("html ")
    if role in ("json", "toml", "yaml", "yaml flow"):
        return _letters(decode(msgid)) == _letters(_value(spelled, role))
    if role.startswith("code "):
        return _letters(decode(msgid)) == _letters(spelled)
    decoded = _decoder(role, markup=markup) if "&" in spelled or "\\" in spelled else None
    text = decoded(spelled) if decoded else spelled
    is_markdown = role in _MARKDOWN
    # At an edge where a msgid has a token, markup must stand.
    edges = "" if is_markdown else _EDGES
    flowing = " ".join(text.split()) if "\n" in text or "\xa0" not in text else text
    if "<" not in msgid:
        if flowing == decode(msgid):
            return True
    elif _in_order(flowing, _pieces(msgid), edges):
        return True
    if is_markdown:
        # The text of a picture may hold marks of emphasis, or a link, which are none of its words.
        pieces = decode(msgid).split() if role.startswith("alt") else _pieces(msgid)
        return _in_order(_letters(text), [_letters(piece) for piece in pieces], "")
    if "<!" in spelled:
        spelled = _UNREAD_MARKUP.sub(lambda match: escape(match[1] or ""), spelled)
        text = decoded(spelled) if decoded else spelled
    signs = [_signs(piece) for piece in _pieces(msgid)]
    # Where no sign of a format can stand but those decoded above, every character counts.
    return (
        _signs(text) == signs[0] if len(signs) == 1 else _in_order(_signs(text), signs, edges)
    )


def _pieces(msgid: str) -> list[str]:
    """Return the texts between the tokens of a msgid, in which every such sign begins one."""
    # To cut at it takes a third of the time of a regular expression.
    first, *others = msgid.split("<")
    return [decode(first), *(decode(other[other.find(">") + 1 :]) for other in others)]


def _in_order(text: str, pieces: Sequence[str], edges: str) -> bool:
    """Whether pieces stand in a text one after another; with `edges`, the first and the last one at its ends."""
    if edges:
        first, last = pieces[0], pieces[-1]
        if not (text.startswith(first) if first else text[:1] in edges):
            return False
        if not (text.endswith(last) if last else text[-1:] in edges):
            return False
    at = 0
    for piece in pieces:
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _decoder(role: str, *, markup: bool) -> Callable[[str], str] | None:
    """Return what decodes the references of a source in a role; None where it has none."""
    if role in _MARKDOWN:
        return decode
    if role in ("attribute", "bare"):
        return decode_attribute
    if role == "shortcode":
        return partial(attributes.decoded, role=role)
    return decode_references if markup else None


def _letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(_LETTERS.findall(text if text.isascii() else normalize(text)))


def _signs(text: str) -> str:
    """Return all of a text but its white space and what no catalog holds."""
    return "".join(normalize(text).translate(_IGNORED).split())


def _value(spelled: str, role: str) -> str:
    """Return the text that a value of structured data or of front matter stands for."""
    if role == "json":
        try:
            value = json.loads(f'"{spelled}"', strict=False)
        except ValueError:
            return ""
        return value if isinstance(value, str) else ""
    from l10n.articles.markdown.frontmatter import read_value  # noqa: PLC0415 - YAML loads slowly

    return read_value(spelled, role)

"""The pictures of an article as its text names them, and which of a translation stand where others of the original do."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

_CODE = re.compile(
    r"^([ \t]*(?:```|~~~)).*?^\1|<(script|style|pre)\b.*?</\2>|(?<!`)`[^`\n]{1,1000}`(?!`)",
    re.DOTALL | re.MULTILINE,
)
_PICTURE = re.compile(
    r"""!\[[^\]\n]{0,1000}\]\([ \t]*(?:<([^<>\n]{1,1000})>|((?:[^()\n"']|\([^()\n"']{0,100}\)){1,1000}?))[ \t]*(?:["'][^"'\n]{0,1000}["'])?[ \t]*\)"""
    r"""|<img\b[^<>]{0,1000}?\bsrc[ \t]*=[ \t]*["']([^"'<>\n]{1,1000})["']""",
    re.IGNORECASE,
)
"""`![text](address "title")`, with spaces in the address as some generators allow, and `<img src="…">`."""


def pictures(text: str) -> list[str]:
    """Return the addresses of the pictures of an article, in order."""
    return [
        next(filter(None, match.groups()), "")
        for match in _PICTURE.finditer(_CODE.sub("", text))
    ]


def picture_name(address: str) -> str:
    """Return what a picture is called wherever the page lies that shows it."""
    return posixpath.basename(unquote(address))


def picture_pairs(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of pictures that stand in each other's place; nothing where the two have not as many others."""
    ours, theirs = pictures(source), pictures(target)
    first, second = _others(ours, theirs), _others(theirs, ours)
    if len(first) == len(second):
        yield from zip(first, second, strict=True)


def _others(addresses: list[str], of_the_other: list[str]) -> list[str]:
    """Return the pictures that the other side lacks."""
    shared = Counter(map(picture_name, of_the_other))
    others = []
    for address in addresses:
        name = picture_name(address)
        if shared[name]:
            shared[name] -= 1
        else:
            others.append(address)
    return others


def missing_pictures(before: str, after: str) -> list[str]:
    """Return the addresses of pictures that a text had and another lacks."""
    return _others(pictures(before), pictures(after))

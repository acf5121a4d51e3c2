"""Texts between tags: what is white space, what says something, how a msgid writes it."""

from __future__ import annotations

import re
import unicodedata

from l10n.articles.sitecode import without_code

EDGE_SPACE = " \t\n\r\f\v\xa0\u200b\ufeff"
"""Characters that are furniture at the edges of a text, but never inside it."""

_EDGE_REFERENCES = tuple(
    f"&{name};"
    for name in (
        *("nbsp", "#160", "#xa0", "#xA0", "#XA0"),
        *("ZeroWidthSpace", "#8203", "#x200b", "#x200B", "#X200B"),
    )
)
"""How sources spell no-break and zero-width spaces."""
_LEADING = re.compile(rf"(?>(?:[{EDGE_SPACE}]|{'|'.join(_EDGE_REFERENCES)})*)")
_LINE_END = re.compile(r"\r\n?|\n")
WORD = re.compile(r"[^\W_]")
"""A letter or digit."""
_LONG = 200
"""Characters of a URL or code span that a `#.` comment shows at most."""


def has_words(text: str) -> bool:
    """Whether a decoded text has a letter or digit besides code, so that there is something to translate."""
    return WORD.search(without_code(text)) is not None


def normalize(text: str) -> str:
    """Return text in NFC without NUL, which browsers drop, and EOT, which gettext keeps for itself."""
    if "\0" in text or "\4" in text:
        text = text.replace("\0", "").replace("\4", "")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def collapse(text: str) -> str:
    """Return text with runs of white space as one space; no-break spaces and their relatives stay."""
    # Looking for each first is faster than a regular expression: few texts hold one.
    for odd in "\n\t\r\f\v":
        if odd in text:
            text = text.replace(odd, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def shorten(text: str) -> str:
    """Return text on one line, cut to what a comment can show."""
    if not text.isalnum():
        text = " ".join(text.split())
    return text if len(text) <= _LONG else text[:_LONG] + "…"


def trim(source: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets without white space at the edges; no-break spaces there are furniture, too."""
    text = source[start:end]
    bare = text.strip(EDGE_SPACE)
    # Nearly all texts begin and end with something else than a reference that may be a no-break space.
    if bare and bare[0] != "&" and bare[-1] != ";":
        if len(bare) < len(text):
            start = end - len(text.lstrip(EDGE_SPACE))
        return start, start + len(bare)
    match = _LEADING.match(source, start, end)
    if match is not None:
        start = match.end()
    while end > start:
        if source[end - 1] in EDGE_SPACE:
            end -= 1
        elif source[end - 1] == ";" and source.endswith(_EDGE_REFERENCES, start, end):
            end = source.rindex("&", start, end)
        else:
            break
    return start, end


def is_blank(text: str) -> bool:
    """Whether a text is nothing but white space, however it is spelled."""
    bare = text.strip(EDGE_SPACE)
    if not bare:
        return True
    return bare[0] == "&" and _LEADING.fullmatch(text) is not None


def line_break(source: str) -> str:
    """Return how a source ends its lines: as its first one."""
    match = _LINE_END.search(source)
    return match[0] if match else "\n"


def line_start(text: str, at: int) -> int:
    """Return where the line begins that an offset is on."""
    start = text.rfind("\n", 0, at) + 1
    # Looked for on this line only: a text without one would be read to its beginning, once a block.
    return text.rfind("\r", start, at) + 1 or start

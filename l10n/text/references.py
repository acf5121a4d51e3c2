"""Character references of HTML and XML, decoded: `&eacute;`, `&#233;`, `&#xE9;`."""

from __future__ import annotations

import html
import re

_BEYOND = re.compile(r"&#(?:[xX]0*[1-9a-fA-F][0-9a-fA-F]{6,}|0*[1-9][0-9]{7,});?", re.ASCII)
"""References to numbers that no character has."""


def decode_references(text: str) -> str:
    """Return a text with its character references decoded as browsers do it."""
    if "&" not in text:
        return text
    if "&#" in text:
        # Python reads the number whatever its length, and refuses more than 4,300 digits; browsers show this.
        text = _BEYOND.sub("\ufffd", text)
    return html.unescape(text)

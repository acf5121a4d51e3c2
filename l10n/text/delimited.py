"""Tables that spreadsheets read and write: how their text is encoded, what parts their cells, what a cell must not be."""

from __future__ import annotations

import codecs
import re

SEPARATORS = (",", ";", "\t")
"""Excel takes the semicolon where the comma parts decimals, as in Spain; tabs are its “Unicode text”."""
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet computes instead of showing it, full-width signs too, behind any number of apostrophes."""


def decode_table(content: bytes, *, other: str = "") -> str:
    """Return the text of a table: UTF-16 and UTF-8 by their marks, else UTF-8; UnicodeDecodeError for what is none.

    `other` is what a table without a mark is in where it is not UTF-8.
    """
    # What Excel saves as “Unicode text” is UTF-16 with its mark.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not other or content.startswith(codecs.BOM_UTF8):
            raise
        return content.decode(other)


def separator_of(first: str) -> str:
    """Return the sign that parts the most cells of the first line; the comma where none does."""
    return max(SEPARATORS, key=first.count)


def defuse(cell: str) -> str:
    """Return a cell that no spreadsheet computes: an apostrophe stands before what it would take for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    """Return a cell as it was before `defuse`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

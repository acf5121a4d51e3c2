"""Tables that spreadsheets read and write: how their text is encoded, what parts their cells, what a cell must not be."""

from __future__ import annotations

import codecs
import re

SEPARATORS = (",", ";", "\t")
"""Excel takes the semicolon where the comma parts decimals, as in Spain; tabs are its “Unicode text”."""
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_WESTERN = "cp1252"
"""What Excel saves as CSV on a Windows of Western Europe or the Americas."""
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet computes instead of showing it, full-width signs too, behind any number of apostrophes."""


def decode_table(content: bytes) -> str:
    """Return the text of a table: UTF-16 and UTF-8 by their marks, else UTF-8 or Windows-1252; UnicodeDecodeError for what is none."""
    # What Excel saves as “Unicode text” is UTF-16 with its mark.
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if content.startswith(codecs.BOM_UTF8):
            raise
        text = content.decode(_WESTERN)
        if 2 * sum("À" <= sign <= "ÿ" for sign in text) < sum(sign > "\x7f" for sign in text):
            # `aprob—`: of a Mac or of DOS, whose letters are signs here.
            raise
        return text


def declared_separator(text: str) -> str:
    """Return the sign that a first line `sep=;` says parts the cells, as Excel wants it; empty where there is none."""
    match = _DECLARED.match(text)
    return match[1] if match else ""


def separator_of(first: str) -> str:
    """Return the sign that parts the most cells of the first line; the comma where none does."""
    return max(SEPARATORS, key=first.count)


def defuse(cell: str) -> str:
    """Return a cell that no spreadsheet computes: an apostrophe stands before what it would take for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    """Return a cell as it was before `defuse`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

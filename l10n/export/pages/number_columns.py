"""Columns of numbers in the tables of Markdown: set to the right, so that digits stand below digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_CURRENCY = r"[€$£¥]|US\$"
_UNIT = rf"(?:[%‰°]|{_CURRENCY}|[^\W\d_]{{1,3}}²?)(?:/[^\W\d_]{{1,4}}²?)?"
_NUMBER = re.compile(
    rf"[+\-−±~≈]?\s*(?:{_CURRENCY})?\s*\d(?:[\d.,'’\u00a0\u202f]|[ ](?=\d))*\s*(?:{_UNIT})?"
)
"""A figure with perhaps a currency or a short unit: `2,100`, `−0,5 %`, `0.85 €/kg`."""
_NOTHING = frozenset({"", "-", "–", "—"})
"""What stands in a column of numbers where there is none."""


def align_numbers(tokens: Sequence[Token]) -> None:
    """Give the cells of a column the class `number` where all below its head are numbers and its author set no side."""
    for rows in _tables(tokens):
        width = min(map(len, rows))
        for column in range(width):
            head, *cells = (row[column] for row in rows)
            texts = {text.strip() for _cell, text in cells} - _NOTHING
            if not texts or head[0].attrGet("style"):
                continue
            if all(_NUMBER.fullmatch(text) for text in texts):
                for cell, _text in (head, *cells):
                    cell.attrJoin("class", "number")


def _tables(tokens: Sequence[Token]) -> Iterator[list[list[tuple[Token, str]]]]:
    """Yield the tables as rows of cells, each with its opening token and its text; the first row is the head."""
    rows: list[list[tuple[Token, str]]] = []
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type in {"th_open", "td_open"}:
            rows[-1].append((token, _text(tokens[place + 1])))
        elif token.type == "table_close" and rows:
            yield rows


def _text(inline: Token) -> str:
    """Return what readers see of a cell."""
    children = inline.children or ()
    return "".join(child.content for child in children if child.type in {"text", "code_inline"})

"""What stands before the items of an article's lists: bullets, numbers, boxes of tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from l10n.export.pages.maker import page_maker
from l10n.model import Article, Kind

BULLET = "•"


def list_marks(article: Article, kinds: Sequence[str]) -> Mapping[int, str]:
    """Return the mark of each block that begins a list item, by its place among the blocks.

    `kinds` tells which blocks are items. What follows in the same item has no mark.
    """
    items = [index for index, kind in enumerate(kinds) if kind == Kind.ITEM]
    marks = page_maker(article).list_marks(article, items)
    return {index: mark for index, mark in marks if mark}


def next_mark(numbers: list[int | None]) -> str:
    """Return the mark of the next item of the innermost list, and count it.

    `numbers` has the next number of each open list, outermost first; None for one with bullets.
    """
    number = numbers[-1] if numbers else None
    if number is None:
        return BULLET
    numbers[-1] = number + 1
    return f"{number}."

"""The page of an HTML article: its own source, with translations in place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from l10n.articles.html.tokens import is_xml, page_tokens
from l10n.articles.rewrite import html_edits
from l10n.export.choices import Choices
from l10n.export.edits import apply, in_order
from l10n.export.landmarks import landmarks
from l10n.export.pages.list_marks import next_mark
from l10n.export.pages.maker import BarePage, unit_kinds
from l10n.export.provenance import mark_edits
from l10n.export.tags import END, START, values
from l10n.model import Article


def page(
    article: Article,
    choices: Choices | None,
    target: str,
    **_templates: object,
) -> BarePage:
    """Return the article with its translations in place, and marks on what is not translated."""
    source_landmarks = landmarks(article.text)
    if choices is None:
        return BarePage(article.text, source_landmarks)
    replacements = choices.replacements()
    marks = mark_edits(article, choices.blocks, target)
    edits = in_order(
        [*html_edits(article.text, article.blocks, replacements, article.encoding), *marks]
    )
    moved = source_landmarks.moved(edits, xml=is_xml(article.text))
    return BarePage(apply(article.text, edits), moved, bool(marks))


def same_format(*_page: object) -> None:
    """Return nothing: HTML stays HTML as a page, with all that a page carries."""


block_kinds = unit_kinds


def list_marks(article: Article, items: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the mark of the `<li>` that each item is the first text of."""
    marks = dict(_item_offsets(article.text))
    offsets = list(marks)
    for index in items:
        before = bisect_right(offsets, article.blocks[index].start) - 1
        if before >= 0:
            yield index, marks[offsets[before]]
            marks[offsets[before]] = ""


def _item_offsets(source: str) -> Iterator[tuple[int, str]]:
    """Yield where lists and items begin and end, with the mark of each item that begins."""
    numbers: list[int | None] = []
    for tag in page_tokens(source):
        kind, name, start, _end = tag
        if name not in {"ol", "ul", "menu", "li"} or kind not in {START, END}:
            continue
        mark = ""
        if kind == END:
            if name != "li" and numbers:
                numbers.pop()
        elif name != "li":
            first = _number(values(source, tag).get("start"), 1)
            numbers.append(first if name == "ol" else None)
        else:
            if numbers and numbers[-1] is not None:
                numbers[-1] = _number(values(source, tag).get("value"), numbers[-1])
            mark = next_mark(numbers)
        yield start, mark


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() else otherwise

"""What stands before the items of an article's lists: bullets, numbers, boxes of tasks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from l10n.articles.html.tokens import page_marks
from l10n.export.pages.github import is_task
from l10n.export.pages.markdown import front_matter, markdown_parser
from l10n.export.pages.plain import item_number
from l10n.export.tags import END, START, values
from l10n.model import Article, Kind

_BULLET = "•"


def list_marks(article: Article, kinds: Sequence[str]) -> Mapping[int, str]:
    """Give the mark of each block that begins a list item, by its place among the blocks.

    `kinds` tells which blocks are items. What follows in the same item has no mark.
    """
    items = [place for place, kind in enumerate(kinds) if kind == Kind.ITEM]
    find = {"text": _marks_of_text, "markdown": _marks_of_markdown}.get(
        article.format, _marks_of_html
    )
    return {place: mark for place, mark in find(article, items) if mark}


def _marks_of_text(article: Article, items: Sequence[int]) -> Iterator[tuple[int, str]]:
    for place in items:
        number = item_number(article, article.blocks[place])
        yield place, f"{number}." if number else _BULLET


def _marks_of_markdown(article: Article, items: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Give the marks by the lines the items begin on; of lists in raw HTML all are bullets."""
    marks = dict(_markdown_lines(article.text))
    for place in items:
        block = article.blocks[place]
        in_html = block.role.startswith("html")
        yield place, _BULLET if in_html else marks.pop(block.line, "")


def _markdown_lines(source: str) -> Iterator[tuple[int, str]]:
    """Give the line, from 1, and the mark of each list item that begins with text."""
    _matter, body = front_matter(source)
    above = source[: len(source) - len(body)].count("\n") + 1
    tokens = markdown_parser().parse(body)
    numbers: list[int | None] = []
    for place, token in enumerate(tokens):
        match token.type:
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "list_item_open":
                mark = _next_mark(numbers)
                text = tokens[place + 2]
                if text.type == "inline" and text.map:
                    task = is_task(tokens, place)
                    yield above + text.map[0], _box(task[1]) if task else mark


def _box(inside: str) -> str:
    return "☐" if inside == " " else "☑"


def _marks_of_html(article: Article, items: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Give the mark of the `<li>` that each item is the first text of."""
    marks = dict(_html_offsets(article.text))
    offsets = list(marks)
    for place in items:
        before = bisect_right(offsets, article.blocks[place].start) - 1
        if before >= 0:
            yield place, marks[offsets[before]]
            marks[offsets[before]] = ""


def _html_offsets(source: str) -> Iterator[tuple[int, str]]:
    """Give where lists and items begin and end, with the mark of each item that begins."""
    numbers: list[int | None] = []
    for tag in page_marks(source):
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
            mark = _next_mark(numbers)
        yield start, mark


def _next_mark(numbers: list[int | None]) -> str:
    """Give the mark of the next item of the innermost list, and count it."""
    number = numbers[-1] if numbers else None
    if number is None:
        return _BULLET
    numbers[-1] = number + 1
    return f"{number}."


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() else otherwise

"""The page of a plain-text article: header, byline, prose, lists, questions, author box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from l10n.articles import splice
from l10n.export.choices import Choice, Choices, Shown, block_choices
from l10n.export.languages import text_direction
from l10n.export.links import Links
from l10n.export.pages.list_marks import BULLET
from l10n.export.pages.maker import BarePage
from l10n.export.pages.model import (
    Group,
    PageModel,
    Passage,
    escaped,
    marked_passage,
    plain_text,
)
from l10n.export.pages.templated import article_page
from l10n.export.site import Page
from l10n.model import Article, Block, Kind
from l10n.text import markup

_GROUPS = {
    "byline": "byline",
    Kind.ITEM: "items",
    "author-name": "author",
    "author-bio": "author",
    "author-label": "author",
    Kind.BOILERPLATE: "boilerplate",
}
_PROSE = frozenset(
    {Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.QUESTION, Kind.CAPTION, Kind.CELL}
)
"""What a heading can be the heading of."""
_LIST_HEADS = frozenset({Kind.LABEL, Kind.ITEM})
_NAME_WORDS = 5
_NUMBER = re.compile(r"(?:^|[\r\n\ufeff])[ \t]*([0-9]{1,3})[.)][ \t]+\Z")
"""The number of a list item, before its text."""
_NUMBER_REACH = 40
"""Characters before an item in which its number is looked for."""
_DATE_LINE = re.compile(r"\S.{0,40}\b(?:19|20)\d\d\b.{0,20}")


def page(
    article: Article,
    choices: Choices | None,
    target: str,
    *,
    templates: Path | None = None,
) -> BarePage:
    """Return the page of a text article, block by block."""
    return article_page(
        _model(article, block_choices(article, choices), target), templates=templates
    )


def same_format(article: Article, choices: Choices | None, _page: Page, _links: Links) -> str:
    """Return the text with its translations in place."""
    return splice(article, choices.replacements()) if choices else article.text


def list_marks(article: Article, items: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the number of each item, or a bullet."""
    for index in items:
        number = item_number(article, article.blocks[index])
        yield index, f"{number}." if number else BULLET


def _model(article: Article, choices: Sequence[Choice], target: str) -> PageModel:
    kinds = block_kinds(article)
    passages = [
        (_passage(article, block, choice, kind, target), plain_text(block, choice))
        for block, choice, kind in zip(article.blocks, choices, kinds, strict=True)
        if choice.shown is not Shown.NOTHING
    ]
    headline, title = _take(passages, Kind.HEADLINE)
    standfirst, description = _take(passages, Kind.STANDFIRST)
    return PageModel(
        lang=target,
        dir=text_direction(target),
        title=title or article.path.stem,
        description=description,
        headline=headline,
        standfirst=standfirst,
        groups=tuple(_grouped([passage for passage, _text in passages])),
    )


def _take(passages: list[tuple[Passage, str]], kind: Kind) -> tuple[Passage | None, str]:
    """Take the first passage out when it is of a kind, the header holds it; its text on one line."""
    if not passages or passages[0][0].kind != kind:
        return None, ""
    passage, text = passages.pop(0)
    return passage, " ".join(text.split())


def _passage(article: Article, block: Block, choice: Choice, kind: str, target: str) -> Passage:
    html = escaped(plain_text(block, choice))
    return marked_passage(
        article,
        choice,
        target,
        kind=kind,
        html=html,
        level=block.level,
        number=item_number(article, block),
    )


def block_kinds(article: Article) -> tuple[str, ...]:
    """Return what each block of a text article is on its page: its kind, or what its neighbours show it to be.

    Those are `byline`, `author-name`, `author-bio` and `author-label`. The source decides, so that a page
    and its translations agree.
    """
    return tuple(_arranged(article.blocks))


def _arranged(blocks: Sequence[Block]) -> Iterator[str]:
    begun = False
    before = ""
    for number, block in enumerate(blocks):
        kind = str(block.unit.kind)
        text = markup.plain(block.unit.msgid)
        if kind == Kind.AUTHOR:
            short = len(text.split()) <= _NAME_WORDS
            kind = "author-name" if short else "author-bio"
            kind = kind if begun else "byline"
        elif kind == Kind.LABEL and _next_kind(blocks, number) == Kind.AUTHOR:
            kind = "author-label"
        # The line under a byline that names a day looks like a heading, short and without a full stop.
        elif before == "byline" and kind == Kind.HEADING and _DATE_LINE.fullmatch(text):
            kind = "byline"
        elif kind == Kind.HEADING and not _heads_something(blocks, number):
            kind = str(Kind.ITEM if before in _LIST_HEADS else Kind.PARAGRAPH)
        begun = begun or kind == Kind.PARAGRAPH
        before = kind
        yield kind


def _next_kind(blocks: Sequence[Block], number: int) -> str:
    return blocks[number + 1].unit.kind if number + 1 < len(blocks) else ""


def _heads_something(blocks: Sequence[Block], number: int) -> bool:
    """Whether text follows a heading; lines under a label such as “Related:” look like headings too."""
    follows = (block.unit.kind for block in blocks[number + 1 :])
    return next((kind for kind in follows if kind is not Kind.HEADING), None) in _PROSE


def item_number(article: Article, block: Block) -> int:
    """Return the number that a list item of a text article has in the source; 0 when it has none."""
    match = _NUMBER.search(article.text, max(0, block.start - _NUMBER_REACH), block.start)
    return int(match[1]) if match and block.unit.kind is Kind.ITEM else 0


def _grouped(passages: Sequence[Passage]) -> Iterator[Group]:
    kinds = tuple(_group_kinds(passages))
    lists = tuple(_list_starts(passages))
    for (kind, start), numbers in groupby(
        range(len(passages)), key=lambda number: (kinds[number], lists[number])
    ):
        yield Group(kind, tuple(passages[number] for number in numbers), start)


def _list_starts(passages: Sequence[Passage]) -> Iterator[int]:
    """Yield the first number of the list that each passage stands in; 0 where items have none."""
    start = before = 0
    # A number that does not follow the one before begins another list.
    for passage in passages:
        if not (start and passage.number == before + 1):
            start = passage.number
        before = passage.number
        yield start


def _group_kinds(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the group of each passage; paragraphs after a question answer it."""
    answering = False
    for passage in passages:
        answering = passage.kind == Kind.QUESTION or (
            answering and passage.kind == Kind.PARAGRAPH
        )
        yield "questions" if answering else _GROUPS.get(passage.kind, "prose")

"""The page of a plain-text article: header, byline, prose, lists, questions, author box."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from l10n.export.choices import Choice, Shown
from l10n.export.languages import text_direction
from l10n.export.pagemodel import Group, PageModel, Passage, escaped, passage, plain_text
from l10n.model import Article, Block, Kind

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
_DATE_LINE = re.compile(r"\S.{0,40}\b(?:19|20)\d\d\b.{0,20}")


def text_page(article: Article, choices: Sequence[Choice], target: str) -> PageModel:
    """Give the page of a text article, block by block."""
    shown = [
        (block, choice)
        for block, choice in zip(article.blocks, choices, strict=True)
        if choice.shown is not Shown.NOTHING
    ]
    headline = _take(shown, Kind.HEADLINE)
    standfirst = _take(shown, Kind.STANDFIRST)
    passages = [_passage(article, pair, target) for pair in shown]
    return PageModel(
        lang=target,
        dir=text_direction(target),
        title=_one_line(headline) or article.path.stem,
        description=_one_line(standfirst),
        headline=_passage(article, headline, target) if headline else None,
        standfirst=_passage(article, standfirst, target) if standfirst else None,
        groups=tuple(_grouped(tuple(_arranged(passages)))),
    )


def _take(shown: list[tuple[Block, Choice]], kind: Kind) -> tuple[Block, Choice] | None:
    """Take the first block out when it is of a kind: the header holds it."""
    return shown.pop(0) if shown and shown[0][0].unit.kind is kind else None


def _one_line(pair: tuple[Block, Choice] | None) -> str:
    return " ".join(plain_text(*pair).split()) if pair else ""


def _passage(article: Article, pair: tuple[Block, Choice], target: str) -> Passage:
    block, choice = pair
    html = escaped(plain_text(block, choice))
    kind = str(block.unit.kind)
    return passage(article, choice, target, kind=kind, html=html, level=block.level)


def _arranged(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Give the passages with the kind their neighbours show them to be."""
    begun = False
    before = ""
    for number, one in enumerate(passages):
        kind = one.kind
        if kind == Kind.AUTHOR:
            short = len(one.html.split()) <= _NAME_WORDS
            kind = "author-name" if short else "author-bio"
            kind = kind if begun else "byline"
        elif kind == Kind.LABEL and _next_kind(passages, number) == Kind.AUTHOR:
            kind = "author-label"
        elif before == "byline" and kind == Kind.HEADING and _DATE_LINE.fullmatch(one.html):
            kind = "byline"
        elif kind == Kind.HEADING and not _heads_something(passages, number):
            kind = str(Kind.ITEM if before in _LIST_HEADS else Kind.PARAGRAPH)
        begun = begun or kind == Kind.PARAGRAPH
        before = kind
        yield replace(one, kind=kind)


def _next_kind(passages: Sequence[Passage], number: int) -> str:
    return passages[number + 1].kind if number + 1 < len(passages) else ""


def _heads_something(passages: Sequence[Passage], number: int) -> bool:
    """Tell whether text follows a heading; lines under a label such as “Related:” look like headings too."""
    follows = (one.kind for one in passages[number + 1 :] if one.kind != Kind.HEADING)
    return next(follows, None) in _PROSE


def _grouped(passages: Sequence[Passage]) -> Iterator[Group]:
    kinds = tuple(_group_kinds(passages))
    for kind, numbers in groupby(range(len(passages)), key=lambda number: kinds[number]):
        yield Group(kind, tuple(passages[number] for number in numbers))


def _group_kinds(passages: Sequence[Passage]) -> Iterator[str]:
    """Give the group of each passage; paragraphs after a question answer it."""
    answering = False
    for one in passages:
        answering = one.kind == Kind.QUESTION or (answering and one.kind == Kind.PARAGRAPH)
        yield "questions" if answering else _GROUPS.get(one.kind, "prose")

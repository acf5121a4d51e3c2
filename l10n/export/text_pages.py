"""The page of a plain-text article: header, prose, lists, questions, author box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from l10n.export.choices import Choice, Shown
from l10n.export.languages import text_direction
from l10n.export.pagemodel import Group, PageModel, Passage, escaped, passage, plain_text
from l10n.model import Article, Block, Kind

_GROUPS = {
    Kind.ITEM: "items",
    Kind.AUTHOR: "author",
    Kind.BOILERPLATE: "boilerplate",
}


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
        groups=tuple(_grouped(passages)),
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


def _grouped(passages: Sequence[Passage]) -> Iterator[Group]:
    kinds = tuple(_group_kinds(passages))
    for kind, numbers in groupby(range(len(passages)), key=lambda number: kinds[number]):
        yield Group(kind, tuple(passages[number] for number in numbers))


def _group_kinds(passages: Sequence[Passage]) -> Iterator[str]:
    """Give the group of each passage; paragraphs after a question answer it."""
    answering = False
    for one in passages:
        kind = Kind(one.kind)
        answering = kind is Kind.QUESTION or (answering and kind is Kind.PARAGRAPH)
        yield "questions" if answering else _GROUPS.get(kind, "prose")

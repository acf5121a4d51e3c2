"""Marks: `lang` and a class on what a page shows in the source language or as a draft."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from l10n.export.choices import Choice, Shown
from l10n.export.edits import Edit, Shift, apply_edits
from l10n.export.languages import text_direction
from l10n.export.tags import add_class, opening_tag, set_attributes
from l10n.model import Article, Block

UNTRANSLATED = "l10n-untranslated"
DRAFT = "l10n-draft"

_BETWEEN = re.compile(r"\s+|<!--.*?-->|</([a-zA-Z][^\s>]*)[^>]*>", re.S)
_HOLDS_ONLY_TEXT = frozenset("h1 h2 h3 h4 h5 h6 p option title textarea".split())
"""Elements that can hold no other block, whatever follows."""


def mark(article: Article, choices: Sequence[Choice], target: str) -> Article:
    """Give the article with marks in its text, and every offset moved along.

    A block alone in its element gets the mark on that element's own opening tag; one that shares
    it with other blocks gets a span around itself, so that nothing translated is called untranslated.
    """
    edits: list[Edit] = []
    for number, (block, choice) in enumerate(zip(article.blocks, choices, strict=True)):
        wanted = mark_attributes(choice, article.locale, target)
        if not wanted or block.container is None or block.role != "text":
            continue
        if _is_alone(article, number):
            edits += mark_tag(article.text, block.container, wanted)
        else:
            edits += _span(block, wanted)
    return moved(article, edits) if edits else article


def mark_tag(text: str, place: tuple[int, int], wanted: Mapping[str, str]) -> list[Edit]:
    """Give the edits that put a class and perhaps a language on an opening tag."""
    tag = opening_tag(text, place)
    if tag is None:
        return []
    edits = [*set_attributes(text, tag, {name: value for name, value in wanted.items() if name != "class"})]
    return [*add_class(text, tag, wanted["class"]), *edits]


def mark_attributes(choice: Choice, source: str, target: str) -> dict[str, str]:
    """Give the attributes that tell readers and browsers what a block shows; none for a translation."""
    if choice.shown is Shown.DRAFT:
        return {"class": DRAFT}
    if choice.shown is not Shown.SOURCE or source == target:
        return {}
    wanted = {"class": UNTRANSLATED, "lang": source}
    if text_direction(source) != text_direction(target):
        wanted["dir"] = text_direction(source)
    return wanted


def _span(block: Block, wanted: Mapping[str, str]) -> list[Edit]:
    attributes = "".join(f' {name}="{value}"' for name, value in wanted.items())
    return [
        Edit(block.start, block.start, f"<span{attributes}>"),
        Edit(block.end, block.end, "</span>"),
    ]


def _is_alone(article: Article, number: int) -> bool:
    """Tell whether a block is all that its element holds."""
    block = article.blocks[number]
    if block.container is None or not _opens(article, number):
        return False
    tag = opening_tag(article.text, block.container)
    name = tag.name if tag else ""
    place = block.end
    while between := _BETWEEN.match(article.text, place):
        if between[1] and between[1].lower() == name:
            return True
        place = between.end()
    return name in _HOLDS_ONLY_TEXT


def _opens(article: Article, number: int) -> bool:
    container = article.blocks[number].container
    for earlier in reversed(article.blocks[:number]):
        if earlier.role == "text":
            return container is not None and earlier.start < container[1]
    return True


def moved(article: Article, edits: Sequence[Edit]) -> Article:
    """Give an article after edits outside its blocks, every offset moved along."""
    shift = Shift(edits)
    blocks = tuple(
        replace(
            block,
            start=shift(block.start, behind=True),
            end=shift(block.end),
            container=block.container
            and (shift(block.container[0], behind=True), shift(block.container[1])),
        )
        for block in article.blocks
    )
    return replace(article, text=apply_edits(article.text, edits), blocks=blocks)

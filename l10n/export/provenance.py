"""Marks: `lang` and a class on what a page shows in the source language or as a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from l10n.export.choices import Choice, Shown
from l10n.export.edits import Edit
from l10n.export.languages import text_direction
from l10n.export.tags import opening_tag, set_attributes
from l10n.model import Article, Block

UNTRANSLATED = "l10n-untranslated"
DRAFT = "l10n-draft"


def mark_edits(article: Article, choices: Sequence[Choice], target: str) -> list[Edit]:
    """Return the edits that mark the blocks of an HTML article.

    A block alone in its element gets the mark on that element's own opening tag; one that shares
    it with other blocks gets a span around itself, so that nothing translated is called untranslated.
    """
    edits: list[Edit] = []
    for block, choice in zip(article.blocks, choices, strict=True):
        attributes = mark_attributes(choice, article.locale, target)
        if not attributes or block.role != "text":
            continue
        if block.container is not None:
            edits += mark_tag(article.text, block.container, attributes)
        else:
            edits += _span(block, attributes)
    return edits


def mark_tag(text: str, place: tuple[int, int], attributes: Mapping[str, str]) -> list[Edit]:
    """Return the edits that put a class and perhaps a language on an opening tag."""
    tag = opening_tag(text, place)
    if tag is None:
        return []
    others = {name: value for name, value in attributes.items() if name != "class"}
    return set_attributes(text, tag, others, extra_class=attributes["class"])


def mark_attributes(choice: Choice, source: str, target: str) -> dict[str, str]:
    """Return the attributes that tell readers and browsers what a block shows; none for a translation."""
    if choice.shown is Shown.DRAFT:
        return {"class": DRAFT}
    if choice.shown is not Shown.SOURCE or source == target:
        return {}
    attributes = {"class": UNTRANSLATED, "lang": source}
    if text_direction(source) != text_direction(target):
        attributes["dir"] = text_direction(source)
    return attributes


def _span(block: Block, wanted: Mapping[str, str]) -> list[Edit]:
    attributes = "".join(f' {name}="{value}"' for name, value in wanted.items())
    return [
        Edit(block.start, block.start, f"<span{attributes}>"),
        Edit(block.end, block.end, "</span>"),
    ]

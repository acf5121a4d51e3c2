"""What the module that makes the pages of a format offers, and how it is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from l10n.articles import formats
from l10n.export.choices import Choices
from l10n.export.landmarks import Landmarks
from l10n.export.links import Links
from l10n.export.site import Page
from l10n.model import Article


class BarePage(NamedTuple):
    """An HTML page without what every published page carries: `dress` adds head, links, switcher and notice."""

    text: str
    landmarks: Landmarks
    is_marked: bool = False
    """Whether something on it is marked as untranslated or as a draft."""


class PageMaker(Protocol):
    """The functions of the module that `Format.pages` names."""

    def page(
        self, article: Article, choices: Choices | None, target: str, *, templates: Path | None
    ) -> BarePage:
        """Return the HTML page of an article; without choices the original.

        `templates` is a folder whose templates go before the built-in ones.
        """
        ...

    def same_format(
        self, article: Article, choices: Choices | None, page: Page, links: Links
    ) -> str | None:
        """Return the article in its own format; None where that is the HTML page."""
        ...

    def list_marks(self, article: Article, items: Sequence[int]) -> Iterable[tuple[int, str]]:
        """Yield what stands before list items on the page: a bullet, a number, the box of a task.

        `items` are the indices of the blocks that are items; what follows in the same item has no mark.
        """
        ...

    def block_kinds(self, article: Article) -> tuple[str, ...]:
        """Return what each block is on the page: mostly the kind of its unit."""
        ...


def page_maker(article: Article) -> PageMaker:
    """Import the module that makes the pages of an article's format."""
    return cast("PageMaker", import_module(formats()[article.format].pages))


def unit_kinds(article: Article) -> tuple[str, ...]:
    """Return the kind of each block's unit."""
    return tuple(str(block.unit.kind) for block in article.blocks)

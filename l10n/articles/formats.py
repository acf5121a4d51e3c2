"""What every article format offers to `l10n.articles`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from l10n.model import Article, Block


class Format(Protocol):
    """A reader/writer of one kind of article."""

    @property
    def name(self) -> str:
        """`html`, `markdown`, `text`."""
        ...

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File suffixes in lower case, with the dot."""
        ...

    def parse(self, source: str, locale: str) -> tuple[Block, ...]:
        """Blocks of an article, in document order."""
        ...

    def splice(self, article: Article, replacements: Mapping[int, str | None]) -> str:
        """The source with msgstrs put in the place of blocks; None leaves a block out."""
        ...

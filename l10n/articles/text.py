"""Reader and writer of text articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from l10n.model import Article, Block


@dataclass(frozen=True, slots=True)
class TextFormat:
    """The format `text`."""

    name: str = "text"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def parse(self, source: str, locale: str) -> tuple[Block, ...]:
        """Blocks of an article, in document order."""
        raise NotImplementedError

    def splice(self, article: Article, replacements: Mapping[int, str | None]) -> str:
        """The source with msgstrs put in the place of blocks; None leaves a block out."""
        raise NotImplementedError

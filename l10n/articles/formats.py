"""The formats of articles: how each is called, and the module that reads and writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from l10n.model import Article, Block


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of article. Its module is loaded when the first such article is read."""

    name: str
    """`html`, `markdown`, `text`."""
    module: str
    """Where it is read and written."""

    def parse(self, source: str, locale: str) -> tuple[Block, ...]:
        """Blocks of an article, in document order."""
        return self._module().parse(source, locale)

    def splice(self, article: Article, replacements: Mapping[int, str | None]) -> str:
        """The source with msgstrs put in the place of blocks; None leaves a block out."""
        return self._module().splice(article, replacements)

    def _module(self) -> _Module:
        return cast("_Module", import_module(self.module))


class _Module(Protocol):
    """What the module of a format offers."""

    def parse(self, source: str, locale: str) -> tuple[Block, ...]: ...

    def splice(self, article: Article, replacements: Mapping[int, str | None]) -> str: ...

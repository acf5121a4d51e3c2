"""The translation memory: earlier translations, searched by similarity."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from l10n.model import Match

if TYPE_CHECKING:
    from l10n.catalog import Catalog


class Memory:
    """A memory in one SQLite file; a context manager. Everything in it can be rebuilt from catalogs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a memory, making an empty one where there is none."""
        return cls(path)

    def learn(self, catalog: Catalog) -> int:
        """Take in the reviewed and translated entries of a catalog, replacing what it taught before."""
        raise NotImplementedError

    def rebuild(self, catalogs: Iterable[Path]) -> int:
        """Forget everything learnt from catalogs and learn these; imported TMX stays."""
        raise NotImplementedError

    def exact(
        self,
        text: str,
        source: str,
        target: str,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> Match | None:
        """Give the best translation of exactly this text; 101 % when its neighbours fit too."""
        raise NotImplementedError

    def search(
        self, text: str, source: str, target: str, *, minimum: int = 70, limit: int = 5
    ) -> list[Match]:
        """Give similar earlier texts with their translations, best first."""
        raise NotImplementedError

    def concordance(
        self, query: str, source: str, target: str, *, limit: int = 20
    ) -> list[Match]:
        """Give entries whose source or target contains the words, accents and case aside."""
        raise NotImplementedError

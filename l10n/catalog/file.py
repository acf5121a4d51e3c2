"""A catalog: a PO file in memory, found by key, counted, merged with an article, saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from l10n.catalog.entry import Entry
from l10n.catalog.merging import Merge
from l10n.model import Counts, Unit


class Catalog:
    """The entries of one article in one target locale."""

    path: Path | None
    header: Mapping[str, str]
    source_locale: str | None
    target_locale: str
    article: str | None
    entries: Sequence[Entry]
    obsolete: Sequence[Entry]

    @classmethod
    def load(cls, path: Path) -> Catalog:
        raise NotImplementedError

    @classmethod
    def parse(cls, data: bytes, path: Path | None = None) -> Catalog:
        raise NotImplementedError

    @classmethod
    def new(cls, path: Path | None, *, source: str, target: str, article: str) -> Catalog:
        raise NotImplementedError

    def find(self, msgid: str, msgctxt: str | None = None) -> Entry | None:
        raise NotImplementedError

    def counts(self) -> Counts:
        raise NotImplementedError

    def dumps(self) -> bytes:
        raise NotImplementedError

    def merge(self, units: Sequence[Unit], *, article: str) -> Merge:
        raise NotImplementedError

    def save(self, path: Path | None = None, *, overwrite: bool = False) -> bool:
        raise NotImplementedError

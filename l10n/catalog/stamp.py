"""The stamp: one comment line that tells where a translation came from and who reviewed it."""

from __future__ import annotations

from dataclasses import dataclass

from l10n.model import Band, Origin


@dataclass(frozen=True, slots=True)
class Stamp:
    """Provenance of one translation, bound by a hash to the texts it speaks of."""

    hash: str
    fields: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, line: str) -> Stamp | None:
        raise NotImplementedError

    def format(self) -> str:
        raise NotImplementedError

    @property
    def origin(self) -> Origin | None:
        raise NotImplementedError

    @property
    def engine(self) -> str | None:
        raise NotImplementedError

    @property
    def percent(self) -> int | None:
        raise NotImplementedError

    @property
    def score(self) -> float | None:
        raise NotImplementedError

    @property
    def reviewer(self) -> str | None:
        raise NotImplementedError

    @property
    def reviewed_at(self) -> str | None:
        raise NotImplementedError

    @property
    def band(self) -> Band | None:
        raise NotImplementedError

    @property
    def edits(self) -> float | None:
        raise NotImplementedError

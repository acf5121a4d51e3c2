"""Quality control: units of one translator drawn by lot, looked at again, their corrections counted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from l10n.catalog import Catalog, Entry
from l10n.catalog.stamp import is_same_person
from l10n.errors import UsageError
from l10n.interface import gettext as _
from l10n.model import Key, State
from l10n.text.markup import plain

Drawn = tuple[Path, Key]
"""A unit of a catalog."""


@dataclass(frozen=True, slots=True)
class SampleSummary:
    """What came of a sample."""

    translator: str
    units: int
    looked_at: int
    corrected: int
    changed: float
    """Share of the text of those looked at that was changed, 0 to 1."""


@dataclass
class Sample:
    """Units of one translator, and what became of them."""

    translator: str
    texts: Mapping[Drawn, tuple[str, ...]]
    """What the translator had approved, by unit."""
    results: dict[Drawn, float] = field(default_factory=dict)
    """Share of the text that was changed, of every unit that was decided on."""

    @property
    def paths(self) -> frozenset[Path]:
        """The catalogs that units were drawn from."""
        return frozenset(path for path, _key in self.texts)

    def waits(self, path: Path, key: Key) -> bool:
        """Whether a unit was drawn and nobody has decided on it yet."""
        return (path, key) in self.texts and (path, key) not in self.results

    def open_units(self, path: Path) -> int:
        """Return how many units of a catalog are still to be looked at."""
        return sum(self.waits(*drawn) for drawn in self.texts if drawn[0] == path)

    def take_note(self, path: Path, key: Key, msgstrs: Sequence[str]) -> None:
        """Take note of a decision about a unit; of others nothing is noted."""
        before = self.texts.get((path, key))
        if before is not None:
            from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - not before the first decision

            distance = Levenshtein.normalized_distance(
                plain("\n".join(before)), plain("\n".join(msgstrs))
            )
            self.results[path, key] = float(distance)

    def withdraw(self, path: Path, key: Key) -> None:
        """Forget a decision that was taken back."""
        self.results.pop((path, key), None)

    def summary(self) -> SampleSummary:
        """Return the figures so far."""
        shares = self.results.values()
        return SampleSummary(
            self.translator,
            units=len(self.texts),
            looked_at=len(shares),
            corrected=sum(share > 0 for share in shares),
            changed=sum(shares) / len(shares) if shares else 0.0,
        )


def draw_sample(
    paths: Iterable[Path],
    number: int,
    *,
    translator: str = "",
    without: str = "",
    seed: int | None = None,
) -> Sample:
    """Draw reviewed units of one translator by lot: of the one named, else of who has reviewed most.

    Nobody looks at their own work again: `without` names a person who is never drawn. Raises UsageError where
    there is no unit to draw; CatalogError for a damaged catalog.
    """
    units = [(path, entry, name) for path in paths for entry, name in _reviewed(path)]
    names = Counter(name for _path, _entry, name in units if not _is(name, without))
    if translator:
        names = Counter({name: n for name, n in names.items() if _is(name, translator)})
    if not names:
        raise UsageError(
            _("there is no unit to draw that {name} has reviewed").format(name=translator)
            if translator
            else _("there is no unit to draw that somebody else has reviewed"),
            hint="l10n status",
        )
    chosen = names.most_common(1)[0][0]
    candidates = [(path, entry) for path, entry, name in units if name == chosen]
    drawn = random.Random(seed).sample(candidates, min(number, len(candidates)))  # noqa: S311 - a lot, no secret
    return Sample(chosen, {(path, entry.key): entry.msgstrs for path, entry in drawn})


def _reviewed(path: Path) -> Iterator[tuple[Entry, str]]:
    for entry in Catalog.load(path).entries:
        stamp = entry.stamp if entry.state in (State.REVIEWED, State.TRANSLATED) else None
        if stamp is not None and stamp.reviewer:
            yield entry, stamp.reviewer


def _is(name: str, other: str) -> bool:
    return bool(other) and is_same_person(name, other)

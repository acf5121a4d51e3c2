"""What waits for a person: the catalogs with open units, most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from l10n.catalog import Catalog
from l10n.errors import CatalogError, L10nError
from l10n.model import Counts
from l10n.project import Project
from l10n.project.census import RESERVED_SLUG
from l10n.review.opening import Place
from l10n.review.sampling import Sample


class Original(NamedTuple):
    """What decides how urgent an article is."""

    changed: float
    """Seconds since 1970."""
    due: date | None


@dataclass
class Queue:
    """The catalogs that may be reviewed, and how far each is."""

    places: Sequence[Place]
    project: Project | None = None
    reviewer: str = ""
    """Whose queue it is."""
    sample: Sample | None = None
    """Units that are looked at again: then nothing else waits."""
    counts: dict[Path, Counts | str] = field(default_factory=dict)
    """Of the catalogs that were counted, or what is wrong with one."""
    _seconds: dict[Path, int] = field(default_factory=dict)
    """Units of every catalog that want the person's review as the second one."""
    _originals: Mapping[str, Original] | None = None
    """What is known of the original of every article, by slug."""

    def count(self, place: Place) -> None:
        """Count a catalog as it is on the disk."""
        try:
            catalog = Catalog.load(place.path)
        except CatalogError as error:
            self.counts[place.path] = _damage(error)
            return
        self.counts[place.path] = catalog.counts()
        self._seconds[place.path] = sum(
            entry.waits_for_second and entry.takes_review_of(self.reviewer)
            for entry in catalog.entries
        )

    def survey(self) -> None:
        """Find out which articles there are."""
        self._originals = _originals(self.project)

    def open_units(self, place: Place) -> int:
        """Return how many units of a catalog want a decision; 0 for one not counted."""
        counts = self.counts.get(place.path)
        if self.sample is not None:
            return self.sample.open_units(place.path)
        if not isinstance(counts, Counts):
            return 0
        return counts.draft + counts.untranslated + self._seconds.get(place.path, 0)

    def waiting(self) -> list[Place]:
        """Return the catalogs with open units, most urgent first; those of deleted articles wait for nobody."""
        return sorted(
            (
                place
                for place in self.places
                if self.open_units(place) and not self.is_orphan(place)
            ),
            key=self._urgency,
        )

    def is_orphan(self, place: Place) -> bool:
        """Whether the article of a catalog is gone; False while nobody has looked."""
        slug = self._slug(place)
        return bool(slug) and self._originals is not None and slug not in self._originals

    def next_after(self, path: Path) -> Place | None:
        """Return the most urgent catalog but one, counting all anew; None when nothing else waits."""
        if self._originals is None:
            self.survey()
        for place in self.places:
            self.count(place)
        return next((place for place in self.waiting() if place.path != path), None)

    def _slug(self, place: Place) -> str:
        return (self.project.slug_of_catalog(place.path) or "") if self.project else ""

    def due(self, place: Place) -> date | None:
        """Return the day on which a catalog has to be ready; None where none is set, or nobody has looked."""
        return self._original(place).due

    def dues(self) -> dict[str, date]:
        """Return when catalogs have to be ready, by name, as far as that is set."""
        return {place.name: due for place in self.places if (due := self.due(place))}

    def _original(self, place: Place) -> Original:
        return (self._originals or {}).get(self._slug(place), Original(0.0, None))

    def _urgency(self, place: Place) -> tuple[date, bool, float, str]:
        """What is due first comes first; then what was begun, for half an article is not published; then the newest."""
        counts = self.counts.get(place.path)
        is_begun = isinstance(counts, Counts) and counts.reviewed > 0
        original = self._original(place)
        return original.due or date.max, not is_begun, -original.changed, place.name


def count_file(path: Path) -> Counts | str:
    """Count a catalog; what is wrong with it, if something is."""
    try:
        return Catalog.load(path).counts()
    except CatalogError as error:
        return _damage(error)


def _damage(error: CatalogError) -> str:
    return f"{error.line}: {error.message}" if error.line else error.message


def _originals(project: Project | None) -> Mapping[str, Original] | None:
    if project is None:
        return None
    try:
        originals = dict(_originals_of(project))
    except L10nError:  # articles that cannot be listed: no catalog is called an orphan for it
        return None
    return {RESERVED_SLUG: Original(0.0, None), **originals}


def _originals_of(project: Project) -> Iterable[tuple[str, Original]]:
    for ref in project.articles():
        try:
            changed = ref.path.stat().st_mtime
        except OSError:  # gone since it was listed
            changed = 0.0
        yield ref.slug, Original(changed, ref.due)

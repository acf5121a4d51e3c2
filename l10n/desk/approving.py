"""Approving translations in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

from l10n.catalog import Catalog, Entry, change_catalog
from l10n.model import Origin, Severity, State
from l10n.text.markup import validate


@dataclass(frozen=True, slots=True)
class ApproveRequest:
    """Which translations are meant."""

    origins: tuple[Origin, ...] = ()
    """Where drafts come from; empty: every translation but those of an earlier source."""
    min_score: float | None = None
    """Least score of the alignment or the match, 0 to 1."""
    by: str = ""
    """Who reviews: what wants a second reviewer is not for the first one. Empty: not known yet."""

    def includes(self, entry: Entry) -> bool:
        """Whether an entry is meant, if its placeholders are right."""
        if entry.state in {State.UNTRANSLATED, State.REVIEWED} or self.leaves(entry):
            return False
        if self.by and not entry.takes_review_of(self.by):
            return False
        if self.origins and entry.origin not in self.origins:
            return False
        return self.min_score is None or _score(entry) >= self.min_score

    def leaves(self, entry: Entry) -> bool:
        """Whether an entry translates an earlier source, and nobody said that such ones are meant."""
        return not self.origins and entry.origin is Origin.SOURCE_CHANGED


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is to be approved of one catalog, and what is left out."""

    catalog: Catalog
    entries: tuple[Entry, ...]
    broken: int
    """Entries that were meant, and whose placeholders are wrong."""
    stale: int
    """Entries that translate an earlier source."""


def find_candidates(
    catalogs: Sequence[Path], request: ApproveRequest | None = None
) -> tuple[Candidates, ...]:
    """Return what there is to approve, catalog by catalog; CatalogError where one is damaged, nothing being changed."""
    request = request or ApproveRequest()
    # Every file is read before any is changed: a damaged one stops the run with nothing done.
    candidates = []
    for path in catalogs:
        catalog = Catalog.load(path)
        included = [entry for entry in catalog.entries if request.includes(entry)]
        sound = tuple(entry for entry in included if not _is_broken(entry))
        stale = sum(map(request.leaves, catalog.entries))
        candidates.append(Candidates(catalog, sound, len(included) - len(sound), stale))
    return tuple(candidates)


def approve(candidates: Sequence[Candidates], *, by: str) -> int:
    """Stamp what was found as reviewed by a person, save it, and return how many entries that are.

    Of a catalog that others wrote meanwhile, only what still says what it said is stamped.
    """
    return sum(_approve_group(group, by) for group in candidates if group.entries)


def _approve_group(group: Candidates, by: str) -> int:
    seen = {entry.key: entry.msgstrs for entry in group.entries}

    def stamp(catalog: Catalog) -> int:
        entries = [
            entry
            for entry in catalog.entries
            if entry.msgstrs == seen.get(entry.key) and entry.state is not State.REVIEWED
        ]
        for entry in entries:
            entry.approve(by=by)
        return len(entries)

    # The catalog as it was shown first; as others wrote it, where they did.
    readings = chain([group.catalog], repeat(None))
    path = group.catalog.path or Path()
    return change_catalog(lambda: next(readings) or Catalog.load(path), stamp)


def _is_broken(entry: Entry) -> bool:
    sources = (entry.msgid, *(entry.msgid_plural or "" for _form in entry.msgstrs[1:]))
    return any(
        problem.severity is Severity.ERROR
        for source, form in zip(sources, entry.msgstrs, strict=True)
        for problem in validate(source, form)
    )


def _score(entry: Entry) -> float:
    """Return how sure a draft is, 0-1: its alignment score or its match; 0 when it has neither."""
    stamp = entry.stamp
    if stamp is None:
        return 0
    if stamp.score is not None:
        return stamp.score
    return (stamp.percent or 0) / 100

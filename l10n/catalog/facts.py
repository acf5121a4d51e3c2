"""What stages ask of a catalog before they read it: known as long as its content is what it was."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.catalog.header import NOT_OFFERED, REVIEWERS
from l10n.foreign import fitting, stored_json, understood
from l10n.ledger import Ledger
from l10n.model import Counts, Origin, State
from l10n.project.pages import TAKEN_IN

if TYPE_CHECKING:
    from l10n.catalog.file import Catalog

_STAGE = "catalog"
_DIGITS = 24
_TEACHING = (State.TRANSLATED, State.REVIEWED)


@dataclass(frozen=True, slots=True)
class CatalogFacts:
    """What one catalog holds, in few words."""

    source_locale: str | None
    target_locale: str
    counts: Counts
    to_draft: int
    """Entries that have no translation."""
    has_room: bool
    """Whether there is an entry that no person has put anything into, or none at all: a translation found later may."""
    taken_in: str
    """What it says it was filled from."""
    sources: str
    """What differs when an update could find anything to do in it though its article is what it was: everything but
    translations."""
    teaches: str
    """What differs when the memory or lessons could learn anything else from it; drafts of machines teach nothing."""


def facts_of(catalog: Catalog) -> CatalogFacts:
    """Return the facts of a catalog as it is in memory."""
    entries = catalog.entries
    counts = catalog.counts()
    header = catalog.header
    sources = blake2b(repr((header.get(NOT_OFFERED), header.get(REVIEWERS))).encode())
    for entry in catalog.in_file:
        source = (entry.obsolete, entry.msgctxt, entry.msgid, entry.extracted, entry.references)
        sources.update(repr(source).encode("utf-8", "surrogateescape"))
    teaches = sources.copy()
    for place, entry in enumerate(entries):
        if entry.state in _TEACHING or entry.origin is Origin.ALIGNED:
            # Without a time of its own it has that of the catalog.
            at = (entry.stamp and entry.stamp.reviewed_at) or header.get("PO-Revision-Date")
            lesson = (place, entry.state.value, entry.msgstrs, at)
            teaches.update(repr(lesson).encode("utf-8", "surrogateescape"))
    locales = catalog.source_locale, catalog.target_locale
    teaches.update(repr(locales).encode())
    nameless = sum(entry.state is State.UNTRANSLATED for entry in entries if not entry.msgid)
    return CatalogFacts(
        catalog.source_locale,
        catalog.target_locale,
        counts,
        counts.untranslated - nameless,
        not entries or counts.untranslated > 0 or any(entry.is_untouched for entry in entries),
        header.get(TAKEN_IN, ""),
        sources.hexdigest()[:_DIGITS],
        teaches.hexdigest()[:_DIGITS],
    )


def facts_at(path: Path, ledger: Ledger) -> CatalogFacts | None:
    """Return the facts of the catalog at a path; None where there is none, CatalogError where it is damaged."""
    facts = recall_facts(path, ledger)
    if facts is None and path.exists():
        from l10n.catalog.file import Catalog  # noqa: PLC0415 - where nothing has changed no catalog is read

        facts = note_facts(Catalog.load(path), ledger)
    return facts


def recall_facts(path: Path, ledger: Ledger) -> CatalogFacts | None:
    """Return the facts of a catalog that nobody has changed since they were noted; None for any other."""
    content = ledger.digest(path)
    known = ledger.recall(_STAGE, ledger.name(path), ledger.fingerprint(content))
    if not content or not isinstance(known, str):
        return None
    return understood(_facts, known)


_FACTS = ((str, type(None)), str, list, int, bool, str, str, str)


def _facts(known: str) -> CatalogFacts:
    source, target, counts, *rest = fitting(stored_json(known), _FACTS)
    return CatalogFacts(source, target, Counts(*fitting(counts, [int] * len(counts))), *rest)


def note_facts(catalog: Catalog, ledger: Ledger) -> CatalogFacts:
    """Remember the facts of a catalog that was read or saved, unless somebody has written its file since."""
    facts = facts_of(catalog)
    if catalog.path is not None and ledger.digest(catalog.path) == catalog.digest:
        value = json.dumps(astuple(facts), ensure_ascii=False)
        inputs = ledger.fingerprint(catalog.digest)
        ledger.keep(_STAGE, ledger.name(catalog.path), inputs, value)
    return facts

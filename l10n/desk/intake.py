"""Which existing translations a catalog has taken in: known by what it says, never by that it is there.

A stage makes the catalog that a later one fills, and a run may be stopped between the two. So a catalog names
in its header, saved together with the texts themselves, the pair of files it was filled from.
"""

from __future__ import annotations

from pathlib import Path

from l10n.catalog.facts import CatalogFacts
from l10n.ledger import Ledger
from l10n.project.pages import fingerprint, is_same_pair


def is_waiting(
    facts: CatalogFacts | None, source: Path, translation: Path, ledger: Ledger
) -> bool:
    """Whether a translation would find room in a catalog, or in a new one, that was not filled from it as it is.

    Raises ArticleError for a file that cannot be read.
    """
    if facts is None:
        return True
    return facts.has_room and not is_same_pair(
        facts.taken_in, _fingerprint(source, translation, ledger)
    )


def _fingerprint(source: Path, translation: Path, ledger: Ledger) -> str:
    """Return the fingerprint of two files, which are read only where one of them has changed."""
    contents = (ledger.digest(source), ledger.digest(translation))
    inputs = ledger.fingerprint(*contents)
    known = ledger.recall("pair", ledger.name(translation), inputs)
    if isinstance(known, str) and all(contents):
        return known
    value = fingerprint(source, translation)
    if contents == (ledger.digest(source), ledger.digest(translation)):
        ledger.keep("pair", ledger.name(translation), inputs, value)
    return value

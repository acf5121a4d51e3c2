"""Which existing translations a catalog has taken in: known by what it says, never by that it is there.

A stage makes the catalog that a later one fills, and a run may be stopped between the two. So a catalog names
in its header, saved together with the texts themselves, the pair of files it was filled from.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from l10n.catalog import Catalog
from l10n.errors import ArticleError
from l10n.files import read_bytes

FIELD = "X-Aligned-With"
"""Header field: which contents of article and translation were taken in."""
_DIGITS = 16


def fingerprint(source: Path, translation: Path) -> str:
    """Return what tells this article and this translation from any others, and from themselves after a change.

    Raises ArticleError for a file that cannot be read.
    """
    # The length keeps two files from running into each other.
    digest = sha256()
    for path in (source, translation):
        try:
            content = read_bytes(path)
        except OSError as error:
            raise ArticleError(error.strerror or str(error), path=path) from error
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()[:_DIGITS]


def is_waiting(catalog: Catalog | None, source: Path, translation: Path) -> bool:
    """Whether a translation would find room in a catalog, or in a new one, that was not filled from it as it is."""
    if catalog is None:
        return True
    # What no person has put anything into, a translation found later may fill.
    has_room = not catalog.entries or any(entry.is_open for entry in catalog.entries)
    return has_room and catalog.header.get(FIELD) != fingerprint(source, translation)

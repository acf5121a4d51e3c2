"""A second opinion: what polib, which many other programs read catalogs with, makes of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib

from l10n.catalog.entry import Entry
from l10n.catalog.file import Catalog
from l10n.model import Key, State

_FLAGS = re.compile(r"^#=", re.MULTILINE)
"""gettext's new line of flags, which polib 1.2 takes for a syntax error."""


def read_differently(catalog: Catalog) -> Iterator[Entry]:
    """Give the live entries whose text or draft state polib reads otherwise, or does not find.

    All of them when polib cannot read the file at all.
    """
    try:
        other = polib.pofile(_FLAGS.sub("#,", catalog.dumps().decode()))
    except (OSError, ValueError):
        yield from catalog.entries
        return
    theirs: dict[Key, polib.POEntry] = {
        (entry.msgctxt, entry.msgid): entry for entry in other if not entry.obsolete
    }
    for entry in catalog.entries:
        found = theirs.get(entry.key)
        if (
            found is None
            or _texts(found) != entry.msgstrs
            or found.fuzzy is not _is_fuzzy(entry)
        ):
            yield entry


def _texts(entry: polib.POEntry) -> tuple[str, ...]:
    plurals = entry.msgstr_plural
    return tuple(plurals[number] for number in sorted(plurals)) if plurals else (entry.msgstr,)


def _is_fuzzy(entry: Entry) -> bool:
    return entry.state is State.DRAFT or "fuzzy" in entry.flags

"""Counting a catalog in one pass, without keeping its entries: for checks of a whole repository."""

from __future__ import annotations

from l10n.catalog.entry import state_of
from l10n.catalog.file import Catalog
from l10n.catalog.lexer import Odd
from l10n.catalog.reader import BODY, MSGSTR, pieces
from l10n.catalog.source import Source
from l10n.model import Counts, State
from l10n.text.markup import TOKEN


def scan_counts(data: bytes) -> Counts:
    """Count the bytes of a catalog as `Catalog.counts` does; CatalogError where they are damaged."""
    source = Source(data)
    translated = reviewed = draft = untranslated = obsolete = words = 0
    seen: dict[object, int] = {}
    for found, is_obsolete, msgctxt, msgid in pieces(source):
        key = msgid if msgctxt is None else (msgctxt, msgid)
        if key in seen or isinstance(found, Odd) or found[MSGSTR] is None:
            return Catalog.parse(data).counts()
        seen[key] = 0
        if is_obsolete:
            obsolete += 1
            continue
        if not msgid and msgctxt is None:
            continue
        words += len((TOKEN.sub("", msgid) if "<" in msgid else msgid).split())
        state = state_of(data[found.start() : found.start(BODY)], found[MSGSTR], msgctxt, msgid)
        if state is State.UNTRANSLATED:
            untranslated += 1
        elif state is State.DRAFT:
            draft += 1
        else:
            translated += 1
            reviewed += state is State.REVIEWED
    return Counts(translated, reviewed, draft, untranslated, obsolete, words)

"""Merging: the entries of a catalog with the units of their article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from l10n.catalog import comments
from l10n.catalog.entry import Entry, Snapshot
from l10n.catalog.matching import match_edits
from l10n.catalog.quoting import RESERVED
from l10n.catalog.source import Source
from l10n.errors import CatalogError
from l10n.interface import gettext as _
from l10n.model import Key, Origin, Unit
from l10n.text import markup

_SHOWN = 60
"""Characters of a wrong text that a message quotes."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What bringing a catalog up to date with its article did, in entries."""

    added: int = 0
    """New, without a translation."""
    kept: int = 0
    changed: int = 0
    """New, with the translation of what they were before an edit, as a draft."""
    revived: int = 0
    """Back in use after having been obsolete."""
    obsolete: int = 0
    """No longer in the article."""


def merge_units(
    source: Source, before: Sequence[Entry], units: Sequence[Unit], *, article: str
) -> tuple[list[Entry], Merge]:
    """Give the entries of an article in its order, then the obsolete ones, and what was done.

    A unit that occurs several times is one entry; its occurrences may differ in what their
    placeholders stand for.
    """
    occurrences: dict[Key, list[Unit]] = {}
    for unit in units:
        occurrences.setdefault(unit.key, []).append(unit)
    known = {entry.key: entry for entry in before}
    gone = [entry for entry in before if entry.key not in occurrences]
    new = [units[0] for key, units in occurrences.items() if key not in known]
    for unit in new:
        _check_text(unit.msgid)
    matches = match_edits(new, gone, list(occurrences), [entry.key for entry in before])
    live: list[Entry] = []
    done = {"added": 0, "kept": 0, "changed": 0, "revived": 0}
    for key, variants in occurrences.items():
        entry, what = _entry_for(source, variants[0], known.get(key), matches.get(key))
        done[what] += 1
        entry.set_source_comments(markup.describe(*variants), (article,))
        live.append(entry)
    newly = [entry for entry in gone if not entry.obsolete]
    obsolete = _retire(gone, live)
    return [*live, *obsolete], Merge(**done, obsolete=len(newly))


def _is_work(entry: Entry) -> bool:
    """Whether a person or an engine left something in it that is worth keeping."""
    return any(entry.msgstrs) or bool(entry.notes)


def _check_text(text: str) -> None:
    """Refuse a text that nobody could read again once it is written."""
    if any(character in text for character in RESERVED):
        message = _("no catalog can hold a text with the control characters NUL or EOT: {text}")
        raise CatalogError(message.format(text=ascii(text)[:_SHOWN]))


def _entry_for(
    source: Source, unit: Unit, known: Entry | None, match: Entry | None
) -> tuple[Entry, str]:
    if known is not None:
        what = "revived" if known.obsolete else "kept"
        known.obsolete = False
        return known, what
    if match is None:
        return Entry(source, unit.msgid, unit.context), "added"
    entry = Entry(source, unit.msgid, unit.context, _carried(match, unit))
    return entry, "changed" if entry.msgstr else "added"


def _carried(old: Entry, unit: Unit) -> Snapshot:
    """Give comments and translation of a unit from what it was before an edit."""
    msgstr = markup.carry_over(
        old.msgstr, old_msgid=old.msgid, old_lines=old.extracted, unit=unit
    )
    lines = comments.note_lines(old.snapshot().lines)
    if not msgstr:
        return Snapshot(lines, ("",))
    if old.origin is Origin.SOURCE_CHANGED:
        # Edited again before anybody looked: the translation still is that of the first text.
        was = comments.kept_previous(old.snapshot().lines)
    else:
        was = comments.previous_lines(old.msgctxt, old.msgid, None)
    return Snapshot((*comments.with_fuzzy(lines), *was), (msgstr,))


def _retire(gone: Sequence[Entry], live: Sequence[Entry]) -> list[Entry]:
    """Make entries obsolete; leave out those whose work, if any, was only carried over to another."""
    kept: list[Entry] = []
    said: dict[tuple[str, ...], set[str]] = {}
    """Notes that stand beside each translation."""
    for entry in live:
        said.setdefault(entry.msgstrs, set()).update(entry.notes)
    for entry in sorted(gone, key=attrgetter("obsolete"), reverse=True):
        if not entry.obsolete:
            notes = said.get(entry.msgstrs)
            copied = entry.origin is Origin.SOURCE_CHANGED or not any(entry.msgstrs)
            if copied and _holds(notes, entry):
                continue
            entry.set_source_comments((), ())
            entry.obsolete = True
        said.setdefault(entry.msgstrs, set()).update(entry.notes)
        kept.append(entry)
    return kept


def _holds(notes: set[str] | None, entry: Entry) -> bool:
    """Whether another entry says all that one says; an entry without work says nothing."""
    if notes is None:
        return not _is_work(entry)
    return notes.issuperset(entry.notes)

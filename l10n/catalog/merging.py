"""Merging: the entries of a catalog with the units of their article."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from l10n.catalog import comments
from l10n.catalog.entry import Entry, Snapshot
from l10n.catalog.matching import match_edits
from l10n.catalog.merged import Left, Merge
from l10n.catalog.quoting import RESERVED
from l10n.catalog.rereading import Read, carry_readings
from l10n.catalog.source import Source
from l10n.catalog.stamp import Stamp, digest
from l10n.errors import CatalogError
from l10n.interface import gettext as _
from l10n.model import Key, Origin, State, Unit
from l10n.text.carrying import carry_over
from l10n.text.description import describe

_SHOWN = 60
"""Characters of a wrong text that a message quotes."""


def merge_units(
    source: Source,
    before: Sequence[Entry],
    units: Sequence[Unit],
    *,
    article: str,
    read: Read | None = None,
) -> tuple[list[Entry], Merge]:
    """Return the entries of an article in its order, then the obsolete ones, and what was done.

    A unit that occurs several times is one entry; its occurrences may differ in what their
    placeholders stand for. `read` reads a text of the catalog as today's reader of the article does.
    """
    occurrences: dict[Key, list[Unit]] = {}
    for unit in units:
        occurrences.setdefault(unit.key, []).append(unit)
    by_key = {entry.key: entry for entry in before}
    dropped = [entry for entry in before if entry.key not in occurrences]
    new = [variants[0] for key, variants in occurrences.items() if key not in by_key]
    for unit in new:
        _check_text(unit.msgid)
    carried, spent, wordless = carry_readings(
        dropped, {unit.key: unit for unit in new}, occurrences.keys() & by_key.keys(), read
    )
    if carried:
        new = [unit for unit in new if unit.key not in carried]
        dropped = [entry for entry in dropped if entry not in spent]
    matches = match_edits(new, dropped, list(occurrences), [entry.key for entry in before])
    live: list[Entry] = []
    tally = {"added": 0, "kept": 0, "changed": 0, "reread": 0, "revived": 0}
    for key, variants in occurrences.items():
        if key in carried:
            entry = Entry(source, variants[0].msgid, variants[0].context, carried[key])
            change = "reread"
        else:
            entry, change = _entry_for(source, variants[0], by_key.get(key), matches.get(key))
        tally[change] += 1
        entry.set_source_comments(describe(*variants), (article,))
        live.append(entry)
    newly = [entry for entry in dropped if not entry.obsolete]
    became = {entry: key for key, entry in matches.items()}
    left = tuple(
        Left(entry, occurrences[became[entry]][0] if entry in became else None)
        for entry in newly
        if entry.state in _ACCEPTED and entry not in wordless
    )
    obsolete = _retire(dropped, live)
    return [*live, *obsolete], Merge(**tally, obsolete=len(newly), left=left)


_ACCEPTED = (State.TRANSLATED, State.REVIEWED)


def _is_work(entry: Entry) -> bool:
    """Whether a person or an engine left something in it that is worth keeping."""
    return any(entry.msgstrs) or bool(entry.notes)


def _check_text(text: str) -> None:
    """Refuse a text that nobody could read again once it is written."""
    # Before anything is merged: a catalog that was written could not be opened again.
    if any(character in text for character in RESERVED):
        message = _("no catalog can hold a text with the control characters NUL or EOT: {text}")
        raise CatalogError(message.format(text=ascii(text)[:_SHOWN]))


def _entry_for(
    source: Source, unit: Unit, standing: Entry | None, match: Entry | None
) -> tuple[Entry, str]:
    """Return the entry of a unit, and which number of `Merge` it counts in."""
    if standing is not None:
        change = "revived" if standing.obsolete else "kept"
        standing.obsolete = False
        return standing, change
    if match is None:
        return Entry(source, unit.msgid, unit.context), "added"
    entry = Entry(source, unit.msgid, unit.context, _carried(match, unit))
    return entry, "changed" if entry.msgstr else "added"


def _carried(old: Entry, unit: Unit) -> Snapshot:
    """Return comments and translation of a unit from what it was before an edit."""
    msgstr = carry_over(old.msgstr, old_msgid=old.msgid, old_lines=old.extracted, unit=unit)
    # Stamps stay behind: they speak of the text as it was.
    lines = comments.note_lines(old.snapshot().lines)
    if not msgstr:
        return Snapshot(lines, ("",))
    stamp = old.stamp
    if old.is_untouched and stamp is not None and stamp.machine is not None:
        # But for this: no person has touched the text, so a translation found later may take its place.
        fields = (("from", Origin.SOURCE_CHANGED.value), (stamp.machine.value, ""))
        hash_ = digest(unit.context, unit.msgid, None, (msgstr,))
        lines = comments.with_stamp(lines, Stamp(hash_, fields))
    if old.origin is Origin.SOURCE_CHANGED:
        # Edited again before anybody looked: the translation still is that of the first text.
        was = comments.kept_previous(old.snapshot().lines)
    else:
        was = comments.previous_lines(old.msgctxt, old.msgid, None)
    return Snapshot((*comments.with_fuzzy(lines), *was), (msgstr,))


def _retire(dropped: Sequence[Entry], live: Sequence[Entry]) -> list[Entry]:
    """Make entries obsolete; leave out those whose work, if any, was only carried over to another."""
    retired: list[Entry] = []
    notes_beside: dict[tuple[str, ...], set[str]] = {}
    """Notes that stand beside each translation."""
    for entry in live:
        notes_beside.setdefault(entry.msgstrs, set()).update(entry.notes)
    # Obsolete ones first: they stay whatever happens, so a copy of their work need not.
    for entry in sorted(dropped, key=attrgetter("obsolete"), reverse=True):
        if not entry.obsolete:
            notes = notes_beside.get(entry.msgstrs)
            is_copy = entry.origin is Origin.SOURCE_CHANGED or not any(entry.msgstrs)
            if is_copy and _holds(notes, entry):
                continue
            entry.set_source_comments((), ())
            entry.obsolete = True
        notes_beside.setdefault(entry.msgstrs, set()).update(entry.notes)
        retired.append(entry)
    return retired


def _holds(notes: set[str] | None, entry: Entry) -> bool:
    """Whether another entry says all that one says; an entry without work says nothing."""
    if notes is None:
        return not _is_work(entry)
    return notes.issuperset(entry.notes)

"""Between our catalogs and polib's: for people's scripts, for `.mo` files, and as a second reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

import polib
from polib import POFile

from l10n.catalog import comments
from l10n.catalog import header as head
from l10n.catalog.entry import Entry, Snapshot
from l10n.catalog.quoting import sound
from l10n.catalog.source import Source
from l10n.model import Key, State

__all__ = ["POFile", "read_differently", "read_polib", "write_polib"]

_NEW_FLAGS = re.compile(r"^#=", re.MULTILINE)
"""gettext's new line of flags, which polib 1.2 takes for a syntax error."""
_PLACE = re.compile(r"(.+):(\d+)")


def write_polib(
    header: Entry | None,
    fields: Mapping[str, str],
    entries: Iterable[Entry],
    path: Path | None,
) -> POFile:
    """Return entries, and a header with its fields, as a file of polib that will not wrap lines."""
    file = POFile(wrapwidth=0, encoding="utf-8", fpath=str(path) if path else None)
    if header is not None:
        entry = _write_entry(header)
        file.header = entry.tcomment
        file.metadata = dict(fields)
        file.metadata_is_fuzzy = entry.fuzzy
    file.extend(map(_write_entry, entries))
    return file


def read_polib(file: POFile, source: Source, before: Mapping[Key, Entry]) -> Iterator[Entry]:
    """Yield the entries of a file of polib, the header first, in its order.

    An entry of `before` with the same texts in the source is brought up to date instead of made
    anew, so that a catalog keeps the bytes of what says the same.
    """
    old = before.get((None, ""))
    if old is not None and old.obsolete:
        old = None
    if old is not None or file.metadata:
        header = polib.POEntry(msgid="") if old is None else _write_entry(old)
        if old is None or head.parse_header(old.msgstr) != file.metadata:
            header.msgstr = head.format_header(file.metadata)
        header.tcomment = file.header
        flags = [flag for flag in header.flags if flag != "fuzzy"]
        header.flags = ["fuzzy", *flags] if file.metadata_is_fuzzy else flags
        yield _read_entry(header, source, old)
    for entry in file:
        yield _read_entry(entry, source, before.get(_key(entry)))


def read_differently(data: bytes, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the live entries whose text or draft state polib reads otherwise, or does not find.

    All of them when polib cannot read the bytes of the file at all.
    """
    try:
        file = polib.pofile(_NEW_FLAGS.sub("#,", data.decode()))
    except (OSError, ValueError):
        yield from entries
        return
    by_key = {_key(entry): entry for entry in file if not entry.obsolete}
    for entry in entries:
        other = by_key.get(entry.key)
        if (
            other is None
            or _msgstrs(other) != entry.msgstrs
            or other.fuzzy is not (entry.state is State.DRAFT or "fuzzy" in entry.flags)
        ):
            yield entry


def _write_entry(entry: Entry) -> polib.POEntry:
    snapshot = entry.snapshot()
    forms = dict(enumerate(snapshot.msgstrs)) if entry.msgid_plural is not None else {}
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural or "",
        msgstr="" if forms else snapshot.msgstrs[0],
        msgstr_plural=forms,
        obsolete=entry.obsolete,
        tcomment="\n".join(comments.translator_comments(snapshot.lines)),
        comment="\n".join(entry.extracted),
        occurrences=[_occurrence(place) for place in entry.references],
        flags=sorted(entry.flags),
        previous_msgctxt=entry.previous_msgctxt,
        previous_msgid=entry.previous_msgid,
        previous_msgid_plural=entry.previous_msgid_plural,
        linenum=entry.line,
    )


def _occurrence(place: str) -> tuple[str, str]:
    match = _PLACE.fullmatch(place)
    return (match[1], match[2]) if match else (place, "")


def _read_entry(po_entry: polib.POEntry, source: Source, old: Entry | None) -> Entry:
    lines, msgstrs = _lines(po_entry), tuple(map(sound, _msgstrs(po_entry)))
    plural = (
        sound(po_entry.msgid_plural)
        if po_entry.msgid_plural or po_entry.msgstr_plural
        else None
    )
    if old is None or old.msgid_plural != plural:
        msgctxt, msgid = _key(po_entry)
        context = None if msgctxt is None else sound(msgctxt)
        entry = Entry(source, sound(msgid), context, Snapshot(lines, msgstrs))
        entry.msgid_plural = plural
    else:
        entry = old
        written = old.snapshot().lines
        # polib keeps neither the order of comment lines nor blank ones: only what it can say is compared.
        if lines == _lines(_write_entry(old)):
            lines = written
        else:
            lines = (*takewhile(lambda line: not line.strip(), written), *lines)
        entry.restore(Snapshot(lines, msgstrs))
    entry.obsolete = bool(po_entry.obsolete)
    return entry


def _lines(entry: polib.POEntry) -> tuple[str, ...]:
    """Return the comment lines of an entry in the order in which the desk writes them."""
    lines = [f"# {line}".rstrip() for line in _cut(entry.tcomment)]
    lines += [f"#. {line}".rstrip() for line in _cut(entry.comment)]
    occurrences = (f"{path}:{line}" if line else path for path, line in entry.occurrences)
    # polib cuts the name of a file at its spaces; the isolating marks show what belongs together.
    places = comments.read_places(" ".join(map(comments.isolated, occurrences)))
    lines += [f"#: {comments.isolated(place)}" for place in places]
    # A flag line read by polib may hold an empty flag, or one flag twice.
    if flags := [flag for flag in dict.fromkeys(entry.flags) if flag]:
        lines.append(f"#, {', '.join(flags)}")
    if entry.previous_msgid:
        lines += comments.previous_lines(
            entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural
        )
    return tuple(map(sound, lines))


def _cut(comment: str) -> list[str]:
    return comment.replace("\r\n", "\n").split("\n") if comment else []


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def _msgstrs(entry: polib.POEntry) -> tuple[str, ...]:
    forms = entry.msgstr_plural
    return tuple(forms[number] for number in sorted(forms)) if forms else (entry.msgstr,)

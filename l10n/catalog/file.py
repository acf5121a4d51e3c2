"""A catalog: a PO file in memory, found by key, counted, merged with an article, saved."""

from __future__ import annotations

import errno
import gc
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.catalog import comments
from l10n.catalog import header as head
from l10n.catalog.entry import Entry, Snapshot
from l10n.catalog.merged import Merge
from l10n.catalog.merging import merge_units
from l10n.catalog.quoting import escape
from l10n.catalog.reader import pieces
from l10n.catalog.rereading import Read
from l10n.catalog.source import Source
from l10n.errors import CatalogError, L10nError, StaleCatalogError
from l10n.files import exclusive_folder, make_folder, read_bytes, write_atomically
from l10n.interface import gettext as _
from l10n.model import Counts, Key, State, Unit
from l10n.text.markup import TOKEN

if TYPE_CHECKING:
    from l10n.catalog.bridge import POFile

_FIRST = 100
"""Entries that are asked which article they come from: those of foreign catalogs may not know."""
_LINE_NUMBER = re.compile(r":\d+$")
_NAMED = re.compile(r"(?:^|\.)([a-z]{2})$|(?:^|[._-])([a-z]{2,3}[_-][A-Z]{2})$")
"""How the file of a catalog says its locale; `sign-in.po` does not."""


class Catalog:
    """The entries of one article in one target locale.

    Entries keep the bytes they were read from: saving writes those back for all that has not
    changed, so a change touches its own lines and no others.
    """

    def __init__(self, source: Source, *, article: str | None = None) -> None:
        self.path = source.path
        self._source = source
        self._article = article
        self._all: list[Entry] = []
        """Every entry in the order of the file, the header too."""
        self._index: dict[Key, Entry] = {}
        self._tail = 0
        self._header: Entry | None = None
        self._on_disk: bytes | None = None
        """Digest of the file as this catalog last saw it; None when it was not there."""
        self._dated: tuple[list[Snapshot], str] = ([], "")
        """The changes that the last revision date stands for."""

    @classmethod
    def load(cls, path: Path) -> Catalog:
        """Read a file; CatalogError with its line where it is damaged."""
        data = _bytes_of(path)
        if data is None:
            raise _unreadable(path, os.strerror(errno.ENOENT))
        return cls._loaded(data, path)

    @classmethod
    def open_or_new(cls, path: Path, *, source: str, target: str, article: str) -> Catalog:
        """Read the catalog that stands at a path, or make a new one where there is none or an empty file."""
        data = _bytes_of(path) or b""
        # `touch`, a full disk and a merge that failed leave empty files behind: as good as none.
        if data.strip():
            return cls._loaded(data, path)
        catalog = cls(Source(b"", path), article=article)
        catalog._on_disk = sha256(data).digest()
        catalog._write_header(source, target)
        return catalog

    @classmethod
    def _loaded(cls, data: bytes, path: Path) -> Catalog:
        catalog = cls(Source(data, path))
        catalog._on_disk = sha256(data).digest()
        catalog._read()
        return catalog

    @classmethod
    def parse(cls, data: bytes, path: Path | None = None) -> Catalog:
        """Read the bytes of a file; CatalogError with the line where they are damaged."""
        catalog = cls(Source(data, path))
        catalog._read()
        return catalog

    @classmethod
    def new(cls, path: Path | None, *, source: str, target: str, article: str) -> Catalog:
        """Return a catalog without entries; nothing is written before it is saved, where no file is or an empty one."""
        catalog = cls(Source(b"", path), article=article)
        catalog._on_disk = sha256(b"").digest()
        catalog._write_header(source, target)
        return catalog

    def __repr__(self) -> str:
        return f"<Catalog {self.path} {len(self.entries)} entries>"

    @property
    def header(self) -> Mapping[str, str]:
        """The fields of the header, in order; empty when there is none."""
        return head.parse_header(self._header.msgstr) if self._header else {}

    def set_field(self, name: str, value: str) -> None:
        """Set a field of the header; where there is no header nobody could read it, and nothing is done."""
        if self._header is not None and self.header.get(name) != value:
            text = head.with_field(self._header.msgstr, name, value)
            self._header.restore(replace(self._header.snapshot(), msgstrs=(text,)))

    @property
    def reviewers(self) -> int:
        """How many people have to review an entry, 1 or 2: what the header says, until it is set to another."""
        return self._source.reviewers

    @reviewers.setter
    def reviewers(self, number: int) -> None:
        self._source.reviewers = number

    @property
    def source_locale(self) -> str | None:
        """BCP 47 tag of the language translated from; None when the header does not say."""
        return head.bcp47(self.header.get("X-Source-Language", "")) or None

    @property
    def target_locale(self) -> str:
        """BCP 47 tag of the language translated to; without a header what folder or file are named by, or empty."""
        declared = head.bcp47(self.header.get("Language", ""))
        if declared or self.path is None:
            return declared
        if self.path.parent.name == "LC_MESSAGES":
            return head.bcp47(self.path.parent.parent.name)
        # `po/en_GB.po`, `help/es.po`, `manual.es.po`: programs name catalogs so.
        named = _NAMED.search(self.path.stem)
        return head.bcp47(named[1] or named[2]) if named else ""

    @property
    def article(self) -> str | None:
        """The article its entries come from: what the first reference names."""
        if self._article is None:
            first = self._all[:_FIRST]
            places = (place for entry in first for place in entry.references)
            place = next(places, None)
            self._article = None if place is None else _LINE_NUMBER.sub("", place)
        return self._article

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """The live entries, in the order of the file."""
        header = self._header
        return tuple(e for e in self._all if not e.obsolete and e is not header)

    @cached_property
    def obsolete(self) -> Sequence[Entry]:
        """The entries no longer in use, in the order of the file."""
        return tuple(entry for entry in self._all if entry.obsolete)

    @property
    def in_file(self) -> Sequence[Entry]:
        """Every entry in the order of the file, those no longer in use and the header among them."""
        return self._all

    @property
    def digest(self) -> bytes:
        """SHA-256 of the file as it was when this catalog last read or wrote it; empty where it did neither."""
        return self._on_disk or b""

    def find(self, msgid: str, msgctxt: str | None = None) -> Entry | None:
        """Return the live entry of a message."""
        entry = self._index.get((msgctxt, msgid))
        return None if entry is None or entry.obsolete or entry is self._header else entry

    def counts(self) -> Counts:
        """Count entries by state, and the words of their msgids."""
        states = [entry.state for entry in self.entries]
        reviewed = states.count(State.REVIEWED)
        return Counts(
            translated=states.count(State.TRANSLATED) + reviewed,
            reviewed=reviewed,
            draft=states.count(State.DRAFT),
            untranslated=states.count(State.UNTRANSLATED),
            obsolete=len(self.obsolete),
            words=sum(map(_words, self.entries)),
            not_offered=head.not_offered(self.header),
        )

    def to_polib(self) -> POFile:
        """Return a copy for scripts that know polib; its `save` writes polib's layout, not ours."""
        from l10n.catalog.bridge import write_polib  # noqa: PLC0415 - polib, rarely needed

        entries = (entry for entry in self._all if entry is not self._header)
        fields = {**self.header, **self._new_fields()}
        return write_polib(self._header, fields, entries, self.path)

    @classmethod
    def from_polib(cls, file: POFile, path: Path | None = None) -> Catalog:
        """Make the catalog that polib's file describes; CatalogError where that is none.

        With a path it is the catalog that stands there brought up to date: saving it touches only
        the lines of the entries that differ.
        """
        from l10n.catalog.bridge import read_polib  # noqa: PLC0415 - polib, rarely needed

        data = (path and _bytes_of(path)) or b""
        catalog = cls(Source(data, path))
        catalog._on_disk = sha256(data).digest()
        catalog._read()
        catalog._take(list(read_polib(file, catalog._source, catalog._index)))
        # Scripts write what they like: only what can be read again may be saved.
        cls.parse(catalog.dumps(), path)
        return catalog

    def write_mo(self, path: Path) -> None:
        """Write the finished translations as programs read them, drafts left out."""
        write_atomically(path, self.to_polib().to_binary())

    def merge(self, units: Sequence[Unit], *, article: str, read: Read | None = None) -> Merge:
        """Bring the entries up to date with the units of the article, in their order.

        What moved or stayed is kept as it is; what was edited keeps its translation as a draft;
        what is gone becomes obsolete, and comes back with its review when its unit does. With `read`
        a text that is read differently than before keeps its review.
        """
        self._article = article
        before = [entry for entry in self._all if entry is not self._header]
        after, merge = merge_units(self._source, before, units, article=article, read=read)
        self._take([*([self._header] if self._header else []), *after])
        return merge

    def dumps(self) -> bytes:
        """Return the bytes of the file; of what has not changed those that were read."""
        fields = self._new_fields()
        data = self._source.data
        parts: list[bytes] = []
        # From start to end: bytes of the source in which nothing has moved, not yet in parts.
        start = end = 0
        for entry in self._all:
            span = entry.span
            dated = fields if entry is self._header else None
            if span is not None and span[0] == end and not dated:
                end = span[1]
                continue
            follows = entry.extent[0] == end >= 0
            parts.append(data[start:end])
            raw = _with_fields(entry, dated) if dated else entry.render()
            parts += self._gap(raw, parts, follows=follows), raw
            start = end = entry.extent[1]
        # Comments after the last entry stay at the end, whichever entry is the last one now.
        if end == self._tail:
            parts.append(data[start:])
        else:
            parts += data[start:end], data[self._tail :]
        return b"".join(part for part in parts if part)

    def save(self, path: Path | None = None, *, overwrite: bool = False) -> bool:
        """Write the file atomically; False when it already has these bytes.

        Refuses with CatalogError when the file is no longer what was read or last saved, unless
        told to overwrite. A path of its own is where the catalog lives from then on.
        """
        target = path or self.path
        if target is None:
            raise ValueError("a catalog without a path cannot be saved")
        data = self.dumps()
        try:
            folder = Path(os.path.realpath(target)).parent
            with suppress(OSError):  # writing says what is in the way
                make_folder(folder)
            # Between the look at the file and its replacement nobody else of ours may write it.
            with exclusive_folder(folder) if folder.is_dir() else nullcontext():
                before = _bytes_of(target)
                # A file that is gone, or holds these very bytes, has nothing that could be lost.
                is_ours = overwrite or target != self.path or before in (None, data)
                if not is_ours and sha256(before or b"").digest() != self._on_disk:
                    raise StaleCatalogError(
                        _("not saved: the file has changed since it was read"),
                        path=target,
                        hint=_("read it again and repeat the change"),
                    )
                if before != data:
                    write_atomically(target, data)
        except CatalogError:
            raise
        except L10nError as error:
            raise CatalogError(error.message, path=error.path, hint=error.hint) from error
        self.path = target
        self._on_disk = sha256(data).digest()
        return before != data

    def _read(self) -> None:
        with _no_collection():
            for piece in pieces(self._source):
                self._hold(Entry.at(self._source, piece))
        if self._all:
            self._tail = self._all[-1].extent[1]
        self._find_header()

    def _write_header(self, source: str, target: str) -> None:
        text = head.new_header(source=source, target=target)
        self._hold(Entry(self._source, "", read=Snapshot((), (text,))))
        self._find_header()

    def _hold(self, entry: Entry) -> None:
        first = self._index.setdefault((entry.msgctxt, entry.msgid), entry)
        if first is not entry:
            raise self._source.duplicate(entry.place, first.place)
        self._all.append(entry)

    def _take(self, entries: list[Entry]) -> None:
        self._all = entries
        self._index = {entry.key: entry for entry in entries}
        self._find_header()
        self.__dict__.pop("entries", None)
        self.__dict__.pop("obsolete", None)

    def _find_header(self) -> None:
        entry = self._index.get((None, ""))
        if entry is not None and not entry.obsolete:
            self._header = entry
            self._source.nplurals = head.nplurals(self.header)
            self._source.reviewers = head.reviewers(self.header)

    def _new_fields(self) -> dict[str, str]:
        """Return the fields of the header that saving changes: none unless a translation has moved."""
        if self._header is None:
            return {}
        changed = (entry for entry in self._all if entry.span is None)
        moved = [
            entry.snapshot()
            for entry in changed
            if entry is not self._header and entry.has_moved
        ]
        if not moved:
            return {}
        # The same changes keep their date: to ask for the bytes twice must not give two answers.
        if moved != self._dated[0]:
            self._dated = (moved, head.stamp_date())
        fields = {"PO-Revision-Date": self._dated[1]}
        header = self.header
        # A template says `CHARSET`: what is written is UTF-8 all the same.
        if not header.get("Content-Type", "").lower().endswith(("utf-8", "utf8")):
            fields["Content-Type"] = "text/plain; charset=UTF-8"
        reviewer = _last_reviewer(moved)
        if reviewer and reviewer not in header.get("Last-Translator", ""):
            fields["Last-Translator"] = reviewer
        return {name: value for name, value in fields.items() if name in header}

    def _gap(self, raw: bytes, parts: Sequence[bytes], *, follows: bool) -> bytes:
        """Return what must stand before the bytes of an entry: the end of a line, a blank line.

        An entry that follows the one it followed in the source brings its blank lines along.
        """
        before = next((part for part in reversed(parts) if part), b"")
        newline = self._source.newline.encode()
        gap = b"" if not before or before.endswith(b"\n") else newline
        apart = follows or not before or raw.startswith((b"\n", b"\r\n"))
        return gap if apart else gap + newline


def read_header(path: Path) -> Mapping[str, str]:
    """Return the fields of a catalog's header, nothing else of it being read; CatalogError where that is damaged."""
    data = _bytes_of(path) or b""
    # Everybody writes a blank line after the header; without one there is little else.
    head_only, _blank, _rest = data.replace(b"\r\n", b"\n").partition(b"\n\n")
    return Catalog.parse(head_only + b"\n", path).header


def _words(entry: Entry) -> int:
    msgid = entry.msgid
    return len((TOKEN.sub("", msgid) if "<" in msgid else msgid).split())


def _with_fields(header: Entry, fields: Mapping[str, str]) -> bytes:
    """Return the bytes of a header with some fields replaced, each on the line where it stood."""
    raw = header.render()
    for name, value in fields.items():
        line = re.compile(rb'^"%s:[^"\\\n]*\\n"' % name.encode(), re.MULTILINE)
        written = f'"{escape(f"{name}: {value}")}\\n"'.encode()
        matches = line.findall(raw)
        # A field wrapped or doubled by another tool: the whole header is written anew.
        if len(matches) != 1:
            break
        raw = raw.replace(matches[0], written)
    else:
        return raw
    text = head.format_header(head.parse_header(header.msgstr) | dict(fields))
    source = Source(b"", None)
    return Entry(source, "", read=Snapshot(header.snapshot().lines, (text,))).render()


def _last_reviewer(moved: Sequence[Snapshot]) -> str:
    stamps = [
        stamp for text in moved for stamp in comments.stamps(text.lines) if stamp.reviewer
    ]
    last = max(stamps, key=lambda stamp: stamp.reviewed_at or "", default=None)
    return last.reviewer or "" if last else ""


def content_of(path: Path) -> bytes:
    """Return what a catalog file holds; nothing where there is none. CatalogError where it cannot be read."""
    return _bytes_of(path) or b""


def _bytes_of(path: Path) -> bytes | None:
    """Return the bytes of a file; None where there is none."""
    try:
        return read_bytes(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def _unreadable(path: Path, reason: str) -> CatalogError:
    message = _("cannot be read: {reason}").format(reason=reason)
    return CatalogError(message, path=path)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector away: it would walk the growing catalog again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

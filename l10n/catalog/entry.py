"""One entry of a catalog: its texts, its derived state, and the few ways it may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from l10n.catalog import comments
from l10n.catalog.lexer import Odd
from l10n.catalog.lines import joined, msgstr_lines, remarked, state_of
from l10n.catalog.quoting import clean, sound, text_of
from l10n.catalog.reader import BODY, FORMS, MSGSTR, PLURAL, Piece, forms_of
from l10n.catalog.source import Source
from l10n.catalog.stamp import Stamp, digest, is_same_person
from l10n.model import Key, Origin, State

_SKIPPED = (len(b"msgstr "), len(b"#~ msgstr "))
"""Bytes before the first quotation mark of a msgstr, of a live entry and of an obsolete one."""
_TWO = 2
_ACCEPTED = (State.TRANSLATED, State.REVIEWED)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What of an entry can change: what undo keeps."""

    lines: tuple[str, ...]
    """Comment lines as in the file, blank ones too; `#~|` is written `#|`."""
    msgstrs: tuple[str, ...]


class Entry:
    """One message of a catalog; its attributes change only through its methods."""

    __slots__ = (
        "_body",
        "_end",
        "_now",
        "_read",
        "_source",
        "_start",
        "_target",
        "_was_obsolete",
        "msgctxt",
        "msgid",
        "msgid_plural",
        "obsolete",
    )

    def __init__(
        self,
        source: Source,
        msgid: str,
        msgctxt: str | None = None,
        read: Snapshot | None = None,
        *,
        obsolete: bool = False,
    ) -> None:
        self.msgctxt = msgctxt
        self.msgid = msgid
        self.msgid_plural: str | None = None
        self.obsolete = obsolete
        self._source = source
        self._was_obsolete = obsolete
        # Offsets in the source: comments, keywords, msgstr, end. Nothing else is decoded before
        # somebody asks for it. -1: not in the source, or not of the usual layout.
        self._start = self._body = self._target = self._end = -1
        self._read = read
        self._now: Snapshot | None = None

    @classmethod
    def at(cls, source: Source, piece: Piece) -> Entry:
        """Return the entry that a piece of a source is."""
        layout, obsolete, msgctxt, msgid = piece
        entry = cls(source, msgid, msgctxt, obsolete=obsolete)
        if isinstance(layout, Odd):
            entry.msgid_plural = layout.msgid_plural
            entry._start, entry._body, entry._end = layout.start, layout.body, layout.end
            entry._read = Snapshot(layout.lines, layout.msgstrs)
            return entry
        entry._start, entry._end = layout.span()
        entry._body = layout.start(BODY)
        target = layout.start(MSGSTR)
        if target < 0:
            target = layout.start(FORMS) + _SKIPPED[obsolete]
            entry.msgid_plural = text_of(layout[PLURAL])
        entry._target = target - _SKIPPED[obsolete]
        return entry

    def __repr__(self) -> str:
        return f"<Entry {self.key!r} {self.state}>"

    @property
    def key(self) -> Key:
        """(msgctxt, msgid)."""
        return (self.msgctxt, self.msgid)

    @property
    def msgstrs(self) -> tuple[str, ...]:
        """Every form: one for a singular, for a plural as many as the header asks for, or more."""
        if self._is_undecoded():
            return (text_of(self._raw_msgstr()),)
        forms = self._text().msgstrs
        if self.msgid_plural is not None and len(forms) < self._source.nplurals:
            forms += ("",) * (self._source.nplurals - len(forms))
        return forms

    @property
    def msgstr(self) -> str:
        """The translation, the first form of a plural; empty when there is none."""
        return self.msgstrs[0]

    @property
    def flags(self) -> frozenset[str]:
        """Every flag: `fuzzy` and others."""
        return comments.flags(self._text().lines)

    @property
    def notes(self) -> tuple[str, ...]:
        """What people wrote: the `# ` lines, stamps aside."""
        return comments.notes(self._text().lines)

    @property
    def extracted(self) -> tuple[str, ...]:
        """What the article tells translators: the `#.` lines."""
        return comments.extracted(self._text().lines)

    @property
    def references(self) -> tuple[str, ...]:
        """The places that the `#:` lines name."""
        return comments.references(self._text().lines)

    @property
    def previous_msgctxt(self) -> str | None:
        """The msgctxt it had when it was translated, from `#|`."""
        return comments.previous(self._text().lines).get("msgctxt")

    @property
    def previous_msgid(self) -> str | None:
        """The msgid it had when it was translated, from `#|`."""
        return comments.previous(self._text().lines).get("msgid")

    @property
    def previous_msgid_plural(self) -> str | None:
        """The msgid_plural it had when it was translated, from `#|`."""
        return comments.previous(self._text().lines).get("msgid_plural")

    @property
    def line(self) -> int:
        """1-based line of msgid in the file as loaded; 0 for an entry that was not in it."""
        return self._source.line_at(self.place) if self._start >= 0 else 0

    @property
    def state(self) -> State:
        """How far it is: derived from texts, flag and stamps."""
        # As `_is_undecoded` and `_raw_msgstr`, but every command asks it of every entry.
        if self._read is None and self._target >= 0 and self.msgid_plural is None:
            data = self._source.data
            msgstr = data[self._target + _SKIPPED[self._was_obsolete] : self._end]
            return state_of(
                data[self._start : self._body],
                msgstr,
                self.msgctxt,
                self.msgid,
                self._source.reviewers,
            )
        # As msgfmt counts: a plural of which one form is missing is not translated, fuzzy or not.
        if not all(self.msgstrs):
            return State.UNTRANSLATED
        lines = "".join(line + "\n" for line in self._text().lines).encode()
        if comments.is_fuzzy(lines):
            return State.DRAFT
        right = self._digest(self._text().msgstrs).encode()
        reviewed = right in comments.review_hashes(lines, self._source.reviewers)
        return State.REVIEWED if reviewed else State.TRANSLATED

    @property
    def stamp(self) -> Stamp | None:
        """The stamp that fits the texts; of several a review comes first."""
        stamps = comments.stamps(self._text().lines)
        if not stamps:
            return None
        right = self._digest(self._text().msgstrs)
        fitting = [stamp for stamp in stamps if stamp.hash == right]
        return max(fitting, key=lambda stamp: stamp.reviewer is not None, default=None)

    @property
    def origin(self) -> Origin | None:
        """Where a draft came from; None when nobody knows, or when it is no draft."""
        if self.state is not State.DRAFT:
            return None
        stamp = self.stamp
        if stamp is not None and stamp.origin is not None:
            return stamp.origin
        if self.previous_msgid is None or self._shows_memory():
            return None
        return Origin.SOURCE_CHANGED

    def _shows_memory(self) -> bool:
        """Whether what the message was, by its `#|`, is a text of the memory: one that no source of this entry ever was.

        So it is where the draft was the memory's and another program has changed it: nobody's stamp speaks of a source.
        """
        stamps = comments.stamps(self._text().lines)
        return bool(stamps) and all(
            stamp.origin is Origin.TM and stamp.reviewer is None for stamp in stamps
        )

    @property
    def is_untouched(self) -> bool:
        """Whether it is a draft as the memory or an engine left it: any text of a person is worth more."""
        stamp = self.stamp if self.state is State.DRAFT else None
        return stamp is not None and stamp.machine is not None

    @property
    def is_open(self) -> bool:
        """Whether no person has put anything into it: a translation found later may."""
        return self.state is State.UNTRANSLATED or self.is_untouched

    def fill(
        self,
        msgstr: str | tuple[str, ...],
        *,
        origin: Origin,
        translates: str | None = None,
        **fields: str,
    ) -> None:
        """Write a draft and where it came from; `translates` is the text that it translates where that is another one.

        It stands in `#|`, where other editors show what is different now.
        Fields are those of the stamp: `mt="argos:…", band="good"`, `tm="87"`, `aligned="0.94"`; with `from` the
        text is no longer as the memory or an engine wrote it.
        """
        came_from = {origin.value: ""}
        if "from" in fields or origin is Origin.SOURCE_CHANGED:
            came_from = {"from": origin.value}
        lines = comments.without_previous(self._text().lines)
        if translates not in (None, self.msgid):
            lines += comments.previous_lines(self.msgctxt, translates, None)
        self._write_draft(lines, msgstr, tuple((came_from | fields).items()))

    def save_draft(self, msgstr: str | tuple[str, ...]) -> None:
        """Write a person's unfinished text; where its draft came from stays known, as `from`."""
        stamp = self.stamp
        fields = stamp.fields if stamp else ()
        # What speaks of the text as it was, a review, a band or a score, does not speak of this one. Without it
        # nobody could tell a person's work from the machine's, and the next translation would displace it.
        is_as_it_was = self.state is State.DRAFT and self._forms(msgstr) == self.msgstrs
        if stamp and not is_as_it_was:
            fields = (("from", stamp.origin.value),) if stamp.origin else ()
        self._write_draft(self._text().lines, msgstr, fields)

    def amend(self, msgstr: str | tuple[str, ...]) -> None:
        """Write a draft that was mended by rule: where it came from stays as it was."""
        stamp = self.stamp
        self._write_draft(self._text().lines, msgstr, stamp.fields if stamp else ())

    def translate(self, msgstr: str | tuple[str, ...]) -> None:
        """Write a finished translation that nobody has reviewed."""
        lines = comments.without_stamps(_accepted(self._text().lines))
        self._set(Snapshot(lines, self._forms(msgstr)))

    def takes_review_of(self, name: str) -> bool:
        """Whether a review by this person adds anything: not where two are asked for and the first is theirs."""
        stamp = self._first_review
        return stamp is None or (
            not is_same_person(stamp.reviewer or "", name) and not stamp.has_two_reviewers
        )

    @property
    def waits_for_second(self) -> bool:
        """Whether one person has reviewed it where two have to."""
        stamp = self._first_review
        return stamp is not None and not stamp.has_two_reviewers

    @property
    def _first_review(self) -> Stamp | None:
        """The stamp of a text that was reviewed, where two people have to do that."""
        if self._source.reviewers < _TWO or self.state not in _ACCEPTED:
            return None
        stamp = self.stamp
        return stamp if stamp and stamp.reviewer else None

    def approve(
        self,
        *,
        by: str,
        at: datetime | None = None,
        edits: float | None = None,
        second: str = "",
    ) -> None:
        """Stamp the translation as reviewed; where its draft came from is kept as `from`.

        `edits` is the share of the draft that the reviewer changed, 0-1; what stands as a machine wrote it was not
        changed. Where two people have to review, somebody
        else's review of the same text becomes the second one, and one more of the same person changes nothing.
        Raises ValueError when there is no complete translation.
        """
        if not all(self.msgstrs):
            raise ValueError("an entry without a complete translation cannot be approved")
        stamp = self.stamp
        origin = self.origin or (stamp.origin if stamp else None)
        first = self._first_review
        if first is not None:
            if not self.takes_review_of(by):
                return
            by, second = first.reviewer or "", by
            edits = first.edits
        when = (at or datetime.now(UTC)).astimezone(UTC)
        fields = [("reviewed", by), ("at", f"{when:%Y-%m-%dT%H:%MZ}")]
        if second:
            fields.append(("second", second))
        if origin is not None:
            fields.append(("from", origin.value))
        if edits is None and stamp and stamp.machine and self.state is State.DRAFT:
            edits = 0.0
        if edits is not None:
            fields.append(("edits", f"{edits:.2f}"))
        forms = self._text().msgstrs
        review = Stamp(self._digest(forms), tuple(fields))
        self._set(Snapshot(comments.with_stamp(_accepted(self._text().lines), review), forms))

    def reject(self) -> None:
        """Take the translation away; notes stay."""
        self.translate(("",) * len(self.msgstrs))

    def set_notes(self, notes: Sequence[str]) -> None:
        """Replace what people wrote; the stamp stays."""
        text = self._text()
        self._set(
            replace(
                text, lines=comments.with_notes(text.lines, [sound(note) for note in notes])
            )
        )

    def set_source_comments(self, extracted: Sequence[str], references: Sequence[str]) -> None:
        """Replace what the article says about it: the `#.` and `#:` lines, if they differ."""
        text = self._text()
        if (self.extracted, self.references) != (tuple(extracted), tuple(references)):
            lines = comments.with_source(text.lines, extracted, references)
            self._set(replace(text, lines=lines))

    def snapshot(self) -> Snapshot:
        """Return what can change, to restore it later."""
        return self._text()

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot of this entry, or of the same entry in another reading of the file."""
        self._set(snapshot)

    @property
    def span(self) -> tuple[int, int] | None:
        """Its bytes in the source when they still say all about it, otherwise None."""
        if self._start < 0 or self._now is not None or self.obsolete != self._was_obsolete:
            return None
        return self._start, self._end

    @property
    def place(self) -> int:
        """Offset of its msgid in the source."""
        if self._target < 0 or self.msgctxt is None:
            return self._body
        # The keywords begin with msgctxt, but editors jump to the text.
        keyword = b"\n#~ msgid " if self._was_obsolete else b"\nmsgid "
        return self._source.data.index(keyword, self._body) + 1

    @property
    def has_moved(self) -> bool:
        """Whether its translation, or what people decided about it, differs from what was read."""
        if self._now is None:
            return False
        return _decision(self._now) != _decision(self._as_read())

    @property
    def extent(self) -> tuple[int, int]:
        """Its bytes in the source, whatever has changed since; (-1, -1) when it was not in it."""
        return self._start, self._end

    def render(self) -> bytes:
        """Return its bytes; those of the file for every part that has not changed."""
        if self.span is not None:
            return self._source.data[self._start : self._end]
        text, usual = self._text(), self._target >= 0
        head = self._source.data[self._body : self._target] if usual else None
        is_translated_as_read = usual and text.msgstrs == self._as_read().msgstrs
        tail = self._source.data[self._target : self._end] if is_translated_as_read else None
        newline, mark = self._source.newline, "#~ " if self.obsolete else ""
        lines = (
            "#~" + line[1:] if self.obsolete and line.startswith("#|") else line
            for line in text.lines
        )
        keywords = comments.keyword_lines(self.msgctxt, self.msgid, self.msgid_plural)
        forms = msgstr_lines(self.msgid_plural is not None, text.msgstrs)
        return b"".join(
            (
                joined(lines, newline),
                joined(keywords, newline, mark)
                if head is None
                else remarked(head, self._was_obsolete, self.obsolete),
                joined(forms, newline, mark)
                if tail is None
                else remarked(tail, self._was_obsolete, self.obsolete),
            )
        )

    def _text(self) -> Snapshot:
        return self._now or self._as_read()

    def _as_read(self) -> Snapshot:
        if self._read is None:
            self._read = self._decode()
        return self._read

    def _decode(self) -> Snapshot:
        if self._start < 0:
            return Snapshot((), ("",))
        data = self._source.data
        raw = data[self._start : self._body].decode()
        lines = raw.replace("\r\n", "\n").split("\n")[:-1] if raw else []
        if self._was_obsolete:
            lines = ["#|" + line[3:] if line.startswith("#~|") else line for line in lines]
        if self.msgid_plural is not None:
            return Snapshot(tuple(lines), forms_of(data[self._target : self._end]))
        return Snapshot(tuple(lines), (text_of(self._raw_msgstr()),))

    def _is_undecoded(self) -> bool:
        """Whether all stands in the source alone.

        Lists ask every entry for its state and its text: nothing is kept to answer that.
        """
        return self._read is None and self._target >= 0 and self.msgid_plural is None

    def _raw_msgstr(self) -> bytes:
        return self._source.data[self._target + _SKIPPED[self._was_obsolete] : self._end]

    def _set(self, text: Snapshot) -> None:
        self._now = None if text == self._as_read() else text

    def _digest(self, msgstrs: Sequence[str]) -> str:
        return digest(self.msgctxt, self.msgid, self.msgid_plural, msgstrs)

    def _write_draft(
        self,
        lines: tuple[str, ...],
        msgstr: str | tuple[str, ...],
        fields: tuple[tuple[str, str], ...],
    ) -> None:
        forms = self._forms(msgstr)
        # A draft of nothing is no draft: gettext calls it untranslated, whatever its flag says.
        if not any(forms):
            self.translate(forms)
            return
        lines = comments.with_fuzzy(comments.without_stamps(lines))
        if fields:
            lines = comments.with_stamp(lines, Stamp(self._digest(forms), fields))
        self._set(Snapshot(lines, forms))

    def _forms(self, msgstr: str | tuple[str, ...]) -> tuple[str, ...]:
        """Return clean forms, as many as the entry has; one text stands for every form."""
        count = len(self.msgstrs)
        forms = (msgstr,) * count if isinstance(msgstr, str) else msgstr
        if len(forms) != count:
            raise ValueError(f"{len(forms)} forms for an entry that has {count}")
        return tuple(clean(form, self.msgid) for form in forms)


def _accepted(lines: tuple[str, ...]) -> tuple[str, ...]:
    return comments.without_previous(comments.without_fuzzy(lines))


def _decision(text: Snapshot) -> tuple[object, ...]:
    lines = text.lines
    is_fuzzy = "fuzzy" in comments.flags(lines)
    return text.msgstrs, is_fuzzy, comments.stamps(lines), comments.kept_previous(lines)

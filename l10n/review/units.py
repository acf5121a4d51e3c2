"""The units of the catalog under review: by row and by key, as they stand on the screen, and what the checks find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from l10n.catalog import Catalog, Entry
from l10n.model import Finding, Key, Severity
from l10n.review.history import Texts
from l10n.review.index import Index
from l10n.review.judge import Judge
from l10n.text.markup import OMIT

_REMEMBERED = 200
"""Texts whose findings are kept: each key makes a new one."""


class Units:
    """The entries of one version of the catalog; another takes its place when somebody else wrote the file."""

    def __init__(self, catalog: Catalog, judge: Judge, waits: Callable[[Entry], bool]) -> None:
        self.texts = Texts(self._entry_of)
        self.generation = 0
        """Which version of the file this is; snapshots of entries are worth nothing in another."""
        self._judge = judge
        self._waits = waits
        self._load(catalog)

    def _load(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.entries: Sequence[Entry] = catalog.entries
        self.index = Index(self.entries, self._all_findings, self._waits)
        self._findings: dict[tuple[Key, int, str], tuple[Finding, ...]] = {}
        self._rows: dict[Key, int] | None = None
        self._repeats: dict[str, list[int]] | None = None

    def replace(self, catalog: Catalog) -> None:
        """Go on with another version of the catalog; marks and typing stay."""
        earlier = self.index
        marked = [self.entries[row].key for row in earlier.marked]
        self.generation += 1
        self._load(catalog)
        self.index.inherit(earlier)
        self.index.marked = {row for key in marked if (row := self.row_of(key)) is not None}
        self.texts.settle_all()

    def row_of(self, key: Key, hint: int = 0) -> int | None:
        """Return the row of an entry, at once if it is still where the hint says; None when it is gone."""
        if hint < len(self.entries) and self.entries[hint].key == key:
            return hint
        if self._rows is None:
            self._rows = {entry.key: row for row, entry in enumerate(self.entries)}
        return self._rows.get(key)

    def text_of(self, entry: Entry, form: int = 0) -> str:
        """Return the text of one form of an entry, unfinished typing included."""
        return self.texts.text(entry, form)

    def repeats(self, row: int) -> list[int]:
        """Return the other rows with the same source."""
        if self._repeats is None:
            # Only a msgctxt lets a msgid stand twice.
            self._repeats = {
                entry.msgid: [] for entry in self.entries if entry.msgctxt is not None
            }
            for other, entry in enumerate(self.entries):
                if (rows := self._repeats.get(entry.msgid)) is not None:
                    rows.append(other)
        return [
            other for other in self._repeats.get(self.entries[row].msgid, ()) if other != row
        ]

    def neighbours(self, row: int, distance: int) -> Iterator[int]:
        """Yield the rows around one, in the order of the article."""
        yield from range(max(0, row - distance), min(len(self.entries), row + distance + 1))

    # What the checks find

    def findings(self, entry: Entry, form: int) -> tuple[Finding, ...]:
        """Return what the checks find in the text as it stands on the screen, most severe first."""
        text = self.text_of(entry, form)
        if not text or text == OMIT:
            return ()
        key = (entry.key, form, text)
        if key not in self._findings:
            if len(self._findings) > _REMEMBERED:
                self._findings.clear()
            self._findings[key] = self._judge.findings(entry, form, text)
        return self._findings[key]

    def errors(self, entry: Entry, form: int) -> tuple[Finding, ...]:
        """Return the findings that stand in the way of an approval."""
        return tuple(
            finding
            for finding in self.findings(entry, form)
            if finding.severity is Severity.ERROR
        )

    def note_errors(self, row: int) -> None:
        """Mark a row that has errors in it, and only such a one."""
        self.index.note_errors(row, self._all_findings(self.entries[row]))

    def forget_findings(self) -> None:
        """Judge texts anew from now on: the glossary has changed."""
        self._judge.forget_terms()
        self._findings.clear()

    def _all_findings(self, entry: Entry) -> tuple[Finding, ...]:
        return tuple(
            finding
            for form in range(len(entry.msgstrs))
            for finding in self.findings(entry, form)
        )

    def _entry_of(self, key: Key) -> Entry | None:
        return self.catalog.find(key[1], key[0])

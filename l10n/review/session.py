"""A sitting over one catalog: everything the screen shows and does, without the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from l10n.catalog import Catalog, Entry
from l10n.catalog.comments import questions_of
from l10n.model import Finding, Key
from l10n.project.counterparts import counterpart_of
from l10n.review.cursor import Cursor
from l10n.review.decisions import Decision, Decisions
from l10n.review.elsewhere import Elsewhere
from l10n.review.filter import Query
from l10n.review.index import Index
from l10n.review.judge import Judge
from l10n.review.keeper import Keeper, Merged, Outcome
from l10n.review.recovery import Recovered
from l10n.review.sampling import Sample
from l10n.review.statistics import Sitting
from l10n.review.units import Units
from l10n.review.writing import Writing
from l10n.text.description import parse_description


class Session:
    """Cursor, writing and decisions over the units of one catalog; what each can do is said to the session."""

    def __init__(
        self,
        keeper: Keeper,
        *,
        reviewer: str,
        judge: Judge,
        name: str = "",
        counterparts: Mapping[str, str] | None = None,
        sample: Sample | None = None,
        home: str = "",
        elsewhere: Elsewhere | None = None,
        approves_repeats: bool = False,
    ) -> None:
        self.keeper = keeper
        self.reviewer = reviewer
        self.judge = judge
        self.counterparts = counterparts or {}
        """Where links lead in this locale instead, by their address in the original."""
        self.name = name or keeper.path.stem
        """Of the catalog, for a person: `en/feria`."""
        self.home = home or str(keeper.path.resolve())
        """Folder of the project, or the catalog's path: what a record of work is about."""
        self._elsewhere = elsewhere
        self.also_changed: dict[Path, None] = {}
        """Other files that were changed, the first one first: the glossary, catalogs with repeats."""
        self.sitting = Sitting()
        self.sample = sample
        """Reviewed units that are looked at again; None outside such a sitting."""
        self._units = units = Units(keeper.catalog, judge, self._waits)
        self._cursor = cursor = Cursor(units, self.sitting, self._keep_text)
        self._writing = writing = Writing(units, cursor, keeper, self.sitting)
        self._decisions = decisions = Decisions(
            units,
            cursor,
            writing,
            keeper,
            self.sitting,
            reviewer=reviewer,
            catalog_name=self.name,
            home=self.home,
            sample=sample,
        )

        decisions.approves_repeats = approves_repeats

        # Bound once, so that no method does nothing but hand its arguments on to a part.
        self.row_of, self.text_of = units.row_of, units.text_of
        self.repeats, self.neighbours = units.repeats, units.neighbours
        self.forget_findings = units.forget_findings

        self.go_to, self.step, self.back = cursor.go_to, cursor.step, cursor.back
        self.next_open = cursor.next_open
        self.set_filter, self.shows = cursor.set_filter, cursor.shows

        self.type, self.use, self.first_draft = writing.type, writing.use, writing.first_draft
        self.seal_text = writing.seal_text
        self.undo_text, self.redo_text = writing.undo_text, writing.redo_text

        self.approve, self.save_draft = decisions.approve, decisions.save_draft
        self.reject, self.omit, self.set_note = (
            decisions.reject,
            decisions.omit,
            decisions.set_note,
        )
        self.keep_text, self.warm_up = decisions.keep_text, decisions.warm_up
        self.put_forms = decisions.put_forms
        self.put_texts, self.put_content = decisions.put_texts, decisions.put_content
        self.propagate, self.bulk = decisions.propagate, decisions.bulk
        self.undo, self.redo = decisions.undo, decisions.redo

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the article tells of the unit; of a link that leads elsewhere in this locale, where to."""
        return tuple(self._remark(line) for line in self.entry.extracted)

    def _remark(self, line: str) -> str:
        for meanings in parse_description([line]).values():
            match = counterpart_of(meanings[0], self.counterparts)
            if match is not None:
                _address, counterpart = match
                return f"{line} → {counterpart}"
        return line

    @property
    def read_only(self) -> bool:
        """True while nothing may be changed: the file, or whoever else has it open, does not let us."""
        return self._decisions.read_only

    @read_only.setter
    def read_only(self, read_only: bool) -> None:
        self._decisions.read_only = read_only

    @property
    def fills_repeats(self) -> bool:
        """Whether an approval fills the open repeats of its source, here and in other catalogs."""
        return self._decisions.fills_repeats

    @fills_repeats.setter
    def fills_repeats(self, fills: bool) -> None:
        self._decisions.fills_repeats = fills

    @property
    def last_decision(self) -> Decision | None:
        """What can be taken back next; None when there is nothing."""
        return self._decisions.last

    def follow(self, decision: Decision) -> int:
        """Fill the repeats of what was approved in other catalogs, and return how many; not while one types: it reads files."""
        if self._elsewhere is None or not self.fills_repeats:
            return 0
        filled = self._elsewhere.follow(decision)
        self.also_changed.update(dict.fromkeys(repeat.path for repeat in filled))
        return len(filled)

    def withdraw(self, decision: Decision) -> int:
        """Empty again what was filled in other catalogs with a decision, and return how many repeats that are."""
        return 0 if self._elsewhere is None else self._elsewhere.withdraw(decision)

    @property
    def catalog(self) -> Catalog:
        """The catalog, in the version that is worked on now."""
        return self._units.catalog

    @property
    def entries(self) -> Sequence[Entry]:
        """Its entries, by row."""
        return self._units.entries

    @property
    def index(self) -> Index:
        """What is known of the rows: states, counts, marks."""
        return self._units.index

    @property
    def position(self) -> int:
        """Row one stands at."""
        return self._cursor.position

    @property
    def entry(self) -> Entry:
        """The entry one stands at; IndexError in a catalog without entries."""
        return self._cursor.entry

    @property
    def form(self) -> int:
        """Plural form that is being edited."""
        return self._cursor.form

    @form.setter
    def form(self, form: int) -> None:
        self._cursor.form = form

    @property
    def place(self) -> int | None:
        """Where the current row stands among the visible ones; None when the filter hides it."""
        return self._cursor.place

    @property
    def visible(self) -> Sequence[int]:
        """Rows that the filter shows."""
        return self._cursor.visible

    @property
    def query(self) -> Query:
        """The filter."""
        return self._cursor.query

    @property
    def source(self) -> str:
        """The source of the form that is being edited."""
        return self._cursor.source

    @property
    def text(self) -> str:
        """The text on the screen: typed, or the entry's."""
        return self._writing.text

    def findings(self, row: int | None = None, form: int | None = None) -> tuple[Finding, ...]:
        """Return what the checks find in a text as it stands on the screen, most severe first."""
        entry = self.entry if row is None else self.entries[row]
        return self._units.findings(entry, self.form if form is None else form)

    @property
    def shown_texts(self) -> dict[int, tuple[str, ...]]:
        """The texts of the rows that the filter shows, unfinished typing included."""
        return {
            row: tuple(
                self.text_of(self.entries[row], form)
                for form in range(len(self.entries[row].msgstrs))
            )
            for row in self.visible
        }

    def begin_at(self, key: Key | None) -> None:
        """Stand at a unit where that is still open, else at the next open one behind it."""
        row = None if key is None else self.row_of(key)
        if row is not None:
            self.go_to(row)
        if self.entries and not self.index.is_open(self.position):
            self.next_open()

    @property
    def questions(self) -> int:
        """How many units have a note that asks the next reviewer something."""
        return sum(bool(questions_of(entry.notes)) for entry in self.entries)

    def mark(self, rows: Iterable[int]) -> None:
        """Mark rows for a bulk decision; those already marked are unmarked."""
        self.index.marked.symmetric_difference_update(rows)

    def adopt(self, outcome: Outcome) -> Merged | None:
        """Take over what somebody else wrote to the file; typing and position stay."""
        if outcome.theirs is None:
            return None
        self._decisions.flush_text()
        key = self.entry.key if self.entries else None
        merged = self.keeper.adopt(outcome.theirs, outcome, offers=not self.read_only)
        self._units.replace(self.keeper.catalog)
        self._cursor.return_to(key)
        return merged

    def recover(self, unsaved: Iterable[Recovered]) -> int:
        """Put back what a dead sitting left; returns the number of entries."""
        entries = self.keeper.recover(unsaved)
        for entry in entries:
            row = self.row_of(entry.key)
            if row is not None:
                self.index.refresh(row)
        return len(entries)

    def _waits(self, entry: Entry) -> bool:
        """Whether a translated or reviewed entry wants a decision here: a second review, or one of a sample."""
        if self.sample is not None:
            return self.sample.waits(self.keeper.path, entry.key)
        return entry.waits_for_second and entry.takes_review_of(self.reviewer)

    def _keep_text(self) -> None:
        self._decisions.keep_text()

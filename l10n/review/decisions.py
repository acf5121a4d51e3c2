"""What a person decides about entries, one or many, and how that is taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from l10n.catalog import Entry, Snapshot
from l10n.interface import N_
from l10n.model import Finding, Key, Origin, State
from l10n.review.content import Content, content_of, put_content, put_text
from l10n.review.cursor import Cursor
from l10n.review.index import OPEN_STATES
from l10n.review.keeper import Keeper
from l10n.review.sampling import Sample
from l10n.review.statistics import IDLE, Sitting, Work
from l10n.review.units import Units
from l10n.review.writing import Writing
from l10n.text.markup import OMIT, plain

_BULK_SLICE = 50
_UNDOABLE = 200
"""Decisions that can be taken back: a day of work must not fill the memory."""

MADE_BY_PROGRAMS = frozenset({Origin.MT, Origin.TM})
"""Drafts that give way to a repeat of an approved text by themselves: nobody wrote them for this place."""

_Edit = Callable[[Entry, tuple[str, ...]], object]
"""Changes an entry, given the text of every form as it stands on the screen."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry before and after a decision."""

    row: int
    key: Key
    before: Content
    after: Content
    snapshots: tuple[Snapshot, Snapshot]
    """The same in full, good for the entry they were taken of."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person did, in one step that can be undone."""

    label: str
    """Untranslated message: `Approved`, `Draft`, ….."""
    changes: tuple[Change, ...]
    row: int
    """Where the person stood."""
    generation: int = 0
    """Which version of the file it was about; the snapshots are worth nothing in another."""

    @property
    def others(self) -> int:
        """How many units it changed beside the one where the person stood."""
        return sum(change.row != self.row for change in self.changes)

    @property
    def has_new_text(self) -> bool:
        """Whether the unit where the person stood got another text by it."""
        return any(
            change.row == self.row and change.before["msgstrs"] != change.after["msgstrs"]
            for change in self.changes
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an entry was not approved."""

    row: int
    findings: tuple[Finding, ...] = ()
    """Errors in it; empty when a translation is missing."""
    form: int = 0
    """Plural form it is about."""
    unseen: bool = False
    """True where nothing but this stands in the way: the person has not looked at that form."""


@dataclass
class Bulk:
    """How far a decision over many entries is."""

    total: int
    done: int = 0
    refused: list[int] = field(default_factory=list)
    """Rows left as they were: nothing to approve, or errors."""


class Decisions:
    """Changes entries: into the journal at once, with undo, and into the record of the sitting."""

    def __init__(
        self,
        units: Units,
        cursor: Cursor,
        writing: Writing,
        keeper: Keeper,
        sitting: Sitting,
        *,
        reviewer: str,
        catalog_name: str,
        home: str,
        sample: Sample | None = None,
    ) -> None:
        self.read_only = False
        self.fills_repeats = True
        """Whether an approval fills the open repeats of its source."""
        self.approves_repeats = False
        """Whether they are approved with it, instead of being drafts."""
        self._units = units
        self._cursor = cursor
        self._writing = writing
        self._keeper = keeper
        self._sitting = sitting
        self._reviewer = reviewer
        self._catalog_name = catalog_name
        self._home = home
        self._sample = sample
        self._done: list[Decision] = []
        self._undone: list[Decision] = []

    # The unit one stands at

    def approve(self, *, force: bool = False, blindly: bool = True) -> Decision | Refusal:
        """Accept the text as it stands; refused when it is empty, or has errors and is not forced.

        Unless blindly, a plural form that was not looked at is refused too.
        """
        refusal = self._refusal(self._cursor.position, force=force)
        if refusal is None and not blindly:
            refusal = self._unseen()
        if refusal is not None:
            return refusal
        changes = self._apply([self._cursor.position], self._approve, "approved")
        # The mark of a text that was wrong while it was being written goes with that text.
        self._units.note_errors(self._cursor.position)
        if self.fills_repeats:
            filled = self._fill_repeats(MADE_BY_PROGRAMS)
            changes += self._approve_repeats(filled) if self.approves_repeats else filled
        return self._remember(N_("Approved"), changes)

    def _approve_repeats(self, filled: Sequence[Change]) -> list[Change]:
        """Approve what was just filled, where nothing is wrong with it in its place; both are one change."""
        rows = [change.row for change in filled if self._refusal(change.row) is None]
        approved = {change.row: change for change in self._apply(rows, self._approve, "")}
        return [
            replace(
                change,
                after=approval.after,
                snapshots=(change.snapshots[0], approval.snapshots[1]),
            )
            if (approval := approved.get(change.row))
            else change
            for change in filled
        ]

    def save_draft(self) -> Decision:
        """Keep the text as a draft that somebody has to look at again."""
        row = self._cursor.position
        return self._decide([row], self._writing.save_draft, N_("Draft"), "draft")

    def keep_text(self) -> Decision | None:
        """Save unfinished text as a draft; None when there is none."""
        return self.save_draft() if self._is_typed() else None

    def flush_text(self) -> None:
        """Commit unfinished text without making it a decision of its own; typing history has it."""
        if self._is_typed():
            self._apply([self._cursor.position], self._writing.save_draft, "")

    def reject(self) -> Decision:
        """Throw the translation away."""
        return self._decide([self._cursor.position], _reject, N_("Rejected"), "rejected")

    def omit(self) -> Decision:
        """Say that the translation has nothing here on purpose."""

        def leave_out(entry: Entry, _typed: tuple[str, ...]) -> None:
            entry.save_draft(tuple(OMIT for _form in entry.msgstrs))
            entry.approve(by=self._reviewer)

        return self._decide([self._cursor.position], leave_out, N_("Left out"), "omitted")

    def set_note(self, text: str) -> Decision:
        """Replace the entry's notes; unfinished text is kept as a draft."""
        notes = tuple(line.rstrip() for line in text.splitlines() if line.strip())

        def note(entry: Entry, typed: tuple[str, ...]) -> None:
            if typed != entry.msgstrs:
                self._writing.save_draft(entry, typed)
            entry.set_notes(notes)

        return self._decide([self._cursor.position], note, N_("Note"), "")

    def warm_up(self) -> None:
        """Load what the first decision needs, so that it is as quick as the others."""
        if self._units.entries:
            entry = self._cursor.entry
            self._refusal(self._cursor.position)
            self._writing.edits(entry, self._units.texts.texts(entry))
            from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

            Levenshtein.normalized_distance("", "")

    # Other units, and many

    def put_texts(self, texts: dict[int, str], label: str) -> Decision:
        """Give several rows without plural forms new texts as drafts, in one step."""
        return self.put_forms({row: (text,) for row, text in texts.items()}, label)

    def put_forms(self, texts: Mapping[int, tuple[str, ...]], label: str) -> Decision:
        """Give several rows new texts, one for each plural form, as drafts and in one step."""
        by_key = {self._units.entries[row].key: forms for row, forms in texts.items()}

        def put(entry: Entry, _typed: tuple[str, ...]) -> None:
            put_text(entry, by_key[entry.key])

        return self._decide(sorted(texts), put, label, "draft")

    def put_content(self, key: Key, content: Content, label: str) -> Decision | None:
        """Give an entry a content that was stored elsewhere; None when the entry is gone."""
        row = self._units.row_of(key)
        if row is None:
            return None
        return self._decide([row], lambda entry, _typed: put_content(entry, content), label, "")

    def propagate(self) -> Decision | None:
        """Draft every open repeat of this source with this text; None when there is none."""
        changes = self._fill_repeats(frozenset(Origin) | {None})
        return self._remember(N_("Repeats filled"), changes) if changes else None

    def _fill_repeats(self, origins: frozenset[Origin | None]) -> list[Change]:
        """Draft the open repeats of the unit that are empty, or drafts of some origins and untouched."""
        units, texts = self._units, self._cursor.entry.msgstrs
        rows = [
            row
            for row in units.repeats(self._cursor.position)
            if units.index.state(row) in OPEN_STATES
            and len(units.entries[row].msgstrs) == len(texts)
            and (units.entries[row].origin in origins or not any(units.entries[row].msgstrs))
            and not units.texts.is_typed(units.entries[row])
        ]
        if not rows or not any(texts) or texts == (OMIT,):
            return []

        origin, fields = _origin_of(self._cursor.entry)

        def fill(entry: Entry, _typed: tuple[str, ...]) -> None:
            entry.fill(texts, origin=origin, **fields)

        return self._apply(rows, fill, "")

    def bulk(self, rows: Sequence[int], verdict: str) -> Iterator[Bulk]:
        """Approve or reject many rows, a slice at each step of the iteration, undone as one decision."""
        is_approval = verdict == "approve"
        edit: _Edit = self._approve if is_approval else _reject
        label = N_("Approved") if is_approval else N_("Rejected")
        outcome = "approved" if is_approval else "rejected"
        progress = Bulk(len(rows))
        changes: list[Change] = []
        for start in range(0, len(rows), _BULK_SLICE):
            accepted = []
            for row in rows[start : start + _BULK_SLICE]:
                if is_approval and self._refusal(row) is not None:
                    progress.refused.append(row)
                elif is_approval and self._is_signed(row):
                    continue  # another stamp would take the first reviewer's name away
                else:
                    accepted.append(row)
            changes += self._apply(accepted, edit, outcome)
            progress.done = min(len(rows), start + _BULK_SLICE)
            yield progress
        self._remember(label, changes)

    # Taken back

    @property
    def last(self) -> Decision | None:
        """The decision that can be taken back next; None when there is none."""
        return self._done[-1] if self._done else None

    def undo(self) -> Decision | None:
        """Take the last decision back; None when there is none."""
        return self._replay(self._done, self._undone, forwards=False)

    def redo(self) -> Decision | None:
        """Make the last undone decision again."""
        return self._replay(self._undone, self._done, forwards=True)

    def _replay(
        self, source: list[Decision], target: list[Decision], *, forwards: bool
    ) -> Decision | None:
        if not source:
            return None
        decision = source.pop()
        target.append(decision)
        self.flush_text()
        units, rows = self._units, []
        for change in decision.changes:
            row = units.row_of(change.key, change.row)
            if row is None:
                continue
            entry = units.entries[row]
            self._keeper.remember(entry)
            if decision.generation == units.generation:
                entry.restore(change.snapshots[forwards])
            else:  # the snapshots are of entries of another version of the file
                put_content(entry, change.after if forwards else change.before)
            units.texts.settle(entry)
            if self._sample is not None:
                self._sample.withdraw(self._keeper.path, change.key)
            units.index.refresh(row)
            self._sitting.withdraw(change.key)
            rows.append(row)
        self._keeper.commit(units.entries[row] for row in rows)
        if rows and self._cursor.position not in rows:
            # After a bulk decision one stands where one stood, not at its first unit.
            last_row = len(units.entries) - 1
            self._cursor.arrive(rows[0] if len(rows) == 1 else min(decision.row, last_row))
        return decision

    # May it be, and how it is done

    def _is_typed(self) -> bool:
        return (
            not self.read_only
            and bool(self._units.entries)
            and self._units.texts.is_typed(self._cursor.entry)
        )

    def _is_signed(self, row: int) -> bool:
        entry = self._units.entries[row]
        is_reviewed = self._units.index.state(row) is State.REVIEWED
        return is_reviewed or not entry.takes_review_of(self._reviewer)

    def _refusal(self, row: int, *, force: bool = False) -> Refusal | None:
        entry = self._units.entries[row]
        for form, text in enumerate(self._units.texts.texts(entry)):
            if not text:
                return Refusal(row, (), form)
            errors = () if force else self._units.errors(entry, form)
            if errors:
                return Refusal(row, errors, form)
        return None

    def _unseen(self) -> Refusal | None:
        for form in self._cursor.unseen_forms:
            errors = self._units.errors(self._cursor.entry, form)
            return Refusal(self._cursor.position, errors, form, unseen=True)
        return None

    def _approve(self, entry: Entry, typed: tuple[str, ...]) -> None:
        if self._sample is not None and typed == entry.msgstrs:
            return  # who controls and finds nothing leaves the reviewer's name
        edits = self._writing.edits(entry, typed)
        if typed != entry.msgstrs:
            self._writing.save_draft(entry, typed)
        entry.approve(by=self._reviewer, edits=edits)

    def _decide(self, rows: Sequence[int], edit: _Edit, label: str, outcome: str) -> Decision:
        return self._remember(label, self._apply(rows, edit, outcome))

    def _remember(self, label: str, changes: Sequence[Change]) -> Decision:
        decision = Decision(
            label, tuple(changes), self._cursor.position, self._units.generation
        )
        if changes:
            self._done.append(decision)
            del self._done[:-_UNDOABLE]
            self._undone.clear()
        return decision

    def _apply(self, rows: Sequence[int], edit: _Edit, outcome: str) -> list[Change]:
        """Change rows and put that in the journal, in one go."""
        units, changes, is_single = self._units, [], len(rows) == 1
        for row in rows:
            entry = units.entries[row]
            typed = units.texts.texts(entry)
            self._writing.drafts(entry)
            self._keeper.remember(entry)
            before, snapshot = content_of(entry), entry.snapshot()
            edit(entry, typed)
            snapshots = (snapshot, entry.snapshot())
            changes.append(Change(row, entry.key, before, content_of(entry), snapshots))
            if is_single:
                units.texts.begin(entry, typed)
            units.texts.settle(entry)
            if outcome and self._sample is not None:
                self._sample.take_note(self._keeper.path, entry.key, entry.msgstrs)
            units.index.refresh(row)
            if outcome:
                self._take_note(entry, outcome, typed, is_single=is_single)
        changes = [change for change in changes if change.before != change.after]
        self._keeper.commit(units.entries[change.row] for change in changes)
        self._sitting.touch()
        return changes

    def _take_note(
        self, entry: Entry, outcome: str, typed: tuple[str, ...], *, is_single: bool
    ) -> None:
        drafts = self._writing.drafts(entry)
        draft = next((draft for draft in drafts if draft.origin is not None), drafts[0])
        self._sitting.add(
            entry.key,
            Work(
                at=time.time(),
                catalog=self._catalog_name,
                project=self._home,
                words=count_words(entry.msgid),
                seconds=min(IDLE, time.monotonic() - self._cursor.arrived)
                if is_single
                else 0.0,
                outcome=outcome,
                origin=draft.origin.value if draft.origin else "",
                engine=draft.fields.get("mt", ""),
                edits=self._edits_of(entry, typed) if outcome == "approved" else None,
                keys=self._cursor.keys if is_single else 0,
            ),
        )

    def _edits_of(self, entry: Entry, typed: tuple[str, ...]) -> float | None:
        """Return how much of a text was changed, also of one that is no draft where nothing was: it stands as it was."""
        if typed == tuple(draft.text for draft in self._writing.drafts(entry)):
            return 0.0
        return self._writing.edits(entry, typed)


def count_words(msgid: str) -> int:
    """Count white-space separated words, placeholder tokens aside."""
    return len(plain(msgid).split()) if "<" in msgid or "&" in msgid else len(msgid.split())


def _reject(entry: Entry, _typed: tuple[str, ...]) -> None:
    entry.reject()


def _origin_of(entry: Entry) -> tuple[Origin, dict[str, str]]:
    """Return what a repeat filled from an entry says of where it came from: an untouched draft stays what it is."""
    stamp = entry.stamp
    if stamp is None or stamp.machine is None or entry.state is not State.DRAFT:
        return Origin.TM, {"tm": "100"}
    return stamp.machine, dict(stamp.fields)

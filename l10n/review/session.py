"""A sitting over one catalog: where one stands, what is shown, what is typed, what was decided."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from l10n.interface import N_
from l10n.model import Finding, Key, Origin, Severity, State
from l10n.review.content import Content, content_of, put_content, put_text
from l10n.review.decision import Bulk, Change, Decision, Refusal, Suggestion
from l10n.review.filter import Query, parse_filter
from l10n.review.history import TextHistory, Texts
from l10n.review.index import OPEN_STATES, Index
from l10n.review.statistics import IDLE, Sitting, Work
from l10n.text.markup import OMIT, plain

if TYPE_CHECKING:
    from l10n.catalog import Catalog, Entry
    from l10n.review.judge import Judge
    from l10n.review.keeper import Keeper, Merged, Outcome, Recovered

_BULK_SLICE = 50
_REMEMBERED = 200
"""Texts whose findings are kept: each key makes a new one."""
_UNDOABLE = 200
"""Decisions that can be taken back: a day of work must not fill the memory."""


class Session:
    """Everything the screen shows and does, without the screen."""

    def __init__(self, keeper: Keeper, *, reviewer: str, judge: Judge, name: str = "") -> None:
        self.keeper = keeper
        self.reviewer = reviewer
        self.judge = judge
        self.name = name or keeper.path.stem
        """Of the catalog, for a person: `en/feria`."""
        self.read_only = False
        self.sitting = Sitting()
        self.query = Query("")
        self._form = 0
        self._seen = {0}
        """Plural forms looked at since one came to the unit."""
        self._done: list[Decision] = []
        self._undone: list[Decision] = []
        self._texts = Texts(self._find)
        self._first: dict[Key, tuple[Suggestion, ...]] = {}
        """Drafts by entry, one for each plural form."""
        self._used: dict[Key, Suggestion] = {}
        self._trail: list[tuple[int, Key]] = []
        self._arrived = time.monotonic()
        self._generation = 0
        self._load(keeper.catalog)
        self.position = 0

    def _load(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.entries: Sequence[Entry] = catalog.entries
        self.index = Index(self.entries, self._findings_of)
        self.visible: Sequence[int] = range(len(self.entries))
        self._findings_cache: dict[tuple[Key, int, str], tuple[Finding, ...]] = {}
        self._rows: dict[Key, int] | None = None
        self._with_context: list[int] | None = None

    def row_of(self, key: Key, hint: int = 0) -> int | None:
        """Give the row of an entry, at once if it is still where the hint says; None when it is gone."""
        if hint < len(self.entries) and self.entries[hint].key == key:
            return hint
        if self._rows is None:
            self._rows = {entry.key: row for row, entry in enumerate(self.entries)}
        return self._rows.get(key)

    # Where one stands

    @property
    def entry(self) -> Entry:
        """The entry one stands at; IndexError in a catalog without entries."""
        return self.entries[self.position]

    @property
    def form(self) -> int:
        """Plural form that is being edited."""
        return self._form

    @form.setter
    def form(self, form: int) -> None:
        self._form = form
        self._seen.add(form)

    @property
    def place(self) -> int | None:
        """Where the current row stands among the visible ones; None when the filter hides it."""
        return _find(self.visible, self.position)

    def shows(self, row: int) -> bool:
        """Tell whether a row is among the visible ones."""
        return _find(self.visible, row) is not None

    def go_to(self, row: int) -> None:
        """Stand at a row; unfinished text of the row left behind is kept as a draft."""
        if row == self.position or not self.entries:
            return
        self.keep_text()
        self._trail.append((self.position, self.entry.key))
        del self._trail[:-100]
        self._arrive(row)

    def step(self, rows: int) -> None:
        """Go up or down among the visible rows, to the first or last at most."""
        if not self.visible:
            return
        place = self.place
        if place is None:
            place = bisect_left(self.visible, self.position) - (rows > 0)
        self.go_to(self.visible[max(0, min(len(self.visible) - 1, place + rows))])

    def next_open(self, *, backwards: bool = False) -> bool:
        """Go to the nearest visible row that wants a decision, round the end; False when there is none."""
        for wanted in (OPEN_STATES, frozenset({State.TRANSLATED})):
            row = self._seek(wanted, backwards=backwards)
            if row is not None:
                self.go_to(row)
                return True
        return False

    def back(self) -> bool:
        """Go back to where one stood before; False at the beginning."""
        while self._trail:
            hint, key = self._trail.pop()
            row = self.row_of(key, hint)
            if row is not None and row != self.position:
                self.keep_text()
                self._arrive(row)
                return True
        return False

    def _arrive(self, row: int) -> None:
        self.sitting.touch()
        self.position = row
        self._form, self._seen = 0, {0}
        self._arrived = time.monotonic()

    def _seek(self, wanted: frozenset[State], *, backwards: bool) -> int | None:
        visible, state = self.visible, self.index.state
        middle = bisect_left(visible, self.position)
        after = middle + (self.place is not None)
        order = (
            [range(middle - 1, -1, -1), range(len(visible) - 1, after - 1, -1)]
            if backwards
            else [range(after, len(visible)), range(middle)]
        )
        for places in order:
            for place in places:
                if state(visible[place]) in wanted:
                    return visible[place]
        return None

    # What is shown

    def set_filter(self, text: str) -> None:
        """Show the rows that fit; the position moves to the nearest one."""
        query = parse_filter(text)
        candidates = self.visible if query.narrows(self.query) else range(len(self.entries))
        self.query, self.visible = query, range(len(self.entries))
        if query.terms:
            self.query, self.visible = query.select_in_time(self.index, candidates)
        if self.visible and self.place is None:
            place = min(bisect_left(self.visible, self.position), len(self.visible) - 1)
            self.go_to(self.visible[place])

    def mark(self, rows: Iterable[int]) -> None:
        """Mark rows for a bulk decision; those already marked are unmarked."""
        self.index.marked.symmetric_difference_update(rows)

    def findings(self, row: int | None = None, form: int | None = None) -> tuple[Finding, ...]:
        """Give what the checks find in the text as it stands on the screen, most severe first."""
        entry = self.entry if row is None else self.entries[row]
        return self._check(entry, self.form if form is None else form)

    def forget_findings(self) -> None:
        """Judge texts anew from now on: the glossary has changed."""
        self.judge.forget_terms()
        self._findings_cache.clear()

    def repeats(self, row: int) -> list[int]:
        """Give the other rows with the same source."""
        if self._with_context is None:  # only a msgctxt lets a msgid stand twice
            self._with_context = [
                other for other, entry in enumerate(self.entries) if entry.msgctxt is not None
            ]
        msgid = self.entries[row].msgid
        found = {other for other in self._with_context if self.entries[other].msgid == msgid}
        plain_one = self.catalog.find(msgid)
        if plain_one is not None and (other := self.row_of(plain_one.key)) is not None:
            found.add(other)
        return sorted(found - {row})

    def neighbours(self, row: int, distance: int) -> Iterator[int]:
        """Give the rows around one, in the order of the article."""
        yield from range(max(0, row - distance), min(len(self.entries), row + distance + 1))

    def _findings_of(self, entry: Entry) -> tuple[Finding, ...]:
        return tuple(
            finding
            for form in range(len(entry.msgstrs))
            for finding in self._check(entry, form)
        )

    def _check(self, entry: Entry, form: int) -> tuple[Finding, ...]:
        text = self.text_of(entry, form)
        if not text or text == OMIT:
            return ()
        cached = (entry.key, form, text)
        if cached not in self._findings_cache:
            if len(self._findings_cache) > _REMEMBERED:
                self._findings_cache.clear()
            self._findings_cache[cached] = self.judge.findings(entry, form, text)
        return self._findings_cache[cached]

    @property
    def source(self) -> str:
        """The source of the form that is being edited."""
        entry = self.entry
        return entry.msgid_plural if self.form and entry.msgid_plural else entry.msgid

    # What is typed

    @property
    def text(self) -> str:
        """The text on the screen: typed, or the entry's."""
        return self.text_of(self.entry, self.form)

    def text_of(self, entry: Entry, form: int = 0) -> str:
        """Give the text of one form of an entry, unfinished typing included."""
        return self._texts.text(entry, form)

    def type(self, text: str, cursor: int) -> None:
        """Take note of what is now in the editor; cursor is where it stood before."""
        entry = self.entry
        if text == self.text:
            return
        self._remember_drafts(entry)
        self._texts.history(entry, self.form).record(text, cursor)
        self.keeper.typing(entry, self._texts.texts(entry))
        self.sitting.touch()

    def use(self, suggestion: Suggestion) -> None:
        """Take note that a suggestion is what is being edited: drafts and edits count from it."""
        drafts = list(self._remember_drafts(self.entry))
        drafts[self.form] = suggestion
        self._first[self.entry.key] = tuple(drafts)
        self._used[self.entry.key] = suggestion

    def first_draft(self) -> Suggestion | None:
        """Give the draft that the current form of the unit came with; None when it had none."""
        first = self._remember_drafts(self.entry)[self.form]
        return first if first.text and first.origin is not None else None

    def seal_text(self) -> None:
        """End an undo step: what is typed next is undone by itself."""
        self._texts.history(self.entry, self.form).seal()

    def undo_text(self) -> tuple[str, int] | None:
        """Take back the last step of typing here; gives text and cursor, None without one."""
        return self._travel(TextHistory.undo)

    def redo_text(self) -> tuple[str, int] | None:
        """Type the last undone step again."""
        return self._travel(TextHistory.redo)

    def keep_text(self) -> Decision | None:
        """Save unfinished text as a draft; None when there is none."""
        if self.read_only or not self.entries or not self._texts.is_typed(self.entry):
            return None
        return self._decide([self.position], self._save_text, N_("Draft"), "draft")

    def _travel(
        self, step: Callable[[TextHistory], tuple[str, int] | None]
    ) -> tuple[str, int] | None:
        moved = step(self._texts.history(self.entry, self.form))
        if moved is not None:
            self.keeper.typing(self.entry, self._texts.texts(self.entry))
        return moved

    def _find(self, key: Key) -> Entry | None:
        return self.catalog.find(key[1], key[0])

    # What is decided

    def approve(self, *, force: bool = False, blindly: bool = True) -> Decision | Refusal:
        """Accept the text as it stands; refused when it is empty, or has errors and is not forced.

        Unless blindly, a plural form that was not looked at is refused too.
        """
        refusal = self._refusal(self.position, force=force)
        if refusal is None and not blindly:
            refusal = self._unseen()
        if refusal is not None:
            return refusal
        return self._decide([self.position], self._approve_entry, N_("Approved"), "approved")

    def warm_up(self) -> None:
        """Load what the first decision needs, so that it is as quick as the others."""
        if self.entries:
            self._refusal(self.position)
            self._edits(self.entry, self._texts.texts(self.entry))
            from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

            Levenshtein.normalized_distance("", "")

    def save_draft(self) -> Decision:
        """Keep the text as a draft that somebody has to look at again."""
        return self._decide([self.position], self._save_text, N_("Draft"), "draft")

    def reject(self) -> Decision:
        """Throw the translation away."""
        return self._decide([self.position], _reject, N_("Rejected"), "rejected")

    def omit(self) -> Decision:
        """Say that the translation has nothing here on purpose."""

        def leave_out(entry: Entry, _typed: tuple[str, ...]) -> None:
            entry.save_draft(tuple(OMIT for _form in entry.msgstrs))
            entry.approve(by=self.reviewer)

        return self._decide([self.position], leave_out, N_("Left out"), "omitted")

    def set_note(self, text: str) -> Decision:
        """Replace the entry's notes; unfinished text is kept as a draft."""
        notes = tuple(line.rstrip() for line in text.splitlines() if line.strip())

        def note(entry: Entry, typed: tuple[str, ...]) -> None:
            if typed != entry.msgstrs:
                self._save_text(entry, typed)
            entry.set_notes(notes)

        return self._decide([self.position], note, N_("Note"), "")

    def put_texts(self, texts: dict[int, str], label: str) -> Decision:
        """Give several rows without plural forms new texts as drafts, in one step."""
        by_key = {self.entries[row].key: text for row, text in texts.items()}

        def put(entry: Entry, _typed: tuple[str, ...]) -> None:
            put_text(entry, (by_key[entry.key],))

        return self._decide(sorted(texts), put, label, "draft")

    def put_content(self, key: Key, content: Content, label: str) -> Decision | None:
        """Give an entry a content that was stored elsewhere; None when the entry is gone."""
        row = self.row_of(key)
        if row is None:
            return None
        return self._decide([row], lambda entry, _typed: put_content(entry, content), label, "")

    def propagate(self) -> Decision | None:
        """Draft every open repeat of this source with this text; None when there is none."""
        text = self.entry.msgstrs
        rows = [
            row
            for row in self.repeats(self.position)
            if self.index.state(row) in OPEN_STATES
            and len(self.entries[row].msgstrs) == len(text)
        ]
        if not rows or not any(text):
            return None

        def fill(entry: Entry, _typed: tuple[str, ...]) -> None:
            entry.fill(text, origin=Origin.TM, tm="100")

        return self._decide(rows, fill, N_("Repeats filled"), "")

    def bulk(self, rows: Sequence[int], what: str) -> Iterator[Bulk]:
        """Approve or reject many rows, a slice at each step of the iteration, undone as one decision."""
        progress = Bulk(len(rows))
        apply = self._approve_entry if what == "approve" else _reject
        label = N_("Approved") if what == "approve" else N_("Rejected")
        outcome = "approved" if what == "approve" else "rejected"
        changes: list[Change] = []
        for start in range(0, len(rows), _BULK_SLICE):
            accepted = []
            for row in rows[start : start + _BULK_SLICE]:
                if what == "approve" and self._refusal(row) is not None:
                    progress.refused.append(row)
                elif what == "approve" and self.index.state(row) is State.REVIEWED:
                    continue
                else:
                    accepted.append(row)
            changes += self._apply(accepted, apply, outcome)
            progress.done = min(len(rows), start + _BULK_SLICE)
            yield progress
        if changes:
            self._remember(Decision(label, tuple(changes), self.position, self._generation))

    def undo(self) -> Decision | None:
        """Take the last decision back; None when there is none."""
        return self._replay(self._done, self._undone, forwards=False)

    def redo(self) -> Decision | None:
        """Make the last undone decision again."""
        return self._replay(self._undone, self._done, forwards=True)

    def _refusal(self, row: int, *, force: bool = False) -> Refusal | None:
        entry = self.entries[row]
        for form, text in enumerate(self._texts.texts(entry)):
            if not text:
                return Refusal(row, (), form)
            errors = tuple(
                one for one in self._check(entry, form) if one.severity is Severity.ERROR
            )
            if errors and not force:
                return Refusal(row, errors, form)
        return None

    def _unseen(self) -> Refusal | None:
        for form in range(len(self.entry.msgstrs)):
            if form not in self._seen:
                errors = (
                    one for one in self.findings(form=form) if one.severity is Severity.ERROR
                )
                return Refusal(self.position, tuple(errors), form, unseen=True)
        return None

    def _approve_entry(self, entry: Entry, typed: tuple[str, ...]) -> None:
        edits = self._edits(entry, typed)
        if typed != entry.msgstrs:
            self._save_text(entry, typed)
        entry.approve(by=self.reviewer, edits=edits)

    def _save_text(self, entry: Entry, typed: tuple[str, ...]) -> None:
        used = self._used.pop(entry.key, None)
        if not any(typed):
            entry.reject()
            return
        if (
            used is not None and used.origin is not None
        ):  # the stamp tells where the text came from before it was edited
            entry.fill(tuple(used.text for _form in typed), origin=used.origin, **used.fields)
        entry.save_draft(typed)

    def _edits(self, entry: Entry, typed: tuple[str, ...]) -> float | None:
        """How much of the draft was changed, 0 to 1; None when there was none."""
        drafts = self._remember_drafts(entry)
        if not any(draft.text and draft.origin is not None for draft in drafts):
            return None
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - not before the first decision

        first = "\n".join(draft.text for draft in drafts)
        distance = Levenshtein.normalized_distance(plain(first), plain("\n".join(typed)))
        return round(float(distance), 2)

    def _remember_drafts(self, entry: Entry) -> tuple[Suggestion, ...]:
        drafts = self._first.get(entry.key, ())
        if len(drafts) != len(entry.msgstrs):  # none yet, or others changed the number of forms
            stamp = entry.stamp
            fields = dict(stamp.fields) if stamp else {}
            drafts = tuple(Suggestion(text, entry.origin, fields) for text in entry.msgstrs)
            self._first[entry.key] = drafts
        return drafts

    def _decide(
        self,
        rows: Sequence[int],
        change: Callable[[Entry, tuple[str, ...]], None],
        label: str,
        outcome: str,
    ) -> Decision:
        changes = tuple(self._apply(rows, change, outcome))
        decision = Decision(label, changes, self.position, self._generation)
        if decision.changes:
            self._remember(decision)
        return decision

    def _remember(self, decision: Decision) -> None:
        self._done.append(decision)
        del self._done[:-_UNDOABLE]
        self._undone.clear()

    def _apply(
        self,
        rows: Sequence[int],
        change: Callable[[Entry, tuple[str, ...]], None],
        outcome: str,
    ) -> list[Change]:
        """Change rows and put that in the journal, in one go."""
        changes = []
        for row in rows:
            entry = self.entries[row]
            typed = self._texts.texts(entry)
            self._remember_drafts(entry)
            self.keeper.remember(entry)
            before, snapshot = content_of(entry), entry.snapshot()
            change(entry, typed)
            after = (snapshot, entry.snapshot())
            changes.append(Change(row, entry.key, before, content_of(entry), after))
            if len(rows) == 1:
                self._texts.begin(entry, typed)
            self._texts.settle(entry)
            self.index.refresh(row)
            if outcome:
                self._take_note(entry, outcome, typed, single=len(rows) == 1)
        changes = [one for one in changes if one.before != one.after]
        self.keeper.commit(self.entries[one.row] for one in changes)
        self.sitting.touch()
        return changes

    def _take_note(
        self, entry: Entry, outcome: str, typed: tuple[str, ...], *, single: bool
    ) -> None:
        drafts = self._remember_drafts(entry)
        first = next((draft for draft in drafts if draft.origin is not None), drafts[0])
        self.sitting.add(
            entry.key,
            Work(
                at=time.time(),
                catalog=self.name,
                words=count_words(entry.msgid),
                seconds=min(IDLE, time.monotonic() - self._arrived) if single else 0.0,
                outcome=outcome,
                origin=first.origin.value if first.origin else "",
                engine=first.fields.get("mt", ""),
                edits=self._edits(entry, typed) if outcome == "approved" else None,
            ),
        )

    def _replay(
        self, source: list[Decision], other: list[Decision], *, forwards: bool
    ) -> Decision | None:
        if not source:
            return None
        decision = source.pop()
        other.append(decision)
        self._flush_text()
        changed, rows = [], []
        for one in decision.changes:
            row = self.row_of(one.key, one.row)
            if row is None:
                continue
            entry = self.entries[row]
            self.keeper.remember(entry)
            if decision.generation == self._generation:
                entry.restore(one.snapshots[forwards])
            else:
                put_content(entry, one.after if forwards else one.before)
            self._texts.settle(entry)
            self.index.refresh(row)
            self.sitting.withdraw(one.key)
            changed.append(entry)
            rows.append(row)
        self.keeper.commit(changed)
        if rows and self.position not in rows:
            self._arrive(
                rows[0] if len(rows) == 1 else min(decision.row, len(self.entries) - 1)
            )
        return decision

    # Others, and the past

    def adopt(self, outcome: Outcome) -> Merged | None:
        """Take over what somebody else wrote to the file; typing and position stay."""
        if outcome.theirs is None:
            return None
        self._flush_text()
        key = self.entry.key if self.entries else None
        marked = {self.entries[row].key for row in self.index.marked}
        merged = self.keeper.adopt(outcome.theirs, outcome)
        self._generation += 1
        earlier = self.index
        self._load(self.keeper.catalog)
        self.index.inherit(earlier)
        rows = (self.row_of(one) for one in marked)
        self.index.marked = {row for row in rows if row is not None}
        self.position = (self.row_of(key, self.position) or 0) if key else 0
        self._texts.settle_all()
        query, self.query = self.query.text, Query("")
        self.set_filter(query)
        return merged

    def recover(self, chosen: Iterable[Recovered]) -> int:
        """Put back what a dead sitting left; gives the number of entries."""
        entries = self.keeper.recover(chosen)
        for entry in entries:
            row = self.row_of(entry.key)
            if row is not None:
                self.index.refresh(row)
        return len(entries)

    def _flush_text(self) -> None:
        """Commit unfinished text without making it a decision of its own; typing history has it."""
        if self.entries and not self.read_only and self._texts.is_typed(self.entry):
            self._apply([self.position], self._save_text, "")


def count_words(msgid: str) -> int:
    """Count white-space separated words, placeholder tokens aside."""
    return len(plain(msgid).split()) if "<" in msgid or "&" in msgid else len(msgid.split())


def _reject(entry: Entry, _typed: tuple[str, ...]) -> None:
    entry.reject()


def _find(rows: Sequence[int], row: int) -> int | None:
    """Give where a row stands among ascending rows; None when it does not."""
    place = bisect_left(rows, row)
    return place if place < len(rows) and rows[place] == row else None

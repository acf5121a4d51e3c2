"""What the filter reads of every unit: folded texts, states, kinds, findings, made when first needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from l10n.languages.folding import fold_all_for_search, fold_for_search
from l10n.model import Band, Finding, Origin, Severity, State
from l10n.text.description import kind_of

if TYPE_CHECKING:
    from l10n.catalog import Entry

OPEN_STATES = frozenset({State.UNTRANSLATED, State.DRAFT})
"""What still wants a decision."""

_SLICE = 1000
_BANDS = (Band.POOR, Band.FAIR, Band.GOOD)
"""The least sure first."""
_SUREST = float(len(_BANDS))


class Index:
    """The rows of a catalog, as a query looks at them."""

    def __init__(
        self,
        entries: Sequence[Entry],
        check: Callable[[Entry], tuple[Finding, ...]],
        waits: Callable[[Entry], bool] = lambda _entry: False,
    ) -> None:
        """Read entries; `waits` tells whether one that is translated or reviewed wants this person's decision."""
        self.entries = entries
        self._waits = waits
        self._open: dict[int, bool] = {}
        self.marked: set[int] = set()
        self.changed: set[int] = set()
        self.troubled: set[int] = set()
        """Rows known to have an error."""
        self.counts: Counter[State] = Counter()
        """Rows by state; of all rows once everything is prepared."""
        self.words_open = 0
        """Words of the source that still want a decision; of all rows once everything is prepared."""
        self._states: list[State | None] = [None] * len(entries)
        self._check = check
        self._sources: list[str] = []
        self._targets: list[str] = []
        self._words: list[int] = []
        self._rules: dict[int, frozenset[str]] = {}

    @property
    def is_prepared(self) -> bool:
        """Whether every row was read once."""
        return len(self._words) >= len(self.entries)

    def prepare(self) -> bool:
        """Read a slice of the rows: states, folded texts, words; True when all are read."""
        start = len(self._words)
        batch = self.entries[start : start + _SLICE]
        if batch:
            self._sources += fold_all_for_search([_source_text(entry) for entry in batch])
            self._targets += fold_all_for_search([_target_text(entry) for entry in batch])
            for row in range(start, start + len(batch)):
                state, words = self.state(row), len(self._sources[row].split())
                self._words.append(words)
                self.counts[state] += 1
                self.words_open += words * self.is_open(row)
        return self.is_prepared

    def state(self, row: int) -> State:
        """Return the state of a row."""
        state = self._states[row]
        if state is None:
            state = self._states[row] = self.entries[row].state
        return state

    def is_open(self, row: int) -> bool:
        """Whether a row wants a decision of the person who reviews."""
        is_open = self._open.get(row)
        if is_open is None:
            is_open = self.state(row) in OPEN_STATES or self._waits(self.entries[row])
            self._open[row] = is_open
        return is_open

    def is_unsigned(self, row: int) -> bool:
        """Whether a row is translated and nobody has signed that."""
        entry = self.entries[row]
        return self.state(row) is State.TRANSLATED and not entry.waits_for_second

    def prepare_rules(self, row: int) -> None:
        """Run the checks over one row, if that was not done since it changed."""
        if row not in self._rules:
            findings = self._check(self.entries[row])
            self._rules[row] = frozenset(finding.rule for finding in findings)
            self.note_errors(row, findings)

    def note_errors(self, row: int, findings: Iterable[Finding]) -> None:
        """Take note of whether a row has errors."""
        if any(finding.severity is Severity.ERROR for finding in findings):
            self.troubled.add(row)
        else:
            self.troubled.discard(row)

    def inherit(self, earlier: Index) -> None:
        """Take over what the checks found in entries that are as they were in an earlier version."""
        checked = {
            (entry.key, entry.msgstrs, entry.notes): row
            for row, entry in enumerate(earlier.entries)
            if row in earlier._rules
        }
        if not checked:
            return
        for row, entry in enumerate(self.entries):
            old = checked.get((entry.key, entry.msgstrs, entry.notes))
            if old is not None:  # texts and notes are the same, so findings are too
                self._rules[row] = earlier._rules[old]
                if old in earlier.troubled:
                    self.troubled.add(row)

    def refresh(self, row: int) -> None:
        """Read a row again after its entry changed."""
        entry = self.entries[row]
        new = entry.state
        if row < len(self._words):  # otherwise its first reading will count it
            old = self.state(row)
            self.counts[old] -= 1
            self.counts[new] += 1
            self.words_open -= self._words[row] * self.is_open(row)
        self._states[row] = new
        self._open.pop(row, None)
        if row < len(self._words):
            self.words_open += self._words[row] * self.is_open(row)
        self.changed.add(row)
        self._rules.pop(row, None)
        if row < len(self._targets):
            self._targets[row] = fold_for_search(_target_text(entry))

    @property
    def sources(self) -> Sequence[str]:
        """Folded source texts of all rows."""
        self.finish()
        return self._sources

    @property
    def targets(self) -> Sequence[str]:
        """Folded translations of all rows, every plural form."""
        self.finish()
        return self._targets

    def kind(self, row: int) -> str:
        """Return the kind of block; may be empty."""
        return kind_of(self.entries[row].extracted)

    def origin(self, row: int) -> Origin | None:
        """Return where a draft came from."""
        return self.entries[row].origin

    def band(self, row: int) -> Band | None:
        """Return the band of a machine draft."""
        stamp = self.entries[row].stamp
        return stamp.band if stamp else None

    def score(self, row: int) -> float | None:
        """Return the alignment score or the memory's percentage, 0 to 1."""
        stamp = self.entries[row].stamp
        if stamp is None:
            return None
        if stamp.score is not None:
            return stamp.score
        return None if stamp.percent is None else stamp.percent / 100

    def confidence(self, row: int) -> float | None:
        """Return how likely the draft of a row needs little, as an order and no share; None without a draft."""
        stamp = self.entries[row].stamp
        if stamp is None or self.state(row) is not State.DRAFT:
            return None
        if stamp.score is not None:
            return _SUREST * stamp.score
        if stamp.percent is not None:
            # What was translated before is as sure as can be, what is like it no surer than what an engine drafts.
            is_same = stamp.percent >= 100
            return _SUREST if is_same else _BANDS.index(Band.FAIR) + stamp.percent / 100
        if stamp.band is None:
            return None
        # Drafts of other versions say no more than their band: they count as the middle of it.
        within = 0.5 if stamp.sure is None else stamp.sure / 100
        return _BANDS.index(stamp.band) + within

    def notes(self, row: int) -> str:
        """Return everything people and programs remarked on a row."""
        entry = self.entries[row]
        return "\n".join((*entry.notes, *entry.extracted))

    def context(self, row: int) -> str:
        """Return the msgctxt."""
        return self.entries[row].msgctxt or ""

    def rules(self, row: int) -> frozenset[str]:
        """Return the rules that a row breaks."""
        self.prepare_rules(row)
        return self._rules[row]

    def raw(self, row: int) -> tuple[str, str]:
        """Return source and translation as they are."""
        entry = self.entries[row]
        return _source_text(entry), _target_text(entry)

    def finish(self) -> None:
        """Read all rows that were not read yet."""
        while not self.prepare():
            pass


def _source_text(entry: Entry) -> str:
    if entry.msgid_plural is None:
        return entry.msgid
    return f"{entry.msgid}\n{entry.msgid_plural}"


def _target_text(entry: Entry) -> str:
    return entry.msgstr if entry.msgid_plural is None else "\n".join(entry.msgstrs)

"""What is typed into the unit one stands at, and the drafts that were there before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from l10n.catalog import Entry
from l10n.model import Key, Origin
from l10n.review.cursor import Cursor
from l10n.review.history import TextHistory
from l10n.review.keeper import Keeper
from l10n.review.statistics import Sitting
from l10n.review.units import Units
from l10n.text.markup import plain


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text somebody or something proposes, and where it comes from."""

    text: str
    origin: Origin | None
    """None for a text that is no draft of anybody's."""
    fields: Mapping[str, str]
    """Of the stamp: `mt`, `band`, `tm`, `aligned`."""


class Writing:
    """The text of the current unit, with undo, and how far it is from the draft it came from."""

    def __init__(self, units: Units, cursor: Cursor, keeper: Keeper, sitting: Sitting) -> None:
        self._units = units
        self._texts = units.texts
        self._cursor = cursor
        self._keeper = keeper
        self._sitting = sitting
        self._drafts: dict[Key, tuple[Suggestion, ...]] = {}
        """What entries held when they were first touched, one for each plural form."""
        self._used: dict[Key, Suggestion] = {}

    @property
    def text(self) -> str:
        """The text on the screen: typed, or the entry's."""
        return self._texts.text(self._cursor.entry, self._cursor.form)

    def type(self, text: str, cursor: int, stretch: int = 0) -> None:
        """Take note of what is now in the editor; cursor is where it stood before; for a stretch see the history."""
        entry = self._cursor.entry
        if text == self.text:
            return
        self.drafts(entry)
        self._history.record(text, cursor, stretch=stretch)
        self._keeper.typing(entry, self._texts.texts(entry))
        self._sitting.touch()

    def use(self, suggestion: Suggestion) -> None:
        """Take note that a suggestion is what is being edited: drafts and edits count from it."""
        entry = self._cursor.entry
        drafts = list(self.drafts(entry))
        drafts[self._cursor.form] = suggestion
        self._drafts[entry.key] = tuple(drafts)
        self._used[entry.key] = suggestion

    def first_draft(self) -> Suggestion | None:
        """Return the draft that the current form of the unit came with; None when it had none."""
        draft = self.drafts(self._cursor.entry)[self._cursor.form]
        return draft if draft.text and draft.origin is not None else None

    def seal_text(self) -> None:
        """End an undo step: what is typed next is undone by itself."""
        self._history.seal()

    def undo_text(self) -> tuple[str, int] | None:
        """Take back the last step of typing here; returns text and cursor, None without one."""
        return self._travel(TextHistory.undo)

    def redo_text(self) -> tuple[str, int] | None:
        """Type the last undone step again."""
        return self._travel(TextHistory.redo)

    @property
    def _history(self) -> TextHistory:
        return self._texts.history(self._cursor.entry, self._cursor.form)

    def _travel(
        self, step: Callable[[TextHistory], tuple[str, int] | None]
    ) -> tuple[str, int] | None:
        state = step(self._history)
        if state is not None:
            entry = self._cursor.entry
            self._keeper.typing(entry, self._texts.texts(entry))
        return state

    # Drafts

    def drafts(self, entry: Entry) -> tuple[Suggestion, ...]:
        """Return what an entry held when it was first touched, taking note of it now if that was never done."""
        drafts = self._drafts.get(entry.key, ())
        if len(drafts) != len(entry.msgstrs):  # none yet, or others changed the number of forms
            stamp = entry.stamp
            fields = dict(stamp.fields) if stamp else {}
            drafts = tuple(Suggestion(text, entry.origin, fields) for text in entry.msgstrs)
            self._drafts[entry.key] = drafts
        return drafts

    def edits(self, entry: Entry, typed: tuple[str, ...]) -> float | None:
        """Return how much of the draft was changed, 0 to 1; None when there was none."""
        drafts = self.drafts(entry)
        if not any(draft.text and draft.origin is not None for draft in drafts):
            return None
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - not before the first decision

        first = "\n".join(draft.text for draft in drafts)
        distance = Levenshtein.normalized_distance(plain(first), plain("\n".join(typed)))
        return round(float(distance), 2)

    def save_draft(self, entry: Entry, typed: tuple[str, ...]) -> None:
        """Give an entry what was typed as a draft, or nothing where nothing is left of it."""
        used = self._used.pop(entry.key, None)
        if not any(typed):
            entry.reject()
            return
        if used is not None and used.origin is not None:
            # The stamp tells where the text came from before it was edited.
            entry.fill(tuple(used.text for _form in typed), origin=used.origin, **used.fields)
        entry.save_draft(typed)

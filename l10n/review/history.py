"""What is typed, with undo and redo per unit, so that they survive going to another unit and back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from l10n.model import Key

if TYPE_CHECKING:
    from l10n.catalog import Entry

_PAUSE = 1.5
"""Seconds without a key after which typing starts a new undo step."""
_LIMIT = 500
"""Steps kept per unit."""
_TEXTS = 200
"""Texts whose steps are kept: a day of work must not fill the memory."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """One undo step: at `start`, `removed` was replaced by `inserted`."""

    start: int
    removed: str
    inserted: str
    cursor: int
    """Where the cursor stood before, as an offset into the text."""
    at: float

    def apply(self, text: str) -> str:
        """Make the change."""
        return text[: self.start] + self.inserted + text[self.start + len(self.removed) :]

    def revert(self, text: str) -> str:
        """Take the change back."""
        return text[: self.start] + self.removed + text[self.start + len(self.inserted) :]


class TextHistory:
    """The text of one form of one unit, and the steps that led to it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._done: list[_Edit] = []
        self._undone: list[_Edit] = []
        self._sealed = True
        self._stretch = 0
        """The stretch of typing that the last step is of; 0 for none."""

    def record(
        self, text: str, cursor_before: int, *, at: float | None = None, stretch: int = 0
    ) -> None:
        """Take note that the text is now `text`; typing in one go is one step.

        So is all of one stretch, for who names one: in vi, what is done between a command and Escape.
        """
        if text == self.text:
            return
        if stretch and stretch == self._stretch and self._done:
            begun = self._done.pop()
            self.text, cursor_before = begun.revert(self.text), begun.cursor
        self._stretch = stretch
        edit = _difference(
            self.text, text, cursor_before, time.monotonic() if at is None else at
        )
        self.text = text
        self._undone.clear()
        last = self._done[-1] if self._done else None
        # Undo takes words back, not letters.
        if last is not None and not self._sealed and _continues(last, edit):
            self._done[-1] = replace(last, inserted=last.inserted + edit.inserted, at=edit.at)
        else:
            self._done.append(edit)
            del self._done[:-_LIMIT]
        self._sealed = False

    def seal(self) -> None:
        """End the current step: what comes next is undone by itself."""
        self._sealed = True
        self._stretch = 0

    def undo(self) -> tuple[str, int] | None:
        """Take the last step back; returns the text and the cursor offset, None when there is no step."""
        if not self._done:
            return None
        edit = self._done.pop()
        self._undone.append(edit)
        self.text = edit.revert(self.text)
        self.seal()
        return self.text, edit.cursor

    def redo(self) -> tuple[str, int] | None:
        """Make the last undone step again; None when there is none."""
        if not self._undone:
            return None
        edit = self._undone.pop()
        self._done.append(edit)
        self.text = edit.apply(self.text)
        self.seal()
        return self.text, edit.start + len(edit.inserted)


class Texts:
    """The texts of a catalog's entries as they stand on the screen: typed, or the entries' own."""

    def __init__(self, find: Callable[[Key], Entry | None]) -> None:
        self._find = find
        self._histories: dict[tuple[Key, int], TextHistory] = {}

    def text(self, entry: Entry, form: int) -> str:
        """Return the text of one form, unfinished typing included."""
        history = self._histories.get((entry.key, form))
        return entry.msgstrs[form] if history is None else history.text

    def texts(self, entry: Entry) -> tuple[str, ...]:
        """Return the texts of all forms."""
        return tuple(self.text(entry, form) for form in range(len(entry.msgstrs)))

    def is_typed(self, entry: Entry) -> bool:
        """Whether something was typed that the entry does not hold."""
        return self.texts(entry) != entry.msgstrs

    def history(self, entry: Entry, form: int) -> TextHistory:
        """Return the history of one form, begun now if there is none."""
        key = (entry.key, form)
        history = self._histories.pop(key, None) or TextHistory(entry.msgstrs[form])
        if len(self._histories) >= _TEXTS:
            self._forget_oldest()
        self._histories[key] = history  # last: the first ones are forgotten first
        return history

    def begin(self, entry: Entry, texts: tuple[str, ...]) -> None:
        """Let history know texts that the entry is about to get others for."""
        for form, text in enumerate(texts):
            if text != entry.msgstrs[form]:
                self._histories.setdefault((entry.key, form), TextHistory(text))

    def settle(self, entry: Entry) -> None:
        """Make history agree with an entry: a decision is one step in it."""
        for form, text in enumerate(entry.msgstrs):
            history = self._histories.get((entry.key, form))
            # An entry nobody typed in has no history to keep up.
            if history is not None:
                history.seal()
                history.record(text, len(history.text))
                history.seal()

    def settle_all(self) -> None:
        """Make every history agree with its entry, in another version of the catalog."""
        for key, form in list(self._histories):
            entry = self._find(key)
            if entry is None or form >= len(entry.msgstrs):
                del self._histories[key, form]
            else:
                self.settle(entry)

    def _forget_oldest(self) -> None:
        """Let go of the typing that lies back longest, what is not committed aside."""
        for (key, form), history in self._histories.items():
            entry = self._find(key)
            if entry is None or entry.msgstrs[form] == history.text:
                del self._histories[key, form]
                return


def _difference(old: str, new: str, cursor: int, at: float) -> _Edit:
    """Return the one replacement that turns old into new: common prefix and suffix aside."""
    shorter = min(len(old), len(new))
    start = _common_prefix(old, new, shorter)
    end = _common_prefix(old[start:][::-1], new[start:][::-1], shorter - start)
    return _Edit(start, old[start : len(old) - end], new[start : len(new) - end], cursor, at)


def _common_prefix(old: str, new: str, limit: int) -> int:
    """Length of the common prefix, by bisection: slices compare at C speed, also in long units."""
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _continues(last: _Edit, edit: _Edit) -> bool:
    """Whether a change only goes on typing the word that the last one typed."""
    if edit.removed or len(edit.inserted) != 1 or edit.at - last.at > _PAUSE:
        return False
    if edit.start != last.start + len(last.inserted) or not last.inserted:
        return False
    return not (edit.inserted.isspace() and not last.inserted[-1].isspace())

"""What is offered while one types, and what a key puts in: names, numbers and terms of the source, words used before."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.catalog import Entry
from l10n.interface import gettext as _
from l10n.model import Key, State
from l10n.review.completion import Vocabulary, complete, rest_of
from l10n.review.placeables import next_placeable
from l10n.text.markup import escape, plain
from tui.desk.application import Application
from tui.desk.decisions import Decisions
from tui.desk.panes import Panes

_STEP = 100
"""Units whose words are learnt in one go: that takes some milliseconds between two keys."""
_MOST = 3000
"""Units of a catalog whose words are learnt."""
_ACCEPTED = frozenset({State.TRANSLATED, State.REVIEWED})


class Completing:
    """Offers the rest of a word at the cursor, and puts in what the translation lacks."""

    def __init__(self, panes: Panes, decisions: Decisions, application: Application) -> None:
        self._panes = panes
        self._session = panes.session
        self._decisions = decisions
        self._application = application
        self._own_words = Vocabulary()
        self._next = 0
        """The first unit of which nobody has learnt."""
        self._learnt: dict[Key, tuple[str, ...]] = {}
        """What was learnt of each unit."""
        self._inserted: tuple[str, str] = ("", "")
        """What was put in last, and the text right after that."""

    # While one types

    def offer(self) -> None:
        """Offer what may follow at the cursor."""
        editor = self._panes.editor
        if not self._application.completes:
            return
        text, cursor = editor.value, editor.cursor
        following = text[cursor : cursor + 1]
        rest = ""
        if not (following.isalnum() or following == "_"):
            rest = complete(text[:cursor], self._phrases(), self._vocabularies())
        editor.propose(rest)

    def learn_words(self) -> bool:
        """Learn the words of some units that were accepted; True when all are known."""
        index, entries = self._session.index, self._session.entries
        end = min(len(entries), self._next + _STEP, _MOST)
        # Not what was decided in bulk: to look at it at every move takes too long.
        changed = index.changed if len(index.changed) <= _MOST else ()
        for row in (*changed, *range(self._next, end)):
            self._learn(entries[row], is_accepted=index.state(row) in _ACCEPTED)
        self._next = end
        return end >= min(len(entries), _MOST)

    def _learn(self, entry: Entry, *, is_accepted: bool) -> None:
        """Know the words of a unit while it is accepted: those of a correction, not of what it corrects."""
        before = self._learnt.get(entry.key, ())
        msgstrs = entry.msgstrs if is_accepted else ()
        if msgstrs != before:
            for msgstr in before:
                self._own_words.forget(plain(msgstr))
            for msgstr in msgstrs:
                self._own_words.learn(plain(msgstr))
            self._learnt[entry.key] = msgstrs

    def _phrases(self) -> Iterator[str]:
        for placeable in self._panes.advice.placeables:
            if not placeable.text[:1].isdigit():
                yield placeable.text

    def _vocabularies(self) -> Iterator[Vocabulary]:
        if self._panes.advice.vocabulary is not None:
            yield self._panes.advice.vocabulary
        yield self._own_words

    # By key

    def insert_next(self) -> None:
        """Put in the next term, number, name or address of the source; again at once for the one behind it."""
        if not self._decisions.may_decide():
            return
        panes, editor = self._panes, self._panes.editor
        last, text_then = self._inserted
        text, cursor = editor.value, editor.cursor
        is_again = bool(last) and text == text_then and text[:cursor].endswith(escape(last))
        if is_again:
            editor.select_span(cursor - len(escape(last)), cursor)
            text = text[: cursor - len(escape(last))] + text[cursor:]
        placeable = next_placeable(
            panes.advice.placeables, plain(text), last if is_again else ""
        )
        if placeable is None:
            panes.say(_("The translation has every term, number, name and address."))
            return
        # Who has begun to write it gets the rest.
        typed = "" if is_again else text[:cursor]
        editor.insert_here(escape(rest_of(placeable.text, typed) or placeable.text))
        panes.focus(editor)
        self._inserted = (placeable.text, editor.value)

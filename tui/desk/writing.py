"""What is typed, and what keys put into the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.review.repair import (
    lost_placeholders,
    missing_placeholder,
    put_around,
    take_first_sentence,
    take_last_sentence,
)
from tui.clock import Clock, Delay
from tui.desk.completing import Completing
from tui.desk.decisions import Decisions
from tui.desk.look_ups import LookUps
from tui.desk.panes import Panes

_JUDGE = 0.06
"""Seconds without a key before the text is checked again."""


class Writing:
    """Hands what is typed to the session, and puts texts into the editor."""

    def __init__(
        self,
        panes: Panes,
        decisions: Decisions,
        look_ups: LookUps,
        completing: Completing,
        clock: Clock,
    ) -> None:
        self._panes = panes
        self._session = panes.session
        self._decisions = decisions
        self._look_ups = look_ups
        self._completing = completing
        self._judging = Delay(clock, panes.screen, self._judge)

    def take_note(self, text: str, cursor: int) -> None:
        """Take note of a change in the editor; cursor is where it stood before."""
        session = self._session
        if not session.entries or session.read_only:
            return
        session.type(text, cursor, self._panes.editor.stretch)
        self._decisions.forget_warning()
        self._completing.offer()
        self._judging.start(_JUDGE)

    def _judge(self) -> None:
        panes = self._panes
        panes.show_findings()
        panes.show_offers()
        panes.fit()
        panes.show_row()
        self._look_ups.judge()

    # Typing taken back

    def undo_text(self) -> None:
        """Take typing back."""
        self._travel(self._session.undo_text)

    def redo_text(self) -> None:
        """Type again."""
        self._travel(self._session.redo_text)

    def _travel(self, step: Callable[[], tuple[str, int] | None]) -> None:
        if not self._decisions.may_write():
            return
        state = step()
        if state is not None:
            text, cursor = state
            msgid = self._session.entry.msgid
            self._panes.editor.show(
                text, cursor=cursor, breaks="\n" in msgid, tabs="\t" in msgid
            )
            self._judge()

    # Whole texts

    def copy_source(self) -> None:
        """Copy the source."""
        if self._decisions.may_decide():
            self._put(self._session.source)

    def suggestion(self) -> None:
        """Put in the best suggestion, then the next."""
        self.use(self._panes.used + 1)

    def use(self, number: int) -> None:
        """Put in one of the suggestions, the first again after the last."""
        panes, look_ups = self._panes, self._look_ups
        if not self._decisions.may_decide():
            return
        if not panes.offered:
            if panes.advice.waiting or look_ups.adviser.engine_problem:
                panes.say(look_ups.adviser.engine_problem or _("Still looking …"))
            else:
                look_ups.translate()
            return
        if number >= len(panes.offered) and panes.used < 0:
            panes.say(_("There is no suggestion {number}.").format(number=number + 1))
            return
        number %= len(panes.offered)
        suggestion = panes.offered[number]
        panes.used = number  # before it is on the screen: what was put in goes on being offered
        self._put(suggestion.text)
        self._session.use(suggestion)

    def fix(self) -> None:
        """Apply a repair, first that of the finding one stands at."""
        if not self._decisions.may_decide():
            return
        panes = self._panes
        selected, cursor = panes.editor.selected_span, panes.editor.cursor
        repairable = sorted(
            (finding for finding in panes.findings() or () if finding.fix is not None),
            key=lambda finding: (finding.span != selected, not _covers(finding.span, cursor)),
        )
        fix = repairable[0].fix if repairable else None
        if fix is None:
            panes.say(_("No finding offers a repair."))
            return
        self._put(fix.msgstr)
        panes.finding = max(-1, panes.finding - 1)  # the next one has moved up

    def _put(self, text: str) -> None:
        """Put a whole text into the editor as one step of typing."""
        self._session.seal_text()
        self._panes.editor.put(text)
        self._session.seal_text()
        self._judge()

    # Parts of texts

    def placeholder(self) -> None:
        """Put in the next missing placeholder."""
        if not self._decisions.may_decide():
            return
        session, text = self._session, self._panes.editor.value
        token = missing_placeholder(session.source, text)
        token = token or session.judge.missing_variable(session.entry, session.source, text)
        if token:
            start, end = self._panes.editor.selected_span
            self.insert(put_around(text[start:end], token, session.source, text))
        else:
            self._panes.say(_("No placeholder is missing."))

    def insert(self, text: str) -> None:
        """Type a text at the cursor and go on there."""
        self._panes.editor.insert_here(text)
        self._panes.focus(self._panes.editor)

    def sentence_before(self) -> None:
        """Move the first sentence to the unit before."""
        self._move_sentence(-1)

    def sentence_after(self) -> None:
        """Move the last sentence to the unit after."""
        self._move_sentence(1)

    def _move_sentence(self, direction: int) -> None:
        session, panes = self._session, self._panes
        other = session.position + direction
        if not self._decisions.may_decide() or not 0 <= other < len(session.entries):
            return
        if any(len(session.entries[row].msgstrs) > 1 for row in (session.position, other)):
            panes.say(
                _("Sentences are not moved from or to a unit with plural forms."),
                severity="warning",
            )
            return
        locale = session.judge.target_locale
        text, other_text = session.text, session.text_of(session.entries[other])
        if direction < 0:
            pair = take_first_sentence(text, other_text, locale)
            texts = pair and {other: pair[0], session.position: pair[1]}
        else:
            pair = take_last_sentence(text, other_text, locale)
            texts = pair and {session.position: pair[0], other: pair[1]}
        if not texts:
            panes.say(_("There is no sentence to move."))
            return
        session.put_texts(texts, N_("Sentence moved"))
        self._decisions.settle()
        self._tell_move(other, lost_placeholders((text, other_text), texts.values()))

    def _tell_move(self, other: int, lost: Sequence[str]) -> None:
        """Say where a sentence went and what it left behind."""
        remarks = [_("Moved to unit {number}.").format(number=other + 1)]
        if not self._session.shows(other):
            remarks.append(_("The filter hides it."))
        if lost:
            names = ", ".join(f"<{name}>" for name in lost)
            remarks.append(_("Left out: {names}. Ctrl+R takes it back.").format(names=names))
        severe = len(remarks) > 1
        self._panes.say(" ".join(remarks), severity="warning" if severe else "information")


def _covers(span: tuple[int, int] | None, place: int) -> bool:
    """Whether a place is in a stretch of the text, or at its edge."""
    return span is not None and span[0] <= place <= span[1]

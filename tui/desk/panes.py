"""What the desk shows: the session in its list, its editor and the panes around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from l10n.interface import gettext as _
from l10n.model import Finding, Key
from l10n.review.session import Session
from l10n.review.writing import Suggestion
from tui import describe
from tui.advice import LONG, Advice, offer, suggestions
from tui.desk.fitting import Fitting
from tui.marks import Mark, placeholder_marks, visible
from tui.widgets.editor import TargetEditor
from tui.widgets.panes import Findings, KeyLine, Pane, StatusLine, suggestion_lines
from tui.widgets.segment_list import Line, SegmentList

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

_REMARK_SECONDS = 5.0
"""For which a remark in passing can be read."""
_REMARK_STYLES: Mapping[SeverityLevel, str] = {
    "information": "bold",
    "warning": "bold $l10n-warning",
    "error": "bold $l10n-error",
}
_FULL = 0.9
"""Length of a translation, against its source, that is taken for the whole of it."""

TextKey = tuple[Key, int]
"""One text of the catalog: the key of its unit, and which plural form."""


class Panes:
    """Everything on the desk that shows something; what keys do is for the other parts."""

    def __init__(
        self,
        screen: Screen[None],
        session: Session,
        *,
        safety: Callable[[], Content],
        knows_anything: Callable[[], bool],
        on_unit: Callable[[], None],
    ) -> None:
        self.screen = screen
        self.session = session
        self.advice = Advice()
        """What others say about the text in the editor."""
        self.offered: list[Suggestion] = []
        self.used = -1
        """Which suggestion was put in last; -1 for none."""
        self.finding = -1
        """Which finding was gone to last; -1 for none."""
        self.is_begun = False
        """True once the list is on the screen and everything slower has begun."""
        self._fitting = Fitting(screen)
        self._safety = safety
        self._knows_anything = knows_anything
        self._on_unit = on_unit
        self._in_editor: TextKey | None = None
        self._is_fresh = False
        """True while nobody knows whether the text in the editor has room on the screen."""
        self._in_source: TextKey | None = None
        self._full_findings: tuple[TextKey, str, tuple[Finding, ...]] | None = None
        """What every rule, slow ones too, finds in one text."""

    @property
    def units(self) -> SegmentList:
        """The list of units."""
        return self.screen.query_one("#list", SegmentList)

    @property
    def editor(self) -> TargetEditor:
        """The editor of the translation."""
        return self.screen.query_one("#editor", TargetEditor)

    @property
    def source(self) -> Pane:
        """The pane of the source."""
        return self.screen.query_one("#source", Pane)

    @property
    def filter(self) -> Input:
        """The line a filter is typed in."""
        return self.screen.query_one("#filter", Input)

    def focus(self, widget: SegmentList | TargetEditor | Input) -> None:
        """Let a widget have the keys."""
        self.screen.set_focus(widget)

    def retranslate(self) -> None:
        """Say everything again in the interface language."""
        self.filter.placeholder = _("/ filter: words, state:draft, rule:any …")
        self.editor.placeholder = _("no translation yet")
        self.show_keys()
        if self.is_begun:
            self.show_unit()
        self.show_status()

    def show_keys(self) -> None:
        """Say in the footer where one is, and which keys do something there."""
        in_list = self.screen.focused is self.units
        keys = self.bound_keys()
        if in_list:
            for key, name in reversed(self.units.keys.items()):
                keys[name] = key
        self.screen.query_one("#keys", KeyLine).show(keys, in_list=in_list)

    def bound_keys(self) -> dict[str, str]:
        """Return the keys that are bound now, by command: the person may have chosen others."""
        keys: dict[str, str] = {}
        for key, bound in self.screen.active_bindings.items():
            if bound.binding.id:
                keys.setdefault(bound.binding.id, key)
        return keys

    # The list

    def show_list(self) -> None:
        """Show the rows that fit the filter."""
        session = self.session
        self.units.show(session.visible, session.place, len(session.entries))
        self.show_status()

    def show_row(self) -> None:
        """Draw the current row again, and the status."""
        place = self.session.place
        if place is not None:
            self.units.refresh_row(place)
        self.show_status()

    def line(self, row: int) -> Line:
        """Return what the list shows of a row."""
        session = self.session
        entry = session.entries[row]
        repeats = session.repeats(row)
        return Line(
            row + 1,
            session.index.state(row),
            entry.msgid[:400],
            session.text_of(entry)[:400],
            marked=row in session.index.marked,
            troubled=row in session.index.troubled,
            plural=entry.msgid_plural is not None,
            repeats=sum(other > row for other in repeats),
            first=repeats[0] + 1 if repeats and repeats[0] < row else 0,
        )

    # The unit

    def show_unit(self) -> None:
        """Show the unit one stands at in every pane."""
        if not self.session.entries:
            self.editor.read_only = True
            self.source.show(Content(_("This catalog has no entries.")), _("Source"))
            return
        self.show_text()
        self.show_source()
        self.show_findings()
        self.show_offers()
        self.fit()
        self.show_row()
        self._on_unit()

    def catch_up(self) -> None:
        """Show the unit one stands at where the panes are still at the one before."""
        if self.session.entries and self._in_source != self._text_key():
            self.show_unit()

    def show_changed(self) -> None:
        """Show everything again after more than the current text changed."""
        self._in_editor = None
        self.units.refresh()
        self.show_unit()

    def show_text(self) -> None:
        """Show the text of the current unit in the editor, unless it is there."""
        session, editor, entry = self.session, self.editor, self.session.entry
        editor.read_only = session.read_only
        key = self._text_key()
        if self.advice.key != key:
            self.advice = Advice(key, session.source)
        # The text is compared too: a decision or a merge may have given the same unit another.
        if self._in_editor != key or editor.value != session.text:
            self.used = self.finding = -1
            editor.show(session.text, breaks="\n" in entry.msgid, tabs="\t" in entry.msgid)
            self._is_fresh = True
        self._in_editor = key

    def show_source(self) -> None:
        """Show the source of the current unit, with what the glossary says."""
        terms = self.advice.terms
        text, title = describe.source(self.session, [term.mark for term in terms])
        lines = [text, *describe.other_source(self.session)]
        lines += describe.previous_source(self.session.entry)
        lines += describe.terms(terms)
        key = self._text_key()
        self.source.show(Content("\n").join(lines), title, stay=self._in_source == key)
        self._in_source = key

    def follow_cursor(self) -> None:
        """Show that part of a long source which the cursor is at in the translation."""
        if self.is_begun and self.session.entries:
            editor = self.editor
            whole = max(1, len(editor.text), len(self.session.source) * _FULL)
            self.source.follow(editor.cursor / whole)

    def fit(self) -> None:
        """Give source and translation the rows they need."""
        is_whole = self._fitting.fit(self._text_key(), self.source, self.editor)
        if self._is_fresh and not is_whole:
            self.editor.move_cursor((0, 0))  # whoever reads it begins there
        self._is_fresh = False
        self.editor.entitle()

    def _text_key(self) -> TextKey:
        return self.session.entry.key, self.session.form

    # Findings and suggestions

    def show_findings(self) -> None:
        """Check the text on the screen and mark what is wrong in it."""
        session = self.session
        if not session.entries:
            return
        self.editor.entitle(describe.target_title(session))
        findings = self.findings()
        if findings is None:  # the look-up process will tell
            return
        session.index.note_errors(session.position, findings)
        self.screen.query_one("#findings", Findings).complain(findings)
        text = session.text
        marks = placeholder_marks(text)
        for finding in findings:
            if finding.span:
                start, end = finding.span
                # An underlined space is hardly seen, a reversed one is.
                kind = "control" if text[start:end].isspace() else finding.severity.value
                marks.append(Mark(start, end, kind))
        self.editor.mark(marks)

    def findings(self) -> tuple[Finding, ...] | None:
        """Return what is wrong with the text on the screen; None for a long one that is still looked at."""
        session, full = self.session, self._full_findings
        if full is not None and full[:2] == (self._text_key(), session.text):
            return full[2]
        return session.findings() if len(session.text) <= LONG else None

    def take_findings(self, key: TextKey, text: str, findings: tuple[Finding, ...]) -> None:
        """Show what every rule finds in a text, as long as it is on the screen."""
        self._full_findings = (key, text, findings)
        self.show_findings()
        self.fit()

    def show_offers(self) -> None:
        """Show the suggestions for the current unit."""
        session, advice = self.session, self.advice
        stored = session.entry.msgstrs[session.form]
        # What the catalog holds comes last: it is offered once another text is on the screen, and the others
        # keep their numbers then.
        known = sorted(
            suggestions(advice, session.first_draft()), key=lambda known: known.text == stored
        )
        seen = session.text if self.used < 0 else ""
        self.offered = [suggestion for suggestion in known if suggestion.text != seen]
        offers = [offer(suggestion, advice) for suggestion in self.offered]
        remark = advice.remark
        if not offers and not remark and not self._knows_anything():
            remark = _("no memory here; Ctrl+T asks the engine")
        rest = self.screen.query_one("#rest", Pane)
        lines = suggestion_lines(offers, waiting=advice.waiting, remark=remark)
        lines += describe.context(session, max(20, rest.size.width))
        rest.show(Content("\n").join(lines), _("Suggestions and context"))

    # The status line

    def show_status(self) -> None:
        """Show progress and safety."""
        left, right = describe.status(self.session, self._safety(), self.screen.size.width)
        self.screen.query_one("#status", StatusLine).show(left, right)

    def hush(self) -> None:
        """Take back what was said in passing: it is over."""
        self.screen.query_one("#keys", KeyLine).hush()
        self.screen.query_one("#status", StatusLine).hush()

    def say(self, message: str, *, severity: SeverityLevel = "information") -> None:
        """Tell the person something in passing."""
        screen = self.screen
        keys = screen.query_one("#keys", KeyLine)
        keys.hush()
        remark = visible(message)
        words = Content.styled(f" {remark}", _REMARK_STYLES[severity])
        if not screen.query_one("#status", StatusLine).say(words, _REMARK_SECONDS):
            keys.say(words, _REMARK_SECONDS)  # a notification would lie over what is being read

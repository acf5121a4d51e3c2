"""Two versions of a unit side by side: conflicts with others, and work that a sitting left behind."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import State
from l10n.review.content import Content as Stored
from l10n.review.journal import Cause
from l10n.review.keeper import Conflict
from l10n.review.recovery import Recovered
from tui.clock import Clock
from tui.marks import difference, one_line, visible
from tui.names import STATE_NAMES
from tui.widgets.panes import ADDED, DIM, REMOVED

_GRACE = 0.7
"""Seconds without typing before a question that came by itself listens."""
_WIDTH, _FRAME = 110, 14
"""Cells of the window, and what it has around a row of the list."""


class Comparison(Protocol):
    """Units of which there are two versions, and which is chosen of each."""

    @property
    def heading(self) -> str:
        """What happened, with the number of units."""

    @property
    def explanation(self) -> str:
        """What this is about."""

    @property
    def hints(self) -> str:
        """Which keys do what."""

    def __len__(self) -> int:
        """Return the number of units."""

    def line(self, number: int) -> tuple[str, str]:
        """Return a unit's choice and source for the list."""

    def versions(self, number: int) -> Content:
        """Return a unit's versions, the chosen one marked."""

    def toggle(self, number: int) -> None:
        """Choose the other version of a unit."""


class Sides(ModalScreen[object]):
    """A list of units with two versions each; one chooses for each."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("escape", "leave", show=False),
        Binding("pagedown", "scroll_versions(1)", show=False, priority=True),
        Binding("pageup", "scroll_versions(-1)", show=False, priority=True),
    ]

    def __init__(self, comparison: Comparison) -> None:
        super().__init__()
        self._comparison = comparison

    def compose(self) -> ComposeResult:
        """Lay out list and versions."""
        units = self._comparison
        with Vertical(classes="window large"):
            yield Static(units.heading, classes="title", markup=False)
            yield Static(units.explanation, classes="dim", markup=False)
            yield OptionList(*(Option(self._row(i)) for i in range(len(units))), id="units")
            with VerticalScroll(classes="body", can_focus=False):
                yield Static("", id="versions", markup=False)
            yield Static(units.hints, classes="dim", markup=False)

    def on_mount(self) -> None:
        """Show the first unit."""
        self.query_one(OptionList).highlighted = 0 if len(self._comparison) else None

    def action_other(self) -> None:
        """Choose the other version of the unit under the cursor."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._comparison.toggle(options.highlighted)
            self.show_choice(options.highlighted)

    def show_choice(self, number: int) -> None:
        """Show which version of a unit is chosen now."""
        self.query_one(OptionList).replace_option_prompt_at_index(number, self._row(number))
        self._show(number)

    def action_scroll_versions(self, direction: int) -> None:
        """Show what has no room: the list is short, the texts may be long."""
        body = self.query_one(VerticalScroll)
        body.scroll_relative(y=direction * max(1, body.size.height - 1), animate=False)

    def action_leave(self) -> None:
        """Close without a decision."""
        self.dismiss(None)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._show(event.option_index)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_other()

    def _show(self, number: int) -> None:
        self.query_one("#versions", Static).update(self._comparison.versions(number))

    def _row(self, number: int) -> Content:
        choice, source = self._comparison.line(number)
        row = Content.assemble((f"{choice}  ", "bold $l10n-key"), one_line(source, 300))
        return row.truncate(min(_WIDTH, self.app.size.width) - _FRAME, ellipsis=True)


class _Conflicts:
    """Units that were changed here and on disk; nothing is chosen beforehand."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = conflicts
        self.ours: list[bool | None] = [None] * len(conflicts)

    @property
    def heading(self) -> str:
        """How many units differ."""
        number = len(self.conflicts)
        if self._are_taken_back:
            return ngettext(
                "{number} unit you saved is as it was before",
                "{number} units you saved are as they were before",
                number,
            ).format(number=number)
        return ngettext(
            "{number} unit was changed here and by somebody else",
            "{number} units were changed here and by somebody else",
            number,
        ).format(number=number)

    @property
    def _are_taken_back(self) -> bool:
        return all(conflict.taken_back for conflict in self.conflicts)

    @property
    def explanation(self) -> str:
        """What became of the rest."""
        if self._are_taken_back:
            return _(
                "Git, or somebody, put that back. Nothing is lost: what you saved can be put in again."
            )
        return _("Everything else is merged. Nothing is lost: both versions are below.")

    @property
    def hints(self) -> str:
        """Which keys do what."""
        return _(
            "← mine   → theirs   Shift with them: all   Enter done   Esc later (theirs until then)"
        )

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.conflicts)

    def line(self, number: int) -> tuple[str, str]:
        """Return choice and source."""
        ours = self.ours[number]
        choice = "?" if ours is None else _("mine") if ours else _("theirs")
        return f"{choice:7}", self.conflicts[number].key[1]

    def versions(self, number: int) -> Content:
        """Return what was before, mine, theirs, and the source."""
        conflict, is_ours = self.conflicts[number], self.ours[number]
        before = _text(conflict.base)

        def side(name: str, content: Stored, *, is_chosen: bool) -> Content:
            title = f"{name} · {_state(content)}  "
            changes = difference(before, _text(content), REMOVED, ADDED)
            return Content.assemble((title, _style(is_chosen=is_chosen)), changes)

        parts = [
            Content.assemble((_("before") + "  ", DIM), visible(before) or "—"),
            side(_("mine"), conflict.ours, is_chosen=is_ours is True),
            side(_("theirs"), conflict.theirs, is_chosen=is_ours is False),
            Content.assemble((_("source") + "  ", DIM), visible(conflict.key[1])),
        ]
        return Content("\n\n").join(parts)

    def toggle(self, number: int) -> None:
        """Choose the other version."""
        self.ours[number] = not self.ours[number]


class ConflictScreen(Sides):
    """Entries that were changed here and on disk; gives those to keep ours of, None for later.

    It comes up while people work: no key of their work answers it, and nothing is chosen beforehand.
    """

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("left", "choose(True)", show=False, priority=True),
        Binding("right", "choose(False)", show=False, priority=True),
        Binding("shift+left", "choose_all(True)", show=False, priority=True),
        Binding("shift+right", "choose_all(False)", show=False, priority=True),
        Binding("enter", "accept", show=False, priority=True),
    ]

    def __init__(self, conflicts: Sequence[Conflict], clock: Clock) -> None:
        self._units = _Conflicts(conflicts)
        super().__init__(self._units)
        self._clock = clock
        self._deaf_until = 0.0

    def on_mount(self) -> None:
        """Be deaf at first: the keys that come now are meant for the screen below."""
        self._deaf_until = self._clock.now() + _GRACE

    def on_key(self, event: events.Key) -> None:
        """Go on being deaf while somebody types."""
        if event.is_printable:
            self._deaf_until = self._clock.now() + _GRACE

    @property
    def _is_deaf(self) -> bool:
        return self._clock.now() < self._deaf_until

    def action_choose(self, ours: bool) -> None:
        """Choose a version of the unit under the cursor."""
        number = self.query_one(OptionList).highlighted
        if number is not None and not self._is_deaf:
            self._units.ours[number] = ours
            self.show_choice(number)

    def action_choose_all(self, ours: bool) -> None:
        """Choose the same version of every unit."""
        if not self._is_deaf:
            for number in range(len(self._units)):
                self._units.ours[number] = ours
                self.show_choice(number)
            self._show(self.query_one(OptionList).highlighted or 0)

    def action_leave(self) -> None:
        """Close without a decision."""
        if not self._is_deaf:
            super().action_leave()

    def action_accept(self) -> None:
        """Give the choices: (conflict, ours?); go to the first unit without one."""
        if self._is_deaf:
            return
        if None in self._units.ours:
            self.query_one(OptionList).highlighted = self._units.ours.index(None)
            return
        self.dismiss(tuple(zip(self._units.conflicts, self._units.ours, strict=True)))


class _Unsaved:
    """Units that a sitting left unsaved; all are chosen that can be put back."""

    def __init__(self, unsaved: Sequence[Recovered]) -> None:
        self.unsaved = unsaved
        self.is_chosen = [recovered.now is not None for recovered in unsaved]

    @property
    def heading(self) -> str:
        """How many units it is about."""
        number = len(self.unsaved)
        if self._causes == {Cause.UNDECIDED}:
            return ngettext(
                "{number} unit waits for your decision",
                "{number} units wait for your decision",
                number,
            ).format(number=number)
        return ngettext(
            "{number} unit of your last sitting was not saved",
            "{number} units of your last sitting were not saved",
            number,
        ).format(number=number)

    @property
    def explanation(self) -> str:
        """How that came about."""
        if self._causes == {Cause.STOPPED}:
            return _("The program ended before it could write them. Choose what to put back.")
        if self._causes == {Cause.UNDECIDED}:
            return _(
                "The file had another version, and nothing was decided. Choose what to put back."
            )
        if self._causes == {Cause.UNWRITTEN}:
            return _("They could not be written before you left. Choose what to put back.")
        return _("They were not written, or nothing was decided. Choose what to put back.")

    @property
    def _causes(self) -> set[Cause]:
        return {recovered.record.cause for recovered in self.unsaved}

    @property
    def hints(self) -> str:
        """Which keys do what."""
        return _("Space: on or off   F2: put back   Esc: ask again later   x: throw all away")

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.unsaved)

    def line(self, number: int) -> tuple[str, str]:
        """Return choice and source."""
        box = "[x]" if self.is_chosen[number] else "[ ]"
        return box, self.unsaved[number].record.key[1]

    def versions(self, number: int) -> Content:
        """Return what is in the catalog and what was written."""
        record, content = self.unsaved[number].record, self.unsaved[number].now
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(record.at))
        new = "\n".join(record.state["msgstrs"])
        how = _state(record.state) if record.finished else _("being typed")
        now = _text(content)
        catalog = visible(now) or "—"
        if content is None:
            catalog = _("the unit is no longer in the catalog; copy what you need")
        style = _style(is_chosen=self.is_chosen[number])
        parts = [
            Content.assemble((_("in the catalog") + "  ", DIM), catalog),
            Content.assemble(
                (f"{when} · {how}  ", style), difference(now, new, REMOVED, ADDED)
            ),
            Content.assemble((_("source") + "  ", DIM), visible(record.key[1])),
        ]
        return Content("\n\n").join(parts)

    def toggle(self, number: int) -> None:
        """Choose or leave out."""
        if self.unsaved[number].now is not None:  # there is a unit to put it back into
            self.is_chosen[number] = not self.is_chosen[number]


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to be put back, and what to be asked about again."""

    chosen: tuple[Recovered, ...]
    others: tuple[Recovered, ...]


class RecoveryScreen(Sides):
    """Work that a sitting left unsaved; gives the choices, None for later, or `forget`."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("space", "other", show=False, priority=True),
        Binding("f2,ctrl+j", "accept", show=False, priority=True),
        Binding("x,delete", "forget", show=False),
    ]

    def __init__(self, unsaved: Sequence[Recovered]) -> None:
        self._units = _Unsaved(unsaved)
        super().__init__(self._units)

    def action_accept(self) -> None:
        """Give what to put back, and what nobody chose."""
        pairs = tuple(zip(self._units.unsaved, self._units.is_chosen, strict=True))
        chosen = tuple(recovered for recovered, is_chosen in pairs if is_chosen)
        others = tuple(recovered for recovered, is_chosen in pairs if not is_chosen)
        self.dismiss(Choices(chosen, others))

    def action_forget(self) -> None:
        """Throw everything away."""
        self.dismiss("forget")


def _text(stored: Stored | None) -> str:
    return "\n".join(stored["msgstrs"]) if stored else ""


def _state(stored: Stored) -> str:
    return _(STATE_NAMES[State(stored["state"])])


def _style(*, is_chosen: bool) -> str:
    return "bold $l10n-key" if is_chosen else DIM

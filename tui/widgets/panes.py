"""The panes around the editor: source, findings, suggestions, context, status and keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.timer import Timer
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

from l10n.interface import gettext as _
from l10n.model import Finding, Severity
from tui.commands import COMMANDS, SUGGESTION, Command, shown_keys
from tui.marks import visible

MARK_STYLES = {
    "placeholder": "$l10n-tag",
    "error": "bold underline $l10n-error",
    "warning": "underline $l10n-warning",
    "info": "underline $l10n-info",
    "term": "underline $l10n-term",
    "control": "reverse",
}
"""How the source pane paints the kinds of `Mark`; the editor has component classes."""

_MOST_ROWS = 40
"""Rows that findings are ever given: no screen has more to spare."""
_BITE = 4
"""Characters by which a finding without room is shortened at a time."""

_ALWAYS = frozenset({"help", "quit", "switch_pane"})
"""Commands whose hints are on the narrowest screen too."""

REMOVED = "strike $l10n-removed"
ADDED = "bold $l10n-added"
DIM = "$l10n-dim"

_SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.INFO: "i"}
_SEVERITY_STYLES = {
    Severity.ERROR: "bold $l10n-error",
    Severity.WARNING: "$l10n-warning",
    Severity.INFO: "$l10n-info",
}


class Pane(Widget, can_focus=False):
    """A titled text in a box of fixed size: other text never lays the screen out again.

    How many lines do not fit is told behind the title; they are scrolled to.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.auto_links = False  # what can be clicked keeps its own colours
        self._text = Content("")
        self._strips: list[Strip] | None = None
        self._top = 0
        self._is_stale = True
        """True when what stands on the screen is not what `_lines` would give."""
        self._title = self._titled = ""

    @property
    def text(self) -> str:
        """What it shows, were there room for all of it."""
        return self._text.plain

    def rows_at(self, width: int) -> int:
        """Return how many lines the text takes at a width."""
        if self._strips is not None and width == self.size.width:
            return len(self._strips)
        if not self._text:
            return 0
        return len(Visual.to_strips(self, self._text, width, None, self.visual_style))

    @property
    def selected_text(self) -> str:
        """What is selected in it with the mouse; empty in a pane that only shows."""
        selection = self.text_selection
        return selection.extract(self._text.plain) if selection is not None else ""

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """Return what is selected, and what ends it."""
        return selection.extract(self._text.plain), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint what is selected."""
        self._strips = None
        super().selection_updated(selection)

    def show(self, text: Content, title: str = "", *, stay: bool = False) -> None:
        """Show a text under a title, from its beginning or where one had scrolled to."""
        self._title = title
        # Most of what is shown again is as it was: breaking it into lines is what takes time.
        if text.is_same(self._text) and text.spans == self._text.spans:
            self._entitle()
            return
        self._text = text
        self._strips, self._is_stale = None, True
        self._go_to(self._top if stay else 0)

    def follow(self, part: float) -> None:
        """Show the lines about a part of the text, 0 for its beginning and 1 for its end."""
        self._go_to(round(part * len(self._lines())) - self.size.height // 2)

    def turn(self, pages: int) -> None:
        """Show what is below or above, a page at a time."""
        self._go_to(self._top + pages * max(1, self.size.height - 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        line, strips = y + self._top, self._lines()
        if line >= len(strips):
            return Strip.blank(self.size.width, self.rich_style)
        return strips[line].extend_cell_length(self.size.width, self.rich_style)

    def on_resize(self) -> None:
        """Break lines again."""
        self._strips, self._is_stale = None, True
        self._go_to(self._top)

    def notify_style_update(self) -> None:
        """Draw again when the theme changes."""
        self._strips = None
        super().notify_style_update()

    def on_mouse_scroll_down(self) -> None:
        """Show what is below."""
        self._go_to(self._top + 2)

    def on_mouse_scroll_up(self) -> None:
        """Show what is above."""
        self._go_to(self._top - 2)

    def _go_to(self, line: int) -> None:
        most = max(0, len(self._lines()) - self.size.height) if self.size.width else 0
        top = max(0, min(most, line))
        if top != self._top or self._is_stale:  # each key typed follows the cursor
            self._top, self._is_stale = top, False
            self._entitle()
            self.refresh()

    def _lines(self) -> list[Strip]:
        if self._strips is None:
            width = max(1, self.size.width)
            self._strips = Visual.to_strips(self, self._text, width, None, self.visual_style)
        return self._strips

    def _entitle(self) -> None:
        """Say the title, and behind it how many lines are hidden above and below."""
        titled = titled_with(self._title, self._hidden(), self.size.width)
        if titled != self._titled:
            self.border_title = self._titled = titled

    def _hidden(self) -> str:
        if not self._text or not self.size.width:
            return ""
        return hidden_lines(self._top, len(self._lines()) - self._top - self.size.height)


def hidden_lines(above: int, below: int) -> str:
    """Return how many lines of a text are out of sight: `↑ 3 ↓ 12`; empty when none is."""
    return " ".join(
        f"{arrow} {lines}" for arrow, lines in (("↑", above), ("↓", below)) if lines > 0
    )


def titled_with(title: str, hidden: str, width: int) -> str:
    """Return a pane's title as markup, what is hidden behind it: that is never cut off."""
    shown = Content(title)
    if hidden:
        shown = shown.truncate(max(0, width - len(hidden) - 5), ellipsis=True)
    return shown.plain.replace("[", r"\[") + (
        f"  [bold $l10n-key]{hidden}[/]" if hidden else ""
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion as the pane shows it."""

    label: str
    """Where it comes from: `TM 92 %`, `MT argos good`."""
    text: str
    """What it would put in."""
    content: Content
    """The same as the pane paints it."""
    remark: Content | None = None
    """What the earlier source looked like against this one, or what speaks against a machine's draft."""


def suggestion_lines(offers: Iterable[Offer], *, waiting: bool, remark: str) -> list[Content]:
    """Return numbered suggestions, and what there is to say about those that are missing."""
    lines: list[Content] = []
    for number, offer in enumerate(offers, 1):
        head = Content.assemble(
            (f"{number} ", "bold"), (f"{offer.label}  ", DIM), offer.content
        )
        lines.append(_clickable(head, f"{SUGGESTION}{number}"))
        if offer.remark is not None:
            lines.append(Content.assemble("  ", offer.remark))
    if waiting:
        lines.append(Content.styled(_("looking …"), DIM))
    elif remark:
        lines.append(Content.styled(visible(remark), DIM))
    return lines


class SourcePane(Pane):
    """The source: words can be selected in it with the mouse, to be looked up."""

    ALLOW_SELECT = True


class Findings(Pane):
    """What the checks say about the text, under the editor."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._findings: tuple[Finding, ...] = ()
        self._measured: tuple[object, int] = ((), 0)
        """What the rows were last counted of: what is said, and the width."""
        self._rows_needed = 0

    @property
    def rows_needed(self) -> int:
        """Rows in which every finding could be shown."""
        if not self._findings or not self.size.width:
            return 0
        # With each key places change and what is said does not: to break forty findings into lines takes longer
        # than all else that a key does.
        said = tuple((f.rule, f.message, f.fix is None) for f in self._findings[:_MOST_ROWS])
        if (said, self.size.width) != self._measured:
            self._measured = (said, self.size.width)
            content = self._listed(len(said))
            strips = Visual.to_strips(self, content, self.size.width, None, self.visual_style)
            self._rows_needed = len(strips)
        return self._rows_needed

    def complain(self, findings: Iterable[Finding]) -> None:
        """Show findings, the most severe first, as many as fit."""
        self._findings = tuple(findings)
        self.show(self._fitting())

    def on_resize(self) -> None:
        """Choose again what fits."""
        self.show(self._fitting())

    def _fitting(self) -> Content:
        """Return the findings there is room for, and how many more there are."""
        findings = self._findings
        # Each takes a row at least: of two hundred, most cannot fit, and trying is what cost half a second.
        for number in range(min(len(findings), max(1, self.size.height)), 1, -1):
            content = self._listed(number)
            if self._fits(content):
                return content
        return self._first(findings[0]) if findings else Content("")

    def _first(self, finding: Finding) -> Content:
        """Return one finding, shortened until it fits; the number of the others is not cut off."""
        message, content = visible(finding.message), self._listed(1)
        for length in range(len(message), 0, -_BITE):
            end = "" if length == len(message) else "…"
            content = self._listed(1, message[:length].rstrip() + end)
            if self._fits(content):
                break
        return content

    def _listed(self, number: int, message: str = "") -> Content:
        findings = self._findings
        lines = [
            Content.assemble(
                (f"{_SIGNS[finding.severity]} ", _SEVERITY_STYLES[finding.severity]),
                message or visible(finding.message),
                (f"  {finding.rule}", DIM),
                (_("  (a repair is offered)") if finding.fix else "", DIM),
            )
            for finding in findings[:number]
        ]
        if len(findings) > number:
            more = _("and {number} more").format(number=len(findings) - number)
            if self.size.height > 1:
                lines.append(Content.styled(more, DIM))
            else:
                lines[-1] = Content.assemble((f"{more}: ", DIM), lines[-1])
        return Content("\n").join(lines)

    def _fits(self, text: Content) -> bool:
        width = self.size.width
        if not width:
            return True
        rows = Visual.to_strips(self, text, width, None, self.visual_style)
        return len(rows) <= max(1, self.size.height)


class StatusLine(Static):
    """One line: catalog and progress, or what is said in passing; filter, and how safe the work is."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__("", id=id, markup=False)
        self._parts: tuple[Content, Content] = (Content(""), Content(""))
        self._message: Content | None = None
        self._saying: Timer | None = None

    @property
    def message(self) -> str:
        """What is said in passing; empty when nothing is."""
        return self._message.plain.strip() if self._message else ""

    def say(self, message: Content, seconds: float) -> bool:
        """Say something in the place of the left part for a while; False where it has no room."""
        self.hush()
        # Cut off it would say something else; a notification has the room.
        if message.cell_length + self._parts[1].cell_length + 2 > self.size.width:
            return False
        self._message = message
        self._saying = self.set_timer(seconds, self.hush)
        self._draw()
        return True

    def hush(self) -> None:
        """Show the left part again."""
        if self._saying is not None:
            self._saying.stop()
            self._saying = self._message = None
            self._draw()

    def show(self, left: Content, right: Content) -> None:
        """Show both parts; the left one gives way where there is no room."""
        if (left, right) != self._parts:
            self._parts = (left, right)
            self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Place the right part again."""
        self._draw()

    def _draw(self) -> None:
        left, right = self._parts
        left = self._message or left
        width = self.size.width
        room = max(0, width - right.cell_length - 1)
        if left.cell_length > room:
            left = left.truncate(room, ellipsis=True)
        gap = max(0, width - left.cell_length - right.cell_length)
        self.update(Content.assemble(left, " " * gap, right), layout=False)


class KeyLine(Static):
    """Where the keys go, and hints: as many as fit, the most useful first; a click does it."""

    HINTS: ClassVar[tuple[Command, ...]] = tuple(
        sorted((command for command in COMMANDS if command.hint), key=attrgetter("hint"))
    )

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__("", id=id, markup=False)
        self.auto_links = False
        self._keys: dict[str, str] = {}
        self._in_list = False
        self._saying: Timer | None = None
        self._message = Content("")

    @property
    def message(self) -> str:
        """What is said in passing; empty when nothing is."""
        return self._message.plain.strip()

    def say(self, message: Content, seconds: float) -> None:
        """Say something in the place of the hints for a while, on as many rows as it needs."""
        self.hush()
        self._message = message
        rows = len(
            Visual.to_strips(self, message, max(1, self.size.width), None, self.visual_style)
        )
        self.styles.height = max(1, rows)
        self._saying = self.set_timer(seconds, self.hush)
        self.update(message, layout=False)

    def hush(self) -> None:
        """Show the hints again."""
        if self._saying is not None:
            self._saying.stop()
            self._saying, self._message = None, Content("")
            self.styles.height = 1
            self._draw()

    def show(self, keys: dict[str, str], *, in_list: bool) -> None:
        """Show hints for commands with the keys that do them where one is."""
        if (keys, in_list) != (self._keys, self._in_list):
            self._keys, self._in_list = keys, in_list
            self._draw()

    def on_resize(self, _event: events.Resize) -> None:
        """Choose again what fits."""
        self._draw()

    def _draw(self) -> None:
        if self._message:
            return
        place = f" {_('LIST') if self._in_list else _('TEXT')} "
        room = self.size.width - cell_len(place) - 1
        hints: list[tuple[Command, Content]] = []
        # How to leave and help first: who finds no other hint has to find those.
        for command in sorted(self.HINTS, key=lambda command: command.id not in _ALWAYS):
            key, label = shown_keys(self._keys.get(command.id, "")), _(command.hint_label)
            if command.id == "switch_pane" and self._in_list:
                label = _("Write")
            width = cell_len(key) + cell_len(label) + 2
            if key and width <= room:
                room -= width
                hint = Content.assemble((key, "bold $l10n-key"), f" {label} ")
                hints.append((command, _clickable(hint, command.id)))
        hints.sort(key=lambda pair: pair[0].hint)
        badge = Content.styled(place, "bold reverse $l10n-key" if self._in_list else "bold")
        line = Content(" ").join((badge, Content("").join(hint for _command, hint in hints)))
        self.update(line, layout=False)


def _clickable(text: Content, command: str) -> Content:
    """Let a click on a text do a command."""
    return text.stylize(Style.from_meta({"@click": f"screen.command('{command}')"}))

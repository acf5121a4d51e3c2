"""The concordance: earlier translations with some words, chosen from a list, put in or gone to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import State
from l10n.review.concordance import Hit, Span, content_words
from tui.figures import figure
from tui.marks import visible
from tui.names import STATE_NAMES
from tui.widgets.line import TextLine
from tui.widgets.panes import DIM
from tui.windows.dialogs import Window

_PAUSE = 0.12
"""Seconds without a key before something is looked for."""
_AROUND = 110
"""Characters of a long text that are shown before and behind the first words that were found."""
_FOUND = "bold underline $l10n-term"


class Use(Enum):
    """What is to be done with a hit."""

    PART = 1
    """Put in the words that are marked in its translation, or all of it where none are."""
    WHOLE = 2
    OPEN = 3
    """Go to the unit it stands in."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person wants of the concordance."""

    hit: Hit
    use: Use


Find = Callable[[str], Awaitable[Sequence[Hit]]]


class ConcordanceScreen(Window):
    """A line to type in and what is found for it, as one types; gives what was chosen."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(4)", show=False, priority=True),
        Binding("pageup", "move(-4)", show=False, priority=True),
        Binding("tab", "word(1)", show=False, priority=True),
        Binding("shift+tab", "word(-1)", show=False, priority=True),
        Binding("f5", "choose('WHOLE')", show=False, priority=True),
        Binding("f6", "choose('OPEN')", show=False, priority=True),
    ]

    def __init__(self, find: Find, *, value: str, source: str, locale: str) -> None:
        """Look for a value first; Tab goes through the words of a source, which is in a locale."""
        super().__init__()
        self._find = find
        self._source = source
        self._words = content_words(source, locale)
        self._word = -1
        self._value = value
        self._hits: Sequence[Hit] = ()

    def compose(self) -> ComposeResult:
        """Lay out the line, the source and the hits."""
        with Vertical(classes="window large"):
            yield Static(_("Concordance"), classes="title", markup=False)
            yield TextLine(self._value, id="words", compact=True)
            yield Static("", id="of", markup=False)
            yield OptionList(id="hits", classes="body")
            hint = _(
                "↑↓ choose   Enter puts the marked words in, F5 all   F6 goes there   "
                "Tab next word of the source   Esc closes"
            )
            yield Static(hint, classes="dim", markup=False)

    def on_mount(self) -> None:
        """Look for what is already in the line; without anything, for the first word of the source."""
        self.query_one(OptionList).can_focus = False
        if self._value:
            self._show_source()
            self._look(self._value)
        else:
            self.action_word(1)

    def action_move(self, rows: int) -> None:
        """Choose another hit."""
        options = self.query_one(OptionList)
        if options.option_count:
            row = (options.highlighted or 0) + rows
            options.highlighted = min(options.option_count - 1, max(0, row))

    def action_word(self, step: int) -> None:
        """Look for the next word of the source, or for the one before."""
        if self._words:
            self._word = (max(self._word, -1 if step > 0 else 0) + step) % len(self._words)
            start, end = self._words[self._word]
            line = self.query_one(Input)
            line.value = self._source[start:end]
            line.action_select_all()  # who types wants another word
        self._show_source()

    def action_choose(self, use: str) -> None:
        """Give the hit that is chosen."""
        row = self.query_one(OptionList).highlighted
        if row is not None and row < len(self._hits):
            self.dismiss(Chosen(self._hits[row], Use[use]))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        start, end = self._words[self._word] if self._word >= 0 else (0, 0)
        if event.value != self._source[start:end]:
            self._word = -1  # another word than that of the source is looked for
            self._show_source()
        self._look(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_choose("PART")

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_choose("PART")

    def _show_source(self) -> None:
        spans = [self._words[self._word]] if self._word >= 0 else []
        self.query_one("#of", Static).update(
            Content.assemble((_("source: "), DIM), _excerpt(self._source, spans, ""))
        )

    @work(exclusive=True, exit_on_error=False)
    async def _look(self, text: str) -> None:
        if not text.strip():
            return
        if not self._hits:
            self._show([], _("looking …"))
        await asyncio.sleep(_PAUSE)
        try:
            hits = await self._find(text)
        except L10nError as error:
            self._show([], visible(str(error)))
            return
        self._show(hits, "" if hits else _("Nothing is found."))

    def _show(self, hits: Sequence[Hit], remark: str) -> None:
        self._hits = hits
        options = self.query_one(OptionList)
        options.clear_options()
        lines = [_lines(hit) for hit in hits] or [Content.styled(remark, DIM)]
        options.add_options(Option(line, disabled=not hits) for line in lines)
        options.highlighted = 0 if hits else None


def _lines(hit: Hit) -> Content:
    where = PurePath(hit.origin).stem
    if hit.is_draft:
        where += f", {_(STATE_NAMES[State.DRAFT])}"
    if hit.times > 1:
        times = ngettext("{number} time", "{number} times", hit.times)
        where += ", " + times.format(number=figure(hit.times))
    return Content.assemble(
        _excerpt(hit.source, hit.source_spans, ""),
        "\n",
        _excerpt(hit.target, hit.target_spans, "bold"),
        (f"  {visible(where)}\n", DIM),
    )


def _excerpt(text: str, spans: Sequence[Span], style: str) -> Content:
    """Return a text about its first mark, the marks painted."""
    first, last = spans[0] if spans else (0, 0)
    start = 0 if first <= _AROUND else text.find(" ", first - _AROUND) + 1
    end = len(text) if len(text) - last <= 2 * _AROUND else text.find(" ", last + _AROUND)
    end = len(text) if end < 0 else end
    shown = Content(visible(text.replace("\n", "⏎")), strip_control_codes=False)
    if style:
        shown = shown.stylize(style)
    for span in spans:
        shown = shown.stylize(_FOUND, *span)
    parts = ["… " if start else "", shown[start:end], " …" if end < len(text) else ""]
    return Content.assemble(*parts)

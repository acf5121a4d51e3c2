"""Gives the panes their places: beside the list or below it, as high as their texts are."""

from __future__ import annotations

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from tui.desk.room import TITLE, Needs, Shares, fits, share, share_few
from tui.widgets.editor import TargetEditor
from tui.widgets.panes import Findings, Pane

_LIST_WIDTH = 0.46
"""Part of a wide screen that the list has beside the panes."""
_EDGES = 2
"""Columns of a pane that no text stands in."""
_WRAPPED_AT_MOST = 20_000
"""Characters beyond which a text is whole on no screen, and is not broken into lines to find that out."""


class Fitting:
    """Measures texts and lays the screen out, when that changes anything."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._about: object = None
        """The text that was measured last: while one types in it, no pane gets smaller."""
        self._findings = 0
        self._shares: tuple[bool, Shares] | None = None

    def fit(self, about: object, source: Pane, editor: TargetEditor) -> bool:
        """Share the rows out for the texts on the screen; whether the translation is whole on it."""
        screen = self._screen
        rows = screen.query_one("#main").size.height
        if rows <= 0:
            return True
        if screen.has_class("-flat"):
            needs = self._needs(screen.size.width, source, editor)
            return self._apply(needs, stacked=True, shares=share_few(rows, needs))
        is_new, self._about = about != self._about, about
        findings = screen.query_one("#findings", Findings).rows_needed
        self._findings = findings if is_new else max(findings, self._findings)
        stacked = self._is_stacked(rows, source, editor, is_new=is_new)
        width = screen.size.width if stacked else self._beside
        least = self._least() if stacked else 0
        needs = self._needs(width, source, editor)
        shares = share(rows, needs, units_least=least)
        return self._apply(needs, stacked=stacked, shares=shares)

    @property
    def _beside(self) -> int:
        width = self._screen.size.width
        return width - round(width * _LIST_WIDTH)

    def _is_stacked(
        self, rows: int, source: Pane, editor: TargetEditor, *, is_new: bool
    ) -> bool:
        """Whether the panes stand below the list: on narrow screens, and for texts too long beside it."""
        if not self._screen.has_class("-wide"):
            return True
        if not is_new and self._shares is not None and self._shares[0]:
            return (
                True  # the text got shorter while somebody types in it: nothing jumps for that
            )
        return not fits(rows, self._needs(self._beside, source, editor), units_least=0)

    def _least(self) -> int:
        """Return the rows that the list keeps: none where it is not shown, two with a filter."""
        if self._screen.has_class("-tiny"):
            return 0
        line = self._screen.query_one("#filter", Input)
        return 2 if line.has_focus or line.value else 1

    def _needs(self, width: int, source: Pane, editor: TargetEditor) -> Needs:
        room = max(1, width - _EDGES)
        is_endless = max(len(source.text), len(editor.text)) > _WRAPPED_AT_MOST
        return Needs(
            source=_WRAPPED_AT_MOST if is_endless else source.rows_at(room),
            editor=_WRAPPED_AT_MOST if is_endless else editor.rows_at(room),
            findings=self._findings,
            rest=self._screen.query_one("#rest", Pane).rows_at(room) + 1,
        )

    def _apply(self, needs: Needs, *, stacked: bool, shares: Shares) -> bool:
        is_whole = needs.editor <= shares.editor - TITLE
        # Setting a height has Textual lay the screen out again: only when one changes.
        if (stacked, shares) == self._shares:
            return is_whole
        self._shares = (stacked, shares)
        screen = self._screen
        is_wide = screen.has_class("-wide")
        screen.set_class(is_wide and stacked, "-stacked")
        _set_height(screen.query_one("#left"), shares.units if stacked else None)
        screen.query_one("#filter").display = not stacked or shares.units > 1
        for name, height in (
            ("#source", shares.source),
            ("#editor", shares.editor),
            ("#findings", shares.findings),
            ("#rest", shares.rest),
        ):
            _set_height(screen.query_one(name), height)
        return is_whole


def _set_height(widget: Widget, height: int | None) -> None:
    """Give a widget some rows, or, with None, all that there are."""
    widget.styles.height = "100%" if height is None else height

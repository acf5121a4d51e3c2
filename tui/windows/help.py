"""The keys, for where one is first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from l10n.interface import gettext as _
from tui.commands import COMMANDS, Group, shown_key
from tui.names import STATE_NAMES
from tui.widgets.panes import DIM
from tui.widgets.segment_list import GLYPHS, PLURAL
from tui.windows.dialogs import Window, reading_layout

_WIDE = 100
_MOST_KEYS = 3
_KEYS, _LABEL = 18, 26
"""Cells for the keys and for the name of a command."""


class HelpScreen(Window):
    """Every command with its keys, by section."""

    BINDINGS: ClassVar[list[Binding | tuple[str, str] | tuple[str, str, str]]] = [
        Binding("f1,q,question_mark", "close", show=False)
    ]

    def __init__(
        self,
        everywhere: Mapping[str, Sequence[str]],
        in_list: Mapping[str, Sequence[str]],
        *,
        list_has_focus: bool,
    ) -> None:
        super().__init__()
        self._everywhere = everywhere
        """Keys by command, wherever one is."""
        self._in_list = in_list
        """Keys by command, in the list."""
        self._list_has_focus = list_has_focus

    def compose(self) -> ComposeResult:
        """Lay the sections out."""
        yield from reading_layout(_("Keys"), self._text())

    def _text(self) -> Content:
        is_wide = self.app.size.width >= _WIDE
        where = (
            _("You are in the list: letters are commands.")
            if self._list_has_focus
            else _("You are in the editor: letters are text, F6 goes to the list.")
        )
        lines = [Content.styled(where, "bold"), Content("")]
        for group in Group:
            lines.append(Content.styled(_(group.value), "bold $l10n-key"))
            for command in COMMANDS:
                if command.group is group:
                    keys = self._keys(command.id)
                    lines += _rows(keys, _(command.label), _(command.help), is_wide=is_wide)
            lines.append(Content(""))
        signs = "   ".join(
            f"{glyph} {_(STATE_NAMES[state])}" for state, glyph in GLYPHS.items()
        )
        lines.append(Content.styled(_("Signs"), "bold $l10n-key"))
        signs += "   ! " + _("error") + "   * " + _("marked")
        lines.append(Content(signs + f"   {PLURAL} " + _("plural forms")))
        lines.append(Content(_("Filter") + ": " + FILTER_HELP))
        return Content("\n").join(lines)

    def _keys(self, name: str) -> str:
        """Return the first keys of a command, those that work where one is before the others."""
        tables = [self._everywhere, self._in_list]
        if self._list_has_focus:
            tables.reverse()
        keys = [shown_key(key) for table in tables for key in table.get(name, ())]
        return " ".join(list(dict.fromkeys(keys))[:_MOST_KEYS])


FILTER_HELP = (
    "state:open|draft|untranslated|translated|reviewed  rule:any|NAME  kind:heading  "
    "origin:mt|tm|aligned  band:poor  score:<0.8  source:… target:… note:… context:… is:marked  "
    're:"…"  -…  sort:confidence -sort:confidence'
)
"""The words of the filter language; they are not translated, though Spanish names work too."""


def _rows(keys: str, label: str, text: str, *, is_wide: bool) -> list[Content]:
    """Return a command on one line, or on two where one has no room."""
    head = (keys + " " * max(1, _KEYS - cell_len(keys)), "bold")
    if is_wide:
        gap = " " * max(2, _LABEL - cell_len(label))
        return [Content.assemble(head, label, gap, (text, DIM))]
    return [Content.assemble(head, label), Content.assemble(" " * 4, (text, DIM))]

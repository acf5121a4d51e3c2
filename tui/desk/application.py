"""What the desk asks of the application around it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from l10n.review.opening import Place
from l10n.review.queue import Queue
from l10n.review.session import Session
from tui.clock import Clock


class Application(Protocol):
    """The application, as far as a desk has to know it."""

    clock: Clock
    keys: Mapping[str, str]
    """The person's own keys, by command."""
    touched: float
    """When the last key came, by the clock."""

    queue: Queue
    """What else waits for the person."""
    unsaved: dict[Path, None]
    """Catalogs that were left although they could not be written: the journal has what is not in them."""

    @property
    def begins_in_list(self) -> bool:
        """Whether a catalog opens with the keys in its list."""

    @property
    def asks_engine(self) -> bool:
        """Whether the engine is asked about every open unit one rests at."""

    @property
    def completes(self) -> bool:
        """Whether the rest of words is offered while one types."""

    @property
    def edits_like_vi(self) -> bool:
        """Whether the editor has the keys of vi."""

    def open_place(self, place: Place, at: str = "") -> None:
        """Show a catalog in place of the desk, at the unit whose source holds a text."""

    def show_chooser(self) -> None:
        """Show the list of catalogs in place of the desk."""

    def keep_statistics(self, session: Session) -> None:
        """Put what was done into the person's record."""

    def action_command_palette(self) -> None:
        """Open the palette."""

    def action_switch_language(self) -> None:
        """Take the next interface language."""

    def action_contrast(self) -> None:
        """Switch high contrast on or off."""

"""The catalogs that wait, said line by line: which there are, and which is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.languages.folding import fold_for_search
from l10n.review.opening import Place
from l10n.review.queue import Queue
from tui.console import HELP, Console, numbered
from tui.figures import figure
from tui.parting import waiting_words

_EVERYTHING = "t"
_LEAVE = frozenset({"q", "quit"})


class Waiting:
    """Lists what waits for a person, most urgent first, and takes numbers and names; finished ones are out of sight."""

    def __init__(self, queue: Queue, console: Console) -> None:
        self._queue = queue
        self._console = console
        self._listed: Sequence[Place] = ()
        """What was said last, by number."""

    def ask(self) -> Place | None:
        """Ask which catalog is meant until one is; None when the person leaves, or the input ends."""
        self.tell()
        while True:
            try:
                answer = self._console.read(_("Catalog (number or name, ? explains): ")).strip()
            except EOFError:
                return None
            if answer in _LEAVE:
                return None
            if answer == HELP:
                self._console.say(
                    _(
                        "A number, or a part of a name, opens a catalog; t lists the finished ones too; q leaves."
                    )
                )
            elif answer == _EVERYTHING:
                self.tell(finished=True)
            elif (place := self.named(answer)) is not None:
                return place

    def tell_others(self, path: Path) -> None:
        """Say which catalogs wait beside one, and how to go there; nothing when none does."""
        if len(self._queue.places) == 1:
            return
        self.tell(without=path)
        if self._listed:
            self._console.say(_("v NUMBER or NAME goes there."))

    def tell(self, *, finished: bool = False, without: Path | None = None) -> None:
        """Say which catalogs wait, or which there are, with their numbers."""
        queue = self._queue
        queue.survey()
        for place in queue.places:
            queue.count(place)
        waiting = queue.waiting()
        listed = list(queue.places) if finished or not waiting else waiting
        self._listed = [place for place in listed if place.path != without]
        for number, place in enumerate(self._listed, 1):
            self._console.say(f"{number}  {waiting_words(queue, place)}")
        hidden = len(queue.places) - len(listed)
        if hidden:
            message = ngettext(
                "{number} finished catalog is not listed.",
                "{number} finished catalogs are not listed.",
                hidden,
            )
            self._console.say(message.format(number=figure(hidden)))

    def named(self, answer: str) -> Place | None:
        """Return the catalog of a number that was said, or of a part of a name; says why where there is none."""
        if not answer:
            return None
        if (place := numbered(self._listed, answer)) is not None:
            return place
        places = self._queue.places
        words = fold_for_search(answer)
        matches = [place for place in places if place.name == answer] or [
            place for place in places if words in fold_for_search(place.name)
        ]
        if len(matches) == 1:
            return matches[0]
        problem = (
            _("{number} catalogs have this in their names.")
            if matches
            else _("There is no such catalog.")
        )
        self._console.say(problem.format(number=figure(len(matches))))
        return None

"""A sitting line by line: catalog after catalog, each kept safe, and the parting words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from l10n.errors import CatalogError
from l10n.interface import gettext as _
from l10n.project import Project
from l10n.review import statistics
from l10n.review.effort import keep_effort
from l10n.review.opening import Place, look_up_context, open_session
from l10n.review.queue import Queue
from l10n.review.sampling import Sample
from l10n.review.session import Session
from l10n.review.stops import remember_stop
from tui.answers import Answers
from tui.console import Console
from tui.parting import Left, say_goodbye, say_what_next, say_where_stopped
from tui.plain import Talk, save
from tui.waiting import Waiting


@dataclass(frozen=True, slots=True)
class PlainSitting:
    """Who sits down, and for what."""

    project: Project | None
    reviewer: str
    query: str = ""
    """A filter."""
    sample: Sample | None = None
    fills_repeats: bool = True
    """Whether an approval fills repeats; the project has to want it too."""


def review_plainly(queue: Queue, sitting: PlainSitting, console: Console) -> None:
    """Review one catalog after the other until the person leaves; which one is asked where there are several."""
    waiting = Waiting(queue, console)
    place = queue.places[0] if len(queue.places) == 1 else waiting.ask()
    changed: dict[Path, None] = {}
    left = None
    try:
        while place is not None:
            session, place = _sit_down(place, sitting, console, waiting)
            left = Left.of(session)
            if session.sitting.works:
                say_goodbye(session.sitting.summary())
            if session.keeper.has_written:
                changed[session.keeper.path] = None
            changed.update(session.also_changed)
    finally:
        # Whatever stops a catalog, what was saved in those before it is to be handed in.
        say_what_next(list(changed))
    if left is not None:
        say_where_stopped(left, queue)


def _sit_down(
    place: Place, sitting: PlainSitting, console: Console, waiting: Waiting
) -> tuple[Session, Place | None]:
    """Review one catalog; returns the session, and the catalog to go on with."""
    session = open_session(place, sitting.project, sitting.reviewer, sample=sitting.sample)
    session.fills_repeats &= sitting.fills_repeats
    holder = session.keeper.start(sitting.reviewer)
    if holder is not None:
        session.read_only = True
        message = _("{user} on {host} has {path} open: you can read, not change.")
        console.say(message.format(user=holder.user, host=holder.host, path=place.path))
    try:
        with Answers(look_up_context(session, sitting.project)) as advice:
            following = Talk(session, console, advice, waiting).run(sitting.query)
    finally:
        problem = "" if session.read_only else save(session, console)
        if session.entries:
            remember_stop(session.keeper.path, session.entry.key)
        if session.sitting.works:
            statistics.keep(session.sitting.works.values())
            keep_effort(session)
        session.keeper.close()
    if problem:
        raise CatalogError(problem, path=place.path)
    return session, following

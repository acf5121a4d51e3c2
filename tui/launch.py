"""Starts the reviewer: finds the catalogs, picks screen or plain lines, says goodbye."""

from __future__ import annotations

import gc
import os
import select
import sys
import termios
from dataclasses import dataclass

import click

from l10n.errors import L10nError, UsageError
from l10n.interface import gettext as _
from l10n.interface import set_language
from l10n.person import person_name, personal_config
from l10n.review.identity import reviewer_name
from l10n.review.opening import resolve
from l10n.review.queue import Queue
from l10n.review.sampling import draw_sample
from tui.parting import say_goodbye, say_sample, say_unsaved, say_what_next, say_where_stopped

_SWITCH = 0.001
"""Seconds a saving thread may hold the interpreter while a key waits; Python's own 0.005 is felt."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line says beside what is to be reviewed."""

    query: str = ""
    """A filter."""
    reviewer: str = ""
    """A name; empty: the person's own."""
    sample_size: int = 0
    """Units to draw; 0 for a usual sitting."""
    translator: str = ""
    """Whose units are drawn; empty: of who has reviewed most."""
    language: str = ""
    """Of the interface; empty: as usual."""


def launch(selection: str | None, wishes: Wishes, *, plain: bool) -> None:
    """Review what a word on the command line means."""
    if wishes.language:
        set_language(wishes.language)
    project, places = resolve(selection)
    if not places:
        raise UsageError(_("there is no catalog to review yet"), hint="l10n update")
    name, query = wishes.reviewer or _name(), wishes.query
    sample = None
    if wishes.sample_size:
        sample = draw_sample(
            [place.path for place in places],
            wishes.sample_size,
            translator=wishes.translator,
            without=name,
        )
        places = tuple(place for place in places if place.path in sample.paths)
    if plain:
        from tui.console import Terminal  # noqa: PLC0415
        from tui.plain_sitting import PlainSitting, review_plainly  # noqa: PLC0415 - needs no Textual

        fills_repeats = personal_config().get("fill_repeats") is not False
        queue = Queue(places, project, reviewer=name, sample=sample)
        sitting = PlainSitting(project, name, query, sample, fills_repeats)
        review_plainly(queue, sitting, Terminal())
        if sample is not None:
            say_sample(sample.summary())
        return
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise UsageError(
            _("the screen needs a terminal"), hint=_("l10n review --plain works in a pipe")
        )
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    sys.setswitchinterval(_SWITCH)
    gc.disable()  # nothing of what is loaded now is ever garbage: do not look for it, now or later
    from tui.app import ReviewApp  # noqa: PLC0415 - Textual takes half a second to load
    from tui.paste import guard_pastes  # noqa: PLC0415 - loads Textual

    gc.freeze()
    gc.enable()
    app = ReviewApp(
        places,
        project,
        reviewer=name,
        query=query,
        sample=sample,
        settings=personal_config(),
    )
    guard_pastes()
    # Enter pressed while the program loads would arrive as Ctrl+J, which approves.
    app.typed_early = _drop_typed()
    app.run()
    if app.problem is not None:
        raise app.problem
    for summary in app.summaries:
        say_goodbye(summary)
    if sample is not None:
        say_sample(sample.summary())
    for path in app.unsaved:
        say_unsaved(path)
    say_what_next([path for path in app.worked_on if path not in app.unsaved])
    if app.left is not None and app.crash == "":
        say_where_stopped(app.left, app.queue)
    if app.crash:
        raise L10nError(
            _("the screen broke down; every decision is in the journal"),
            hint=_("start again to go on; the details are in {path}").format(path=app.crash),
        )
    if app.return_code:  # a signal ended it
        raise SystemExit(app.return_code)


def _drop_typed() -> bool:
    """Throw away what was typed until now; whether that was anything."""
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    at_once = [*before[:3], before[3] & ~termios.ICANON, *before[4:]]
    # Else what no Enter has followed would not be seen.
    termios.tcsetattr(descriptor, termios.TCSANOW, at_once)
    typed = bool(select.select([descriptor], [], [], 0)[0])
    termios.tcflush(descriptor, termios.TCIFLUSH)
    termios.tcsetattr(descriptor, termios.TCSANOW, before)
    return typed


def _name() -> str:
    """Return who reviews, asking who never said; the system's name where nobody can be asked."""
    if not sys.stdin.isatty():
        return person_name()
    return reviewer_name(lambda: click.prompt(_("Your name, for the stamps of your reviews")))

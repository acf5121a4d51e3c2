"""Starts the reviewer: finds the catalogs, picks screen or plain lines, says goodbye."""

from __future__ import annotations

import gc
import os
import select
import shlex
import sys
import termios
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l10n.errors import L10nError, UsageError
from l10n.interface import gettext as _
from l10n.interface import ngettext, set_language
from l10n.person import person_name, personal_config
from l10n.review.identity import reviewer_name
from l10n.review.opening import resolve
from l10n.review.sampling import SampleSummary, draw_sample
from l10n.review.statistics import Summary
from l10n.text.visible import printable
from tui.figures import figure

if TYPE_CHECKING:
    from l10n.review.queue import Queue
    from tui.app import Left

_COUNTED = 100
"""Catalogs that are counted to name the next one: whoever leaves does not want to wait."""
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
        from tui.plain import PlainSitting, review_plainly  # noqa: PLC0415 - needs no Textual

        fills_repeats = personal_config().get("fill_repeats") is not False
        sitting = PlainSitting(project, name, query, sample, fills_repeats)
        review_plainly(places, sitting, Terminal())
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


def say_sample(summary: SampleSummary) -> None:
    """Say what came of a sample."""
    units = ngettext("{number} unit", "{number} units", summary.units)
    message = _(
        "Sample of {name}: {units} drawn, {looked_at} looked at, {corrected} corrected, {percent} % of the text changed"
    )
    line = message.format(
        name=summary.translator,
        units=units.format(number=summary.units),
        looked_at=summary.looked_at,
        corrected=summary.corrected,
        percent=round(summary.changed * 100),
    )
    click.echo(printable(line), err=True)


def say_what_next(paths: Sequence[Path]) -> None:
    """Say what is to be done with the files that were changed, catalogs and glossary."""
    if not paths:
        return
    catalogs = _names([path for path in paths if path.suffix == ".po"])
    lines = [
        _("Saved. What is left to check: {command}").format(
            # The glossary alone may have been changed: then every catalog is concerned.
            command=f"l10n check {catalogs}".rstrip()
        ),
        _("To hand it in: {command}; then tell your editor.").format(
            command=f"git add {_names(paths)} && git commit"
        ),
    ]
    click.echo(printable("\n".join(lines)), err=True)


def say_unsaved(path: Path) -> None:
    """Say that a catalog lacks what was done, and how to get it back."""
    message = _("Not saved: {path}. The journal has it: {command} offers to put it back.")
    name = _names([path])
    line = message.format(path=name, command=f"l10n review {name}")
    click.echo(printable(line), err=True)


def _names(paths: Sequence[Path]) -> str:
    """Return paths as one types them here."""
    return " ".join(shlex.quote(os.path.relpath(path)) for path in paths)


def say_where_stopped(left: Left, queue: Queue) -> None:
    """Say where the person stopped, what was asked of the next reviewer, and which article is the next."""
    place = _("You stopped at {name}, unit {unit} of {total}.")
    lines = [place.format(name=left.name, unit=figure(left.unit), total=figure(left.total))]
    if left.questions:
        asked = ngettext(
            "{number} unit has a question to the next reviewer.",
            "{number} units have a question to the next reviewer.",
            left.questions,
        )
        lines.append(asked.format(number=figure(left.questions)))
    following = queue.next_after(left.path) if 1 < len(queue.places) <= _COUNTED else None
    if following is not None:
        number = queue.open_units(following)
        units = ngettext("{number} unit open", "{number} units open", number)
        parts = [following.name, units.format(number=figure(number))]
        if due := queue.due(following):
            parts.append(_("due {day}").format(day=f"{due:%Y-%m-%d}"))
        lines.append(_("Next: {what}").format(what=", ".join(parts)))
    click.echo(printable("\n".join(lines)), err=True)


def say_goodbye(summary: Summary) -> None:
    """Say what was done, on the terminal that is left behind."""
    words = ngettext("{number} word", "{number} words", summary.words)
    minutes = round(summary.minutes)
    lines = [
        ngettext("{number} unit", "{number} units", summary.units).format(number=summary.units)
        + ", "
        + words.format(number=figure(summary.words))
        + ", "
        + ngettext("{number} minute", "{number} minutes", minutes).format(number=minutes),
        _("approved {approved}: {untouched} as they were, {changed} changed").format(
            approved=summary.approved, untouched=summary.untouched, changed=summary.changed
        ),
    ]
    lines += [
        ngettext(
            "{name}: {percent} % of the text changed in {units} draft",
            "{name}: {percent} % of the text changed in {units} drafts",
            distance.units,
        ).format(name=distance.name, percent=round(distance.mean * 100), units=distance.units)
        for distance in summary.distances
    ]
    click.echo(printable("\n".join(lines)), err=True)

"""The parting words: what was done, what to do with it, where one stopped and what is next."""

from __future__ import annotations

import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.text.visible import printable
from tui.figures import figure

if TYPE_CHECKING:
    from l10n.review.opening import Place
    from l10n.review.queue import Queue
    from l10n.review.sampling import SampleSummary
    from l10n.review.session import Session
    from l10n.review.statistics import Summary

_COUNTED = 100
"""Catalogs that are counted to name the next one: whoever leaves does not want to wait."""


@dataclass(frozen=True, slots=True)
class Left:
    """Where a person stopped."""

    name: str
    path: Path
    unit: int
    total: int
    questions: int
    """Units of the catalog with a question to the next reviewer."""

    @classmethod
    def of(cls, session: Session) -> Left:
        """Return where the person stands in a session."""
        total = len(session.entries)
        path, unit = session.keeper.path, session.position + 1
        return cls(session.name, path, unit, total, session.questions)


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
        lines.append(_("Next: {what}").format(what=waiting_words(queue, following)))
    click.echo(printable("\n".join(lines)), err=True)


def waiting_words(queue: Queue, place: Place) -> str:
    """Return the name of a catalog, how much of it is open, and when it is due."""
    number = queue.open_units(place)
    units = ngettext("{number} unit open", "{number} units open", number)
    parts = [place.name, units.format(number=figure(number))]
    if due := queue.due(place):
        parts.append(_("due {day}").format(day=f"{due:%Y-%m-%d}"))
    return ", ".join(parts)


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

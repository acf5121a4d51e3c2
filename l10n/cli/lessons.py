"""Saying what lessons rest on, and what one of them changed in a draft."""

from __future__ import annotations

from l10n.cli.streams import say
from l10n.desk.lessons import Rebuilt
from l10n.drafting.lessons.lessons import Correction
from l10n.drafting.teaching import ENOUGH
from l10n.interface import gettext as _
from l10n.interface import ngettext

_GLIMPSE = 40
"""Characters of an entry that is named as an example."""


def print_lessons(rebuilt: Rebuilt) -> None:
    """Say how many reviews teach about the drafts of an engine."""
    source, target = rebuilt.pair
    reviews = rebuilt.taught.reviews
    text = ngettext(
        "{source} → {target}: {n} reviewed entry teaches about the drafts of {engine}",
        "{source} → {target}: {n} reviewed entries teach about the drafts of {engine}",
        reviews,
    )
    say(text.format(source=source, target=target, n=reviews, engine=rebuilt.engine))
    if reviews < ENOUGH:
        say(_("Drafts are corrected from {n} reviewed entries on.").format(n=ENOUGH), err=True)


def describe_correction(change: Correction) -> str:
    """Return in words what lessons changed, how often reviewers did so before, and where."""
    message = _("“{old}” became “{new}”, as {times} times of {seen} before")
    text = message.format(
        old=change.old, new=change.new, times=round(change.times), seen=round(change.seen)
    )
    places = [f"{catalog}: {_shortened(msgid)}" for catalog, msgid in change.examples]
    return f"{text} ({'; '.join(places)})" if places else text


def _shortened(text: str) -> str:
    return text if len(text) <= _GLIMPSE else f"{text[: _GLIMPSE - 1]}…"

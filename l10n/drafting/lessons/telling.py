"""Telling people what a lesson changed in a draft, and who taught it."""

from __future__ import annotations

from l10n.drafting.lessons.lessons import Correction
from l10n.interface import gettext as _

_GLIMPSE = 40
"""Characters of an entry that is named as an example."""


def describe_correction(change: Correction, *, within: str = "") -> str:
    """Return in words what lessons changed, how often reviewers did so before, and where.

    Entries of the catalog `within` are named by their texts alone.
    """
    message = _("“{old}” became “{new}”, as {times} times of {seen} before")
    text = message.format(
        old=change.old, new=change.new, times=round(change.times), seen=round(change.seen)
    )
    places = [
        _shortened(msgid) if catalog == within else f"{catalog}: {_shortened(msgid)}"
        for catalog, msgid in change.examples
    ]
    return f"{text} ({'; '.join(places)})" if places else text


def _shortened(text: str) -> str:
    return text if len(text) <= _GLIMPSE else f"{text[: _GLIMPSE - 1]}…"

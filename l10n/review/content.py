"""What a person may change of an entry, as plain JSON: for the journal, and to compare three sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from l10n.model import Origin, State

if TYPE_CHECKING:
    from l10n.catalog import Entry

Content = Mapping[str, Any]
"""`msgstrs`, `state`, `stamp` (its fields, or None) and `notes`."""

_ORIGIN_FIELDS = {"mt": Origin.MT, "tm": Origin.TM, "aligned": Origin.ALIGNED}


def content_of(entry: Entry) -> Content:
    """Return the content of an entry."""
    stamp = entry.stamp
    return {
        "msgstrs": list(entry.msgstrs),
        "state": entry.state.value,
        "stamp": None if stamp is None else [list(pair) for pair in stamp.fields],
        "notes": list(entry.notes),
    }


def put_content(entry: Entry, content: Content) -> None:
    """Give an entry the content that another, or itself at another time, had."""
    msgstrs = tuple(content["msgstrs"])
    state = State(content["state"])
    fields = dict(content["stamp"] or ())
    if len(msgstrs) != len(entry.msgstrs):  # the number of plural forms changed meanwhile
        msgstrs = (*msgstrs, *entry.msgstrs)[: len(entry.msgstrs)]
    if state is State.UNTRANSLATED:
        entry.reject()
        if any(msgstrs):  # some plural forms are there
            entry.save_draft(msgstrs)
    elif state is State.DRAFT:
        _put_draft(entry, msgstrs, fields)
    else:
        entry.translate(msgstrs)
        # Where two have to review, what one has reviewed is a translation, with the name of that one.
        if state is State.REVIEWED or fields.get("reviewed"):
            _put_review(entry, msgstrs, fields)
    entry.set_notes(content["notes"])


def put_text(entry: Entry, msgstrs: tuple[str, ...]) -> None:
    """Give an entry unfinished text: a draft, or nothing when there is no text."""
    if any(msgstrs):
        entry.save_draft(msgstrs)
    else:
        entry.reject()


def _put_draft(entry: Entry, msgstrs: tuple[str, ...], fields: dict[str, str]) -> None:
    origin = next((_ORIGIN_FIELDS[name] for name in fields if name in _ORIGIN_FIELDS), None)
    if fields.get("from") in set(Origin):
        entry.fill(msgstrs, origin=Origin(fields["from"]), **fields)
    elif origin is not None:
        entry.fill(msgstrs, origin=origin, **fields)
    else:
        entry.save_draft(msgstrs)


def _put_review(entry: Entry, msgstrs: tuple[str, ...], fields: dict[str, str]) -> None:
    if fields.get("from") in set(Origin):  # approving keeps where the draft came from
        entry.fill(msgstrs, origin=Origin(fields["from"]))
    at = fields.get("at")
    edits = fields.get("edits")
    entry.approve(
        by=fields.get("reviewed", ""),
        at=datetime.fromisoformat(at).astimezone(UTC) if at else None,
        edits=float(edits) if edits else None,
        second=fields.get("second", ""),
    )

"""What a decision cost: seconds and keys, kept with the person, and only where the person's own settings ask for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from l10n.files import open_to_add
from l10n.person import data_folder, personal_config

if TYPE_CHECKING:
    from l10n.review.session import Session

FILE = "effort.jsonl"


def keep_effort(session: Session) -> None:
    """Keep what each decision of a sitting cost, if `effort = true` stands in the person's own settings.

    No project can ask for it: how fast somebody works is nobody else's business.
    """
    if personal_config().get("effort") is not True:
        return
    pair = {"source": session.catalog.source_locale, "target": session.catalog.target_locale}
    rows = [
        {
            "at": datetime.fromtimestamp(work.at, UTC).strftime("%Y-%m-%dT%H:%MZ"),
            **pair,
            "msgid": msgid,
            "outcome": work.outcome,
            "origin": work.origin,
            "engine": work.engine,
            "edits": work.edits,
            "seconds": round(work.seconds, 1),
            "keys": work.keys,
        }
        for (_context, msgid), work in session.sitting.works.items()
    ]
    if rows:
        text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        with open_to_add(data_folder() / FILE) as stream:
            stream.write(text.encode("utf-8", "surrogatepass"))

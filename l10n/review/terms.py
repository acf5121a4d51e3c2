"""Terms that a person adds to the project's glossary while reviewing."""

from __future__ import annotations

import csv
from pathlib import Path

from l10n.glossary.tables import COLUMNS
from l10n.glossary.terms import Term


def append_term(path: Path, term: Term) -> None:
    """Add a line to a glossary, making the file where there is none; what others wrote stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists() or not path.stat().st_size
    with path.open("a+", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if is_new:
            writer.writerow(COLUMNS)
        elif _last_byte(path) != b"\n":  # an editor may have left the last line open
            stream.write("\n")
        writer.writerow(
            (term.source_locale, term.source_term, term.target_locale, term.target_term, "", "")
        )


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as stream:
        stream.seek(-1, 2)
        return stream.read(1)

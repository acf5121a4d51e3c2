"""Terms that a person adds to the project's glossary while reviewing."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from l10n.files import exclusive_folder, make_folder, open_to_add
from l10n.glossary.tables import COLUMNS
from l10n.glossary.terms import Term


def append_term(path: Path, term: Term) -> None:
    """Add a line to a glossary, making the file where there is none; what others wrote stays as it is."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    make_folder(path.parent)
    # Not while another command is writing the file anew.
    with exclusive_folder(path.parent), open_to_add(path) as stream:
        if not stream.seek(0, os.SEEK_END):
            writer.writerow(COLUMNS)
        else:
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":  # an editor may have left the last line open
                lines.write("\n")
        writer.writerow(
            (term.source_locale, term.source_term, term.target_locale, term.target_term, "", "")
        )
        # In one piece: another reviewer may be adding a line too.
        stream.write(lines.getvalue().encode())

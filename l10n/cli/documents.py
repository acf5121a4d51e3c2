"""Documents for other tools, written where they are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from l10n.cli.streams import print_data, say
from l10n.desk.exchanging import Document
from l10n.errors import UsageError
from l10n.files import write_atomically
from l10n.interface import gettext as _


def write_documents(
    documents: Sequence[Document],
    output: Path | None,
    *,
    suffixes: frozenset[str],
    command: str,
) -> None:
    """Write documents below a folder, or a single one into a file or to standard output."""
    if not documents:
        raise UsageError(_("there is no catalog yet"), hint="l10n update")
    is_file = output is not None and output.suffix.lower() in suffixes
    if len(documents) > 1 and (output is None or is_file):
        message = _("{n} documents do not go into one file").format(n=len(documents))
        raise UsageError(message, hint=f"{command} -o exchange")
    if output is None:
        print_data(documents[0].text)
        return
    for document in documents:
        path = output if is_file else output / document.name
        write_atomically(path, document.text.encode())
        say(str(path))

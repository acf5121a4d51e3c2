"""What taking an existing translation in came to, in a line or two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from l10n.cli.streams import complain, nearest, say
from l10n.desk.aligned import Aligned
from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.interface import ngettext

if TYPE_CHECKING:
    from l10n.align import Alignment


def print_taking_in(result: Aligned) -> None:
    """Say what a person should know of a pair: what is doubtful, what gave way, why nothing was filled."""
    path, alignment, catalog = result.pair.target, result.alignment, result.pair.catalog
    warn(path, alignment)
    if catalog is None:
        return
    if alignment.unrelated:
        message = _("{path}: not taken in, so {catalog} stays as it is")
        say(message.format(path=nearest(path), catalog=nearest(catalog)), err=True)
    elif result.displaced:
        message = ngettext(
            "{path}: {n} untouched draft of the machine gave way to the translation",
            "{path}: {n} untouched drafts of the machine gave way to the translation",
            result.displaced,
        )
        say(message.format(path=nearest(catalog), n=result.displaced), err=True)
    elif not result.filled:
        message = _("{path}: nothing to fill, people have written what this translation has")
        complain(
            L10nError(
                message.format(path=nearest(catalog)), hint=f"l10n review {nearest(catalog)}"
            )
        )


def warn(path: Path, alignment: Alignment) -> None:
    """Say what a person should know of an alignment before relying on it."""
    for warning in alignment.warnings:
        say(f"l10n: {nearest(path)}: {warning}", err=True)

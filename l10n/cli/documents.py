"""Documents for other tools, written where they are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from l10n.cli.streams import print_data, say
from l10n.desk.answering import TakenIn, refuse_untaken
from l10n.desk.exchanging import Document
from l10n.errors import UsageError
from l10n.exchange.answers import Acceptance
from l10n.files import write_atomically
from l10n.interface import gettext as _
from l10n.project.outputs import refuse_as_folder, refuse_project_file

Command = TypeVar("Command", bound=Callable[..., Any])


def writes_documents(command: Command) -> Command:
    """Give a command the catalogs that become documents, and where these go."""
    names = click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
    output = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        help=_(
            "The folder for the files, or the file of a single one; without it, standard output."
        ),
    )
    joined = click.option(
        "--joined", is_flag=True, help=_("Write one file for all articles of a locale.")
    )
    return names(output(joined(writes_over_answers(command))))


def writes_over_answers(command: Command) -> Command:
    """Give a command the consent to write over what somebody answered in the file of the same name."""
    return click.option(
        "--replace",
        is_flag=True,
        help=_("Write over a file that holds answers which the catalogs lack."),
    )(command)


def write_documents(
    documents: Sequence[Document],
    output: Path | None,
    *,
    suffixes: frozenset[str],
    command: str,
    take_in_dry: Callable[[Sequence[Path], Acceptance], Iterable[TakenIn]] | None,
) -> None:
    """Write documents below a folder, or a single one into a file or to standard output.

    `take_in_dry` tells what stands in files of the same names; None: they may be written over. `command` is the group
    of commands that exports and imports.
    """
    if not documents:
        raise UsageError(_("there is no catalog yet"), hint="l10n update")
    is_file = output is not None and output.suffix.lower() in suffixes
    if len(documents) > 1 and (output is None or is_file):
        message = _("{n} documents do not go into one file").format(n=len(documents))
        raise UsageError(message, hint=f"{command} export -o exchange")
    if output is None:
        print_data(documents[0].text)
        return
    if not is_file:
        refuse_as_folder(output)
    paths = [output if is_file else output / document.name for document in documents]
    for path in paths:
        refuse_project_file(path)
    if take_in_dry is not None:
        refuse_untaken(paths, take_in_dry, f"{command} import")
    for path, document in zip(paths, documents, strict=True):
        write_atomically(path, document.text.encode())
        say(str(path))

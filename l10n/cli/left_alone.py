"""What lies among the articles and is none of them, as commands tell it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from l10n.cli.streams import complain, say
from l10n.errors import L10nError
from l10n.interface import ngettext
from l10n.project import LeftAlone, Project

_NAMED = 5
"""Files that a message names; a folder of a language that nobody works on has hundreds."""


def print_left_alone(project: Project, aside: LeftAlone) -> None:
    """Name what lies among the articles and is none: each kind in one line."""
    text = ngettext(
        "{n} translation has no original and is left alone: {names}",
        "{n} translations have no original and are left alone: {names}",
        len(aside.orphans),
    )
    _say(project, text, aside.orphans)
    if paths := aside.unread:
        suffixes = " ".join(sorted({path.suffix.lower() for path in paths}))
        text = ngettext(
            "{n} file is not read, no format here has its suffix ({suffixes}): {names}",
            "{n} files are not read, no format here has their suffix ({suffixes}): {names}",
            len(paths),
        )
        globs = ", ".join(f'"*{suffix}"' for suffix in suffixes.split())
        message = text.format(n=len(paths), suffixes=suffixes, names=_names(project, paths))
        complain(L10nError(message, hint=f"exclude = [{globs}]"))
    text = ngettext(
        "{n} hidden folder is passed over: {names}",
        "{n} hidden folders are passed over: {names}",
        len(aside.hidden),
    )
    _say(project, text, aside.hidden)
    text = ngettext(
        "{n} name is of no file but of a link to nothing, a pipe or a socket, and is passed over: {names}",
        "{n} names are of no file but of a link to nothing, a pipe or a socket, and are passed over: {names}",
        len(aside.no_files),
    )
    _say(project, text, aside.no_files)
    text = ngettext(
        "{n} file is empty and needs no translation: {names}",
        "{n} files are empty and need no translation: {names}",
        len(aside.empty),
    )
    _say(project, text, aside.empty)


def _say(project: Project, text: str, paths: Sequence[Path]) -> None:
    if paths:
        say(text.format(n=len(paths), names=_names(project, paths)), err=True)


def _names(project: Project, paths: Sequence[Path]) -> str:
    names = [project.relative(path) for path in paths[:_NAMED]]
    return ", ".join([*names, "…"] if len(paths) > _NAMED else names)

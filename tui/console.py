"""Saying and asking on a terminal, line by line."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Protocol, TypeVar

import click
from rich.cells import cell_len

from l10n.cli.asking import confirm
from l10n.text.visible import printable
from tui.commands import SPOKEN

T = TypeVar("T")

HELP = "?"
"""Asks for the list of commands."""
PROMPT = "> "
_BREAK = "⏎"


class Console(Protocol):
    """What the line-by-line reviewer talks through."""

    def say(self, line: str = "") -> None:
        """Say a line."""

    def read(self, prompt: str = PROMPT) -> str:
        """Read a command, or an answer; EOFError at the end of the input."""

    def edit(self, text: str, words: Sequence[str] = ()) -> str:
        """Let a person change a line that stands there; the text as it was where they leave it.

        What is begun of some words can be completed.
        """

    def confirm(self, question: str) -> bool:
        """Ask a question that yes is the usual answer to."""


class Terminal:
    """Standard input and output."""

    def say(self, line: str = "") -> None:
        """Print a line; on a terminal, broken between words: a reader of the screen says rows, and half words badly."""
        shown = printable(line)
        width = shutil.get_terminal_size().columns
        if sys.stdout.isatty() and cell_len(shown) > width:
            shown = "\n".join(
                row
                for part in shown.split("\n")
                for row in textwrap.wrap(part, width - 1, break_on_hyphens=False) or [""]
            )
        click.echo(shown)

    def read(self, prompt: str = PROMPT) -> str:
        """Read a line behind a prompt."""
        return input(prompt)

    def edit(self, text: str, words: Sequence[str] = ()) -> str:
        """Read a line with the text in it, by the editing keys of every shell; Tab completes words."""
        try:
            import readline  # noqa: PLC0415 - no system has to have it
        except ImportError:
            return input("= ")
        # A break would end the line: it is shown as its sign, and read back.
        shown = printable(text).replace("\n", _BREAK)
        readline.set_startup_hook(lambda: readline.insert_text(shown))
        readline.set_completer(lambda begun, number: _completion(words, begun, number))
        readline.set_completer_delims(" \t")
        readline.parse_and_bind("tab: complete")
        try:
            line = input("= ")
        except KeyboardInterrupt:  # the line is left, not the review
            click.echo()
            return text
        finally:
            readline.set_startup_hook()
            readline.set_completer()
        return text if line == shown else line.replace(_BREAK, "\n")

    def confirm(self, question: str) -> bool:
        """Ask on standard output: there the conversation is."""
        return confirm(question, default=True, err=False)


def _completion(words: Sequence[str], begun: str, number: int) -> str | None:
    """Return one of the words that begin so, whatever the case; None behind the last."""
    fitting = [word for word in words if word.casefold().startswith(begun.casefold())]
    return fitting[number] if number < len(fitting) else None


def parse_line(line: str) -> tuple[str, str]:
    """Return the id of a command and the rest of its line; what is no command as it stands."""
    word, _space, rest = line.strip().partition(" ")
    word = word.casefold()
    for name, spoken in SPOKEN:
        if word in {spoken.letter, spoken.word}:
            return name, rest.strip()
    return (word if word == HELP else ""), rest


def numbered(lines: Sequence[T], number: str) -> T | None:
    """Return the line with a number, 1 first; None where it is no number, or has no line."""
    is_place = number.isdecimal() and 1 <= int(number) <= len(lines)
    return lines[int(number) - 1] if is_place else None

"""Saying and asking on a terminal, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import click

from l10n.cli.asking import confirm
from l10n.text.visible import printable

_BREAK = "⏎"


class Console(Protocol):
    """What the line-by-line reviewer talks through."""

    def say(self, line: str = "") -> None:
        """Say a line."""

    def read(self) -> str:
        """Read a command; EOFError at the end of the input."""

    def edit(self, text: str) -> str:
        """Let a person change a line that stands there; the text as it was where they leave it."""

    def confirm(self, question: str) -> bool:
        """Ask a question that yes is the usual answer to."""

    def choose(self, question: str, names: Sequence[str]) -> int:
        """Ask for one of several names; returns its place among them."""


class Terminal:
    """Standard input and output."""

    def say(self, line: str = "") -> None:
        """Print a line."""
        click.echo(printable(line))

    def read(self) -> str:
        """Read a line behind a prompt."""
        return input("> ")

    def edit(self, text: str) -> str:
        """Read a line with the text in it, by the editing keys of every shell."""
        try:
            import readline  # noqa: PLC0415 - no system has to have it
        except ImportError:
            return input("= ")
        # A break would end the line: it is shown as its sign, and read back.
        shown = printable(text).replace("\n", _BREAK)
        readline.set_startup_hook(lambda: readline.insert_text(shown))
        try:
            line = input("= ")
        finally:
            readline.set_startup_hook()
        return text if line == shown else line.replace(_BREAK, "\n")

    def confirm(self, question: str) -> bool:
        """Ask on standard output: there the conversation is."""
        return confirm(question, default=True, err=False)

    def choose(self, question: str, names: Sequence[str]) -> int:
        """Ask for a number."""
        for number, name in enumerate(names, 1):
            click.echo(printable(f"{number}  {name}"))
        answer = click.prompt(question, type=click.IntRange(1, len(names)))
        return int(answer) - 1

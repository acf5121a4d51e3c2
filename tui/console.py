"""Saying and asking on a terminal, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import click

from l10n.cli.asking import confirm
from l10n.text.visible import printable


class Console(Protocol):
    """What the line-by-line reviewer talks through."""

    def say(self, line: str = "") -> None:
        """Say a line."""

    def read(self) -> str:
        """Read a command; EOFError at the end of the input."""

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

    def confirm(self, question: str) -> bool:
        """Ask on standard output: there the conversation is."""
        return confirm(question, default=True, err=False)

    def choose(self, question: str, names: Sequence[str]) -> int:
        """Ask for a number."""
        for number, name in enumerate(names, 1):
            click.echo(printable(f"{number}  {name}"))
        answer = click.prompt(question, type=click.IntRange(1, len(names)))
        return int(answer) - 1

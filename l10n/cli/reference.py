"""The reference page of the commands: what `--help` of each says."""

from __future__ import annotations

from collections.abc import Iterator

import click

from l10n.cli import cli
from l10n.cli.commands import COMMANDS
from l10n.interface import gettext as _

WIDTH = 88
"""Columns of a help text on the page."""


def commands_page() -> str:
    """Return what `--help` of every command says, as Markdown."""
    lines = [_("# Commands"), "", _("What `--help` of each says; written by `make reference`.")]
    for name in (*COMMANDS, "review"):
        for command, help_text in helps(name):
            level = "##" if command == name else "###"
            lines += ["", f"{level} l10n {command}", "", "```", help_text.rstrip(), "```"]
    return "\n".join([*lines, ""])


def helps(name: str) -> Iterator[tuple[str, str]]:
    """Give a command and those below it, each with its help."""
    top = click.Context(cli, info_name="l10n", terminal_width=WIDTH)
    command = cli.get_command(top, name)
    assert command is not None, name
    context = click.Context(command, info_name=name, parent=top, terminal_width=WIDTH)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            below = command.get_command(context, part)
            assert below is not None, part
            inner = click.Context(below, info_name=part, parent=context, terminal_width=WIDTH)
            yield f"{name} {part}", below.get_help(inner)

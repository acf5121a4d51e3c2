"""The standard streams: made ready, complained on, given up."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from l10n.errors import L10nError, UsageError
from l10n.interface import gettext as _
from l10n.text.visible import in_one_line, masked, message_in_one_line, printable


def prepare_streams() -> None:
    """Put the null device where a stream is closed, and `?` where a character cannot be shown."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - for good
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def discard_output() -> None:
    """Send what waits to be written nowhere, so that leaving does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str = "", *, err: bool = False) -> None:
    """Print lines for people; what in them is of others is text, whatever it looks like to a terminal or to CI."""
    click.echo(printable(text), err=err)


def print_data(text: str) -> None:
    """Print what programs read, as it is; on a terminal, where a person reads it, as `say` does."""
    click.echo(masked(text) if sys.stdout.isatty() else text, nl=False)


def nearest(path: Path) -> Path:
    """Return a path as a person at this place would type it: from here, where it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def report_defect(error: Exception) -> None:
    """Say on stderr that something of ours broke; with L10N_DEBUG, where."""
    if os.environ.get("L10N_DEBUG"):
        import traceback  # noqa: PLC0415 - loads slowly, rarely needed

        say("".join(traceback.format_exception(error)), err=True)
    else:
        problem = f"{type(error).__name__}: {error}"
        complain(
            L10nError(
                _("internal error: {what}").format(what=problem),
                hint=_("set L10N_DEBUG=1 to see where, and report it"),
            )
        )


def complain_of_use(error: click.ClickException) -> None:
    """Say on stderr what is wrong with the arguments, and which help tells more."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    # click 8.1 shows the help itself, later ones raise this.
    if isinstance(error, getattr(click.exceptions, "NoArgsIsHelpError", ())):
        error.show()
    else:
        hint = f"{context.command_path} --help" if context else f"{_typed()} --help"
        if context and isinstance(context.command, click.Group) and context.parent:
            # Of few commands, which there are is the quickest help.
            names = "|".join(context.command.list_commands(context))
            hint = f"{context.command_path} {names}"
        complain(UsageError(error.format_message(), hint=hint))


def _typed() -> str:
    """Return the command that was typed, where click does not say which it was."""
    from l10n.cli.commands import COMMANDS  # noqa: PLC0415 - only to say what is wrong

    name = next(iter(sys.argv[1:]), "")
    return f"l10n {name}" if name in COMMANDS else "l10n"


def complain(error: L10nError) -> None:
    """Say an expected failure on stderr: one line, and a hint where there is one."""
    say(f"l10n: {message_in_one_line(str(error))}", err=True)
    if error.hint:
        say("  " + _("hint: {hint}").format(hint=in_one_line(error.hint)), err=True)

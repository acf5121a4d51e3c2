"""The command line: `main`, lazily loaded commands, exit statuses and log set-up."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

import click

from l10n import __version__
from l10n.cli.click_texts import lend
from l10n.cli.commands import COMMANDS, SYNONYMS
from l10n.cli.examples import add_examples
from l10n.cli.streams import (
    complain,
    complain_of_use,
    discard_output,
    prepare_streams,
    report_defect,
)
from l10n.errors import L10nError, UsageError, nearest
from l10n.interface import gettext as _

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

INTERNAL_ERROR = 3
INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the built-in commands in the order of the work, then those of plug-ins."""
        return [*COMMANDS, *sorted(set(_plugins()) - set(COMMANDS))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name in COMMANDS:
            module, _colon, attribute = COMMANDS[cmd_name][0].partition(":")
            command: click.Command = getattr(importlib.import_module(module), attribute)
            return add_examples(command, cmd_name)
        plugin = _plugins().get(cmd_name)
        return add_examples(plugin.load(), cmd_name) if plugin else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that arguments begin with; UsageError names the nearest one."""
        name = args[0]
        if name not in COMMANDS and name not in _plugins():
            raise UsageError(_("No such command {name!r}.").format(name=name), hint=_near(name))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands from the table alone."""
        rows = [(name, _(summary)) for name, (_module, summary) in COMMANDS.items()]
        for name in sorted(set(_plugins()) - set(COMMANDS)):
            command = self.get_command(ctx, name)
            rows.append((name, command.get_short_help_str(60) if command else ""))
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


def _near(name: str) -> str:
    if name in SYNONYMS:
        return f"l10n {SYNONYMS[name]}"
    near = nearest(name, [*COMMANDS, *_plugins()])
    return f"l10n {near}" if near else "l10n --help"


def _plugins() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - loads slowly, rarely needed

    return {point.name: point for point in entry_points(group="l10n.commands")}


lend()


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("A translation desk for Spanish and English articles."),
)
@click.version_option(__version__, prog_name="l10n")
def cli() -> None:
    """Run a command."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit status of DESIGN: 0, 1, 2, 3 or 130."""
    prepare_streams()
    try:
        status = cli.main(arguments, prog_name="l10n", standalone_mode=False)
        sys.stdout.flush()
        code = status if isinstance(status, int) else 0
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.ClickException as error:
        complain_of_use(error)
        code = 2
    except click.Abort:
        code = INTERRUPTED
    except L10nError as error:
        complain(error)
        code = 2
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away: nothing is wrong, and nothing more can be said on stdout.
        discard_output()
        code = 0
    except OSError as error:
        # A full disk, a folder without permission: the machine's fault, not a defect of ours.
        complain(L10nError(error.strerror or str(error), path=error.filename))
        discard_output()
        code = 2
    except Exception as error:  # noqa: BLE001 - the last resort: a defect of ours, never a traceback
        from l10n.databases import explained  # noqa: PLC0415 - SQLite is not loaded for nothing

        problem = explained(error)
        if problem is not None:
            complain(problem)
            code = 2
        else:
            report_defect(error)
            code = INTERNAL_ERROR
    sys.exit(code)

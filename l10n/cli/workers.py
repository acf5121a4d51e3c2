"""The option of commands whose work has independent parts: how many of them are done at once."""

from __future__ import annotations

import click

from l10n.interface import gettext as _

workers_option = click.option(
    "--jobs", type=click.IntRange(1), help=_("Parts done at once (as many as there are cores).")
)

"""The options of commands whose work has independent parts: how many are done at once, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from l10n.cli.streams import complain
from l10n.desk import open_workers
from l10n.interface import gettext as _
from l10n.project import Project
from l10n.workers import Workers

_JOBS = click.option(
    "--jobs", type=click.IntRange(1), help=_("Parts done at once (as many as there are cores).")
)
_SCHEDULER = click.option(
    "--scheduler",
    metavar=_("ADDRESS"),
    help=_("Let the workers of a Dask scheduler do the parts: tcp://127.0.0.1:8786."),
)


def workers_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--jobs` and `--scheduler`."""
    return _JOBS(_SCHEDULER(command))


def engines_named(name: str | None) -> Sequence[str] | None:
    """Return the engines that `--engine NAME` asks for; None: the project's."""
    from l10n.engines import NO_ENGINE  # noqa: PLC0415 - a check needs no engine

    return None if name is None else () if name == NO_ENGINE else (name,)


def workers_for(
    project: Project | None,
    jobs: int | None,
    scheduler: str | None,
    engines: Sequence[str] | None = None,
) -> Workers:
    """Return who does the parts of a command; `engines` are those that it needs, None: the project's."""
    return open_workers(
        jobs, scheduler=scheduler, project=project, engines=engines, on_problem=complain
    )

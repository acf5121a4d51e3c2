"""Plug-ins: what other distributions add to the desk through its entry-point groups."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from l10n.errors import L10nError, ProjectError
from l10n.interface import gettext as _

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

T = TypeVar("T")


FORMATS = "l10n.formats"
"""Group of the formats of articles."""
RULES = "l10n.rules"
"""Group of the rules of `l10n check`."""


@cache
def plugins(group: str) -> tuple[EntryPoint, ...]:
    """Return the entry points of a group, ordered by name; imports none of them."""
    if group not in _groups():
        return ()
    from importlib.metadata import entry_points  # noqa: PLC0415 - see _groups

    return tuple(sorted(entry_points(group=group), key=lambda point: point.name))


@cache
def _groups() -> frozenset[str]:
    """Return the names of all entry-point groups of what is installed."""
    # Nearly nobody has plug-ins, and importlib.metadata takes 30 ms to load, a tenth of a small check;
    # looking into the files it would read takes 2 ms for sixty distributions.
    files = (Path(folder, "entry_points.txt") for folder in _metadata_folders())
    return frozenset(
        group
        for file in files
        if file.is_file()
        for group in _GROUP.findall(file.read_text("utf-8"))
    )


@cache
def installed() -> str:
    """Return what changes when another distribution, or another version of one, is installed: their names and versions."""
    return "\n".join(sorted(os.path.basename(folder) for folder in _metadata_folders()))  # noqa: PTH119


@cache
def _metadata_folders() -> tuple[str, ...]:
    """Return the folders that say what is installed: `babel-2.17.0.dist-info`."""
    return tuple(folder for path in sys.path for folder in _metadata_below(path))


def _metadata_below(path: str) -> Iterator[str]:
    with suppress(OSError), os.scandir(path or ".") as entries:
        yield from [entry.path for entry in entries if entry.name.endswith(_METADATA)]


_METADATA = (".dist-info", ".egg-info")
_GROUP = re.compile(r"^\[([^\]\n]+)\]", re.MULTILINE)


def plugin_versions(*groups: str) -> str:
    """Return what changes when another plug-in, or another version of one, is installed."""
    return "\n".join(
        f"{group} {point.name} {point.value} {distribution_of(point)}"
        for group in groups
        for point in plugins(group)
    )


def distribution_of(point: EntryPoint) -> str:
    """Return name and version of what was installed: `l10n-lines 1.0`."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.module


def load_plugin(point: EntryPoint, kind: type[T], problem_of: Callable[[T], str]) -> T:
    """Return what an entry point names; raises ProjectError for whatever goes wrong in it.

    `problem_of` returns what is missing or wrong in it; empty when all is well.
    """
    try:
        plugin: object = point.load()
        problem = problem_of(plugin) if isinstance(plugin, kind) else ""
    except L10nError as error:
        raise broken_plugin(point, error.message) from error
    except Exception as error:
        # A plug-in is a program: whatever its import raises arrives here.
        raise broken_plugin(point, f"{type(error).__name__}: {error}") from error
    if not isinstance(plugin, kind):
        wrong_kind = _("{value} is not a {kind}").format(value=point.value, kind=kind.__name__)
        raise broken_plugin(point, wrong_kind)
    if problem:
        raise broken_plugin(point, problem)
    return plugin


def broken_plugin(point: EntryPoint, problem: str) -> ProjectError:
    """Return the error that names a plug-in, where it comes from, and what is wrong with it."""
    name = point.dist.name if point.dist else point.module
    return ProjectError(
        _("{group}: “{name}” of {distribution} cannot be used: {problem}").format(
            group=point.group,
            name=point.name,
            distribution=distribution_of(point),
            problem=" ".join(problem.split()),
        ),
        hint=f"pip uninstall {name}",
    )

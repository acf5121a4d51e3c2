"""`l10n init`: start a project here, in the layout that is here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import click

from l10n.cli.left_alone import print_left_alone
from l10n.cli.streams import complain, print_data, say
from l10n.cli.update import print_resemblances
from l10n.desk.resemblance import find_resemblances
from l10n.desk.starting import Start, plan, write
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.project import PROJECT_FILE

_NAMED = 5
"""Files that a message names."""


@click.command(
    help=_(
        "Start a project here: look what kind of site this is, and write the l10n.toml that fits."
    )
)
@click.option(
    "--source",
    metavar=_("LOCALE"),
    help=_("Locale of the originals (what the site says, else es)."),
)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar=_("LOCALE"),
    help=_("Target locale (en, or es); repeatable."),
)
@click.option(
    "--like",
    default="",
    metavar=_("NAME"),
    help=_("Take it for a site of this generator: hugo, jekyll, mkdocs, …, or plain."),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what was seen, and print the file."))
def init(source: str | None, targets: tuple[str, ...], like: str, *, dry_run: bool) -> None:
    """Write a project file and what belongs to it, never over an existing one."""
    start = plan(Path.cwd(), source=source, targets=targets, like=like)
    _tell(start)
    if dry_run:
        print_data(start.text)
        return
    project = write(start)
    if start.is_recognised:
        say(_("Wrote {file}. Next: l10n build").format(file=PROJECT_FILE))
        return
    folder = project.relative(project.places[0].folders[project.source])
    say(
        _("Wrote {file}. Put articles into {folder}, then type: l10n build").format(
            file=PROJECT_FILE, folder=folder
        )
    )


def _tell(start: Start) -> None:
    """Say what was seen, as messages: the file may be the result."""
    sighting = start.sighting
    generator = sighting.generator
    if not start.is_recognised:
        message = _("No site was recognised here, so this is the plain layout: {folder}")
        say(message.format(folder="locales/{locale}/articles"), err=True)
        return
    name = generator.name or _("Plain files")
    evidence = f" ({generator.evidence})" if generator.evidence else ""
    for place in sighting.places:
        folders = ", ".join(f"{tag}: {folder}" for tag, folder in place.folders.items())
        kind = (
            _("names tell the locale") if place.has_suffixes else _("a folder for each locale")
        )
        say(f"{name}{evidence}: {kind}; {folders}", err=True)
    if start.problem is not None:
        complain(start.problem)
    if start.census is not None:
        _tell_counts(start)
        print_left_alone(start.project, start.census.aside)
        print_resemblances(start.project, find_resemblances(start.project, start.census))
    if names := [path.as_posix() for path in sighting.messages]:
        message = _("not read, messages of the site’s interface: {names}")
        say(message.format(names=_some(names)), err=True)
    if start.unplaced:
        message = _("left out, in no place: {names} (a [[place]] in {file} takes them in)")
        say(message.format(names=_some(start.unplaced), file=PROJECT_FILE), err=True)
    for place in sighting.places:
        if place.foreign:
            root = PurePosixPath(place.folders[place.source])
            message = _("left out, not written in {locale}: {names}")
            names = [(root / name).as_posix() for name in place.foreign]
            say(message.format(locale=place.source, names=", ".join(names)), err=True)
    if sighting.further:
        message = _(
            "left out, since the project is not for them: {names} (--target LOCALE takes them in)"
        )
        say(message.format(names=", ".join(sighting.further)), err=True)


def _some(names: Sequence[str]) -> str:
    return ", ".join([*names[:_NAMED], *(["…"] if names[_NAMED:] else [])])


def _tell_counts(start: Start) -> None:
    census = start.census
    n = len(census.articles) if census is not None else 0
    text = ngettext("{n} original in {locale}", "{n} originals in {locale}", n)
    parts = [text.format(n=n, locale=start.sighting.source)]
    for target in start.sighting.targets:
        pairs = start.pairs(target)
        text = ngettext("{n} translated into {locale}", "{n} translated into {locale}", pairs)
        parts.append(text.format(n=pairs, locale=target))
    say(", ".join(parts), err=True)

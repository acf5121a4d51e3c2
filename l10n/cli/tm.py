"""`l10n tm`: rebuild the translation memory, exchange it as TMX, search it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import click

from l10n.cli.lessons import print_lessons
from l10n.cli.streams import complain, print_data, say
from l10n.desk.lessons import rebuild_lessons
from l10n.desk.memories import open_memory, rebuild_memory
from l10n.files import write_atomically
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.memory import tmx
from l10n.memory.tmx import TmxUnit, languages
from l10n.model import Match
from l10n.project import Project
from l10n.project.outputs import refuse_project_file

_LOCALES = (
    click.option("--from", "source", metavar=_("LOCALE"), help=_("Source locale.")),
    click.option("--to", "target", metavar=_("LOCALE"), help=_("Target locale.")),
)


@click.group(help=_("Look after the translation memory."))
def tm() -> None:
    """Look after the memory."""


@tm.command(help=_("Learn all catalogs of the project anew; imported TMX files stay."))
def rebuild() -> None:
    """Rebuild the memory from the catalogs."""
    project = Project.find()
    say(_pairs(rebuild_memory(project, on_problem=complain)))
    for rebuilt in rebuild_lessons(project):
        print_lessons(rebuilt)


@tm.command("import", help=_("Take in TMX files."))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_tmx(files: tuple[Path, ...]) -> None:
    """Take in translation units of every two locales of the project."""
    project = Project.find()
    with open_memory(project, on_problem=complain) as memory:
        for path in files:
            count = 0
            units = tmx.read(path)
            for source, target in itertools.permutations(project.locales, 2):
                translations = list(tmx.translations(units, source, target))
                memory.add(translations, source, target, origin=path.name)
                # Each pair serves both directions and is told once.
                count += len(translations) if source < target else 0
            say(f"{path}: {_pairs(count)}")
            _say_untaken(units, count)


def _say_untaken(units: Sequence[TmxUnit], count: int) -> None:
    """Say what of a file was not taken in, and why."""
    without = sum(not unit.is_pair for unit in units)
    if without:
        text = ngettext(
            "{n} unit without a text in two languages is left out",
            "{n} units without a text in two languages are left out",
            without,
        )
        say(text.format(n=without), err=True)
    if units and not count:
        tags = ", ".join(languages(units))
        say(
            _("no pair of the project's locales: its texts are in {tags}").format(tags=tags),
            err=True,
        )


@tm.command(help=_("Write the memory as TMX 1.4b, to a file or to standard output."))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@_LOCALES[0]
@_LOCALES[1]
def export(file: Path | None, source: str | None, target: str | None) -> None:
    """Write the memory of a pair as TMX."""
    project = Project.find()
    source, target = _pair(project, source, target)
    with open_memory(project, on_problem=complain) as memory:
        text = tmx.write(memory.translations(source, target), source, target)
    if file is None:
        print_data(text)
    else:
        refuse_project_file(file)
        write_atomically(file, text.encode())


@tm.command(help=_("Search earlier translations, in both languages, accents aside."))
@click.argument("words", nargs=-1, required=True)
@_LOCALES[0]
@_LOCALES[1]
@click.option(
    "--similar", is_flag=True, help=_("Find similar texts, not texts with the words.")
)
@click.option("--limit", type=click.IntRange(1), default=20, help=_("At most so many."))
def search(
    *, words: tuple[str, ...], source: str | None, target: str | None, similar: bool, limit: int
) -> int:
    """Print pairs of texts; exit 1 when there are none."""
    project = Project.find()
    source, target = _pair(project, source, target)
    query = " ".join(words)
    with open_memory(project, on_problem=complain) as memory:
        if similar:
            matches = memory.search(query, source, target, minimum=50, limit=limit)
        else:
            matches = memory.concordance(query, source, target, limit=limit)
    for match in matches:
        say(_described(match, similar=similar))
    return 0 if matches else 1


def _pair(project: Project, source: str | None, target: str | None) -> tuple[str, str]:
    source = source or project.source
    return source, target or next(tag for tag in project.locales if tag != source)


def _described(match: Match, *, similar: bool) -> str:
    head = f"{match.percent} %  " if similar else ""
    mark = _("reviewed") if match.reviewed else _("translated")
    return f"{head}{match.source}\n    {match.target}\n    ({mark}, {Path(match.origin).name})"


def _pairs(count: int) -> str:
    return ngettext("{n} pair of texts", "{n} pairs of texts", count).format(n=count)

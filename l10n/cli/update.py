"""`l10n update`: catalogs brought up to their articles."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

import click

from l10n import desk
from l10n.cli.left_alone import print_left_alone
from l10n.cli.streams import complain, say
from l10n.desk import CatalogUpdate, Move, UpdateReport
from l10n.desk.resemblance import Resemblance
from l10n.desk.updating import articles_named
from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Reason
from l10n.project import ArticleRef, Project
from l10n.text.visible import in_one_line

_SHOWN = 80
"""Characters of a text that a message quotes."""


@click.command(help=_("Extract the units of articles and create or merge their catalogs."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option(
    "--explain",
    is_flag=True,
    help=_("Only list what readers see and no unit holds, with its line and why."),
)
def update(names: tuple[str, ...], explain: bool) -> int:
    """Bring catalogs up to their articles; exit 2 when an article or a catalog cannot be read."""
    project = Project.find()
    refs = articles_named(project, names) if names else None
    if explain:
        return _explain(project, project.articles() if refs is None else refs)
    report = desk.update(
        project,
        refs,
        on_catalog=lambda result: print_update(project, result),
        on_problem=complain,
        on_move=lambda move: print_move(project, move),
    )
    print_unchanged(report)
    print_resemblances(project, report.resemblances)
    print_left_alone(project, report.aside)
    return 2 if report.problems else 0


def _explain(project: Project, refs: Sequence[ArticleRef]) -> int:
    """Print the texts of articles that nobody was offered, one a line; exit 2 when an article cannot be read."""
    reasons = {
        Reason.UNREAD: _("the desk does not read it, or cannot tell it from code"),
        Reason.CODE: _("code or a formula"),
        Reason.AUTHOR: _("the author says so"),
        Reason.LANGUAGE: _("in another language"),
        Reason.KEY: _("a key of front matter that front_matter in l10n.toml does not name"),
    }
    status = 0
    for ref in refs:
        try:
            texts = desk.explain(ref)
        except L10nError as error:
            complain(error)
            status = 2
            continue
        for text in texts:
            message = _("not offered ({reason}): {text}").format(
                reason=reasons[text.reason], text=in_one_line(text.text)[:_SHOWN]
            )
            say(f"{project.relative(ref.path)}:{text.line}: {message}")
    return status


def print_update(project: Project, result: CatalogUpdate) -> None:
    """Say what changed in a catalog, if anything did."""
    if result.is_change:
        say(f"{project.relative(result.path)}: {_described(result)}", err=True)
    if result.written_in:
        message = _(
            "its article is written in “{language}”, and is taken for an original in another language"
        ).format(language=result.written_in)
        hint = _("give it the name or the folder of its language, or leave it out with exclude")
        complain(L10nError(message, path=project.relative(result.path), hint=hint))
    for text in result.unread:
        message = _(
            "in the article as before, but read differently today; its translation needs another look: {text}"
        ).format(text=in_one_line(text)[:_SHOWN])
        say(f"{project.relative(result.path)}: {message}", err=True)


def print_move(project: Project, move: Move) -> None:
    """Say what was moved where."""
    before, after = project.relative(move.before), project.relative(move.after)
    say(_("{path}: moved to {place}").format(path=before, place=after), err=True)


def print_unchanged(report: UpdateReport) -> None:
    """Say how many catalogs there was nothing to change in."""
    unchanged = sum(not result.is_change for result in report.catalogs)
    if unchanged:
        message = ngettext(
            "{n} catalog is up to date", "{n} catalogs are up to date", unchanged
        )
        say(message.format(n=unchanged), err=True)


def print_resemblances(project: Project, resemblances: Iterable[Resemblance]) -> None:
    """Name files that are probably translations under another name, with what says so in the project file."""
    named = list(resemblances)
    for resemblance in named:
        message = _(
            "probably the translation of {original} under another name, so it is left alone"
        )
        name = project.relative(resemblance.path)
        original = project.relative(resemblance.original.path)
        command = shlex.join(("l10n", "update", name))
        hint = _("if it is one, add the lines below to l10n.toml; if not: {command}")
        complain(
            L10nError(
                message.format(original=original), path=name, hint=hint.format(command=command)
            )
        )
    # Together, to be copied at once.
    for resemblance in named:
        say(f"\n{resemblance.as_toml(project)}", err=True)


def _described(result: CatalogUpdate) -> str:
    """Say what a merge did, in one line."""
    merge, unread = result.merge, len(result.unread)
    parts = [
        (merge.added, ngettext("{n} new", "{n} new", merge.added)),
        (merge.changed, ngettext("{n} changed", "{n} changed", merge.changed)),
        (
            merge.reread,
            ngettext("{n} kept, read differently", "{n} kept, read differently", merge.reread),
        ),
        (merge.revived, ngettext("{n} back", "{n} back", merge.revived)),
        (merge.obsolete, ngettext("{n} gone", "{n} gone", merge.obsolete)),
        (
            unread,
            ngettext("{n} to look at again", "{n} to look at again", unread),
        ),
        (merge.kept, ngettext("{n} kept", "{n} kept", merge.kept)),
    ]
    return ", ".join(text.format(n=n) for n, text in parts if n) or _("no units")

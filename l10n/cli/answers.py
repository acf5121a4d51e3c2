"""What taking in the answers of other tools came to, and how they are to be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from l10n.cli.streams import nearest, say
from l10n.desk.answering import FINDINGS, TakenIn
from l10n.exchange.answers import Acceptance, Change, Effect
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.project import project_here, select_catalogs
from l10n.text.visible import in_one_line

_SHOWN = 60
"""Characters of a text that a line quotes."""

Command = TypeVar("Command", bound=Callable[..., Any])


def accept(command: Command) -> Command:
    """Give a command the options that say how answers are taken in."""
    about = _(
        "Whose review it is where a text comes back as final; without it none is reviewed."
    )
    by = click.option("--by", default="", metavar=_("NAME"), help=about)
    replace = click.option(
        "--replace", is_flag=True, help=_("Let answers win over what was changed here since.")
    )
    dry_run = click.option("--dry-run", is_flag=True, help=_("Only show what would change."))
    return by(replace(dry_run(command)))


def takes_answers(command: Command) -> Command:
    """Give a command the files that came back, the catalogs that may be meant, and how answers are taken in."""
    files = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
    catalogs = click.option(
        "--catalog",
        "names",
        multiple=True,
        metavar=_("LOCALE|ARTICLE|PO|DIR"),
        help=_("The catalogs that may be meant, where the files do not say; repeatable."),
    )
    return files(catalogs(accept(command)))


def take_in(
    import_files: Callable[..., Iterable[TakenIn]],
    files: Sequence[Path],
    names: Sequence[str],
    acceptance: Acceptance,
    *,
    dry_run: bool,
) -> int:
    """Take answers into the catalogs that are named, or those of the project; say what they did and return the exit status."""
    project = project_here(required=not names)
    results = import_files(
        files,
        acceptance,
        catalogs=select_catalogs(names, project) if names else None,
        project=project,
        dry_run=dry_run,
    )
    return print_taken_in(results, dry_run=dry_run)


def print_taken_in(results: Iterable[TakenIn], *, dry_run: bool) -> int:
    """Say what each answer did, and return the exit status: 1 where somebody should look at one."""
    status = 0
    for result in results:
        for change in result.changes:
            if change.effect in FINDINGS or change.effect is Effect.FORMER:
                say(f"l10n: {result.answer}:{change.line}: {_explained(change)}", err=True)
            elif dry_run and (change.effect is not Effect.SAME or change.noted):
                say(f"{result.answer}:{change.line}: {_effect(change)}: {_quoted(change)}")
        say(f"{nearest(result.answer)} → {nearest(result.catalog)}: {_summary(result)}")
        if result.has_findings:
            status = 1
    if dry_run:
        say(_("Nothing was written."), err=True)
    return status


def _explained(change: Change) -> str:
    texts = {
        Effect.KEPT: _("not taken, it was changed here since (--replace takes it): {text}"),
        Effect.UNKNOWN: _("not taken, the catalog has no such text: {text}"),
        Effect.FORMER: _("taken as a draft, the article says it otherwise now: {text}"),
        Effect.BROKEN: _("taken as a draft, {reason}: {text}"),
        Effect.REFUSED: _("not taken, {reason} (--replace makes it a draft): {text}"),
        Effect.CLASHING: _("not taken, {reason}: {text}"),
    }
    return texts[change.effect].format(text=_quoted(change), reason=change.reason)


def _effect(change: Change) -> str:
    texts = {
        Effect.REVIEWED: _("reviewed"),
        Effect.TRANSLATED: _("translated"),
        Effect.DRAFT: _("draft"),
    }
    return texts.get(change.effect, _("a note"))


def _quoted(change: Change) -> str:
    return in_one_line(change.text)[:_SHOWN]


def _summary(result: TakenIn) -> str:
    noted = sum(change.noted for change in result.changes)
    counts = (
        (
            Effect.REVIEWED,
            ngettext("{n} reviewed", "{n} reviewed", result.count(Effect.REVIEWED)),
        ),
        (
            Effect.TRANSLATED,
            ngettext("{n} translated", "{n} translated", result.count(Effect.TRANSLATED)),
        ),
        (Effect.DRAFT, ngettext("{n} draft", "{n} drafts", result.count(Effect.DRAFT))),
        (
            Effect.BROKEN,
            ngettext("{n} with a mistake", "{n} with a mistake", result.count(Effect.BROKEN)),
        ),
        (
            Effect.REFUSED,
            ngettext(
                "{n} with a mistake not taken",
                "{n} with a mistake not taken",
                result.count(Effect.REFUSED),
            ),
        ),
        (
            Effect.CLASHING,
            ngettext(
                "{n} answered in two ways",
                "{n} answered in two ways",
                result.count(Effect.CLASHING),
            ),
        ),
        (
            Effect.FORMER,
            ngettext(
                "{n} of an earlier source",
                "{n} of an earlier source",
                result.count(Effect.FORMER),
            ),
        ),
        (
            Effect.KEPT,
            ngettext(
                "{n} changed here since", "{n} changed here since", result.count(Effect.KEPT)
            ),
        ),
        (Effect.UNKNOWN, ngettext("{n} unknown", "{n} unknown", result.count(Effect.UNKNOWN))),
        (Effect.SAME, ngettext("{n} as before", "{n} as before", result.count(Effect.SAME))),
    )
    parts = [text.format(n=n) for effect, text in counts if (n := result.count(effect))]
    if noted:
        parts.append(ngettext("{n} note", "{n} notes", noted).format(n=noted))
    return ", ".join(parts) or _("nothing in it")

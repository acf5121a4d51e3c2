"""`l10n approve`: stamp translations as reviewed, many at once."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from l10n.cli.asking import confirm
from l10n.errors import ProjectError, UsageError
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.model import Origin, Severity, State
from l10n.person import person_name

if TYPE_CHECKING:
    from l10n.catalog import Catalog, Entry

_ORIGINS = {
    Origin.ALIGNED: N_("aligned"),
    Origin.MT: N_("machine translation"),
    Origin.TM: N_("translation memory"),
    Origin.SOURCE_CHANGED: N_("of an earlier source"),
    None: N_("translated"),
}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which entries are meant."""

    origins: tuple[Origin, ...]
    """Empty: every translation but those of an earlier source."""
    min_score: float | None

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is to be approved, if its placeholders are right."""
        state = entry.state
        if state in {State.UNTRANSLATED, State.REVIEWED}:
            return False
        origin = entry.origin
        if self.origins and origin not in self.origins:
            return False
        if self.leaves(entry):
            return False
        return self.min_score is None or _score(entry) >= self.min_score

    def leaves(self, entry: Entry) -> bool:
        """Whether an entry translates an earlier source, and nobody said that such ones are meant."""
        return not self.origins and entry.origin is Origin.SOURCE_CHANGED


@click.command(
    help=_("Mark translations as reviewed, in bulk: all there are, or those chosen.")
)
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option("--by", "reviewer", metavar=_("NAME"), help=_("Who reviewed them."))
@click.option(
    "--origin",
    "origins",
    multiple=True,
    type=click.Choice([origin.value for origin in Origin]),
    help=_("Only drafts that come from here; repeatable."),
)
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    help=_("Only drafts whose alignment or match scores at least this, 0 to 1."),
)
@click.option("--yes", "--all", "sure", is_flag=True, help=_("Do not ask."))
@click.option("--dry-run", is_flag=True, help=_("Count and change nothing."))
def approve(
    *,
    names: tuple[str, ...],
    reviewer: str | None,
    origins: tuple[str, ...],
    min_score: float | None,
    sure: bool,
    dry_run: bool,
) -> None:
    """Count what would be approved, ask, stamp and save."""
    by = (reviewer or person_name()).strip()
    if not by:
        raise UsageError(_("nobody to name as reviewer"), hint="l10n approve --by NAME")
    wanted = _Wanted(tuple(map(Origin, origins)), min_score)
    chosen = list(_choose(names, wanted))
    total = sum(len(entries) for _catalog, entries in chosen)
    if not total:
        click.echo(_("nothing to approve"), err=True)
        return
    if dry_run or not _is_sure(total, by, asked_before=sure):
        return
    for catalog, entries in chosen:
        for entry in entries:
            entry.approve(by=by)
        if entries:
            catalog.save()
    click.echo(ngettext("{n} approved", "{n} approved", total).format(n=total))


def _choose(names: Sequence[str], wanted: _Wanted) -> Iterator[tuple[Catalog, Sequence[Entry]]]:
    """Read the catalogs and give what is to be approved, saying how many of each origin."""
    from l10n.catalog import Catalog  # noqa: PLC0415 - not needed for --help
    from l10n.project import Project, select_catalogs  # noqa: PLC0415

    try:
        project = Project.find()
    except ProjectError:
        if not names:
            raise
        project = None
    # Every file is read before any is changed: a damaged one stops the command with nothing done.
    for catalog in [Catalog.load(path) for path in select_catalogs(names, project)]:
        entries = [entry for entry in catalog.entries if wanted.takes(entry)]
        sound = [entry for entry in entries if not _is_broken(entry)]
        stale = sum(map(wanted.leaves, catalog.entries))
        if entries or stale:
            left = _left_out(len(entries) - len(sound), stale)
            click.echo(_summary(catalog.path, sound, left), err=True)
        yield catalog, sound


def _left_out(broken: int, stale: int) -> list[str]:
    said = (
        (
            broken,
            ngettext(
                "{n} left out, its placeholders are wrong",
                "{n} left out, their placeholders are wrong",
                broken,
            ),
        ),
        (
            stale,
            ngettext(
                "{n} left out, it translates an earlier source (--origin source-changed takes it)",
                "{n} left out, they translate an earlier source (--origin source-changed takes them)",
                stale,
            ),
        ),
    )
    return [text.format(n=n) for n, text in said if n]


def _summary(path: Path | None, entries: Sequence[Entry], left: Sequence[str]) -> str:
    origins = Counter(entry.origin for entry in entries)
    parts = [f"{_(name)} {origins[key]}" for key, name in _ORIGINS.items() if origins[key]]
    shown = path
    if path is not None and path.is_relative_to(Path.cwd()):
        shown = path.relative_to(Path.cwd())
    return f"{shown}: {', '.join((*parts, *left))}"


def _is_sure(total: int, by: str, *, asked_before: bool) -> bool:
    if asked_before:
        return True
    if not sys.stdin.isatty():
        raise UsageError(
            _("nobody at the terminal to ask"), hint=_("add --yes to approve them")
        )
    question = ngettext(
        "Mark {n} entry as reviewed by {name}?",
        "Mark {n} entries as reviewed by {name}?",
        total,
    )
    return confirm(question.format(n=total, name=by))


def _is_broken(entry: Entry) -> bool:
    from l10n.text.markup import validate  # noqa: PLC0415 - not needed for --help

    sources = (entry.msgid, *(entry.msgid_plural or "" for _form in entry.msgstrs[1:]))
    return any(
        problem.severity is Severity.ERROR
        for source, form in zip(sources, entry.msgstrs, strict=True)
        for problem in validate(source, form)
    )


def _score(entry: Entry) -> float:
    """Give how sure a draft is, 0-1: its alignment score or its match; 0 when it has neither."""
    stamp = entry.stamp
    if stamp is None:
        return 0
    if stamp.score is not None:
        return stamp.score
    return (stamp.percent or 0) / 100

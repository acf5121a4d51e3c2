"""`l10n approve`: stamp translations as reviewed, many at once."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import click

from l10n import desk
from l10n.cli.asking import confirm
from l10n.cli.streams import nearest, say
from l10n.desk import ApproveRequest, Candidates
from l10n.errors import UsageError
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.model import Origin
from l10n.person import person_name
from l10n.project import project_here, select_catalogs

_ORIGINS = {
    Origin.ALIGNED: N_("aligned"),
    Origin.MT: N_("machine translation"),
    Origin.TM: N_("translation memory"),
    Origin.SOURCE_CHANGED: N_("of an earlier source"),
    None: N_("translated"),
}


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
    paths = select_catalogs(names, project_here(required=not names))
    request = ApproveRequest(tuple(map(Origin, origins)), min_score, by)
    candidates = desk.find_candidates(paths, request)
    for catalog in candidates:
        if catalog.entries or catalog.broken or catalog.stale:
            say(_described(catalog), err=True)
    total = sum(len(catalog.entries) for catalog in candidates)
    if not total:
        say(_("nothing to approve"), err=True)
    elif not dry_run and (sure or _is_sure(total, by)):
        approved = desk.approve(candidates, by=by)
        say(ngettext("{n} approved", "{n} approved", approved).format(n=approved))
        if approved < total:
            text = ngettext(
                "{n} was changed by somebody else meanwhile and is not approved",
                "{n} were changed by somebody else meanwhile and are not approved",
                total - approved,
            )
            say(text.format(n=total - approved), err=True)


def _described(candidates: Candidates) -> str:
    """Return the catalog, how many entries of each origin there are, and what is left out."""
    origins = Counter(entry.origin for entry in candidates.entries)
    parts = [f"{_(name)} {origins[key]}" for key, name in _ORIGINS.items() if origins[key]]
    path = candidates.catalog.path and nearest(candidates.catalog.path)
    return f"{path}: {', '.join((*parts, *_left_out(candidates)))}"


def _left_out(candidates: Candidates) -> Sequence[str]:
    broken, stale = candidates.broken, candidates.stale
    reasons = (
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
    return [text.format(n=n) for n, text in reasons if n]


def _is_sure(total: int, by: str) -> bool:
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

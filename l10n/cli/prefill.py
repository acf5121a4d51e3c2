"""`l10n prefill`: drafts for what is untranslated, and word of how far they can be trusted."""

from __future__ import annotations

from typing import Any

import click

from l10n.cli.drafts import print_drafts
from l10n.cli.progress import Progress, resumable
from l10n.cli.streams import complain, say
from l10n.cli.workers import engines_named, workers_for, workers_options
from l10n.desk.prefilled import PrefillRequest
from l10n.desk.prefilling import prefill as prefill_catalogs
from l10n.drafting.report import Drafted
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Band, Origin
from l10n.project import project_here, select_catalogs
from l10n.text import doubts

_MACHINE = {
    Band.GOOD: N_("by machine, good"),
    Band.FAIR: N_("by machine, fair"),
    Band.POOR: N_("by machine, poor"),
}


@click.command(help=_("Draft what is untranslated: exact and similar matches, then an engine."))
@click.argument("names", nargs=-1, metavar=_("[LOCALE|ARTICLE|PO|DIR]…"))
@click.option("--engine", metavar=_("NAME"), help=_("Use this engine and no other, or none."))
@click.option(
    "--only", type=click.Choice(["tm", "mt"]), help=_("Only the memory, or only an engine.")
)
@click.option("--second", metavar=_("NAME"), help=_("Compare drafts with another engine's."))
@click.option(
    "--minimum",
    type=click.IntRange(50, 100),
    metavar=_("PERCENT"),
    help=_(
        "Least likeness of a match from the memory (75, before an engine 85, before one that learns 90)."
    ),
)
@click.option(
    "--from", "source", metavar=_("LOCALE"), help=_("Source locale, if a catalog does not say.")
)
@workers_options
@click.option("--dry-run", is_flag=True, help=_("Say what would be done, change nothing."))
@click.option("--explain", is_flag=True, help=_("List every draft with its band and reasons."))
def prefill(
    *,
    names: tuple[str, ...],
    explain: bool,
    jobs: int | None,
    scheduler: str | None,
    **options: Any,
) -> int:
    """Draft the catalogs that are named, or all of the project."""
    project = project_here(required=not names)
    paths = select_catalogs(names, project)
    request = PrefillRequest(**options)
    engines = () if request.only == "tm" else engines_named(request.engine)
    with resumable(), workers_for(project, jobs, scheduler, engines) as workers:
        result = prefill_catalogs(
            paths,
            request,
            project=project,
            on_entry=_explain if explain else None,
            on_problem=complain,
            track=Progress,
            workers=workers,
        )
    print_drafts(result, dry_run=request.dry_run)
    for word in result.waiting:
        complain(word)
    # Who names an engine wants its drafts: without them the run has not done what it was asked for.
    is_named = request.engine or request.second
    return 2 if result.damaged or (is_named and result.failed) else 0


def _explain(drafted: Drafted) -> None:
    """Print one entry: where, how good, the texts, and why."""
    from l10n.drafting.lessons.telling import describe_correction  # noqa: PLC0415 - rarely needed
    from l10n.drafting.trust import explain as in_words  # noqa: PLC0415 - as above

    entry = drafted.entry
    if drafted.match:
        quality = _("memory, {percent} %").format(percent=drafted.match.percent)
        why = doubts.in_words(entry.stamp.doubts) if entry.stamp else ""
        quality += f", {why}" if why else ""
    elif drafted.origin is Origin.MT and drafted.verdict:
        quality = _(_MACHINE[drafted.verdict.band])
    else:
        quality = _("left empty")
    say(f"{drafted.catalog.path}:{entry.line}: {quality}")
    say(f"    {entry.msgid}")
    if entry.msgstr:
        say(f"    {entry.msgstr}")
    reasons = drafted.verdict.reasons if drafted.verdict else ()
    # Corrections are told one by one, with where they come from.
    for reason in in_words(r for r in reasons if not r.startswith("learnt:")):
        say(f"    - {reason}")
    for change in drafted.corrections:
        say(f"    - {describe_correction(change)}")

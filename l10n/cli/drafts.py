"""What a run of prefill came to, in a line."""

from __future__ import annotations

from l10n.cli.streams import say
from l10n.desk.prefilled import PrefillResult
from l10n.drafting.report import PrefillReport
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Band


def print_drafts(result: PrefillResult, *, dry_run: bool = False) -> None:
    """Say in one line what a run did."""
    say(_summary(result.drafts, dry_run=dry_run), err=True)


def _summary(report: PrefillReport, *, dry_run: bool) -> str:
    """Say in one line what a run did."""
    if dry_run:
        return _(
            "Would take {exact} exact and {fuzzy} similar matches and send {machine} entries to an engine."
        ).format(exact=report.exact, fuzzy=report.fuzzy, machine=report.machine)
    good, fair, poor = (report.bands[band] for band in Band)
    bands = _counted(
        (good, ngettext("{n} good", "{n} good", good)),
        (fair, ngettext("{n} fair", "{n} fair", fair)),
        (poor, ngettext("{n} poor", "{n} poor", poor)),
    )
    parts = _counted(
        (report.exact, ngettext("{n} exact match", "{n} exact matches", report.exact)),
        (report.fuzzy, ngettext("{n} similar match", "{n} similar matches", report.fuzzy)),
        (
            report.machine,
            ngettext("{n} by machine ({bands})", "{n} by machine ({bands})", report.machine),
        ),
        (
            report.overtaken,
            ngettext(
                "{n} of them given up for what somebody else wrote meanwhile",
                "{n} of them given up for what somebody else wrote meanwhile",
                report.overtaken,
            ),
        ),
        (report.left, ngettext("{n} left untranslated", "{n} left untranslated", report.left)),
        bands=bands,
    )
    return _("Drafts: {said}.").format(said=parts) if parts else _("Nothing to draft.")


def _counted(*parts: tuple[int, str], **fields: str) -> str:
    return ", ".join(text.format(n=n, **fields) for n, text in parts if n)

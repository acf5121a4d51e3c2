"""Alignments on a terminal: one printed in full, many aligned and printed as a table."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from l10n.align import Alignment, leftovers, missing
from l10n.align.listing import as_json, side_by_side
from l10n.align.notation import Quality, compare_with_gold, format_bead
from l10n.align.reasons import FAIR
from l10n.cli.intake import print_taking_in
from l10n.cli.outputs import Outputs
from l10n.cli.site_alignment import print_where_to_look
from l10n.cli.streams import complain, print_data, say
from l10n.desk.aligned import Aligned, AlignReport, AlignRequest
from l10n.desk.aligning import align as align_pairs
from l10n.desk.aligning import write_report
from l10n.desk.link_proposals import as_toml, propose_links
from l10n.desk.pairs import Pair
from l10n.errors import UsageError
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.project import Project
from l10n.project.counterparts import Counterparts
from l10n.text.tables import format_table
from l10n.text.visible import dump_json
from l10n.workers import Workers

_WIDEST = 160
"""Columns of a terminal beyond which lines are too long to read."""


def align_many(
    pairs: Sequence[Pair],
    project: Project | None,
    request: AlignRequest,
    outputs: Outputs,
    workers: Workers,
) -> int:
    """Align pair after pair and print what was doubtful; the worst exit status of all."""
    if not pairs:
        say(_("There is nothing to align."), err=True)
        return 0
    if outputs.gold is not None:
        raise UsageError(
            _("--evaluate takes one pair"), hint="l10n align SOURCE TARGET --evaluate GOLD"
        )
    report = align_pairs(
        pairs,
        request,
        project=project,
        reports=outputs.report,
        on_aligned=print_taking_in,
        on_problem=complain,
        workers=workers,
    )
    print_table(report, outputs.form)
    if outputs.form is None:
        print_where_to_look(report.aligned, outputs.report)
    print_links(propose_links(report.aligned, project))
    if report.problems:
        return 2
    return int(any(result.alignment.unrelated for result in report.aligned))


def print_alignment(alignment: Alignment, outputs: Outputs, *, quiet: bool = False) -> int:
    """Print and write what is asked for of one alignment; 1 when there was nothing to align."""
    if outputs.report is not None:
        write_report(alignment, outputs.report)
    form = outputs.form
    if form is None and not (quiet or outputs.report or outputs.gold):
        form = "text"
    if form == "beads":
        print_data("".join(f"{format_bead(bead)}\n" for bead in alignment.beads))
    elif form == "json":
        print_data(dump_json(as_json(alignment), indent=1) + "\n")
    elif form == "text":
        width = min(shutil.get_terminal_size().columns, _WIDEST)
        say(side_by_side(alignment, width))
    if outputs.gold is not None:
        say(_table(compare_with_gold(alignment.beads, outputs.gold)), err=form is not None)
    return int(alignment.unrelated)


def print_table(report: AlignReport, form: str | None) -> None:
    """Print what many alignments came to: JSON by article, or a table."""
    if form == "json":
        by_article = {
            result.pair.article: as_json(result.alignment) for result in report.aligned
        }
        print_data(dump_json(by_article, indent=1) + "\n")
    elif report.aligned:
        heads = (_("article"), _("locale"), _("pairs"), _("doubtful"), _("moved"), _("source only"),
                 _("translation only"), _("filled"))  # fmt: skip
        say(format_table([heads, *map(_row, report.aligned)], rules=(1,)))


def print_filled(result: Aligned) -> None:
    """Say how many entries of a catalog were filled."""
    if n := result.filled:
        text = ngettext("{path}: {n} entry filled", "{path}: {n} entries filled", n)
        say(text.format(path=result.pair.catalog, n=n), err=True)


def print_links(proposals: Counterparts) -> None:
    """Say which addresses the translations lead elsewhere, ready for the project file."""
    if proposals:
        message = _(
            "The translations lead these addresses elsewhere; put what is right into l10n.toml:"
        )
        say(f"{message}\n\n{as_toml(proposals)}\n", err=True)


def _row(result: Aligned) -> tuple[str, ...]:
    pair, alignment = result.pair, result.alignment
    beads = [bead for bead in alignment.beads if bead.source and bead.target]
    doubtful = sum(bead.score < FAIR for bead in beads)
    moved = sum(bead.moved for bead in beads)
    return (
        pair.article, pair.target_locale, str(len(beads)), str(doubtful), str(moved),
        str(len(missing(alignment))), str(len(leftovers(alignment))), str(result.filled),
    )  # fmt: skip


def _table(quality: Quality) -> str:
    rows = (
        (_("precision"), quality.precision, quality.lax_precision),
        (_("recall"), quality.recall, quality.lax_recall),
        ("F1", quality.f1, quality.lax_f1),
    )
    heads = ("", "", _("strict"), _("lax"))
    return format_table([heads, *((name, "", f"{s:.4f}", f"{x:.4f}") for name, s, x in rows)])

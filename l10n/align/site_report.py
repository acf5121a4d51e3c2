"""One self-contained HTML page about all translations that a run took in: what to look at first, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from l10n.align.alignment import Alignment
from l10n.align.frame import marked, render
from l10n.align.projection import leftovers, missing
from l10n.align.reasons import (
    GOOD,
    DoubtfulBead,
    doubtful_beads,
    expected_errors,
    in_order_of_doubt,
)
from l10n.align.report import band_of, row_id
from l10n.interface import gettext as _
from l10n.text.doubts import in_words
from l10n.text.markup import plain


@dataclass(frozen=True, slots=True)
class ReportedPair:
    """An alignment of a run."""

    name: str
    """How the catalog names the article."""
    locale: str
    alignment: Alignment
    filled: int
    page: str
    """Where its side-by-side page is, relative to the report."""


def render_site_report(pairs: Iterable[ReportedPair]) -> str:
    """Return the page: a table of all pairs, the likeliest wrong ones first, then the beads of each that are doubtful."""
    ordered = sorted(pairs, key=lambda pair: -expected_errors(pair.alignment))
    return render(
        "site_report.html",
        labels={
            "title": _("Translations taken in"),
            "article": _("article"),
            "locale": _("locale"),
            "pairs": _("pairs"),
            "entries": _("filled"),
            "doubtful": _("doubtful"),
            "wrong": _("probably wrong"),
            "source_only": _("source only"),
            "target_only": _("translation only"),
            "source": _("Source"),
            "target": _("Translation"),
            "score": _("Score"),
            "left": _("In the translation only"),
        },
        explanation=_(
            "Articles with most pairs that are probably wrong come first, and in each the pairs that score least. "
            "Pairs of {score} and more are shown where a number or a name differs."
        ).format(score=GOOD),
        articles=[_article(number, pair) for number, pair in enumerate(ordered)],
    )


def _article(number: int, pair: ReportedPair) -> Mapping[str, object]:
    alignment = pair.alignment
    doubtful = in_order_of_doubt(doubtful_beads(alignment))
    facing = alignment.target.blocks
    return {
        "id": f"a{number}",
        "name": pair.name,
        "locale": pair.locale,
        "source_locale": alignment.source.locale,
        "page": quote(pair.page),
        "warnings": alignment.warnings,
        "pairs": sum(bool(bead.source and bead.target) for bead in alignment.beads),
        "entries": pair.filled,
        "doubtful": len(doubtful),
        "wrong": f"{expected_errors(alignment):.1f}",
        "source_only": len(missing(alignment)),
        "left": [plain(facing[block].unit.msgid) for block in leftovers(alignment)],
        "rows": [_row(bead) for bead in doubtful],
    }


def _row(doubtful: DoubtfulBead) -> Mapping[str, str]:
    difference = doubtful.difference
    return {
        "id": row_id(doubtful.bead),
        "band": band_of(doubtful.bead, difference),
        "line": str(doubtful.line),
        "score": f"{doubtful.bead.score:.2f}",
        "why": in_words(doubtful.doubts),
        "source": marked(doubtful.source, difference.source),
        "target": marked(doubtful.target, difference.target),
    }

"""One self-contained HTML page: both articles side by side, beads as coloured bands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from l10n.align.alignment import Alignment
from l10n.align.frame import marked, render
from l10n.align.projection import leftovers, missing
from l10n.align.reasons import FAIR, GOOD, Difference, difference_of, doubts_of
from l10n.interface import gettext as _
from l10n.interface import ngettext
from l10n.model import Bead, Kind, Segment
from l10n.text.doubts import in_words
from l10n.text.markup import plain


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the page: a bead, or what stands alone at this place."""

    id: str
    band: str
    score: str
    source: tuple[Markup, ...]
    target: tuple[Markup, ...]
    source_kind: str
    target_kind: str
    breaks: bool
    """A new source block begins here."""
    moved_to: str = ""
    moved_from: str = ""
    why: str = ""
    """What is to be said against it."""


def render_report(alignment: Alignment) -> str:
    """Return the page, which loads nothing."""
    rows = _rows(alignment)
    return render(
        "report.html",
        labels={
            "title": _("Alignment of {name}").format(name=alignment.source.path.name),
            "source": _("Source"),
            "target": _("Translation"),
            "score": _("Score"),
            "show": _("Show"),
            "nothing": _("nothing here"),
            "moved_away": _("moved in the translation"),
            "moved_here": _("stands elsewhere in the source"),
        },
        source={"name": alignment.source.path.name, "locale": alignment.source.locale},
        target={"name": alignment.target.path.name, "locale": alignment.target.locale},
        warnings=alignment.warnings,
        filters=_filters(rows),
        mean=_mean(alignment),
        legend=[
            {"name": "good", "text": _("sure ({score} or more)").format(score=GOOD)},
            {"name": "fair", "text": _("look at it ({score} or more)").format(score=FAIR)},
            {"name": "poor", "text": _("doubtful")},
            {"name": "differs", "text": _("a number or a name differs")},
            {"name": "moved", "text": _("moved")},
            {"name": "lone", "text": _("left over")},
        ],
        rows=rows,
        places={row.id: place for place, row in enumerate(rows)},
        leftovers=_leftovers(alignment, rows),
    )


def band_of(bead: Bead, difference: Difference) -> str:
    """Name the band of a bead: good, fair, poor, differs, moved, lone."""
    if not bead.source or not bead.target:
        return "lone"
    if bead.moved:
        return "moved"
    if bead.score < FAIR:
        return "poor"
    # However sure it is that two sentences belong together: what one of them says is wrong, or the other.
    if difference:
        return "differs"
    return "good" if bead.score >= GOOD else "fair"


def row_id(bead: Bead) -> str:
    """Return the name that a bead's row has on the page."""
    return _id("s", bead.source.start) if bead.source else _id("t", bead.target.start)


def _rows(alignment: Alignment) -> list[Row]:
    """Return beads in source order; a moved bead's translation stands again where the target has it."""
    beads = alignment.beads
    elsewhere = sorted(
        (bead for bead in beads if bead.moved), key=lambda bead: bead.target.start
    )
    rows: list[Row] = []
    block = -1
    for bead in beads:
        # A reader of the translation alone meets a moved block where it stands there.
        while (
            elsewhere
            and bead.target
            and not bead.moved
            and elsewhere[0].target.start < bead.target.start
        ):
            rows.append(_moved_target(alignment, elsewhere.pop(0)))
        rows.append(_row(alignment, bead, block))
        if bead.source:
            block = alignment.source_segments[bead.source.stop - 1].block
    rows.extend(_moved_target(alignment, bead) for bead in elsewhere)
    return rows


def _row(alignment: Alignment, bead: Bead, block: int) -> Row:
    source = [alignment.source_segments[i] for i in bead.source]
    target = [] if bead.moved else [alignment.target_segments[j] for j in bead.target]
    difference = difference_of(alignment, bead)
    is_pair = bool(bead.source and bead.target)
    return Row(
        row_id(bead),
        band_of(bead, difference),
        f"{bead.score:.2f}" if is_pair else "–",
        _texts(source, difference.source),
        _texts(target, difference.target),
        _kind(source),
        _kind(target),
        bool(source) and source[0].block != block,
        moved_to=_id("m", bead.target.start) if bead.moved else "",
        why=in_words(doubts_of(bead, difference)) if is_pair else "",
    )


def _moved_target(alignment: Alignment, bead: Bead) -> Row:
    target = [alignment.target_segments[j] for j in bead.target]
    return Row(
        _id("m", bead.target.start), "moved", f"{bead.score:.2f}", (),
        _texts(target, difference_of(alignment, bead).target), "", _kind(target),
        breaks=False, moved_from=_id("s", bead.source.start),
    )  # fmt: skip


def _id(side: str, index: int) -> str:
    return f"{side}{index}"


def _texts(segments: list[Segment], facts: Iterable[str]) -> tuple[Markup, ...]:
    return tuple(marked(plain(segment.text).strip(), facts) for segment in segments)


def _kind(segments: list[Segment]) -> str:
    if not segments:
        return ""
    kind = segments[0].kind
    return "aside" if kind in (Kind.ATTRIBUTE, Kind.METADATA) else kind.value


def _filters(rows: Iterable[Row]) -> list[dict[str, str]]:
    """Return what may be shown of the table, with the number of beads: everything first, then what there is of the rest."""
    bands = [row.band for row in rows if not row.moved_from]
    numbers = {band: bands.count(band) for band in ("differs", "poor", "moved", "lone")}
    pairs = len(bands) - numbers["lone"]
    rest = len(bands) - bands.count("good")
    texts = {
        "all": (pairs, ngettext("{n} pair", "{n} pairs", pairs)),
        "rest": (rest, ngettext("{n} to look at", "{n} to look at", rest)),
        "differs": (
            numbers["differs"],
            ngettext(
                "{n} with another number or name",
                "{n} with another number or name",
                numbers["differs"],
            ),
        ),
        "poor": (
            numbers["poor"],
            ngettext("{n} doubtful", "{n} doubtful", numbers["poor"]),
        ),
        "moved": (numbers["moved"], ngettext("{n} moved", "{n} moved", numbers["moved"])),
        "lone": (numbers["lone"], ngettext("{n} left over", "{n} left over", numbers["lone"])),
    }
    return [
        {"band": band, "text": text.format(n=number)}
        for band, (number, text) in texts.items()
        if number or band == "all"
    ]


def _mean(alignment: Alignment) -> str:
    scores = [bead.score for bead in alignment.beads if bead.source and bead.target]
    if not scores:
        return ""
    return _("mean score {score}").format(score=f"{sum(scores) / len(scores):.2f}")


def _leftovers(alignment: Alignment, rows: list[Row]) -> list[dict[str, object]]:
    """Return the blocks of both sides that nothing faces, with links to their rows."""
    ids = {row.id for row in rows}
    lists: list[dict[str, object]] = []
    for side, heading, article, segments, blocks in (
        (
            "s",
            _("In the source only"),
            alignment.source,
            alignment.source_segments,
            missing(alignment),
        ),
        (
            "t",
            _("In the translation only"),
            alignment.target,
            alignment.target_segments,
            leftovers(alignment),
        ),
    ):
        first = {segment.block: index for index, segment in reversed(list(enumerate(segments)))}
        places = [
            {"id": _id(side, first[block]), "text": plain(article.blocks[block].unit.msgid)}
            for block in blocks
            if _id(side, first[block]) in ids
        ]
        lists.append({"heading": heading, "locale": article.locale, "places": places})
    return lists

"""One self-contained HTML page: both articles side by side, beads as coloured bands."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment

from l10n.align.alignment import Alignment
from l10n.align.projection import leftovers, missing
from l10n.align.reasons import FAIR, GOOD, doubts_of
from l10n.interface import gettext as _
from l10n.interface import language, ngettext
from l10n.model import Bead, Kind, Segment
from l10n.text.doubts import in_words
from l10n.text.markup import plain


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the page: a bead, or what stands alone at this place."""

    id: str
    band: str
    score: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_kind: str
    target_kind: str
    breaks: bool
    """A new source block begins here."""
    moved_to: str = ""
    moved_from: str = ""
    why: str = ""
    """What is to be said against it."""


def render_report(alignment: Alignment) -> str:
    """Return the page; it loads nothing, and its policy lets it run nothing but its own few lines."""
    rows = _rows(alignment)
    style, style_hash = style_sheet()
    script = _data("report.js")
    environment = Environment(autoescape=True)
    page = environment.from_string(_data("report.html"))
    raw = environment.filters["safe"]
    return page.render(
        language=language(),
        style=raw(style),
        script=raw(script),
        style_hash=style_hash,
        script_hash=_hash(script),
        labels={
            "title": _("Alignment of {name}").format(name=alignment.source.path.name),
            "source": _("Source"),
            "target": _("Translation"),
            "score": _("Score"),
            "nothing": _("nothing here"),
            "moved_away": _("moved in the translation"),
            "moved_here": _("stands elsewhere in the source"),
        },
        source={"name": alignment.source.path.name, "locale": alignment.source.locale},
        target={"name": alignment.target.path.name, "locale": alignment.target.locale},
        warnings=alignment.warnings,
        summary=_summary(alignment),
        legend=[
            {"name": "good", "text": _("sure ({score} or more)").format(score=GOOD)},
            {"name": "fair", "text": _("look at it ({score} or more)").format(score=FAIR)},
            {"name": "poor", "text": _("doubtful")},
            {"name": "moved", "text": _("moved")},
            {"name": "lone", "text": _("left over")},
        ],
        rows=rows,
        places={row.id: place for place, row in enumerate(rows)},
        leftovers=_leftovers(alignment, rows),
    )


def band_of(bead: Bead) -> str:
    """Name the band of a bead: good, fair, poor, moved, lone."""
    if not bead.source or not bead.target:
        return "lone"
    if bead.moved:
        return "moved"
    return "good" if bead.score >= GOOD else "fair" if bead.score >= FAIR else "poor"


def style_sheet() -> tuple[str, str]:
    """Return the style sheet of the pages, and its digest for their policies."""
    style = _data("report.css")
    return style, _hash(style)


def row_id(bead: Bead) -> str:
    """Return the name that a bead's row has on the page."""
    return _id("s", bead.source.start) if bead.source else _id("t", bead.target.start)


def _data(name: str) -> str:
    return files("l10n.align").joinpath("data", name).read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


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
    return Row(
        row_id(bead),
        band_of(bead),
        f"{bead.score:.2f}" if bead.source and bead.target else "–",
        _texts(source),
        _texts(target),
        _kind(source),
        _kind(target),
        bool(source) and source[0].block != block,
        moved_to=_id("m", bead.target.start) if bead.moved else "",
        why=in_words(doubts_of(alignment, bead)) if bead.source and bead.target else "",
    )


def _moved_target(alignment: Alignment, bead: Bead) -> Row:
    target = [alignment.target_segments[j] for j in bead.target]
    return Row(
        _id("m", bead.target.start), "moved", f"{bead.score:.2f}", (), _texts(target), "", _kind(target),
        breaks=False, moved_from=_id("s", bead.source.start),
    )  # fmt: skip


def _id(side: str, index: int) -> str:
    return f"{side}{index}"


def _texts(segments: list[Segment]) -> tuple[str, ...]:
    return tuple(plain(segment.text).strip() for segment in segments)


def _kind(segments: list[Segment]) -> str:
    if not segments:
        return ""
    kind = segments[0].kind
    return "aside" if kind in (Kind.ATTRIBUTE, Kind.METADATA) else kind.value


def _summary(alignment: Alignment) -> list[str]:
    paired = [bead for bead in alignment.beads if bead.source and bead.target]
    doubtful = sum(bead.score < FAIR for bead in paired)
    moved = sum(bead.moved for bead in paired)
    lone = len(alignment.beads) - len(paired)
    lines = [
        ngettext("{n} pair", "{n} pairs", len(paired)).format(n=len(paired)),
        ngettext("{n} doubtful", "{n} doubtful", doubtful).format(n=doubtful),
        ngettext("{n} moved", "{n} moved", moved).format(n=moved),
        ngettext("{n} left over", "{n} left over", lone).format(n=lone),
    ]
    if paired:
        mean = sum(bead.score for bead in paired) / len(paired)
        lines.append(_("mean score {score}").format(score=f"{mean:.2f}"))
    return lines


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

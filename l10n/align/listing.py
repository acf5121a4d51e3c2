"""An alignment written out: as JSON for programs, in two columns for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from l10n.align.alignment import Alignment
from l10n.align.projection import leftovers, project_beads
from l10n.align.reasons import difference_of, doubts_of
from l10n.text.markup import plain


def as_json(alignment: Alignment) -> dict[str, object]:
    """Return an alignment as `l10n align --format json` prints it."""
    return {
        "version": 1,
        "source": {"path": str(alignment.source.path), "locale": alignment.source.locale},
        "target": {"path": str(alignment.target.path), "locale": alignment.target.locale},
        "warnings": list(alignment.warnings),
        "unrelated": alignment.unrelated,
        "source_segments": [segment.text for segment in alignment.source_segments],
        "target_segments": [segment.text for segment in alignment.target_segments],
        "beads": [
            {
                "source": list(bead.source),
                "target": list(bead.target),
                "score": bead.score,
                "moved": bead.moved,
                "doubts": [doubt.value for doubt in doubts_of(bead, difference_of(alignment, bead))],
            }
            for bead in alignment.beads
        ],
        "units": [
            {"msgctxt": unit.key[0], "msgid": unit.key[1], "msgstr": unit.msgstr, "score": unit.score,
             "note": unit.note}
            for unit in project_beads(alignment)
        ],
        "leftovers": [alignment.target.blocks[block].unit.msgid for block in leftovers(alignment)],
    }  # fmt: skip


def side_by_side(alignment: Alignment, width: int) -> str:
    """Return two columns that fill so many characters together, a score before each bead."""
    column = max(24, (width - 12) // 2)
    lines = []
    for bead in alignment.beads:
        left = _wrapped([alignment.source_segments[i].text for i in bead.source], column)
        right = _wrapped([alignment.target_segments[j].text for j in bead.target], column)
        mark = "~" if bead.moved else " "
        score = f"{bead.score:.2f}" if left and right else "  – "
        for number in range(max(len(left), len(right), 1)):
            head = f"{score} {mark}" if number == 0 else " " * 6
            source = left[number] if number < len(left) else ""
            target = right[number] if number < len(right) else ""
            lines.append(f"{head} {source:<{column}} │ {target}".rstrip())
    return "\n".join(lines)


def _wrapped(texts: Sequence[str], width: int) -> list[str]:
    return [
        line for text in texts for line in textwrap.wrap(plain(text).strip(), width) or [""]
    ]

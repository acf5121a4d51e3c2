"""Beads as lines of text, and the score of a run against a gold alignment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.errors import UsageError
from l10n.interface import gettext as _
from l10n.model import Bead

Groups = tuple[tuple[int, ...], tuple[int, ...]]
"""Source and target segments of one bead, 0-based."""

_LINE = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\](?:\s*:\s*[\d.]+)?")


@dataclass(frozen=True, slots=True)
class Quality:
    """How an alignment compares with a gold one: precision, recall and F1, 0 to 1.

    Strict: the very same bead. Lax: at least one pair of segments in common. Lone segments count in
    precision only. The definitions are those of Sennrich and Volk (2011).
    """

    precision: float
    recall: float
    f1: float
    lax_precision: float
    lax_recall: float
    lax_f1: float


def format_bead(bead: Bead) -> str:
    """Return `[0, 1]:[0]:0.93`; a left-over is `[3]:[]:0`."""
    score = f"{bead.score:.2f}" if bead.source and bead.target else "0"
    return f"{list(bead.source)}:{list(bead.target)}:{score}"


def parse_beads(text: str, path: Path | None = None) -> tuple[Groups, ...]:
    """Read one bead a line, with or without a score; UsageError names the first other line."""
    groups = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        # Gold files come from people: a line that is no bead would silently lower every figure.
        if match is None:
            raise UsageError(
                _("not a bead: {line}").format(line=line.strip()[:60]), path=path, line=number
            )
        groups.append((_numbers(match[1]), _numbers(match[2])))
    return tuple(groups)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.replace(",", " ").split())


def groups_of(beads: Iterable[Bead]) -> tuple[Groups, ...]:
    """Return the segments of each bead."""
    return tuple((tuple(bead.source), tuple(bead.target)) for bead in beads)


def evaluate(pairs: Iterable[tuple[Sequence[Groups], Sequence[Groups]]]) -> Quality:
    """Compare (gold, found) alignments of some documents, counts summed over all of them."""
    tested_counts = [0, 0, 0]
    gold_counts = [0, 0, 0]
    for gold, tested in pairs:
        for counts, beads, reference in (
            (tested_counts, tested, gold),
            (gold_counts, _full(gold), _full(tested)),
        ):
            for place, value in enumerate(_hits(beads, reference)):
                counts[place] += value
    precision, recall, lax_precision, lax_recall = (
        _share(counts[place], counts[0])
        for place in (1, 2)
        for counts in (tested_counts, gold_counts)
    )
    return Quality(
        precision,
        recall,
        _harmonic(precision, recall),
        lax_precision,
        lax_recall,
        _harmonic(lax_precision, lax_recall),
    )


def _full(groups: Sequence[Groups]) -> list[Groups]:
    return [(source, target) for source, target in groups if source and target]


def _hits(tested: Sequence[Groups], reference: Sequence[Groups]) -> tuple[int, int, int]:
    expected = {(s, t) for s, t in reference if s or t}
    links = {(i, j) for s, t in expected for i in s for j in t}
    beads = {(s, t) for s, t in tested if s or t}
    strict = beads & expected
    touching = {(s, t) for s, t in beads - strict if any((i, j) in links for i in s for j in t)}
    return len(beads), len(strict), len(strict) + len(touching)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _harmonic(first: float, second: float) -> float:
    return 2 * first * second / (first + second) if first + second else 0.0


def compare_with_gold(beads: Sequence[Bead], gold: Path) -> Quality:
    """Compare beads with those of a file; UsageError when it cannot be read."""
    try:
        text = gold.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(_("cannot read the gold beads"), path=gold) from error
    return evaluate([(parse_beads(text, gold), groups_of(beads))])

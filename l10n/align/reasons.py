"""What is to be said against a bead, and which articles and beads to look at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from l10n.align.alignment import Alignment
from l10n.align.evidence import readable
from l10n.model import Bead, Doubt
from l10n.text.numbers import same_numbers
from l10n.text.persons import changed_names, lost_persons

GOOD, FAIR = 0.9, 0.6
"""From which score on a bead is shown as good, as fair; below that it is doubtful."""


@dataclass(frozen=True, slots=True)
class DoubtfulBead:
    """A bead that a person should look at."""

    bead: Bead
    doubts: tuple[Doubt, ...]
    source: str
    """What a reader sees of its source segments."""
    target: str
    line: int
    """Of the source article, from 1."""


def doubtful_beads(alignment: Alignment) -> Iterator[DoubtfulBead]:
    """Yield the beads that are not good, and those whose numbers or names differ however good they are, in source order."""
    for bead in alignment.beads:
        if not bead.source or not bead.target:
            continue
        source, target = texts_of(alignment, bead)
        doubts = doubts_of(alignment, bead)
        if bead.score < GOOD or doubts[:1] in ((Doubt.NUMBER,), (Doubt.NAME,)):
            block = alignment.source_segments[bead.source.start].block
            line = alignment.source.blocks[block].line
            yield DoubtfulBead(bead, doubts, source, target, line)


def doubts_of(alignment: Alignment, bead: Bead) -> tuple[Doubt, ...]:
    """Return what is to be said against a bead: what a person sees at once first, then what lowers its score."""
    texts = texts_of(alignment, bead)
    said = differences(*texts, alignment.source.locale, alignment.target.locale)
    return (*said, *bead.doubts) if bead.score < GOOD else said


def differences(
    source: str, target: str, source_locale: str, target_locale: str
) -> tuple[Doubt, ...]:
    """Return whether numbers and names of two texts differ."""
    doubts = []
    if not same_numbers(source, target, source_locale, target_locale):
        doubts.append(Doubt.NUMBER)
    sides = source, target, source_locale, target_locale
    if any(changed_names(*sides)) or any(lost_persons(*sides)):
        doubts.append(Doubt.NAME)
    return tuple(doubts)


def texts_of(alignment: Alignment, bead: Bead) -> tuple[str, str]:
    """Return what a reader sees of both sides of a bead."""
    sides = (
        (alignment.source_segments, bead.source),
        (alignment.target_segments, bead.target),
    )
    source, target = (
        " ".join(" ".join(readable(segments[at].text) for at in part).split())
        for segments, part in sides
    )
    return source, target


def expected_errors(alignment: Alignment) -> float:
    """Return how many beads of an alignment are probably wrong: a score is how often one like it is right."""
    return sum(1 - bead.score for bead in alignment.beads if bead.source and bead.target)


def in_order_of_doubt(beads: Iterable[DoubtfulBead]) -> Sequence[DoubtfulBead]:
    """Return beads, those first that are likeliest wrong."""
    return sorted(beads, key=lambda doubtful: doubtful.bead.score)

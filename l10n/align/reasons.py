"""What is to be said against a bead, and which articles and beads to look at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from l10n.align.alignment import Alignment
from l10n.align.evidence import readable
from l10n.model import Bead, Doubt
from l10n.text.numbers import Side, compare_numbers, read_numbers
from l10n.text.persons import changed_names, lost_persons

GOOD, FAIR = 0.9, 0.6
"""From which score on a bead is shown as good, as fair; below that it is doubtful."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The facts that two texts do not have of each other."""

    doubts: tuple[Doubt, ...]
    """Whether numbers or names are among them."""
    source: tuple[str, ...]
    """How the source writes them."""
    target: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.doubts)


@dataclass(frozen=True, slots=True)
class DoubtfulBead:
    """A bead that a person should look at."""

    bead: Bead
    doubts: tuple[Doubt, ...]
    difference: Difference
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
        difference = difference_of(alignment, bead)
        if bead.score < GOOD or difference:
            block = alignment.source_segments[bead.source.start].block
            line = alignment.source.blocks[block].line
            doubts = doubts_of(bead, difference)
            yield DoubtfulBead(bead, doubts, difference, source, target, line)


def doubts_of(bead: Bead, difference: Difference) -> tuple[Doubt, ...]:
    """Return what is to be said against a bead: what a person sees at once first, then what lowers its score."""
    return (*difference.doubts, *bead.doubts) if bead.score < GOOD else difference.doubts


def difference_of(alignment: Alignment, bead: Bead) -> Difference:
    """Return the numbers and names in which the sides of a bead differ; none where one has no text."""
    if not bead.source or not bead.target:
        return Difference((), (), ())
    source, target = texts_of(alignment, bead)
    locales = alignment.source.locale, alignment.target.locale
    sides = (
        Side(text, locale, read_numbers(text, locale))
        for text, locale in zip((source, target), locales, strict=True)
    )
    numbers = compare_numbers(*sides).pairs
    changed = tuple(changed_names(source, target, *locales))
    lost = tuple(name.text for name in lost_persons(source, target, *locales))
    doubts = ((Doubt.NUMBER, numbers), (Doubt.NAME, changed or lost))
    return Difference(
        tuple(doubt for doubt, facts in doubts if facts),
        (
            *(source[own.first : own.last] for own, _other in numbers if own is not None),
            *(name.text for name, _other in changed),
            *lost,
        ),
        (
            *(target[new.first : new.last] for _own, new in numbers if new is not None),
            *(other.text for _name, other in changed),
        ),
    )


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

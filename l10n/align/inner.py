"""Segments that hold several sentences: paired by sentence first, and put together again.

A line with two sentences may face two lines with one each. As a whole it is like the longer of them, and the shorter is
left out; sentence by sentence both are plain pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from l10n.align.scoring import TYPES, Step
from l10n.model import Bead, Segment
from l10n.text.sentences import split_sentences

Order = list[tuple[Step, bool]]
"""Beads in order, each with whether it moved."""
Link = tuple[int, int]
"""A segment of the source and one of the target."""
_WEAK = 0.3
"""Score below which a pair of sentences joins only what nothing joins better."""


@dataclass(frozen=True, slots=True)
class Inner:
    """The sentences of one side's segments."""

    sentences: tuple[Segment, ...]
    of: tuple[int, ...]
    """The segment that each sentence is part of."""


def split_segments(segments: Sequence[Segment], locale: str) -> Inner:
    """Return the sentences of some segments; each is a block of its own unless segments shared blocks before."""
    sentences: list[Segment] = []
    of: list[int] = []
    has_blocks = len({segment.block for segment in segments}) < len(segments)
    for number, segment in enumerate(segments):
        for text in split_sentences(segment.text, locale) or ("",):
            block = segment.block if has_blocks else len(sentences)
            sentences.append(replace(segment, text=text, block=block))
            of.append(number)
    return Inner(tuple(sentences), tuple(of))


def put_together(beads: Sequence[Bead], source: Inner, target: Inner) -> Order:
    """Return beads of segments that are joined by beads of their sentences; the rest stands alone."""
    scores: dict[Link, float] = {}
    moved: set[Link] = set()
    for bead in beads:
        for link in {(source.of[i], target.of[j]) for i in bead.source for j in bead.target}:
            scores[link] = max(bead.score, scores.get(link, 0.0))
            moved |= {link} if bead.moved else set()
    groups = list(_groups(_strong(scores)))
    paired = [(_as_step(group), group[0] in moved) for group in groups]
    return _in_order(paired, source.of[-1] + 1, target.of[-1] + 1)


def _strong(scores: Mapping[Link, float]) -> dict[Link, float]:
    """Leave out weak links of segments that have a better one."""
    best: tuple[dict[int, float], dict[int, float]] = (defaultdict(float), defaultdict(float))
    for link, score in scores.items():
        for side in (0, 1):
            best[side][link[side]] = max(best[side][link[side]], score)
    return {
        link: score
        for link, score in scores.items()
        if score >= _WEAK or (score >= best[0][link[0]] and score >= best[1][link[1]])
    }


def _groups(scores: Mapping[Link, float]) -> Iterator[list[Link]]:
    """Yield the links of each bead; what would be no bead loses its weakest link until it is one or falls apart."""
    waiting = list(_connected(scores))
    while waiting:
        group = waiting.pop()
        if _is_bead(group):
            yield group
        else:
            weakest = min(group, key=lambda link: (scores[link], link))
            waiting += _connected(link for link in group if link != weakest)


def _connected(links: Iterable[Link]) -> Iterator[list[Link]]:
    """Yield links in groups that share segments."""
    group_of: dict[tuple[int, int], list[Link]] = {}
    for link in links:
        ends = [(side, link[side]) for side in (0, 1)]
        joined = [link]
        for known in {
            id(group_of[end]): group_of[end] for end in ends if end in group_of
        }.values():
            joined += known
        for other in joined:
            for side in (0, 1):
                group_of[side, other[side]] = joined
    yield from {id(group): group for group in group_of.values()}.values()


def _is_bead(group: Sequence[Link]) -> bool:
    sides = [{link[side] for link in group} for side in (0, 1)]
    is_whole = all(max(side) - min(side) + 1 == len(side) for side in sides)
    return is_whole and (len(sides[0]), len(sides[1])) in TYPES


def _as_step(group: Sequence[Link]) -> Step:
    sides = [{link[side] for link in group} for side in (0, 1)]
    source, target = (range(min(side), max(side) + 1) for side in sides)
    return Step(source, target)


def _in_order(paired: Sequence[tuple[Step, bool]], sources: int, targets: int) -> Order:
    """Put beads in source order, and what stands alone where it stands: targets behind the bead before them."""
    taken = [
        {i for step, _moved in paired for i in step.source},
        {j for step, _moved in paired for j in step.target},
    ]
    beads = [*paired]
    beads += [
        (Step(range(i, i + 1), range(0)), False) for i in range(sources) if i not in taken[0]
    ]
    beads.sort(key=lambda bead: bead[0].source.start)
    lone = [j for j in range(targets) if j not in taken[1]]
    order: Order = []
    for step, is_moved in beads:
        while step.target and not is_moved and lone and lone[0] < step.target.start:
            order.append((_lone_target(lone.pop(0)), False))
        order.append((step, is_moved))
    return [*order, *((_lone_target(j), False) for j in lone)]


def _lone_target(j: int) -> Step:
    return Step(range(0), range(j, j + 1))

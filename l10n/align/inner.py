"""Segments that hold several sentences: paired by sentence first, and put together again.

A line with two sentences may face two lines with one each. As a whole it is like the longer of them, and the shorter is
left out; sentence by sentence both are plain pairs.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from l10n.align.bags import Ints
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
    of: Ints
    """The segment that each sentence is part of."""


def split_segments(segments: Sequence[Segment], locale: str) -> Inner:
    """Return the sentences of some segments; each is a block of its own unless segments shared blocks before."""
    sentences: list[Segment] = []
    of: list[int] = []
    has_blocks = len({segment.block for segment in segments}) < len(segments)
    for number, segment in enumerate(segments):
        for text in split_sentences(segment.text, locale) or ("",):
            block = segment.block if has_blocks else len(sentences)
            sentences.append(Segment(text, block, segment.kind))
            of.append(number)
    return Inner(tuple(sentences), np.array(of, dtype=np.int64))


def put_together(beads: Sequence[Bead], source: Inner, target: Inner) -> Order:
    """Return beads of segments that are joined by beads of their sentences; the rest stands alone."""
    scores: dict[Link, float] = {}
    moved: set[Link] = set()
    of, facing_of = source.of.tolist(), target.of.tolist()
    for bead in beads:
        for link in {(of[i], facing_of[j]) for i in bead.source for j in bead.target}:
            scores[link] = max(bead.score, scores.get(link, 0.0))
            moved |= {link} if bead.moved else set()
    paired = [(Step(*group.spans), group.link in moved) for group in _groups(_strong(scores))]
    return _in_order(paired, of[-1] + 1, facing_of[-1] + 1)


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


@dataclass(frozen=True, slots=True)
class _Group:
    """Segments that links hold together."""

    spans: tuple[range, range]
    """From the first to the last segment of either side."""
    counts: tuple[int, int]
    link: Link = (-1, -1)
    """The weakest of the links that it needs."""
    parts: tuple[_Group, ...] = ()
    """What it falls into without that."""

    @property
    def is_bead(self) -> bool:
        """Whether nothing is missing between its segments, and there are not too many."""
        return self.counts in TYPES and self.counts == tuple(map(len, self.spans))


def _groups(scores: Mapping[Link, float]) -> Iterator[_Group]:
    """Yield the groups that are beads; what is none falls apart at its weakest link until it is one.

    So the strongest links are put in first: whoever takes the weakest out of a long chain, again and again, takes hours.
    """
    group_of: dict[tuple[int, int], tuple[int, int]] = {}
    groups: dict[tuple[int, int], _Group] = {}

    def root_of(end: tuple[int, int]) -> tuple[int, int]:
        above = group_of.setdefault(end, end)
        while above != (over := group_of[above]):
            group_of[end] = end = over
            above = group_of[end]
        return above

    for link in sorted(scores, key=lambda link: (scores[link], link), reverse=True):
        first, second = (root_of((side, link[side])) for side in (0, 1))
        if first == second:
            continue
        parts = (groups.get(first) or _alone(first), groups.pop(second, None) or _alone(second))
        groups[first] = _joined(link, parts)
        group_of[second] = first
    waiting = list(groups.values())
    while waiting:
        group = waiting.pop()
        if group.is_bead:
            yield group
        else:
            waiting += group.parts


def _alone(end: tuple[int, int]) -> _Group:
    side, place = end
    spans = (range(place, place + 1), range(0))
    return _Group(spans if side == 0 else spans[::-1], (1, 0) if side == 0 else (0, 1))


def _joined(link: Link, parts: tuple[_Group, _Group]) -> _Group:
    spans, counts = [], []
    for side in (0, 1):
        own = [part.spans[side] for part in parts if part.spans[side]]
        spans.append(range(min(span.start for span in own), max(span.stop for span in own)))
        counts.append(sum(part.counts[side] for part in parts))
    return _Group((spans[0], spans[1]), (counts[0], counts[1]), link, parts)


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
    lone = deque(j for j in range(targets) if j not in taken[1])
    order: Order = []
    for step, is_moved in beads:
        while step.target and not is_moved and lone and lone[0] < step.target.start:
            order.append((_lone_target(lone.popleft()), False))
        order.append((step, is_moved))
    return [*order, *((_lone_target(j), False) for j in lone)]


def _lone_target(j: int) -> Step:
    return Step(range(0), range(j, j + 1))

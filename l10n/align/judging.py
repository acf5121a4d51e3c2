"""Beads weighed one by one, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from l10n.align.bags import Doubles, Ints, products, spread_out
from l10n.align.scoring import LONGEST, TYPES, Prices, Step, Table, run_sizes, worth

Spans = Ints
"""[bead, 4]: the first segment of its source and that behind the last, the same of its target."""


def spans_of(steps: Sequence[Step]) -> Spans:
    """Return where some beads begin and end."""
    ends = ((s.source.start, s.source.stop, s.target.start, s.target.stop) for s in steps)
    return np.fromiter(chain.from_iterable(ends), np.int64, 4 * len(steps)).reshape(-1, 4)


@dataclass(frozen=True, slots=True)
class Fits:
    """How well each of some beads fits, one value a bead."""

    similarity: Doubles
    """Cosine, shrunk towards the threshold where there is little evidence."""
    mass: Doubles
    """How much evidence there is: the product of both norms."""
    misfit: Doubles
    """How badly the lengths fit, 0 to 6."""
    gain: Doubles
    """What the search counted for the bead, coverage aside."""
    vectors: Doubles
    """What of it sentence vectors brought; 0 where there are none."""


def judge(table: Table, steps: Sequence[Step], prices: Prices) -> Fits:
    """Weigh beads one by one, wherever they stand; both sides of each must hold something."""
    return judge_spans(table, spans_of(steps), prices)


def judge_spans(table: Table, spans: Spans, prices: Prices) -> Fits:
    """Weigh beads by where they begin and end."""
    counts = np.stack([spans[:, 1] - spans[:, 0], spans[:, 3] - spans[:, 2]], axis=1)
    ends = spans[:, 1::2] - 1
    source, target = table.source_runs, table.target_runs
    in_source, in_target = (counts[:, 0] - 1, ends[:, 0]), (counts[:, 1] - 1, ends[:, 1])
    mass = source.norms[in_source] * target.norms[in_target]
    common = source.common[in_source] * counts[:, 1] + target.common[in_target] * counts[:, 0]
    shared = _shared(table, spans, counts) - prices.common / 2 * common
    similarity = (shared + prices.shrink * prices.threshold) / (mass + prices.shrink)
    sizes = source.sizes[in_source], target.sizes[in_target]
    off = np.log(sizes[0]) - np.log(sizes[1]) - prices.ratio
    misfit = np.minimum(off * off * np.sqrt(np.minimum(*sizes)) / 2.0, 6.0)
    paid = _paid(prices)[counts[:, 0], counts[:, 1]]
    paid = paid + prices.border * (source.borders[in_source] + target.borders[in_target])
    share = (
        worth(source, in_source, prices)
        * worth(target, in_target, prices)
        / table.usual**prices.mass
    )
    gain = (similarity - prices.threshold - prices.length * misfit) * share - paid
    vectors = _vector_gains(table, counts, ends)
    return Fits(similarity, mass, misfit, gain + vectors, vectors)


def _paid(prices: Prices) -> Doubles:
    """Return [source segments, target segments] what a bead of them costs."""
    paid = np.zeros((LONGEST + 1, LONGEST + 1))
    paid[tuple(np.array(TYPES).T)] = prices.of_types
    return paid


def _shared(table: Table, spans: Spans, counts: Ints) -> Doubles:
    """Return the product of the summed bags of each bead."""
    cells = counts[:, 0] * counts[:, 1]
    bead = np.repeat(np.arange(len(spans)), cells)
    place = spread_out(np.zeros_like(cells), cells)
    sources = spans[bead, 0] + place // counts[bead, 1]
    targets = spans[bead, 2] + place % counts[bead, 1]
    found = products(*table.shared, sources, targets)
    return np.asarray(np.bincount(bead, found, len(spans)), dtype=np.float64)


def _vector_gains(table: Table, counts: Ints, ends: Ints) -> Doubles:
    gains = np.zeros(len(counts))
    if table.vectors is not None:
        for a, b in {(a, b) for a, b in counts.tolist()}:
            alike = np.flatnonzero((counts == (a, b)).all(axis=1))
            last = ends[alike, :1], ends[alike, 1:]
            dots = table.vectors.dots(last[0] - np.arange(a), last[1] - np.arange(b))
            summed = dots.sum(axis=(1, 2), keepdims=True)
            gain = table.vectors.gain((a, b), summed, last, run_sizes(table, (a, b), last))
            gains[alike] = gain[:, 0, 0]
    return gains

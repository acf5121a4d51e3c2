"""Attributes and metadata: paired by what they hang on and by what they say, never by their place in a list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from l10n.align.addresses import neutral_address
from l10n.align.alignment import Lexicon, Translate
from l10n.align.bags import Doubles
from l10n.align.evidence import read_sides
from l10n.align.judging import judge
from l10n.align.scoring import Step, tabulate
from l10n.align.segments import make_sides
from l10n.align.tuned import WITH_ENGINE, WITHOUT_ENGINE
from l10n.model import Article, Bead, Block, Doubt, Kind, Segment

ASIDE = frozenset({Kind.ATTRIBUTE, Kind.METADATA})
SAME_THING = 0.95
"""That two texts about the same address, image or id translate each other, whatever they say.

Of 41 such pairs of `data/sites` that were read by eye 40 did; the other was a title nobody had translated.
"""
SAME_PLACE = 0.85
"""The same for the only one of its kind in two blocks that face each other, times the score of their bead."""
_LEAST = 0.5
"""Below that a pair is more likely wrong than right: both stay alone."""
_PAIRS = 40_000
"""Pairs of texts of one kind up to which all are compared; above only those that hang on the same."""

_TAG = re.compile(r"<[a-zA-Z][^<>]*$")
_NAMES = re.compile(
    r"""(?<![\w-])(href|src|srcset|id|for|name|action|data-src|poster)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"""
)
_IN_MARKDOWN = re.compile(r"""\]\(\s*<?([^\s<>()]+)>?\s*(?:["'(]\s*)?$""")
_AFTER_ALT = re.compile(r"""[^\]\n]*\]\(\s*<?([^\s<>()]+)""")
_BESIDE = 2000
"""Letters around an attribute in which its tag or link stands."""


@dataclass(frozen=True, slots=True)
class Hung:
    """An attribute or metadata value, and what it hangs on."""

    index: int
    """Its block in the article."""
    anchors: frozenset[str]
    """Addresses without their language, ids and names of its element."""
    host: int | None
    """The block of running text that it stands in."""


def hang(article: Article) -> dict[str, list[Hung]]:
    """Return attributes and metadata by what they are, in document order."""
    by_context: dict[str, list[Hung]] = defaultdict(list)
    hosts = _hosts(article.blocks)
    for index, block in enumerate(article.blocks):
        if block.unit.kind in ASIDE:
            context = block.unit.context or block.unit.kind.value
            by_context[context].append(
                Hung(index, frozenset(_anchors(article.text, block)), hosts.get(index))
            )
    return by_context


def _hosts(blocks: Sequence[Block]) -> dict[int, int]:
    """Return for each attribute inside running text the block it stands in."""
    texts = sorted(
        (block.start, block.end, index)
        for index, block in enumerate(blocks)
        if block.unit.kind not in ASIDE
    )
    starts = np.array([start for start, _end, _index in texts])
    hosts = {}
    for index, block in enumerate(blocks):
        if block.unit.kind in ASIDE and texts:
            at = int(np.searchsorted(starts, block.start, side="right")) - 1
            if at >= 0 and block.start < texts[at][1]:
                hosts[index] = texts[at][2]
    return hosts


def _anchors(text: str, block: Block) -> Iterator[str]:
    """Yield what the element of an attribute points at or is called, its language taken off; for a comment its code."""
    if block.role.startswith("code "):
        yield f"code={_line_of_code(text, block)}"
        return
    before = text[max(0, block.start - _BESIDE) : block.start]
    after = text[block.end : block.end + _BESIDE]
    tag = _TAG.search(before)
    if tag is not None:
        rest = after.partition(">")[0]
        for name, value in _NAMES.findall(f"{tag[0]} {rest}"):
            yield f"{_THINGS.get(name.lower(), name.lower())}={neutral_address(value.strip(chr(34) + chr(39)))}"
    link = _IN_MARKDOWN.search(before) or _AFTER_ALT.match(after)
    if tag is None and link is not None:
        yield f"href={neutral_address(link[1])}"


def _line_of_code(text: str, block: Block) -> str:
    """Return the code that a comment or string stands behind on its line, or the next line below a comment of its own."""
    begin = text.rfind("\n", 0, block.start) + 1
    before = text[begin : block.start]
    if re.search(r"[^\W_]", before):
        return " ".join(before.split())
    mark = before.strip(" \t>")
    for line in text[block.end : block.end + _BESIDE].split("\n")[1:]:
        bare = line.strip(" \t>")
        if bare and not (mark and bare.startswith(mark)):
            return " ".join(bare.split())
    return ""


_THINGS = {"src": "href", "srcset": "href", "data-src": "href", "poster": "href"}


def hung_segments(article: Article, hung: Sequence[Hung]) -> tuple[Segment, ...]:
    """Return attributes or metadata as whole segments."""
    units = ((article.blocks[part.index].unit, part.index) for part in hung)
    return tuple(Segment(unit.msgid, index, unit.kind) for unit, index in units)


def pair_hung(
    source: tuple[Article, Sequence[Hung]],
    target: tuple[Article, Sequence[Hung]],
    beads: dict[tuple[int, int], float],
    *,
    locales: tuple[str, str],
    translate: Translate | None,
    lexicon: Lexicon | None,
) -> list[Bead]:
    """Return beads between the texts of one kind, numbered as they are given; every one stands in exactly one bead.

    `beads` has the scores of the blocks of running text that face each other.
    """
    ours, theirs = source[1], target[1]
    scores = np.zeros((len(ours), len(theirs)))
    for (i, j), score in _by_anchor(ours, theirs):
        scores[i, j] = score
    for (i, j), score in _by_place(ours, theirs, beads):
        scores[i, j] = 1 - (1 - scores[i, j]) * (1 - score)
    apart = _told_apart(ours, theirs)
    said = _by_text(source, target, locales, translate, lexicon)
    # What says nothing either way, at one half, adds nothing to what place and address say.
    speaks = np.maximum(0.0, 2 * said - 1)
    scores = np.where(apart, speaks, np.maximum(said, 1 - (1 - scores) * (1 - speaks)))
    return list(_best(scores))


def _by_anchor(
    ours: Sequence[Hung], theirs: Sequence[Hung]
) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the pairs that hang on the same thing: in their order, where it has as many on both sides."""
    places: tuple[dict[str, list[int]], ...] = (defaultdict(list), defaultdict(list))
    for side, hung in enumerate((ours, theirs)):
        for at, part in enumerate(hung):
            for anchor in part.anchors:
                places[side][anchor].append(at)
    for anchor, numbers in places[0].items():
        facing_numbers = places[1].get(anchor, [])
        if len(numbers) == len(facing_numbers):
            for pair in zip(numbers, facing_numbers, strict=True):
                yield pair, SAME_THING


def _by_place(
    ours: Sequence[Hung], theirs: Sequence[Hung], beads: dict[tuple[int, int], float]
) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the pairs that are the only ones of their kind in blocks that face each other, or on both pages."""
    if len(ours) == len(theirs) == 1 and ours[0].host is None and theirs[0].host is None:
        yield (0, 0), SAME_PLACE
        return
    count = Counter(part.host for part in ours), Counter(part.host for part in theirs)
    place = {part.host: at for at, part in enumerate(theirs)}
    for at, part in enumerate(ours):
        if part.host is None or count[0][part.host] != 1:
            continue
        for host, facing in place.items():
            if host is not None and count[1][host] == 1 and (part.host, host) in beads:
                yield (at, facing), SAME_PLACE * beads[part.host, host]


def _told_apart(ours: Sequence[Hung], theirs: Sequence[Hung]) -> NDArray[np.bool_]:
    """Tell of each pair whether one of them hangs on something that another one of the other side hangs on."""
    known = [
        frozenset[str]().union(*(part.anchors for part in side)) for side in (ours, theirs)
    ]
    common = known[0] & known[1]
    marks = [[part.anchors & common for part in side] for side in (ours, theirs)]
    return np.array(
        [[bool(mine | yours) and not mine & yours for yours in marks[1]] for mine in marks[0]]
    ).reshape(len(ours), len(theirs))


def _by_text(
    source: tuple[Article, Sequence[Hung]],
    target: tuple[Article, Sequence[Hung]],
    locales: tuple[str, str],
    translate: Translate | None,
    lexicon: Lexicon | None,
) -> Doubles:
    """Return how likely each pair is by its words alone: the score that a bead of running text would get."""
    shape = len(source[1]), len(target[1])
    if not shape[0] or not shape[1] or shape[0] * shape[1] > _PAIRS:
        return np.zeros(shape)
    sides = make_sides(
        (hung_segments(*source), hung_segments(*target)), locales, translate, lexicon
    )
    is_translated = sides[0].translations or sides[1].translations
    settings = WITH_ENGINE if is_translated else WITHOUT_ENGINE
    table = tabulate(read_sides(*sides), settings.weights)
    steps = [
        Step(range(i, i + 1), range(j, j + 1)) for i in range(shape[0]) for j in range(shape[1])
    ]
    fits = judge(table, steps, settings.prices)
    figures = np.stack(
        [
            np.ones(len(steps)),
            fits.similarity - settings.prices.threshold,
            np.log1p(fits.mass),
            fits.misfit,
        ]
    )
    logits = (np.array(_WORDS) @ figures).reshape(shape)
    logits = logits + _OUTSTANDING * _stands_out(1 / (1 + np.exp(-logits)))
    return np.asarray(1 / (1 + np.exp(-logits)))


_WORDS = (-0.3, 7.0, -0.3, -1.7)
"""Of one, similarity above the threshold, evidence and misfit of lengths: as for beads of running text, but without
anything that speaks for a pair before its words do."""
_OUTSTANDING = 1.8
"""Added for a pair that stands out among several: about what an ordinary document says for each of its beads."""
_AHEAD = 0.1
"""By so much the best counterpart of a text among several must be ahead of the next, on both sides."""


def _stands_out(scores: Doubles) -> NDArray[np.bool_]:
    """Tell of each pair whether each of both is the other's best by far: that is evidence where there are several."""
    result = np.ones(scores.shape, dtype=bool)
    for axis in (0, 1):
        if scores.shape[axis] < _SEVERAL:
            return np.zeros(scores.shape, dtype=bool)
        ranked = np.sort(scores, axis=axis)
        second = np.take(ranked, [-2], axis=axis)
        result &= scores > second + _AHEAD
    return result


_SEVERAL = 3
"""Texts of a kind from which on being the best of them says something."""


_SURE = 0.97
"""Score of an ordinary pair, below which there is something to say."""


def _best(scores: Doubles) -> Iterator[Bead]:
    """Yield pairs, the surest first, each text once; then what is left alone."""
    free = set(range(scores.shape[0])), set(range(scores.shape[1]))
    pairs: dict[int, Bead] = {}
    for at in np.argsort(-scores, axis=None, kind="stable").tolist():
        i, j = divmod(at, scores.shape[1])
        if scores[i, j] < _LEAST:
            break
        if i in free[0] and j in free[1]:
            free[0].discard(i)
            free[1].discard(j)
            score = round(float(scores[i, j]), 3)
            # What lacks is the words: nothing else can speak against a pair.
            doubts = (Doubt.WORDS,) if score < _SURE else ()
            pairs[i] = Bead(range(i, i + 1), range(j, j + 1), score, doubts=doubts)
    for i in range(scores.shape[0]):
        yield pairs.get(i) or Bead(range(i, i + 1), range(0), 0.0)
    for j in sorted(free[1]):
        yield Bead(range(0), range(j, j + 1), 0.0)

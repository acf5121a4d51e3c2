"""From segments to beads: two passes of the search, moved blocks, and scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from l10n.align.alignment import Lexicon, Translate
from l10n.align.anchors import cut_table, rare_pairs
from l10n.align.borders import BORDERS, settle_borders
from l10n.align.calibration import COEFFICIENTS, describe, explain, probabilities
from l10n.align.doubt import look_again
from l10n.align.encoders import Encode
from l10n.align.evidence import Corpus, Side, learn, read_sides, readable
from l10n.align.inner import Order, put_together, split_segments
from l10n.align.joints import Joint, settle_joints
from l10n.align.judging import judge
from l10n.align.scoring import Piece, Prices, Step, Table, tabulate
from l10n.align.search import best_paths
from l10n.align.tuned import WITH_ENGINE, WITHOUT_ENGINE, Settings
from l10n.languages import language_of, primary
from l10n.languages.folding import fold_for_search
from l10n.model import Bead, Kind, Segment

Sides = tuple[Sequence[Segment], Sequence[Segment]]
"""Segments of the source, and of the translation."""


def align_segments(
    source: Sequence[Segment],
    target: Sequence[Segment],
    *,
    source_locale: str,
    target_locale: str,
    translate: Translate | None = None,
    lexicon: Lexicon | None = None,
    encode: Encode | None = None,
) -> tuple[Bead, ...]:
    """Group the segments of both sides into beads; every segment stands in exactly one.

    `translate` gives a translation of one side, `lexicon` pairs of words that the project knows
    already, `encode` vectors of the sentences that these leave in doubt: each helps, none is needed.
    Beads come in source order, lone target segments where they stand in the target; the same input
    gives the same beads.
    """
    if not source or not target:
        return (
            *(Bead(range(i, i + 1), range(0), 0.0) for i in range(len(source))),
            *(Bead(range(0), range(j, j + 1), 0.0) for j in range(len(target))),
        )
    aids = Aids(translate, lexicon, encode)
    return _align((source, target), (source_locale, target_locale), aids, are_lines=True)


@dataclass(frozen=True, slots=True)
class Aids:
    """What may help to align, see `align_segments`."""

    translate: Translate | None = None
    lexicon: Lexicon | None = None
    encode: Encode | None = None


def _align(
    sides: Sides, locales: tuple[str, str], aids: Aids, *, are_lines: bool
) -> tuple[Bead, ...]:
    table, prices, order, settings = search(sides, locales, aids, are_lines=are_lines)
    borders = settings.borders if table.vectors is None else BORDERS
    order = settle_borders(table, prices, order, borders)
    order, answers = settle_joints(table, prices, order, settings.joints)
    return _beads(table, prices, order, settings, borders, answers=answers)


def search(
    sides: Sides, locales: tuple[str, str], aids: Aids, *, are_lines: bool = True
) -> tuple[Table, Prices, Order, Settings]:
    """Return the table of two sides and their beads, before anything is settled or scored.

    Lines may hold several sentences: these are aligned first.
    """
    source_side, target_side, common = make_sides(sides, locales, aids.translate, aids.lexicon)
    is_translated = source_side.translations or target_side.translations
    settings = WITH_ENGINE if is_translated else WITHOUT_ENGINE
    table, prices, steps = find_path(read_sides(source_side, target_side, common), settings)
    if aids.encode is not None:
        table, steps = look_again(
            table,
            prices,
            steps,
            settings,
            texts=(source_side.texts, target_side.texts),
            encode=aids.encode,
        )
    if table.vectors is not None:
        # What beads score with vectors was taught without asking whether two are one.
        settings = replace(settings, joints=())
    inner = (
        [split_segments(*side) for side in zip(sides, locales, strict=True)]
        if are_lines
        else []
    )
    if any(len(lines.sentences) > len(side) for lines, side in zip(inner, sides, strict=False)):
        source, target = inner
        beads = _align((source.sentences, target.sentences), locales, aids, are_lines=False)
        return table, prices, put_together(beads, source, target), settings
    steps, moved = find_moved(table, prices, steps, settings)
    return table, prices, with_titles(with_moved(steps, moved), sides), settings


def make_sides(
    segments: Sides,
    locales: tuple[str, str],
    translate: Translate | None,
    lexicon: Lexicon | None,
) -> tuple[Side, Side, str]:
    """Return both sides ready to be read, and the language they are compared in: English where one has it."""
    languages = [primary(locale) for locale in locales]
    common = 0 if languages[0] == _COMMON else 1
    words = _shared_entries(lexicon or {}, languages[0], languages[1])
    sides = []
    has_blocks = any(len({segment.block for segment in side}) < len(side) for side in segments)
    for at, side_segments in enumerate(segments):
        texts = tuple(readable(segment.text) for segment in side_segments)
        kinds = tuple("" if s.kind in _PLAIN else s.kind.value for s in side_segments)
        blocks = tuple(segment.block for segment in side_segments) if has_blocks else ()
        sides.append(
            Side(texts, languages[at], None, blocks, kinds if any(kinds) else (), words[at])
        )
    if translate is not None and languages[0] != languages[1]:
        # An engine may know one direction only.
        for into in (common, 1 - common):
            side = sides[1 - into]
            translations = tuple(translate(side.texts, locales[1 - into], locales[into]))
            # An engine without this pair answers with nothing.
            if any(translations):
                sides[1 - into] = replace(side, translations=translations)
                return sides[0], sides[1], languages[into]
    return sides[0], sides[1], languages[common]


_COMMON = "en"
"""Compared in where a side has it: it inflects least, so stems and translations meet most often."""
_PLAIN = frozenset({Kind.PARAGRAPH, Kind.OTHER, Kind.STANDFIRST})


def _shared_entries(
    lexicon: Lexicon, source: str, target: str
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return the stems of a lexicon's words on both sides, with the names of the entries they share."""
    entries: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})
    stems = language_of(source).stem, language_of(target).stem
    for word, partners in lexicon.items():
        name = f"+{fold_for_search(word)}"
        for side, cut, words in ((0, stems[0], (word,)), (1, stems[1], tuple(partners))):
            for form in words:
                root = cut(fold_for_search(form))
                entries[side][root] = (*entries[side].get(root, ()), name)
    return entries


def _beads(
    table: Table,
    prices: Prices,
    order: Sequence[tuple[Step, bool]],
    settings: Settings,
    borders: Sequence[float],
    *,
    answers: Mapping[Joint, float],
) -> tuple[Bead, ...]:
    """Score the beads of a path, each with whether it moved; `answers` tells what is known of those that touch."""
    rows = describe(table, prices, order, borders, settings.joints, answers=answers)
    coefficients = settings.calibration if table.vectors is None else COEFFICIENTS
    scores = probabilities(rows, coefficients)
    doubts = explain(rows, coefficients, order, scores)
    return tuple(
        Bead(step.source, step.target, float(score), moved, told)
        for (step, moved), score, told in zip(order, scores, doubts, strict=True)
    )


def find_path(corpus: Corpus, settings: Settings) -> tuple[Table, Prices, list[Step]]:
    """Search twice; the second pass knows the document's own words and how parallel the sides are."""
    table = tabulate(*corpus.weigh(settings.weights))
    steps = _best_path(table, settings.prices)
    corpus = learn(
        corpus,
        [(s.source, s.target) for s in steps if s.source and s.target],
        least=settings.dice,
    )
    prices = _priced_for(steps, settings)
    # Weighed again: what was learnt changes how rare everything is.
    table = tabulate(*corpus.weigh(settings.weights))
    return table, prices, _best_path(table, prices)


def _best_path(table: Table, prices: Prices) -> list[Step]:
    paths = best_paths(table, prices, cut_table(table))
    return [step for path in paths for step in path]


def _priced_for(steps: Sequence[Step], settings: Settings) -> Prices:
    """Make lone segments dearer for texts that the first pass found nearly parallel.

    Lone segments that stand opposite others prove little: they may be pairs without evidence.
    """
    free = sum(abs(s - t) + settings.parity_facing * min(s, t) for s, t in _lone_runs(steps))
    size = sum(len(step.source) + len(step.target) for step in steps)
    dearer = settings.parity * max(0.0, 1 - free / max(size, 1) / settings.parity_share)
    prices = settings.prices
    return replace(prices, alone=prices.alone + dearer, gap=prices.gap + dearer)


def _lone_runs(steps: Sequence[Step]) -> Iterator[tuple[int, int]]:
    """Yield (source, target) counts of each run of lone segments between two beads."""
    s = t = 0
    for step in steps:
        if step.source and step.target:
            yield s, t
            s = t = 0
        else:
            s += len(step.source)
            t += len(step.target)
    yield s, t


def find_moved(
    table: Table, prices: Prices, steps: Sequence[Step], settings: Settings
) -> tuple[list[Step], list[Step]]:
    """Return beads between segments that a path left alone: blocks that stand elsewhere in the other text.

    Each run of lone source segments is searched against each run of lone target segments; the pair of
    runs that gains most is taken first, and what is left of both is searched again.
    """
    doubted = _doubted(table, prices, steps, settings.weak)
    sources = _runs([step.source for step in steps if not step.target or step in doubted])
    targets = _runs([step.target for step in steps if not step.source or step in doubted])
    facing = _facing(steps)
    moved: list[Step] = []
    scored: dict[Piece, tuple[float, list[Step]]] = {}
    pieces = _promising(table, sources, targets)
    while pieces:
        new = [piece for piece in pieces if piece not in scored]
        for piece, (gain, beads) in zip(
            new, _best_stretches(table, prices, new, doubted), strict=True
        ):
            near = _distance(piece, facing) <= _NEAR
            least = settings.moved * (settings.near if near else 1.0)
            scored[piece] = gain / least, beads
        best = max(pieces, key=lambda p: (scored[p][0], -p.source.start, -p.target.start))
        gain, beads = scored[best]
        # Nothing that is left gains what a block must gain to be believed elsewhere.
        if gain < 1:
            break
        moved += beads
        pieces = [smaller for piece in pieces for smaller in _without(piece, best, beads)]
    return _broken_up(steps, moved), moved


_NEAR = 3
"""Up to so many segments away a block has only changed places with its neighbours."""


def _facing(steps: Sequence[Step]) -> list[int]:
    """Return for each source segment how many target segments a path has passed before it."""
    facing: list[int] = []
    passed = 0
    for step in steps:
        facing += [passed] * len(step.source)
        passed += len(step.target)
    return facing


def _distance(piece: Piece, facing: Sequence[int]) -> int:
    source, target = piece.source, piece.target
    return min(
        abs(target.start - facing[source.stop - 1]), abs(target.stop - facing[source.start])
    )


def _doubted(
    table: Table, prices: Prices, steps: Sequence[Step], most: float
) -> dict[Step, float]:
    """Return the beads of a path that gain next to nothing, and what they gain."""
    beads = [step for step in steps if step.source and step.target]
    if not beads:
        return {}
    gains = judge(table, beads, prices).gain.tolist()
    return {
        bead: max(0.0, gain) for bead, gain in zip(beads, gains, strict=True) if gain <= most
    }


def _broken_up(steps: Sequence[Step], moved: Sequence[Step]) -> list[Step]:
    """Return a path in which beads that moved ones took a segment of have fallen apart."""
    sources = {i for step in moved for i in step.source}
    targets = {j for step in moved for j in step.target}
    whole: list[Step] = []
    for step in steps:
        if not sources.isdisjoint(step.source) or not targets.isdisjoint(step.target):
            whole += [Step(range(i, i + 1), range(0)) for i in step.source]
            whole += [Step(range(0), range(j, j + 1)) for j in step.target]
        else:
            whole.append(step)
    return whole


def with_moved(steps: Sequence[Step], moved: Sequence[Step]) -> list[tuple[Step, bool]]:
    """Put moved beads where their source stands; tells of each bead whether it moved."""
    taken_source = {i: step for step in moved for i in step.source}
    taken_target = {j for step in moved for j in step.target}
    order: list[tuple[Step, bool]] = []
    for step in steps:
        if step.source and not step.target and step.source.start in taken_source:
            bead = taken_source[step.source.start]
            if bead.source.start == step.source.start:
                order.append((bead, True))
        elif step.source or step.target.start not in taken_target:
            order.append((step, False))
    return order


def with_titles(order: Sequence[tuple[Step, bool]], segments: Sides) -> list[tuple[Step, bool]]:
    """Pair titles that stand alone just before both halves of a bead.

    A title may share no word with its translation, but what follows it tells.
    """
    lone_sources = {step.source.start for step, _moved in order if not step.target}
    lone_targets = {step.target.start for step, _moved in order if not step.source}
    pairs: dict[int, tuple[int, bool]] = {}
    for step, moved in order:
        i, j = step.source.start - 1, step.target.start - 1
        facing = step.source and step.target and i in lone_sources and j in lone_targets
        if facing and {segments[0][i].kind, segments[1][j].kind} <= _TITLES:
            pairs[i] = j, moved
    used = {j for j, _moved in pairs.values()}
    paired: list[tuple[Step, bool]] = []
    for step, moved in order:
        if not step.target and step.source.start in pairs:
            j, with_block = pairs[step.source.start]
            paired.append((Step(step.source, range(j, j + 1)), with_block))
        elif step.source or step.target.start not in used:
            paired.append((step, moved))
    return paired


_TITLES = frozenset({Kind.HEADLINE, Kind.HEADING, Kind.QUESTION})


def _runs(parts: Sequence[range]) -> list[range]:
    """Join neighbouring ranges."""
    runs: list[range] = []
    for part in parts:
        if runs and runs[-1].stop == part.start:
            runs[-1] = range(runs[-1].start, part.stop)
        else:
            runs.append(part)
    return runs


def _promising(table: Table, sources: Sequence[range], targets: Sequence[range]) -> list[Piece]:
    """Return the pairs of runs that share a rare feature or are few enough to try them all."""
    if len(sources) * len(targets) <= _TRY_ALL:
        return [Piece(source, target) for source in sources for target in targets]
    run_of = [{i: k for k, run in enumerate(runs) for i in run} for runs in (sources, targets)]
    whole = Piece(range(len(table.source)), range(len(table.target)))
    rows, columns, _weights = rare_pairs(table.source, table.target, whole)
    shared: dict[tuple[int, int], int] = {}
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        source_run, target_run = run_of[0].get(i), run_of[1].get(j)
        if source_run is not None and target_run is not None:
            shared[source_run, target_run] = shared.get((source_run, target_run), 0) + 1
    return [
        Piece(sources[source_run], targets[target_run])
        for (source_run, target_run), count in sorted(shared.items())
        if count >= 2
    ]


_TRY_ALL = 2000
"""Pairs of runs up to which rare features need not be asked first."""


def _best_stretches(
    table: Table, prices: Prices, pieces: Sequence[Piece], doubted: dict[Step, float]
) -> list[tuple[float, list[Step]]]:
    """Return the best stretch of beads in each piece, after what it gains."""
    paths = [
        [step for step in path if step.source and step.target]
        for path in best_paths(table, prices, pieces)
    ]
    beads = [step for path in paths for step in path]
    if not beads:
        return [(0.0, []) for _path in paths]
    gains = dict(zip(beads, judge(table, beads, prices).gain.tolist(), strict=True))
    lost = {i: gain / len(step.source) for step, gain in doubted.items() for i in step.source}
    lost_target = {
        j: gain / len(step.target) for step, gain in doubted.items() for j in step.target
    }
    stretches = []
    for path in paths:
        gained = []
        for step in path:
            # What its segments were worth where the path had them is lost when they move.
            given_up = sum(lost.get(i, 0.0) for i in step.source)
            given_up += sum(lost_target.get(j, 0.0) for j in step.target)
            gained.append(-1.0 if step in doubted else gains[step] - given_up)
        stretches.append(_best_stretch(path, gained))
    return stretches


def _best_stretch(path: list[Step], gains: Sequence[float]) -> tuple[float, list[Step]]:
    best, begin, end, total, start = 0.0, 0, 0, 0.0, 0
    for index, gain in enumerate(gains):
        # Kadane's maximum subarray: a prefix that loses is never worth keeping.
        if total <= 0:
            total, start = 0.0, index
        total += gain
        if total > best:
            best, begin, end = total, start, index + 1
    return best, path[begin:end]


def _without(piece: Piece, best: Piece, beads: Sequence[Step]) -> list[Piece]:
    """Return what is left of a pair of runs once some beads are taken out of another pair."""
    sources, targets = [piece.source], [piece.target]
    if piece.source == best.source:
        sources = _between(piece.source, [bead.source for bead in beads])
    if piece.target == best.target:
        targets = _between(piece.target, [bead.target for bead in beads])
    return [Piece(source, target) for source in sources for target in targets]


def _between(run: range, taken: Sequence[range]) -> list[range]:
    """Return what ranges in ascending order leave of a run; between two that moved another block may stand."""
    edges = [run.start, *(edge for part in taken for edge in (part.start, part.stop)), run.stop]
    parts = (range(start, stop) for start, stop in zip(edges[::2], edges[1::2], strict=True))
    return [part for part in parts if part]

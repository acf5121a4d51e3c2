"""From segments to beads: two passes of the search, moved blocks, and scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from l10n.align.alignment import Lexicon, Translate
from l10n.align.anchors import cut_table
from l10n.align.bags import Doubles
from l10n.align.borders import BORDERS, settle_borders
from l10n.align.calibration import COEFFICIENTS, describe, explain, probabilities
from l10n.align.doubt import look_again
from l10n.align.encoders import Encode
from l10n.align.evidence import Corpus, Side, learn, read_sides, readable
from l10n.align.inner import Order, put_together, split_segments
from l10n.align.joints import JOINTS, settle_joints
from l10n.align.moved import find_moved, with_moved
from l10n.align.scoring import Prices, Step, Table, tabulate
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
    return settle(search((source, target), (source_locale, target_locale), aids))


@dataclass(frozen=True, slots=True)
class Aids:
    """What may help to align, see `align_segments`."""

    translate: Translate | None = None
    lexicon: Lexicon | None = None
    encode: Encode | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, before anything is settled or scored."""

    table: Table
    prices: Prices
    order: Order
    settings: Settings
    is_by_sentence: bool = False
    """Its segments hold several sentences, and their beads were put together from those of the sentences."""


def search(
    sides: Sides, locales: tuple[str, str], aids: Aids, settings: Settings | None = None
) -> Found:
    """Search two sides for beads; `settings` are other ones than those that were tuned.

    Segments may hold several sentences: these are aligned, and put together again.
    """
    source, target = (split_segments(*side) for side in zip(sides, locales, strict=True))
    inner = source.sentences, target.sentences
    corpus, found = _search_sentences(inner, locales, aids, settings)
    if all(len(sentences) == len(side) for sentences, side in zip(inner, sides, strict=True)):
        return found
    of = source.of, target.of
    table = tabulate(corpus.joined(of), found.settings.weights)
    vectors = found.table.vectors
    if vectors is not None:
        table = replace(table, vectors=vectors.joined(of))
    order = put_together(settle(found), source, target)
    return replace(found, table=table, order=order, is_by_sentence=True)


def _search_sentences(
    sides: Sides, locales: tuple[str, str], aids: Aids, settings: Settings | None
) -> tuple[Corpus, Found]:
    source_side, target_side, common = make_sides(sides, locales, aids.translate, aids.lexicon)
    if settings is None:
        is_translated = source_side.translations or target_side.translations
        settings = WITH_ENGINE if is_translated else WITHOUT_ENGINE
    path = find_path(read_sides(source_side, target_side, common), settings)
    table, steps = path.table, path.steps
    if aids.encode is not None:
        table, steps = look_again(
            table,
            path.prices,
            steps,
            settings,
            texts=(source_side.texts, target_side.texts),
            encode=aids.encode,
        )
    steps, moved = find_moved(table, path.prices, steps, settings)
    order = with_titles(with_moved(steps, moved), sides)
    return path.corpus, Found(table, path.prices, order, settings)


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


def settle(found: Found) -> tuple[Bead, ...]:
    """Ask what belongs to each bead, and score it."""
    settled, rows = describe_settled(found)
    coefficients = calibration_of(found)
    scores = probabilities(rows, coefficients)
    doubts = explain(rows, coefficients, settled.order, scores)
    return tuple(
        Bead(step.source, step.target, float(score), moved, told)
        for (step, moved), score, told in zip(settled.order, scores, doubts, strict=True)
    )


def describe_settled(found: Found) -> tuple[Found, Doubles]:
    """Return the same with its borders and joints settled, and `calibration.FEATURES` of each bead."""
    table, prices = found.table, found.prices
    borders, joints = borders_of(found), joints_of(found)
    order = settle_borders(table, prices, found.order, borders)
    order, answers = settle_joints(table, prices, order, joints)
    rows = describe(table, prices, order, borders, joints, answers=answers)
    return replace(found, order=order), rows


def borders_of(found: Found) -> tuple[float, ...]:
    """Return the coefficients of `borders.FEATURES`, or of WITH_VECTORS."""
    return found.settings.borders if found.table.vectors is None else BORDERS


def joints_of(found: Found) -> tuple[float, ...]:
    """Return the coefficients of `joints.FEATURES`; none where sentences told already what is one bead.

    Asked again as wholes, lines were parted 10 times in 45 documents that a sentence crosses, each time wrongly.
    """
    if found.is_by_sentence:
        return ()
    return found.settings.joints if found.table.vectors is None else JOINTS


def calibration_of(found: Found) -> tuple[float, ...]:
    """Return the coefficients of `calibration.FEATURES`, or of WITH_VECTORS."""
    return found.settings.calibration if found.table.vectors is None else COEFFICIENTS


@dataclass(frozen=True, slots=True)
class Path:
    """The cheapest way through two texts, and by what it was found."""

    corpus: Corpus
    """With what the document has taught."""
    table: Table
    prices: Prices
    steps: list[Step]


def find_path(corpus: Corpus, settings: Settings) -> Path:
    """Search twice; the second pass knows the document's own words and how parallel the sides are."""
    table = tabulate(corpus, settings.weights)
    steps = _best_path(table, settings.prices)
    corpus = learn(
        corpus,
        [(s.source, s.target) for s in steps if s.source and s.target],
        least=settings.dice,
    )
    prices = _priced_for(steps, settings)
    # Weighed again: what was learnt changes how rare everything is.
    table = tabulate(corpus, settings.weights)
    return Path(corpus, table, prices, _best_path(table, prices))


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

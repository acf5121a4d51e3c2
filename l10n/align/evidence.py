"""What speaks for two segments being translations: weighted features, the same on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from l10n.align.bags import Bags, Floats, Ints, spread_out
from l10n.languages import language_of
from l10n.languages.folding import fold_for_search
from l10n.text.lexicon import cognate, word_table
from l10n.text.names import looks_like_name
from l10n.text.references import decode_references


class Feature(IntEnum):
    """Kinds of evidence; each has one weight."""

    STEM = 0
    """A word of the common language, read or machine-translated."""
    FUNCTION = 1
    """The same for the words that every sentence has."""
    ENTRY = 2
    """An entry of the word table that the word stands in."""
    FUNCTION_ENTRY = 3
    PREFIX = 4
    """First letters of a word, spelt as cognates are."""
    LONG_PREFIX = 5
    NUMBER = 6
    NAME = 7
    """A capitalised word, an acronym or an identifier, as it stands."""
    SIGN = 8
    """Question, exclamation, quotation, colon, parenthesis."""
    LEARNT = 9
    """A word that this document, or the project's memory, pairs with one of the other side."""
    LONE = 10
    """A word of the language that is not the common one: matches nothing, but is learnt from."""
    KIND = 11
    """What its block is, where it is no plain paragraph: headings face headings."""
    FACT = 12
    """A figure, an acronym or a piece of code, which the other side should have as it stands: no evidence for a pair, but its lack
    is one against it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts, and how far rare features count more."""

    of: Mapping[Feature, float]
    rarity: float


@dataclass(frozen=True, slots=True)
class Side:
    """The segments of one side, ready to be compared."""

    texts: tuple[str, ...]
    language: str
    translations: tuple[str, ...] | None = None
    """In the common language; None when this side is in it, or when there is no engine."""
    blocks: tuple[int, ...] = ()
    """Which block each segment is part of; empty where that is not known."""
    kinds: tuple[str, ...] = ()
    """What the block of each segment is; empty when that is not known, or for a plain paragraph."""
    lexicon: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Stems of this side's language → names of entries that both sides' lexicons share."""


_MARKUP = re.compile(r"</?[a-z][a-z-]*[1-9][0-9]*/?>|<omit/>")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]+|\d+")
_SPACED_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_SIGNS = {
    "?": "?", "!": "!", ":": ":", ";": ";", "(": "(", "%": "%", "€": "€", "$": "$", "£": "£",
    '"': '"', "“": '"', "«": '"', "…": "…", "→": "→", "=": "=", "/": "/", "@": "@",
}  # fmt: skip
_CODE = re.compile(r"_|[a-z][A-Z]|^[A-Z]{2,}$")
_IN_WORDS = 1e-3
"""How much a number in words is a fact: it answers one in figures, and need not be answered."""
_WORD_OR_SIGN = re.compile(f"{_WORD.pattern}|[{re.escape(''.join(_SIGNS))}]")


def readable(text: str) -> str:
    """Return what a reader sees of a segment: tokens out, entities decoded."""
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return decode_references(text)


class _Features(dict[tuple[Feature, str], int]):
    """Numbers for features, given out as they are met."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[Feature] = []

    def __missing__(self, feature: tuple[Feature, str]) -> int:
        number = self[feature] = len(self.kinds)
        self.kinds.append(feature[0])
        return number


class _Words(dict[str, int]):
    """The words and signs of one language, numbered as they are met; each is turned into features once."""

    def __init__(
        self, features: _Features, side: Side, common: str, *, translated: bool = False
    ) -> None:
        """Read a side's texts, or their translations into the common language."""
        super().__init__()
        language = common if translated else side.language
        self._ids = features
        self._raw = not translated
        self._is_common = language == common
        self._stem = language_of(language).stem
        self._entries: Mapping[str, tuple[str, ...]] = {}
        self._functions: frozenset[str] = frozenset()
        table = word_table()
        if table.pairs(language, common):
            self._entries = table.concepts[language]
            self._functions = table.function_words[language]
        self._more = side.lexicon if self._raw else {}
        self._start = [0]
        self._features: list[int] = []
        self._shares: list[float] = []

    def __missing__(self, word: str) -> int:
        for name, share in self._evidence(word):
            self._features.append(self._ids[name])
            self._shares.append(share)
        self._start.append(len(self._features))
        number = self[word] = len(self)
        return number

    def read(self, texts: Sequence[str]) -> tuple[Ints, Ints, NDArray[np.float64]]:
        """Return (row, feature, share) of what stands in some texts, in their order."""
        pattern = _WORD_OR_SIGN if self._raw else _WORD
        words = [
            list(map(self.__getitem__, pattern.findall(_SPACED_THOUSANDS.sub("", text))))
            # Without words or signs, such as `***`: the text itself, should the other side have it.
            or [self[text[:40]]]
            for text in texts
        ]
        number = np.fromiter(chain.from_iterable(words), np.int64)
        rows = np.repeat(np.arange(len(words)), [len(row) for row in words])
        start = np.array(self._start)
        counts = np.diff(start)[number]
        entries = spread_out(start[number], counts)
        numbers = np.array(self._features, dtype=np.int64)
        return np.repeat(rows, counts), numbers[entries], np.array(self._shares)[entries]

    def _evidence(self, word: str) -> Iterator[tuple[tuple[Feature, str], float]]:
        if word[:1].isdigit():
            number = re.sub(r"[.,]", "", word)
            yield (Feature.NUMBER, number), 1.0
            if self._raw:
                yield (Feature.FACT, number), 1.0
        elif word in _SIGNS:
            yield (Feature.SIGN, _SIGNS[word]), 1.0
        elif _WORD.fullmatch(word):
            yield from self._of_word(word)
        elif self._raw and word.strip():
            yield (Feature.NAME, word.strip()), 1.0

    def _of_word(self, word: str) -> Iterator[tuple[tuple[Feature, str], float]]:
        folded = fold_for_search(word)
        root = self._stem(folded)
        function = root in self._functions
        if self._is_common:
            yield (Feature.FUNCTION if function else Feature.STEM, root), 1.0
        elif not function:
            # Matches nothing in the other language, but `learn` finds what it stands opposite.
            yield (Feature.LONE, root), 1.0
        entries = self._entries.get(root, ()) + self._more.get(root, ())
        for entry in entries:
            if entry.startswith("#"):
                yield (Feature.NUMBER, entry[1:]), 1.0
                if self._raw:
                    yield (Feature.FACT, entry[1:]), _IN_WORDS
            else:
                kind = Feature.FUNCTION_ENTRY if function else Feature.ENTRY
                # A word of several meanings says less for each of them.
                yield (kind, entry), len(entries) ** -0.5
        # A machine translation has no spelling of its own; function words are alike by chance.
        if not self._raw or function:
            return
        spelt = cognate(folded)
        if len(spelt) >= 4:
            yield (Feature.PREFIX, spelt[:4]), 1.0
        if len(spelt) >= 6:
            yield (Feature.LONG_PREFIX, spelt[:6]), 1.0
        if looks_like_name(word):
            yield (Feature.NAME, folded), 1.0
        if _CODE.search(word):
            yield (Feature.FACT, folded), 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The features of one side, counted; sorted by row and feature."""

    rows: Ints
    features: Ints
    shares: Floats
    """How often each feature stands in its row; of several meanings less."""
    sizes: Floats
    blocks: Ints
    sentences: Ints
    asks: NDArray[np.bool_]

    def weigh(self, by_feature: Floats) -> Bags:
        """Return the bags of this side."""
        # What stands several times in one row counts less the second time.
        damped = np.where(self.shares > 1, 1 + np.log(np.maximum(self.shares, 1)), self.shares)
        weights = damped * by_feature[self.features]
        positive = weights > 0
        starts = np.zeros(len(self.sizes) + 1, dtype=np.int64)
        counts = np.bincount(self.rows[positive], minlength=len(self.sizes))
        np.cumsum(counts, out=starts[1:])
        return Bags(
            starts,
            self.features[positive],
            weights[positive],
            self.sizes,
            self.blocks,
            self.sentences,
            self.asks,
        )

    def joined(self, of: Ints) -> Reading:
        """Return the same with rows put together; `of` has for each row that of which it becomes part."""
        counts = np.bincount(of)
        rows = _merge(of[self.rows], self.features, self.shares.astype(np.float64))
        # A space between two.
        sizes = (np.bincount(of, self.sizes) + counts - 1).astype(np.float32)
        blocks = self.blocks[np.cumsum(counts) - counts]
        return Reading(*rows, sizes, blocks, counts, np.bincount(of, self.asks) > 0)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Both sides with their features counted, before anything is weighed."""

    kinds: NDArray[np.int64]
    """`Feature` of each feature id."""
    sides: tuple[Reading, Reading]

    def weigh(self, weights: Weights) -> tuple[Bags, Bags]:
        """Return the weighted bags of both sides."""
        count = len(self.kinds)
        total = sum(len(side.sizes) for side in self.sides)
        frequency = sum(np.bincount(side.features, minlength=count) for side in self.sides)
        rarity = np.log1p(total / (1.0 + frequency)) ** weights.rarity
        # That a text has a single heading makes it no better evidence than one of many.
        rarity[self.kinds == Feature.KIND] = 1.0
        by_feature = (
            np.array([weights.of.get(kind, 0.0) for kind in Feature])[self.kinds] * rarity
        ).astype(np.float32)
        source, target = (side.weigh(by_feature) for side in self.sides)
        return source, target

    def facts(self) -> tuple[Bags, Bags]:
        """Return bags of nothing but facts."""
        by_feature = (self.kinds == Feature.FACT).astype(np.float32)
        source, target = (side.weigh(by_feature) for side in self.sides)
        return source, target

    def joined(self, of: tuple[Ints, Ints]) -> Corpus:
        """Return the same with rows of both sides put together, see `Reading.joined`."""
        source, target = (
            side.joined(parts) for side, parts in zip(self.sides, of, strict=True)
        )
        return replace(self, sides=(source, target))


def read_sides(source: Side, target: Side, common: str) -> Corpus:
    """Read both sides, of which each row is a sentence, into features of one space."""
    features = _Features()
    ours, theirs = (_read_side(side, features, common) for side in (source, target))
    return Corpus(np.array(features.kinds, dtype=np.int64), (ours, theirs))


def _asks_of(side: Side) -> NDArray[np.bool_]:
    return np.array(["?" in text for text in side.texts], dtype=np.bool_)


def _blocks_of(side: Side) -> Ints:
    return np.array(side.blocks or (0,) * len(side.texts), dtype=np.int64)


def _sizes_of(side: Side) -> Floats:
    translations = side.translations or side.texts
    sizes = [
        len((to or text).strip()) for text, to in zip(side.texts, translations, strict=True)
    ]
    return np.array(sizes, dtype=np.float32)


def _read_side(side: Side, numbers: _Features, common: str) -> Reading:
    parts = [_Words(numbers, side, common).read(side.texts)]
    if side.translations is not None:
        parts.append(_Words(numbers, side, common, translated=True).read(side.translations))
    if side.kinds:
        rows = np.array([row for row, kind in enumerate(side.kinds) if kind], dtype=np.int64)
        kinds = [numbers[Feature.KIND, kind] for kind in side.kinds if kind]
        parts.append((rows, np.array(kinds, dtype=np.int64), np.ones(len(rows))))
    rows, features, shares = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Reading(
        *_merge(rows, features, shares),
        _sizes_of(side),
        _blocks_of(side),
        np.ones(len(side.texts), dtype=np.int64),
        _asks_of(side),
    )


def _merge(
    rows: Ints, features: Ints, shares: NDArray[np.float64]
) -> tuple[Ints, Ints, Floats]:
    """Add up what stands several times in one row."""
    width = 1 + int(features.max(initial=0))
    keys, where = np.unique(rows * width + features, return_inverse=True)
    summed = np.bincount(where.ravel(), weights=shares, minlength=len(keys))
    return keys // width, keys % width, summed.astype(np.float32)


_OFTEN = 2
"""Least number of beads that two words must share to be paired."""


def learn(corpus: Corpus, pairs: Sequence[tuple[range, range]], *, least: float) -> Corpus:
    """Add what a first alignment teaches: words that keep standing in the same beads.

    Two words are paired when they share enough beads, are each other's best partner, and their Dice
    coefficient reaches `least`.
    """
    source, target = (
        _words_by_bead(corpus.kinds, side, [pair[s] for pair in pairs])
        for s, side in enumerate(corpus.sides)
    )
    links = companions(source, target, often=_OFTEN, dice=least)
    if not len(links):
        return corpus
    kinds = np.concatenate([corpus.kinds, np.full(len(links), int(Feature.LEARNT))])
    first_id = len(corpus.kinds)
    ours, theirs = (
        _with_links(side, links[:, s], first_id) for s, side in enumerate(corpus.sides)
    )
    return Corpus(kinds, (ours, theirs))


def companions(
    source: tuple[Ints, Ints], target: tuple[Ints, Ints], *, often: int, dice: float
) -> Ints:
    """Return [source word, target word] rows of words that belong together.

    Both sides are (text, word) rows, sorted by text, each once. Words are taken that stand opposite each
    other in at least `often` texts, are each other's best partner, and whose Dice coefficient,
    2 x together / (one + other), reaches `dice`.
    """
    (t1, w1), (t2, w2) = _short(source, target), _short(target, source)
    if not len(w1) or not len(w2):
        return np.zeros((0, 2), dtype=np.int64)
    begin = np.searchsorted(t2, t1, side="left")
    facing = np.searchsorted(t2, t1, side="right") - begin
    width = int(w2.max()) + 1
    keys, together = counted(np.repeat(w1, facing) * width + w2[spread_out(begin, facing)])
    frequent = together >= often
    keys, together = keys[frequent], together[frequent]
    words, partners = keys // width, keys % width
    counts = np.bincount(w1), np.bincount(w2)
    closeness = 2.0 * together / (counts[0][words] + counts[1][partners])
    best = np.zeros(len(counts[0])), np.zeros(len(counts[1]))
    np.maximum.at(best[0], words, closeness)
    np.maximum.at(best[1], partners, closeness)
    # Each other's best: a frequent word stands opposite many, and of them it translates one.
    mutual = (
        (closeness >= dice) & (closeness == best[0][words]) & (closeness == best[1][partners])
    )
    return np.stack([words[mutual], partners[mutual]], axis=1)


_MANY = 1000
"""Different words of a text from which on it teaches none: of those opposite each of them one translates it."""


def _short(side: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Return the rows of texts that have few words on both sides; pairs of the others would fill the memory."""
    texts, words = side
    last = 1 + int(max(texts.max(initial=0), other[0].max(initial=0)))
    sizes = np.maximum(
        np.bincount(texts, minlength=last), np.bincount(other[0], minlength=last)
    )
    few = sizes[texts] <= _MANY
    return texts[few], words[few]


def counted(keys: Ints) -> tuple[Ints, Ints]:
    """Return each number once, sorted, and how often it stands there; by sorting, numpy's own way takes four times as long."""
    keys = np.sort(keys)
    first = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[first], np.diff(first, append=len(keys))


def _words_by_bead(kinds: Ints, side: Reading, ranges: Sequence[range]) -> tuple[Ints, Ints]:
    """Return (bead, word) rows, sorted by bead, each once."""
    bead_of = np.full(len(side.sizes) + 1, -1)
    for bead, segments in enumerate(ranges):
        bead_of[segments.start : segments.stop] = bead
    kind = kinds[side.features]
    beads = bead_of[side.rows]
    is_word = ((kind == Feature.STEM) | (kind == Feature.LONE)) & (beads >= 0)
    keys = np.unique(beads[is_word] * len(kinds) + side.features[is_word])
    return keys // len(kinds), keys % len(kinds)


def _with_links(side: Reading, words: Ints, first_id: int) -> Reading:
    order = np.argsort(words, kind="stable")
    begin = np.searchsorted(words[order], side.features, side="left")
    counts = np.searchsorted(words[order], side.features, side="right") - begin
    which = np.repeat(np.arange(len(side.features)), counts)
    linked = order[spread_out(begin, counts)] + first_id
    rows = np.concatenate([side.rows, side.rows[which]])
    features = np.concatenate([side.features, linked])
    shares = np.concatenate([side.shares, side.shares[which]])
    by_row = np.lexsort((features, rows))
    return replace(side, rows=rows[by_row], features=features[by_row], shares=shares[by_row])

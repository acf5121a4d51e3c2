"""Finding what an edited unit was before: the entry whose text it most resembles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n.catalog.entry import Entry
from l10n.model import Key, Unit
from l10n.text.description import kind_of
from l10n.text.markup import plain

_LIKE = 66.0
"""Percent of like characters that makes an edit. In 5.2 million pairs of unrelated sentences of the
Python manual one in 18,000 reaches it, most of them made after one pattern."""
_LIKE_SHORT = 75.0
"""For texts under _SHORT characters, which resemble each other more easily."""
_SHORT = 25
_NEIGHBOUR = 5.0
"""What each equal neighbour is worth: a text between the same two others is seldom a new one."""
_FLOOR = 50.0
_WHOLE = 75.0
"""What a text is worth that holds another, however much was written before, behind and between its sentences, or is what was left of it."""
_SENTENCE = 40
"""Characters from which a text says nothing but itself: shorter ones stand in many by chance."""
_NEARLY = 0.8
_BETWEEN = re.compile(r"(?<=[.!?:;])\s+")
_OTHER_KIND = 5.0
"""What it costs to have become another kind of block, a heading a paragraph."""
_OBSOLETE = 3.0
"""What it costs to have been out of use before."""
_FEW = 200_000
"""Pairs up to which every one is compared; beyond, only those that share rare words."""
_ENOUGH = 200
"""Texts sharing a rare word that are worth comparing: the right one was among them for 98 of 100 edits."""
_CANDIDATES = 40
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Text:
    plain: str
    context: str | None
    kind: str
    before: Key | None
    after: Key | None


def match_edits(
    new: Sequence[Unit], dropped: Sequence[Entry], units: Sequence[Key], entries: Sequence[Key]
) -> dict[Key, Entry]:
    """Return for each new unit the entry it was before an edit, where there is one; never one twice.

    `units` and `entries` are the keys of the whole article and the whole catalog in their order.
    """
    useful = [entry for entry in dropped if any(entry.msgstrs) or entry.notes]
    if not new or not useful:
        return {}
    order, old_order = _neighbours(units), _neighbours(entries)
    texts = [
        _Text(plain(unit.msgid), unit.context, unit.kind, *order[unit.key]) for unit in new
    ]
    olds = [
        _Text(
            plain(entry.msgid), entry.msgctxt, kind_of(entry.extracted), *old_order[entry.key]
        )
        for entry in useful
    ]
    scored = [
        (_OBSOLETE * useful[at].obsolete - score, index, at)
        for index, at, ratio in _ratios(texts, olds)
        if (score := _score(texts[index], olds[at], ratio)) > 0
    ]
    # The likest first, whatever their order: then no unit takes an entry that was more likely another's.
    scored.sort()
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _unlikeness, index, at in scored:
        if index not in pairs and at not in used:
            pairs[index] = at
            used.add(at)
    return {new[index].key: useful[at] for index, at in pairs.items()}


def _score(text: _Text, old: _Text, ratio: float) -> float:
    """Return how likely the old text became this one, 0 when it is not likely at all."""
    # A context changes with its attribute, the text as well: only one of both is an edit.
    if text.context != old.context and text.plain != old.plain:
        return 0
    score = ratio
    score += _NEIGHBOUR * ((text.before == old.before) + (text.after == old.after))
    if old.kind and old.kind != text.kind:
        score -= _OTHER_KIND
    short = min(len(text.plain), len(old.plain)) < _SHORT
    return score if score >= (_LIKE_SHORT if short else _LIKE) else 0


def _ratios(texts: Sequence[_Text], olds: Sequence[_Text]) -> Iterator[tuple[int, int, float]]:
    """Yield the index of a text, that of an old one, and how many percent of their letters are alike."""
    # Most merges have nothing to compare, and `l10n check` none: loading it takes as long as reading.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    choices = dict(enumerate(old.plain for old in olds))
    rare = _RareWords(choices) if len(texts) * len(olds) > _FEW else None
    for index, text in enumerate(texts):
        pool = choices if rare is None else {i: choices[i] for i in rare.sharing(text.plain)}
        matches = process.extract(
            text.plain, pool, scorer=fuzz.ratio, score_cutoff=_FLOOR, limit=_CANDIDATES
        )
        ratios = {at: ratio for _text, ratio, at in matches}
        for at, old in pool.items():
            if _holds(text.plain, old):
                ratios[at] = max(ratios.get(at, _WHOLE), _WHOLE)
        for at, ratio in ratios.items():
            yield index, at, ratio


def _holds(text: str, old: str) -> bool:
    """Whether one of two texts holds the other whole, or nearly all of its sentences."""
    shorter, longer = sorted((text, old), key=len)
    # Of 200,000 pairs hardly one shares its beginning or its end: only that one is taken apart.
    if len(shorter) < _SENTENCE or not (
        shorter[: _SENTENCE // 2] in longer or shorter[-_SENTENCE // 2 :] in longer
    ):
        return False
    sentences = _BETWEEN.split(shorter)
    shared = sum(len(sentence) for sentence in sentences if sentence in longer)
    return shared >= _NEARLY * len(shorter)


class _RareWords:
    """An index of texts by their words."""

    def __init__(self, texts: dict[int, str]) -> None:
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        for index, text in texts.items():
            for word in set(_WORD.findall(text.lower())):
                self._where[word].append(index)

    def sharing(self, text: str) -> set[int]:
        """Return the indices of texts that share the rarest words of a text, about _ENOUGH of them."""
        words = {word for word in _WORD.findall(text.lower()) if word in self._where}
        indices: set[int] = set()
        for word in sorted(words, key=lambda word: (len(self._where[word]), word)):
            indices.update(self._where[word])
            if len(indices) >= _ENOUGH:
                break
        return indices


def _neighbours(keys: Sequence[Key]) -> dict[Key, tuple[Key | None, Key | None]]:
    around = [None, *keys, None]
    return {key: (around[i], around[i + 2]) for i, key in enumerate(keys)}

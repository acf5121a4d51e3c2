"""Finding what an edited unit was before: the entry whose text it most resembles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n.catalog.entry import Entry
from l10n.model import Key, Unit
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
_KIND = "kind: "


@dataclass(frozen=True, slots=True)
class _Text:
    plain: str
    context: str | None
    kind: str
    before: Key | None
    after: Key | None


def match_edits(
    new: Sequence[Unit], gone: Sequence[Entry], units: Sequence[Key], entries: Sequence[Key]
) -> dict[Key, Entry]:
    """Give for each new unit the entry it was before an edit, where there is one; never one twice.

    `units` and `entries` are the keys of the whole article and the whole catalog in their order.
    """
    useful = [entry for entry in gone if any(entry.msgstrs) or entry.notes]
    if not new or not useful:
        return {}
    order, old_order = _neighbours(units), _neighbours(entries)
    texts = [
        _Text(plain(unit.msgid), unit.context, unit.kind, *order[unit.key]) for unit in new
    ]
    olds = [
        _Text(plain(entry.msgid), entry.msgctxt, _kind(entry), *old_order[entry.key])
        for entry in useful
    ]
    scored = [
        (score - (_OBSOLETE if useful[theirs].obsolete else 0), ours, theirs)
        for ours, theirs, ratio in _ratios(texts, olds)
        if (score := _score(texts[ours], olds[theirs], ratio)) > 0
    ]
    scored.sort(key=lambda row: (-row[0], row[1], row[2]))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _likeness, ours, theirs in scored:
        if ours not in found and theirs not in taken:
            found[ours] = theirs
            taken.add(theirs)
    return {new[ours].key: useful[theirs] for ours, theirs in found.items()}


def _score(text: _Text, old: _Text, ratio: float) -> float:
    """Give how likely one became the other, 0 when it is not likely at all."""
    if text.context != old.context and text.plain != old.plain:
        return 0
    score = ratio
    score += _NEIGHBOUR * ((text.before == old.before) + (text.after == old.after))
    if old.kind and old.kind != text.kind:
        score -= _OTHER_KIND
    short = min(len(text.plain), len(old.plain)) < _SHORT
    return score if score >= (_LIKE_SHORT if short else _LIKE) else 0


def _ratios(texts: Sequence[_Text], olds: Sequence[_Text]) -> Iterator[tuple[int, int, float]]:
    # Most merges have nothing to compare, and `l10n check` none: loading it takes as long as reading.
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    choices = dict(enumerate(old.plain for old in olds))
    rare = _RareWords(choices) if len(texts) * len(olds) > _FEW else None
    for index, text in enumerate(texts):
        some = choices if rare is None else {i: choices[i] for i in rare.sharing(text.plain)}
        found = process.extract(
            text.plain, some, scorer=fuzz.ratio, score_cutoff=_FLOOR, limit=_CANDIDATES
        )
        for _text, ratio, theirs in found:
            yield index, theirs, ratio


class _RareWords:
    """An index of texts by their words."""

    def __init__(self, texts: dict[int, str]) -> None:
        self._where: defaultdict[str, list[int]] = defaultdict(list)
        for index, text in texts.items():
            for word in set(_WORD.findall(text.lower())):
                self._where[word].append(index)

    def sharing(self, text: str) -> set[int]:
        """Give texts that share the rarest words of a text, about _ENOUGH of them."""
        known = {word for word in _WORD.findall(text.lower()) if word in self._where}
        found: set[int] = set()
        for word in sorted(known, key=lambda word: (len(self._where[word]), word)):
            found.update(self._where[word])
            if len(found) >= _ENOUGH:
                break
        return found


def _neighbours(keys: Sequence[Key]) -> dict[Key, tuple[Key | None, Key | None]]:
    around = [None, *keys, None]
    return {key: (around[i], around[i + 2]) for i, key in enumerate(keys)}


def _kind(entry: Entry) -> str:
    lines = (line for line in entry.extracted if line.startswith(_KIND))
    return next(lines, "").removeprefix(_KIND)

"""What lessons know of a draft as it stands after its corrections.

Whether the house writes like that, whether it kept such words of drafts before, whether it translates the words of
the source so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from l10n.drafting.lessons import words as reading
from l10n.drafting.lessons.confidence import Evidence
from l10n.drafting.lessons.tables import END, START, pack

if TYPE_CHECKING:
    from l10n.drafting.lessons.lessons import Correction, Lessons

_SOURCE_WORD = re.compile(r"[^\W\d_]{3,}")
_UNKNOWN = 0.25
"""How often a word of the source counts as translated as the house does, of which nothing is known."""
_CORRECTED = 0.7
"""How often a word counts as kept that lessons have put in."""


def evidence_of(
    lessons: Lessons,
    source: str,
    draft: str,
    atoms: Sequence[tuple[int, int]],
    corrections: Sequence[Correction],
) -> Evidence:
    """Return what lessons know of a sentence once its draft is corrected."""
    sentence = reading.read(draft, atoms, lessons.learnt.capitals)
    keys: list[str] = []
    kept: list[float] = []
    end = 0
    for change in (*corrections, None):
        stop = len(draft) + 1 if change is None else change.start
        for key, (start, _end) in zip(sentence.keys, sentence.spans, strict=True):
            if end <= start < stop:
                keys.append(key)
                phrase = lessons.table.look_up(pack(lessons.numbered([key])))
                kept.append((phrase.kept + 1) / (phrase.seen + 2))
        if change is not None:
            new = change.new.split(" ")
            keys += new
            kept += [_CORRECTED] * len(new)
            end = change.end
    numbers = lessons.numbered(keys)
    row = [START, START, *numbers, END]
    pairs = list(pairwise(row[1:]))
    shares = _translations(lessons, source, frozenset(numbers))
    return Evidence(
        len(numbers),
        sum(
            lessons.fluency.score(*three) for three in zip(row, row[1:], row[2:], strict=False)
        ),
        sum(lessons.fluency.has_seen(*pair) for pair in pairs),
        min(kept, default=_CORRECTED),
        sum(shares),
        len(shares),
        len(corrections),
    )


def _translations(lessons: Lessons, source: str, numbers: frozenset[int]) -> list[float]:
    """Return for each word of meaning of a source how often the house translates it as it is here."""
    words = [word.lower() for word in _SOURCE_WORD.findall(source)]
    shares = []
    for word in words:
        if lessons.is_source_function_word(word):
            continue
        known = lessons.lexicon.translations(lessons.numbered([word]))
        shares.append(
            max((share for target, share in known.items() if target in numbers), default=0.0)
            if known
            else _UNKNOWN
        )
    return shares

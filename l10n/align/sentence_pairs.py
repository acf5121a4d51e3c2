"""Sentences of a translated unit paired with those of its source, for the memory."""

from __future__ import annotations

from collections.abc import Iterable

from l10n.memory import pair_in_order
from l10n.model import Segment
from l10n.text.sentences import split_sentences

_CERTAIN = 0.6
"""Least score of a bead the memory learns from."""

_LONGEST = 40
"""Sentences of a unit up to which they are aligned."""


def pair_aligned(
    text: str, translation: str, source: str, target: str
) -> Iterable[tuple[str, str]]:
    """Pair sentences: one to one where both texts have as many, else by the aligner's better beads."""
    sentences = split_sentences(text, source)
    translations = split_sentences(translation, target)
    if len(sentences) == len(translations):
        return pair_in_order(text, translation, source, target)
    fewest = min(len(sentences), len(translations))
    if fewest < 2 or len(sentences) + len(translations) > _LONGEST:
        return ()
    # Most units need no aligner, and it loads numpy.
    from l10n.align import align_segments  # noqa: PLC0415

    beads = align_segments(
        [Segment(sentence, 0) for sentence in sentences],
        [Segment(sentence, 0) for sentence in translations],
        source_locale=source,
        target_locale=target,
    )
    return [
        (
            "".join(sentences[i] for i in bead.source).strip(),
            "".join(translations[i] for i in bead.target).strip(),
        )
        for bead in beads
        if bead.source and bead.target and bead.score >= _CERTAIN and not bead.moved
    ]

"""What the memory keeps, and what a catalog teaches it: finished units, and the sentences of longer ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from l10n.catalog import Catalog
from l10n.catalog.facts import CatalogFacts
from l10n.model import State
from l10n.text import markup
from l10n.text.sentences import split_sentences

PairSentences = Callable[[str, str, str, str], Iterable[tuple[str, str]]]
"""Pairs the sentences of (text, translation, source locale, target locale)."""

_LENGTHS = (0.4, 2.5)
"""Length of a sentence per length of its translation: outside of it they are hardly each other's."""

_PAIR_TAG = re.compile(r"<(/?)([a-z-]+[0-9]+)>")


@dataclass(frozen=True, slots=True)
class Translation:
    """A text and its translation as the memory keeps them: a unit or a sentence."""

    source: str
    target: str
    reviewed: bool = False
    at: str = ""
    """When it was reviewed or made, so that strings sort by time."""
    before: str = ""
    after: str = ""
    """The source texts around it; empty for sentences."""


class Seen(NamedTuple):
    """A catalog as it was when it was learnt."""

    size: int
    changed: int
    """When its file was written, in nanoseconds."""
    teaches: str | None
    """None where an earlier release learnt it."""


def teaches_nothing_new(facts: CatalogFacts, known: Seen | None) -> bool:
    """Whether a catalog teaches what it taught when it was learnt; nothing, where that never was."""
    if known is None:
        return facts.counts.translated == 0
    return facts.teaches == known.teaches


def taught_by(
    catalog: Catalog, source: str, pair_sentences: PairSentences
) -> Iterator[Translation]:
    """Yield what a catalog teaches: every finished unit, and the sentences of longer ones."""
    entries = [entry for entry in catalog.entries if entry.msgid]
    for place, entry in enumerate(entries):
        reviewed = entry.state is State.REVIEWED
        if not (reviewed or entry.state is State.TRANSLATED) or entry.msgstr == markup.OMIT:
            continue
        stamp = entry.stamp
        at = (stamp.reviewed_at if stamp else None) or catalog.header.get(
            "PO-Revision-Date", ""
        )
        before = entries[place - 1].msgid if place else ""
        after = entries[place + 1].msgid if place + 1 < len(entries) else ""
        yield Translation(entry.msgid, entry.msgstr, reviewed, at, before, after)
        if entry.msgid_plural and len(entry.msgstrs) > 1:
            yield Translation(entry.msgid_plural, entry.msgstrs[-1], reviewed, at)
        for sentence, translation in pair_sentences(
            entry.msgid, entry.msgstr, source, catalog.target_locale
        ):
            if _is_whole(sentence) and _is_whole(translation):
                yield Translation(sentence, translation, reviewed, at)


def pair_in_order(
    text: str, translation: str, source: str, target: str
) -> Iterable[tuple[str, str]]:
    """Pair sentences one to one where both texts have as many; nothing otherwise."""
    sentences = [sentence.strip() for sentence in split_sentences(text, source)]
    translations = [sentence.strip() for sentence in split_sentences(translation, target)]
    if len(sentences) != len(translations) or len(sentences) < 2:
        return ()
    return [
        (sentence, translated)
        for sentence, translated in zip(sentences, translations, strict=True)
        if sentence
        and translated
        # A short sentence may well be twice as long in the other language.
        and _LENGTHS[0] < (len(sentence) + 10) / (len(translated) + 10) < _LENGTHS[1]
    ]


def _is_whole(sentence: str) -> bool:
    """Whether every pair of tokens that opens in a sentence closes in it."""
    names = _PAIR_TAG.findall(sentence)
    opened = sorted(name for slash, name in names if not slash)
    return opened == sorted(name for slash, name in names if slash)

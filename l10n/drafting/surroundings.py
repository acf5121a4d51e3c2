"""What a translator would look at beside a sentence: title, neighbours, terms, nearest accepted translations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from l10n.catalog import Catalog, Entry
from l10n.engines import Context, Pair
from l10n.engines.answers import squeeze
from l10n.model import Kind
from l10n.text import markup
from l10n.text.description import kind_of
from l10n.text.sentences import split_sentences

if TYPE_CHECKING:
    from l10n.glossary import Glossary
    from l10n.memory import Memory

_LONGEST = 300
"""Characters of a title or a neighbour at most."""

_ALIKE, _EXAMPLES = 60, 2
"""Percent from which an earlier translation shows how this one might be, and how many are shown."""

_TITLES = (Kind.HEADLINE, Kind.HEADING)


def surroundings(
    catalogs: Iterable[Catalog],
    pair: Pair,
    glossary: Glossary | None = None,
    memory: Memory | None = None,
) -> Callable[[str], Context]:
    """Return what tells the context of a sentence of some catalogs, each looked for once.

    A sentence that is not found, since markup in it was masked, has terms and examples but no place.
    """
    places: dict[str, tuple[str, str, str]] = {}
    for catalog in catalogs:
        places = _places(catalog, pair[0]) | places

    @cache
    def context(sentence: str) -> Context:
        title, before, after = places.get(squeeze(sentence), ("", "", ""))
        return Context(
            title,
            before,
            after,
            _terms(sentence, pair, glossary),
            _examples(sentence, pair, memory),
        )

    return context


def _places(catalog: Catalog, locale: str) -> dict[str, tuple[str, str, str]]:
    """Return title, sentence before and sentence after by the words of each sentence of an article."""
    title = _title(catalog.entries)
    texts = [markup.plain(entry.msgid) for entry in catalog.entries if entry.msgid]
    sentences = [part.strip() for text in texts for part in split_sentences(text, locale)]
    framed = ["", *(sentence for sentence in sentences if sentence), ""]
    places: dict[str, tuple[str, str, str]] = {}
    for (before, sentence), (_same, after) in pairwise(pairwise(framed)):
        place = (title if title != sentence else "", before[-_LONGEST:], after[:_LONGEST])
        places.setdefault(squeeze(sentence), place)
    return places


def _title(entries: Sequence[Entry]) -> str:
    """Return an article's headline, else its first heading; empty where it has neither."""
    for kind in _TITLES:
        for entry in entries:
            if entry.msgid and kind_of(entry.extracted) == kind:
                return markup.plain(entry.msgid)[:_LONGEST]
    return ""


def _terms(sentence: str, pair: Pair, glossary: Glossary | None) -> tuple[tuple[str, str], ...]:
    hits = glossary.terms_in(sentence, *pair) if glossary else ()
    return tuple((hit.source_term, hit.target_terms[0]) for hit in hits if hit.target_terms)


def _examples(sentence: str, pair: Pair, memory: Memory | None) -> tuple[tuple[str, str], ...]:
    if memory is None:
        return ()
    matches = memory.search(markup.escape(sentence), *pair, minimum=_ALIKE, limit=_EXAMPLES)
    return tuple((markup.plain(match.source), markup.plain(match.target)) for match in matches)

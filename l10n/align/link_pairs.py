"""Addresses with a counterpart: where a translation links another page than its original does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from l10n.align.alignment import Alignment
from l10n.align.projection import project_beads
from l10n.articles.block_links import block_links, is_lasting

_LEAST = 0.5
"""Score of an entry from which its links are believed to face each other."""


def link_pairs(alignment: Alignment) -> Iterator[tuple[str, str]]:
    """Yield the addresses of links that face each other and differ, as often as they do.

    Only where an entry and its translation have as many links that the other lacks: one, or several of which
    each has one of the same site on the other side.
    """
    sources = {
        block.unit.key: tuple(block_links(alignment.source, block))
        for block in alignment.source.blocks
    }
    for unit in project_beads(alignment):
        if unit.score < _LEAST or not unit.blocks:
            continue
        ours = Counter(sources.get(unit.key, ()))
        theirs = Counter(
            address
            for index in unit.blocks
            for address in block_links(alignment.target, alignment.target.blocks[index])
        )
        yield from _facing(list((ours - theirs).elements()), list((theirs - ours).elements()))


def _facing(ours: list[str], theirs: list[str]) -> Iterator[tuple[str, str]]:
    if len(ours) != len(theirs):
        return
    if len(ours) == 1:
        pairs = [(ours[0], theirs[0])]
    else:
        by_site: defaultdict[str, list[str]] = defaultdict(list)
        for address in theirs:
            by_site[_site(address)].append(address)
        sites = Counter(map(_site, ours))
        pairs = [
            (address, by_site[_site(address)][0])
            for address in ours
            if sites[_site(address)] == len(by_site[_site(address)]) == 1
        ]
    for source, target in pairs:
        if is_lasting(source) and is_lasting(target):
            yield source, target


def _site(address: str) -> str:
    """Return the host of an address without what stands before its last two names: `es.wikipedia.org` is `wikipedia.org`."""
    return ".".join(urlsplit(address).netloc.split(".")[-2:])


def counterparts(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the counterpart of each address that most of its pairs agree on; none where two have as many."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source, target in pairs:
        votes[source][target] += 1
    chosen = {}
    for source, targets in votes.items():
        (best, count), *others = targets.most_common(2)
        # An address that means another file in each folder has one counterpart in all of them, or none.
        if not others or (is_lasting(source) and count > others[0][1]):
            chosen[source] = best
    return chosen

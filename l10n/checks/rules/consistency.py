"""Rules about the project as a whole: one source translated in two ways, one translation for two sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.checks.outcome import KEY, NO_TEXT, key_digest
from l10n.interface import ngettext
from l10n.model import Finding, Key, Severity

if TYPE_CHECKING:
    from l10n.checks.cache import Cache

LEAST_WORDS = 3
"""Words of a source below which two translations are no surprise: `Read`, `Note`, `More news`."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A catalog, and the KEY rows of its entries."""

    path: Path
    locale: str
    keys: bytes


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    line: int
    key: bytes
    text: bytes


def consistency_findings(
    catalogs: Iterable[Indexed], severities: Mapping[str, Severity | None], cache: Cache | None
) -> Iterator[Finding]:
    """Compare the accepted translations of all catalogs, locale by locale."""
    by_locale: dict[str, list[Indexed]] = defaultdict(list)
    for catalog in catalogs:
        by_locale[catalog.locale].append(catalog)
    texts = _Texts(cache)
    for group in by_locale.values():
        for rule in ("inconsistent", "reused"):
            severity = severities[rule]
            if severity is not None:
                yield from _compare(rule, severity, group, texts)
    texts.keep()


def _compare(
    rule: str, severity: Severity, catalogs: Sequence[Indexed], texts: _Texts
) -> Iterator[Finding]:
    same_source = rule == "inconsistent"
    for group in _groups(catalogs, same_source=same_source):
        for place in group:
            key = texts.of(place)
            if key is None or len(key[1].split()) < LEAST_WORDS:
                break
            rivals = [
                other
                for other in group
                if (other.text != place.text if same_source else other.key != place.key)
            ]
            message = _message(same_source, rivals)
            yield Finding(rule, severity, message, place.path, place.line, *key)


def _groups(catalogs: Sequence[Indexed], *, same_source: bool) -> Iterable[list[_Place]]:
    """Return the entries that share a source and differ in translation, or the other way round.

    A first pass over all entries tells which differ, a second collects those few.
    """
    # All entries are compared by digests of eight bytes; only those that differ are kept as places.
    first: dict[bytes, bytes] = {}
    differing: set[bytes] = set()
    for catalog in catalogs:
        for key, text, _line in KEY.iter_unpack(catalog.keys):
            if text != NO_TEXT:
                shared, own = (key, text) if same_source else (text, key)
                if first.setdefault(shared, own) != own:
                    differing.add(shared)
    groups: dict[bytes, list[_Place]] = {}
    for catalog in catalogs if differing else ():
        for key, text, line in KEY.iter_unpack(catalog.keys):
            shared = key if same_source else text
            if shared in differing and text != NO_TEXT:
                groups.setdefault(shared, []).append(_Place(catalog.path, line, key, text))
    return groups.values()


def _message(same_source: bool, rivals: Sequence[_Place]) -> str:
    first = f"{rivals[0].path.name}:{rivals[0].line}"
    if same_source:
        text = ngettext(
            "translated otherwise in {place}",
            "translated otherwise in {place} and {n} more places",
            len(rivals),
        )
    else:
        text = ngettext(
            "another source has this translation: {place}",
            "other sources have this translation: {place} and {n} more places",
            len(rivals),
        )
    return text.format(place=first, n=len(rivals) - 1)


class _Texts:
    """The keys behind digests: remembered ones, the others read from their catalogs."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache
        self._keys: dict[bytes, Key] = cache.recall_keys() if cache else {}
        self._read: set[Path] = set()
        self._asked: dict[bytes, Key] = {}

    def of(self, place: _Place) -> Key | None:
        """Return the key of an entry; None when its file changed meanwhile."""
        if place.key not in self._keys and place.path not in self._read:
            self._read.add(place.path)
            from l10n.catalog import Catalog  # noqa: PLC0415 - a warm cache never needs it

            for entry in Catalog.load(place.path).entries:
                self._keys[key_digest(entry.key)] = entry.key
        key = self._keys.get(place.key)
        if key is not None:
            self._asked[place.key] = key
        return key

    def keep(self) -> None:
        """Remember what was asked for, for the next check."""
        if self._cache and self._read:
            self._cache.keep_keys(self._asked)

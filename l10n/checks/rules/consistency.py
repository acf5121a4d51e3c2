"""Rules about the project as a whole: one source translated in two ways, one translation for two sources."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.checks.outcome import KEY, NO_TEXT, key_digest
from l10n.interface import gettext as _
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
            message = _message(same_source, place, rivals)
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


def _message(same_source: bool, place: _Place, rivals: Sequence[_Place]) -> str:
    first = f"{_seen_from(place.path, rivals[0].path)}:{rivals[0].line}"
    more = len(rivals) - 1
    if same_source:
        text = _("translated otherwise in {place}")
        if more:
            text = ngettext(
                "translated otherwise in {place} and {n} more place",
                "translated otherwise in {place} and {n} more places",
                more,
            )
    else:
        text = _("another source has this translation: {place}")
        if more:
            text = ngettext(
                "other sources have this translation: {place} and {n} more place",
                "other sources have this translation: {place} and {n} more places",
                more,
            )
    return text.format(place=first, n=more)


def _seen_from(catalog: Path, other: Path) -> str:
    """Return the name of another catalog; with the way to it where it lies elsewhere, for folders of one name each are usual."""
    if catalog.parent == other.parent:
        return other.name
    return Path(os.path.relpath(other, catalog.parent)).as_posix()


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

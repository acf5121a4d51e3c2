"""The only reader of names that differ by language: La Habana is Havana, a country has a name in each."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from l10n.languages import primary
from l10n.languages.folding import fold_for_search

_TABLED = ("es", "en")
"""Languages of the table, in its order."""


def names_in(name: str, source_locale: str, target_locale: str) -> frozenset[str]:
    """Return how a name of one language is called in another, folded; nothing where no other name is known."""
    return _table(primary(source_locale), primary(target_locale)).get(
        fold_for_search(name), frozenset()
    )


def name_in(name: str, source_locale: str, target_locale: str) -> str:
    """Return the usual name in another language; the name itself where it has no other."""
    return _usual(primary(source_locale), primary(target_locale)).get(
        fold_for_search(name), name
    )


def forms_in(name: str, source_locale: str, target_locale: str) -> frozenset[str]:
    """Return how a name may stand in a text of another language, folded: as it is, and under its other names."""
    return names_in(name, source_locale, target_locale) | {fold_for_search(name)}


_ARTICLE = re.compile("^(?:la|el|las|los|the) ")


class _Pair(NamedTuple):
    name: str
    other: str
    is_usual: bool
    """Whether it is so called always, and not only as the name of a king."""


@cache
def _pairs(source: str, target: str) -> tuple[_Pair, ...]:
    """Return every pair of names, the usual ones of a place first."""
    pairs: list[_Pair] = []
    is_usual = True
    if {source, target} <= set(_TABLED):
        table = files("l10n.languages").joinpath("exonyms.txt").read_text(encoding="utf-8")
        for line in table.splitlines():
            if line.startswith("["):
                is_usual = line == "[usual]"
            sides = [[name.strip() for name in side.split(",")] for side in line.split(" = ")]
            if len(sides) == 2 and not line.startswith("#"):
                names = dict(zip(_TABLED, sides, strict=True))
                pairs += [
                    _Pair(name, other, is_usual)
                    for name in names[source]
                    for other in names[target]
                ]
    return (*pairs, *(_Pair(*names, is_usual=True) for names in _territories(source, target)))


def _territories(source: str, target: str) -> list[tuple[str, str]]:
    """Return the names of countries, continents and cities with a time zone, from the Unicode CLDR."""
    import babel  # noqa: PLC0415 - loading two locales takes longer than a warm check; names are seldom missing

    try:
        locales = [babel.Locale.parse(code) for code in (source, target)]
    except (babel.UnknownLocaleError, ValueError):
        return []
    pairs = [
        (name, locales[1].territories[code])
        for code, name in locales[0].territories.items()
        if code in locales[1].territories
    ]
    zones = [locale.time_zones for locale in locales]
    for zone in {*zones[0], *zones[1]}:
        # A language names only the cities that it calls otherwise than the zone does.
        plain = zone.rpartition("/")[2].replace("_", " ")
        names = [side.get(zone, {}).get("city", plain) for side in zones]
        pairs.append((names[0], names[1]))
    return pairs


@cache
def _table(source: str, target: str) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for name, other, _is_usual in _pairs(source, target):
        forms = [fold_for_search(form) for form in (name, other)]
        names.setdefault(forms[0], set()).add(forms[1])
        # Habana and Hague, where the article was read as a word before them.
        bare = [_ARTICLE.sub("", form) for form in forms]
        if bare != forms:
            names.setdefault(bare[0], set()).add(bare[1])
    return {name: frozenset(others) for name, others in names.items()}


@cache
def _usual(source: str, target: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for name, other, is_usual in _pairs(source, target):
        if is_usual:
            names.setdefault(fold_for_search(name), other)
    return names

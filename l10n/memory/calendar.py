"""Months and weekdays of an earlier translation: exchanged for those of the new text, where that is safe."""
# ruff: noqa: SIM905 - word lists read better as text

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from l10n.text import markup

_NAMES = {
    "en": (
        "January February March April May June July August September October November December"
        " Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    ).split(),
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
        " lunes martes miércoles jueves viernes sábado domingo"
    ).split(),
}
_WORD = {
    "en": re.compile(rf"\b({'|'.join(_NAMES['en'])})(s?)\b"),
    "es": re.compile(rf"\b({'|'.join(_NAMES['es'])})(s?)\b", re.IGNORECASE),
}
_WEEKEND = ("sábado", "domingo")
"""The weekdays whose Spanish plural differs from their singular."""
_MANY = re.compile(r"\b(?:los|estos|esos|unos)\s+$", re.IGNORECASE)


def lacks_a_date(query: str, source: str, locale: str) -> bool:
    """Tell whether an earlier text names a month or weekday that the new one does not."""
    return bool(Counter(_dates(source, locale)) - Counter(_dates(query, locale)))


def with_dates(query: str, source: str, target: str, locales: tuple[str, str]) -> str | None:
    """Give an earlier translation with the months and weekdays of the new text; None where it is not clear which is which."""
    new, old = _dates(query, locales[0]), _dates(source, locales[0])
    if new == old:
        return target
    places = _places(target, locales[1])
    if len(new) != len(old) or Counter(old) != Counter(at for at, _found in places):
        return None
    changes = dict(zip(old, new, strict=True))
    if any(changes[was] != wanted for was, wanted in zip(old, new, strict=True)):
        return None
    for at, found in reversed(places):
        if changes[at] != at:
            name = _written(changes[at], found, target, _language(locales[1]))
            target = target[: found.start()] + name + target[found.end() :]
    return target


def _written(at: int, found: re.Match[str], target: str, language: str) -> str:
    """Give a name as the one it replaces is written: in the plural, with a capital."""
    name = _NAMES[language][at]
    if language == "en":
        return name + found[2]
    if name in _WEEKEND and (found[2] or _MANY.search(target[: found.start()])):
        name += "s"
    return name.capitalize() if found[0][0].isupper() else name


def _dates(text: str, locale: str) -> list[int]:
    """Give the months (0-11) and weekdays (12-18) that a text names, in its order."""
    return [at for at, _found in _places(text, locale)]


def _places(text: str, locale: str) -> list[tuple[int, re.Match[str]]]:
    language = _language(locale)
    if language not in _WORD:
        return []
    cuts = [
        0,
        *(cut for token in markup.tokens(text) for cut in (token.start, token.end)),
        len(text),
    ]
    spans = list(pairwise(cuts))[::2]
    names = [name.lower() for name in _NAMES[language]]
    return [
        (names.index(found[1].lower()), found)
        for start, end in spans
        for found in _WORD[language].finditer(text, start, end)
    ]


def _language(locale: str) -> str:
    return locale.partition("-")[0].partition("_")[0].lower()

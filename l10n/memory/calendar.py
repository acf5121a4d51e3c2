"""Months and weekdays of an earlier translation: exchanged for those of the new text, where that is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from l10n.languages import language_of
from l10n.text import markup

_FIRST_WEEKDAY = 12
"""Months are numbered from 0, weekdays after them."""


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The names of months and weekdays in a language."""

    names: tuple[str, ...]
    """By number, as they stand within a sentence."""
    numbers: Mapping[str, int]
    """Every spelling in small letters → number."""
    pattern: re.Pattern[str]
    """A name, and the `s` of its plural."""
    plural_before: re.Pattern[str]
    """What makes the name behind it a plural."""


@dataclass(frozen=True, slots=True)
class _DateName:
    """A month or weekday in a text."""

    number: int
    start: int
    end: int
    plural: str
    """`s` or nothing."""
    is_capital: bool


def lacks_a_date(query: str, source: str, locale: str) -> bool:
    """Whether an earlier text names a month or weekday that the new one does not."""
    return bool(Counter(_numbers(source, locale)) - Counter(_numbers(query, locale)))


def with_dates(query: str, source: str, target: str, locales: tuple[str, str]) -> str | None:
    """Return an earlier translation with the months and weekdays of the new text; None where it is not clear which is which."""
    new, old = _numbers(query, locales[0]), _numbers(source, locales[0])
    if new == old:
        return target
    places = _date_names(target, locales[1])
    if len(new) != len(old) or Counter(old) != Counter(place.number for place in places):
        return None
    changes = dict(zip(old, new, strict=True))
    if any(changes[former] != number for former, number in zip(old, new, strict=True)):
        # One name becomes two: which of its places is which?
        return None
    for place in reversed(places):
        number = changes[place.number]
        if number != place.number:
            name = _written(number, place, target, locales[1])
            target = target[: place.start] + name + target[place.end :]
    return target


def translated_dates(text: str, source: str, target: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a text names a month or weekday, and its name in another locale as it stands within a sentence."""
    language = language_of(target)
    if language.months:
        names = _calendar(language.code).names
        for place in _date_names(text, source):
            yield place.start, place.end, names[place.number]


def _written(number: int, place: _DateName, target: str, locale: str) -> str:
    """Return a name as the one it replaces is written: in the plural, with a capital."""
    calendar = _calendar(language_of(locale).code)
    name = calendar.names[number]
    # Spanish lunes is its own plural, and the article alone tells that it stands for all Mondays.
    implied = number >= _FIRST_WEEKDAY and calendar.plural_before.search(target, 0, place.start)
    if not name.endswith("s") and (place.plural or implied):
        name += "s"
    return name[0].upper() + name[1:] if place.is_capital else name


def _numbers(text: str, locale: str) -> list[int]:
    """Return the months and weekdays that a text names, in its order."""
    return [name.number for name in _date_names(text, locale)]


def _date_names(text: str, locale: str) -> list[_DateName]:
    language = language_of(locale)
    if not language.months:
        return []
    calendar = _calendar(language.code)
    return [
        _DateName(
            calendar.numbers[match[1].lower()],
            *match.span(),
            plural=match[2],
            is_capital=match[0][0].isupper(),
        )
        for start, end in markup.text_spans(text)
        for match in calendar.pattern.finditer(text, start, end)
    ]


@cache
def _calendar(code: str) -> _Calendar:
    language = language_of(code)
    names = (*language.months, *language.weekdays)
    numbers = {name.lower(): number for number, name in enumerate(names)}
    spellings = (*names, *language.month_variants)
    numbers |= {spelling: month - 1 for spelling, month in language.month_variants.items()}
    # Where names have a capital, a small one is another word: may, march.
    flags = 0 if names[0][0].isupper() else re.IGNORECASE
    determiners = "|".join(language.plural_determiners) or "(?!)"
    return _Calendar(
        names,
        numbers,
        re.compile(rf"\b({'|'.join(spellings)})(s?)\b", flags),
        re.compile(rf"\b(?:{determiners})\s+$", re.IGNORECASE),
    )

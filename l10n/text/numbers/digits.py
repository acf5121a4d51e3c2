"""Numbers in digits: where they stand in a text, and what their signs, scales and marks make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from l10n.languages import Language, language_of, region_of
from l10n.text.numbers.model import TEXTS_AT_HAND, Number, NumberKind, Numeral

_NUMBER = re.compile(
    # Behind a percent sign stands the place of an argument: %2$s.
    r"(?<![^\W_])(?<!\d[.,:])(?<!%)(?:(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])"
    r"|\d+(?:[.,’']\d+)*(?:[ \u00a0\u202f]\d{3}(?:(?![\d.,]?\d)|(?=[.,]\d{1,2}(?!\d))))*(?:[.,]\d+)?)"
)
_DIGITS_AND_SIGNS = re.compile(r"\d+(?:[.,:\u00a0\u202f]\d+)*")
"""Coarser than a number: for comparing texts, part of what the memory stores."""

_SPACE = re.compile(r"[ \u00a0\u202f]")
_GROUPED_BY_SPACE = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")
HALF_DAY = 720
"""Minutes after which clocks of twelve hours begin anew: 15:30 may be 3:30."""

_LONGEST_HOUR_MARK = 24
"""Characters behind an hour that are looked at: ` o’clock in the evening` is the longest mark."""

_LONGEST_SIGN = 6
"""Of the signs `a. m.`; what is longer is words, and twelve in the morning is noon in Spain."""

_EXACT = 15
"""Digits that a float keeps exactly."""

_PLACES = 6
"""Decimals of a product that count: 4.35 hundreds are 435, not 434.99999999999994."""

_MINUS = re.compile(r"(?<![^\s(\[“«\"'])(?<!\d )[-−]$")
"""A minus stands behind a space or bracket, and not between two numbers."""

_BARE_POINT = re.compile(r"(?<![^\s(])[.,]$")
_COMPOUND = re.compile(r"[^\W\d_]-\d")
"""Where words are joined to numbers, a hyphen before another may be of such a word: base-2, -8 and -16."""

_DASHES = ("-", "–", "—", "/")
_DECADE_MARKS = ("s", "'s", "’s")

_MONEY = "$€£¥"


def find_numbers(text: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """Yield the numbers as they are written, whatever the language: 1 500, 12,5, 15:30."""
    for match in _NUMBER.finditer(text, start, len(text) if end is None else end):
        if _SPACE.search(match[0]) and not _GROUPED_BY_SPACE.fullmatch(match[0]):
            # Two numbers side by side: a year before a count, `2020 345`.
            for part in re.finditer(r"[^ \u00a0\u202f]+", match[0]):
                yield Numeral(part[0], match.start() + part.start(), match.start() + part.end())
        else:
            yield Numeral(match[0], *match.span())


def mask_numbers(text: str) -> str:
    """Return a text with a 0 for every number, so that texts are alike whatever their numbers."""
    return _DIGITS_AND_SIGNS.sub("0", text)


@lru_cache(maxsize=TEXTS_AT_HAND)
def read_numbers(text: str, locale: str) -> tuple[Number, ...]:
    """Return the numbers written in digits, by the separators of a locale and with the scale behind them."""
    language = language_of(locale)
    decimal = language.decimal_in(region_of(locale))
    numbers = [_read(numeral, text, decimal, language) for numeral in find_numbers(text)]
    return tuple(_joined(numbers, text, language) if len(numbers) > 1 else numbers)


def _read(numeral: Numeral, text: str, decimal: str | None, language: Language) -> Number:
    written, start, end = numeral
    values, is_doubtful = _values(written, decimal)
    if written.isdigit() and _BARE_POINT.search(text, max(0, start - 2), start):
        # .001 is a thousandth.
        values = {float(f"0.{written}")}
    factor, whole_end, is_open = _scale(numeral, text, language)
    first = text[start - 1 : start]
    signed_start = start
    if first in ("-", "−") and first and _MINUS.search(text, max(0, start - 3), start):
        factor, signed_start = -factor, start - 1
    if factor != 1:
        scaled: set[float | str] = {
            round(value * factor, _PLACES) for value in values if isinstance(value, float)
        }
        is_open = is_open or (
            factor < 0 and bool(_COMPOUND.search(text, max(0, start - 40), start))
        )
        values = values | scaled if is_open or not scaled else scaled
    around = _around(language)
    if (minus := find_minus(text, start, end, language)) is not None:
        negative = {-abs(value) for value in values if isinstance(value, float)}
        if minus.is_sure:
            factor, signed_start = -abs(factor), min(signed_start, minus.start)
        values = {*negative} if minus.is_sure else values | negative
    time = _time(numeral, text, around)
    decade = _decade(numeral, text, around)
    if decade is not None:
        return Number(written, start, end, decade, NumberKind.DECADE)
    return Number(
        *(written, start, end, frozenset(values), time.kind),
        minutes=time.minutes,
        half_day=time.half_day,
        factor=factor,
        whole_start=signed_start,
        whole_end=max(whole_end, time.end),
        is_doubtful=is_doubtful,
    )


def _scale(numeral: Numeral, text: str, language: Language) -> tuple[float, int, bool]:
    """Return what stands behind digits multiplies them by, where that ends, and whether it may be another word."""
    written, start, end = numeral
    around = _around(language)
    if around.scales and (match := around.scales.match(text, end)):
        factor = language.scales[match[1].lower()]
        # A year before a count: in 2019 mil personas.
        if not (written.isdigit() and len(written) == 4 and factor <= 1000):
            return factor, match.end(), False
    if around.signs and (match := around.signs.match(text, end)):
        numerals = language.numerals
        if factor := numerals.scale_signs.get(match[1], 0):
            # 10k is ten thousand, or a run of ten kilometres.
            return factor, match.end(), match[1] in "kK"
        before = text[start - 2 : start] if start > 1 else text[:start]
        is_money = before.strip()[-1:] in _MONEY if before.strip() else False
        behind = text[match.end() : match.end() + 6].lstrip(" \u00a0")
        if is_money or behind[:1] in (*_MONEY,) or behind.startswith("de "):
            return numerals.money_scale_signs[match[1]], match.end(), False
        if match[1] == "M" and match.start(1) == end:
            # 17.74M is as many million, or a size or a model.
            return numerals.money_scale_signs["M"], match.end(), True
    return 1, end, False


def _joined(numbers: list[Number], text: str, language: Language) -> list[Number]:
    """Return numbers with what they have of each other: 4 million 500 thousand, 3 to 4 million."""
    around = _around(language)
    joined: list[Number] = []
    for number in reversed(numbers):
        following = joined[-1] if joined else None
        if following is None:
            joined.append(number)
            continue
        gap = text[number.last : following.first]
        if gap in _DASHES and _is_short_year(number.text, following.text):
            year = float(number.text[:2] + following.text)
            joined[-1] = replace(following, values=following.values | {year})
        if number.factor >= 1000 and gap in (" ", "\u00a0") and _is_rest(number, following):
            total = next(iter(number.values)) + next(iter(following.values))  # type: ignore[operator]
            joined[-1] = replace(
                number,
                values=frozenset({total}),
                whole_end=following.last,
                text=text[number.start : following.end],
            )
        elif (
            number.factor == 1
            and following.factor >= 1000
            and number.kind is NumberKind.COUNT
            and around.shares
            and around.shares.fullmatch(gap)
        ):
            shared = {
                round(value * following.factor, _PLACES)
                for value in number.values
                if isinstance(value, float)
            }
            # Whether 3 is three or three millions the text leaves open; further numbers of the row share it too.
            joined.append(replace(number, values=number.values | shared, minutes=None))
        else:
            joined.append(number)
    return joined[::-1]


def _is_short_year(year: str, following: str) -> bool:
    """Whether the second of two numbers is a year without its century: 1914–18."""
    return (
        year.isdigit()
        and following.isdigit()
        and len(year) == 4
        and len(following) == 2
        and year[2:] < following
    )


def _is_rest(number: Number, following: Number) -> bool:
    """Whether a number goes on with smaller units: 500 thousand behind 4 million."""
    values = [*number.values, *following.values]
    return (
        len(values) == 2
        and all(isinstance(value, float) for value in values)
        and 0 < abs(values[1]) < number.factor  # type: ignore[arg-type]
        and (following.factor > 1 or (following.text.isdigit() and len(following.text) == 3))
    )


def _values(written: str, decimal: str | None) -> tuple[set[float | str], bool]:
    """Return what digits and separators are worth, and whether they look like another language's whole number."""
    if ":" in written:
        return {written}, False
    # Many write 4’5 by hand for 4,5; of thousands three digits follow.
    written = re.sub(
        r"(?<=^\d)[’'](?=\d{1,2}$)|(?<=^\d\d)[’'](?=\d{1,2}$)", decimal or "", written
    )
    text = re.sub(r"[ \u00a0\u202f’']", "", written)
    groups = re.split(r"[.,]", text)
    signs = re.findall(r"[.,]", text)
    is_grouped = (
        bool(signs)
        and len(set(signs)) == 1
        and len(groups[0]) <= 3
        # 0.125 has no group before its sign.
        and not groups[0].startswith("0")
        and all(len(group) == 3 for group in groups[1:])
    )
    digits = "".join(groups)
    if len(digits) > _EXACT:
        # An account, an identifier: rounded to a float, two of them would be one.
        return {digits if is_grouped or not signs else text.replace(",", ".")}, False
    if not signs:
        return {float(text)}, False
    if is_grouped and (len(signs) > 1 or signs[0] != decimal):
        # Where decimals stand behind a comma 1.500 is fifteen hundred; where nothing is known both.
        whole: set[float | str] = {float(digits)}
        return (
            whole if decimal or len(signs) > 1 else whole | {float(".".join(groups))}
        ), False
    if len(signs) == 1 or (len(set(signs[:-1])) == 1 and signs[-1] != signs[0]):
        return {float("".join(groups[:-1]) + "." + groups[-1])}, is_grouped
    # A version, an address, a date: 3.11.2 is nothing but itself.
    return {text.replace(",", ".")}, False


class _Time(NamedTuple):
    kind: NumberKind
    minutes: int | None
    half_day: str
    end: int
    """Behind what says the half of the day."""


_NO_TIME = _Time(NumberKind.COUNT, None, "", 0)


def _time(numeral: Numeral, text: str, around: _Around) -> _Time:
    """Return what a number is, and its minutes and half of the day when it is or may be a time."""
    written, _start, end = numeral
    clock = _CLOCK.fullmatch(written)
    if not clock and (not written.isdigit() or len(written) > 2 or int(written) > 24):
        return _NO_TIME
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (int(written), 0)
    mark_end = end + _LONGEST_HOUR_MARK
    is_hour = bool(clock or (around.hour and around.hour.match(text, end, mark_end)))
    half_day, end = half_of_day(hour, text, end, around.halves)
    is_hour = is_hour or bool(half_day)
    if not half_day and is_hour and (hour > 12 or (hour == 0 and clock)):
        half_day = "pm" if 12 < hour < 24 else "am"
    kind = NumberKind.TIME if is_hour else NumberKind.COUNT
    return _Time(kind, (60 * hour + minute) % HALF_DAY, half_day if is_hour else "", end)


class Minus(NamedTuple):
    """Words around a number that make it negative."""

    start: int
    """Where the number begins with them."""
    is_sure: bool
    """Whether they do beyond doubt; else it may be either."""


def find_minus(text: str, start: int, end: int, language: Language) -> Minus | None:
    """Return the words around a number in digits or in words that make it negative: minus five, cinco bajo cero."""
    around = _around(language)
    if around.below_zero and around.below_zero.match(text, end):
        return Minus(start, is_sure=True)
    reach = max(0, start - _LONGEST_MINUS)
    word = around.minus.search(text, reach, start) if around.minus else None
    # Between two numbers it takes one from the other: five minus two.
    if word is None or around.number.search(text, max(0, word.start() - _REACH), word.start()):
        return None
    is_sure = language.numerals.minus_tells or around.degrees.match(text, end) is not None
    return Minus(word.start(), is_sure)


_REACH = 24
"""Letters of the longest word for a number, and some."""
_LONGEST_MINUS = 12


def half_of_day(
    hour: int, text: str, end: int, halves: tuple[tuple[re.Pattern[str], str], ...]
) -> tuple[str, int]:
    """Return `am` or `pm` where the words behind an hour say it, and where these end; else nothing."""
    if hour > 12:
        return "", end
    for pattern, half in halves:
        if match := pattern.match(text, end, end + _LONGEST_HOUR_MARK):
            if half == "night":
                # Twelve or two at night: people disagree which half that is.
                return "pm" if hour in range(6, 12) else "", match.end()
            is_open = hour == 12 and len(match[0]) > _LONGEST_SIGN
            return "" if is_open else half, match.end()
    return "", end


def _decade(numeral: Numeral, text: str, around: _Around) -> frozenset[float | str] | None:
    """Return the two ways to write ten years where a number means them: the 1990s, los años 90."""
    written, start, end = numeral
    if not written.isdigit() or len(written) not in (2, 4) or not written.endswith("0"):
        return None
    plural = next((end + len(mark) for mark in _DECADE_MARKS if text.startswith(mark, end)), 0)
    if (plural and not text[plural : plural + 1].isalnum()) or (
        around.decade and around.decade.search(text, max(0, start - 24), start)
    ):
        year = int(written)
        return frozenset({float(year), float(year % 100 if year > 99 else 1900 + year)})
    return None


class _Around:
    """What may stand around the digits of a language's numbers, compiled."""

    def __init__(self, language: Language) -> None:
        numerals = language.numerals
        scales = "|".join(sorted(language.scales, key=len, reverse=True))
        signs = "|".join(
            sorted({*numerals.scale_signs, *numerals.money_scale_signs}, key=len, reverse=True)
        )
        links = "|".join(numerals.range_words)
        self.scales = (
            re.compile(rf"[\s\u00a0-]*({scales})\b", re.IGNORECASE) if scales else None
        )
        self.signs = re.compile(rf"[ \u00a0]?({signs})(?!\w)") if signs else None
        self.hour = (
            re.compile(rf"[\s\u00a0]*(?:{language.hour_marks})", re.IGNORECASE)
            if language.hour_marks
            else None
        )
        self.halves = tuple(
            (re.compile(rf"[\s\u00a0]*(?:{pattern})", re.IGNORECASE), half)
            for pattern, half in numerals.half_days.items()
        )
        self.below_zero = (
            re.compile(numerals.below_zero, re.IGNORECASE) if numerals.below_zero else None
        )
        self.minus = (
            re.compile(rf"\b{numerals.minus}[ \u00a0]$", re.IGNORECASE)
            if numerals.minus
            else None
        )
        self.degrees = re.compile(rf"[ \u00a0]?(?:°|º|(?:{numerals.degrees or '(?!)'})\b)")
        words = "|".join(
            (r"\d", *(rf"\b{word}" for word in (*numerals.cardinals, *numerals.scales)))
        )
        self.number = re.compile(rf"(?:{words})[ \u00a0]$", re.IGNORECASE)
        """What ends in a number."""
        self.decade = (
            re.compile(numerals.decade_before, re.IGNORECASE)
            if numerals.decade_before
            else None
        )
        # Up to three words: entre 3 y más de 10 millones.
        self.shares = (
            re.compile(
                rf"[ \u00a0]?(?:[-–—/,]|,?[ \u00a0]?\b(?:{links})\b(?: [^\W\d_]+){{0,3}})[ \u00a0]?[$€£¥]?"
            )
            if links
            else None
        )


@cache
def _around(language: Language) -> _Around:
    return _Around(language)


def halves_of_day(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what stands behind hours of the first and second half of the day."""
    return _around(language).halves


def shares_scale(gap: str, language: Language) -> bool:
    """Whether what stands between two numbers lets the first share the scale of the second."""
    shares = _around(language).shares
    return bool(shares and shares.fullmatch(gap))

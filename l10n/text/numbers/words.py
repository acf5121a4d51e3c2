"""Numbers in words and in Roman numerals: two hundred and six, dos millones y medio, two thirds, Felipe VI."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from l10n.languages import Language, language_of
from l10n.text.numbers.digits import (
    HALF_DAY,
    find_minus,
    half_of_day,
    halves_of_day,
    shares_scale,
)
from l10n.text.numbers.model import TEXTS_AT_HAND, Notation, Number, NumberKind

_WORD = re.compile(r"[^\W\d_]+")

_ROMAN = re.compile(
    r"\b(?=[MDCLXVI])M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})\b"
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_SIGNS = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LAST_ROMAN = 2100
"""Above it nobody writes Roman numerals: years are the largest."""

_LAST_PLAIN = 39
"""Up to it a numeral has no letter but X, V and I; CD, MD and LI are abbreviations and syllables."""

_HOURS = 12
_SHORT = 3
"""Letters of the words between the words of a fraction: los, una."""


class _Part(NamedTuple):
    """A word of a number."""

    word: str
    start: int
    end: int
    is_joined: bool
    """Whether a joiner stands before it: hundred and six."""


class _Spelling:
    """What numbers in words look like in a language, compiled."""

    def __init__(self, language: Language) -> None:
        self.language = language
        numerals = self.numerals = language.numerals
        words = {*numerals.cardinals, *numerals.scales, *numerals.halves}
        alternatives = "|".join(sorted(words, key=len, reverse=True))
        joiner = rf"(?:{numerals.joiner}[ \u00a0])?" if numerals.joiner else ""
        before = "|".join(numerals.counts_before_scale)
        scales = "|".join(sorted(numerals.scales, key=len, reverse=True))
        halves = "|".join(numerals.halves)
        # An article counts before a scale only, and in `two and a half`.
        article = (
            rf"|(?:{before})(?=[ \u00a0-](?:{scales})\b)|(?:{before})(?=[ \u00a0](?:{halves})\b)"
            if before
            else ""
        )
        part = rf"(?:{alternatives}{article})\b"
        self.run = (
            re.compile(
                rf"(?<![\w’'])(?!(?:{halves})\b(?![ \u00a0](?:(?:{before or '(?!)'})[ \u00a0])?(?:{scales})\b))"
                rf"{part}(?:[ \u00a0-]{joiner}{part})*"
            )
            if words
            else None
        )
        self.ordinals = _alternatives({**numerals.ordinals, **numerals.doubtful_ordinals})
        self.decades = _alternatives(numerals.decades)
        self.fractions = tuple(
            (re.compile(rf"\b{pattern}"), part) for pattern, part in numerals.fractions.items()
        )
        self.decade_before = (
            re.compile(numerals.decade_before) if numerals.decade_before else None
        )
        self.century_before = (
            re.compile(numerals.century_before, re.IGNORECASE)
            if numerals.century_before
            else None
        )
        clock = {
            phrase: minutes
            for minutes, phrases in language.clock_words.items()
            for phrase in phrases
        }
        self.clock = clock
        phrases = "|".join(map(re.escape, sorted(clock, key=len, reverse=True)))
        self.clock_behind = re.compile(rf"[ \u00a0]({phrases})") if clock else None
        self.clock_before = re.compile(rf"\b({phrases})[ \u00a0]$") if clock else None
        self.halves_of_day = halves_of_day(language)
        # What only must stand behind a fraction tells of none.
        shares = {
            word
            for pattern in numerals.fractions
            # `tercios?` is both.
            for spelled in (pattern, re.sub(r"\w\?", "", pattern))
            for word in _WORD.findall(spelled.partition("(?=")[0])
            if len(word) > _SHORT
        }
        self.telling = frozenset(
            {
                *words,
                *shares,
                *numerals.ordinals,
                *numerals.doubtful_ordinals,
                *numerals.decades,
            }
            - {*numerals.indefinite, numerals.joiner}
        )
        """Words without which a text says no number that counts."""


def says_numbers(words: Collection[str], language: Language) -> bool:
    """Whether words, in small letters, have some by which a text says a number."""
    return not _spelling(language).telling.isdisjoint(words)


@lru_cache(maxsize=TEXTS_AT_HAND)
def read_spelled(text: str, locale: str) -> tuple[Number, ...]:
    """Return the numbers that a text says in words, in its order."""
    language = language_of(locale)
    spelling = _spelling(language)
    if spelling.run is None:
        return ()
    lowered = text.lower()
    if len(lowered) != len(text):
        # A letter such as İ becomes two: places must stay.
        lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    fractions = [*_fractions(lowered, text, spelling)]
    taken = [(number.start, number.end) for number in fractions]
    numbers = [
        number
        for match in spelling.run.finditer(lowered)
        if not _overlaps(match.span(), taken)
        for number in _numbers_of(match, lowered, text, spelling)
    ]
    numbers += fractions
    for pattern, values, kind in (
        (
            spelling.ordinals,
            {**spelling.numerals.ordinals, **spelling.numerals.doubtful_ordinals},
            NumberKind.ORDINAL,
        ),
        (spelling.decades, spelling.numerals.decades, NumberKind.DECADE),
    ):
        for match in pattern.finditer(lowered):
            if not _overlaps(match.span(), taken):
                value = values[match[0]]
                worth = {float(value)}
                if kind is NumberKind.DECADE:
                    worth.add(float(1900 + value))
                number = _spelled(text, *match.span(), worth, kind)
                is_doubtful = match[0] in spelling.numerals.doubtful_ordinals
                numbers.append(replace(number, is_weak=is_doubtful))
    numbers.sort(key=lambda number: number.start)
    return tuple(_sharing(numbers, text, language))


def read_romans(text: str, locale: str) -> list[Number]:
    """Return the Roman numerals of a text that cannot be anything else: behind a name, behind siglo."""
    spelling = _spelling(language_of(locale))
    numbers = []
    for match in _ROMAN.finditer(text):
        start = match.start()
        value = roman_value(match[0]) if match[0] else 0
        before = text[max(0, start - 30) : start]
        is_century = bool(spelling.century_before and spelling.century_before.search(before))
        if not value or (value > _LAST_PLAIN and not is_century):
            continue
        # A single I is a pronoun, V and X are signs; behind siglo they are numerals.
        if is_century or (len(match[0]) > 1 and _is_behind_name(before)):
            numbers.append(
                Number(
                    *(match[0], *match.span(), frozenset({float(value)})),
                    notation=Notation.ROMAN,
                )
            )
    return numbers


def _is_behind_name(before: str) -> bool:
    word = before[:-1].rpartition(" ")[2] if before.endswith((" ", "\u00a0")) else ""
    return word[:1].isupper() and word[1:2].islower()


def roman_values(text: str) -> set[int]:
    """Return what every sequence of letters that is a Roman numeral would be worth."""
    return {
        value
        for numeral in _ROMAN.finditer(text)
        if numeral[0] and (value := roman_value(numeral[0])) <= _LAST_ROMAN
    }


def roman_value(numeral: str) -> int:
    """Return what a Roman numeral is worth."""
    total = 0
    for letter, following in zip(numeral, numeral[1:] + " ", strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if _ROMAN_VALUES.get(following, 0) > value else value
    return total


def write_roman(value: int) -> str | None:
    """Return a value in Roman numerals; None where nobody writes it so."""
    if not 0 < value <= _LAST_ROMAN:
        return None
    parts = []
    for worth, letters in _ROMAN_SIGNS:
        count, value = divmod(value, worth)
        parts.append(letters * count)
    return "".join(parts)


def _alternatives(words: Collection[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words, key=len, reverse=True)) or '(?!)'})\b")


@cache
def _spelling(language: Language) -> _Spelling:
    return _Spelling(language)


def _overlaps(span: tuple[int, int], taken: Collection[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _spelled(
    text: str, start: int, end: int, values: Collection[float], kind: NumberKind
) -> Number:
    return Number(text[start:end], start, end, frozenset(values), kind, notation=Notation.WORDS)


def _fractions(lowered: str, text: str, spelling: _Spelling) -> Iterator[Number]:
    for pattern, part in spelling.fractions:
        for match in pattern.finditer(lowered):
            count = spelling.numerals.cardinals.get(match[1], 1)
            value = round(count * part, 4)
            yield _spelled(text, *match.span(), {value}, NumberKind.FRACTION)


def _numbers_of(
    run: re.Match[str], lowered: str, text: str, spelling: _Spelling
) -> Iterator[Number]:
    """Yield the numbers of a row of number words: one, or several where the words do not go together."""
    parts = [*_parts(run, lowered, spelling)]
    place = 0
    while place < len(parts):
        value, factor, after = _sum(parts, place, spelling)
        if after == place:
            place += 1
            continue
        start, end = parts[place].start, parts[after - 1].end
        number = _spelled(text, start, end, {value}, NumberKind.COUNT)
        number = replace(
            number, factor=factor, is_weak=_is_weak(parts[place:after], text, spelling)
        )
        minus = find_minus(lowered, start, end, spelling.language)
        if minus is None:
            yield _as_time_or_decade(number, lowered, spelling)
        elif minus.is_sure:
            yield replace(number, values=frozenset({-value}), whole_start=minus.start)
        else:
            yield replace(number, values=frozenset({value, -value}))
        place = after


def _parts(run: re.Match[str], lowered: str, spelling: _Spelling) -> Iterator[_Part]:
    joiner = spelling.numerals.joiner
    is_joined = False
    for word in _WORD.finditer(lowered, *run.span()):
        if word[0] == joiner:
            is_joined = True
        else:
            yield _Part(word[0], *word.span(), is_joined)
            is_joined = False


def _sum(parts: list[_Part], place: int, spelling: _Spelling) -> tuple[float, float, int]:
    """Return what the number from a place on is worth, its largest scale, and where it ends."""
    numerals = spelling.numerals
    total, scale, largest = 0.0, 0.0, 1.0
    current: float | None = None
    after = place
    for number, part in enumerate(parts[place:], place):
        word = part.word
        if word in numerals.counts_before_scale:
            following = parts[number + 1].word if number + 1 < len(parts) else ""
            if following in numerals.scales:
                # Half a million: the article counts only where nothing else does.
                current = 1 if current is None else current
            elif following not in numerals.halves:
                break
            continue
        if word in numerals.halves:
            following = parts[number + 1].word if number + 1 < len(parts) else ""
            if after == place:
                current = 0.5
            elif part.is_joined or parts[number - 1].is_joined:
                if current is not None:
                    current += 0.5
                elif scale:
                    total += scale / 2
                else:
                    break
            else:
                break
        elif word in numerals.cardinals:
            value = numerals.cardinals[word]
            if current is None:
                current = float(value)
            elif not _continues(current, value, part, spelling):
                break
            else:
                current += value
        else:
            factor = numerals.scales[word]
            if current is None and not total and word not in numerals.bare_scales:
                break
            if scale and factor > scale:
                # Dos mil millones: everything before it is multiplied.
                total = (total + (current or 0)) * factor
            elif factor == 100 and current is not None and current < 100:
                current *= 100
                after = number + 1
                largest = max(largest, factor)
                continue
            elif scale and factor == scale:
                break
            else:
                total += (1 if current is None else current) * factor
            current, scale, largest = None, float(factor), max(largest, factor)
        after = number + 1
    return round(total + (current or 0), 6), largest if scale or largest > 1 else 1, after


def _continues(current: float, value: int, part: _Part, spelling: _Spelling) -> bool:
    """Whether a word goes on with the number before it: thirty | six, two hundred | and six."""
    if value >= 100 or current % 1:
        return False
    if current >= 100 and current % 100 == 0:
        return True
    is_unit = value < 10 and current % 10 == 0 and current % 100 >= 20
    return is_unit and part.is_joined == spelling.numerals.joins_tens


def _is_weak(parts: list[_Part], text: str, spelling: _Spelling) -> bool:
    """Whether a number may be another word: an article, or a part of a name within a sentence."""
    first = parts[0]
    if len(parts) == 1 and first.word in spelling.numerals.indefinite:
        return True
    # Por ciento is no hundred.
    if len(parts) == 1 and text[: first.start].lower().endswith(("por ", "per ")):
        return True
    before = text[: first.start].rstrip("“«\"'¿¡(")
    return (
        text[first.start].isupper()
        and before[-1:] not in ("", "\n")
        and before.rstrip()[-1:] not in (".", "!", "?", "…", ":", "—", "–")
    )


def _as_time_or_decade(number: Number, lowered: str, spelling: _Spelling) -> Number:
    """Return a number as the time or the decade that the words around it make of it."""
    (value,) = number.values
    if not isinstance(value, float):
        return number
    before = lowered[max(0, number.start - 24) : number.start]
    if (
        spelling.decade_before
        and value in range(20, 100, 10)
        and spelling.decade_before.search(before)
    ):
        values = frozenset({value, 1900 + value})
        return replace(number, values=values, kind=NumberKind.DECADE)
    if not 1 <= value < _HOURS + 1 or (value % 1 and value % 1 != 0.5):
        return number
    hour, minutes, end = int(value), 30 if value % 1 else 0, number.end
    is_time = False
    if spelling.clock_behind and (match := spelling.clock_behind.match(lowered, end)):
        minutes, end, is_time = spelling.clock[match[1]], match.end(), True
        hour -= minutes > 30
    elif spelling.clock_before and (match := spelling.clock_before.search(before)):
        minutes, is_time = spelling.clock[match[1]], True
        hour -= minutes > 30
    half_day, end = half_of_day(int(value), lowered, end, spelling.halves_of_day)
    minutes = (60 * hour + minutes) % HALF_DAY
    if not (is_time or half_day):
        return replace(number, minutes=minutes)
    return replace(
        number,
        kind=NumberKind.TIME,
        minutes=minutes,
        half_day=half_day,
        is_weak=False,
        whole_end=end,
    )


def _sharing(numbers: list[Number], text: str, language: Language) -> list[Number]:
    """Return numbers with the scale that a later one of a row lends them: two to three million."""
    shared: list[Number] = []
    for number in reversed(numbers):
        following = shared[-1] if shared else None
        if (
            following is not None
            and number.kind is NumberKind.COUNT
            and number.factor == 1
            and following.factor >= 1000
            and shares_scale(text[number.end : following.start], language)
        ):
            values = {
                value * following.factor for value in number.values if isinstance(value, float)
            }
            number = replace(number, values=number.values | values)  # noqa: PLW2901 - the number with what it shares
        shared.append(number)
    return shared[::-1]

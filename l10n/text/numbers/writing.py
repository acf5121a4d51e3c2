"""Numbers written by value, unit and locale: in the place of another number, in the notation that it has there."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from l10n.languages import Language, language_of, region_of
from l10n.text.numbers.amounts import sort_of
from l10n.text.numbers.digits import HALF_DAY
from l10n.text.numbers.model import Notation, Number, NumberKind
from l10n.text.numbers.words import write_roman

_CLOCK = re.compile(r"(\d{1,2})(?:([:.])(\d\d))?")
_HALF_LETTER = re.compile(r"([aApP])(?=\.?[ \u00a0]?[mM]\b)")
_SUFFIX = re.compile(r"st\b|nd\b|rd\b|th\b|\.?[ºª]|\.?er\b")
_GROUPING = re.compile(r"\d([.,’'\u00a0\u202f ])\d{3}(?!\d)")

_LARGEST = 10**12
_MOST_DECIMALS = 3
_MILLION = 10**6
_LAST_SPELLED = 100
"""Below it a number stands in words where the one before did; larger ones are written in digits."""
_FIRST_CENTURY = 1900
"""Two digits are a decade of the twentieth century, or of ours; of earlier ones the century is said."""

_AGREES_WITH_NUMBER = frozenset({"", "ordinal", "century", "identifier", "%"})
"""Sorts whose words stay as they are when one becomes several: chapter 1, 1 %."""


class Written(NamedTuple):
    """What stands in a text instead of a number there."""

    text: str
    start: int
    end: int


class Slot(NamedTuple):
    """Where a number of a text stands in its translation."""

    old: Number
    source: str
    place: Number
    target: str


def write_number(number: Number, slot: Slot, locale: str) -> Written | None:
    """Return how a number of a text is written in the place of an old one; None where that is not certain."""
    language = language_of(locale)
    place, sort = slot.place, sort_of(slot.place, slot.target, language)
    was_one, is_one = (_is_one(n) for n in (slot.old, number))
    if was_one != is_one and (
        number.kind is NumberKind.TIME or sort not in _AGREES_WITH_NUMBER
    ):
        return None
    if number.kind is NumberKind.TIME:
        return _time(number, slot, language)
    if number.kind is NumberKind.DECADE:
        return _decade(number, slot, language)
    if number.kind is NumberKind.FRACTION:
        return None
    if sort == "century" or place.notation is Notation.ROMAN:
        return _ranked(number, slot, language, as_roman=place.notation is Notation.ROMAN)
    if sort == "ordinal":
        is_word = place.notation is Notation.WORDS
        return None if is_word else _ranked(number, slot, language, as_roman=False)
    if any(isinstance(value, str) for value in (*number.values, *slot.old.values)):
        same = place.text == slot.old.text and slot.old.factor == number.factor == 1
        return Written(number.text, place.start, place.end) if same else None
    return _count(number, slot, locale)


def _is_one(number: Number) -> bool:
    if number.kind is NumberKind.TIME and number.minutes is not None:
        return number.minutes // 60 == 1
    return number.values == {1.0}


def _ranked(
    number: Number, slot: Slot, language: Language, *, as_roman: bool
) -> Written | None:
    """Write a place in a row: 2.º, 21st, XV."""
    value, place = _whole(number), slot.place
    if value is None:
        return None
    if as_roman:
        roman = write_roman(value)
        return Written(roman, place.start, place.end) if roman else None
    suffix = _SUFFIX.match(slot.target, place.end)
    if suffix is None or language.numerals.suffix is None:
        return Written(str(value), place.start, place.end)
    ending = language.numerals.suffix(value, suffix[0])
    article = _article(f"{value}", slot.target, place.start, language)
    return _with_article(Written(f"{value}{ending}", place.start, suffix.end()), article)


def _whole(number: Number) -> int | None:
    if len(number.values) != 1:
        return None
    (value,) = number.values
    is_whole = isinstance(value, float) and value % 1 == 0 and value < _LARGEST
    return int(value) if is_whole else None


def _decade(number: Number, slot: Slot, language: Language) -> Written | None:
    """Write ten years as the others are: in two digits, in four, in a word."""
    year, old_year = (
        max(v for v in n.values if isinstance(v, float)) for n in (number, slot.old)
    )
    place = slot.place
    if place.notation is Notation.DIGITS and len(place.text) > 2:
        return Written(f"{int(year)}", place.start, place.end)
    if year // 100 != old_year // 100 or year < _FIRST_CENTURY:
        return None
    tens = int(year % 100)
    if place.notation is Notation.DIGITS:
        return Written(f"{tens:02}", place.start, place.end)
    numerals = language.numerals
    words = {value: word for word, value in numerals.decades.items()}
    spoken = words.get(tens) or (numerals.speak(tens, "") if numerals.speak and tens else None)
    if spoken is None or (place.text not in numerals.decades and tens in words):
        return None
    return Written(_like(spoken, place.text), place.start, place.end)


def _time(number: Number, slot: Slot, language: Language) -> Written | None:
    """Write a time of day on the clock of the place: of twelve hours or of twenty-four."""
    place, old = slot.place, slot.old
    clock = _CLOCK.fullmatch(place.text)
    if clock is None or number.minutes is None or old.minutes is None:
        return None
    mark = slot.target[place.end : place.last]
    letter = _HALF_LETTER.search(mark)
    minutes = number.minutes
    if mark.strip():
        if not number.half_day:
            return None
        if letter:
            half = number.half_day[0]
            half = half.upper() if letter[0].isupper() else half
            mark = mark[: letter.start()] + half + mark[letter.end() :]
        elif number.half_day != place.half_day or _part(number) != _part(old):
            return None
        hour = minutes // 60 or 12
    elif bool(number.half_day) != bool(old.half_day):
        return None
    elif number.half_day:
        minutes += HALF_DAY if number.half_day == "pm" else 0
        hour = minutes // 60
    else:
        hour = minutes // 60 or 12
    minute = minutes % 60
    sign = clock[2] or ":"
    written = f"{hour}{sign}{minute:02}" if clock[3] or minute else f"{hour}"
    if place.text.startswith("0") and hour < 10:
        written = f"0{written}"
    return _with_article(
        Written(written + mark, place.start, max(place.end, place.last)),
        _article(written, slot.target, place.start, language),
    )


def _part(number: Number) -> int:
    """Return the part of the day: night and early morning have words of their own."""
    minutes = (number.minutes or 0) + (HALF_DAY if number.half_day == "pm" else 0)
    return sum(minutes >= 60 * hour for hour in (6, 12, 20))


def _count(number: Number, slot: Slot, locale: str) -> Written | None:
    """Write how many things, how much money."""
    place, language = slot.place, language_of(locale)
    value = _value_in_place(number, slot)
    if value is None:
        return None
    if place.notation is Notation.WORDS:
        spoken = (
            language.numerals.speak(int(value), place.text)
            if language.numerals.speak and 0 < value < _LAST_SPELLED and value == int(value)
            else None
        )
        if spoken:
            return Written(_like(spoken, place.text), place.start, place.last)
        if place.factor > 1 or value == 1:
            return None
    digits = _digits(abs(value), number, slot, locale)
    sign = language.numerals.minus_sign if value < 0 else ""
    end = place.end if place.notation is Notation.DIGITS else place.last
    article = _article(digits, slot.target, place.first, language)
    return _with_article(Written(sign + digits, place.first, end), article)


def _value_in_place(number: Number, slot: Slot) -> Decimal | None:
    """Return a value in the scale of its place: 14.3 where millions stands behind it."""
    place, old = slot.place, slot.old
    if len(place.values) != len(number.values):
        # 30 of `30 to 50 thousand`, 21 of `1620–21`: less is written there than is meant.
        return None
    if len(number.values) > 1:
        # It shares the scale of a later number, and so do the old one and its place.
        if number.factor == 1 and len(old.values) > 1 and len(place.values) > 1:
            return _exact(min(abs(v) for v in number.values if isinstance(v, float)))
        return None
    (worth,) = number.values
    scale = abs(place.factor)
    if not isinstance(worth, float) or abs(worth) >= _LARGEST * 1000:
        return None
    if scale == 1 and abs(number.factor) >= _MILLION and abs(old.factor) < _MILLION:
        # 2000000 personas is no way to write two millions.
        return None
    value = _exact(worth) / int(scale)
    exponent = value.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    if scale > 1:
        former = _exact(max(v for v in place.values if isinstance(v, float))) / int(scale)
        # One million, two millions: the word would have to change.
        if (
            (abs(value) == 1) != (abs(former) == 1)
            or decimals > _MOST_DECIMALS
            or abs(value) < 1
        ):
            return None
    return value


def _exact(value: float) -> Decimal:
    return Decimal(repr(value))


def _digits(value: Decimal, number: Number, slot: Slot, locale: str) -> str:
    """Return a value in the digits of a locale; grouped where the place, the source or the locale groups it."""
    language = language_of(locale)
    region = region_of(locale)
    point = language.decimal_in(region) or "."
    abroad = point != language.decimal
    plain = f"{value.normalize():f}"
    whole, _point, decimals = plain.partition(".")
    if re.match(r"0\d", slot.place.text):
        # A day or month of two digits, a number of a form.
        whole = whole.zfill(len(slot.place.text))
    # 2.50 stays 2.50: its digits say how exact it is.
    written = re.search(r"[.,](\d+)$", number.text)
    if (
        written
        and (decimals or len(written[1]) != 3)
        and slot.place.factor == number.factor
        and Decimal(f"0.{written[1]}") == value % 1
    ):
        decimals = written[1]
    whole = _grouped(whole, number, slot, "," if abroad else language.numerals.group, locale)
    return whole + (point + decimals if decimals else "")


def _grouped(whole: str, number: Number, slot: Slot, sign: str, locale: str) -> str:
    """Return the digits before the decimals in groups of three, where the place, the source or the locale has them."""
    place, language = slot.place, language_of(locale)
    point = language.decimal_in(region_of(locale)) or "."
    least = 4 if point != language.decimal else language.numerals.least_grouped
    shown = _GROUPING.search(place.text)
    if shown and not _is_decimal(place.text, point):
        sign = shown[1]
        # Spaces group five figures and more, as the Academy has it; points group four, too.
        if not sign.isspace() or len(re.sub(r"\D", "", place.text)) == 4:
            least = 4
    elif number.notation is Notation.DIGITS and not _GROUPING.search(number.text):
        # A year, a house, an account: as long as the one before, and without groups on both sides.
        former = re.sub(r"\D.*", "", place.text)
        if len(former) >= 4 and len(whole) >= 4 and number.text.isdigit():
            sign = ""
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", sign, whole) if len(whole) >= least else whole


def _is_decimal(written: str, point: str) -> bool:
    """Whether the only sign of a number is the one before decimals: 2,500 in Spanish."""
    return len(re.findall(r"\D", written)) == 1 and point in written


def _like(word: str, former: str) -> str:
    return word[0].upper() + word[1:] if former[:1].isupper() else word


def _article(written: str, target: str, start: int, language: Language) -> Written | None:
    """Return the article before a number in its right form: an 8, a 9, an 11."""
    if language.article_before_vowel is None:
        return None
    plain, before_vowel = language.article_before_vowel
    match = re.search(rf"\b({plain}|{before_vowel}) $", target[:start], re.IGNORECASE)
    if match is None:
        return None
    right = before_vowel if re.match(r"8|1[18](?!\d)|1[18],", written) else plain
    right = _like(right, match[1])
    return Written(f"{right} ", match.start(), start)


def _with_article(written: Written, article: Written | None) -> Written:
    if article is None or article.end != written.start:
        return written
    return Written(article.text + written.text, article.start, written.end)

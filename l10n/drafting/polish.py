"""Small certain repairs of a draft: inverted marks, the first capital, the closing mark, spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from l10n.languages import Language, language_of
from l10n.languages.inflection import bare_form
from l10n.text.edits import Edit, apply

_SPACED_PERCENT = re.compile(r"(?<=\d)[ \u00a0\u202f](?=%)")
_ANGLE_QUOTES = "«»"
_MEASURE = (
    r"(?=[ \u00a0-]?(?:%|€|\$|£|euros?\b|d[oó]l|pesos?\b|libras?\b|pounds?\b|millon|millón|million|billion|mil\b"
    r"|kil|km|met|cm|mm|hect|acres?\b|grad|degree|punto|point|litr|litre|liter|ton|milla|mile|veces\b|times\b))"
)
"""What makes a number with a decimal sign a quantity, not a version, a time or a date."""

_OPENERS = " \"'“”«‘’([—–-"
_FIRST = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_END = re.compile(r"[.!?…:;,]*(?=[\"'”»’)\]]*$)")
_OPENED = {"!": "¡", "?": "¿"}
_BEHIND_STOP = re.compile(r"\w\.[ \u00a0]([^\W\d_]+)")
_LOOSE = re.compile(r" +(?=[,.;:!?…)\]»”](?:[\s\"]|$))|(?<=[¿¡(«“]) +|(?<= ) +")


def repairs(source: str, text: str, source_locale: str, target_locale: str) -> list[Edit]:
    """Return the edits that make a draft agree with its source and locale, none of them overlapping."""
    if not text.strip():
        return []
    edits = [Edit(*match.span(), "") for match in _LOOSE.finditer(text)]
    edits += _quoted_spaces(text)
    language = language_of(target_locale)
    edits += _order(source, text, language_of(source_locale), language) or _capital(
        source, text
    )
    edits += _slips(source, text, language)
    edits += _second_capital(source, text)
    edits += _inner_capitals(source, text)
    edits += _numbers(source, text, source_locale, target_locale)
    edits += _articles(text, language)
    edits += _percent_signs(text, language)
    edits += _quotes(text, language)
    closing = _closing(source, text)
    edits += closing
    # The closing mark decides about the opening one; all before it stands where it stood.
    closed = apply(text, closing).text
    edits += _inverted(closed, opened=bool(language.opens_marks))
    edits = _merged(sorted(set(edits)))
    return [
        edit
        for edit, after in pairwise([*edits, Edit(len(text) + 1, len(text) + 1, "")])
        if edit.end <= after.start
    ]


def _merged(edits: Iterable[Edit]) -> list[Edit]:
    """Join an insertion with the edit of the characters behind it."""
    merged: list[Edit] = []
    for edit in edits:
        last = merged[-1] if merged else None
        if last and last.start == last.end == edit.start:
            merged[-1] = Edit(edit.start, edit.end, last.text + edit.text)
        else:
            merged.append(edit)
    return merged


def _quoted_spaces(text: str) -> list[Edit]:
    """Take out spaces inside of straight quotation marks, where every mark has its partner."""
    marks = [at for at, character in enumerate(text) if character == '"']
    # A mark without its partner may open or close, or stand for inches.
    if len(marks) % 2:
        return []
    edits = []
    for first, last in zip(marks[::2], marks[1::2], strict=True):
        inside = text[first + 1 : last]
        core = inside.strip()
        if core and core != inside:
            start, end = first + 1, first + 1 + inside.index(core)
            edits += [Edit(start, end, "")] if start < end else []
            edits += [Edit(end + len(core), last, "")] if end + len(core) < last else []
    return edits


def _order(source: str, text: str, source_language: Language, language: Language) -> list[Edit]:
    """Take out the subject that an engine has given an order: `It install the package` for `Instale el paquete`."""
    if not (source_language.polite_order and language.order_with_subject):
        return []
    source = source.lstrip(_OPENERS + "¡")
    start = len(text) - len(text.lstrip(_OPENERS))
    subject = re.compile(language.order_with_subject).match(text, start)
    if subject is not None and re.match(source_language.polite_order, source):
        return [Edit(start, subject.end() + 1, text[subject.end()].upper())]
    return _familiar_order(source, text, start, (source_language, language))


def _familiar_order(
    source: str, text: str, start: int, languages: tuple[Language, Language]
) -> list[Edit]:
    """Make an order of `It opens the door of your house`: `Abre la puerta de tu casa`, and of `You do not use it`."""
    stated = re.compile(languages[1].stated_order or "(?!)").match(text, start)
    if stated is None:
        return []
    if stated["verb"] is None:
        end = stated.end()
        return (
            [Edit(start, end + 1, text[end].upper())] if _forbids(source, languages[0]) else []
        )
    order = re.match(languages[0].familiar_order or "(?P<sure>(?!))", source)
    verb = bare_form(stated["verb"], languages[1].code)
    if order is None or (order["sure"] is None and verb in languages[1].stative_verbs):
        return []
    return [Edit(start, stated.end(), verb.capitalize())]


def _forbids(source: str, language: Language) -> bool:
    """Whether a sentence forbids `tú` something: `No uses`, of usar; `No usas` states."""
    return any(
        re.search(rf"(?:{infinitive})$", bare_form(match[1], language.code))
        for form, infinitive in language.forbidding
        if (match := re.match(form, source))
    )


def _slips(source: str, text: str, language: Language) -> list[Edit]:
    """Replace what nobody writes in a language."""
    return [
        Edit(*match.span(), new)
        for pattern, new in language.slips
        if not re.search(pattern, source)
        for match in re.finditer(pattern, text)
    ]


def _articles(text: str, language: Language) -> list[Edit]:
    """Write an article as the word behind it sounds: an entry."""
    if language.article_before_vowel is None:
        return []
    usual, before_vowel = language.article_before_vowel
    pattern = re.compile(rf"\b({usual}) +(?={language.vowel_sound})", re.IGNORECASE)
    return [
        Edit(*match.span(1), match[1][0] + before_vowel[1:]) for match in pattern.finditer(text)
    ]


def _percent_signs(text: str, language: Language) -> list[Edit]:
    if language.percent_space != "":
        return []
    return [Edit(*match.span(), "") for match in _SPACED_PERCENT.finditer(text)]


def _quotes(text: str, language: Language) -> list[Edit]:
    """Replace angle quotes where the language has none."""
    usual = language.quotes
    if usual is None or any("«" in pair for pair in usual):
        return []
    return [
        Edit(at, at + 1, usual[0][_ANGLE_QUOTES.index(mark)])
        for at, mark in enumerate(text)
        if mark in _ANGLE_QUOTES
    ]


def _inverted(text: str, *, opened: bool) -> list[Edit]:
    edits = []
    for opening, closing in ("¿?", "¡!"):
        if not opened:
            edits += [Edit(at, at + 1, "") for at, c in enumerate(text) if c == opening]
        elif text.count(closing) == 1 and opening not in text:
            before = text[: text.index(closing)]
            # A question inside a quotation starts where the quotation does.
            start = max(before.rfind(mark) for mark in "“«(—") + 1
            start += len(before[start:]) - len(before[start:].lstrip(_OPENERS))
            edits.append(Edit(start, start, opening))
    return edits


def _capital(source: str, text: str) -> list[Edit]:
    source_letter, letter = _FIRST.search(source), _FIRST.search(text)
    if not source_letter or not letter or source_letter[0].isupper() == letter[0].isupper():
        return []
    if source_letter[0].isupper():
        return [Edit(*letter.span(), letter[0].upper())]
    word = _WORD.search(text, letter.start())
    # A name or acronym keeps its capital wherever it stands.
    is_name = word and ((word[0].isupper() and len(word[0]) > 1) or word[0] in source)
    return [] if is_name else [Edit(*letter.span(), letter[0].lower())]


def _second_capital(source: str, text: str) -> list[Edit]:
    """Take back the capital that rule-based engines put behind a name: “Trudeau Will”, “Ana Gil And Luis Paz”."""
    pairs = zip(_WORD.finditer(source), _WORD.finditer(text), strict=False)
    for n, (word, other) in enumerate(pairs):
        if word[0] == other[0]:
            continue
        is_raised = other[0][0].isupper() and other[0][1:] == other[0][1:].lower()
        if n and is_raised and word[0].islower() and other[0] not in source:
            return [Edit(other.start(), other.start() + 1, other[0][0].lower())]
        break
    return []


def _inner_capitals(source: str, text: str) -> list[Edit]:
    """Take back the capitals that engines put behind the full stop of an abbreviation, within a sentence."""
    behind = [match[1] for match in _BEHIND_STOP.finditer(source)]
    # A name behind `Sr.` may be called otherwise in the other language.
    if not behind or any(word[0].isupper() and word not in text for word in behind):
        return []
    return [
        Edit(match.start(1), match.start(1) + 1, match[1][0].lower())
        for match in _BEHIND_STOP.finditer(text)
        if match[1][0].isupper() and match[1][1:].islower() and match[1] not in source
    ]


def _numbers(source: str, text: str, source_locale: str, target_locale: str) -> list[Edit]:
    """Write grouped numbers and decimal quantities copied from the source with the target's signs."""
    try:
        source_signs, target_signs = (
            Locale.parse(tag, sep="-") for tag in (source_locale, target_locale)
        )
    except (ValueError, UnknownLocaleError):
        return []
    group, decimal = get_group_symbol(source_signs), get_decimal_symbol(source_signs)
    signs = {group: get_group_symbol(target_signs), decimal: get_decimal_symbol(target_signs)}
    # Both write alike: nothing can have been copied wrongly.
    if signs[decimal] == decimal:
        return []
    g, d = re.escape(group), re.escape(decimal)
    pattern = (
        rf"(?<![\w.,])\d{{1,3}}(?:{g}\d{{3}})+(?:{d}\d+)?(?![\w]|[.,]\d)"
        rf"|(?<![\w.,])\d+{d}\d+{_MEASURE}|(?<=[$€£])\d+{d}\d+(?![.,]?\d)"
    )
    # A point may stand in a version, a time or a date; a comma between digits is nothing but a decimal one.
    if decimal == ",":
        pattern += r"|(?<![\w.,])\d+,\d{1,2}(?!\w|[.,]\d)"
    return [
        Edit(*number.span(), "".join(signs.get(sign, sign) for sign in number[0]))
        for number in re.finditer(pattern, text)
        # A number that the source has not was written by the engine, in the target's way.
        if number[0] in source
    ] + _years(source, text, signs[group])


def _years(source: str, text: str, group: str) -> list[Edit]:
    """Return what takes the sign out of four digits that the source has without: a year, 1.999 for 1999."""
    return [
        Edit(*number.span(), "".join(number.groups()))
        for number in re.finditer(
            rf"(?<![\w.,])(\d){re.escape(group)}(\d{{3}})(?![\w]|[.,]\d)", text
        )
        if number[0] not in source
        and re.search(rf"(?<![\w.,]){number[1]}{number[2]}(?!\w)", source)
    ]


def _closing(source: str, text: str) -> list[Edit]:
    source_end, end = _END.search(source), _END.search(text)
    if (
        not source_end
        or not end
        or source_end[0].replace("…", "...") == end[0].replace("…", "...")
    ):
        return []
    # `¡Suscríbete!` for `Subscribe.` is how the other language says it; without its end it would be a fault.
    if end[0] in _OPENED and _OPENED[end[0]] in text:
        return []
    # One mark for one is the engine’s slip; three points for one may be meant.
    if not end[0] or not source_end[0] or len(end[0]) == 1 == len(source_end[0]):
        return [Edit(*end.span(), source_end[0])]
    return []

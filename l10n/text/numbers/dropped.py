"""Numbers in words that a sentence lost: `seven schools`, `las escuelas`."""

from __future__ import annotations

import re

from l10n.languages import Language, language_of
from l10n.text.lexicon import Counterparts
from l10n.text.numbers.comparing import Side, says_number
from l10n.text.numbers.model import Notation, Number, NumberKind
from l10n.text.numbers.words import read_romans, read_spelled

_LEAST, _MOST = 3, 99
"""One and two are said in other ways (`ambos`, the plural), hundreds and thousands are ways of speaking."""
_LONGEST = 25
"""Words of a sentence in which a number is not said in another way somewhere."""
_COUNTED = re.compile(r"[ \u00a0]([^\W\d_]{3,})(?:[ \u00a0]([^\W\d_]{3,}))?")
"""What a number counts, with a word that may describe it before it."""
_BEFORE = 12
"""Letters before a number in which its article stands."""
_WORD = re.compile(r"[^\W\d_]+")


def dropped_count(source: Side, target: Side) -> Number | None:
    """Return the first number in words of a sentence whose other sentence has what it counts, and no number.

    None where the other has any, in whatever way, or a word of quantity (`varios`, `all`); where it may say the whole
    otherwise (`three weeks`, a month); and behind an article, for everybody knows how many those are (`the twelve months`).
    """
    languages = language_of(source.locale), language_of(target.locale)
    vague = languages[1].numerals.vague
    if not vague or target.numbers or source.text.count(" ") > _LONGEST:
        return None
    counts = [
        number
        for number in read_spelled(source.text, source.locale)
        if _is_count(number) and not _is_known(number, source.text, languages[0])
    ]
    if not counts:
        return None
    words = set(_WORD.findall(target.text.lower()))
    if not vague.isdisjoint(words) or read_romans(target.text, target.locale):
        return None
    if any(not number.is_weak for number in read_spelled(target.text, target.locale)):
        return None
    there = Counterparts(words, (languages[0].code, languages[1].code))
    return next(
        (
            number
            for number in counts
            if any(word in there for word in _counted(number, source.text, languages[0]))
            and not says_number(target, number)
        ),
        None,
    )


def _is_count(number: Number) -> bool:
    return (
        number.notation is Notation.WORDS
        and number.kind is NumberKind.COUNT
        and not number.is_weak
        and number.factor == 1
        and all(
            isinstance(value, float) and value % 1 == 0 and _LEAST <= value <= _MOST
            for value in number.values
        )
    )


def _is_known(number: Number, text: str, language: Language) -> bool:
    """Whether an article before a number says that readers know what is counted."""
    before = text[max(0, number.first - _BEFORE) : number.first].split()
    return bool(before) and before[-1].capitalize() in language.articles


def _counted(number: Number, text: str, language: Language) -> list[str]:
    """Return what may be the noun that a number counts, in small letters."""
    counted = _COUNTED.match(text, number.last)
    words = [word.lower() for word in counted.groups() if word] if counted else []
    return [] if words and words[0] in language.function_words else words

"""An earlier translation made to serve a new text: its dates, numbers, names and tokens, and whether it still says the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from l10n.languages import Language, language_of
from l10n.languages.folding import fold_for_search, fold_letters
from l10n.memory.calendar import lacks_a_date, with_dates
from l10n.memory.similarity import with_tokens
from l10n.memory.values import holds_numbers, with_numbers
from l10n.text import markup
from l10n.text.exonyms import name_in, names_in
from l10n.text.given_names import sex_of
from l10n.text.names import Name, is_title, read_names
from l10n.text.opposites import find_opposites

_WORD = re.compile(r"[^\W_]+(?:[’'.,:/-][^\W_]+)*|[%$€£¥−]")
"""Words, numbers with their signs, and what changes an amount."""

_DIGIT = re.compile(r"\d")
_ROMAN_BEHIND = re.compile(r"(?:^| )[IVXLC]+$")
_SHORT_WORD = 2
_SPELT_OTHERWISE = 85
"""Percent of likeness from which two words are one: colour, color."""
_PLACED = re.compile(r"\b(?:[^\W\d_]+) $")


class Adapted(NamedTuple):
    """An earlier translation as far as it could be made to serve."""

    target: str
    is_unfit: bool = False
    """Whether a number, a name or a word that says the contrary is still that of its old source."""
    lacks_date: bool = False
    """Whether a month or weekday is."""


def adapt(query: str, source: str, target: str, locales: tuple[str, str]) -> Adapted:
    """Return an earlier translation with the dates, numbers, names and tokens of the new text, where those are clear."""
    dated = with_dates(query, source, target, locales)
    translation = target if dated is None else dated
    gone, new = _differing(query, source)
    is_unfit = False
    if gone or new:
        language = language_of(locales[0])
        is_unfit = _says_contrary(gone, new, language)
        # A number that stays may count something else now: 12 miles, 12 km.
        if _DIGIT.search(query) or holds_numbers((*gone, *new), language):
            numbered = with_numbers(query, source, translation, locales)
            is_unfit = is_unfit or numbered is None
            translation = numbered or translation
        if any(word[0].isupper() for word in (*gone, *new)):
            named = _with_names(query, source, translation, locales)
            is_unfit = is_unfit or named is None
            translation = named or translation
    lacks_date = dated is None and lacks_a_date(query, source, locales[0])
    return Adapted(with_tokens(query, source, translation), is_unfit, lacks_date)


def other_words(query: str, source: str, target: str, locale: str) -> tuple[str, ...]:
    """Return the words of a text in whose place its earlier form had others of another meaning; empty where it says the same.

    `target` is the earlier translation as adapted: names and dates that it was given are no other words. Numbers
    are not looked at.
    """
    language = language_of(locale)
    gone, new = (_meanings(words, language) for words in _differing(query, source))
    given = {word.lower() for word in _words(target)}
    fresh = [word for stem, word in new.items() if stem not in gone and word not in given]
    former = [word for stem, word in gone.items() if stem not in new]
    # What is only spelt otherwise is the same word; what only came or went leaves the rest as it was said.
    exchanged = [
        word
        for word in fresh
        if not any(ratio(word, old) >= _SPELT_OTHERWISE for old in former)
    ]
    return tuple(exchanged) if former else ()


def _meanings(words: Sequence[str], language: Language) -> dict[str, str]:
    """Return words of meaning in small letters by their stems."""
    dates = {*language.months, *language.weekdays}
    return {
        language.stem(fold_for_search(word)): word.lower()
        for word in words
        if word.isalpha()
        and len(word) > _SHORT_WORD
        and word.lower() not in language.function_words
        and not {word, word.lower()} & dates
    }


def _differing(query: str, source: str) -> tuple[list[str], list[str]]:
    """Return the words that only the old source has, and those that only the new text has."""
    new, old = _words(query), _words(source)
    if new == old:
        return [], []
    counts, former = Counter(new), Counter(old)
    return [*(former - counts).elements()], [*(counts - former).elements()]


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(markup.plain(text)))


def _says_contrary(gone: Sequence[str], new: Sequence[str], language: Language) -> bool:
    """Whether a word became its contrary, or a denial came or went."""
    old_words, new_words = ({word.lower() for word in words} for words in (gone, new))
    if any(find_opposites(old_words, new_words, language, language)):
        return True
    if not (old_words | new_words).isdisjoint(language.language_names):
        # Another people, another language.
        return True
    return _denials(gone, language) != _denials(new, language)


def _denials(words: Collection[str], language: Language) -> int:
    negation = language.negation
    if negation is None:
        return 0
    endings = negation.plain_endings
    return sum(
        word.lower() in negation.plain or (bool(endings) and word.lower().endswith(endings))
        for word in words
    )


def _with_names(query: str, source: str, target: str, locales: tuple[str, str]) -> str | None:
    """Return a translation with the names of the new text, one for one; None where it is not clear which is which."""
    language = language_of(locales[0])
    new, old = (_names(text, language) for text in (query, source))
    kept = Counter(name.text for name in new) & Counter(name.text for name in old)
    fresh, former = _without(new, kept), _without(old, kept)
    if not (fresh or former):
        return target
    former_texts = list(dict.fromkeys(name.text for name in former))
    fresh_texts = list(dict.fromkeys(name.text for name in fresh))
    changes = []
    # A first word that the translation does not have as it is was no name: The dogs, Dogs.
    placed = {text: _places(text, target, locales) for text in former_texts}
    if len(former_texts) == len(fresh_texts):
        changes = [*zip(former, fresh, strict=False)] if len(former) == len(fresh) else []
        changes = [*{(a.text, b.text): (a, b) for a, b in changes}.values()]
        if len(changes) != len(former_texts):
            return None
    elif any(placed.values()) or any(not name.begins_sentence for name in (*former, *fresh)):
        return None
    edits = []
    for name, other in changes:
        if not placed[name.text]:
            if name.begins_sentence and " " not in name.text:
                continue
            return None
        if other.begins_sentence and " " not in other.text and not name.begins_sentence:
            return None
        if not _may_replace(name, other, (source, target), locales):
            return None
        written = name_in(other.text, *locales)
        edits += [(start, end, written) for start, end in placed[name.text]]
    edits.sort()
    if any(a[1] > b[0] for a, b in pairwise(edits)):
        return None
    for start, end, written in reversed(edits):
        target = target[:start] + written + target[end:]
    return target


def _without(names: Sequence[Name], kept: Counter[str]) -> list[Name]:
    left = Counter(kept)
    others = []
    for name in names:
        if left[name.text]:
            left[name.text] -= 1
        else:
            others.append(name)
    return others


@lru_cache(maxsize=256)
def _names(text: str, language: Language) -> tuple[Name, ...]:
    plain = markup.plain(text)
    if is_title(plain):
        return ()
    dated = {*language.months, *language.weekdays, *language.always_capital}
    names = []
    for name in read_names(plain, language):
        # The numeral of a king was written as a number.
        text = _ROMAN_BEHIND.sub("", name.text)
        if text and not dated.intersection(name.words):
            names.append(name._replace(text=text, end=name.start + len(text)))
    return tuple(names)


def _places(name: str, target: str, locales: tuple[str, str]) -> list[tuple[int, int]]:
    """Return where a name of the source stands in the translation, as it is or as the other language calls it."""
    forms = {fold_letters(form) for form in (name, name_in(name, *locales))}
    folded = fold_letters(target)
    for form in sorted(forms | names_in(name, *locales), key=len, reverse=True):
        pattern = re.compile(rf"(?<![\w-]){re.escape(form)}(?![\w-])")
        if places := [match.span() for match in pattern.finditer(folded)]:
            return places
    return []


def _may_replace(
    name: Name, other: Name, texts: tuple[str, str], locales: tuple[str, str]
) -> bool:
    """Whether other words of a translation stay right with another name: a woman, a man, a place."""
    given, other_given = name.words[:1], other.words[:1]
    if given == other_given:
        return True
    before = _PLACED.search(markup.plain(texts[0])[: name.start])
    languages = [language_of(locale) for locale in locales]
    if before and before[0].strip().lower() in languages[0].place_words:
        return True
    gendered = languages[1].gendered_words
    if gendered and gendered.isdisjoint(word.lower() for word in _words(texts[1])):
        return True
    sexes = {sex_of(words[0]) for words in (given, other_given) if words}
    if len(name.words) == 1 and len(other.words) == 1:
        return sexes != {"women", "men"}
    return len(sexes) == 1 and "" not in sexes

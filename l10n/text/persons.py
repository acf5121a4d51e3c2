"""The only reader of persons: whose names stand in a text, and which of them a translation changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from l10n.languages import Language, language_of
from l10n.languages.folding import fold_all_for_search, fold_for_search
from l10n.languages.inflection import is_common_word, is_word
from l10n.text.exonyms import names_in
from l10n.text.family_names import is_family_name, is_title_of_person
from l10n.text.given_names import is_given_name
from l10n.text.lexicon import has_counterpart
from l10n.text.names import (
    Name,
    find_capitalised,
    find_names,
    is_title,
    plain_spelling,
    read_names,
    rows_of_capitals,
)

_WORD = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"(?:^|[ \u00a0])[IVXLC]+$")
_SHARED = 4
"""Letters at their beginning by which two longer words are one name in two languages: Bavaria, bávaro."""
_SHORTEST = 3
_WORDS_OF_STRANGER = (2, 3)
_SHORTEST_ROW = 2
_LONGEST_WORD = 80
"""Characters before a name that are looked at for the word before it."""
_WORDS_OF_PERSON = 3
"""Words of a person's name at most, one more where people have two family names: more in a row name a house or a school."""


class ChangedName(NamedTuple):
    """A name of a source that its translation does not have, and the one that stands there instead."""

    name: Name
    other: Name


def changed_names(
    source: str, target: str, source_locale: str, target_locale: str
) -> Iterator[ChangedName]:
    """Yield the persons of a source for whom another stands in the translation, or nobody.

    A person is a row of words in capitals that begins with a given name; a place stands behind a preposition. Names
    that have another form in the other language are none. A name for which nobody stands is left: `he`, `la alcaldesa`.
    """
    languages = language_of(source_locale), language_of(target_locale)
    if not (languages[0].capitals_mark_names and languages[1].capitals_mark_names):
        return
    if not _may_differ(source, target):
        return
    names = [
        name
        for name in read_names(source, languages[0])
        if name.text not in target
        # German is a person's name, too.
        and name.text.lower() not in languages[0].language_names
        and _is_surely_name(name)
    ]
    if not names or is_title(target):
        return
    locales = source_locale, target_locale
    target_words = _words(target)
    lost = _lost_among(names, target_words, locales)
    if not lost:
        return
    source_words = _words(source)
    others = (
        other
        for other in read_names(target, languages[1])
        if other.text not in source and _is_surely_name(other)
    )
    strange = _lost_among(others, source_words, locales[::-1])
    persons = [other for other in strange if _person(other)]
    for name in lost:
        candidates = persons if _person(name) else ()
        partner = next((other for other in candidates if _may_stand_for(other, name)), None)
        if partner is None and len(lost) == len(strange) == 1:
            partner = _other_place(name, strange[0], (source, target), languages)
        if partner is not None:
            strange.remove(partner)
            if partner in persons:
                persons.remove(partner)
            yield ChangedName(name, partner)


def _is_surely_name(name: Name) -> bool:
    """Whether a capital marks a name: a single word that begins a sentence is one only where it is known for one."""
    return not name.begins_sentence or " " in name.text or is_given_name(name.text)


def _may_differ(source: str, target: str) -> bool:
    """Whether a source has a name that its translation has not as it is; most texts have none, and this is fast."""
    first = next(find_capitalised(source), None)
    return any(word.text not in target for word in find_names(source)) or (
        first is not None and first.text not in target and is_given_name(first.text)
    )


def _other_place(
    name: Name, other: Name, texts: tuple[str, str], languages: tuple[Language, Language]
) -> Name | None:
    """Return the only strange name where it stands, like the only lost one, behind a preposition of place."""
    for text, place, language in zip(texts, (name, other), languages, strict=True):
        if _word_before(text, place.start).lower() not in language.place_words:
            return None
        # OpenToonz is no place.
        if not place.text.isalpha() or not place.text.istitle():
            return None
    codes = languages[0].code, languages[1].code
    if has_counterpart(name.text.lower(), (other.text.lower(),), codes):
        # Christmas, Navidad: one word in each language.
        return None
    for place, language in zip((name, other), languages, strict=True):
        is_known = bool(
            names_in(place.text, language.code, languages[language is languages[0]].code)
        )
        if (
            language.dictionary_lacks_names
            and not is_known
            and is_common_word(place.text.lower(), language.code)
        ):
            # In Tasks, of Parliament: what has a capital there is translated.
            return None
    return other


def _is_lost(
    name: Name, words: frozenset[str], locales: tuple[str, str], *, is_person: bool = False
) -> bool:
    """Whether a word of a name is not in the other text, in no spelling and under no other name."""
    plain = _NUMERAL.sub("", name.text)
    if not plain:
        return False
    known = names_in(plain, *locales)
    if any(set(_WORD.findall(form)) <= words for form in known):
        return False
    return any(_is_missing(part, words, locales, is_person=is_person) for part in _parts(name))


def _lost_among(
    names: Iterable[Name],
    words: frozenset[str],
    locales: tuple[str, str],
    *,
    is_person: bool = False,
) -> list[Name]:
    """Return the names that are lost in the other text; a long text has one name hundreds of times."""
    verdicts: dict[str, bool] = {}
    lost = []
    for name in names:
        if name.text not in verdicts:
            verdicts[name.text] = _is_lost(name, words, locales, is_person=is_person)
        if verdicts[name.text]:
            lost.append(name)
    return lost


def _parts(name: Name) -> list[str]:
    """Return the words of a name that say whose it is: numerals of kings and initials do not."""
    # Titles before a person are translated: el general, Minister.
    person = _person(name)
    words = person or _WORD.findall(name.text)
    return [
        word
        for word in words
        # ATMs is no name either.
        if len(word) >= _SHORTEST and word[0].isupper() and not word.removesuffix("s").isupper()
    ]


def _is_missing(
    word: str, words: frozenset[str], locales: tuple[str, str], *, is_person: bool
) -> bool:
    folded = fold_for_search(word)
    if folded in words or len(folded) < _SHORTEST:
        return False
    known = names_in(word, *locales)
    if known and any(set(other.split()) <= words for other in known):
        return False
    alike = [other for other in words if other[:1].isalpha() and _are_alike(folded, other)]
    if is_person:
        # Pedro Castillo is no Castle, May no mayo, however much the words are alike.
        return all(is_common_word(other, locales[1]) for other in alike)
    return not alike


def _are_alike(word: str, other: str) -> bool:
    """Whether two words may be one name as two languages spell it."""
    if word[:_SHARED] == other[:_SHARED] and min(len(word), len(other)) > _SHARED:
        return True
    return plain_spelling(word) == plain_spelling(other)


def lost_persons(
    source: str, target: str, source_locale: str, target_locale: str
) -> Iterator[Name]:
    """Yield the persons of a source, given name and more, whose name a translation does not have whole."""
    words = _words(target)
    for name in _persons(source, language_of(source_locale)):
        locales = source_locale, target_locale
        if name.text not in target and _is_lost(name, words, locales, is_person=True):
            yield name


def changed_titled(
    source: str, target: str, source_locale: str, target_locale: str
) -> Iterator[ChangedName]:
    """Yield the names behind a title for which another stands behind the titles of the translation: `Mrs Banks`, `la señora Bancos`."""
    locales = source_locale, target_locale
    lost, strange = (
        [
            name
            for name in _lost_among(
                _titled_names(text, language_of(locale)), _words(other), both, is_person=True
            )
            if name.text not in other
        ]
        for text, other, locale, both in (
            (source, target, source_locale, locales),
            (target, source, target_locale, locales[::-1]),
        )
    )
    if len(lost) == len(strange):
        yield from map(ChangedName, lost, strange)


def _titled_names(text: str, language: Language) -> Iterator[Name]:
    """Yield the names of a text, less the titles before them."""
    for name in rows_of_capitals(text) if language.capitals_mark_names else ():
        before = _word_before(text, name.start)
        titled = _behind_titles(name, is_titled=is_title_of_person(before))
        if titled is not None:
            yield titled


def translated_names(
    source: str, target: str, source_locale: str, target_locale: str
) -> Iterator[Name]:
    """Yield what an engine translated and may be a name: two or three words with capitals in a row, or a place.

    `Chase Hill`, which no table knows; `in Reading`. What an article stands before is an institution: `the Town Hall`.
    """
    language = language_of(source_locale)
    if not language.capitals_mark_names or is_title(source):
        return
    usual = {*language.always_capital, *language.months, *language.weekdays}
    usual |= {name.capitalize() for name in language.language_names}
    words = _words(target)
    for name in read_names(source, language):
        before = _word_before(source, name.start)
        is_place = (
            len(name.words) == 1
            and not name.begins_sentence
            and before.lower() in language.place_words
            and is_word(name.text.lower(), source_locale)
        )
        if (
            (len(name.words) not in _WORDS_OF_STRANGER and not is_place)
            or name.words != name.text.split()
            or usual.intersection(name.words)
            or before.capitalize() in language.articles
            or _first_given(name) is not None
            or (name.begins_sentence and name.words[0].lower() in language.common_words)
        ):
            continue
        if name.text not in target and _is_lost(name, words, (source_locale, target_locale)):
            yield name


def _persons(text: str, language: Language) -> Iterator[Name]:
    """Yield the names of a text that are a given name and one or more others."""
    if not language.capitals_mark_names:
        return
    is_heading = is_title(text)
    most = _WORDS_OF_PERSON + bool(language.head_first) - is_heading
    names = [*rows_of_capitals(text)] if is_heading else read_names(text, language)
    # Capitals say little in a heading: `Grace Period`; `Juan Mora, Rosa Gil` is a list of names all the same.
    if is_heading and not any(_is_surely_person(name, language) for name in names):
        return
    for name in names:
        before = _word_before(text, name.start)
        titled = _behind_titles(name, is_titled=is_title_of_person(before))
        if titled is not None:
            yield titled
            continue
        first = _first_given(name)
        if first is None and _has_family_name(text, name):
            first = 0
        if first is None:
            continue
        person = _from(name, first)
        if _word_before(text, person.start).capitalize() in language.articles:
            # The Rose Garden, la Rosa Blanca.
            continue
        if 1 < len(person.words) <= most:
            yield person


def _word_before(text: str, place: int) -> str:
    """Return the word before a place in a text, its punctuation too; "" at the beginning."""
    return "".join(text[max(0, place - _LONGEST_WORD) : place].split()[-1:])


def _from(name: Name, first: int) -> Name:
    """Return a name from one of its characters on."""
    return name._replace(
        text=name.text[first:],
        start=name.start + first,
        begins_sentence=name.begins_sentence and not first,
    )


def _behind_titles(name: Name, *, is_titled: bool) -> Name | None:
    """Return what stands behind the titles before it, or at its beginning: Delgado of `señora Delgado`; None if none do."""
    first = 0
    for word in _WORD.finditer(name.text):
        if not is_title_of_person(word[0]):
            first = word.start()
            break
    else:
        return None
    return _from(name, first) if is_titled or first else None


def _has_family_name(text: str, name: Name) -> bool:
    """Whether a row of two words with capitals ends in a family name: `May Johnson`.

    The first word of a sentence may be any, unless the row is set off: `Charity Banks, the mayor`.
    """
    words = _WORD.findall(name.text)
    return (
        len(words) == len(name.words) == _SHORTEST_ROW
        and is_family_name(words[-1])
        and not words[-1].isupper()
        and (not name.begins_sentence or text[name.end : name.end + 1] == ",")
    )


def _is_surely_person(name: Name, language: Language) -> bool:
    """Whether a row of capitals has a given name in it that is no common word."""
    first = _first_given(name)
    word = None if first is None else _WORD.match(name.text, first)
    return word is not None and word[0].lower() not in language.common_words


def _first_given(name: Name) -> int | None:
    """Return where the first given name of a name begins."""
    return next(
        (match.start() for match in _WORD.finditer(name.text) if is_given_name(match[0])), None
    )


def _may_stand_for(other: Name, name: Name) -> bool:
    """Whether a strange name stands in the place of a lost one."""
    words, others = _person(name), _person(other)
    if not words or len(words) != len(others):
        return False
    # A given name alone may be that of somebody else with one; Ana Gil became Ana Paz, or Luis Paz.
    return len(words) > 1 or len(name.words) == len(other.words) == 1


def _person(name: Name) -> list[str]:
    """Return the words of a name from the given name on, titles before it left out; nothing where no person is named."""
    words = _WORD.findall(name.text)
    first = next((n for n, word in enumerate(words) if is_given_name(word)), None)
    return [] if first is None else words[first:]


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_all_for_search(_WORD.findall(text)))

"""Putting the glossary's word in the place of another, where nothing else has to change."""

from __future__ import annotations

import re
from collections.abc import Iterable

from l10n.glossary.terms import Glossary, TermHit, occurrences
from l10n.languages import Language, known_languages, language_of, primary
from l10n.languages.inflection import WORD, plural, singulars
from l10n.languages.traits import Gender
from l10n.text.edits import Edit
from l10n.text.lexicon import ListedWord, listed_words


def replacement(
    glossary: Glossary, text: str, hit: TermHit, *, word: str, drafted: str, target: str
) -> list[Edit]:
    """Return the edits that put a term in, or none where that could break the sentence.

    `word` is the form in the source, `drafted` what the engine makes of that form alone. It must stand
    in the translation exactly once; number is kept by rule, gender only where an article shows it.
    """
    language = language_of(target)
    drafted = drafted.strip().strip(".,;:!?¿¡").strip()
    places = occurrences(drafted, text, language.code) if drafted else []
    new = in_number_of(hit, word, language.code)
    if len(places) != 1 or new is None:
        return []
    start, end = places[0]
    if any(start < b and a < end for a, b in _other_terms(glossary, text, target)):
        return []
    if text[start].isupper() and not text[:start].strip(' ¿¡"“«'):
        new = new[0].upper() + new[1:]
    elif drafted[:1].isupper() and text[start].islower():
        new = new if hit.target_terms[0][:1].isupper() else new[0].lower() + new[1:]
    edit = Edit(start, end, new)
    if language.gender:
        return _with_agreement(text, edit, language.gender)
    return _with_article(text, edit, language)


def is_named(text: str, hit: TermHit, source: str) -> bool:
    """Whether a term stands in a text as a name does, with a capital in both languages: press Shift, not the Shift key."""
    before = text[: hit.start].split()
    return (
        bool(before)
        and text[hit.start].isupper()
        and hit.target_terms[0][:1].isupper()
        and before[-1].capitalize() not in language_of(source).articles
    )


def stand_in(text: str, form: str, source: str, target: str) -> str:
    """Return what stands in a translation for a term of the source: the term itself, left as it was, or the word that faces it.

    Empty where nothing surely does.
    """
    for start, end in occurrences(form, text, primary(source)):
        return text[start:end]
    facing = {name for word in _listed(form, source, target) for name in word.entries}
    words = {
        word
        for word in WORD.findall(text)
        for listed in _listed(word, target, source)
        if not facing.isdisjoint(listed.entries)
    }
    return words.pop() if len(words) == len(form.split()) == 1 else ""


def _listed(text: str, locale: str, other: str) -> Iterable[ListedWord]:
    return listed_words(WORD.findall(text.lower()), primary(locale), primary(other))


def in_number_of(hit: TermHit, word: str, language: str) -> str | None:
    """Return the target term in the number of the source form; None when there is no safe form."""
    new = hit.target_terms[0]
    if word.casefold() == hit.source_term.casefold():
        return new
    if _is_plural(word, hit.source_term) and new.islower():
        return _plural_of_term(new, language_of(language))
    return None


def _is_plural(form: str, term: str) -> bool:
    """Whether a form of a term is its plural: `town halls`, `tasas de basuras`."""
    pairs = list(zip(form.lower().split(), term.lower().split(), strict=False))
    return len(pairs) == len(form.split()) == len(term.split()) and all(
        first == second or any(second in singulars(first, code) for code in known_languages())
        for first, second in pairs
    )


def _plural_of_term(term: str, language: Language) -> str | None:
    """Return the plural of a term of one or more words; None where nothing is known of the language.

    In Spanish the noun and the adjectives behind it, up to a preposition: `casas rurales`, `tasas de basuras`.
    In English the last word, or that before a preposition: `council meetings`, `rates of interest`.
    """
    words = term.split()
    joint = next(
        (n for n, word in enumerate(words) if word in language.linking_words), len(words)
    )
    if (language.head_first is None and len(words) > 1) or not joint:
        return None
    changed = range(joint) if language.head_first else range(joint - 1, joint)
    forms = [
        plural(word, language.code) if n in changed else word for n, word in enumerate(words)
    ]
    return None if None in forms else " ".join(form for form in forms if form)


def _other_terms(glossary: Glossary, text: str, target: str) -> list[tuple[int, int]]:
    """Return where the translation already says what some term asks for."""
    language = primary(target)
    names = {
        term.target_term
        for term in glossary.terms
        if not term.forbidden and primary(term.target_locale) == language
    }
    lowered = text.lower()
    return [
        place
        for name in names
        # Most names are not there at all: their first letters tell, and looking for their forms is slow.
        if name[:4].lower() in lowered
        for place in occurrences(name, text, language)
    ]


def _with_agreement(text: str, edit: Edit, gender: Gender) -> list[Edit]:
    """Return the edit with the determiner before it in the gender of the new noun; none where more would have to change."""
    start, end, new = edit
    is_feminine = _is_feminine(new, gender)
    if _is_feminine(text[start:end], gender) == is_feminine:
        return [edit]
    after = re.match(r"\s+([^\W\d_]+)", text[end:])
    if after and after[1].lower() not in gender.followers:
        return []
    before = re.search(r"(\b(?:de la|a la|[^\W\d_]+))\s+$", text[:start], re.IGNORECASE)
    if not before:
        return [edit]
    determiner = before[1].lower()
    for masculine, feminine in gender.determiners:
        wrong, right = (masculine, feminine) if is_feminine else (feminine, masculine)
        if determiner == wrong:
            return [Edit(*before.span(1), _same_case(before[1], right)), edit]
    return [edit] if determiner in gender.followers else []


def _with_article(text: str, edit: Edit, language: Language) -> list[Edit]:
    """Return the edit with the article before it as the sound of the new noun asks: a term, an entry."""
    if language.article_before_vowel is None:
        return [edit]
    usual, before_vowel = language.article_before_vowel
    before = re.search(rf"\b({usual}|{before_vowel})\s+$", text[: edit.start], re.IGNORECASE)
    if not before:
        return [edit]
    right = before_vowel if re.match(language.vowel_sound, edit.text, re.IGNORECASE) else usual
    return [Edit(*before.span(1), _same_case(before[1], right)), edit]


def _same_case(model: str, word: str) -> str:
    return word.capitalize() if model[0].isupper() else word


def _is_feminine(term: str, gender: Gender) -> bool:
    head = term.split(maxsplit=1)[0].lower()
    return bool(re.search(gender.feminine, head)) and head.rstrip("s") not in gender.masculine

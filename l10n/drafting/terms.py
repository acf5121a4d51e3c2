"""Putting the glossary's word in the place of the engine's, where nothing else has to change."""

from __future__ import annotations

import re

from l10n.drafting.polish import Edit
from l10n.glossary import Glossary, TermHit, occurrences
from l10n.languages.inflection import plural, singulars

_DETERMINERS = (
    ("el", "la"),
    ("un", "una"),
    ("los", "las"),
    ("unos", "unas"),
    ("este", "esta"),
    ("estos", "estas"),
    ("ese", "esa"),
    ("esos", "esas"),
    ("nuestro", "nuestra"),
    ("nuestros", "nuestras"),
    ("del", "de la"),
    ("al", "a la"),
)
"""Masculine and feminine."""

_FOLLOWERS = frozenset(
    re.findall(
        r"\w+",
        "a al ante bajo cada como con contra cuando de del desde donde durante e en entre"
        " hacia hasta ni no o para pero por porque que según si sin sobre tras u y ya",
    )
)
"""Words that do not agree in gender with the noun before them."""

_FEMININE = re.compile(r"(?:a|ión|dad|tad|tud|umbre|ez|as|iones|dades|eces)$")
_MASCULINE_A = frozenset(
    {"día", "mapa", "idioma", "problema", "programa", "tema", "sistema", "clima"}
)


def replacement(
    glossary: Glossary, text: str, hit: TermHit, *, word: str, drafted: str, target: str
) -> list[Edit]:
    """Give the edits that put a term in, or none where that could break the sentence.

    `word` is the form in the source, `drafted` what the engine makes of that form alone. It must stand
    in the translation exactly once; number is kept by rule, gender only where an article shows it.
    """
    language = target.partition("-")[0].lower()
    drafted = drafted.strip().strip(".,;:!?¿¡").strip()
    places = occurrences(drafted, text, language) if drafted else []
    new = _inflected(hit, word, language)
    if len(places) != 1 or new is None:
        return []
    start, end = places[0]
    if any(start < b and a < end for a, b in _other_terms(glossary, text, target)):
        return []
    if text[start].isupper() and not text[:start].strip(' ¿¡"“«'):
        new = new[0].upper() + new[1:]
    elif drafted[:1].isupper() and text[start].islower():
        new = new if hit.target_terms[0][:1].isupper() else new[0].lower() + new[1:]
    edit = (start, end, new)
    if language == "es":
        return _with_spanish_article(text, edit)
    return _with_english_article(text, edit) if language == "en" else [edit]


def _inflected(hit: TermHit, word: str, language: str) -> str | None:
    """Give the target term in the number of the source form; None when there is no safe form."""
    new = hit.target_terms[0]
    same = word.casefold() == hit.source_term.casefold()
    if same:
        return new
    is_plural = any(
        hit.source_term.lower() in singulars(word.lower(), tag) for tag in ("es", "en")
    )
    if is_plural and " " not in new and new.islower():
        return plural(new, language)
    return None


def _other_terms(glossary: Glossary, text: str, target: str) -> list[tuple[int, int]]:
    """Give where the translation already says what some term asks for."""
    language = target.partition("-")[0].lower()
    wanted = {term.target_term for term in glossary.terms if not term.forbidden}
    lowered = text.lower()
    return [
        place
        for term in wanted
        if term[:4].lower() in lowered
        for place in occurrences(term, text, language)
    ]


def _with_spanish_article(text: str, edit: Edit) -> list[Edit]:
    start, end, new = edit
    old = text[start:end]
    if _is_feminine(old) == _is_feminine(new):
        return [edit]
    after = re.match(r"\s+([^\W\d_]+)", text[end:])
    if after and after[1].lower() not in _FOLLOWERS:
        return []
    before = re.search(r"(\b(?:de la|a la|[^\W\d_]+))\s+$", text[:start], re.IGNORECASE)
    if not before:
        return [edit]
    article = before[1].lower()
    for masculine, feminine in _DETERMINERS:
        wrong, right = (masculine, feminine) if _is_feminine(new) else (feminine, masculine)
        if article == wrong:
            shown = right.capitalize() if before[1][0].isupper() else right
            return [(before.start(1), before.end(1), shown), edit]
    return [edit] if article in _FOLLOWERS else []


def _with_english_article(text: str, edit: Edit) -> list[Edit]:
    before = re.search(r"\b(an?)\s+$", text[: edit[0]], re.IGNORECASE)
    if not before:
        return [edit]
    right = "an" if edit[2][0].lower() in "aeiou" else "a"
    shown = right.capitalize() if before[1][0].isupper() else right
    return [(before.start(1), before.end(1), shown), edit]


def _is_feminine(term: str) -> bool:
    head = term.split(maxsplit=1)[0].lower()
    return bool(_FEMININE.search(head)) and head.rstrip("s") not in _MASCULINE_A

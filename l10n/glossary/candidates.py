"""Candidates for the glossary: word groups that the articles use again and again."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from l10n.languages import Language, language_of
from l10n.languages.inflection import WORD, singulars

_LONGEST = 4
"""Words of a candidate at most."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word group that may be a term."""

    term: str
    """Its most frequent form."""
    count: int
    articles: int
    """Texts that use it."""


def extract_terms(
    texts: Sequence[str],
    locale: str,
    *,
    known: Iterable[str] = (),
    minimum: int = 3,
    limit: int = 50,
) -> list[Candidate]:
    """Return candidates from plain texts (one for each article), the likeliest terms first.

    Ranked by C-value (Frantzi, Ananiadou and Mima 2000): long groups count more, and a group that mostly
    occurs inside a longer one counts less.
    """
    language = language_of(locale)
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    used: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for group in _groups(text, language):
            key = tuple(min(singulars(word.lower(), language.code), key=len) for word in group)
            forms[key][" ".join(group)] += 1
            used[key].add(number)
    skipped = {" ".join(term.lower().split()) for term in known}
    counts = {key: form.total() for key, form in forms.items() if form.total() >= minimum}
    scored = sorted(
        ((_c_value(key, counts), key) for key in counts), key=lambda pair: (-pair[0], pair[1])
    )
    candidates = [
        Candidate(_usual_form(forms[key]), counts[key], len(used[key]))
        for score, key in scored
        if score > 0
    ]
    return [candidate for candidate in candidates if candidate.term.lower() not in skipped][
        :limit
    ]


def _groups(text: str, language: Language) -> Iterable[tuple[str, ...]]:
    stop, links = language.stop_words, language.linking_words
    for clause in re.split(r"[^\w\s’'-]+|\n", text):
        words = WORD.findall(clause)
        for first in range(len(words)):
            for size in range(1, min(_LONGEST, len(words) - first) + 1):
                group = tuple(words[first : first + size])
                ends = (group[0].lower(), group[-1].lower())
                if any(word in stop or len(word) < 3 or word[0].isdigit() for word in ends):
                    continue
                inside = (word.lower() for word in group[1:-1])
                if all(word not in stop or word in links for word in inside):
                    yield group


def _c_value(key: tuple[str, ...], counts: dict[tuple[str, ...], int]) -> float:
    longer = [
        count
        for other, count in counts.items()
        if len(other) > len(key) and _contains(other, key)
    ]
    own = counts[key] - (sum(longer) / len(longer) if longer else 0)
    return math.log2(len(key) + 0.5) * own


def _contains(longer: tuple[str, ...], key: tuple[str, ...]) -> bool:
    return any(
        longer[start : start + len(key)] == key for start in range(len(longer) - len(key) + 1)
    )


def _usual_form(forms: Counter[str]) -> str:
    """Return the most frequent form, of equals the one in small letters, then the shorter one."""
    return min(forms, key=lambda form: (-forms[form], form[0].isupper(), len(form), form))

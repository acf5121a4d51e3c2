"""Candidates for the glossary: word groups that the articles use again and again."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from l10n.languages.inflection import WORD, singulars

_LONGEST = 4
"""Words of a candidate at most."""

_STOP = {
    "es": frozenset(
        re.findall(
            r"\w+",
            """a al algo algunas algunos ante antes aquel aquella así aún aunque bajo bien cada casi como con
            contra cual cuales cualquier cuando cuanto cómo de del desde donde dos durante e el él ella ellas
            ellos en entre era eran es esa esas ese eso esos esta está están estas este esto estos fue fueron
            ha había han hasta hay hace hacia la las le les lo los más me menos mi mientras mismo misma muy
            nada ni no nos nosotros o os otra otras otro otros para pero poco por porque puede pueden que qué
            quien quién se sea según ser será si sí sido sin sobre solo son su sus también tan tanto te tiene
            tienen toda todas todo todos tras tres tu un una unas uno unos usted y ya yo""",
        )
    ),
    "en": frozenset(
        re.findall(
            r"\w+",
            """a about above after again all also am an and any are as at be because been before being below
            between both but by can cannot could did do does doing down during each every few for from further
            had has have having he her here hers him his how i if in into is it its itself just like made make
            many may me more most much must my new no nor not now of off on once one only or other our out
            over own said same says she should so some such than that the their them then there these they
            this those three through to too two under until up us very was we were what when where which
            while who whom why will with would yet you your""",
        )
    ),
}
"""Words at which no term starts or ends."""

_INSIDE = {
    "es": frozenset({"de", "del", "la", "las", "los", "el", "en", "al"}),
    "en": frozenset({"of", "the"}),
}
"""Words that may stand inside of a term."""


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
    """Give candidates from plain texts (one for each article), the likeliest terms first.

    Ranked by C-value (Frantzi, Ananiadou and Mima 2000): long groups count more, and a group that mostly
    occurs inside a longer one counts less.
    """
    language = locale.partition("-")[0]
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    used: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, text in enumerate(texts):
        for group in _groups(text, language):
            key = tuple(min(singulars(word.lower(), language), key=len) for word in group)
            forms[key][" ".join(group)] += 1
            used[key].add(number)
    skipped = {" ".join(term.lower().split()) for term in known}
    counts = {key: form.total() for key, form in forms.items() if form.total() >= minimum}
    scored = sorted(
        ((_c_value(key, counts), key) for key in counts), key=lambda pair: (-pair[0], pair[1])
    )
    found = [
        Candidate(_shown(forms[key]), counts[key], len(used[key]))
        for score, key in scored
        if score > 0
    ]
    return [each for each in found if each.term.lower() not in skipped][:limit]


def _groups(text: str, language: str) -> Iterable[tuple[str, ...]]:
    stop, inside = _STOP.get(language, frozenset()), _INSIDE.get(language, frozenset())
    for clause in re.split(r"[^\w\s’'-]+|\n", text):
        words = WORD.findall(clause)
        for first in range(len(words)):
            for size in range(1, min(_LONGEST, len(words) - first) + 1):
                group = tuple(words[first : first + size])
                ends = (group[0].lower(), group[-1].lower())
                if any(word in stop or len(word) < 3 or word[0].isdigit() for word in ends):
                    continue
                if all(w.lower() not in stop or w.lower() in inside for w in group[1:-1]):
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
    return any(longer[n : n + len(key)] == key for n in range(len(longer) - len(key) + 1))


def _shown(forms: Counter[str]) -> str:
    """Give the most frequent form, of equals the one in small letters, then the shorter one."""
    return min(forms, key=lambda form: (-forms[form], form[0].isupper(), len(form), form))

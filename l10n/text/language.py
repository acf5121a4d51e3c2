"""The only judge of what language a text is in: of any length, in any capitals, code and addresses aside.

Runs of two to five letters vote, each with the weight that its language's statistics give it (see
`tests/benchmarks/tune_language.py`). Small libraries were measured on 1,663 titles first, English ones on Spanish pages
not left out: py3langid told 96.6 %, lingua 96.1 %, this 98.2 %. They weigh 50 and 96 MB, the statistics 90 kB.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

from l10n.languages import Language, known_languages, language_of, primary

_MARKUP = re.compile(
    r"<(literal|code|command|option|filename|varname|programlisting|kbd|samp|tt)\d*\b[^<>]*>[^<]*</\1\d*>"
    r"|</?[A-Za-z][^<>]*>|`+[^`]*`+|\$?\{[^{}]*\}"
)
"""Elements, code in marks of its own, variables in braces: of no language."""
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ADDRESS = re.compile(r"\S+://\S+|\S+@\S+\.\w+")
"""Addresses: long, but a sentence that tells one is no code for that."""
_CODE_SIGN = re.compile(r"[_/\\=@#<>\d]|\w\.\w|&#?[\w-]+;|%\(|[a-z][A-Z]|^-|\w-\w+-\w")
"""What words of a language have not: addresses, paths, identifiers, options, numbers do."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LONGEST = 24
"""Letters of a word that vote: longer ones are no words."""
_LONGEST_PIECE = 80
"""Characters without a space between them beyond which nothing is text."""
_CHARACTERS = 10_000
"""Of a text that are read."""
_WORDS = 400
"""Words that vote: of a longer text the first ones tell."""
_LENGTHS = range(2, 6)
_SURE = 1
"""Least lead of a language, in tenths of the logarithm of the odds, at which it is named at all."""


@dataclass(frozen=True, slots=True)
class LanguageVerdict:
    """What language a text is in."""

    code: str
    lead: int
    """Over the next language, in tenths of the logarithm of the odds: 46 is ninety-nine to one."""


def judge_language(text: str | Iterable[str]) -> LanguageVerdict | None:
    """Return the known language that a text, or texts as one, are in; None where nothing tells."""
    texts = (text,) if isinstance(text, str) else text
    words = islice((word for part in texts for word in readable_words(part)), _WORDS)
    votes = dict.fromkeys(_judges(), 0)
    weights = _weights()
    for word in words:
        for run in letter_runs(word.lower()):
            for code, weight in weights.get(run, ()):
                votes[code] += weight
    ranking = sorted(votes, key=lambda code: -votes[code])
    if len(ranking) < 2:
        return None
    lead = votes[ranking[0]] - votes[ranking[1]]
    return LanguageVerdict(ranking[0], lead) if lead >= _SURE else None


_LEAST_LEAD = 25
"""Lead below which a text may as well be names."""
_LEAST_WORDS = 12
"""Words below which a page is too short to be refused for its language."""
_SHARE = 0.8
"""Share of its words by which a page is in a language: others quote, or are half translated."""
_TEXTS = 200


def main_language(texts: Iterable[str]) -> str | None:
    """Return the known language that nearly all of some texts are in, each judged alone; None where none is ahead."""
    words: dict[str, int] = {}
    for text in islice(texts, _TEXTS):
        verdict = judge_language(text)
        if verdict is not None and verdict.lead >= _LEAST_LEAD:
            length = len(readable_words(text))
            words[verdict.code] = words.get(verdict.code, 0) + length
    total = sum(words.values())
    best = max(words, key=lambda code: words[code], default=None)
    is_clear = best is not None and total >= _LEAST_WORDS and words[best] >= _SHARE * total
    return best if is_clear else None


_NEIGHBOUR, _NEIGHBOUR_SHORT, _NEIGHBOUR_SURE = 50, 100, 120
"""Tenths of the logarithm of the odds from which a text, a short one, and one whose small words say nothing, is in a
neighbour's language; see `tests/benchmarks/tune_neighbours.py`."""
_SMALL, _SMALL_LEAD = 4, 30
"""Letters of the words by which most texts show at once that they are in their language, and how much they must say."""
_KNOWN = 0.8
"""Share of words that are common in a language from which a text is in it, whatever its letters say."""
_LEAST_NEW, _SHORT = 4, 5
"""Words that the source does not have: fewer say nothing, fewer than the second are a short text."""


def is_foreign(words: Iterable[str], source_words: frozenset[str], language: Language) -> bool:
    """Whether some words, in small letters, are in a neighbour of a language: French where Spanish is wanted, Latin too.

    Words that the source has say nothing. False where nothing is known of the language's neighbours.
    """
    if not language.neighbour_weights:
        return False
    # Single letters are marks of lists and menus, too, and `e` is Spanish before an i.
    # A word that stands twice says no more than once.
    own = dict.fromkeys(
        word for word in words if len(word) > 1 and word not in source_words and word.isalpha()
    )
    count = len(own)
    if count < _LEAST_NEW:
        return False
    code = language.code
    small = sum(_neighbour_lead(word, code) for word in own if len(word) <= _SMALL)
    # Most texts are done here.
    if small > _SMALL_LEAD:
        return False
    # `Plantilla de Word con marca de agua gris`: words that neighbours have, too, and that are common here.
    known = sum(word in language.function_words or _is_common(word, language) for word in own)
    if known >= _KNOWN * count:
        return False
    lead = -sum(_neighbour_lead(word, code) for word in own)
    if small < 0:
        return lead > (_NEIGHBOUR_SHORT if count < _SHORT else _NEIGHBOUR)
    return lead > _NEIGHBOUR_SURE


_SMALL_WORDS = 0.1
"""Share of small words below which a text is no prose of a language: 399 pages of English documentation had 0.11 and
more but for eight, lists of names; 86 of a tutorial in German, French, Dutch, Polish, Vietnamese and others 0.08 and less."""


def is_of_another_language(text: str, language: Language, *, is_likely: bool) -> bool | None:
    """Whether a text, code aside, is in another language than this one, which is written in Latin letters.

    Known by small words that it lacks, and letters that speak against it or are none of them. Where it `is_likely` for
    another reason, the words are enough. None where there are too few of them, or none are known.
    """
    words = [word.lower() for word in readable_words(text)][:_WORDS]
    letters = "".join(words)
    if 2 * sum(map(_is_beyond_latin, letters)) > len(letters) >= _LEAST_WORDS:
        return True
    if len(words) < _LEAST_WORDS or not language.function_words:
        return None
    if sum(word in language.function_words for word in words) >= _SMALL_WORDS * len(words):
        return False
    verdict = judge_language(text)
    return (
        is_likely
        or is_foreign(words, frozenset(), language)
        or (
            verdict is not None
            and verdict.lead >= _LEAST_LEAD
            and verdict.code != language.code
        )
    )


def _is_beyond_latin(letter: str) -> bool:
    return letter > "\u024f" and not "\u1e00" <= letter <= "\u1eff"


@lru_cache(maxsize=1 << 16)
def _neighbour_lead(word: str, code: str) -> int:
    weights = language_of(code).neighbour_weights
    return sum(weights.get(run, 0) for run in letter_runs(word))


def can_judge(*locales: str) -> bool:
    """Whether the desk knows the letters of the languages of all these locales."""
    return all(primary(locale) in _judges() for locale in locales)


def readable_words(text: str) -> list[str]:
    """Return the words of a text, code and addresses aside."""
    pieces = _MARKUP.sub(" ", text[:_CHARACTERS]).split()
    return [
        word
        for piece in pieces
        if len(piece) <= _LONGEST_PIECE and not _CODE_SIGN.search(piece)
        for word in _WORD.findall(piece)
    ]


def letter_runs(word: str) -> Iterator[str]:
    """Yield the runs of two to five letters of a word in small letters, a space at its ends, and the whole word."""
    spaced = f" {word[:_LONGEST]} "
    for length in _LENGTHS:
        for start in range(len(spaced) - length + 1):
            yield spaced[start : start + length]
    if len(spaced) > _LENGTHS.stop:
        yield spaced


def is_running_text(text: str, language: Language) -> bool:
    """Whether a text of three words or more reads like a sentence of a language: by a small word that names do not have."""
    words = [word.lower() for word in readable_words(text)]
    structural = language.function_words - language.linking_words
    common = sum(_is_common(word, language) for word in words)
    return len(words) >= 3 and not structural.isdisjoint(words) and 3 * common >= len(words)


def is_untranslated(text: str, language: Language, other: Language) -> bool:
    """Whether a text that stands on both sides is text of one language that the other would say otherwise.

    Names, code and single words are none. Three words are enough with a small word that names do not have (`How to Change
    a Tire`), else four, of which two in five are common ones (`City Council Approves New Plan`).
    """
    words = [word.lower() for word in readable_words(text)]
    if len(words) < 3 or not language.common_words:
        return False
    common = sum(_is_common(word, language) and not _is_common(word, other) for word in words)
    structural = language.function_words - language.linking_words - other.function_words
    if structural.isdisjoint(words):
        # `Universidad Popular de Valdeluna`: the small word in a name says nothing.
        words = [word for word in words if word not in language.linking_words]
        common = sum(_is_common(word, language) for word in words)
        is_running = len(words) >= 4 and 5 * common >= 2 * len(words)
    else:
        is_running = 3 * common >= len(words)
    # Mostly code, numbers or signs: there is little to translate.
    is_code = sum(map(len, words)) < 0.6 * len(_ADDRESS.sub("", _TAG.sub("", text)))
    if not is_running or is_code:
        return False
    verdict = judge_language(text)
    return verdict is not None and verdict.code == language.code and verdict.lead >= _LEAST_LEAD


def _is_common(word: str, language: Language) -> bool:
    words = language.common_words
    return word in words or any(singular in words for singular in language.singulars(word))


@cache
def _judges() -> tuple[str, ...]:
    return tuple(code for code in known_languages() if language_of(code).letter_weights)


@cache
def _weights() -> dict[str, tuple[tuple[str, int], ...]]:
    """Return run → the languages that it speaks for, with its weight."""
    weights: dict[str, tuple[tuple[str, int], ...]] = {}
    for code in _judges():
        for run, weight in language_of(code).letter_weights.items():
            weights[run] = (*weights.get(run, ()), (code, weight))
    return weights

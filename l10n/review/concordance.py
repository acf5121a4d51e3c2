"""Earlier translations with some words, as a translator looks at them: by inflection, each once, the words marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from l10n.languages import language_of, primary
from l10n.languages.folding import fold_for_search, fold_letters
from l10n.languages.inflection import WORD, plural, singulars
from l10n.text.markup import plain

if TYPE_CHECKING:
    from l10n.model import Match

Span = tuple[int, int]
"""Offsets in a text: where something begins and where it ends."""

_LONGEST_QUERY = 12
"""Words of a query that are looked for: a whole paragraph stands nowhere else."""
_SURE = 0.6
"""Dice coefficient from which words that come together are taken for translations of each other."""
_TWICE = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """An earlier text and its translation, without markup."""

    source: str
    target: str
    origin: str
    """Path of the catalog it stands in, or the name of what was imported."""
    source_spans: tuple[Span, ...] = ()
    """Where the words stand, or what probably translates them, in the order of the text."""
    target_spans: tuple[Span, ...] = ()
    times: int = 1
    """How often this very pair was found."""
    is_draft: bool = False
    """Whether nobody has accepted the translation."""

    @property
    def marked_target(self) -> str:
        """The first words that are marked in the translation; empty when none are."""
        if not self.target_spans:
            return ""
        start, end = self.target_spans[0]
        return self.target[start:end]


def hits_of(answer: Mapping[str, Any]) -> list[Hit]:
    """Return the hits that a look-up process answered with."""
    return [
        Hit(**{**hit, **{side: tuple(map(tuple, hit[side])) for side in _SIDES}})
        for hit in answer["hits"]
    ]


_SIDES = ("source_spans", "target_spans")


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for, and in which languages."""

    text: str
    source: str
    target: str
    """Locales."""

    @property
    def queries(self) -> tuple[str, ...]:
        """What to ask a memory for: the words as they are, then in other forms of theirs."""
        words = self._words
        forms = [" ".join(words)]
        for language in (primary(self.source), primary(self.target)):
            stem = language_of(language).stem
            singular = [min(singulars(word, language), key=len) for word in words]
            forms.append(" ".join(stem(fold_for_search(word)) for word in words))
            forms.append(" ".join(singular))
            forms.append(" ".join(plural(word, language) or word for word in singular))
        return tuple(dict.fromkeys(form for form in forms if form))

    def spans_in(self, text: str, locale: str) -> tuple[Span, ...]:
        """Return where all the words stand in a text, in any inflection; empty when one of them is missing."""
        stem, words = language_of(primary(locale)).stem, self._words
        folded = [fold_for_search(word) for word in words]
        roots = [stem(word) for word in folded]
        seen: set[int] = set()
        spans: list[Span] = []
        for span, word in _words_of(text):
            root = stem(word)
            hits = {
                number
                for number in range(len(words))
                if root == roots[number] or word.startswith(folded[number])
            }
            if hits:
                seen |= hits
                spans.append(span)
        return _joined(text, spans) if words and len(seen) == len(words) else ()

    @property
    def _words(self) -> list[str]:
        return [match[0].lower() for match in WORD.finditer(self.text)][:_LONGEST_QUERY]


def find_hits(
    words: Words,
    search: Callable[[str], Iterable[Match]],
    *,
    terms: Sequence[str] = (),
    background: Sequence[str] = (),
) -> list[Hit]:
    """Return what a memory has for some words, the whole query first, each text once.

    `terms` are what a glossary has for the words; `background` are other translations, against which is told
    what only comes together with the words.
    """
    hits: dict[tuple[str, str], Hit] = {}
    origins: dict[tuple[str, str], set[str]] = {}
    for query in words.queries:
        for match in search(query):
            hit = _hit(words, match)
            if hit is not None:
                hits.setdefault((hit.source, hit.target), hit)
                origins.setdefault((hit.source, hit.target), set()).add(hit.origin)
    counted = [replace(hit, times=len(origins[pair])) for pair, hit in hits.items()]
    return _with_translations(words, without_wholes(counted), terms, background)


def without_wholes(hits: Sequence[Hit]) -> list[Hit]:
    """Return hits without those that hold another one: the memory knows a paragraph, and its sentences too."""
    return [
        hit
        for hit in hits
        if not any(
            part is not hit
            and part.source in hit.source
            and part.target in hit.target
            and len(part.source) < len(hit.source)
            for part in hits
        )
    ]


def word_at(text: str, offset: int) -> Span:
    """Return where the word at a place stands, or the one right before it; an empty span where there is none."""
    for match in WORD.finditer(text):
        if match.start() <= offset <= match.end():
            return match.span()
    return offset, offset


def content_words(text: str, locale: str) -> list[Span]:
    """Return where the words stand that say something: no articles, no prepositions."""
    stop_words = language_of(primary(locale)).stop_words
    return [match.span() for match in WORD.finditer(text) if match[0].lower() not in stop_words]


def _hit(words: Words, match: Match) -> Hit | None:
    source, target = plain(match.source), plain(match.target)
    in_source = words.spans_in(source, words.source)
    in_target = words.spans_in(target, words.target)
    if not in_source and not in_target:
        return None  # found by letters within another word
    return Hit(source, target, match.origin, in_source, in_target)


def _with_translations(
    words: Words, hits: Sequence[Hit], terms: Sequence[str], background: Sequence[str]
) -> list[Hit]:
    """Mark what probably translates the words, where they were found on one side only."""
    after = _companions(words, hits, background, in_source=True)
    before = _companions(words, hits, (), in_source=False)
    marked = []
    for hit in hits:
        if not hit.target_spans:
            spans = _spans_of_any(hit.target, words.target, terms)
            spans = spans or _spans_of_roots(hit.target, words.target, after)
            marked.append(replace(hit, target_spans=spans))
        elif not hit.source_spans:
            spans = _spans_of_roots(hit.source, words.source, before)
            marked.append(replace(hit, source_spans=spans))
        else:
            marked.append(hit)
    return marked


def _companions(
    words: Words, hits: Sequence[Hit], background: Sequence[str], *, in_source: bool
) -> frozenset[str]:
    """Return the roots on the other side that come with the words, and hardly without them."""
    locale = words.target if in_source else words.source
    others = [
        hit.target if in_source else hit.source
        for hit in hits
        if (hit.source_spans if in_source else hit.target_spans)
    ]
    together = Counter(root for text in others for root in set(_roots(text, locale)))
    everywhere = together.copy()
    seen = set(others)
    everywhere.update(
        root for text in background if text not in seen for root in set(_roots(text, locale))
    )
    scores = {
        root: 2 * number / (len(others) + everywhere[root])
        for root, number in together.items()
        if number >= _TWICE
    }
    best = max(scores.values(), default=0.0)
    if best < _SURE:
        return frozenset()
    # Two that come together every time are two words of one translation, or neither is.
    first = [root for root, score in scores.items() if score == best]
    return frozenset(first[:_TWICE]) if len(first) <= _TWICE else frozenset()


def _roots(text: str, locale: str) -> Iterator[str]:
    language = language_of(primary(locale))
    for match in WORD.finditer(text):
        if match[0].lower() not in language.stop_words and not match[0].isdigit():
            yield language.stem(fold_for_search(match[0]))


def _spans_of_roots(text: str, locale: str, roots: frozenset[str]) -> tuple[Span, ...]:
    stem = language_of(primary(locale)).stem
    return _joined(text, [span for span, word in _words_of(text) if stem(word) in roots])


def _spans_of_any(text: str, locale: str, terms: Iterable[str]) -> tuple[Span, ...]:
    spans_of_terms = (Words(term, locale, locale).spans_in(text, locale) for term in terms)
    return next((spans for spans in spans_of_terms if spans), ())


def _words_of(text: str) -> Iterator[tuple[Span, str]]:
    folded = fold_letters(text)
    for match in WORD.finditer(text):
        yield match.span(), folded[match.start() : match.end()]


def _joined(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans with those joined that nothing but spaces stands between."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)

"""Rules about small words that turn a sentence round, and about what stands in another order than it happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from l10n.checks.rule import Example, Hit, rule
from l10n.checks.rules.negation import facing_sentences
from l10n.checks.rules.numbers import source_numbers, target_numbers
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.languages.contrasts import Contrasts
from l10n.languages.folding import fold_for_search
from l10n.model import Severity
from l10n.text.exonyms import forms_in
from l10n.text.names import Name, read_names
from l10n.text.numbers import Number, says_numbers
from l10n.text.numbers.words import read_spelled
from l10n.text.opposites import find_opposites

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_LONGEST = 40
"""Words of a sentence beyond which a small word of one side belongs to another part of the other."""


def _knows_both(context: CheckContext) -> bool:
    languages = context.source_language, context.target_language
    return languages[0] is not languages[1] and all(
        language.contrasts for language in languages
    )


@rule(
    "contrast",
    Severity.WARNING,
    N_("a small word says the contrary"),
    N_(
        "`with` became `sin`, `more` became `menos`, `at least 50` became `como máximo 50`, `more than half` `menos de la "
        "mitad`: small words that readers do not miss and that turn a sentence round. Sentences of up to 40 words are "
        "compared. Words that may stand for them (`free of`, `cheaper`) are accepted."
    ),
    Example(
        "The cake is made without sugar.",
        "El pastel se hace con azúcar.",
        "El pastel se hace sin azúcar.",
    ),
    Example(
        "Cuesta más de 50 euros.",
        "It costs less than 50 euros.",
        "It costs more than 50 euros.",
        "en",
        "es",
    ),
    applies=_knows_both,
)
def find_contrast(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find small words that say the contrary of those of the source."""
    first, second = (
        _patterns(language.contrasts)
        for language in (context.source_language, context.target_language)
        if language.contrasts
    )
    sides = first.says(pair.source_vocabulary), second.says(pair.target_lower_words)
    is_turned = any(
        said in sides[0] and contrary in sides[1] for said, contrary, _others in _TURNS
    )
    hits = [
        hit
        for source, start, target in (facing_sentences(pair, context) if is_turned else ())
        if (hit := _turned(source.lower(), target.lower(), start, (first, second)))
    ]
    yield from hits or _bounds(pair, context, (first, second))


_TURNS = (
    ("lack", "company", "lacking"),
    ("company", "lack", "lacking"),
    ("more", "less", "comparing"),
    ("less", "more", "comparing"),
)
"""What a sentence says, its contrary, and what else may say it."""


def _turned(
    source: str, target: str, start: int, sides: tuple[_Patterns, _Patterns]
) -> Hit | None:
    """Return the small word of a sentence that says the contrary of the one in the sentence it faces."""
    if max(source.count(" "), target.count(" ")) > _LONGEST:
        return None
    first, second = sides
    for said, contrary, others in _TURNS:
        word, turned = first[said].search(source), second[contrary].search(target)
        if (
            not word
            or not turned
            or first[contrary].search(source)
            or second[said].search(target)
        ):
            continue
        # What else may say the same, where the small word itself is missing; the small word there says the other.
        side, text, there = (
            (first, source, said)
            if contrary in ("lack", "less")
            else (second, target, contrary)
        )
        if not side[others].search(side[there].sub(" ", text)):
            return _contrary(turned, word[0], start)
    return None


@rule(
    "only",
    Severity.INFO,
    N_("a word that leaves everything else out is missing"),
    N_(
        "The source says `only` or `solamente`, and nothing in the translation can stand for it (`sole`, `except`, `not "
        "until`, `salvo`). Where the rest of the sentence says it, nothing is wrong."
    ),
    Example(
        "Only members can vote.", "Los socios pueden votar.", "Solo los socios pueden votar."
    ),
    Example(
        "Abrimos solamente los lunes.",
        "We open on Mondays.",
        "We open on Mondays only.",
        "en",
        "es",
    ),
    applies=_knows_both,
)
def find_only(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find an `only` that was lost; programs' short texts leave it out as they like."""
    contrasts = context.source_language.contrasts, context.target_language.contrasts
    if not contrasts[0] or not contrasts[1] or not context.is_article:
        return
    first, second = map(_patterns, contrasts)
    if not first["only"].search(pair.source.lower()):
        return
    for source, start, target in facing_sentences(pair, context):
        lost = first["only"].search(source.lower())
        is_short = max(source.count(" "), target.count(" ")) <= _LONGEST
        if lost and is_short and not second["excluding"].search(target.lower()):
            message = _("{word} is missing").format(word=source[lost.start() : lost.end()])
            yield Hit(message, start, start + len(target))


def _contrary(turned: re.Match[str], word: str, start: int = 0) -> Hit:
    message = _("{contrary} says the contrary of {word}")
    text = message.format(contrary=turned[0], word=word)
    return Hit(text, start + turned.start(), start + turned.end())


def _bounds(
    pair: Pair, context: CheckContext, sides: tuple[_Patterns, _Patterns]
) -> Iterator[Hit]:
    """Yield the numbers that are passed in one text and not reached in the other."""
    sources, targets = source_numbers(pair, context), target_numbers(pair, context)
    if says_numbers(pair.source_vocabulary, context.source_language) and says_numbers(
        pair.target_lower_words, context.target_language
    ):
        sources = [*sources, *read_spelled(pair.source, context.source_locale)]
        targets = [*targets, *read_spelled(pair.target, context.target_locale)]
    if not (sources and targets):
        return
    # Denied, one bound is the other: `no more than`, `no tenga menos de`.
    if _denies(pair.source_vocabulary, context.source_language) or _denies(
        pair.target_lower_words, context.target_language
    ):
        return
    # Most numbers have no bound; only those that have one are looked for on the other side.
    bounded = (
        (number, word, contrary)
        for number in sources
        for said, contrary in (("over", "under"), ("under", "over"))
        if (word := sides[0].before(said, pair.source, number))
    )
    for number, word, contrary in islice(bounded, _MOST_BOUNDS):
        there = [other for other in targets if other.agrees(number)]
        if len(there) != 1 or sum(other.agrees(number) for other in sources) != 1:
            continue
        turned = sides[1].before(contrary, pair.target, there[0])
        if turned:
            yield _contrary(turned, word[0])


_MOST_BOUNDS = 50
"""Bounds of one text that are compared."""


def _denies(words: Iterable[str], language: Language) -> bool:
    negation = language.negation
    return negation is not None and not negation.plain.isdisjoint(words)


class _Patterns:
    """The expressions of one language, ready to search."""

    def __init__(self, contrasts: Contrasts) -> None:
        names = ("company", "lack", "lacking", "only", "excluding", "more", "less", "comparing")
        self._of = {name: re.compile(getattr(contrasts, name)) for name in names}
        self._before = {
            name: re.compile(rf"{getattr(contrasts, name)}(?= $)") for name in ("over", "under")
        }
        self._words = contrasts.words

    def says(self, words: Iterable[str]) -> set[str]:
        """Return which of the small words, by what they say, stand among some in small letters."""
        return {name for name, forms in self._words.items() if not forms.isdisjoint(words)}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self._of[name]

    def before(self, name: str, text: str, number: Number) -> re.Match[str] | None:
        """Return what stands before a number and says that it is passed, or not reached."""
        start = max(0, number.first - _REACH)
        # Places count from the beginning of the text.
        padded = " " * start + text[start : number.first].lower()
        return self._before[name].search(padded, start)


_REACH = 30
"""Letters before a number within which stands what bounds it."""


@cache
def _patterns(contrasts: Contrasts) -> _Patterns:
    return _Patterns(contrasts)


@rule(
    "exchanged",
    Severity.WARNING,
    N_("two numbers or names stand in each other’s place"),
    N_(
        "`from 10 to 20` became `de 20 a 10`, a score was turned round, `from Leeds to York` became `de York a Leeds`, or the two "
        "names with only a verb between them with which a text begins changed places. Both are in the translation, so "
        "nothing is missing. Names anywhere else are not compared by their order."
    ),
    Example(
        "The price went from 10 to 20 euros.",
        "El precio pasó de 20 a 10 euros.",
        "El precio pasó de 10 a 20 euros.",
    ),
    Example(
        "Ana ganó a Eva.",
        "Eva beat Ana.",
        "Ana beat Eva.",
        "en",
        "es",
    ),
    applies=_knows_both,
)
def find_exchanged(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find two numbers that reach from one to the other, and two names around a verb, in the other order."""
    languages = context.source_language, context.target_language
    sources = source_numbers(pair, context)
    if len(sources) > 1:
        reached = _reached(sources, pair.source, languages[0])
        for first, last in _reached(target_numbers(pair, context), pair.target, languages[1]):
            # Both orders in one text: `2-3 and 3-2` are names of things.
            if any(first.agrees(other) and last.agrees(end) for other, end in reached):
                continue
            if any(
                first.agrees(other_last) and last.agrees(other) and not first.agrees(other)
                for other, other_last in reached
            ):
                yield _exchanged(pair, first.first, last.last)
    yield from _places(pair, context)
    if context.is_article:
        yield from _persons(pair, languages)


def _places(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Yield two names that reach from one to the other, and the other way round in the source: `from Leeds to York`."""
    locales = context.source_locale, context.target_locale
    straight = {
        (start, end)
        for first, last in _ways(pair.source, context.source_language)
        for start in forms_in(first.text, *locales)
        for end in forms_in(last.text, *locales)
    }
    for first, last in _ways(pair.target, context.target_language) if straight else ():
        way = fold_for_search(first.text), fold_for_search(last.text)
        # There and back again, the source has both orders.
        if way[::-1] in straight and way not in straight:
            yield _exchanged(pair, first.start, last.end)


def _ways(text: str, language: Language) -> Iterator[tuple[Name, Name]]:
    """Yield the pairs of names in a text of which the first is left and the second reached."""
    contrasts = language.contrasts
    if contrasts is None:
        return
    leads = _leads(contrasts)
    for name, last in pairwise(read_names(text, language)):
        first = _behind_verb(name, contrasts)
        before = text[max(0, first.start - _REACH) : first.start].rstrip().rpartition(" ")[2]
        if before.lower() in contrasts.leaving and leads.fullmatch(text, first.end, last.start):
            yield first, last


def _behind_verb(name: Name, contrasts: Contrasts) -> Name:
    """Return a name without the verb that begins the sentence, whose capital joined it: `Volaron de Lima`."""
    words = name.text.split(" ")
    if not name.begins_sentence or len(words) < 3 or words[1] not in contrasts.leaving:
        return name
    cut = len(words[0]) + len(words[1]) + 2
    return name._replace(text=name.text[cut:], start=name.start + cut, begins_sentence=False)


def _exchanged(pair: Pair, start: int, end: int) -> Hit:
    message = _("{words} stands the other way round in the source")
    return Hit(message.format(words=pair.target[start:end]), start, end)


def _reached(
    numbers: Sequence[Number], text: str, language: Language
) -> list[tuple[Number, Number]]:
    """Return the pairs of numbers with nothing between them but what leads from the first to the last."""
    contrasts = language.contrasts
    if contrasts is None:
        return []
    leads, (before, between) = _leads(contrasts), contrasts.between
    leading = [
        leads.fullmatch(text, first.last, last.first) is not None
        or (
            text[first.last : last.first].strip() == between
            and text[: first.first].rstrip().lower().endswith(before)
        )
        for first, last in pairwise(numbers)
    ]
    # Three in a row are a date: languages order them as they like.
    alone = [
        leads_on and not (earlier or later)
        for earlier, leads_on, later in zip(
            [False, *leading], leading, [*leading[1:], False], strict=False
        )
    ]
    return [both for both, is_alone in zip(pairwise(numbers), alone, strict=True) if is_alone]


@cache
def _leads(contrasts: Contrasts) -> re.Pattern[str]:
    return re.compile(contrasts.reaching)


class _Encounter(NamedTuple):
    """Two persons at the beginning of a sentence, and the words between them."""

    first: str
    between: str
    second: str
    end: int


_MOST_BETWEEN = 3
"""Words between two names that are a verb and little else."""


def _persons(pair: Pair, languages: tuple[Language, Language]) -> Iterator[Hit]:
    """Yield two names that changed places around the verb with which a sentence begins."""
    encounters = [
        _encounter(text, language)
        for text, language in zip((pair.source, pair.target), languages, strict=True)
    ]
    source, target = encounters
    if (
        source is None
        or target is None
        or (source.first, source.second) != (target.second, target.first)
    ):
        return
    for encounter, language in zip((source, target), languages, strict=True):
        contrasts = language.contrasts
        if contrasts is None or _passive(contrasts).search(encounter.between.lower()):
            return
    # Who won is whom the other lost to.
    words, others = source.between.lower().split(), target.between.lower().split()
    if any(find_opposites(words, others, *languages)):
        return
    yield _exchanged(pair, 0, target.end)


def _encounter(text: str, language: Language) -> _Encounter | None:
    """Return the two names with which a text begins, with a verb between them; None where it begins otherwise."""
    contrasts = language.contrasts
    if contrasts is None or not _BEGINNING.match(text):
        return None
    names = read_names(text, language)
    if len(names) < 2 or text[: names[0].start].strip() not in ("", *language.articles):
        return None
    between = text[names[0].end : names[1].start].strip()
    words = between.split()
    is_verb = words and between.replace(" ", "").isalpha() and between.islower()
    if (
        not is_verb
        or len(words) > _MOST_BETWEEN
        or not set(words).isdisjoint(language.linking_words | {*contrasts.between})
    ):
        return None
    return _Encounter(names[0].text, between, names[1].text, names[1].end)


_BEGINNING = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+ ")


@cache
def _passive(contrasts: Contrasts) -> re.Pattern[str]:
    return re.compile(contrasts.passive)

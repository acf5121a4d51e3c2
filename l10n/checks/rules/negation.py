"""The rule about negation: a `not` that a translation lost, or brought in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from l10n.checks.reading import WORD
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.languages.traits import Negation
from l10n.model import Severity
from l10n.text.opposites import find_opposites
from l10n.text.sentences import split_sentences

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair


@rule(
    "negation",
    Severity.WARNING,
    N_("a negation was lost or brought in"),
    N_(
        "The source says no, never or nobody, and nothing in the translation can stand for it, or the other "
        "way round. Words of lack and exception (`without`, `only`, `unless`, `impossible`) are accepted on the other side."
    ),
    Example(
        "The mayor did not approve the budget.",
        "La alcaldesa aprobó el presupuesto.",
        "La alcaldesa no aprobó el presupuesto.",
    ),
    Example(
        "Nadie creía que abriríamos.",
        "Anybody thought that we would open.",
        "Nobody thought that we would open.",
        "en",
        "es",
    ),
    # Within one language a text is said anew, for another region or in jest.
    applies=lambda context: context.source_language is not context.target_language,
)
def find_negation(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find a denial on one side for which nothing on the other can stand, by sentences where there are as many."""
    languages = context.source_language.negation, context.target_language.negation
    if languages[0] is None or languages[1] is None:
        return
    source_side, target_side = map(_patterns, languages)
    # Equally many on both sides: which denies what cannot be told from here, and they nearly always fit.
    if source_side.denials(pair.source) == target_side.denials(pair.target):
        return
    for source, start, target in facing_sentences(pair, context):
        # Programs' translators say longer texts anew, and labels as they like: `Don't automatically`, `Manualmente`.
        if not context.is_article and not _LEAST_SPACES <= source.count(" ") <= _MOST_SPACES:
            continue
        lost, new = source_side.denial(source), target_side.denial(target)
        undone = (
            source_side.undoes.search(source) if lost else target_side.undoes.search(target)
        )
        if undone:
            continue
        if lost and not new:
            # A name or a title that was left as it is: `No Country for Old Men`.
            copied = lost[0] + source[lost.end() :][:4] in target
            if (
                not copied
                and (context.is_article or _is_of_verb(lost, context.source_language))
                and not _may_deny(target, source, languages[1], context.target_language)
                and not _says_contrary(source[lost.end() :], target, context)
            ):
                yield Hit(_("the source denies this, the translation does not"))
        elif (
            new
            and not lost
            and new[0] + target[new.end() :][:4] not in source
            and (context.is_article or _denies_all(new, source, target, languages[1]))
            and not _may_deny(source, target, languages[0], context.source_language)
        ):
            message = _("the translation denies what the source does not")
            yield Hit(message, start + new.start(), start + new.end())


def _denies_all(new: re.Match[str], source: str, target: str, negation: Negation) -> bool:
    """Whether a denial that is new in a program's text denies a statement of the source.

    Programs' translators say `no válido` for `bad`, `raw`, `deprecated`: of 14 read in their catalogs none was wrong. A
    whole sentence, with a verb behind the denial, is another thing.
    """
    return (
        source.count(" ") >= _LEAST_SPACES
        and len(target) <= _LONGER * len(source)
        and source[:1].isupper()
        and source.rstrip().endswith(".")
        and ":" not in source
        and re.match(negation.predicate, target[new.end() :]) is None
    )


def _is_of_verb(denial: re.Match[str], language: Language) -> bool:
    """Whether a denial is a verb's, in a language where it stands behind a small verb: `did not sign`, but `not hardware`.

    What a program's text sets apart so its translators say in other ways.
    """
    before = denial.string[: denial.start()].split()
    return (
        not language.auxiliaries
        or denial[0].lower() != "not"
        or bool(before and before[-1].lower() in language.auxiliaries)
    )


_LEAST_SPACES = 3
_MOST_SPACES = 14
_LONGER = 1.5
"""Length of a translation beyond which it says more than its source."""
_REACH = 40
"""Letters behind a denial within which stands what it denies."""
_POSSIBLE = re.compile(r"[aeiou]bles?\b")
"""How adjectives of what can be done end in both languages."""


class _Patterns(NamedTuple):
    denies: re.Pattern[str]
    undoes: re.Pattern[str]

    def denials(self, text: str) -> int:
        return sum(not _is_code(match) for match in self.denies.finditer(text))

    def denial(self, text: str) -> re.Match[str] | None:
        """Return the first denial of a text; values of options (`firmware=never`, `notify-by-nothing`) deny nothing."""
        return next(
            (match for match in self.denies.finditer(text) if not _is_code(match)), None
        )


def _is_code(match: re.Match[str]) -> bool:
    return match.string[match.start() - 1 : match.start()] in ("-", "=", "_", "/")


@cache
def _patterns(negation: Negation) -> _Patterns:
    return _Patterns(re.compile(negation.denies), re.compile(negation.undoes, re.IGNORECASE))


def facing_sentences(pair: Pair, context: CheckContext) -> Iterator[tuple[str, int, str]]:
    """Yield sentences that face each other, with the place of the second; both texts whole where they are not as many."""
    sources = split_sentences(pair.source, context.source_locale)
    targets = split_sentences(pair.target, context.target_locale)
    if len(sources) != len(targets):
        sources, targets = (pair.source,), (pair.target,)
    start = 0
    for source, target in zip(sources, targets, strict=True):
        yield source, start, target
        start += len(target)


def _may_deny(text: str, other: str, negation: Negation, language: Language) -> bool:
    """Whether a text has a word that may stand for a denial; it is given the benefit of the doubt."""
    return any(
        word in negation.words
        or _is_contrary(word, other, language)
        or (len(word) > 4 and word.startswith(negation.stems))
        or word.endswith(negation.endings)
        for word in WORD.findall(text.lower())
    )


def _says_contrary(denied: str, target: str, context: CheckContext) -> bool:
    """Whether the translation has the opposite of a word that is denied: `not different`, `iguales`."""
    words, others = (WORD.findall(text.lower()) for text in (denied[:_REACH], target))
    return any(find_opposites(words, others, context.source_language, context.target_language))


def _is_contrary(word: str, other: str, language: Language) -> bool:
    """Whether a word is another one behind a prefix of contrary: `inseguro`, or `incompatible` for `not compatible`."""
    for prefix in language.contrary_prefixes:
        rest = word.removeprefix(prefix)
        if rest == word or len(rest) < 4:
            continue
        if rest[:6] in other.lower() or any(
            form in language.common_words for form in (rest, *language.singulars(rest))
        ):
            return True
        # What cannot be done in both: `not readable`, `ilegible`.
        if _POSSIBLE.search(rest) and _POSSIBLE.search(other.lower()):
            return True
    return False

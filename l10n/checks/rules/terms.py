"""Rules about the words of the house: glossary, forbidden terms, spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from l10n.checks.reading import WORD
from l10n.checks.rule import Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.text.edits import apply
from l10n.text.markup import plain

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair
    from l10n.glossary import Violation


@rule(
    "glossary",
    Severity.WARNING,
    N_("a term is not translated as the glossary says"),
    N_(
        "The source has a term of the glossary, and the translation has none of the words that the glossary "
        "gives for it, in any inflection. Correct the translation, or add the word to the glossary."
    ),
    without_examples="needs a glossary",
)
def find_glossary(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find terms that are translated in another way than the glossary says."""
    for violation in _violations(pair, context):
        if violation.wanted and not violation.found:
            message = _("{term} is to be {wanted}").format(
                term=violation.source_term, wanted=_(" or ").join(violation.wanted)
            )
            yield _repaired(message, violation, pair, context) or Hit(message)


@rule(
    "forbidden-term",
    Severity.WARNING,
    N_("a term that the glossary forbids"),
    N_("The translation has a word that the glossary marks as forbidden."),
    without_examples="needs a glossary",
)
def find_forbidden(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find terms that the glossary forbids."""
    for violation in _violations(pair, context):
        if violation.found:
            start, end = violation.span or (None, None)
            message = _("{term} is not to be used").format(term=violation.found)
            if violation.wanted:
                message = _("{term} is not to be used; write {wanted}").format(
                    term=violation.found, wanted=_(" or ").join(violation.wanted)
                )
            yield _repaired(message, violation, pair, context) or Hit(message, start, end)


def _repaired(
    message: str, violation: Violation, pair: Pair, context: CheckContext
) -> Hit | None:
    """Return a hit that offers the glossary's word for what stands in its place; None where that is not sure."""
    glossary, hit = context.glossary, violation.hit
    if glossary is None or hit is None or not hit.target_terms:
        return None
    from l10n.glossary.replacing import replacement, stand_in  # noqa: PLC0415 - seldom needed

    text, target = pair.target, context.target_locale
    form = plain(pair.source_raw)[hit.start : hit.end]
    words = violation.found or stand_in(text, form, context.source_locale, target)
    edits = replacement(glossary, text, hit, word=form, drafted=words, target=target)
    if not edits:
        return None
    start, end = edits[0].start, edits[-1].end
    mended = apply(text, edits).text
    return Hit(
        message, start, end, mended[start : len(mended) - len(text) + end], is_safe=False
    )


def _violations(pair: Pair, context: CheckContext) -> Iterable[Violation]:
    glossary = context.glossary
    if glossary is None or not glossary.terms:
        return ()
    return pair.remember(
        "glossary",
        lambda: glossary.violations(
            pair.source_raw, pair.target_raw, context.source_locale, context.target_locale
        ),
    )


@rule(
    "spelling",
    Severity.INFO,
    N_("a word that no dictionary knows"),
    N_(
        "A word stands neither in the Hunspell dictionary of the locale, nor in the project's own list "
        "(`words.LOCALE.txt` beside the glossary, one word a line), nor in the source; names are skipped. "
        "Words are checked only where that list exists, a dictionary is installed (Debian: `hunspell-es`, "
        "`hunspell-en-us`), and so is the extra `spell`."
    ),
    without_examples="needs a dictionary",
)
def find_spelling(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find words that neither the dictionary, the project nor the source knows."""
    speller = context.speller
    if speller is None:
        return
    for match in WORD.finditer(pair.target):
        word = match[0]
        # Abbreviations, code and numbers are in no dictionary.
        if len(word) < 3 or not word[1:].islower() or word.lower() in context.words:
            continue
        # A capital within a text is a name.
        if word[0].isupper() and match.start() > 0:
            continue
        # Loans, names and terms that stay as they are.
        if word in pair.source_words or word.lower() in pair.source_vocabulary:
            continue
        if not speller.knows(word) and not speller.knows(word.lower()):
            yield Hit(_("{word} is not in the dictionary").format(word=word), *match.span())

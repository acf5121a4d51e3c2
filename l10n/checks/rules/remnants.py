"""Rules about what is left over: words of the source, marks of engines, letters of wrong encodings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice, pairwise
from operator import eq
from typing import TYPE_CHECKING

from l10n.checks.reading import OPAQUE, WORD, Reading
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.languages.contrasts import Contrasts
from l10n.model import Severity
from l10n.text.language import is_untranslated, judge_language

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair


@cache
def _foreign_words(source: Language, target: Language) -> frozenset[str]:
    """Return function words of the source language that the target language does not have."""
    return source.function_words - target.function_words


_QUOTATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|‘[^’]*’|(?<!\w)'[^']*'(?!\w)|\([^()]*\)")


@rule(
    "source-language",
    Severity.WARNING,
    N_("some words are still in the language of the source"),
    N_(
        "A run of four or more words of the source stands in the translation as it was, or a small word of it "
        "among words of the translation (`pero`, `because`). Quoted words, words in emphasis or brackets, names "
        "and titles are left alone."
    ),
    Example(
        "The fair opens today and closes at the end of the month.",
        "La feria abre hoy and closes at the end of the month.",
        "La feria abre hoy y cierra a fin de mes.",
    ),
    Example(
        "La feria abre hoy y cierra a finales de mes.",
        "The fair opens today y cierra a finales de mes.",
        "The fair opens today and closes at the end of the month.",
        "en",
        "es",
    ),
    applies=lambda context: (
        context.source_language is not context.target_language
        and context.source_language.function_words
        and context.target_language.function_words
    ),
)
def find_source_language(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find a run of words that was left in the language of the source."""
    languages = context.source_language, context.target_language
    source_words, own_words = _foreign_words(*languages), _foreign_words(*languages[::-1])
    if source_words.isdisjoint(pair.target_words) or pair.source == pair.target:
        return
    # Quotations and brackets may stay in their language. As many characters take their place, so offsets hold.
    text = _QUOTATION.sub(lambda match: OPAQUE * len(match[0]), pair.target)
    if source_words.isdisjoint(WORD.findall(text)):
        return
    # Screens and programs that are shown are copied in part, works that are cited keep their titles, and some catalogs
    # give the label of a program with its translation behind it.
    if (
        ("\n" in pair.source and "  " in pair.source)
        or _is_citation(pair.source_raw)
        or pair.target.startswith(f"{pair.source} (")
    ):
        return
    own = WORD.findall(_QUOTATION.sub("", Reading(_EMPHASISED.sub("", pair.target_raw)).text))
    if own_words.isdisjoint(own) and _is_whole(own, pair, languages):
        yield Hit(_("the text is in the language of the source"), 0, len(pair.target))
        return
    runs = list(_copied_runs(text, pair.source))
    title_end = -1
    for start, end, words in runs:
        # A title within a sentence, and what stands behind its colon or number.
        if (text[:start].strip() and _has_capitals(words)) or 0 <= start - title_end <= _GAP:
            title_end = end
            continue
        small = [word for word in words if word[0].islower()]
        foreign = [word for word in small if word in source_words]
        if _is_emphasised(pair, start, end) or _is_title(text, start, words[0], languages):
            continue
        if (
            len(words) >= 4
            and len(small) > len(foreign)
            and _is_left(small, foreign, own_words, text[start:end])
        ):
            yield Hit(_("these words are still in the language of the source"), start, end)
            return
    runs_with_names = [
        range(start, end)
        for start, end, words in runs
        if any(word[0].isupper() for word in words)
    ]
    for single in _small_words(pair, context, text):
        if any(single.start() in run for run in runs_with_names):
            continue
        message = _("{word} is still in the language of the source")
        yield Hit(message.format(word=single[0]), *single.span())
        return
    # Next to nothing was translated: the words of the source stand apart.
    foreign = [word for word in own if word in source_words]
    if (
        len(own) > _LEAST_WORDS
        and ";" not in pair.target
        and len(foreign) >= _FOREIGN * len(own)
        and own_words.isdisjoint(own)
    ):
        yield Hit(_("the text is in the language of the source"), 0, len(pair.target))


_LEAST_WORDS = 5
"""Words of the shortest text of which it is said that it is in the language of the source."""
_FOREIGN = 0.25
"""Share of small words of the source from which hardly anything of a text is translated."""


def _is_whole(words: Sequence[str], pair: Pair, languages: tuple[Language, Language]) -> bool:
    """Whether all words of a translation are in the language of the source: those that the source has not are, too.

    `Distribuciones: stable, testing, unstable`: what stays is a list of names.
    """
    if len(words) < _LEAST_WORDS or not is_untranslated(" ".join(words), *languages):
        return False
    verdict = judge_language(word for word in words if word not in pair.source_words)
    return verdict is None or verdict.code == languages[0].code


_GAP = 12
"""Characters between two parts of a title at most: ` 15.3.1: `."""
_YEAR = re.compile(r"\((?:19|20)\d\d[a-z]?\)|[;,] (?:19|20)\d\d[,;.]")


def _is_citation(text: str) -> bool:
    """Whether a text tells of a work, with its year and where it is found."""
    return "://" in text and _YEAR.search(text) is not None


def _has_capitals(words: Sequence[str]) -> bool:
    """Whether three of the first four words have capitals: `Good Practice Guidance for`."""
    return len(words) > 3 and sum(word[0].isupper() for word in words[:4]) >= 3


def _is_left(
    small: Sequence[str], foreign: Sequence[str], own: frozenset[str], run: str
) -> bool:
    """Whether words are more than a name or a list: two function words of the source, or one among its like."""
    if len(foreign) >= 2:
        # Each word an item: codes of languages.
        return run.count(",") < len(small) - 1
    # A list of terms (`read, write and append`) is copied on purpose.
    is_list = 2 * run.count(",") >= len(small) or sum(len(word) > 2 for word in small) < 3
    return len(foreign) == 1 and len(small) >= 4 and not is_list and own.isdisjoint(small)


def _small_words(pair: Pair, context: CheckContext, text: str) -> Iterator[re.Match[str]]:
    """Yield the small words of the source that stand alone among words of the translation."""
    target = context.target_language
    # `has` is a form of `haber`, too.
    telltale = (
        context.source_language.telltale_words - target.function_words - target.common_words
    )
    if telltale.isdisjoint(pair.target_words):
        return
    words = list(WORD.finditer(text))
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        # Before a capital a small word belongs to a name: `Arts and Crafts`.
        if word[0] not in telltale or word[0] not in pair.source_words or after[0][0].isupper():
            continue
        between = text[before.end() : word.start()] + text[word.end() : after.start()]
        if (
            not between.strip(" \n,")
            # Between two commas stands an item of a list, such as the code of a language.
            and between.count(",") < _COMMAS_OF_ITEM
            # Words of a query: `su=poetry not kw=sea`.
            and not (_is_query(text, before) or _is_query(text, after))
            and before[0] != "a"
            and not _is_emphasised(pair, *word.span())
        ):
            yield word


def _is_query(text: str, word: re.Match[str]) -> bool:
    """Whether a word is the name or the value of a field: `kw:sea`."""
    return text[word.end() : word.end() + 1] in ("=", ":") or text[
        word.start() - 1 : word.start()
    ] in ("=", ":")


_COMMAS_OF_ITEM = 2
_EMPHASISED = re.compile(
    r"(?<![\w*])\*[^*\n]+\s[^*\n]+\*(?!\w)|<((?:i|em|cite|q|dfn)\d+)>.*?</\1>", re.DOTALL
)
"""Two or more words in emphasis: foreign phrases and titles stand so."""


def _is_emphasised(pair: Pair, start: int, end: int) -> bool:
    """Whether a run of words is within one emphasis."""
    raw_start, raw_end = pair.target_reading.span(start, end)
    return any(
        match.start() <= raw_start and raw_end <= match.end()
        for match in _EMPHASISED.finditer(pair.target_raw)
    )


def _is_title(text: str, start: int, first: str, languages: Iterable[Language]) -> bool:
    """Whether a run within a sentence begins with a capital article, as titles of works do."""
    is_article = any(first in language.articles for language in languages)
    return is_article and re.search(r"[\w,:;)]\s$", text[:start]) is not None


def _copied_runs(text: str, source: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the runs of two or more words that stand in the source in the same order, side by side."""
    source_words = WORD.findall(source)
    pairs = set(pairwise(source_words))
    run: list[re.Match[str]] = []
    for match in WORD.finditer(text):
        between = text[run[-1].end() : match.start()] if run else ""
        if run and (run[-1][0], match[0]) in pairs and not re.search(r"[^\s,;'’]", between):
            run.append(match)
            continue
        if len(run) > 1:
            yield run[0].start(), run[-1].end(), [word[0] for word in run]
        run = [match]
    if len(run) > 1:
        yield run[0].start(), run[-1].end(), [word[0] for word in run]


@rule(
    "untranslated",
    Severity.WARNING,
    N_("the translation is the source itself"),
    N_(
        "The text was copied and not translated. Names, titles and code are left alone; a quotation that "
        "stays in its language is told with `l10n-ignore: untranslated`."
    ),
    Example("The fair opens at noon.", "The fair opens at noon.", "La feria abre a mediodía."),
    Example(
        "La feria abre a mediodía.",
        "La feria abre a mediodía.",
        "The fair opens at noon.",
        "en",
        "es",
    ),
)
def find_untranslated(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find translations that are the source itself, headlines in capitals too."""
    languages = context.source_language, context.target_language
    if pair.source != pair.target or languages[0] is languages[1]:
        return
    text = _QUOTATION.sub(" ", pair.source_raw)
    # Programs show more names than headlines: `Free Software Foundation`.
    telling = languages[0].function_words - languages[0].linking_words
    if not context.is_article and telling.isdisjoint(pair.source_words):
        return
    if is_untranslated(text, *languages):
        yield Hit(_("the translation is the source itself"), 0, len(pair.target))


_ARTEFACT = re.compile(
    r"<unk>|⁇|\[UNK\]|▁|@@(?=\s|$)|(?<=\w)@-@(?=\w)|&(?:amp|lt|gt|quot);(?:amp|lt|gt|quot);"
)
_ARTEFACT_HINT = re.compile("[@&⁇▁]|unk>|UNK")
_STARRED = re.compile(r"(?<![\w*])\*(?![^*\n]*[^\s*]\*(?!\w))([^\W\d_]{3,})")


@rule(
    "machine-artefact",
    Severity.WARNING,
    N_("something that machine translation left"),
    N_(
        "Words that the engine did not know (`*word`, `<unk>`), marks of its own (`▁`, `@@`), the same words three times in a row, or what a program says instead of a translation (`As an AI language model`)."
    ),
    Example("The baker smiles.", "El *baker sonríe.", "El panadero sonríe."),
    Example(
        "El final del día.",
        "The end of the end of the end of the day.",
        "The end of the day.",
        "en",
        "es",
    ),
)
def find_artefact(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find what machine translation leaves behind: unknown words, marks of its own, stuttering."""
    raw = pair.target_raw
    for match in _ARTEFACT.finditer(raw) if _ARTEFACT_HINT.search(raw) else ():
        if match[0] not in pair.source_raw:
            yield Hit(
                _("{text} was left by a machine").format(text=match[0]), *match.span(), raw=True
            )
    if "*" in raw and "*" not in pair.source_raw:
        for match in _STARRED.finditer(raw):
            message = _("the engine did not know {word}").format(word=match[1])
            yield Hit(message, *match.span(), raw=True)
    contrasts = context.target_language.contrasts
    answer = _answer(contrasts).match(raw) if contrasts else None
    # A source about such programs has their words, too.
    if answer and not (
        context.source_language.contrasts
        and _answer(context.source_language.contrasts).match(pair.source_raw)
    ):
        yield Hit(_("a program says this, not the source"), *answer.span(), raw=True)
    stutter = _stutter(pair.target_lower_words)
    if stutter is not None and _stutter([word.lower() for word in pair.source_words]) is None:
        places = list(WORD.finditer(pair.target))
        start, end = places[stutter[0]].start(), places[stutter[1]].end()
        # `Each 2, Each 3` is a list.
        is_list = any(map(str.isdigit, pair.target[start:end]))
        if not is_list and not _STRANGE.search(pair.target, start, end):
            yield Hit(_("the same words again and again"), start, end)


@cache
def _answer(contrasts: Contrasts) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{contrasts.answers})", re.IGNORECASE)


_STRANGE = re.compile(r"[^\w\s,;.’'-]")
"""What cannot stand between stuttered words: code, brackets, list separators."""


def _stutter(words: Sequence[str], longest: int = 6) -> tuple[int, int] | None:
    """Return first and last word of a run of one to six words that stands three times in a row."""
    # Three times in a row needs two repetitions: most texts are done here.
    if len(words) - len(set(words)) < 2:
        return None
    for length in range(1, min(longest, len(words) // 3) + 1):
        equal = 0
        # Counting all equal pairs at this distance is cheaper than looking for a run.
        if sum(map(eq, words, islice(words, length, None))) < 2 * length:
            continue
        for at in range(len(words) - length):
            equal = equal + 1 if words[at] == words[at + length] else 0
            if equal == 2 * length and any(
                # `Ja ja ja` is laughter.
                len(word) > (2 if length == 1 else 1)
                for word in words[at : at + length]
            ):
                return at - 2 * length + 1, at + length
    return None


_MOJIBAKE = re.compile(
    r"Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€[\u0080-\u00ff™œ\u009d“”˜¦]|\ufffd"
)


@rule(
    "encoding",
    Severity.ERROR,
    N_("damaged letters"),
    N_(
        "Letters like `Ã³` or `â€™`: the text was read once in the wrong encoding. `�` stands for a letter that is lost."
    ),
    Example("The information", "La informaciÃ³n", "La información", fixed=True),
    Example("La España de hoy", "Todayâ€™s Spain", "Today’s Spain", "en", "es", fixed=True),
)
def find_encoding(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find letters damaged by reading a file in the wrong encoding."""
    for match in _MOJIBAKE.finditer(pair.target_raw) if not pair.target_raw.isascii() else ():
        if match[0] in pair.source_raw or _may_be_right(match, context.target_language):
            continue
        try:
            right = match[0].encode("cp1252").decode("utf-8")
        # Not every damage can be undone: a letter may have been cut in half.
        except (UnicodeEncodeError, UnicodeDecodeError):
            yield Hit(_("damaged letters"), *match.span(), raw=True)
        else:
            message = _("damaged letters, probably {right}").format(right=right)
            yield Hit(message, *match.span(), right, raw=True)


def _may_be_right(match: re.Match[str], language: Language) -> bool:
    """Whether a word ends here with a letter of the language and a mark behind it: `AMANHû in Portuguese."""
    letter, mark = match[0][0].lower(), match[0][1:]
    if letter not in "ãâ" or (language.letters is not None and letter not in language.letters):
        return False
    ends = not mark.isalnum() and not match.string[match.end() : match.end() + 1].isalpha()
    return ends and match.string[match.start() - 1 : match.start()].isupper()

"""Rules about texts that are no translation yet: marks of a translator, sample text, another language, a program's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.model import Severity
from l10n.text.language import is_foreign
from l10n.text.lexicon import has_counterpart, is_listed

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_MARK = re.compile(
    r"\b(?:TBD|FIXME)\b|\bXXX+\b|\bTODO:|[\[(<](?:TODO|TBD|FIXME|REVISAR|TRADUCIR|TRANSLATE|REVIEW|CHECK)\b[^\])>]*[\])>]"
    r"|\?{3,}|\b[Ll]orem ipsum\b"
)
_WHOLE = re.compile(
    r"(?-i:TODO)|tbd|fixme|wip|x{3,}|\?+|[-–—_.…*]+|lorem ipsum\b.*", re.IGNORECASE
)
"""What stands for a whole text that somebody has still to write; `TODO` is a Spanish word, too."""
_HINT = re.compile(r"TBD|FIXME|XXX|TODO|\?\?|orem ipsum|[\[(<][A-Z]{4}")
_LONGEST = 45
"""Characters of a text that may be a mark and nothing else."""


@rule(
    "unfinished",
    Severity.WARNING,
    N_("a mark of work that is not done"),
    N_(
        "`TODO`, `TBD`, `FIXME`, `[REVISAR]`, `xxx`, lorem ipsum: somebody meant to come back. Marks that the source "
        "has as well are left alone."
    ),
    Example("The fair opens today.", "TODO", "La feria abre hoy."),
    Example(
        "La feria abre hoy.",
        "The fair opens today. [CHECK]",
        "The fair opens today.",
        "en",
        "es",
    ),
)
def find_unfinished(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find marks of translators who meant to come back."""
    target = pair.target_raw
    if len(target) < _LONGEST and len(pair.source_words) > 2:
        text = target.strip(" \n.!:;[]()<>«»\"'")
        # `To do` and `Next open` may be translated by such a word; a sentence is not.
        is_mark = (
            _whole(context.target_language).fullmatch(text)
            and text.lower() not in pair.source.lower()
            if text
            else not any(char in target for char in pair.source)
        )
        if is_mark:
            message = _("{mark} is no translation").format(mark=target.strip())
            yield Hit(message, 0, len(target), raw=True)
            return
    if not _HINT.search(target):
        return
    for match in _MARK.finditer(target):
        # `XXXXX` shows a format, and the source has another one.
        if match[0][:3].lower() not in pair.source_raw.lower():
            yield Hit(_("{mark} is left here").format(mark=match[0]), *match.span(), raw=True)


@cache
def _whole(language: Language) -> re.Pattern[str]:
    marks = language.contrasts.marks if language.contrasts else "(?!)"
    return re.compile(f"{_WHOLE.pattern}|{marks}", re.IGNORECASE)


@rule(
    "other-language",
    # Of ten that were read in catalogs of other projects none was right: citations and mixtures stand out.
    Severity.INFO,
    N_("the translation is in another language"),
    N_(
        "The text is in a language beside the one that is wanted: French, Catalan, Galician, Portuguese, Italian, German or "
        "Latin where Spanish or English should stand. Letters and small words tell; words that the source has are left out, "
        "and so are texts of fewer than four others."
    ),
    Example(
        "The library of the old town opens every day.",
        "La bibliothèque de la vieille ville ouvre tous les jours.",
        "La biblioteca del casco antiguo abre todos los días.",
    ),
    Example(
        "La biblioteca abre todos los días.",
        "A biblioteca da cidade abre todos os dias.",
        "The library opens every day.",
        "en",
        "es",
    ),
    applies=lambda context: (
        context.source_language is not context.target_language
        and context.target_language.neighbour_weights
    ),
)
def find_other_language(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find texts in a language that is neither that of the source nor the one wanted."""
    words = pair.target_lower_words
    # `(e)ncriptar, (f)irmar`: letters are set apart for keys, and no words remain.
    if (
        len(words) > 2
        and not _KEYS.search(pair.target)
        and is_foreign(words, pair.source_vocabulary, context.target_language)
    ):
        message = _("this is not {language}")
        yield Hit(message.format(language=_(context.target_language.name)), 0, len(pair.target))


_KEYS = re.compile(r"\([^\W\d_]\)[^\W\d_]|[^\W\d_]\([^\W\d_]\)")

_TECHNICAL = re.compile(r"[`_<>{}%/\\*:&\ufffc]|[A-Z]{2}|[a-z][A-Z]|\d\.\d")
"""Texts about programs borrow words: `un framework`, `los commits`."""
_BETWEEN_WORDS = " \u00a0"


@rule(
    "left-word",
    Severity.INFO,
    N_("a word may still be in the language of the source"),
    N_(
        "A common word of the source stands as it is among words of the translation, behind an article or a number: `los "
        "volunteers`, `the barco`. Where the language has borrowed it nothing is wrong."
    ),
    Example(
        "The volunteers cleaned the beach.",
        "Los volunteers limpiaron la playa.",
        "Los voluntarios limpiaron la playa.",
    ),
    Example(
        "El barco salió al alba.",
        "The barco left at dawn.",
        "The ship left at dawn.",
        "en",
        "es",
    ),
    applies=lambda context: (
        context.source_language is not context.target_language
        and context.source_language.common_words
        and context.target_language.stop_words
    ),
)
def find_left_word(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find a common word of the source that the translation has as it is, and that is none of its language."""
    source, target = context.source_language, context.target_language
    shared = [
        word
        for word in dict.fromkeys(pair.target_words)
        if len(word) >= _LEAST_LETTERS
        and word in pair.source_vocabulary
        and word not in target.common_words
    ]
    # A text that was copied whole is told by another rule.
    if (
        not shared
        or pair.source == pair.target
        or _TECHNICAL.search(pair.source)
        or _TECHNICAL.search(pair.target)
    ):
        return
    codes = source.code, target.code
    others = pair.target_lower_words
    for word in shared:
        is_common = word in source.common_words or any(
            form in source.common_words for form in source.singulars(word)
        )
        if not is_common or not is_listed(word, *codes):
            continue
        for match in re.finditer(
            rf"(?<!\w)(\w+)[{_BETWEEN_WORDS}]{word}\b(?![\w’'-])", pair.target
        ):
            before = match[1].lower()
            is_counted = before.isdigit() or before in target.numerals.cardinals
            if is_counted or before in target.stop_words:
                if not has_counterpart(word, [o for o in others if o != word], codes):
                    message = _("{word} is still in the language of the source")
                    yield Hit(message.format(word=word), match.end() - len(word), match.end())
                return


_LEAST_LETTERS = 4

"""The rule about false friends: words that look like those of the source and mean something else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair


@rule(
    "false-friend",
    Severity.WARNING,
    N_("a false friend"),
    N_(
        "A word of the translation looks like one of the source and means something else: `actualmente` is "
        "currently, not actually, a `carpeta` no carpet. Words that are right in some trades (`librería`, `soportar`) "
        "are not looked for."
    ),
    Example(
        "She actually lives in Soria.",
        "Actualmente vive en Soria.",
        "En realidad vive en Soria.",
    ),
    Example(
        "Guardó la carpeta en el armario.",
        "He put the carpet in the cupboard.",
        "He put the folder in the cupboard.",
        "en",
        "es",
    ),
)
def find_false_friend(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find false friends that nothing else in the source or in the translation accounts for."""
    table = _table(context.source_language, context.target_language)
    for word in pair.target_lower_words if table else ():
        for row in table.get(word[:_BEGINNING], ()):
            source_word = row.looks.search(pair.source) if row.friend.fullmatch(word) else None
            # Another word of the source may be what the friend translates.
            if source_word is None or row.accounted.search(pair.source):
                continue
            if not row.right.search(pair.target):
                message = _("{there} does not mean {wanted}")
                start = pair.target.lower().index(word)
                yield Hit(
                    message.format(there=word, wanted=source_word[0]), start, start + len(word)
                )


class _Row(NamedTuple):
    looks: re.Pattern[str]
    """The word of the source that looks like the false friend."""
    friend: re.Pattern[str]
    accounted: re.Pattern[str]
    """What else in the source the false friend translates rightly."""
    right: re.Pattern[str]
    """What translates the word of the source rightly."""


_BEGINNING = 4
"""Letters by which false friends are found: few words of a text begin with those of one."""


@cache
def _table(source: Language, target: Language) -> Mapping[str, Sequence[_Row]]:
    """Return the false friends of a pair of languages by their first letters."""
    pairs = [
        (friends.other, friends.word, friends.means, friends.right)
        for friends in target.false_friends.get(source.code, ())
    ] + [
        (friends.word, friends.other, friends.right, friends.means)
        for friends in source.false_friends.get(target.code, ())
    ]
    table: dict[str, list[_Row]] = defaultdict(list)
    for looks, friend, accounted, right in pairs:
        row = _Row(_word(looks), _word(friend), _beginning(accounted), _beginning(right))
        for beginning in {form[:_BEGINNING] for form in re.split(r"\|(?![^(]*\))", friend)}:
            table[beginning].append(row)
    return dict(table)


def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})\b", re.IGNORECASE)


def _beginning(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})", re.IGNORECASE)

"""Abbreviations written out, for whoever knows the words and not their abbreviations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from l10n.languages import language_of

_NUMBER = r"(?=[ \u00a0](?:\d|[IVXLC]+\b))"
"""What must stand behind an abbreviation that is one before a number alone: p. 12, art. IV; “no.” is a word."""


class Spelling(NamedTuple):
    """Characters of a text that are an abbreviation, and what it stands for."""

    start: int
    end: int
    """Behind its full stop."""
    words: str


def abbreviations_in(text: str, locale: str) -> list[Spelling]:
    """Return the abbreviations of a text that can be written out, in order: `pág.`, `p. ej.`, `No.` before a number."""
    if "." not in text:
        return []
    language = language_of(locale)
    pattern = _pattern(language.code)
    if pattern is None:
        return []
    spelled = language.abbreviations.spelled
    return [
        Spelling(
            match.start(),
            match.end(),
            _cased(match[1], spelled[_key(match[1])], text[: match.start()]),
        )
        for match in pattern.finditer(text)
        # PÁG. shouts, and U.S.-like letters are names.
        if not (match[1].isupper() and len(match[1]) > 1)
    ]


@lru_cache(maxsize=8)
def _pattern(code: str) -> re.Pattern[str] | None:
    """Return what finds the abbreviations of a language; its group is one without the last full stop."""
    table = language_of(code).abbreviations
    if not table.spelled:
        return None
    alternatives = []
    for name in sorted(table.spelled, key=len, reverse=True):
        written = re.escape(name).replace(r"\.", r"\.[ \u00a0]?")
        alternatives.append(written + rf"(?=\.{_NUMBER})" if name in table.number else written)
    return re.compile(rf"(?<![\w.])({'|'.join(alternatives)})\.(?!\w)", re.IGNORECASE)


def _key(written: str) -> str:
    return re.sub(r"\s", "", written).lower()


def _cased(written: str, words: str, before: str) -> str:
    """Return words with a capital where the abbreviation has one that the place asks for: `at No. 7` is `number`."""
    begins = not before.strip() or before.rstrip()[-1] in ".!?…:\n"
    return words[0].upper() + words[1:] if written[0].isupper() and begins else words

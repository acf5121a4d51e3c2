"""Spelling, with a Hunspell dictionary of the system, where the extra `spell` and a dictionary are installed."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from l10n.languages import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell")


class Speller:
    """A dictionary, asked once for every word."""

    def __init__(self, dictionary: Any) -> None:
        self._dictionary = dictionary
        self.knows = cache(self._knows)
        """Tells whether a word is spelled right."""

    @classmethod
    def find(cls, locale: str) -> Self | None:
        """Load the dictionary of a locale, or of its language; None when there is none to use."""
        path = next(
            (path for path in _candidates(locale) if path.with_suffix(".aff").is_file()), None
        )
        if path is None:
            return None
        try:
            from spylls.hunspell import Dictionary  # noqa: PLC0415 - an optional extra
        except ImportError:
            return None
        return cls(Dictionary.from_files(str(path.with_suffix(""))))

    def suggest(self, word: str) -> str:
        """Return the likeliest right word; empty when there is none."""
        return next(iter(self._dictionary.suggest(word)), "")

    def _knows(self, word: str) -> bool:
        return bool(self._dictionary.lookup(word))


def _candidates(locale: str) -> Iterator[Path]:
    tag = locale.replace("-", "_")
    folders = [*filter(None, os.environ.get("DICPATH", "").split(os.pathsep)), *_FOLDERS]
    language = language_of(locale)
    for name in dict.fromkeys((tag, f"{language.code}_{language.home}")):
        for folder in folders:
            yield Path(folder) / f"{name}.dic"

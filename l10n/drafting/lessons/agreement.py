"""Whether a determiner and the word behind it agree in gender and number, as far as their endings show it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from l10n.languages import Language
from l10n.languages.traits import Gender

_MASCULINE = re.compile("(?:o|or|aje)$")
"""How masculine nouns and adjectives end where feminine ones hardly do."""
_PLURAL = "s"


class Agreement:
    """Judges two words side by side, by what a language's table says of determiners and nouns."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._determiners = _determiners(language.gender) if language.gender else {}
        self._known: dict[tuple[str, str], bool] = {}

    def looks_wrong(self, first: str, second: str) -> bool:
        """Whether a determiner does not seem to agree with the word behind it: `los casa`, `el devolución`.

        Endings lie (`el agua`, `la mano`): whoever asks had better know whether people write it so.
        """
        if first.lower() not in self._determiners:
            return False
        wrong = self._known.get((first, second))
        if wrong is None:
            wrong = self._known[first, second] = self._looks_wrong(first.lower(), second)
        return wrong

    def _looks_wrong(self, determiner: str, word: str) -> bool:
        gender = self._language.gender
        if gender is None or len(word) < 3 or not (word.isalpha() and word.islower()):
            return False
        if word in self._language.function_words:
            return False
        feminine, plural = self._determiners[determiner]
        if plural != word.endswith(_PLURAL):
            # In the singular nouns may end so, too: el lunes, el análisis.
            return plural or any(one != word for one in self._language.singulars(word))
        stem = word.removesuffix(_PLURAL) if plural else word
        if stem in gender.masculine:
            return feminine
        if re.search(gender.feminine, word):
            return not feminine
        return feminine and _MASCULINE.search(stem) is not None


def _determiners(gender: Gender) -> Mapping[str, tuple[bool, bool]]:
    """Return for each determiner whether it is feminine, and plural."""
    return {
        word.rsplit(" ", 1)[-1]: (feminine, word.endswith(_PLURAL))
        for pair in gender.determiners
        for word, feminine in zip(pair, (False, True), strict=True)
    }

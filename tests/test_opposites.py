"""Opposites: words that say the contrary of each other, within a language and across two."""

from __future__ import annotations

import pytest

from l10n.languages import known_languages, language_of
from l10n.languages.folding import fold_word
from l10n.text.opposites import find_opposites


def pairs(words: str, others: str, languages: tuple[str, str]) -> list[tuple[str, str]]:
    sides = map(language_of, languages)
    opposites = find_opposites(words.split(), others.split(), *sides)
    return [(opposite.word, opposite.other) for opposite in opposites]


@pytest.mark.parametrize(
    ("word", "other", "languages"),
    [
        ("rose", "fell", ("en", "en")),
        ("forbidden", "allowed", ("en", "en")),
        ("unlocked", "locked", ("en", "en")),
        ("subieron", "bajaron", ("es", "es")),
        ("posible", "imposible", ("es", "es")),
        ("rose", "bajó", ("en", "es")),
        ("prohibido", "allowed", ("es", "en")),
        ("minimum", "máximo", ("en", "es")),
    ],
)
def test_a_word_meets_its_contrary_in_either_order(
    word: str, other: str, languages: tuple[str, str]
) -> None:
    assert (word, other) in pairs(word, other, languages)
    assert (other, word) in pairs(other, word, languages[::-1])


@pytest.mark.parametrize(
    ("word", "other", "languages"),
    [
        # The preposition and adjective bajo is none of the forms of bajar.
        ("rose", "bajo", ("en", "es")),
        ("rose", "subió", ("en", "es")),
        ("rise and fall", "caída y rise", ("en", "es")),
        ("put", "input", ("en", "en")),
        ("high", "higher", ("en", "en")),
        ("on", "off", ("en", "es")),
    ],
)
def test_other_words_are_no_opposites(
    word: str, other: str, languages: tuple[str, str]
) -> None:
    assert pairs(word, other, languages) == []


@pytest.mark.parametrize("code", known_languages())
def test_no_form_stands_on_both_sides_of_a_concept(code: str) -> None:
    for form, sides in language_of(code).opposites.items():
        assert fold_word(form.lower()) == fold_word(form)
        assert len({concept for concept, _contrary in sides}) == len(sides), form


def test_most_concepts_have_words_in_both_languages() -> None:
    concepts = [
        {concept for sides in language_of(code).opposites.values() for concept, _side in sides}
        for code in ("es", "en")
    ]
    assert len(concepts[0] & concepts[1]) > 0.9 * len(concepts[0])

"""The aligner's word table: what it pairs, and what it must not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from l10n.languages.folding import fold_for_search
from l10n.text.lexicon import stem, word_table


def entries() -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    text = files("l10n.text").joinpath("data", "es-en.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith(("#", "[")):
            for entry in line.rstrip(";").split(";"):
                spanish, _, english = entry.partition("=")
                yield frozenset(spanish.split()), frozenset(english.split())


def named(word: str, language: str) -> set[str]:
    return set(word_table().concepts[language].get(stem(fold_for_search(word), language), ()))


@pytest.mark.parametrize(
    ("spanish", "english"),
    [
        ("dijeron", "said"),
        ("trajo", "brought"),
        ("supieron", "knew"),
        ("murió", "dying"),
        ("jueces", "judges"),
        ("luces", "lights"),
        ("alemanas", "German"),
        ("vivienda", "houses"),
        ("elecciones", "election"),
        ("suscríbete", "subscribe"),
        ("contraseñas", "password"),
        ("rápidamente", "quickly"),
        ("veintitrés", "23"),
        ("quinientas", "500"),
    ],
)
def test_words_that_translate_each_other_share_an_entry(spanish: str, english: str) -> None:
    shared = named(spanish, "es") & (
        {f"#{english}"} if english.isdigit() else named(english, "en")
    )
    assert shared


@pytest.mark.parametrize(
    ("spanish", "english"), [("perro", "house"), ("abogado", "nurse"), ("lunes", "friday")]
)
def test_words_that_do_not_translate_each_other_share_none(spanish: str, english: str) -> None:
    assert not named(spanish, "es") & named(english, "en")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "casa caso cabeza partido peso serie fiesta"),
        ("en", "bad hard part thank include"),
    ],
)
def test_content_words_are_no_function_words(language: str, words: str) -> None:
    roots = {stem(word, language) for word in words.split()}
    assert not roots & word_table().function_words[language]


def test_every_entry_has_both_sides() -> None:
    assert all(spanish and english for spanish, english in entries())


def test_no_entry_stands_twice() -> None:
    assert [entry for entry, times in Counter(entries()).items() if times > 1] == []


@pytest.mark.parametrize(
    ("text", "folded"), [("Canción", "cancion"), ("PINGÜINO", "pinguino"), ("House", "house")]
)
def test_fold_takes_case_and_accents_off(text: str, folded: str) -> None:
    assert fold_for_search(text) == folded


@pytest.mark.parametrize("word", ["decirlo", "decirles", "decirse", "diciendonos"])
def test_pronouns_at_the_end_of_a_verb_are_cut_off(word: str) -> None:
    assert stem(word, "es") in {stem("decir", "es"), stem("diciendo", "es")}

"""Which language a text is in: titles, capitals, single words, code and names aside."""

from __future__ import annotations

import time

import pytest

from l10n.languages import language_of
from l10n.text.language import (
    can_judge,
    is_of_another_language,
    is_untranslated,
    judge_language,
    main_language,
)

EN, ES = language_of("en"), language_of("es")


def told(text: str) -> str:
    verdict = judge_language(text)
    return verdict.code if verdict else ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Harbour bridge closes for repairs", "en"),
        ("Harbour Bridge Closes For Repairs", "en"),
        ("HARBOUR BRIDGE CLOSES FOR REPAIRS", "en"),
        ("El puente del puerto cierra por obras", "es"),
        ("EL PUENTE DEL PUERTO CIERRA POR OBRAS", "es"),
        ("Guardar", "es"),
        ("Settings", "en"),
        ("Últimas noticias", "es"),
        ("Run `sudo apt-get install` first", "en"),
        ("Ejecuta `git push --force` después", "es"),
        ("¿Quién?", "es"),
    ],
)
def test_a_text_of_any_length_and_case_has_its_language(text: str, code: str) -> None:
    assert told(text) == code


@pytest.mark.parametrize(
    "text", ["", "42", "https://example.org/the/way", "{file_name}", "<code1/>"]
)
def test_what_is_in_no_language_has_none(text: str) -> None:
    assert judge_language(text) is None


def test_a_page_that_quotes_is_in_its_own_language() -> None:
    own = ["La biblioteca abre a las nueve y cierra a las ocho de la tarde."] * 6
    assert main_language([*own, "To be or not to be, that is the question."]) == "es"
    assert (
        main_language([*own, *["The library opens at nine and closes at eight."] * 6]) is None
    )
    assert main_language(["Hola"]) is None


def test_only_languages_with_statistics_are_judged() -> None:
    assert can_judge("es-MX", "en")
    assert not can_judge("es", "de")


@pytest.mark.parametrize(
    "text",
    [
        "How to Bake Bread at Home",
        "BAKERS WIN THE NATIONAL PRIZE",
        "Bakers win the national prize",
        "Small Town Opens New Library",
        "Where the river meets the sea",
        "Write to the baker at https://example.org/how/to/bake/bread/at/home.",
        "Read [the recipe](https://example.org/bread) before you light the oven.",
        "Send what you have baked to bakers@example.org.",
    ],
)
def test_a_headline_that_was_copied_is_untranslated(text: str) -> None:
    assert is_untranslated(text, EN, ES)
    assert not is_untranslated(text, ES, EN)


@pytest.mark.parametrize(
    "text",
    [
        "Visual Studio Code", "Ana María Gil Robles", "Guido van Rossum", "New York", "Buenos Aires", "utf-8, latin-1",
        "``x is not None``", "<literal>set the mode</literal>", "git commit --amend", "https://example.org/how/to/bake",
        "curl -O https://example.org/a.tar.gz", "[Ana Gil](https://example.org/ana)",
    ],
)  # fmt: skip
def test_names_and_code_are_left_alone(text: str) -> None:
    assert not is_untranslated(text, EN, ES)


def test_texts_of_any_size_are_judged_in_linear_time() -> None:
    started = time.process_time()
    for text in (
        "a" * 30_000,
        "the " * 10_000,
        "´" * 30_000,
        "\u202eabc " * 5_000,
        "`" * 30_000,
        "<a" * 15_000,
        "%(" * 15_000,
    ):
        judge_language(text)
        is_untranslated(text, EN, ES)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("text", "is_likely", "is_foreign"),
    [
        ("The bridge over the river is closed on Monday, and buses go round by the harbour.", True, False),
        ("Die Brücke über den Fluss ist am Montag gesperrt, und die Busse fahren am Hafen vorbei.", False, True),
        ("El puente sobre el río cierra el lunes y los autobuses pasan por el puerto.", False, True),
        ("Most nad rzeką jest w poniedziałek zamknięty, a autobusy jadą obok portu i dworca.", True, True),
        ("この橋は月曜日に閉まります。", False, True),
        ("tar gzip rsync scp curl wget grep sed awk find sort uniq head tail", False, False),
        ("Hallo!", True, None),
    ],
)  # fmt: skip
def test_a_text_in_another_language_is_told_by_the_words_it_lacks(
    text: str, is_likely: bool, is_foreign: bool | None
) -> None:
    assert is_of_another_language(text, EN, is_likely=is_likely) is is_foreign

"""Sentence boundaries: own hard cases, properties, speed, and floors on data kept outside."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.articles import parse_article
from l10n.text.sentences import segments, split_sentences
from tests.proportion import is_in_proportion, processor_seconds

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "quality_floors.json").read_text())["segment"]


def cases() -> list[tuple[str, list[str]]]:
    lines = (HERE / "data" / "align" / "sentences.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            locale, sentences = line.split("\t")
            found.append((locale, sentences.split(" | ")))
    return found


@pytest.mark.parametrize(("locale", "sentences"), cases(), ids=lambda v: str(v)[:40])
def test_hard_case(locale: str, sentences: list[str]) -> None:
    found = split_sentences(" ".join(sentences), locale)
    assert [sentence.strip() for sentence in found] == sentences


def test_white_space_belongs_to_the_sentence_before() -> None:
    assert split_sentences("Uno.  Dos.\n", "es") == ("Uno.  ", "Dos.\n")


def test_blank_line_ends_a_sentence_without_full_stop() -> None:
    assert split_sentences("Un título\n\ny un texto", "es") == ("Un título\n\n", "y un texto")


def test_empty_text_has_no_sentences() -> None:
    assert split_sentences("", "en") == ()


def test_locale_with_region_uses_the_rules_of_its_language() -> None:
    assert len(split_sentences("El Sr. Gil vino. Se fue.", "es-MX")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hola.</b1> <i1>Que tal</i1>", ("Hola.</b1> ", "<i1>Que tal</i1>")),
        ("Fin.<br1/>Nuevo día", ("Fin.<br1/>", "Nuevo día")),
        ("El <a1>Sr.</a1> Pérez vino.", ("El <a1>Sr.</a1> Pérez vino.",)),
        ("Usa <code1/>. <code2/> no vale.", ("Usa <code1/>. ", "<code2/> no vale.")),
        ("Vale &lt;5. Nada más.", ("Vale &lt;5. ", "Nada más.")),
    ],
)
def test_placeholders_are_transparent(text: str, expected: tuple[str, ...]) -> None:
    assert split_sentences(text, "es") == expected


PIECES = st.sampled_from(
    [
        "El Sr. Gil", "EE. UU.", "vino", "a las 10 a. m.", "Fin", ".", "...", "!", "¿Qué?", " ", "  ", "\n",
        "\n\n", "<a1>", "</a1>", "<br1/>", "<code1/>", "“Sí.”", "—", "(", ")", "3.14", "No.", "A", "&lt;", "\u00a0",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["es", "en", "fr"]))
def test_sentences_joined_are_the_text_and_none_is_empty(text: str, locale: str) -> None:
    found = split_sentences(text, locale)
    assert "".join(found) == text
    assert all(found)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_token_is_cut(text: str) -> None:
    for sentence in split_sentences(text, "es"):
        assert sentence.count("<") == sentence.count(">")


@pytest.mark.parametrize("unit", ["!", ".)", ". (", ". <a1>", "a", ". ", "\n", "M. ", "...”’ "])
def test_cost_is_linear_in_hostile_text(unit: str) -> None:
    def seconds(times: int) -> float:
        return processor_seconds(lambda: split_sentences(unit * times, "en"))

    assert is_in_proportion(seconds, (10_000, 80_000))


def test_segments_of_an_article_know_their_block() -> None:
    article = parse_article(
        "<p>Uno. Dos.</p><p>Tres.</p>", path=Path("a.html"), locale="es", format="html"
    )
    found = segments(article)
    assert [(segment.text, segment.block) for segment in found] == [
        ("Uno. ", 0),
        ("Dos.", 0),
        ("Tres.", 1),
    ]


def outside(name: str) -> Path:
    path = Path(os.environ.get("L10N_DATA", "/nonexistent")) / "segment" / name
    if not path.is_file():
        pytest.skip("L10N_DATA does not name the folder of the measuring data")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == FLOORS["digests"][name]
    return path


def borders(sentences: list[str]) -> set[int]:
    ends, at = set(), 0
    for sentence in sentences[:-1]:
        at += len(sentence)
        ends.add(at)
    return ends


@pytest.mark.parametrize("locale", ["es", "en"])
def test_f1_on_universal_dependencies_keeps_its_floor(locale: str) -> None:
    right = wrong = missed = 0
    for line in outside(f"{locale}_pud.tsv").read_text(encoding="utf-8").splitlines():
        sentences = line.split("\t")
        gold = borders([sentence + " " for sentence in sentences])
        found = borders(list(split_sentences(" ".join(sentences), locale)))
        right += len(gold & found)
        wrong += len(found - gold)
        missed += len(gold - found)
    assert 100 * 2 * right / (2 * right + wrong + missed) >= FLOORS[f"{locale}_pud"]


def test_outside_hard_cases_keep_their_floor() -> None:
    right = 0
    for line in outside("hard_cases.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            locale, text = line.split("\t")
            sentences = text.split(" | ")
            found = split_sentences(" ".join(sentences), locale)
            right += [sentence.strip() for sentence in found] == sentences
    assert right >= FLOORS["hard_cases"]

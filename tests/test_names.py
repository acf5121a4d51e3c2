"""Names: what is read as one in a text, and what the check and the drafts make of it."""

from __future__ import annotations

import time

import pytest

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.reading import Pair
from l10n.drafting.trust import judge
from l10n.model import Draft
from l10n.text.names import find_names, is_person


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ayer habló Marta Ibarrola, de Lugo.", ["Marta", "Ibarrola", "Lugo"]),
        ("Tickets: Children pay half. Dogs stay out.", []),
        ("It was J. Álvarez’s idea, not O’Hara’s.", ["J", "Álvarez", "O’Hara"]),
        ("Tomorrow the Franco-German train leaves.", ["Franco"]),
    ],
)
def test_a_capital_within_a_sentence_makes_a_name(text: str, names: list[str]) -> None:
    assert [name.text for name in find_names(text)] == names


@pytest.mark.parametrize("text", ["Juan de la Cosa", "J. R. R. Tolkien", "Dra. Ana Gil"])
def test_a_person_is_known_by_particles_and_initials(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize("text", ["Tolkien", "Ana said so", "de la Cosa", "12 Monkeys", ""])
def test_other_texts_are_no_person(text: str) -> None:
    assert not is_person(text)


def test_a_slip_in_a_name_behind_a_comma_is_found() -> None:
    context = CheckContext("en", "es", only=frozenset({"name"}))
    pair = Pair("In 1896, Herzl came.", "En 1896 vino Herlz.")
    assert [finding.rule for finding in check_pair(pair, context)] == ["name"]


def test_a_name_that_the_engine_does_not_know_is_no_blemish() -> None:
    draft = Draft("Ayer vino Blorpson.", None, ("unknown:Blorpson",))
    verdict = judge("Yesterday Blorpson came.", draft, target_locale="es", source_locale="en")
    assert not verdict.reasons


CHANGED = [
    ("Minister Carlos Peña resigned.", "El ministro Carlos Pérez dimitió."),
    ("Julia Romero won the prize.", "María López ganó el premio."),
    ("The president spoke with Pedro Ríos.", "El presidente habló con Pedro Rivers."),
    ("The mayor of Jerez thanked them.", "El alcalde de Ronda les dio las gracias."),
    ("He sold it to Ana in spring.", "Se lo vendió a Marta en primavera."),
    ("It was written by Ana-María Gil.", "Lo escribió Ana-María Paz."),
]
KEPT = [
    ("Havana is far from The Hague.", "La Habana está lejos de La Haya."),
    ("Philip VI met Joe Biden in Brussels.", "Felipe VI se reunió con Joe Biden en Bruselas."),
    ("The Ministry of Health said so.", "Lo dijo el Ministerio de Sanidad."),
    ("General Louis Gil fled to Thessaly.", "El general Louis Gil huyó a Tesalia."),
    ("Paul wrote to the Corinthians.", "Pablo escribió a los corintios."),
    ("Steven D'Aprano wrote it.", "Lo escribió Steven D’Aprano."),
    ("City Council Approves New Plan", "El Ayuntamiento aprueba el plan"),
    ("Look in Tasks for it.", "Búsquelo en Tareas."),
    ("Ana Gil came late.", "La alcaldesa llegó tarde."),
    ("Christopher Columbus sailed.", "Cristóbal Colón zarpó."),
]


def names_found(source: str, target: str, locales: tuple[str, str]) -> list[str]:
    context = CheckContext(*locales, only=frozenset({"name"}))
    return [finding.message for finding in check_pair(Pair(source, target), context)]


@pytest.mark.parametrize(("english", "spanish"), CHANGED)
def test_another_person_or_place_is_found_both_ways(english: str, spanish: str) -> None:
    assert names_found(english, spanish, ("en", "es"))
    assert names_found(spanish, english, ("es", "en"))


@pytest.mark.parametrize(("english", "spanish"), KEPT)
def test_a_name_of_its_own_in_each_language_is_right(english: str, spanish: str) -> None:
    assert not names_found(english, spanish, ("en", "es"))
    assert not names_found(spanish, english, ("es", "en"))


def test_a_translated_name_is_a_reason_against_a_draft() -> None:
    source = "Juan de la Torre habló con Pedro Ríos."
    draft = Draft("Juan of the Tower spoke with Pedro Rivers.")
    verdict = judge(source, draft, target_locale="en", source_locale="es")
    assert {"name:Juan de la Torre", "name:Pedro Ríos"} <= set(verdict.reasons)
    right = Draft("Juan de la Torre spoke with Pedro Ríos.")
    assert not judge(source, right, target_locale="en", source_locale="es").reasons


def test_names_are_read_in_linear_time() -> None:
    text = "Ana Gil y Luis Paz, " * 3000 + "محمد Ивáн 李 "
    start = time.process_time()
    names_found(text, text.replace("Luis", "Ivo"), ("es", "en"))
    assert time.process_time() - start < 5

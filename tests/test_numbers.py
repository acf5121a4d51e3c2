"""Numbers: one answer to whether two texts have the same, for drafts and for the check."""

from __future__ import annotations

import time

import pytest

from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.reading import Pair
from l10n.drafting.trust import judge
from l10n.model import Band, Draft
from l10n.text.numbers import NumberKind, find_numbers, read_numbers

SAME = [
    ("La rifa empieza a las 18:15.", "The raffle starts at 6:15 p.m."),
    ("El puente costó 2,5 mil euros.", "The bridge cost 2,500 euros."),
    ("La deuda es de 4.000 millones.", "The debt is 4 billion."),
    ("Llegaron tres mil ovejas.", "Some 3,000 sheep arrived."),
    ("Llegaron mil doscientas ovejas.", "Some 1,200 sheep arrived."),
    ("La moda de los años 80.", "The fashion of the 1980s."),
    ("Se salvaron 11 marineros.", "Eleven sailors were saved."),
    ("El teatro es del siglo XIX.", "The theater is from the 19th century."),
    ("El mes 9 fue seco.", "September was dry."),
    ("Pesa 1.250,75 kilos.", "It weighs 1,250.75 kilos."),
    ("La versión 3.11.2 sale hoy.", "Version 3.11.2 is out today."),
    ("La cuenta es 12345678901234567890.", "The account is 12345678901234567890."),
    (f"Son {'7' * 5000} pasos.", f"There are {'7' * 5000} steps."),
    ("Entre 3 y más de 10 millones de votos.", "Between 3 and more than 10 million votes."),
    ("Costó 4 millones 500 mil pesos.", "It cost 4.5 million pesos."),
    ("Faltan dos millones y medio de vacunas.", "Some 2.5 million vaccines are missing."),
    ("Hacen falta 1500 millones.", "It takes $1.5bn."),
    ("Entre 1038 y 1040.", "In 1038–40."),
    ("Quedaban 4 min 8 s.", "With 4:08 left."),
    ("Los conjuntos 0 y 1, luego 0 y 1.", "The sets {0,1}, then 0."),
    ("Son 162 584 millones.", "It is 162 584 mln."),
    ("El valor «%2$s» de %1$s.", "The value %s of %s."),
    ("Corrió 10 km.", "She ran a 10k."),
    ("Hará 5 grados bajo cero.", "It will be -5 degrees."),
    ("Abre a las siete y media de la tarde.", "It opens at 7:30 p.m."),
    ("Sale a las 12 de la noche.", "It leaves at 12 at night."),
    ("Es de los años setenta.", "It is from the 1970s."),
    ("Dos tercios votaron.", "Two thirds of them voted."),
    ("Mide 0,001 m.", "It is .001 m."),
    ("Los tomos 1,2 y 3.", "Volumes 1, 2 and 3."),
    ("Felipe VI habló.", "Philip VI spoke."),
    ("Fue el 20 por ciento.", "It was 20 percent."),
    ("Llegaron dos docenas de barcos.", "Some 24 boats arrived."),
    ("Varias personas, tres de ellas niños.", "Some people, three of them children."),
    ("Son 1.234.567.890.123.456.789 granos.", "There are 1,234,567,890,123,456,789 grains."),
]
OTHER = [
    ("La rifa empieza a las 18:15.", "The raffle starts at 6:45 p.m."),
    ("El puente costó 2,5 mil euros.", "The bridge cost 25,000 euros."),
    ("La deuda es de 4.000 millones.", "The debt is 4 million."),
    ("Llegaron tres mil ovejas.", "Some 30,000 sheep arrived."),
    ("Llegaron mil doscientas ovejas.", "Some 1,300 sheep arrived."),
    ("La moda de los años 80.", "The fashion of the 1970s."),
    ("Se salvaron 11 marineros.", "Twelve sailors were saved."),
    ("Pesa 1.250 kilos.", "It weighs 1.25 kilos."),
    ("La versión 3.11.2 sale hoy.", "Version 3.12.1 is out today."),
    # Beyond what a float keeps: rounded, both would be one.
    ("La cuenta es 12345678901234567890.", "The account is 12345678901234567891."),
    ("Costará 4 millones de euros.", "It will cost 4 euros."),
    ("Costó 4 mil euros.", "It cost 4 million euros."),
    ("Costó 4.000 euros.", "It cost 4 euros."),
    ("Bajó 2,5 puntos.", "It fell by 2.500 points."),
    ("Bajó 2,5 puntos.", "It fell by 2,500 points."),
    ("Cierra a las 7:30 de la tarde.", "It closes at 7:30 a.m."),
    ("Cierra a las 19:30.", "It closes at 7:30 in the morning."),
    ("Llegaremos a 5 grados.", "It will be -5 degrees."),
    ("Tres de siete murieron.", "Three of nine died."),
    ("Marcharon dos mil personas.", "Two people marched."),
    ("La mitad de las granjas.", "A third of the farms."),
    ("La tercera planta.", "The ninth floor."),
    ("Felipe VI habló.", "Philip IV spoke."),
    ("Es de los años setenta.", "It is from the 1980s."),
    (f"Son {'7' * 5000} pasos.", f"There are {'7' * 4999}1 steps."),
]


def is_found_in_draft(source: str, target: str, languages: tuple[str, str]) -> bool:
    verdict = judge(
        source, Draft(target), source_locale=languages[0], target_locale=languages[1]
    )
    return "numbers" in verdict.reasons


def is_found_by_check(source: str, target: str, languages: tuple[str, str]) -> bool:
    context = CheckContext(*languages, only=frozenset({"number"}))
    return any(check_pair(Pair(source, target), context))


@pytest.mark.parametrize(("spanish", "english"), SAME)
def test_the_same_numbers_are_fine_in_a_draft_and_for_the_check(
    spanish: str, english: str
) -> None:
    for texts, languages in (
        ((spanish, english), ("es", "en")),
        ((english, spanish), ("en", "es")),
    ):
        assert not is_found_in_draft(*texts, languages)
        assert not is_found_by_check(*texts, languages)
    assert judge(spanish, Draft(english), target_locale="en").band is not Band.POOR


@pytest.mark.parametrize(("spanish", "english"), OTHER)
def test_another_number_is_found_in_a_draft_and_by_the_check(
    spanish: str, english: str
) -> None:
    for texts, languages in (
        ((spanish, english), ("es", "en")),
        ((english, spanish), ("en", "es")),
    ):
        assert is_found_in_draft(*texts, languages)
        assert is_found_by_check(*texts, languages)


def test_a_number_is_read_as_it_is_written_in_its_language() -> None:
    (spanish,), (english,) = read_numbers("1.500 €", "es"), read_numbers("1.500 €", "en")
    assert (spanish.values, 1.5 in english.values) == ({1500.0}, True)
    (mexican,) = read_numbers("1.500 km", "es-MX")
    assert 1.5 in mexican.values


def test_a_time_is_told_from_a_count() -> None:
    kinds = [number.kind for number in read_numbers("At 3 p.m. 12 came, at 4:30 none", "en")]
    assert kinds == [NumberKind.TIME, NumberKind.COUNT, NumberKind.TIME]


def test_numbers_are_found_as_they_are_written() -> None:
    text = "En 2020 345 barcos, 12 500 kg, 1.234,5 m y A4"
    assert [number.text for number in find_numbers(text)] == [
        "2020", "345", "12 500", "1.234,5",
    ]  # fmt: skip


def test_a_number_in_words_without_a_counterpart_may_be_said_otherwise() -> None:
    for pair in (
        ("Unas dos o tres veces.", "A few times."),
        ("Uno de ellos vino.", "A friend came."),
        ("Vive en Tres Cantos.", "She lives in Tres Cantos with two cats."),
    ):
        assert not is_found_by_check(*pair, ("es", "en"))


def test_a_billion_of_the_other_scale_is_told_once() -> None:
    context = CheckContext("en", "es")
    pair = Pair("It cost 3 billion dollars.", "Costó 3 billones de dólares.")
    assert [finding.rule for finding in check_pair(pair, context)] == ["billion"]


@pytest.mark.parametrize(
    "text", ["dos mil y " * 3000, "7 a 8, " * 5000, "XIV I " * 5000, "−5 - " * 5000]
)
def test_rows_of_numbers_are_read_in_linear_time(text: str) -> None:
    start = time.process_time()
    is_found_by_check(text, text, ("es", "en"))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("24.12.2025 " * 2700, "24.11.2025 " * 2700),
        ("3 inches " * 3000, "3 pulgadas (8 cm) " * 1600),
        ("1/2 " * 7000, "media " * 5000),
    ],
)
def test_rows_of_other_numbers_are_compared_in_linear_time(source: str, target: str) -> None:
    start = time.process_time()
    is_found_by_check(source, target, ("en", "es"))
    assert time.process_time() - start < 6


@pytest.mark.parametrize(
    ("source", "target", "rules"),
    [
        ("It lasts two weeks.", "Dura dos meses.", {"unit"}),
        ("It lasts two weeks.", "Dura dos semanas.", set()),
        ("40 pounds of flour", "40 kilos de harina", {"unit"}),
        ("40 pounds of flour", "40 libras de harina", set()),
        ("The fine is 90 pounds.", "La multa es de 90 euros.", {"currency"}),
        ("Deadline: 03/25/2026", "Plazo: 03/25/2026", {"date-order"}),
        ("Deadline: 03/25/2026", "Plazo: 25/03/2026", set()),
    ],
)
def test_what_is_counted_is_told_once(source: str, target: str, rules: set[str]) -> None:
    context = CheckContext("en", "es")
    assert {finding.rule for finding in check_pair(Pair(source, target), context)} == rules

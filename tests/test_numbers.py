"""Numbers: one answer to whether two texts have the same, for drafts and for the check."""

from __future__ import annotations

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

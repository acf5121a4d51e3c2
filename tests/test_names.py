"""Names: what is read as one in a text, and what the check and the drafts make of it."""

from __future__ import annotations

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

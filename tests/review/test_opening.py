from __future__ import annotations

import pytest

from l10n.review.opening import short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana", "Ana"),
        ("Ana María Gil", "Ana María Gil"),
        ("María del Carmen Fernández-Villaverde y Rodríguez de la Fuente", "María C. F."),
        ("Luis Alberto de la Fuente Ñáñez", "Luis A. F. Ñ."),
        ("Bartholomew-Fitzgerald-Smithington", "Bartholomew-Fitzgerald-Smithington"),
        ("  ", ""),
    ],
)
def test_a_long_name_is_written_with_initials(name: str, short: str) -> None:
    assert short_name(name) == short

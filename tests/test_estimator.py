"""How likely a draft is to need no more than a light edit."""

import shutil

import pytest

from l10n.drafting.estimator import (
    Count,
    Estimator,
    Reliability,
    Tables,
    Weight,
    describe,
    fate,
    format_estimator,
    load_estimator,
    parse_estimator,
    tokens,
)
from l10n.drafting.units import translate_units
from l10n.engines.apertium import ApertiumEngine
from l10n.glossary import Glossary, Term
from l10n.model import Band

TABLES = Tables(
    words={"casa": Count(9, 10), "piso": Count(1, 10)},
    endings={"": Count(50, 100), "-asa": Count(5, 10)},
    pairs={"la casa": Count(9, 10)},
    sources={"": Count(5, 10), "flat": Count(9, 10)},
)


def estimator(*reliability: Reliability, weights: dict[str, Weight] | None = None) -> Estimator:
    return Estimator(TABLES, weights or {}, 0.0, reliability)


def test_words_that_people_kept_are_likelier_than_those_they_replaced() -> None:
    kept, replaced = (
        fate(tokens("The flat."), tokens(text), TABLES) for text in ("La casa.", "El piso.")
    )
    assert kept["kept"] > replaced["kept"]
    assert kept["least together"] > replaced["least together"]


def test_a_word_never_seen_counts_as_its_ending_does() -> None:
    assert TABLES.kept("brasa") == pytest.approx((5 + 4 * 0.5) / 14)
    assert TABLES.kept("xyz") == pytest.approx(0.5)


def test_numbers_and_made_up_words_are_one_token() -> None:
    assert tokens("1.500 euros, XQA") == ["0", ".", "0", "euros", ",", "0"]


def test_what_the_word_table_knows_is_covered() -> None:
    right = describe("The old bridge.", "El puente viejo.", (), ("en", "es"))
    wrong = describe("The old bridge.", "El perro verde.", (), ("en", "es"))
    assert right["covered"] > wrong["covered"]
    assert describe("x", "y", (), ("fr", "de")).keys().isdisjoint({"covered"})


def test_a_feature_that_is_missing_counts_as_usual_and_a_reason_as_not_given() -> None:
    weights = {"length": Weight(2.0, 1.0, 5.0), "reason ending": Weight(0.5, 0.5, -1.0)}
    blank = estimator(weights=weights)
    assert blank.score({}) > 0.5
    assert blank.score({"length": 1.0}) < blank.score({"length": 2.0}) == blank.score({})
    assert blank.score({"reason ending": 1.0}) < blank.score({})


def test_a_share_measured_on_few_drafts_is_believed_less() -> None:
    few, many = Reliability(0.9, 0.85, 40), Reliability(0.9, 0.85, 4000)
    assert few.least < 0.8 < many.least < 0.85
    assert estimator(Reliability(0.0, 0.1, 500), many).share(0.95) == many.least
    assert estimator(Reliability(0.1, 0.1, 500), many).share(0.0) < 0.1


def test_an_estimator_is_read_as_it_was_written() -> None:
    weights = {"length": Weight(2.0, 1.0, 5.0)}
    written = estimator(Reliability(0.25, 0.5, 99), weights=weights)
    assert parse_estimator(format_estimator(written, "a remark\nof two lines")) == written


@pytest.mark.parametrize("pair", [("en", "es"), ("es-MX", "en-GB")])
def test_what_is_shipped_says_what_it_is_worth(pair: tuple[str, str]) -> None:
    shipped = load_estimator("apertium", *pair)
    assert shipped is not None
    shares = [row.share for row in shipped.reliability]
    assert len(shares) > 5
    assert shares[0] < 0.05
    assert max(shares) > 0.4


def test_nobody_has_measured_other_engines() -> None:
    assert load_estimator("pseudo", "en", "es") is None
    assert load_estimator("apertium", "en", "fr") is None


@pytest.mark.skipif(
    not shutil.which("apertium-wblank-mode"), reason="Apertium is not installed"
)
def test_a_glossary_term_lowers_no_band() -> None:
    engine = ApertiumEngine()
    term = Term("es", "tasa de basuras", "en", "waste collection levy")
    for text in ("La tasa de basuras.", "El consejo aprobó la tasa de basuras."):
        (plain,) = translate_units([text], engine, "es", "en")
        (enforced,) = translate_units([text], engine, "es", "en", glossary=Glossary([term]))
        order = [Band.POOR, Band.FAIR, Band.GOOD]
        assert "levy" in enforced.text
        assert order.index(enforced.verdict.band) >= order.index(plain.verdict.band)
        assert (enforced.verdict.share or 0) >= (plain.verdict.share or 0)

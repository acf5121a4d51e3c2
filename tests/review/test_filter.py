from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.catalog import Catalog
from l10n.languages.folding import fold_all_for_search, fold_for_search
from l10n.model import Origin, Unit
from l10n.review.filter import parse_filter
from l10n.review.index import Index
from l10n.review.opening import Place, open_session
from l10n.review.session import Session

if TYPE_CHECKING:
    from tests.review.conftest import Desk

Show = Callable[[str], list[int]]


@pytest.fixture
def shown(desk: Desk) -> Show:
    session = desk.sit_down()
    session.go_to(1)
    session.type("The child reads a story.", 0)
    session.go_to(2)
    session.approve()
    session.go_to(3)
    session.reject()

    def show(text: str) -> list[int]:
        session.set_filter(text)
        return [row + 1 for row in session.visible]

    show.session = session
    return show


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [1, 2, 3, 4, 5, 6]),
        ("nino", [2]),
        ("NIÑO", [2]),
        ("pinguinos", [6]),
        ("the fair", [1]),
        ("fair the", [1]),
        ('"fair the"', []),
        ("-the", [4, 5, 6]),
        ("source:nino", [2]),
        ("target:stor", [2, 6]),
        ("state:reviewed", [3]),
        ("state:open", [1, 2, 4, 5, 6]),
        ("state:untr", [4]),
        ("state:draft,reviewed", [1, 2, 3, 5, 6]),
        ("-state:draft", [3, 4]),
        ("estado:borrador", [1, 2, 5, 6]),
        ("kind:head", [1]),
        ("origin:mt", [1, 2, 5, 6]),
        ("band:good state:draft", [1, 5, 6]),
        ("rule:placeholder-missing", [2]),
        ("rule:any", [2]),
        (r"re:\d{3}", [3]),
        ('re:"^The (fair|child)"', [1, 2]),
        ("is:changed", [2, 3, 4]),
        ("kind:quote ojo", [5]),
    ],
)
def test_what_a_filter_shows(shown: Show, text: str, rows: list[int]) -> None:
    assert shown(text) == rows


@pytest.mark.parametrize(
    "text", ["state:wrong", "origin:me", "re:(", "score:lots", "is:nice", "band:x"]
)
def test_a_filter_that_makes_no_sense_says_so_and_shows_everything(
    shown: Show, text: str
) -> None:
    assert shown(text) == [1, 2, 3, 4, 5, 6]
    assert shown.session.query.problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("re:feria(", "no regular expression, look at character 6 ("),
        ("re:a{99999999999}", "too big"),
        (f"re:{'(' * 3000}{')' * 3000}", "too big"),
    ],
)
def test_a_bad_pattern_is_told_with_the_place_where_it_is_bad(
    shown: Show, text: str, problem: str
) -> None:
    assert shown(text) == [1, 2, 3, 4, 5, 6]
    assert problem in shown.session.query.problem


@pytest.mark.parametrize("text", ["state:", "-", '"', "re:", "a:", "source:"])
def test_an_unfinished_filter_is_no_problem(shown: Show, text: str) -> None:
    shown(text)
    assert not shown.session.query.problem


def test_the_position_moves_to_the_nearest_row_that_is_shown(shown: Show) -> None:
    shown.session.go_to(4)
    shown("kind:headline")
    assert shown.session.position == 0


@given(st.lists(st.text(), max_size=8))
def test_folding_many_is_folding_each(texts: list[str]) -> None:
    assert fold_all_for_search(texts) == [fold_for_search(text) for text in texts]


WORD = st.sampled_from(
    ["la", "niño", "state:draft", "-la", "re:x", '"a b"', "kind:", "score:>1", '"']
)


@pytest.fixture(scope="module")
def index() -> Index:
    catalog = Catalog.new(None, source="es", target="en", article="a.html")
    catalog.merge([Unit("la feria"), Unit("el niño"), Unit("la x niña")], article="a.html")
    catalog.entries[0].fill("a b", origin=Origin.TM, tm="80")
    return Index(catalog.entries, lambda _entry: ())


@given(st.lists(WORD, max_size=5), st.lists(WORD, max_size=3))
def test_a_query_that_narrows_another_shows_no_more_than_it(
    index: Index, first: list[str], more: list[str]
) -> None:
    old, new = parse_filter(" ".join(first)), parse_filter(" ".join(first + more))
    if new.narrows(old):
        everything = range(len(index.entries))
        assert new.select(index, old.select(index, everything)) == new.select(index, everything)


@pytest.mark.parametrize("pattern", ["re:(a+)+$", "re:(a|a)*q$", r're:"(\w+\s?)+#"'])
def test_a_pattern_that_never_ends_is_left_out_and_says_so(desk: Desk, pattern: str) -> None:
    catalog = Catalog.load(desk.path)
    catalog.entries[0].translate("a" * 60 + "!")
    catalog.save()
    session = desk.sit_down()
    session.set_filter(f"state:translated {pattern}")
    assert list(session.visible) == [0]
    assert "too long" in session.query.problem
    session.set_filter("re:^a+!$")
    assert list(session.visible) == [0]
    assert session.query.problem == ""


@pytest.fixture
def unsorted(tmp_path: Path) -> Session:
    """Drafts of every origin, as `prefill` and `align` stamp them, in no order."""
    drafts: list[tuple[Origin, dict[str, str]]] = [
        (Origin.MT, {"mt": "a:1", "band": "poor", "sure": "90"}),
        (Origin.MT, {"mt": "a:1", "band": "fair", "sure": "31"}),
        (Origin.TM, {"tm": "100"}),
        (Origin.MT, {"mt": "a:1", "band": "fair", "sure": "80"}),
        (Origin.ALIGNED, {"aligned": "0.20"}),
        (Origin.MT, {"mt": "a:1", "band": "fair"}),
        (Origin.MT, {"mt": "a:1", "band": "fair", "sure": "nan"}),
    ]
    path = tmp_path / "a.po"
    catalog = Catalog.new(path, source="en", target="es", article="a.html")
    catalog.merge([Unit(f"text {n}") for n in range(len(drafts) + 1)], article="a.html")
    for entry, (origin, fields) in zip(catalog.entries, drafts, strict=False):
        entry.fill("texto", origin=origin, **fields)
    catalog.save()
    return open_session(Place(path, "a", "es"), None, "Ana")


SUREST = [2, 3, 5, 6, 1, 0, 4, 7]


def test_the_surest_drafts_come_first_and_what_has_none_last(unsorted: Session) -> None:
    for text in ("sort:confidence", "orden:confianza"):
        unsorted.set_filter(text)
        assert list(unsorted.visible) == SUREST
    unsorted.set_filter("-sort:conf")
    assert list(unsorted.visible) == [4, 0, 1, 5, 6, 3, 2, 7]


def test_an_order_goes_with_a_filter_and_with_every_move(unsorted: Session) -> None:
    unsorted.set_filter("sort:confidence state:draft")
    assert list(unsorted.visible) == SUREST[:-1]
    unsorted.go_to(2)
    seen = []
    while unsorted.position not in seen:
        seen.append(unsorted.position)
        unsorted.next_open()
    assert seen == SUREST[:-1]
    unsorted.step(-1)
    assert unsorted.place == 0
    unsorted.step(2)
    assert unsorted.position == 5
    assert not unsorted.shows(7)


def test_an_order_taken_back_shows_the_order_of_the_catalog(unsorted: Session) -> None:
    unsorted.set_filter("sort:confidence")
    unsorted.set_filter("")
    assert list(unsorted.visible) == list(range(8))
    unsorted.set_filter("texto sort:confidence")
    unsorted.set_filter("texto")
    assert list(unsorted.visible) == list(range(7))


def test_an_order_that_there_is_not_is_told(unsorted: Session) -> None:
    unsorted.set_filter("sort:length")
    assert "confidence" in unsorted.query.problem
    assert list(unsorted.visible) == list(range(8))

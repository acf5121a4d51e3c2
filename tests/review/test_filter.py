from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.catalog import Catalog
from l10n.languages.folding import fold_all_for_search, fold_for_search
from l10n.model import Origin, Unit
from l10n.review.filter import parse_filter
from l10n.review.index import Index

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

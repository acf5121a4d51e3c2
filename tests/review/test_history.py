from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from l10n.review.history import TextHistory

TEXTS = st.lists(st.text(alphabet="aáñ <>/1 ", max_size=12), min_size=1, max_size=20)


@given(TEXTS)
def test_undo_goes_back_to_the_beginning_and_redo_to_the_end(texts: list[str]) -> None:
    history = TextHistory("start")
    for number, text in enumerate(texts):
        history.record(text, 0, at=float(number * 10))
    end = history.text
    while history.undo() is not None:
        pass
    assert history.text == "start"
    while history.redo() is not None:
        pass
    assert history.text == end


def test_a_word_typed_in_one_go_is_one_step() -> None:
    history = TextHistory("")
    for length in range(1, 5):
        history.record("niño"[:length], length - 1, at=length / 10)
    assert history.undo() == ("", 0)


def test_a_pause_starts_a_new_step() -> None:
    history = TextHistory("")
    history.record("a", 0, at=0.0)
    history.record("ab", 1, at=10.0)
    assert history.undo() == ("a", 1)


def test_typing_after_undo_forgets_what_was_undone() -> None:
    history = TextHistory("")
    history.record("a", 0, at=0.0)
    history.undo()
    history.record("b", 0, at=1.0)
    assert history.redo() is None


def test_a_stretch_of_typing_is_one_step_whatever_is_done_in_it() -> None:
    history = TextHistory("one two")
    for text in ("one ", "one t", "one th", "one three", "one three four"):
        history.record(text, 4, stretch=3)
    history.record("zero one three four", 0, stretch=4)
    assert history.undo() == ("one three four", 0)
    assert history.undo() == ("one two", 4)
    assert history.redo() == ("one three four", 14)

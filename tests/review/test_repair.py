from __future__ import annotations

from l10n.review.repair import (
    lost_placeholders,
    missing_placeholder,
    put_around,
    take_first_sentence,
    take_last_sentence,
)


def test_the_first_missing_placeholder_comes_first() -> None:
    source = "<b1>Ojo:</b1> lee <a1>esto</a1>."
    assert missing_placeholder(source, "Careful: read this.") == "<b1>"
    assert missing_placeholder(source, "<b1>Careful: read this.") == "</b1>"
    assert missing_placeholder(source, "<b1>Careful:</b1> read this.") == "<a1>"
    assert missing_placeholder(source, "<b1>Careful:</b1> read <a1>this</a1>.") == ""


def test_a_sentence_goes_to_the_unit_before() -> None:
    moved = take_first_sentence("It rained. The fair went on.", "Monday.", "en")
    assert moved == ("Monday. It rained.", "The fair went on.")


def test_a_sentence_goes_to_the_unit_after() -> None:
    moved = take_last_sentence("It rained. The fair went on.", "Tuesday.", "en")
    assert moved == ("It rained.", "The fair went on. Tuesday.")


def test_what_is_left_out_on_purpose_is_filled() -> None:
    assert take_last_sentence("One. Two.", "<omit/>", "en") == ("One.", "Two.")
    assert take_first_sentence("<omit/>", "One.", "en") is None


def test_placeholders_of_a_sentence_stay_with_their_unit() -> None:
    before, here = take_first_sentence("Read <a1>this</a1>. Then go.", "One.", "en")
    assert before == "One. Read this."
    assert here == "Then go."
    assert lost_placeholders(["Read <a1>this</a1>. Then go.", "One."], [before, here]) == (
        "a1",
    )


def test_placeholders_that_stay_or_mean_nothing_are_not_lost() -> None:
    before = ["<b1>One. Two.</b1>", "<omit/>"]
    assert lost_placeholders(before, take_last_sentence(*before, "en")) == ()


def test_a_missing_pair_goes_around_selected_words() -> None:
    source = "Lea <a1>esto</a1> y <code1/>."
    assert put_around("this", "<a1>", source, "Read this.") == "<a1>this</a1>"
    assert put_around("this", "<a1>", source, "Read this</a1>.") == "<a1>this"
    assert put_around("this", "</a1>", source, "Read <a1>this.") == "this</a1>"
    assert put_around("this", "<code1/>", source, "Read <a1>this</a1>.") == "this<code1/>"
    assert put_around("", "<a1>", source, "Read this.") == "<a1>"

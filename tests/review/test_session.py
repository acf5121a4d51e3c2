from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.catalog import Catalog
from l10n.model import Origin, State, Unit
from l10n.review.decisions import Decision, Refusal
from l10n.review.writing import Suggestion
from l10n.text.markup import OMIT

if TYPE_CHECKING:
    from tests.review.conftest import Desk


def test_approving_stamps_the_reviewer_and_how_much_changed(desk: Desk) -> None:
    session = desk.sit_down(reviewer="Ñu")
    session.type("The book fair opens its doors.", 0)
    session.approve()
    desk.save(session)
    entry = desk.on_disk().entries[0]
    assert entry.state is State.REVIEWED
    assert entry.msgstr == "The book fair opens its doors."
    assert entry.stamp.reviewer == "Ñu"
    assert entry.stamp.origin is Origin.MT
    assert 0 < entry.stamp.edits < 0.3


def test_a_draft_taken_as_it_is_counts_no_edits(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    assert session.entry.stamp.edits == 0


def test_an_empty_unit_is_not_approved(desk: Desk) -> None:
    desk.write(drafts=False)
    session = desk.sit_down()
    answer = session.approve()
    assert isinstance(answer, Refusal)
    assert answer.findings == ()
    assert session.entry.state is State.UNTRANSLATED


def test_an_error_stops_approval_until_it_is_meant(desk: Desk) -> None:
    session = desk.sit_down()
    session.go_to(1)
    session.type("The child reads a story.", 0)
    refusal = session.approve()
    assert isinstance(refusal, Refusal)
    assert refusal.findings[0].rule == "placeholder-missing"
    assert isinstance(session.approve(force=True), Decision)
    assert session.entry.state is State.REVIEWED


def test_leaving_a_unit_keeps_what_was_typed_as_a_draft(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    session.type("Something new", 0)
    session.go_to(3)
    assert session.entries[0].msgstr == "Something new"
    assert session.entries[0].state is State.DRAFT


def test_leaving_a_unit_untouched_changes_nothing(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    session.go_to(3)
    session.go_to(0)
    session.go_to(2)
    assert session.entries[0].state is State.REVIEWED


def test_typing_is_undone_per_unit_even_after_going_elsewhere(desk: Desk) -> None:
    session = desk.sit_down()
    before = session.text
    session.type(before + " Añ", len(before))
    session.seal_text()
    session.type(before + " Añadido", len(before) + 3)
    session.go_to(1)
    session.type("elsewhere", 0)
    session.go_to(0)
    assert session.undo_text() == (before + " Añ", len(before) + 3)
    assert session.undo_text() == (before, len(before))
    assert session.undo_text() is None
    assert session.redo_text()[0] == before + " Añ"


def test_a_decision_is_one_step_of_typing_history(desk: Desk) -> None:
    session = desk.sit_down()
    before = session.text
    session.reject()
    assert session.text == ""
    assert session.undo_text()[0] == before


def test_undo_brings_everything_back_byte_for_byte(desk: Desk) -> None:
    original = desk.path.read_bytes()
    session = desk.sit_down()
    session.approve()
    session.go_to(4)
    session.set_note("¿seguro?")
    session.omit()
    desk.save(session)
    assert desk.path.read_bytes() != original
    while session.undo() is not None:
        pass
    desk.save(session)
    assert _without_date(desk.path.read_bytes()) == _without_date(original)


def test_redo_makes_the_decision_again(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    session.undo()
    assert session.entry.state is State.DRAFT
    session.redo()
    assert session.entry.state is State.REVIEWED


def test_many_are_approved_as_one_decision_and_errors_left_alone(desk: Desk) -> None:
    session = desk.sit_down()
    session.go_to(1)
    session.type("no placeholder", 0)
    session.go_to(0)
    for progress in session.bulk(range(6), "approve"):
        last = progress
    assert last.refused == [1]
    assert [entry.state for entry in session.entries].count(State.REVIEWED) == 5
    session.undo()
    assert all(entry.state is State.DRAFT for entry in session.entries)


def test_next_open_goes_round_and_prefers_what_wants_a_decision(desk: Desk) -> None:
    session = desk.sit_down()
    session.go_to(4)
    session.approve()
    session.next_open()
    assert session.position == 5
    session.approve()
    session.next_open()
    assert session.position == 0
    session.next_open(backwards=True)
    assert session.position == 3


def test_next_open_says_so_when_all_is_reviewed(desk: Desk) -> None:
    session = desk.sit_down()
    for _progress in session.bulk(range(6), "approve"):
        pass
    assert not session.next_open()


def test_back_returns_to_where_one_was(desk: Desk) -> None:
    session = desk.sit_down()
    session.go_to(3)
    session.go_to(5)
    assert session.back()
    assert session.position == 3
    assert session.back()
    assert session.position == 0
    assert not session.back()


def test_left_out_on_purpose_counts_as_reviewed(desk: Desk) -> None:
    session = desk.sit_down()
    session.omit()
    assert session.entry.msgstr == OMIT
    assert session.entry.state is State.REVIEWED


def test_a_suggestion_that_was_used_is_where_the_draft_came_from(desk: Desk) -> None:
    desk.write(drafts=False)
    session = desk.sit_down()
    session.type("The fair opens its doors", 0)
    session.use(Suggestion("The fair opens its doors", Origin.TM, {"tm": "87"}))
    session.type("The fair opens its doors.", 24)
    session.approve()
    assert session.entry.stamp.origin is Origin.TM
    assert session.entry.stamp.edits == 0.04


def test_repeats_are_filled_with_a_draft(desk: Desk) -> None:
    from l10n.catalog import Catalog
    from l10n.model import Unit

    catalog = Catalog.new(desk.path, source="es", target="en", article="a.html")
    units = [Unit("Inicio"), Unit("Inicio", "attr:alt"), Unit("Fin")]
    catalog.merge(units, article="a.html")
    catalog.save(overwrite=True)
    session = desk.sit_down()
    session.type("Home", 0)
    session.approve()
    assert session.repeats(0) == [1]
    session.propagate()
    assert session.entries[1].msgstr == "Home"
    assert session.entries[1].state is State.DRAFT
    assert session.entries[1].origin is Origin.TM


def test_statistics_tell_edits_per_engine(desk: Desk) -> None:
    session = desk.sit_down()
    session.approve()
    session.go_to(2)
    session.type("There are 300 booths in the park.", 0)
    session.approve()
    summary = session.sitting.summary()
    assert (summary.units, summary.approved, summary.untouched, summary.changed) == (2, 2, 1, 1)
    assert summary.words == 11
    assert [(one.name, one.units) for one in summary.distances] == [("argos:1.0", 2)]
    assert 0 < summary.distances[0].mean < 0.2


def test_a_plural_is_approved_only_when_every_form_is_there(desk: Desk) -> None:
    desk.path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n'
        'Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "una caseta"\nmsgid_plural "varias casetas"\nmsgstr[0] ""\nmsgstr[1] ""\n',
        encoding="utf-8",
    )
    session = desk.sit_down()
    session.type("one stall", 0)
    refusal = session.approve()
    assert isinstance(refusal, Refusal)
    assert refusal.form == 1
    session.form = 1
    session.type("several stalls", 0)
    assert isinstance(session.approve(), Decision)
    assert session.entry.msgstrs == ("one stall", "several stalls")


def test_a_catalog_without_entries_can_be_opened(desk: Desk) -> None:
    desk.path.write_bytes(b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    session = desk.sit_down()
    session.step(1)
    session.set_filter("x")
    assert not session.next_open()
    assert session.keep_text() is None


def _without_date(data: bytes) -> list[bytes]:
    return [
        line
        for line in data.splitlines()
        if b"Revision-Date" not in line and b"Translator" not in line
    ]


def test_typing_and_decisions_far_back_are_let_go(desk: Desk) -> None:
    catalog = Catalog.new(desk.path, source="es", target="en", article="es/feria.html")
    catalog.merge([Unit(f"Caseta {number}") for number in range(250)], article="es/feria.html")
    catalog.save(overwrite=True)
    session = desk.sit_down()
    for row in range(250):
        session.go_to(row)
        session.type(f"Stall {row}", 0)
        session.approve()
    session.go_to(0)
    assert session.undo_text() is None
    session.go_to(249)
    assert session.undo_text() == ("", 0)
    taken_back = 0
    while session.undo():
        taken_back += 1
    assert 100 < taken_back < 250
    assert session.entries[0].msgstr == "Stall 0"
    assert session.entries[249].msgstr == ""


def test_what_the_checks_found_survives_somebody_elses_save(desk: Desk) -> None:
    session = desk.sit_down()
    session.index.rules(0)
    checked: list[str] = []
    session.judge.findings = lambda entry, form, text: checked.append(entry.msgid) or ()
    other = Catalog.load(desk.path)
    other.entries[5].translate("Penguins  and storks.")
    other.save()
    session.adopt(session.keeper.read_disk())
    for row in (0, 5):
        session.index.rules(row)
    assert checked == ["Pingüinos y cigüeñas."]


def test_a_note_keeps_what_is_being_typed(desk: Desk) -> None:
    session = desk.sit_down()
    session.type("The fair opens", 0)
    session.set_note("Sure?")
    assert session.text == "The fair opens"
    desk.save(session)
    entry = desk.on_disk().entries[0]
    assert (entry.msgstr, entry.state, entry.notes) == (
        "The fair opens", State.DRAFT, ("Sure?",)
    )  # fmt: skip


def test_the_mark_of_an_error_goes_with_the_text_that_had_it(desk: Desk) -> None:
    session = desk.sit_down()
    session.go_to(1)
    session.type("The child reads", 0)
    session.index.note_errors(1, session.findings())
    assert 1 in session.index.troubled
    session.type("The child reads <a1>a tale</a1>.", 0)
    session.approve()
    assert 1 not in session.index.troubled

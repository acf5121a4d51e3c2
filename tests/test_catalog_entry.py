"""Entries: derived states, stamps that fit or count for nothing, and the ways an entry changes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.catalog import Catalog, Entry, Stamp
from l10n.catalog.comments import review_hashes
from l10n.model import Band, Origin, State, Unit

HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: x\\n"\n"PO-Revision-Date: 2020-01-01 00:00+0000\\n"\n'
    '"Last-Translator: Luz <luz@example.org>\\n"\n"Language-Team: none\\n"\n"Language: en\\n"\n'
    '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
AT = datetime(2026, 11, 24, 10, 2, tzinfo=UTC)

texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0\4\n\r"), min_size=1
)
names = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip)
fields = st.lists(
    st.tuples(
        st.from_regex("[a-z]{1,8}", fullmatch=True),
        st.text(st.characters(exclude_categories=("Cs",)), max_size=4),
    ),
    max_size=3,
)


def catalog_of(body: str) -> Catalog:
    return Catalog.parse((HEADER + body).encode())


def only_entry(body: str) -> Entry:
    (entry,) = catalog_of(body).entries
    return entry


def reread(catalog: Catalog) -> Entry:
    return Catalog.parse(catalog.dumps()).entries[0]


def hash_of(msgid: str, *msgstrs: str, msgctxt: str = "", plural: str = "") -> str:
    text = unicodedata.normalize("NFC", "\0".join((msgctxt, msgid, plural, *msgstrs)))
    return hashlib.sha256(text.encode()).hexdigest()[:10]


# Stamps


def test_stamp_reads_what_the_contract_shows() -> None:
    stamp = Stamp.parse("# l10n: h=3f2a9c1b4d mt=argos:translate-es_en-1.0 band=good")
    assert stamp is not None
    assert (stamp.origin, stamp.engine, stamp.band) == (
        Origin.MT,
        "argos:translate-es_en-1.0",
        Band.GOOD,
    )
    match = Stamp.parse("# l10n: h=3f2a9c1b4d tm=87")
    assert match is not None
    assert (match.origin, match.percent, match.score) == (Origin.TM, 87, None)
    aligned = Stamp.parse("# l10n: h=3f2a9c1b4d aligned=0.94")
    assert aligned is not None
    assert (aligned.origin, aligned.score, aligned.reviewer) == (Origin.ALIGNED, 0.94, None)
    review = Stamp.parse(
        "# l10n: h=3f2a9c1b4d reviewed=Ana%20Mar%C3%ADa at=2026-11-24T10:02Z from=mt edits=0.12"
    )
    assert review is not None
    assert (review.reviewer, review.reviewed_at) == ("Ana María", "2026-11-24T10:02Z")
    assert (review.origin, review.edits) == (Origin.MT, 0.12)


@pytest.mark.parametrize(
    "line",
    [
        "# l10n: remember to ask Ana",
        "# l10n: h=3f2a reviewed=Ana",
        "# l10n: h=3f2a9c1b4dff reviewed=Ana",
        "# l10n: reviewed=Ana h=3f2a9c1b4d",
        "# l10n: h=3f2a9c1b4d reviewed=Ana and Luz",
        "#. l10n: h=3f2a9c1b4d reviewed=Ana",
        "l10n: h=3f2a9c1b4d reviewed=Ana",
    ],
)
def test_other_lines_are_no_stamps(line: str) -> None:
    assert Stamp.parse(line) is None


@given(pairs=fields)
def test_short_stamps_come_back_as_they_were(pairs: list[tuple[str, str]]) -> None:
    stamp = Stamp("0123456789", tuple(pairs))
    line = stamp.format()
    assert len(line) <= 76
    assert line.isascii()
    read = Stamp.parse(line)
    assert read is not None
    if sum(len(value.encode()) * 3 + len(name) + 2 for name, value in pairs) < 50:
        assert read == stamp


@given(name=names.filter(bool), origin=st.sampled_from([None, *Origin]), edited=st.booleans())
def test_review_stamps_of_any_name_fit_their_line(
    name: str, origin: Origin | None, edited: bool
) -> None:
    came_from = (("from", origin.value),) if origin else ()
    edits = (("edits", "0.12"),) if edited else ()
    stamp = Stamp(
        "0123456789",
        (("reviewed", name), ("at", "2026-11-24T10:02Z"), *came_from, *edits),
    )
    line = stamp.format()
    assert len(line) <= 76
    read = Stamp.parse(line)
    assert read is not None
    assert read.reviewer
    assert name.startswith(read.reviewer)
    assert read.origin is origin
    assert (read.reviewed_at or "").startswith("2026-11-24")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Eva", "reviewed=Eva at=2026-11-24T10:02Z from=mt edits=0.12"),
        ("Ana Ruiz", "reviewed=Ana%20Ruiz at=2026-11-24 from=mt edits=0.12"),
        ("Ana María", "reviewed=Ana%20Mar%C3%ADa at=2026-11-24T10:02Z from=mt"),
        ("Ana María Sanz", "reviewed=Ana%20Mar%C3%ADa%20Sanz at=2026-11-24 from=mt"),
        ("Ana María López", "reviewed=Ana%20Mar%C3%ADa%20L at=2026-11-24 from=mt"),
    ],
)
def test_full_name_is_worth_more_than_the_hour(name: str, written: str) -> None:
    review = (("reviewed", name), ("at", "2026-11-24T10:02Z"), ("from", "mt"))
    stamp = Stamp("0123456789", (*review, ("edits", "0.12")))
    assert stamp.format() == f"# l10n: h=0123456789 {written}"


def test_nonsense_in_a_stamp_is_unknown() -> None:
    stamp = Stamp.parse("# l10n: h=0123456789 tm=many aligned=1.2.3 band=best from=mars edits=")
    assert stamp is not None
    assert (stamp.percent, stamp.score, stamp.edits) == (None, None, None)
    assert (stamp.band, stamp.engine, stamp.reviewer) == (None, None, None)
    assert stamp.origin is Origin.TM


def test_numbers_that_do_not_fit_are_not_cut() -> None:
    stamp = Stamp("0123456789", tuple(("aligned", "0.123456789") for _n in range(9)))
    assert Stamp.parse(stamp.format()) == stamp


stampish = st.lists(
    st.sampled_from(
        [
            "# l10n:",
            "#l10n:",
            " h=0123456789",
            " h=0",
            " reviewed=",
            "Ana",
            " ",
            "\t",
            " at=2026",
            "\r",
            "é",
            "%20",
            "\x0b",
        ]
    ),
    min_size=2,
    max_size=9,
).map("".join)


@given(
    line=st.one_of(
        stampish, fields.map(lambda pairs: Stamp("0123456789", tuple(pairs)).format())
    )
)
def test_bytes_and_text_tell_the_same_reviews(line: str) -> None:
    stamp = Stamp.parse(line)
    expected = [stamp.hash.encode()] if stamp and stamp.field("reviewed") else []
    assert review_hashes(f"{line}\n".encode()) == expected


# States


def test_states_are_derived() -> None:
    good = hash_of("a", "b")
    states = {
        'msgid "a"\nmsgstr ""\n': State.UNTRANSLATED,
        '#, fuzzy\nmsgid "a"\nmsgstr "b"\n': State.DRAFT,
        'msgid "a"\nmsgstr "b"\n': State.TRANSLATED,
        f'# l10n: h={good} reviewed=Ana at=2026-11-24\nmsgid "a"\nmsgstr "b"\n': State.REVIEWED,
        f'# l10n: h={good} reviewed=Ana\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n': State.DRAFT,
        f'# l10n: h={good} mt=argos:x\nmsgid "a"\nmsgstr "b"\n': State.TRANSLATED,
        f'# l10n: h={good} reviewed=\nmsgid "a"\nmsgstr "b"\n': State.TRANSLATED,
        f'# l10n: h={good} reviewed=Ana\nmsgid "a"\nmsgstr "B"\n': State.TRANSLATED,
        f'# l10n: h={good} reviewed=Ana\nmsgid "A"\nmsgstr "b"\n': State.TRANSLATED,
        f'# l10n: h={good} reviewed=Ana\nmsgctxt "x"\nmsgid "a"\nmsgstr "b"\n': State.TRANSLATED,
        f'# l10n: h={good} reviewed=Ana\nmsgid "a"\nmsgstr ""\n': State.UNTRANSLATED,
    }
    for body, state in states.items():
        entry = only_entry(body)
        assert entry.state is state, body
        assert entry.msgstrs
        assert entry.state is state, f"decoded: {body}"
        assert catalog_of(body).counts().reviewed == (state is State.REVIEWED)


def test_of_several_stamps_the_one_that_fits_counts() -> None:
    entry = only_entry(
        f"# l10n: h=0000000000 reviewed=Eva\n# l10n: h={hash_of('a', 'b')} tm=87\n"
        f'# l10n: h={hash_of("a", "b")} reviewed=Ana from=tm\nmsgid "a"\nmsgstr "b"\n'
    )
    assert entry.state is State.REVIEWED
    assert entry.stamp is not None
    assert entry.stamp.reviewer == "Ana"


def test_a_previous_text_may_be_cut_between_the_escapes_of_a_letter() -> None:
    entry = only_entry('#| msgid "ma\\303"\n#| "\\261ana"\nmsgid "a"\nmsgstr "b"\n')
    assert entry.previous_msgid == "mañana"


def test_hash_is_of_composed_text() -> None:
    body = f'# l10n: h={hash_of("é", "ñ")} reviewed=Ana\nmsgid "e\u0301"\nmsgstr "n\u0303"\n'
    assert only_entry(body).state is State.REVIEWED


def test_hash_covers_context_and_every_form() -> None:
    catalog = catalog_of(
        'msgctxt "c"\nmsgid "a"\nmsgid_plural "p"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
    )
    (entry,) = catalog.entries
    entry.approve(by="Ana", at=AT)
    assert entry.stamp is not None
    assert entry.stamp.hash == hash_of("a", "x", "y", msgctxt="c", plural="p")
    assert reread(catalog).state is State.REVIEWED


def test_hand_edit_of_a_reviewed_entry_takes_its_review_away(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    catalog = Catalog.parse((HEADER + 'msgid "a"\nmsgstr "good"\n').encode(), path)
    catalog.entries[0].approve(by="Ana")
    catalog.save()
    assert Catalog.load(path).entries[0].state is State.REVIEWED
    path.write_text(path.read_text().replace('"good"', '"better"'))
    edited = Catalog.load(path).entries[0]
    assert (edited.state, edited.stamp) == (State.TRANSLATED, None)
    path.write_text(path.read_text().replace('"better"', '"good"'))
    assert Catalog.load(path).entries[0].state is State.REVIEWED


# Changes


def test_fill_writes_a_draft_with_its_origin() -> None:
    catalog = catalog_of('# note\n#: es/a.html\nmsgid "a"\nmsgstr ""\n')
    (entry,) = catalog.entries
    entry.fill("b", origin=Origin.MT, mt="argos:translate-es_en-1.0", band="good")
    for each in (entry, reread(catalog)):
        assert (each.state, each.origin, each.msgstr) == (State.DRAFT, Origin.MT, "b")
        assert each.stamp is not None
        assert (each.stamp.engine, each.stamp.band) == ("argos:translate-es_en-1.0", Band.GOOD)
        assert each.notes == ("note",)
    assert (
        catalog.dumps()
        .decode()
        .endswith(
            f"# note\n# l10n: h={hash_of('a', 'b')} mt=argos:translate-es_en-1.0 band=good\n"
            '#: es/a.html\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n'
        )
    )


@pytest.mark.parametrize(
    ("origin", "given_fields", "shown"),
    [
        (Origin.TM, {"tm": "87"}, "tm=87"),
        (Origin.ALIGNED, {"aligned": "0.94"}, "aligned=0.94"),
        (Origin.MT, {}, "mt="),
        (Origin.SOURCE_CHANGED, {}, "from=source-changed"),
    ],
)
def test_every_origin_is_told(origin: Origin, given_fields: dict[str, str], shown: str) -> None:
    catalog = catalog_of('msgid "a"\nmsgstr ""\n')
    catalog.entries[0].fill("b", origin=origin, **given_fields)
    assert shown in catalog.dumps().decode()
    assert reread(catalog).origin is origin


def test_fuzzy_joins_the_flags_that_are_there() -> None:
    catalog = catalog_of('#, no-wrap\nmsgid "a"\nmsgstr "b"\n')
    catalog.entries[0].save_draft("c")
    assert catalog.dumps().endswith(b'#, fuzzy, no-wrap\nmsgid "a"\nmsgstr "c"\n')


def test_fill_forgets_what_the_old_draft_was_about() -> None:
    entry = only_entry('#, fuzzy\n#| msgid "old"\nmsgid "a"\nmsgstr "b"\n')
    assert entry.origin is Origin.SOURCE_CHANGED
    entry.fill("c", origin=Origin.MT, mt="argos:x")
    assert (entry.origin, entry.previous_msgid) == (Origin.MT, None)


def test_approve_keeps_where_the_draft_came_from() -> None:
    catalog = catalog_of('msgid "a"\nmsgstr ""\n')
    (entry,) = catalog.entries
    entry.fill("b", origin=Origin.ALIGNED, aligned="0.94")
    entry.approve(by="Ana María", at=AT.astimezone(timezone(timedelta(hours=-5))))
    for each in (entry, reread(catalog)):
        assert each.state is State.REVIEWED
        assert each.origin is None
        assert each.flags == frozenset()
        stamp = each.stamp
        assert stamp is not None
        assert (stamp.reviewer, stamp.reviewed_at) == ("Ana María", "2026-11-24")
        assert stamp.origin is Origin.ALIGNED


def test_approve_again_keeps_the_first_origin() -> None:
    entry = only_entry('msgid "a"\nmsgstr ""\n')
    entry.fill("b", origin=Origin.MT, mt="argos:x")
    entry.approve(by="Ana", at=AT)
    entry.approve(by="Luz", at=AT)
    stamp = entry.stamp
    assert stamp is not None
    assert (stamp.reviewer, stamp.origin) == ("Luz", Origin.MT)
    assert len([line for line in entry.snapshot().lines if "l10n:" in line]) == 1


def test_approve_of_a_changed_source_says_so() -> None:
    entry = only_entry('#, fuzzy\n#| msgid "old"\nmsgid "a"\nmsgstr "b"\n')
    entry.approve(by="Ana", at=AT)
    assert entry.previous_msgid is None
    assert entry.stamp is not None
    assert entry.stamp.origin is Origin.SOURCE_CHANGED


@pytest.mark.parametrize(
    "body",
    [
        'msgid "a"\nmsgstr ""\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
    ],
)
def test_what_is_not_complete_cannot_be_approved(body: str) -> None:
    with pytest.raises(ValueError, match="complete"):
        only_entry(body).approve(by="Ana")


def test_translate_is_finished_and_unreviewed() -> None:
    catalog = catalog_of('# hm\n#, fuzzy, no-wrap\n#| msgid "o"\nmsgid "a"\nmsgstr "b"\n')
    (entry,) = catalog.entries
    entry.fill("c", origin=Origin.TM, tm="87")
    entry.translate("d")
    for each in (entry, reread(catalog)):
        assert (each.state, each.stamp, each.previous_msgid) == (State.TRANSLATED, None, None)
        assert (each.notes, each.flags) == (("hm",), {"no-wrap"})


def test_saved_draft_keeps_its_origin() -> None:
    entry = only_entry('msgid "a"\nmsgstr ""\n')
    entry.fill("b", origin=Origin.MT, mt="argos:x", band="fair")
    entry.save_draft("bb")
    assert (entry.state, entry.origin) == (State.DRAFT, Origin.MT)
    assert entry.stamp is not None
    assert entry.stamp.fields == (("from", "mt"),)
    entry.approve(by="Ana", at=AT)
    entry.save_draft("bbb")
    assert (entry.state, entry.origin) == (State.DRAFT, Origin.MT)
    assert entry.stamp is not None
    assert entry.stamp.reviewer is None


@pytest.mark.parametrize("fields", [{"mt": "argos:x", "band": "fair"}, {"tm": "87"}])
def test_a_draft_is_untouched_until_a_person_changes_it(fields: dict[str, str]) -> None:
    entry = only_entry('msgid "a"\nmsgstr ""\n')
    assert entry.is_open
    assert not entry.is_untouched
    entry.fill("b", origin=Origin(next(iter(fields))), **fields)
    entry.save_draft("b")
    assert entry.is_untouched
    entry.amend("b.")
    assert entry.is_untouched
    entry.save_draft("bb")
    for each in (entry, reread(Catalog.parse(entry.render()))):
        assert not each.is_untouched
        assert not each.is_open


@pytest.mark.parametrize(
    "text",
    [
        '#, fuzzy\nmsgid "a"\nmsgstr "b"\n',
        '# l10n: h=0123456789 mt=argos:x\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n',
        'msgid "a"\nmsgstr "b"\n',
    ],
)
def test_what_no_machine_is_known_to_have_written_is_a_persons(text: str) -> None:
    assert not only_entry(text).is_open


def test_saved_draft_of_a_changed_source_keeps_the_previous_text() -> None:
    entry = only_entry('#, fuzzy\n#| msgid "old"\nmsgid "a"\nmsgstr "b"\n')
    entry.save_draft("c")
    assert (entry.origin, entry.previous_msgid) == (Origin.SOURCE_CHANGED, "old")


def test_reject_leaves_the_notes() -> None:
    entry = only_entry('# hm\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n')
    entry.reject()
    assert (entry.state, entry.msgstr, entry.notes) == (State.UNTRANSLATED, "", ("hm",))
    assert entry.flags == frozenset()


@pytest.mark.parametrize("text", ["", "\n", "\0"])
def test_empty_drafts_are_no_drafts(text: str) -> None:
    entry = only_entry('msgid "a"\nmsgstr ""\n')
    entry.fill(text, origin=Origin.MT, mt="argos:x")
    assert (entry.state, entry.flags, entry.stamp) == (State.UNTRANSLATED, frozenset(), None)


def test_plural_forms_are_filled_together() -> None:
    catalog = catalog_of('msgid "a"\nmsgid_plural "p"\nmsgstr[0] ""\nmsgstr[1] ""\n')
    (entry,) = catalog.entries
    entry.fill("x", origin=Origin.TM, tm="80")
    assert entry.msgstrs == ("x", "x")
    entry.save_draft(("one", ""))
    assert entry.state is State.UNTRANSLATED
    entry.translate(("one", "many"))
    assert reread(catalog).msgstrs == ("one", "many")
    with pytest.raises(ValueError, match="1 forms"):
        entry.translate(("one",))


def test_texts_are_composed_and_cleaned() -> None:
    entry = only_entry('msgid "a"\nmsgstr ""\n')
    entry.translate("man\u0303ana\0\4\ud800")
    assert entry.msgstr == "mañana?"


@pytest.mark.parametrize(
    ("msgid", "given_text", "kept"),
    [("a", "\nb\n", "b"), ("a\\n", "b", "b\n"), ("\\na", "b", "\nb"), ("a\\n", "b\n", "b\n")],
)
def test_newlines_at_the_ends_follow_the_source(msgid: str, given_text: str, kept: str) -> None:
    entry = only_entry(f'msgid "{msgid}"\nmsgstr ""\n')
    entry.translate(given_text)
    assert entry.msgstr == kept


def test_notes_are_replaced_and_the_stamp_stays() -> None:
    catalog = catalog_of('# one\n# two\n#. kind: item\nmsgid "a"\nmsgstr "b"\n')
    (entry,) = catalog.entries
    entry.approve(by="Ana", at=AT)
    entry.set_notes(["three", "", "four\nfive"])
    for each in (entry, reread(catalog)):
        assert each.notes == ("three", "", "four", "five")
        assert each.state is State.REVIEWED
    entry.set_notes([])
    assert (entry.notes, entry.state) == ((), State.REVIEWED)


@given(
    notes=st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=30), max_size=4)
)
def test_any_note_is_only_a_note(notes: list[str]) -> None:
    catalog = catalog_of('#, fuzzy\nmsgid "a"\nmsgstr "b"\n')
    catalog.entries[0].set_notes(notes)
    read = reread(catalog)
    assert (read.msgstr, read.state, read.extracted) == ("b", State.DRAFT, ())
    assert read.notes == catalog.entries[0].notes


def test_restore_undoes_everything() -> None:
    body = '# note\n#: a.html\n#, fuzzy, no-wrap\n#| msgid "o"\nmsgid "a"\nmsgstr ""\n"b"\n'
    catalog = catalog_of(body)
    (entry,) = catalog.entries
    before = entry.snapshot()
    entry.fill("c", origin=Origin.MT, mt="argos:x")
    middle = entry.snapshot()
    entry.approve(by="Ana")
    entry.set_notes(["other"])
    entry.restore(middle)
    assert (entry.msgstr, entry.origin) == ("c", Origin.MT)
    entry.restore(before)
    assert catalog.dumps() == (HEADER + body).encode()


def test_snapshot_restores_in_another_reading_of_the_file() -> None:
    body = 'msgid "a"\nmsgstr ""\n'
    mine = only_entry(body)
    mine.fill("b", origin=Origin.TM, tm="90")
    other = catalog_of(body)
    other.entries[0].restore(mine.snapshot())
    assert reread(other).origin is Origin.TM


# Lines in the file


def test_approving_touches_two_lines_of_a_wrapped_file() -> None:
    body = (
        '#: b.c:1 b.c:2\n#, fuzzy\nmsgid ""\n"Long "\n"text"\nmsgstr ""\n"Texto "\n"largo"\n\n'
        'msgid "z"\nmsgstr "y"\n'
    )
    catalog = catalog_of(body)
    entry = catalog.entries[0]
    entry.approve(by="Ana", at=AT)
    stamp = entry.stamp
    assert stamp is not None
    expected = body.replace("#: b.c", f"{stamp.format()}\n#: b.c").replace("#, fuzzy\n", "")
    assert catalog.dumps().decode().endswith(expected)


def test_windows_lines_stay_windows_lines() -> None:
    data = (HEADER + 'msgid "a"\nmsgstr ""\n\nmsgid "z"\nmsgstr "y"\n').replace("\n", "\r\n")
    catalog = Catalog.parse(data.encode())
    catalog.entries[0].fill("x\ny", origin=Origin.MT, mt="e")
    dumped = catalog.dumps()
    assert dumped.count(b"\n") == dumped.count(b"\r\n")
    assert Catalog.parse(dumped).entries[0].msgstr == "x\ny"


def test_revision_date_moves_with_translations_alone() -> None:
    catalog = catalog_of('msgid "a"\nmsgstr "b"\n')
    catalog.entries[0].set_notes(["a note"])
    assert b"2020-01-01" in catalog.dumps()
    before = catalog.entries[0].snapshot()
    catalog.entries[0].translate("c")
    changed = catalog.dumps()
    assert b"2020-01-01" not in changed
    assert changed.count(b"PO-Revision-Date") == 1
    assert catalog.dumps() == changed
    catalog.entries[0].restore(before)
    assert b"2020-01-01" in catalog.dumps()


def test_reviewer_is_the_last_translator() -> None:
    catalog = catalog_of('msgid "a"\nmsgstr "b"\n')
    catalog.entries[0].approve(by="Luz")
    assert Catalog.parse(catalog.dumps()).header["Last-Translator"] == "Luz <luz@example.org>"
    catalog.entries[0].approve(by='Ana "la jefa" \\')
    header = Catalog.parse(catalog.dumps()).header
    assert header["Last-Translator"] == 'Ana "la jefa" \\'
    assert header["Language-Team"] == "none"


def test_template_becomes_utf8_when_it_is_translated() -> None:
    data = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=CHARSET\\n"\n\nmsgid "a"\nmsgstr ""\n'
    catalog = Catalog.parse(data)
    catalog.entries[0].translate("ñ")
    assert Catalog.parse(catalog.dumps()).header["Content-Type"] == "text/plain; charset=UTF-8"


# Other people's programs


@pytest.mark.skipif(shutil.which("msgmerge") is None, reason="no gettext here")
@given(texts=st.lists(texts, min_size=1, max_size=4, unique=True), name=names.filter(bool))
@settings(deadline=None, max_examples=25)
def test_gettext_keeps_every_stamp_and_note(texts: list[str], name: str) -> None:
    catalog = Catalog.new(None, source="es", target="en", article="es/a.html")
    catalog.merge([Unit(f"es {text}") for text in texts], article="es/a.html")
    for number, entry in enumerate(catalog.entries):
        if number % 2:
            entry.fill(
                f"en {texts[number]}",
                origin=Origin.MT,
                mt="argos:translate-es_en-1.0",
                band="good",
            )
        else:
            entry.translate(f"en {texts[number]}")
            entry.approve(by=name, at=AT, edits=0.5)
        entry.set_notes([f"note {number}"])
    data = catalog.dumps()
    for command in (["msgcat", "-"], ["msgcat", "--no-wrap", "-"], ["msgattrib", "-"]):
        kept = Catalog.parse(_piped(command, data))
        assert [_facts(entry) for entry in kept.entries] == [_facts(e) for e in catalog.entries]
    _piped(["msgfmt", "--check", "-o", "/dev/null", "-"], data)


@pytest.mark.skipif(shutil.which("msgmerge") is None, reason="no gettext here")
def test_msgmerge_may_carry_a_stamp_but_not_a_review(tmp_path: Path) -> None:
    catalog = catalog_of('msgid "The fair opens on Monday"\nmsgstr "Abre el lunes"\n')
    catalog.entries[0].approve(by="Ana", at=AT)
    (tmp_path / "a.po").write_bytes(catalog.dumps())
    template = HEADER + 'msgid "The fair opens on Tuesday"\nmsgstr ""\n'
    (tmp_path / "a.pot").write_text(template)
    merged = Catalog.parse(_piped(["msgmerge", "--previous", "a.po", "a.pot"], b"", tmp_path))
    (entry,) = merged.entries
    assert any("reviewed=Ana" in line for line in entry.snapshot().lines)
    assert (entry.state, entry.stamp) == (State.DRAFT, None)
    assert entry.origin is Origin.SOURCE_CHANGED
    entry.translate("Abre el martes")
    assert not any("reviewed=Ana" in line for line in entry.snapshot().lines)
    (tmp_path / "a.pot").write_text(
        HEADER + '#: b.c:9\nmsgid "The fair opens on Monday"\nmsgstr ""\n'
    )
    kept = Catalog.parse(_piped(["msgmerge", "a.po", "a.pot"], b"", tmp_path)).entries[0]
    assert (kept.state, kept.stamp) == (State.REVIEWED, catalog.entries[0].stamp)


def _facts(entry: Entry) -> tuple[object, ...]:
    return entry.key, entry.msgstrs, entry.state, entry.stamp, entry.notes, entry.origin


def _piped(command: list[str], data: bytes, folder: Path | None = None) -> bytes:
    run = subprocess.run(command, input=data, capture_output=True, check=False, cwd=folder)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout

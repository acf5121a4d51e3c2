"""Bringing a catalog up to date with its article: nothing translated is ever lost."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n.catalog import Catalog, Entry, Merge
from l10n.errors import CatalogError
from l10n.model import Kind, Origin, Placeholder, State, Unit
from l10n.text.markup import validate

ARTICLE = "es/feria.html"
LINK = Placeholder(
    "a", 1, paired=True, opening='<a href="/m">', closing="</a>", stands_for="/m"
)

FAIR = (
    Unit("La feria del barrio", kind=Kind.HEADLINE),
    Unit("La feria abre el lunes a las diez de la mañana en la plaza."),
    Unit("Habrá música y comida para todo el mundo."),
    Unit("Entrada libre hasta completar aforo."),
)


def new_catalog(path: Path | None = None) -> Catalog:
    return Catalog.new(path, source="es", target="en", article=ARTICLE)


def translated(units: tuple[Unit, ...] = FAIR, path: Path | None = None) -> Catalog:
    """Give a catalog of the units as if read from disk, every entry reviewed."""
    catalog = new_catalog()
    catalog.merge(units, article=ARTICLE)
    for number, entry in enumerate(catalog.entries):
        entry.translate(f"translation {number}")
        entry.approve(by="Ana")
    return Catalog.parse(catalog.dumps(), path)


def merged(catalog: Catalog, *units: Unit) -> Merge:
    return catalog.merge(units, article=ARTICLE)


def found(catalog: Catalog, msgid: str, msgctxt: str | None = None) -> Entry:
    entry = catalog.find(msgid, msgctxt)
    assert entry is not None
    return entry


def test_new_units_are_untranslated_entries_in_their_order() -> None:
    catalog = new_catalog()
    done = catalog.merge(
        [*FAIR, Unit("Una plaza", "attr:alt", Kind.ATTRIBUTE)], article=ARTICLE
    )
    assert done == Merge(added=5)
    assert [entry.key for entry in catalog.entries] == [
        *(unit.key for unit in FAIR),
        ("attr:alt", "Una plaza"),
    ]
    assert {entry.state for entry in catalog.entries} == {State.UNTRANSLATED}
    assert found(catalog, "Una plaza", "attr:alt").extracted == ("kind: attribute",)
    assert {entry.references for entry in catalog.entries} == {(ARTICLE,)}
    assert catalog.article == ARTICLE


@pytest.mark.parametrize("target", ["en", "es", "en-GB", "es-MX", "pl", "ja", "pt-BR"])
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no msgfmt here")
def test_new_catalogs_pass_msgfmt(target: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.po"
    catalog = Catalog.new(path, source="es-MX", target=target, article="es/con espacio.html")
    catalog.merge(FAIR, article="es/con espacio.html")
    catalog.entries[0].translate('A "fair"\\')
    assert catalog.save()
    run = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, b"")
    read = Catalog.load(path)
    assert (read.source_locale, read.target_locale) == ("es-MX", target)
    assert read.article == "es/con espacio.html"


def test_moved_entries_keep_every_byte() -> None:
    catalog = translated()
    before = {entry.key: entry.render().strip() for entry in catalog.entries}
    done = merged(catalog, FAIR[3], FAIR[1], FAIR[0], FAIR[2])
    assert done == Merge(kept=4)
    assert catalog.entries[0].key == FAIR[3].key
    again = Catalog.parse(catalog.dumps())
    assert {entry.key: entry.render().strip() for entry in again.entries} == before
    assert b"\n\n\n" not in catalog.dumps()


def test_edited_unit_keeps_its_translation_as_a_draft() -> None:
    catalog = translated()
    edit = Unit("La feria abre el martes a las diez de la mañana en la plaza.")
    assert merged(catalog, FAIR[0], edit, FAIR[2], FAIR[3]) == Merge(
        kept=3, changed=1, obsolete=1
    )
    entry = Catalog.parse(catalog.dumps()).find(edit.msgid)
    assert entry is not None
    assert (entry.state, entry.msgstr) == (State.DRAFT, "translation 1")
    assert (entry.origin, entry.previous_msgid) == (Origin.SOURCE_CHANGED, FAIR[1].msgid)
    (old,) = catalog.obsolete
    assert old.key == FAIR[1].key
    assert old.stamp is not None
    assert old.stamp.reviewer == "Ana"


def test_source_changed_back_gets_its_review_back_and_every_byte() -> None:
    catalog = translated()
    found(catalog, FAIR[1].msgid).set_notes(["ask the mayor"])
    before = catalog.dumps()
    edit = Unit("La feria abre el martes a las diez de la mañana en la plaza.")
    merged(catalog, FAIR[0], edit, FAIR[2], FAIR[3])
    catalog = Catalog.parse(catalog.dumps())
    assert merged(catalog, *FAIR) == Merge(kept=3, revived=1, obsolete=1)
    assert catalog.dumps() == before
    assert found(catalog, FAIR[1].msgid).state is State.REVIEWED


def test_deleted_unit_comes_back_with_its_review() -> None:
    catalog = translated()
    before = catalog.dumps()
    assert merged(catalog, *FAIR[:2]) == Merge(kept=2, obsolete=2)
    catalog = Catalog.parse(catalog.dumps())
    assert len(catalog.obsolete) == 2
    assert catalog.find(FAIR[3].msgid) is None
    assert merged(catalog, *FAIR) == Merge(kept=2, revived=2)
    assert catalog.dumps() == before


def test_wrapped_text_stays_wrapped_through_going_and_coming_back() -> None:
    data = (
        b'msgid ""\nmsgstr "Language: en\\n"\n\n#. kind: paragraph\n#: es/feria.html\n'
        b'msgid ""\n"La feria "\n"abre"\nmsgstr ""\n"The fair "\n"opens"\n'
    )
    catalog = Catalog.parse(data)
    merged(catalog, Unit("Otra cosa"))
    assert b'#~ "La feria "\n#~ "abre"\n#~ msgstr ""\n#~ "The fair "' in catalog.dumps()
    catalog = Catalog.parse(catalog.dumps())
    merged(catalog, Unit("La feria abre"))
    assert catalog.dumps() == data


def test_untranslated_entries_leave_no_trace() -> None:
    catalog = new_catalog()
    merged(catalog, *FAIR)
    merged(catalog, FAIR[0])
    assert not catalog.obsolete


def test_notes_of_an_untranslated_entry_are_kept() -> None:
    catalog = new_catalog()
    merged(catalog, *FAIR)
    catalog.entries[3].set_notes(["ask the mayor"])
    merged(catalog, *FAIR[:3], Unit("Entrada libre, hasta completar el aforo."))
    assert catalog.entries[3].notes == ("ask the mayor",)
    merged(catalog, *FAIR[:3])
    assert [entry.notes for entry in catalog.obsolete] == [("ask the mayor",)]


def test_edited_twice_still_tells_the_text_that_was_translated() -> None:
    catalog = translated()
    first = Unit("La feria abre el martes a las diez de la mañana en la plaza.")
    second = Unit("La feria abre el martes a las once de la mañana en la plaza.")
    merged(catalog, FAIR[0], first, FAIR[2], FAIR[3])
    merged(catalog, FAIR[0], second, FAIR[2], FAIR[3])
    entry = found(catalog, second.msgid)
    assert (entry.previous_msgid, entry.msgstr) == (FAIR[1].msgid, "translation 1")
    assert [old.key for old in catalog.obsolete] == [FAIR[1].key]


def test_worked_draft_of_an_edit_is_not_thrown_away() -> None:
    catalog = translated()
    edit = Unit("La feria abre el martes a las diez de la mañana en la plaza.")
    merged(catalog, FAIR[0], edit, FAIR[2], FAIR[3])
    found(catalog, edit.msgid).save_draft("half done")
    merged(catalog, *FAIR)
    assert "half done" in {entry.msgstr for entry in catalog.obsolete}


def test_unlike_units_are_new() -> None:
    catalog = translated()
    done = merged(catalog, *FAIR[:3], Unit("El alcalde dimitió ayer por sorpresa."))
    assert done == Merge(added=1, kept=3, obsolete=1)


MORE = "Después habrá una comida para todos, una carrera de sacos, un concurso de tortillas y dos conciertos."


@pytest.mark.parametrize("grown", [f"{{}} {MORE}", f"{MORE} {{}}", f"{MORE} {{}} {MORE}"])
def test_a_paragraph_that_grew_and_shrank_keeps_its_translation(grown: str) -> None:
    catalog = translated()
    longer = Unit(grown.format(FAIR[1].msgid))
    assert merged(catalog, FAIR[0], longer, *FAIR[2:]) == Merge(kept=3, changed=1, obsolete=1)
    entry = found(catalog, longer.msgid)
    assert (entry.state, entry.msgstr) == (State.DRAFT, "translation 1")
    assert entry.previous_msgid == FAIR[1].msgid
    entry.approve(by="Ana")
    shorter = Unit(FAIR[1].msgid.removesuffix("."))
    assert merged(catalog, FAIR[0], shorter, *FAIR[2:]).changed == 1
    assert found(catalog, shorter.msgid).msgstr == "translation 1"


def test_sentences_may_be_put_between_those_that_stood_there() -> None:
    catalog = translated((Unit(f"{FAIR[1].msgid} {FAIR[2].msgid}"),))
    longer = Unit(f"{FAIR[1].msgid} {MORE} {MORE} {FAIR[2].msgid}")
    assert merged(catalog, longer) == Merge(changed=1, obsolete=1)
    assert found(catalog, longer.msgid).msgstr == "translation 0"


def test_short_units_do_not_pass_for_one_another() -> None:
    catalog = translated((Unit("Lunes", kind=Kind.CELL), Unit("Abierto", kind=Kind.CELL)))
    done = merged(catalog, Unit("Martes", kind=Kind.CELL), Unit("Abierto", kind=Kind.CELL))
    assert done == Merge(added=1, kept=1, obsolete=1)


def test_one_old_entry_serves_one_edit() -> None:
    catalog = translated(FAIR[1:2])
    edits = [
        Unit("La feria abre el martes a las diez de la mañana en la plaza."),
        Unit("La feria abre el jueves a las diez y media de la mañana en la plaza."),
    ]
    assert merged(catalog, *edits) == Merge(added=1, changed=1, obsolete=1)
    assert found(catalog, edits[0].msgid).msgstr
    assert not found(catalog, edits[1].msgid).msgstr


def test_neighbours_tell_likely_edits_apart() -> None:
    row = [Unit(f"Parada número {n}: calle {name}.") for n, name in enumerate("ABCDEFG")]
    catalog = translated(tuple(row))
    edit = Unit("Parada número 3: avenida D.")
    merged(catalog, *row[:3], edit, *row[4:])
    assert found(catalog, edit.msgid).previous_msgid == row[3].msgid


def test_edits_are_found_among_thousands() -> None:
    rnd = random.Random(5)
    vocabulary = [f"palabra{n}" for n in range(3000)]
    old = [Unit(" ".join(rnd.choices(vocabulary, k=14))) for _n in range(600)]
    new = [Unit(unit.msgid.replace(unit.msgid.split()[3], "otra")) for unit in old]
    rnd.shuffle(new)
    catalog = translated(tuple(old))
    assert merged(catalog, *new) == Merge(changed=600, obsolete=600)
    before = {unit.msgid.replace(unit.msgid.split()[3], "otra"): unit.msgid for unit in old}
    assert all(entry.previous_msgid == before[entry.msgid] for entry in catalog.entries)


def test_contexts_do_not_mix() -> None:
    catalog = translated((Unit("Una vista de la plaza mayor", "attr:alt", Kind.ATTRIBUTE),))
    done = merged(catalog, Unit("Una vista de la plaza menor", "meta:description"))
    assert done == Merge(added=1, obsolete=1)
    done = merged(catalog, Unit("Una vista de la plaza mayor", "attr:title", Kind.ATTRIBUTE))
    assert done.changed == 1


def test_tokens_follow_their_links() -> None:
    two = Unit(
        "Ver el <a1>mapa</a1> y la <a2>agenda completa</a2> de la feria.",
        placeholders=(
            Placeholder("a", 1, paired=True, opening="<a>", closing="</a>", stands_for="/map"),
            Placeholder(
                "a", 2, paired=True, opening="<a>", closing="</a>", stands_for="/agenda"
            ),
        ),
    )
    one = Unit(
        "Ver el mapa y la <a1>agenda completa</a1> de la feria.",
        placeholders=(
            Placeholder(
                "a", 1, paired=True, opening="<a>", closing="</a>", stands_for="/agenda"
            ),
        ),
    )
    catalog = new_catalog()
    merged(catalog, two)
    catalog.entries[0].translate("See the <a1>map</a1> and the <a2>agenda</a2>.")
    catalog = Catalog.parse(catalog.dumps())
    assert merged(catalog, one) == Merge(changed=1, obsolete=1)
    (entry,) = catalog.entries
    assert entry.msgstr == "See the map and the <a1>agenda</a1>."
    assert entry.state is State.DRAFT
    assert not validate(entry.msgid, entry.msgstr)


def test_changed_address_keeps_the_review_and_says_the_new_one() -> None:
    unit = Unit("Ver el <a1>mapa</a1>.", placeholders=(LINK,))
    moved = Unit(
        "Ver el <a1>mapa</a1>.",
        placeholders=(
            Placeholder("a", 1, paired=True, opening="<a>", closing="</a>", stands_for="/new"),
        ),
    )
    catalog = translated((unit,))
    assert merged(catalog, moved) == Merge(kept=1)
    (entry,) = catalog.entries
    assert entry.state is State.REVIEWED
    assert any("/new" in line for line in entry.extracted)


def test_occurrences_with_different_links_are_one_entry() -> None:
    units = [
        Unit(
            "Leer más: <a1>aquí</a1>",
            placeholders=(
                Placeholder("a", 1, paired=True, opening="<a>", closing="</a>", stands_for=url),
            ),
        )
        for url in ("/one", "/two")
    ]
    catalog = new_catalog()
    assert merged(catalog, *units) == Merge(added=1)
    text = "\n".join(catalog.entries[0].extracted)
    assert "/one" in text
    assert "/two" in text


@pytest.mark.parametrize("character", ["\0", "\4"])
def test_text_that_nobody_could_read_again_is_refused(character: str) -> None:
    catalog = translated()
    before = catalog.dumps()
    with pytest.raises(CatalogError, match="NUL or EOT"):
        merged(catalog, *FAIR, Unit(f"La{character}feria"))
    assert catalog.dumps() == before


def test_revision_and_creation_dates_stay_when_only_the_source_moves() -> None:
    catalog = translated()
    header = dict(catalog.header)
    merged(catalog, *FAIR[1:], Unit("Algo del todo distinto y nuevo."))
    assert dict(Catalog.parse(catalog.dumps()).header) == header


def test_another_editors_catalog_is_merged_without_noise() -> None:
    data = (
        b'# Translators: us\nmsgid ""\nmsgstr "Language: en\\n"\n\n\n'
        b'#. kind: paragraph\n#: es/feria.html\n#, no-wrap\nmsgid "uno"\nmsgstr "one"\n\n'
        b'#~ msgid "zzz"\n#~ msgstr "old"\n\n'
        b'#. kind: paragraph\n#: es/feria.html\nmsgid "dos"\nmsgstr "two"\n# the end\n'
    )
    catalog = Catalog.parse(data)
    assert merged(catalog, Unit("uno"), Unit("dos")) == Merge(kept=2)
    assert catalog.obsolete[0].msgstr == "old"
    again = Catalog.parse(catalog.dumps())
    assert [entry.msgstr for entry in again.entries] == ["one", "two"]
    assert catalog.dumps().endswith(b"# the end\n")


words = st.sampled_from(
    [
        "la",
        "feria",
        "abre",
        "el",
        "lunes",
        "martes",
        "plaza",
        "música",
        "libre",
        "mañana",
        "<b1>hoy</b1>",
        "ñu",
    ]
)
sentences = st.lists(words, min_size=1, max_size=12).map(" ".join)
articles = st.lists(sentences, max_size=8, unique=True).map(
    lambda texts: tuple(map(Unit, texts))
)
work = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _randomly_worked(catalog: Catalog, rnd: random.Random) -> None:
    for number, entry in enumerate(catalog.entries):
        match rnd.randrange(5):
            case 0:
                entry.translate(f"T{number}-{rnd.random()}")
            case 1:
                entry.fill(f"M{number}-{rnd.random()}", origin=Origin.MT, mt="e")
            case 2 if entry.msgstr:
                entry.approve(by="Ana")
            case 3:
                entry.set_notes([f"N{number}-{rnd.random()}"])


def _everything(catalog: Catalog) -> tuple[set[str], set[str]]:
    entries = [*catalog.entries, *catalog.obsolete]
    texts = {entry.msgstr for entry in entries if entry.msgstr}
    return texts, {note for entry in entries for note in entry.notes}


@given(versions=st.lists(articles, min_size=1, max_size=5), seed=st.integers(0, 999))
@work
def test_nothing_is_ever_lost_and_twice_is_once(
    versions: list[tuple[Unit, ...]], seed: int, tmp_path: Path
) -> None:
    rnd = random.Random(seed)
    catalog = new_catalog()
    for units in versions:
        texts, notes = _everything(catalog)
        catalog.merge(units, article=ARTICLE)
        assert [entry.key for entry in catalog.entries] == [unit.key for unit in units]
        kept, kept_notes = _everything(catalog)
        assert notes <= kept_notes
        assert texts <= kept
        once = catalog.dumps()
        catalog = Catalog.parse(once)
        assert catalog.merge(units, article=ARTICLE) == Merge(kept=len(units))
        assert catalog.dumps() == once
        _randomly_worked(catalog, rnd)
    path = tmp_path / "x.po"
    catalog.save(path)
    if shutil.which("msgfmt"):
        check = ["msgfmt", "--check", "-o", "/dev/null", path]
        run = subprocess.run(check, capture_output=True, check=False)
        assert (run.returncode, run.stderr) == (0, b"")


@given(before=articles, after=articles, seed=st.integers(0, 999))
@work
def test_there_and_back_restores_every_decision(
    before: tuple[Unit, ...], after: tuple[Unit, ...], seed: int
) -> None:
    catalog = new_catalog()
    catalog.merge(before, article=ARTICLE)
    _randomly_worked(catalog, random.Random(seed))
    states = {entry.key: (entry.state, entry.msgstr) for entry in catalog.entries}
    catalog = Catalog.parse(catalog.dumps())
    catalog.merge(after, article=ARTICLE)
    catalog = Catalog.parse(catalog.dumps())
    catalog.merge(before, article=ARTICLE)
    now = {entry.key: (entry.state, entry.msgstr) for entry in catalog.entries}
    for key, (state, msgstr) in states.items():
        if msgstr:
            assert now[key] == (state, msgstr)

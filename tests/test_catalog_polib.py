"""The bridge to polib: what goes over comes back, and a script's change touches its own lines."""

from __future__ import annotations

import gettext
import random
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.catalog import Catalog, Entry
from l10n.errors import CatalogError
from l10n.model import Origin, State, Unit
from tests.test_catalog_grammar import randoms, with_randoms, write

UNITS = (
    Unit("One <a1>link</a1>\nand more", notes=("for the author", "and more")),
    Unit("Two", "meta:title"),
    Unit("Three"),
    Unit("Four stalls are open"),
    Unit("Five"),
)
EVERYTHING = b"""# Translators: nobody
msgid ""
msgstr ""
"Language: es\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# a note
#no space

#. kind: paragraph
#: es/feria.html \xe2\x81\xa8with spaces.html\xe2\x81\xa9 a.c:1
#, no-wrap
#= fuzzy
#| msgctxt "old"
#| msgid "before"
#| msgid_plural "befores"
msgctxt ""
msgid "a"
msgid_plural "b"
msgstr[0] "c"
msgstr[1] "d"

#
msgid "wrapped "
"text"
msgstr ""
"texto "
"partido"

#~| msgid "g"
#~ msgid "gone"
#~ msgstr "ido"
# the end
"""


def article() -> Catalog:
    """A catalog as the desk writes it, with entries in every state."""
    catalog = Catalog.new(None, source="en", target="es", article="en/with space.html")
    catalog.merge((*UNITS, Unit("Gone")), article="en/with space.html")
    linked, title, three, four, _five, gone = catalog.entries
    linked.fill("Un <a1>enlace</a1>\ny más", origin=Origin.MT, mt="argos:1", band="good")
    title.translate("Dos")
    title.approve(by="Ana María")
    title.set_notes(["a note", "another"])
    three.translate("Tres")
    four.translate("Cuatro casetas abren")
    gone.translate("Ido")
    catalog.merge(
        (*UNITS[:3], Unit("Four stalls and a half are open"), UNITS[4]),
        article="en/with space.html",
    )
    assert (
        catalog.find("Four stalls and a half are open").previous_msgid == "Four stalls are open"
    )
    return catalog


def meaning(entry: Entry) -> tuple[object, ...]:
    snapshot = entry.snapshot()
    stamps = [line for line in snapshot.lines if line.startswith("# l10n:")]
    previous = (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural)
    source = (entry.extracted, entry.references, sorted(entry.flags), previous)
    return entry.key, entry.msgid_plural, snapshot.msgstrs, entry.obsolete, stamps, source


def meanings(catalog: Catalog) -> list[tuple[object, ...]]:
    return [meaning(entry) for entry in (*catalog.entries, *catalog.obsolete)]


def test_a_catalog_of_the_desk_comes_back_byte_for_byte() -> None:
    catalog = article()
    back = Catalog.from_polib(catalog.to_polib())
    assert back.dumps() == catalog.dumps()
    assert [entry.state for entry in back.entries] == [entry.state for entry in catalog.entries]


def test_polib_sees_what_stands_in_the_catalog() -> None:
    file = Catalog.parse(EVERYTHING, Path("es.po")).to_polib()
    plural, wrapped, gone = file
    assert file.fpath == "es.po"
    assert file.header == "Translators: nobody"
    assert file.metadata["Language"] == "es"
    assert plural.msgctxt == ""
    assert plural.msgstr_plural == {0: "c", 1: "d"}
    assert plural.tcomment == "a note\nno space"
    assert plural.comment == "kind: paragraph"
    assert plural.occurrences == [("es/feria.html", ""), ("with spaces.html", ""), ("a.c", "1")]
    assert plural.flags == ["fuzzy", "no-wrap"]
    assert plural.fuzzy
    assert plural.previous_msgctxt == "old"
    assert plural.previous_msgid == "before"
    assert plural.previous_msgid_plural == "befores"
    assert wrapped.msgstr == "texto partido"
    assert (gone.obsolete, gone.msgstr) == (True, "ido")


def test_what_a_script_leaves_alone_keeps_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_bytes(EVERYTHING)
    file = Catalog.load(path).to_polib()
    assert Catalog.from_polib(file, path).save() is False
    plural, _wrapped, gone = file
    plural.msgstr_plural[1] = "D"
    gone.msgstr = "ida"
    assert Catalog.from_polib(file, path).save() is True
    assert path.read_bytes() == EVERYTHING.replace(b'"d"', b'"D"').replace(b'"ido"', b'"ida"')


def test_a_changed_comment_changes_no_text(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_bytes(EVERYTHING)
    file = Catalog.load(path).to_polib()
    file[0].flags.remove("fuzzy")
    file[1].tcomment = "seen"
    catalog = Catalog.from_polib(file, path)
    catalog.save()
    assert path.read_bytes().endswith(EVERYTHING[EVERYTHING.index(b'msgid "wrapped') :])
    assert b'msgstr[1] "d"\n\n# seen\nmsgid "wrapped "\n' in path.read_bytes()
    assert catalog.entries[0].flags == {"no-wrap"}
    assert catalog.entries[0].notes == ("a note", "no space")


def test_entries_come_and_go_with_a_script(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    article().save(path)
    file = Catalog.load(path).to_polib()
    file.remove(file.find("Three"))
    file.append(polib.POEntry(msgid="Six", msgstr="Seis", flags=["fuzzy"]))
    file.find("Two").obsolete = True
    file.metadata["Language-Team"] = "Spanish"
    catalog = Catalog.from_polib(file, path)
    catalog.save()
    again = Catalog.load(path)
    assert again.find("Three") is None
    assert again.entries[-1].state is State.DRAFT
    assert next(entry.msgid for entry in again.obsolete) == "Two"
    assert again.header["Language-Team"] == "Spanish"


def test_a_review_holds_until_its_text_is_changed_in_a_script() -> None:
    file = article().to_polib()
    assert Catalog.from_polib(file).find("Two", "meta:title").state is State.REVIEWED
    file.find("Two").msgstr = "Dos y medio"
    assert Catalog.from_polib(file).find("Two", "meta:title").state is State.TRANSLATED


def test_a_file_that_polib_read_becomes_a_catalog(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    article().save(path)
    expected = meanings(Catalog.load(path))
    assert meanings(Catalog.from_polib(polib.pofile(str(path)), path)) == expected


def test_one_message_twice_is_refused() -> None:
    file = polib.POFile()
    file.metadata = {"Language": "es"}
    file.extend([polib.POEntry(msgid="a", msgstr="1"), polib.POEntry(msgid="a", msgstr="2")])
    with pytest.raises(CatalogError, match="already stands"):
        Catalog.from_polib(file)


@pytest.mark.parametrize("field", ["tcomment", "comment", "msgstr", "msgid", "msgctxt"])
def test_any_text_of_a_script_can_be_written(field: str) -> None:
    text = 'a\r\nb "c" \\ \x00\x04 \ud800 \u2028 d\n'
    file = polib.POFile()
    file.append(polib.POEntry(**{"msgid": "a", "msgstr": "b", field: text}))
    catalog = Catalog.from_polib(file)
    assert meanings(Catalog.parse(catalog.dumps())) == meanings(catalog)


def test_a_place_with_a_line_break_is_refused() -> None:
    file = polib.POFile()
    file.append(polib.POEntry(msgid="a", msgstr="b", occurrences=[("x\ny", "")]))
    with pytest.raises(CatalogError, match="text outside quotes"):
        Catalog.from_polib(file)


@given(rnd=randoms, odd=st.booleans())
@settings(with_randoms, max_examples=300)
def test_any_catalog_goes_over_and_comes_back(rnd: random.Random, odd: bool) -> None:
    data = write(rnd, odd=odd)
    catalog = Catalog.parse(data)
    back = Catalog.from_polib(catalog.to_polib())
    assert meanings(Catalog.parse(back.dumps())) == meanings(catalog)
    assert back.counts() == catalog.counts()


@given(rnd=randoms, odd=st.booleans())
@settings(with_randoms, max_examples=300)
def test_going_over_and_back_changes_no_byte(
    rnd: random.Random, odd: bool, tmp_path: Path
) -> None:
    path = tmp_path / "random.po"
    path.write_bytes(write(rnd, odd=odd))
    assert Catalog.from_polib(Catalog.load(path).to_polib(), path).save() is False


def test_programs_read_the_finished_translations(tmp_path: Path) -> None:
    catalog = article()
    catalog.write_mo(tmp_path / "es.mo")
    with (tmp_path / "es.mo").open("rb") as stream:
        messages = gettext.GNUTranslations(stream)
    assert messages.pgettext("meta:title", "Two") == "Dos"
    assert messages.gettext("Three") == "Tres"
    draft = catalog.entries[0].msgid
    assert messages.gettext(draft) == draft
    assert messages.info()["language"] == "es"

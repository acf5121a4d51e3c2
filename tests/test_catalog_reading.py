"""What the strict reader takes, what it refuses, and with which words."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import polib
import pytest

from l10n.catalog import Catalog
from l10n.errors import CatalogError
from l10n.model import Counts, State

HEADER = b'msgid ""\nmsgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
FIRST = HEADER.count(b"\n") + 1
"""Line of what follows the header."""

needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no msgfmt here")


def msgfmt(data: bytes, folder: Path) -> bool:
    path = folder / "probe.po"
    path.write_bytes(data)
    run = subprocess.run(["msgfmt", "-o", "/dev/null", path], capture_output=True, check=False)
    return run.returncode == 0


DAMAGED = {
    # name: (what follows the header, line counted from there, part of the message)
    "unterminated string": (b'msgid "a\nmsgstr "b"\n', 1, "does not end on its line"),
    "unterminated msgstr": (b'msgid "a"\nmsgstr "b\n', 2, "does not end on its line"),
    "unterminated at the end": (b'msgid "a"\nmsgstr "b', 2, "does not end on its line"),
    "unterminated by an escape": (b'msgid "a"\nmsgstr "b\\"\n', 2, "does not end on its line"),
    "no opening quote": (b'msgid "a"\nmsgstr b"\n', 2, "msgstr without a text in quotes"),
    "text before the quote": (b'msgid "a"\nmsgstr * (b)"\n', 2, "text outside quotes: * (b)"),
    "text after the quote": (b'msgid "a"\nmsgstr "b"c\n', 2, "text outside quotes: c"),
    "quote inside": (b'msgid "a"\nmsgstr "b "c" d"\n', 2, "text outside quotes: c"),
    "typographic quotes": ("msgid “a”\nmsgstr “b”\n".encode(), 1, "text outside quotes: “a”"),
    "line of garbage": (b'msgid "a"\nmsgstr "b"\n@@ -1 @@\n', 3, "outside quotes: @@ -1 @@"),
    "merge conflict": (b'<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\n', 1, "<<<<<<< HEAD"),
    "marks of msgcat": (
        b'msgid "a"\nmsgstr ""\n"#-#-#-#-#  a.po (x 1)  #-#-#-#-#\\n"\n"b\\n"\n',
        3,
        "msgcat could not choose between: #-#-#-#-#  a.po (x 1)",
    ),
    "marks of msgcat, wrapped otherwise": (
        b'msgid "a"\nmsgstr "b\\n#-#-#-#-#  a.po  #-#-#-#-#\\nc"\n',
        2,
        "msgcat could not choose",
    ),
    "marks of msgcat in an old entry": (
        b'#~ msgid "a"\n#~ msgstr "#-#-#-#-#  a.po  #-#-#-#-#\\n"\n#~ "b"\n',
        2,
        "msgcat could not choose",
    ),
    "word of garbage": (b'msgid "a"\nmsgstr "b"\nhello\n', 3, "text outside quotes: hello"),
    "string of nobody": (b'# x\n"a"\nmsgid "a"\n', 2, "belongs to no keyword"),
    "misspelt keyword": (b'msgid "a"\nmsgstring "b"\n', 2, "text outside quotes: msgstring"),
    "keyword in capitals": (b'MSGID "a"\nMSGSTR "b"\n', 1, "text outside quotes: MSGID"),
    "bad escape": (b'msgid "a"\nmsgstr "b\\q"\n', 2, "\\q is no escape"),
    "bad hexadecimal escape": (b'msgid "a"\nmsgstr "b\\xg"\n', 2, "\\x is no escape"),
    "windows path": (b'msgid "a"\nmsgstr "C:\\Users"\n', 2, "\\U is no escape"),
    "escape that is no UTF-8": (b'msgid "a"\nmsgstr "\\303"\n', 2, "make no UTF-8"),
    "context separator": (b'msgid "a"\nmsgstr "b\x04"\n', 2, "NUL or EOT"),
    "escaped context separator": (b'msgid "a"\nmsgstr "b\\004"\n', 2, "NUL or EOT"),
    "escaped NUL": (b'msgid "a"\nmsgstr "b\\000"\n', 2, "NUL"),
    "duplicate": (
        b'msgid "a"\nmsgstr "b"\n\nmsgid ""\n"a"\nmsgstr "c"\n',
        4,
        "the same message already stands on line 4",
    ),
    "duplicate with context": (
        b'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgctxt "x"\nmsgid "a"\nmsgstr "c"\n',
        6,
        "already stands on line 5",
    ),
    "obsolete duplicate": (
        b'msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n',
        4,
        "already stands on line 4",
    ),
    "two headers": (b'msgid ""\nmsgstr "Language: en\\n"\n', 1, "already stands on line 1"),
    "msgstr without msgid": (b'msgstr "b"\n', 1, "msgstr without msgid"),
    "plural without msgid": (b'msgid_plural "b"\n', 1, "msgid_plural without msgid"),
    "msgctxt alone": (b'msgctxt "b"\nmsgstr "c"\n', 2, "msgstr without msgid"),
    "msgctxt at the end": (b'msgctxt "b"\n', 2, "a msgctxt without msgid"),
    "msgid without msgstr": (
        b'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n',
        1,
        "a msgid without msgstr",
    ),
    "msgid at the end": (b'msgid "a"\n', 1, "a msgid without msgstr"),
    "comment inside": (b'msgid "a"\n# hm\nmsgstr "b"\n', 1, "a msgid without msgstr"),
    "two msgstr": (b'msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 3, "msgstr without msgid"),
    "msgstr of a plural without number": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n',
        3,
        "needs msgstr[0]",
    ),
    "plural msgstr of a singular": (b'msgid "a"\nmsgstr[0] "b"\n', 2, "without msgid_plural"),
    "plural from one": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n',
        3,
        "not numbered 0, 1, 2",
    ),
    "plural with a gap": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"\n',
        3,
        "not numbered 0, 1, 2",
    ),
    "plural with a gap, spaced": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr [0] "c"\nmsgstr [2] "d"\n',
        4,
        "not numbered 0, 1, 2",
    ),
    "second domain": (b'domain "x"\nmsgid "a"\nmsgstr "b"\n', 1, "one domain"),
    "plural number without bracket": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[0 "c"\n',
        3,
        "text outside quotes: [0",
    ),
    "half obsolete": (b'#~ msgid "a"\nmsgstr "b"\n', 2, "only some lines"),
    "half obsolete string": (b'#~ msgid "a"\n#~ msgstr "b"\n"c"\n', 3, "only some lines"),
    "broken previous": (b'#| msgid "a\nmsgid "b"\nmsgstr "c"\n', 1, "does not end on its line"),
    "previous then comment": (
        b'#| msgid "a"\n# hm\nmsgid "b"\nmsgstr "c"\n',
        2,
        "right before their message",
    ),
    "previous of nothing": (b'#| msgid "a"\n', 2, "right before their message"),
    "previous without msgid": (b'#| msgctxt "a"\nmsgid "b"\nmsgstr "c"\n', 2, "previous msgid"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_refused_with_its_line(name: str, tmp_path: Path) -> None:
    body, line, message = DAMAGED[name]
    path = tmp_path / "damaged.po"
    path.write_bytes(HEADER + body)
    with pytest.raises(CatalogError) as caught:
        Catalog.load(path)
    error = caught.value
    assert message in error.message
    assert error.line == FIRST + line - 1
    assert str(error).startswith(f"{path}:{error.line}: ")
    assert path.read_bytes() == HEADER + body


STRICTER = {
    "marks of msgcat",
    "marks of msgcat, wrapped otherwise",
    "marks of msgcat in an old entry",
    "escape that is no UTF-8",
    "escaped NUL",
    "second domain",
}
"""What msgfmt takes though nobody could read it, or it is no catalog of ours."""


@needs_gettext
@pytest.mark.parametrize("name", sorted(set(DAMAGED) - STRICTER))
def test_damage_is_refused_by_msgfmt_too(name: str, tmp_path: Path) -> None:
    assert not msgfmt(HEADER + DAMAGED[name][0], tmp_path)


ENCODINGS = {
    "byte order mark": (b"\xef\xbb\xbf" + HEADER, 1, "byte order mark"),
    "UTF-16": ('msgid "a"\n'.encode("utf-16"), 1, "byte order mark"),
    "ISO-8859-1 declared": (
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-1\\n"\n',
        3,
        "declares the charset ISO-8859-1",
    ),
    "ISO-8859-1 used": (HEADER + b'msgid "a"\nmsgstr "ma\xf1ana"\n', FIRST + 1, "0xf1"),
    "cut in a character": (HEADER + 'msgid "a"\nmsgstr "ñ'.encode()[:-1], FIRST + 1, "0xc3"),
    "surrogates": (HEADER + b'msgid "a"\nmsgstr "\xed\xa0\x80"\n', FIRST + 1, "0xed"),
    "NUL": (HEADER + b'msgid "a"\nmsgstr "\0"\n', FIRST + 1, "NUL"),
    "machine catalog": (b"\xde\x12\x04\x95\0\0\0\0", 1, "NUL"),
    "far into a large file": (
        HEADER + b'msgid "a"\nmsgstr "' + b"\xc3\xb1" * 100_000 + b'\xf1"\n',
        FIRST + 1,
        "0xf1",
    ),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_wrong_encoding_is_refused(name: str) -> None:
    data, line, message = ENCODINGS[name]
    with pytest.raises(CatalogError) as caught:
        Catalog.parse(data)
    assert message in caught.value.message
    assert caught.value.line == line


def test_text_about_charsets_declares_none() -> None:
    body = b'msgid "Content-Type: text/html; charset=iso-8859-1"\nmsgstr "charset=latin1"\n'
    assert Catalog.parse(HEADER + body).counts().translated == 1
    assert Catalog.parse(body).counts().translated == 1


def test_marked_file_says_how_to_clean_it(tmp_path: Path) -> None:
    path = tmp_path / "marked file.po"
    path.write_bytes(ENCODINGS["byte order mark"][0])
    with pytest.raises(CatalogError) as caught:
        Catalog.load(path)
    subprocess.run(caught.value.hint, shell=True, check=True)
    assert path.read_bytes() == HEADER
    assert Catalog.load(path).target_locale == "es"


def test_latin_catalog_says_how_to_convert_it(tmp_path: Path) -> None:
    path = tmp_path / "la tin.po"
    path.write_bytes(ENCODINGS["ISO-8859-1 declared"][0])
    with pytest.raises(CatalogError) as caught:
        Catalog.load(path)
    assert caught.value.hint == f"msgconv -t UTF-8 -o '{path}' '{path}'"


@pytest.mark.parametrize(
    ("kind", "message"), [("missing", "No such file"), ("folder", "directory")]
)
def test_unreadable_path_is_one_line(kind: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    if kind == "folder":
        path.mkdir()
    with pytest.raises(CatalogError, match=message):
        Catalog.load(path)


VALID = {
    # name: (what follows the header, msgid, msgstrs, state)
    "plain": (b'msgid "a"\nmsgstr "b"\n', "a", ("b",), State.TRANSLATED),
    "wrapped": (
        b'msgid ""\n"a "\n"b"\nmsgstr ""\n"c"\n"d"\n',
        "a b",
        ("cd",),
        State.TRANSLATED,
    ),
    "empty in pieces": (b'msgid "a"\nmsgstr ""\n""\n', "a", ("",), State.UNTRANSLATED),
    "one line": (b'msgid "a" msgstr "b" "c"\n', "a", ("bc",), State.TRANSLATED),
    "no spaces": (b'msgid"a"\nmsgstr"b"\n', "a", ("b",), State.TRANSLATED),
    "indented": (b' \tmsgid "a"\n\n  msgstr\n  "b"\n', "a", ("b",), State.TRANSLATED),
    "blank between strings": (
        b'msgid "a"\nmsgstr "b"\n\n"c"\n',
        "a",
        ("bc",),
        State.TRANSLATED,
    ),
    "blank between forms": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n\nmsgstr[1] "d"\n',
        "a",
        ("c", "d"),
        State.TRANSLATED,
    ),
    "spaced index": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr [ 0 ] "c"\nmsgstr[1] ""\n',
        "a",
        ("c", ""),
        State.UNTRANSLATED,
    ),
    "no final newline": (b'msgid "a"\nmsgstr "b"', "a", ("b",), State.TRANSLATED),
    "no final newline, wrapped": (b'msgid "a"\nmsgstr ""\n"b"', "a", ("b",), State.TRANSLATED),
    "windows lines": (b'#, fuzzy\r\nmsgid "a"\r\nmsgstr "b"\r\n', "a", ("b",), State.DRAFT),
    "mixed lines": (b'msgid ""\r\n"a"\nmsgstr ""\n"b"\r\n', "a", ("b",), State.TRANSLATED),
    "escapes": (
        b'msgid "a"\nmsgstr "\\a\\b\\f\\n\\r\\t\\v\\\\\\"."\n',
        "a",
        ('\a\b\f\n\r\t\v\\".',),
        State.TRANSLATED,
    ),
    "escaped bytes": (b'msgid "a"\nmsgstr "\\303\\251\\x41"\n', "a", ("éA",), State.TRANSLATED),
    "character cut by a line": (
        b'msgid "a"\nmsgstr "\\303"\n"\\251"\n',
        "a",
        ("é",),
        State.TRANSLATED,
    ),
    "backslash before n": (b'msgid "a"\nmsgstr "\\\\n"\n', "a", ("\\n",), State.TRANSLATED),
    "fuzzy": (b'#, fuzzy\nmsgid "a"\nmsgstr "b"\n', "a", ("b",), State.DRAFT),
    "fuzzy among flags": (
        b'#, c-format,fuzzy\nmsgid "a"\nmsgstr "b"\n',
        "a",
        ("b",),
        State.DRAFT,
    ),
    "fuzzy of gettext 1.0": (b'#= fuzzy\nmsgid "a"\nmsgstr "b"\n', "a", ("b",), State.DRAFT),
    "fuzzy after other flags": (
        b'#, no-wrap\n#= fuzzy\nmsgid "a"\nmsgstr "b"\n',
        "a",
        ("b",),
        State.DRAFT,
    ),
    "fuzzy and empty": (b'#, fuzzy\nmsgid "a"\nmsgstr ""\n', "a", ("",), State.UNTRANSLATED),
    "flag like fuzzy": (
        b'#, fuzzyish, no-fuzzy\nmsgid "a"\nmsgstr "b"\n',
        "a",
        ("b",),
        State.TRANSLATED,
    ),
    "fuzzy in a note": (
        b'# , fuzzy\n# fuzzy\nmsgid "a"\nmsgstr "b"\n',
        "a",
        ("b",),
        State.TRANSLATED,
    ),
    "fuzzy of the obsolete one before": (
        b'#, fuzzy\n#~ msgid "z"\n#~ msgstr "y"\nmsgid "a"\nmsgstr "b"\n',
        "a",
        ("b",),
        State.TRANSLATED,
    ),
    "comment behind a string": (
        b'msgid "a"\nmsgstr "b" #, fuzzy\n\nmsgid "c"\nmsgstr "d"\n',
        "a",
        ("b",),
        State.TRANSLATED,
    ),
    "previous": (
        b'#, fuzzy\n#| msgctxt "x"\n#| msgid "o"\n#| msgid_plural "p"\nmsgid "a"\nmsgstr "b"\n',
        "a",
        ("b",),
        State.DRAFT,
    ),
    "plural form missing": (
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] "c"\n',
        "a",
        ("", "c"),
        State.UNTRANSLATED,
    ),
    "unusual blanks": (b'\x0c\n\x0bmsgid "a"\nmsgstr "b"\n', "a", ("b",), State.TRANSLATED),
    "control characters": (
        b'msgid "a\x01"\nmsgstr "b\x1b"\n',
        "a\x01",
        ("b\x1b",),
        State.TRANSLATED,
    ),
    "line separators": (
        'msgid "a\u2028"\nmsgstr "b\x85"\n'.encode(),
        "a\u2028",
        ("b\x85",),
        State.TRANSLATED,
    ),
    "keywords in text": (
        b'msgid "msgid \\"x\\""\nmsgstr "#~ msgstr[0]"\n',
        'msgid "x"',
        ("#~ msgstr[0]",),
        State.TRANSLATED,
    ),
    "empty message with a context": (
        b'msgctxt "a"\nmsgid ""\nmsgstr "b"\n',
        "",
        ("b",),
        State.TRANSLATED,
    ),
}


@pytest.mark.parametrize("name", VALID)
def test_valid_layouts_are_read(name: str) -> None:
    body, msgid, msgstrs, state = VALID[name]
    catalog = Catalog.parse(HEADER + body)
    entry = catalog.entries[0]
    assert (entry.msgid, entry.state, entry.msgstrs) == (msgid, state, msgstrs)
    assert entry.state == state, "the state is another once the entry is decoded"
    assert catalog.dumps() == HEADER + body
    assert Catalog.parse(HEADER + body).counts() == catalog.counts()


@needs_gettext
@pytest.mark.parametrize("name", VALID)
def test_valid_layouts_are_taken_by_msgfmt(name: str, tmp_path: Path) -> None:
    assert msgfmt(HEADER + VALID[name][0], tmp_path)


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize(
    "before", [b"", b'msgid "0"\nmsgstr "x"', b'msgid "0"\nmsgstr "x"\n\n']
)
def test_a_note_on_any_layout_changes_nothing_else(name: str, before: bytes) -> None:
    body, msgid, msgstrs, state = VALID[name]
    catalog = Catalog.parse(HEADER + before + b" " + body)
    entry = catalog.find(msgid, catalog.entries[-1].msgctxt)
    assert entry is not None
    entry.set_notes(["seen"])
    again = Catalog.parse(catalog.dumps())
    assert [one.key for one in again.entries] == [one.key for one in catalog.entries]
    for one, other in zip(again.entries, catalog.entries, strict=True):
        assert (one.msgstrs, one.state, one.notes) == (other.msgstrs, other.state, other.notes)
    assert (entry.msgstrs, entry.state, entry.notes) == (msgstrs, state, ("seen",))
    if before.endswith(b"\n"):
        assert b'"x"\n\n' in catalog.dumps()


def test_comments_are_told_apart() -> None:
    catalog = Catalog.parse(
        HEADER
        + b"# a note\n#\n#  indented\n# l10n: h=0123456789 tm=87\n#. kind: heading\n"
        + "#: es/feria.html \u2068es/la feria.html\u2069\n#, fuzzy, no-wrap\n".encode()
        + b'#| msgctxt "c"\n#| msgid ""\n#| "o"\n#| "ld"\nmsgctxt "attr:alt"\nmsgid "a"\nmsgstr "b"\n'
    )
    (entry,) = catalog.entries
    assert entry.notes == ("a note", "", " indented")
    assert entry.extracted == ("kind: heading",)
    assert entry.references == ("es/feria.html", "es/la feria.html")
    assert entry.flags == {"fuzzy", "no-wrap"}
    assert (entry.previous_msgctxt, entry.previous_msgid) == ("c", "old")
    assert entry.previous_msgid_plural is None
    assert entry.key == ("attr:alt", "a")
    assert entry.line == HEADER.count(b"\n") + 13
    assert entry.stamp is None


def test_obsolete_entries_are_no_live_ones() -> None:
    catalog = Catalog.parse(
        HEADER + b'#~| msgid "older"\n#~ msgid "old"\n#~ msgstr ""\n#~ "viejo"\n'
    )
    assert not catalog.entries
    (entry,) = catalog.obsolete
    assert (entry.msgid, entry.msgstr, entry.obsolete) == ("old", "viejo", True)
    assert entry.previous_msgid == "older"
    assert catalog.find("old") is None
    assert catalog.counts() == Counts(obsolete=1)


def test_header_is_no_entry() -> None:
    catalog = Catalog.parse(
        b'msgid ""\nmsgstr ""\n"Language: es_MX\\n"\n"X-Source-Language: en_GB\\n"\n\n'
        b'#: en/fair.html:12\nmsgid "a"\nmsgstr "b"\n'
    )
    assert catalog.target_locale == "es-MX"
    assert catalog.source_locale == "en-GB"
    assert catalog.article == "en/fair.html"
    assert list(catalog.header) == ["Language", "X-Source-Language"]
    assert catalog.find("") is None
    assert len(catalog.entries) == 1


def test_folded_header_fields_are_read() -> None:
    data = b'msgid ""\nmsgstr "Language-Team: the\\n people\\nLanguage: es\\n"\n'
    assert dict(Catalog.parse(data).header) == {"Language-Team": "the people", "Language": "es"}


def test_catalog_without_header_takes_the_folders_locale(tmp_path: Path) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "x.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "a"\nmsgstr "b"\n')
    catalog = Catalog.load(path)
    assert (catalog.target_locale, catalog.source_locale, catalog.article) == ("es", None, None)
    assert Catalog.parse(b"").counts() == Counts()


def test_plural_forms_of_the_header_are_asked_for() -> None:
    data = (
        b'msgid ""\nmsgstr "Language: pl\\nPlural-Forms: nplurals=3; plural=0;\\n"\n\n'
        b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n'
    )
    (entry,) = Catalog.parse(data).entries
    assert entry.msgstrs == ("c", "d", "")
    assert entry.state is State.UNTRANSLATED
    assert Catalog.parse(data).counts().untranslated == 1


def test_words_are_counted_without_tokens() -> None:
    body = (
        'msgid "See <a1>the\u00a0map</a1> &amp; <code1/> now"\nmsgstr ""\n'
        '#~ msgid "not these"\n#~ msgstr "x"\n'
    )
    assert Catalog.parse(HEADER + body.encode()).counts().words == 5


def test_python_docs_are_read_as_polib_does(tmp_path: Path) -> None:
    archive = Path(os.environ.get("L10N_DATA", ""), "po", "python-docs-es.tar.xz")
    if not archive.is_file():
        pytest.skip("L10N_DATA names no folder with po/python-docs-es.tar.xz")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    damaged = []
    for path in sorted(tmp_path.rglob("*.po")):
        data = path.read_bytes()
        try:
            catalog = Catalog.parse(data, path)
        except CatalogError as error:
            damaged.append(f"{path.name}:{error.line}")
            continue
        counts = catalog.counts()
        assert catalog.dumps() == data
        theirs = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path))}
        for entry in (*catalog.entries, *catalog.obsolete):
            assert entry.msgstrs == tuple(_forms(theirs[entry.key]))
        live = [entry for entry in theirs.values() if not entry.obsolete]
        complete = [all(_forms(entry)) for entry in live]
        assert counts.untranslated == complete.count(False)
        assert counts.draft == sum("fuzzy" in e.flags and all(_forms(e)) for e in live)
        assert counts.obsolete == len(theirs) - len(live)
    assert damaged == ["re.po:2813"]


def _forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]

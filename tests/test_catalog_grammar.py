"""Random catalogs, built from the grammar of PO: our reader, GNU gettext and polib must agree on them."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polib
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from l10n.catalog import Catalog
from l10n.catalog.lexer import read_odd
from l10n.catalog.reader import pieces
from l10n.catalog.source import Source
from l10n.errors import CatalogError
from l10n.model import Counts

T = TypeVar("T")
needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="no msgfmt here")
randoms = st.builds(random.Random, st.integers(0, 2**32 - 1))
with_randoms = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

_HEADER = """msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""
_PARTS = (
    "Hello",
    "mañana",
    "«»",
    "fuzzy",
    "#, fuzzy",
    "msgid",
    'msgstr \\"\\"',
    " ",
    "  ",
    "\\\\",
    '\\"',
    "\\t",
    "\\n",
    "\\n\\n",
    "<a1>x</a1>",
    "\u00a0",
    "e\u0301",
    "#~ ",
    "]",
    "%",
    "{x}",
    "\u2028",
    "\x85",
    "\x0b",
    "日本",
)
_RARE = ("\\a", "\\x41", "\\101", "\\303\\251", "\\r")


class Grammar:
    """Writes a valid catalog, usual or odd in its layout."""

    def __init__(self, rnd: random.Random, *, odd: bool) -> None:
        self.rnd = rnd
        self.odd = odd
        self.number = 0

    def catalog(self) -> bytes:
        entries = [self.entry() for _n in range(self.rnd.randint(0, 7))]
        separators = (self.maybe("\n", 0.9) for _entry in entries)
        body = "".join(s + e for s, e in zip(separators, entries, strict=True))
        text = self.maybe("# Translators: nobody\n#\n#, fuzzy\n", 0.3) + _HEADER + body
        text += self.maybe("\n# the end\n", 0.2)
        if self.odd and self.rnd.random() < 0.3:
            text = text.replace("\n", "\r\n")
        if self.odd and self.rnd.random() < 0.3:
            text = text.rstrip("\n")
        return text.encode()

    def maybe(self, text: str, probability: float) -> str:
        return text if self.rnd.random() < probability else ""

    def entry(self) -> str:
        obsolete = self.rnd.random() < 0.2
        mark = "#~ " if obsolete else ""
        lines = [self.comment() for _n in range(self.rnd.randint(0, 4))]
        flags = [line for line in lines if line.startswith("#,")]
        # Of several `#,` lines msgfmt believes the last one; we believe any that says fuzzy.
        comments = "".join(line for line in lines if line not in flags[1:])
        if self.rnd.random() < 0.2:
            comments += self.message("#~| " if mark else "#| ", translated=False)
        if self.odd:
            comments = comments.replace("\n#:", self.maybe("\n", 0.3) + "\n#:")
        return comments + self.message(mark)

    def comment(self) -> str:
        return self.rnd.choice(
            (
                "# a note\n",
                "#\n",
                "#no space\n",
                "# fuzzy, or so\n",
                "#. kind: paragraph\n",
                "#: es/feria.html\n",
                "#: a.c:1 b.c:2\n",
                "#, fuzzy\n",
                "#, no-wrap, fuzzy\n",
                "#,fuzzy,c-format\n" if self.odd else "#, fuzzy\n",
                "#, python-brace-format\n",
                "# l10n: h=0123456789 reviewed=Ana at=2026-11-24\n",
                '# msgid "x"\n',
            )
        )

    def message(self, mark: str, *, translated: bool = True) -> str:
        self.number += 1
        plural = self.rnd.random() < 0.1
        lines = ""
        if self.rnd.random() < 0.15:
            lines += self.said("msgctxt", self.text(), mark)
        lines += self.said("msgid", f"{self.number} {self.text()}", mark)
        if plural:
            lines += self.said("msgid_plural", self.text() + "s", mark)
        if not translated:
            return lines
        if not plural:
            return lines + self.said("msgstr", self.maybe(self.text(), 0.7), mark)
        filled = self.rnd.random() < 0.7
        for form in range(2):
            lines += self.said(
                f"msgstr[{form}]", f"{form} {self.text()}" if filled else "", mark
            )
        return lines

    def text(self) -> str:
        parts = _PARTS + (_RARE if self.odd else ())
        text = "".join(self.rnd.choice(parts) for _n in range(self.rnd.randint(1, 6)))
        # msgfmt refuses a msgstr that starts or ends with a newline where its msgid does not.
        return re.sub(r"^(?=\\n)|(?<=\\n)$", ".", text)

    def said(self, keyword: str, text: str, mark: str) -> str:
        gap = self.rnd.choice((" ", "", "\t", "  ")) if self.odd else " "
        cuts = re.findall(r"(?:\\x[0-9A-F]{2}|\\[0-7]{3}|\\.|[^\\])", text)
        if len(cuts) < 2 or self.rnd.random() < 0.6:
            return f'{mark}{keyword}{gap}"{text}"\n'
        where = self.rnd.randint(0, len(cuts))
        halves = ["".join(cuts[:where]), "".join(cuts[where:])]
        if self.odd and self.rnd.random() < 0.3 and not mark:
            return f'{keyword} "{halves[0]}" "{halves[1]}"\n'
        return f'{mark}{keyword}{gap}"{halves[0]}"\n{mark}"{halves[1]}"\n'


def write(rnd: random.Random, *, odd: bool = False) -> bytes:
    return Grammar(rnd, odd=odd).catalog()


def msgfmt_counts(data: bytes, folder: Path) -> tuple[int, int, int] | None:
    """Translated, fuzzy, untranslated as msgfmt counts them; None when it refuses the file."""
    path = folder / "random.po"
    path.write_bytes(data)
    run = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", path],
        capture_output=True,
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    # A line break at one end of a message only is bad style to us and an error to msgfmt.
    assume(b"do not both" not in run.stderr)
    if run.returncode:
        return None
    last = run.stderr.decode().strip().splitlines()[-1]
    numbers = (re.search(rf"(\d+) {word}", last) for word in ("trans", "fuzzy", "untrans"))
    translated, fuzzy, untranslated = (int(match[1]) if match else 0 for match in numbers)
    return translated, fuzzy, untranslated


def triple(counts: Counts) -> tuple[int, int, int]:
    return counts.translated, counts.draft, counts.untranslated


def attempt(read: Callable[[bytes], T], data: bytes) -> tuple[T | None, CatalogError | None]:
    try:
        return read(data), None
    except CatalogError as error:
        return None, error


@needs_gettext
@given(rnd=randoms, odd=st.booleans())
@settings(with_randoms, max_examples=200)
def test_counts_are_those_of_msgfmt(rnd: random.Random, odd: bool, tmp_path: Path) -> None:
    data = write(rnd, odd=odd)
    expected = msgfmt_counts(data, tmp_path)
    assert expected is not None, "the grammar wrote something msgfmt refuses"
    assert triple(Catalog.parse(data).counts()) == expected


@given(rnd=randoms, odd=st.booleans())
@with_randoms
def test_an_unchanged_catalog_keeps_every_byte(rnd: random.Random, odd: bool) -> None:
    data = write(rnd, odd=odd)
    assert Catalog.parse(data).dumps() == data


@given(rnd=randoms, odd=st.booleans())
@with_randoms
def test_a_change_touches_no_other_entry(rnd: random.Random, odd: bool) -> None:
    data = write(rnd, odd=odd)
    catalog = Catalog.parse(data)
    if not catalog.entries:
        return
    changed = rnd.choice(catalog.entries)
    changed.translate("Otra cosa, ¿no?")
    again = Catalog.parse(catalog.dumps())
    assert [entry.key for entry in again.entries] == [entry.key for entry in catalog.entries]
    for mine, read in zip(catalog.entries, again.entries, strict=True):
        assert (read.msgstrs, read.notes, read.flags) == (mine.msgstrs, mine.notes, mine.flags)
        if mine is not changed:
            assert mine.render().strip() == read.render().strip()


@given(rnd=randoms)
@with_randoms
def test_pattern_and_lexer_read_alike(rnd: random.Random) -> None:
    data = write(rnd)
    source = Source(data)
    catalog = Catalog.parse(data)
    entries = {entry.key: entry for entry in (*catalog.entries, *catalog.obsolete)}
    for found, obsolete, msgctxt, msgid in pieces(source):
        start, end = (found.start, found.end) if not hasattr(found, "span") else found.span()
        odd = read_odd(source, start)
        assert odd is not None
        assert (odd.end, odd.obsolete) == (end, obsolete)
        assert (odd.msgctxt, odd.msgid) == (msgctxt, msgid)
        entry = entries.get((msgctxt, msgid))
        if entry is not None:
            assert odd.msgstrs == entry.msgstrs
            lines = [line for line in entry.snapshot().lines if line]
            assert [line for line in odd.lines if line] == lines


@given(rnd=randoms)
@with_randoms
def test_polib_reads_the_same(rnd: random.Random, tmp_path: Path) -> None:
    # polib stops at continued `#|` lines and at `#note`, and forgets `#~|`.
    data = re.sub(rb"(?m)^#(?:~?\||no).*\n", b"", write(rnd))
    catalog = Catalog.parse(data)
    path = tmp_path / "random.po"
    path.write_bytes(data)
    theirs = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(path), encoding="utf-8")}
    ours = {entry.key: entry for entry in (*catalog.entries, *catalog.obsolete)}
    assert set(ours) == set(theirs)
    for key, entry in ours.items():
        forms = tuple(theirs[key].msgstr_plural.values()) or (theirs[key].msgstr,)
        assert entry.msgstrs == forms
        assert entry.flags == set(theirs[key].flags)
        assert entry.obsolete == bool(theirs[key].obsolete)


@given(rnd=randoms, text=st.text(max_size=60))
@with_randoms
def test_what_is_written_is_read_back_by_everybody(
    rnd: random.Random, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "written.po"
    catalog = Catalog.parse(_HEADER.encode() + b'\nmsgid "x"\nmsgstr ""\n', path)
    catalog.entries[0].save_draft(text)
    wanted = catalog.entries[0].msgstr
    catalog.save(overwrite=True)
    assert Catalog.load(path).entries[0].msgstr == wanted
    assert polib.pofile(str(path), encoding="utf-8")[0].msgstr == wanted


@needs_gettext
@given(rnd=randoms, odd=st.booleans())
@with_randoms
def test_damage_that_msgfmt_finds_is_found(
    rnd: random.Random, odd: bool, tmp_path: Path
) -> None:
    data = bytearray(write(rnd, odd=odd))
    for _n in range(rnd.randint(1, 2)):
        where = rnd.randrange(len(data))
        kind = rnd.randrange(3)
        if kind == 0:
            del data[where]
        elif kind == 1:
            data.insert(where, rnd.choice(b'"\\\n#~| msgid[]0'))
        else:
            line_end = data.find(b"\n", where) + 1 or len(data)
            del data[data.rfind(b"\n", 0, where) + 1 : line_end]
    damaged = bytes(data)
    expected = msgfmt_counts(damaged, tmp_path)
    ours, error = attempt(Catalog.parse, damaged)
    if error is not None:
        assert 1 <= (error.line or 0) <= damaged.count(b"\n") + 1
        return
    assert expected is not None, "accepted what msgfmt refuses"
    assert ours is not None

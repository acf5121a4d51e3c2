"""Tables for spreadsheets and `.mo` for programs: what goes out, and what comes back of it."""

from __future__ import annotations

import csv
import gettext
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n import desk
from l10n.catalog import Catalog
from l10n.errors import L10nError
from l10n.exchange.answers import Acceptance, Effect
from l10n.model import Origin, State, Unit
from l10n.text.delimited import defuse, restore
from tests.conftest import Run

TEXTS = {
    "Abre el <a1>sábado</a1>.": "Opens on <a1>Saturday</a1>.",
    "=1+1 es «dos»; no 3": "=1+1 is “two”; not 3",
    'Dos líneas\ny "comillas"': 'Two lines\nand "quotes"',
    "Hay 42 casetas.": "",
    "AT&amp;T &lt;a1>": "AT&amp;T &lt;a1>",
}


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    path = tmp_path / "locales/en/LC_MESSAGES/feria.po"
    catalog = Catalog.new(path, source="es", target="en", article="es/feria.html")
    catalog.merge([Unit(text) for text in TEXTS], article="es/feria.html")
    for entry in catalog.entries:
        entry.translate(TEXTS[entry.msgid])
    catalog.entries[0].approve(by="Ana")
    catalog.entries[1].fill(catalog.entries[1].msgstr, origin=Origin.MT, mt="argos:x")
    catalog.save()
    (tmp_path / "l10n.toml").write_text('source = "es"\ntargets = ["en"]\n')
    return path


def table_of(catalog: Path, separator: str = ",") -> str:
    (document,) = desk.export_tables([catalog], separator=separator)
    return document.text


def rows(text: str, separator: str = ",") -> list[dict[str, str]]:
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return list(csv.DictReader(lines, delimiter=separator))


def taken(catalog: Path, table: bytes) -> dict[str, Effect]:
    path = catalog.parent.parent / "table.csv"
    path.write_bytes(table)
    (result,) = desk.import_tables([path], catalogs=[catalog])
    return {
        change.text: change.effect
        for change in result.changes
        if change.effect is not Effect.SAME
    }


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_that_nobody_touched_changes_nothing(
    fair: Path, separator: str, encoding: str
) -> None:
    before = fair.read_bytes()
    text = table_of(fair, separator).removeprefix("\ufeff")
    assert taken(fair, text.encode(encoding)) == {}
    assert fair.read_bytes() == before


def test_what_a_spreadsheet_would_compute_is_text(fair: Path) -> None:
    row = rows(table_of(fair))[1]
    assert row["source"].startswith("'=1+1")
    assert row["target"].startswith("'=1+1")


@given(st.text("'=+-@\t\r＝a", max_size=5))
def test_a_defused_cell_comes_back(cell: str) -> None:
    assert restore(defuse(cell)) == cell
    assert not defuse(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_a_cell_filled_in_is_a_translation(fair: Path) -> None:
    text = table_of(fair)
    row = next(row for row in rows(text) if not row["target"])
    line = next(line for line in text.splitlines() if line.startswith(row["id"]))
    filled = line.replace(
        "casetas.,,untranslated", "casetas.,There are 42 stalls.,untranslated"
    )
    assert taken(fair, text.replace(line, filled).encode()) == {
        "Hay 42 casetas.": Effect.TRANSLATED
    }


def test_a_faulty_answer_does_not_take_the_place_of_an_accepted_text(fair: Path) -> None:
    lines = rows(table_of(fair))
    # What happens to who sorts one column of a spreadsheet alone.
    texts = [line["target"] for line in lines]
    for line, text in zip(lines, texts[1:] + texts[:1], strict=True):
        line["target"] = text
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, [*lines[0]])
    table.writeheader()
    table.writerows(lines)
    assert taken(fair, out.getvalue().encode())["Abre el sábado."] is Effect.REFUSED
    entry = Catalog.load(fair).entries[0]
    assert (entry.msgstr, entry.state) == ("Opens on <a1>Saturday</a1>.", State.REVIEWED)


def test_a_separator_may_be_told_before_the_columns(fair: Path) -> None:
    table = table_of(fair, ";").removeprefix("\ufeff").replace("Opens on", "It opens on")
    changed = taken(fair, f"SEP=;\r\n{table}".encode())
    assert list(changed.values()) == [Effect.TRANSLATED]


def test_of_two_answers_to_one_text_none_is_taken(
    l10n: Run, fair: Path, tmp_path: Path
) -> None:
    source = rows(table_of(fair))[0]["source"]
    lines = [("source", "target"), (source, "One."), (source, "Two."), (source, "One.")]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(lines)
    path = tmp_path / "twice.csv"
    path.write_text(out.getvalue(), "utf-8")
    before = fair.read_bytes()
    done = l10n("table", "import", "--replace", "twice.csv")
    assert done.returncode == 1
    assert "twice.csv:2: not taken, line 3 has another translation of it" in done.stderr
    assert fair.read_bytes() == before


@pytest.mark.parametrize(
    ("saved", "read"), [("utf-8", "cp1252"), ("mac-roman", "cp1252"), ("ascii", "ascii")]
)
def test_a_table_read_in_a_wrong_encoding_is_refused(fair: Path, saved: str, read: str) -> None:
    texts = {f"La plaza {n}": f"The «plaza» número {n}, él" for n in "abcd"}
    fair.unlink()
    catalog = Catalog.new(fair, source="es", target="en", article="es/feria.html")
    catalog.merge([Unit(text) for text in texts], article="es/feria.html")
    for entry in catalog.entries:
        entry.translate(texts[entry.msgid])
    catalog.save()
    table = table_of(fair).removeprefix("\ufeff").encode(saved, "replace").decode(read)
    before = fair.read_bytes()
    with pytest.raises(L10nError) as raised:
        taken(fair, table.encode())
    assert "another encoding" in raised.value.message
    assert raised.value.line == 2
    assert fair.read_bytes() == before
    # Who takes marks away on purpose has all of them taken.
    path = fair.parent.parent / "table.csv"
    (result,) = desk.import_tables([path], Acceptance(replace=True), catalogs=[fair])
    assert result.count(Effect.TRANSLATED) == len(texts)


def test_a_draft_said_to_be_reviewed_is_reviewed_by_nobody(fair: Path) -> None:
    text = table_of(fair).replace(",draft,", ",Reviewed,")
    assert set(taken(fair, text.encode()).values()) == {Effect.TRANSLATED}
    assert Catalog.load(fair).entries[1].state is State.TRANSLATED


def test_a_table_of_somebody_elses_needs_two_columns(fair: Path) -> None:
    table = "Source;Target;Done\r\nHay 42 casetas.;Hay 42 puestos, ¡sí!;x\r\nAdiós;Bye;\r\n"
    assert taken(fair, table.encode("cp1252")) == {
        "Hay 42 casetas.": Effect.TRANSLATED,
        "Adiós": Effect.UNKNOWN,
    }
    assert Catalog.load(fair).entries[3].msgstr == "Hay 42 puestos, ¡sí!"


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        (b"source,state\n", 1, "lacks the column target"),
        (b'source,target,state\n"a\nb",c,draft\nd,e,done\n', 4, "“done” is no state"),
        (b'source,target\n"a"b,c\n', 2, "no table"),
        (b"source,target\n\x81,b\n", None, "neither UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(
    fair: Path, table: bytes, line: int | None, message: str
) -> None:
    with pytest.raises(L10nError, match=message) as refusal:
        taken(fair, table)
    assert refusal.value.line == line


def test_the_command_writes_and_takes_back(l10n: Run, fair: Path, tmp_path: Path) -> None:
    done = l10n("table", "export", "feria", "-o", "feria.tsv")
    assert (done.returncode, done.stdout) == (0, "feria.tsv\n")
    table = tmp_path / "feria.tsv"
    text = table.read_text(encoding="utf-8").replace("Opens on", "It opens on")
    table.write_text(text.replace("\treviewed\t", "\ttranslated\t"), encoding="utf-8")
    back = l10n("table", "import", "feria.tsv")
    assert back.stdout == (
        "feria.tsv → locales/en/LC_MESSAGES/feria.po: 1 translated, 4 as before\n"
    )
    assert Catalog.load(fair).entries[0].msgstr == "It opens on <a1>Saturday</a1>."


def test_compiled_catalogs_speak_through_gettext(l10n: Run, fair: Path, tmp_path: Path) -> None:
    assert l10n("compile", "en").stdout == "locales/en/LC_MESSAGES/feria.mo\n"
    done = l10n("compile", "en", "-o", "out")
    assert done.stdout == "out/en/LC_MESSAGES/feria.mo\n"
    translation = gettext.translation("feria", tmp_path / "out", ["en"])
    assert translation.gettext("AT&amp;T &lt;a1>") == "AT&amp;T &lt;a1>"
    # A draft speaks to nobody.
    assert translation.gettext("=1+1 es «dos»; no 3") == "=1+1 es «dos»; no 3"

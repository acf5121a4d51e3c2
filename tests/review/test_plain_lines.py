"""The reviewer line by line: what the screen can do, and everything taken back."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.model import Kind, Origin, State, Unit
from l10n.project import Project
from l10n.review.journal import Journal, left_behind, read_records
from l10n.review.opening import resolve
from l10n.review.queue import Queue
from tui.console import Terminal
from tui.plain_sitting import PlainSitting, review_plainly

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SOURCE = "Escriba a <a1>prensa@example.org</a1> antes del 3 de mayo de 2024, dice Rosa Medina del barrio."
DRAFT = "Write to <a1>ayudas@example.org</a1> before 3 May 2042, says Rosa Medina."
EARLIER = ("Nuestro barrio se inundó de noche.", "Our district was flooded at night.")
GLOSSARY = "source_locale,source_term,target_locale,target_term,note,forbidden\nes,barrio,en,district,,\n"


@pytest.fixture
def lines(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalog with one draft that lacks a term and has another address and year; the memory knows the term."""
    monkeypatch.chdir(newsroom)
    Project.find(newsroom).glossary_path.write_text(GLOSSARY, encoding="utf-8")
    path = newsroom / "locales/en/LC_MESSAGES/z-lines.po"
    catalog = Catalog.new(path, source="es", target="en", article="lines")
    catalog.merge([Unit(SOURCE), Unit(EARLIER[0])], article="lines")
    catalog.entries[0].fill(DRAFT, origin=Origin.MT, mt="apertium")
    catalog.entries[1].translate(EARLIER[1])
    catalog.entries[1].approve(by="Luis")
    catalog.save()
    return path


class Person:
    """Types lines, and keeps what is said."""

    def __init__(self, *lines: str) -> None:
        self.lines, self.said = list(lines), list[str]()
        self.change: Callable[[str], str] = str
        self.words: Sequence[str] = ()
        self.agrees = True

    def say(self, line: str = "") -> None:
        self.said.append(line)

    def read(self, prompt: str = "") -> str:
        if prompt:
            self.said.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def edit(self, text: str, words: Sequence[str] = ()) -> str:
        self.words = words
        return self.change(text)

    def confirm(self, question: str) -> bool:
        self.said.append(question)
        return self.agrees


def review(path: Path, person: Person) -> Catalog:
    project, places = resolve(str(path))
    review_plainly(Queue(places, project), PlainSitting(project, "Ana"), person)
    return Catalog.load(path)


@pytest.mark.parametrize(
    "change",
    ["t Another text", "e", "x", "c", "r", "o", "m a note", "l write => send", "b 1", "a", "d"],
)  # fmt: skip
def test_every_change_is_taken_back_and_made_again(lines: Path, change: str) -> None:
    def added(text: str) -> str:
        return f"{text} and more"

    before = lines.read_bytes()
    person = Person("g 1", change, *(["a"] if change == "a" else []), "g 1", "u")
    person.change = added
    review(lines, person)
    assert lines.read_bytes() == before
    person = Person("g 1", change, *(["a"] if change == "a" else []), "g 1", "u", "y")
    person.change = added
    review(lines, person)
    assert (lines.read_bytes() != before) == (change != "d")


@pytest.mark.parametrize("command", ["r", "o"])
@pytest.mark.parametrize("row", ["1", "2"])
def test_a_translation_is_taken_away_after_a_question(
    lines: Path, command: str, row: str
) -> None:
    before = lines.read_bytes()
    person = Person(f"g {row}", command)
    person.agrees = False
    review(lines, person)
    assert lines.read_bytes() == before
    assert any(line.endswith("?") for line in person.said)
    review(lines, Person(f"g {row}", command))
    assert lines.read_bytes() != before


@pytest.mark.parametrize("agrees", [True, False])
def test_what_has_no_unit_to_go_back_into_stays_in_the_journal(
    lines: Path, agrees: bool
) -> None:
    journal = Journal.open(lines)
    journal.typing((None, "A unit that is gone"), ("Lo que se escribió",))
    journal.typing((None, EARLIER[0]), ("Something else",))
    journal.close(remove=False)
    person = Person()
    person.agrees = agrees
    catalog = review(lines, person)
    kept = {key[1] for key in read_records(left_behind(lines))}
    assert "A unit that is gone" in kept
    assert (EARLIER[0] in kept) != agrees
    assert (catalog.entries[1].msgstr == "Something else") == agrees


@pytest.mark.parametrize("line", ["t \0", "t\0", "e", "m \0", "\x1b"])
def test_what_only_a_terminal_obeys_empties_no_translation(lines: Path, line: str) -> None:
    before = lines.read_bytes()
    person = Person("g 2", line)
    person.change = lambda _text: "\0"
    review(lines, person)
    assert lines.read_bytes() == before


def test_repairs_are_made_one_by_one(lines: Path) -> None:
    catalog = review(lines, Person("g 1", "x", "x", "x"))
    text = catalog.entries[0].msgstr
    assert "<a1>prensa@example.org</a1>" in text
    assert "3 May 2024" in text


def test_what_is_missing_is_told_and_put_in(lines: Path) -> None:
    person = Person("g 1", "b", "b 9", "b 1")
    person.change = lambda text: text.replace("Medina. prensa@example.org", "Medina!")
    catalog = review(lines, person)
    told = "\n".join(person.said)
    assert "1  prensa@example.org" in told
    assert "district" in told
    assert "There is no 9 in the list." in told
    assert "district" in person.words
    assert catalog.entries[0].msgstr.endswith("Medina!")


def test_a_hit_of_the_concordance_is_put_in(lines: Path) -> None:
    subprocess.run([sys.executable, "-m", "l10n", "tm", "rebuild"], check=True)
    person = Person("g 1", "h barrio", "h 1")
    person.change = lambda text: text.replace(". district", " of the district.")
    catalog = review(lines, person)
    assert any("[barrio]" in line and "[district]" in line for line in person.said)
    assert catalog.entries[0].msgstr.endswith("of the district.")


def test_nothing_is_said_by_drawing_or_colour_alone(lines: Path) -> None:
    person = Person("g 1", "?", "k", "b", "h barrio", "w", "a")
    review(lines, person)
    text = "\n".join(person.said)
    assert not set(text) & set("─│┃━┏┌▸●○✓✗█\x1b")
    assert "draft" in text
    assert any(line.startswith(("warning:", "error:")) for line in person.said)


def test_a_line_is_edited_where_it_stands_and_tab_completes_from_the_source(
    lines: Path,
) -> None:
    """On a pseudo-terminal, with the keys of readline."""
    primary, secondary = pty.openpty()
    environment = {
        **os.environ,
        "PYTHONPATH": str(REPOSITORY),
        "L10N_LANG": "en",
        "TERM": "xterm",
    }
    command = [sys.executable, "-m", "l10n", "review", str(lines), "--plain", "--by", "Ana"]
    process = subprocess.Popen(
        command, stdin=secondary, stdout=secondary, stderr=secondary, env=environment
    )
    os.close(secondary)
    said = b""

    def until(words: bytes) -> None:
        nonlocal said
        end = time.monotonic() + 60
        while words not in said and time.monotonic() < end:
            if select.select([primary], [], [], 0.2)[0]:
                said += os.read(primary, 65536)
        assert words in said, said.decode()
        said = said.partition(words)[2]

    # At the beginning of a line: texts have tags.
    until(b"\n> ")
    os.write(primary, b"g 1\n")
    until(b"\n> ")
    os.write(primary, b"e\n")
    until(b"= Write to")
    until(b"says Rosa Medina.")
    # Over the stop, a word begun and completed, the stop again.
    os.write(primary, b"\x7f of the dis\t.\n")
    until(b"of the district")
    until(b"> ")
    os.write(primary, b"q\n")
    assert process.wait(30) == 0
    os.close(primary)
    entry = Catalog.load(lines).entries[0]
    assert entry.msgstr.replace(" .", ".") == DRAFT.replace(
        "Medina.", "Medina of the district."
    )
    assert entry.state is State.DRAFT  # fmt: skip


def test_a_unit_is_said_with_its_kind_and_the_origin_of_its_draft(lines: Path) -> None:
    catalog = Catalog.load(lines)
    catalog.merge([Unit(SOURCE, kind=Kind.HEADING), Unit(EARLIER[0])], article="lines")
    catalog.save()
    person = Person("g 1")
    review(lines, person)
    assert "Unit 1 of 2, draft, MT apertium, heading" in person.said
    assert not any("kind:" in line for line in person.said)


def test_many_hits_are_said_in_two_goes(lines: Path) -> None:
    catalog = Catalog.load(lines)
    catalog.merge([Unit(f"Calle {n} del barrio.") for n in range(9)], article="lines")
    for number, entry in enumerate(catalog.entries):
        entry.translate(f"Street {number} of the district.")
    catalog.save()
    subprocess.run([sys.executable, "-m", "l10n", "tm", "rebuild"], check=True)
    for lines_typed, said in ((("h barrio",), 4), (("h barrio", "h"), 4 + 9)):
        person = Person(*lines_typed)
        review(lines, person)
        assert sum("[barrio]" in line for line in person.said) == said
        assert "5 more; h says all." in person.said


def test_ctrl_c_leaves_the_line_and_not_the_review(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    assert Terminal().edit("As it was.") == "As it was."


def test_rows_of_a_terminal_end_between_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "A paragraph that a reader of the screen says row by row, as it stands there."
    Terminal().say(line)
    assert capsys.readouterr().out == f"{line}\n", "in a pipe a line is a line"
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    Terminal().say(line)
    rows = capsys.readouterr().out.splitlines()
    assert " ".join(rows) == line
    assert max(map(len, rows)) < 20


@pytest.fixture
def three(newsroom: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own with three catalogs, one of them finished."""
    root = newsroom / "three"
    folder = root / "locales/en/LC_MESSAGES"
    folder.mkdir(parents=True)
    (root / "l10n.toml").write_text('source = "es"\ntargets = ["en"]\n', encoding="utf-8")
    for name in ("feria", "faro", "puerto"):
        article = root / f"locales/es/articles/{name}.txt"
        article.parent.mkdir(parents=True, exist_ok=True)
        article.write_text("El puerto está abierto.\n", encoding="utf-8")
        os.utime(article, (1.8e9, 1.8e9))  # all as urgent
        catalog = Catalog.new(folder / f"{name}.po", source="es", target="en", article=name)
        catalog.merge([Unit("El puerto está abierto.")], article=name)
        catalog.entries[0].fill(f"The {name} is open.", origin=Origin.MT)
        if name == "faro":
            catalog.entries[0].approve(by="Luis")
        catalog.save()
    monkeypatch.chdir(root)
    return folder


def sit_down(*lines: str) -> list[str]:
    project, places = resolve("en")
    person = Person(*lines)
    sitting = PlainSitting(project, "Ana", fills_repeats=False)
    review_plainly(Queue(places, project, "Ana"), sitting, person)
    return person.said


def test_what_waits_is_asked_for_by_number_or_name_and_finished_catalogs_are_out_of_sight(
    three: Path,
) -> None:
    said = sit_down("?", "7", "none such", "a", "t", "faro", "q")
    assert {line for line in said if line[:1].isdigit()} >= {
        "1  en/feria, 1 unit open",
        "2  en/puerto, 1 unit open",
        "1 finished catalog is not listed.",
    }
    assert said.count("There is no such catalog.") == 2
    assert "3 catalogs have this in their names." not in said
    assert "2 catalogs have this in their names." in said
    assert "Source: El puerto está abierto." in said


def test_the_last_decision_of_a_catalog_leads_to_the_next(three: Path) -> None:
    said = sit_down("1", "a", "v 1", "A", "q")
    assert "1  en/puerto, 1 unit open" in said
    assert "v NUMBER or NAME goes there." in said
    states = [Catalog.load(path).entries[0].state for path in sorted(three.glob("*.po"))]
    assert states == [State.REVIEWED] * 3


def test_a_note_is_taken_away_on_purpose_only(lines: Path) -> None:
    catalog = review(lines, Person("m sure?", "m"))
    assert catalog.entries[0].notes == ("sure?",)
    assert review(lines, Person("g 1", "m -")).entries[0].notes == ()

"""What the desk keeps for itself, damaged or brought along by a stranger: known as nothing, and no wrong result."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import NamedTuple

import pytest

from l10n import desk
from l10n.catalog import Catalog
from l10n.databases import connect, explained
from l10n.drafting.teaching import LessonFile
from l10n.engines import Marked, MarkedDraft, Span
from l10n.engines.cache import DraftCache, cached
from l10n.engines.pseudo import PseudoEngine
from l10n.errors import L10nError, ProjectError
from l10n.memory import Memory
from l10n.model import Draft, Finding
from l10n.project import Project
from tests.conftest import Run


@pytest.fixture
def checked(tmp_path: Path) -> Project:
    """A project that was drafted, checked and published once."""
    (tmp_path / "l10n.toml").write_text(
        'source = "es"\ntargets = ["en"]\nengines = ["pseudo"]\n', encoding="utf-8"
    )
    article = tmp_path / "locales/es/articles/faro.md"
    article.parent.mkdir(parents=True)
    article.write_text("# El faro\n\nCierra el faro.\n\nEl faro cierra ya.\n", "utf-8")
    project = Project.load(tmp_path / "l10n.toml")
    desk.build(project)
    catalog = Catalog.load(project.catalog_path("faro", "en"))
    catalog.entries[1].translate("The the lighthouse closes.")
    catalog.save()
    outcome(project)
    desk.publish(project)
    return project


def outcome(project: Project) -> list[Finding]:
    return list(desk.check(project=project).report.findings)


def drafted_anew(project: Project) -> list[str]:
    """Draft the article from nothing and return the translations."""
    catalog = project.catalog_path("faro", "en")
    catalog.unlink()
    desk.update(project)
    assert not desk.prefill([catalog], project=project).problems
    return [
        line for line in catalog.read_text("utf-8").splitlines() if line.startswith("msgstr")
    ]


VIEW = (
    "create view {table} as with recursive number(n) as"
    " (select 1 union all select n + 1 from number) select {columns} from number"
)
FOREIGN: dict[str, list[str]] = {
    "of other columns": ["drop table {table}", "create table {table} (a, b)"],
    "an endless view": ["drop table {table}", VIEW],
    "with a trigger": [
        "create trigger t before insert on {table} begin select raise(abort, 'no'); end"
    ],
    "numbers": ["update {table} set {last} = 7"],
    "bytes": ["update {table} set {last} = x'ff00'"],
    "no text": ["update {table} set {last} = cast(x'ff' as text)"],
    "no values": ["update {table} set {last} = null"],
    "no JSON": ["update {table} set {text} = '[['"],
    "deep JSON": ["update {table} set {text} = '" + "[" * 50_000 + "'"],
    "other JSON": ["update {table} set {text} = '[{{}}, 3, [[null]], \"a\", [1]]'"],
    "other bytes": ["update {table} set {text} = cast('[[1,2],[3]]' as blob)"],
    "half characters": ["update {table} set {text} = replace({text}, 'e', '\\ud800')"],
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("table", ["draft", "written"])
def test_a_strange_file_of_drafts_changes_none(checked: Project, name: str, table: str) -> None:
    before = drafted_anew(checked)
    last = "answer" if table == "draft" else "text"
    spoil(checked.derived / "drafts.sqlite", name, Table(table, last, last, 2))
    assert drafted_anew(checked) == before
    desk.publish(checked)


@pytest.mark.parametrize("name", FOREIGN)
def test_a_strange_ledger_changes_no_outcome_and_no_page(checked: Project, name: str) -> None:
    page = checked.export.out / "en/faro.html"
    before, found = page.read_bytes(), outcome(checked)
    assert "doubled-word" in {finding.rule for finding in found}
    spoil(checked.derived / "ledger.sqlite", name, Table("result", "value", "value", 4))
    assert outcome(checked) == found
    spoil(checked.derived / "ledger.sqlite", name, Table("result", "value", "value", 4))
    assert not desk.publish(checked).problems
    assert page.read_bytes() == before
    assert desk.publish(checked, prune=True).removed == []


@pytest.mark.parametrize("place", ["/etc/hostname", "../outside.txt"])
def test_a_strange_ledger_leads_no_file_from_elsewhere_onto_the_site(
    checked: Project, place: str
) -> None:
    base = sqlite3.connect(checked.derived / "ledger.sqlite")
    rows = base.execute("select name, value from result where stage = 'page'").fetchall()
    assert rows
    for key, value in rows:
        row = json.loads(value)
        row[4]["en/taken.txt"] = place
        base.execute(
            "update result set value = ? where stage = 'page' and name = ?",
            (json.dumps(row), key),
        )
    base.commit()
    base.close()
    (checked.root.parent / "outside.txt").write_text("secret", "utf-8")
    desk.publish(checked)
    assert not (checked.export.out / "en/taken.txt").exists()


class Table(NamedTuple):
    name: str
    last: str
    """A column of it."""
    text: str
    """A column with JSON."""
    columns: int


def spoil(path: Path, name: str, table: Table) -> None:
    base = sqlite3.connect(path)
    columns = ", ".join("n" * table.columns)
    for statement in FOREIGN[name]:
        # What its own table refuses no stranger writes either.
        with suppress(sqlite3.IntegrityError):
            base.execute(
                statement.format(
                    table=table.name, last=table.last, text=table.text, columns=columns
                )
            )
    base.commit()
    base.close()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["drafts.sqlite", "ledger.sqlite"])
def test_bytes_that_a_disk_lost_cost_nothing(checked: Project, name: str, seed: int) -> None:
    before = outcome(checked)
    path = checked.derived / name
    content, rng = bytearray(path.read_bytes()), random.Random(seed)
    start = rng.randrange(len(content))
    content[start : start + 2000] = rng.randbytes(min(2000, len(content) - start))
    path.write_bytes(content)
    assert outcome(checked) == before
    article = checked.root / "locales/es/articles/faro.md"
    article.write_text(article.read_text("utf-8") + "\nUna frase nueva.\n", "utf-8")
    desk.build(checked)
    assert "Una frase nueva." in checked.catalog_path("faro", "en").read_text("utf-8")


@pytest.mark.parametrize("name", ["drafts.sqlite", "ledger.sqlite", "memory.sqlite"])
def test_a_schema_that_is_no_text_costs_nothing(checked: Project, name: str) -> None:
    before = outcome(checked)
    path = checked.derived / name
    content = path.read_bytes()
    path.write_bytes(content.replace(b"primary key", b"pr\xb8\x89\xff key"))
    assert path.read_bytes() != content
    with suppress(L10nError):  # a memory may hold what is nowhere else: it is told, and left
        desk.build(checked)
    assert outcome(checked) == before


@pytest.mark.parametrize(
    "content",
    [
        "[" * 50_000,
        '{"a": 9' + "9" * 5000 + "}",
        '{"\\ud800": "0"}',
        '{"a\\u0000b": "0"}',
        json.dumps({"x" * 5000: "0"}),
        json.dumps({"a": 1}),
        "[]",
        "",
    ],
    ids=["deep", "number", "half", "nul", "long", "kind", "list", "empty"],
)
def test_a_strange_list_of_pages_is_one_line_or_nothing(checked: Project, content: str) -> None:
    (checked.root / "locales/pages.json").write_text(content, "utf-8")
    for use in (desk.update, desk.publish, partial(desk.publish, prune=True)):
        with suppress(ProjectError):
            use(checked)


class _Counting(PseudoEngine):
    asked = 0

    def translate(self, texts: list[str], source: str, target: str) -> list[Draft]:  # type: ignore[override]
        self.asked += len(texts)
        return super().translate(texts, source, target)

    def translate_marked(
        self, texts: list[Marked], source: str, target: str
    ) -> list[MarkedDraft]:
        self.asked += len(texts)
        return [MarkedDraft(Draft("[a b]"), (Span(1, 2),)) for _text in texts]


def test_spans_that_are_no_spans_are_asked_for_again(tmp_path: Path) -> None:
    engine = _Counting()
    text = Marked("a b", (Span(0, 1),))
    for answer in ('["[\\"x\\", null, []]", [[0, 9]]]', '["[\\"x\\", null, []]", []]', "7"):
        with DraftCache(tmp_path / "drafts.sqlite") as cache:
            drafts = cached(engine, cache).translate_marked([text], "es", "en")  # type: ignore[attr-defined]
        base = sqlite3.connect(tmp_path / "drafts.sqlite")
        base.execute("update draft set answer = ?", (answer,))
        base.commit()
        base.close()
        assert drafts == [MarkedDraft(Draft("[a b]"), (Span(1, 2),))]
    assert engine.asked == 3


@pytest.mark.parametrize("most", [8, 16, 32, 64, 128])
def test_a_disk_without_room_for_what_the_desk_keeps_is_one_line(
    most: int, checked: Project, l10n: Run
) -> None:
    sentences = [f"El faro {number} cierra." for number in range(200)]
    article = checked.root / "locales/es/articles/largo.md"
    article.write_text("\n\n".join(sentences), encoding="utf-8")
    assert l10n("update").returncode == 0
    program = (
        "import resource; from l10n.cli import main;"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most} << 10, {most} << 10)); main(['prefill'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=checked.root,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stderr.splitlines() if line.startswith("l10n: ")]
    drafts = Catalog.load(checked.catalog_path("largo", "en")).counts().draft
    if done.returncode == 0:
        assert (lines, drafts) == ([], len(sentences))
        assert f"{len(sentences)} by machine" in done.stderr
    else:
        assert (done.returncode, len(lines)) == (2, 1), done.stderr
        assert "internal error" not in done.stderr
        assert "Nothing to draft" not in done.stderr


def test_an_error_that_nobody_expected_names_the_file_and_what_helps(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    with closing(connect(path, timeout=1)) as base:
        base.execute("create table note (text)")
        base.execute("pragma max_page_count = 3")
        with pytest.raises(sqlite3.OperationalError) as raised:
            base.executemany("insert into note values (?)", [("x" * 9_000,)] * 9)
    problem = explained(raised.value)
    assert problem is not None
    assert problem.path == path
    assert "df -h" in problem.hint
    assert explained(ValueError("nothing of SQLite")) is None
    with closing(connect(path, timeout=1)) as base, pytest.raises(sqlite3.Error) as mistaken:
        base.execute("select nothing from note")
    assert explained(mistaken.value) is None


@pytest.mark.parametrize("kept", [LessonFile, DraftCache, Memory])
def test_several_processes_may_begin_the_same_file(
    kept: type[LessonFile | DraftCache | Memory], tmp_path: Path
) -> None:
    def begin(path: Path, start: Barrier) -> None:
        start.wait()
        with kept(path):
            pass

    for number in range(20):
        path, start = tmp_path / f"{number}.sqlite", Barrier(6)
        with ThreadPoolExecutor(6) as threads:
            beginnings = [threads.submit(begin, path, start) for _thread in range(6)]
            for beginning in beginnings:
                beginning.result()

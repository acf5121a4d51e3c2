"""What a person names for an output is never a file that the project lives from."""

from __future__ import annotations

import itertools
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Run

KEPT = {
    "locales/es/articles/feria.html": "is an article of the project, or its translation",
    "locales/en/articles/feria.html": "is an article of the project, or its translation",
    "locales/en/LC_MESSAGES/faro.po": "is a catalog",
    "l10n.toml": "is the project file",
    "locales/glossary.csv": "is the glossary",
    "locales/words.en.txt": "is a list of words",
    "locales/pages.json": "is the list of the pages that the desk wrote",
}
COMMANDS = (
    ("status", "--html", "{file}"),
    ("check", "--output", "json={file}"),
    ("check", "--write-baseline", "{file}"),
    ("tm", "export", "{file}"),
    ("glossary", "export", "{file}"),
    (
        *("align", "locales/es/articles/feria.html", "locales/en/articles/feria.html"),
        *("--report", "{file}"),
    ),
    (
        *("export", "locales/es/articles/faro.txt", "locales/en/LC_MESSAGES/faro.po"),
        *("--bilingual", "-o", "{file}"),
    ),
)


@pytest.fixture
def desk(newsroom: Path, l10n: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(newsroom)
    (newsroom / "locales/glossary.csv").write_text(
        "source_locale,source_term,target_locale,target_term,note,forbidden\n", encoding="utf-8"
    )
    (newsroom / "locales/words.en.txt").write_text("stall\n", encoding="utf-8")
    (newsroom / "locales/pages.json").write_text("{}\n", encoding="utf-8")
    assert l10n("update").returncode == 0
    return newsroom


def test_an_output_does_not_replace_what_the_project_lives_from(desk: Path, l10n: Run) -> None:
    before = {name: (desk / name).read_bytes() for name in KEPT}
    # Every command with two of the files: each is refused by the same function.
    for command, name in zip(COMMANDS * 2, itertools.cycle(KEPT), strict=False):
        done = l10n(*(part.format(file=name) for part in command))
        assert (done.returncode, KEPT[name] in done.stderr) == (2, True), (name, done.stderr)
    assert {name: (desk / name).read_bytes() for name in KEPT} == before


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("locales/pages.json", "is the list of the pages that the desk wrote"),
        ("locales/pages.json/of/tables", "is the list of the pages that the desk wrote"),
        ("locales/glossary.csv", "is the glossary"),
        ("locales/words.en.txt", "is a list of words"),
        ("locales/es/LC_MESSAGES/new.po", "is a catalog"),
        ("templates/article.html", "belongs to the templates of the project"),
        (".l10n/memory.sqlite", "is the translation memory"),
    ],
)
def test_a_name_that_the_project_reads_is_not_taken_before_there_is_a_file(
    name: str, reason: str, newsroom: Path, l10n: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newsroom)
    assert l10n("update").returncode == 0
    before = sorted(newsroom.glob("[!.]*/**/*"))
    commands = [("table", "export", "faro", "-o"), ("xliff", "export", "faro", "-o")]
    commands += [("pack", "faro", "-o"), ("compile", "-o"), ("export", "-o")]
    if not name.endswith(".csv"):
        commands.append(("status", "--html"))
    for command in commands:
        done = l10n(*command, name)
        assert done.returncode == 2, (command, done.stderr)
        assert reason in done.stderr or "would be written over" in done.stderr
    assert sorted(newsroom.glob("[!.]*/**/*")) == before


def test_an_output_replaces_what_it_wrote_before(desk: Path, l10n: Run) -> None:
    for _run in range(2):
        assert l10n("status", "--html", "status.html").returncode == 0
        assert l10n("tm", "export", "memory.tmx").returncode == 0
    assert "faro" in (desk / "status.html").read_text(encoding="utf-8")


def test_a_page_may_be_written_where_its_translation_lies(desk: Path, l10n: Run) -> None:
    article, catalog = "locales/es/articles/faro.txt", "locales/en/LC_MESSAGES/faro.po"
    page = "locales/en/articles/faro.txt"
    for _run in range(2):
        done = l10n("export", article, catalog, "--drafts", "-o", page)
        assert done.returncode == 0, done.stderr
    other = l10n("export", article, catalog, "-o", "locales/en/articles/feria.html")
    assert other.returncode == 2
    assert (desk / page).is_file()


@pytest.mark.parametrize("command", ["xliff export", "pack --to en"])
def test_the_hint_for_a_folder_of_documents_does_not_move_an_article(
    command: str, desk: Path, l10n: Run
) -> None:
    done = l10n(*command.split(), "faro", "-o", "locales/es/articles/faro.txt")
    assert done.returncode == 2
    assert "a folder is needed here" in done.stderr
    assert "mv " not in done.stderr
    assert (desk / "locales/es/articles/faro.txt").is_file()


def test_a_project_without_articles_says_where_they_go(
    tmp_path: Path, l10n: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert l10n("init").returncode == 0
    done = l10n("update")
    assert "hint: put an article there, or say in l10n.toml where they are" in done.stderr


def test_the_command_that_a_hint_gives_turns_a_file_into_utf_8(desk: Path, l10n: Run) -> None:
    article = desk / "locales/es/articles/el café.txt"
    article.write_bytes("Un café, por favor.\n".encode("cp1252"))
    done = l10n("update")
    assert "is not UTF-8" in done.stderr
    command = done.stderr.partition("hint: ")[2].splitlines()[0]
    subprocess.run(["sh", "-c", command], check=True)
    assert article.read_text(encoding="utf-8") == "Un café, por favor.\n"
    assert l10n("update").returncode == 0


@dataclass(frozen=True)
class Exchange:
    """A document on its way to a translator and back: the arguments, the file, and what an answer puts into it."""

    sends: tuple[str, ...]
    takes: tuple[str, ...]
    file: str
    text: str
    answer: str


EXCHANGES = (
    Exchange(
        ("xliff", "export", "faro", "-o", "agency"),
        ("xliff", "import", "agency/en/faro.xlf"),
        "agency/en/faro.xlf",
        "<source>El faro se apaga</source>",
        "<source>El faro se apaga</source><target>The light goes out</target>",
    ),
    Exchange(
        ("table", "export", "faro", "-o", "agency.csv"),
        ("table", "import", "agency.csv"),
        "agency.csv",
        "El faro se apaga,,untranslated",
        "El faro se apaga,The light goes out,translated",
    ),
)


@pytest.mark.parametrize("exchange", EXCHANGES, ids=lambda exchange: exchange.sends[0])
def test_an_answer_that_no_catalog_has_is_not_written_over(
    desk: Path, l10n: Run, exchange: Exchange
) -> None:
    path = desk / exchange.file
    for _again in range(2):  # what the desk wrote, and nobody touched, it writes over
        assert l10n(*exchange.sends).returncode == 0
    text = path.read_bytes().decode()
    assert text.count(exchange.text) == 1
    path.write_bytes(text.replace(exchange.text, exchange.answer).encode())
    edited = path.read_bytes()
    done = l10n(*exchange.sends)
    assert done.returncode == 2
    assert f"{exchange.file}: holds answers that the catalogs lack" in done.stderr
    assert path.read_bytes() == edited
    assert l10n(*exchange.takes).returncode == 0
    assert l10n(*exchange.sends).returncode == 0
    path.write_bytes(edited.replace(b"The light goes out", b"The lamp goes out"))
    assert l10n(*exchange.sends).returncode == 2
    assert l10n(*exchange.sends, "--replace").returncode == 0
    assert b"The light goes out" in path.read_bytes()


def test_a_document_of_a_text_that_was_rewritten_is_written_anew(desk: Path, l10n: Run) -> None:
    catalog, sends = "locales/en/LC_MESSAGES/faro.po", ("xliff", "export", "faro", "-o", "out")
    assert l10n("prefill", "en").returncode == 0
    assert l10n("approve", catalog, "--by", "Eva", "--yes").returncode == 0
    assert l10n(*sends).returncode == 0
    (desk / "locales/es/articles/faro.txt").write_text("Vuelve la luz\n", encoding="utf-8")
    assert l10n("update").returncode == 0
    done = l10n(*sends)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_file_that_is_no_document_of_ours_is_not_written_over(desk: Path, l10n: Run) -> None:
    accounts = desk / "accounts.csv"
    accounts.write_text("day,sum\nMonday,12\n", encoding="utf-8")
    done = l10n("table", "export", "faro", "-o", "accounts.csv")
    assert (done.returncode, "--replace" in done.stderr) == (2, True)
    assert accounts.read_text(encoding="utf-8") == "day,sum\nMonday,12\n"


def test_a_packed_file_that_came_back_is_not_written_over(desk: Path, l10n: Run) -> None:
    sends = ("pack", "faro", "-o", "for-eva.zip", "--format", "po")
    for _again in range(2):
        assert l10n(*sends).returncode == 0
    with zipfile.ZipFile("for-eva.zip") as pack:
        members = {name: pack.read(name) for name in pack.namelist()}
    answer = b'msgid "El faro se apaga"\nmsgstr "'
    members["work/faro.po"] = members["work/faro.po"].replace(answer, answer + b"Lights out")
    with zipfile.ZipFile("for-eva.zip", "w") as pack:
        for name, content in members.items():
            pack.writestr(name, content)
    done = l10n(*sends)
    assert (done.returncode, "l10n unpack for-eva.zip" in done.stderr) == (2, True)
    assert l10n(*sends, "--replace").returncode == 0

"""Files of a project: what is opened, what is refused, what a killed run leaves behind."""

import ast
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from l10n.cli import main
from l10n.errors import L10nError, ProjectError
from l10n.files import read_bytes, write_atomically

ROOT = Path(__file__).parent.parent

PROJECT = """
source = "es"
targets = ["en"]
articles = "articles/{locale}"
catalogs = "locales/{locale}/LC_MESSAGES"
engines = ["pseudo"]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a project with one HTML and one Markdown article, the working folder too."""
    root = tmp_path / "project"
    (root / "articles/es").mkdir(parents=True)
    (root / "locales/en").mkdir(parents=True)
    (root / "l10n.toml").write_text(PROJECT)
    (root / "articles/es/feria.html").write_text("<p>Hoy abre la feria.")
    (root / "articles/es/mercado.md").write_text("# El mercado\n")
    (tmp_path / "outside").mkdir()
    monkeypatch.chdir(root)
    monkeypatch.setenv("L10N_LANG", "en")
    return root


def run(*arguments: str) -> int:
    """Give the exit status of a command."""
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return int(left.value.code or 0)


COMMANDS = ("update", "prefill", "check", "export", "build", "status")


@pytest.mark.parametrize("command", ["update", "build", "prefill", "check"])
@pytest.mark.parametrize("place", ["locales/en/LC_MESSAGES", ".l10n", "locales/en", "site/en"])
def test_folder_that_leads_out_of_the_project_gets_nothing(
    project: Path, command: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = project.parent / "outside"
    (project / "locales/en/LC_MESSAGES").mkdir()
    assert run("update") == 0
    if (project / place).is_dir():
        (project / place).rename(project.parent / "moved")
    (project / place).parent.mkdir(exist_ok=True)
    (project / place).symlink_to(outside)
    status = run(command)
    assert list(outside.iterdir()) == []
    reached = {
        "site/en": {"build"},
        ".l10n": {"build", "prefill", "check"},
    }.get(place, set(COMMANDS))
    assert status == 2 or command not in reached
    if command in reached:
        assert "outside the" in capsys.readouterr().err


def test_catalog_that_is_a_link_is_written_only_inside_the_project(project: Path) -> None:
    folder = project / "locales/en/LC_MESSAGES"
    folder.mkdir()
    stranger = project.parent / "outside/feria.po"
    stranger.touch()
    (folder / "feria.po").symlink_to(stranger)
    assert run("update", "articles/es/feria.html") == 2
    assert stranger.read_bytes() == b""

    (folder / "feria.po").unlink()
    shared = project / "shared.po"
    shared.touch()
    (folder / "feria.po").symlink_to(shared)
    assert run("update", "articles/es/feria.html") == 0
    assert "Hoy abre la feria." in shared.read_text()
    assert (folder / "feria.po").is_symlink()


def test_template_that_is_a_link_publishes_nothing_of_elsewhere(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = project.parent / "outside/key"
    secret.write_text("-----BEGIN KEY-----")
    (project / "templates").mkdir()
    (project / "templates/article.html").symlink_to(secret)
    assert run("export") == 2
    assert "templates/article.html: links to a place outside the project" in (
        capsys.readouterr().err
    )
    assert not list((project / "site").rglob("*.html"))


@pytest.mark.parametrize(
    "place", ["glossary.csv", "baseline.json", "words.txt", "old.tmx", "terms.tbx"]
)
def test_what_the_project_names_is_not_read_through_a_link(
    project: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "l10n.toml").write_text(
        f'{PROJECT}glossary = "glossary.csv"\n[check]\nwords = "words.txt"\n'
        if place == "words.txt"
        else f'{PROJECT}glossary = "glossary.csv"\n'
    )
    secret = project.parent / "outside/secret"
    secret.write_text("a,b,c,d,SECRET\n")
    (project / place).symlink_to(secret)
    command = {
        "old.tmx": ("tm", "import", place),
        "terms.tbx": ("glossary", "import", place),
        "baseline.json": ("check", "--baseline", place),
    }.get(place, ("check",))
    assert run(*command) == 2
    told = capsys.readouterr()
    assert "SECRET" not in told.err + told.out


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_article_that_is_no_file_is_named_and_the_others_go_on(
    project: Path, command: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "articles/es/a.html"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        with socket.socket(socket.AF_UNIX) as here:
            # The name of a socket may have 108 bytes.
            os.chdir(path.parent)
            here.bind(path.name)
            os.chdir(project)
    run(command)
    err = capsys.readouterr().err
    if command in {"update", "build"}:
        assert (
            "a link to nothing, a pipe or a socket, and is passed over: articles/es/a.html"
            in err
        )
        assert (project / "locales/en/LC_MESSAGES/feria.po").exists()


@pytest.mark.parametrize("command", [*COMMANDS, "approve"])
def test_catalog_that_is_a_pipe_is_named(
    project: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("update") == 0
    os.mkfifo(project / "locales/en/LC_MESSAGES/a.po")
    capsys.readouterr()
    run(command, *(["en", "--yes", "--by", "Ana"] if command == "approve" else []))
    if command not in {"update", "export", "status"}:
        assert "a.po: cannot be read: is a pipe, not a file" in (
            err := capsys.readouterr().err
        ) or ("a.po: is a pipe, not a file" in err)


def test_nothing_is_written_over_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/null")):
        with pytest.raises(L10nError, match="not a file"):
            write_atomically(path, b"text")
    assert not Path("/dev/null").is_file()


def test_link_that_leads_to_itself_is_an_error_of_reading(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links"):
        read_bytes(tmp_path / "a")


def test_path_that_climbs_behind_a_link_is_followed_where_it_really_leads(
    project: Path,
) -> None:
    (project.parent / "outside/deep").mkdir()
    (project.parent / "outside/secret").write_text("secret")
    (project / "way").symlink_to(project.parent / "outside/deep")
    with pytest.raises(ProjectError, match="outside the project"):
        read_bytes(project / "way/../secret")


def test_project_that_is_itself_behind_a_link_is_read(project: Path) -> None:
    door = project.parent / "door"
    door.symlink_to(project)
    assert read_bytes(door / "articles/es/mercado.md") == b"# El mercado\n"
    stranger = project.parent / "outside/a.md"
    stranger.write_text("# Nada\n")
    (project / "articles/es/a.md").symlink_to(stranger)
    with pytest.raises(ProjectError):
        read_bytes(door / "articles/es/a.md")


@pytest.mark.parametrize("length", [238, 245, 251])
def test_names_up_to_the_longest_are_written_or_fail_alone(
    project: Path, length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    long = project / "articles/es" / f"{'a' * length}.md"
    long.write_text("# Una plaza\n")
    status = run("build")
    pages = {path.name for path in (project / "site/en").iterdir()}
    assert {"feria.html", "mercado.html"} <= pages
    catalogs = {path.name for path in (project / "locales/en/LC_MESSAGES").iterdir()}
    assert long.with_suffix(".po").name in catalogs
    too_long = len(long.with_suffix(".html").name) > 255
    assert status == (2 if too_long else 0)
    assert (long.with_suffix(".html").name in pages) != too_long
    assert ("File name too long" in capsys.readouterr().err) == too_long


def test_next_run_sweeps_what_a_killed_one_left_and_nothing_else(project: Path) -> None:
    assert run("build") == 0
    (project / "articles/es/feria.html").write_text("<p>Hoy cierra la feria.")
    places = [project / "locales/en/LC_MESSAGES", project / "site/en"]
    for folder in places:
        (folder / ".feria.po.0a1b2c3d.tmp").write_text("half")
        (folder / ".notes.tmp").write_text("a person's")
    code = f"""
import fcntl, time
stream = open({str(places[0] / ".mercado.po.00112233.tmp")!r}, "xb")
fcntl.flock(stream, fcntl.LOCK_EX)
print("locked", flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        writer.stdout.readline()
        done = subprocess.run(
            [sys.executable, "-m", "l10n", "build"], capture_output=True, check=False
        )
        assert done.returncode == 0
        hidden = sorted(
            file.name for folder in places for file in folder.iterdir() if file.name[0] == "."
        )
        # The one in use is another run's.
        assert hidden == [".mercado.po.00112233.tmp", ".notes.tmp", ".notes.tmp"]
        writer.kill()


def test_writing_that_is_killed_at_any_moment_leaves_the_old_file_or_the_new_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "long.po"
    path.write_bytes(b"old" * 1000)
    code = f"""
from pathlib import Path
from l10n.files import write_atomically
print("begin", flush=True)
while True:
    for letter in b"ab":
        write_atomically(Path({str(path)!r}), bytes([letter]) * 4_000_000)
"""
    for pause in (0.01, 0.03, 0.07):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            writer.stdout.readline()
            time.sleep(pause)
            writer.send_signal(signal.SIGKILL)
        content = path.read_bytes()
        assert len(set(content)) == 1 or content == b"old" * 1000
    write_atomically(tmp_path / "other", b"")
    from l10n.files import sweep

    sweep.cache_clear()
    sweep(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["long.po", "other"]


OPENERS = {
    "l10n/files.py": "the one place",
    "l10n/databases.py": "SQLite, whose path `files.database` has looked at",
    "l10n/person.py": "the person's own settings",
    "l10n/plugins.py": "metadata of installed packages",
    "l10n/ledger.py": "the tool's own modules, whose digest tells its version",
    "l10n/text/lexicon.py": "data of the tool",
    "l10n/align/notation.py": "the gold file of a benchmark, named by its reader",
    "l10n/languages/__init__.py": "data of the tool",
    "l10n/drafting/estimator.py": "data of the tool",
    "l10n/text/exonyms.py": "data of the tool",
    "l10n/text/given_names.py": "data of the tool",
    "l10n/text/family_names.py": "data of the tool",
    "l10n/cli/streams.py": "the null device",
    "l10n/engines/apertium.py": "modes of the installed Apertium",
    "l10n/engines/argos/packages.py": "packages in the person's folder",
    "l10n/cluster/likeness.py": "the tool's own modules and what the machine says of itself",
    "l10n/languages/statistics/__init__.py": "data of the tool",
    "l10n/export/making.py": "templates that travelled to a worker, in a temporary folder",
    "l10n/engines/argos/index.py": "an address, and the package it gives in a temporary folder",
    "l10n/engines/neural/added.py": "the list of models in the person's folder",
    "l10n/engines/neural/families.py": "files of a model that the person added",
    "l10n/engines/neural/trial.py": "verdicts in the person's folder",
    "l10n/exchange/packs.py": "members of an archive that `files.read_bytes` has read",
    "l10n/engines/web.py": "an address, not a file",
    "l10n/review/lookup_server.py": "its own standard output",
    "l10n/workers/processes.py": "work in a temporary folder of its own",
    "l10n/review/stops.py": "where sittings ended, in the person's folder",
    "l10n/review/journal.py": "journals in the person's folder",
    "l10n/review/lock.py": "lock files, which hold no text",
    "l10n/review/statistics.py": "figures in the person's folder",
    "tui/app.py": "a traceback in the person's folder",
    "tui/desk/windows.py": "a page in a temporary folder",
}
"""Modules that open files by themselves, and what: none of them a file of a project."""

CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "connect", "fdopen"}


def test_no_other_module_opens_files() -> None:
    """A guard in some of the places where a path is opened is none."""
    culprits = set()
    for package in ("l10n", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _opens(node.func):
                    culprits.add(path.relative_to(ROOT).as_posix())
    assert culprits == set(OPENERS)


_OURS = {
    "Memory",
    "Cache",
    "Catalog",
    "Journal",
    "Keeper",
    "Ledger",
    "webbrowser",
    "package_files",
}
"""Classes with an `open` of their own, which calls `l10n.files` in turn."""


def _opens(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id == "open"
    if not isinstance(function, ast.Attribute) or function.attr not in CALLS:
        return False
    owner = function.value
    return not (isinstance(owner, ast.Name) and owner.id in _OURS)


@pytest.mark.parametrize("busy", [False, True])
def test_look_ups_end_with_the_reviewer_whatever_kills_it(tmp_path: Path, busy: bool) -> None:
    work = "import re; re.match(r'(a+)+b', 'a' * 40)" if busy else "import time; time.sleep(60)"
    child = f"""
import os
from l10n.review.lookup_server import _end_with
_end_with(os.getppid())
print(os.getpid(), flush=True)
{work}
"""
    parent = f"""
import subprocess, sys
subprocess.Popen([sys.executable, "-c", {child!r}]).wait()
"""
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as reviewer:
        assert reviewer.stdout
        number = int(reviewer.stdout.readline())
        reviewer.kill()
    deadline = time.monotonic() + 20
    while _is_alive(number) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _is_alive(number)


def _is_alive(number: int) -> bool:
    try:
        # A zombie is dead; it waits for the first process to take note.
        return " Z " not in Path(f"/proc/{number}/stat").read_text()
    except FileNotFoundError:
        return False

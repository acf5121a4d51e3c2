"""`docs/security.md`: what it says of each command is what the command does, watched from below."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from l10n.cli.commands import COMMANDS

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "security.md"

_CELL = re.compile(r"`([^`]+)`")

PLACES = ("l10n.toml", "articles", "locales", "glossary.csv", "templates", "site", ".l10n")

_WATCH = """
import json, os, signal, sys
events = []
# Where the tests run in the background of a shell, it is ignored, and so would it be here.
signal.signal(signal.SIGINT, signal.default_int_handler)

def note(event, details):
    if event == "open":
        events.append(["open", str(details[0]), bool((details[2] or 0) & 3)])
    elif event == "os.rename":
        events.append(["open", str(details[1]), True])
    elif event in {"os.remove", "os.mkdir", "sqlite3.connect"}:
        events.append(["open", str(details[0]), True])
    elif event in {"subprocess.Popen", "os.exec", "os.posix_spawn"}:
        events.append(["run", os.path.basename(str(details[0])), str(details[1])])
    elif event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        events.append(["contact", str(details[1] if event == "socket.connect" else details[0]), ""])

sys.addaudithook(note)
from l10n.cli import main
try:
    main(sys.argv[1:])
finally:
    json.dump(events, open(os.environ["EVENTS"], "w"))
"""
"""Python tells of every file, program and address that is opened before it opens it."""


@dataclass(frozen=True)
class Touched:
    """What a command touched."""

    reads: frozenset[str]
    writes: frozenset[str]
    runs: frozenset[str]
    contacts: frozenset[str]

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(
            self.reads | other.reads,
            self.writes | other.writes,
            self.runs | other.runs,
            self.contacts | other.contacts,
        )


def rows() -> dict[str, list[str]]:
    """Give the cells of the table by command."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells if row[0].startswith("`l10n ")}


def names_in(cell: str) -> frozenset[str]:
    return frozenset(name.rstrip("/") for name in _CELL.findall(cell))


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a project with everything that commands read: as it is written, updated, and built."""
    new = tmp_path_factory.mktemp("new") / "project"
    for folder in ("articles/es", "articles/en", "templates"):
        (new / folder).mkdir(parents=True)
    (new / "l10n.toml").write_text(
        'source = "es"\ntargets = ["en"]\narticles = "articles/{locale}"\n'
        'catalogs = "locales/{locale}/LC_MESSAGES"\nglossary = "glossary.csv"\nengines = ["pseudo"]\n'
    )
    (new / "articles/es/feria.html").write_text("<p>Hoy abre la feria.")
    (new / "articles/en/feria.html").write_text("<p>The fair opens today.")
    (new / "articles/es/mercado.md").write_text("# El mercado\n\nAbre la feria.\n")
    shutil.copy(ROOT / "l10n/export/data/article.html", new / "templates/article.html")
    head = "source_locale,source_term,target_locale,target_term,note,forbidden\n"
    (new / "glossary.csv").write_text(f"{head}es,feria,en,fair,,\n")
    (new / "more.csv").write_text(f"{head}es,plaza,en,square,,\n")
    roots = {"new": new}
    for stage in ("update", "build"):
        roots[stage] = tmp_path_factory.mktemp(stage) / "project"
        shutil.copytree(new, roots[stage])
        touched(roots[stage], stage)
    return roots


@pytest.fixture
def at_stage(stages: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    """Give a project of one's own at a stage; building one for each test takes five times as long."""

    def copied(stage: str) -> Path:
        return Path(shutil.copytree(stages[stage], tmp_path / "project"))

    return copied


def touched(root: Path, *arguments: str, answers: str = "") -> Touched:
    """Give what a command touches below a project; what it does outside of it must be a person's or the tool's own."""
    events = root.parent / "events.json"
    person = {
        f"XDG_{name}_HOME": str(root.parent / "person")
        for name in ("CONFIG", "CACHE", "STATE", "DATA")
    }
    with subprocess.Popen(
        [sys.executable, "-c", _WATCH, *arguments],
        cwd=root,
        env={**os.environ, **person, "L10N_LANG": "en", "EVENTS": str(events)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            if arguments[0] == "preview":
                # It serves until it is stopped, and says so when it begins.
                assert process.stderr
                while "http://" not in (line := process.stderr.readline()):
                    assert line, "it never served"
                process.send_signal(signal.SIGINT)
            _out, err = process.communicate(answers, timeout=120)
        except BaseException:
            process.kill()
            raise
    assert process.returncode in {0, 1, 130}, err
    reads, writes, runs, contacts = set[str](), set[str](), set[str](), set[str]()
    for kind, name, more in json.loads(events.read_text()):
        if kind == "run":
            runs.add("itself" if name == Path(sys.executable).name else name)
        elif kind == "contact":
            contacts.add(name)
        else:
            path = os.path.normpath(root / name)
            top = os.path.relpath(path, root).split("/")[0]
            is_inside = path.startswith(f"{root}/") and not name.isdigit()
            if is_inside and not top.endswith(".tmp"):
                (writes if more else reads).add(top)
            elif is_inside:
                assert more
            elif more and not name.isdigit():
                assert path.startswith((f"{root.parent}/person", "/dev/", "/tmp", str(root))), (
                    path
                )
    return Touched(frozenset(reads), frozenset(writes), frozenset(runs), frozenset(contacts))


SCENES: dict[str, tuple[str, list[str]]] = {
    "l10n update": ("new", ["update"]),
    "l10n rename": ("update", ["rename", "mercado", "plaza"]),
    "l10n retire": ("update", ["retire"]),
    "l10n align": ("new", ["align"]),
    "l10n prefill": ("update", ["prefill"]),
    "l10n approve": ("build", ["approve", "--yes", "--by", "Ana"]),
    "l10n check": ("update", ["check"]),
    "l10n status": ("update", ["status"]),
    "l10n export": ("update", ["export"]),
    "l10n preview": ("update", ["preview", "--port", "0"]),
    "l10n build": ("new", ["build"]),
    "l10n review": ("build", ["review", "--plain", "--by", "Ana", "en"]),
    "l10n xliff": ("build", ["xliff", "export", "feria", "-o", "answer.xlf"]),
    "l10n pack": ("build", ["pack", "feria", "-o", "pack.zip"]),
    "l10n unpack": ("build", ["unpack", "answer.xlf"]),
    "l10n table": ("build", ["table", "export", "feria", "-o", "table.csv"]),
    "l10n compile": ("build", ["compile"]),
    "l10n tm": ("build", ["tm", "rebuild"]),
    "l10n glossary": ("update", ["glossary", "import", "more.csv"]),
    "l10n engines": ("build", ["engines", "list"]),
}
"""The stage of a project at which each command is watched, and how it is brought to do what it is for."""


SEQUELS = {
    "l10n xliff": [["xliff", "import", "answer.xlf", "--by", "Ana"]],
    "l10n table": [["table", "import", "table.csv"]],
}
"""What else belongs to what a command is for, after its scene."""


@pytest.mark.parametrize("command", SCENES)
def test_command_touches_what_the_page_says(
    at_stage: Callable[[str], Path], command: str
) -> None:
    reads, writes, runs, contacts = rows()[command]
    stage, arguments = SCENES[command]
    root = at_stage(stage)
    if command == "l10n retire":
        (root / "articles/es/mercado.md").unlink()
    if command == "l10n unpack":
        touched(root, "xliff", "export", "feria", "-o", "answer.xlf")
    seen = touched(root, *arguments, answers="q\n")
    for more in SEQUELS.get(command, []):
        seen = seen | touched(root, *more)
    named = {"more.csv", "answer.xlf", "table.csv", "pack.zip"}
    assert seen.reads - named <= names_in(reads), "reads"
    assert seen.writes - named <= names_in(writes), "writes"
    assert seen.runs <= names_in(runs) | ({"itself"} if "itself" in runs else set()), "runs"
    assert not seen.contacts
    assert contacts == "nobody" or "host" in contacts or "127.0.0.1" in contacts
    # A page that claims too much is no use either.
    if command not in {"l10n review", "l10n preview", "l10n engines"}:
        assert seen.writes - named == names_in(writes)


def test_init_touches_what_the_page_says(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    reads, writes, _runs, _contacts = rows()["l10n init"]
    seen = touched(empty, "init")
    assert seen.reads <= names_in(reads)
    assert {name for name in seen.writes if name in PLACES} <= names_in(writes)
    assert "l10n.toml" in seen.writes
    assert not seen.contacts | seen.runs


def test_every_command_has_its_line() -> None:
    assert set(rows()) == {f"l10n {name}" for name in (*COMMANDS, "review")}
    assert set(rows()) == {*SCENES, "l10n init"}

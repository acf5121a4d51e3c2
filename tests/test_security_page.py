"""`docs/security.md`: what it says of each command is what the command does, watched from below."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from l10n.cli import COMMANDS

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


def rows() -> dict[str, list[str]]:
    """Give the cells of the table by command."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells if row[0].startswith("`l10n ")}


def names_in(cell: str) -> frozenset[str]:
    return frozenset(name.rstrip("/") for name in _CELL.findall(cell))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project with everything that commands read, built once."""
    root = tmp_path / "project"
    for folder in ("articles/es", "articles/en", "templates"):
        (root / folder).mkdir(parents=True)
    (root / "l10n.toml").write_text(
        'source = "es"\ntargets = ["en"]\narticles = "articles/{locale}"\n'
        'catalogs = "locales/{locale}/LC_MESSAGES"\nglossary = "glossary.csv"\nengines = ["pseudo"]\n'
    )
    (root / "articles/es/feria.html").write_text("<p>Hoy abre la feria.")
    (root / "articles/en/feria.html").write_text("<p>The fair opens today.")
    (root / "articles/es/mercado.md").write_text("# El mercado\n\nAbre la feria.\n")
    (root / "templates/article.html").write_text("<p>{{ page.title }}")
    shutil.copy(ROOT / "l10n/export/data/article.html", root / "templates/article.html")
    (root / "glossary.csv").write_text(
        "source_locale,source_term,target_locale,target_term,note,forbidden\nes,feria,en,fair,,\n"
    )
    for name in ("CONFIG", "CACHE", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "person"))
    monkeypatch.setenv("L10N_LANG", "en")
    return root


def touched(root: Path, *arguments: str, answers: str = "") -> Touched:
    """Give what a command touches below a project; what it does outside of it must be a person's or the tool's own."""
    events = root.parent / "events.json"
    command = [sys.executable, "-c", _WATCH, *arguments]
    environment = {**os.environ, "EVENTS": str(events)}
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        if arguments[0] == "preview":
            time.sleep(8)
            process.send_signal(signal.SIGINT)
        try:
            _out, err = process.communicate(answers, timeout=120)
        except subprocess.TimeoutExpired:
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


SCENES: dict[str, list[list[str]]] = {
    "l10n update": [["update"]],
    "l10n align": [["align"]],
    "l10n prefill": [["update"], ["prefill"]],
    "l10n approve": [["build"], ["approve", "--yes"]],
    "l10n check": [["update"], ["check"]],
    "l10n status": [["update"], ["status"]],
    "l10n export": [["update"], ["export"]],
    "l10n preview": [["update"], ["preview", "--port", "0"]],
    "l10n build": [["build"]],
    "l10n review": [["build"], ["review", "--plain", "--by", "Ana", "en"]],
    "l10n tm": [["build"], ["tm", "rebuild"]],
    "l10n glossary": [["update"], ["glossary", "import", "more.csv"]],
    "l10n engines": [["build"], ["engines", "list"]],
}
"""How each command is brought to do what it is for; the last one of each list is watched."""


@pytest.mark.parametrize("command", SCENES)
def test_command_touches_what_the_page_says(project: Path, command: str) -> None:
    reads, writes, runs, contacts = rows()[command]
    (project / "more.csv").write_text(
        "source_locale,source_term,target_locale,target_term,note,forbidden\nes,plaza,en,square,,\n"
    )
    *before, watched = SCENES[command]
    for arguments in before:
        touched(project, *arguments)
    seen = touched(project, *watched, answers="q\n")
    named = {"more.csv"}
    assert seen.reads - named <= names_in(reads), "reads"
    assert seen.writes <= names_in(writes), "writes"
    assert seen.runs <= names_in(runs) | ({"itself"} if "itself" in runs else set()), "runs"
    assert not seen.contacts
    assert contacts == "nobody" or "host" in contacts or "127.0.0.1" in contacts
    # A page that claims too much is no use either.
    if command not in {"l10n review", "l10n preview", "l10n engines"}:
        assert seen.writes == names_in(writes)


def test_init_touches_what_the_page_says(project: Path) -> None:
    empty = project.parent / "empty"
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

"""The reviewer in a real terminal: tmux types, tmux reads the screen, the file tells the rest."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from l10n.model import State
from tests.review.conftest import PLURALS

if TYPE_CHECKING:
    from tests.review.conftest import Desk

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not here")


class Tmux:
    """One tmux server of our own with one window."""

    def __init__(self, name: str) -> None:
        self.name = name

    def run(self, *arguments: str, text: str | None = None) -> str:
        command = ["tmux", "-L", self.name, "-f", "/dev/null", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, input=text, check=False)
        return done.stdout

    def start(self, *arguments: str | Path, width: int, height: int, **env_more: str) -> None:
        words = " ".join([sys.executable, "-m", "l10n", *map(str, arguments)])
        env = {**os.environ, "PYTHONPATH": str(REPOSITORY), "LANG": "C.UTF-8", **env_more}
        size = ["-x", str(width), "-y", str(height)]
        command = ["tmux", "-L", self.name, "-f", "/dev/null", "new-session", "-d", *size]
        subprocess.run([*command, f"{words}; echo left $?; sleep 60"], env=env, check=True)

    def keys(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def type(self, text: str) -> None:
        self.run("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        self.run("load-buffer", "-", text=text)
        self.run("paste-buffer", "-p")

    def screen(self, *options: str) -> str:
        return self.run("capture-pane", "-p", *options)

    def wait_for(self, text: str) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if text in (screen := self.screen()):
                return screen
            time.sleep(0.05)
        raise AssertionError(f"no {text!r} on the screen:\n{self.screen()}")

    def pid(self) -> int:
        shell = int(self.run("list-panes", "-F", "#{pane_pid}").strip())
        children = (
            Path(f"/proc/{shell}/task/{shell}/children").read_text(encoding="ascii").split()
        )
        return int(children[0]) if children else shell


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    server = Tmux(f"l10n-{os.getpid()}-{tmp_path.name}"[:60])
    yield server
    server.run("kill-server")


def eventually(claim: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not claim() and time.monotonic() < end:
        time.sleep(0.05)
    assert claim()


@pytest.mark.parametrize(("width", "height"), [(120, 36), (80, 24)])
@pytest.mark.parametrize("language", ["en", "es"])
def test_spanish_is_typed_pasted_approved_and_in_the_file(
    desk: Desk, tmux: Tmux, width: int, height: int, language: str
) -> None:
    desk.write(drafts=False)
    tmux.start(
        "review", desk.path, "--by", "Ana", "--language", language, width=width, height=height
    )
    tmux.wait_for("F2")
    tmux.type("¿Qué? ¡Ñandú! «año» — ")
    tmux.paste("con la ñ\ny más")
    tmux.wait_for("y más")
    tmux.keys("F2")
    tmux.wait_for("2/6")
    tmux.type("El <a1>niño</a1> Zoë")
    tmux.keys("F2")
    tmux.wait_for("3/6")
    tmux.keys("C-q")
    tmux.wait_for("left 0")
    first, second = desk.on_disk().entries[:2]
    assert first.msgstr == "¿Qué? ¡Ñandú! «año» — con la ñ y más"
    assert second.msgstr == "El <a1>niño</a1> Zoë"
    assert first.state is second.state is State.REVIEWED
    assert first.stamp.reviewer == "Ana"
    assert [path.name for path in desk.path.parent.iterdir()] == [desk.path.name]


def test_coloured_text_is_pasted_as_text(desk: Desk, tmux: Tmux) -> None:
    desk.write(drafts=False)
    tmux.start("review", desk.path, "--by", "Ana", width=120, height=36)
    tmux.wait_for("F2")
    tmux.paste("\x1b[1;31merror:\x1b[0m a, \x1b[A\x1b[32mx and q\x1b[0m \x1bOQ end")
    tmux.wait_for("end")
    tmux.type("!")
    tmux.wait_for("end!")
    tmux.keys("C-q")
    tmux.wait_for("left 0")
    assert desk.texts()[0] == "error: a, x and q OQ end!"
    assert desk.on_disk().entries[1].state is State.UNTRANSLATED


def test_a_closed_terminal_saves_everything(desk: Desk, tmux: Tmux) -> None:
    tmux.start("review", desk.path, "--by", "Ana", width=120, height=36)
    tmux.wait_for("F2")
    tmux.keys("F2")
    tmux.wait_for("2/6")
    tmux.type("half a sentence ")
    tmux.wait_for("half a sentence")
    process = tmux.pid()
    tmux.run("kill-session")
    eventually(lambda: desk.on_disk().entries[0].state is State.REVIEWED)
    assert "half a sentence" in desk.texts()[1]
    eventually(lambda: not Path(f"/proc/{process}").exists())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_program_loses_nothing(desk: Desk, tmux: Tmux, number: signal.Signals) -> None:
    tmux.start("review", desk.path, "--by", "Ana", width=120, height=36)
    tmux.wait_for("F2")
    tmux.keys("F2", "F2")
    tmux.wait_for("3/6")
    tmux.type("Half a sentence")
    tmux.wait_for("Half a sentence")
    os.kill(tmux.pid(), number)
    tmux.wait_for(f"left {128 + number}")
    session = desk.sit_down()
    offered = session.keeper.recoverable()
    session.recover(offered)
    states = [entry.state for entry in session.entries]
    assert states[:2] == [State.REVIEWED, State.REVIEWED]
    assert "Half a sentence" in session.entries[2].msgstr


def test_without_colour_everything_can_still_be_told(desk: Desk, tmux: Tmux) -> None:
    start = {"NO_COLOR": "1", "COLORTERM": ""}
    tmux.start("review", desk.path, "--by", "Ana", width=120, height=36, **start)
    tmux.wait_for("words left")
    tmux.keys("F2", "F6", "Space")
    screen = tmux.wait_for("*2 ~")
    assert " 1 ✓" in screen
    assert "✓16.6% ~83.3%" in screen
    assert "Translation en · ~ draft" in screen
    tmux.keys("Down")
    assert ">3 ~" in tmux.wait_for(">3 ~")
    numbers = {int(number) for number in re.findall(r"[34]8;5;(\d+)", tmux.screen("-e"))}
    assert numbers
    assert numbers <= {*range(232, 256), *range(16, 232, 43)}, "greys of the 256 colours"


def review_plainly(desk: Desk, lines: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "l10n", "review", str(desk.path), "--plain", "--by", "Ana"]
    return subprocess.run(
        [*command, *options],
        input=lines,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        timeout=60,
        check=False,
    )


def test_plain_lines_make_the_same_decisions(desk: Desk) -> None:
    lines = "a\nt The child reads <a1>a tale</a1>.\na\ng 5\no\ny\nf ping\na\nw\nq\n"
    done = review_plainly(desk, lines)
    assert done.returncode == 0, done.stderr
    states = [entry.state is State.REVIEWED for entry in desk.on_disk().entries]
    assert states == [True, True, False, False, True, True]
    assert desk.texts()[1] == "The child reads <a1>a tale</a1>."
    assert "Unit 2 of 6, draft" in done.stdout


def test_plain_lines_go_on_to_the_plural_form_that_is_empty(desk: Desk) -> None:
    desk.path.write_text(PLURALS, encoding="utf-8")
    done = review_plainly(desk, "t One stall.\na\nt %d stalls.\na\nq\n")
    assert "Form 2 has no translation yet." in done.stdout
    entry = desk.on_disk().entries[0]
    assert entry.msgstrs == ("One stall.", "%d stalls.")
    assert entry.state is State.REVIEWED


def test_plain_lines_take_back_what_was_written(desk: Desk) -> None:
    before = desk.texts()
    done = review_plainly(desk, "g 3\nt Three hundred stalls.\nu\nq\n")
    assert "nothing to take back" not in done.stdout
    assert desk.texts() == before


def test_plain_lines_repair_and_edit_what_stands_there(desk: Desk) -> None:
    done = review_plainly(
        desk, "t The fair opens  its doors.\nx\ng 4\ne\nFurther information\nh nada\nq\n"
    )
    assert done.returncode == 0, done.stderr
    assert desk.texts()[0] == "The fair opens its doors."
    assert desk.texts()[3] == "Further information"
    assert "Nothing is found." in done.stdout


def test_without_a_terminal_it_is_one_line(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "l10n", "review", str(desk.path)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("l10n: ")
    assert "--plain" in done.stderr

"""The command line when nobody listens, the disk is full, or the terminal cannot show what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def shell(folder: Path, line: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which `l10n` is the command."""
    return subprocess.run(
        ["bash", "-c", f'l10n() {{ "{sys.executable}" -m l10n "$@"; }}; {line}'],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **env},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def accented(newsroom: Path) -> Path:
    """A project whose only article has an accent in its name."""
    articles = newsroom / "locales/es/articles"
    (articles / "faro.txt").rename(articles / "otoño.txt")
    (articles / "feria.html").unlink()
    (newsroom / "locales/en/articles/feria.html").unlink()
    return newsroom


@pytest.mark.parametrize("line", ["l10n check >&-", "l10n status >&-", "l10n check >&- 2>&-"])
def test_a_closed_output_is_no_defect(accented: Path, line: str) -> None:
    run = shell(accented, line)
    assert (run.returncode, b"internal" in run.stderr) == (int("check" in line), False)


def test_a_closed_input_is_nobody_to_ask(accented: Path) -> None:
    shell(accented, "l10n update; l10n prefill --engine pseudo")
    run = shell(accented, "l10n approve --by Ana <&-")
    assert (run.returncode, b"nobody at the terminal" in run.stderr) == (2, True)


def test_a_reader_that_leaves_is_no_defect(accented: Path) -> None:
    run = shell(accented, "set -o pipefail; l10n check --explain all | head -1")
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="Linux has a device that is always full"
)
def test_a_full_disk_is_told_in_one_line(accented: Path) -> None:
    run = shell(accented, "l10n status > /dev/full")
    assert (run.returncode, run.stderr) == (2, b"l10n: No space left on device\n")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_of_another_encoding_gets_what_it_can_show(
    accented: Path, encoding: str
) -> None:
    run = shell(accented, "l10n status", PYTHONIOENCODING=encoding)
    assert run.returncode == 0, run.stderr
    report = shell(accented, "l10n check --format json", PYTHONIOENCODING=encoding).stdout
    assert json.loads(report.decode())["findings"][0]["path"] == "locales/es/articles/otoño.txt"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("l10n chek", b"l10n: No such command 'chek'.\n  hint: l10n check\n"),
        ("l10n zzz", b"l10n: No such command 'zzz'.\n  hint: l10n --help\n"),
        ("l10n check --foo", b"l10n: No such option '--foo'."),
        ("l10n tm", b"Usage: l10n tm"),
    ],
)
def test_wrong_use_is_answered_with_a_command(accented: Path, line: str, said: bytes) -> None:
    run = shell(accented, line)
    assert run.returncode == 2 or line == "l10n tm"
    assert (run.stderr or run.stdout).startswith(said)


@pytest.mark.parametrize("module", ["click", "l10n.cli.commands", "l10n.interface"])
def test_an_interrupt_while_the_tool_is_loaded_shows_nothing_of_its_inside(
    module: str, tmp_path: Path
) -> None:
    # Where the signal would come in is not left to chance: the import of a module is interrupted.
    program = (
        "import runpy, sys\n"
        "class Impatient:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}:\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Impatient())\n"
        "runpy.run_module('l10n', run_name='__main__')\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (130, b"")

"""The tutorials: what they tell people to type gives what they show."""

from __future__ import annotations

import fnmatch
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STEP = re.compile(
    r"^```(?P<kind>\w+)\n(?P<block>.*?)^```|^<!-- \S+ \S+ \S+ \S+ (?P<typed>[^\n]*) -->$",
    re.MULTILINE | re.DOTALL,
)
FILE = re.compile(r"`([^`]+\.(?:md|html|toml|txt|csv))`[^`]*\Z")
"""A block of text is the file that the sentence before it names last."""
SCREEN = ("l10n review", "l10n preview")


def steps(page: Path) -> Iterator[tuple[str, str]]:
    """Give each command with the output that the page shows, and each file to write as (">name", text)."""
    text = page.read_text("utf-8")
    for step in STEP.finditer(text):
        if step["typed"]:
            yield step["typed"], "*"
        elif step["kind"] == "console":
            for command in re.split(r"^\$ ", step["block"], flags=re.MULTILINE)[1:]:
                line, _newline, output = command.partition("\n")
                yield line, output
        elif name := FILE.search(text[: step.start()]):
            yield f">{name[1]}", step["block"]


def shell(line: str, folder: Path) -> tuple[str, Path]:
    """Return what a line prints and the folder the shell is in after it."""
    script = f"{line}\nstatus=$?\npwd >&3\nexit $status"
    read, write = os.pipe()
    result = subprocess.run(
        ["bash", "-c", f"exec 3>&{write}\n{script}"],
        cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=(write,), check=False,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as pipe:
        return result.stdout, Path(pipe.read().strip() or folder)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("name", "made"),
    [("first-article.md", "site/en/mercado.html"), ("existing-site.md", "content/es/hours.md")],
)
def test_a_newcomer_gets_what_the_tutorial_shows(
    name: str, made: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ROOT / "docs" / ("" if language == "en" else language) / name
    if not page.exists():
        pytest.skip(f"{page} is not translated yet")
    monkeypatch.setenv("PATH", f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}")
    # Code is the same in both languages, and what comes back is shown as code.
    monkeypatch.setenv("L10N_LANG", "en")
    folder = tmp_path
    for line, output in steps(page):
        if line.startswith(">"):
            (folder / line[1:]).write_text(output, "utf-8")
        elif not line.startswith(SCREEN):
            printed, folder = shell(line, folder)
            pattern = re.sub(r"[\[?]", lambda sign: f"[{sign[0]}]", output).replace("…", "*")
            assert fnmatch.fnmatchcase(printed.strip(), pattern.strip()), f"{line}\n{printed}"
    assert (folder / made).exists()

"""What is remembered between checks never outlives what decided it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, Run, install_plugin

CATALOG = (
    'msgid ""\nmsgstr ""\n"Language: en\\n"\n"X-Source-Language: es\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "Cierra el faro."\nmsgstr "The the lighthouse closes."\n'
)


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """A copy of the tool, in which a test may change what it likes."""
    copy = tmp_path / "copy"
    shutil.copytree(
        REPOSITORY / "l10n", copy / "l10n", ignore=shutil.ignore_patterns("__pycache__")
    )
    return copy


def change(path: Path, edit: Callable[[str], str]) -> None:
    """Change a file and keep its time, as an installer does that keeps the times of an archive."""
    stat = path.stat()
    path.write_text(edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_a_changed_rule_never_shows_an_old_finding(
    l10n: Run, tmp_path: Path, tool: Path
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "l10n.toml").write_text('source = "es"\ntargets = ["en"]\n', encoding="utf-8")
    (project / "a.po").write_text(CATALOG, encoding="utf-8")

    def check() -> str:
        return l10n(
            "check", "a.po", cwd=project, PYTHONPATH=str(tool), PYTHONDONTWRITEBYTECODE="1"
        ).stdout

    assert "[doubled-word]" in check()
    rule = next(
        path
        for path in (tool / "l10n").rglob("*.py")
        if '"doubled-word"' in path.read_text(encoding="utf-8")
    )
    change(rule, lambda text: text.replace('"doubled-word"', '"twofold-word"'))
    assert "[twofold-word]" in check()


def digest_of(tool: Path, *plugins: Path) -> str:
    """Give what the cache is keyed by, in a process with these folders of plug-ins."""
    code = "from l10n.ledger import Ledger; print(Ledger.open(None).tool.hex())"
    path = os.pathsep.join(map(str, (tool, *plugins)))
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=tool,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.parametrize("name", ["en.txt", "es-en.txt"])
def test_changed_data_counts_like_a_changed_rule(tool: Path, name: str) -> None:
    before = digest_of(tool)
    assert digest_of(tool) == before
    change(next((tool / "l10n").rglob(name)), lambda text: text + "\n# changed\n")
    assert digest_of(tool) != before


@pytest.mark.parametrize("group", ["l10n.formats", "l10n.rules"])
def test_another_version_of_a_plugin_counts_like_a_changed_rule(
    tool: Path, tmp_path: Path, group: str
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    install_plugin(old, "l10n-lines", f"[{group}]\nlines = l10n_lines\n")
    install_plugin(new, "l10n-lines", f"[{group}]\nlines = l10n_lines\n", version="1.1")
    digests = {digest_of(tool), digest_of(tool, old), digest_of(tool, new)}
    assert len(digests) == 3

"""The files that other projects drop in: the pre-commit hook and the GitHub action do what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from l10n.articles import suffixes

ROOT = Path(__file__).parent.parent


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture
def newsroom_path(newsroom: Path) -> Path:
    """The newsroom, with a catalog that lacks everything."""
    subprocess.run(
        [sys.executable, "-m", "l10n", "update"],
        cwd=newsroom,
        env=environment(),
        check=True,
        capture_output=True,
        timeout=60,
    )
    return newsroom


def environment(**more: str) -> dict[str, str]:
    """What a step finds: `l10n` on the path, and what the workflow gives it."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **more}


def test_every_hook_runs_a_check() -> None:
    for hook in load(".pre-commit-hooks.yaml"):
        assert hook["entry"].startswith("l10n check")
        assert hook["pass_filenames"] is False


def test_the_hook_fails_where_the_check_does(newsroom_path: Path) -> None:
    hook = load(".pre-commit-hooks.yaml")[0]
    run = subprocess.run(
        [sys.executable, "-m", *hook["entry"].split()], cwd=newsroom_path, env=environment(),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "[min-translated]" in run.stdout


def test_the_action_annotates_and_writes_a_summary(newsroom_path: Path, tmp_path: Path) -> None:
    action = load("action.yml")
    step = action["runs"]["steps"][-1]
    for name in step["env"]:
        assert step["env"][name] == f"${{{{ inputs.{name.lower()} }}}}"
    summary = tmp_path / "summary.md"
    summary.write_text("Before.\n", encoding="utf-8")
    # The console script of the environment, whether or not the package is installed in it.
    launcher = tmp_path / "bin" / "l10n"
    launcher.parent.mkdir()
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m l10n "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    more = {
        "ARGUMENTS": "en --fail-on never", "SINCE": "", "SARIF": "l10n.sarif",
        "GITHUB_STEP_SUMMARY": str(summary),
    }  # fmt: skip
    env = environment(**more)
    env["PATH"] = f"{launcher.parent}{os.pathsep}{env['PATH']}"
    run = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=newsroom_path, env=env,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "::error file=locales/en/LC_MESSAGES/" in run.stdout
    assert summary.read_text(encoding="utf-8").startswith("Before.\n## Translations")
    assert (newsroom_path / "l10n.sarif").is_file()


def test_every_step_of_the_action_is_pinned() -> None:
    for step in load("action.yml")["runs"]["steps"]:
        if "uses" in step:
            assert len(step["uses"].rpartition("@")[2]) == 40


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("", []),
        ("  ", []),
        ("en --fail-on never", ["en", "--fail-on", "never"]),
        ("--fail-on\nnever\n", ["--fail-on", "never"]),
        ("'la feria' $(touch x) ;", ["la feria", "$(touch", "x)", ";"]),
    ],
)
def test_arguments_of_the_action_are_words_and_nothing_more(
    tmp_path: Path, arguments: str, words: list[str]
) -> None:
    step = load("action.yml")["runs"]["steps"][-1]
    launcher = tmp_path / "bin" / "l10n"
    launcher.parent.mkdir()
    launcher.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    env = environment(ARGUMENTS=arguments, SINCE="", SARIF="", GITHUB_STEP_SUMMARY="s.md")
    env["PATH"] = f"{launcher.parent}{os.pathsep}{env['PATH']}"
    run = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=tmp_path, env=env,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [
        "check",
        "--format",
        "github",
        "--output",
        "summary=s.md",
        *words,
    ]
    assert not (tmp_path / "x").exists()


def test_the_hooks_run_for_every_kind_of_article() -> None:
    for hook in load(".pre-commit-hooks.yaml"):
        for name in (
            "l10n.toml",
            "pyproject.toml",
            "a.po",
            *(f"a{suffix}" for suffix in suffixes()),
        ):
            assert re.search(hook["files"], name), name
        assert not re.search(hook["files"], "a.py")

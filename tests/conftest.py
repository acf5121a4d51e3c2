"""What many tests need: a project on disk, and the command line run as a user runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def person(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person with no settings, who speaks English and has an empty home."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(home / variable.split("_")[1].lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("L10N_LANG", "en")
    monkeypatch.delenv("ARGOS_PACKAGES_DIR", raising=False)
    return home


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A project of two small articles, one with an existing translation; no catalogs yet."""
    files = {
        "l10n.toml": 'source = "es"\ntargets = ["en"]\nengines = ["pseudo"]\n',
        "locales/es/articles/feria.html": (
            '<!DOCTYPE html>\n<html lang="es"><head><meta charset="utf-8">'
            "<title>La feria vuelve</title></head>\n<body><h1>La feria vuelve al río</h1>\n"
            '<p>Abre el <a href="a.html">sábado</a> a las 11. Entrada <b>libre</b>.</p>\n'
            "<p>Hay 42 casetas.</p>\n</body></html>\n"
        ),
        "locales/en/articles/feria.html": (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            "<title>The fair is back</title></head>\n<body><h1>The fair is back on the river</h1>\n"
            '<p>It opens on <a href="a.html">Saturday</a> at 11. Admission is <b>free</b>.</p>\n'
            "<p>There are 42 stalls.</p>\n</body></html>\n"
        ),
        "locales/es/articles/faro.txt": "El faro se apaga\n\nEl faro de Punta Seca cierra en mayo.\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def guide(name: str) -> str:
    """Give the code block of the guide that begins with the name of a file."""
    text = (REPOSITORY / "docs/extending.md").read_text(encoding="utf-8")
    match = re.search(
        rf"^```python\n(# {re.escape(name)}\n.*?)^```", text, re.MULTILINE | re.DOTALL
    )
    assert match is not None
    return match[1]


def install_plugin(folder: Path, name: str, entry_points: str, *, version: str = "1.0") -> None:
    """Put the metadata of a distribution into a folder of `sys.path`, as pip does."""
    metadata = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    metadata.mkdir(parents=True)
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (metadata / "METADATA").write_text(about, encoding="utf-8")
    (metadata / "entry_points.txt").write_text(entry_points, encoding="utf-8")


def on_path(folder: Path) -> str:
    """Give the `PYTHONPATH` that finds the desk and a folder of plug-ins."""
    return f"{REPOSITORY}:{folder}"


@pytest.fixture
def l10n(tmp_path: Path) -> Run:
    """Run `l10n` in a process of its own, in the test's folder unless `cwd` says otherwise."""

    def run(
        *arguments: str | Path, cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "l10n", *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=cwd or tmp_path,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run

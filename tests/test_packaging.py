"""The wheel that people install: what is in it, and that it works away from the sources."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import __version__
from l10n.interface import LANGUAGES

ROOT = Path(__file__).parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env={**os.environ, "L10N_LANG": "en", "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built as `pip install .` builds it, with the build tools at hand."""
    folder = tmp_path_factory.mktemp("dist")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(
        *pip,
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        folder,
        ROOT,
        cwd=folder,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a virtual environment with only the wheel and our dependencies."""
    home = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    python = home / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "--python", python, "install", "--no-deps", wheel, cwd=home)
    (packages,) = home.glob("lib/python*/site-packages")
    # A path in a .pth file is searched last and its own .pth files are not read: the
    # dependencies are found, the sources that an editable install points to are not.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def names(wheel: Path) -> Iterator[str]:
    with zipfile.ZipFile(wheel) as archive:
        yield from archive.namelist()


def test_wheel_holds_both_packages_and_their_data(wheel: Path) -> None:
    inside = set(names(wheel))
    sources = {
        path.relative_to(ROOT).as_posix()
        for package in ("l10n", "tui")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sources - inside == set()
    for language in LANGUAGES[1:]:
        assert f"l10n/locale/{language}/LC_MESSAGES/l10n.mo" in inside


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in names(wheel)}
    assert tops == {"l10n", "tui", f"l10n_workbench-{__version__}.dist-info"}


def test_command_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = "import l10n, tui; print(l10n.__file__, tui.__file__)"
    for path in run(installed / "python", "-c", where, cwd=tmp_path).split():
        assert Path(path).is_relative_to(installed.parent)
    assert __version__ in run(installed / "l10n", "--version", cwd=tmp_path)
    assert "review" in run(installed / "l10n", "--help", cwd=tmp_path)


def test_installed_command_does_the_whole_road(installed: Path, tmp_path: Path) -> None:
    run(installed / "l10n", "init", cwd=tmp_path)
    article = tmp_path / "locales" / "es" / "articles" / "nota.txt"
    article.write_text("Cierra el puente\n\nEl puente cierra el lunes.\n", encoding="utf-8")
    run(installed / "l10n", "build", cwd=tmp_path)
    assert (tmp_path / "locales" / "en" / "LC_MESSAGES" / "nota.po").exists()
    assert (tmp_path / "site" / "en" / "nota.html").exists()


def test_every_entry_point_can_be_loaded(installed: Path, tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    load = (
        "import sys; from importlib.metadata import entry_points\n"
        "for point in entry_points(group=sys.argv[1]): point.load(); print(point.name)"
    )
    for group, points in project["entry-points"].items():
        found = run(installed / "python", "-c", load, group, cwd=tmp_path).split()
        assert sorted(set(found)) == sorted(points)


def test_pinned_list_keeps_out_what_is_never_imported() -> None:
    pinned = (ROOT / ".ci" / "requirements.txt").read_text(encoding="utf-8")
    packages = {line.partition("==")[0] for line in pinned.splitlines() if "==" in line}
    assert packages.isdisjoint({"torch", "stanza", "spacy", "minisbd"})
    assert {"argostranslate", "ctranslate2", "textual", "pytest"} <= packages
    assert "://" not in pinned


def test_missing_programs_are_named_where_nothing_can_be_installed(tmp_path: Path) -> None:
    shell = shutil.which("bash")
    assert shell is not None
    done = subprocess.run(
        [shell, ROOT / ".ci" / "system-packages", "apertium-eng-spa"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "apertium-eng-spa" in done.stderr

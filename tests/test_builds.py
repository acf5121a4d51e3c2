"""Pages built by the generators they are written for: a translation changes what readers read and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builds import generators
from tests.builds.pages import (
    MARK,
    dead_links,
    differences,
    mark_catalog,
    outline,
    read,
)

DATA = Path(__file__).parent / "data/builds"
TOML = """\
source = "en"
targets = ["es"]
engines = []
[export]
format = "same"
"""


def l10n(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "l10n", *arguments]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stderr


OWN_FILES = {"hugo": "hugo.toml", "mkdocs": "mkdocs.yml", "jekyll": "_config.yml"}
"""By which the desk tells what a project is built with."""


def exported(name: str, pages: Path, project: Path) -> Path:
    """Return the folder of the pages in a translation that adds a letter to every unit."""
    shutil.copytree(pages, project / "locales/en/articles")
    (project / "l10n.toml").write_text(TOML)
    (project / OWN_FILES[name]).touch()
    l10n(project, "update")
    for path in sorted((project / "locales/es/LC_MESSAGES").rglob("*.po")):
        assert mark_catalog(path) > 1
    l10n(project, "export", "es", "-o", "out")
    return project / "out/es"


@pytest.mark.parametrize(
    ("name", "build", "page"),
    [
        ("hugo", generators.hugo, "guide/index.html"),
        ("mkdocs", generators.mkdocs, "index.html"),
        ("jekyll", generators.jekyll, "guide.html"),
    ],
)
def test_a_marked_translation_differs_by_its_marks_alone(
    name: str, build: Callable[[Path, Path], Path], page: str, tmp_path: Path
) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"no {name} here")
    built = {}
    translation = exported(name, DATA / name, tmp_path / "project")
    for edition, pages in (("original", DATA / name), ("marked", translation)):
        (tmp_path / edition).mkdir()
        built[edition] = build(pages, tmp_path / edition) / page
    assert MARK in built["marked"].read_text()
    assert differences(built["original"], built["marked"]) == []
    assert dead_links(read(built["original"])) == []
    assert dead_links(read(built["marked"])) == []


def test_what_differs_is_seen(tmp_path: Path) -> None:
    pages = []
    for number, body in enumerate(
        (
            '<p id="a">One <b>two</b></p><a href="#a">x</a>',
            f'<p id="{MARK}a">O{MARK}ne <b>two</b></p><a href="#a">x</a>',
            "<p>One two</p>",
        )
    ):
        path = tmp_path / f"{number}.html"
        path.write_text(f"<body>{body}</body>")
        pages.append(path)
    assert differences(pages[0], pages[1]) == []
    assert dead_links(read(pages[1])) == ["#a"]
    assert differences(pages[0], pages[2]) != []
    assert list(outline(read(pages[2]))) == ["<body>", "<p>", "One two", "</p>", "</body>"]

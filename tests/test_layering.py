"""What may import what, and what a command loads."""

import os
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent

HEAVY = ("textual", "rich", "tui", "argostranslate", "ctranslate2", "sentencepiece", "sacremoses", "stanza", "torch", "numpy", "jinja2")  # fmt: skip
"""A screen, an engine, an aligner's arrays, a template: none of the checks' business."""

_REPORT = """
import sys
from l10n.cli import cli
cli.main(sys.argv[1:], standalone_mode=False)
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded_by(*arguments: str, folder: Path = ROOT) -> set[str]:
    """Give the top-level modules that a command loads, on the sample newsroom unless another folder is given."""
    done = subprocess.run(
        [sys.executable, "-c", _REPORT, *arguments],
        cwd=folder,
        env={**os.environ, "L10N_LANG": "en"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.rpartition("loaded:")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("check", "--only", "completeness"), ("status",)],
    ids=" ".join,
)
def test_command_loads_neither_a_screen_nor_an_engine(arguments: tuple[str, ...]) -> None:
    modules = loaded_by(*arguments)
    assert "l10n" in modules
    assert not modules.intersection(HEAVY)


def test_a_build_that_does_nothing_loads_nothing_that_it_would_do_it_with(
    tmp_path: Path,
) -> None:
    (tmp_path / "l10n.toml").write_text('engines = ["pseudo"]\n', "utf-8")
    article = tmp_path / "locales/es/articles/nota.txt"
    article.parent.mkdir(parents=True)
    article.write_text("Mañana no hay tren.\n", "utf-8")
    loaded_by("build", folder=tmp_path)
    modules = loaded_by("build", folder=tmp_path)
    assert "l10n" in modules
    assert not modules.intersection((*HEAVY, "rapidfuzz", "babel"))


def test_imports_keep_to_the_layers() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not even for type checking: who reads one of them would have to read all."""
    graph = grimp.build_graph("l10n", "tui")
    imports = {
        module: graph.find_modules_directly_imported_by(module) for module in graph.modules
    }
    TopologicalSorter(imports).prepare()  # raises CycleError, which names the circle


def test_use_cases_are_loaded_one_by_one() -> None:
    code = "import sys, l10n.desk; print(*sys.modules)"
    run = [sys.executable, "-c", code]
    modules = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not [
        name for name in modules.split() if name.startswith("l10n.") and name != "l10n.desk"
    ]


_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{\d*,?\d*\})\+")


def test_patterns_work_on_the_python_of_debian() -> None:
    """Python 3.11.0 to 3.11.4 match possessive groups wrongly (gh-106052): `(?>(?:…)*)` is right everywhere."""
    for package in ("l10n", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                assert not _POSSESSIVE_GROUP.search(line), f"{path.relative_to(ROOT)}:{number}"

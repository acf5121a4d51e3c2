"""`l10n approve`: what it stamps, what it leaves alone, and what it says."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.model import Counts, Origin, State, Unit

TEXTS = ("uno", "dos", "tres", "cuatro", "Ver el <a1>mapa</a1>", "seis", "siete")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "l10n.toml").write_text('source = "es"\ntargets = ["en"]\n')
    for name in ("feria", "museo"):
        path = tmp_path / "locales" / "en" / "LC_MESSAGES" / f"{name}.po"
        catalog = Catalog.new(path, source="es", target="en", article=f"es/{name}.html")
        catalog.merge([Unit(text) for text in TEXTS], article=f"es/{name}.html")
        drafts = catalog.entries
        drafts[0].translate("one")
        drafts[1].fill("two", origin=Origin.MT, mt="argos:x", band="good")
        drafts[2].fill("three", origin=Origin.ALIGNED, aligned="0.94")
        drafts[3].fill("four", origin=Origin.ALIGNED, aligned="0.41")
        drafts[4].fill("See the map", origin=Origin.ALIGNED, aligned="0.99")
        drafts[5].fill("six", origin=Origin.TM, tm="95")
        catalog.save()
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "l10n", "approve", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=environment(folder),
    )


def environment(folder: Path) -> dict[str, str]:
    root = Path(__file__).parent.parent
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(root),
        "HOME": str(folder),
        "L10N_LANG": "en",
        "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


def reviewed(folder: Path, name: str = "feria") -> list[str]:
    path = folder / "locales" / "en" / "LC_MESSAGES" / f"{name}.po"
    catalog = Catalog.load(path)
    return [entry.msgid for entry in catalog.entries if entry.state is State.REVIEWED]


def test_everything_sound_is_approved_and_counted(project: Path) -> None:
    done = run(project, "--by", "Ana María", "--yes")
    assert (done.returncode, done.stdout) == (0, "10 approved\n")
    assert (
        "locales/en/LC_MESSAGES/feria.po: aligned 2, machine translation 1, "
        "translation memory 1, translated 1, 1 left out, its placeholders are wrong"
    ) in done.stderr
    assert reviewed(project) == reviewed(project, "museo")
    assert reviewed(project) == ["uno", "dos", "tres", "cuatro", "seis"]
    again = run(project, "--by", "Ana", "--yes")
    assert (again.returncode, again.stdout) == (0, "")


def test_what_msgmerge_made_fuzzy_is_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "feria.po"
    catalog = Catalog.new(path, source="es", target="en", article="es/feria.html")
    catalog.merge([Unit("uno"), Unit("Abre a las 11.")], article="es/feria.html")
    catalog.entries[1].translate("It opens at 11.")
    catalog.merge([Unit("uno"), Unit("Abre a las 12.")], article="es/feria.html")
    catalog.save()
    said = "feria.po: 1 left out, it translates an earlier source (--origin source-changed takes it)"
    done = run(tmp_path, "feria.po", "--by", "Ana", "--all")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{said}\nnothing to approve\n"
    taken = run(tmp_path, "feria.po", "--by", "Ana", "--yes", "--origin", "source-changed")
    assert (taken.returncode, taken.stdout) == (0, "1 approved\n")


def test_stamp_names_the_reviewer_and_the_origin(project: Path) -> None:
    run(project, "feria", "--by", "Ana María", "--yes")
    path = project / "locales" / "en" / "LC_MESSAGES" / "feria.po"
    entry = Catalog.load(path).find("dos")
    assert entry is not None
    assert entry.stamp is not None
    assert (entry.stamp.reviewer, entry.stamp.origin) == ("Ana María", Origin.MT)
    assert not reviewed(project, "museo")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--origin", "aligned"], ["tres", "cuatro"]),
        (["--origin", "aligned", "--min-score", "0.9"], ["tres"]),
        (["--origin", "mt", "--origin", "tm"], ["dos", "seis"]),
        (["--min-score", "0.9"], ["tres", "seis"]),
        (["--origin", "source-changed"], []),
    ],
)
def test_drafts_are_chosen(options: list[str], expected: list[str], project: Path) -> None:
    assert run(project, "en", "--by", "Ana", "--yes", *options).returncode == 0
    assert reviewed(project) == expected


def test_translation_of_an_earlier_source_is_approved_only_by_name(project: Path) -> None:
    path = project / "locales" / "en" / "LC_MESSAGES" / "feria.po"
    text = path.read_text().replace(
        'msgid "siete"\nmsgstr ""', '#, fuzzy\n#| msgid "7"\nmsgid "siete"\nmsgstr "7"'
    )
    path.write_text(text)
    run(project, "--by", "Ana", "--yes")
    assert "siete" not in reviewed(project)
    run(project, "--by", "Ana", "--yes", "--origin", "source-changed")
    assert "siete" in reviewed(project)


def test_dry_run_changes_nothing(project: Path) -> None:
    done = run(project, "--by", "Ana", "--dry-run")
    assert (done.returncode, done.stdout) == (0, "")
    assert "aligned 2" in done.stderr
    assert not reviewed(project)


def test_without_a_terminal_it_wants_to_be_told(project: Path) -> None:
    done = run(project, "--by", "Ana")
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert not reviewed(project)


@pytest.mark.parametrize(("answer", "expected"), [("y\n", 5), ("n\n", 0)])
def test_at_a_terminal_it_asks(answer: str, expected: int, project: Path) -> None:
    master, slave = pty.openpty()
    os.write(master, answer.encode())
    done = subprocess.run(
        [sys.executable, "-m", "l10n", "approve", "feria", "--by", "Ana"],
        cwd=project,
        stdin=slave,
        capture_output=True,
        text=True,
        check=False,
        env=environment(project),
        timeout=60,
    )
    os.close(slave)
    os.close(master)
    assert done.returncode == 0
    assert "Mark 5 entries as reviewed by Ana?" in done.stderr
    assert len(reviewed(project)) == expected


def test_reviewer_is_the_persons_name_then_gits(project: Path) -> None:
    (project / "gitconfig").write_text("[user]\nname = Git Name\n")
    path = project / "locales" / "en" / "LC_MESSAGES" / "feria.po"
    run(project, "feria", "--yes", "--origin", "mt")
    assert "reviewed=Git%20Name" in path.read_text()
    config = project / ".config" / "l10n" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('name = "Luz"\n')
    run(project, "feria", "--yes", "--origin", "tm")
    assert "reviewed=Luz" in path.read_text()


def test_damaged_catalog_stops_everything(project: Path) -> None:
    path = project / "locales" / "en" / "LC_MESSAGES" / "museo.po"
    damaged = path.read_text().replace('msgstr "one"', "msgstr one")
    path.write_text(damaged)
    done = run(project, "--by", "Ana", "--yes")
    assert done.returncode == 2
    assert "museo.po:" in done.stderr
    assert done.stderr.count("\n") <= 2
    assert not reviewed(project)
    assert path.read_text() == damaged


def test_catalog_without_a_project(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "a"\nmsgstr "A"\n')
    assert run(tmp_path, "x.po", "--by", "Ana", "--yes").returncode == 0
    assert Catalog.load(path).counts() == Counts(translated=1, reviewed=1, words=1)
    assert run(tmp_path, "--by", "Ana", "--yes").returncode == 2
    assert run(tmp_path, "y.po", "--by", "Ana", "--yes").returncode == 2

"""Whoever does the parts of a piece of work, the results are the same, and none is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import desk
from l10n.catalog import Catalog
from l10n.errors import CatalogError, L10nError
from l10n.model import Origin
from l10n.project import Project
from l10n.workers import Alone, Workers, local_workers
from l10n.workers.processes import Processes

sys.path.insert(0, str(Path(__file__).parent))

from archives import small_archive, state
from parts import die, die_once, refuse, square


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_archive(tmp_path_factory.mktemp("archive"))


@pytest.fixture(scope="module", params=[1, 2])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    with Alone() if request.param == 1 else Processes(request.param, warm=0) as these:
        yield these


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut what an engine gets as small as the articles of a test ask for."""
    monkeypatch.setattr("l10n.drafting.prefill._CHUNK", 200)


class TestParts:
    def test_come_back_in_order(self, workers: Workers) -> None:
        assert list(workers.map(square, range(300))) == [n * n for n in range(300)]

    def test_of_nothing_and_of_one(self, workers: Workers) -> None:
        assert list(workers.map(square, [])) == []
        assert list(workers.map(square, [4])) == [16]

    def test_what_goes_wrong_is_raised_with_all_it_says(self, workers: Workers) -> None:
        results = workers.map(refuse, range(9))
        with pytest.raises(CatalogError) as caught:
            list(results)
        assert str(caught.value) == "five.po:5: five"
        assert caught.value.hint == "four"

    def test_are_taken_only_as_there_is_room(self) -> None:
        taken = []

        def parts() -> Iterator[int]:
            for n in range(100_000):
                taken.append(n)
                yield n

        with Processes(2, warm=0) as two:
            results = two.map(square, parts())
            assert next(results) == 0
            assert len(taken) < 100


class TestALostWorker:
    def test_costs_no_result(self, tmp_path: Path) -> None:
        parts = [tmp_path / ("f" * n + (".deadly" if n == 7 else "")) for n in range(1, 20)]
        with Processes(2, warm=0) as two:
            assert list(two.map(die_once, parts)) == [len(part.name) for part in parts]
        assert parts[6].exists()

    def test_that_is_always_lost_stops_with_one_line(self) -> None:
        with Processes(2, warm=0) as two, pytest.raises(L10nError, match="lost 3 times"):
            list(two.map(die, range(4)))


@pytest.mark.usefixtures("small_batches")
def test_a_build_is_byte_for_byte_the_same(archive: Path, tmp_path: Path) -> None:
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    findings = []
    for root, who in ((alone, Alone()), (shared, Processes(2, warm=0))):
        shutil.copytree(archive, root)
        project = Project.load(root / "l10n.toml")
        with who:
            report = desk.build(project, workers=who)
        assert report.is_complete
        findings.append([(f.rule, f.line, f.message, f.msgid) for f in report.check.findings])
        assert report.prefill.drafts.machine > 20
        assert len(report.align.aligned) == 4
    assert findings[0] == findings[1] != []
    assert state(alone) == state(shared)


@pytest.mark.usefixtures("small_batches")
def test_sentences_of_the_house_and_answers_of_before_reach_the_workers(
    archive: Path, tmp_path: Path, workers: Workers
) -> None:
    root = tmp_path / "news"
    shutil.copytree(archive, root)
    project = Project.load(root / "l10n.toml")
    desk.update(project)
    first = project.catalog_path("p01", "en")
    catalog = Catalog.load(first)
    notice = next(e for e in catalog.entries if e.msgid.startswith("El aviso"))
    notice.fill("The notice as always.", origin=Origin.TM)
    notice.approve(by="Ana")
    catalog.save()
    desk.prefill(project.catalogs("en"), project=project, workers=workers)
    second = Catalog.load(project.catalog_path("p02", "en"))
    drafts = {entry.msgid[:8]: entry.msgstr for entry in second.entries}
    assert drafts["El aviso"] == "The notice as always."
    assert drafts["El puert"].startswith("[")


def test_one_core_needs_no_process() -> None:
    assert isinstance(local_workers(1), Alone)
    assert local_workers(1).cores == 1


def test_processes_end_with_the_one_that_began_them(tmp_path: Path) -> None:
    script = tmp_path / "begin.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from l10n.workers.processes import Processes\n"
        "from parts import linger\n"
        "if __name__ == '__main__':\n"
        "    for pid in Processes(2, warm=0).map(linger, range(40)):\n"
        "        print(pid, flush=True)\n"
    )
    program = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    pid = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()
    for _try in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if (
            Path(f"/proc/{pid}/stat").exists()
            and " Z " in Path(f"/proc/{pid}/stat").read_text()
        ):
            return
        signal.sigtimedwait([], 0.1)
    pytest.fail("the process goes on")

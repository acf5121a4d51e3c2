"""A real Dask scheduler with two workers does what this machine does, byte for byte, whatever becomes of them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from l10n import desk
from l10n.cluster import workers as cluster_workers
from l10n.cluster.address import Tls, checked_address
from l10n.cluster.likeness import EngineUse, describe, differences
from l10n.cluster.workers import Cluster, connect
from l10n.errors import CatalogError, L10nError, ProjectError, UsageError
from l10n.project import Project

sys.path.insert(0, str(Path(__file__).parent))

from archives import small_archive, state
from parts import die_once, lie, refuse, square, stand_still

TESTS = Path(__file__).parent


class Town:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", str(port))

    def worker(self, name: str, path: Path | None = None) -> None:
        """Start a worker; `path` is a folder whose modules and distributions it finds first."""
        self._start(
            name, "worker", self.address, "--name", name, "--nthreads", "1",
            "--local-directory", str(self.folder / name), path=path,
        )  # fmt: skip

    def _start(self, name: str, kind: str, *arguments: str, path: Path | None = None) -> None:
        search = os.pathsep.join(map(str, filter(None, (path, TESTS))))
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *arguments],
                stdout=log, stderr=log, cwd=self.folder, env=os.environ | {"PYTHONPATH": search},
            )  # fmt: skip

    def end(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def close(self) -> None:
        for name in reversed(list(self.processes)):
            self.end(name)


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    town = Town(folder)
    try:
        yield town
    finally:
        town.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with a_town(tmp_path_factory.mktemp("town")) as town:
        town.worker("w1")
        town.worker("w2")
        yield town


def cluster_of(town: Town, number: int, **options: object) -> Cluster:
    """Connect when so many workers take part."""
    deadline = time.monotonic() + 60
    while True:
        try:
            cluster = connect(town.address, **options)  # type: ignore[arg-type]
        except L10nError:
            cluster = None
        if cluster is not None:
            if len(cluster.admitted) >= number:
                return cluster
            cluster.close()
        assert time.monotonic() < deadline, (town.folder / "w1.log").read_text()
        time.sleep(0.5)


class TestParts:
    def test_come_back_in_order_and_what_is_raised_is_raised_here(self, town: Town) -> None:
        with cluster_of(town, 2) as cluster:
            assert list(cluster.map(square, range(300))) == [n * n for n in range(300)]
            assert list(cluster.map(square, [])) == []
            with pytest.raises(CatalogError, match="five") as caught:
                list(cluster.map(refuse, range(9)))
            assert (caught.value.line, caught.value.hint) == (5, "four")

    def test_are_taken_only_as_there_is_room(self, town: Town) -> None:
        taken = []

        def parts() -> Iterator[int]:
            for n in range(100_000):
                taken.append(n)
                yield n

        with cluster_of(town, 2) as cluster:
            results = cluster.map(square, parts())
            assert next(results) == 0
            assert len(taken) < 100

    def test_survive_a_worker_that_is_killed(self, town: Town, tmp_path: Path) -> None:
        parts = [tmp_path / ("f" * n + (".deadly" if n == 7 else "")) for n in range(1, 20)]
        with cluster_of(town, 2) as cluster:
            assert list(cluster.map(die_once, parts)) == [len(part.name) for part in parts]
        assert parts[6].exists()


def test_a_build_is_byte_for_byte_that_of_one_machine(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("l10n.drafting.prefill._CHUNK", 200)
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    small_archive(alone)
    shutil.copytree(alone, shared)
    desk.build(Project.load(alone / "l10n.toml"))
    project = Project.load(shared / "l10n.toml")
    cluster_of(town, 1).close()
    with desk.open_workers(scheduler=town.address, project=project) as workers:
        assert isinstance(workers, Cluster)
        report = desk.build(project, workers=workers)
    assert report.is_complete
    assert report.prefill.drafts.machine > 20
    assert state(alone) == state(shared)
    # A second run has nothing to do.
    with desk.open_workers(scheduler=town.address, project=project) as workers:
        again = desk.prefill(project.catalogs("en"), project=project, workers=workers)
    assert again.drafts.drafted == 0


class TestWhoTakesPart:
    @pytest.fixture
    def odd(self, tmp_path: Path) -> Path:
        """A folder in which a library of another version is installed."""
        found = tmp_path / "odd" / "rapidfuzz-0.0.1.dist-info"
        found.mkdir(parents=True)
        (found / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: rapidfuzz\nVersion: 0.0.1\n"
        )
        return found.parent

    def test_who_differs_is_refused_by_name_and_the_rest_does_the_work(
        self, town: Town, odd: Path, tmp_path: Path
    ) -> None:
        bare = tmp_path / "bare" / "l10n"
        bare.mkdir(parents=True)
        (bare / "__init__.py").write_text("raise ImportError('no desk here')\n")
        town.worker("odd", odd)
        town.worker("bare", bare.parent)
        problems: dict[str, str] = {}
        deadline = time.monotonic() + 60
        try:
            while not {"odd", "bare"} <= set(problems) and time.monotonic() < deadline:
                told: list[L10nError] = []
                with cluster_of(town, 1, on_problem=told.append) as cluster:
                    assert list(cluster.map(square, range(20))) == [n * n for n in range(20)]
                    assert {"odd", "bare"}.isdisjoint(m.name for m in cluster.admitted)
                for problem in told:
                    match = re.match(r"worker (\w+) takes no part: (.*)", str(problem))
                    assert match is not None
                    problems[match[1]] = match[2]
        finally:
            for name in ("odd", "bare"):
                town.end(name)
        assert problems["odd"] == "rapidfuzz: 0.0.1 ≠ " + describe(())["rapidfuzz"]
        assert "no desk here" in problems["bare"]

    def test_an_engine_is_known_by_what_it_says(self) -> None:
        pseudo = EngineUse("pseudo", {}, (("es", "en"),))
        here = describe([pseudo])
        assert differences(here, describe([pseudo])) == ""
        said = here["engine pseudo"]
        assert said.startswith("es→en 1 ")
        assert "engine pseudo" in differences(
            here, here | {"engine pseudo": "es→en 1 0badc0de"}
        )
        assert "processor" in here
        assert "processor" not in describe([])


class TestALostScheduler:
    def test_stops_a_run_with_one_line(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cluster_workers, "_PATIENCE", 2.0)
        monkeypatch.setattr(cluster_workers, "_ASK_AGAIN", 0.5)
        with a_town(tmp_path) as town:
            town.worker("w1")
            monkeypatch.setattr(cluster_workers, "_PATIENCE", 60.0)
            with cluster_of(town, 1) as cluster:
                monkeypatch.setattr(cluster_workers, "_PATIENCE", 2.0)
                results = cluster.map(stand_still, range(1000))
                assert next(results) == 0
                town.processes["scheduler"].kill()
                with pytest.raises(L10nError, match=r"has gone|is left") as caught:
                    list(results)
            assert "type it again" in caught.value.hint

    def test_that_was_never_there_is_named(self) -> None:
        with pytest.raises(L10nError, match=r"tcp://127.0.0.1:1 cannot be reached") as caught:
            connect("tcp://127.0.0.1:1")
        assert "dask scheduler" in caught.value.hint


class TestConsent:
    def test_an_address_elsewhere_is_the_persons_to_allow(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.delenv("L10N_ALLOW_HOSTS", raising=False)
        (tmp_path / "l10n.toml").write_text(
            '[cluster]\nscheduler = "tls://farm.example.org:8786"\n'
        )
        project = Project.load(tmp_path / "l10n.toml")
        with pytest.raises(
            UsageError, match=r"leave this machine for farm\.example\.org"
        ) as caught:
            desk.open_workers(project=project)
        assert 'allow_hosts = ["farm.example.org"]' in caught.value.hint
        monkeypatch.setenv("L10N_ALLOW_HOSTS", "farm.example.org:8786")
        assert checked_address(project.cluster.scheduler) == "tls://farm.example.org:8786"
        # Processes of this machine, whatever the project says.
        assert desk.open_workers(1, project=project).cores == 1

    @pytest.mark.parametrize(
        "address",
        [
            "farm",
            "http://127.0.0.1:8786",
            "tcp://127.0.0.1",
            "tcp://localhost@evil.org:1",
            "tcp://a:0",
        ],
    )
    def test_what_is_no_address_is_told(self, address: str) -> None:
        with pytest.raises(UsageError, match="no address of a scheduler"):
            checked_address(address)

    def test_certificates_are_the_persons(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        assert Tls.of_person() == Tls()
        (tmp_path / "l10n").mkdir()
        (tmp_path / "l10n/config.toml").write_text(
            '[cluster]\ntls_ca_file = "/etc/farm/ca.pem"\ntls_client_key = "me.key"\n'
        )
        assert Tls.of_person() == Tls("/etc/farm/ca.pem", "", str(tmp_path / "l10n/me.key"))
        (tmp_path / "l10n.toml").write_text('[cluster]\ntls_ca_file = "ca.pem"\n')
        with pytest.raises(ProjectError, match="tls_ca_file"):
            Project.load(tmp_path / "l10n.toml")

    def test_an_unknown_key_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "l10n.toml").write_text('[cluster]\nshceduler = "tcp://127.0.0.1:1"\n')
        with pytest.raises(ProjectError, match="shceduler"):
            Project.load(tmp_path / "l10n.toml")


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("l10n.cluster")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    with pytest.raises(L10nError, match="needs the Python module") as caught:
        desk.open_workers(scheduler="tcp://127.0.0.1:8786")
    assert caught.value.hint == "pip install 'l10n-workbench[cluster]'"


# The last one: the worker goes on lying.
def test_parts_of_a_worker_that_answers_nonsense_go_elsewhere(town: Town) -> None:
    problems: list[L10nError] = []
    with cluster_of(town, 2, on_problem=problems.append) as cluster:
        assert list(cluster.map(lie, range(40))) == list(range(40))
        assert [member.name for member in cluster.admitted] == ["w1"]
    assert "worker w2 takes no part" in str(problems[0])

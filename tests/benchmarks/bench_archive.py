"""What each stage of an archive costs: one process, two, a Dask cluster of two workers on this machine, one of them killed.

    L10N_DATA=… python tests/benchmarks/bench_archive.py [ARTICLES] [ENGINE] [WAY…]

Articles of 30 paragraphs are made of the sentences of PUD with a number in each; the engine is `pseudo` unless named.
Wall time, processor time of all processes that take part, and the most memory of the command itself, stage by stage; at
the end whether every way wrote the same files, dates aside.
"""

from __future__ import annotations

import ctypes
import html
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

STAGES = ("update", "prefill", "check", "export")
WAYS = ("one", "two", "dask", "killed")
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of Linux: processes that outlive the command are ours to count."""


def write_archive(root: Path, number: int, engine: str) -> None:
    """Write a project of so many articles."""
    lines = (
        (Path(os.environ["L10N_DATA"]) / "segment/es_pud.tsv").read_text("utf-8").splitlines()
    )
    sentences = [sentence for line in lines for sentence in line.split("\t") if sentence]
    chance = random.Random(1)
    folder = root / "locales/es/articles"
    folder.mkdir(parents=True)
    (root / "l10n.toml").write_text(f'engines = ["{engine}"]\n[check]\nfail_on = "never"\n')
    for n in range(number):
        paragraphs = []
        for k in range(30):
            first, second = chance.sample(sentences, 2)
            words = first.split()
            words.insert(chance.randrange(len(words)), str(chance.randrange(10_000)))
            text = html.escape(" ".join(words))
            paragraphs.append(f'<p>{text} <a href="/x{k}">{html.escape(second)}</a></p>')
        title = html.escape(chance.choice(sentences))
        (folder / f"a{n:06}.html").write_text(
            f'<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><article><h1>{title}</h1>{''.join(paragraphs)}</article></body></html>",
            encoding="utf-8",
        )


@dataclass
class Cost:
    """What a stage took."""

    wall: float
    cpu: float
    """Seconds of all processes together."""
    own: float
    """Of these, the command’s own."""
    megabytes: float


@dataclass
class Town:
    """A scheduler and workers on this machine."""

    address: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """Processor time of all of them so far."""
        total = 0.0
        for process in self.tree():
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system + times.children_user + times.children_system
        return total

    def tree(self) -> list[psutil.Process]:
        """Return the scheduler, the nannies and the workers."""
        roots = [psutil.Process(process.pid) for process in self.processes]
        return [process for root in roots for process in (root, *root.children(recursive=True))]

    def kill_a_worker(self) -> None:
        """Kill the process that does the parts of the last worker; its nanny starts another."""
        nanny = psutil.Process(self.processes[-1].pid)
        workers = [
            child
            for child in nanny.children(recursive=True)
            if child.children() or "spawn" in " ".join(child.cmdline())
        ]
        workers[-1].kill()


@contextmanager
def a_town(folder: Path) -> Iterator[Town]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    town = Town(f"tcp://127.0.0.1:{port}")
    commands = [["scheduler", "--host", "127.0.0.1", "--port", str(port)]]
    commands += [
        ["worker", town.address, "--nthreads", "1", "--name", f"w{n}", "--local-directory", str(folder / f"w{n}")]
        for n in (1, 2)
    ]  # fmt: skip
    try:
        for kind, *arguments in commands:
            town.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *arguments],
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
        time.sleep(8)
        yield town
    finally:
        for process in reversed(town.processes):
            process.terminate()
        for process in town.processes:
            process.wait()


def run(project: Path, stage: str, way: str, town: Town | None, kill_after: float = 0) -> Cost:
    """Run a stage as a command of its own."""
    arguments = [sys.executable, "-m", "l10n", stage]
    if stage != "update":
        by_cluster = town is not None and stage in _BY_CLUSTER
        arguments += ["--scheduler", town.address] if town and by_cluster else []
        arguments += (
            ["--jobs", "1" if way == "one" else "2"]
            if not by_cluster and stage in _BY_CLUSTER
            else []
        )
    before = town.cpu if town else 0.0
    start = time.monotonic()
    process = subprocess.Popen(
        arguments, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    if kill_after and town:
        time.sleep(kill_after)
        town.kill_a_worker()
    assert process.stderr is not None
    told = process.stderr.read().decode()
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    own = cpu = usage.ru_utime + usage.ru_stime
    known = {member.pid for member in town.processes} if town else set()
    while True:
        orphans = [child for child in psutil.Process().children() if child.pid not in known]
        if not orphans:
            break
        _pid, _status, more = os.wait4(orphans[0].pid, 0)
        cpu += more.ru_utime + more.ru_stime
    if process.returncode not in (0, 1):
        sys.exit(f"{way} {stage}: {process.returncode}\n{told}")
    if kill_after:
        # The time of the worker that was killed is lost with it.
        return Cost(wall, float("nan"), own, usage.ru_maxrss / 1024)
    return Cost(wall, cpu + (town.cpu - before if town else 0), own, usage.ru_maxrss / 1024)


_BY_CLUSTER = ("prefill", "check", "export")


def state(root: Path) -> dict[str, bytes]:
    """Return what a run wrote, dates aside."""
    return {
        path.relative_to(root).as_posix(): b"\n".join(
            line for line in path.read_bytes().split(b"\n") if b"-Date:" not in line
        )
        for folder in ("locales/en", "site")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    engine = sys.argv[2] if len(sys.argv) > 2 else "pseudo"
    ways = sys.argv[3:] or WAYS
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    states, prefill = {}, 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "archive", number, engine)
        for way in ways:
            project = folder / way
            shutil.copytree(folder / "archive", project)
            with a_town(folder) if way in ("dask", "killed") else _nobody() as town:
                for stage in STAGES:
                    third = prefill / 3 if way == "killed" and stage == "prefill" else 0
                    cost = run(project, stage, way, town, third)
                    if way == "dask" and stage == "prefill":
                        prefill = cost.wall
                    print(
                        f"{way:7} {stage:8} {cost.wall:7.1f} s wall {cost.cpu:7.1f} s CPU ({cost.own:.1f} its own)"
                        f" {cost.megabytes:6.0f} MB",
                        flush=True,
                    )
            states[way] = state(project)
    first = next(iter(states.values()))
    print("identical" if all(found == first for found in states.values()) else "DIFFERENT")


@contextmanager
def _nobody() -> Iterator[None]:
    yield None


if __name__ == "__main__":
    main()

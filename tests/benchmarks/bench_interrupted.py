"""Stop a command at a random moment, then build: project and site must be what an undisturbed build makes of them.

    python tests/benchmarks/bench_interrupted.py [--rounds 200] [--seed 1] [--all]

The project is the sample newsroom, or two articles and a translation of it, without its catalogs, drafted by the pseudo engine. Each round takes a fresh copy,
runs one to three commands, stops the last one by SIGINT or SIGKILL, runs `build` and compares every file but those
of `.l10n`, which may be deleted at any time; the times in the headers of catalogs are left out.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.cli import COMMANDS, cli, main

REPOSITORY = Path(__file__).resolve().parents[2]
SCENES = (
    ("build",),
    ("build",),
    ("update",),
    ("align",),
    ("update", "align"),
    ("update", "prefill"),
    ("align", "prefill"),
    ("build", "export"),
)
"""Commands, the last of which is stopped."""
_DATES = re.compile(rb'^"(?:POT-Creation|PO-Revision)-Date: [^\n]*\n', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stop:
    """What was run and how it was stopped."""

    commands: Sequence[str]
    signal: signal.Signals
    after: float
    """Seconds."""

    def __str__(self) -> str:
        return f"{' && '.join(self.commands)}, {self.signal.name} after {self.after:.3f} s"


SMALL = ("es/articles/temporal.txt", "en/articles/temporal.txt", "es/articles/faro.txt")
"""Articles of the sample newsroom that are quickly built: one with a translation, one without."""


def newsroom(folder: Path, articles: Sequence[str] = ()) -> Path:
    """Make the sample newsroom, or some articles of it, as somebody has it who never ran the desk."""
    for locale in ("es", "en"):
        shutil.copytree(
            REPOSITORY / "locales" / locale / "articles",
            folder / "locales" / locale / "articles",
        )
    for path in (path for path in folder.rglob("*") if articles and path.is_file()):
        if path.relative_to(folder / "locales").as_posix() not in articles:
            path.unlink()
    settings = (
        'source = "es"\ntargets = ["en"]\nengines = ["pseudo"]\n[export]\ndrafts = true\n'
    )
    (folder / "l10n.toml").write_text(settings, encoding="utf-8")
    return folder


def load() -> None:
    """Load every command, so that a process forked from this one is at work at once."""
    context = cli.make_context("l10n", [], resilient_parsing=True)
    for name in COMMANDS:
        cli.get_command(context, name)
    with tempfile.TemporaryDirectory() as folder:
        run(newsroom(Path(folder) / "loaded"), "build", in_child=False)


def run(folder: Path, command: str, *, in_child: bool = True, after: float | None = None,
        by: signal.Signals = signal.SIGKILL) -> float:  # fmt: skip
    """Run a command in a folder, stop it after some seconds if told so, and return how long it took."""
    began = time.monotonic()
    # A signal that comes before the child is ready would let it go on as this process.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = os.fork() if in_child else 0
    if in_child and child:
        signal.signal(signal.SIGINT, before)
        if after is not None:
            time.sleep(after)
            # A process that has ended is a zombie until it is waited for: the signal meets nobody else.
            os.kill(child, by)
        os.waitpid(child, 0)
        return time.monotonic() - began
    here = Path.cwd()
    streams = [os.dup(1), os.dup(2)]
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.chdir(folder)
        main([command])
    except BaseException:  # noqa: BLE001 - `main` leaves by SystemExit
        pass
    finally:
        if in_child:
            os._exit(0)
        os.chdir(here)
        os.dup2(streams[0], 1)
        os.dup2(streams[1], 2)
    return time.monotonic() - began


def state_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a project and its site, dates left out."""
    return {
        path.relative_to(folder).as_posix(): _DATES.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".l10n" not in path.relative_to(folder).parts
    }


def play(original: Path, place: Path, chance: random.Random, seconds: float) -> Stop:
    """Stop something in a fresh copy of a project, then build it."""
    shutil.copytree(original, place)
    commands = chance.choice(SCENES)
    stop = Stop(
        commands,
        chance.choice([signal.SIGINT, signal.SIGKILL]),
        chance.uniform(0, seconds * (1.0 if commands[-1] == "build" else 0.5)),
    )
    for command in commands[:-1]:
        run(place, command)
    run(place, commands[-1], after=stop.after, by=stop.signal)
    run(place, "build")
    return stop


def differences(expected: dict[str, bytes], actual: dict[str, bytes]) -> list[str]:
    """Return the names of files that are not what they should be."""
    names = sorted(expected.keys() | actual.keys())
    return [name for name in names if expected.get(name) != actual.get(name)]


def stop_and_compare(
    folder: Path, rounds: int, seed: int, articles: Sequence[str] = ()
) -> list[str]:
    """Play rounds in a folder; gives a line for each that ended otherwise than an undisturbed build."""
    original = newsroom(folder / "original", articles)
    undisturbed = folder / "undisturbed"
    shutil.copytree(original, undisturbed)
    seconds = run(undisturbed, "build")
    expected = state_of(undisturbed)
    chance = random.Random(seed)
    lines = []
    for number in range(rounds):
        place = folder / f"round-{number}"
        stop = play(original, place, chance, seconds)
        if names := differences(expected, state_of(place)):
            lines.append(f"round {number}, {stop}: {', '.join(names)}")
        shutil.rmtree(place)
    return lines


def play_rounds() -> int:
    """Play rounds and count the differences."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--all", action="store_true", help="all articles, not only the small ones"
    )
    chosen = parser.parse_args()
    load()
    with tempfile.TemporaryDirectory() as folder:
        articles = () if chosen.all else SMALL
        lines = stop_and_compare(Path(folder), chosen.rounds, chosen.seed, articles)
    print("\n".join([*lines, f"{chosen.rounds} interruptions, {len(lines)} differences"]))
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(play_rounds())

"""How fast the reviewer is in a real pseudo-terminal of 120×36, and how much memory it takes.

    python tests/benchmarks/bench_review.py [--entries 100000] [--only start,keys,bytes,long,day]

Times are from writing a key's bytes to the first byte that comes back. Beside them, in the same run:
what `polib.pofile()` takes to read the same file.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import random
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

from l10n.catalog import Catalog
from l10n.model import Kind, Origin, Unit

SPANISH = [
    "la",
    "feria",
    "del",
    "libro",
    "abre",
    "sus",
    "puertas",
    "en",
    "el",
    "parque",
    "con",
    "más",
    "de",
    "trescientas",
    "casetas",
    "y",
    "un",
    "programa",
    "infantil",
    "que",
    "ocupa",
    "todas",
    "las",
    "mañanas",
    "niño",
    "ayuntamiento",
    "concejala",
    "pingüino",
]
ENGLISH = [
    "the",
    "book",
    "fair",
    "opens",
    "its",
    "doors",
    "in",
    "the",
    "park",
    "with",
    "more",
    "than",
    "three",
    "hundred",
    "stalls",
    "and",
    "a",
    "programme",
    "for",
    "children",
    "every",
    "morning",
    "child",
    "council",
    "councillor",
    "penguin",
]
DOWN, PAGE_DOWN, F2, F6 = b"\x1b[B", b"\x1b[6~", b"\x1bOQ", b"\x1b[17~"
CTRL_F, CTRL_Q, CTRL_S, CTRL_DOWN = b"\x06", b"\x11", b"\x13", b"\x1b[1;5B"
_STARTS = 15
_PARTS = ("start", "keys", "bytes", "long", "day")
ESCAPE_CODES = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[=>]")


def write_catalog(path: Path, entries: int) -> None:
    """Write a catalog in which half of the entries are drafts."""
    chance = random.Random(7)
    catalog = Catalog.new(path, source="es", target="en", article="es/feria.html")
    units = [
        Unit(
            " ".join(chance.choices(SPANISH, k=chance.randint(5, 30))).capitalize() + f" {i}.",
            kind=Kind.PARAGRAPH,
        )
        for i in range(entries)
    ]
    catalog.merge(units, article="es/feria.html")
    for number, entry in enumerate(catalog.entries):
        text = " ".join(chance.choices(ENGLISH, k=chance.randint(5, 30))).capitalize()
        text += f" {number}."
        match number % 4:
            case 0:
                entry.fill(text, origin=Origin.MT, mt="argos:translate-es_en-1.0", band="good")
            case 1:
                entry.fill(text, origin=Origin.TM, tm="87")
            case 2:
                entry.translate(text)
    catalog.save()


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(
        self, command: list[str], env: dict[str, str], *, width: int, height: int
    ) -> None:
        self.began = time.monotonic()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, env)
        size = struct.pack("HHHH", height, width, 0, 0)
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, size)
        self.output = bytearray()

    def read(self, timeout: float) -> bytes:
        """Give what comes within a time, as soon as something comes."""
        ready, _write, _error = select.select([self.descriptor], [], [], timeout)
        if not ready:
            return b""
        try:
            data = os.read(self.descriptor, 1 << 16)
        except OSError:
            return b""
        self.output += data
        return data

    def wait_for(self, text: bytes, timeout: float) -> float:
        """Give the seconds since the start until a text was on its way to the screen."""
        end = time.monotonic() + timeout
        seen = b""
        while time.monotonic() < end:
            seen += self.read(0.5)
            if text in ESCAPE_CODES.sub(b"", seen):
                return time.monotonic() - self.began
        raise TimeoutError(f"no {text!r} within {timeout} s")

    def settle(self, quiet: float = 0.15, limit: float = 20.0) -> None:
        """Read until nothing comes for a while."""
        end = time.monotonic() + limit
        while time.monotonic() < end and self.read(quiet):
            pass

    def press(self, key: bytes, timeout: float = 5.0) -> float:
        """Give the milliseconds from a key to the first byte that answers it."""
        began = time.perf_counter()
        os.write(self.descriptor, key)
        answer = self.read(timeout)
        return (time.perf_counter() - began) * 1000 if answer else float("nan")

    def memory(self) -> float:
        """Give the resident megabytes of the program."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def cpu(self) -> float:
        """Give the processor seconds the program has used."""
        fields = (
            Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        )
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End the program."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        os.waitpid(self.pid, 0)
        os.close(self.descriptor)


def percentile(values: list[float], share: float) -> float:
    """Give a percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def keys(terminal: Terminal, name: str, limit: float, *presses: bytes, pause: float) -> None:
    """Press keys at a steady pace and print how long the answers took."""
    times, began = [], terminal.cpu()
    for key in presses:
        times.append(terminal.press(key))
        end = time.monotonic() + pause
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
    middle, high = statistics.median(times), percentile(times, 0.95)
    verdict = "ok" if high <= limit else "MISSED"
    processor = (terminal.cpu() - began) * 1000 / len(presses)
    print(
        f"{name:34} p50 {middle:6.1f}  p95 {high:6.1f} ms   (wanted p95 <= {limit:.0f})  {verdict}"
        f"   processor {processor:.1f} ms a key, panes included",
        flush=True,
    )


def peer_seconds(path: Path) -> float:
    """Give what polib alone takes to read the file."""
    program = "import sys,time,polib; t=time.monotonic(); polib.pofile(sys.argv[1]); print(time.monotonic()-t)"
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def parsed_memory(path: Path) -> float:
    """Give the resident megabytes of a process that only read the catalog, all states known."""
    program = (
        "import sys; from pathlib import Path; from l10n.catalog import Catalog\n"
        "c=Catalog.load(Path(sys.argv[1])); s=[(e.state,e.msgstr) for e in c.entries]\n"
        "print(int(open('/proc/self/statm').read().split()[1])*4096/1e6)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--units", type=int, default=300, help="of the day")
    parser.add_argument("--first", type=int, default=0, help="text the day begins with")
    parser.add_argument("--before", action="store_true", help="a day at a version from before")
    parser.add_argument("--only", default=",".join(_PARTS), help="some of " + ",".join(_PARTS))
    chosen = parser.parse_args()
    parts = frozenset(chosen.only.split(","))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        env = {
            **os.environ,
            "XDG_STATE_HOME": folder,
            "XDG_CONFIG_HOME": folder,
            "TERM": "xterm-256color",
            "L10N_LANG": "en",
            "LANG": "C.UTF-8",
            "PYTHONPYCACHEPREFIX": f"{folder}/bytecode",
        }
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
        if "start" in parts:
            write_catalog(home / "small.po", 2000)
            measure_start(home / "small.po", env)
        if "keys" in parts:
            write_catalog(home / "big.po", chosen.entries)
            measure_all(home / "big.po", env, chosen.presses)
        if "day" in parts:
            from bench_review_day import measure_day

            measure_day(home, env, chosen.units, first=chosen.first, before=chosen.before)
        if parts & {"bytes", "long"}:
            from bench_review_line import measure_bytes, measure_long

            if "bytes" in parts:
                measure_bytes(home, env, chosen.presses)
            if "long" in parts:
                measure_long(home, env)


def measure_start(path: Path, env: dict[str, str]) -> None:
    """Print how long a small catalog takes from the shell to the screen."""
    times, processor = [], []
    for _round in range(_STARTS + 1):
        terminal = open_reviewer(path, env)
        times.append(terminal.wait_for(b"Help", 60))
        processor.append(terminal.cpu())
        terminal.kill()
    first, *others = times
    print(
        f"2,000 entries, shell to list: {min(others):.2f} s best, {statistics.median(others):.2f} s median of {_STARTS}"
        f"   (wanted < 1)   processor {statistics.median(processor[1:]):.2f} s;"
        f" the very first start, which compiles: {first:.2f} s",
        flush=True,
    )


def measure_all(path: Path, env: dict[str, str], presses: int) -> None:
    """Print everything about a big catalog."""
    alone = peer_seconds(path)
    terminal = open_reviewer(path, env)
    shown = terminal.wait_for(b"Help", 120)
    print(
        f"list on the screen after {shown:.2f} s; polib alone {alone:.2f} s; ratio {shown / alone:.2f}   (wanted <= 1.5)"
    )
    terminal.wait_for(b"words left", 120)
    terminal.settle(1.0)
    terminal.press(F6)  # the keys are in the text at first
    terminal.settle(0.5)
    keys(terminal, "Down", 30, *[DOWN] * presses, pause=0.1)
    keys(terminal, "Down held (30 a second)", 30, *[DOWN] * presses, pause=0.033)
    keys(terminal, "PgDn", 30, *[PAGE_DOWN] * presses, pause=0.15)
    terminal.press(F6)
    terminal.settle(0.5)
    letters = _characters("la niña y el pingüino leen un cuento en el parque ") * 3
    keys(terminal, "typing a character", 30, *letters[:presses], pause=0.08)
    os.write(terminal.descriptor, CTRL_DOWN)
    terminal.settle(0.5)
    commits = []
    for _number in range(presses // 2):
        os.write(terminal.descriptor, CTRL_S)
        time.sleep(0.02)
        while terminal.read(0.0):
            pass
        commits.append(terminal.press(F2))
        end = time.monotonic() + 0.25
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
    high = percentile(commits, 0.95)
    print(
        f"{'commit while the catalog is saved':34} p50 {statistics.median(commits):6.1f}  p95 {high:6.1f} ms   "
        f"(wanted p95 <= 50)  {'ok' if high <= 50 else 'MISSED'}"
    )
    terminal.settle(2.0)
    terminal.press(CTRL_F)
    terminal.settle(0.5)
    filters: list[bytes] = []
    for word in ("niño", "state:draft más", "ping mañanas", "zzz"):
        filters += [*_characters(word), *[b"\x7f"] * len(word)]
    keys(terminal, "filter keystroke", 120, *filters[: presses * 2], pause=0.25)
    terminal.settle(1.0)
    used, parsed = terminal.memory(), parsed_memory(path)
    print(
        f"resident {used:.0f} MB; the parsed catalog alone {parsed:.0f} MB; ratio {used / parsed:.2f}   (wanted <= 2.5)"
    )
    terminal.kill()


def open_reviewer(path: Path, env: dict[str, str]) -> Terminal:
    """Start the reviewer as a person does who has a name."""
    command = [str(Path(sys.executable).parent / "l10n"), "review", str(path), "--by", "Eva"]
    return Terminal(command, env, width=120, height=36)


def _characters(text: str) -> list[bytes]:
    return [character.encode() for character in text]


if __name__ == "__main__":
    main()

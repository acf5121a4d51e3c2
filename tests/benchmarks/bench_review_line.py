"""What the reviewer sends over a slow line, and what long units cost; beside it other editors on the same text.

python tests/benchmarks/bench_review.py --only bytes,long
"""

from __future__ import annotations

import os
import shutil
import statistics
import time
from pathlib import Path

from bench_review import CTRL_DOWN, F2, F6, Terminal, open_reviewer, percentile

from l10n.catalog import Catalog
from l10n.model import Kind, Origin, Unit

PARAGRAPH = (
    "Un año después de la riada, los vecinos de San Telmo cuentan qué se ha reconstruido y qué falta. El "
    "ayuntamiento promete terminar las obras del paseo en primavera, aunque la asociación de comerciantes "
    "recuerda que el mercado sigue cerrado y que 48 familias viven todavía fuera del barrio. "
)
TRANSLATION = (
    "A year after the flood, the neighbours of San Telmo tell what has been rebuilt and what is missing. The "
    "town council promises to finish the promenade in spring, though the traders recall that the market is "
    "still closed and that 48 families live outside the quarter to this day. "
)
LETTERS = "the market is open again and the river is calm "
LEFT, RIGHT, DOWN = b"\x1b[D", b"\x1b[C", b"\x1b[B"
_QUIET = 0.25
"""Seconds without a byte after which a key is answered, findings included."""


def measure_bytes(folder: Path, env: dict[str, str], presses: int) -> None:
    """Print the bytes a key at 120×36, of the reviewer and of other editors."""
    path = folder / "line.po"
    write_units(path, [(f"{PARAGRAPH * 2}{n}.", f"{TRANSLATION * 2}{n}.") for n in range(80)])
    terminal = open_reviewer(path, env)
    terminal.wait_for(b"words left", 240)
    terminal.settle(2.0)
    _report("letter", 600, _sizes(terminal, [sign.encode() for sign in LETTERS], presses))
    _report("cursor move", 900, _sizes(terminal, [LEFT, LEFT, LEFT, RIGHT, LEFT], presses))
    _report("next unit", 0, _sizes(terminal, [CTRL_DOWN], presses // 2))
    _report("approve", 0, _sizes(terminal, [F2], presses // 3))
    terminal.press(F6)
    terminal.settle(1.0)
    _report("down in the list", 0, _sizes(terminal, [DOWN], presses // 3))
    terminal.kill()
    text = folder / "line.txt"
    text.write_text(f"{TRANSLATION * 2}\n" * 20, encoding="utf-8")
    for name, command, start in (
        ("nano", ["nano", "-$", str(text)], b""),
        ("vim", ["vim", "-u", "NONE", "-N", str(text)], b"A"),
    ):
        if shutil.which(name) is None:
            print(f"{name} is not here", flush=True)
            continue
        terminal = Terminal(command, env, width=120, height=36)
        terminal.wait_for(b"San Telmo tell what", 60)
        terminal.settle(2.0)
        os.write(terminal.descriptor, start or b"\x05")
        terminal.settle(0.5)
        sizes = _sizes(terminal, [sign.encode() for sign in LETTERS], presses)
        _report(f"{name}: letter", 0, sizes)
        _report(f"{name}: cursor move", 0, _sizes(terminal, [LEFT, LEFT, RIGHT], presses))
        terminal.kill()


def measure_long(folder: Path, env: dict[str, str]) -> None:
    """Print the processor time of a lone key in long units, clean ones and ones with many findings."""
    for length, limit in ((5_000, 30), (30_000, 60)):
        for name, flaw in (("clean", ""), ("with 200 findings", "  ")):
            path = folder / f"long{length}{bool(flaw)}.po"
            source, target = _repeated(PARAGRAPH, length), _repeated(TRANSLATION, length)
            if flaw:
                words = target.split(" ")
                step = max(1, len(words) // 200)
                target = " ".join(word + " " * (n % step == 0) for n, word in enumerate(words))
            write_units(path, [(source, target), ("Fin.", "End.")])
            terminal = open_reviewer(path, env)
            terminal.wait_for(b"words left", 240)
            terminal.settle(3.0, 60)
            times = []
            for sign in "abcdefgh":
                before = terminal.cpu()
                os.write(terminal.descriptor, sign.encode())
                end = time.monotonic() + 1.0
                while time.monotonic() < end:
                    terminal.read(0.1)
                times.append((terminal.cpu() - before) * 1000)
            terminal.kill()
            middle = statistics.median(times)
            verdict = "ok" if middle <= limit else "MISSED"
            print(
                f"{length:6} characters {name:18} a lone key: processor p50 {middle:5.0f} ms, "
                f"most {max(times):5.0f} ms   (wanted {limit})  {verdict}",
                flush=True,
            )


def write_units(path: Path, pairs: list[tuple[str, str]]) -> None:
    """Write a catalog of machine drafts."""
    catalog = Catalog.new(path, source="es", target="en", article="es/riada.html")
    units = [Unit(source, kind=Kind.PARAGRAPH) for source, _target in pairs]
    catalog.merge(units, article="es/riada.html")
    for entry, (_source, target) in zip(catalog.entries, pairs, strict=True):
        entry.fill(target, origin=Origin.MT, mt="argos:translate-es_en-1.0")
    catalog.save(overwrite=True)


def _repeated(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length].rstrip(" ,") + "."


def _sizes(terminal: Terminal, keys: list[bytes], presses: int) -> list[float]:
    sizes = []
    for number in range(presses):
        terminal.settle(0.02)
        before = len(terminal.output)
        os.write(terminal.descriptor, keys[number % len(keys)])
        terminal.settle(_QUIET)
        sizes.append(float(len(terminal.output) - before))
    return sizes


def _report(name: str, limit: int, sizes: list[float]) -> None:
    middle, high = statistics.median(sizes), percentile(sizes, 0.95)
    verdict = ""
    if limit:
        verdict = f"   (wanted p95 <= {limit})  {'ok' if high <= limit else 'MISSED'}"
    print(f"{name:24} bytes a key: p50 {middle:6.0f}  p95 {high:6.0f}{verdict}", flush=True)

"""A day at the reviewer: three hundred units of articles by a scripted person, on a pseudo-terminal of 80×24.

    python tests/benchmarks/bench_review.py --only day [--units 300] [--first 0] [--before]

The texts are those of the documentation with their translations as drafts, from one of them on. Of ten units four
are accepted as they stand, four get words changed in the middle, one gets the words of its source put in by key,
one is written anew; one search and replace at the beginning.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bench_review import F2, F6, Terminal, percentile

from l10n.catalog import Catalog
from l10n.model import Kind, Origin, Unit

REPOSITORY = Path(__file__).resolve().parent.parent.parent
ALT_R, ALT_I, WORD_LEFT, CTRL_W, CTRL_U, TAB = (
    b"\x1br",
    b"\x1bi",
    b"\x1b[1;5D",
    b"\x17",
    b"\x15",
    b"\t",
)
_TYPING = 0.04
"""Seconds between two letters: some 250 a minute would be 0.24; this leaves no time to think either."""


def measure_day(
    folder: Path, env: dict[str, str], units: int, *, first: int = 0, before: bool = False
) -> None:
    """Print keys a unit, and how long a person waits for the next unit.

    Before: a version that opens in the list, and has no search and replace.
    """
    path = folder / "day.po"
    write_day(path, units, first)
    command = [str(Path(sys.executable).parent / "l10n"), "review", str(path), "--by", "Eva"]
    terminal = Terminal(command, env, width=80, height=24)
    terminal.wait_for(b"words left", 240)
    terminal.settle(1.0)
    pressed, letters, waits, approved = 0, 0, [], 0
    began, processor = time.monotonic(), terminal.cpu()

    def press(*keys: bytes) -> None:
        nonlocal pressed
        for key in keys:
            os.write(terminal.descriptor, key)
            pressed += 1
            terminal.read(_TYPING)

    def write(text: str) -> None:
        nonlocal letters
        letters += len(text)
        press(*(sign.encode() for sign in text))

    if before:
        press(F6)
        terminal.settle(0.3)
    else:
        press(ALT_R)
        terminal.settle(0.3)
        write("catalogo")
        press(TAB)
        write("catálogo")
        terminal.settle(0.5)
        press(b"\x1b")
        terminal.settle(0.3)
    for number in range(units):
        match number % 10:
            case 1 | 3 | 5 | 7:
                press(WORD_LEFT, WORD_LEFT, CTRL_W)
                write("bien ")
            case 8:
                press(ALT_I)
            case 9:
                press(CTRL_U)
                write("Una frase que alguien ha escrito de nuevo, de longitud normal.")
        for _attempt in range(2):  # what the checks call an error is approved the second time
            answered = len(terminal.output)
            waits.append(terminal.press(F2))
            pressed += 1
            terminal.settle(0.12, 3.0)
            approved += 1
            if b"once more" not in terminal.output[answered:]:
                break
    spent = time.monotonic() - began
    terminal.settle(3.0, 10)
    terminal.press(b"\x13")
    terminal.settle(2.0, 10)
    used = terminal.cpu() - processor
    terminal.kill()
    done = Catalog.load(path).counts()
    repeated = done.reviewed
    print(
        f"day: {units} units at 80x24: {pressed / units:.1f} keys a unit, {letters / units:.1f} of them letters; "
        f"F2 to the first byte p50 {percentile(waits, 0.5):.0f} ms, p95 {percentile(waits, 0.95):.0f} ms; "
        f"{used / units * 1000:.0f} ms of processor a unit; {spent / 60:.1f} min by the script; "
        f"{repeated} reviewed, {done.draft} drafts left of {done.total}",
        flush=True,
    )


def write_day(path: Path, units: int, first: int) -> None:
    """Write a catalog of machine drafts: texts of the documentation, from one of them on."""
    texts: dict[str, str] = {}
    for file in sorted((REPOSITORY / "locales/es/LC_MESSAGES/docs").glob("*.po")):
        for entry in Catalog.load(file).entries:
            texts.setdefault(entry.msgid, entry.msgstr)
    pairs = list(texts.items())[first : first + units]
    catalog = Catalog.new(path, source="en", target="es", article="en/day.html")
    article = [Unit(source, kind=Kind.PARAGRAPH) for source, _target in pairs]
    catalog.merge(article, article="en/day.html")
    for entry, (_source, target) in zip(catalog.entries, pairs, strict=True):
        entry.fill(target, origin=Origin.MT, mt="apertium:en-es")
    catalog.save(overwrite=True)

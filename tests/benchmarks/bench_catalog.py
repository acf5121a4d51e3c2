"""Catalogs against msgfmt, polib and Babel: reading, counting, merging, saving.

`L10N_DATA=DIR python tests/benchmarks/bench_catalog.py`: the folder holds po/python-docs-es.tar.xz.
CPU seconds, everything in one run; ratios are to the peer named beside them.
"""

from __future__ import annotations

import io
import os
import random
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import polib
from babel.messages.pofile import read_po

from l10n.catalog import Catalog
from l10n.errors import CatalogError
from l10n.model import Unit

T = TypeVar("T")
R = TypeVar("R")
_ROUNDS = 3
_BIG = 100_000
_MSGID = re.compile(rb"^(?:msgctxt .*\n)?msgid ", re.MULTILINE)


def main() -> None:
    """Print the figures."""
    data = os.environ.get("L10N_DATA")
    archive = Path(data or ".") / "po" / "python-docs-es.tar.xz"
    if not archive.is_file():
        sys.exit("set L10N_DATA to the folder of po/python-docs-es.tar.xz")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        files = sorted(Path(folder).rglob("*.po"))
        sound = [path for path in files if _is_sound(path)]
        print(f"{len(files)} files, {len(files) - len(sound)} damaged")
        _many(files, sound, "as they are")
        for path in sound:
            _stamp_all(path)
        _many(files, sound, "a review stamp on every translated entry")
        big = _make_big(sound, Path(folder) / "big.po")
        _one(big)
        _work(big)


def _many(files: Sequence[Path], sound: Sequence[Path], what: str) -> None:
    print(f"\n{len(files)} files, {what}; CPU s, best of {_ROUNDS}, ratio to msgfmt per file")
    wrong = [path for path in sound if not _counts_agree(path)]
    print(f"  counts that differ from msgfmt --statistics: {len(wrong)}")
    rows: dict[str, Callable[[], object]] = {
        "msgfmt --statistics per file": lambda: [_msgfmt(path) for path in files],
        "Catalog.load": lambda: [_attempt(Catalog.load, path) for path in files],
        "Catalog.load + counts": lambda: [_attempt(_load_counts, path) for path in files],
        "polib.pofile": lambda: [polib.pofile(str(path)) for path in files],
        "babel read_po": lambda: [read_po(io.BytesIO(path.read_bytes())) for path in files],
    }
    _table(rows)


def _one(big: Path) -> None:
    size = big.stat().st_size / 1e6
    print(
        f"\none file of {_BIG} entries, {size:.1f} MB; CPU s, best of {_ROUNDS}, ratio to polib"
    )
    _table(
        {
            "polib.pofile": lambda: polib.pofile(str(big)),
            "Catalog.load": lambda: Catalog.load(big),
            "  and key, state of every entry": lambda: _browse(Catalog.load(big)),
            "  and every msgstr": lambda: _browse(Catalog.load(big), texts=True),
            "Catalog.load + counts": lambda: _load_counts(big),
            "msgfmt --statistics": lambda: _msgfmt(big),
            "babel read_po": lambda: read_po(io.BytesIO(big.read_bytes())),
        }
    )
    print("  peak resident MB, each alone: ", end="")
    for name, code in (
        ("bare", ""),
        ("polib", "import polib; x = polib.pofile(p)"),
        ("Catalog.load", "c = Catalog.load(Path(p))"),
        (
            "  + keys, states",
            "c = Catalog.load(Path(p)); x = [(e.key, e.state) for e in c.entries]",
        ),
        (
            "  + msgstrs",
            "c = Catalog.load(Path(p)); x = [(e.state, e.msgstr) for e in c.entries]",
        ),
    ):
        print(f"{name.strip()} {_peak(code, big):.0f}", end="; ")
    print()


def _work(big: Path) -> None:
    print("\nwork; CPU s")
    catalog = Catalog.load(big)
    catalog.entries[500].translate("Otra cosa")
    print(f"  one change among {_BIG}: dumps {_time(catalog.dumps):.3f}, ", end="")
    print(f"save {_time(lambda: catalog.save(overwrite=True)):.3f}")
    rnd = random.Random(7)
    texts = [entry.msgid for entry in catalog.entries if len(entry.msgid) > 40][:5000]
    for share in (0.1, 1.0):
        old = [Unit(text) for text in texts]
        new = [Unit(_edited(text, rnd) if rnd.random() < share else text) for text in texts]
        fresh = Catalog.new(None, source="en", target="es", article="en/a.html")
        fresh.merge(old, article="en/a.html")
        for entry in fresh.entries:
            entry.translate("Traducción")
        seconds = _time(lambda: print("  ", fresh.merge(new, article="en/a.html")))  # noqa: B023
        print(f"  merge of {len(new)} units, {share:.0%} edited: {seconds:.2f}")


def _table(rows: dict[str, Callable[[], object]]) -> None:
    times = {name: float("inf") for name in rows}
    for _round in range(_ROUNDS):
        for name, run in rows.items():
            times[name] = min(times[name], _time(run))
    first = next(iter(times.values()))
    for name, seconds in times.items():
        print(f"  {name:34}{seconds:8.3f}{seconds / first:8.2f}")


def _time(run: Callable[[], object]) -> float:
    before = _cpu()
    run()
    return _cpu() - before


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _msgfmt(path: Path) -> str:
    command = ["msgfmt", "--statistics", "-o", "/dev/null", path]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"LC_ALL": "C"}
    )
    return run.stderr


def _counts_agree(path: Path) -> bool:
    counts = _load_counts(path)
    last = _msgfmt(path).strip().splitlines()[-1]
    found = {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", last)}
    theirs = tuple(found.get(word, 0) for word in ("translated", "fuzzy", "untranslated"))
    return theirs == (counts.translated, counts.draft, counts.untranslated)


def _is_sound(path: Path) -> bool:
    return _attempt(Catalog.load, path) is not None


def _attempt(run: Callable[[T], R], what: T) -> R | None:
    try:
        return run(what)
    except CatalogError:
        return None


def _load_counts(path: Path) -> object:
    return Catalog.load(path).counts()


def _browse(catalog: Catalog, *, texts: bool = False) -> None:
    for entry in catalog.entries:
        _row = entry.key, entry.state, entry.msgstr if texts else None


def _stamp_all(path: Path) -> None:
    catalog = Catalog.load(path)
    for entry in catalog.entries:
        if entry.state == "translated":
            entry.approve(by="Ana María", edits=0.1)
    catalog.save()


def _make_big(files: Sequence[Path], big: Path) -> Path:
    """Write a catalog of _BIG entries from the entries of the corpus."""
    entries = [entry for path in files for entry in Catalog.load(path).entries]
    parts = [b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: es\\n"\n']
    for number in range(_BIG):
        raw = entries[number % len(entries)].render().strip(b"\n")
        parts.append(_MSGID.sub(b'msgctxt "%d"\nmsgid ' % number, raw, count=1) + b"\n")
    big.write_bytes(b"\n".join(parts))
    return big


def _peak(code: str, path: Path) -> float:
    script = (
        "import sys; from pathlib import Path; from l10n.catalog import Catalog\n"
        f"p = sys.argv[1]\n{code}\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
    )
    return int(run.stdout) / 1024


def _edited(text: str, rnd: random.Random) -> str:
    words = text.split(" ")
    for _n in range(max(1, len(words) // 8)):
        words[rnd.randrange(len(words))] = rnd.choice(("nuevo", "otra", "2027", "casa"))
    return " ".join(words)


if __name__ == "__main__":
    main()

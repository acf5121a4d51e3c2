"""What `l10n check` costs beside msgfmt and pofilter, in CPU seconds of one run on the same catalogs.

    L10N_DATA=…/data python tests/benchmarks/bench_checks.py [--skip-pofilter]

It unpacks python-docs-es into a temporary folder, gives a copy of it a stamp on every entry, and prints seconds
and ratios. Processes of children are counted (`resource.RUSAGE_CHILDREN`).
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

LIMITS = {
    "completeness, cold": ("msgfmt", 0.5),
    "completeness, cold, stamped": ("msgfmt", 0.5),
    "completeness, warm": ("msgfmt", 0.05),
    "all rules, cold": ("pofilter", 0.35),
}


def cpu(run: Callable[[], object]) -> tuple[float, float]:
    """Give CPU seconds of child processes, and wall seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent, time.perf_counter() - start


def quiet(arguments: Sequence[str | Path], folder: Path | None = None) -> None:
    subprocess.run(
        [str(one) for one in arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(CACHE), "L10N_LANG": "en"},
    )


CACHE = Path(tempfile.mkdtemp(prefix="l10n-bench-cache-"))


def check(folder: Path, *options: str) -> None:
    quiet([sys.executable, "-m", "l10n", "check", ".", "--fail-on", "never", *options], folder)


def forget() -> None:
    shutil.rmtree(CACHE / "l10n", ignore_errors=True)


def msgfmt(folder: Path) -> None:
    for path in sorted(folder.rglob("*.po")):
        quiet(["msgfmt", "--statistics", "-o", os.devnull, path])


def stamp_all(folder: Path) -> None:
    from l10n.catalog import Catalog
    from l10n.errors import CatalogError
    from l10n.model import State

    for path in folder.rglob("*.po"):
        try:
            catalog = Catalog.load(path)
        except CatalogError:
            continue
        for entry in catalog.entries:
            if entry.state is State.TRANSLATED:
                entry.approve(by="Ana María")
        catalog.save()


class Spent(dict[str, tuple[float, float]]):
    """What was measured, told while it is."""

    def __setitem__(self, what: str, seconds: tuple[float, float]) -> None:
        super().__setitem__(what, seconds)
        line = f"{what:32} {seconds[0]:7.2f} s CPU {seconds[1]:7.2f} s wall"
        print(line, flush=True)


def measure(folder: Path, *, pofilter: bool) -> Spent:
    corpus, stamped = folder / "corpus", folder / "stamped"
    spent = Spent()
    spent["msgfmt"] = cpu(lambda: msgfmt(corpus))
    forget()
    spent["completeness, cold"] = cpu(
        lambda: check(corpus, "--only", "completeness", "--jobs", "1")
    )
    time.sleep(2.5)
    check(corpus, "--only", "completeness")
    spent["completeness, warm"] = cpu(lambda: check(corpus, "--only", "completeness"))
    spent["completeness, cold, stamped"] = cpu(
        lambda: check(stamped, "--only", "completeness", "--no-cache", "--jobs", "1")
    )
    forget()
    # The processor time of workers that outlive the command is nobody's: one process, as pofilter has.
    spent["all rules, cold"] = cpu(lambda: check(corpus, "--jobs", "1"))
    time.sleep(2.5)
    check(corpus)
    one = next(iter(sorted(corpus.rglob("*.po"))))
    one.write_bytes(one.read_bytes() + b"\n# changed\n")
    spent["all rules, one file changed"] = cpu(lambda: check(corpus))
    spent["all rules, warm"] = cpu(lambda: check(corpus))
    if pofilter:
        spent["pofilter"] = cpu(
            lambda: quiet(
                ["pofilter", "--language=es", "--nofuzzy", corpus, folder / "filtered"]
            )
        )
    spent["python -c 'import click'"] = _best([sys.executable, "-c", "import click"])
    spent["l10n check --help"] = _best([sys.executable, "-m", "l10n", "check", "--help"])
    return spent


def _best(arguments: Sequence[str], rounds: int = 7) -> tuple[float, float]:
    return min(cpu(lambda: quiet(arguments)) for _round in range(rounds))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--skip-pofilter", action="store_true")
    options = parser.parse_args()
    data = Path(os.environ["L10N_DATA"]) / "po" / "python-docs-es.tar.xz"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for copy in ("corpus", "stamped"):
            with tarfile.open(data) as archive:
                archive.extractall(folder / copy, filter="data")
        stamp_all(folder / "stamped")
        spent = measure(folder, pofilter=not options.skip_pofilter)
    for what, (peer, limit) in LIMITS.items():
        if peer in spent:
            ratio = spent[what][0] / spent[peer][0]
            print(f"{what}: {ratio:.3f} x {peer} (wanted: {limit})")
    start = spent["l10n check --help"][0] / spent["python -c 'import click'"][0]
    print(f"start-up: {start:.2f} x import click (wanted: 3)")
    shutil.rmtree(CACHE, ignore_errors=True)


if __name__ == "__main__":
    main()

"""Export speed on real pages, beside bare tokenizing with the standard library's html.parser.

Run: L10N_DATA=FOLDER python tests/benchmarks/bench_export.py [ROUNDS]
Prints CPU seconds of one process: reading a page, exporting it as the original, as the first translation after it
was read, and as a further one (head, links, marks and all). Where translate-toolkit and po4a are installed their programs export the same pages; their CPU
seconds include starting, ours are for a whole `l10n export ARTICLE PO` then.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

from l10n.articles import parse_article, read_article
from l10n.articles.html.tokens import page_tokens
from l10n.catalog import Catalog
from l10n.export import Page, Site, export_article
from l10n.export.landmarks import landmarks

STEPS = ("tokenize", "read", "original", "translated", "further")


def fastest(
    work: Callable[[], object], rounds: int, before: Callable[[], object] | None = None
) -> float:
    """Give the least CPU seconds of some rounds; what is done `before` each does not count."""
    times = []
    for _round in range(rounds):
        if before is not None:
            before()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def tokenize(text: str) -> None:
    """Tokenize with the standard library and do nothing with the tokens."""
    parser = HTMLParser()
    parser.feed(text)
    parser.close()


def measure(path: Path, rounds: int) -> dict[str, float]:
    """Give bytes and CPU seconds for one page, four fifths of it translated."""
    article = read_article(path, "en")
    made = Catalog.new(None, source="en", target="es", article=path.name)
    made.merge(article.units, article=path.name)
    for number, entry in enumerate(made.entries):
        if number % 5:
            entry.translate(entry.msgid)
    catalog = Catalog.parse(made.dumps())
    original, translated = (
        Page("a", "en", "en/a.html", original=True),
        Page("a", "es", "es/a.html"),
    )
    site = Site((original, translated), "https://example.org", files={path: ("a", "en")})
    text = article.text
    return {
        "bytes": len(text.encode()),
        "tokenize": fastest(lambda: tokenize(text), rounds),
        "read": fastest(
            lambda: parse_article(text, path=path, locale="en", format="html"),
            rounds,
            page_tokens.cache_clear,
        ),
        "original": fastest(
            lambda: export_article(article, None, target="en", site=site),
            rounds,
            landmarks.cache_clear,
        ),
        "translated": fastest(
            lambda: export_article(article, catalog, target="es", site=site),
            rounds,
            landmarks.cache_clear,
        ),
        "further": fastest(
            lambda: export_article(article, catalog, target="es", site=site), rounds
        ),
    }


def child(*command: str) -> tuple[float, bool]:
    """Give the CPU seconds of a program, and whether it did its work within a minute."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
        good = done.returncode == 0
    except subprocess.TimeoutExpired:
        good = False
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, good


def peers(page: Path, work: Path) -> dict[str, tuple[float, bool]]:
    """Export one page by every program that is installed, from a catalog it made itself."""
    po, out = work / "page.po", work / "out.html"
    found: dict[str, tuple[float, bool]] = {}
    source = str(page)
    if shutil.which("po2html"):
        child("html2po", "--progress=none", source, str(po))
        taken, good = child("po2html", "--progress=none", "-t", source, str(po), str(out))
        found["po2html"] = taken, good and out.is_file() and out.stat().st_size > 0
        out.unlink(missing_ok=True)
        po.unlink(missing_ok=True)
    if shutil.which("po4a-translate"):
        child("po4a-updatepo", "-f", "xhtml", "-M", "UTF-8", "-m", source, "-p", str(po))
        command = ("po4a-translate", "-f", "xhtml", "-M", "UTF-8", "-k", "0")
        taken, good = child(*command, "-m", source, "-p", str(po), "-l", str(out))
        found["po4a"] = taken, good and out.is_file() and out.stat().st_size > 0
        out.unlink(missing_ok=True)
    article = read_article(page, "en")
    catalog = Catalog.new(None, source="en", target="es", article=page.name)
    catalog.merge(article.units, article=page.name)
    catalog.save(work / "ours.po")
    found["l10n export"] = child(
        sys.executable, "-m", "l10n", "export", source, str(work / "ours.po"), "-o", str(out)
    )
    return found


def compare(pages: Sequence[Path]) -> None:
    """Print what each program took for the pages, and how many it could export."""
    taken: Counter[str] = Counter()
    exported: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for page in pages:
            for name, (seconds, good) in peers(page, Path(folder)).items():
                taken[name] += seconds
                exported[name] += good
    for name, seconds in taken.items():
        print(f"{name:12} {seconds:6.2f} s CPU  {exported[name]}/{len(pages)} pages exported")


def main() -> None:
    """Measure every page and print the totals and ratios."""
    folder = os.environ.get("L10N_DATA")
    if not folder:
        sys.exit("L10N_DATA is not set: nothing to measure")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    totals: Counter[str] = Counter()
    pages = sorted(Path(folder, "html").glob("*.html"))
    for path in pages:
        row = measure(path, rounds)
        totals.update(row)
        shown = "  ".join(f"{name} {1000 * row[name]:7.1f} ms" for name in STEPS)
        print(f"{path.name:24} {int(row['bytes']) // 1000:5} kB  {shown}")
    for name in STEPS:
        speed = totals["bytes"] / 1e6 / totals[name]
        print(
            f"{name:12} {speed:6.2f} MB/s  {totals['tokenize'] / totals[name]:5.2f} x html.parser"
        )
    compare(pages)


if __name__ == "__main__":
    main()

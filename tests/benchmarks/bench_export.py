"""Export speed on real pages, beside bare tokenizing with the standard library's html.parser.

Run: L10N_DATA=FOLDER python tests/benchmarks/bench_export.py [ROUNDS]
Prints CPU seconds of one process: reading, exporting (head, links, marks and all) and both, per megabyte.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from l10n.articles import parse_article, read_article
from l10n.catalog import Catalog
from l10n.export import Page, Site, export_article

STEPS = ("tokenize", "read", "original", "translated")


def fastest(work: Callable[[], object], rounds: int) -> float:
    """Give the least CPU seconds of some rounds."""
    times = []
    for _round in range(rounds):
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
            lambda: parse_article(text, path=path, locale="en", format="html"), rounds
        ),
        "original": fastest(
            lambda: export_article(article, None, target="en", site=site), rounds
        ),
        "translated": fastest(
            lambda: export_article(article, catalog, target="es", site=site), rounds
        ),
    }


def main() -> None:
    """Measure every page and print the totals and ratios."""
    folder = os.environ.get("L10N_DATA")
    if not folder:
        sys.exit("L10N_DATA is not set: nothing to measure")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    totals: Counter[str] = Counter()
    for path in sorted(Path(folder, "html").glob("*.html")):
        row = measure(path, rounds)
        totals.update(row)
        shown = "  ".join(f"{name} {1000 * row[name]:7.1f} ms" for name in STEPS)
        print(f"{path.name:24} {int(row['bytes']) // 1000:5} kB  {shown}")
    for name in STEPS:
        speed = totals["bytes"] / 1e6 / totals[name]
        print(
            f"{name:12} {speed:6.2f} MB/s  {totals['tokenize'] / totals[name]:5.2f} x html.parser"
        )


if __name__ == "__main__":
    main()

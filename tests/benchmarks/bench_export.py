"""Export speed on real pages, beside bare tokenizing with the standard library's html.parser.

Run: L10N_DATA=FOLDER python tests/benchmarks/bench_export.py [ROUNDS]
Prints CPU seconds of one process: reading, exporting (head, links, marks and all) and both, per megabyte.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from l10n.articles import parse_article, read_article
from l10n.catalog import Catalog
from l10n.export import Page, Site, export_article


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


def main() -> None:
    """Measure every page and print the totals and ratios."""
    folder = os.environ.get("L10N_DATA")
    if not folder:
        sys.exit("L10N_DATA is not set: nothing to measure")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    totals = dict.fromkeys(("bytes", "tokenize", "read", "original", "translated"), 0.0)
    for path in sorted(Path(folder, "html").glob("*.html")):
        article = read_article(path, "en")
        catalog = Catalog.new(None, source="en", target="es", article=path.name)
        catalog.merge(article.units, article=path.name)
        for number, entry in enumerate(catalog.entries):
            if number % 5:
                entry.translate(entry.msgid)
        pages = (
            Page("a", "en", f"en/{path.name}", original=True),
            Page("a", "es", f"es/{path.name}"),
        )
        site = Site(pages, "https://example.org", files={path: ("a", "en")})
        text = article.text
        row = {
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
        size = len(text.encode())
        shown = "  ".join(f"{name} {1000 * value:7.1f} ms" for name, value in row.items())
        print(f"{path.name:24} {size // 1000:5} kB  {shown}")
        totals["bytes"] += size
        for name, value in row.items():
            totals[name] += value
    bare = totals["tokenize"]
    for name in ("tokenize", "read", "original", "translated"):
        speed = totals["bytes"] / 1e6 / totals[name]
        print(f"{name:12} {speed:6.2f} MB/s  {bare / totals[name]:5.2f} x html.parser")


if __name__ == "__main__":
    main()

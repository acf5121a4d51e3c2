"""How often the language of a title or caption is told rightly, on real pages in two languages.

    L10N_DATA=…/data python tests/benchmarks/bench_language.py [--misses]

Texts are the short units (headings, captions, labels, attributes, metadata, cells, and items and paragraphs of up to twelve
words) of `sites/` that differ between a page and its translation; as they are, in Title Case and in CAPITALS.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from l10n.articles import read_article
from l10n.model import Kind
from l10n.text.language import judge_language, readable_words

_TITLES = {
    Kind.HEADLINE, Kind.HEADING, Kind.CAPTION, Kind.LABEL, Kind.ATTRIBUTE, Kind.METADATA, Kind.TERM, Kind.CELL,
    Kind.QUESTION, Kind.OTHER,
}  # fmt: skip
_SPANISH = (
    ("/docs/en/", "/docs/es/"),
    ("/content/en/", "/content/es/"),
    (".en.html", ".es.html"),
    ("_articles/", "_articles/es/"),
)
_MARKUP = re.compile(r"<(code\d+)>.*?</\1>|</?[a-z-]+\d*/?>|\{[^{}]*\}")
_ENGLISH = (
    "express.json", "express.urlencoded", "Authoring HTML", "Content-Type:", "Internationalization techniques",
    "Write your application", "cartography readme", "celery screenshot", "clone graph", "contributor", "cookiecutter",
    "django new", "import Alert", "middleman pull", "public speaking", "traffic graph", "vagrant homepage",
)  # fmt: skip
"""How texts begin that the Spanish pages have in English, or that are code; read one by one."""


def page_pairs(sites: Path) -> Iterator[tuple[Path, Path]]:
    for page in sorted(sites.rglob("*")):
        if page.suffix not in {".md", ".mdx", ".html"} or "/es/" in str(page):
            continue
        for english, spanish in _SPANISH:
            translation = Path(str(page).replace(english, spanish, 1))
            if translation != page and translation.is_file():
                yield page, translation
                break


def titles(sites: Path) -> set[tuple[str, str]]:
    texts: set[tuple[str, str]] = set()
    for pair in page_pairs(sites):
        sides = []
        for path, code in zip(pair, ("en", "es"), strict=True):
            article = read_article(
                path, code, format="markdown" if path.suffix == ".mdx" else None
            )
            units = [block.unit for block in article.blocks]
            limit = {unit: 15 if unit.kind in _TITLES else 12 for unit in units}
            sides.append(
                {
                    text
                    for unit in units
                    if (text := _MARKUP.sub(" ", unit.msgid))
                    and len(text.split()) <= limit[unit]
                    if sum(map(len, readable_words(text))) >= 4
                }
            )
        for code, own, other in (("en", *sides), ("es", *sides[::-1])):
            texts |= {
                (code, text)
                for text in own - other
                if code == "en" or not text.strip().startswith(_ENGLISH)
            }
    return texts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    texts = sorted(titles(Path(os.environ["L10N_DATA"]) / "sites"))
    for name, change in (
        ("as they are", str),
        ("Title Case", str.title),
        ("CAPITALS", str.upper),
    ):
        started = time.process_time()
        verdicts = [(code, text, judge_language(change(text))) for code, text in texts]
        spent = (time.process_time() - started) / len(texts)
        wrong = [(c, text, v) for c, text, v in verdicts if v is not None and v.code != c]
        unsure = sum(v is None for _c, _t, v in verdicts)
        right = 1 - (len(wrong) + unsure) / len(texts)
        print(
            f"{name:12} {len(texts)} texts: {right:.2%} right, {unsure} unsure, {spent * 1e6:.0f} µs a text"
        )
        if arguments.misses and change is str:
            for miss in [*wrong, *(row for row in verdicts if row[2] is None)]:
                print("   ", *miss)
    return 0


if __name__ == "__main__":
    sys.exit(main())

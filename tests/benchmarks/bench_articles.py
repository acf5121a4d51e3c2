"""Articles in and out: fidelity, coverage, speed and linearity, side by side with html2po and po4a.

    python tests/benchmarks/bench_articles.py [--data FOLDER] [--found N] [--peers] [--skip SECTION…]
    python tests/benchmarks/bench_articles.py --identity [--data FOLDER] [--found N]

`--identity` asks one thing only: whether every page comes back unharmed, untouched and with each unit rebuilt
through its placeholders. It looks at 240 pages of the machine unless told otherwise.

HTML pages are those of the data folder (`L10N_DATA`) and, with `--found N`, N pages of the machine's own
documentation, each from another folder; Markdown files are looked for in the same places. Peers are
external programs: `html2po`, `po2html`, `po4a-updatepo`, `po4a-translate`, `msgen`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import html5lib
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from l10n.articles import parse_article, read_article, splice
from l10n.articles.html.tokens import page_tokens, tokenize
from l10n.errors import ArticleError
from l10n.model import Article
from l10n.text.markup import plain, validate

SPACE = re.compile(r"[ \t\r\n\f]+")
EXACT = {"pre", "script", "style", "textarea"}
OPAQUE = frozenset(
    re.findall(
        r"\w+",
        "script style template svg math iframe object canvas pre code kbd samp tt head noscript",
    )
)
JOINER = "\u2060"
PLACES = (
    "/usr/share/doc",
    sysconfig.get_path("purelib"),
    sysconfig.get_path("stdlib"),
    "/usr/share/javascript",
    "/usr/lib/node_modules",
    "/usr/lib/python3",
    "/opt",
    "/root",
)


def dom(source: str) -> list[Any]:
    """Nodes of the tree that html5lib makes, white space as browsers show it, comments included."""
    found: list[Any] = []
    waiting: list[tuple[Any, bool]] = [
        (html5lib.parse(source, namespaceHTMLElements=False), False)
    ]

    def text(value: str | None, exact: bool) -> str:
        value = unicodedata.normalize("NFC", value or "")
        return value if exact else SPACE.sub(" ", value).strip(" ")

    while waiting:
        element, exact = waiting.pop()
        if isinstance(element, str):
            found.append(element)
            continue
        inside = exact or element.tag in EXACT
        attributes = sorted(
            (str(k), unicodedata.normalize("NFC", v)) for k, v in element.attrib.items()
        )
        found += [(str(element.tag), attributes), text(element.text, inside)]
        for child in reversed(list(element)):
            waiting += [(text(child.tail, inside), exact), (child, inside)]
    return found


def visible(source: str, locale: str) -> Iterator[str]:
    """Text nodes that readers see, opaque elements and those in other languages aside."""
    waiting = [html5lib.parse(source, namespaceHTMLElements=False)]
    while waiting:
        element = waiting.pop()
        if isinstance(element, str):
            if re.search(r"\w", element):
                yield SPACE.sub(" ", unicodedata.normalize("NFC", element)).strip(" \u00a0")
            continue
        name = str(element.tag).rpartition("}")[2]
        lang = element.get("lang") or locale
        hidden = (
            not isinstance(element.tag, str)
            or name in OPAQUE
            or element.get("translate") == "no"
            or "notranslate" in (element.get("class") or "").split()
            or (name not in ("html", "body") and lang.split("-")[0].lower() != locale)
        )
        if not hidden:
            inside: list[Any] = [element.text or ""]
            for child in element:
                inside += [child, child.tail or ""]
            waiting += reversed(inside)


def rebuilt(article: Article, mark: str = "") -> str:
    return splice(
        article, {i: block.unit.msgid + mark for i, block in enumerate(article.blocks)}
    )


def coverage(article: Article) -> tuple[int, int]:
    """Characters of visible text nodes that stand in some unit, and of all."""
    units = SPACE.sub(" ", " ".join(plain(block.unit.msgid) for block in article.blocks))
    inside = total = 0
    for node in visible(article.text, article.locale):
        total += len(node)
        inside += len(node) if node in units else 0
    return inside, total


def found_files(suffix: str, count: int) -> list[Path]:
    """Files of the machine, at most one per folder, spread over all folders."""
    folders: dict[Path, Path] = {}
    for place in PLACES:
        for path in sorted(Path(place).rglob(f"*{suffix}")) if Path(place).is_dir() else ():
            if path.is_file() and 2_000 < path.stat().st_size < 150_000:
                folders.setdefault(path.parent, path)
    every = sorted(folders.values())
    return every[:: max(1, len(every) // max(1, count))][:count]


def read(path: Path) -> Article | None:
    try:
        return read_article(path, "en")
    except ArticleError as error:
        print(f"  refused: {error}")
        return None


def html_fidelity(pages: list[Path]) -> None:
    print(f"## HTML fidelity, {len(pages)} files")
    read_pages = same = identical = valid = units = inside = total = 0
    low: list[str] = []
    for path in pages:
        article = read(path)
        if article is None:
            continue
        read_pages += 1
        same += splice(article, {}) == article.text
        valid += all(not validate(b.unit.msgid, b.unit.msgid) for b in article.blocks)
        equal = dom(rebuilt(article)) == dom(article.text)
        identical += equal
        units += len(article.blocks)
        part, whole = coverage(article)
        inside, total = inside + part, total + whole
        if not equal or (whole and part / whole < 0.99):
            low.append(
                f"  {path}: DOM {'equal' if equal else 'DIFFERENT'}, coverage {part / max(1, whole):.3f}"
            )
    print(f"untouched byte-identical  {same} of {read_pages}")
    print(
        f"rebuilt DOM-identical     {identical} of {read_pages}   ({units} units, all through placeholders)"
    )
    print(f"msgids valid              {valid} of {read_pages}")
    print(
        f"visible text in units     {inside / max(1, total):.2%}; pages below 99 % or different: {len(low)}"
    )
    print("\n".join(low))


def markdown_fidelity(files: list[Path]) -> None:
    print(f"## Markdown fidelity, {len(files)} files")
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    renderer.use(front_matter_plugin).use(footnote_plugin).use(deflist_plugin)

    def rendered(source: str) -> str:
        html = renderer.render(source.removeprefix("\ufeff")).replace(JOINER, "")
        return SPACE.sub(" ", unicodedata.normalize("NFC", html))

    read_files = same = unchanged = identical = written = units = 0
    for path in files:
        article = read(path)
        if article is None:
            continue
        read_files += 1
        same += splice(article, {}) == article.text
        unchanged += rendered(rebuilt(article)) == rendered(article.text)
        forced = rebuilt(article, JOINER)
        equal = rendered(forced) == rendered(article.text)
        identical += equal
        units += len(article.blocks)
        written += forced.count(JOINER) - article.text.count(JOINER)
        if not equal:
            print(f"  {path}: rendered differently")
    print(f"untouched byte-identical       {same} of {read_files}")
    print(f"identity renders the same      {unchanged} of {read_files}")
    print(
        f"every unit written, the same   {identical} of {read_files}   ({written} of {units} units written)"
    )


def speed(pages: list[Path], rounds: int) -> None:
    """CPU seconds of the best of several rounds per page, all three taken in turn."""
    print(f"## Speed, {len(pages)} pages, best of {rounds}")
    totals = dict.fromkeys(("html.parser", "tokenize", "extract", "splice"), 0.0)
    size = 0
    for path in pages:
        article = read(path)
        if article is None:
            continue
        text = article.text
        size += len(text)
        msgids = {i: block.unit.msgid for i, block in enumerate(article.blocks)}

        def bare(text: str = text) -> None:
            parser = HTMLParser()
            parser.feed(text)
            parser.close()

        work: dict[str, Callable[[], object]] = {
            "html.parser": bare,
            "tokenize": lambda text=text: tokenize(text),  # type: ignore[misc]
            "extract": lambda text=text, path=path: parse_article(  # type: ignore[misc]
                text, path=path, locale="en", format="html"
            ),
            "splice": lambda article=article, msgids=msgids: splice(article, msgids),  # type: ignore[misc]
        }
        best = dict.fromkeys(work, 9e9)
        for _round in range(rounds):
            for name, run in work.items():
                page_tokens.cache_clear()
                began = time.process_time()
                run()
                best[name] = min(best[name], time.process_time() - began)
        for name, seconds in best.items():
            totals[name] += seconds
    for name, seconds in totals.items():
        print(
            f"{name:12} {size / seconds / 1e6:6.2f} MB/s   {totals['html.parser'] / seconds:5.2f} x html.parser"
        )


HOSTILE = {
    "<a ": "<a ",
    "<i></i>": "<i></i>",
    "<a><img>": "<a><img>",
    "x<!---->": "x<!---->",
    "<code> unclosed": "<code>x ",
    "white space": " \n\t ",
    "<!--": "<!--",
    "unclosed quotes": '<a x="',
    "<![CDATA[": "<![CDATA[",
    "<b>x nested": "<b>x",
    "<div>x nested": "<div>x",
    "<span translate=no>": "<span translate=no>x",
    "crossed tags": "<i>a<b>c</i>d</b>",
    "x<br><br>": "x<br><br>",
    "<img alt> in a run": "x <img alt=y> ",
    "NUL": "x\0<b>\0",
}


def linearity() -> None:
    """Time of extraction and splicing when the input doubles."""
    print("## Doubling hostile input (CPU seconds for n, 2n, 4n; 2.0 is linear)")
    for name, piece in HOSTILE.items():
        seconds = []
        for times in (20_000, 40_000, 80_000):
            best = 9e9
            for _attempt in range(2):
                source = "<p>x</p>" + piece * times
                began = time.process_time()
                article = parse_article(source, path=Path("x"), locale="en", format="html")
                rebuilt(article)
                best = min(best, time.process_time() - began)
            seconds.append(best)
        growth = (seconds[2] / seconds[0]) ** 0.5
        print(
            f"{name:22}"
            + "".join(f"{each:8.3f}" for each in seconds)
            + f"   x {growth:.2f} per doubling"
        )


def run(command: list[str], folder: Path) -> float | None:
    """CPU seconds of a program; None when it fails or takes more than a minute."""
    before = os.times()
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return None
    after = os.times()
    if done.returncode:
        return None
    return (after.children_user - before.children_user) + (
        after.children_system - before.children_system
    )


PEERS = {
    "html2po/po2html": (
        ["html2po", "--progress=none", "in.html", "x.pot"],
        ["po2html", "--progress=none", "-t", "in.html", "x.po", "out.html"],
    ),
    "po4a xhtml": (
        ["po4a-updatepo", "-f", "xhtml", "-M", "UTF-8", "-m", "in.html", "-p", "x.pot"],
        [
            "po4a-translate",
            "-f",
            "xhtml",
            "-M",
            "UTF-8",
            "-m",
            "in.html",
            "-p",
            "x.po",
            "-l",
            "out.html",
            "-k",
            "0",
        ],
    ),
}


def peers(pages: list[Path]) -> None:
    """Identity translation through the external programs, judged by the same tree comparison."""
    print(f"## Peers: identity translation of {len(pages)} pages")
    for name, (extract, put_back) in PEERS.items():
        missing = [
            command[0]
            for command in (extract, put_back, ["msgen"])
            if not shutil.which(command[0])
        ]
        if missing:
            print(f"{name}: not installed ({', '.join(missing)})")
            continue
        extracted = equal = same = 0
        seconds = 0.0
        for path in pages:
            with tempfile.TemporaryDirectory() as place:
                folder = Path(place)
                shutil.copy(path, folder / "in.html")
                times = [
                    run(extract, folder),
                    run(["msgen", "x.pot", "-o", "x.po"], folder),
                    run(put_back, folder),
                ]
                source = path.read_text(encoding="utf-8")
                output = folder / "out.html"
                if None in times or not output.exists() or not output.stat().st_size:
                    continue
                text = output.read_text(encoding="utf-8", errors="replace")
                seconds += sum(each for each in times if each is not None)
                extracted += 1
                same += text == source
                equal += dom(text) == dom(source)
        print(
            f"{name:18} through {extracted} of {len(pages)}, byte-identical {same}, DOM-identical {equal}, {seconds:.1f} s"
        )
    began = time.process_time()
    ours = [article for path in pages if (article := read(path)) is not None]
    outputs = [rebuilt(article) for article in ours]
    seconds = time.process_time() - began
    equal = sum(
        dom(text) == dom(article.text) for text, article in zip(outputs, ours, strict=True)
    )
    same = sum(splice(article, {}) == article.text for article in ours)
    print(
        f"{'ours':18} through {len(ours)} of {len(pages)}, byte-identical {same}, DOM-identical {equal}, {seconds:.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("L10N_DATA"))
    parser.add_argument("--found", type=int, metavar="N")
    parser.add_argument("--identity", action="store_true")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument(
        "--skip", nargs="*", default=[], choices=["html", "markdown", "speed", "linearity"]
    )
    options = parser.parse_args()
    found = options.found if options.found is not None else 240 if options.identity else 0
    pages = sorted((Path(options.data) / "html").glob("*.html")) if options.data else []
    if not pages:
        print(
            "no data folder (--data or L10N_DATA): only what is found on this machine is measured"
        )
    if "html" not in options.skip:
        html_fidelity(pages + found_files(".html", found))
    if options.identity:
        return
    if "markdown" not in options.skip and found:
        markdown_fidelity(found_files(".md", found))
    if "speed" not in options.skip and pages:
        speed(pages, options.rounds)
    if "linearity" not in options.skip:
        linearity()
    if options.peers and pages:
        peers(pages)


if __name__ == "__main__":
    sys.setrecursionlimit(100_000)
    main()

"""Input that nobody meant: no command may end with an internal error on it, nor take ten seconds for a megabyte.

Run: python tests/benchmarks/bench_fuzz.py [MINUTES] [SEED] [KIND…]
Hypothesis makes texts from the grammar of each kind, pieces of it repeated up to thousands of times, and gives them to
the commands that read that kind. What fails is made smaller, named, and kept in `tests/data/fuzz/KIND/`, which
`tests/test_fuzz.py` reads on every run. Prints how many inputs of each kind were tried, and the slowest.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import io
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from l10n.cli import main

KEPT = Path(__file__).parent.parent / "data" / "fuzz"
LONGEST = 1 << 20
"""Bytes of an input."""
SECONDS = 10.0
"""Processor time that a command may take for an input."""

COMMON = [
    *("hola ", "La feria abre el 12 de mayo. ", "\n", "\n\n", " ", "\t", "\r\n", "\0", "\ufeff", "\u202e", "\u0301"),
    *("9", "1.", "12,5 % ", "&#", "&#x110000;", "&#0;", "&amp", "<", ">", "</", "\\", '"', "'", "«", "{", "}", "[", "]"),
    *("<a1>", "</a1>", "<br1/>", "<omit/>", "%s", "{x}", "{{ x }}", "{% if %}", "http://x/", "a@b.es ", "XQA "),
    *("\U0001f600", "\ud800", "ñ", "İ", "ß", "\u2028", "\x85", "\x1b[31m", "1/2", "$", "`", "*", "_", "#", "|", "-", ":"),
]  # fmt: skip

GRAMMAR: dict[str, list[str]] = {
    "html": [
        *("<p>", "</p>", "<div>", "<ul><li>", "<table><tr><td>", "<b>", "</b>", "<a href='x'>", "</a>", "<!--", "-->"),
        *("<script>", "</script>", "<style>", "<svg>", "<math>", "<template>", "<img alt='hola' src=", "<p title='", "<br>"),
        *("<![CDATA[", "]]>", "<?php ", "?>", "<%", "%>", "<!DOCTYPE html>", "<meta charset='utf-7'>", "<title>", "</title>"),
        *("<html lang='es'>", "<head>", "</head>", "<body>", "<select><option>", "<textarea>", "<pre>", "<code>", "<iframe srcdoc='"),
        *('<script type="application/ld+json">{"@type":"NewsArticle","headline":"hola",', "<base href=", "<link rel='canonical' href='"),
        *("<p style='", "<p data-l10n-context='x'>", "<p translate='no'>", "<bdo dir=rtl>", "<ruby><rt>", "<details><summary>"),
    ],
    "markdown": [
        *("# ", "## ", "> ", "- ", "1. ", "* ", "  - ", "```\n", "~~~", "| a | b |\n", "|-|-|\n", "[a](b)", "[a][b] ", "![a](b) "),
        *("[a]: http://x 'hola'\n", "[^1]", "[^1]: hola\n", "**", "__", "~~", "<b>", "<!--", "---\n", "+++\n", "title: hola\n"),
        *("title: [", "a: &a [x,x]\n", "b: *a\n", "title: !!python/object:x\n", 'title = "hola"\n', "{{< x >}}", "{% raw %}", "$$"),
        *(":::note\n", "!!! note\n", "    ", "hola\n: def\n", "import x from 'y'\n\n", "<X y={z}>", "date: 2026-99-99\n", "- [ ] "),
    ],
    "text": ["Sr. ", "D. ", "…", "* ", "1) ", "====\n", "— ", "¿", "?", "¡", "!", "a.b.c. ", "EE. UU. ", "1.000.000,5 "],
    "po": [
        *('msgid "', 'msgstr "', 'msgctxt "', 'msgid_plural "', 'msgstr[0] "', 'msgstr[1] "', '"\n', "\n", "#~ ", "#, fuzzy\n"),
        *("#| msgid ", "#. <a1> = x\n", "#: a.md\n", "# l10n: h=0123456789 reviewed=Ana at=2026-01-01\n", "#= fuzzy\n", "\\n"),
        *('msgid ""\nmsgstr ""\n"Language: en\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', "\\x", "\\777", "nplurals=999999999;"),
        *('msgid "La <a1>feria</a1>"\nmsgstr "The <a1>fair</a1>"\n\n', "<<<<<<< HEAD\n", "Content-Type: text/plain; charset=utf-7\\n"),
    ],
    "tmx": [
        *("<tmx version='1.4'>", "<header/>", "<body>", "<tu>", "<tuv xml:lang='es'>", "<tuv xml:lang='en'>", "<seg>", "</seg>"),
        *("</tuv>", "</tu>", "</body></tmx>", "<bpt i='1'>", "</bpt>", "<ph x='1'>&lt;a1></ph>", "<hi>", "</hi>", "<sub>"),
        *("<!DOCTYPE tmx [<!ENTITY a 'b'>]>", "&a;", "<?xml version='1.0' encoding='utf-16'?>", "<?xml version='1.0' encoding='x'?>"),
        "<tmx><body><tu><tuv xml:lang='es'><seg>hola</seg></tuv><tuv xml:lang='en'><seg>hello</seg></tuv></tu></body></tmx>",
    ],
    "tbx": [
        *("<tbx>", "<martif>", "<text><body>", "<conceptEntry id='1'>", "<termEntry>", "<langSec xml:lang='es'>", "<langSet lang='en'>"),
        *("<termSec><term>", "</term></termSec>", "</langSec>", "</conceptEntry>", "<note>", "<termNote type='administrativeStatus'>"),
        "</body></text></tbx>",
    ],
    "csv": [
        *("source_locale,source_term,target_locale,target_term,note,forbidden\n", "es,feria,en,fair,,\n", "es,plaza,en,square,,yes\n"),
        *(",", ";", "\t", '"', '""', "es,", "en,", "yes", "\n", "=cmd|' /C calc'!A0", "*", "x,,,,"),
    ],
    "json": [
        *('{"version": 1, "findings": {', '"abc": "spacing"', "}", "[", "]", "{", ":", ",", "null", "true", "1e999", "NaN", '"\\ud800"'),
        *("-", "0.", '"version": 2', '{"version": 1, "findings": 3}', '{"version": 1, "findings": {"a": "b"}}'),
    ],
    "toml": [
        *('source = "es"\n', 'targets = ["en"]\n', 'articles = "articles/{locale}"\n', "[check]\n", "[[article]]\n", "[export]\n"),
        *("[", "]", "{", "}", "=", ".", "a.", "'''", '"""', "1979-05-27", "0x", "inf", "nan", "true", 'path = "es/a.html"\n', "[engine.x]\n"),
        *("min_reviewed = ", "a = {", "a = [", '"\\ud800"', "[links]\n", "exclude = ['**/", "[check.en]\n", "catalogs = '../{locale}'\n"),
    ],
    "index": [
        *('[{"type": "translate", "from_code": "es", "to_code": "en", "package_version": "1.0", "links": ["http://127.0.0.1:1/x"]}', "]"),
        *("[", "{", "}", ",", '"links": ', "null", '"code": "translate-es_en"', '{"from_code": 3}', '[{"argos_version": []}]'),
    ],
    "answer": [
        *('{"translatedText": ["', '{"translatedText": [', '"hello"', '", "', "]}", '"\\ud800 casa"', "[", "{", "}", "null", '{"error": "'),
        *('{"message": {"content": "{\\"translations\\": [\\"a\\"]}"}}', "9" * 50, '"translatedText": ', "<unk>", '{"translatedText": "x"}'),
    ],
}  # fmt: skip
"""Pieces of each kind's own grammar; those of COMMON are strewn among them."""

PROJECT = """
source = "es"
targets = ["en"]
articles = "articles/{locale}"
catalogs = "locales/{locale}/LC_MESSAGES"
glossary = "glossary.csv"
engines = ["pseudo"]
"""

ARTICLE = "# La feria\n\nHoy abre la [feria](x).\n\nUna *plaza* grande.\n"


class SlowError(BaseException):
    """The commands of one input take too long; no `except Exception` of the tool catches it."""


@dataclass
class Tally:
    """What was tried."""

    tried: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def inputs(kind: str) -> st.SearchStrategy[bytes]:
    """Give texts of a kind: pieces of its grammar, some repeated often, in some encoding or other."""
    piece = st.one_of(
        st.sampled_from(GRAMMAR[kind]), st.sampled_from(COMMON), st.text(max_size=4)
    )
    often = st.sampled_from([1] * 12 + [2, 3, 17, 300, 4_000, 60_000])
    group = st.lists(piece, min_size=1, max_size=6).map("".join)
    text = st.lists(st.tuples(group, often), max_size=12).map(
        lambda groups: "".join(
            text * min(n, 200_000 // max(1, len(text))) for text, n in groups
        )
    )
    encoding = st.sampled_from(["utf-8"] * 15 + ["utf-16", "windows-1252", "utf-8-sig"])
    return st.builds(encoded, text, encoding)


def encoded(text: str, encoding: str) -> bytes:
    """Give the bytes of a text, half characters too, no more than an input may have."""
    errors = "replace" if encoding == "windows-1252" else "surrogatepass"
    return text.encode(encoding, errors)[:LONGEST]


class Bench:
    """A project in a temporary folder, and a service that answers whatever it is told to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answer = b""
        bench = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                languages = b'[{"code": "es", "targets": ["en"]}]'
                models = b'{"models": [{"name": "m"}]}'
                known = {"/languages": languages, "/api/tags": models}
                self.reply(known.get(self.path, bench.answer))

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.reply(bench.answer)

            def reply(self, content: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_what: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        os.environ |= {
            "ARGOS_PACKAGE_INDEX": f"{self.address}/index.json",
            "L10N_LANG": "en",
            **{
                f"XDG_{name}_HOME": str(folder / name)
                for name in ("CONFIG", "CACHE", "STATE", "DATA")
            },
        }

    def commands(self, kind: str, content: bytes) -> Iterator[tuple[str, ...]]:
        """Put an input where it is read, and give the commands that read it."""
        root = self.folder / "project"
        shutil.rmtree(root, ignore_errors=True)
        (root / "articles/es").mkdir(parents=True)
        (root / "locales/en/LC_MESSAGES").mkdir(parents=True)
        (root / "l10n.toml").write_text(PROJECT)
        os.chdir(root)
        suffix = {"html": "html", "markdown": "md", "text": "txt"}.get(kind)
        (root / f"articles/es/a.{suffix or 'md'}").write_bytes(
            content if suffix else ARTICLE.encode()
        )
        if suffix:
            yield ("build",)
            yield ("check",)
        elif kind == "po":
            (root / "locales/en/LC_MESSAGES/a.po").write_bytes(content)
            yield from (("check",), ("build",), ("approve", "--yes"), ("export",))
        elif kind in {"tmx", "tbx"}:
            (root / f"x.{kind}").write_bytes(content)
            yield ("tm" if kind == "tmx" else "glossary", "import", f"x.{kind}")
        elif kind == "csv":
            (root / "glossary.csv").write_bytes(content)
            yield from (("build",), ("check",))
        elif kind == "json":
            (root / "known.json").write_bytes(content)
            yield from (("update",), ("check", "--baseline", "known.json"))
        elif kind == "toml":
            (root / "l10n.toml").write_bytes(content)
            yield from (("status",), ("build",))
        else:
            self.answer = content
            if kind == "index":
                yield ("engines", "install", "es", "en")
                return
            for engine in ("libretranslate", "ollama"):
                table = f'[engine.{engine}]\nurl = "{self.address}"\nmodel = "m"\n'
                (root / "l10n.toml").write_text(f"{PROJECT}{table}")
                yield from (("update",), ("prefill", "--engine", engine, "--only", "mt"))


def status_of(arguments: Sequence[str]) -> int:
    """Give the exit status of a command, what it says thrown away but for a defect."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(list(arguments))
        except SystemExit as left:
            return int(left.code or 0)
    return 0


def try_input(bench: Bench, kind: str, content: bytes) -> float:
    """Run the commands of an input; AssertionError for an internal error, SlowError for one that takes too long."""
    begin = time.process_time()
    for command in bench.commands(kind, content):
        with limited(SECONDS):
            status = status_of(command)
        assert status != 3, command
    return time.process_time() - begin


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise SlowError when the block takes more processor time."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def keep(kind: str, content: bytes) -> Path:
    """Keep an input that failed, for the tests."""
    (KEPT / kind).mkdir(parents=True, exist_ok=True)
    path = KEPT / kind / hashlib.sha256(content).hexdigest()[:12]
    path.write_bytes(content)
    return path


def search(bench: Bench, kind: str, number: int, deadline: float, tally: Tally) -> None:
    """Try inputs of one kind until the deadline; what fails is made smaller and kept."""
    worst: dict[str, bytes] = {}

    @seed(number)
    @settings(
        max_examples=8,
        deadline=None,
        database=DirectoryBasedExampleDatabase(bench.folder / "examples"),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs(kind))
    def run(content: bytes) -> None:
        if time.monotonic() > deadline:
            return
        worst["input"] = content
        seconds = try_input(bench, kind, content)
        tally.tried[kind] += 1
        tally.slowest[kind] = max(seconds, tally.slowest.get(kind, 0.0))

    try:
        run()
    except (AssertionError, SlowError) as error:
        smaller = shrunk(bench, kind, worst["input"], type(error))
        path = keep(kind, smaller)
        tally.failures.append(
            f"{kind}: {type(error).__name__} {error}: {path.name}, {len(smaller)} bytes"
        )
        print(tally.failures[-1], file=sys.stderr, flush=True)


def shrunk(bench: Bench, kind: str, content: bytes, error: type[BaseException]) -> bytes:
    """Leave out halves, quarters, eighths of an input as long as it fails in the same way, for half a minute."""
    end = time.monotonic() + 30
    size = len(content) // 2
    while size and time.monotonic() < end:
        for start in range(0, len(content), size):
            smaller = content[:start] + content[start + size :]
            try:
                try_input(bench, kind, smaller)
            except (AssertionError, SlowError) as again:
                if type(again) is error:
                    content = smaller
                    break
            if time.monotonic() > end:
                break
        else:
            size //= 2
    return content


def fuzz(minutes: float, first: int, kinds: Sequence[str]) -> int:
    """Try inputs of all kinds in turn; give the number of failures."""
    tally = Tally()
    deadline = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for number in range(first, 1 << 31):
            for kind in kinds:
                if time.monotonic() < deadline:
                    search(bench, kind, number, deadline, tally)
            if time.monotonic() >= deadline:
                break
        os.chdir("/")
    for kind in kinds:
        print(
            f"{kind:9} {tally.tried[kind]:6} inputs, slowest {tally.slowest.get(kind, 0.0):6.2f} s"
        )
    print(
        f"{sum(tally.tried.values())} inputs, {len(tally.failures)} failures, seeds {first} to {number}"
    )
    return len(tally.failures)


if __name__ == "__main__":
    chosen = sys.argv[3:] or list(GRAMMAR)
    start = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1 << 20)
    sys.exit(min(1, fuzz(float(sys.argv[1]) if len(sys.argv) > 1 else 10, start, chosen)))

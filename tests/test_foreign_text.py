"""Whatever stands in names and texts, the terminal, CI and readers of reports see text."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from l10n.catalog import Catalog
from l10n.text.visible import dump_json, in_one_line, masked, without_commands

from .conftest import Run

OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
EVIL = "\x1b[31mrojo\x1b]0;título\x07 \x9b2J \u202eadiós\u2066 \r::error::x\n::stop-commands::y\n##[error]z"
NAME = "a`<b>x\u202e&|*[x](javascript:x)"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    articles = tmp_path / "articles/es"
    articles.mkdir(parents=True)
    (tmp_path / "l10n.toml").write_text(
        'source = "es"\ntargets = ["en"]\narticles = "articles/{locale}"\n'
        'catalogs = "locales/{locale}/LC_MESSAGES"\nengines = ["pseudo"]\nglossary = "g.csv"\n'
    )
    (tmp_path / "g.csv").write_text(
        "source_locale,source_term,target_locale,target_term,note,forbidden\nes,casa,en,ho\u202euse,,\n"
    )
    text = "La casa número 42 \u202e\x1b[31m cierra hoy.\n::error::x ##[error]y"
    (articles / f"{NAME}.html").write_text(f"<h1>Una casa</h1><pre>{text}</pre>")
    return tmp_path


COMMANDS = (
    "update", "status", "prefill", "prefill --explain", "status --format json", "check", "check --format json",
    "check --format github", "check --format summary", "check --format junit", "check --format sarif",
    "check --format gitlab", "check --severity info", "glossary check", "glossary extract --minimum 2", "tm rebuild",
    "tm search casa", "tm search --similar casa", "approve --by \u202eEva --yes", "check --fix", "export", "build",
    "align", "update nowhere\u202e", "\u202e",
)  # fmt: skip


def test_no_command_says_anything_that_a_terminal_obeys(hostile: Path, l10n: Run) -> None:
    for command in COMMANDS:
        run = l10n(*command.split(), cwd=hostile)
        assert run.returncode in {0, 1, 2}, (command, run.stderr)
        if command.startswith("prefill"):
            corrupt(hostile)
        for output in (run.stdout, run.stderr):
            assert not OBEYED.search(output), (command, output)
        if "github" not in command:
            assert not re.search(r"^\s*::|##\[", run.stdout + run.stderr, re.MULTILINE), command


def corrupt(project: Path) -> None:
    for path in project.glob("locales/en/LC_MESSAGES/*.po"):
        catalog = Catalog.load(path)
        for entry in catalog.entries:
            entry.translate(f"43 {EVIL}", *entry.msgstrs[1:])
        catalog.save()


def checked(hostile: Path, l10n: Run, form: str) -> str:
    l10n("update", cwd=hostile)
    corrupt(hostile)
    return l10n("check", "--format", form, cwd=hostile).stdout


def test_a_github_command_is_one_line_with_the_name_of_its_file(
    hostile: Path, l10n: Run
) -> None:
    lines = checked(hostile, l10n, "github").splitlines()
    assert lines
    for line in lines:
        assert re.match(r"::(error|warning|notice) file=[^,:]*,line=\d+,title=[\w-]+::", line)


def test_names_and_texts_stay_letters_in_a_job_summary(hostile: Path, l10n: Run) -> None:
    summary = checked(hostile, l10n, "summary")
    html = MarkdownIt("gfm-like", {"linkify": False}).render(summary)
    elements = set(re.findall(r"<(\w+)", html))
    allowed = {"h2", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "code",
               "strong", "ul", "li", "br", "mark"}  # fmt: skip
    assert elements <= allowed
    assert "a`&lt;b&gt;x\ufffd&amp;|*[x](javascript:x).po" in html
    assert "<li>" in html


def test_programs_read_the_texts_as_they_are(hostile: Path, l10n: Run) -> None:
    report = json.loads(checked(hostile, l10n, "json"))
    assert report["catalogs"][0]["path"].endswith(f"{NAME}.po")
    ET.fromstring(checked(hostile, l10n, "junit"))
    for form in ("sarif", "gitlab"):
        assert "\\u202e" in checked(hostile, l10n, form)


class Rude(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"error": EVIL}).encode()
        self.send_response(500)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def rude() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Rude)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_an_engine_complains_of_is_one_line(hostile: Path, l10n: Run, rude: str) -> None:
    with (hostile / "l10n.toml").open("a") as file:
        file.write(f'[engine.libretranslate]\nurl = "{rude}"\n')
    l10n("update", cwd=hostile)
    run = l10n("prefill", "--engine", "libretranslate", cwd=hostile)
    assert "rojo" in run.stderr
    assert not OBEYED.search(run.stderr)
    assert all(line.startswith(("l10n: ", "  ")) for line in run.stderr.splitlines()[:1])
    assert not re.search(r"^\s*::", run.stderr, re.MULTILINE)


def test_what_is_harmless_stays() -> None:
    text = "¿Señor?\n\tniño 👩\u200d🌾 שלום e\u0301 \u00a0%"
    assert masked(text) == text
    assert without_commands(text) == text
    assert json.loads(dump_json({"a": EVIL})) == {"a": EVIL}
    assert in_one_line("a\nb") == "a⏎b"

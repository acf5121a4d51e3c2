"""LibreTranslate and Ollama against loopback servers that speak their protocols."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from l10n.drafting.units import translate_units
from l10n.engines import load_engine
from l10n.errors import EngineError, ProjectError
from l10n.project import Project

WORDS = {
    "The old bridge": "El puente viejo",
    "is closed": "está cerrado",
    "old bridge": "puente viejo",
}

Answer = Callable[[str, dict[str, Any]], tuple[int, Any]]


class Served:
    """A server on loopback and what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.headers: dict[str, str] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply({})

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                self.reply(json.loads(self.rfile.read(length)))

            def reply(self, question: dict[str, Any]) -> None:
                outer.asked.append((self.path, question))
                status, body = answer(self.path, question)
                raw = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Served]]:
    servers: list[Served] = []

    def start(answer: Answer) -> Served:
        servers.append(Served(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def translated(text: str) -> str:
    for english, spanish in WORDS.items():
        text = text.replace(english, spanish)
    return text


def libretranslate(path: str, question: dict[str, Any]) -> tuple[int, Any]:
    """Answer as LibreTranslate 1.6 does."""
    if path == "/languages":
        return 200, [
            {"code": "en", "name": "English", "targets": ["en", "es"]},
            {"code": "es", "name": "Spanish", "targets": ["en", "es"]},
        ]
    if path != "/translate" or question.get("format") != "text":
        return 400, {"error": "Invalid request"}
    return 200, {"translatedText": [translated(text) for text in question["q"]]}


def ollama(path: str, question: dict[str, Any]) -> tuple[int, Any]:
    """Answer as Ollama does for a model that follows the asked format."""
    if path == "/api/tags":
        return 200, {"models": [{"name": "tiny:1b", "digest": "0123456789abcdef"}]}
    texts = json.loads(question["messages"][1]["content"])
    content = json.dumps({"translations": [translated(text) for text in texts]})
    return 200, {
        "model": question["model"],
        "message": {"role": "assistant", "content": content},
        "done": True,
    }


class TestLibreTranslate:
    def test_translates_in_batches(self, serve: Callable[[Answer], Served]) -> None:
        server = serve(libretranslate)
        engine = load_engine("libretranslate", {"url": server.url})
        assert engine.pairs() == {("en", "es"), ("es", "en")}
        drafts = engine.translate(["The old bridge is closed."] * 90, "en-GB", "es")
        assert {draft.text for draft in drafts} == {"El puente viejo está cerrado."}
        assert [len(q["q"]) for path, q in server.asked if path == "/translate"] == [40, 40, 10]

    def test_key_comes_from_the_environment(
        self, serve: Callable[[Answer], Served], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = serve(libretranslate)
        monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "secret")
        monkeypatch.setenv("L10N_ALLOW_HOSTS", "127.0.0.1")
        load_engine("libretranslate", {"url": server.url}).translate(["One"], "en", "es")
        assert server.asked[-1][1]["api_key"] == "secret"
        with pytest.raises(EngineError, match="environment only"):
            load_engine("libretranslate", {"url": server.url, "api_key": "x"}).pairs()

    @pytest.mark.parametrize(
        ("hosts", "is_sent"),
        [
            ("", False),
            ("mt.example.org", False),
            ("127.0.0.1:{port}", True),
            ("127.0.0.1:1", False),
        ],
    )
    def test_a_key_goes_to_no_host_that_the_project_alone_names(
        self,
        serve: Callable[[Answer], Served],
        monkeypatch: pytest.MonkeyPatch,
        hosts: str,
        is_sent: bool,
    ) -> None:
        server = serve(libretranslate)
        monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "secret")
        monkeypatch.setenv("L10N_ALLOW_HOSTS", hosts.format(port=server.url.rpartition(":")[2]))
        load_engine("libretranslate", {"url": server.url}).translate(["One"], "en", "es")
        assert ("secret" in str(server.asked)) is is_sent

    def test_drafts_go_through_the_same_checks(self, serve: Callable[[Answer], Served]) -> None:
        server = serve(libretranslate)
        engine = load_engine("libretranslate", {"url": server.url})
        (draft,) = translate_units(["The <a1>old bridge</a1> is closed."], engine, "en", "es")
        assert draft.text == "El <a1>puente viejo</a1> está cerrado."

    @pytest.mark.parametrize(
        ("status", "body", "told"),
        [
            (500, {"error": "out of memory"}, "out of memory"),
            (403, b"<html>", "403"),
            (200, b"<html>", "no JSON"),
            (200, {"translatedText": ["one", "two"]}, "cannot be read"),
            (200, {"translatedText": "one"}, "cannot be read"),
            (200, {"translatedText": [7]}, "cannot be read"),
        ],
    )
    def test_bad_answers_are_one_line(
        self, serve: Callable[[Answer], Served], status: int, body: Any, told: str
    ) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            return (status, body) if path == "/translate" else libretranslate(path, question)

        engine = load_engine("libretranslate", {"url": serve(answer).url})
        with pytest.raises(EngineError, match=told):
            engine.translate(["One"], "en", "es")

    def test_redirects_are_not_followed(self, serve: Callable[[Answer], Served]) -> None:
        elsewhere = serve(libretranslate)
        server = serve(lambda _path, _question: (307, {}))
        server.headers["Location"] = elsewhere.url + "/languages"
        with pytest.raises(EngineError, match="307"):
            load_engine("libretranslate", {"url": server.url}).pairs()
        assert elsewhere.asked == []


class TestOllama:
    def test_translates_several_at_once(self, serve: Callable[[Answer], Served]) -> None:
        server = serve(ollama)
        engine = load_engine("ollama", {"url": server.url, "model": "tiny:1b"})
        assert engine.version("en", "es") == "tiny:1b@01234567"
        drafts = engine.translate(["The old bridge is closed."] * 20, "en", "es")
        assert {draft.text for draft in drafts} == {"El puente viejo está cerrado."}
        chats = [question for path, question in server.asked if path == "/api/chat"]
        assert len(chats) == 3
        assert "from English to Spanish" in chats[0]["messages"][0]["content"]
        assert chats[0]["options"]["temperature"] == 0

    def test_a_model_that_loses_count_is_asked_again(
        self, serve: Callable[[Answer], Served]
    ) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            status, body = ollama(path, question)
            if path == "/api/chat":
                texts = json.loads(body["message"]["content"])["translations"]
                kept = texts[:2] if len(texts) > 2 else texts
                body["message"]["content"] = json.dumps({"translations": kept})
            return status, body

        engine = load_engine("ollama", {"url": serve(answer).url, "model": "tiny:1b"})
        texts = [f"{n} The old bridge" for n in range(8)]
        drafts = engine.translate(texts, "en", "es")
        assert [draft.text for draft in drafts] == [f"{n} El puente viejo" for n in range(8)]

    def test_chatter_is_no_draft(self, serve: Callable[[Answer], Served]) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            if path == "/api/chat":
                return 200, {"message": {"content": "Sure! Here is the translation:"}}
            return ollama(path, question)

        engine = load_engine("ollama", {"url": serve(answer).url, "model": "tiny:1b"})
        drafts = engine.translate(["One", "Two"], "en", "es")
        assert [draft.text for draft in drafts] == ["", ""]
        assert drafts[0].notes == ("unreadable",)

    def test_invented_markup_is_text(self, serve: Callable[[Answer], Served]) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            if path == "/api/chat":
                texts = json.loads(question["messages"][1]["content"])
                wrapped = [f"<b>{text}</b> <a9>" for text in texts]
                return 200, {"message": {"content": json.dumps({"translations": wrapped})}}
            return ollama(path, question)

        engine = load_engine("ollama", {"url": serve(answer).url, "model": "tiny:1b"})
        (draft,) = translate_units(["Good morning to you all."], engine, "en", "es")
        assert "<" not in draft.text

    def test_absent_model_names_the_command(self, serve: Callable[[Answer], Served]) -> None:
        engine = load_engine("ollama", {"url": serve(ollama).url, "model": "large"})
        with pytest.raises(EngineError) as caught:
            engine.pairs()
        assert caught.value.hint == "ollama pull large"


class TestAddresses:
    @pytest.mark.parametrize("name", ["libretranslate", "ollama"])
    def test_off_unless_configured(self, name: str) -> None:
        with pytest.raises(EngineError, match="not configured"):
            load_engine(name).pairs()

    @pytest.mark.parametrize(
        "url",
        [
            "http://mt.example.org",
            "https://10.0.0.7:5000",
            "http://127.0.0.1.example.org",
        ],
    )
    def test_other_machines_must_be_allowed_by_name(
        self, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for hosts in ("", "other.example.org"):
            monkeypatch.setenv("L10N_ALLOW_HOSTS", hosts)
            with pytest.raises(EngineError, match="you have not allowed") as caught:
                load_engine("libretranslate", {"url": url}).pairs()
            assert "allow_hosts = [" in caught.value.hint
            assert "config.toml" in caught.value.hint

    @pytest.mark.parametrize(
        "url",
        ["http://localhost@example.org", "http://example.org\\@127.0.0.1/", "http://127.0.0.1:x/", "http://a b/"],
    )  # fmt: skip
    def test_an_address_that_can_be_read_in_two_ways_is_none(self, url: str) -> None:
        with pytest.raises(EngineError, match="no http address"):
            load_engine("libretranslate", {"url": url}).pairs()

    @pytest.mark.parametrize("by", ["environment", "config"])
    def test_an_allowed_name_is_asked(
        self, by: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        if by == "environment":
            monkeypatch.setenv("L10N_ALLOW_HOSTS", "a.example, MT.invalid")
        else:
            (tmp_path / "l10n").mkdir()
            (tmp_path / "l10n/config.toml").write_text('allow_hosts = ["mt.invalid"]')
        engine = load_engine("libretranslate", {"url": "http://mt.invalid:9", "timeout": 2})
        with pytest.raises(EngineError, match=r"engine libretranslate at mt\.invalid:9"):
            engine.pairs()

    def test_a_project_file_allows_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "l10n.toml"
        file.write_text(
            '[engine.libretranslate]\nurl = "http://mt.invalid"\nallow = ["mt.invalid"]\n'
        )
        with pytest.raises(
            ProjectError, match=r"l10n\.toml:3: engine\.libretranslate\.allow"
        ) as caught:
            Project.load(file)
        assert 'allow_hosts = ["mt.invalid"]' in caught.value.hint

    def test_this_machine_is_not_asked_through_a_proxy(
        self, serve: Callable[[Answer], Served], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("http_proxy", "http://proxy.invalid:1")
        server = serve(libretranslate)
        assert load_engine("libretranslate", {"url": server.url}).pairs()

    def test_only_http(self) -> None:
        with pytest.raises(EngineError, match="no http address"):
            load_engine("ollama", {"url": "file:///etc/passwd", "model": "x"}).pairs()
